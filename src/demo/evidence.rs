//! What the month left behind, gathered from the ledger, the record of the sink, the mails that came in and the pages
//! behind every link, so that the checks are plain functions over it.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use issues::calendar::Job;

use super::kept::{self, Handed};
use super::links::{self, Opened};
use super::opened::{self, Mail};
use crate::app::{App, Schema};
use crate::clock::Clock;
use crate::config::Config;
use crate::store::{IssueRow, address_hash, sha256};

#[derive(Debug, Default)]
pub struct Evidence {
    /// What the sink received.
    pub mails: Vec<Mail>,
    pub people: Vec<Person>,
    pub deliveries: Vec<Delivery>,
    /// How many readers the issue was frozen for, and when.
    pub audience: i64,
    pub queued_at: Option<DateTime<Utc>>,
    pub posted: Vec<Posted>,
    /// What opening every link of every mail came to.
    pub opened: Opened,
    pub moments: Vec<(String, DateTime<Utc>)>,
    /// Title of an item in the issue, and the start of each of its events.
    pub dates: Vec<(String, String)>,
    /// Addresses from which only automatic or bulk mail came.
    pub automatic: BTreeSet<String>,
}

/// What happened to a subscription, in order: act and moment.
#[derive(Debug, Default)]
pub struct Person {
    pub address: String,
    pub acts: Vec<(String, DateTime<Utc>)>,
    pub suppressed_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Default)]
pub struct Delivery {
    pub recipient: String,
    pub state: String,
    pub message_id: String,
    pub settled: bool,
}

/// A mail that the newsroom took with a 250, and whether its bytes are there.
#[derive(Debug)]
pub struct Posted {
    pub what: String,
    pub is_stored: bool,
}

/// Gathers everything anew from the folder of a month that has passed. The clock stands where the month ended.
///
/// # Errors
/// The folder is not whole, or something outside failed.
pub async fn gather(folder: &Path, now: DateTime<Utc>) -> anyhow::Result<Evidence> {
    let config = Config::load(&folder.join("zinas.toml"))?;
    let app = App::open(config, Clock::injected(now), Schema::Expect).await?;
    let mails: Vec<Mail> = kept::sunk(folder)?.iter().map(opened::mail).collect::<anyhow::Result<_>>()?;
    let handed = kept::handed(folder)?;
    let mut moments = app.store.fired_moments(app.publication).await?;
    moments.retain(|(job, _)| job != Job::CleanUp.name());
    let mut evidence = Evidence {
        people: people(&app).await?,
        posted: posted(&app, &handed).await?,
        opened: links::open(&app, &mails).await?,
        automatic: automatic(&handed),
        mails,
        moments,
        ..Evidence::default()
    };
    // The month's issue is the first; after it a draft has opened.
    if let Some(issue) = app.store.issues(app.publication, "").await?.first() {
        evidence.audience = issue.audience.unwrap_or(0);
        evidence.queued_at = issue.queued_at;
        evidence.deliveries = deliveries(&app, issue).await?;
        evidence.dates = dates(&app, issue).await?;
    }
    Ok(evidence)
}

async fn people(app: &App) -> anyhow::Result<Vec<Person>> {
    let mut people = Vec::new();
    for row in app.store.subscriptions(app.publication, "").await? {
        let mut acts = Vec::new();
        for event in app.store.consent(row.id).await? {
            let name = serde_json::to_value(event.act).context("name an act")?;
            acts.push((name.as_str().context("name an act")?.to_owned(), event.at));
        }
        let suppressed_at = app.store.suppression(&address_hash(&row.address)).await?.map(|found| found.at);
        people.push(Person { address: row.address.as_str().to_owned(), acts, suppressed_at });
    }
    Ok(people)
}

async fn posted(app: &App, handed: &[Handed]) -> anyhow::Result<Vec<Posted>> {
    let known: BTreeSet<String> = app
        .store
        .messages(app.publication, "", "")
        .await?
        .into_iter()
        .map(|message| message.sha256)
        .collect();
    let mut posted = Vec::new();
    for mail in handed {
        let name = sha256(&mail.bytes);
        // A blob that lacks some of its bytes is an error of the store's; here it is what we look for.
        let kept = app.store.blob(&name).await.ok().flatten();
        let is_stored = known.contains(&name) && kept.is_some_and(|blob| blob.content == mail.bytes);
        posted.push(Posted { what: mail.what.clone(), is_stored });
    }
    Ok(posted)
}

async fn deliveries(app: &App, issue: &IssueRow) -> anyhow::Result<Vec<Delivery>> {
    let rows = app.store.deliveries(issue.id, "").await?;
    let delivery = |row: crate::store::DeliveryRow| Delivery {
        recipient: row.recipient,
        state: row.state,
        message_id: row.message_id,
        settled: row.settled_at.is_some(),
    };
    Ok(rows.into_iter().map(delivery).collect())
}

async fn dates(app: &App, issue: &IssueRow) -> anyhow::Result<Vec<(String, String)>> {
    let mut dates = Vec::new();
    for place in app.store.issue_items(issue.id).await? {
        let item = app.store.item(place.item).await?.context("find an item")?;
        for event in &item.item.content.events {
            let start = event.start.or(event.end).map(|start| start.to_string()).unwrap_or_default();
            dates.push((item.item.content.title.clone(), start));
        }
    }
    Ok(dates)
}

/// Who wrote as a person, too, may be answered.
fn automatic(handed: &[Handed]) -> BTreeSet<String> {
    let senders = |automatic: bool| -> BTreeSet<String> {
        handed.iter().filter(|mail| mail.automatic == automatic).map(|mail| mail.sender.clone()).collect()
    };
    &senders(true) - &senders(false)
}
