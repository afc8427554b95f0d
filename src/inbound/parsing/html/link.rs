//! Where links lead, said beside their words.

use super::Page;
use super::tag::Tag;

impl Page {
    pub(super) fn open_link(&mut self, tag: &Tag) {
        let href = tag.attribute("href").trim().to_owned();
        let at = self.sink().line.len();
        self.link = Some((href, at));
    }

    pub(super) fn close_link(&mut self) {
        let Some((href, at)) = self.link.take() else {
            return;
        };
        let Some(url) = web_address(&href) else { return };
        let sink = self.sink();
        let Some(label) = sink.line.get(at..) else { return };
        let label = label.trim();
        let bare = url.trim_end_matches('/').split("://").nth(1).unwrap_or(&url).to_owned();
        if label.is_empty() || label.contains(bare.trim_start_matches("www.")) || label.contains('@') {
            return;
        }
        let addition = format!(" ({url})");
        sink.line.truncate(sink.line.trim_end().len());
        sink.line.push_str(&addition);
        self.structured = true;
    }
}

/// The address behind the wrappers that mail systems put around links, without their tracking.
fn web_address(href: &str) -> Option<String> {
    let mut url = url::Url::parse(href).ok()?;
    let host = url.host_str()?.to_owned();
    let inner = if host.ends_with("safelinks.protection.outlook.com") {
        Some("url")
    } else if host.starts_with("www.google.") && url.path() == "/url" {
        Some("q")
    } else {
        None
    };
    if let Some(key) = inner
        && let Some((_, target)) = url.query_pairs().find(|(name, _)| name == key)
    {
        url = url::Url::parse(&target).ok()?;
    }
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let tracking = |name: &str| name.starts_with("utm_") || matches!(name, "fbclid" | "gclid" | "mc_eid");
    if url.query_pairs().any(|(name, _)| tracking(&name)) {
        let kept: Vec<(String, String)> = url
            .query_pairs()
            .filter(|(name, _)| !tracking(name))
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        url.set_query(None);
        if !kept.is_empty() {
            url.query_pairs_mut().extend_pairs(kept);
        }
    }
    Some(url.to_string())
}
