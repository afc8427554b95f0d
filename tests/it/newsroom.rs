//! The newsroom on both databases: what the door keeps, and what comes back.

use chrono::{DateTime, Utc};
use issues::{Change, Edition, Finding, ItemContent};
use subscribers::{EmailAddress, Language, Preferences, Suppression, SuppressionReason};
use zinas::app::{SharedApp, Step};
use zinas::clock::random_id;
use zinas::inbound::intake::{Arrival, Envelope, Held, ImapKey, Intake as _, Sender, Source, Stored};
use zinas::newsroom::intake::Door;
use zinas::newsroom::moderate::{Act, Who, decide, unreachable};
use zinas::newsroom::people::{self, NotDone, Origin, Requested, TakenBack};
use zinas::newsroom::{edition, route};
use zinas::store::{NewItem, address_hash};

use crate::support::database::{Installation, on_both};

on_both!(
    a_mail_is_kept_once_by_whatever_way_it_comes,
    the_head_of_a_mail_that_is_too_large_is_in_quarantine_and_the_editor_told,
    a_mail_that_cannot_be_read_is_in_quarantine_with_the_reason,
    a_postponed_item_comes_back_on_top_when_its_draft_opens,
    an_empty_month_is_held_and_told,
    an_erased_person_leaves_nothing_that_waits,
    a_wish_lifts_nothing_and_the_confirmation_does,
    a_graver_reason_takes_the_place_of_a_lighter_one,
    a_suppression_is_lifted_by_address_and_the_reason_kept,
    an_erased_person_is_nowhere_but_in_what_was_approved,
    one_mailbox_is_answered_a_few_times_a_day_whatever_its_tags,
    a_machine_is_no_reader,
    a_flood_of_one_sender_is_told_of_in_one_mail,
    who_cannot_be_told_is_said_and_never_asked,
    what_cannot_be_seen_is_never_kept,
    a_month_has_one_issue,
    nobody_is_answered_over_the_null_sender,
    links_are_looked_at_again_when_an_issue_is_approved,
    what_was_an_erased_persons_is_nobody_elses,
    an_editors_answer_to_a_notice_is_no_word_of_the_contributor,
    an_answer_to_a_mail_about_what_is_erased_is_about_nothing,
    of_what_left_for_editors_only_what_may_be_about_the_person_is_emptied,
);

const ANNA: Who<'static> = Who { by: "anna", channel: "command" };

fn mail(further: &str, text: &str) -> Vec<u8> {
    format!(
        "{further}From: Ilze <ilze@biblioteka.example>\r\nTo: <info@selija.com>\r\nSubject: Talka\r\n\
         Message-ID: <talka@biblioteka.example>\r\n\r\n{text}\r\n"
    )
    .into_bytes()
}

fn arrival(bytes: Vec<u8>, source: Source) -> Arrival {
    let recipients = vec!["info@selija.com".to_owned()];
    let sender = Sender::Address("ilze@biblioteka.example".to_owned());
    Arrival { bytes, envelope: Envelope { sender, recipients }, source }
}

fn key(uid: u32) -> ImapKey {
    ImapKey { mailbox: "INBOX".to_owned(), uid_validity: 7, uid }
}

async fn route_all(app: &SharedApp) {
    while route::step(app).await.unwrap() == Step::Worked {}
}

async fn item(app: &SharedApp, title: &str) -> i64 {
    let content =
        ItemContent { title: title.to_owned(), text: "Nāciet!".to_owned(), ..ItemContent::default() };
    let mut write = app.store.write().await.unwrap();
    let new = NewItem {
        public_id: random_id(),
        publication: app.publication,
        message: None,
        contributor: None,
        content: &content,
        received_at: app.clock.now(),
    };
    let id = write.keep_item(&new).await.unwrap();
    write.commit().await.unwrap();
    id
}

