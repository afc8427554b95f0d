//! The page of an item at the desk.

use chrono::Weekday;
use issues::{Item, ItemState, LocalMoment, WEEKDAY_MISMATCH, WebLink};
use serde_json::json;
use zinas::newsroom::moderate::{Act, Who, decide};

use super::Example;
use super::content::{ENDLESS, HARM, bridge, hostile, item_of, keep, long, short, take};
use crate::month::phone_photo;
use crate::support::site::{Site, now};

const ROUTE: &str = "/desk/item/{id}";
const FRAME: &str = "/desk/message/{id}/html";

fn of(name: &'static str, item: i64) -> Example {
    Example::new(name, ROUTE, format!("/desk/item/{item}"))
}

pub async fn examples(site: &Site) -> Vec<Example> {
    let mut items = Vec::new();
    for content in [bridge(site).await, long(site).await, short(), bridge(site).await, short()] {
        items.push(keep(site, &content).await);
    }
    let mailed = item_of(site, take(site, phone_photo()).await).await;
    let foreign = item_of(site, take(site, hostile("Balle Saukā")).await).await;
    let mut lacking = bridge(site).await;
    lacking.photos[0].alt.clear();
    let lacking = keep(site, &lacking).await;
    let mut torn = bridge(site).await;
    let event = &mut torn.events[0];
    event.start = LocalMoment::parse("2026-12-06T11:00");
    event.warn = Some(WEEKDAY_MISMATCH.into());
    event.weekday = Some(Weekday::Sat);
    let torn = keep(site, &torn).await;
    let anna = Who { by: "Anna Miglasēta", channel: "desk" };
    for text in ["Pirmais labojums pie tiltiņa.", "Otrais labojums pie tiltiņa un upes."] {
        let change = issues::Change { field: "text".to_owned(), value: text.to_owned() };
        decide(&site.app, items[3], None, Act::Edit(vec![change]), anna).await.unwrap();
    }
    let mut plain = bridge(site).await;
    plain.text = "Biedrība \"Sēlijas salas\" aicina uz atklāšanu - nāciet visi...\n\nTiekamies 5.decembrī plkst. 11:00 pie \
                  upes, Nr. 3. Vairāk: https://sunakste.example/tiltins..."
        .to_owned();
    let event = &mut plain.events[0];
    event.place = Some(format!("Sunākstes tautas nams, {ENDLESS}"));
    event.price = Some("5 €, bērniem bez maksas".to_owned());
    event.link = WebLink::parse("https://sunakste.example/tiltins/atklasana/biletes");
    let plain = keep(site, &plain).await;
    let earlier = site.desk(0).await.form;
    let before = site.app.store.item(items[4]).await.unwrap().unwrap();
    let state = ItemState::Published { issue: 1, at: now() };
    let after = Item { state, content: before.item.content.clone() };
    let mut write = site.app.store.write().await.unwrap();
    assert!(write.change_item(&before, &after, "", "schedule", "publish", now()).await.unwrap());
    write.commit().await.unwrap();
    vec![
        of("item-page", items[0]),
        of("item-page-en", items[0]).english(),
        of("item-page-long", items[1]),
        of("item-page-mailed", mailed).frames(FRAME),
        of("item-page-mailed-en", mailed).frames(FRAME).english(),
        of("item-page-hostile", foreign).frames(FRAME),
        of("item-page-contradiction", torn),
        of("item-page-unchosen", torn).press("approve").status(422),
        of("item-page-suggestions", plain),
        of("item-page-suggestions-en", plain).english(),
        // The page that was open when another session began, and when the last one ended.
        of("item-page-kept", plain)
            .fill(json!({ "form": earlier, "title": HARM, "text": format!("{HARM} {ENDLESS}\n\nOtrā rindkopa.") }))
            .press("save")
            .status(403),
        of("item-page-kept-out", plain)
            .fill(json!({ "title": HARM, "text": format!("{HARM} {ENDLESS}\n\nOtrā rindkopa.") }))
            .press("save")
            .ends()
            .status(403),
        of("item-page-edited", items[3]),
        of("item-page-published", items[4]),
        of("item-page-refused", lacking)
            .fill(json!({ "title": "", "text": HARM, "events.0.end_date": "2026-12-01", "question": "x".repeat(3_000) }))
            .press("approve")
            .status(422),
        of("item-page-late", items[3])
            .fill(json!({ "revision": "1", "title": HARM, "text": "Pavisam cits teksts par tiltiņu." }))
            .press("save")
            .status(409),
        // The next in the queue.
        of("item-page-decided", items[2]).press("postpone"),
        Example::new("item-page-nowhere", ROUTE, "/desk/item/99999").status(404),
        Example::new("item-page-nowhere-en", ROUTE, "/desk/item/99999").english().status(404),
    ]
}
