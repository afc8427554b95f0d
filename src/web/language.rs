//! The language of a page's frame: what the address asks for, else the browser's, else the publication's own. Nothing
//! is kept of it in the browser: where the address chose another than it would be, the links of the page choose it too.

use axum::extract::FromRequestParts;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use subscribers::Language;
use templates::Frame;
use url::form_urlencoded;

use super::errors::Problem;
use crate::app::{App, SharedApp};
use crate::newsroom::view;

/// The language that a request asks for.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    pub language: Language,
    /// The address chose it; without that it would be another. So links go on asking for it.
    carries: bool,
}

impl Asked {
    pub fn of(app: &App, headers: &HeaderMap, uri: &Uri) -> Self {
        let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|header| header.to_str().ok());
        let unasked = accepted.and_then(preferred).unwrap_or(app.config.publication.language);
        let language = asked(uri).unwrap_or(unasked);
        Self { language, carries: language != unasked }
    }

    /// The frame of a page in this language.
    pub fn frame(self, app: &App) -> Frame {
        Frame { carries: self.carries, ..view::frame(app, self.language) }
    }
}

impl FromRequestParts<SharedApp> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &SharedApp) -> Result<Self, Problem> {
        Ok(Self::of(app, &parts.headers, &parts.uri))
    }
}

/// For programs, which say nothing of languages: what the address asks for, else the publication's own.
pub fn of_address(app: &App, uri: &Uri) -> Language {
    asked(uri).unwrap_or(app.config.publication.language)
}

fn asked(uri: &Uri) -> Option<Language> {
    let query = form_urlencoded::parse(uri.query().unwrap_or("").as_bytes());
    query
        .filter(|(name, _)| name == "lang" || name == "language")
        .find_map(|(_, value)| Language::parse(&value))
}

/// The language of ours with the highest weight (RFC 9110 section 12.5.4); the first of several.
fn preferred(header: &str) -> Option<Language> {
    let mut best: Option<(Language, f32)> = None;
    for range in header.split(',') {
        let (range, weight) = range.split_once(';').unwrap_or((range, "q=1"));
        let code = range.trim().split('-').next().unwrap_or("").to_ascii_lowercase();
        let weight: f32 =
            weight.trim().strip_prefix("q=").and_then(|weight| weight.parse().ok()).unwrap_or(0.0);
        let Some(language) = Language::parse(&code) else { continue };
        if weight > best.map_or(0.0, |(_, best)| best) {
            best = Some((language, weight));
        }
    }
    best.map(|(language, _)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_is_taken_at_its_word() {
        for (header, expected) in [
            ("lv", Some(Language::Latvian)),
            ("en-GB,en;q=0.9,lv;q=0.8", Some(Language::English)),
            ("ru, en;q=0.3, lv-LV;q=0.5", Some(Language::Latvian)),
            ("lv;q=0, en;q=0.1", Some(Language::English)),
            ("de, *;q=0.5", None),
            (";;;,q=,lv;q=x", None),
        ] {
            assert_eq!(preferred(header), expected, "{header}");
        }
    }
}
