//! Pages: a file per page, complete without scripts, under a policy that allows no inline style or script.

pub mod archive;
pub mod calendar;
pub mod confirm;
pub mod confirmed;
pub mod decide;
pub mod decided;
pub mod error;
pub mod home;
pub mod issue;
pub mod item;
pub(crate) mod layout;
pub mod leave;
pub mod left;
mod news;
pub mod reminder_leave;
pub mod subscribe;
pub mod subscribed;
