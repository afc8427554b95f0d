//! The page of an item at the desk: one form, one revision, four verbs, and nothing that was typed is lost.

use chrono::Weekday;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use issues::{ItemContent, ItemState, WEEKDAY_MISMATCH};
use reqwest::{Response, StatusCode};
use subscribers::{EmailAddress, Language};
use zinas::clock::random_id;
use zinas::inbound::intake::{Intake as _, Source};
use zinas::newsroom::intake::Door;
use zinas::newsroom::moderate::{self, Act, Who};
use zinas::store::{ItemRow, NewItem};

use crate::support::desk::Desk;
use crate::support::newsroom::{arrival, route_all};
use crate::support::outbox::{keeping, outbox, until_idle};
use crate::support::sink::Sink;
use crate::support::site::{PICTURE, Site, body, header, now, on_both_databases};

on_both_databases! {
    an_item_is_approved_as_it_is_shown_and_the_next_one_opens
    an_edit_and_an_approval_are_one_at_the_desk
    proposals_are_confirmed_one_by_one
    a_contradiction_is_chosen_before_it_is_approved
    a_time_that_is_over_is_said_before_it_is_approved
    a_day_that_is_chosen_against_the_text_is_put_right_in_it
    words_that_say_another_time_are_left_knowingly
    a_ready_question_is_mailed_to_the_contributor
    what_is_wrong_is_said_first_and_leads_to_its_field
    asking_who_took_a_photo_opens_the_question
    what_was_forged_is_rejected_without_a_reason
    an_approval_shows_the_contributor_her_edited_text
    an_undo_takes_the_mail_back_or_corrects_it
    a_ready_reason_is_enough_to_reject
    the_longest_text_that_a_mail_may_bring_can_be_decided_on
    two_browsers_lose_neither_text
    events_and_places_are_added_changed_and_removed
    an_answer_fills_who_took_the_photo_and_is_not_asked_again
    an_answer_to_an_editor_is_read_by_her_and_not_asked_again
    a_photo_is_turned_and_cut_and_undone
    an_earlier_version_comes_back_as_a_new_one
    what_is_published_says_so_and_stays
    letters_are_inert_on_the_page
    only_pictures_of_the_item_are_shown
}

async fn row(site: &Site, id: i64) -> ItemRow {
    site.app.store.item(id).await.unwrap().unwrap()
}

fn path(id: i64) -> String {
    format!("/desk/item/{id}")
}

async fn press(desk: &Desk<'_>, id: i64, fields: &[(&str, &str)]) -> Response {
    let revision = row(desk.site, id).await.revision.to_string();
    let mut all = vec![("revision", revision.as_str())];
    all.extend_from_slice(fields);
    desk.post(&path(id), &all).await
}

