//! Chromium on all pages: a walk over every route, which also draws the album of screenshots, and stories of persons.
//! What is done in the browser stands in `tests/browser`; here are the worlds, and what a browser cannot see.

mod month;
mod world;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use mail_parser::MessageParser;
use serde_json::{Value, json};
use zinas::inbound::intake::{Intake as _, Source};
use zinas::newsroom::intake::Door;
use zinas::web::routes::{Kind, ROUTES};

use self::world::{NO_ROUTE, rooms};
use crate::month::{does, phone_photo, receive, release};
use crate::support::browser::Browser;
use crate::support::newsroom::{arrival, route_all};
use crate::support::process::{Newsroom, eventually};
use crate::support::sink::{Script, Sink};
use crate::support::site::Site;

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_accessible_fits_and_keeps_its_policy() {
    let rooms = rooms().await;
    let named = |kind| ROUTES.iter().filter(move |route| route.kind == kind).map(|route| route.path);
    let all = || rooms.iter().flat_map(|room| &room.examples);
    let shown = all().map(|example| example.route).collect();
    every_one("pages", named(Kind::Page).chain([NO_ROUTE]).collect(), shown);
    let framed = all().filter_map(|example| example.framed).collect();
    every_one("frames", named(Kind::Frame).collect(), framed);

    let Some(browser) = Browser::find() else { return };
    let (mut examples, mut editors) = (Vec::new(), Vec::new());
    for room in &rooms {
        let (seen, signing) = room.json().await;
        examples.extend(seen);
        editors.extend(signing);
    }
    let world = json!({ "examples": examples, "editors": editors });
    tokio::task::block_in_place(|| browser.tell("walk", world, |question| panic!("{question}")));
}

/// What the table of routes names has an example, and no example is of anything else.
fn every_one(what: &str, named: BTreeSet<&str>, shown: BTreeSet<&str>) {
    let lacking: Vec<_> = named.difference(&shown).collect();
    assert!(lacking.is_empty(), "{what} without an example in tests/it/browser/world: {lacking:?}");
    let strangers: Vec<_> = shown.difference(&named).collect();
    assert!(strangers.is_empty(), "examples of {what} that are none: {strangers:?}");
}

#[test]
fn what_drives_the_browser_is_locked_with_its_hashes() {
    let read = |name: &str| {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser").join(name);
        serde_json::from_slice::<Value>(&std::fs::read(path).unwrap()).unwrap()
    };
    let (wanted, lock) = (read("package.json"), read("package-lock.json"));
    let packages = lock["packages"].as_object().unwrap();
    assert_eq!(packages.len(), wanted["dependencies"].as_object().unwrap().len() + 1, "nothing comes along");
    for (name, version) in wanted["dependencies"].as_object().unwrap() {
        let locked = &packages[&format!("node_modules/{name}")];
        assert_eq!(&locked["version"], version, "{name} is wanted exactly");
        assert!(locked["resolved"].as_str().unwrap().starts_with("https://registry.npmjs.org/"), "{name}");
        assert!(locked["integrity"].as_str().unwrap().starts_with("sha512-"), "{name}");
    }
}

