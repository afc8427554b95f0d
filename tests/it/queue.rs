//! The lists of the desk: what waits and in which order, what was decided and taking it back, and mail in quarantine.

use issues::Edition;
use issues::reading::Kind;
use reqwest::{Method, Response, StatusCode};
use zinas::app::Step;
use zinas::inbound::intake::{Intake as _, Source};
use zinas::newsroom::edition;
use zinas::newsroom::intake::Door;
use zinas::newsroom::moderate::{Act, Who, decide};
use zinas::newsroom::quarantine::{NotTreated, Treat, treat};
use zinas::newsroom::route;
use zinas::store::Page;

use crate::support::newsroom::{arrival, key, route_all};
use crate::support::site::{Site, body, header, on_both_databases};

on_both_databases! {
    what_is_proposed_and_what_is_confirmed_differ_one_by_one
    an_empty_queue_says_so_warmly_with_the_next_date
    the_oldest_comes_first_and_filters_restore_the_view
    what_came_back_stands_on_top_and_others_of_a_sender_are_named
    what_a_contributor_answered_is_on_the_card
    a_long_queue_has_pages
    a_decision_is_undone_after_a_reload_and_once
    nothing_is_undone_after_its_issue_is_approved
    whoever_is_slower_with_an_undo_is_told
    a_mail_in_quarantine_is_treated_once_as_what_the_editor_says
    what_was_said_of_a_mail_is_taken_back
    what_was_added_to_an_item_is_not_taken_back
    a_mail_that_cannot_be_read_becomes_an_item_by_the_editors_word
    what_a_mail_brings_is_inert_everywhere
    the_pages_of_the_desk_are_for_editors_only
    the_moments_are_plain_facts
}

const ILZE: Who<'static> = Who { by: "Ilze", channel: "desk" };

fn reject() -> Act {
    Act::Reject { reason: "Jau bija.".to_owned() }
}

/// A message of a person, received and routed.
async fn receive(site: &Site, from: &str, subject: &str, text: &str) {
    let mail = format!(
        "From: {from}\r\nTo: <info@selija.com>\r\nSubject: {subject}\r\nMessage-ID: <{}@ciems.example>\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n",
        subject.len() + text.len() * 1000
    );
    take(site, mail.into_bytes()).await;
}

async fn take(site: &Site, bytes: Vec<u8>) {
    Door(site.app.clone()).store(arrival(bytes, Source::Smtp)).await.unwrap();
    while route::step(&site.app).await.unwrap() == Step::Worked {}
}

/// Where words stand in a page, in this order and once each.
fn in_order(page: &str, words: &[&str]) {
    let mut at = 0;
    for word in words {
        let found = page[at..].find(word).unwrap_or_else(|| panic!("{word} is missing or too early: {page}"));
        at += found + word.len();
    }
}

fn location(response: &Response) -> String {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    header(response, "location")
}

/// The fields of the undo form beside an item.
fn undo_fields(page: &str, item: i64) -> (String, String) {
    let mark = format!("name=\"item\" value=\"{item}\"");
    let form = page.split(&mark).nth(1).unwrap_or_else(|| panic!("no undo of item {item}: {page}"));
    let revision = form.split("name=\"revision\" value=\"").nth(1).unwrap();
    (item.to_string(), revision[..revision.find('"').unwrap()].to_owned())
}

