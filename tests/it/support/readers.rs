//! An issue that is going out, with its readers, put straight into the database.

use chrono::{TimeDelta, Utc};
use issues::delivery::BULLETIN_EXPIRES_AFTER;
use issues::{Edition, IssueState};
use subscribers::{EmailAddress, Language, Preferences, SubscriptionState};
use zinas::app::App;
use zinas::clock::random_id;
use zinas::store::{IssueContent, NewDelivery, NewIssue, NewSubscription, address_hash};

/// `reader-0007@readers.example`
pub fn address(number: usize) -> EmailAddress {
    EmailAddress::parse(&format!("reader-{number:04}@readers.example")).unwrap()
}

pub fn confirmed(app: &App) -> SubscriptionState {
    SubscriptionState::Confirmed { at: app.clock.now() - TimeDelta::days(40), how: "form".to_owned() }
}

pub fn preferences(number: usize) -> Preferences {
    let language = if number.is_multiple_of(5) { Language::English } else { Language::Latvian };
    Preferences { language, municipality: String::new() }
}

/// A confirmed reader; gives the subscription's row.
pub async fn reader(app: &App, number: usize) -> i64 {
    readers(app, number..number + 1).await[0]
}

/// Confirmed readers of these numbers, in one transaction.
pub async fn readers(app: &App, numbers: std::ops::Range<usize>) -> Vec<i64> {
    let mut write = app.store.write().await.unwrap();
    let mut ids = Vec::new();
    for number in numbers {
        let new = NewSubscription {
            public_id: random_id(),
            publication: app.publication,
            address: &address(number),
            state: &confirmed(app),
            preferences: &preferences(number),
            at: app.clock.now(),
        };
        ids.push(write.keep_subscription(&new).await.unwrap());
    }
    write.commit().await.unwrap();
    ids
}

/// The content of an issue with about so many octets in its HTML.
pub fn content(octets: usize) -> Vec<IssueContent> {
    let paragraph = "<p>Pūces ielas iedzīvotāji sestdien stāda ābeles un gaida talkā visus.</p>\n";
    let body = paragraph.repeat(octets.div_ceil(paragraph.len() * 5 / 4));
    let part = |language: Language, subject: &str| IssueContent {
        language,
        subject: subject.to_owned(),
        html: format!("<html><body>{body}<a href=\"\u{e000}leave-url\u{e001}\">x</a></body></html>\n"),
        text: "Kopš \u{e000}since\u{e001}.\nAtteikties: \u{e000}leave-url\u{e001}\n".to_owned(),
    };
    vec![part(Language::Latvian, "Ziņas decembrī"), part(Language::English, "News in December")]
}

/// An issue in `sending`, its hold over, with one delivery queued for each of these subscriptions.
pub async fn issue(app: &App, subscriptions: &[i64], contents: &[IssueContent]) -> i64 {
    let now = app.clock.now();
    let mut write = app.store.write().await.unwrap();
    let edition = Edition { year: 2026, month: 12 };
    let new = NewIssue {
        public_id: random_id(),
        publication: app.publication,
        edition,
        first_running_number: 1,
        at: now,
    };
    let issue = write.open_issue(&new).await.unwrap();
    write.freeze_issue(issue, contents, "hash").await.unwrap();
    let state = IssueState::Sending { by: "redakcija@selija.example".to_owned(), not_before: now };
    write.change_issue(issue, &state).await.unwrap();
    let mut deliveries = Vec::new();
    for id in subscriptions {
        let row = write.subscription_for_change(*id).await.unwrap().unwrap();
        let public_id = random_id();
        let date = now.with_timezone(&app.config.publication.zone).fixed_offset();
        deliveries.push(NewDelivery {
            plain_text: false,
            public_id,
            subscription: *id,
            recipient: row.address.as_str().to_owned(),
            recipient_hash: address_hash(&row.address),
            language: row.language(),
            message_id: app.letterhead.message_id(&edition.to_string(), public_id, date),
        });
    }
    let expires_at = now + BULLETIN_EXPIRES_AFTER;
    let queued = write.queue_deliveries(app.publication, issue, &deliveries, now, expires_at).await.unwrap();
    write.keep_audience(issue, queued, now).await.unwrap();
    write.commit().await.unwrap();
    issue
}

/// Puts an issue into another state.
pub async fn change_issue(app: &App, issue: i64, state: &IssueState) {
    let mut write = app.store.write().await.unwrap();
    write.change_issue(issue, state).await.unwrap();
    write.commit().await.unwrap();
}

pub fn paused() -> IssueState {
    IssueState::Paused {
        by: "redakcija@selija.example".to_owned(),
        not_before: chrono::DateTime::<Utc>::MIN_UTC,
    }
}
