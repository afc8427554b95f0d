//! The place, the price and the link of an event: read from a letter, put right once at the desk, and seen in everything
//! that names the event.

use chrono::TimeDelta;
use issues::EventDetails;
use reqwest::StatusCode;
use subscribers::Purpose;
use zinas::newsroom::edition;
use zinas::newsroom::moderate::{Act, Who, decide};
use zinas::store::ItemRow;

use crate::support::newsroom::{from_anna, receive, route_all};
use crate::support::site::{Site, body, on_both_databases};

on_both_databases! {
    what_a_letter_says_is_proposed_and_looks_so
    one_edit_changes_all_outputs
    a_link_that_leads_to_no_page_is_refused_and_kept_in_its_field
}

async fn only(site: &Site) -> ItemRow {
    site.app.store.items(site.app.publication, "").await.unwrap().remove(0)
}

fn details(row: &ItemRow) -> [String; 3] {
    let EventDetails { place, price, link } = EventDetails::of(&row.item.content.events[0]);
    [place, price, link]
}

/// An item that Anna's letter proposed.
async fn proposed(site: &Site) -> ItemRow {
    let words = "Koncerts 5. decembrī plkst. 18.00. Ieeja brīva!\r\n\r\nVieta: Rites tautas nams.\r\n\r\n\
                 Vairāk: https://koncerts.example/rite";
    receive(&site.app, from_anna("Koncerts", words)).await;
    route_all(&site.app).await;
    only(site).await
}

async fn what_a_letter_says_is_proposed_and_looks_so(site: Site) {
    let row = proposed(&site).await;
    assert_eq!(details(&row), ["Rites tautas nams", "bez maksas", "https://koncerts.example/rite"]);
    let thanks = String::from_utf8(site.mails("thanks").await.remove(0)).unwrap();
    assert!(thanks.contains("Ieeja: bez maksas"), "{thanks}");
    let desk = site.desk(0).await;
    let path = format!("/desk/item/{}", row.id);
    let page = desk.page(&path).await;
    let place = page.split("id=\"event-0\"").nth(1).unwrap();
    let box_of = |page: &str| {
        page.split("class=\"prop").nth(1).unwrap().split("</details>").next().unwrap().to_owned()
    };
    assert!(!box_of(&page).starts_with(" sure") && place.contains("Ieeja: bez maksas"), "{place}");
    assert!(
        page.contains("decembrī, plkst.\u{a0}18.00 (Rites tautas nams. Ieeja: bez maksas)"),
        "approving says so"
    );
    let revision = row.revision.to_string();
    let done = desk.post(&path, &[("do", "confirm:events.0"), ("revision", &revision)]).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    assert!(box_of(&desk.page(&path).await).starts_with(" sure"));
    assert!(only(&site).await.item.content.events[0].confirmed.is_some());
}

