//! Who chose a language in the address keeps it by following links, without anything kept in the browser.

use std::collections::BTreeSet;

use reqwest::{Method, StatusCode};

use crate::support::site::{Site, body, header, on_both_databases};

on_both_databases! {
    who_chose_english_stays_in_it
    nothing_is_carried_where_nothing_was_chosen
}

/// The links of the body that lead to pages of ours; the one to the other language is marked with its own.
fn links(page: &str) -> Vec<String> {
    let body = page.split("<body").nth(1).unwrap();
    let links = body.split("<a ").skip(1).filter_map(|link| {
        let tag = link.split('>').next().unwrap();
        let href = tag.split("href=\"/").nth(1)?.split('"').next()?;
        (!tag.contains("hreflang")).then(|| format!("/{}", href.replace("&amp;", "&")))
    });
    links.filter(|link| !link.contains(".xml") && !link.contains(".ics")).collect()
}

async fn shelf(site: &Site) -> i64 {
    let (item, _) = site.item("Koncerts", &["Taka"]).await;
    let (other, _) = site.item("Talka", &[]).await;
    site.issue(&[item, other], true).await;
    item
}

async fn who_chose_english_stays_in_it(site: Site) {
    shelf(&site).await;
    let mut seen = BTreeSet::new();
    let mut next =
        vec!["/?lang=en".to_owned(), "/archive?q=talka&lang=en".to_owned(), "/nowhere?lang=en".to_owned()];
    while let Some(path) = next.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        assert!(path.contains("lang=en"), "{path}");
        let page = body(site.get(&path).await).await;
        assert!(page.contains("<html lang=\"en\">"), "{path}");
        next.extend(links(&page));
    }
    assert!(seen.len() > 10, "{seen:?}");
    for path in
        ["/2026/1?lang=en", "/subscribe?lang=en", "/archive?year=2026&lang=en", "/calendar/2026-12?lang=en"]
    {
        assert!(seen.contains(path), "{path} in {seen:?}");
    }
    let public = site.app.config.public_url.as_str().trim_end_matches('/');
    let page = body(site.get("/2026/1?lang=en").await).await;
    for line in [
        format!("rel=\"canonical\" href=\"{public}/2026/1?lang=en\""),
        format!("hreflang=\"lv\" href=\"{public}/2026/1\""),
        format!("hreflang=\"x-default\" href=\"{public}/2026/1\""),
    ] {
        assert!(page.contains(&line), "{line} in {page}");
    }
    // Forms keep it too: one posts to an address, one writes its own.
    let form = body(site.get("/subscribe?lang=en").await).await;
    assert!(form.contains("action=\"/subscribe?lang=en\""), "{form}");
    let fields = [("email", "anna@example.lv"), ("language", "lv"), ("shown", "en")];
    let asked = body(site.post("/subscribe?lang=en", &fields).await).await;
    assert!(
        asked.contains("<html lang=\"en\">") && links(&asked).iter().all(|link| link.contains("lang=en"))
    );
    let archive = body(site.get("/archive?lang=en").await).await;
    assert!(archive.contains("name=\"lang\" value=\"en\""), "{archive}");
    // Kept by shared caches as before.
    let first = site.get("/2026/1?lang=en").await;
    assert_eq!(
        (header(&first, "vary"), header(&first, "cache-control")),
        ("Accept-Language".into(), "public, max-age=60".into())
    );
    let again = site.request(Method::GET, "/2026/1?lang=en").header("If-None-Match", header(&first, "etag"));
    assert_eq!(again.send().await.unwrap().status(), StatusCode::NOT_MODIFIED);
}

async fn nothing_is_carried_where_nothing_was_chosen(site: Site) {
    shelf(&site).await;
    for path in ["/", "/2026/1", "/archive", "/?lang=lv", "/?lang=xx", "/?lang=%22%3E%3Cscript%3E"] {
        let page = body(site.get(path).await).await;
        assert!(links(&page).iter().all(|link| !link.contains("lang=")), "{path}");
        assert!(!page.contains("<script>"));
    }
    let get = async |path: &str| {
        let request = site.request(Method::GET, path).header("Accept-Language", "en-GB,en;q=0.9");
        body(request.send().await.unwrap()).await
    };
    // The browser asks for English itself, each time.
    let page = get("/").await;
    assert!(page.contains("<html lang=\"en\">") && links(&page).iter().all(|link| !link.contains("lang=")));
    // Who chose Latvian against her browser keeps that.
    let page = get("/?lang=lv").await;
    assert!(page.contains("<html lang=\"lv\">") && links(&page).iter().all(|link| link.contains("lang=lv")));
}
