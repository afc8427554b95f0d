//! What an editor types and has not saved is kept for her, others see that she is there, and neither binds anybody.

use chrono::TimeDelta;
use reqwest::StatusCode;
use subscribers::{EmailAddress, Language};
use zinas::inbound::intake::{Intake as _, Source};
use zinas::newsroom::intake::Door;
use zinas::newsroom::{edition, people};

use crate::support::desk::Desk;
use crate::support::newsroom::{arrival, route_all};
use crate::support::site::{Site, body, header, now, on_both_databases};

on_both_databases! {
    what_is_typed_is_kept_for_whoever_types_it
    who_looks_is_seen_by_others_for_minutes
    a_draft_of_an_item_that_changed_shows_both_texts
    who_decided_is_named_and_not_the_machine_after_her
    words_for_the_contributor_are_kept_too
    only_a_page_of_ours_keeps_a_draft_and_not_too_often
    drafts_go_with_their_person
}

const WORDS: &str = "Annas teksts </textarea><script>alert(1)</script> par taku.";

async fn second_editor(site: &Site) -> Desk<'_> {
    let ilze = EmailAddress::parse("ilze@redakcija.example").unwrap();
    let mut write = site.app.store.write().await.unwrap();
    write.keep_editor(site.app.publication, &ilze, "Ilze", Language::Latvian, now()).await.unwrap();
    write.commit().await.unwrap();
    site.desk(site.app.config.editors.len()).await
}

/// As the script sends it; every time a little later.
async fn speak(desk: &Desk<'_>, id: i64, revision: i64, text: Option<&str>) -> reqwest::Response {
    let site = desk.site;
    site.app.clock.advance_to(site.app.clock.now() + TimeDelta::seconds(4));
    let revision = revision.to_string();
    let mut fields = vec![("do", "save"), ("revision", revision.as_str()), ("title", "Talka")];
    if let Some(text) = text {
        fields.extend([("text", text), ("typed", "1")]);
    }
    desk.post(&format!("/desk/item/{id}/draft"), &fields).await
}

async fn drafts(site: &Site) -> usize {
    site.dump().await.iter().filter(|row| row.starts_with("draft: ")).count()
}

