//! The schedule: cron expressions over the wall clock of the bulletin's zone.
