//! Corrections at the desk: of what is public, at once before everybody's eyes, and said among the decisions.

use issues::IssueState;
use reqwest::StatusCode;

use crate::support::site::{Site, body, header, now, on_both_databases};

on_both_databases! {
    a_correction_is_written_at_the_desk_and_public_at_once
    only_what_is_public_is_corrected
    a_correction_needs_words_that_fit
}

async fn a_correction_is_written_at_the_desk_and_public_at_once(site: Site) {
    let (id, _) = site.item("Koncerts", &[]).await;
    let (year, number) = site.issue(&[id], true).await;
    let desk = site.desk(0).await;
    let issue = site.app.store.issues(site.app.publication, "").await.unwrap()[0].id;
    let mut write = site.app.store.write().await.unwrap();
    write.change_issue(issue, &IssueState::Sent { at: now() }).await.unwrap();
    write.commit().await.unwrap();
    let sent = desk.page(&format!("/desk/issue/{issue}")).await;
    assert!(sent.contains(&format!("href=\"/desk/item/{id}#corrections\"")), "{sent}");
    let before = site.dump().await;
    let page = desk.page(&format!("/desk/item/{id}")).await;
    let public = format!("/{year}/{number}/zina-{id}");
    assert!(page.contains("Publicēt labojumu") && page.contains(&format!("href=\"{public}\"")), "{page}");
    assert_eq!(before, site.dump().await, "looking changes nothing");
    let words = "Koncerts sākas plkst. 18.00 <b>, nevis 17.00.";
    let path = format!("/desk/item/{id}/correct");
    for _ in 0..2 {
        let done = desk.post(&path, &[("correction", words)]).await;
        assert_eq!(header(&done, "location"), format!("/desk/item/{id}?done=correct&item={id}#corrections"));
    }
    assert_eq!(site.app.store.corrections(&[id]).await.unwrap().len(), 1, "pressed twice, said once");
    let shown = "Koncerts sākas plkst. 18.00 &lt;b&gt;, nevis 17.00.";
    let page = desk.page(&format!("/desk/item/{id}?done=correct&item={id}")).await;
    assert!(page.contains("role=\"status\"") && page.contains("“Koncerts” ir publicēts"), "{page}");
    assert!(page.contains(shown) && page.contains("Anna Miglasēta, "));
    let page = body(site.get(&public).await).await;
    assert!(page.contains("Labots"), "{page}");
    assert!(
        page.contains(shown) && !page.contains("Anna Miglasēta"),
        "dated for readers, signed for editors"
    );
    for list in ["/desk/decisions", "/desk"] {
        let page = desk.page(list).await;
        assert!(page.contains("Publicēts labojums ziņai") && page.contains("“Koncerts”"), "{page}");
        assert!(!page.contains(">Atsaukt<"), "a correction is not unsaid");
    }
}

async fn only_what_is_public_is_corrected(site: Site) {
    let (id, _) = site.item("Talka", &[]).await;
    let desk = site.desk(0).await;
    site.issue(&[id], false).await;
    let before = site.dump().await;
    let page = desk.page(&format!("/desk/item/{id}")).await;
    assert!(!page.contains("/correct"));
    let path = format!("/desk/item/{id}/correct");
    assert_eq!(desk.post(&path, &[("correction", "Cits.")]).await.status(), StatusCode::CONFLICT);
    assert_eq!(
        desk.post("/desk/item/999/correct", &[("correction", "Cits.")]).await.status(),
        StatusCode::NOT_FOUND
    );
    assert_eq!(desk.post_bare(&path, &[("correction", "Cits.")]).await.status(), StatusCode::FORBIDDEN);
    assert_eq!(
        site.post(&path, &[("correction", "Cits.")]).await.status(),
        StatusCode::SEE_OTHER,
        "to the door"
    );
    assert_eq!(before, site.dump().await);
}

async fn a_correction_needs_words_that_fit(site: Site) {
    let (id, _) = site.item("Talka", &[]).await;
    site.issue(&[id], true).await;
    let desk = site.desk(0).await;
    let path = format!("/desk/item/{id}/correct");
    let long = format!("</textarea><script>x</script>{}", "ā".repeat(2_000));
    let before = site.dump().await;
    for typed in [" \u{202e} ", long.as_str()] {
        let refused = desk.post(&path, &[("correction", typed)]).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = body(refused).await;
        assert!(page.contains("correction-error") && page.contains("aria-invalid"), "{page}");
        assert!(!page.contains("<script>x"));
        assert!(typed.len() < 100 || page.contains(&"ā".repeat(2_000)), "what was typed comes back");
    }
    assert_eq!(desk.post(&path, &[]).await.status(), StatusCode::BAD_REQUEST);
    assert_eq!(before, site.dump().await);
}
