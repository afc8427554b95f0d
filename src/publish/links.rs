//! Looking whether links lead anywhere: politely, within limits, and never into private networks.
//!
//! Pages are asked for by HEAD and, where a site does not answer that well, by GET without reading the page. Sites are
//! visited side by side, the pages of one site one after the other. Redirects are followed here, not by reqwest, so
//! that each step is judged like the link itself. No cookies, no proxy, no referrer, nothing is kept.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::time::Duration;

use anyhow::Context as _;
use futures_util::{StreamExt as _, stream};
use issues::{Found, LinkFinding, Unchecked, WebLink};
use reqwest::{Client, Method, Response, StatusCode, header, redirect};
use url::{Position, Url};

use super::reach::{OnlyPrivateAddresses, Reach};

/// Sites visited at the same time.
const SITES_CONCURRENT_MAX: usize = 8;

/// How much is looked at, and for how long.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Different pages of one issue.
    pub links: usize,
    /// Different pages of one site.
    pub links_per_site: usize,
    pub redirects: usize,
    pub connect: Duration,
    /// From the question to the head of the answer.
    pub answer: Duration,
    /// For all links together.
    pub all: Duration,
}

/// An issue has some thirty links. An editor waits for the answer.
const LIMITS: Limits = Limits {
    links: 200,
    links_per_site: 40,
    redirects: 5,
    connect: Duration::from_secs(5),
    answer: Duration::from_secs(10),
    all: Duration::from_secs(120),
};

/// See the module.
#[derive(Debug, Clone)]
pub struct LinkChecker {
    client: Client,
    reach: Reach,
    limits: Limits,
}

impl LinkChecker {
    /// Looks at public addresses and ordinary ports only.
    pub fn new() -> anyhow::Result<Self> {
        Self::build(&[], LIMITS)
    }

    /// Also looks at these servers, wherever they are. For tests and the demo, whose web sites are on loopback.
    pub fn also_reaching(servers: &[SocketAddr]) -> anyhow::Result<Self> {
        Self::build(servers, LIMITS)
    }

    pub(super) fn build(also: &[SocketAddr], limits: Limits) -> anyhow::Result<Self> {
        // One provider per process, whoever installs it first; a second attempt is refused and does no harm.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let reach = Reach::new(also);
        let client = Client::builder()
            .user_agent(concat!("zinas/", env!("CARGO_PKG_VERSION"), " (link check)"))
            .dns_resolver(reach.clone())
            .no_proxy()
            .redirect(redirect::Policy::none())
            .referer(false)
            .connect_timeout(limits.connect)
            .timeout(limits.answer)
            .pool_max_idle_per_host(1)
            .build()
            .context("prepare the link check")?;
        Ok(Self { client, reach, limits })
    }

    /// What became of each link to the web, in the order given; links to mailboxes are passed over. The same page is
    /// looked at once. Never fails and ends in time: what was not looked at is said.
    pub async fn check(&self, links: &[WebLink]) -> Vec<LinkFinding> {
        let pages: Vec<(&WebLink, Url)> =
            links.iter().filter_map(|link| Some((link, page_of(link)?))).collect();
        let found = Mutex::new(HashMap::new());
        let sites = self.sites(&pages, &found);
        let visits = stream::iter(sites).for_each_concurrent(SITES_CONCURRENT_MAX, |pages| {
            let found = &found;
            async move { self.visit(pages, found).await }
        });
        // Out of time: what is missing is reported below.
        let _ = tokio::time::timeout(self.limits.all, visits).await;
        let found = found.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let out_of_time = Found::NotChecked(Unchecked::OutOfTime);
        pages
            .into_iter()
            .map(|(link, page)| LinkFinding {
                link: link.clone(),
                found: found.get(&page).unwrap_or(&out_of_time).clone(),
            })
            .collect()
    }

    /// The pages to look at, by site; those that are too many are reported at once.
    fn sites(&self, pages: &[(&WebLink, Url)], found: &Mutex<HashMap<Url, Found>>) -> Vec<Vec<Url>> {
        let (mut sites, mut count) = (BTreeMap::<&str, Vec<Url>>::new(), 0);
        for (_, page) in pages {
            let site = sites.entry(&page[..Position::BeforePath]).or_default();
            if site.contains(page) {
                continue;
            }
            if count < self.limits.links && site.len() < self.limits.links_per_site {
                site.push(page.clone());
                count += 1;
            } else {
                record(found, page.clone(), Found::NotChecked(Unchecked::TooMany));
            }
        }
        sites.into_values().collect()
    }

