//! What the month left behind, gathered once, so that the checks are plain functions over it and can be repeated on
//! the file.

use std::collections::BTreeMap;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use mail_parser::{MessageParser, MimeHeaders as _};
use reqwest::Client;
use serde::{Deserialize, Serialize};

use super::world::Sunk;
use crate::app::App;

#[derive(Debug, Serialize, Deserialize)]
pub struct Evidence {
    pub mails: Vec<Mail>,
    pub people: Vec<Person>,
    pub deliveries: Vec<Delivery>,
    pub audience: i64,
    pub posted: Vec<Posted>,
    pub links: Vec<Link>,
    pub digest_before: String,
    pub digest_after: String,
    pub photos: Vec<Photo>,
    pub pages: BTreeMap<String, String>,
    pub moments: Vec<(String, DateTime<Utc>)>,
    /// Title of an item in the issue, and the start of each of its events.
    pub dates: Vec<(String, String)>,
    /// Addresses from which only automatic or bulk mail came.
    pub automatic: Vec<String>,
}

/// A mail that the sink received.
#[derive(Debug, Serialize, Deserialize)]
pub struct Mail {
    pub at: DateTime<Utc>,
    pub from: String,
    pub to: String,
    pub message_id: String,
    pub subject: String,
    pub is_bulletin: bool,
    pub is_answer: bool,
    pub html: String,
    pub text: String,
}

/// What happened to a subscription, in order: act and moment.
#[derive(Debug, Serialize, Deserialize)]
pub struct Person {
    pub address: String,
    pub acts: Vec<(String, DateTime<Utc>)>,
    pub suppressed_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Delivery {
    pub recipient: String,
    pub state: String,
    pub message_id: String,
    pub settled: bool,
}

/// A mail that the newsroom took with a 250, and whether its bytes are there.
#[derive(Debug, Serialize, Deserialize)]
pub struct Posted {
    pub what: String,
    pub sha256: String,
    pub is_stored: bool,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Link {
    pub url: String,
    /// Status of GET, HEAD, and both again.
    pub statuses: Vec<u16>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Photo {
    pub url: String,
    pub is_jpeg: bool,
    pub has_metadata: bool,
}

/// Subject and plain text of a mail.
pub fn words(bytes: &[u8]) -> String {
    let Some(mail) = MessageParser::default().parse(bytes) else { return String::new() };
    format!("{}\n{}", mail.subject().unwrap_or(""), mail.body_text(0).unwrap_or_default())
}

/// A mail of the sink, taken apart.
pub fn mail(sunk: &Sunk) -> anyhow::Result<Mail> {
    let parsed = MessageParser::default().parse(&sunk.bytes).context("read a mail of ours back")?;
    let header = |name: &str| parsed.header_raw(name).map(str::trim).unwrap_or("").to_owned();
    Ok(Mail {
        at: sunk.at,
        from: sunk.from.clone(),
        to: sunk.to.clone(),
        message_id: parsed.message_id().unwrap_or("").to_owned(),
        subject: parsed.subject().unwrap_or("").to_owned(),
        is_bulletin: !header("List-Id").is_empty(),
        is_answer: header("Auto-Submitted") == "auto-replied",
        html: part(&parsed, "html"),
        text: part(&parsed, "plain"),
    })
}

fn part(parsed: &mail_parser::Message<'_>, subtype: &str) -> String {
    let found = parsed.parts.iter().find(|part| part.is_content_type("text", subtype));
    found.and_then(mail_parser::MessagePart::text_contents).unwrap_or("").to_owned()
}

/// Links of a mail to pages of ours: from its HTML, its text and its pictures.
pub fn links(mail: &Mail, base: &str) -> Vec<String> {
    let mut links = Vec::new();
    let ends = |c: char| c.is_whitespace() || "\"'<>".contains(c);
    for content in [&mail.html, &mail.text] {
        for (at, _) in content.match_indices(base) {
            let rest = &content[at..];
            let link = rest[..rest.find(ends).unwrap_or(rest.len())].replace("&amp;", "&");
            if !links.contains(&link) {
                links.push(link);
            }
        }
    }
    links
}

/// Opens every link twice by GET and HEAD, as a robot does, and looks at every picture.
///
/// # Errors
/// The newsroom's pages cannot be reached at all.
pub async fn open_links(app: &App, evidence: &mut Evidence) -> anyhow::Result<()> {
    let base = app.config.public_url.as_str().trim_end_matches('/').to_owned();
    let mut urls: Vec<String> = Vec::new();
    for mail in &evidence.mails {
        urls.extend(links(mail, &base).into_iter().filter(|link| !link.trim_end_matches('/').is_empty()));
    }
    urls.sort();
    urls.dedup();
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    evidence.digest_before = app.store.digest().await?;
    for url in urls {
        let mut statuses = Vec::new();
        for _ in 0..2 {
            let answer = client.get(&url).send().await.context("open a link")?;
            statuses.push(answer.status().as_u16());
            let bytes = answer.bytes().await.context("read a page")?;
            if url.contains("/photo/") {
                let has = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
                let is_jpeg = bytes.starts_with(b"\xff\xd8\xff");
                let has_metadata = has(b"Exif\0") || has(b"GPSLatitude") || has(b"http://ns.adobe.com/xap");
                if statuses.len() == 1 {
                    evidence.photos.push(Photo { url: url.clone(), is_jpeg, has_metadata });
                }
            } else {
                evidence.pages.insert(url.clone(), String::from_utf8_lossy(&bytes).into_owned());
            }
            statuses.push(client.head(&url).send().await.context("open a link")?.status().as_u16());
        }
        evidence.links.push(Link { url, statuses });
    }
    evidence.digest_after = app.store.digest().await?;
    Ok(())
}
