//! The pages of one person behind a link of hers: a reader's choices, a contributor's news, an editor's decision.

use issues::{Item, ItemState};
use serde_json::json;
use subscribers::{Language, Purpose};
use zinas::newsroom::moderate::{Act, decide};
use zinas::store::SubscriptionRow;

use super::content::{HARM, HOSTILE, bridge, item_of, keep, long, short, take};
use super::people::{asks_in, reads, reads_in};
use super::{Example, NO_ROUTE};
use crate::support::letters::{link, waiting_for};
use crate::support::newsroom::{ANNA, from_anna};
use crate::support::site::{Site, now};

pub async fn examples(site: &Site) -> Vec<Example> {
    // First, since a sender of many news in an hour is told of no more.
    let mut all = decisions(site).await;
    all.extend(choices(site).await);
    all.extend(news(site).await);
    all
}

async fn choices(site: &Site) -> Vec<Example> {
    let (own, data) = ("/preferences/{token}", "/mine/{token}");
    let (erase, elsewhere, address) = ("/mine/{token}/erase", "/mine/{token}/address", "/address/{token}");
    let by = |id| site.path("preferences", Purpose::Preferences, id);
    let latvian = reads(site, "Anna.Berzina@pasts.example").await;
    let english = reads_in(site, "emma@reads.example", Language::English).await;
    let pausing = by(reads(site, "velta@lasa.example").await.public_id);
    let moving = reads(site, "maija@lasa.example").await;
    let moved = reads(site, "marija@lasa.example").await;
    let waiting = by(asks_in(site, "guna@lasa.example", Language::Latvian).await.public_id);
    let erased = mine(site, &reads(site, "austra@lasa.example").await).await;
    let (hers, hers_in_english) = (mine(site, &latvian).await, mine(site, &english).await);
    let movers = mine(site, &reads(site, "zelma@lasa.example").await).await;
    let mut links = Vec::new();
    for (row, new) in [(&moving, "maija@jauna.example"), (&moved, "marija@jauna.example")] {
        let own = mine(site, row).await;
        site.post(&format!("{own}/address"), &[("do", "address"), ("email", new)]).await;
        links.push(link(&waiting_for(&site.app, new).await[0], "/address/"));
    }
    let (latvian, english) = (by(latvian.public_id), by(english.public_id));
    vec![
        Example::new("preferences", own, &latvian),
        Example::new("preferences-en", own, &english),
        Example::new("preferences-moving", own, by(moving.public_id)),
        Example::new("preferences-refused", own, &pausing)
            .fill(json!({ "pause": { "choose": "until" }, "day": "2026-01-01", "municipality": HOSTILE }))
            .press("save")
            .status(422),
        Example::new("preferences-saved", own, &pausing)
            .fill(json!({ "pause": { "choose": "until" }, "day": "2027-01-15", "municipality": HOSTILE, "plain_text": true }))
            .press("save")
            .follows(),
        Example::new("preferences-link-asked", own, &pausing).press("own").follows(),
        Example::new("mine-address", elsewhere, format!("{movers}/address")),
        Example::new("mine-address-refused", elsewhere, format!("{movers}/address"))
            .fill(json!({ "email": "mailer-daemon@jauna.example" }))
            .press("address")
            .status(422),
        Example::new("mine-address-asked", elsewhere, format!("{movers}/address"))
            .fill(json!({ "email": "zelma@jauna.example" }))
            .press("address"),
        Example::new("preferences-none", own, waiting),
        Example::new("preferences-forged", own, "/preferences/forged").status(404),
        Example::new("data", data, &hers),
        Example::new("data-en", data, &hers_in_english),
        Example::new("erase", erase, format!("{hers}/erase")),
        Example::new("erase-en", erase, format!("{hers_in_english}/erase")),
        Example::new("erase-refused", erase, format!("{hers}/erase")).press("erase").status(422),
        Example::new("erased", erase, format!("{erased}/erase")).fill(json!({ "sure": true })).press("erase"),
        Example::new("address", address, &links[0]),
        Example::new("address-moved", address, &links[1]).press("confirm"),
    ]
}

/// Where the link leads that is mailed to a reader for what is hers alone.
async fn mine(site: &Site, row: &SubscriptionRow) -> String {
    site.post(&site.path("preferences", Purpose::Preferences, row.public_id), &[("do", "own")]).await;
    link(&waiting_for(&site.app, row.address.as_str()).await.pop().unwrap(), "/mine/")
}

