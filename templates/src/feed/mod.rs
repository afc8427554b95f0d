//! What programs read of the public pages: the Atom feed and the sitemap. Whole links, escaped as XML.

pub mod atom;
pub mod sitemap;

use chrono::{DateTime, Utc};

/// A moment as RFC 3339 writes it.
fn moment(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}
