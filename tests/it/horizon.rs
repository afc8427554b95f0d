//! The picture of an issue's horizon: there for the preview of a draft, the same when the issue is frozen, and kept.

use reqwest::{Method, StatusCode};
use zinas::newsroom::edition;
use zinas::newsroom::moderate::{Act, Who, decide};
use zinas::newsroom::preview::preview;
use zinas::store::IssueRow;

use crate::support::site::{Site, header, on_both_databases};

on_both_databases!(
    a_mail_shows_the_horizon_that_its_preview_showed
    an_issue_frozen_before_there_were_horizons_has_none
    nobody_finds_a_picture_without_its_name
);

const EDITOR: Who<'static> = Who { by: "anna", channel: "command" };

/// As many as an issue needs, approved; gives one with a photo.
async fn two_items(site: &Site) -> i64 {
    let (item, _) = site.item("Talka ezera krastā", &["Taka gar ezeru"]).await;
    let (other, _) = site.item("Lasītāju vakars", &[]).await;
    for item in [item, other] {
        decide(&site.app, item, None, Act::Approve, EDITOR).await.unwrap();
    }
    item
}

/// Where the preview of an issue has its picture, below the public address.
async fn path_in_preview(site: &Site, issue: &IssueRow) -> Option<String> {
    let html = preview(&site.app, issue, None, None).await.unwrap().email().html;
    path_in(site, &html)
}

fn path_in(site: &Site, html: &str) -> Option<String> {
    let whole = html.split('"').find(|value| value.contains("/horizon/"))?;
    let path = whole.strip_prefix(site.app.config.public_url.as_str().trim_end_matches('/'));
    Some(path.expect("mails have whole links").to_owned())
}

async fn picture(site: &Site, path: &str) -> Vec<u8> {
    let answer = site.get(path).await;
    assert_eq!(answer.status(), StatusCode::OK, "{path}");
    assert_eq!(header(&answer, "content-type"), "image/png");
    assert_eq!(header(&answer, "cache-control"), "public, max-age=86400");
    let bytes = answer.bytes().await.unwrap().to_vec();
    let shown = image::load_from_memory(&bytes).unwrap();
    assert_eq!((shown.width(), shown.height()), (1200, 240));
    bytes
}

async fn a_mail_shows_the_horizon_that_its_preview_showed(site: Site) {
    let app = &site.app;
    let draft = edition::assemble(app, None).await.unwrap();
    let empty = path_in_preview(&site, &draft).await.unwrap();
    picture(&site, &empty).await;

    // With news in it, it is another horizon; that of before is nowhere any more.
    two_items(&site).await;
    let draft = edition::assemble(app, None).await.unwrap();
    let path = path_in_preview(&site, &draft).await.unwrap();
    assert_ne!(path, empty);
    assert_eq!(site.get(&empty).await.status(), StatusCode::NOT_FOUND);

    let rows = site.dump().await;
    let drawn = picture(&site, &path).await;
    assert_eq!(site.request(Method::HEAD, &path).send().await.unwrap().status(), StatusCode::OK);
    assert_eq!(site.dump().await, rows, "who looks changes nothing");

    let issue = edition::approve(app, None, "anna").await.unwrap();
    for content in app.store.issue_contents(issue.id).await.unwrap() {
        assert_eq!(path_in(&site, &content.html).as_deref(), Some(path.as_str()), "{:?}", content.language);
        assert!(!content.text.contains("/horizon/"), "words need no picture");
    }
    let kept = picture(&site, &path).await;
    assert_eq!(kept, drawn);

    let tag = header(&site.get(&path).await, "etag");
    let again = site.request(Method::GET, &path).header("If-None-Match", tag).send().await.unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);

    // What has gone out keeps its picture, whatever becomes of the issue.
    edition::stop(app, None, zinas::newsroom::moderate::Who { by: "anna", channel: "desk" }).await.unwrap();
    assert_eq!(picture(&site, &path).await, kept);
}

async fn an_issue_frozen_before_there_were_horizons_has_none(site: Site) {
    let (item, _) = site.item("Talka ezera krastā", &[]).await;
    let (year, number) = site.issue(&[item], true).await;
    assert_eq!(site.get(&format!("/{year}/{number}")).await.status(), StatusCode::OK);
    let issue = site.app.store.issue_numbered(site.app.publication, year, number).await.unwrap().unwrap();
    assert_eq!(issue.horizon, "");
}

async fn nobody_finds_a_picture_without_its_name(site: Site) {
    let item = two_items(&site).await;
    let draft = edition::assemble(&site.app, None).await.unwrap();
    let path = path_in_preview(&site, &draft).await.unwrap();
    edition::approve(&site.app, None, "anna").await.unwrap();
    let name = path.trim_start_matches("/horizon/").trim_end_matches(".png");
    let photo = &site.app.store.item(item).await.unwrap().unwrap().item.content.photos[0].sha256;
    for other in [
        format!("{}.png", "0".repeat(64)),
        format!("{photo}.png"),
        format!("{name}.jpg"),
        format!("{}.png", name.to_uppercase()),
        name.to_owned(),
        format!("{}%.png", &name[1..]),
        ".png".to_owned(),
        "..%2fphoto.png".to_owned(),
    ] {
        let answer = site.get(&format!("/horizon/{other}")).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{other}");
    }
}
