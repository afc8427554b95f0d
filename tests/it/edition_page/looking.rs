//! The issue as it will be seen: previews that are what is sent, a test mail, and nothing that a look changes.

use chrono::TimeDelta;
use mail_parser::MessageParser;
use reqwest::StatusCode;
use zinas::newsroom::edition;

use super::{confirm, hidden, issue, location, offered, put_together};
use crate::support::outbox::{keeping, outbox, until_idle};
use crate::support::sink::Sink;
use crate::support::site::{Site, body, header, now, on_both_databases};

on_both_databases! {
    previews_are_what_is_sent
    a_test_mail_goes_to_the_editor_and_its_leaving_is_inert
    looking_at_an_issue_changes_nothing
    hostile_words_are_inert_in_an_issue
}

/// HTML and text of a mail as a reader's program reads them, with the ends of lines as we write them.
fn parts(mail: &[u8]) -> (String, String) {
    let parsed = MessageParser::default().parse(mail).unwrap();
    let part = |text: std::borrow::Cow<'_, str>| text.replace("\r\n", "\n");
    (part(parsed.body_html(0).unwrap()), part(parsed.body_text(0).unwrap()))
}

/// What of a mail is the same for all readers: the links of one reader are taken out.
fn impersonal(text: &str, site: &Site) -> String {
    let mut same = text.to_owned();
    for own in ["leave/", "preferences/"] {
        let start = format!("{}{own}", site.app.config.public_url);
        while let Some(at) = same.find(&start) {
            let end = same[at..].find(['"', '\n', '<', ' ']).map_or(same.len(), |length| at + length);
            same.replace_range(at..end, "");
        }
    }
    same
}

async fn previews_are_what_is_sent(site: Site) {
    let sink =
        Sink::listen(&format!("127.0.0.1:{}", site.app.config.outbound.port), keeping(), None).unwrap();
    let desk = site.desk(0).await;
    // Confirmed today, as the preview says of its reader.
    site.confirmed("anna@readers.example").await;
    let (id, items) = put_together(&site, &desk, &["Pirmā", "Otrā"]).await;
    let frame = async |view: &str| {
        let response = desk.get(&format!("/desk/issue/{id}/frame/{view}?lang=en")).await;
        assert_eq!(response.status(), StatusCode::OK, "{view}");
        let policy = header(&response, "content-security-policy");
        assert!(policy.ends_with("sandbox") && policy.contains("default-src 'none'"), "{policy}");
        body(response).await
    };
    let mut before = Vec::new();
    for view in ["phone", "desktop", "text"] {
        before.push(frame(view).await);
        let page = desk.page(&format!("/desk/issue/{id}/view/{view}?lang=en")).await;
        assert!(
            page.contains(&format!("<iframe sandbox=\"\" src=\"/desk/issue/{id}/frame/{view}?lang=en\""))
        );
        assert!(page.contains("Tās pašas rindas, ko saņems lasītājs"), "{view}");
    }
    assert_eq!(before[0], before[1]);
    // The pictures of an issue that is being made are there for those who know their names; others are not.
    let photo = site.app.store.item(items[0]).await.unwrap().unwrap().item.content.photos[0].sha256.clone();
    assert!(before[0].contains(&format!("/photo/{photo}.jpg")));
    assert_eq!(site.get(&format!("/photo/{photo}.jpg")).await.status(), StatusCode::OK);
    let (pending, _) = site.item("Vēl gaida", &["Cita"]).await;
    let photo = site.app.store.item(pending).await.unwrap().unwrap().item.content.photos[0].sha256.clone();
    assert_eq!(site.get(&format!("/photo/{photo}.jpg")).await.status(), StatusCode::NOT_FOUND);
    // Whoever approved and sent: the reader's mail has these lines.
    let page = desk.page(&format!("/desk/issue/{id}/send")).await;
    location(&confirm(&desk, &format!("/desk/issue/{id}/send"), &offered(&page)).await);
    assert_eq!(issue(&site, id).await.content_hash, hidden(&page, "", "hash"));
    for (view, before) in ["phone", "desktop", "text"].into_iter().zip(&before) {
        assert_eq!(frame(view).await, *before, "{view} after approval");
    }
    site.app.clock.advance_to(now() + TimeDelta::minutes(10));
    assert!(edition::advance(&site.app).await.unwrap());
    let mut outbox = outbox(&site.app).await;
    until_idle(&mut outbox).await;
    let sent = sink.mails().into_iter().find(|mail| {
        mail.to == "anna@readers.example" && { String::from_utf8_lossy(&mail.bytes).contains("List-Id:") }
    });
    let (html, text) = parts(&sent.unwrap().bytes);
    assert_eq!(impersonal(&html, &site), impersonal(&before[0], &site));
    // The last end of a line belongs to the boundary (RFC 2046 section 5.1.1).
    assert_eq!(impersonal(text.trim_end(), &site), impersonal(before[2].trim_end(), &site));
    // The others are what they say of themselves.
    let dark = frame("dark").await;
    assert!(dark.contains("@media all{") && !dark.contains("prefers-color-scheme"));
    let inverted = frame("inverted").await;
    assert!(inverted.contains("filter:invert(1)") && inverted.contains("@media not all{"));
    let bare = frame("images-off").await;
    assert!(!bare.contains(" src=") && bare.contains("alt=\"Taka gar ezeru\""));
    let sheet = frame("print").await;
    assert!(sheet.contains("/print.css") && sheet.contains("Pirmā"));
    assert_eq!(desk.get(&format!("/desk/issue/{id}/view/strange")).await.status(), StatusCode::NOT_FOUND);
}