/// A mail that came in and became an item.
async fn mailed(site: &Site, mail: &[u8]) -> i64 {
    let before = site.app.store.items(site.app.publication, "").await.unwrap().len();
    Door(site.app.clone()).store(arrival(mail.to_vec(), Source::Smtp)).await.unwrap();
    route_all(&site.app).await;
    let items = site.app.store.items(site.app.publication, "").await.unwrap();
    assert_eq!(items.len(), before + 1, "the mail became an item");
    items.iter().map(|item| item.id).max().unwrap()
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

async fn keep(site: &Site, content: &ItemContent) -> i64 {
    let mut write = site.app.store.write().await.unwrap();
    let new = NewItem {
        public_id: random_id(),
        publication: site.app.publication,
        message: None,
        contributor: None,
        content,
        received_at: now(),
    };
    let id = write.keep_item(&new).await.unwrap();
    write.commit().await.unwrap();
    id
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

/// An item with a contributor who can be written to.
async fn contributed(site: &Site, address: &str, title: &str) -> i64 {
    let mail = format!(
        "From: Rasma <{address}>\r\nTo: info@selija.example\r\nSubject: {title}\r\nMessage-ID: <{title}@b.example>\r\n\
         Date: Fri, 20 Nov 2026 10:00:00 +0200\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
         Piektdien, 4. decembrī, plkst. 11.00 lasām grāmatas bibliotēkā. Nāciet visi!\r\n"
    );
    mailed(site, mail.as_bytes()).await
}

async fn a_ready_question_is_mailed_to_the_contributor(site: Site) {
    let id = contributed(&site, "rasma@biblioteka.example", "Grāmatas").await;
    let desk = site.desk(0).await;
    let page = desk.page(&path(id)).await;
    assert!(page.contains("Pirmā vēstule") && page.contains("Kas fotografēja?"), "{page}");
    let nothing = press(&desk, id, &[("do", "ask")]).await;
    assert_eq!(nothing.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body(nothing).await.contains("question-error"));
    let fields =
        [("do", "ask"), ("ready_question", "where"), ("ready_question", "photo"), ("question", "Paldies!")];
    let asked = press(&desk, id, &fields).await;
    assert_eq!(header(&asked, "location"), format!("/desk?done=ask&item={id}"));
    let mails = site.mails("question").await;
    let mail = String::from_utf8(mails[0].clone()).unwrap();
    assert!(mail.contains("rasma@biblioteka.example"));
    let ItemState::Asked { question, .. } = row(&site, id).await.item.state else { panic!("asked") };
    assert_eq!(question.split("\n\n").count(), 3);
    let second = contributed(&site, "rasma@biblioteka.example", "Vakars").await;
    let page = desk.page(&path(second)).await;
    assert!(page.contains("1\u{a0}ziņa iepriekš") && page.contains(&format!("href=\"/desk/item/{id}\"")));
    let page = desk.page(&path(id)).await;
    assert!(page.contains("Jautāja Anna Miglasēta") && page.contains("Vai varat atsūtīt"));
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

async fn asking_who_took_a_photo_opens_the_question(site: Site) {
    let (id, _) = site.item("Talka", &["Taka"]).await;
    let desk = site.desk(0).await;
    let page = desk.page(&path(id)).await;
    assert!(page.contains("value=\"open:credit\"") && page.contains("<details id=\"ask\">"), "{page}");
    let opened = press(&desk, id, &[("do", "open:credit"), ("text", "Cits teksts.")]).await;
    assert_eq!(header(&opened, "location"), format!("/desk/item/{id}?open=credit#ask"));
    assert_eq!(row(&site, id).await.item.content.text, "Cits teksts.", "what was typed is kept");
    let page = desk.page(&format!("{}?open=credit", path(id))).await;
    assert!(page.contains("<details id=\"ask\" open>"), "{page}");
    assert!(page.contains("name=\"ready_question\" value=\"credit\" checked"), "{page}");
    assert!(!desk.page(&format!("{}?open=x", path(id))).await.contains("<details id=\"ask\" open>"));
    assert_eq!(press(&desk, id, &[("do", "open:x")]).await.status(), StatusCode::BAD_REQUEST);
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

async fn an_approval_shows_the_contributor_her_edited_text(site: Site) {
    let desk = site.desk(0).await;
    let heading = "Tekstu labojām. Tā to publicēsim";
    let as_it_came = contributed(&site, "rasma@biblioteka.example", "Grāmatas").await;
    assert_eq!(press(&desk, as_it_came, &[("do", "approve")]).await.status(), StatusCode::SEE_OTHER);
    let mail = read(site.mails("decision").await.last().unwrap()).0;
    assert!(
        !mail.to_lowercase().contains(&heading.to_lowercase()) && !mail.contains("lasām grāmatas"),
        "{mail}"
    );
    let edited = contributed(&site, "rasma@biblioteka.example", "Lasījumi").await;
    let fields = [
        ("do", "approve"),
        ("text", "Lasīsim skaļi.\r\n\r\nLīdzi paņemiet <grāmatu>."),
        ("title", "Skaļie lasījumi"),
    ];
    assert_eq!(press(&desk, edited, &fields).await.status(), StatusCode::SEE_OTHER);
    let mail = read(site.mails("decision").await.last().unwrap()).0;
    for words in ["Skaļie lasījumi", "Lasīsim skaļi.", "Līdzi paņemiet <grāmatu>.", "atbildiet uz šo vēstuli"]
    {
        assert!(mail.contains(words), "{words}: {mail}");
    }
    assert!(mail.to_lowercase().contains(&heading.to_lowercase()), "{mail}");
    // An answer to it belongs to the item.
    answer(&site, site.mails("decision").await.last().unwrap(), "Sākums tomēr plkst. 12.00.").await;
    assert_eq!(site.app.store.item_replies(edited).await.unwrap().len(), 1);
}

async fn an_undo_takes_the_mail_back_or_corrects_it(site: Site) {
    let sink =
        Sink::listen(&format!("127.0.0.1:{}", site.app.config.outbound.port), keeping(), None).unwrap();
    let mut outbox = outbox(&site.app).await;
    let id = contributed(&site, "rasma@biblioteka.example", "Grāmatas").await;
    until_idle(&mut outbox).await;
    let desk = site.desk(0).await;
    let undo = async || {
        let revision = row(&site, id).await.revision.to_string();
        let fields = [("item", id.to_string()), ("revision", revision)];
        let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
        assert_eq!(desk.post("/desk/decisions/undo", &fields).await.status(), StatusCode::SEE_OTHER);
    };
    let to_rasma = || sink.mails().iter().filter(|mail| mail.to.contains("rasma@")).count();
    let later = || site.app.clock.advance_to(site.app.clock.now() + chrono::TimeDelta::minutes(1));
    let before = to_rasma();
    // It has not left: nobody hears of anything.
    assert_eq!(press(&desk, id, &[("do", "approve")]).await.status(), StatusCode::SEE_OTHER);
    undo().await;
    until_idle(&mut outbox).await;
    assert_eq!((to_rasma(), site.mails("undone").await.len()), (before, 0));
    later();
    // An edit tells nobody, and so does its undo.
    assert_eq!(
        press(&desk, id, &[("do", "save"), ("title", "Lasījumi")]).await.status(),
        StatusCode::SEE_OTHER
    );
    undo().await;
    assert_eq!(site.mails("undone").await.len(), 0);
    // It has left: a short mail corrects it.
    let reject = [("do", "reject"), ("ready_reason", "advert")];
    assert_eq!(press(&desk, id, &reject).await.status(), StatusCode::SEE_OTHER);
    until_idle(&mut outbox).await;
    later();
    undo().await;
    until_idle(&mut outbox).await;
    let (mail, _) = read(&site.mails("undone").await[0]);
    for words in ["ka ziņu “Grāmatas” nepublicēsim. Šo lēmumu atsaucām.", "izskatīs vēlreiz", "Atvainojamies"]
    {
        assert!(mail.contains(words), "{words}: {mail}");
    }
    // Of two decisions the earlier one holds again.
    assert_eq!(press(&desk, id, &[("do", "approve")]).await.status(), StatusCode::SEE_OTHER);
    until_idle(&mut outbox).await;
    later();
    assert_eq!(press(&desk, id, &reject).await.status(), StatusCode::SEE_OTHER);
    until_idle(&mut outbox).await;
    undo().await;
    let (mail, _) = read(&site.mails("undone").await[1]);
    assert!(mail.contains("Spēkā ir agrākais lēmums: ziņa būs decembra numurā."), "{mail}");
    assert_eq!(row(&site, id).await.item.state.name(), "approved");
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

async fn two_browsers_lose_neither_text(site: Site) {
    let (id, _) = site.item("Talka", &[]).await;
    let ilze = EmailAddress::parse("ilze@redakcija.example").unwrap();
    let mut write = site.app.store.write().await.unwrap();
    write.keep_editor(site.app.publication, &ilze, "Ilze", Language::Latvian, now()).await.unwrap();
    write.commit().await.unwrap();
    let (anna, ilze) = (site.desk(0).await, site.desk(site.app.config.editors.len()).await);
    let text = row(&site, id).await.item.content.text;
    // Each form has all fields, as a browser sends them; each editor changed what is hers.
    let form = |title: &'static str, text: String| {
        [("do", "save".to_owned()), ("revision", "1".to_owned()), ("title", title.to_owned()), ("text", text)]
    };
    let send = async |desk: &Desk<'_>, form: &[(&'static str, String)]| {
        let fields: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        desk.post(&path(id), &fields).await
    };
    let first = send(&anna, &form("Lielā talka", "Annas teksts par taku.".to_owned())).await;
    assert_eq!(first.status(), StatusCode::SEE_OTHER);
    let before = site.dump().await;
    let late = send(&ilze, &form("Talka", "Ilzes teksts par taku.".to_owned())).await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    let page = body(late).await;
    assert!(page.contains("Anna Miglasēta"), "who was first");
    for both in ["Annas teksts par taku.", "Ilzes teksts par taku."] {
        assert!(page.contains(both), "{both}");
    }
    assert!(page.contains("<ins>") && page.contains("<del>") && page.contains("pievienots"));
    assert!(page.contains("name=\"revision\" value=\"2\""));
    let title = page.split("name=\"title\"").nth(1).unwrap().split("</textarea>").next().unwrap();
    assert!(title.contains("Lielā talka"), "what Ilze did not touch is as Anna left it");
    let typed = page.split("name=\"text\"").nth(1).unwrap().split("</textarea>").next().unwrap();
    assert!(typed.contains("Ilzes teksts"), "what was typed stands in the form");
    assert_eq!(before, site.dump().await);
    // With nothing typed it is only said.
    let bare = send(&ilze, &form("Talka", text)).await;
    assert_eq!(bare.status(), StatusCode::CONFLICT);
    assert!(!body(bare).await.contains("<h2>Teksts</h2>"));
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

/// Dark on the left, light on the right.
fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let picture =
        RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([10; 3]) } else { Rgb([240; 3]) });
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture).write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// An item that came with a photo and no word about who took it.
async fn pictured(site: &Site) -> i64 {
    let file = data_encoding::BASE64.encode(&jpeg(900, 600));
    let lines: Vec<&str> =
        file.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap()).collect();
    let mail = format!(
        "From: Rasma <rasma@biblioteka.example>\r\nTo: info@selija.example\r\nSubject: Talka\r\nMessage-ID: <p@b.example>\r\n\
         Date: Fri, 20 Nov 2026 10:00:00 +0200\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSestdien sakopsim taku gar ezeru. Nāciet visi palīgā!\r\n\
         --b\r\nContent-Type: image/jpeg; name=taka.jpg\r\nContent-Disposition: attachment; filename=taka.jpg\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{}\r\n--b--\r\n",
        lines.join("\r\n")
    );
    mailed(site, mail.as_bytes()).await
}

