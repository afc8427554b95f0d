//! The verbs of the page of an item: what is decided, what keeps it from being decided, and what is decided for good.

use issues::{ItemContent, ItemState};
use reqwest::StatusCode;

use super::{contributed, mailed, path, press, row};
use crate::support::site::{Site, body, header, now, on_both_databases};

on_both_databases! {
    an_item_is_approved_as_it_is_shown_and_the_next_one_opens
    an_edit_and_an_approval_are_one_at_the_desk
    what_is_wrong_is_said_first_and_leads_to_its_field
    the_longest_text_that_a_mail_may_bring_can_be_decided_on
    what_was_forged_is_rejected_without_a_reason
    a_ready_reason_is_enough_to_reject
    what_is_published_says_so_and_stays
}

async fn an_item_is_approved_as_it_is_shown_and_the_next_one_opens(site: Site) {
    let (first, _) = site.item("Talka", &["Taka gar ezeru"]).await;
    let (second, _) = site.item("Lāpu gājiens", &[]).await;
    let desk = site.desk(0).await;
    let before = site.dump().await;
    let page = desk.page(&path(first)).await;
    assert!(page.contains("1. no 2") && page.contains("Nākamā"), "{page}");
    assert!(page.contains("ieteikums") && page.contains("Līdz ar ziņu apstiprināsiet arī"));
    assert_eq!(before, site.dump().await, "looking changes nothing");
    let done = press(&desk, first, &[("do", "approve")]).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER, "{}", body(done).await);
    assert_eq!(header(&done, "location"), format!("/desk/item/{second}?done=approve-quietly&item={first}"));
    let approved = row(&site, first).await;
    assert_eq!(approved.item.state.name(), "approved");
    assert!(approved.item.content.events.iter().all(|event| event.confirmed.is_some()));
    let next = desk.page(&header(&done, "location")).await;
    assert!(next.contains("role=\"status\"") && next.contains("Talka") && next.contains("1. no 1"));
    let last = press(&desk, second, &[("do", "postpone")]).await;
    assert_eq!(header(&last, "location"), format!("/desk?done=postpone-quietly&item={second}"));
    let acts = site.app.store.revisions(second).await.unwrap();
    assert_eq!((acts[0].by.as_str(), acts[0].channel.as_str()), ("Anna Miglasēta", "desk"));
}

async fn an_edit_and_an_approval_are_one_at_the_desk(site: Site) {
    let (id, _) = site.item("Talka", &[""]).await;
    let desk = site.desk(0).await;
    let fields = [
        ("do", "approve"),
        ("title", "Lielā talka <b>"),
        ("byline.name", "Rasma"),
        ("photos.0.credit", "Jānis"),
        ("photos.0.alt", ""),
    ];
    let before = site.dump().await;
    let refused = press(&desk, id, &fields).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = body(refused).await;
    assert!(page.contains("photos.0.alt-error") && page.contains("Lielā talka &lt;b&gt;"), "{page}");
    assert!(page.contains("value=\"Rasma\"") && page.contains("Jānis"));
    assert_eq!(before, site.dump().await, "nothing of it is saved");
    let mut fields = fields;
    fields[4] = ("photos.0.alt", "Taka gar ezeru");
    assert_eq!(press(&desk, id, &fields).await.status(), StatusCode::SEE_OTHER);
    let row = row(&site, id).await;
    assert_eq!(row.item.content.title, "Lielā talka <b>");
    assert_eq!(row.item.content.byline.unwrap().public(), "Rasma");
    let revisions = site.app.store.revisions(id).await.unwrap();
    assert_eq!(revisions.iter().map(|made| made.act.as_str()).collect::<Vec<_>>(), ["edit", "approve"]);
    // Pressed again: it is said, and nothing changes.
    let again = press(&desk, id, &[("do", "approve")]).await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
    assert!(body(again).await.contains("jau ir tādā stāvoklī"));
}

async fn what_is_wrong_is_said_first_and_leads_to_its_field(site: Site) {
    let (id, link) = site.item("Talka", &["Taka", ""]).await;
    let desk = site.desk(0).await;
    let fields = [("do", "approve"), ("title", ""), ("revision", "1")];
    for refused in [press(&desk, id, &fields).await, site.post(&link, &fields).await] {
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = body(refused).await;
        let first = page.find("id=\"problems\" role=\"alert\" tabindex=\"-1\" autofocus").expect("a summary");
        assert!(first < page.find("name=\"title\"").unwrap(), "it stands above the fields");
        for (at, field) in
            [("href=\"#title\"", "id=\"title\""), ("href=\"#photos.1.alt\"", "id=\"photos.1.alt\"")]
        {
            assert!(page.contains(at) && page.contains(field), "{at}: {page}");
        }
        assert_eq!(page.matches(" autofocus").count(), 1);
    }
    assert!(!desk.page(&path(id)).await.contains(" autofocus"), "nothing is wrong yet");
}

