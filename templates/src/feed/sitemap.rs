//! The public pages for search engines (sitemaps.org): addresses in the publication's own language; each page names its
//! translations itself.

use chrono::{DateTime, Utc};
use maud::html;

use super::moment;
use crate::Paths;
use crate::parts::xml;

/// Most addresses that a sitemap may hold.
pub const ADDRESSES_MAX: usize = 50_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub paths: Paths,
    /// Paths from the root, with the moment of the last change where it is known.
    pub pages: Vec<(String, Option<DateTime<Utc>>)>,
}

pub fn render(view: &View) -> String {
    xml(html! {
        urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {
            @for (path, changed) in view.pages.iter().take(ADDRESSES_MAX) {
                url {
                    loc { (view.paths.whole(path)) }
                    @if let Some(changed) = changed { lastmod { (moment(*changed)) } }
                }
            }
        }
    })
}