/// The text of a mail, and what it calls itself.
fn read(mail: &[u8]) -> (String, String) {
    let parsed = mail_parser::MessageParser::default().parse(mail).unwrap();
    (parsed.body_text(0).unwrap().into_owned(), parsed.message_id().unwrap().to_owned())
}

/// Rasma answers a mail of ours.
async fn answer(site: &Site, to: &[u8], text: &str) {
    let (_, id) = read(to);
    let reply = format!(
        "From: Rasma Egle <rasma@biblioteka.example>\r\nTo: info@selija.example\r\nSubject: Re: Talka\r\n\
         In-Reply-To: <{id}>\r\nMessage-ID: <{}@b.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n",
        random_id()
    );
    Door(site.app.clone()).store(arrival(reply.into_bytes(), Source::Smtp)).await.unwrap();
    route_all(&site.app).await;
}

async fn an_answer_fills_who_took_the_photo_and_is_not_asked_again(site: Site) {
    let id = pictured(&site).await;
    let asks = "kas fotografējis";
    let thanks = site.mails("thanks").await;
    assert!(read(&thanks[0]).0.contains(asks), "{}", read(&thanks[0]).0);
    answer(&site, &thanks[0], "Foto: Anna Liepa").await;
    let photo = row(&site, id).await.item.content.photos[0].clone();
    assert_eq!((photo.credit.as_str(), photo.credit_proposed), ("Anna Liepa", true));
    let thanks = site.mails("thanks").await;
    assert_eq!(thanks.len(), 2);
    assert!(!read(&thanks[1]).0.contains(asks), "{}", read(&thanks[1]).0);
    let desk = site.desk(0).await;
    let page = desk.page(&path(id)).await;
    for words in ["Ieteikums no iesūtītāja atbildes.", ">\nAnna Liepa</textarea>", "Foto: Anna Liepa"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("Nav zināms."));
    let acts = site.app.store.revisions(id).await.unwrap();
    assert_eq!((acts[0].act.as_str(), acts[0].channel.as_str()), ("answered", "mail"));
    let done = press(&desk, id, &[("do", "approve"), ("photos.0.alt", "Taka")]).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    assert!(!row(&site, id).await.item.content.photos[0].credit_proposed, "approving confirms it");
    // What is approved is not changed by a letter.
    answer(&site, &thanks[1], "Foto: Jānis Egle").await;
    assert_eq!(row(&site, id).await.item.content.photos[0].credit, "Anna Liepa");
}

