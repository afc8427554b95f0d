//! One connection at work: takes held rows, sends them one after another, and lets no final dot leave before the result
//! of the mail before is on disk.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use issues::delivery::{Outcome, Reply, Trouble};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::compose::Composer;
use super::ledger::{Ledger, Settling};
use super::{Connection, Fence, Relay};
use crate::app::SharedApp;
use crate::store::{Held, HeldMail};

/// What the connections share.
pub(super) struct Shared {
    pub app: SharedApp,
    pub relay: Relay,
    pub ledger: Ledger,
    pub composer: Composer,
    /// No new conversation is begun.
    pub soft: CancellationToken,
    waiting: Mutex<VecDeque<Held>>,
    /// The relay must be left alone.
    halted: AtomicBool,
    /// More rows are wanted.
    pub low: Notify,
    low_at: usize,
}

/// How a connection's work ended.
pub(super) struct Ended {
    /// Fit for more.
    pub connection: Option<Connection>,
    pub trouble: Option<Trouble>,
    /// The relay took or refused at least one mail.
    pub worked: bool,
}

impl Shared {
    pub(super) fn new(
        app: SharedApp,
        relay: Relay,
        ledger: Ledger,
        soft: CancellationToken,
        low_at: usize,
    ) -> Self {
        Self {
            app,
            relay,
            ledger,
            composer: Composer::default(),
            soft,
            waiting: Mutex::default(),
            halted: AtomicBool::new(false),
            low: Notify::new(),
            low_at,
        }
    }

    /// Adds rows; single mails pass the deliveries that wait already.
    pub(super) fn add(&self, held: Vec<Held>) {
        let mut waiting = self.waiting();
        let (singles, deliveries): (Vec<Held>, Vec<Held>) =
            held.into_iter().partition(|held| matches!(held.mail, HeldMail::Single { .. }));
        let place = waiting.iter().position(|held| matches!(held.mail, HeldMail::Delivery { .. }));
        let place = place.unwrap_or(waiting.len());
        let rest = waiting.split_off(place);
        waiting.extend(singles);
        waiting.extend(rest);
        waiting.extend(deliveries);
    }

    pub(super) fn waits(&self) -> usize {
        self.waiting().len()
    }

    /// All that nobody has begun.
    pub(super) fn take_all(&self) -> Vec<Held> {
        self.waiting().drain(..).collect()
    }

    pub(super) fn is_halted(&self) -> bool {
        self.halted.load(Ordering::SeqCst) || self.soft.is_cancelled()
    }

    pub(super) fn halt(&self) {
        self.halted.store(true, Ordering::SeqCst);
    }

    pub(super) fn go_on(&self) {
        self.halted.store(false, Ordering::SeqCst);
    }

    fn take(&self) -> Option<Held> {
        if self.is_halted() {
            return None;
        }
        let mut waiting = self.waiting();
        let held = waiting.pop_front();
        if waiting.len() <= self.low_at {
            self.low.notify_one();
        }
        held
    }

    fn put_first(&self, held: Held) {
        self.waiting().push_front(held);
    }

    fn waiting(&self) -> MutexGuard<'_, VecDeque<Held>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sends until nothing waits, the relay must be left alone, or the line is lost for good.
///
/// # Errors
/// The database fails.
pub(super) async fn work(shared: Arc<Shared>, connection: Option<Connection>) -> anyhow::Result<Ended> {
    let mut last = Settling::default();
    let at_work = shared.ledger.begin();
    let ended = go(&shared, connection, &mut last).await?;
    drop(at_work);
    last.done().await?;
    Ok(ended)
}

/// `last` is the result of the mail before, which need not be on disk yet.
async fn go(shared: &Shared, connection: Option<Connection>, last: &mut Settling) -> anyhow::Result<Ended> {
    let mut line = connection.map(|connection| (connection, Used::Before));
    let mut worked = false;
    while let Some(held) = shared.take() {
        let (connection, used) = match line.take() {
            Some(line) => line,
            None => match Connection::open(&shared.relay).await {
                Ok(connection) => (connection, Used::Fresh),
                Err(trouble) => {
                    shared.put_first(held);
                    return Ok(Ended { connection: None, trouble: Some(trouble), worked });
                }
            },
        };
        let (envelope, wire) = match shared.composer.compose(&shared.app, &held).await {
            Ok(composed) => composed,
            Err(error) => {
                tracing::error!(mail = held.id, "a mail cannot be put together: {error:#}");
                line = Some((connection, used));
                let outcome = Outcome::Deferred { reply: Reply::none("the mail cannot be put together") };
                last.done().await?;
                *last = shared.ledger.settle(held, outcome).await;
                continue;
            }
        };
        let marked = AtomicBool::new(false);
        let mut kept_last = Ok(());
        let fence = async {
            // Handed in before the wait, so that one transaction may do for both.
            let (fence, kept) = tokio::join!(shared.ledger.mark(held.id, held.claim), last.done());
            marked.store(fence == Fence::Marked, Ordering::SeqCst);
            kept_last = kept;
            if kept_last.is_ok() { fence } else { Fence::Withheld }
        };
        let (kept, outcome) = connection.send(&envelope, &wire, fence).await;
        kept_last?;
        if used == Used::Before && !marked.into_inner() && has_closed(&outcome) {
            // A relay ends a connection after a time or a number of mails; that says nothing about this one.
            shared.put_first(held);
            continue;
        }
        line = kept.map(|connection| (connection, Used::Before));
        let fault = match &outcome {
            Outcome::OurFault { fault, reply } => Some(Trouble::OurFault(*fault, reply.clone())),
            Outcome::Accepted { .. } | Outcome::Refused { .. } => {
                worked = true;
                None
            }
            Outcome::Deferred { .. } | Outcome::Uncertain | Outcome::Withheld => None,
        };
        if fault.is_some() {
            shared.halt();
        }
        // The one before, where this one did not come to its dot.
        last.done().await?;
        *last = shared.ledger.settle(held, outcome).await;
        if fault.is_some() {
            return Ok(Ended { connection: line.map(|(connection, _)| connection), trouble: fault, worked });
        }
    }
    Ok(Ended { connection: line.map(|(connection, _)| connection), trouble: None, worked })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Used {
    Fresh,
    /// It has carried a mail, or lain idle.
    Before,
}

fn has_closed(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Deferred { reply } if matches!(reply.code(), 0 | 421))
}
