//! The page to decide on an item: what is typed is never lost, and who decided is always told.

use reqwest::{Response, StatusCode};
use zinas::newsroom::moderate::{self, Act, Who};

use crate::support::site::{PICTURE, Site, body, header, now, on_both_databases};

on_both_databases! {
    an_item_without_description_comes_back_with_what_was_typed
    an_edit_and_an_approval_are_one
    nobody_is_asked_where_there_is_nobody
    a_late_edit_is_not_saved_and_not_lost
    a_link_tells_which_editor_decides
    a_settled_item_is_told_from_one_that_lacks_something
}

fn approve(revision: i64) -> Vec<(&'static str, String)> {
    vec![("do", "approve".to_owned()), ("revision", revision.to_string())]
}

async fn send(site: &Site, path: &str, fields: &[(&'static str, String)]) -> Response {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    site.post(path, &fields).await
}

async fn an_item_without_description_comes_back_with_what_was_typed(site: Site) {
    let (id, path) = site.item("Talka", &["Taka", ""]).await;
    let before = site.dump().await;
    let mut form = approve(1);
    form.push(("title", "Lielā talka <b>".to_owned()));
    form.push(("photos.0.alt", "Taka gar ezeru".to_owned()));
    form.push(("photos.1.alt", "  ".to_owned()));
    let response = send(&site, &path, &form).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = body(response).await;
    assert!(page.contains("Lielā talka &lt;b&gt;") && page.contains("photos.1.alt-error"), "{page}");
    assert!(!page.contains("photos.0.alt-error"));
    assert_eq!(before, site.dump().await, "nothing of it is saved");
    // Asking and rejecting need words; what is too long says so.
    for (button, field) in [("ask", "question"), ("reject", "reason")] {
        for words in ["", "ļ".repeat(2_001).as_str()] {
            let form = [("do", button), ("revision", "1"), (field, words)];
            let response = site.post(&path, &form).await;
            assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
            assert!(body(response).await.contains(&format!("{field}-error")));
        }
    }
    let long = "ā".repeat(141);
    let response = site.post(&path, &[("do", "approve"), ("revision", "1"), ("title", &long)]).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body(response).await.contains("title-error"));
    assert_eq!(before, site.dump().await);
    assert_eq!(site.app.store.item(id).await.unwrap().unwrap().revision, 1);
}

async fn an_edit_and_an_approval_are_one(site: Site) {
    let (id, path) = site.item("Talka", &[""]).await;
    let page = body(site.get(&path).await).await;
    let photo = page.split("src=\"").nth(1).unwrap().split('"').next().unwrap();
    let picture = site.get(photo).await;
    assert_eq!(header(&picture, "content-type"), "image/jpeg");
    assert!(picture.bytes().await.unwrap().starts_with(PICTURE));
    let mut form = approve(1);
    form.push(("title", "Lielā talka".to_owned()));
    form.push(("photos.0.alt", "Taka gar ezeru".to_owned()));
    form.push(("photos.0.credit", "Jānis".to_owned()));
    let response = send(&site, &path, &form).await;
    assert_eq!(response.status(), StatusCode::OK);
    let row = site.app.store.item(id).await.unwrap().unwrap();
    assert_eq!((row.item.state.name(), row.item.content.title.as_str()), ("approved", "Lielā talka"));
    let acts: Vec<_> = site.app.store.revisions(id).await.unwrap();
    assert_eq!(acts.iter().map(|done| done.act.as_str()).collect::<Vec<_>>(), ["edit", "approve"]);
    assert_eq!((acts[1].by.as_str(), acts[1].channel.as_str()), ("Anna Miglasēta", "link"));
    // The same button again: told, and nothing changes.
    let before = site.dump().await;
    let again = site.post(&path, &[("do", "reject"), ("revision", "1")]).await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
    assert!(body(again).await.contains("Anna Miglasēta"));
    assert_eq!(before, site.dump().await);
}

async fn nobody_is_asked_where_there_is_nobody(site: Site) {
    let (id, path) = site.item("Talka", &[]).await;
    let form = [("do", "ask"), ("revision", "1"), ("question", "Kad tā sākas?")];
    let response = site.post(&path, &form).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = body(response).await;
    assert!(page.contains("question-error") && page.contains("Kad tā sākas?"), "{page}");
    assert_eq!(site.app.store.item(id).await.unwrap().unwrap().revision, 1);
    let response = site.post(&path, &[("do", "reject"), ("revision", "1"), ("reason", "Bija jau.")]).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert!(body(response).await.contains("neko nesūtīsim"));
}

async fn a_late_edit_is_not_saved_and_not_lost(site: Site) {
    let (id, path) = site.item("Talka", &[]).await;
    let who = Who { by: "Ilze Rītarasa", channel: "command" };
    moderate::decide(&site.app, id, None, Act::Approve, who).await.unwrap();
    let before = site.dump().await;
    let mut form = approve(1);
    form.push(("text", "Garš\r\n\r\npārrakstīts teksts".to_owned()));
    let response = send(&site, &path, &form).await;
    assert_eq!(response.status(), StatusCode::CONFLICT);
    let page = body(response).await;
    assert!(page.contains("Ilze Rītarasa") && page.contains("pārrakstīts teksts"), "{page}");
    assert!(page.contains("name=\"revision\" value=\"2\""), "deciding again is about the item as it is now");
    assert_eq!(before, site.dump().await);
}

async fn a_link_tells_which_editor_decides(site: Site) {
    let address = subscribers::EmailAddress::parse("janis@redakcija.example").unwrap();
    let store = &site.app.store;
    let publication = site.app.publication;
    let mut write = store.write().await.unwrap();
    write.keep_editor(publication, &address, "Jānis", subscribers::Language::English, now()).await.unwrap();
    write.commit().await.unwrap();
    let (id, first) = site.item("Talka", &[]).await;
    let second = site.decide(id, address.as_str()).await;
    assert!(body(site.get(&second).await).await.contains("lang=\"en\""), "in his own language");
    let pressed = site.post(&second, &[("do", "approve"), ("revision", "1")]).await;
    assert_eq!(pressed.status(), StatusCode::OK);
    assert_eq!(store.revisions(id).await.unwrap()[0].by, "Jānis");
    let late = site.post(&first, &[("do", "postpone"), ("revision", "1")]).await;
    assert!(body(late).await.contains("Jānis"), "the other editor is told who was faster");
    // One who is no editor any more holds a link that opens nothing.
    let mut write = store.write().await.unwrap();
    assert!(write.remove_editor(publication, &address).await.unwrap());
    write.commit().await.unwrap();
    assert_eq!(site.get(&second).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(site.get(&first).await.status(), StatusCode::OK);
}

async fn a_settled_item_is_told_from_one_that_lacks_something(site: Site) {
    let (id, path) = site.item("Talka", &[]).await;
    let who = Who { by: "Ilze Rītarasa", channel: "command" };
    moderate::decide(&site.app, id, None, Act::Approve, who).await.unwrap();
    let before = site.dump().await;
    let again = send(&site, &path, &approve(2)).await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
    assert!(body(again).await.contains("Ilze Rītarasa"));
    for form in
        [vec![], vec![("do", "approve")], vec![("do", "x"), ("revision", "1")], vec![("revision", "1")]]
    {
        assert_eq!(site.post(&path, &form).await.status(), StatusCode::BAD_REQUEST);
    }
    assert_eq!(before, site.dump().await);
}