async fn the_longest_text_that_a_mail_may_bring_can_be_decided_on(site: Site) {
    let content = ItemContent {
        title: "Garā ziņa".to_owned(),
        // Two octets a letter, and six in a form.
        text: "Žēlīgā ".repeat(150_000),
        ..ItemContent::default()
    };
    let (id, _) = site.keep(&content).await;
    let desk = site.desk(0).await;
    let fields = [("do", "reject"), ("ready_reason", "advert"), ("text", &content.text)];
    let rejected = press(&desk, id, &fields).await;
    assert_eq!(rejected.status(), StatusCode::SEE_OTHER);
    assert_eq!(row(&site, id).await.item.state.name(), "rejected");
    let stranger = site.post(&path(id), &fields).await;
    assert_eq!(
        stranger.status(),
        StatusCode::SEE_OTHER,
        "whoever is not signed in is sent to sign in, unread"
    );
}

async fn what_was_forged_is_rejected_without_a_reason(site: Site) {
    let mail = "Authentication-Results: mail.selija.com; dmarc=fail header.from=biblioteka.example\r\n\
         From: Rasma <rasma@biblioteka.example>\r\nTo: info@selija.example\r\nSubject: Pirts\r\nMessage-ID: <f@b.example>\r\n\
         Date: Fri, 20 Nov 2026 10:00:00 +0200\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
         Piektdien, 4. decembrī, plkst. 11.00 kurinām pirti. Nāciet visi!\r\n";
    let id = mailed(&site, mail.as_bytes()).await;
    assert!(row(&site, id).await.contributor.is_none(), "nobody who is named in a forged mail is written to");
    let desk = site.desk(0).await;
    assert!(desk.page(&path(id)).await.contains("tāpēc iemesls nav obligāts"));
    let rejected = press(&desk, id, &[("do", "reject")]).await;
    assert_eq!(rejected.status(), StatusCode::SEE_OTHER, "{}", body(rejected).await);
    assert_eq!(row(&site, id).await.item.state.name(), "rejected");
    let queue = desk.page("/desk?state=rejected").await;
    assert!(queue.contains("Pirts") && !queue.contains("Iemesls:"), "{queue}");
}

async fn a_ready_reason_is_enough_to_reject(site: Site) {
    let id = contributed(&site, "rasma@biblioteka.example", "Pirts").await;
    let desk = site.desk(0).await;
    let refused = press(&desk, id, &[("do", "reject"), ("ready_reason", "<b>")]).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body(refused).await.contains("reason-error"));
    let rejected = press(&desk, id, &[("do", "reject"), ("ready_reason", "advert")]).await;
    assert_eq!(rejected.status(), StatusCode::SEE_OTHER);
    let ItemState::Rejected { reason, .. } = row(&site, id).await.item.state else { panic!("rejected") };
    assert!(reason.contains("reklāma"));
    assert_eq!(site.mails("decision").await.len(), 1);
}

async fn what_is_published_says_so_and_stays(site: Site) {
    let (id, _) = site.item("Talka", &[]).await;
    let desk = site.desk(0).await;
    site.issue(&[id], false).await;
    let mut write = site.app.store.write().await.unwrap();
    let row = write.item_for_change(id).await.unwrap().unwrap();
    let mut item = row.item.clone();
    item.state = ItemState::Published { issue: 1, at: now() };
    write.change_item(&row, &item, "", "schedule", "publish", now()).await.unwrap();
    write.commit().await.unwrap();
    let before = site.dump().await;
    let page = desk.page(&path(id)).await;
    for words in [
        "jau ir publicēta",
        "Publicēta decembra numurā piektdien, 20.\u{a0}novembrī, plkst.\u{a0}12.00.",
        "href=\"/desk/issue/1\"",
        "Sestdien talkā sakopsim taku gar ezeru.",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(
        !page.contains("name=\"do\"") && !page.contains("name=\"text\""),
        "nothing is left to decide: {page}"
    );
    for button in ["approve", "postpone", "save", "confirm:events.0", "restore:1"] {
        let refused = press(&desk, id, &[("do", button), ("title", "Cita")]).await;
        assert_eq!(refused.status(), StatusCode::CONFLICT, "{button}");
        let page = body(refused).await;
        assert!(
            page.contains("jau ir publicēta") && page.contains("<pre>Cita</pre>"),
            "{button}: what was typed comes back"
        );
    }
    assert_eq!(before, site.dump().await);
}
