//! The text of an item: the marks an editor writes are seen in every form of an issue, those that stand in a letter are
//! the letter's own, and what is pasted is cleaned.

use chrono::TimeDelta;
use issues::ItemContent;
use reqwest::StatusCode;
use zinas::newsroom::edition;
use zinas::newsroom::moderate::{Act, Who, decide};
use zinas::store::ItemRow;

use crate::support::desk::Desk;
use crate::support::letters::waiting_for;
use crate::support::newsroom::{from_anna, receive, route_all};
use crate::support::site::{Site, body, header, on_both_databases};

on_both_databases! {
    the_marks_of_an_editor_are_the_same_everywhere
    in_mails_and_cards_marks_are_plain_words
    the_marks_of_a_letter_are_its_own
    what_is_pasted_is_cleaned_and_what_is_left_alone_is_not
    suggestions_are_chosen_applied_and_undone
}

async fn row(site: &Site, id: i64) -> ItemRow {
    site.app.store.item(id).await.unwrap().unwrap()
}

async fn save(desk: &Desk<'_>, id: i64, text: &str) -> StatusCode {
    let revision = row(desk.site, id).await.revision.to_string();
    desk.post(&format!("/desk/item/{id}"), &[("do", "save"), ("revision", &revision), ("text", text)])
        .await
        .status()
}

async fn from_letter(site: &Site, words: &str) -> i64 {
    receive(&site.app, from_anna("Talka", words)).await;
    route_all(&site.app).await;
    site.app.store.items(site.app.publication, "").await.unwrap().pop().unwrap().id
}

/// The item in an issue that has gone out: its mail as HTML and as text, and its pages.
async fn published(site: &Site, id: i64) -> Vec<(String, String)> {
    let who = || Who { by: "anna", channel: "command" };
    decide(&site.app, id, None, Act::Approve, who()).await.unwrap();
    for number in 1..site.app.config.issue.items_min {
        let (item, _) = site.item(&format!("Vēl {number}"), &[]).await;
        decide(&site.app, item, None, Act::Approve, who()).await.unwrap();
    }
    edition::assemble(&site.app, None).await.unwrap();
    let issue = edition::send(&site.app, None, "anna").await.unwrap();
    site.app.clock.advance_to(site.app.clock.now() + TimeDelta::minutes(11));
    while edition::advance(&site.app).await.unwrap() {}
    let mails = site.app.store.issue_contents(issue.id).await.unwrap();
    let mail = mails.into_iter().find(|content| content.language.code() == "lv").unwrap();
    let mut outputs = vec![("text".to_owned(), mail.text), ("mail".to_owned(), mail.html)];
    let of_issue = format!("/{}/{}", issue.edition.year, issue.number);
    for page in [of_issue.clone(), format!("{of_issue}/talka"), "/feed.xml".to_owned()] {
        let shown = body(site.get(&format!("{page}?lang=lv")).await).await;
        let shown = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        outputs.push((page, shown));
    }
    outputs
}

/// Without the places to break that a mail gives long words.
fn whole(output: &str) -> String {
    output.replace("<span style=\"display:inline-block\">", "").replace("</span>", "")
}

async fn the_marks_of_an_editor_are_the_same_everywhere(site: Site) {
    let (id, _) = site.item("Talka", &[]).await;
    let desk = site.desk(0).await;
    let page = desk.page(&format!("/desk/item/{id}")).await;
    assert!(page.contains("data-marks=\"\" hidden") && page.contains("*slīpraksts*"), "{page}");
    assert_eq!(page.matches("type=\"button\" data-mark=").count(), 4);
    let script = site.get("/desk-text.js").await;
    assert_eq!(header(&script, "content-type"), "text/javascript; charset=utf-8");
    let text = "**Nāciet** *visi* pie [kartes](https://karte.example/a)!\n- cimdi\n- **zābaki**\n\n\
                1. decembrī [x](javascript:alert(1)) <script>alert(1)</script>";
    assert_eq!(save(&desk, id, text).await, StatusCode::SEE_OTHER);
    for (name, output) in published(&site, id).await {
        assert!(!output.contains("**") && !output.contains("*visi*"), "{name}: {output}");
        assert!(output.contains("1. decembrī [x](javascript:alert(1))"), "{name}: {output}");
        if name == "text" {
            assert!(
                output.contains("Nāciet visi pie kartes\nhttps://karte.example/a\n\n- cimdi\n- zābaki\n"),
                "{output}"
            );
            continue;
        }
        assert!(output.contains("<strong>Nāciet</strong> <em>visi</em>"), "{name}: {output}");
        assert!(output.contains("cimdi</li>") && output.contains("<strong>zābaki</strong></li>"), "{name}");
        assert!(output.contains("href=\"https://karte.example/a\""), "{name}");
        assert!(!output.contains("href=\"javascript:"), "{name}");
        // The feed's HTML is escaped once more.
        let script = match name.as_str() {
            "/feed.xml" => "&amp;lt;script",
            "mail" => "&lt;script&gt;alert(1)",
            _ => "<script>alert(1)",
        };
        assert!(whole(&output).contains(script), "{name}: a script is words: {output}");
    }
    let settled = desk.page(&format!("/desk/item/{id}")).await;
    // The history below shows each text as it was typed.
    let words =
        settled.split("class=\"words\"").nth(1).and_then(|rest| rest.split("</section>").next()).unwrap();
    assert!(
        words.contains("<strong>Nāciet</strong> <em>visi</em>") && !words.contains("**Nāciet"),
        "{words}"
    );
}