async fn an_empty_queue_says_so_warmly_with_the_next_date(site: Site) {
    let desk = site.desk(0).await;
    let page = desk.page("/desk").await;
    for words in
        ["Visas ziņas izskatītas", "Jauku dienu!", "Numuru saliksim", "/desk/issue", "?state=quarantine"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert_eq!(page.matches("class=\"horizon\"").count(), 1, "one island");
    assert!(page.contains("<script src=\"/desk.js\" defer></script>"));
    for (filter, words) in [
        ("asked", "Visi iesūtītāji ir atbildējuši."),
        ("approved", "Apstiprinātu ziņu vēl nav"),
        ("postponed", "Neviena ziņa nav atlikta."),
        ("rejected", "Neviena ziņa nav noraidīta."),
        ("quarantine", "Karantīna ir tukša"),
    ] {
        let page = desk.page(&format!("/desk?state={filter}")).await;
        in_order(&page, &["<main", words, "Numuru saliksim", "class=\"card panel\""]);
        assert!(!page.contains("Vecākā"), "{filter}: {page}");
    }
    assert_eq!(desk.get("/desk?state=x").await.status(), StatusCode::NOT_FOUND);
}

async fn the_oldest_comes_first_and_filters_restore_the_view(site: Site) {
    let (first, _) = site.item("Pirmā", &["Taka"]).await;
    let (second, _) = site.item("Otrā", &[]).await;
    let (third, _) = site.item("Trešā", &[]).await;
    let (fourth, _) = site.item("Ceturtā", &[]).await;
    let desk = site.desk(0).await;
    let page = desk.page("/desk").await;
    assert!(page.contains("Izskatīšanu gaida 4\u{a0}ziņas"), "{page}");
    assert!(
        page.contains("līdz otrdienai, 24.\u{a0}novembrim, plkst.\u{a0}12.00"),
        "two working days: {page}"
    );
    in_order(&page, &["Pirmā", "Otrā", "Trešā", "Ceturtā", "class=\"card panel\""]);
    assert!(page.contains("class=\"chip maybe\""), "what the machine says is dashed");
    let photo = page.split("<img class=\"thumb\" src=\"").nth(1).unwrap();
    let photo = &photo[..photo.find('"').unwrap()];
    assert_eq!(desk.get(photo).await.status(), StatusCode::OK);
    decide(&site.app, second, None, Act::Approve, ILZE).await.unwrap();
    decide(&site.app, third, None, reject(), ILZE).await.unwrap();
    decide(&site.app, fourth, None, Act::Postpone { to: None }, ILZE).await.unwrap();
    for (path, there, gone) in [
        ("/desk", "Pirmā", "href=\"/desk/item/2\">Otrā"),
        ("/desk?state=new", "Pirmā", "href=\"/desk/item/2\">Otrā"),
        ("/desk?state=approved", "Otrā", "<h2><a href=\"/desk/item/1\""),
        ("/desk?state=rejected", "Iemesls: “Jau bija.”", "<h2><a href=\"/desk/item/1\""),
        ("/desk?state=postponed", "Atlikta uz", "<h2><a href=\"/desk/item/1\""),
    ] {
        let page = desk.page(path).await;
        assert!(page.contains(there) && !page.contains(gone), "{path}: {page}");
        assert_eq!(page.matches("aria-current=\"page\"").count(), 2, "{path}: the tab and the filter");
    }
    let approved = desk.page("/desk?state=approved").await;
    assert!(
        approved.contains("class=\"chip\"") && !approved.contains("class=\"chip maybe\""),
        "solid: {approved}"
    );
    assert!(approved.contains("Ilze, šodien plkst.\u{a0}12.00"), "{approved}");
    site.app.clock.advance_to(site.app.clock.now() + chrono::TimeDelta::days(3));
    for filter in ["approved", "rejected", "postponed"] {
        let page = desk.page(&format!("/desk?state={filter}")).await;
        assert!(page.contains(": 1\u{a0}ziņa"), "{filter}: {page}");
        assert!(page.contains("Vecākā atnāca pirms 3\u{a0}dienām."), "{filter}: {page}");
    }
    assert_eq!(first, 1);
}

async fn what_came_back_stands_on_top_and_others_of_a_sender_are_named(site: Site) {
    receive(&site, "Ilze <ilze@ciems.example>", "Pirma talka", "Nāciet uz talku pie ezera sestdien!").await;
    receive(&site, "Ilze <ilze@ciems.example>", "Otra talka", "Nāciet uz talku pie upes svētdien!").await;
    receive(&site, "Juris <juris@ciems.example>", "Koncerts", "Nāciet uz koncertu baznīcā svētdien!").await;
    let desk = site.desk(0).await;
    let page = desk.page("/desk").await;
    assert!(page.contains("Pirmā vēstule") && page.contains("1\u{a0}ziņa iepriekš"), "{page}");
    in_order(
        &page,
        &[
            "No šī sūtītāja gaida arī:",
            "href=\"/desk/item/2\"",
            "No šī sūtītāja gaida arī:",
            "href=\"/desk/item/1\"",
        ],
    );
    let forged = "Authentication-Results: mail.selija.com; dmarc=fail header.from=pils.example\r\n\
                  From: Pils <pils@pils.example>\r\nTo: <info@selija.com>\r\nSubject: STEIDZAMI\r\n\r\nKoncerts atcelts!\r\n";
    take(&site, forged.as_bytes().to_vec()).await;
    let flagged = desk.page("/desk").await;
    assert!(
        flagged.contains("class=\"flag\"") && flagged.contains("Vēstules paraksts (DMARC) neder."),
        "{flagged}"
    );
    let store = &site.app.store;
    let rows =
        store.queue(site.app.publication, &["pending"], false, Page { limit: 9, skip: 1 }).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [2, 3, 4]);
    decide(&site.app, 3, None, Act::Postpone { to: Some(Edition { year: 2026, month: 12 }) }, ILZE)
        .await
        .unwrap();
    edition::assemble(&site.app, None).await.unwrap();
    in_order(&desk.page("/desk").await, &["<a href=\"/desk/item/3\"", "<a href=\"/desk/item/1\""]);
}