async fn one_edit_changes_all_outputs(site: Site) {
    let row = proposed(&site).await;
    let desk = site.desk(0).await;
    let path = format!("/desk/item/{}", row.id);
    let fields = |revision: &str| {
        [
            ("revision", revision.to_owned()),
            ("do", "save".to_owned()),
            ("events.0.place", "Rites muiža <b>".to_owned()),
            ("events.0.price", "3 €".to_owned()),
            ("events.0.link", "biletes.example/koncerts".to_owned()),
        ]
    };
    let revision = row.revision.to_string();
    let fields = fields(&revision);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(desk.post(&path, &fields).await.status(), StatusCode::SEE_OTHER);
    let saved = only(&site).await;
    assert_eq!(details(&saved), ["Rites muiža <b>", "3 €", "https://biletes.example/koncerts"]);
    assert_eq!(saved.item.content.events[0].confirmed.as_ref().unwrap().by, "Anna Miglasēta");
    let again = desk.post(&path, &[("revision", &saved.revision.to_string()), fields[1], fields[4]]).await;
    assert_eq!(again.status(), StatusCode::SEE_OTHER);
    assert_eq!(only(&site).await.revision, saved.revision, "the same address is no change");
    let who = Who { by: "anna", channel: "command" };
    decide(&site.app, row.id, None, Act::Approve, who).await.unwrap();
    for number in 1..site.app.config.issue.items_min {
        let (item, _) = site.item(&format!("Vēl {number}"), &[]).await;
        decide(&site.app, item, None, Act::Approve, Who { by: "anna", channel: "command" }).await.unwrap();
    }
    edition::assemble(&site.app, None).await.unwrap();
    let issue = edition::send(&site.app, None, "anna").await.unwrap();
    site.app.clock.advance_to(site.app.clock.now() + TimeDelta::minutes(11));
    while edition::advance(&site.app).await.unwrap() {}

    let mail = site.app.store.issue_contents(issue.id).await.unwrap();
    let mail = mail.iter().find(|content| content.language.code() == "lv").unwrap();
    let (year, number) = (issue.edition.year, issue.number);
    let of_issue = format!("/{year}/{number}");
    let contribution = site.path("news", Purpose::Contribution, saved.public_id);
    let mut outputs = vec![
        ("mail".to_owned(), mail.html.clone()),
        ("mail as text".to_owned(), mail.text.clone()),
        ("desk".to_owned(), desk.page(&path).await),
    ];
    for page in [
        of_issue.clone(),
        format!("{of_issue}/koncerts"),
        format!("{of_issue}/print"),
        "/calendar/2026-12".to_owned(),
        contribution,
    ] {
        outputs.push((page.clone(), body(site.get(&format!("{page}?lang=lv")).await).await));
    }
    for (name, output) in &outputs {
        let name_of = if name == "mail as text" { "Rites muiža <b>" } else { "Rites muiža &lt;b&gt;" };
        // A mail breaks long addresses where they may be broken.
        let bare = output.replace("<wbr>", "");
        assert!(output.contains(name_of), "{name} has the place: {output}");
        assert!(output.contains("3 €"), "{name} has the price");
        assert!(bare.contains("biletes.example/koncerts"), "{name} has the link");
        for old in ["Rites tautas nams,", "Ieeja: bez maksas", "Ieeja: <span>bez maksas"] {
            assert!(!output.contains(old), "{name} still says {old:?}");
        }
    }
    for page in [&outputs[0].1, &outputs[3].1, &outputs[4].1] {
        assert!(page.contains("href=\"https://biletes.example/koncerts\""), "a link that opens");
    }
    for path in [format!("{of_issue}/koncerts/1.ics"), "/calendar.ics".to_owned()] {
        let file = body(site.get(&path).await).await.replace("\r\n ", "");
        assert!(file.contains("LOCATION:Rites muiža <b>"), "{path}: {file}");
        assert!(file.contains("URL:https://biletes.example/koncerts\r\n"), "{path}: {file}");
        assert!(file.contains("Ieeja: 3 €") && !file.contains("bez maksas\\n"), "{path}: {file}");
    }
}

async fn a_link_that_leads_to_no_page_is_refused_and_kept_in_its_field(site: Site) {
    let row = proposed(&site).await;
    let desk = site.desk(0).await;
    let path = format!("/desk/item/{}", row.id);
    let revision = row.revision.to_string();
    let before = site.dump().await;
    for bad in ["javascript:alert(1)", "anna@example.lv", "https://banka.example@cits.example/"] {
        let refused =
            desk.post(&path, &[("revision", &revision), ("do", "save"), ("events.0.link", bad)]).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
        let page = body(refused).await;
        assert!(
            page.contains("id=\"events.0.link-error\"") && page.contains(&format!("value=\"{bad}\"")),
            "{page}"
        );
    }
    // A price for an event that has no day is not thrown away.
    let fields = [("revision", revision.as_str()), ("do", "save"), ("events.1.price", "3 €")];
    let refused = desk.post(&path, &fields).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body(refused).await.contains("id=\"events.1-error\""));
    assert_eq!(site.dump().await, before);
}
