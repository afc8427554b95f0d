//! What the desk shows of all items and mails: the queue, decisions, quarantine, moments, keys.

use zinas::inbound::intake::Intake as _;
use zinas::inbound::intake::Source;
use zinas::newsroom::intake::Door;
use zinas::newsroom::moderate::{Act, Who, decide};
use zinas::newsroom::quarantine::{Treat, treat};

use super::Example;
use super::content::{ENDLESS, HARM, bridge, hostile, keep, newest, short, take};
use crate::support::newsroom::{address, arrival, key};
use crate::support::site::Site;
use serde_json::json;

const MESSAGE: &str = "/desk/message/{id}";
const FRAME: &str = "/desk/message/{id}/html";

/// A mail of somebody from whom nothing is taken any more.
async fn kept_aside(site: &Site) -> i64 {
    let mut write = site.app.store.write().await.unwrap();
    let (sender, by) = (address("reklama@veikals.example"), format!("Anna {HARM}"));
    write.block_sender(site.app.publication, &sender, &by, site.app.clock.now()).await.unwrap();
    write.commit().await.unwrap();
    let advert = format!(
        "From: \"Lielveikals {ENDLESS}\" <{}>\r\nTo: <info@selija.com>\r\nSubject: Akcija\r\n\
         Message-ID: <akcija@veikals.example>\r\n\r\nTikai šonedēļ visas preces ar atlaidi, nāciet!\r\n",
        sender.as_str()
    );
    take(site, advert.into_bytes()).await
}

/// A mail that stayed on the server: only its head is here.
async fn too_large(site: &Site, uid: u32) -> i64 {
    let head = format!(
        "From: \"{} {ENDLESS}\" <ilze@ciems.example>\r\nTo: <info@selija.com>\r\nSubject: Bildes no talkas {uid} {HARM}\r\n\
         Message-ID: <bildes{uid}@ciems.example>\r\n\r\n",
        HARM.replace('"', "\\\"")
    );
    let arrival = arrival(head.into_bytes(), Source::Imap(key(uid)));
    Door(site.app.clone()).store_head(arrival, 60 << 20).await.unwrap();
    newest(site).await
}

async fn decided(site: &Site) {
    let anna = Who { by: "Anna Miglasēta", channel: "desk" };
    let acts = [
        Act::Approve,
        Act::Postpone { to: None },
        Act::Reject { reason: format!("Jau bija. {HARM} {ENDLESS}") },
        Act::Reject { reason: "Reklāma.".to_owned() },
    ];
    for act in acts {
        let item = keep(site, &short()).await;
        decide(&site.app, item, None, act, anna).await.unwrap();
    }
    let item = keep(site, &bridge(site).await).await;
    decide(&site.app, item, None, Act::Approve, anna).await.unwrap();
}

pub async fn examples(site: &Site) -> Vec<Example> {
    decided(site).await;
    let foreign = take(site, hostile("Balle")).await;
    let (held, treated) = (too_large(site, 3).await, too_large(site, 4).await);
    treat(&site.app, treated, Treat::SetAside, "Anna Miglasēta").await.unwrap();
    let late = too_large(site, 5).await;
    let aside = kept_aside(site).await;
    let mut bomb = Vec::from("From: <balle@sauka.example>\r\nSubject: Matrjoška\r\n");
    bomb.extend_from_slice("Content-Type: message/rfc822\r\n\r\n".repeat(200).as_bytes());
    let bomb = take(site, bomb).await;
    let list = |name, query: &str| Example::new(name, "/desk", format!("/desk{query}"));
    let message = |name, id: i64| Example::new(name, MESSAGE, format!("/desk/message/{id}"));
    vec![
        list("queue", ""),
        list("queue-en", "").english(),
        list("queue-asked", "?state=asked"),
        list("queue-approved", "?state=approved"),
        list("queue-postponed", "?state=postponed"),
        list("queue-rejected", "?state=rejected"),
        list("queue-quarantine", "?state=quarantine"),
        list("queue-quarantine-en", "?state=quarantine").english(),
        Example::new("queue-nowhere", "/desk", "/desk?state=x").status(404),
        Example::new("decisions", "/desk/decisions", "/desk/decisions"),
        Example::new("decisions-en", "/desk/decisions", "/desk/decisions").english(),
        Example::new("decisions-late", "/desk/decisions", "/desk/decisions")
            .fill(json!({ "revision": "7" }))
            .press_at("form[action$='/undo'] button >> nth=0")
            .status(409),
        message("message", foreign).frames(FRAME),
        message("message-en", foreign).frames(FRAME).english(),
        message("message-held", held),
        message("message-held-en", held).english(),
        message("message-bomb", bomb),
        message("message-aside", aside),
        message("message-aside-en", aside).english(),
        message("message-treated", treated),
        message("message-late", late).press("nothing"),
        Example::new("moments", "/desk/moments", "/desk/moments"),
        Example::new("moments-en", "/desk/moments", "/desk/moments").english(),
        Example::new("keys", "/desk/keys", "/desk/keys"),
        Example::new("keys-en", "/desk/keys", "/desk/keys").english(),
    ]
}
