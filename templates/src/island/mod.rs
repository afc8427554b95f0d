//! The only ornament: every place is an island, an issue is a horizon of islands.
//!
//! [`sala`] is the mark of a place, [`horizon`] the head of an issue on pages, [`horizon_picture`] the same for
//! mails. What they draw depends on the slugs and the month alone, is the same on every machine, and holds no
//! letter of a slug. They leave out what a picture says to those who cannot see it: names stand beside them.
//!
//! A slug throws [dice], the dice draw a [silhouette] of [trees][tree] and perhaps a [house]; [drawn] puts it into
//! a picture beside [water], and [paint] colours it.

mod dice;
mod drawn;
mod figure;
mod horizon;
mod house;
mod mark;
mod outline;
mod paint;
mod silhouette;
mod tree;
mod water;

pub use horizon::{ISLANDS_MAX, Shape, horizon, horizon_picture};
pub use mark::sala;

#[cfg(test)]
mod tests;
