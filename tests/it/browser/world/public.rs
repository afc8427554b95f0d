//! What everybody sees.

use serde_json::json;
use zinas::newsroom::corrections::correct;

use super::content::{HARM, HOSTILE, bridge, keep, long, short};
use super::{Example, NO_ROUTE, asks};
use crate::support::site::Site;

pub async fn examples(site: &Site) -> Vec<Example> {
    let mut items = Vec::new();
    for content in [bridge(site).await, long(site).await, short()] {
        items.push(keep(site, &content).await);
    }
    let (year, number) = site.issue(&items, true).await;
    let correction = "Atklāšana sākas plkst. 12.00, nevis 11.00.";
    correct(&site.app, items[0], correction, "Anna Miglasēta").await.unwrap();
    correct(&site.app, items[1], HARM, "Anna Miglasēta").await.unwrap();
    let issue = format!("/{year}/{number}");
    let item = |index: usize| format!("{issue}/zina-{}", items[index]);
    let (an_issue, an_item) = ("/{year}/{number}", "/{year}/{number}/{slug}");
    vec![
        Example::new("home", "/", "/"),
        Example::new("home-en", "/", "/?lang=en"),
        Example::new("subscribe", "/subscribe", "/subscribe"),
        Example::new("subscribe-en", "/subscribe", "/subscribe?lang=en"),
        Example::new("subscribe-refused", "/subscribe", "/subscribe")
            .fill(json!({ "email": "mailer-daemon@pasts.example" }))
            .pressed()
            .status(422),
        Example::new("subscribe-refused-en", "/subscribe", "/subscribe?lang=en")
            .fill(json!({ "email": HARM }))
            .pressed()
            .status(422),
        Example::new("subscribed", "/subscribe", "/subscribe")
            .fill(json!({ "email": "jana@lasa.example" }))
            .pressed(),
        Example::new("issue", an_issue, &issue),
        Example::new("issue-en", an_issue, format!("{issue}?lang=en")),
        Example::new("item", an_item, item(0)),
        Example::new("item-en", an_item, item(0) + "?lang=en"),
        Example::new("item-long", an_item, item(1)),
        Example::new("item-short", an_item, item(2)),
        Example::new("archive", "/archive", "/archive"),
        Example::new("archive-en", "/archive", "/archive?lang=en"),
        Example::new("archive-found", "/archive", "/archive?q=tilti%C5%86"),
        Example::new("archive-found-en", "/archive", "/archive?q=tilti%C5%86&lang=en"),
        Example::new("archive-found-long", "/archive", "/archive?q=teikums"),
        Example::new("archive-nothing", "/archive", format!("/archive?q={}", "nepieciesamiba".repeat(5))),
        Example::new("archive-hostile", "/archive", asks("/archive?q=", HOSTILE)),
        Example::new("archive-no-year", "/archive", "/archive?year=1999").status(404),
        Example::new("calendar", "/calendar", "/calendar"),
        Example::new("calendar-en", "/calendar", "/calendar?lang=en"),
        Example::new("calendar-month", "/calendar/{month}", "/calendar/2026-12"),
        Example::new("calendar-month-en", "/calendar/{month}", "/calendar/2026-12?lang=en"),
        Example::new("calendar-no-month", "/calendar/{month}", "/calendar/1999-01").status(404),
        Example::new("print", "/{year}/{number}/print", format!("{issue}/print")),
        Example::new("print-en", "/{year}/{number}/print", format!("{issue}/print?lang=en")),
        Example::new("how-to-send", "/how-to-send", "/how-to-send"),
        Example::new("how-to-send-en", "/how-to-send", "/how-to-send?lang=en"),
        Example::new("privacy", "/privacy", "/privacy"),
        Example::new("privacy-en", "/privacy", "/privacy?lang=en"),
        Example::new("no-such-page", NO_ROUTE, "/nothing").status(404),
        Example::new("no-such-page-en", NO_ROUTE, "/nothing?lang=en").status(404),
    ]
}
