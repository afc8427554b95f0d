//! Two publications in one database: the desk of one neither shows nor changes what is the other's.

use issues::reading::{Kind, Report, Unreadable};
use issues::{Edition, ItemContent};
use reqwest::StatusCode;
use zinas::clock::random_id;
use zinas::store::{NewIssue, NewItem, NewLetter, NewMessage, Treatment};

use crate::support::site::{Site, now, on_both_databases};

on_both_databases! {
    what_is_another_publications_is_not_there
    notices_of_another_publication_take_none_away
}

/// A mail, a letter, an item and an issue of a publication.
async fn rows(site: &Site, publication: i64) -> [i64; 4] {
    let mut write = site.app.store.write().await.unwrap();
    let content =
        format!("From: <rasma@biblioteka.example>\r\nSubject: Talka {publication}\r\n\r\nPaldies!\r\n");
    let mail = NewMessage {
        public_id: random_id(),
        publication,
        source: "smtp",
        sender: None,
        recipients: &[],
        received_at: now(),
        content: content.as_bytes(),
        quarantined: Some(Unreadable::TooLarge { size: 60, limit: 50 }),
    };
    let message = write.keep_message(&mail).await.unwrap().unwrap();
    let letter = NewLetter {
        public_id: random_id(),
        publication,
        message,
        issue: None,
        subscription: None,
        from_address: "rasma@biblioteka.example",
        from_name: "Rasma",
        subject: "Talka",
        text: "Paldies!",
        received_at: now(),
    };
    let letter = write.keep_letter(&letter).await.unwrap();
    let content = ItemContent { title: "Talka".into(), text: "Nāciet!".into(), ..ItemContent::default() };
    let item = NewItem {
        public_id: random_id(),
        publication,
        message: None,
        contributor: None,
        content: &content,
        received_at: now(),
    };
    let item = write.keep_item(&item).await.unwrap();
    let issue = NewIssue {
        public_id: random_id(),
        publication,
        edition: Edition { year: 2026, month: 12 },
        first_running_number: 1,
        at: now(),
    };
    let issue = write.open_issue(&issue).await.unwrap();
    write.commit().await.unwrap();
    [message, letter, item, issue]
}

/// What the others' editor said of a mail of theirs is not taken back here.
async fn undo_keeps_to_its_publication(site: &Site, message: i64) {
    let mut write = site.app.store.write().await.unwrap();
    let report = Report::erased(Kind::Bulk, "said so");
    let treatment = Treatment {
        kind: Some(Kind::Bulk),
        was_why: "x".into(),
        was_kind: Kind::Unreadable,
        by: "Zane".into(),
        at: now(),
    };
    assert!(write.treat_message(message, &treatment, &report, "said so").await.unwrap());
    write.commit().await.unwrap();
    let (number, at) = (message.to_string(), now().timestamp_millis().to_string());
    let desk = site.desk(0).await;
    let undo = [("message", number.as_str()), ("said_at", at.as_str())];
    assert_eq!(desk.post("/desk/decisions/undo", &undo).await.status(), StatusCode::CONFLICT);
    let state = site.app.store.message(message).await.unwrap().unwrap().state;
    assert_eq!(state, "routed");
}

