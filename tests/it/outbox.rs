//! The outbox at work: nobody is skipped, nobody gets what they must not get, and nothing is lost when a worker dies.

use issues::IssueState;
use issues::delivery::UncertainPolicy;
use tokio_util::sync::CancellationToken;
use zinas::app::{App, SharedApp, Step};
use zinas::outbound::Outbox;

use crate::support::database::{Installation, on_both};
use crate::support::sink::{Act, At, Script, Sink};

on_both!(
    nobody_is_skipped,
    a_single_mail_overtakes_a_running_issue,
    who_may_not_be_mailed_is_abandoned_with_the_reason,
    the_marker_asks_what_the_rule_asks,
    only_the_question_to_confirm_passes_and_only_what_it_can_end,
    a_paused_issue_waits_and_goes_on,
    a_stopped_issue_ends_at_once,
    a_dead_workers_rows_go_out_again_or_are_uncertain,
    a_dead_machines_markers_are_not_believed,
    an_uncertain_delivery_goes_out_once_more_with_the_same_bytes,
    uncertain_is_final_where_it_is_assumed_sent,
    a_deferred_mail_comes_back_later_and_expires,
    a_recipient_that_is_not_there_is_suppressed,
    a_fault_of_ours_pauses_and_costs_nobody_anything,
    a_relay_that_is_down_costs_nobody_anything,
    a_relay_that_closes_after_each_mail_loses_nothing,
    two_workers_never_take_one_row,
    a_late_result_settles_what_nobody_took_again,
    what_is_held_when_its_person_is_erased_ends_without_their_words,
);

fn sending_to(sink: &Sink) -> impl FnOnce(&mut zinas::config::Config) + use<> {
    let port = sink.port();
    move |config| {
        config.outbound.port = port;
        config.outbound.connections = 4;
    }
}

fn keeping() -> Script {
    Script { keep: true, ..Script::default() }
}

async fn outbox(app: &SharedApp) -> Outbox {
    Outbox::open(app.clone(), CancellationToken::new()).await.unwrap()
}

/// Steps until nothing is due.
async fn until_idle(outbox: &mut Outbox) {
    for _ in 0..50 {
        if outbox.step().await.unwrap() == Step::Idle {
            return;
        }
    }
    panic!("the outbox does not come to rest");
}

/// The states of an issue's deliveries with their numbers, `accepted 7`.
async fn counts(app: &App, issue: i64) -> String {
    let counts = app.store.delivery_counts(issue).await.unwrap();
    let words: Vec<String> = counts.iter().map(|(state, number)| format!("{state} {number}")).collect();
    words.join(", ")
}

async fn is_final(app: &App, issue: i64) -> bool {
    let mut write = app.store.write().await.unwrap();
    write.deliveries_are_final(issue).await.unwrap()
}

/// Moves the clock and sends what is due then.
async fn later(app: &App, outbox: &mut Outbox, time: chrono::TimeDelta) {
    app.clock.advance_to(app.clock.now() + time);
    until_idle(outbox).await;
}

fn say(words: &str) -> Act {
    Act::Say(words.to_owned())
}

mod stories {
    use chrono::TimeDelta;
    use issues::delivery::{Claim, LEASE, Outcome, Phase, Reply, WorkerId, judge};
    use subscribers::{EmailAddress, Language, SubscriptionState, Suppression, SuppressionReason, may_mail};
    use zinas::app::{App, Schema};
    use zinas::clock::random_id;
    use zinas::outbound::message::{Automatic, ReplyTo, ReturnPath, Single, Thread};
    use zinas::outbound::relay_fault;
    use zinas::store::{Holder, MailKind, NewMail, Told, address_hash};

    use super::*;
    use crate::support::readers;

    const RESEND: UncertainPolicy = UncertainPolicy::Resend { after: issues::delivery::RESEND_AFTER };

    fn holder(worker: i64) -> Holder {
        Holder { worker: WorkerId(worker), home: format!("home {worker}"), life: "life".to_owned() }
    }

    async fn queue_single(app: &App, to: &EmailAddress) {
        assert!(queue_kind(app, to, MailKind::Thanks).await);
    }

