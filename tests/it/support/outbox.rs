//! The outbox beside a sink, and mails to put into it.

use chrono::TimeDelta;
use issues::delivery::{UncertainPolicy, WorkerId};
use subscribers::{EmailAddress, Language, SubscriptionState, Suppression, SuppressionReason};
use tokio_util::sync::CancellationToken;
use zinas::app::{App, SharedApp, Step};
use zinas::clock::random_id;
use zinas::outbound::Outbox;
use zinas::outbound::message::{Automatic, ReplyTo, ReturnPath, Single, Thread};
use zinas::store::{Holder, MailKind, NewMail, address_hash};

use super::readers;
use super::sink::{Act, Script, Sink};

pub fn sending_to(sink: &Sink) -> impl FnOnce(&mut zinas::config::Config) + use<> {
    let port = sink.port();
    move |config| {
        config.outbound.port = port;
        config.outbound.connections = 4;
    }
}

pub fn keeping() -> Script {
    Script { keep: true, ..Script::default() }
}

pub async fn outbox(app: &SharedApp) -> Outbox {
    Outbox::open(app.clone(), CancellationToken::new()).await.unwrap()
}

/// Steps until nothing is due.
pub async fn until_idle(outbox: &mut Outbox) {
    for _ in 0..50 {
        if outbox.step().await.unwrap() == Step::Idle {
            return;
        }
    }
    panic!("the outbox does not come to rest");
}

/// The states of an issue's deliveries with their numbers, `accepted 7`.
pub async fn counts(app: &App, issue: i64) -> String {
    let counts = app.store.delivery_counts(issue).await.unwrap();
    let words: Vec<String> = counts.iter().map(|(state, number)| format!("{state} {number}")).collect();
    words.join(", ")
}

pub async fn is_final(app: &App, issue: i64) -> bool {
    let mut write = app.store.write().await.unwrap();
    write.deliveries_are_final(issue).await.unwrap()
}

/// Moves the clock and sends what is due then.
pub async fn later(app: &App, outbox: &mut Outbox, time: chrono::TimeDelta) {
    app.clock.advance_to(app.clock.now() + time);
    until_idle(outbox).await;
}

pub fn say(words: &str) -> Act {
    Act::Say(words.to_owned())
}

pub const RESEND: UncertainPolicy = UncertainPolicy::Resend { after: issues::delivery::RESEND_AFTER };

pub fn holder(worker: i64) -> Holder {
    Holder { worker: WorkerId(worker), home: format!("home {worker}"), life: "life".to_owned() }
}

pub async fn queue_single(app: &App, to: &EmailAddress) {
    assert!(queue_kind(app, to, MailKind::Thanks).await);
}

pub async fn queue_kind(app: &App, to: &EmailAddress, kind: MailKind) -> bool {
    let now = app.clock.now();
    let public_id = random_id();
    let single = Single {
        delivery: public_id,
        to: to.clone(),
        date: now.fixed_offset(),
        language: Language::Latvian,
        automatic: Automatic::Generated,
        reply_to: ReplyTo::Mailbox,
        return_path: ReturnPath::Row,
        thread: Thread::default(),
        leaving: None,
        subject: "Paldies",
        html: "<p>Paldies!</p>",
        text: ".Paldies!\n",
    };
    let composed = app.letterhead.compose(&single).unwrap();
    let new = NewMail {
        public_id,
        publication: app.publication,
        kind,
        recipient: to,
        language: Language::Latvian,
        return_path: composed.envelope.from.as_ref(),
        mail: &composed.wire.message(),
        message_id: &composed.message_id,
        item: None,
        item_revision: None,
        asked_by: None,
        letter: None,
        subscription: None,
        at: now,
        expires_at: now + TimeDelta::days(1),
    };
    let mut write = app.store.write().await.unwrap();
    let queued = write.queue_mail(&new).await.unwrap();
    write.commit().await.unwrap();
    queued
}

pub async fn set_subscription(app: &App, id: i64, state: &SubscriptionState) {
    let mut write = app.store.write().await.unwrap();
    write.change_subscription(id, state, app.clock.now()).await.unwrap();
    write.commit().await.unwrap();
}

pub async fn suppress(app: &App, number: usize) {
    let suppression =
        Suppression { reason: SuppressionReason::Editor, at: app.clock.now(), note: String::new() };
    let mut write = app.store.write().await.unwrap();
    write.suppress(&address_hash(&readers::address(number)), &suppression).await.unwrap();
    write.commit().await.unwrap();
}
