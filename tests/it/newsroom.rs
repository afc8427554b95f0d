//! The newsroom on both databases: what the door keeps, how items are decided on, and how an issue comes about.

use chrono::{DateTime, Utc};
use issues::reading::Unreadable;
use issues::{Change, Edition, Finding};
use subscribers::SuppressionReason;
use zinas::inbound::intake::{Held, Intake as _, Source, Stored};
use zinas::newsroom::edition;
use zinas::newsroom::intake::Door;
use zinas::newsroom::moderate::{Act, Who, decide, unreachable};
use zinas::newsroom::people::{self, NotDone, Origin};

use crate::support::database::{Installation, on_both};
use crate::support::newsroom::{
    ANNA, address, arrival, from_anna, item, key, mail, pending, preferences, receive, route_all, suppress,
    suppress_with_note,
};

on_both!(
    a_mail_is_kept_once_by_whatever_way_it_comes,
    the_head_of_a_mail_that_is_too_large_is_in_quarantine_and_the_editor_told,
    a_mail_that_cannot_be_read_is_in_quarantine_with_the_reason,
    a_postponed_item_comes_back_on_top_when_its_draft_opens,
    an_empty_month_is_held_and_told,
    who_cannot_be_told_is_said_and_never_asked,
    what_cannot_be_seen_is_never_kept,
    a_month_has_one_issue,
    links_are_looked_at_again_when_an_issue_is_approved,
);

mod stories {
    use super::*;

    pub async fn a_mail_is_kept_once_by_whatever_way_it_comes(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let door = Door(app.clone());
        let plain = mail("", "Sestdien talka pie ezera, nāciet visi!");
        assert_eq!(door.store(arrival(plain.clone(), Source::Smtp)).await.unwrap(), Stored::New);
        assert_eq!(door.store(arrival(plain.clone(), Source::Imap(key(1)))).await.unwrap(), Stored::Known);
        let other_way = mail("Received: from elsewhere\r\n", "Sestdien talka pie ezera, nāciet visi!");
        assert_eq!(door.store(arrival(other_way, Source::Imap(key(2)))).await.unwrap(), Stored::New);
        assert_eq!(door.imap_held("INBOX", 7, 1..=9).await.unwrap(), [(1, Held::Whole), (2, Held::Whole)]);
        door.imap_moved(&key(2)).await.unwrap();
        assert_eq!(door.imap_held("INBOX", 7, 2..=2).await.unwrap(), [(2, Held::Moved)]);
        route_all(app).await;
        let messages = app.store.messages(app.publication, "", "").await.unwrap();
        assert_eq!(messages.len(), 2);
        assert!(messages[1].why.contains("the same mail as message"), "{}", messages[1].why);
        assert_eq!(app.store.items(app.publication, "").await.unwrap().len(), 1);
    }

