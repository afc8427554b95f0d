//! The order, the calendar and the words of an issue, and which items stand in it.

use reqwest::StatusCode;
use subscribers::Language;
use zinas::newsroom::edition;
use zinas::newsroom::moderate::{Act as Decide, decide};
use zinas::newsroom::preview::preview;

use super::{approved, arrange, hidden, issue, location, order, put_together};
use crate::support::desk::Desk;
use crate::support::newsroom::ANNA;
use crate::support::site::{Site, body, on_both_databases};

on_both_databases! {
    an_issue_is_put_together_and_arranged
    what_is_taken_out_waits_for_the_next_issue
    what_is_approved_stands_in_the_issue_that_was_promised
    what_is_approved_after_its_issue_is_told_the_next_one
    two_editors_arrange_and_neither_loses_anything
    of_two_at_once_one_is_told
    a_date_is_taken_out_of_the_calendar_and_shown_again
    words_that_are_too_long_come_back
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
    // Equal places keep the order in which they stood.
    let page = desk.page("/desk/issue").await;
    let equal: Vec<(i64, usize)> = was.iter().map(|item| (*item, 1)).collect();
    location(&arrange(&desk, id, &page, "order", &equal).await);
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
    // An undo puts it back where it was: out.
    decide(&site.app, late, None, Decide::Reject { reason: "Jau bija".to_owned() }, ANNA).await.unwrap();
    decide(&site.app, late, None, Decide::Undo, ANNA).await.unwrap();
    assert_eq!(revision().await.0, "approved");
    assert_eq!(order(&site, id).await, items);
    assert!(issue(&site, id).await.arrangement.left_out.contains(&late));
    decide(&site.app, late, None, Decide::Undo, ANNA).await.unwrap();
    decide(&site.app, late, None, Decide::Approve, ANNA).await.unwrap();
    assert!(order(&site, id).await.contains(&late));
    // Nobody has looked at the links of what joined.
    let unseen = "Dažas saites vēl nav pārbaudītas";
    assert!(!desk.page("/desk/issue").await.contains(unseen));
    let content = issues::ItemContent {
        title: "Saite".to_owned(),
        text: "Vairāk: https://nav.invalid/talka".to_owned(),
        ..issues::ItemContent::default()
    };
    let (linked, _) = site.keep(&content).await;
    decide(&site.app, linked, None, Decide::Approve, ANNA).await.unwrap();
    assert!(order(&site, id).await.contains(&linked));
    let page = desk.page("/desk/issue").await;
    assert!(page.contains(unseen) && !page.contains("Visas saites atveras"), "{page}");
    location(&desk.post(&format!("/desk/issue/{id}"), &[("do", "assemble")]).await);
    let page = desk.page("/desk/issue").await;
    assert!(!page.contains(unseen) && page.contains("nav.invalid"), "{page}");
    decide(&site.app, linked, None, Decide::Reject { reason: "Jau bija".to_owned() }, ANNA).await.unwrap();
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