/// Every way in which HTML asks for something by itself, or would on a click that nobody makes.
fn asking(listener: &str) -> String {
    format!(
        "<html><head><link rel=preconnect href=\"{listener}\"><link rel=dns-prefetch href=\"{listener}\">\
         <link rel=prefetch href=\"{listener}/a\"><link rel=preload as=image href=\"{listener}/b\">\
         <link rel=stylesheet href=\"{listener}/c\"><link rel=icon href=\"{listener}/d\">\
         <meta http-equiv=refresh content=\"1;url={listener}/e\"><base href=\"{listener}/\">\
         <style>@import url({listener}/f); body {{ background: url({listener}/g) }}</style></head>\
         <body background=\"{listener}/h\"><p style=\"background:url({listener}/i)\">Nāciet uz talku!</p>\
         <img src=\"{listener}/j\" srcset=\"{listener}/k 2x\"><iframe src=\"{listener}/l\"></iframe>\
         <object data=\"{listener}/m\"></object><video src=\"{listener}/n\" poster=\"{listener}/o\"></video>\
         <svg><image href=\"{listener}/p\" /></svg><a href=\"{listener}/q\" ping=\"{listener}/r\">Vairāk</a>\
         <script>fetch('{listener}/s')</script></body></html>"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_hears_that_a_mail_is_looked_at() {
    let Some(browser) = Browser::find() else { return };
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let heard = Arc::new(AtomicUsize::new(0));
    let counted = heard.clone();
    // Ends with the test's process.
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            counted.fetch_add(1, Ordering::SeqCst);
            drop(stream);
        }
    });
    let html = asking(&address);
    let mail = format!(
        "From: Ilze <ilze@ciems.example>\r\nTo: <info@selija.com>\r\nSubject: Talka\r\nMessage-ID: <t@ciems.example>\r\n\
         Date: Fri, 20 Nov 2026 10:00:00 +0200\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}\r\n"
    );
    let site = Site::on_sqlite().await;
    Door(site.app.clone()).store(arrival(mail.into_bytes(), Source::Smtp)).await.unwrap();
    route_all(&site.app).await;
    let desk = site.desk(0).await;
    let (name, value) = desk.cookie.split_once('=').unwrap();
    let world = json!({
        "base": format!("http://{}", site.address), "page": "/desk/message/1", "frame": "/desk/message/1/html",
        "cookie": { "name": name, "value": value }, "html": html,
    });
    tokio::task::block_in_place(|| {
        browser.tell("foreign", world, |question| {
            assert_eq!(question["ask"], "connections");
            json!(heard.load(Ordering::SeqCst))
        });
    });
}

#[test]
fn the_walk_finds_every_kind_of_fault() {
    let Some(browser) = Browser::find() else { return };
    browser.tell("faults", json!({}), |question| panic!("{question}"));
}

#[test]
fn a_reader_subscribes_reads_leaves_and_comes_back_on_a_phone_without_scripts() {
    let Some(browser) = Browser::find() else { return };
    let sink = Sink::start(Script { keep: true, ..Script::default() }).unwrap();
    let newsroom = Newsroom::new(sink.port(), None);
    newsroom.replace("hold_seconds = 600", "hold_seconds = 1");
    let daemon = newsroom.serve();
    let world = json!({ "base": format!("http://127.0.0.1:{}", newsroom.web) });
    browser.tell("reader", world, |question| {
        let text = |field: &str| question[field].as_str().unwrap();
        match text("ask") {
            "mail" => mail(&sink, text("to"), text("link")),
            "subscription" => newsroom.json(&["subscriber", "show", text("address")]),
            "issue" => send_an_issue(&newsroom),
            other => panic!("a story asks for {other}"),
        }
    });
    assert_eq!(daemon.stop(), 0);
}

/// The newest mail to somebody that holds a link with `path` in it; waits for it.
fn mail(sink: &Sink, to: &str, path: &str) -> Value {
    eventually("a mail with the link", || {
        sink.mails().into_iter().rev().filter(|mail| mail.to == to).find_map(|mail| {
            let parsed = MessageParser::default().parse(&mail.bytes)?;
            let text = parsed.body_text(0)?.into_owned();
            let links: Vec<&str> = text.split_whitespace().filter(|word| word.starts_with("http")).collect();
            let link = links.iter().find(|link| link.contains(path))?;
            Some(json!({ "subject": parsed.subject(), "link": link, "links": links, "text": text }))
        })
    })
}

/// A photo with two sentences and a press release come in, are approved and go out.
fn send_an_issue(newsroom: &Newsroom) -> Value {
    receive(newsroom, "rasma@biblioteka.example", "info@selija.com", &phone_photo());
    receive(newsroom, "janis@ezermala.example", "info@selija.com", &release());
    let items = eventually("both are items", || {
        let items = newsroom.json(&["item", "list", "--state", "pending"]).as_array()?.clone();
        (items.len() == 2).then_some(items)
    });
    for item in items {
        let id = item["id"].to_string();
        if item["photos"].as_array().is_some_and(|photos| !photos.is_empty()) {
            let (alt, title) = ("photos.0.alt=Bērni ap galdu lasa grāmatu", "title=Ritē lasa pasakas");
            does(newsroom, &["item", "edit", &id, "--set", alt, "--set", title]);
        }
        does(newsroom, &["item", "approve", &id]);
    }
    does(newsroom, &["issue", "assemble"]);
    does(newsroom, &["issue", "approve"]);
    does(newsroom, &["issue", "send"]);
    eventually("the issue is sent", || {
        newsroom.json(&["issue", "list", "--state", "sent"]).as_array()?.first().cloned()
    })
}