    pub async fn the_head_of_a_mail_that_is_too_large_is_in_quarantine_and_the_editor_told(
        database: Option<&str>,
    ) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let door = Door(app.clone());
        let head = mail("", "");
        door.store_head(arrival(head.clone(), Source::Imap(key(3))), 60 << 20).await.unwrap();
        door.store_head(arrival(head, Source::Imap(key(3))), 60 << 20).await.unwrap();
        let messages = app.store.messages(app.publication, "quarantined", "").await.unwrap();
        assert_eq!(messages.len(), 1);
        assert!(messages[0].why.contains("left on the server"), "{}", messages[0].why);
        let limit = app.config.inbound.size_bytes_max as u64;
        assert_eq!(messages[0].reason, Some(Unreadable::TooLarge { size: 60 << 20, limit }));
        assert_eq!(door.imap_held("INBOX", 7, 1..=9).await.unwrap(), [(3, Held::Head)]);
        assert_eq!(app.store.count_waiting_mails().await.unwrap(), 1, "one mail to the one editor");
    }

    pub async fn a_mail_that_cannot_be_read_is_in_quarantine_with_the_reason(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let mut bomb = mail("", "");
        for _ in 0..20_000 {
            bomb.extend_from_slice(b"Content-Type: message/rfc822\r\n\r\n");
        }
        let door = Door(app.clone());
        assert_eq!(door.store(arrival(bomb.clone(), Source::Lmtp)).await.unwrap(), Stored::New);
        route_all(app).await;
        let messages = app.store.messages(app.publication, "", "").await.unwrap();
        assert_eq!((messages[0].state.as_str(), messages[0].kind.as_str()), ("quarantined", "unreadable"));
        assert!(!messages[0].why.is_empty());
        let reason = messages[0].reason;
        assert!(matches!(reason, Some(Unreadable::Nested { messages: 20_000, most: 100 })), "{reason:?}");
        let kept = app.store.blob(&messages[0].sha256).await.unwrap().unwrap();
        assert_eq!(kept.content, bomb, "its bytes are all there");
        assert_eq!(app.store.count_waiting_mails().await.unwrap(), 0, "nobody is answered");
    }

    pub async fn a_postponed_item_comes_back_on_top_when_its_draft_opens(database: Option<&str>) {
        let installation = Installation::open(database, |config| config.issue.items_min = 1).await;
        let app = &installation.app;
        let early = item(app, "agra").await;
        item(app, "vidējā").await;
        let late = item(app, "vēlā").await;
        decide(app, late, None, Act::Postpone { to: Some(Edition { year: 2027, month: 1 }) }, ANNA)
            .await
            .unwrap();
        decide(app, early, None, Act::Postpone { to: Some(Edition { year: 2030, month: 1 }) }, ANNA)
            .await
            .unwrap();
        assert_eq!(pending(app).await, ["vidējā"]);
        // At 12.00 on the last Wednesday of November the next sending is December's: January's issue.
        let issue = edition::assemble(app, None).await.unwrap();
        assert_eq!(issue.edition.to_string(), "2027-01");
        assert_eq!(pending(app).await, ["vēlā", "vidējā"], "what came back stands on top");
        let revisions = app.store.revisions(late).await.unwrap();
        assert_eq!(
            revisions.iter().map(|revision| revision.act.as_str()).collect::<Vec<_>>(),
            ["postpone", "return"]
        );
    }

    pub async fn an_empty_month_is_held_and_told(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let issue = edition::assemble(app, None).await.unwrap();
        assert_eq!(issue.state.name(), "held");
        assert_eq!(app.store.count_waiting_mails().await.unwrap(), 1, "the editor is told");
        let refused = edition::approve(app, None, "anna").await.unwrap_err();
        assert!(refused.to_string().contains("at least 2 are wanted"), "{refused}");
        let now: DateTime<Utc> = app.clock.now();
        app.clock.advance_to(now + chrono::TimeDelta::days(40));
        assert!(!edition::advance(app).await.unwrap(), "what is held does not go out by itself");
    }

    pub async fn who_cannot_be_told_is_said_and_never_asked(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let nobodys = item(app, "Bez iesūtītāja").await;
        let ask = || Act::Ask { question: "Kad?".to_owned() };
        let refused = decide(app, nobodys, None, ask(), ANNA).await.unwrap_err();
        let said = "nobody can be asked: the item has no contributor whose address is known";
        assert_eq!(refused.to_string(), said);
        assert_eq!(app.store.item(nobodys).await.unwrap().unwrap().item.state.name(), "pending");
        let row = decide(app, nobodys, None, Act::Approve, ANNA).await.unwrap();
        assert!(unreachable(app, &row).await.unwrap().is_some());
        receive(app, from_anna("Talka", "Sestdien talka pie ezera, nāciet visi!")).await;
        route_all(app).await;
        let rows = app.store.items(app.publication, "pending").await.unwrap();
        assert_eq!(unreachable(app, &rows[0]).await.unwrap(), None);
        suppress(app, &address("anna.berzina@pasts.example"), SuppressionReason::Complaint).await;
        let refused = decide(app, rows[0].id, None, ask(), ANNA).await.unwrap_err();
        assert!(refused.to_string().ends_with("which is suppressed (complaint)"), "{refused}");
    }

    pub async fn what_cannot_be_seen_is_never_kept(database: Option<&str>) {
        const UNFIT: &str = "\0\u{1}\u{e000}since\u{e001}\u{202e}\u{2066}";
        let words = |text: &str| format!("{text}{UNFIT}\r\n");
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let origin = words("komanda");
        let origin = Origin { channel: "command", from: &origin };
        let anna = address("anna@pasts.example");
        people::add(app, &anna, &preferences(), &words("Piekrita."), origin).await.unwrap();
        let row = app.store.subscriptions(app.publication, "").await.unwrap().remove(0);
        let consent = app.store.consent(row.id).await.unwrap().remove(0);
        assert_eq!((consent.words.as_str(), consent.origin.as_str()), ("Piekrita.since", "komandasince"));
        suppress_with_note(app, &anna, &words("550 gone")).await;
        people::lift(app, &anna, &words("Kļūda."), Who { by: &words("ilze"), channel: "desk" })
            .await
            .unwrap();
        let refused =
            people::lift(app, &anna, "\0\u{202e}", Who { by: "ilze", channel: "desk" }).await.unwrap_err();
        assert!(matches!(refused, NotDone::NoReason), "{refused}");
        let name = words("Ilze");
        let by = Who { by: &name, channel: "link" };
        let rejected = item(app, "Talka").await;
        decide(app, rejected, None, Act::Reject { reason: words("Bija jau.") }, by).await.unwrap();
        let title = issues::Change { field: "title".to_owned(), value: words("Lielā talka") };
        let edited = item(app, "Koncerts").await;
        let row = decide(app, edited, None, Act::Edit(vec![title]), by).await.unwrap();
        assert_eq!(row.item.content.title, "Lielā talkasince");
        // A mail may say anything in its head, too.
        let unfit = data_encoding::BASE64.encode("Anna\0\u{1}\u{202e}".as_bytes());
        let mail = format!(
            "From: =?utf-8?B?{unfit}?= <anna@pasts.example>\r\nSubject: =?utf-8?B?{unfit}?=\r\n\
             Message-ID: <a\0b@pasts.example>\r\n\r\nSestdien talka\0 pie ezera, nāciet visi!\r\n"
        );
        receive(app, mail.into_bytes()).await;
        route_all(app).await;
        assert_eq!(app.store.messages(app.publication, "routed", "").await.unwrap().len(), 1);
        for row in installation.dump().await {
            assert!(!row.contains(['\0', '\u{1}', '\u{202e}', '\u{2066}', '\u{e000}']), "{row:?}");
        }
    }

    pub async fn a_month_has_one_issue(database: Option<&str>) {
        let installation = Installation::open(database, |config| config.issue.items_min = 1).await;
        let app = &installation.app;
        let first = item(app, "pirmā").await;
        decide(app, first, None, Act::Approve, ANNA).await.unwrap();
        edition::assemble(app, None).await.unwrap();
        let january = edition::approve(app, None, "anna").await.unwrap();
        assert_eq!((january.edition.to_string().as_str(), january.state.name()), ("2027-01", "approved"));
        let next = edition::assemble(app, None).await.unwrap();
        assert_eq!(next.edition.to_string(), "2027-02", "what is approved later is for the month after");
        assert_eq!(edition::being_made(app).await.unwrap().to_string(), "2027-02");
        let moment: DateTime<Utc> = "2026-12-20T07:00:00Z".parse().unwrap();
        app.clock.advance_to(moment);
        edition::assembly_moment(app, moment).await.unwrap();
        assert_eq!(app.store.issues(app.publication, "").await.unwrap().len(), 2);
    }

    pub async fn links_are_looked_at_again_when_an_issue_is_approved(database: Option<&str>) {
        let installation = Installation::open(database, |config| config.issue.items_min = 1).await;
        let app = &installation.app;
        let talka = item(app, "Talka").await;
        decide(app, talka, None, Act::Approve, ANNA).await.unwrap();
        let issue = edition::assemble(app, None).await.unwrap();
        assert!(issue.findings.is_empty(), "{:?}", issue.findings);
        let value = "Nāciet! Karte: http://127.0.0.1/karte".to_owned();
        let change = Change { field: "text".to_owned(), value };
        decide(app, talka, None, Act::Edit(vec![change]), ANNA).await.unwrap();
        let issue = edition::approve(app, None, "anna").await.unwrap();
        let dead = |finding: &Finding| matches!(finding, Finding::DeadLink { item, url, .. } if *item == talka && url.ends_with("/karte"));
        assert!(issue.findings.iter().any(dead), "{:?}", issue.findings);
    }
}