async fn in_mails_and_cards_marks_are_plain_words(site: Site) {
    let marked = "**Nāciet** *visi* pie [kartes](https://karte.example/a)!\n\n- cimdi\n- **zābaki**";
    let desk = site.desk(0).await;
    let plain = |shown: &str, what: &str| {
        for mark in ["**", "*visi*", "](", "[kartes"] {
            assert!(!shown.contains(mark), "{what}: {mark} in {shown}");
        }
        for word in ["Nāciet visi pie kartes", "cimdi", "zābaki"] {
            assert!(shown.contains(word), "{what}: {word} in {shown}");
        }
    };
    // Who sent it is told how it was edited.
    let id = from_letter(&site, "Nāciet visi pie kartes! Cimdi, zābaki.").await;
    assert_eq!(save(&desk, id, marked).await, StatusCode::SEE_OTHER);
    let who = Who { by: "anna", channel: "command" };
    decide(&site.app, id, None, Act::Approve, who).await.unwrap();
    let told = waiting_for(&site.app, "Anna.Berzina@pasts.example").await;
    let told = told.iter().find(|mail| mail.contains("zābaki")).expect("the edited text is told");
    plain(told, "to the contributor");
    // Of what has marks when editors are told of it, they read the words; and so they do in the queue.
    let content = ItemContent {
        title: "Cita talka".to_owned(),
        text: marked.to_owned(),
        marked: true,
        ..ItemContent::default()
    };
    let (id, link) = site.keep(&content).await;
    let editor = site.app.config.editors[0].address.as_str();
    let notice = waiting_for(&site.app, editor).await.into_iter().find(|mail| mail.contains("Cita talka"));
    plain(&notice.expect("editors are told"), "to editors");
    plain(&desk.page("/desk").await, "the card");
    assert_eq!(site.get(&link).await.status(), StatusCode::OK);
    assert_eq!(row(&site, id).await.item.content.text, marked, "looking changes nothing");
}

async fn the_marks_of_a_letter_are_its_own(site: Site) {
    let words = "Pulcējamies *pie ezera*, mans_garais_vards, 5*6*7.\r\n\r\n1. Cimdi ** un **\r\n\r\n- zābaki";
    let id = from_letter(&site, words).await;
    let before = row(&site, id).await.item.content;
    assert!(
        before.text.contains("*pie ezera*") && before.text.contains("5*6*7") && !before.marked,
        "{before:?}"
    );
    let desk = site.desk(0).await;
    // The form comes back as it was shown, then with one word more at its end.
    assert_eq!(save(&desk, id, &before.text.replace('\n', "\r\n")).await, StatusCode::SEE_OTHER);
    assert_eq!(row(&site, id).await.item.content, before);
    assert_eq!(save(&desk, id, &format!("{}\n\n**Tiekamies!**", before.text)).await, StatusCode::SEE_OTHER);
    let after = row(&site, id).await.item.content;
    assert_eq!(after.plain_text(), format!("{}\n\nTiekamies!", before.text));
    // And the letter itself again, as it was written.
    let revision = row(&site, id).await.revision.to_string();
    let restored = [("do", "restore:0"), ("revision", revision.as_str())];
    assert_eq!(desk.post(&format!("/desk/item/{id}"), &restored).await.status(), StatusCode::SEE_OTHER);
    let restored: ItemContent = row(&site, id).await.item.content;
    assert!(!restored.marked && restored.text.contains("*pie ezera*"), "{restored:?}");
    for (name, output) in published(&site, id).await {
        for stays in ["*pie ezera*", "mans_garais_vards", "5*6*7", "** un **", "- zābaki"] {
            assert!(whole(&output).contains(stays), "{name} has {stays}: {output}");
        }
    }
}

