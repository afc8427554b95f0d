//! `zinas serve`: the daemon.

use std::io::{IsTerminal as _, stderr};

use tracing_subscriber::EnvFilter;

use super::answer::{Failure, Outcome};
use super::start::Global;
use crate::daemon;

/// What is logged unless RUST_LOG says otherwise. At finer levels async-imap logs sign-ins and mails whole: never.
pub(super) const FILTER: &str = "info,sqlx=warn";
pub(super) const NEVER: &str = "async_imap=info";

pub async fn run(global: &Global) -> Outcome {
    let config = global.config()?;
    let wanted = std::env::var("RUST_LOG").unwrap_or_else(|_| FILTER.to_owned());
    let filter = EnvFilter::new(format!("{wanted},{NEVER}"));
    // Colours are for a terminal; in a file or a journal they are noise.
    let log = tracing_subscriber::fmt().with_writer(stderr).with_ansi(stderr().is_terminal());
    log.with_env_filter(filter).with_target(false).init();
    daemon::serve(config).await.map_err(Failure::from)?;
    Ok(Vec::new())
}