/// Ilze writes again about her first item.
async fn reply(site: &Site, to: &str, number: u32, text: &str) {
    let mails = site.mails(to).await;
    let sent = mail_parser::MessageParser::default().parse(mails.last().unwrap()).unwrap();
    let mail = format!(
        "From: Ilze <ilze@ciems.example>\r\nTo: <info@selija.com>\r\nSubject: Re: Talka\r\n\
         In-Reply-To: <{}>\r\nMessage-ID: <r{number}@ciems.example>\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n",
        sent.message_id().unwrap()
    );
    take(site, mail.into_bytes()).await;
}

async fn what_a_contributor_answered_is_on_the_card(site: Site) {
    receive(&site, "Ilze <ilze@ciems.example>", "Talka", "Nāciet uz talku pie ezera sestdien!").await;
    let desk = site.desk(0).await;
    let page = desk.page("/desk").await;
    assert!(!page.contains("Atbildēts") && !page.contains("Papildināts"), "{page}");
    let question = || Act::Ask { question: "Cikos sākas talka?".to_owned() };
    decide(&site.app, 1, None, question(), ILZE).await.unwrap();
    site.app.clock.advance_to(site.app.clock.now() + chrono::TimeDelta::minutes(10));
    reply(&site, "question", 1, "Pulksten desmitos no rīta.").await;
    site.app.clock.advance_to(site.app.clock.now() + chrono::TimeDelta::minutes(3));
    in_order(
        &desk.page("/desk").await,
        &[
            ">Talka</a>",
            "Atbildēts",
            "pirms 3\u{a0}minūtēm",
            "Jautājums: “Cikos sākas talka?”",
            "Atbilde: “Pulksten desmitos no rīta.”",
        ],
    );
    // What comes after that answers no question any more.
    reply(&site, "thanks", 2, "Un paņemiet cimdus!").await;
    let page = desk.page("/desk").await;
    in_order(&page, &["Papildināts", "Atbilde: “Un paņemiet cimdus!”"]);
    assert!(!page.contains("Jautājums:"), "{page}");
    // A new question waits again.
    decide(&site.app, 1, None, question(), ILZE).await.unwrap();
    site.app.clock.advance_to(site.app.clock.now() + chrono::TimeDelta::minutes(3));
    let page = desk.page("/desk?state=asked").await;
    assert!(page.contains("Jautājums: “Cikos sākas talka?”"), "{page}");
}

async fn a_long_queue_has_pages(site: Site) {
    for number in 0..51 {
        crate::support::newsroom::item(&site.app, &format!("Ziņa {number}")).await;
    }
    let desk = site.desk(0).await;
    let page = desk.page("/desk").await;
    assert_eq!(page.matches("class=\"card item\"").count(), 50);
    assert!(page.contains("1. lapa no 2") && page.contains("href=\"/desk?state=new&amp;page=2\""), "{page}");
    let page = desk.page("/desk?state=new&page=2").await;
    assert_eq!(page.matches("class=\"card item\"").count(), 1);
    assert!(desk.page("/desk?page=999").await.contains("2. lapa no 2"), "the last there is");
}

