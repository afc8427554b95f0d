//! Events and places of an item: proposals are confirmed, contradictions are chosen, and both are typed.

use chrono::Weekday;
use issues::WEEKDAY_MISMATCH;
use reqwest::StatusCode;

use super::{keep, path, press, row};
use crate::support::site::{Site, body, header, now, on_both_databases};

on_both_databases! {
    proposals_are_confirmed_one_by_one
    a_contradiction_is_chosen_before_it_is_approved
    a_time_that_is_over_is_said_before_it_is_approved
    a_day_that_is_chosen_against_the_text_is_put_right_in_it
    words_that_say_another_time_are_left_knowingly
    events_and_places_are_added_changed_and_removed
}

async fn proposals_are_confirmed_one_by_one(site: Site) {
    let (id, _) = site.item("Talka", &[]).await;
    let desk = site.desk(0).await;
    let done = press(&desk, id, &[("do", "confirm:events.0"), ("text", "Cits teksts.")]).await;
    assert_eq!(header(&done, "location"), format!("/desk/item/{id}?done=edit&item={id}#event-0"));
    let row = row(&site, id).await;
    assert_eq!(row.item.content.text, "Cits teksts.", "what was typed is kept with it");
    let sure = row.item.content.events[0].confirmed.clone().unwrap();
    assert_eq!((sure.by.as_str(), sure.at), ("Anna Miglasēta", now()));
    assert!(row.item.content.places[0].confirmed.is_none());
    let page = desk.page(&path(id)).await;
    assert!(page.contains("Norises laiks: apstiprināts") && page.contains("Norises vieta: ieteikums"));
    assert!(page.contains("prop sure") && page.contains("Anna Miglasēta, "));
    assert_eq!(press(&desk, id, &[("do", "confirm:title")]).await.status(), StatusCode::BAD_REQUEST);
}

/// An item whose letter says Saturday for a Sunday.
async fn contradictory(site: &Site) -> i64 {
    let (id, _) = site.item("Talka", &[]).await;
    let mut content = row(site, id).await.item.content;
    let event = &mut content.events[0];
    event.start = issues::LocalMoment::parse("2026-12-06T10:00");
    event.warn = Some(WEEKDAY_MISMATCH.into());
    event.weekday = Some(Weekday::Sat);
    keep(site, &content).await
}

async fn a_contradiction_is_chosen_before_it_is_approved(site: Site) {
    let id = contradictory(&site).await;
    let desk = site.desk(0).await;
    let before = site.dump().await;
    let page = desk.page(&path(id)).await;
    assert!(page.contains("Vispirms izvēlieties norises dienu."));
    for day in ["2026-12-05", "2026-12-06"] {
        assert!(page.contains(&format!("name=\"events.0.day\" value=\"{day}\"")));
    }
    for button in ["approve", "confirm:events.0"] {
        let refused = press(&desk, id, &[("do", button)]).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{button}");
        assert!(body(refused).await.contains("events.0.day-error"));
    }
    assert_eq!(before, site.dump().await);
    let done = press(&desk, id, &[("do", "approve"), ("events.0.day", "2026-12-05")]).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    let content = row(&site, id).await.item.content;
    assert_eq!(content.events[0].start.unwrap().to_string(), "2026-12-05T10:00");
    assert!(content.events[0].contradiction().is_empty());
}

async fn a_time_that_is_over_is_said_before_it_is_approved(site: Site) {
    let (id, link) = site.item("Talka", &[]).await;
    let mut content = row(&site, id).await.item.content;
    let desk = site.desk(0).await;
    for page in [desk.page(&path(id)).await, body(site.get(&link).await).await] {
        assert!(!page.contains("Kad numurs iznāks,") && !page.contains("Tas jau ir pagājis"), "{page}");
    }
    // On the 25th it is read; on the 20th it is today.
    for (day, words) in
        [("2026-11-24", "Kad numurs iznāks, tas jau būs pagājis."), ("2026-11-14", "Tas jau ir pagājis.")]
    {
        content.events[0] = issues::Event::at(format!("{day}T10:00:00").parse().unwrap(), "");
        let (id, link) = site.keep(&content).await;
        for page in [desk.page(&path(id)).await, body(site.get(&link).await).await] {
            assert!(page.contains(words), "{words}: {page}");
            assert!(page.contains("Kad numurs iznāks, šis laiks jau būs pagājis: "), "{page}");
        }
        assert_eq!(
            press(&desk, id, &[("do", "approve")]).await.status(),
            StatusCode::SEE_OTHER,
            "her word is final"
        );
    }
}