async fn an_answer_to_an_editor_is_read_by_her_and_not_asked_again(site: Site) {
    let id = pictured(&site).await;
    let desk = site.desk(0).await;
    let asked = press(&desk, id, &[("do", "ask"), ("ready_question", "credit")]).await;
    assert_eq!(asked.status(), StatusCode::SEE_OTHER);
    let question = site.mails("question").await.remove(0);
    answer(
        &site,
        &question,
        "Labdien! To vairs neviens neatceras, bildi mums kāds iedeva pērnajā talkā pie ezera.",
    )
    .await;
    let row_now = row(&site, id).await;
    assert_eq!((row_now.item.state.name(), row_now.item.content.photos[0].credit.as_str()), ("pending", ""));
    let thanks = site.mails("thanks").await;
    assert!(!read(thanks.last().unwrap()).0.contains("kas fotografējis"));
    // The contributor herself, by the name she writes under.
    let asked = press(&desk, id, &[("do", "ask"), ("ready_question", "credit")]).await;
    assert_eq!(asked.status(), StatusCode::SEE_OTHER);
    let question = site.mails("question").await.pop().unwrap();
    answer(&site, &question, "Es pati!").await;
    assert_eq!(row(&site, id).await.item.content.photos[0].credit, "Rasma Egle");
}