async fn a_decision_is_undone_after_a_reload_and_once(site: Site) {
    let (item, _) = site.item("Talka", &[]).await;
    decide(&site.app, item, None, reject(), ILZE).await.unwrap();
    let desk = site.desk(0).await;
    let before = site.dump().await;
    for page in ["/desk", "/desk/decisions", "/desk/decisions?page=7", "/desk/keys", "/desk/moments"] {
        desk.page(page).await;
        let head = site.request(Method::HEAD, page).header("Cookie", &desk.cookie).send().await.unwrap();
        assert_eq!(head.status(), StatusCode::OK, "{page}");
    }
    assert_eq!(site.dump().await, before, "looking changes nothing");
    let page = desk.page("/desk").await;
    assert!(page.contains("Noraidīta") && page.contains("“Talka”"), "{page}");
    let (id, revision) = undo_fields(&page, item);
    let fields = [("item", id.as_str()), ("revision", revision.as_str()), ("to", "queue")];
    let done = location(&desk.post("/desk/decisions/undo", &fields).await);
    assert_eq!(done, format!("/desk?done=undo&item={item}"));
    let page = desk.page(&done).await;
    assert!(page.contains("role=\"status\"") && page.contains("Ziņa “Talka” atkal ir tāda"), "{page}");
    assert_eq!(site.app.store.item(item).await.unwrap().unwrap().item.state.name(), "pending");
    let again = desk.post("/desk/decisions/undo", &fields).await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
    let said = body(again).await;
    assert!(said.contains("Nekas nav atsaukts.") && said.contains("pa to laiku mainīja"), "{said}");
    assert!(said.contains("Jau atsaukts."), "the row says why: {said}");
    for wrong in [&[("item", "x"), ("revision", "1")], &[("item", "1"), ("revision", "")]] {
        assert_eq!(desk.post("/desk/decisions/undo", wrong).await.status(), StatusCode::BAD_REQUEST);
    }
    let none = desk.post("/desk/decisions/undo", &[("item", "99"), ("revision", "1")]).await;
    assert_eq!(none.status(), StatusCode::NOT_FOUND);
    let bare = desk.post_bare("/desk/decisions/undo", &fields).await;
    assert_eq!(bare.status(), StatusCode::FORBIDDEN, "a form of another session does nothing");
}

async fn nothing_is_undone_after_its_issue_is_approved(site: Site) {
    let (first, _) = site.item("Talka", &[]).await;
    let (second, _) = site.item("Koncerts", &[]).await;
    for item in [first, second] {
        decide(&site.app, item, None, Act::Approve, ILZE).await.unwrap();
    }
    edition::assemble(&site.app, None).await.unwrap();
    let desk = site.desk(0).await;
    let page = desk.page("/desk/decisions").await;
    let (id, revision) = undo_fields(&page, first);
    let side = desk.page("/desk?state=approved").await;
    assert!(side.contains("Vēl vajag Jūsu apstiprinājumu.") && side.contains("2\u{a0}ziņas"), "{side}");
    edition::approve(&site.app, None, "Ilze").await.unwrap();
    let fields = [("item", id.as_str()), ("revision", revision.as_str())];
    let refused = desk.post("/desk/decisions/undo", &fields).await;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    let page = body(refused).await;
    assert!(page.contains("Nekas nav atsaukts."), "{page}");
    assert!(page.contains("Numurs jau apstiprināts; atsaukt vairs nevar."), "{page}");
    assert!(!page.contains("name=\"item\""), "no button is left: {page}");
    assert_eq!(site.app.store.item(first).await.unwrap().unwrap().item.state.name(), "planned");
}

async fn whoever_is_slower_with_an_undo_is_told(site: Site) {
    let (item, _) = site.item("Talka", &[]).await;
    decide(&site.app, item, None, reject(), ILZE).await.unwrap();
    let desk = site.desk(0).await;
    let (id, revision) = undo_fields(&desk.page("/desk/decisions").await, item);
    let fields = [("item", id.as_str()), ("revision", revision.as_str())];
    let all = (0..20).map(|_| desk.post("/desk/decisions/undo", &fields));
    let all = futures_util::future::join_all(all).await;
    let done = all.iter().filter(|answer| answer.status() == StatusCode::SEE_OTHER).count();
    let late = all.iter().filter(|answer| answer.status() == StatusCode::CONFLICT).count();
    assert_eq!((done, late), (1, 19));
    assert_eq!(site.app.store.revisions(item).await.unwrap().len(), 2);
}