/// The same with words in the text that say so.
async fn saying_saturday(site: &Site) -> i64 {
    let id = contradictory(site).await;
    let mut content = row(site, id).await.item.content;
    content.text = "Nāciet sestdien,\n6. decembrī plkst. 10.00 pie ezera!".to_owned();
    content.events[0].text = "sestdien, 6. decembrī plkst. 10.00".to_owned();
    keep(site, &content).await
}

async fn a_day_that_is_chosen_against_the_text_is_put_right_in_it(site: Site) {
    let id = saying_saturday(&site).await;
    let desk = site.desk(0).await;
    let page = desk.page(&path(id)).await;
    assert!(page.contains("name=\"events.0.reword\" value=\"1\" checked"), "{page}");
    assert!(
        page.contains("Labot arī tekstā") && page.contains("</del>") && page.contains("</ins>"),
        "{page}"
    );
    // Ticked from the start, it says nothing before a day is chosen.
    let idle = press(&desk, id, &[("do", "save"), ("events.0.reword", "1")]).await;
    assert_eq!(idle.status(), StatusCode::SEE_OTHER);
    assert_eq!(row(&site, id).await.revision, 1);
    let fields = [("do", "approve"), ("events.0.day", "2026-12-05"), ("events.0.reword", "1")];
    assert_eq!(press(&desk, id, &fields).await.status(), StatusCode::SEE_OTHER);
    let content = row(&site, id).await.item.content;
    assert_eq!(content.text, "Nāciet sestdien, 5. decembrī plkst. 10.00 pie ezera!");
    assert_eq!(content.events[0].text, "sestdien, 5. decembrī plkst. 10.00");
    // The same by the link of a notice.
    let mut by_link = row(&site, id).await.item.content;
    by_link.text = "Nāciet sestdien, 6. decembrī plkst. 10.00!".to_owned();
    by_link.events[0] = issues::Event {
        start: issues::LocalMoment::parse("2026-12-06T10:00"),
        warn: Some(WEEKDAY_MISMATCH.into()),
        weekday: Some(Weekday::Sat),
        text: "sestdien, 6. decembrī plkst. 10.00".to_owned(),
        confirmed: None,
        ..by_link.events[0].clone()
    };
    let (second, link) = site.keep(&by_link).await;
    let fields =
        [("revision", "1"), ("do", "approve"), ("events.0.day", "2026-12-06"), ("events.0.reword", "1")];
    assert_eq!(site.post(&link, &fields).await.status(), StatusCode::OK);
    assert_eq!(row(&site, second).await.item.content.text, "Nāciet svētdien, 6. decembrī plkst. 10.00!");
}

