//! The month: who writes when, what the editor decides, and what comes back.
//!
//! The clock moves only when all is quiet: no message waits, no mail is due or on the line, and the schedule says that
//! nothing is to be done.

mod december;
mod editor;
mod outsiders;
mod people;
mod setup;
mod table;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use reqwest::Client;
use tokio_util::sync::CancellationToken;

use super::kept::{self, Handed};
use super::mails;
use super::ports::Ports;
use super::world::{Manners, Sink, post};
use crate::app::{App, Schema, SharedApp, Step};
use crate::clock::Clock;
use crate::daemon::Running;
use crate::inbound::smtpd::ListenAddress;
use crate::lock::DataLock;
use crate::newsroom::edition;
use crate::schedule;

const MAILBOX: &str = "info@selija.example";
/// Without any progress for so long in real time, something waits for what never comes.
const PATIENCE: Duration = Duration::from_secs(20);
/// All is quiet when it is seen quiet so often in a row.
const QUIET_LOOKS: usize = 2;

struct Month {
    app: SharedApp,
    sink: Arc<Sink>,
    door: SocketAddr,
    http: Client,
    base: String,
    folder: PathBuf,
    handed: usize,
}

/// When everything is over and looked at.
///
/// # Errors
/// None: it can be read.
pub fn end() -> anyhow::Result<DateTime<Utc>> {
    at("2026-12-01T06:00:00Z")
}

/// Lets the month pass; gives a table of what happened. Everything else is in the folder.
///
/// # Errors
/// Something outside failed, or the month came to a standstill.
pub async fn pass(folder: &Path, say: &mut dyn FnMut(&str)) -> anyhow::Result<Vec<(String, usize)>> {
    let (mut month, stop) = Month::begin(folder, Ports::any()?).await?;
    let issue = month.november(say).await?;
    let happened = month.table(issue).await?;
    stop.all().await?;
    Ok(happened)
}

/// Lets the month pass and what comes after it, up to the draft of the next issue and a queue with something to
/// decide; gives the moment at which it stops.
///
/// # Errors
/// See [`pass`].
pub async fn pass_into_the_next(
    folder: &Path,
    ports: Ports,
    say: &mut dyn FnMut(&str),
) -> anyhow::Result<DateTime<Utc>> {
    let (mut month, stop) = Month::begin(folder, ports).await?;
    month.november(say).await?;
    month.december(say).await?;
    let now = month.app.clock.now();
    stop.all().await?;
    Ok(now)
}

/// What runs while the month passes.
struct Stop {
    running: Running,
    shutdown: CancellationToken,
    _lock: DataLock,
}

impl Stop {
    async fn all(self) -> anyhow::Result<()> {
        self.running.stop().await?;
        self.shutdown.cancel();
        Ok(())
    }
}

/// Where the newsroom takes mail.
///
/// # Errors
/// Nowhere on loopback.
pub fn door(running: &Running) -> anyhow::Result<SocketAddr> {
    match &running.mail {
        Some(ListenAddress::Loopback(address)) => Ok(*address),
        _ => bail!("the newsroom does not listen for mail"),
    }
}

fn at(text: &str) -> anyhow::Result<DateTime<Utc>> {
    text.parse().with_context(|| format!("read the moment {text}"))
}

fn reader(number: usize) -> String {
    format!("lasitaja-{number:04}@lasitaji.example")
}

impl Month {
    async fn begin(folder: &Path, ports: Ports) -> anyhow::Result<(Self, Stop)> {
        let clock = Clock::injected(at("2026-11-02T06:00:00Z")?);
        let shutdown = CancellationToken::new();
        let dead: BTreeSet<String> = [11, 12, 13].into_iter().map(reader).collect();
        let busy: BTreeSet<String> = [21, 22].into_iter().map(reader).collect();
        let manners = Manners { dead, busy, ..Manners::default() };
        let sink = Sink::start(folder, ports.relay, clock.clone(), manners, shutdown.clone()).await?;
        let config = setup::config(folder, ports)?;
        let lock = DataLock::take(&config.data)?;
        let base = config.public_url.as_str().trim_end_matches('/').to_owned();
        let app = App::open(config, clock, Schema::Migrate).await?;
        let running = Running::start(app.clone(), CancellationToken::new(), CancellationToken::new()).await?;
        let door = door(&running)?;
        // One provider per process, whoever installs it first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
        let month = Self { app, sink, door, http, base, folder: folder.to_owned(), handed: 0 };
        Ok((month, Stop { running, shutdown, _lock: lock }))
    }

