//! What goes wrong at the desk is said at the desk: its tabs stay, and the page says what to do.

use reqwest::{Method, StatusCode};

use crate::support::site::{Site, body, header, on_both_databases};

on_both_databases! {
    what_goes_wrong_is_said_in_the_desks_own_frame
    a_list_that_is_too_large_says_what_to_do
}

async fn what_goes_wrong_is_said_in_the_desks_own_frame(site: Site) {
    let (id, _) = site.item("Talka", &[]).await;
    let desk = site.desk(0).await;
    let item = format!("/desk/item/{id}");
    let long = "a".repeat(9 << 20);
    let mut answers = vec![
        (desk.get("/desk/nowhere").await, StatusCode::NOT_FOUND, "Šādas lapas redakcijā nav"),
        (desk.get("/desk/item/999").await, StatusCode::NOT_FOUND, "Šādas lapas redakcijā nav"),
        (desk.get("/desk/issue/x").await, StatusCode::NOT_FOUND, "Šādas lapas redakcijā nav"),
        (desk.post(&item, &[("do", "steal")]).await, StatusCode::BAD_REQUEST, "Pieprasījumu nesapratām"),
        (
            desk.post_bare(&item, &[("form", "forged")]).await,
            StatusCode::FORBIDDEN,
            "Pieprasījumu nesapratām",
        ),
        (desk.post("/desk/moments", &[]).await, StatusCode::METHOD_NOT_ALLOWED, "Pieprasījumu nesapratām"),
        (desk.post(&item, &[("text", &long)]).await, StatusCode::PAYLOAD_TOO_LARGE, "vienā reizē"),
    ];
    let fields = [("do", "save"), ("revision", "1"), ("text", "Cits."), ("typed", "1")];
    let draft = format!("{item}/draft");
    desk.post(&draft, &fields).await;
    answers.push((desk.post(&draft, &fields).await, StatusCode::TOO_MANY_REQUESTS, "Mazliet par ātru"));
    for (answer, status, words) in answers {
        assert_eq!(answer.status(), status, "{words}");
        assert_eq!(header(&answer, "cache-control"), "no-store");
        assert!(header(&answer, "content-security-policy").contains("script-src 'self'"), "{status}");
        let page = body(answer).await;
        for part in [words, "class=\"tabs\"", "href=\"/desk\"", "action=\"/desk/sign-out\""] {
            assert!(page.contains(part), "{status} {part}: {page}");
        }
    }
    // Whoever is not signed in learns nothing of the desk.
    let stranger = site.get("/desk/nowhere").await;
    assert_eq!(stranger.status(), StatusCode::NOT_FOUND);
    let page = body(stranger).await;
    assert!(!page.contains("class=\"tabs\"") && page.contains("Šādas lapas nav"), "{page}");
    // And the public pages stay the public's for editors too.
    let public = site.request(Method::GET, "/nowhere").header("Cookie", &desk.cookie).send().await.unwrap();
    assert!(!body(public).await.contains("class=\"tabs\""));
}

async fn a_list_that_is_too_large_says_what_to_do(site: Site) {
    let desk = site.desk(0).await;
    let list = format!("email\n{}", "anna@readers.example\n".repeat(60_000));
    let before = site.dump().await;
    let fields = [("do", "look"), ("consent", "")];
    let refused = desk.upload("/desk/import", &fields, "list", "list.csv", list.as_bytes()).await;
    assert_eq!(refused.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let page = body(refused).await;
    for part in [
        "sadaliet sarakstu",
        "1\u{a0}MB",
        "zinas subscriber import",
        "href=\"/desk/import\"",
        "class=\"tabs\"",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert_eq!(before, site.dump().await);
}
