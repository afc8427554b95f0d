//! The sheet for the notice board over real HTTP.

use reqwest::{Method, StatusCode};

use crate::support::site::{Site, body, header, on_both_databases};

on_both_databases! {
    the_sheet_shows_what_went_out_and_nothing_else
}

async fn the_sheet_shows_what_went_out_and_nothing_else(site: Site) {
    let (item, _) = site.item("Print", &["Taka gar ezeru"]).await;
    let (other, _) = site.item("<script>Talka", &[]).await;
    let (year, number) = site.issue(&[item, other], true).await;
    let path = format!("/{year}/{number}/print");
    let before = site.dump().await;
    for method in [Method::GET, Method::HEAD, Method::GET] {
        let response = site.request(method, &path).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(header(&response, "cache-control"), "public, max-age=60");
    }
    for (language, heading) in [("lv", "Īsumā"), ("en", "In short")] {
        let page = body(site.get(&format!("{path}?lang={language}")).await).await;
        assert!(page.contains(heading) && page.contains("&lt;script&gt;Talka"), "{page}");
        assert!(
            page.contains("<svg class=\"qr\"") && page.contains("zinas.selija.com<wbr>/subscribe"),
            "{page}"
        );
        assert!(page.contains("Sestdien") || page.contains("Saturday"), "the calendar");
    }
    let issue = body(site.get(&format!("/{year}/{number}")).await).await;
    assert!(issue.contains(&format!("href=\"{path}\"")));
    let style = site.get("/print.css").await;
    assert_eq!(header(&style, "content-type"), "text/css; charset=utf-8");
    let tag = header(&style, "etag");
    let again = site.request(Method::GET, "/print.css").header("If-None-Match", tag).send().await.unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    for none in [format!("/{year}/{}/print", number + 1), format!("/{year}/0{number}/print")] {
        assert_eq!(site.get(&none).await.status(), StatusCode::NOT_FOUND, "{none}");
    }
    assert_eq!(site.dump().await, before);
}
