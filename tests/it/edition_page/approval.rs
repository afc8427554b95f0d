//! Approving an issue: what was looked at, for its moment, and taken back.

use chrono::TimeDelta;
use issues::Finding;
use reqwest::StatusCode;
use zinas::newsroom::edition;
use zinas::newsroom::moderate::{Act as Decide, decide};

use super::{
    approve_at_desk, approved, arrange, confirm, hidden, issue, location, offered, order, put_together,
    second, send_at_desk,
};
use crate::support::newsroom::ANNA;
use crate::support::site::{Site, body, now, on_both_databases};

on_both_databases! {
    what_was_looked_at_is_what_is_approved
    a_sending_moment_that_passed_is_not_approved
    an_approval_is_taken_back_until_letters_leave
    an_approval_that_was_taken_back_is_not_given_by_an_old_form
    a_change_that_was_changed_back_is_told
    what_is_approved_anew_is_not_sent_by_an_old_form
    what_an_issue_does_not_take_any_more_it_says
    there_is_one_open_issue_at_a_time
    after_an_issue_left_before_its_time_the_next_has_its_own
    what_leaves_now_is_read_today
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
    let fields = |page: &str| offered(page);
    let send = async |fields: &[(&str, String)]| confirm(&desk, &path, fields).await;
    // Somebody mends a word meanwhile.
    let text = issues::Change { field: "text".to_owned(), value: "Nāciet visi!".to_owned() };
    decide(&site.app, items[0], None, Decide::Edit(vec![text]), ANNA).await.unwrap();
    let before = site.dump().await;
    let told = send(&fields(&page)).await;
    assert_eq!(told.status(), StatusCode::CONFLICT);
    assert_eq!(before, site.dump().await, "nothing is approved");
    let told = body(told).await;
    assert!(told.contains("Kopš skatījāties, numurs ir mainījies"));
    assert!(told.contains("anna plkst.\u{a0}12.00 mainīja ziņu “Pirmā”."), "{told}");
    for damaged in ["", "x", "-1"] {
        for name in ["hash", "draft", "at"] {
            let mut fields = fields(&told);
            fields
                .iter_mut()
                .filter(|(of, _)| *of == name)
                .for_each(|(_, value)| *value = damaged.to_owned());
            assert_eq!(send(&fields).await.status(), StatusCode::CONFLICT, "{name} {damaged}");
            fields.retain(|(of, _)| *of != name);
            assert_eq!(send(&fields).await.status(), StatusCode::CONFLICT, "without {name}");
        }
    }
    // An item that was approved in the meantime does not slip in unseen.
    let late = approved(&site, "Vēlā").await;
    let more = send(&fields(&told)).await;
    assert_eq!(more.status(), StatusCode::CONFLICT);
    assert!(issue(&site, id).await.state.is_open());
    let told = body(more).await;
    assert!(told.contains("anna plkst.\u{a0}12.00 ielika numurā ziņu “Vēlā”."), "{told}");
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
    let told = confirm(&desk, &path, &offered(&page)).await;
    assert_eq!(told.status(), StatusCode::CONFLICT);
    let told = body(told).await;
    assert!(told.contains("30.\u{a0}decembrī") && told.contains("janvāra numuru"), "{told}");
    let fields = offered(&told);
    location(&confirm(&desk, &path, &fields).await);
    let row = issue(&site, id).await;
    assert_eq!(
        (row.edition.to_string(), row.number, row.content_hash),
        ("2027-01".into(), 1, fields[0].1.clone())
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

async fn an_approval_that_was_taken_back_is_not_given_by_an_old_form(site: Site) {
    let (anna, other) = (site.desk(0).await, second(&site).await);
    let (id, _) = put_together(&site, &anna, &["Pirmā", "Otrā"]).await;
    let paths = ["approve", "send"].map(|verb| format!("/desk/issue/{id}/{verb}"));
    let shown = [offered(&anna.page(&paths[0]).await), offered(&anna.page(&paths[1]).await)];
    // Nothing is changed but the word itself.
    approve_at_desk(&other, id).await;
    location(&other.post(&format!("/desk/issue/{id}"), &[("do", "reopen")]).await);
    let before = site.dump().await;
    for (path, shown) in paths.iter().zip(&shown) {
        let told = confirm(&anna, path, shown).await;
        assert_eq!(told.status(), StatusCode::CONFLICT, "{path}");
        let told = body(told).await;
        let words = "Zane plkst.\u{a0}12.00 atcēla apstiprinājumu un atvēra numuru labošanai.";
        assert!(told.contains(words) && told.contains("Nekas nav izdarīts"), "{path}: {told}");
    }
    assert_eq!(before, site.dump().await, "nothing is approved, and nothing is sent");
    // The page that tells it is good for another look.
    approve_at_desk(&anna, id).await;
    assert_eq!(issue(&site, id).await.state.name(), "approved");
}

async fn a_change_that_was_changed_back_is_told(site: Site) {
    let (anna, other) = (site.desk(0).await, second(&site).await);
    let (id, items) = put_together(&site, &anna, &["Pirmā", "Otrā", "Trešā"]).await;
    let path = format!("/desk/issue/{id}/approve");
    let by = "Zane plkst.\u{a0}12.00";
    let refused = async |shown: &[(&str, String)], words: &[&str]| {
        let before = site.dump().await;
        let told = confirm(&anna, &path, shown).await;
        assert_eq!(told.status(), StatusCode::CONFLICT, "{words:?}");
        let told = body(told).await;
        for words in words {
            assert!(told.contains(words), "{words}: {told}");
        }
        assert_eq!(before, site.dump().await, "{words:?}");
        assert!(told.contains("Kopš skatījāties, numurs ir mainījies"));
        offered(&told)
    };
    let mut shown = offered(&anna.page(&path).await);
    let hash = shown[0].1.clone();
    for title in ["Cita", "Otrā"] {
        let title = issues::Change { field: "title".to_owned(), value: title.to_owned() };
        decide(&site.app, items[1], None, Decide::Edit(vec![title]), ANNA).await.unwrap();
    }
    shown = refused(&shown, &["anna plkst.\u{a0}12.00 mainīja ziņu “Otrā”."]).await;
    assert_eq!(shown[0].1, hash, "the words are the same as before");
    let page = other.page("/desk/issue").await;
    location(&arrange(&other, id, &page, &format!("lead.{}", items[2]), &[]).await);
    shown = refused(&shown, &[&format!("{by} mainīja ziņu secību.")]).await;
    let words = [("was", hidden(&other.page("/desk/issue").await, "words", "was")), ("do", "words".into())];
    let words: Vec<_> = words.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let words =
        [words.as_slice(), &[("subject", "Gaisma logā Ritē un Viesītē"), ("note", "Labdien!")]].concat();
    location(&other.post(&format!("/desk/issue/{id}"), &words).await);
    shown = refused(&shown, &[&format!("{by} mainīja tematu vai ievadu.")]).await;
    let was = hidden(&other.page("/desk/issue").await, "calendar", "was");
    let line = format!("hide.{}.2026-12-05T10:00.", items[0]);
    location(&other.post(&format!("/desk/issue/{id}"), &[("was", &was), ("do", &line)]).await);
    shown = refused(&shown, &[&format!("{by} mainīja kalendāru.")]).await;
    let page = other.page("/desk/issue").await;
    location(&arrange(&other, id, &page, &format!("out.{}", items[0]), &[]).await);
    shown = refused(&shown, &[&format!("{by} izņēma no numura ziņu “Pirmā”.")]).await;
    // Mail that comes in meanwhile is no change of the issue.
    site.item("Jauna", &["Taka gar ezeru"]).await;
    location(&confirm(&anna, &path, &shown).await);
    assert_eq!(issue(&site, id).await.state.name(), "approved");
}

async fn what_is_approved_anew_is_not_sent_by_an_old_form(site: Site) {
    let (anna, other) = (site.desk(0).await, second(&site).await);
    let (id, _) = put_together(&site, &anna, &["Pirmā", "Otrā"]).await;
    let path = format!("/desk/issue/{id}/send");
    approve_at_desk(&other, id).await;
    let shown = offered(&anna.page(&path).await);
    location(&other.post(&format!("/desk/issue/{id}"), &[("do", "reopen")]).await);
    let hash = |page: &[(&str, String)]| page[0].1.clone();
    approve_at_desk(&other, id).await;
    assert_eq!(issue(&site, id).await.content_hash, hash(&shown), "the same words");
    let told = confirm(&anna, &path, &shown).await;
    assert_eq!(told.status(), StatusCode::CONFLICT);
    let told = body(told).await;
    assert!(told.contains("Zane plkst.\u{a0}12.00 atcēla apstiprinājumu"), "{told}");
    assert_eq!(issue(&site, id).await.state.name(), "approved");
    location(&confirm(&anna, &path, &offered(&told)).await);
    assert_eq!(issue(&site, id).await.state.name(), "sending");
}

async fn what_an_issue_does_not_take_any_more_it_says(site: Site) {
    let desk = site.desk(0).await;
    site.confirmed("anna@readers.example").await;
    let (id, items) = put_together(&site, &desk, &["Pirmā", "Otrā"]).await;
    let late = approved(&site, "Vēlā").await;
    let page = desk.page("/desk/issue").await;
    let path = format!("/desk/issue/{id}");
    let item = items[1];
    let arranging =
        ["order".to_owned(), format!("up.{item}"), format!("down.{item}"), format!("lead.{item}")];
    // In an open issue an item that does not stand there is not moved either.
    let told = arrange(&desk, id, &page, "lead.999", &[]).await;
    assert_eq!(told.status(), StatusCode::CONFLICT);
    let closed = async || {
        let before = site.dump().await;
        for step in &arranging {
            let told = arrange(&desk, id, &page, step, &[]).await;
            assert_eq!(told.status(), StatusCode::CONFLICT, "{step}");
            assert!(body(told).await.contains("vairs nav melnraksts, to vairs nevar mainīt"), "{step}");
        }
        let long = "ā".repeat(200);
        for (part, step) in [
            ("order", format!("in.{late}")),
            ("order", format!("out.{item}")),
            ("calendar", format!("hide.{item}.2026-12-05T10:00.")),
            ("calendar", format!("show.{item}.2026-12-05T10:00.")),
            ("words", "words".to_owned()),
            ("order", "assemble".to_owned()),
        ] {
            for subject in ["Gaisma", &long] {
                let was = hidden(&page, part, "was");
                let fields = [("was", was.as_str()), ("do", &step), ("subject", subject), ("note", "x")];
                let told = desk.post(&path, &fields).await;
                assert_eq!(told.status(), StatusCode::CONFLICT, "{step}");
                assert!(body(told).await.contains("vairs nav melnraksts, to vairs nevar mainīt"), "{step}");
            }
        }
        assert_eq!(before, site.dump().await);
    };
    approve_at_desk(&desk, id).await;
    closed().await;
    send_at_desk(&desk, id).await;
    closed().await;
    site.app.clock.advance_to(now() + TimeDelta::minutes(10));
    assert!(edition::advance(&site.app).await.unwrap());
    closed().await;
    location(&desk.post(&format!("{path}/stop"), &[]).await);
    closed().await;
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

async fn what_leaves_now_is_read_today(site: Site) {
    let desk = site.desk(0).await;
    let (id, items) = put_together(&site, &desk, &["Pirmā", "Otrā"]).await;
    // Over by the sending moment on the 25th.
    let soon = issues::Change { field: "events.0.start".to_owned(), value: "2026-11-22T10:00".to_owned() };
    decide(&site.app, items[0], None, Decide::Edit(vec![soon]), ANNA).await.unwrap();
    let later = desk.page(&format!("/desk/issue/{id}/approve")).await;
    assert!(later.contains("1\u{a0}datums") && later.contains("22.\u{a0}novembr"), "{later}");
    let at_once = desk.page(&format!("/desk/issue/{id}/send")).await;
    assert!(at_once.contains("2\u{a0}datumi") && !at_once.contains("22.\u{a0}novembr"), "{at_once}");
    send_at_desk(&desk, id).await;
    let kept = issue(&site, id).await;
    assert!(
        !kept.findings.iter().any(|finding| matches!(finding, Finding::PastEvent { .. })),
        "{:?}",
        kept.findings
    );
    for content in site.app.store.issue_contents(id).await.unwrap() {
        let text = content.text.replace('\u{a0}', " ");
        let named: usize = ["22. novembr", "22 November"].iter().map(|day| text.matches(day).count()).sum();
        assert_eq!(named, 2, "with its item and in the calendar: {text}");
    }
}
