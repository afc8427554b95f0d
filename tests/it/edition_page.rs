//! The issue at the desk: arranged, looked at, approved, sent, and who got it, over real HTTP.

use std::collections::HashMap;

use chrono::TimeDelta;
use mail_parser::MessageParser;
use reqwest::{Response, StatusCode};
use subscribers::Language;
use zinas::newsroom::edition;
use zinas::newsroom::moderate::{Act as Decide, decide};
use zinas::newsroom::preview::preview;
use zinas::store::IssueRow;

use crate::support::desk::Desk;
use crate::support::newsroom::ANNA;
use crate::support::outbox::{counts, keeping, later, outbox, until_idle};
use crate::support::sink::{Act, Script, Sink};
use crate::support::site::{Site, body, header, now, on_both_databases};

on_both_databases! {
    an_issue_is_put_together_and_arranged
    what_is_taken_out_waits_for_the_next_issue
    what_is_approved_stands_in_the_issue_that_was_promised
    what_is_approved_after_its_issue_is_told_the_next_one
    two_editors_arrange_and_neither_loses_anything
    of_two_at_once_one_is_told
    findings_lead_to_their_fields
    what_became_unfit_is_not_approved_and_says_why
    an_issue_with_every_fault_shows_all
    a_date_is_taken_out_of_the_calendar_and_shown_again
    words_that_are_too_long_come_back
    previews_are_what_is_sent
    a_test_mail_goes_to_the_editor_and_its_leaving_is_inert
    what_was_looked_at_is_what_is_approved
    a_sending_moment_that_passed_is_not_approved
    the_hold_can_be_stopped_and_gone_on_with
    an_approval_is_taken_back_until_letters_leave
    there_is_one_open_issue_at_a_time
    after_an_issue_left_before_its_time_the_next_has_its_own
    an_issue_that_goes_out_is_counted_paused_and_cancelled
    everybody_is_told_apart_afterwards
    looking_at_an_issue_changes_nothing
    hostile_words_are_inert_in_an_issue
}

/// An approved item with a photo that has an author.
async fn approved(site: &Site, title: &str) -> i64 {
    let (id, _) = site.item(title, &["Taka gar ezeru"]).await;
    let credit = issues::Change { field: "photos.0.credit".to_owned(), value: "Ilze".to_owned() };
    decide(&site.app, id, None, Decide::Edit(vec![credit]), ANNA).await.unwrap();
    decide(&site.app, id, None, Decide::Approve, ANNA).await.unwrap();
    id
}

/// An issue of these items, put together at the desk.
async fn put_together(site: &Site, desk: &Desk<'_>, titles: &[&str]) -> (i64, Vec<i64>) {
    let mut items = Vec::new();
    for title in titles {
        items.push(approved(site, title).await);
    }
    let done = desk.post("/desk/issue", &[("do", "assemble")]).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    let rows = site.app.store.issues(site.app.publication, "").await.unwrap();
    (rows.last().unwrap().id, items)
}

async fn issue(site: &Site, id: i64) -> IssueRow {
    site.app.store.issue(id).await.unwrap().unwrap()
}

async fn order(site: &Site, id: i64) -> Vec<i64> {
    site.app.store.issue_items(id).await.unwrap().into_iter().map(|place| place.item).collect()
}

/// The value of a hidden field in the form with this id; of the first on the page where the id is empty.
fn hidden(page: &str, form: &str, name: &str) -> String {
    let from = page.find(&format!("id=\"{form}\"")).unwrap_or(0);
    let field = format!("name=\"{name}\" value=\"");
    let at = page[from..].find(&field).unwrap_or_else(|| panic!("no {name} in {form}")) + from + field.len();
    page[at..at + page[at..].find('"').unwrap()].to_owned()
}

/// Sends the form that arranges, as it was shown on this page.
async fn arrange(desk: &Desk<'_>, id: i64, page: &str, step: &str, numbers: &[(i64, usize)]) -> Response {
    let was = hidden(page, "order", "was");
    let mut fields = vec![("was".to_owned(), was), ("do".to_owned(), step.to_owned())];
    // In the order shown.
    for part in page.split(" name=\"n.").skip(1) {
        let item: i64 = part[..part.find('"').unwrap()].parse().unwrap();
        let value = part.split("value=\"").nth(1).unwrap();
        let value = value[..value.find('"').unwrap()].to_owned();
        let typed = numbers.iter().find(|(of, _)| *of == item).map(|(_, number)| number.to_string());
        fields.push((format!("n.{item}"), typed.unwrap_or(value)));
        fields.push((format!("s.{item}"), "0".to_owned()));
    }
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    desk.post(&format!("/desk/issue/{id}"), &fields).await
}

fn location(response: &Response) -> String {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    header(response, "location")
}

