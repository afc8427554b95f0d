//! An issue that is being made: arranged, looked at, and about to be approved.

use serde_json::json;
use zinas::newsroom::edition::assemble_at_desk;
use zinas::newsroom::moderate::{Act, decide};

use super::content::{HARM, HOSTILE, bridge, keep, long, short};
use super::{Example, Room};
use crate::edition_page::findings::with_every_fault;
use crate::support::newsroom::ANNA;
use crate::support::site::Site;

const VIEW: &str = "/desk/issue/{id}/view/{view}";
const FRAME: &str = "/desk/issue/{id}/frame/{view}";

/// Items that may go out: approved, with what an issue asks for.
pub async fn approved(site: &Site) {
    for content in [bridge(site).await, long(site).await, short(), bridge(site).await] {
        let item = keep(site, &content).await;
        decide(&site.app, item, None, Act::Approve, ANNA).await.unwrap();
    }
}

pub async fn room() -> Room {
    let site = Site::on_sqlite().await;
    for reader in 0..3 {
        site.confirmed(&format!("reader{reader}@readers.example")).await;
    }
    approved(&site).await;
    let issue = assemble_at_desk(&site.app, None).await.unwrap().id;
    // One waits outside, and one for a decision.
    let item = keep(&site, &bridge(&site).await).await;
    decide(&site.app, item, None, Act::Approve, ANNA).await.unwrap();
    keep(&site, &short()).await;
    let path = |below: &str| format!("/desk/issue/{issue}{below}");
    let (at_hand, one, old) = ("/desk/issue", "/desk/issue/{id}", json!({ "was": "old" }));
    let (approve, send) = ("/desk/issue/{id}/approve", "/desk/issue/{id}/send");
    let words = json!({ "was": "old", "subject": HOSTILE, "note": HARM });
    let mut examples = vec![
        Example::new("sheet", at_hand, "/desk/issue"),
        Example::new("sheet-worded", one, path(""))
            .fill(json!({ "subject": HOSTILE, "note": format!("{HARM}\n\njavascript:owned()") }))
            .press("words"),
        Example::new("sheet-en", at_hand, "/desk/issue").english(),
        Example::new("sheet-moved", one, path("?did=moved&item=1")),
        Example::new("sheet-late", one, path("")).fill(old).press("order").status(409),
        Example::new("sheet-words-late", one, path("")).fill(words).press("words").status(409),
        Example::new("sheet-words-refused", one, path(""))
            .fill(json!({ "subject": "ā".repeat(121), "note": "Ievads" }))
            .press("words")
            .status(422),
        Example::new("issues", "/desk/issues", "/desk/issues"),
        Example::new("issues-en", "/desk/issues", "/desk/issues").english(),
        Example::new("sheet-approve", approve, path("/approve")),
        Example::new("sheet-approve-en", approve, path("/approve")).english(),
        Example::new("sheet-approve-late", approve, path("/approve"))
            .fill(json!({ "hash": "old" }))
            .pressed()
            .status(409),
        Example::new("sheet-send", send, path("/send")),
        Example::new("sheet-send-en", send, path("/send")).english(),
        Example::new("sheet-nowhere", one, "/desk/issue/999").status(404),
    ];
    for (name, view) in [
        ("view-phone", "phone"),
        ("view-desktop", "desktop"),
        ("view-dark", "dark"),
        ("view-inverted", "inverted"),
        ("view-images-off", "images-off"),
        ("view-text", "text"),
        ("view-print", "print"),
    ] {
        examples.push(Example::new(name, VIEW, path(&format!("/view/{view}"))).frames(FRAME));
    }
    let english = path("/view/phone?lang=en");
    examples.push(Example::new("view-phone-en", VIEW, english).frames(FRAME).english());
    Room { site, examples }
}

/// An issue with every finding.
pub async fn faulty() -> Room {
    let site = Site::on_sqlite().await;
    with_every_fault(&site).await;
    let examples = vec![
        Example::new("sheet-faulty", "/desk/issue", "/desk/issue"),
        Example::new("sheet-faulty-en", "/desk/issue", "/desk/issue").english(),
    ];
    Room { site, examples }
}