/// A head whose body stayed on the server.
async fn too_large(site: &Site) -> i64 {
    let head = "From: Ilze <ilze@ciems.example>\r\nTo: <info@selija.com>\r\nSubject: Bildes no talkas\r\n\
                Message-ID: <bildes@ciems.example>\r\n\r\n";
    let arrival = arrival(head.as_bytes().to_vec(), Source::Imap(key(3)));
    Door(site.app.clone()).store_head(arrival, 60 << 20).await.unwrap();
    let held = site.app.store.messages(site.app.publication, "quarantined", "").await.unwrap();
    held.last().unwrap().id
}

async fn a_mail_in_quarantine_is_treated_once_as_what_the_editor_says(site: Site) {
    let id = too_large(&site).await;
    let desk = site.desk(0).await;
    let list = desk.page("/desk?state=quarantine").await;
    assert!(
        list.contains("par lielu (62,9\u{a0}MB)") && list.contains(&format!("/desk/message/{id}")),
        "{list}"
    );
    let path = format!("/desk/message/{id}");
    let page = desk.page(&path).await;
    for words in ["Bildes no talkas", "ilze@ciems.example", "Karantīnā", "Tā ir ziņa", "/raw\""] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let treat_path = format!("{path}/treat");
    for wrong in ["", "unreadable", "x"] {
        assert_eq!(
            desk.post(&treat_path, &[("kind", wrong)]).await.status(),
            StatusCode::BAD_REQUEST,
            "{wrong}"
        );
    }
    assert_eq!(site.app.store.treatment(id).await.unwrap(), None);
    let all = (0..10).map(|_| desk.post(&treat_path, &[("kind", "submission")]));
    let all = futures_util::future::join_all(all).await;
    let done = all.iter().filter(|answer| answer.status() == StatusCode::SEE_OTHER).count();
    let late = all.iter().filter(|answer| answer.status() == StatusCode::CONFLICT).count();
    assert_eq!((done, late), (1, 9));
    let items = site.app.store.items(site.app.publication, "").await.unwrap();
    assert_eq!(items.len(), 1);
    assert_eq!(items[0].item.content.title, "Bildes no talkas");
    let treatment = site.app.store.treatment(id).await.unwrap().unwrap();
    assert_eq!(treatment.kind, Some(Kind::Submission));
    assert!(treatment.was_why.contains("larger than"), "{}", treatment.was_why);
    assert_eq!(site.mails("thanks").await.len(), 1, "whose news it is is thanked");
    let page = desk.page(&format!("{path}?done=treated")).await;
    assert!(page.contains("Izņemta no karantīnas: ziņa") && page.contains("/desk/item/1"), "{page}");
    let late = desk.post(&treat_path, &[("kind", "private")]).await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    assert!(body(late).await.contains("Šo vēstuli jau izņēma no karantīnas: ziņa"));
    let listed = format!("<h2><a href=\"{path}\"");
    assert!(!desk.page("/desk?state=quarantine").await.contains(&listed));
}