    /// Gives the issue that went out.
    async fn november(&mut self, say: &mut dyn FnMut(&str)) -> anyhow::Result<i64> {
        say("2 November: 200 readers, two of them by the form");
        self.readers_come().await?;
        for mail in mails::month()? {
            self.pass_until(at(mail.at)?).await?;
            say(&format!("{}: {}", self.day(), mail.what));
            self.post(mail.what, &mail.sender, MAILBOX, mail.bytes, mail.automatic).await?;
        }
        say("17 November: the editor decides");
        self.pass_until(at("2026-11-17T09:00:00Z")?).await?;
        self.editor_decides().await?;
        say("20 November: the issue assembles itself; on the 23rd the editor approves it");
        self.pass_until(at("2026-11-23T08:30:00Z")?).await?;
        let issue = edition::approve(&self.app, None, "Anna").await.context("approve the issue")?.id;
        self.pass_until(at("2026-11-24T17:00:00Z")?).await?;
        say("24 November: a reader leaves by one click");
        self.reader_leaves().await?;
        say("25 November: the hold, then the issue goes out");
        self.pass_until(at("2026-11-25T08:00:09Z")?).await?;
        ensure!(self.bulletins().is_empty(), "something left before the end of the hold");
        self.pass_until(at("2026-11-25T08:00:11Z")?).await?;
        // Those whose server asked us to come back later.
        for hours in [1, 2, 4, 8, 24, 30] {
            self.pass_until(at("2026-11-25T08:00:11Z")? + TimeDelta::hours(hours)).await?;
        }
        say("26 November: bounces, replies, a vacation notice and a goodbye come back");
        self.world_answers().await?;
        self.pass_until(end()?).await?;
        Ok(issue)
    }

    fn day(&self) -> String {
        self.app.clock.now().format("%-d %B").to_string()
    }

    /// Waits until all is quiet.
    async fn settle(&self) -> anyhow::Result<()> {
        let began = Instant::now();
        let mut quiet = 0;
        while quiet < QUIET_LOOKS {
            let step = schedule::step(&self.app).await?;
            let (messages, mails) = self.app.store.count_waiting(self.app.clock.now()).await?;
            if step == Step::Idle && messages == 0 && mails == 0 {
                quiet += 1;
                continue;
            }
            quiet = 0;
            ensure!(
                began.elapsed() < PATIENCE,
                "the month stands still at {}: {messages} messages and {mails} mails wait",
                self.app.clock.now()
            );
            self.app.wake.arrived.notify_one();
            self.app.wake.queued.notify_waiters();
            tokio::time::sleep(Duration::from_millis(4)).await;
        }
        Ok(())
    }

    /// Moves the clock to a moment, stopping at every moment of the schedule on the way.
    async fn pass_until(&self, moment: DateTime<Utc>) -> anyhow::Result<()> {
        let zone = self.app.config.publication.zone;
        loop {
            self.settle().await?;
            let now = self.app.clock.now();
            if now >= moment {
                return Ok(());
            }
            let next = self.app.config.schedule.iter().filter_map(|(_, cron)| cron.next(zone, now)).min();
            self.app.clock.advance_to(next.unwrap_or(moment).min(moment));
        }
    }

    async fn post(
        &mut self,
        what: &str,
        sender: &str,
        recipient: &str,
        bytes: Vec<u8>,
        automatic: bool,
    ) -> anyhow::Result<()> {
        post(self.door, sender, recipient, &bytes).await.with_context(|| format!("hand over {what}"))?;
        self.handed += 1;
        let at = self.app.clock.now();
        let handed = Handed { what: what.to_owned(), at, sender: sender.to_owned(), automatic, bytes };
        kept::keep_handed(&self.folder, self.handed, &handed)?;
        self.settle().await
    }

    async fn form(&self, url: &str, fields: &[(&str, &str)]) -> anyhow::Result<u16> {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request =
            self.http.post(url).header("Content-Type", "application/x-www-form-urlencoded").body(body);
        Ok(request.send().await.context("send a form")?.status().as_u16())
    }
}
