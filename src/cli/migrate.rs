//! `zinas migrate`: brings the database to this version while no daemon runs.

use anyhow::Context as _;

use super::answer::{Failure, Outcome};
use super::start::Global;
use crate::app::{App, Schema};
use crate::clock::Clock;
use crate::lock::{DataLock, NotLocked};

pub async fn run(global: &Global) -> Outcome {
    let config = global.config()?;
    std::fs::create_dir_all(&config.data)
        .with_context(|| format!("make the data folder {}", config.data.display()))?;
    let _lock = DataLock::take(&config.data).map_err(|error| match error {
        NotLocked::Held { .. } => Failure::no(error.to_string()),
        NotLocked::Failed { .. } => Failure::Outside(error.into()),
    })?;
    let app = App::open(config, Clock::System, Schema::Migrate).await?;
    let name = app.store.dialect().name();
    app.store.close().await;
    Ok(format!("the {name} database is of this version\n").into_bytes())
}