async fn news(site: &Site) -> Vec<Example> {
    let route = "/news/{token}";
    let mut pages = Vec::new();
    for content in
        [bridge(site).await, long(site).await, short(), bridge(site).await, short(), short(), short()]
    {
        let item = keep(site, &content).await;
        let row = site.app.store.item(item).await.unwrap().unwrap();
        pages.push((item, site.path("news", Purpose::Contribution, row.public_id)));
    }
    let mailed = item_of(
        site,
        take(site, from_anna(&format!("Talka {HARM}"), "Sestdien talka pie ezera, nāciet visi!")).await,
    )
    .await;
    let question = format!("Cikos sākas talka?\n\nKas fotografēja? {HARM}");
    decide(&site.app, mailed, None, Act::Ask { question }, ANNA).await.unwrap();
    let row = site.app.store.item(mailed).await.unwrap().unwrap();
    let asked = site.path("news", Purpose::Contribution, row.public_id);
    decide(&site.app, pages[4].0, None, Act::Approve, ANNA).await.unwrap();
    let reason = format!("Mūsu izdevumā reklāmu nav. {HARM}");
    decide(&site.app, pages[5].0, None, Act::Reject { reason }, ANNA).await.unwrap();
    let before = site.app.store.item(pages[6].0).await.unwrap().unwrap();
    let state = ItemState::Published { issue: 1, at: now() };
    let after = Item { state, content: before.item.content.clone() };
    let mut write = site.app.store.write().await.unwrap();
    assert!(write.change_item(&before, &after, "", "schedule", "publish", now()).await.unwrap());
    write.commit().await.unwrap();
    let page = |at: usize| pages[at].1.as_str();
    let old = site.app.token_of(Purpose::Contribution, 1, "2025-01-01".parse().unwrap());
    vec![
        Example::new("news", route, page(0)),
        Example::new("news-en", route, format!("{}?lang=en", page(0))),
        Example::new("news-long", route, page(1)),
        Example::new("news-withdrawn", route, page(2)).press("withdraw"),
        Example::new("news-overtaken", route, page(3))
            .fill(json!({ "revision": "7" }))
            .press("withdraw")
            .status(409),
        Example::new("news-asked", route, asked),
        Example::new("news-approved", route, page(4)),
        Example::new("news-rejected", route, page(5)),
        Example::new("news-published", route, page(6)),
        Example::new("news-expired", route, format!("/news/{}", old.as_str())).status(410),
    ]
}

async fn decisions(site: &Site) -> Vec<Example> {
    let (decide, by_link) = ("/decide/{token}", "/desk/sign-in/{token}");
    let (_, waiting) = site.keep(&bridge(site).await).await;
    let mut undescribed = bridge(site).await;
    undescribed.photos[0].alt.clear();
    let (_, lacking) = site.keep(&undescribed).await;
    let (_, long) = site.keep(&long(site).await).await;
    let (_, approved) = site.keep(&short()).await;
    let (_, asked) = site.keep(&short()).await;
    let (_, late) = site.keep(&short()).await;
    let (email, bad) = (json!({ "email": "anna@redaktore.example" }), json!({ "email": HARM }));
    vec![
        Example::new("decide", decide, waiting),
        Example::new("decide-long", decide, long),
        Example::new("decide-refused", decide, lacking)
            .fill(json!({ "title": "" }))
            .press("approve")
            .status(422),
        Example::new("decide-nobody", decide, asked)
            .fill(json!({ "question": "Kas fotografējis?" }))
            .press("ask")
            .status(422),
        Example::new("decide-late", decide, late)
            .fill(json!({ "title": HARM, "revision": "7" }))
            .press("approve")
            .status(409),
        Example::new("decided", decide, approved).press("approve"),
        Example::new("link-forged", NO_ROUTE, "/leave/forged").status(404),
        Example::new("sign-in", "/desk/sign-in", "/desk/sign-in"),
        Example::new("sign-in-en", "/desk/sign-in", "/desk/sign-in?lang=en"),
        Example::new("sign-in-refused", "/desk/sign-in", "/desk/sign-in").fill(bad).pressed().status(422),
        Example::new("sign-in-asked", "/desk/sign-in", "/desk/sign-in").fill(email).pressed(),
        Example::new("sign-in-enter", by_link, site.sign_in_link(0).await),
        Example::new("sign-in-forged", by_link, "/desk/sign-in/forged").status(404),
        Example::new("sessions", "/desk/sessions", "/desk/sessions"),
        Example::new("sessions-en", "/desk/sessions", "/desk/sessions").english(),
    ]
}
