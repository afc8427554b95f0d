//! Every word a human reads: mails, pages and their languages.
//!
//! Pure functions from a small view struct to text; time is an argument. For those who fill the views:
//!
//! - A [`Frame`] says who speaks ([`Publication`]), in which language, and on what day the reader reads (that day
//!   only decides whether a year must be said). Every view holds one.
//! - `email::NAME::render(&View) -> Email` makes a mail: `subject`, `html`, `text`. Subjects are one clean line,
//!   not yet encoded. The frame speaks the reader's language; what people wrote stays as written.
//! - Only [`email::bulletin`] has personal parts. They are [`Slot`]s: encode the literal parts of
//!   [`Email::html_segments`] and [`Email::text_segments`] once, then splice each reader's values. The value of
//!   `Slot::Why` comes from [`text::why`], those of `Slot::LeaveUrl` and
//!   `Slot::PreferencesUrl` are [`Paths::leave`] and [`Paths::preferences`].
//! - `desk::NAME::render(&View) -> String` makes a page of the desk; its views hold a [`desk::Desk`].
//! - `page::NAME::render(&View) -> String` makes a page. Forms post to the path they are shown on; the names of
//!   their fields are in the module of each page.
//! - `feed::NAME::render(&View) -> String` makes what programs read.
//! - [`Edition`] is the content of an issue, shared by the mail and the page of the issue.
//! - [`island`] draws: a mark for each place, a horizon for each issue.
//! - [`Paths`] are the pages that exist. Mails take them from the public base URL, pages from the root.
//! - Text of people needs no escaping, cleaning or shortening before it is given: that happens here. A photo's
//!   `url` and a decision's link are given whole.

pub mod desk;
mod details;
pub mod diff;
pub mod edition;
pub mod email;
pub mod feed;
mod finding;
mod frame;
pub mod island;
pub mod page;
mod parts;
mod paths;
mod qr;
mod slot;
mod slug;
pub mod text;
mod words;
pub mod world;

pub use edition::Edition;
pub use email::Email;
pub use finding::Finding;
pub use frame::{Frame, Publication};
pub use paths::Paths;
pub use slot::{Segment, Slot};
pub use slug::item_slug;

/// The stylesheet of all pages, served at [`Paths::stylesheet`].
pub const STYLESHEET: &str = include_str!("style.css");

/// The script of the desk, served at [`Paths::script`]: keys, and where the focus goes. Every page works without it.
pub const SCRIPT: &str = include_str!("desk.js");
/// The script of the page of an item, served at [`Paths::text_script`]: buttons that write marks. They can be typed as well.
pub const TEXT_SCRIPT: &str = include_str!("desk-text.js");
/// The mark, as browsers show it beside a page's name; served at [`Paths::icon`].
pub const ICON: &str = include_str!("icon.svg");
/// The stylesheet of the sheet for the notice board, served at [`Paths::print_stylesheet`]. Apart, because paper and
/// screen share nothing, and readers on a phone need not load what only a printer sees.
pub const PRINT_STYLESHEET: &str = include_str!("print.css");

#[cfg(test)]
mod golden;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod sample;
