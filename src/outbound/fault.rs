//! When the relay does not work: how long to leave it alone, and what is said about it.

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use issues::delivery::{Fault, Reply, Trouble};
use serde::{Deserialize, Serialize};

use crate::app::App;

/// Name of the setting that keeps the fault.
const SETTING: &str = "outbound_fault";
/// Whoever mends a password does not want to wait for long; a relay that is asked four times an hour is not disturbed.
const FAULT_WAIT: TimeDelta = TimeDelta::minutes(15);
/// A relay that is away for so long is worth telling of.
const AWAY_FOR: TimeDelta = TimeDelta::minutes(5);
/// After a relay that could not be reached; doubled each time.
const LATER_WAIT: TimeDelta = TimeDelta::seconds(15);
const LATER_DOUBLINGS_MAX: u32 = 5;

/// Sending pauses because of something that somebody must change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelayFault {
    pub since: DateTime<Utc>,
    /// What is wrong, in a sentence.
    pub what: String,
    /// The relay's answer; it may repeat an address.
    pub reply: String,
}

/// What keeps mail from leaving, if anything does: for `/healthz`.
///
/// # Errors
/// The database fails.
pub async fn relay_fault(app: &App) -> anyhow::Result<Option<RelayFault>> {
    match app.store.setting(SETTING).await?.as_deref() {
        None | Some("") => Ok(None),
        Some(text) => {
            serde_json::from_str(text).map(Some).context("database: the setting outbound_fault is damaged")
        }
    }
}

/// Whether the relay may be asked now.
#[derive(Debug, Default)]
pub(super) struct Rest {
    until: Option<DateTime<Utc>>,
    /// Troubles in a row, and since when.
    times: u32,
    since: Option<DateTime<Utc>>,
    fault: Option<Fault>,
    /// The setting may hold a fault, also one of an earlier life.
    kept: Option<bool>,
}

impl Rest {
    pub(super) fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.until.is_none_or(|until| until <= now)
    }

    /// The relay does not work: says so once, and leaves it alone for a while.
    pub(super) async fn begin(&mut self, app: &App, trouble: &Trouble) -> anyhow::Result<()> {
        let now = app.clock.now();
        match trouble {
            Trouble::Later(reply) => {
                let wait = LATER_WAIT * (1 << self.times.min(LATER_DOUBLINGS_MAX));
                self.until = Some(now + wait);
                if self.times == 0 {
                    tracing::warn!(
                        relay = relay(app),
                        seconds = wait.num_seconds(),
                        "the relay does not take mail now ({}); trying again. If this stays so, see host and port in \
                         [outbound] and whether this machine may connect there",
                        safe(reply)
                    );
                }
                self.times = self.times.saturating_add(1);
                let since = *self.since.get_or_insert(now);
                if now - since >= AWAY_FOR && self.kept != Some(true) {
                    keep(app, &told(since, "the relay cannot be reached or takes no mail", reply)?).await?;
                    self.kept = Some(true);
                }
            }
            Trouble::OurFault(fault, reply) => {
                self.until = Some(now + FAULT_WAIT);
                if self.fault != Some(*fault) {
                    tracing::error!(
                        relay = relay(app),
                        minutes = FAULT_WAIT.num_minutes(),
                        "sending pauses: {fault} ({}); nothing is lost. {}; then it goes on by itself",
                        safe(reply),
                        fault.remedy()
                    );
                    self.fault = Some(*fault);
                    keep(app, &told(now, &fault.to_string(), reply)?).await?;
                    self.kept = Some(true);
                }
            }
        }
        Ok(())
    }

    /// The relay took a mail, or refused one for what it is.
    pub(super) async fn end(&mut self, app: &App) -> anyhow::Result<()> {
        if self.kept != Some(false) {
            if relay_fault(app).await?.is_some() {
                tracing::info!("sending goes on");
                keep(app, "").await?;
            }
            self.kept = Some(false);
        }
        self.until = None;
        self.times = 0;
        self.since = None;
        self.fault = None;
        Ok(())
    }
}

/// Where the configuration says the relay is.
fn relay(app: &App) -> String {
    format!("{}:{}", app.config.outbound.host, app.config.outbound.port)
}

/// Our own words, or the digits of an answer; its text may repeat an address.
fn safe(reply: &Reply) -> String {
    if reply.code() == 0 { reply.text().to_owned() } else { reply.code().to_string() }
}

fn told(since: DateTime<Utc>, what: &str, reply: &Reply) -> anyhow::Result<String> {
    let fault = RelayFault { since, what: what.to_owned(), reply: reply.line() };
    serde_json::to_string(&fault).context("write a fault as JSON")
}

async fn keep(app: &App, text: &str) -> anyhow::Result<()> {
    let mut write = app.store.write().await?;
    write.put_setting(SETTING, text).await?;
    write.commit().await
}
