//! The demo's postbox: everybody else's mail program. It looks like another world, so that nobody takes it for the desk.

pub mod boxes;
mod layout;
pub mod problem;
pub mod write;

pub use layout::World;
