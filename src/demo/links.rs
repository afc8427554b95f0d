//! Opening every link of every mail, as the robots of mail servers do.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;
use reqwest::Client;
use reqwest::redirect::Policy;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::opened::Mail;
use crate::app::SharedApp;
use crate::web;

/// What came of it.
#[derive(Debug, Default)]
pub struct Opened {
    pub links: Vec<Link>,
    pub photos: Vec<Photo>,
    /// What the pages hold, by link.
    pub pages: BTreeMap<String, String>,
    /// One hash over the states of everything, before and after.
    pub digest_before: String,
    pub digest_after: String,
}

#[derive(Debug)]
pub struct Link {
    pub url: String,
    /// Status of GET, HEAD, and both again.
    pub statuses: Vec<u16>,
}

#[derive(Debug)]
pub struct Photo {
    pub url: String,
    pub is_jpeg: bool,
    pub has_metadata: bool,
}

/// Serves the pages on a port that is free now, since another program may have the month's, and opens every link of
/// these mails there.
///
/// # Errors
/// The pages cannot be served or reached at all, or the database fails.
pub async fn open(app: &SharedApp, mails: &[Mail]) -> anyhow::Result<Opened> {
    let listener = TcpListener::bind("127.0.0.1:0").await.context("listen for the links")?;
    let port = listener.local_addr().context("ask where the pages are")?.port();
    let done = CancellationToken::new();
    let serving = tokio::spawn(web::run(app.clone(), listener, done.clone()));
    let opened = open_at(app, mails, port).await;
    done.cancel();
    serving.await.context("serve the pages")??;
    opened
}

async fn open_at(app: &SharedApp, mails: &[Mail], port: u16) -> anyhow::Result<Opened> {
    let base = app.config.public_url.as_str().trim_end_matches('/');
    let urls: BTreeSet<String> = mails.iter().flat_map(|mail| mail.links(base)).collect();
    // One provider per process, whoever installs it first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder().redirect(Policy::none()).no_proxy().build()?;
    let mut opened = Opened { digest_before: app.store.digest().await?, ..Opened::default() };
    for url in urls {
        let here = format!("http://127.0.0.1:{port}{}", url.strip_prefix(base).unwrap_or_default());
        let mut statuses = Vec::new();
        for round in 0..2 {
            let answer = client.get(&here).send().await.context("open a link")?;
            statuses.push(answer.status().as_u16());
            let bytes = answer.bytes().await.context("read a page")?;
            if !url.contains("/photo/") {
                opened.pages.insert(url.clone(), String::from_utf8_lossy(&bytes).into_owned());
            } else if round == 0 {
                opened.photos.push(photo(url.clone(), &bytes));
            }
            statuses.push(client.head(&here).send().await.context("open a link")?.status().as_u16());
        }
        opened.links.push(Link { url, statuses });
    }
    opened.digest_after = app.store.digest().await?;
    Ok(opened)
}

fn photo(url: String, bytes: &[u8]) -> Photo {
    let has = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    Photo {
        url,
        is_jpeg: bytes.starts_with(b"\xff\xd8\xff"),
        has_metadata: has(b"Exif\0") || has(b"GPSLatitude") || has(b"http://ns.adobe.com/xap"),
    }
}
