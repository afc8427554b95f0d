//! Approving an issue: what was looked at, for its moment, and taken back.

use chrono::TimeDelta;
use reqwest::StatusCode;
use zinas::newsroom::edition;
use zinas::newsroom::moderate::{Act as Decide, decide};

use super::{approve_at_desk, approved, hidden, issue, location, order, put_together, send_at_desk};
use crate::support::newsroom::ANNA;
use crate::support::site::{Site, body, now, on_both_databases};

on_both_databases! {
    what_was_looked_at_is_what_is_approved
    a_sending_moment_that_passed_is_not_approved
    an_approval_is_taken_back_until_letters_leave
    there_is_one_open_issue_at_a_time
    after_an_issue_left_before_its_time_the_next_has_its_own
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