async fn a_photo_is_turned_and_cut_and_undone(site: Site) {
    let id = pictured(&site).await;
    let desk = site.desk(0).await;
    let came = row(&site, id).await.item.content.photos[0].clone();
    assert_eq!((came.width, came.height), (900, 600));
    let turned = press(&desk, id, &[("do", "turn:0"), ("photos.0.alt", "Taka")]).await;
    assert_eq!(header(&turned, "location"), format!("/desk/item/{id}?done=edit&item={id}#photo-0"));
    let photo = row(&site, id).await.item.content.photos[0].clone();
    assert_eq!((photo.width, photo.height, photo.alt.as_str()), (600, 900, "Taka"));
    assert_ne!(photo.sha256, came.sha256);
    let page = desk.page(&path(id)).await;
    let shown = format!("/desk/item/{id}/photo/{}.jpg", photo.sha256);
    assert!(page.contains(&shown) && page.contains("Pagriezta."), "{page}");
    let bytes = desk.get(&shown).await.bytes().await.unwrap();
    let picture = image::load_from_memory(&bytes).unwrap().into_rgb8();
    assert!(picture.get_pixel(300, 50).0[0] < 60 && picture.get_pixel(300, 850).0[0] > 200);
    let frame = [
        ("do", "frame:0"),
        ("photos.0.shape", "square"),
        ("photos.0.focus", "7"),
        ("photos.0.closeness", "closest"),
    ];
    assert_eq!(press(&desk, id, &frame).await.status(), StatusCode::SEE_OTHER);
    let cut = row(&site, id).await.item.content.photos[0].clone();
    assert_eq!((cut.width, cut.height), (300, 300), "a part of the file, turned as before");
    // Undone one by one, down to the photo as it came.
    let who = Who { by: "Anna", channel: "desk" };
    for want in [&photo, &came] {
        moderate::decide(&site.app, id, None, Act::Undo, who).await.unwrap();
        let mut shown = row(&site, id).await.item.content.photos[0].clone();
        shown.alt.clone_from(&want.alt);
        assert_eq!(shown, *want);
    }
    // Four quarter turns are none, and cost no quality.
    for _ in 0..4 {
        assert_eq!(press(&desk, id, &[("do", "turn:0")]).await.status(), StatusCode::SEE_OTHER);
    }
    assert_eq!(row(&site, id).await.item.content.photos[0].sha256, came.sha256);
    assert_eq!(press(&desk, id, &[("do", "remove:0")]).await.status(), StatusCode::SEE_OTHER);
    assert!(row(&site, id).await.item.content.photos.is_empty());
}