async fn a_test_mail_goes_to_the_editor_and_its_leaving_is_inert(site: Site) {
    let desk = site.desk(0).await;
    let (id, _) = put_together(&site, &desk, &["Pirmā", "Otrā"]).await;
    let path = format!("/desk/issue/{id}");
    let done = location(&desk.post(&path, &[("do", "test"), ("lang", "lv")]).await);
    assert!(desk.page(&done).await.contains("Pārbaudes vēstule aizgāja uz redakcija@selija.com"));
    let mails = site.mails("test").await;
    assert_eq!(mails.len(), 1);
    let parsed = MessageParser::default().parse(&mails[0]).unwrap();
    assert!(parsed.subject().unwrap().starts_with("[Pārbaude] Decembra ziņas"), "{:?}", parsed.subject());
    let (html, _) = parts(&mails[0]);
    let frame = body(desk.get(&format!("{path}/frame/phone")).await).await;
    let leave = format!("{}desk/issue/{id}?did=test-leave", site.app.config.public_url);
    let lines = |html: &str| html.replace(&leave, "").replace("<title>[Pārbaude] ", "<title>");
    assert_eq!(lines(&html), impersonal(&frame, &site));
    let before = site.dump().await;
    let leaving = leave.strip_prefix(site.app.config.public_url.as_str()).unwrap();
    assert!(desk.page(&format!("/{leaving}")).await.contains("tajā neko nemaina"));
    site.post(&format!("/{leaving}"), &[("List-Unsubscribe", "One-Click")]).await;
    assert_eq!(before, site.dump().await);
    for _ in 0..9 {
        location(&desk.post(&path, &[("do", "test")]).await);
    }
    assert_eq!(desk.post(&path, &[("do", "test")]).await.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(site.mails("test").await.len(), 10);
}

async fn looking_at_an_issue_changes_nothing(site: Site) {
    let desk = site.desk(0).await;
    let (id, _) = put_together(&site, &desk, &["Pirmā", "Otrā"]).await;
    let before = site.dump().await;
    let mut paths = vec!["/desk/issue".to_owned(), "/desk/issues".to_owned()];
    for below in ["", "/approve", "/send", "/deliveries", "?did=moved&item=999", "?did=%3Cscript%3E"] {
        paths.push(format!("/desk/issue/{id}{below}"));
    }
    for view in ["phone", "desktop", "dark", "inverted", "images-off", "text", "print"] {
        paths.push(format!("/desk/issue/{id}/view/{view}"));
        paths.push(format!("/desk/issue/{id}/frame/{view}"));
    }
    for path in &paths {
        let looked = desk.get(path).await;
        assert_eq!(looked.status(), StatusCode::OK, "{path}");
        assert!(!body(looked).await.contains("<script>"), "{path}");
    }
    for path in ["/desk/issue/999", "/desk/issue/x", "/desk/issue/999/approve", "/desk/issue/999/frame/phone"]
    {
        assert_eq!(desk.get(path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(before, site.dump().await);
}

async fn hostile_words_are_inert_in_an_issue(site: Site) {
    let desk = site.desk(0).await;
    let hostile = "<script>alert(1)</script></textarea><img src=x onerror=alert(2)>\u{202e}";
    let (id, items) = put_together(&site, &desk, &[hostile, "Otrā"]).await;
    let path = format!("/desk/issue/{id}");
    let was = hidden(&desk.page(&path).await, "words", "was");
    let fields = [("was", was.as_str()), ("do", "words"), ("subject", hostile), ("note", hostile)];
    location(&desk.post(&path, &fields).await);
    for below in [
        "",
        &format!("?did=moved&item={}", items[0]),
        "/approve",
        "/view/phone",
        "/frame/phone",
        "/frame/dark",
        "/frame/inverted",
        "/frame/images-off",
        "/frame/print",
    ] {
        let page = desk.page(&format!("{path}{below}")).await;
        assert!(
            !page.contains("<script>alert") && !page.contains("<img src=x") && !page.contains('\u{202e}'),
            "{below}"
        );
    }
    let list = desk.page("/desk/issues").await;
    assert!(!list.contains("<script>alert"));
}
