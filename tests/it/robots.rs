//! What robots of mail servers do to links, on both databases: they open every one of every mail, and nothing comes of it.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use quoted_printable::ParseMode;
use reqwest::{Method, StatusCode};
use subscribers::Language;
use zinas::newsroom::moderate::{Act, Who, decide};
use zinas::newsroom::people::Origin;
use zinas::newsroom::{readers, told, unanswered, waiting};

use crate::support::newsroom::{address, from_anna, receive, route_all};
use crate::support::outbox::{keeping, outbox, until_idle};
use crate::support::sink::Sink;
use crate::support::site::{Site, on_both_databases};

on_both_databases! {
    links_of_mails_that_no_month_brings_do_nothing_by_being_opened
}

/// Mails of the newsroom that the unattended month, which opens its own links, does not bring.
const KINDS: [&str; 13] = [
    "notice",
    "by_reply",
    "decided",
    "undone",
    "waiting",
    "question",
    "question_reminder",
    "decision",
    "sign_in",
    "own",
    "leave_link",
    "new_address",
    "confirmation",
];

async fn links_of_mails_that_no_month_brings_do_nothing_by_being_opened(site: Site) {
    every_kind(&site).await;
    let base = site.app.config.public_url.as_str().trim_end_matches('/').to_owned();
    let mut links = BTreeSet::new();
    for kind in KINDS {
        let mails = site.mails(kind).await;
        assert!(!mails.is_empty(), "no mail of the kind {kind}");
        let of_kind: BTreeSet<String> = mails.into_iter().flat_map(|mail| links_of(&mail, &base)).collect();
        assert!(!of_kind.is_empty(), "{kind} has no link");
        links.extend(of_kind);
    }
    let before = site.dump().await;
    for link in &links {
        for method in [Method::GET, Method::HEAD, Method::GET, Method::HEAD] {
            let status = site.request(method.clone(), link).send().await.unwrap().status();
            // The desk shows robots its door.
            let at_the_door = status == StatusCode::SEE_OTHER && link.starts_with("/desk");
            assert!(status.is_success() || at_the_door, "{method} {link}: {status}");
        }
    }
    assert_eq!(before, site.dump().await);
    // They are as good as before to whom they were sent.
    let sign_in = links.iter().find(|link| link.contains("/sign-in/")).unwrap();
    assert!(site.post(sign_in, &[]).await.headers().contains_key("set-cookie"));
}

/// The paths of links to us, wherever they stand in a mail: in its text, its HTML, or its fields.
fn links_of(mail: &[u8], base: &str) -> Vec<String> {
    let decoded = quoted_printable::decode(mail, ParseMode::Robust).unwrap();
    let mail = String::from_utf8_lossy(&decoded);
    let ends = |c: char| c.is_whitespace() || "\"'<>".contains(c);
    let from_base = mail.match_indices(base).map(|(at, _)| &mail[at + base.len()..]);
    let paths = from_base.map(|rest| &rest[..rest.find(ends).unwrap_or(rest.len())]);
    paths.filter(|path| path.starts_with('/')).map(|path| path.replace("&amp;", "&")).collect()
}

/// Makes the newsroom write one mail of each kind.
async fn every_kind(site: &Site) {
    let app = &site.app;
    let sink = Sink::listen(&format!("127.0.0.1:{}", app.config.outbound.port), keeping(), None).unwrap();
    let mut outbox = outbox(app).await;
    let editor = app.config.editors[0].address.as_str().to_owned();
    let velga = address("velga@salas.example");
    let mut write = app.store.write().await.unwrap();
    let now = app.clock.now();
    write.keep_editor(app.publication, &velga, "Velga Ozola", Language::Latvian, now).await.unwrap();
    write.commit().await.unwrap();
    let by_velga = Who { by: "Velga Ozola", channel: "desk" };

    // An item is asked about, rejected, taken back, and waits for a day.
    receive(app, from_anna("Talka", "Sestdien talka pie ezera, nāciet visi!")).await;
    route_all(app).await;
    let item = app.store.items(app.publication, "pending").await.unwrap().pop().unwrap().id;
    decide(app, item, None, Act::Ask { question: "Vai līs?".to_owned() }, by_velga).await.unwrap();
    until_idle(&mut outbox).await;
    app.clock.advance_to(app.clock.now() + TimeDelta::minutes(1));
    decide(app, item, None, Act::Undo, by_velga).await.unwrap();
    decide(app, item, None, Act::Reject { reason: "Bija.".to_owned() }, by_velga).await.unwrap();
    app.clock.advance_to(app.clock.now() + TimeDelta::minutes(5));
    while told::step(app).await.unwrap() {}

    // Another is decided on by answering its notice, and a third waits.
    receive(app, from_anna("Ezera svētki", "Svētdien svētki pie ezera, nāciet visi!")).await;
    route_all(app).await;
    let notice = site.mails("notice").await.pop().unwrap();
    let notice = String::from_utf8_lossy(&notice).into_owned();
    let to = notice.lines().find_map(|line| line.strip_prefix("To: ")).unwrap();
    let reply_to = notice.lines().find_map(|line| line.strip_prefix("Reply-To: ")).unwrap();
    assert!([editor.as_str(), velga.as_str()].iter().any(|editor| to.contains(editor)), "{to}");
    let domain = to.trim_end_matches('>').rsplit_once('@').unwrap().1;
    let answer = format!(
        "Authentication-Results: mail.selija.com; dmarc=pass header.from={domain}\r\nFrom: {to}\r\n\
         To: {reply_to}\r\nSubject: Re: Ezera\r\nMessage-ID: <a1@salas.example>\r\n\r\nok\r\n"
    );
    receive(app, answer.into_bytes()).await;
    receive(app, from_anna("Vakarēšana klubā", "Piektdien vakarēšana klubā, nāciet visi!")).await;
    route_all(app).await;
    app.clock.advance_to(app.clock.now() + TimeDelta::hours(25));
    waiting::remind(app, app.clock.now()).await.unwrap();
    // Nobody answers what a fourth is asked.
    receive(app, from_anna("Pasaku rīts", "Sestdien pasaku rīts bibliotēkā, nāciet visi!")).await;
    route_all(app).await;
    let item = app.store.items(app.publication, "pending").await.unwrap().pop().unwrap().id;
    decide(app, item, None, Act::Ask { question: "Cikos?".to_owned() }, by_velga).await.unwrap();
    app.clock.advance_to(app.clock.now() + TimeDelta::days(7));
    while unanswered::step(app).await.unwrap() {}

    // People: one asks, one confirmed one moves, looks at what is hers, and says goodbye from somewhere else.
    site.pending("jauna@lasitaji.example").await;
    let reader = site.confirmed("vita@lasitaji.example").await;
    let origin = Origin { channel: "form", from: "192.0.2.0/24" };
    assert!(readers::ask_own(app, &reader, origin).await.unwrap());
    let moving = address("vitas.jauna@lasitaji.example");
    readers::ask_address(app, reader.public_id, &moving, "Rakstiet tur.", origin).await.unwrap();
    let goodbye = "From: <vita@lasitaji.example>\r\nTo: <info@selija.com>\r\nSubject: Atteikties\r\n\
                   Message-ID: <g1@lasitaji.example>\r\n\r\nAtteikties\r\n";
    receive(app, goodbye.as_bytes().to_vec()).await;
    route_all(app).await;
    assert!(site.post("/desk/sign-in", &[("email", &editor)]).await.status().is_success());
    site.settle().await;
    drop(sink);
}
