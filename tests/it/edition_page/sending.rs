//! An issue that goes out: held, paused, cancelled, and who got it.

use std::collections::HashMap;

use chrono::TimeDelta;
use reqwest::StatusCode;
use zinas::newsroom::edition;

use super::{confirm, issue, location, offered, put_together, send_at_desk};
use crate::support::desk::Desk;
use crate::support::outbox::{counts, keeping, later, outbox, until_idle};
use crate::support::sink::{Act, Script, Sink};
use crate::support::site::{Site, now, on_both_databases};

on_both_databases! {
    the_hold_can_be_stopped_and_gone_on_with
    an_issue_that_goes_out_is_counted_paused_and_cancelled
    everybody_is_told_apart_afterwards
}

async fn the_hold_can_be_stopped_and_gone_on_with(site: Site) {
    let desk = site.desk(0).await;
    site.confirmed("anna@readers.example").await;
    let (id, items) = put_together(&site, &desk, &["Pirmā", "Otrā"]).await;
    let path = format!("/desk/issue/{id}");
    let page = desk.page(&format!("{path}/send")).await;
    assert!(page.contains("Tūlīt.") && page.contains("plkst.\u{a0}12.10"), "{page}");
    let sent = location(&confirm(&desk, &format!("{path}/send"), &offered(&page)).await);
    let page = desk.page(&sent).await;
    assert!(page.contains("Decembra numurs ir ceļā"));
    assert!(page.contains("Pirmā vēstule aizies plkst.\u{a0}12.10. Līdz tam visu var apturēt."));
    location(&desk.post(&path, &[("do", "pause")]).await);
    site.app.clock.advance_to(now() + TimeDelta::hours(1));
    assert!(!edition::advance(&site.app).await.unwrap());
    let page = desk.page(&path).await;
    assert!(page.contains("Neviena vēstule nav aizgājusi") && page.contains("sāks iet uzreiz"));
    assert_eq!(desk.post(&path, &[("do", "pause")]).await.status(), StatusCode::CONFLICT);
    let stop = desk.page(&format!("{path}/stop")).await;
    assert!(stop.contains("Neviena vēstule vēl nav aizgājusi"));
    let stopped = location(&desk.post(&format!("{path}/stop"), &[]).await);
    let page = desk.page(&stopped).await;
    assert!(page.contains("Ziņas atkal ir brīvas nākamajam numuram"));
    for item in items {
        assert_eq!(site.app.store.item(item).await.unwrap().unwrap().item.state.name(), "approved");
    }
    for verb in ["resume", "pause"] {
        assert_eq!(desk.post(&path, &[("do", verb)]).await.status(), StatusCode::CONFLICT);
    }
    assert_eq!(desk.get(&format!("{path}/stop")).await.status(), StatusCode::CONFLICT);
    assert_eq!(desk.post(&format!("{path}/stop"), &[]).await.status(), StatusCode::CONFLICT);
}

/// Mails that went to readers of the issue, beside the single ones.
fn bulletins(sink: &Sink) -> usize {
    let is = |mail: &crate::support::sink::Mail| String::from_utf8_lossy(&mail.bytes).contains("List-Id:");
    sink.mails().iter().filter(|mail| is(mail)).count()
}

/// An issue whose hold is over, to so many readers.
async fn going(site: &Site, desk: &Desk<'_>, readers: &[&str]) -> i64 {
    for reader in readers {
        site.confirmed(reader).await;
    }
    let (id, _) = put_together(site, desk, &["Pirmā", "Otrā"]).await;
    send_at_desk(desk, id).await;
    site.app.clock.advance_to(now() + TimeDelta::minutes(10));
    assert!(edition::advance(&site.app).await.unwrap());
    id
}