    async fn queue_kind(app: &App, to: &EmailAddress, kind: MailKind) -> bool {
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

    async fn set_subscription(app: &App, id: i64, state: &SubscriptionState) {
        let mut write = app.store.write().await.unwrap();
        write.change_subscription(id, state, app.clock.now()).await.unwrap();
        write.commit().await.unwrap();
    }

    async fn suppress(app: &App, number: usize) {
        let suppression =
            Suppression { reason: SuppressionReason::Editor, at: app.clock.now(), note: String::new() };
        let mut write = app.store.write().await.unwrap();
        write.suppress(&address_hash(&readers::address(number)), &suppression).await.unwrap();
        write.commit().await.unwrap();
    }

    pub async fn nobody_is_skipped(database: Option<&str>) {
        let sink = Sink::start(keeping()).unwrap();
        let place = Installation::open(database, sending_to(&sink)).await;
        let app = &place.app;
        let subscriptions = readers::readers(app, 0..450).await;
        let issue = readers::issue(app, &subscriptions, &readers::content(2_000)).await;
        let mut outbox = outbox(app).await;
        until_idle(&mut outbox).await;
        assert_eq!(counts(app, issue).await, "accepted 450");
        assert!(is_final(app, issue).await);
        let mut to: Vec<String> = sink.mails().into_iter().map(|mail| mail.to).collect();
        to.sort();
        let expected: Vec<String> =
            (0..450).map(|number| readers::address(number).as_str().to_owned()).collect();
        assert_eq!(to, expected);
        let deliveries = app.store.deliveries(issue, "").await.unwrap();
        for delivery in &deliveries {
            assert_eq!(delivery.attempts.len(), 1);
            assert!(delivery.attempts[0].reply.starts_with("250"), "{:?}", delivery.attempts);
        }
        // The bytes bear the Message-ID that the row bears, and each reader's own way to leave.
        for mail in sink.mails() {
            let delivery = deliveries.iter().find(|delivery| delivery.recipient == mail.to).unwrap();
            let text = String::from_utf8(mail.bytes).unwrap();
            assert!(text.contains(&format!("Message-ID: <{}>", delivery.message_id)));
            assert!(text.contains("List-Unsubscribe: <https://zinas.selija.com/leave/"));
        }
    }

    pub async fn a_single_mail_overtakes_a_running_issue(database: Option<&str>) {
        let sink = Sink::start(Script {
            every: Some((1, Act::Delay(std::time::Duration::from_millis(20)))),
            ..keeping()
        })
        .unwrap();
        let place = Installation::open(database, |config| {
            sending_to(&sink)(config);
            config.outbound.connections = 1;
        })
        .await;
        let app = &place.app;
        let subscriptions = readers::readers(app, 0..150).await;
        let issue = readers::issue(app, &subscriptions, &readers::content(500)).await;
        let mut running = outbox(app).await;
        let run = tokio::spawn(async move {
            until_idle(&mut running).await;
        });
        while sink.taken() < 5 {
            tokio::task::yield_now().await;
        }
        let to = EmailAddress::parse("liga@x.example").unwrap();
        queue_single(app, &to).await;
        app.wake.queued.notify_waiters();
        run.await.unwrap();
        assert_eq!(counts(app, issue).await, "accepted 150");
        let mails = sink.mails();
        let place = mails.iter().position(|mail| mail.to == "liga@x.example").unwrap();
        assert!(place < 120, "it left as number {place}");
        assert!(String::from_utf8_lossy(&mails[place].bytes).contains("=2EPaldies!"));
        assert_eq!(app.store.count_waiting_mails().await.unwrap(), 0);
    }

    pub async fn who_may_not_be_mailed_is_abandoned_with_the_reason(database: Option<&str>) {
        let sink = Sink::start(keeping()).unwrap();
        let place = Installation::open(database, sending_to(&sink)).await;
        let app = &place.app;
        let ids = readers::readers(app, 0..5).await;
        let issue = readers::issue(app, &ids, &readers::content(500)).await;
        queue_single(app, &readers::address(2)).await;
        let now = app.clock.now();
        set_subscription(app, ids[0], &readers::confirmed(app).leave(now, "mail")).await;
        set_subscription(app, ids[1], &SubscriptionState::Pending { requested_at: now }).await;
        suppress(app, 2).await;
        let why = SuppressionReason::HardBounce;
        set_subscription(app, ids[3], &readers::confirmed(app).suppress(now, why)).await;
        until_idle(&mut outbox(app).await).await;
        let rows = app.store.deliveries(issue, "").await.unwrap();
        let reasons: Vec<(&str, &str)> =
            rows.iter().map(|row| (row.state.as_str(), row.reason.as_str())).collect();
        assert_eq!(
            reasons,
            [
                ("abandoned", "left"),
                ("abandoned", "left"),
                ("abandoned", "suppressed"),
                ("abandoned", "suppressed"),
                ("accepted", "")
            ]
        );
        assert_eq!(sink.mails().len(), 1);
        assert!(is_final(app, issue).await);
        assert_eq!(app.store.count_waiting_mails().await.unwrap(), 0);
    }

    /// Every combination of what may change between the claim and the dot: the one statement of the marker against
    /// the rules of the pure crates.
    pub async fn the_marker_asks_what_the_rule_asks(database: Option<&str>) {
        let place = Installation::open(database, |_| {}).await;
        let app = &place.app;
        let now = app.clock.now();
        let confirmed = readers::confirmed(app);
        let states = [
            confirmed.clone(),
            SubscriptionState::Pending { requested_at: now },
            confirmed.clone().leave(now, "mail"),
            confirmed.clone().suppress(now, SuppressionReason::Complaint),
        ];
        let issue_states = [
            IssueState::Sending { by: String::new(), not_before: now },
            readers::paused(),
            IssueState::Stopped { by: String::new(), at: now },
        ];
        let mut number = 0;
        for issue_state in &issue_states {
            for state in &states {
                for suppressed in [false, true] {
                    let id = readers::reader(app, number).await;
                    let issue = readers::issue(app, &[id], &readers::content(100)).await;
                    let mut write = app.store.write().await.unwrap();
                    let taken = write.claim(&holder(1), now, RESEND, 10).await.unwrap();
                    write.commit().await.unwrap();
                    let held = &taken.held[0];
                    set_subscription(app, id, state).await;
                    if suppressed {
                        suppress(app, number).await;
                    }
                    readers::change_issue(app, issue, issue_state).await;
                    let mut write = app.store.write_lightly().await.unwrap();
                    let marked = write.mark(&[(held.id, held.claim)], now).await.unwrap();
                    write.commit().await.unwrap();
                    let allowed = may_mail(state, suppressed).is_ok()
                        && matches!(issue_state, IssueState::Sending { .. });
                    assert_eq!(
                        marked == [held.id],
                        allowed,
                        "{} {state:?} suppressed: {suppressed}",
                        issue_state.name()
                    );
                    // Of the issues under way only this one, in the next round.
                    readers::change_issue(app, issue, &IssueState::Stopped { by: String::new(), at: now })
                        .await;
                    number += 1;
                }
            }
        }
        // And the holder: not another worker, not an earlier attempt, not twice, not at the end of the lease.
        let id = readers::reader(app, number).await;
        readers::issue(app, &[id], &readers::content(100)).await;
        let mut write = app.store.write().await.unwrap();
        let held = write.claim(&holder(1), now, RESEND, 10).await.unwrap().held.remove(0);
        let mut other = held.claim;
        other.worker = WorkerId(2);
        assert!(write.mark(&[(held.id, other)], now).await.unwrap().is_empty());
        let mut earlier = held.claim;
        earlier.attempt = 0;
        assert!(write.mark(&[(held.id, earlier)], now).await.unwrap().is_empty());
        assert!(write.mark(&[(held.id, held.claim)], now + LEASE).await.unwrap().is_empty());
        assert_eq!(write.mark(&[(held.id, held.claim)], now).await.unwrap(), [held.id]);
        assert!(write.mark(&[(held.id, held.claim)], now).await.unwrap().is_empty());
    }

    /// Queue, claim and marker against the one rule, for every reason and for what is exempt and what is not.
    pub async fn only_the_question_to_confirm_passes_and_only_what_it_can_end(database: Option<&str>) {
        let place = Installation::open(database, |_| {}).await;
        let app = &place.app;
        let now = app.clock.now();
        let mut number = 0;
        for kind in [MailKind::Confirmation, MailKind::Thanks, MailKind::LeaveLink, MailKind::Decision] {
            for reason in SuppressionReason::ALL {
                let passes = kind == MailKind::Confirmation && reason.ends_with_a_confirmation();
                let suppression = Suppression { reason, at: now, note: String::new() };
                for suppressed_before in ["queue", "claim", "dot"] {
                    number += 1;
                    let to = readers::address(number);
                    let suppress = async |now: &str| {
                        if now == suppressed_before {
                            let mut write = app.store.write().await.unwrap();
                            write.suppress(&address_hash(&to), &suppression).await.unwrap();
                            write.commit().await.unwrap();
                        }
                    };
                    suppress("queue").await;
                    let mut went = queue_kind(app, &to, kind).await;
                    suppress("claim").await;
                    let mut write = app.store.write().await.unwrap();
                    let taken = write.claim(&holder(1), now, RESEND, 10).await.unwrap();
                    write.commit().await.unwrap();
                    suppress("dot").await;
                    went = went && !taken.held.is_empty();
                    if let Some(held) = taken.held.first() {
                        let mut write = app.store.write_lightly().await.unwrap();
                        let marked = write.mark(&[(held.id, held.claim)], now).await.unwrap();
                        write.commit().await.unwrap();
                        went = went && !marked.is_empty();
                    }
                    assert_eq!(went, passes, "{} {} before {suppressed_before}", kind.name(), reason.name());
                }
            }
        }
    }

    pub async fn a_paused_issue_waits_and_goes_on(database: Option<&str>) {
        let sink = Sink::start(keeping()).unwrap();
        let place = Installation::open(database, sending_to(&sink)).await;
        let app = &place.app;
        let ids = readers::readers(app, 0..30).await;
        let issue = readers::issue(app, &ids, &readers::content(500)).await;
        readers::change_issue(app, issue, &readers::paused()).await;
        let mut outbox = outbox(app).await;
        until_idle(&mut outbox).await;
        assert_eq!(counts(app, issue).await, "queued 30");
        let going =
            IssueState::Sending { by: String::new(), not_before: app.clock.now() + TimeDelta::minutes(1) };
        readers::change_issue(app, issue, &going).await;
        until_idle(&mut outbox).await;
        assert_eq!(counts(app, issue).await, "queued 30");
        later(app, &mut outbox, TimeDelta::minutes(1)).await;
        assert_eq!(counts(app, issue).await, "accepted 30");
    }

    pub async fn a_stopped_issue_ends_at_once(database: Option<&str>) {
        let sink = Sink::start(Script {
            every: Some((1, Act::Delay(std::time::Duration::from_millis(10)))),
            ..keeping()
        })
        .unwrap();
        let place = Installation::open(database, sending_to(&sink)).await;
        let app = &place.app;
        let ids = readers::readers(app, 0..200).await;
        let issue = readers::issue(app, &ids, &readers::content(500)).await;
        let mut running = outbox(app).await;
        let run = tokio::spawn(async move { until_idle(&mut running).await });
        while sink.taken() < 10 {
            tokio::task::yield_now().await;
        }
        let mut write = app.store.write().await.unwrap();
        write.abandon_deliveries(issue, app.clock.now()).await.unwrap();
        let stopped = IssueState::Stopped { by: String::new(), at: app.clock.now() };
        write.change_issue(issue, &stopped).await.unwrap();
        write.commit().await.unwrap();
        run.await.unwrap();
        // What was held and not begun when the issue was stopped comes to its end with the next look.
        until_idle(&mut outbox(app).await).await;
        assert!(is_final(app, issue).await);
        let sent = sink.mails().len();
        assert!((10..150).contains(&sent), "{sent}");
        assert_eq!(counts(app, issue).await, format!("abandoned {}, accepted {sent}", 200 - sent));
    }

    pub async fn a_dead_workers_rows_go_out_again_or_are_uncertain(database: Option<&str>) {
        let place = Installation::open(database, |_| {}).await;
        let app = &place.app;
        let now = app.clock.now();
        let ids = readers::readers(app, 0..4).await;
        let issue = readers::issue(app, &ids, &readers::content(500)).await;
        let mut write = app.store.write().await.unwrap();
        let held = write.claim(&holder(1), now, RESEND, 10).await.unwrap().held;
        assert_eq!(held.len(), 4);
        write.mark(&[(held[0].id, held[0].claim)], now).await.unwrap();
        write.commit().await.unwrap();
        // Another worker elsewhere leaves them alone until the lease runs out.
        let mut write = app.store.write().await.unwrap();
        assert_eq!(write.release(&holder(2), now, RESEND, true).await.unwrap(), 0);
        assert_eq!(write.release(&holder(2), now + LEASE, RESEND, true).await.unwrap(), 0);
        write.roll_back().await.unwrap();
        for (who, when) in [(holder(2), now + LEASE + TimeDelta::milliseconds(1)), (holder(1), now)] {
            let mut write = app.store.write().await.unwrap();
            assert_eq!(write.release(&who, when, RESEND, true).await.unwrap(), 4);
            if who.worker == WorkerId(2) {
                // Taken back: the same again for the worker that starts where the dead one was.
                write.roll_back().await.unwrap();
                continue;
            }
            write.commit().await.unwrap();
        }
        assert_eq!(counts(app, issue).await, "queued 3, uncertain 1");
        let attempts: Vec<String> = app
            .store
            .deliveries(issue, "")
            .await
            .unwrap()
            .iter()
            .map(|delivery| delivery.attempts[0].outcome.clone())
            .collect();
        assert_eq!(attempts, ["uncertain", "interrupted", "interrupted", "interrupted"]);
    }

    pub async fn a_dead_machines_markers_are_not_believed(database: Option<&str>) {
        let place = Installation::open(database, |_| {}).await;
        let app = &place.app;
        let now = app.clock.now();
        let ids = readers::readers(app, 0..2).await;
        let issue = readers::issue(app, &ids, &readers::content(500)).await;
        let mut write = app.store.write().await.unwrap();
        write.claim(&holder(1), now, RESEND, 10).await.unwrap();
        let after = Holder { life: "another".to_owned(), ..holder(1) };
        assert_eq!(write.release(&after, now, RESEND, true).await.unwrap(), 2);
        write.commit().await.unwrap();
        assert_eq!(counts(app, issue).await, "uncertain 2");
    }

    pub async fn an_uncertain_delivery_goes_out_once_more_with_the_same_bytes(database: Option<&str>) {
        let sink = Sink::start(Script { at: [(At::Dot, Act::HangUp)].into(), ..keeping() }).unwrap();
        let place = Installation::open(database, sending_to(&sink)).await;
        let app = &place.app;
        let ids = readers::readers(app, 0..3).await;
        let issue = readers::issue(app, &ids, &readers::content(500)).await;
        let mut first = outbox(app).await;
        until_idle(&mut first).await;
        assert_eq!(counts(app, issue).await, "uncertain 3");
        assert!(!is_final(app, issue).await);
        later(app, &mut first, TimeDelta::minutes(59)).await;
        assert_eq!(sink.mails().len(), 3);
        // Also after a restart.
        let app = &place.open_again().await;
        app.clock.advance_to(app.clock.now() + TimeDelta::minutes(2));
        until_idle(&mut outbox(app).await).await;
        let mails = sink.mails();
        assert_eq!(mails.len(), 6);
        for mail in &mails[..3] {
            assert_eq!(mails[3..].iter().filter(|again| *again == mail).count(), 1);
        }
        assert_eq!(counts(app, issue).await, "uncertain 3");
        assert!(is_final(app, issue).await);
        let mut last = outbox(app).await;
        later(app, &mut last, TimeDelta::days(1)).await;
        assert_eq!(sink.mails().len(), 6);
    }

    pub async fn uncertain_is_final_where_it_is_assumed_sent(database: Option<&str>) {
        let sink = Sink::start(Script { at: [(At::Dot, Act::HangUp)].into(), ..keeping() }).unwrap();
        let place = Installation::open(database, |config| {
            sending_to(&sink)(config);
            config.outbound.uncertain = UncertainPolicy::AssumeSent;
        })
        .await;
        let app = &place.app;
        let ids = readers::readers(app, 0..3).await;
        let issue = readers::issue(app, &ids, &readers::content(500)).await;
        let mut outbox = outbox(app).await;
        until_idle(&mut outbox).await;
        later(app, &mut outbox, TimeDelta::hours(2)).await;
        assert_eq!(counts(app, issue).await, "uncertain 3");
        assert!(is_final(app, issue).await);
        assert_eq!(sink.mails().len(), 3);
    }

    pub async fn a_deferred_mail_comes_back_later_and_expires(database: Option<&str>) {
        let sink = Sink::start(Script {
            recipients: [
                ("reader-0000@readers.example".to_owned(), say("450 4.2.0 Greylisted")),
                ("reader-0001@readers.example".to_owned(), say("450 4.2.0 Greylisted")),
            ]
            .into(),
            ..keeping()
        })
        .unwrap();
        let place = Installation::open(database, sending_to(&sink)).await;
        let app = &place.app;
        let ids = readers::readers(app, 0..3).await;
        let issue = readers::issue(app, &ids, &readers::content(500)).await;
        let mut outbox = outbox(app).await;
        until_idle(&mut outbox).await;
        assert_eq!(counts(app, issue).await, "accepted 1, deferred 2");
        later(app, &mut outbox, TimeDelta::minutes(4)).await;
        assert_eq!(app.store.deliveries(issue, "deferred").await.unwrap()[0].attempts.len(), 1);
        let greylisted = [("reader-0001@readers.example".to_owned(), say("450 4.2.0 Greylisted"))];
        sink.follow(Script { recipients: greylisted.into(), ..keeping() });
        later(app, &mut outbox, TimeDelta::minutes(4)).await;
        assert_eq!(counts(app, issue).await, "accepted 2, deferred 1");
        for _ in 0..30 {
            later(app, &mut outbox, TimeDelta::hours(4)).await;
        }
        assert_eq!(counts(app, issue).await, "abandoned 1, accepted 2");
        let given_up = &app.store.deliveries(issue, "abandoned").await.unwrap()[0];
        assert_eq!(given_up.reason, "expired");
        assert!((15..30).contains(&given_up.attempts.len()), "{}", given_up.attempts.len());
    }

    pub async fn a_recipient_that_is_not_there_is_suppressed(database: Option<&str>) {
        let sink = Sink::start(Script {
            recipients: [
                ("reader-0000@readers.example".to_owned(), say("550 5.1.1 User unknown")),
                ("reader-0001@readers.example".to_owned(), say("552 5.2.2 Mailbox full")),
            ]
            .into(),
            ..keeping()
        })
        .unwrap();
        let place = Installation::open(database, sending_to(&sink)).await;
        let app = &place.app;
        let ids = readers::readers(app, 0..3).await;
        let issue = readers::issue(app, &ids, &readers::content(500)).await;
        until_idle(&mut outbox(app).await).await;
        assert_eq!(counts(app, issue).await, "accepted 1, refused 2");
        let suppression = app.store.suppression(&address_hash(&readers::address(0))).await.unwrap().unwrap();
        assert_eq!(suppression.reason, SuppressionReason::Refused);
        assert_eq!(suppression.note, "550 5.1.1 User unknown");
        assert!(app.store.suppression(&address_hash(&readers::address(1))).await.unwrap().is_none());
        assert_eq!(app.store.subscriptions(app.publication, "suppressed").await.unwrap()[0].id, ids[0]);
        assert_eq!(app.store.consent(ids[0]).await.unwrap()[0].channel, "refused");
    }

    pub async fn a_fault_of_ours_pauses_and_costs_nobody_anything(database: Option<&str>) {
        let refusing = Script { at: [(At::Mail, say("550 5.1.8 Sender unknown"))].into(), ..keeping() };
        let sink = Sink::start(refusing).unwrap();
        let place = Installation::open(database, sending_to(&sink)).await;
        let app = &place.app;
        let ids = readers::readers(app, 0..20).await;
        let issue = readers::issue(app, &ids, &readers::content(500)).await;
        let mut outbox = outbox(app).await;
        until_idle(&mut outbox).await;
        assert_eq!(counts(app, issue).await, "queued 20");
        let fault = relay_fault(app).await.unwrap().unwrap();
        assert_eq!(fault.what, "the relay refuses our sender address");
        let begun = sink.commands().iter().filter(|verb| *verb == "MAIL").count();
        assert!((1..=4).contains(&begun), "{begun}");
        later(app, &mut outbox, TimeDelta::minutes(5)).await;
        assert_eq!(sink.commands().iter().filter(|verb| *verb == "MAIL").count(), begun);
        sink.follow(keeping());
        later(app, &mut outbox, TimeDelta::minutes(11)).await;
        assert_eq!(counts(app, issue).await, "accepted 20");
        assert_eq!(relay_fault(app).await.unwrap(), None);
    }

    pub async fn a_relay_that_is_down_costs_nobody_anything(database: Option<&str>) {
        let busy = Script { at: [(At::Greeting, say("421 4.3.2 busy"))].into(), ..keeping() };
        let sink = Sink::start(busy).unwrap();
        let place = Installation::open(database, sending_to(&sink)).await;
        let app = &place.app;
        let ids = readers::readers(app, 0..3).await;
        let issue = readers::issue(app, &ids, &readers::content(500)).await;
        let mut outbox = outbox(app).await;
        until_idle(&mut outbox).await;
        assert_eq!(relay_fault(app).await.unwrap(), None, "a moment is not worth telling of");
        for _ in 0..6 {
            later(app, &mut outbox, TimeDelta::minutes(8)).await;
        }
        let fault = relay_fault(app).await.unwrap().unwrap();
        assert_eq!(fault.what, "the relay cannot be reached or takes no mail");
        sink.follow(keeping());
        until_idle(&mut outbox).await;
        assert_eq!(counts(app, issue).await, "queued 3");
        later(app, &mut outbox, TimeDelta::minutes(8)).await;
        assert_eq!(counts(app, issue).await, "accepted 3");
        for delivery in app.store.deliveries(issue, "").await.unwrap() {
            assert_eq!(delivery.attempts.len(), 1);
        }
        assert_eq!(relay_fault(app).await.unwrap(), None);
    }

    pub async fn a_relay_that_closes_after_each_mail_loses_nothing(database: Option<&str>) {
        let sink = Sink::start(keeping()).unwrap();
        let place = Installation::open(database, |config| {
            sending_to(&sink)(config);
            config.outbound.connections = 1;
        })
        .await;
        let app = &place.app;
        let ids = readers::readers(app, 0..6).await;
        let issue = readers::issue(app, &ids[..3], &readers::content(500)).await;
        let mut outbox = outbox(app).await;
        until_idle(&mut outbox).await;
        // The kept connection is told at its next MAIL that it has lasted long enough; the one after it works.
        let tired = Script { at: [(At::Mail, say("421 4.4.2 timeout"))].into(), ..keeping() };
        sink.follow(tired);
        let again = readers::issue(app, &ids[3..], &readers::content(500)).await;
        let stepping = tokio::spawn(async move { until_idle(&mut outbox).await });
        stepping.await.unwrap();
        // Also the fresh one was sent away: that is a deferral, and only of the mail that met it.
        assert_eq!(counts(app, issue).await, "accepted 3");
        assert_eq!(counts(app, again).await, "deferred 3");
        for delivery in app.store.deliveries(again, "").await.unwrap() {
            assert_eq!(delivery.attempts.len(), 1);
        }
    }

    pub async fn a_late_result_settles_what_nobody_took_again(database: Option<&str>) {
        let place = Installation::open(database, |_| {}).await;
        let app = &place.app;
        let now = app.clock.now();
        let ids = readers::readers(app, 0..3).await;
        let issue = readers::issue(app, &ids, &readers::content(500)).await;
        let mut write = app.store.write().await.unwrap();
        let held = write.claim(&holder(1), now, RESEND, 10).await.unwrap().held;
        let claims: Vec<(i64, Claim)> = held.iter().map(|held| (held.id, held.claim)).collect();
        assert_eq!(write.mark(&claims[..2], now).await.unwrap().len(), 2);
        // The lease runs out; the third, which was not marked, goes out by another hand.
        let later = now + LEASE + TimeDelta::milliseconds(1);
        assert_eq!(write.release(&holder(2), later, RESEND, false).await.unwrap(), 3);
        assert_eq!(write.claim(&holder(2), later, RESEND, 10).await.unwrap().held.len(), 1);
        let gone = "550 5.1.1 no such mailbox";
        let told: Vec<Told> = held
            .into_iter()
            .zip([
                Outcome::Accepted { reply: Reply::from_line("250 2.0.0 Ok") },
                judge(Phase::Rcpt, Reply::from_line(gone)),
                judge(Phase::Rcpt, Reply::from_line(gone)),
            ])
            .map(|(held, outcome)| Told {
                id: held.id,
                claim: held.claim,
                delivery: held.delivery,
                outcome,
                random: 0,
            })
            .collect();
        let gone = write.settle(&told, later, RESEND).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(gone.iter().map(|gone| gone.subscription).collect::<Vec<_>>(), [Some(ids[1])]);
        assert_eq!(counts(app, issue).await, "accepted 1, refused 1, sending 1");
        let rows = app.store.deliveries(issue, "").await.unwrap();
        let outcomes: Vec<&str> = rows.iter().map(|row| row.attempts[0].outcome.as_str()).collect();
        assert_eq!(outcomes, ["accepted", "refused", "refused"]);
    }

    pub async fn what_is_held_when_its_person_is_erased_ends_without_their_words(database: Option<&str>) {
        let place = Installation::open(database, |_| {}).await;
        let app = &place.app;
        let now = app.clock.now();
        let anna = EmailAddress::parse("anna.berzina@pasts.example").unwrap();
        let ilze = EmailAddress::parse("ilze@biblioteka.example").unwrap();
        for kind in [MailKind::Thanks, MailKind::Receipt, MailKind::Confirmation, MailKind::Answer] {
            assert!(queue_kind(app, &anna, kind).await);
        }
        queue_single(app, &ilze).await;
        let mut write = app.store.write().await.unwrap();
        let held = write.claim(&holder(1), now, RESEND, 10).await.unwrap().held;
        let claims: Vec<(i64, Claim)> = held.iter().map(|held| (held.id, held.claim)).collect();
        assert_eq!(write.mark(&claims[..1], now).await.unwrap(), [held[0].id]);
        write.commit().await.unwrap();
        zinas::newsroom::people::erase(app, &anna).await.unwrap();

        // The question to confirm, too, which the suppression of an erased address would let pass.
        let mut write = app.store.write().await.unwrap();
        assert_eq!(write.mark(&claims[1..], now).await.unwrap(), [held[4].id]);
        let quoting = |code: &str| Reply::from_line(&format!("{code} <anna.berzina@pasts.example>"));
        let outcomes = [
            Outcome::Accepted { reply: quoting("250 2.1.5") },
            judge(Phase::Rcpt, quoting("550 5.1.1")),
            judge(Phase::Rcpt, quoting("450 4.2.1")),
            Outcome::Withheld,
            Outcome::Accepted { reply: Reply::from_line("250 2.0.0 Ok") },
        ];
        let told = |(held, outcome): (zinas::store::Held, Outcome)| Told {
            id: held.id,
            claim: held.claim,
            delivery: held.delivery,
            outcome,
            random: 0,
        };
        let told: Vec<Told> = held.into_iter().zip(outcomes).map(told).collect();
        write.settle(&told, now, RESEND).await.unwrap();
        write
            .record_bounce(told[0].id, subscribers::Bounced::Hard, "anna.berzina@pasts.example", now)
            .await
            .unwrap();
        // What would be tried again is not, and holds nobody else up.
        let later = now + TimeDelta::days(1);
        let taken = write.claim(&holder(2), later, RESEND, 10).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!((taken.held.len(), taken.abandoned), (0, 2));
        for row in place.dump().await {
            assert!(!row.contains("anna.berzina"), "{row}");
        }
        for (state, number) in [("accepted", 2), ("refused", 1), ("abandoned", 2)] {
            let sql =
                format!("SELECT COUNT(*) FROM outbox WHERE state = '{state}' AND settled_at IS NOT NULL");
            assert_eq!(place.number(&sql).await, number, "{state}");
        }
        assert_eq!(
            place.number("SELECT COUNT(*) FROM outbox WHERE reply <> ''").await,
            1,
            "of somebody else"
        );
    }

    pub async fn two_workers_never_take_one_row(database: Option<&str>) {
        let sink = Sink::start(keeping()).unwrap();
        let place = Installation::open(database, sending_to(&sink)).await;
        let app = &place.app;
        let ids = readers::readers(app, 0..400).await;
        let issue = readers::issue(app, &ids, &readers::content(500)).await;
        // A second daemon, which on PostgreSQL may be on another machine with a data folder of its own.
        let mut elsewhere = app.config.clone();
        elsewhere.database = zinas::config::SecretText::new(app.config.database.expose().to_owned());
        elsewhere.data = place.folder.path().join("elsewhere");
        let second = App::open(elsewhere, app.clock.clone(), Schema::Expect).await.unwrap();
        let mut one = outbox(app).await;
        let mut two = outbox(&second).await;
        tokio::join!(until_idle(&mut one), until_idle(&mut two));
        until_idle(&mut one).await;
        assert_eq!(counts(app, issue).await, "accepted 400");
        assert_eq!(sink.mails().len(), 400);
    }
}