async fn an_issue_is_put_together_and_arranged(site: Site) {
    let desk = site.desk(0).await;
    assert!(desk.page("/desk/issue").await.contains("Numura vēl nav"));
    let (id, items) = put_together(&site, &desk, &["Pirmā", "Otrā", "Trešā"]).await;
    assert_eq!(site.mails("draft_ready").await.len(), 0, "who looks at it needs no mail");
    let page = desk.page("/desk/issue").await;
    for words in
        ["Decembra numurs", "trešdien, 25.\u{a0}novembrī, plkst.\u{a0}10.00", "Gatavība: viss kārtībā"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    let was = order(&site, id).await;
    assert_eq!(was.len(), 3);
    let down = location(&arrange(&desk, id, &page, &format!("down.{}", was[0]), &[]).await);
    assert_eq!(down, format!("/desk/issue/{id}?did=moved&item={}#down-{}", was[0], was[0]));
    assert_eq!(order(&site, id).await, [was[1], was[0], was[2]]);
    let page = desk.page(down.split('#').next().unwrap()).await;
    assert!(page.contains("tagad ir 2. no 3") && page.contains(&format!("id=\"down-{}\"", was[0])));
    // At the end there is no button to go on with: the focus goes to the item.
    let down = location(&arrange(&desk, id, &page, &format!("down.{}", was[0]), &[]).await);
    assert!(down.ends_with(&format!("#item-{}", was[0])), "{down}");
    let page = desk.page("/desk/issue").await;
    location(&arrange(&desk, id, &page, "order", &[(was[0], 1)]).await);
    assert_eq!(order(&site, id).await, was);
    let page = desk.page("/desk/issue").await;
    location(&arrange(&desk, id, &page, &format!("lead.{}", was[2]), &[]).await);
    assert_eq!(order(&site, id).await, [was[2], was[0], was[1]]);
    // The next assembly keeps what the hand has done.
    location(&desk.post(&format!("/desk/issue/{id}"), &[("do", "assemble")]).await);
    assert_eq!(order(&site, id).await, [was[2], was[0], was[1]]);
    assert_eq!(items.len(), 3);
    assert!(desk.page("/desk/issues").await.contains("Gatavs apstiprināšanai"));
}

async fn what_is_taken_out_waits_for_the_next_issue(site: Site) {
    let desk = site.desk(0).await;
    let (id, items) = put_together(&site, &desk, &["Pirmā", "Otrā", "Trešā"]).await;
    let page = desk.page("/desk/issue").await;
    let out = location(&arrange(&desk, id, &page, &format!("out.{}", items[1]), &[]).await);
    let page = desk.page(out.split('#').next().unwrap()).await;
    assert!(page.contains("izņemta no numura un paliek nākamajam") && page.contains("id=\"outside\""));
    assert_eq!(site.app.store.item(items[1]).await.unwrap().unwrap().item.state.name(), "approved");
    location(&desk.post(&format!("/desk/issue/{id}"), &[("do", "assemble")]).await);
    assert!(!order(&site, id).await.contains(&items[1]), "an assembly does not bring it back");
    // A new item brings in itself and nothing that waits.
    let late = approved(&site, "Vēlā").await;
    let page = desk.page("/desk/issue").await;
    assert!(order(&site, id).await.contains(&late) && !order(&site, id).await.contains(&items[1]));
    let was = hidden(&page, "outside", "was");
    let put =
        desk.post(&format!("/desk/issue/{id}"), &[("was", &was), ("do", &format!("in.{}", items[1]))]).await;
    assert!(location(&put).contains("did=in"));
    assert_eq!(order(&site, id).await.len(), 4);
    for nonsense in ["in.999", "out.999", "in.", "up.x", "show.7", "drop", ""] {
        let was = hidden(&desk.page("/desk/issue").await, "order", "was");
        let refused = desk.post(&format!("/desk/issue/{id}"), &[("was", &was), ("do", nonsense)]).await;
        assert!(refused.status().is_client_error(), "{nonsense}: {}", refused.status());
    }
}

async fn what_is_approved_stands_in_the_issue_that_was_promised(site: Site) {
    let desk = site.desk(0).await;
    let (id, items) = put_together(&site, &desk, &["Pirmā", "Otrā"]).await;
    let (late, link) = site.item("Vēlā", &["Taka gar ezeru"]).await;
    let revision = async || {
        let row = site.app.store.item(late).await.unwrap().unwrap();
        (row.item.state.name(), row.revision.to_string())
    };
    let promise = desk.page(&format!("/desk/item/{late}")).await;
    assert!(promise.contains("Apstiprināt un ielikt decembra numurā"), "{promise}");
    let shown = desk.page("/desk/issue").await;
    let done = desk.post(&format!("/desk/item/{late}"), &[("revision", "1"), ("do", "approve")]).await;
    location(&done);
    assert_eq!(order(&site, id).await, [items[0], items[1], late]);
    assert_eq!(revision().await, ("planned", "3".to_owned()));
    let queue = desk.page("/desk?state=approved").await;
    assert!(queue.contains("3\u{a0}ziņas"), "the issue has what its page has: {queue}");
    // Who was arranging meanwhile is told that there is one more, and who let it in.
    let told = arrange(&desk, id, &shown, &format!("up.{}", items[1]), &[]).await;
    assert_eq!(told.status(), StatusCode::CONFLICT);
    assert!(body(told).await.contains("Anna Miglasēta to mainīja"));
    // Who presses on what was shown before is told who decided, not what the machine made of it.
    let slow = site.post(&link, &[("do", "reject"), ("reason", "Jau bija"), ("revision", "1")]).await;
    assert_eq!(slow.status(), StatusCode::CONFLICT);
    assert!(body(slow).await.contains("Anna Miglasēta"));
    // An undo takes it out again, and the issue says so.
    let (_, now) = revision().await;
    let undo = desk.post("/desk/decisions/undo", &[("item", &late.to_string()), ("revision", &now)]).await;
    location(&undo);
    assert_eq!(order(&site, id).await, items);
    assert_eq!(revision().await.0, "pending");
    let row = issue(&site, id).await;
    assert!(row.findings.contains(&issues::Finding::Undecided { count: 1 }), "{:?}", row.findings);
    // Taken out by hand it waits, and who approves it again puts it in again.
    decide(&site.app, late, None, Decide::Approve, ANNA).await.unwrap();
    let page = desk.page("/desk/issue").await;
    location(&arrange(&desk, id, &page, &format!("out.{late}"), &[]).await);
    decide(&site.app, late, None, Decide::Undo, ANNA).await.unwrap();
    decide(&site.app, late, None, Decide::Approve, ANNA).await.unwrap();
    assert!(order(&site, id).await.contains(&late));
    // With an item fewer than an issue needs it is held again, whoever took it away.
    for item in items {
        decide(&site.app, item, None, Decide::Reject { reason: "Jau bija".to_owned() }, ANNA).await.unwrap();
    }
    assert_eq!(issue(&site, id).await.state.name(), "held");
}

async fn what_is_approved_after_its_issue_is_told_the_next_one(site: Site) {
    let desk = site.desk(0).await;
    let (id, items) = put_together(&site, &desk, &["Pirmā", "Otrā"]).await;
    edition::approve(&site.app, Some(id), "anna").await.unwrap();
    let (late, link) = site.item("Vēlā", &["Taka gar ezeru"]).await;
    for page in [desk.page(&format!("/desk/item/{late}")).await, body(site.get(&link).await).await] {
        assert!(page.contains("Apstiprināt un ielikt janvāra numurā"), "{page}");
        assert!(page.contains("Decembra numurs jau apstiprināts, tāpēc ziņa būs janvāra numurā."), "{page}");
    }
    decide(&site.app, late, None, Decide::Approve, ANNA).await.unwrap();
    assert_eq!(order(&site, id).await, items, "what is frozen stays");
    assert_eq!(site.app.store.item(late).await.unwrap().unwrap().item.state.name(), "approved");
    // The draft of the next one takes it.
    location(&desk.post("/desk/issue", &[("do", "assemble")]).await);
    let rows = site.app.store.issues(site.app.publication, "").await.unwrap();
    assert_eq!(rows.last().unwrap().edition.to_string(), "2027-01");
    assert_eq!(order(&site, rows.last().unwrap().id).await, [late]);
}

async fn two_editors_arrange_and_neither_loses_anything(site: Site) {
    let (anna, ilze) = (site.desk(0).await, site.desk(0).await);
    let (id, _) = put_together(&site, &anna, &["Pirmā", "Otrā", "Trešā"]).await;
    let path = format!("/desk/issue/{id}");
    let was = order(&site, id).await;
    let (first, second) = (anna.page("/desk/issue").await, ilze.page("/desk/issue").await);
    location(&arrange(&anna, id, &first, &format!("lead.{}", was[1]), &[]).await);
    let told = arrange(&ilze, id, &second, &format!("lead.{}", was[2]), &[]).await;
    assert_eq!(told.status(), StatusCode::CONFLICT);
    let told = body(told).await;
    for words in ["Anna Miglasēta to mainīja plkst.\u{a0}12.00", "Jūsu secība bija:"] {
        assert!(told.contains(words), "{words}");
    }
    assert_eq!(order(&site, id).await, [was[1], was[0], was[2]]);
    // The page that tells is good for another try.
    location(&arrange(&ilze, id, &told, &format!("lead.{}", was[2]), &[]).await);
    // Another part is not disturbed: these words were shown before the order changed.
    let words = |page: &str, subject: &'static str, note: &'static str| {
        [
            ("was", hidden(page, "words", "was")),
            ("do", "words".to_owned()),
            ("subject", subject.to_owned()),
            ("note", note.to_owned()),
        ]
    };
    let send = async |desk: &Desk<'_>, fields: [(&str, String); 4]| {
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        desk.post(&path, &fields).await
    };
    location(&send(&anna, words(&first, "Gaisma logā Ritē un Viesītē", "Labdien!\n\nAnnas ievads.")).await);
    let told = send(&ilze, words(&second, "Ilzes temats decembra numuram", "Ilzes ievads.")).await;
    assert_eq!(told.status(), StatusCode::CONFLICT);
    let told = body(told).await;
    for words in [
        "Annas ievads.",
        "Gaisma logā Ritē",
        ">\nIlzes ievads.</textarea>",
        "Ilzes temats decembra numuram</textarea>",
    ] {
        assert!(told.contains(words), "{words}");
    }
    assert_eq!(issue(&site, id).await.note, "Labdien!\n\nAnnas ievads.");
    location(&send(&ilze, words(&told, "Ilzes temats decembra numuram", "Ilzes ievads.")).await);
    let row = issue(&site, id).await;
    assert_eq!((row.note.as_str(), row.title.as_str()), ("Ilzes ievads.", "Ilzes temats decembra numuram"));
    let mail = preview(&site.app, &row, None, Some(Language::Latvian)).await.unwrap().email();
    assert!(mail.subject == "Ilzes temats decembra numuram" && mail.text.contains("Ilzes ievads."));
}

