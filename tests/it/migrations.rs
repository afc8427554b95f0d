//! An installation that has not been renewed for long: its database goes through all that came later, on both databases,
//! and everything is there.

use std::borrow::Cow;
use std::path::Path;

use chrono::TimeDelta;
use issues::ItemState;
use issues::reading::Unreadable;
use sqlx::AnyPool;
use sqlx::migrate::Migrator;
use zinas::app::{App, Schema};
use zinas::clock::Clock;
use zinas::newsroom::moderate::{Act, decide};
use zinas::newsroom::told;
use zinas::store::Store;

use crate::support::database::{config, on_both, start};
use crate::support::folder::Folder;
use crate::support::letters::waiting_for;
use crate::support::newsroom::ANNA;

on_both!(an_old_database_comes_to_this_version_with_all_it_holds);

/// The last version that knew neither what its notices told of nor why a mail is in quarantine.
const OLD: i64 = 8;

const NOTICE: &str = "Subject: Talka\r\n\r\nJauna talka\r\n";

/// What the old version said of mails, and what is known of these now.
const QUARANTINED: [(&str, Unreadable); 8] = [
    ("the message is empty", Unreadable::Empty),
    ("the parser gave up on its structure", Unreadable::Damaged),
    ("there is no header and no text in it", Unreadable::NoMail),
    ("reading it failed three times", Unreadable::FailedThrice),
    ("erased at the person's wish", Unreadable::Erased),
    (
        "52428801 bytes: larger than 52428800; left on the server, only its head is here",
        Unreadable::TooLarge { size: 52_428_801, limit: 52_428_800 },
    ),
    ("17 messages inside one another, more than 16", Unreadable::Nested { messages: 17, most: 16 }),
    ("for a reason that nobody remembers", Unreadable::Unknown),
];

/// The schema of that version, made as it made it.
async fn make_old(pool: &AnyPool, dialect: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/migrations").join(dialect);
    let all = Migrator::new(folder).await.unwrap();
    let old: Vec<_> = all.iter().filter(|migration| migration.version <= OLD).cloned().collect();
    assert_eq!(old.len(), usize::try_from(OLD).unwrap());
    Migrator { migrations: Cow::Owned(old), ..all }.run(pool).await.unwrap();
}

