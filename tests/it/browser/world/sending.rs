//! Issues that are approved, go out, have gone out, or were stopped.

use std::collections::HashMap;

use chrono::TimeDelta;
use zinas::newsroom::edition::{self, assemble_at_desk};
use zinas::store::ItemRow;

use super::content::{ENDLESS, HARM};
use super::sheet::approved;
use super::{Example, Room};
use crate::support::outbox::{outbox, say, until_idle};
use crate::support::sink::{Script, Sink};
use crate::support::site::{Site, now};

const ONE: &str = "/desk/issue/{id}";
const ITEM: &str = "/desk/item/{id}";
const STOP: &str = "/desk/issue/{id}/stop";
const DELIVERIES: &str = "/desk/issue/{id}/deliveries";

/// An issue on its way, as far as the servers of its readers let it.
async fn go(site: &Site, patient: bool) -> i64 {
    let mut script = Script { keep: true, ..Script::default() };
    let (gone, full) = ("gone@kaste.example".to_owned(), "full@kaste.example".to_owned());
    script.recipients = HashMap::from([
        (gone, say("550 5.1.1 no such user")),
        (full, say(&format!("552 5.2.2 {HARM} {ENDLESS} mailbox full"))),
    ]);
    if patient {
        script.recipients.insert("slow@pasts.example".to_owned(), say("451 4.7.1 come back later"));
    }
    let sink = Sink::listen(&format!("127.0.0.1:{}", site.app.config.outbound.port), script, None).unwrap();
    for reader in 0..9 {
        site.confirmed(&format!("reader{reader}@pasts.example")).await;
    }
    for reader in ["slow@pasts.example", "gone@kaste.example", "full@kaste.example"] {
        site.confirmed(reader).await;
    }
    approved(site).await;
    let issue = assemble_at_desk(&site.app, None).await.unwrap().id;
    edition::send(&site.app, Some(issue), "Anna Miglasēta").await.unwrap();
    site.app.clock.advance_to(now() + TimeDelta::minutes(10));
    assert!(edition::advance(&site.app).await.unwrap());
    until_idle(&mut outbox(&site.app).await).await;
    drop(sink);
    issue
}

/// Amid the sending: most have it, one server asks for patience, some refused.
pub async fn room() -> Room {
    let site = Site::on_sqlite().await;
    let issue = go(&site, true).await;
    let path = |below: &str| format!("/desk/issue/{issue}{below}");
    let examples = vec![
        Example::new("sending", "/desk/issue", "/desk/issue"),
        Example::new("sending-en", ONE, path("")).english().follows(),
        Example::new("sending-stop", STOP, path("/stop")).follows(),
        Example::new("sending-stop-en", STOP, path("/stop")).english().follows(),
        Example::new("sending-paused", ONE, path("")).press("pause").follows(),
        Example::new("deliveries", DELIVERIES, path("/deliveries")),
        Example::new("deliveries-en", DELIVERIES, path("/deliveries")).english(),
        Example::new("deliveries-all", DELIVERIES, path("/deliveries?state=all")),
        Example::new("deliveries-refused", DELIVERIES, path("/deliveries?state=refused")),
        Example::new("deliveries-nowhere", DELIVERIES, path("/deliveries?state=x")).status(404),
    ];
    Room { site, examples }
}

/// An item of this issue with a photo, a date and a place, of which nothing can be changed any more.
async fn settled(site: &Site, issue: i64) -> i64 {
    let rows = site.app.store.items(site.app.publication, "").await.unwrap();
    let whole = |row: &ItemRow| {
        !row.item.content.photos.is_empty() && !row.item.content.places[0].place.contains(HARM)
    };
    rows.iter().find(|row| row.item.state.issue() == Some(issue) && whole(row)).unwrap().id
}

/// One issue has gone out; the next is approved, in its hold, held back, and stopped.
pub async fn sent() -> Room {
    let site = Site::on_sqlite().await;
    let first = go(&site, false).await;
    assert!(edition::advance(&site.app).await.unwrap(), "all is settled");
    approved(&site).await;
    let next = assemble_at_desk(&site.app, None).await.unwrap().id;
    assert_ne!(first, next);
    edition::approve(&site.app, Some(next), "Anna Miglasēta").await.unwrap();
    let path = |issue: i64, below: &str| format!("/desk/issue/{issue}{below}");
    let (public, planned) = (settled(&site, first).await, settled(&site, next).await);
    let examples = vec![
        Example::new("sent", ONE, path(first, "")),
        Example::new("sent-en", ONE, path(first, "")).english(),
        Example::new("item-sent", ITEM, format!("/desk/item/{public}")),
        Example::new("item-sent-en", ITEM, format!("/desk/item/{public}")).english(),
        Example::new("sent-deliveries", DELIVERIES, path(first, "/deliveries")),
        Example::new("issues-sent", "/desk/issues", "/desk/issues"),
        Example::new("approved", ONE, path(next, "")),
        Example::new("item-in-approved", ITEM, format!("/desk/item/{planned}")).follows(),
        Example::new("approved-stop", STOP, path(next, "/stop")).follows(),
        Example::new("hold", "/desk/issue/{id}/send", path(next, "/send")).pressed().follows(),
        Example::new("hold-paused", ONE, path(next, "")).press("pause").follows(),
        Example::new("stopped", STOP, path(next, "/stop")).pressed().follows(),
    ];
    Room { site, examples }
}