async fn what_was_said_of_a_mail_is_taken_back(site: Site) {
    let id = too_large(&site).await;
    let desk = site.desk(0).await;
    let fields = |page: &str| {
        let form =
            page.split("name=\"message\" value=\"").nth(1).unwrap_or_else(|| panic!("no undo: {page}"));
        let at = form.split("name=\"said_at\" value=\"").nth(1).unwrap();
        (form[..form.find('"').unwrap()].to_owned(), at[..at.find('"').unwrap()].to_owned())
    };
    let undo = async |message: &str, at: &str| {
        desk.post("/desk/decisions/undo", &[("message", message), ("said_at", at)]).await
    };
    for kind in ["submission", "reply", "private", "bulk", "nothing"] {
        location(&desk.post(&format!("/desk/message/{id}/treat"), &[("kind", kind)]).await);
        assert!(!desk.page("/desk?state=quarantine").await.contains("<h2><a"), "{kind}");
        let page = desk.page("/desk/decisions").await;
        assert!(
            page.contains("Izņemta no karantīnas") && page.contains("“Bildes no talkas”"),
            "{kind}: {page}"
        );
        let (message, at) = fields(&page);
        assert_eq!(undo(&message, "1").await.status(), StatusCode::CONFLICT, "{kind}: said otherwise since");
        let back = location(&undo(&message, &at).await);
        assert_eq!(back, format!("/desk/message/{id}?done=untreated"));
        let page = desk.page(&back).await;
        assert!(page.contains("Vēstule atkal ir karantīnā") && page.contains("par lielu"), "{kind}: {page}");
        let listed = format!("<h2><a href=\"/desk/message/{id}\">Bildes no talkas</a>");
        assert!(desk.page("/desk?state=quarantine").await.contains(&listed), "{kind}");
        let store = &site.app.store;
        assert_eq!(store.items(site.app.publication, "").await.unwrap().len(), 0, "{kind}");
        assert_eq!(store.letters(site.app.publication).await.unwrap().len(), 0, "{kind}");
        assert!(store.reminded_contributors(site.app.publication).await.unwrap().is_empty(), "{kind}");
        assert_eq!(undo(&message, &at).await.status(), StatusCode::CONFLICT, "{kind}: once");
    }
    // What somebody has decided on stays.
    location(&desk.post(&format!("/desk/message/{id}/treat"), &[("kind", "submission")]).await);
    let (message, at) = fields(&desk.page("/desk/decisions").await);
    let item = site.app.store.items(site.app.publication, "").await.unwrap()[0].id;
    decide(&site.app, item, None, reject(), ILZE).await.unwrap();
    assert_eq!(undo(&message, &at).await.status(), StatusCode::CONFLICT);
    assert_eq!(site.app.store.items(site.app.publication, "").await.unwrap().len(), 1);
    let page = desk.page("/desk/decisions").await;
    assert!(page.contains("Pēc tam lemts vēlreiz.") && !page.contains("name=\"message\""), "{page}");
}

async fn what_was_added_to_an_item_is_not_taken_back(site: Site) {
    let id = too_large(&site).await;
    let desk = site.desk(0).await;
    location(&desk.post(&format!("/desk/message/{id}/treat"), &[("kind", "bulk")]).await);
    assert!(desk.page("/desk/decisions").await.contains("name=\"message\""));
    let (item, _) = site.item("Talka", &[]).await;
    let mut write = site.app.store.write().await.unwrap();
    write.keep_item_reply(item, id, "Un vēl", site.app.clock.now()).await.unwrap();
    write.commit().await.unwrap();
    let page = desk.page("/desk/decisions").await;
    assert!(page.contains("Pēc tam lemts vēlreiz.") && !page.contains("name=\"message\""), "{page}");
    let said_at = site.app.store.treatment(id).await.unwrap().unwrap().at;
    let refused = zinas::newsroom::quarantine::untreat(&site.app, id, said_at).await.unwrap();
    assert_eq!(refused, Err(zinas::store::StaysTreated::Used));
    assert_eq!(site.app.store.item_replies(item).await.unwrap().len(), 1);
}

async fn a_mail_that_cannot_be_read_becomes_an_item_by_the_editors_word(site: Site) {
    let app = &site.app;
    let mut mails = Vec::new();
    for number in 0..4 {
        let mut bomb = format!("X-Number: {number}\r\n").into_bytes();
        bomb.extend_from_slice("Content-Type: message/rfc822\r\n\r\n".repeat(200).as_bytes());
        take(&site, bomb).await;
        mails.push(app.store.messages(app.publication, "quarantined", "").await.unwrap().last().unwrap().id);
    }
    let desk = site.desk(0).await;
    let page = desk.page(&format!("/desk/message/{}", mails[0])).await;
    assert!(page.contains("pārāk daudz citu vēstuļu"), "{page}");
    treat(app, mails[0], Treat::As(Kind::Submission), "Ilze").await.unwrap();
    treat(app, mails[1], Treat::As(Kind::Reply), "Ilze").await.unwrap();
    treat(app, mails[2], Treat::SetAside, "Ilze").await.unwrap();
    treat(app, mails[3], Treat::As(Kind::Private), "Ilze").await.unwrap();
    assert_eq!(app.store.items(app.publication, "pending").await.unwrap().len(), 1);
    assert_eq!(app.store.letters(app.publication).await.unwrap().len(), 1);
    assert_eq!(app.store.messages(app.publication, "quarantined", "").await.unwrap().len(), 0);
    let aside = desk.page(&format!("/desk/message/{}", mails[2])).await;
    assert!(aside.contains("Izņemta no karantīnas: nolikta malā (Ilze, šodien"), "{aside}");
    let again = treat(app, mails[2], Treat::As(Kind::Bulk), "Anna").await.unwrap_err();
    assert!(matches!(again, NotTreated::NotThere(Some(earlier)) if earlier.by == "Ilze"));
    assert!(matches!(treat(app, 99, Treat::SetAside, "Anna").await, Err(NotTreated::NoSuchMessage)));
    let untitled = desk.page("/desk").await;
    assert!(untitled.contains("Bez virsraksta"), "{untitled}");
    route_all(app).await;
}

