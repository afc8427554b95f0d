//! One task that writes to the ledger for all connections: while one transaction is on its way to the disk, what the
//! others have to say gathers for the next.

use std::time::Duration;

use anyhow::Context as _;
use issues::delivery::{Claim, Outcome, UncertainPolicy};
use subscribers::SuppressionReason;
use tokio::sync::{mpsc, oneshot};

use super::Fence;
use crate::app::SharedApp;
use crate::clock::random_octets;
use crate::newsroom::people;
use crate::store::Told;

/// More than there are connections, so that nobody waits to be heard.
const REQUESTS_MAX: usize = 512;
/// How often results that the database did not take are offered again; the connections wait meanwhile.
const TRIES_MAX: u32 = 8;
const TRY_AGAIN: Duration = Duration::from_secs(2);

enum Request {
    Mark(i64, Claim, oneshot::Sender<Fence>),
    Settle(Told, oneshot::Sender<()>),
}

/// The connections' end.
#[derive(Clone)]
pub(super) struct Ledger {
    requests: mpsc::Sender<Request>,
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
        let task = async move {
            let mut waiting = Vec::new();
            while heard.recv_many(&mut waiting, REQUESTS_MAX).await > 0 {
                let mut group = Group::default();
                for request in waiting.drain(..) {
                    group.add(request);
                }
                group.write(&app, policy).await;
            }
        };
        (Self { requests }, task)
    }

    /// The marker before the final dot; without an answer no dot may leave.
    pub(super) async fn mark(&self, id: i64, claim: Claim) -> Fence {
        let (answer, answered) = oneshot::channel();
        if self.requests.send(Request::Mark(id, claim, answer)).await.is_err() {
            return Fence::Withheld;
        }
        answered.await.unwrap_or(Fence::Withheld)
    }

    /// Comes back when the result is on disk.
    ///
    /// # Errors
    /// The database did not take it; it will be found uncertain.
    pub(super) async fn settle(&self, id: i64, claim: Claim, outcome: Outcome) -> anyhow::Result<()> {
        let told = Told { id, claim, outcome, random: u32::from_ne_bytes(random_octets()) };
        let (answer, answered) = oneshot::channel();
        let failed = "keep the result of a mail";
        self.requests.send(Request::Settle(told, answer)).await.ok().context(failed)?;
        answered.await.context(failed)
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
        let mut marked = Vec::new();
        if !self.marks.is_empty() {
            marked = write.mark(&self.marks, now).await?;
        }
        if !light {
            // The relay says that a mailbox is not there: its address is never mailed again, until its person or an
            // editor says otherwise.
            for gone in write.settle(&self.told, now, policy).await? {
                let why = SuppressionReason::Refused;
                people::suppress(app, &mut write, &gone.recipient_hash, gone.subscription, why, &gone.reply)
                    .await?;
            }
        }
        write.commit().await?;
        Ok(marked)
    }
}