async fn what_is_another_publications_is_not_there(site: Site) {
    let mut write = site.app.store.write().await.unwrap();
    let other = write.publication("kaiminu-zinas", now()).await.unwrap();
    write.commit().await.unwrap();
    assert_ne!(other, site.app.publication);
    let theirs = rows(&site, other).await;
    let ours = rows(&site, site.app.publication).await;
    let desk = site.desk(0).await;
    let [message, letter, item, issue] = theirs;
    let before = site.dump().await;
    for path in [
        format!("/desk/message/{message}"),
        format!("/desk/message/{message}/html"),
        format!("/desk/message/{message}/raw"),
        format!("/desk/letters/{letter}"),
        format!("/desk/item/{item}"),
        format!("/desk/issue/{issue}"),
        format!("/desk/issue/{issue}/deliveries"),
        format!("/desk/issue/{issue}/view/phone"),
        format!("/desk/issue/{issue}/frame/phone"),
        format!("/desk/issue/{issue}/approve"),
        format!("/desk/issue/{issue}/send"),
        format!("/desk/issue/{issue}/stop"),
    ] {
        assert_eq!(desk.get(&path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    let (item_number, letter_number, message_number) =
        (item.to_string(), letter.to_string(), message.to_string());
    for (path, fields) in [
        ("/desk/senders".to_owned(), &[("act", "block"), ("item", item_number.as_str())][..]),
        ("/desk/senders".to_owned(), &[("act", "block"), ("letter", letter_number.as_str())]),
        ("/desk/senders".to_owned(), &[("act", "block"), ("message", message_number.as_str())]),
        (format!("/desk/letters/{letter}"), &[("do", "block"), ("shown", "open-0")]),
        (format!("/desk/item/{item}"), &[("do", "block"), ("revision", "1")]),
        (format!("/desk/message/{message}/treat"), &[("kind", "private")][..]),
        (format!("/desk/letters/{letter}"), &[("do", "set_aside"), ("shown", "open-0")]),
        (format!("/desk/letters/{letter}"), &[("do", "make_item"), ("shown", "open-0")]),
        (format!("/desk/letters/{letter}"), &[("do", "answer"), ("shown", "open-0"), ("text", "Paldies!")]),
        (format!("/desk/item/{item}"), &[("do", "approve"), ("revision", "1")]),
        (format!("/desk/item/{item}/draft"), &[("do", "save"), ("revision", "1"), ("typed", "1")]),
        ("/desk/decisions/undo".to_owned(), &[("item", item_number.as_str()), ("revision", "1")]),
        (format!("/desk/issue/{issue}"), &[("do", "assemble")]),
        (format!("/desk/issue/{issue}"), &[("do", "words"), ("was", "x"), ("subject", "Mūsu"), ("note", "")]),
        (format!("/desk/issue/{issue}"), &[("do", "pause")]),
        (format!("/desk/issue/{issue}/approve"), &[("hash", "x"), ("at", "1")]),
        (format!("/desk/issue/{issue}/send"), &[("hash", "x")]),
        (format!("/desk/issue/{issue}/stop"), &[("do", "stop")]),
    ] {
        assert_eq!(desk.post(&path, fields).await.status(), StatusCode::NOT_FOUND, "{path} {fields:?}");
    }
    assert_eq!(before, site.dump().await);
    undo_keeps_to_its_publication(&site, message).await;
    // Our own are there, by the same addresses.
    let [message, letter, item, issue] = ours;
    for path in [
        format!("/desk/message/{message}"),
        format!("/desk/letters/{letter}"),
        format!("/desk/item/{item}"),
        format!("/desk/issue/{issue}"),
    ] {
        assert_ne!(desk.get(&path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

/// Notices in an hour about what comes from one sender, and from those whose address nobody knows.
const NOTICES_MAX: usize = 10;

async fn notices_of_another_publication_take_none_away(site: Site) {
    let mut write = site.app.store.write().await.unwrap();
    let other = write.publication("kaiminu-zinas", now()).await.unwrap();
    write.commit().await.unwrap();
    let announce = async |title: String| {
        site.announce(&ItemContent { title, text: "Nāciet!".into(), ..ItemContent::default() }).await
    };
    for number in 0..NOTICES_MAX {
        announce(format!("Ziņa {number}")).await;
    }
    let told = site.mails("notice").await.len();
    announce("Par daudz".to_owned()).await;
    assert_eq!(site.mails("notice").await.len(), told, "of what is too much nobody is told at once");
    for table in ["outbox", "item"] {
        site.run(&format!("UPDATE {table} SET publication_id = {other}")).await;
    }
    announce("Mūsu ziņa".to_owned()).await;
    assert_eq!(site.mails("notice").await.len(), told + 1, "theirs are not ours");
}
