//! The task that empties the outbox: takes what is due, keeps connections busy with it, and rests when the relay does
//! not work.
//!
//! What it leaves out: which rows are due and what an outcome means (`store::ledger`, `issues::delivery`), and when an
//! issue is sent as a whole (`newsroom`).

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use issues::delivery::{Claim, Trouble, UncertainPolicy};
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use super::fault::Rest;
use super::lane::{Ended, Shared, work};
use super::ledger::Ledger;
use super::{Connection, Relay, Security, SignIn, home};
use crate::app::{SharedApp, Step};
use crate::config;
use crate::store::Holder;

/// Rows taken at a time, and how few may wait before more are taken. A single mail passes those that wait.
const BATCH: usize = 200;
const LOW: usize = 100;
/// How often the outbox is looked at without being told.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// How long a connection is kept without work.
const IDLE_MAX: Duration = Duration::from_secs(30);
/// After a failure of the database.
const RECOVER: Duration = Duration::from_secs(5);

/// The outbox of one life of the daemon.
pub struct Outbox {
    shared: Arc<Shared>,
    holder: Holder,
    policy: UncertainPolicy,
    connections: usize,
    idle: Vec<(Connection, Instant)>,
    rest: Rest,
    _writing: AbortOnDropHandle<()>,
}

/// Empties the outbox until `soft` says to begin nothing more, or `hard` to drop everything.
///
/// # Errors
/// The configuration of the relay is of no use, or the database fails at the start.
pub async fn run(app: SharedApp, soft: CancellationToken, hard: CancellationToken) -> anyhow::Result<()> {
    Outbox::open(app, soft).await?.run(hard).await
}

impl Outbox {
    /// # Errors
    /// The configuration of the relay is of no use, or the database fails.
    pub async fn open(app: SharedApp, soft: CancellationToken) -> anyhow::Result<Self> {
        let policy = app.config.outbound.uncertain;
        let relay = relay(&app.config.outbound)?;
        let holder = home::holder(&app).await?;
        let connections = app.config.outbound.connections;
        let (ledger, writing) = Ledger::new(Arc::clone(&app), policy);
        let writing = AbortOnDropHandle::new(tokio::spawn(writing));
        let shared = Arc::new(Shared::new(app, relay, ledger, soft, LOW));
        Ok(Self {
            shared,
            holder,
            policy,
            connections,
            idle: Vec::new(),
            rest: Rest::default(),
            _writing: writing,
        })
    }

    /// [`run`] for an outbox that is open.
    ///
    /// # Errors
    /// None at present: a database that fails is asked again.
    pub async fn run(mut self, hard: CancellationToken) -> anyhow::Result<()> {
        let soft = self.shared.soft.clone();
        while !soft.is_cancelled() && !hard.is_cancelled() {
            let step = tokio::select! {
                step = self.step() => step,
                () = hard.cancelled() => return Ok(()),
            };
            let wait = match step {
                Ok(Step::Worked) => continue,
                Ok(Step::Idle) => LOOK_AGAIN,
                Err(error) => {
                    tracing::error!("sending stands still: {error:#}");
                    RECOVER
                }
            };
            tokio::select! {
                () = soft.cancelled() => {}
                () = hard.cancelled() => return Ok(()),
                () = self.shared.app.wake.queued.notified() => {}
                () = tokio::time::sleep(wait) => {}
            }
            self.let_go(IDLE_MAX).await;
        }
        self.let_go(Duration::ZERO).await;
        Ok(())
    }

    /// Sends all that is due, with what becomes due meanwhile. `Idle` when nothing is due now, or the relay is left
    /// alone for a while.
    ///
    /// # Errors
    /// The database fails. Rows that were held then are found again by the next step.
    pub async fn step(&mut self) -> anyhow::Result<Step> {
        let app = Arc::clone(&self.shared.app);
        // Nothing of ours is under way between two steps.
        let looked = app.store.look_at_outbox(&self.holder, app.clock.now(), self.policy, true).await?;
        let mut worked = false;
        if looked.stray {
            self.holder.life = home::life(&app).await?;
            worked = self.release(true).await? > 0;
        }
        let due = looked.due || worked;
        if !due || !self.rest.is_over(app.clock.now()) || self.shared.soft.is_cancelled() {
            return Ok(if worked { Step::Worked } else { Step::Idle });
        }
        // Before rows are taken, so that a relay that is down costs no row anything.
        if self.idle.is_empty() {
            match Connection::open(&self.shared.relay).await {
                Ok(connection) => self.idle.push((connection, Instant::now())),
                Err(trouble) => {
                    self.rest.begin(&app, &trouble).await?;
                    return Ok(if worked { Step::Worked } else { Step::Idle });
                }
            }
        }
        self.shared.go_on();
        let moved = self.send_due().await;
        // Whatever went wrong, what nobody began is free again, if the database lets it.
        let left = self.put_back().await;
        worked |= moved?;
        left?;
        Ok(if worked { Step::Worked } else { Step::Idle })
    }