async fn what_a_mail_brings_is_inert_everywhere(site: Site) {
    let script = "<script>alert(1)</script>";
    let html = "<html><head><script>steal()</script><meta http-equiv=refresh content='0;url=https://evil.example'>\
                <base href=https://evil.example><style>@import url(https://evil.example/css)</style>\
                <link rel=preconnect href=https://evil.example><link rel=dns-prefetch href=//evil.example>\
                <link rel=prefetch href=https://evil.example/x><link rel=stylesheet href=https://evil.example/y>\
                </head><body onload=steal()><img src=https://evil.example/pixel.png><img src=\"cid:a@b\">\
                <p style='color:red;background:url(https://evil.example/z)'>Nāciet!</p>\
                <form action=https://evil.example><input name=password></form></body></html>";
    let mail = format!(
        "From: \"{script}\" <ilze@ciems.example>\r\nTo: <info@selija.com>\r\nSubject: {script}\r\n\
         Message-ID: <{script}@ciems.example>\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n\
         --B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nNāciet! {script}\r\n\
         --B\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}\r\n\
         --B\r\nContent-Type: image/png\r\nContent-ID: <a@b>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0=\r\n\
         --B\r\nContent-Type: text/html; name=\"<script>x.html\"\r\n\
         Content-Disposition: attachment; filename=\"<script>x.html\"\r\n\r\n{script}\r\n--B--\r\n"
    );
    take(&site, mail.clone().into_bytes()).await;
    decide(&site.app, 1, None, reject(), Who { by: script, channel: "desk" }).await.unwrap();
    let id = too_large(&site).await;
    let desk = site.desk(0).await;
    for path in [
        "/desk",
        "/desk?state=rejected",
        "/desk?state=quarantine",
        "/desk?done=reject&item=1",
        "/desk/decisions",
        "/desk/message/1",
        &format!("/desk/message/{id}"),
    ] {
        let answer = desk.get(path).await;
        let policy = header(&answer, "content-security-policy");
        assert!(
            policy.contains("script-src 'self'") && policy.contains("frame-src 'self'"),
            "{path}: {policy}"
        );
        let page = body(answer).await.replacen("<script src=\"/desk.js\" defer></script>", "", 1);
        // What is escaped may say anything; tags are ours.
        for tag in page.split('<').skip(1).map(|tag| tag.split('>').next().unwrap()) {
            for never in ["script", "onload", "evil.example", "http-equiv", "meta http"] {
                assert!(!tag.starts_with(never) && !tag.contains(&format!(" {never}")), "{path}: <{tag}>");
            }
        }
    }
    let page = desk.page("/desk/message/1").await;
    assert!(page.contains("<iframe sandbox=\"\" src=\"/desk/message/1/html\""), "{page}");
    assert!(!page.contains("steal()"), "the mail's HTML is never in the page itself");
    assert!(page.contains("&lt;script&gt;x.html"), "{page}");
    let frame = desk.get("/desk/message/1/html").await;
    let policy = header(&frame, "content-security-policy");
    for rule in ["default-src 'none'", "sandbox", "img-src 'self' data:", "form-action 'none'"] {
        assert!(policy.contains(rule), "{rule}: {policy}");
    }
    assert!(!policy.contains("allow-") && !policy.contains("script-src"), "{policy}");
    assert_eq!(header(&frame, "cache-control"), "no-store");
    assert_eq!(header(&frame, "x-dns-prefetch-control"), "off");
    assert_eq!(header(&frame, "referrer-policy"), "no-referrer");
    let shown = body(frame).await;
    // The look and the mail's own picture stay; a policy does not stop `preconnect`, so nothing that could ask is there.
    assert!(shown.contains("data:image/png;base64,iVBORw0="), "{shown}");
    assert!(shown.contains("<p style=\"color:red\">Nāciet!</p>"), "{shown}");
    for asks in
        ["evil.example", "steal()", "<link", "http-equiv", "<base", "<form", "<input", "<script", "<style"]
    {
        assert!(!shown.contains(asks), "{asks}: {shown}");
    }
    let raw = desk.get("/desk/message/1/raw").await;
    assert_eq!(header(&raw, "content-type"), "message/rfc822");
    assert_eq!(header(&raw, "content-disposition"), "attachment; filename=\"message-1.eml\"");
    assert_eq!(header(&raw, "x-content-type-options"), "nosniff");
    assert_eq!(body(raw).await, mail);
    // One without HTML has its text in the frame.
    let plain = body(desk.get(&format!("/desk/message/{id}/html")).await).await;
    assert!(plain.contains("<pre>"), "{plain}");
    for gone in ["/desk/message/99", "/desk/message/99/html", "/desk/message/99/raw", "/desk/message/x"] {
        assert_eq!(desk.get(gone).await.status(), StatusCode::NOT_FOUND, "{gone}");
    }
}

