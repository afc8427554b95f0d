//! Readers at the desk: the list, one person, and bringing a list along.

use serde_json::json;
use subscribers::SuppressionReason;
use zinas::newsroom::people::{self, suppress};
use zinas::store::address_hash;

use super::content::{ENDLESS, HARM, HOSTILE};
use super::people::{lives_in, reads};
use super::{Example, asks};
use crate::support::newsroom::FORM;
use crate::support::site::Site;

pub async fn examples(site: &Site) -> Vec<Example> {
    let (list, one) = ("/desk/readers", "/desk/readers/{id}");
    let (erase, import) = ("/desk/readers/{id}/erase", "/desk/import");
    let reader = reads(site, "milda@lasa.example").await;
    let leaving = reads(site, "vija@lasa.example").await;
    let long = format!("{}@{}.example", "loti-gara-adrese".repeat(3), "garumzimes".repeat(6));
    let long = lives_in(site, &long, HOSTILE).await;
    let bounced = reads(site, "zigrida@lasa.example").await;
    let mut write = site.app.store.write().await.unwrap();
    let (hash, reply) = (address_hash(&bounced.address), format!("550 5.1.1 {HARM} {ENDLESS} no such user"));
    suppress(&site.app, &mut write, &hash, Some(bounced.id), SuppressionReason::HardBounce, &reply)
        .await
        .unwrap();
    write.commit().await.unwrap();
    people::leave(&site.app, leaving.public_id, FORM).await.unwrap();
    let of = |name, id: i64| Example::new(name, one, format!("/desk/readers/{id}"));
    let rows = format!(
        "epasts;novads\r\nmara@example.lv;Jēkabpils\r\nnobody\r\n{};\r\nvija@lasa.example;\r\n\"mara@example.lv\";\r\n",
        HARM.replace('"', "")
    );
    let file = json!({ "list": { "file": "<x-owned>.csv", "text": rows }, "consent": HARM });
    let strange = json!({ "list": { "file": "x.csv", "text": "a;b\r\nc;d\r\n" } });
    let gone = reads(site, "velga@lasa.example").await;
    vec![
        Example::new("readers", list, "/desk/readers"),
        Example::new("readers-en", list, "/desk/readers").english(),
        Example::new("readers-left", list, "/desk/readers?state=unsubscribed"),
        Example::new("readers-found", list, "/desk/readers?q=lasa"),
        Example::new("readers-nobody", list, format!("/desk/readers?q={}", "nevieneneviena".repeat(7))),
        Example::new("readers-hostile", list, asks("/desk/readers?q=", HARM)),
        Example::new("readers-refused", list, "/desk/readers")
            .fill(json!({ "email": HARM }))
            .press_at("form[action='/desk/readers/add'] button")
            .status(422),
        of("reader", reader.id),
        of("reader-en", reader.id).english(),
        of("reader-long", long.id),
        of("reader-left", leaving.id),
        of("reader-bounced", bounced.id),
        of("reader-unreasoned", bounced.id).press("lift").status(422),
        Example::new("reader-erase", erase, format!("/desk/readers/{}/erase", reader.id)),
        Example::new("reader-erase-en", erase, format!("/desk/readers/{}/erase", reader.id)).english(),
        Example::new("reader-erase-unsure", erase, format!("/desk/readers/{}/erase", reader.id))
            .pressed()
            .status(422),
        Example::new("reader-erased", erase, format!("/desk/readers/{}/erase", gone.id))
            .fill(json!({ "sure": true }))
            .pressed(),
        Example::new("import", import, "/desk/import"),
        Example::new("import-en", import, "/desk/import").english(),
        Example::new("import-nothing", import, "/desk/import").press("look").status(422),
        Example::new("import-strange", import, "/desk/import").fill(strange).press("look").status(422),
        Example::new("import-looked", import, "/desk/import").fill(file).press("look"),
    ]
}
