//! What a demo that goes on must know at its next start: how far its clock is ahead of ours, and under which
//! addresses its pages were. Once this is written, the month has passed; a folder without it is begun anew.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::clock::Clock;

const FILE: &str = "life.json";

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Life {
    clock_ahead_ms: i64,
    /// The port of the postbox.
    pub postbox: u16,
    /// Where links of earlier mails lead: the pages may have had to move to another port.
    pub former_urls: Vec<String>,
}

impl Life {
    pub fn new(clock: &Clock, postbox: u16) -> Self {
        let ahead = clock.now() - Clock::System.now();
        Self { clock_ahead_ms: ahead.num_milliseconds(), postbox, former_urls: Vec::new() }
    }

    /// `None` where no demo goes on.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn of(folder: &Path) -> anyhow::Result<Option<Self>> {
        let file = folder.join(FILE);
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("read {}", file.display())),
        };
        let life = serde_json::from_str(&text);
        life.map(Some).with_context(|| format!("read {} (begin again with --fresh)", file.display()))
    }

    /// Written whole or not at all.
    ///
    /// # Errors
    /// The disk fails.
    pub fn keep(&self, folder: &Path) -> anyhow::Result<()> {
        let (file, new) = (folder.join(FILE), folder.join(format!("{FILE}.new")));
        let text = serde_json::to_string(self).context("write the demo's life as JSON")?;
        fs::write(&new, text + "\n").with_context(|| format!("write {}", new.display()))?;
        fs::rename(&new, &file).with_context(|| format!("write {}", file.display()))
    }

    pub fn clock(&self) -> Clock {
        Clock::Ahead(TimeDelta::milliseconds(self.clock_ahead_ms))
    }
}
