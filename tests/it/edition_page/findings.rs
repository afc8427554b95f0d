//! What is found wrong in an issue, each with the way to its field.

use reqwest::StatusCode;
use subscribers::Language;
use zinas::newsroom::moderate::{Act as Decide, decide};
use zinas::newsroom::preview::preview;

use super::{arrange, confirm, hidden, issue, location, offered, order, put_together};
use crate::support::newsroom::ANNA;
use crate::support::site::{Site, body, now, on_both_databases};

on_both_databases! {
    findings_lead_to_their_fields
    what_became_unfit_is_not_approved_and_says_why
    an_issue_with_every_fault_shows_all
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
        let shown = offered(&desk.page(&path).await);
        asked.push((path, shown));
    }
    // Meanwhile an item goes: one is too few.
    decide(&site.app, items[0], None, Decide::Postpone { to: None }, ANNA).await.unwrap();
    for (path, shown) in asked {
        let refused = confirm(&desk, &path, &shown).await;
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
