//! One task that writes to the ledger for all connections: while one transaction is on its way to the disk, and for a
//! moment longer, what the others have to say gathers for the next.
//!
//! A connection hands in the result of one mail and goes on; before the final dot of its next mail it waits for both,
//! the result and the new marker, which are as a rule of one transaction. So no connection ever has more than one mail
//! of which the ledger does not know how it ended.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::Context as _;
use issues::delivery::{Claim, Outcome, UncertainPolicy};
use subscribers::SuppressionReason;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout_at};

use super::Fence;
use crate::app::SharedApp;
use crate::clock::random_octets;
use crate::newsroom::people;
use crate::store::{Held, Told};

/// More than there are connections, so that nobody waits to be heard.
const REQUESTS_MAX: usize = 512;
/// How often results that the database did not take are offered again; the connections wait meanwhile.
const TRIES_MAX: u32 = 8;
const TRY_AGAIN: Duration = Duration::from_secs(2);
/// How long a transaction waits for more connections to join it. No relay answers in much less, and each transaction
/// costs the same, whether for two connections or for twenty.
const GATHER: Duration = Duration::from_millis(1);

enum Request {
    Mark(i64, Claim, oneshot::Sender<Fence>),
    Settle(Told, oneshot::Sender<()>),
}

/// The connections' end.
#[derive(Clone)]
pub(super) struct Ledger {
    requests: mpsc::Sender<Request>,
    at_work: Arc<AtomicUsize>,
}

/// A group of requests that becomes one transaction.
#[derive(Default)]
struct Group {
    marks: Vec<(i64, Claim)>,
    waiting: Vec<(i64, oneshot::Sender<Fence>)>,
    told: Vec<Told>,
    told_to: Vec<oneshot::Sender<()>>,
}

impl Ledger {
    /// The handle, and the task to be spawned behind it, which ends with the last handle.
    pub(super) fn new(app: SharedApp, policy: UncertainPolicy) -> (Self, impl Future<Output = ()>) {
        let (requests, mut heard) = mpsc::channel(REQUESTS_MAX);
        let counted = Arc::new(AtomicUsize::new(0));
        let at_work = Arc::clone(&counted);
        let task = async move {
            let mut waiting = Vec::new();
            while heard.recv_many(&mut waiting, REQUESTS_MAX).await > 0 {
                let mut group = Group::default();
                waiting.drain(..).for_each(|request| group.add(request));
                let until = Instant::now() + GATHER;
                while group.marks.len() < enough(at_work.load(Ordering::Relaxed)) {
                    match timeout_at(until, heard.recv_many(&mut waiting, REQUESTS_MAX)).await {
                        Ok(1..) => waiting.drain(..).for_each(|request| group.add(request)),
                        Ok(0) | Err(_) => break,
                    }
                }
                group.write(&app, policy).await;
            }
        };
        (Self { requests, at_work: counted }, task)
    }

    /// Says that a connection is at work, as long as the value lives.
    pub(super) fn begin(&self) -> AtWork {
        self.at_work.fetch_add(1, Ordering::Relaxed);
        AtWork(Arc::clone(&self.at_work))
    }

    /// The marker before the final dot; without an answer no dot may leave.
    pub(super) async fn mark(&self, id: i64, claim: Claim) -> Fence {
        let (answer, answered) = oneshot::channel();
        if self.requests.send(Request::Mark(id, claim, answer)).await.is_err() {
            return Fence::Withheld;
        }
        answered.await.unwrap_or(Fence::Withheld)
    }

    /// Hands in a result. It is not on disk before [`Settling::done`].
    pub(super) async fn settle(&self, held: Held, outcome: Outcome) -> Settling {
        let random = u32::from_ne_bytes(random_octets());
        let told = Told { id: held.id, claim: held.claim, delivery: held.delivery, outcome, random };
        let (answer, answered) = oneshot::channel();
        // Should the task be gone, the answer never comes, and says so.
        self.requests.send(Request::Settle(told, answer)).await.ok();
        Settling(Some(answered))
    }
}

/// A connection that will be heard before long.
pub(super) struct AtWork(Arc<AtomicUsize>);

impl Drop for AtWork {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Markers that are not worth waiting for another: those of three connections in four, for one may be slow.
fn enough(at_work: usize) -> usize {
    (at_work * 3).div_ceil(4).max(1)
}

/// A result on its way to the disk, or none.
#[derive(Default)]
pub(super) struct Settling(Option<oneshot::Receiver<()>>);

impl Settling {
    /// Comes back when the result is on disk.
    ///
    /// # Errors
    /// The database did not take it; it will be found uncertain.
    pub(super) async fn done(&mut self) -> anyhow::Result<()> {
        match self.0.take() {
            Some(answered) => answered.await.context("keep the result of a mail"),
            None => Ok(()),
        }
    }
}

impl Group {
    fn add(&mut self, request: Request) {
        match request {
            Request::Mark(id, claim, answer) => {
                self.marks.push((id, claim));
                self.waiting.push((id, answer));
            }
            Request::Settle(told, answer) => {
                self.told.push(told);
                self.told_to.push(answer);
            }
        }
    }

    async fn write(mut self, app: &SharedApp, policy: UncertainPolicy) {
        let mut tries = 0;
        loop {
            let error = match self.try_write(app, policy).await {
                Ok(marked) => {
                    for (id, answer) in self.waiting {
                        let fence = if marked.contains(&id) { Fence::Marked } else { Fence::Withheld };
                        // A connection that is gone needs no answer.
                        answer.send(fence).ok();
                    }
                    for answer in self.told_to {
                        answer.send(()).ok();
                    }
                    return;
                }
                Err(error) => error,
            };
            tracing::warn!("the outbox cannot be written: {error:#}");
            // Without a marker the mail is cancelled, which loses nothing. A result is worth waiting for.
            self.marks.clear();
            self.waiting.clear();
            tries += 1;
            if self.told.is_empty() || tries >= TRIES_MAX {
                return;
            }
            tokio::time::sleep(TRY_AGAIN).await;
        }
    }

    async fn try_write(&self, app: &SharedApp, policy: UncertainPolicy) -> anyhow::Result<Vec<i64>> {
        let now = app.clock.now();
        let light = self.told.is_empty();
        let mut write = if light { app.store.write_lightly().await? } else { app.store.write().await? };
        if !light {
            // The relay says that a mailbox is not there: its address is never mailed again, until its person or an
            // editor says otherwise.
            for gone in write.settle(&self.told, now, policy).await? {
                let why = SuppressionReason::Refused;
                people::suppress(app, &mut write, &gone.recipient_hash, gone.subscription, why, &gone.reply)
                    .await?;
            }
        }
        // Last, so that an address that was suppressed a moment ago is not mailed in the same breath.
        let marked = if self.marks.is_empty() { Vec::new() } else { write.mark(&self.marks, now).await? };
        write.commit().await?;
        Ok(marked)
    }
}