    async fn visit(&self, pages: Vec<Url>, found: &Mutex<HashMap<Url, Found>>) {
        let mut of_the_site = None;
        for page in pages {
            let (on_site, state) = match &of_the_site {
                Some(known) => (true, Clone::clone(known)),
                None => self.look(&page).await,
            };
            // A site that is not there is not there for its other pages; nobody waits for it twice.
            if on_site && concerns_the_site(&state) {
                of_the_site = Some(state.clone());
            }
            record(found, page, state);
        }
    }

    /// What became of a page, and whether it was found out on the site of the link itself.
    async fn look(&self, page: &Url) -> (bool, Found) {
        let mut url = page.clone();
        for hop in 0..=self.limits.redirects {
            let on_site = hop == 0;
            if let Some(unchecked) = self.reach.forbids(&url) {
                return (on_site, Found::NotChecked(unchecked));
            }
            let response = match self.ask(&url).await {
                Ok(response) => response,
                Err(error) => return (on_site, meaning(&error)),
            };
            let status = response.status();
            if !status.is_redirection() {
                return (on_site, arrived(page, &url, status));
            }
            let Some(next) = next_of(&url, &response) else {
                return (on_site, Found::Nonsense);
            };
            url = next;
        }
        (false, Found::TooManyRedirects)
    }

    /// The head of an answer. The page itself is not read.
    async fn ask(&self, url: &Url) -> reqwest::Result<Response> {
        match self.client.request(Method::HEAD, url.clone()).send().await {
            Ok(response) if !response.status().is_client_error() && !response.status().is_server_error() => {
                Ok(response)
            }
            // Not even reachable: GET would fare no better.
            Err(error) if error.is_connect() || error.is_timeout() => Err(error),
            // Many sites answer HEAD with an error, or hang up, and GET well.
            Ok(_) | Err(_) => self.client.request(Method::GET, url.clone()).send().await,
        }
    }
}

/// The page of a link: without what a browser keeps to itself, and without a password that stands in the link.
fn page_of(link: &WebLink) -> Option<Url> {
    let mut url = Url::parse(link.as_str()).ok().filter(|_| link.is_web())?;
    url.set_fragment(None);
    without_user(url)
}

fn without_user(mut url: Url) -> Option<Url> {
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    Some(url)
}

/// Where a redirect leads, if to the web.
fn next_of(url: &Url, response: &Response) -> Option<Url> {
    let location = response.headers().get(header::LOCATION)?;
    // Sites do write letters outside ASCII here, as UTF-8.
    let location = std::str::from_utf8(location.as_bytes()).ok()?;
    let mut next = url.join(location).ok().filter(|next| matches!(next.scheme(), "http" | "https"))?;
    next.set_fragment(None);
    without_user(next)
}

fn arrived(page: &Url, url: &Url, status: StatusCode) -> Found {
    let code = status.as_u16();
    if status.is_success() {
        return match WebLink::parse(url.as_str()) {
            Some(at) if site_name(page) != site_name(url) => Found::Elsewhere { at },
            _ => Found::Page,
        };
    }
    match code {
        404 | 410 => Found::Missing { status: code },
        400..=499 => Found::Refused { status: code },
        500..=599 => Found::Trouble { status: code },
        _ => Found::Nonsense,
    }
}

/// A site is the same with and without `www.`, by http and by https.
fn site_name(url: &Url) -> &str {
    let host = url.host_str().unwrap_or("");
    host.strip_prefix("www.").unwrap_or(host)
}

/// What an error means, told by the errors that it wraps.
fn meaning(error: &reqwest::Error) -> Found {
    if wrapped::<OnlyPrivateAddresses>(error).is_some() {
        return Found::NotChecked(Unchecked::Private);
    }
    if let Some(rustls::Error::InvalidCertificate(_)) = wrapped(error) {
        return Found::Certificate;
    }
    if error.is_timeout() {
        Found::TimedOut
    } else if error.is_dns() {
        Found::NameNotFound
    } else if error.is_connect() {
        Found::NoConnection
    } else {
        Found::Nonsense
    }
}

fn wrapped<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        // An I/O error is transparent: its source is that of the error inside.
        let inside = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = inside.map(|inside| inside as &(dyn Error + 'static)).or_else(|| error.source());
    }
    None
}

/// Would other pages of the site fare the same?
fn concerns_the_site(found: &Found) -> bool {
    match found {
        Found::NameNotFound | Found::NoConnection | Found::Certificate | Found::TimedOut => true,
        Found::NotChecked(_)
        | Found::Page
        | Found::Elsewhere { .. }
        | Found::Missing { .. }
        | Found::Refused { .. }
        | Found::Trouble { .. }
        | Found::Nonsense
        | Found::TooManyRedirects => false,
    }
}

fn record(found: &Mutex<HashMap<Url, Found>>, page: Url, state: Found) {
    found.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(page, state);
}