async fn what_is_pasted_is_cleaned_and_what_is_left_alone_is_not(site: Site) {
    let (id, _) = site.item("Talka", &[]).await;
    let desk = site.desk(0).await;
    let pasted = "Za\u{304}le\u{304} bib\u{ad}lio\u{ad}te\u{304}ka\u{b}otra\u{304}\r\n\r\n\r\n·\tcimdi\r\no\tzābaki\r\n\
                  \u{f0b7}\u{a0}\u{a0}termoss";
    assert_eq!(save(&desk, id, pasted).await, StatusCode::SEE_OTHER);
    let saved = row(&site, id).await;
    assert_eq!(saved.item.content.text, "Zālē bibliotēka\notrā\n\n- cimdi\n- zābaki\n- termoss");
    assert_eq!(save(&desk, id, &saved.item.content.text).await, StatusCode::SEE_OTHER);
    assert_eq!(row(&site, id).await.revision, saved.revision);
    // What came so by mail is nobody's change.
    let content = ItemContent {
        title: "x".into(),
        text: "bib\u{ad}lio\tte\u{a0} \u{a0}ka".into(),
        ..ItemContent::default()
    };
    let (id, _) = site.keep(&content).await;
    assert_eq!(save(&desk, id, &content.text).await, StatusCode::SEE_OTHER);
    assert_eq!(row(&site, id).await.revision, 1);
}

async fn suggestions_are_chosen_applied_and_undone(site: Site) {
    let words = "Biedriba \"Sala\" 5*6*7 - aicina...\r\n\r\nSkat. https://a.example/x...y un plkst. 18:00.";
    let id = from_letter(&site, words).await;
    let before = row(&site, id).await;
    let desk = site.desk(0).await;
    let path = format!("/desk/item/{id}");
    let database = site.dump().await;
    let page = desk.page(&path).await;
    assert!(page.contains("Rakstības ieteikumi") && page.contains("value=\"set:all\""), "{page}");
    assert_eq!(site.dump().await, database, "looking changes nothing");
    let keys: Vec<String> = issues::language::suggestions(&before.item.content.text, "lv")
        .into_iter()
        .map(|suggestion| suggestion.around)
        .collect();
    assert!(keys.len() >= 5, "{keys:?}");
    assert_eq!(page.matches("name=\"fix\"").count(), keys.len());
    let press = async |button: &str, name: &str, keys: &[String]| {
        let revision = row(&site, id).await.revision.to_string();
        let mut fields = vec![("do", button), ("revision", revision.as_str())];
        fields.extend(keys.iter().map(|key| (name, key.as_str())));
        assert_eq!(desk.post(&path, &fields).await.status(), StatusCode::SEE_OTHER);
    };
    press("set:chosen", "fix", &keys[..2]).await;
    let one = row(&site, id).await.item.content;
    assert!(one.text.contains("“Sala”") && one.text.contains("aicina...") && !one.marked, "{one:?}");
    let keys: Vec<String> =
        issues::language::suggestions(&one.text, "lv").into_iter().map(|of| of.around).collect();
    press("set:all", "fix_shown", &keys).await;
    let all = row(&site, id).await.item.content;
    assert!(all.text.contains("5*6*7\u{a0}– aicina…") && all.text.contains("plkst."), "{all:?}");
    assert!(all.text.contains("https://a.example/x...y"), "an address stays: {all:?}");
    assert!(!desk.page(&path).await.contains("value=\"set:all\"") || all.text.contains("18:00"));
    // It is a change like any other: in the history, and taken back.
    let revisions = site.app.store.revisions(id).await.unwrap();
    assert_eq!(revisions.iter().filter(|made| made.act == "edit").count(), 2);
    decide(&site.app, id, None, Act::Undo, Who { by: "anna", channel: "desk" }).await.unwrap();
    assert_eq!(row(&site, id).await.item.content.text, one.text);
}
