//! The ledger on both databases: who holds a row, what the marker asks, and what is left when a worker dies.

use crate::support::readers;
use crate::support::sink::Sink;
use chrono::TimeDelta;
use issues::IssueState;
use issues::delivery::{Claim, LEASE, Outcome, Phase, Reply, WorkerId, judge};
use subscribers::{EmailAddress, SubscriptionState, Suppression, SuppressionReason, may_mail};
use zinas::app::{App, Schema};
use zinas::store::{Holder, MailKind, Told, address_hash};

use crate::support::database::{Installation, on_both};
use crate::support::outbox::{
    RESEND, counts, holder, keeping, outbox, queue_kind, queue_single, sending_to, set_subscription,
    suppress, until_idle,
};

on_both!(
    the_marker_asks_what_the_rule_asks,
    only_the_question_to_confirm_passes_and_only_what_it_can_end,
    a_dead_workers_rows_go_out_again_or_are_uncertain,
    a_dead_machines_markers_are_not_believed,
    a_late_result_settles_what_nobody_took_again,
    what_is_held_when_its_person_is_erased_ends_without_their_words,
    two_workers_never_take_one_row,
);

mod stories {
    use super::*;

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