async fn pending(app: &SharedApp) -> Vec<String> {
    let rows = app.store.items(app.publication, "pending").await.unwrap();
    rows.into_iter().map(|row| row.item.content.title).collect()
}

const FORM: Origin<'static> = Origin { channel: "form", from: "" };

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

fn preferences() -> Preferences {
    Preferences { language: Language::Latvian, municipality: String::new() }
}

async fn wish(app: &SharedApp, address: &EmailAddress) -> Requested {
    people::request(app, address, &preferences(), "Piekrītu.", FORM).await.unwrap()
}

async fn suppress(app: &SharedApp, address: &EmailAddress, reason: SuppressionReason) {
    let mut write = app.store.write().await.unwrap();
    people::suppress(app, &mut write, &address_hash(address), None, reason, "").await.unwrap();
    write.commit().await.unwrap();
}

async fn suppression(app: &SharedApp, address: &EmailAddress) -> Option<Suppression> {
    app.store.suppression(&address_hash(address)).await.unwrap()
}

async fn suppress_with_note(app: &SharedApp, address: &EmailAddress, note: &str) {
    let mut write = app.store.write().await.unwrap();
    let reason = SuppressionReason::HardBounce;
    people::suppress(app, &mut write, &address_hash(address), None, reason, note).await.unwrap();
    write.commit().await.unwrap();
}

fn from_anna(subject: &str, text: &str) -> Vec<u8> {
    format!(
        "From: =?UTF-8?B?{}?= <Anna.Berzina@pasts.example>\r\nTo: <info@selija.com>\r\nSubject: {subject}\r\n\
         Message-ID: <{}@pasts.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n\r\n",
        data_encoding::BASE64.encode("Anna Bērziņa".as_bytes()),
        subject.len()
    )
    .into_bytes()
}

