//! The outbox at work: nobody is skipped, nobody gets what they must not get, and a relay in trouble costs nobody anything.

use crate::support::readers;
use crate::support::sink::{Act, At, Script, Sink};
use chrono::TimeDelta;
use issues::IssueState;
use issues::delivery::UncertainPolicy;
use subscribers::{EmailAddress, SubscriptionState, SuppressionReason};
use zinas::outbound::relay_fault;
use zinas::store::address_hash;

use crate::support::database::{Installation, on_both};
use crate::support::outbox::{
    counts, is_final, keeping, later, outbox, queue_single, say, sending_to, set_subscription, suppress,
    until_idle,
};

on_both!(
    nobody_is_skipped,
    a_single_mail_overtakes_a_running_issue,
    who_may_not_be_mailed_is_abandoned_with_the_reason,
    a_paused_issue_waits_and_goes_on,
    a_stopped_issue_ends_at_once,
    an_uncertain_delivery_goes_out_once_more_with_the_same_bytes,
    uncertain_is_final_where_it_is_assumed_sent,
    a_deferred_mail_comes_back_later_and_expires,
    a_recipient_that_is_not_there_is_suppressed,
    a_fault_of_ours_pauses_and_costs_nobody_anything,
    a_relay_that_is_down_costs_nobody_anything,
    a_relay_that_closes_after_each_mail_loses_nothing,
);

mod stories {
    use super::*;

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
}