async fn an_issue_that_goes_out_is_counted_paused_and_cancelled(site: Site) {
    let desk = site.desk(0).await;
    let say = |words: &str| Act::Say(words.to_owned());
    let script = Script {
        keep: true,
        recipients: HashMap::from([
            ("slow@pasts.example".to_owned(), say("451 4.7.1 <slow@pasts.example> later")),
            ("gone@kaste.example".to_owned(), say("550 5.1.1 no such user")),
        ]),
        ..Script::default()
    };
    let sink = Sink::listen(&format!("127.0.0.1:{}", site.app.config.outbound.port), script, None).unwrap();
    let readers = ["one@pasts.example", "two@pasts.example", "slow@pasts.example", "gone@kaste.example"];
    let id = going(&site, &desk, &readers).await;
    let path = format!("/desk/issue/{id}");
    let page = desk.page("/desk/issue").await;
    assert!(page.contains("no 4\u{a0}lasītājiem") && page.contains("vēl rindā 4"), "{page}");
    let mut outbox = outbox(&site.app).await;
    until_idle(&mut outbox).await;
    assert_eq!(counts(&site.app, id).await, "accepted 2, deferred 1, refused 1");
    let page = desk.page(&path).await;
    for words in [
        "Pieņemtas 2, vēl rindā 0, lūdza pagaidīt 1, atteiktas 1, neskaidras 0",
        "Pasts.example lūdza sūtīt lēnāk. Mēģināsim atkal plkst.",
        "tā no saraksta jau ir izņemta",
        "<td>pasts.example</td>",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(location(&desk.post(&path, &[("do", "pause")]).await).contains("did=paused"));
    later(&site.app, &mut outbox, TimeDelta::hours(1)).await;
    assert_eq!(counts(&site.app, id).await, "accepted 2, deferred 1, refused 1", "what is paused waits");
    assert!(desk.page(&path).await.contains("Izsūtīšana apturēta"));
    location(&desk.post(&path, &[("do", "resume")]).await);
    assert_eq!(desk.post(&path, &[("do", "resume")]).await.status(), StatusCode::CONFLICT);
    let stop = desk.page(&format!("{path}/stop")).await;
    assert!(stop.contains("Vēstule jau ir pie 2\u{a0}lasītājiem. Vēl 1\u{a0}lasītājs to nesaņems"), "{stop}");
    assert_eq!(issue(&site, id).await.state.name(), "sending", "looking does not stop");
    location(&desk.post(&format!("{path}/stop"), &[]).await);
    let page = desk.page(&path).await;
    assert!(page.contains("Kas bija aizgājis, ir pie lasītājiem") && page.contains("nesūtītas 1"), "{page}");
    assert_eq!(bulletins(&sink), 2);
}

async fn everybody_is_told_apart_afterwards(site: Site) {
    let desk = site.desk(0).await;
    let say = |words: &str| Act::Say(words.to_owned());
    let script = Script {
        recipients: HashMap::from([
            ("full@kaste.example".to_owned(), say("552 5.2.2 <script>alert(1)</script> mailbox full")),
            ("gone@kaste.example".to_owned(), say("550 5.1.1 no such user")),
        ]),
        ..keeping()
    };
    let sink = Sink::listen(&format!("127.0.0.1:{}", site.app.config.outbound.port), script, None).unwrap();
    let mut readers: Vec<String> = (0..60).map(|number| format!("r{number}@pasts.example")).collect();
    readers.extend(["full@kaste.example".to_owned(), "gone@kaste.example".to_owned()]);
    let readers: Vec<&str> = readers.iter().map(String::as_str).collect();
    let id = going(&site, &desk, &readers).await;
    let mut outbox = outbox(&site.app).await;
    until_idle(&mut outbox).await;
    assert!(edition::advance(&site.app).await.unwrap());
    assert_eq!(bulletins(&sink), 60);
    let path = format!("/desk/issue/{id}");
    let page = desk.page(&path).await;
    assert!(page.contains("Izsūtīts") && page.contains("no 62\u{a0}lasītājiem"), "{page}");
    // The next draft is what is at hand now.
    assert!(desk.page("/desk/issue").await.contains("Janvāra numurs"));
    let page = desk.page(&format!("{path}/deliveries")).await;
    let gone = site.subscription("gone@kaste.example").await.id;
    assert!(page.contains(&format!("href=\"/desk/readers/{gone}\"")), "each leads to the reader: {page}");
    assert!(page.contains("Pastkaste ir pilna.") && page.contains("Šādas pastkastes nav."), "{page}");
    assert!(
        !page.contains("r1@pasts.example") && !page.contains("<script>") && page.contains("&lt;script&gt;")
    );
    let page = desk.page(&format!("{path}/deliveries?state=accepted")).await;
    assert_eq!(page.matches("@pasts.example</a></b>").count(), 50);
    let next = page.split("&amp;after=").nth(1).unwrap();
    let next = &next[..next.find('"').unwrap()];
    let page = desk.page(&format!("{path}/deliveries?state=accepted&after={next}")).await;
    assert_eq!(page.matches("@pasts.example</a></b>").count(), 10);
    assert!(!page.contains("&amp;after="));
    assert!(desk.page(&format!("{path}/deliveries?state=refused")).await.contains("gone@kaste.example"));
    assert_eq!(desk.get(&format!("{path}/deliveries?state=strange")).await.status(), StatusCode::NOT_FOUND);
    assert!(desk.page("/desk/issues").await.contains("62\u{a0}lasītāji"));
}