async fn receive(app: &SharedApp, bytes: Vec<u8>) {
    Door(app.clone()).store(arrival(bytes, Source::Smtp)).await.unwrap();
}

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

    pub async fn an_erased_person_leaves_nothing_that_waits(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let address = address("anna@pasts.example");
        wish(app, &address).await;
        assert_eq!(app.store.count_waiting_mails().await.unwrap(), 1);
        assert!(people::erase(app, &address).await.unwrap().any());
        assert_eq!(app.store.count_waiting_mails().await.unwrap(), 0, "what waited never leaves");
        let (_, due) = app.store.count_waiting(app.clock.now()).await.unwrap();
        assert_eq!(due, 0);
        // Within the day the form asks nobody twice, and takes nobody off the list for it.
        wish(app, &address).await;
        assert!(suppression(app, &address).await.is_some());
    }

    pub async fn a_wish_lifts_nothing_and_the_confirmation_does(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let address = address("anna@pasts.example");
        suppress(app, &address, SuppressionReason::Erased).await;
        assert_eq!(wish(app, &address).await, Requested::Asked);
        assert_eq!(app.store.count_waiting_mails().await.unwrap(), 1, "the mail that asks can leave");
        assert!(suppression(app, &address).await.is_some(), "anyone can type an address");
        let id = app.store.subscriptions(app.publication, "pending").await.unwrap()[0].public_id;
        people::confirm(app, id, "Piekrītu.", FORM).await.unwrap();
        assert!(suppression(app, &address).await.is_none());
        assert_eq!(app.store.subscriptions(app.publication, "confirmed").await.unwrap().len(), 1);
    }

    pub async fn a_graver_reason_takes_the_place_of_a_lighter_one(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let address = address("anna@pasts.example");
        suppress(app, &address, SuppressionReason::HardBounce).await;
        wish(app, &address).await;
        suppress(app, &address, SuppressionReason::Erased).await;
        assert_eq!(suppression(app, &address).await.unwrap().reason, SuppressionReason::HardBounce);
        suppress(app, &address, SuppressionReason::Complaint).await;
        suppress(app, &address, SuppressionReason::Refused).await;
        assert_eq!(suppression(app, &address).await.unwrap().reason, SuppressionReason::Complaint);
        // The link that went out before does not outweigh the complaint, nor does a new wish.
        let id = app.store.subscriptions(app.publication, "pending").await.unwrap()[0].public_id;
        let refused = people::confirm(app, id, "Piekrītu.", FORM).await.unwrap_err();
        assert!(matches!(refused, NotDone::Suppressed(SuppressionReason::Complaint)), "{refused}");
        app.clock.advance_to(app.clock.now() + chrono::TimeDelta::days(2));
        assert_eq!(wish(app, &address).await, Requested::Suppressed);
    }

    pub async fn a_suppression_is_lifted_by_address_and_the_reason_kept(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let address = address("anna@pasts.example");
        let refused = people::lift(app, &address, "Zvanīja.", "ilze").await.unwrap_err();
        assert!(matches!(refused, NotDone::NotSuppressed), "{refused}");
        suppress(app, &address, SuppressionReason::Erased).await;
        let refused = people::lift(app, &address, "  ", "ilze").await.unwrap_err();
        assert!(matches!(refused, NotDone::NoReason), "{refused}");
        let done = people::lift(app, &address, "Zvanīja.", "ilze").await.unwrap();
        let TakenBack::Entry(was) = done else { panic!("{done:?}") };
        assert_eq!(was.reason, SuppressionReason::Erased);
        assert!(suppression(app, &address).await.is_none());
        // Who never confirmed is a reader only after the confirmation.
        wish(app, &address).await;
        let row = app.store.subscriptions(app.publication, "").await.unwrap().remove(0);
        let mut write = app.store.write().await.unwrap();
        let (hash, why) = (address_hash(&address), SuppressionReason::Refused);
        people::suppress(app, &mut write, &hash, Some(row.id), why, "550").await.unwrap();
        write.commit().await.unwrap();
        let done = people::lift(app, &address, "Kļūda.", "ilze").await.unwrap();
        let TakenBack::Subscription(row) = done else { panic!("{done:?}") };
        assert_eq!(row.state.name(), "pending");
        let kept = app.store.lifted_suppressions(&hash).await.unwrap();
        assert_eq!(kept, [("erased".into(), "Zvanīja.".into()), ("refused".into(), "Kļūda.".into())]);
        let refused = people::add(app, &address, &preferences(), " ", FORM).await.unwrap_err();
        assert!(matches!(refused, NotDone::NoConsent), "{refused}");
    }

    pub async fn an_erased_person_is_nowhere_but_in_what_was_approved(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let anna = address("anna.berzina@pasts.example");
        wish(app, &anna).await;
        let row = app.store.subscriptions(app.publication, "").await.unwrap().remove(0);
        people::confirm(app, row.public_id, "Piekrītu.", FORM).await.unwrap();
        let letter = "In-Reply-To: <nav@zinams.example>\r\nReferences: <nav@zinams.example>\r\n";
        receive(app, from_anna("Talka", "Sestdien talka pie ezera, nāciet visi!")).await;
        receive(app, from_anna("Koncerts", "Svētdien koncerts baznīcā, nāciet visi!")).await;
        receive(app, [letter.as_bytes(), &from_anna("Re: Ziņas", "Paldies par ziņām!")].concat()).await;
        let mut bomb = from_anna("Bumba", "");
        bomb.truncate(bomb.len() - 4);
        for _ in 0..20_000 {
            bomb.extend_from_slice(b"Content-Type: message/rfc822\r\n\r\n");
        }
        receive(app, bomb).await;
        receive(app, mail("", "Anna lūdza pateikt, ka tirgus ir atcelts; tā raksta Ilze.")).await;
        route_all(app).await;
        let items = app.store.items(app.publication, "").await.unwrap();
        let id = |title: &str| items.iter().find(|row| row.item.content.text.contains(title)).unwrap().id;
        let (talka, koncerts, tirgus) = (id("talka"), id("koncerts"), id("tirgus"));
        decide(app, talka, None, Act::Approve, ANNA).await.unwrap();
        decide(app, koncerts, None, Act::Reject { reason: "Bija jau.".to_owned() }, ANNA).await.unwrap();
        assert_eq!(app.store.letters(app.publication).await.unwrap().len(), 1);
        // One that nobody has looked at yet.
        let waiting = from_anna("Gadatirgus", "Gadatirgus rudenī.");
        receive(app, waiting.clone()).await;
        suppress_with_note(app, &anna, "550 5.1.1 <anna.berzina@pasts.example> unknown").await;

        let before = installation.dump().await;
        assert!(before.iter().filter(|row| row.to_lowercase().contains("anna.berzina")).count() > 5);
        let erased = people::erase(app, &anna).await.unwrap();
        assert_eq!((erased.subscriptions, erased.contributors, erased.letters), (1, 1, 1), "{erased:?}");
        assert_eq!((erased.messages, erased.items, erased.items_kept), (5, 1, 1), "{erased:?}");
        for row in installation.dump().await {
            let row = row.to_lowercase();
            for word in ["anna.berzina", "anna bērziņa"] {
                let hex = data_encoding::HEXLOWER.encode(word.as_bytes());
                assert!(!row.contains(word) && !row.contains(&hex), "{word}: {row}");
            }
        }
        assert!(app.store.item(talka).await.unwrap().is_some_and(|row| row.contributor.is_none()));
        assert!(app.store.item(koncerts).await.unwrap().is_none());
        assert!(app.store.item(tirgus).await.unwrap().is_some(), "somebody else's");
        // What is fetched again is known; what waited is nobody's item; the next erasure finds nothing.
        receive(app, waiting).await;
        route_all(app).await;
        assert_eq!(app.store.items(app.publication, "").await.unwrap().len(), 2);
        assert!(!people::erase(app, &anna).await.unwrap().any());
    }

    pub async fn one_mailbox_is_answered_a_few_times_a_day_whatever_its_tags(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        // One to each address, however often it asks.
        for (number, tag) in [0, 0, 1, 2, 3, 4].into_iter().enumerate() {
            let wish = format!(
                "From: <anna+{tag}@pasts.example>\r\nTo: <info@selija.com>\r\nSubject: Pieteikties\r\n\
                 Message-ID: <{number}@pasts.example>\r\n\r\nPieteikties\r\n"
            );
            receive(app, wish.into_bytes()).await;
        }
        route_all(app).await;
        assert_eq!(
            app.store.count_waiting_mails().await.unwrap(),
            3,
            "three questions a day for one mailbox"
        );
        for number in 0..6 {
            let news = format!(
                "From: <anna+{number}@pasts.example>\r\nTo: <info@selija.com>\r\nSubject: Talka {number}\r\n\
                 Message-ID: <talka{number}@pasts.example>\r\n\r\nSestdien talka pie ezera, nāciet!\r\n"
            );
            receive(app, news.into_bytes()).await;
        }
        route_all(app).await;
        assert_eq!(pending(app).await.len(), 6);
        let waiting = app.store.count_waiting_mails().await.unwrap();
        assert_eq!(waiting, 3 + 6, "three answers in all, the questions among them; six notices");
    }

    pub async fn a_machine_is_no_reader(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let daemon = address("Mailer-Daemon@pasts.example");
        assert_eq!(wish(app, &daemon).await, Requested::Nobody);
        let refused = people::add(app, &daemon, &preferences(), "Piekrita.", FORM).await.unwrap_err();
        assert_eq!(refused.to_string(), "nobody reads this address: its name is that of a machine");
        for ours in ["info@selija.com.", "\"INFO\"@selija.com"] {
            assert_eq!(wish(app, &address(ours)).await, Requested::Suppressed, "{ours}");
        }
        assert!(app.store.subscriptions(app.publication, "").await.unwrap().is_empty());
    }

    pub async fn a_flood_of_one_sender_is_told_of_in_one_mail(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let send = async |from: &str, numbers: std::ops::Range<usize>| {
            for number in numbers {
                let news = format!(
                    "From: <{from}>\r\nTo: <info@selija.com>\r\nSubject: Talka {number}\r\n\
                     Message-ID: <{number}-{from}>\r\nAuto-Submitted: no\r\n\r\n\
                     Sestdien talka pie ezera, nāciet visi!\r\n"
                );
                receive(app, news.into_bytes()).await;
            }
            route_all(app).await;
        };
        let notices = async || {
            let count = |kind: &str| format!("SELECT COUNT(*) FROM outbox WHERE kind = '{kind}'");
            (installation.number(&count("notice")).await, installation.number(&count("more_news")).await)
        };
        send("ilze@biblioteka.example", 0..14).await;
        send("anna@pasts.example", 0..1).await;
        assert_eq!(pending(app).await.len(), 15, "all are in the queue");
        assert_eq!(notices().await, (11, 0), "the other sender is told of");
        assert!(!zinas::newsroom::notices::step(app).await.unwrap(), "it may still go on");
        app.clock.advance_to(app.clock.now() + chrono::TimeDelta::minutes(11));
        assert!(zinas::newsroom::notices::step(app).await.unwrap());
        assert_eq!(notices().await, (11, 1));
        assert!(!zinas::newsroom::notices::step(app).await.unwrap(), "once");
        // A flood without end is told of once an hour.
        for minutes in 0..6 {
            send("ilze@biblioteka.example", 20 + minutes..21 + minutes).await;
            app.clock.advance_to(app.clock.now() + chrono::TimeDelta::minutes(9));
            assert!(!zinas::newsroom::notices::step(app).await.unwrap(), "{minutes}");
        }
        app.clock.advance_to(app.clock.now() + chrono::TimeDelta::minutes(9));
        zinas::newsroom::notices::step(app).await.unwrap();
        assert_eq!(notices().await.1, 2);
        send("ilze@biblioteka.example", 40..41).await;
        assert_eq!(notices().await.0, 12, "after an hour there are notices again");
        // Tags of one mailbox are one flood.
        for tag in 0..14 {
            send(&format!("velga+{tag}@pasts.example"), tag..tag + 1).await;
        }
        assert_eq!(notices().await, (22, 2));
        app.clock.advance_to(app.clock.now() + chrono::TimeDelta::minutes(11));
        zinas::newsroom::notices::step(app).await.unwrap();
        assert_eq!(notices().await, (22, 3));
    }

    pub async fn an_editors_answer_to_a_notice_is_no_word_of_the_contributor(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        receive(app, from_anna("Talka", "Sestdien talka pie ezera, nāciet visi!")).await;
        route_all(app).await;
        let item = app.store.items(app.publication, "pending").await.unwrap().remove(0);
        decide(app, item.id, None, Act::Ask { question: "Kad?".to_owned() }, ANNA).await.unwrap();
        let notice = installation.text("SELECT message_id FROM outbox WHERE kind = 'notice'").await;
        let editor = app.config.editors[0].address.as_str();
        let answer = format!(
            "From: <{editor}>\r\nTo: <info@selija.com>\r\nSubject: Re: Talka\r\nIn-Reply-To: <{notice}>\r\n\
             Message-ID: <atbilde@selija.com>\r\n\r\nLieciet iekšā!\r\n"
        );
        receive(app, answer.into_bytes()).await;
        route_all(app).await;
        let now = app.store.item(item.id).await.unwrap().unwrap();
        assert_eq!(now.item.state.name(), "asked", "the contributor has not answered");
        assert!(app.store.item_replies(item.id).await.unwrap().is_empty());
        assert_eq!(app.store.letters(app.publication).await.unwrap().len(), 1, "and it is not lost");
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
        people::lift(app, &anna, &words("Kļūda."), &words("ilze")).await.unwrap();
        let refused = people::lift(app, &anna, "\0\u{202e}", "ilze").await.unwrap_err();
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

    pub async fn nobody_is_answered_over_the_null_sender(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let plain = arrival(mail("", "Sestdien talka pie ezera, nāciet visi!"), Source::Smtp);
        let envelope = Envelope { sender: Sender::Null, ..plain.envelope.clone() };
        Door(app.clone()).store(Arrival { envelope, ..plain }).await.unwrap();
        route_all(app).await;
        assert_eq!(pending(app).await.len(), 1);
        assert_eq!(app.store.count_waiting_mails().await.unwrap(), 1, "the notice to the editor, no thanks");
        for ours in ["info@selija.com", "info+x@selija.com"] {
            wish(app, &address(ours)).await;
        }
        assert_eq!(app.store.count_waiting_mails().await.unwrap(), 1, "and none to ourselves");
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
    pub async fn what_was_an_erased_persons_is_nobody_elses(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let add = async |address: &str| {
            let address = EmailAddress::parse(address).unwrap();
            let preferences = Preferences { language: Language::Latvian, municipality: String::new() };
            let origin = Origin { channel: "command", from: "" };
            people::add(app, &address, &preferences, "Piekrītu.", origin).await.unwrap()
        };
        let anna = add("anna@pasts.example").await;
        let photo = b"a picture of a lake".as_slice();
        let now = app.clock.now();
        let mut write = app.store.write().await.unwrap();
        let sha256 = write.keep_blob(photo, "image/jpeg", now).await.unwrap();
        let content = ItemContent {
            title: "Talka".to_owned(),
            photos: vec![issues::ItemPhoto { sha256: sha256.clone(), ..issues::ItemPhoto::default() }],
            ..ItemContent::default()
        };
        let contributor = write.contributor(app.publication, &anna.address, "Anna", random_id(), now).await;
        let new = NewItem {
            public_id: random_id(),
            publication: app.publication,
            message: None,
            contributor: Some(contributor.unwrap()),
            content: &content,
            received_at: now,
        };
        let first = write.keep_item(&new).await.unwrap();
        write.commit().await.unwrap();

        people::erase(app, &anna.address).await.unwrap();
        assert!(app.store.item(first).await.unwrap().is_none());
        let ilze = add("ilze@pasts.example").await;
        assert!(ilze.id > anna.id && item(app, "Koncerts").await > first, "numbers are not given out again");
        // A late bounce of a mail to Anna does Ilze nothing, not even by her number.
        let (hash, why) = (address_hash(&anna.address), SuppressionReason::HardBounce);
        let mut write = app.store.write().await.unwrap();
        people::suppress(app, &mut write, &hash, Some(ilze.id), why, "").await.unwrap();
        // The same picture from somebody else is kept whole.
        assert_eq!(write.keep_blob(photo, "image/jpeg", now).await.unwrap(), sha256);
        write.commit().await.unwrap();
        assert_eq!(app.store.blob(&sha256).await.unwrap().unwrap().content, photo);
        let rows = app.store.subscriptions(app.publication, "confirmed").await.unwrap();
        assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [ilze.id]);
    }

    pub async fn an_answer_to_a_mail_about_what_is_erased_is_about_nothing(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let anna = address("anna.berzina@pasts.example");
        let talka = from_anna("Talka", "Sestdien talka pie ezera, nāciet visi!");
        receive(app, talka.clone()).await;
        route_all(app).await;
        wish(app, &anna).await;
        let sent = async |kind: &str| {
            let sql = format!("SELECT public_id FROM outbox WHERE kind = '{kind}'");
            app.store.mail_of_token(installation.number(&sql).await).await.unwrap().unwrap()
        };
        let (thanks, confirmation) = (sent("thanks").await, sent("confirmation").await);
        assert!(thanks.item.is_some() && confirmation.subscription.is_some());
        let id = installation.text("SELECT message_id FROM outbox WHERE kind = 'thanks'").await;

        people::erase(app, &anna).await.unwrap();
        for kind in ["thanks", "confirmation", "notice"] {
            let sent = sent(kind).await;
            assert_eq!((sent.item, sent.letter, sent.subscription), (None, None, None), "{kind}");
        }
        // An answer finds the old mail, and neither the item that is gone nor the one that came after it.
        let next = item(app, "Koncerts").await;
        receive(app, mail(&format!("In-Reply-To: <{id}>\r\nReferences: <{id}>\r\n"), "Vēl viens vārds."))
            .await;
        route_all(app).await;
        assert_eq!(app.store.messages(app.publication, "received", "").await.unwrap().len(), 0);
        assert_eq!(installation.number("SELECT COUNT(*) FROM item_reply").await, 0);
        assert!(app.store.revisions(next).await.unwrap().is_empty());
        // The same bytes are the mail that was erased; the person may write again.
        let door = Door(app.clone());
        assert_eq!(door.store(arrival(talka.clone(), Source::Smtp)).await.unwrap(), Stored::Known);
        let again = [b"Date: Thu, 26 Nov 2026 09:00:00 +0200\r\n".as_slice(), &talka].concat();
        assert_eq!(door.store(arrival(again, Source::Smtp)).await.unwrap(), Stored::New);
        route_all(app).await;
        let texts = app.store.items(app.publication, "").await.unwrap();
        assert_eq!(texts.iter().filter(|row| row.item.content.text.contains("talka")).count(), 1);
    }

    pub async fn of_what_left_for_editors_only_what_may_be_about_the_person_is_emptied(
        database: Option<&str>,
    ) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        receive(app, from_anna("Talka", "Sestdien talka pie ezera, nāciet visi!")).await;
        receive(app, mail("", "Svētdien koncerts baznīcā, nāciet visi!")).await;
        route_all(app).await;
        edition::assemble(app, None).await.unwrap();
        let settle = "UPDATE outbox SET state = 'accepted', settled_at = 1 WHERE priority = 0";
        installation.run(settle).await;
        receive(app, from_anna("Tirgus", "Rudenī būs gadatirgus, nāciet visi!")).await;
        route_all(app).await;
        let of_anna = "item_id IN (SELECT item_id FROM item WHERE contributor_id IN
            (SELECT contributor_id FROM contributor WHERE address LIKE '%nna.%erzina%'))";
        let count = async |what: &str| {
            installation
                .number(&format!("SELECT COUNT(*) FROM outbox WHERE mail IS NOT NULL AND {what}"))
                .await
        };
        assert_eq!(count(&format!("kind = 'notice' AND {of_anna}")).await, 2);
        assert_eq!((count("kind = 'notice'").await, count("kind = 'held'").await), (3, 1));
        // In another publication the same ledger is not ours to empty.
        installation.run("INSERT INTO publication (slug, installed_at) VALUES ('cita', 1)").await;
        installation
            .run(
                "INSERT INTO outbox (public_id, publication_id, kind, priority, recipient, recipient_hash, language,
                     mail, message_id, dated_at, state, next_at, expires_at, created_at, settled_at)
                 SELECT 7, (SELECT publication_id FROM publication WHERE slug = 'cita'), kind, 0, recipient,
                     recipient_hash, language, mail, message_id, 1, state, 1, 1, 1, 1
                 FROM outbox WHERE kind = 'held'",
            )
            .await;
        people::erase(app, &address("anna.berzina@pasts.example")).await.unwrap();
        assert_eq!(count("kind = 'notice'").await, 1, "the one about the concert");
        assert_eq!(count("kind = 'notice' AND item_id IN (SELECT item_id FROM item)").await, 1);
        assert_eq!(count("kind = 'held' AND public_id = 7").await, 1);
        assert_eq!(count("kind = 'held' AND public_id <> 7").await, 0, "its titles may be anybody's");
    }
}
