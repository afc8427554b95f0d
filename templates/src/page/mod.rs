//! Pages: a file per page, complete without scripts, under a policy that allows no inline style or script.

pub mod archive;
mod asking;
pub mod calendar;
pub mod confirm;
pub mod confirmed;
pub mod contribution;
pub mod decide;
pub mod decided;
pub mod erase;
pub mod error;
pub mod home;
pub mod how_to_send;
pub mod issue;
pub mod item;
pub(crate) mod layout;
pub mod leave;
pub mod left;
pub mod my_data;
pub mod new_address;
mod news;
pub mod own_address;
pub mod preferences;
pub mod print;
pub mod privacy;
pub mod reminder_leave;
pub mod subscribe;
pub mod subscribed;