/// Its rows: mails in quarantine, an item that was decided and one that waits, the notices of these, and readers.
async fn fill(pool: &AnyPool, slug: &str, editor: &str) {
    let at = (start() - TimeDelta::days(40)).timestamp_millis();
    let run = async |sql: &str| {
        sqlx::query(sqlx::AssertSqlSafe(sql.to_owned())).execute(pool).await.unwrap();
    };
    run(&format!("INSERT INTO publication (slug, installed_at) VALUES ('{slug}', {at})")).await;
    let ours = "(SELECT publication_id FROM publication)";
    for (number, (why, _)) in (1..).zip(QUARANTINED) {
        let why = why.replace('\'', "''");
        run(&format!(
            "INSERT INTO blob (sha256, media_type, bytes, created_at) VALUES ('sha-{number}', 'x', 1, {at})"
        ))
        .await;
        run(&format!(
            "INSERT INTO message (public_id, publication_id, source, received_at, sha256, bytes, state, kind, why)
             VALUES ({number}, {ours}, 'smtp', {at}, 'sha-{number}', 1, 'quarantined', 'unreadable', '{why}')"
        ))
        .await;
    }
    for (number, title, state, detail) in [
        (21, "Talka", "pending", r#"{"state":"pending"}"#.to_owned()),
        (22, "Gaismas logs", "rejected", rejected(at)),
        (23, "Tirgus", "asked", asked(at)),
    ] {
        let (content, revision) = (format!(r#"{{"title":"{title}","text":"Nāciet!"}}"#), number - 20);
        run(&format!(
            "INSERT INTO item (public_id, publication_id, state, detail, content, revision, received_at, changed_at)
             VALUES ({number}, {ours}, '{state}', '{detail}', '{content}', {revision}, {at}, {at})"
        ))
        .await;
        let item = format!("(SELECT item_id FROM item WHERE public_id = {number})");
        sqlx::query(sqlx::AssertSqlSafe(format!(
            "INSERT INTO outbox (public_id, publication_id, kind, priority, item_id, recipient, recipient_hash,
                 language, mail, message_id, dated_at, next_at, expires_at, created_at)
             VALUES (1{number}, {ours}, 'notice', 0, {item}, '{editor}', 'hash', 'lv', $1, 'm{number}@x.example',
                 {at}, {at}, {}, {at})",
            start().timestamp_millis() + 86_400_000
        )))
        .bind(NOTICE.as_bytes().to_vec())
        .execute(pool)
        .await
        .unwrap();
    }
    run(&format!(
        "INSERT INTO item_revision (item_id, revision, at, by_whom, channel, act, before, after)
         SELECT item_id, 2, {at}, 'Anna', 'desk', 'reject', '{}', '{}' FROM item WHERE public_id = 22",
        whole(r#"{"state":"pending"}"#),
        whole(&rejected(at)),
    ))
    .await;
    run(&format!(
        "INSERT INTO treatment (message_id, kind, was_why, by_whom, at)
         SELECT message_id, '', why, 'Anna', {at} FROM message WHERE public_id = 1"
    ))
    .await;
    for (number, state, detail) in [
        (31, "confirmed", r#"{"state":"confirmed","at":"2026-10-01T10:00:00Z","how":"link"}"#),
        (32, "unsubscribed", r#"{"state":"unsubscribed","at":"2026-10-01T10:00:00Z","how":"desk"}"#),
    ] {
        run(&format!(
            "INSERT INTO subscription (public_id, publication_id, address, address_key, address_hash, state, detail,
                 language, confirmed_at, changed_at)
             VALUES ({number}, {ours}, 'r{number}@x.example', 'r{number}@x.example', 'hash{number}', '{state}',
                 '{detail}', 'lv', {at}, {at})"
        ))
        .await;
        run(&format!(
            "INSERT INTO consent (subscription_id, at, act, words, channel, origin)
             SELECT subscription_id, {at}, 'confirmed', 'I agree', 'link', '' FROM subscription
             WHERE public_id = {number}"
        ))
        .await;
    }
}

fn rejected(at: i64) -> String {
    let at = chrono::DateTime::from_timestamp_millis(at).unwrap().to_rfc3339();
    format!(r#"{{"state":"rejected","by":"Anna","at":"{at}","reason":"Jau bija"}}"#)
}

/// Before there were reminders of questions.
fn asked(at: i64) -> String {
    let at = chrono::DateTime::from_timestamp_millis(at).unwrap().to_rfc3339();
    format!(r#"{{"state":"asked","by":"Anna","at":"{at}","question":"Kad?"}}"#)
}

fn whole(state: &str) -> String {
    format!(r#"{{"state":{state},"content":{{"title":"Gaismas logs","text":"Nāciet!"}}}}"#)
}

/// How many rows each table has that the old version had.
async fn counts(pool: &AnyPool) -> Vec<(&'static str, i64)> {
    let mut counts = Vec::new();
    for table in [
        "publication",
        "blob",
        "message",
        "treatment",
        "item",
        "item_revision",
        "outbox",
        "subscription",
        "consent",
    ] {
        let sql = format!("SELECT COUNT(*) FROM {table}");
        let count = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(pool).await.unwrap();
        counts.push((table, count));
    }
    counts
}

mod stories {
    use super::*;

    pub async fn an_old_database_comes_to_this_version_with_all_it_holds(database: Option<&str>) {
        let folder = Folder::new("zinas");
        let config = config(&folder, database);
        let url = config.database.expose();
        let editor = config.editors[0].address.as_str().to_owned();
        std::fs::create_dir_all(&config.data).unwrap();
        let store = Store::open(url).await.unwrap();
        let pool = AnyPool::connect(url).await.unwrap();
        make_old(&pool, if database.is_some() { "postgres" } else { "sqlite" }).await;
        fill(&pool, &config.publication.slug, &editor).await;
        let before = counts(&pool).await;
        assert!(!store.is_current().await.unwrap());
        drop(store);

        let app = App::open(config.clone(), Clock::injected(start()), Schema::Migrate).await.unwrap();
        assert!(app.store.is_current().await.unwrap());
        assert_eq!(counts(&pool).await, before);
        let (store, ours) = (&app.store, app.publication);
        let quarantined = sqlx::query_scalar("SELECT message_id FROM message ORDER BY public_id");
        let quarantined: Vec<i64> = quarantined.fetch_all(&pool).await.unwrap();
        for (message, (why, known)) in quarantined.into_iter().zip(QUARANTINED) {
            let row = store.message(message).await.unwrap().unwrap();
            assert_eq!((row.why.as_str(), row.reason), (why, Some(known)));
        }
        let readers = store.subscriptions(ours, "").await.unwrap();
        let readers: Vec<_> = readers.iter().map(|row| (row.address.as_str(), row.state.name())).collect();
        assert_eq!(readers, [("r31@x.example", "confirmed"), ("r32@x.example", "unsubscribed")]);
        // The notices leave, and of what was decided by the old version nobody is told anew.
        assert_eq!(waiting_for(&app, &editor).await, [NOTICE, NOTICE, NOTICE]);
        assert!(!told::step(&app).await.unwrap());
        let item = async |title: &str| {
            let rows = store.items(ours, "").await.unwrap();
            rows.into_iter().find(|row| row.item.content.title == title).unwrap()
        };
        let (talka, log) = (item("Talka").await, item("Gaismas logs").await);
        assert_eq!((talka.item.state.name(), log.item.state.name()), ("pending", "rejected"));
        assert_eq!(talka.item.content.text, "Nāciet!");
        let ItemState::Asked { question, reminded, .. } = item("Tirgus").await.item.state else {
            panic!("a question is open")
        };
        assert_eq!((question.as_str(), reminded), ("Kad?", None));
        let kind: String =
            sqlx::query_scalar("SELECT was_kind FROM treatment").fetch_one(&pool).await.unwrap();
        assert_eq!(kind, "unreadable");
        assert_eq!(store.revisions(log.id).await.unwrap()[0].by, "Anna");
        // Both can be worked with: what the old version decided is taken back, and what it left is decided.
        assert_eq!(
            decide(&app, log.id, Some(2), Act::Undo, ANNA).await.unwrap().item.state.name(),
            "pending"
        );
        assert_eq!(
            decide(&app, talka.id, Some(1), Act::Approve, ANNA).await.unwrap().item.state.name(),
            "approved"
        );
        app.clock.advance_to(start() + TimeDelta::minutes(3));
        while told::step(&app).await.unwrap() {}
        pool.close().await;
    }
}