async fn what_is_typed_is_kept_for_whoever_types_it(site: Site) {
    let (id, _) = site.item("Talka", &[]).await;
    let (anna, ilze) = (site.desk(0).await, second_editor(&site).await);
    let path = format!("/desk/item/{id}");
    let page = anna.page(&path).await;
    assert!(page.contains(&format!("data-draft=\"{path}/draft\"")) && page.contains("data-saved"), "{page}");
    let kept = speak(&anna, id, 1, Some(WORDS)).await;
    assert_eq!(
        (kept.status(), header(&kept, "content-type")),
        (StatusCode::OK, "text/plain; charset=utf-8".into())
    );
    assert!(body(kept).await.starts_with("Melnraksts saglabāts "));
    let row = site.app.store.item(id).await.unwrap().unwrap();
    assert_eq!(row.revision, 1, "a draft is no change of the item");
    let before = site.dump().await;
    let page = anna.page(&path).await;
    assert!(
        page.contains("Annas teksts &lt;/textarea&gt;&lt;script&gt;") && !page.contains("<script>alert"),
        "{page}"
    );
    assert!(page.contains("iepriekš rakstītais") && page.contains("value=\"drop\""));
    assert!(!ilze.page(&path).await.contains("Annas teksts"), "it is hers alone");
    assert_eq!(before, site.dump().await, "looking changes nothing");
    // To be there and type nothing keeps what there is.
    assert_eq!(speak(&anna, id, 1, None).await.status(), StatusCode::NO_CONTENT);
    assert!(anna.page(&path).await.contains("Annas teksts"));
    // What is dropped is gone, and what is saved is a draft no more.
    let dropped = anna.post(&format!("{path}/draft"), &[("do", "drop")]).await;
    assert_eq!(header(&dropped, "location"), path);
    assert!(!anna.page(&path).await.contains("Annas teksts"));
    speak(&anna, id, 1, Some(WORDS)).await;
    let fields = [("revision", "1"), ("do", "save"), ("text", WORDS)];
    assert_eq!(anna.post(&path, &fields).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(drafts(&site).await, 0);
    // A page that spoke just before it was saved is heard after that.
    speak(&anna, id, 1, Some(WORDS)).await;
    assert!(!anna.page(&path).await.contains("iepriekš rakstītais"));
    let fields = [("revision", "2"), ("do", "approve")];
    assert_eq!(anna.post(&path, &fields).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(drafts(&site).await, 0);
}

async fn who_looks_is_seen_by_others_for_minutes(site: Site) {
    let (id, _) = site.item("Talka", &[]).await;
    let (anna, ilze) = (site.desk(0).await, second_editor(&site).await);
    let path = format!("/desk/item/{id}");
    anna.page(&path).await;
    assert!(!ilze.page("/desk").await.contains("skatās"), "to open a page changes nothing");
    assert_eq!(speak(&anna, id, 1, None).await.status(), StatusCode::NO_CONTENT);
    for page in [path.as_str(), "/desk"] {
        assert!(ilze.page(page).await.contains("Anna Miglasēta skatās"), "{page}");
        assert!(!anna.page(page).await.contains("skatās"), "{page}");
    }
    site.app.clock.advance_to(site.app.clock.now() + TimeDelta::minutes(3));
    assert!(!ilze.page("/desk").await.contains("skatās"));
    // It binds nobody.
    speak(&anna, id, 1, Some("Annas teksts.")).await;
    let done = ilze.post(&path, &[("revision", "1"), ("do", "approve")]).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
}

async fn a_draft_of_an_item_that_changed_shows_both_texts(site: Site) {
    let (id, _) = site.item("Talka", &[]).await;
    let (anna, ilze) = (site.desk(0).await, second_editor(&site).await);
    let path = format!("/desk/item/{id}");
    speak(&anna, id, 1, Some("Annas teksts par taku.")).await;
    let fields = [("revision", "1"), ("do", "save"), ("text", "Ilzes teksts par taku.")];
    assert_eq!(ilze.post(&path, &fields).await.status(), StatusCode::SEE_OTHER);
    let page = anna.page(&path).await;
    for both in ["Annas teksts par taku.", "Ilzes teksts par taku.", "<ins>", "Ilze"] {
        assert!(page.contains(both), "{both} in {page}");
    }
    assert!(page.contains("name=\"revision\" value=\"2\""));
    let typed = page.split("name=\"text\"").nth(1).unwrap().split("</textarea>").next().unwrap();
    assert!(typed.contains("Annas teksts"));
}

async fn who_decided_is_named_and_not_the_machine_after_her(site: Site) {
    let (anna, ilze) = (site.desk(0).await, second_editor(&site).await);
    edition::assemble_at_desk(&site.app, None).await.unwrap();
    let (id, link) = site.item("Talka", &[]).await;
    let path = format!("/desk/item/{id}");
    speak(&anna, id, 1, Some("Annas teksts par taku.")).await;
    let fields = [("revision", "1"), ("do", "approve"), ("text", "Ilzes teksts par taku.")];
    assert_eq!(ilze.post(&path, &fields).await.status(), StatusCode::SEE_OTHER);
    let revisions = site.app.store.revisions(id).await.unwrap();
    let acts: Vec<_> = revisions.iter().map(|done| (done.act.as_str(), done.by.as_str())).collect();
    assert_eq!(acts, [("edit", "Ilze"), ("approve", "Ilze"), ("plan", "")]);
    let named = |page: &str| {
        let alert = page.split("role=\"alert\"").nth(1).unwrap_or_else(|| panic!("nothing is said: {page}"));
        let alert = alert.split("</p>").next().unwrap();
        assert!(alert.contains("Ilze"), "{alert}");
    };
    // Where the draft comes back, where a form comes late, and behind the link of the notice.
    named(&anna.page(&path).await);
    let late =
        anna.post(&path, &[("revision", "1"), ("do", "save"), ("text", "Annas teksts par taku.")]).await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    named(&body(late).await);
    let late = site.post(&link, &[("do", "reject"), ("reason", "Jau bija"), ("revision", "1")]).await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    assert!(body(late).await.contains("Ilze"));
}

async fn words_for_the_contributor_are_kept_too(site: Site) {
    let (id, _) = site.item("Talka", &[]).await;
    let (anna, ilze) = (site.desk(0).await, second_editor(&site).await);
    let path = format!("/desk/item/{id}");
    let fields = [
        ("do", "save"),
        ("revision", "1"),
        ("typed", "1"),
        ("question", "Cikos <b>sākas</b> talka?"),
        ("ready_question", "when"),
        ("reason", ""),
    ];
    let kept = anna.post(&format!("{path}/draft"), &fields).await;
    assert_eq!(kept.status(), StatusCode::OK);
    let page = anna.page(&path).await;
    assert!(page.contains("\nCikos &lt;b&gt;sākas&lt;/b&gt; talka?</textarea>"), "{page}");
    assert!(page.contains("iepriekš rakstītais"));
    let ticked = |page: &str| {
        page.split("<input").any(|input| {
            let input = input.split('>').next().unwrap();
            input.contains("value=\"when\"") && input.contains(" checked")
        })
    };
    assert!(ticked(&page), "{page}");
    assert!(!ticked(&ilze.page(&path).await));
    // A page that is left is heard, however soon after its last word; any other has to wait.
    let soon = [&fields[..3], &[("question", "Cikos?")]].concat();
    let answer = anna.post(&format!("{path}/draft"), &soon).await;
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
    let last = [&soon[..], &[("last", "1")]].concat();
    assert_eq!(anna.post(&format!("{path}/draft"), &last).await.status(), StatusCode::OK);
    let page = anna.page(&path).await;
    assert!(page.contains("\nCikos?</textarea>") && !ticked(&page), "{page}");
    // Somebody else changes the text meanwhile: the words stay.
    let fields = [("revision", "1"), ("do", "save"), ("text", "Ilzes teksts par taku.")];
    assert_eq!(ilze.post(&path, &fields).await.status(), StatusCode::SEE_OTHER);
    assert!(anna.page(&path).await.contains("\nCikos?</textarea>"));
}

async fn only_a_page_of_ours_keeps_a_draft_and_not_too_often(site: Site) {
    let (id, _) = site.item("Talka", &[]).await;
    let desk = site.desk(0).await;
    let path = format!("/desk/item/{id}/draft");
    let fields = [("do", "save"), ("revision", "1"), ("text", "Cits."), ("typed", "1")];
    let before = site.dump().await;
    assert_eq!(desk.post_bare(&path, &fields).await.status(), StatusCode::FORBIDDEN);
    assert_eq!(site.post(&path, &fields).await.status(), StatusCode::SEE_OTHER, "to the door");
    assert_eq!(desk.get(&path).await.status(), StatusCode::METHOD_NOT_ALLOWED);
    for wrong in [&fields[..1], &fields[1..], &[("do", "steal"), ("revision", "1")][..]] {
        assert_eq!(desk.post(&path, wrong).await.status(), StatusCode::BAD_REQUEST);
    }
    assert_eq!(desk.post("/desk/item/999/draft", &fields).await.status(), StatusCode::NOT_FOUND);
    let long = "ā".repeat(100_001);
    let huge = [("do", "save"), ("revision", "1"), ("text", long.as_str()), ("typed", "1")];
    assert_eq!(desk.post(&path, &huge).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(before, site.dump().await);
    assert_eq!(desk.post(&path, &fields).await.status(), StatusCode::OK);
    assert_eq!(desk.post(&path, &fields).await.status(), StatusCode::TOO_MANY_REQUESTS);
    let answer = desk.get("/desk").await;
    assert!(header(&answer, "content-security-policy").contains("connect-src 'self'"));
}

async fn drafts_go_with_their_person(site: Site) {
    let mail = "From: Rasma <rasma@biblioteka.example>\r\nTo: info@selija.example\r\nSubject: Talka\r\n\
         Message-ID: <d@b.example>\r\nDate: Fri, 20 Nov 2026 10:00:00 +0200\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\nSestdien sakopsim taku gar ezeru. Nāciet visi palīgā!\r\n";
    Door(site.app.clone()).store(arrival(mail.as_bytes().to_vec(), Source::Smtp)).await.unwrap();
    route_all(&site.app).await;
    let id = site.app.store.items(site.app.publication, "").await.unwrap()[0].id;
    let desk = site.desk(0).await;
    speak(&desk, id, 1, Some("Rasma no Rites stāsta par talku.")).await;
    assert_eq!(drafts(&site).await, 1);
    people::erase(&site.app, &EmailAddress::parse("rasma@biblioteka.example").unwrap()).await.unwrap();
    assert_eq!(drafts(&site).await, 0);
    assert!(!site.dump().await.iter().any(|row| row.contains("Rasma no Rites")));
}