async fn of_two_at_once_one_is_told(site: Site) {
    let (anna, ilze) = (site.desk(0).await, site.desk(0).await);
    let (id, _) = put_together(&site, &anna, &["Pirmā", "Otrā", "Trešā"]).await;
    for _ in 0..5 {
        let page = anna.page("/desk/issue").await;
        let was = order(&site, id).await;
        let (up, down) = (format!("up.{}", was[1]), format!("up.{}", was[2]));
        let (one, other) =
            tokio::join!(arrange(&anna, id, &page, &up, &[]), arrange(&ilze, id, &page, &down, &[]));
        let mut statuses = [one.status().as_u16(), other.status().as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
        let now = order(&site, id).await;
        assert!(now == [was[1], was[0], was[2]] || now == [was[0], was[2], was[1]]);
    }
}

async fn findings_lead_to_their_fields(site: Site) {
    let desk = site.desk(0).await;
    let (id, items) = put_together(&site, &desk, &["Pirmā"]).await;
    let page = desk.page("/desk/issue").await;
    assert!(page.contains("Vēl nevar sūtīt") && page.contains("vajag vismaz 2"), "one item is too few");
    assert!(!page.contains("/approve\""), "what is held is not offered");
    for path in ["approve", "send"] {
        let told = desk.get(&format!("/desk/issue/{id}/{path}")).await;
        assert_eq!(told.status(), StatusCode::CONFLICT);
        let told = body(told).await;
        assert!(told.contains("Numuru vēl nevar nosūtīt") && !told.contains("Jūsu izmaiņa"), "{told}");
    }
    let (bare, _) = site.item("Bez autora", &["Taka"]).await;
    decide(&site.app, bare, None, Decide::Approve, ANNA).await.unwrap();
    let page = desk.page("/desk/issue").await;
    let out = location(&arrange(&desk, id, &page, &format!("out.{bare}"), &[]).await);
    let (_, _) = site.item("Vēl gaida", &[]).await;
    let page = desk.page(out.split('#').next().unwrap()).await;
    assert!(page.contains("href=\"#outside\""), "there is one to put in");
    let was = hidden(&page, "outside", "was");
    location(&desk.post(&format!("/desk/issue/{id}"), &[("was", &was), ("do", &format!("in.{bare}"))]).await);
    location(&desk.post(&format!("/desk/issue/{id}"), &[("do", "assemble")]).await);
    let page = desk.page("/desk/issue").await;
    assert!(page.contains(&format!("href=\"/desk/item/{bare}#photos.0.credit\"")), "{page}");
    assert!(page.contains("Lēmumu vēl gaida 1\u{a0}ziņa.") && page.contains("Gatavība: jāpārbauda 2"));
    // What is mended on the item's page is seen here at once.
    let credit = issues::Change { field: "photos.0.credit".to_owned(), value: "Ilze".to_owned() };
    decide(&site.app, bare, None, Decide::Edit(vec![credit]), ANNA).await.unwrap();
    let page = desk.page("/desk/issue").await;
    assert!(!page.contains("photos.0.credit") && page.contains("Visiem attēliem ir apraksts un autors"));
    assert_eq!(order(&site, id).await.len(), 2);
    assert!(order(&site, id).await.contains(&items[0]));
}

async fn what_became_unfit_is_not_approved_and_says_why(site: Site) {
    let desk = site.desk(0).await;
    let (id, items) = put_together(&site, &desk, &["Pirmā", "Otrā"]).await;
    let mut asked = Vec::new();
    for path in ["approve", "send"] {
        let path = format!("/desk/issue/{id}/{path}");
        let page = desk.page(&path).await;
        asked.push((path, hidden(&page, "", "hash"), page));
    }
    // Meanwhile an item goes: one is too few.
    decide(&site.app, items[0], None, Decide::Postpone { to: None }, ANNA).await.unwrap();
    for (path, hash, page) in asked {
        let at = if path.ends_with("approve") { hidden(&page, "", "at") } else { String::new() };
        let refused = desk.post(&path, &[("hash", &hash), ("at", &at)]).await;
        assert_eq!(refused.status(), StatusCode::CONFLICT, "{path}");
        let page = body(refused).await;
        let alert = page.split("role=\"alert\"").nth(1).unwrap().split("</div>").next().unwrap();
        for part in ["Numuru vēl nevar nosūtīt", "vajag vismaz 2", "<a href=\"/desk\">"] {
            assert!(alert.contains(part), "{part}: {alert}");
        }
        assert!(issue(&site, id).await.state.is_open());
    }
}

/// An approved item that says this, though no editor could have approved it so.
async fn seeded(site: &Site, content: issues::ItemContent) -> i64 {
    let (id, _) = site.keep(&content).await;
    let mut write = site.app.store.write().await.unwrap();
    let row = write.item_for_change(id).await.unwrap().unwrap();
    let state = issues::ItemState::Approved { by: "Anna".into(), at: now() };
    assert!(
        write
            .change_item(&row, &issues::Item { state, content }, "Anna", "command", "approve", now())
            .await
            .unwrap()
    );
    write.commit().await.unwrap();
    id
}

/// An approved item of so many octets.
async fn long(site: &Site, octets: usize) -> i64 {
    let content = issues::ItemContent {
        title: "Gara ziņa".into(),
        text: "Sestdien talkā sakopsim taku gar ezeru. ".repeat(octets / 40),
        ..Default::default()
    };
    seeded(site, content).await
}

/// An issue in which is all that can be found wrong at a time, and the item with most of it.
pub async fn with_every_fault(site: &Site) -> (i64, i64) {
    // January's issue, sent on the 30th of December, is the last that the funder pays; this one is February's.
    site.app.clock.advance_to("2027-01-05T08:00:00Z".parse().unwrap());
    let desk = site.desk(0).await;
    let at = |day: &str| issues::Event::at(format!("{day}T10:00:00").parse().unwrap(), "tad");
    let mut wrong_day = at("2027-02-06");
    wrong_day.weekday = Some(chrono::Weekday::Wed);
    wrong_day.warn = Some(issues::WEEKDAY_MISMATCH.to_owned());
    let photo = issues::ItemPhoto { sha256: "0".repeat(64), width: 640, height: 480, ..Default::default() };
    let content = issues::ItemContent {
        title: "Viss nepareizi".into(),
        text: "Piesakieties šeit! Sarakstu turam datorā.\n\nhttp://127.0.0.1:1/saraksts".into(),
        photos: vec![photo],
        events: vec![at("2027-01-06"), wrong_day],
        ..Default::default()
    };
    let faulty = seeded(site, content).await;
    for _ in 0..4 {
        long(site, 19_000).await;
    }
    site.item("Vēl gaida", &[]).await;
    location(&desk.post("/desk/issue", &[("do", "assemble")]).await);
    let id = site.app.store.issues(site.app.publication, "").await.unwrap().last().unwrap().id;
    let page = desk.page("/desk/issue").await;
    let was = hidden(&page, "words", "was");
    let fields = [("was", was.as_str()), ("do", "words"), ("subject", "Īss"), ("note", "")];
    location(&desk.post(&format!("/desk/issue/{id}"), &fields).await);
    (id, faulty)
}

async fn an_issue_with_every_fault_shows_all(site: Site) {
    let (id, faulty) = with_every_fault(&site).await;
    let desk = site.desk(0).await;
    let page = desk.page("/desk/issue").await;
    let readiness = page.split("id=\"readiness\"").nth(1).unwrap().split("</section>").next().unwrap();
    let item = |field: &str| format!("/desk/item/{faulty}#{field}");
    for (words, link) in [
        ("fotogrāfijai nav apraksta neredzīgajiem", item("photos.0.alt")),
        ("nav norādīts foto autors", item("photos.0.credit")),
        ("nedēļas diena neatbilst datumam", item("event-1")),
        ("notikums jau ir bijis", item("event-0")),
        ("tekstā ir “piesakieties šeit”, bet saites tur nav", item("text")),
        ("saite neatveras: http://127.0.0.1:1/saraksts", item("text")),
        ("trūkst atsauces uz finansētāju", "#funders".to_owned()),
        ("Zīmju skaits vēstules tematā: 3", "#subject".to_owned()),
        ("Lēmumu vēl gaida 1", "/desk".to_owned()),
    ] {
        let line = readiness.split("<li").find(|line| line.contains(words));
        let line = line.unwrap_or_else(|| panic!("{words}: {readiness}"));
        assert!(line.contains(&format!("href=\"{link}\"")), "{words} {link}: {line}");
    }
    // The figure is that of the mail; from 80 kB on it is said, and over 95 kB nothing is sent.
    let size = |page: &str| {
        let line = page
            .split("<li")
            .find(|line| line.contains("#order\"") && line.contains("KB)"))
            .unwrap()
            .to_owned();
        let figure =
            line.split('(').nth(1).unwrap().split('\u{a0}').next().unwrap().parse::<usize>().unwrap();
        (figure, line)
    };
    let octets = async || {
        let row = issue(&site, id).await;
        let mut largest = 0;
        for language in Language::ALL {
            largest =
                largest.max(preview(&site.app, &row, None, Some(language)).await.unwrap().email().html.len());
        }
        largest
    };
    let (figure, line) = size(readiness);
    let whole = octets().await;
    assert!((80_000..=95_000).contains(&whole) && whole.abs_diff(figure * 1_000) < 2_000, "{figure} {whole}");
    assert!(line.contains("class=\"st left wait\"") && line.contains("Vēstule ir gara"), "{line}");
    long(&site, 19_000).await;
    location(&desk.post(&format!("/desk/issue/{id}"), &[("do", "assemble")]).await);
    let (figure, line) = size(&desk.page("/desk/issue").await);
    assert!(figure > 95 && line.contains("class=\"st left off\"") && line.contains("par garu"), "{line}");
    let told = desk.get(&format!("/desk/issue/{id}/approve")).await;
    assert_eq!(told.status(), StatusCode::CONFLICT);
    let told = body(told).await;
    let alert = told.split("role=\"alert\"").nth(1).unwrap().split("</div>").next().unwrap();
    for part in ["par garu", "fotogrāfijai nav apraksta", "nedēļas diena neatbilst"] {
        assert!(alert.contains(part), "{part}: {alert}");
    }
}

async fn a_date_is_taken_out_of_the_calendar_and_shown_again(site: Site) {
    let desk = site.desk(0).await;
    let (id, items) = put_together(&site, &desk, &["Pirmā", "Otrā"]).await;
    let page = desk.page("/desk/issue").await;
    assert!(page.contains("Kalendārs: 2\u{a0}datumi") && page.contains("Tas pats laiks un vieta kā ziņai"));
    let key = format!("{}.2026-12-05T10:00.", items[0]);
    let change = async |verb: &str| {
        let page = desk.page("/desk/issue").await;
        let was = hidden(&page, "calendar", "was");
        desk.post(&format!("/desk/issue/{id}"), &[("was", &was), ("do", &format!("{verb}.{key}"))]).await
    };
    let text = async || {
        preview(&site.app, &issue(&site, id).await, None, Some(Language::Latvian)).await.unwrap().email().text
    };
    let before = text().await;
    assert!(location(&change("hide").await).ends_with("#calendar"));
    assert!(desk.page("/desk/issue").await.contains("kalendārā nerāda"));
    let hidden_now = text().await;
    assert!(hidden_now.len() < before.len());
    location(&desk.post(&format!("/desk/issue/{id}"), &[("do", "assemble")]).await);
    assert_eq!(text().await, hidden_now, "an assembly keeps it out");
    location(&change("show").await);
    assert_eq!(text().await, before);
}

async fn words_that_are_too_long_come_back(site: Site) {
    let desk = site.desk(0).await;
    let (id, _) = put_together(&site, &desk, &["Pirmā", "Otrā"]).await;
    let page = desk.page("/desk/issue").await;
    let (was, long) = (hidden(&page, "words", "was"), "ā".repeat(121));
    let fields = [("was", was.as_str()), ("do", "words"), ("subject", &long), ("note", "Ievads <b>")];
    let refused = desk.post(&format!("/desk/issue/{id}"), &fields).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let refused = body(refused).await;
    assert!(refused.contains(&long) && refused.contains("Ievads &lt;b&gt;</textarea>"));
    assert!(refused.contains("aria-describedby=\"subject-how subject-error\""));
    assert_eq!(issue(&site, id).await.note, "");
}

/// HTML and text of a mail as a reader's program reads them, with the ends of lines as we write them.
fn parts(mail: &[u8]) -> (String, String) {
    let parsed = MessageParser::default().parse(mail).unwrap();
    let part = |text: std::borrow::Cow<'_, str>| text.replace("\r\n", "\n");
    (part(parsed.body_html(0).unwrap()), part(parsed.body_text(0).unwrap()))
}

/// What of a mail is the same for all readers: the links of one reader are taken out.
fn impersonal(text: &str, site: &Site) -> String {
    let mut same = text.to_owned();
    for own in ["leave/", "preferences/"] {
        let start = format!("{}{own}", site.app.config.public_url);
        while let Some(at) = same.find(&start) {
            let end = same[at..].find(['"', '\n', '<', ' ']).map_or(same.len(), |length| at + length);
            same.replace_range(at..end, "");
        }
    }
    same
}

async fn previews_are_what_is_sent(site: Site) {
    let sink =
        Sink::listen(&format!("127.0.0.1:{}", site.app.config.outbound.port), keeping(), None).unwrap();
    let desk = site.desk(0).await;
    // Confirmed today, as the preview says of its reader.
    site.confirmed("anna@readers.example").await;
    let (id, items) = put_together(&site, &desk, &["Pirmā", "Otrā"]).await;
    let frame = async |view: &str| {
        let response = desk.get(&format!("/desk/issue/{id}/frame/{view}?lang=en")).await;
        assert_eq!(response.status(), StatusCode::OK, "{view}");
        let policy = header(&response, "content-security-policy");
        assert!(policy.ends_with("sandbox") && policy.contains("default-src 'none'"), "{policy}");
        body(response).await
    };
    let mut before = Vec::new();
    for view in ["phone", "desktop", "text"] {
        before.push(frame(view).await);
        let page = desk.page(&format!("/desk/issue/{id}/view/{view}?lang=en")).await;
        assert!(
            page.contains(&format!("<iframe sandbox=\"\" src=\"/desk/issue/{id}/frame/{view}?lang=en\""))
        );
        assert!(page.contains("Tās pašas rindas, ko saņems lasītājs"), "{view}");
    }
    assert_eq!(before[0], before[1]);
    // The pictures of an issue that is being made are there for those who know their names; others are not.
    let photo = site.app.store.item(items[0]).await.unwrap().unwrap().item.content.photos[0].sha256.clone();
    assert!(before[0].contains(&format!("/photo/{photo}.jpg")));
    assert_eq!(site.get(&format!("/photo/{photo}.jpg")).await.status(), StatusCode::OK);
    let (pending, _) = site.item("Vēl gaida", &["Cita"]).await;
    let photo = site.app.store.item(pending).await.unwrap().unwrap().item.content.photos[0].sha256.clone();
    assert_eq!(site.get(&format!("/photo/{photo}.jpg")).await.status(), StatusCode::NOT_FOUND);
    // Whoever approved and sent: the reader's mail has these lines.
    let page = desk.page(&format!("/desk/issue/{id}/send")).await;
    let hash = hidden(&page, "", "hash");
    location(&desk.post(&format!("/desk/issue/{id}/send"), &[("hash", &hash)]).await);
    assert_eq!(issue(&site, id).await.content_hash, hash);
    for (view, before) in ["phone", "desktop", "text"].into_iter().zip(&before) {
        assert_eq!(frame(view).await, *before, "{view} after approval");
    }
    site.app.clock.advance_to(now() + TimeDelta::minutes(10));
    assert!(edition::advance(&site.app).await.unwrap());
    let mut outbox = outbox(&site.app).await;
    until_idle(&mut outbox).await;
    let sent = sink.mails().into_iter().find(|mail| {
        mail.to == "anna@readers.example" && { String::from_utf8_lossy(&mail.bytes).contains("List-Id:") }
    });
    let (html, text) = parts(&sent.unwrap().bytes);
    assert_eq!(impersonal(&html, &site), impersonal(&before[0], &site));
    // The last end of a line belongs to the boundary (RFC 2046 section 5.1.1).
    assert_eq!(impersonal(text.trim_end(), &site), impersonal(before[2].trim_end(), &site));
    // The others are what they say of themselves.
    let dark = frame("dark").await;
    assert!(dark.contains("@media all{") && !dark.contains("prefers-color-scheme"));
    let inverted = frame("inverted").await;
    assert!(inverted.contains("filter:invert(1)") && inverted.contains("@media not all{"));
    let bare = frame("images-off").await;
    assert!(!bare.contains(" src=") && bare.contains("alt=\"Taka gar ezeru\""));
    let sheet = frame("print").await;
    assert!(sheet.contains("/print.css") && sheet.contains("Pirmā"));
    assert_eq!(desk.get(&format!("/desk/issue/{id}/view/strange")).await.status(), StatusCode::NOT_FOUND);
}

async fn a_test_mail_goes_to_the_editor_and_its_leaving_is_inert(site: Site) {
    let desk = site.desk(0).await;
    let (id, _) = put_together(&site, &desk, &["Pirmā", "Otrā"]).await;
    let path = format!("/desk/issue/{id}");
    let done = location(&desk.post(&path, &[("do", "test"), ("lang", "lv")]).await);
    assert!(desk.page(&done).await.contains("Pārbaudes vēstule aizgāja uz redakcija@selija.com"));
    let mails = site.mails("test").await;
    assert_eq!(mails.len(), 1);
    let parsed = MessageParser::default().parse(&mails[0]).unwrap();
    assert!(parsed.subject().unwrap().starts_with("[Pārbaude] Decembra ziņas"), "{:?}", parsed.subject());
    let (html, _) = parts(&mails[0]);
    let frame = body(desk.get(&format!("{path}/frame/phone")).await).await;
    let leave = format!("{}desk/issue/{id}?did=test-leave", site.app.config.public_url);
    let lines = |html: &str| html.replace(&leave, "").replace("<title>[Pārbaude] ", "<title>");
    assert_eq!(lines(&html), impersonal(&frame, &site));
    let before = site.dump().await;
    let leaving = leave.strip_prefix(site.app.config.public_url.as_str()).unwrap();
    assert!(desk.page(&format!("/{leaving}")).await.contains("tajā neko nemaina"));
    site.post(&format!("/{leaving}"), &[("List-Unsubscribe", "One-Click")]).await;
    assert_eq!(before, site.dump().await);
    for _ in 0..9 {
        location(&desk.post(&path, &[("do", "test")]).await);
    }
    assert_eq!(desk.post(&path, &[("do", "test")]).await.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(site.mails("test").await.len(), 10);
}

async fn what_was_looked_at_is_what_is_approved(site: Site) {
    let desk = site.desk(0).await;
    for reader in 0..3 {
        site.confirmed(&format!("reader{reader}@readers.example")).await;
    }
    let (id, items) = put_together(&site, &desk, &["Pirmā", "Otrā"]).await;
    let path = format!("/desk/issue/{id}/approve");
    let page = desk.page(&path).await;
    for words in [
        "3\u{a0}lasītāji",
        "Trešdien, 25.\u{a0}novembrī, plkst.\u{a0}10.00.",
        "Izsūtītu vēstuli vairs nevar atsaukt.",
        "plkst.\u{a0}10.10. Līdz tam visu var apturēt.",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let fields = |page: &str| [("hash", hidden(page, "", "hash")), ("at", hidden(page, "", "at"))];
    let send = async |fields: &[(&str, String)]| {
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        desk.post(&path, &fields).await
    };
    // Somebody mends a word meanwhile.
    let text = issues::Change { field: "text".to_owned(), value: "Nāciet visi!".to_owned() };
    decide(&site.app, items[0], None, Decide::Edit(vec![text]), ANNA).await.unwrap();
    let before = site.dump().await;
    let told = send(&fields(&page)).await;
    assert_eq!(told.status(), StatusCode::CONFLICT);
    assert_eq!(before, site.dump().await, "nothing is approved");
    let told = body(told).await;
    assert!(told.contains("Kopš skatījāties, numurs ir mainījies"));
    for fields in
        [[("hash", String::new()), ("at", String::new())], [("hash", "x".into()), ("at", "-1".into())]]
    {
        assert_eq!(send(&fields).await.status(), StatusCode::CONFLICT);
    }
    // An item that was approved in the meantime does not slip in unseen.
    let late = approved(&site, "Vēlā").await;
    let more = send(&fields(&told)).await;
    assert_eq!(more.status(), StatusCode::CONFLICT);
    assert!(issue(&site, id).await.state.is_open());
    let told = body(more).await;
    let done = location(&send(&fields(&told)).await);
    let row = issue(&site, id).await;
    assert_eq!((row.state.name(), row.content_hash), ("approved", fields(&told)[0].1.clone()));
    assert!(order(&site, id).await.contains(&late), "as it was shown the second time");
    let page = desk.page(&done).await;
    assert!(page.contains("Numurs apstiprināts.") && page.contains("Apstiprināja Anna Miglasēta."));
    let again = send(&fields(&told)).await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
    assert!(body(again).await.contains("numura stāvoklis ir mainījies"));
    let page = desk.page("/desk/issue").await;
    assert!(page.contains(&format!("href=\"/desk/issue/{id}/stop\"")));
    let closed =
        desk.post(&format!("/desk/issue/{id}"), &[("do", "words"), ("was", ""), ("note", "x")]).await;
    assert_eq!(closed.status(), StatusCode::CONFLICT);
    assert!(body(closed).await.contains("vairs nav melnraksts"));
}

async fn a_sending_moment_that_passed_is_not_approved(site: Site) {
    let desk = site.desk(0).await;
    let (id, _) = put_together(&site, &desk, &["Pirmā", "Otrā"]).await;
    let path = format!("/desk/issue/{id}/approve");
    let page = desk.page(&path).await;
    site.app.clock.advance_to(now() + TimeDelta::days(6));
    let fields = [("hash", hidden(&page, "", "hash")), ("at", hidden(&page, "", "at"))];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let told = desk.post(&path, &fields).await;
    assert_eq!(told.status(), StatusCode::CONFLICT);
    let told = body(told).await;
    assert!(told.contains("30.\u{a0}decembrī") && told.contains("janvāra numuru"), "{told}");
    let fields = [("hash", hidden(&told, "", "hash")), ("at", hidden(&told, "", "at"))];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    location(&desk.post(&path, &fields).await);
    let row = issue(&site, id).await;
    assert_eq!(
        (row.edition.to_string(), row.number, row.content_hash),
        ("2027-01".into(), 1, fields[0].1.into())
    );
}

async fn the_hold_can_be_stopped_and_gone_on_with(site: Site) {
    let desk = site.desk(0).await;
    site.confirmed("anna@readers.example").await;
    let (id, items) = put_together(&site, &desk, &["Pirmā", "Otrā"]).await;
    let path = format!("/desk/issue/{id}");
    let page = desk.page(&format!("{path}/send")).await;
    assert!(page.contains("Tūlīt.") && page.contains("plkst.\u{a0}12.10"), "{page}");
    let hash = hidden(&page, "", "hash");
    let sent = location(&desk.post(&format!("{path}/send"), &[("hash", &hash)]).await);
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

/// Approves at the desk what is offered now.
async fn approve_at_desk(desk: &Desk<'_>, id: i64) {
    let path = format!("/desk/issue/{id}/approve");
    let page = desk.page(&path).await;
    let (hash, at) = (hidden(&page, "", "hash"), hidden(&page, "", "at"));
    location(&desk.post(&path, &[("hash", &hash), ("at", &at)]).await);
}

async fn send_at_desk(desk: &Desk<'_>, id: i64) {
    let path = format!("/desk/issue/{id}/send");
    let hash = hidden(&desk.page(&path).await, "", "hash");
    location(&desk.post(&path, &[("hash", &hash)]).await);
}

async fn an_approval_is_taken_back_until_letters_leave(site: Site) {
    let desk = site.desk(0).await;
    site.confirmed("anna@readers.example").await;
    let (id, items) = put_together(&site, &desk, &["Pirmā", "Otrā"]).await;
    let path = format!("/desk/issue/{id}");
    assert_eq!(desk.post(&path, &[("do", "reopen")]).await.status(), StatusCode::CONFLICT, "it is open");
    approve_at_desk(&desk, id).await;
    let was = order(&site, id).await;
    assert!(desk.page(&path).await.contains("value=\"reopen\""));
    let back = location(&desk.post(&path, &[("do", "reopen")]).await);
    let page = desk.page(&back).await;
    assert!(
        page.contains("Numurs atkal ir atvērts. Tas neaizies, kamēr to neapstiprināsiet no jauna."),
        "{page}"
    );
    let row = issue(&site, id).await;
    assert_eq!((row.state.name(), row.content_hash.as_str()), ("ready", ""));
    assert!(site.app.store.issue_contents(id).await.unwrap().is_empty());
    assert_eq!(order(&site, id).await, was);
    // Its moment passes without it; what is in it can be mended, and is what is sent then.
    let text = issues::Change { field: "text".to_owned(), value: "Talka ir pārcelta.".to_owned() };
    decide(&site.app, items[0], None, Decide::Edit(vec![text]), ANNA).await.unwrap();
    approve_at_desk(&desk, id).await;
    let contents = site.app.store.issue_contents(id).await.unwrap();
    assert!(!contents.is_empty() && contents.iter().all(|content| content.text.contains("pārcelta")));
    // Also in the hold, going or paused.
    send_at_desk(&desk, id).await;
    for pauses in [false, true] {
        if pauses {
            location(&desk.post(&path, &[("do", "pause")]).await);
        }
        assert!(desk.page(&path).await.contains("value=\"reopen\""));
        location(&desk.post(&path, &[("do", "reopen")]).await);
        site.app.clock.advance_to(site.app.clock.now() + TimeDelta::minutes(11));
        assert!(!edition::advance(&site.app).await.unwrap());
        assert_eq!(issue(&site, id).await.state.name(), "ready");
        send_at_desk(&desk, id).await;
    }
    // Letters may have left: nothing is taken back any more.
    site.app.clock.advance_to(site.app.clock.now() + TimeDelta::minutes(10));
    assert!(edition::advance(&site.app).await.unwrap());
    assert!(!desk.page(&path).await.contains("value=\"reopen\""));
    let before = site.dump().await;
    let told = desk.post(&path, &[("do", "reopen")]).await;
    assert_eq!(told.status(), StatusCode::CONFLICT);
    assert!(body(told).await.contains("numura stāvoklis ir mainījies"));
    assert_eq!(before, site.dump().await);
}

async fn there_is_one_open_issue_at_a_time(site: Site) {
    let desk = site.desk(0).await;
    let (id, _) = put_together(&site, &desk, &["Pirmā", "Otrā"]).await;
    approve_at_desk(&desk, id).await;
    location(&desk.post("/desk/issue", &[("do", "assemble")]).await);
    let told = desk.post(&format!("/desk/issue/{id}"), &[("do", "reopen")]).await;
    assert_eq!(told.status(), StatusCode::CONFLICT);
    assert!(body(told).await.contains("Jau top nākamais numurs"));
    assert_eq!(issue(&site, id).await.state.name(), "approved");
}

async fn after_an_issue_left_before_its_time_the_next_has_its_own(site: Site) {
    let desk = site.desk(0).await;
    let (id, _) = put_together(&site, &desk, &["Pirmā", "Otrā"]).await;
    send_at_desk(&desk, id).await;
    site.app.clock.advance_to(now() + TimeDelta::minutes(10));
    while edition::advance(&site.app).await.unwrap() {}
    assert_eq!(issue(&site, id).await.state.name(), "sent");
    // December has left on the 20th of November: the moment of the 25th is nobody's.
    let rows = site.app.store.issues(site.app.publication, "draft").await.unwrap();
    let draft = rows.last().unwrap();
    assert_eq!(draft.edition.to_string(), "2027-01");
    let pending = site.pending("jauna@readers.example").await;
    let confirm = site.path("confirm", subscribers::Purpose::Confirm, pending.public_id);
    let confirmed = body(site.post(&confirm, &[]).await).await;
    assert!(confirmed.contains("30\u{a0}December"), "{confirmed}");
    assert!(
        confirmed.contains("href=\"/2026/1\"") && confirmed.contains("href=\"/preferences/"),
        "{confirmed}"
    );
    for (path, day) in [("/desk", 20), ("/desk/moments", 30), (&format!("/desk/issue/{}", draft.id), 30)] {
        let page = desk.page(path).await;
        assert!(page.contains(&format!("{day}.\u{a0}decembr")), "{path}: {page}");
        assert!(!page.contains("25.\u{a0}novembr"), "{path}: {page}");
    }
    let send = body(site.get("/how-to-send").await).await;
    assert!(send.contains("20.\u{a0}decembr") && !send.contains("25.\u{a0}novembr"), "{send}");
    for title in ["Trešā", "Ceturtā"] {
        approved(&site, title).await;
    }
    location(&desk.post(&format!("/desk/issue/{}", draft.id), &[("do", "assemble")]).await);
    let offer = desk.page(&format!("/desk/issue/{}/approve", draft.id)).await;
    assert!(offer.contains("30.\u{a0}decembrī"), "{offer}");
    // When the moment that is nobody's comes, nobody is reminded and nothing leaves.
    let moment = "2026-11-25T08:00:00Z".parse().unwrap();
    site.app.clock.advance_to(moment);
    edition::sending_moment(&site.app, moment).await.unwrap();
    assert_eq!(site.mails("draft_ready").await.len() + site.mails("held").await.len(), 0);
    assert_eq!(issue(&site, draft.id).await.edition.to_string(), "2027-01");
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
    let hash = hidden(&desk.page(&format!("/desk/issue/{id}/send")).await, "", "hash");
    location(&desk.post(&format!("/desk/issue/{id}/send"), &[("hash", &hash)]).await);
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

async fn looking_at_an_issue_changes_nothing(site: Site) {
    let desk = site.desk(0).await;
    let (id, _) = put_together(&site, &desk, &["Pirmā", "Otrā"]).await;
    let before = site.dump().await;
    let mut paths = vec!["/desk/issue".to_owned(), "/desk/issues".to_owned()];
    for below in ["", "/approve", "/send", "/deliveries", "?did=moved&item=999", "?did=%3Cscript%3E"] {
        paths.push(format!("/desk/issue/{id}{below}"));
    }
    for view in ["phone", "desktop", "dark", "inverted", "images-off", "text", "print"] {
        paths.push(format!("/desk/issue/{id}/view/{view}"));
        paths.push(format!("/desk/issue/{id}/frame/{view}"));
    }
    for path in &paths {
        let looked = desk.get(path).await;
        assert_eq!(looked.status(), StatusCode::OK, "{path}");
        assert!(!body(looked).await.contains("<script>"), "{path}");
    }
    for path in ["/desk/issue/999", "/desk/issue/x", "/desk/issue/999/approve", "/desk/issue/999/frame/phone"]
    {
        assert_eq!(desk.get(path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(before, site.dump().await);
}

async fn hostile_words_are_inert_in_an_issue(site: Site) {
    let desk = site.desk(0).await;
    let hostile = "<script>alert(1)</script></textarea><img src=x onerror=alert(2)>\u{202e}";
    let (id, items) = put_together(&site, &desk, &[hostile, "Otrā"]).await;
    let path = format!("/desk/issue/{id}");
    let was = hidden(&desk.page(&path).await, "words", "was");
    let fields = [("was", was.as_str()), ("do", "words"), ("subject", hostile), ("note", hostile)];
    location(&desk.post(&path, &fields).await);
    for below in [
        "",
        &format!("?did=moved&item={}", items[0]),
        "/approve",
        "/view/phone",
        "/frame/phone",
        "/frame/dark",
        "/frame/inverted",
        "/frame/images-off",
        "/frame/print",
    ] {
        let page = desk.page(&format!("{path}{below}")).await;
        assert!(
            !page.contains("<script>alert") && !page.contains("<img src=x") && !page.contains('\u{202e}'),
            "{below}"
        );
    }
    let list = desk.page("/desk/issues").await;
    assert!(!list.contains("<script>alert"));
}