async fn an_earlier_version_comes_back_as_a_new_one(site: Site) {
    let id = contributed(&site, "rasma@biblioteka.example", "Vakars").await;
    let desk = site.desk(0).await;
    let proposed = row(&site, id).await.item.content;
    for text in ["Pirmais labojums.", "Otrais labojums."] {
        assert_eq!(press(&desk, id, &[("do", "save"), ("text", text)]).await.status(), StatusCode::SEE_OTHER);
    }
    let page = desk.page(&path(id)).await;
    assert!(
        page.contains("value=\"restore:1\"")
            && page.contains("value=\"restore:2\"")
            && page.contains("<del>")
    );
    for (revision, want) in [("restore:2", "Pirmais labojums."), ("restore:1", proposed.text.as_str())] {
        assert_eq!(press(&desk, id, &[("do", revision)]).await.status(), StatusCode::SEE_OTHER);
        assert_eq!(row(&site, id).await.item.content.text, want);
    }
    assert_eq!(row(&site, id).await.revision, 5, "nothing is unwritten");
    assert_eq!(press(&desk, id, &[("do", "restore:99")]).await.status(), StatusCode::CONFLICT);
    // Everything as the letter says it.
    assert_eq!(press(&desk, id, &[("do", "restore:0")]).await.status(), StatusCode::SEE_OTHER);
    assert!(row(&site, id).await.item.content.text.contains("lasām grāmatas"));
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

async fn letters_are_inert_on_the_page(site: Site) {
    let mail = "From: \"<script>alert(1)</script>\" <ilze@b.example>\r\nTo: info@selija.example\r\n\
         Subject: </textarea><img src=x onerror=alert(1)>\r\nMessage-ID: <h@b.example>\r\n\
         Date: Fri, 20 Nov 2026 10:00:00 +0200\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
         </textarea><script>alert(1)</script> Sestdien Ritē būs talka javascript:alert(1).\r\n";
    let id = mailed(&site, mail.as_bytes()).await;
    let desk = site.desk(0).await;
    let answer = desk.get(&path(id)).await;
    assert!(header(&answer, "content-security-policy").contains("script-src 'self'"));
    let page = body(answer).await;
    for never in ["<script>", "<img src=x", "onerror=alert(1)>", "href=\"javascript"] {
        assert!(!page.contains(never), "{never}");
    }
    assert!(page.contains("&lt;script&gt;"));
    let hostile = "</textarea><script>x</script>";
    let typed =
        press(&desk, id, &[("do", "approve"), ("title", ""), ("text", hostile), ("question", hostile)]).await;
    assert_eq!(typed.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!body(typed).await.contains("<script>"));
    let odd = desk.page(&format!("{}?done=%3Cscript%3E&item=1", path(id))).await;
    assert!(!odd.contains("role=\"status\"") && !odd.contains("<script>"));
}

async fn only_pictures_of_the_item_are_shown(site: Site) {
    let (one, _) = site.item("Talka", &["Taka"]).await;
    let (other, _) = site.item("Pirts", &["Pirts"]).await;
    let desk = site.desk(0).await;
    let sha256 = row(&site, one).await.item.content.photos[0].sha256.clone();
    let of = |id: i64| format!("/desk/item/{id}/photo/{sha256}.jpg");
    let picture = desk.get(&of(one)).await;
    assert_eq!(header(&picture, "content-type"), "image/jpeg");
    assert!(picture.bytes().await.unwrap().starts_with(PICTURE));
    assert_eq!(desk.get(&of(other)).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(site.get(&of(one)).await.status(), StatusCode::SEE_OTHER, "to the door");
    for nowhere in ["/desk/item/999", "/desk/item/x", "/desk/item/1/photo/x.jpg"] {
        assert_eq!(desk.get(nowhere).await.status(), StatusCode::NOT_FOUND, "{nowhere}");
    }
}