async fn words_that_say_another_time_are_left_knowingly(site: Site) {
    let id = saying_saturday(&site).await;
    let desk = site.desk(0).await;
    let before = site.dump().await;
    // A browser that never showed what the text says.
    let fields = [("do", "approve"), ("events.0.day", "2026-12-05")];
    let refused = press(&desk, id, &fields).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = body(refused).await;
    for words in [
        "Lasītāji redzēs divus dažādus laikus.",
        "Tekstā joprojām rakstīts “sestdien, 6. decembrī plkst. 10.00”.",
        "value=\"reword:0\"",
        "bet norises laiks ir cits",
        "Tekstā rakstīts cits laiks nekā kalendārā.",
        "name=\"events.0.left\"",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert_eq!(before, site.dump().await);
    let saved = press(&desk, id, &[("do", "save"), ("events.0.day", "2026-12-05")]).await;
    assert_eq!(saved.status(), StatusCode::SEE_OTHER);
    assert!(
        desk.page(&path(id)).await.contains("bet norises laiks ir cits"),
        "it is said till it is put right"
    );
    let mended = press(&desk, id, &[("do", "reword:0")]).await;
    assert_eq!(header(&mended, "location"), format!("/desk/item/{id}?done=edit&item={id}#text"));
    let page = desk.page(&path(id)).await;
    assert!(
        page.contains("sestdien, 5. decembrī plkst. 10.00 pie ezera!")
            && !page.contains("norises laiks ir cits")
    );
    // Who was shown it may leave it.
    let other = saying_saturday(&site).await;
    let fields = [("do", "approve"), ("events.0.day", "2026-12-05"), ("events.0.left", "1")];
    assert_eq!(press(&desk, other, &fields).await.status(), StatusCode::SEE_OTHER);
}

async fn events_and_places_are_added_changed_and_removed(site: Site) {
    let (id, _) = site.item("Talka", &[]).await;
    let desk = site.desk(0).await;
    let fields = [
        ("do", "save"),
        ("events.0.date", "2026-12-12"),
        ("events.0.time", "11:00"),
        ("events.0.end_time", "13:00"),
        ("events.0.said", "exact"),
        ("events.0.status", "cancelled"),
        ("events.1.date", "2026-12-19"),
        ("events.1.said", "until"),
        ("places.1.place", "Dviete"),
        ("places.1.municipality", "Augšdaugavas novads"),
    ];
    let saved = press(&desk, id, &fields).await;
    assert_eq!(saved.status(), StatusCode::SEE_OTHER, "{}", body(saved).await);
    let content = row(&site, id).await.item.content;
    let moment = |at: usize| {
        let event = &content.events[at];
        let text = |moment: Option<issues::LocalMoment>| moment.map_or_else(String::new, |m| m.to_string());
        format!("{}/{}", text(event.start), text(event.end))
    };
    assert_eq!((moment(0), moment(1)), ("2026-12-12T11:00/2026-12-12T13:00".into(), "/2026-12-19".into()));
    assert_eq!((content.places.len(), content.places[1].place.as_str()), (2, "Dviete"));
    let page = desk.page(&path(id)).await;
    assert!(page.contains("12.\u{a0}decembris ir sestdiena") && page.contains("nenotiks"), "{page}");
    let wrong = [("do", "save"), ("events.0.end_date", "2026-12-01"), ("events.0.time", "9:61")];
    let refused = press(&desk, id, &wrong).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = body(refused).await;
    assert!(page.contains("events.0-error") && page.contains("9:61"));
    // A finger that slipped is told so, whichever of the two dates it is; what was typed stays.
    for (field, far, words) in [
        ("events.0.date", "0202-12-06", "Pārbaudiet gadu"),
        ("events.0.date", "2033-12-06", "Pārbaudiet gadu"),
        ("events.1.date", "2033-12-06", "Pārbaudiet gadu"),
        ("events.0.end_date", "9999-12-31", "Pārbaudiet gadu"),
        ("events.0.end_date", "10000-01-01", "Pārbaudiet datumu"),
    ] {
        let refused = press(&desk, id, &[("do", "save"), (field, far)]).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{field} {far}");
        let page = body(refused).await;
        assert!(page.contains(&format!("value=\"{far}\"")), "{field} {far}");
        assert!(page.contains(words), "{field} {far}: {page}");
    }
    let removing = [("do", "save"), ("events.0.remove", "1"), ("places.0.remove", "1")];
    assert_eq!(press(&desk, id, &removing).await.status(), StatusCode::SEE_OTHER);
    let content = row(&site, id).await.item.content;
    assert_eq!((content.events.len(), content.places.len()), (1, 1));
}