    /// Keeps the connections busy until nothing is due.
    async fn send_due(&mut self) -> anyhow::Result<bool> {
        let mut lanes: JoinSet<anyhow::Result<Ended>> = JoinSet::new();
        let mut lanes_max = self.connections;
        let mut moved = false;
        let mut looked = Instant::now();
        let mut exhausted = false;
        loop {
            if !exhausted && !self.shared.is_halted() && self.shared.waits() <= LOW {
                let taken = self.take().await?;
                moved |= taken > 0;
                exhausted = taken == 0;
            }
            let wanted =
                if self.shared.is_halted() { 0 } else { lanes_max.min(lanes.len() + self.shared.waits()) };
            while lanes.len() < wanted {
                let connection = self.idle.pop().map(|(connection, _)| connection);
                lanes.spawn(work(Arc::clone(&self.shared), connection));
            }
            if lanes.is_empty() {
                if exhausted || self.shared.is_halted() || lanes_max == 0 {
                    return Ok(moved);
                }
                continue;
            }
            tokio::select! {
                Some(ended) = lanes.join_next() => {
                    let ended = ended.context("a connection's task broke off")??;
                    if ended.worked {
                        self.rest.end(&self.shared.app).await?;
                    }
                    if let Some(connection) = ended.connection {
                        self.idle.push((connection, Instant::now()));
                    }
                    if let Some(trouble) = ended.trouble {
                        // The others may go on; a relay may allow fewer connections than we want.
                        lanes_max = lanes.len();
                        if matches!(trouble, Trouble::OurFault(..)) || lanes_max == 0 {
                            self.rest.begin(&self.shared.app, &trouble).await?;
                        }
                    }
                }
                () = self.shared.low.notified(), if !exhausted => {}
                () = self.shared.app.wake.queued.notified() => exhausted = false,
                () = tokio::time::sleep_until(looked + LOOK_AGAIN) => {
                    looked = Instant::now();
                    exhausted = false;
                    let (app, now) = (&self.shared.app, self.shared.app.clock.now());
                    if app.store.look_at_outbox(&self.holder, now, self.policy, false).await?.stray {
                        self.release(false).await?;
                    }
                    // A single mail does not wait for the deliveries that are held already.
                    if !self.shared.is_halted() && self.shared.waits() > LOW {
                        self.take().await?;
                    }
                }
            }
        }
    }

    /// Takes a batch. Gives how many rows moved, also to nobody.
    async fn take(&mut self) -> anyhow::Result<usize> {
        let app = &self.shared.app;
        let mut write = app.store.write().await?;
        let taken = write.claim(&self.holder, app.clock.now(), self.policy, BATCH).await?;
        write.commit().await?;
        let moved = taken.held.len() + taken.abandoned;
        self.shared.add(taken.held);
        Ok(moved)
    }

    async fn release(&mut self, alone: bool) -> anyhow::Result<u64> {
        let app = &self.shared.app;
        let mut write = app.store.write().await?;
        let moved = write.release(&self.holder, app.clock.now(), self.policy, alone).await?;
        write.commit().await?;
        Ok(moved)
    }

    async fn put_back(&mut self) -> anyhow::Result<()> {
        let left: Vec<(i64, Claim)> =
            self.shared.take_all().iter().map(|held| (held.id, held.claim)).collect();
        if left.is_empty() {
            return Ok(());
        }
        let app = &self.shared.app;
        let mut write = app.store.write().await?;
        write.put_back(&left, app.clock.now(), self.policy).await?;
        write.commit().await
    }

    /// Says goodbye on connections that were idle for so long.
    async fn let_go(&mut self, idle: Duration) {
        let (old, kept) = self.idle.drain(..).partition(|(_, since)| since.elapsed() >= idle);
        self.idle = kept;
        let old: Vec<(Connection, Instant)> = old;
        let mut leaving = JoinSet::new();
        for (connection, _) in old {
            leaving.spawn(connection.quit());
        }
        leaving.join_all().await;
    }
}

/// # Errors
/// A file of certificates cannot be read, or a name is none.
fn relay(outbound: &config::Outbound) -> anyhow::Result<Relay> {
    let security = match outbound.security {
        config::Security::Tls => Security::Implicit,
        config::Security::StartTls => Security::StartTls,
        config::Security::None => Security::None,
    };
    let sign_in = match (&outbound.user, &outbound.password) {
        (Some(user), Some(password)) => {
            Some(SignIn { user: user.clone(), password: password.expose().to_owned() })
        }
        (Some(_) | None, _) => None,
    };
    Relay::new(&outbound.host, outbound.port, security, sign_in, &outbound.hello, outbound.ca_file.as_deref())
        .context("prepare the relay of [outbound]")
}
