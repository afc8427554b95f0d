//! The schedule: cron expressions over the wall clock of the bulletin's zone, the jobs that follow them, and the
//! month that an issue bears.
//!
//! Moments are instants in UTC that were decided on the wall clock: “09:00 on the last Wednesday” stays at 09:00
//! whatever the clocks do. What is left out: waiting, remembering what was fired, and doing it; those are the
//! daemon's.

mod cron;
mod expression;
mod jobs;
mod month;
#[cfg(test)]
mod oracle;

pub use cron::Cron;
pub use expression::{Field, InvalidCron};
pub use jobs::{CatchUp, Due, Job, Past, due};
pub use month::{Bears, sending_of};