async fn the_pages_of_the_desk_are_for_editors_only(site: Site) {
    receive(&site, "Ilze <ilze@ciems.example>", "Talka", "Nāciet uz talku pie ezera sestdien!").await;
    for path in ["/desk", "/desk/decisions", "/desk/message/1", "/desk/message/1/html", "/desk/message/1/raw"]
    {
        let answer = site.get(path).await;
        assert!(location(&answer).starts_with("/desk/sign-in"), "{path}");
    }
    for path in ["/desk/decisions/undo", "/desk/message/1/treat"] {
        let answer = site.post(path, &[("item", "1"), ("revision", "1"), ("kind", "private")]).await;
        assert!(location(&answer).starts_with("/desk/sign-in"), "{path}");
    }
    let script = site.get("/desk.js").await;
    assert_eq!(header(&script, "content-type"), "text/javascript; charset=utf-8");
    assert_eq!(header(&script, "cache-control"), "public, max-age=60");
    assert!(body(script).await.contains("keydown"));
}

async fn the_moments_are_plain_facts(site: Site) {
    receive(&site, "Ilze <ilze@ciems.example>", "Talka", "Nāciet uz talku pie ezera sestdien!").await;
    let desk = site.desk(0).await;
    let page = desk.page("/desk/moments").await;
    for words in [
        "Numura salikšana",
        "Izsūtīšana",
        "Trešdien, 25.\u{a0}novembrī, plkst.\u{a0}10.00",
        "Pulkstenis redakcijā: šodien plkst.\u{a0}12.00.",
        "Neviens numurs pašlaik netiek sūtīts.",
        "Pasta serveris vēstules pieņem.",
        "Viss saņemtais ir izlasīts",
        "Pēdējā vēstule atnāca šodien",
        "Nosūtīšanu gaida",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let keys = desk.page("/desk/keys").await;
    assert!(keys.contains("role=\"switch\"") && keys.contains("<kbd>J</kbd>"), "{keys}");
}

async fn what_is_proposed_and_what_is_confirmed_differ_one_by_one(site: Site) {
    let (id, _) = site.item("Talka", &[]).await;
    let desk = site.desk(0).await;
    let chips = async |list: &str| {
        let page = desk.page(list).await;
        let card = page.split("<li class=\"card item\">").nth(1).expect("a card").to_owned();
        (card.matches("class=\"chip maybe\"").count(), card.matches("class=\"chip\"").count(), card)
    };
    let (proposed, sure, card) = chips("/desk").await;
    assert_eq!((proposed, sure), (2, 0), "{card}");
    let revision = site.app.store.item(id).await.unwrap().unwrap().revision.to_string();
    let fields = [("revision", revision.as_str()), ("do", "confirm:events.0")];
    desk.post(&format!("/desk/item/{id}"), &fields).await;
    let (proposed, sure, card) = chips("/desk").await;
    assert_eq!((proposed, sure), (1, 1), "a date that was confirmed is sure in an item that waits: {card}");
    assert!(card.contains("ieteikums:") && card.contains("apstiprināts"));
    let revision = site.app.store.item(id).await.unwrap().unwrap().revision.to_string();
    desk.post(&format!("/desk/item/{id}"), &[("revision", &revision), ("do", "approve")]).await;
    let (proposed, sure, card) = chips("/desk?state=approved").await;
    assert_eq!((proposed, sure), (0, 2), "{card}");
}
