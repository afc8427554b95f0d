//! Revisions of an item: nobody's text is lost to another's, and earlier ones come back.

use issues::Limited;
use reqwest::StatusCode;
use subscribers::{EmailAddress, Language};
use zinas::newsroom::moderate::{self, Act, Who};

use super::{contributed, mailed, path, press, row};
use crate::support::desk::Desk;
use crate::support::site::{Site, body, header, now, on_both_databases};

on_both_databases! {
    two_browsers_lose_neither_text
    an_earlier_version_comes_back_as_a_new_one
    what_changes_nothing_makes_no_revision_and_says_so
    who_comes_too_late_to_change_nothing_is_told_so
    a_letter_that_stands_whole_is_not_cut_by_bringing_it_back
}

async fn two_browsers_lose_neither_text(site: Site) {
    let (id, _) = site.item("Talka", &[]).await;
    let ilze = EmailAddress::parse("ilze@redakcija.example").unwrap();
    let mut write = site.app.store.write().await.unwrap();
    write.keep_editor(site.app.publication, &ilze, "Ilze", Language::Latvian, now()).await.unwrap();
    write.commit().await.unwrap();
    let (anna, ilze) = (site.desk(0).await, site.desk(site.app.config.editors.len()).await);
    let text = row(&site, id).await.item.content.text;
    // Each form has all fields, as a browser sends them; each editor changed what is hers.
    let form = |title: &'static str, text: String| {
        [("do", "save".to_owned()), ("revision", "1".to_owned()), ("title", title.to_owned()), ("text", text)]
    };
    let send = async |desk: &Desk<'_>, form: &[(&'static str, String)]| {
        let fields: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        desk.post(&path(id), &fields).await
    };
    let first = send(&anna, &form("Lielā talka", "Annas teksts par taku.".to_owned())).await;
    assert_eq!(first.status(), StatusCode::SEE_OTHER);
    let before = site.dump().await;
    let late = send(&ilze, &form("Talka", "Ilzes teksts par taku.".to_owned())).await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    let page = body(late).await;
    assert!(page.contains("Anna Miglasēta"), "who was first");
    for both in ["Annas teksts par taku.", "Ilzes teksts par taku."] {
        assert!(page.contains(both), "{both}");
    }
    assert!(page.contains("<ins>") && page.contains("<del>") && page.contains("pievienots"));
    assert!(page.contains("name=\"revision\" value=\"2\""));
    let title = page.split("name=\"title\"").nth(1).unwrap().split("</textarea>").next().unwrap();
    assert!(title.contains("Lielā talka"), "what Ilze did not touch is as Anna left it");
    let typed = page.split("name=\"text\"").nth(1).unwrap().split("</textarea>").next().unwrap();
    assert!(typed.contains("Ilzes teksts"), "what was typed stands in the form");
    assert_eq!(before, site.dump().await);
    // With nothing typed it is only said.
    let bare = send(&ilze, &form("Talka", text)).await;
    assert_eq!(bare.status(), StatusCode::CONFLICT);
    assert!(!body(bare).await.contains("<h2>Teksts</h2>"));
}

async fn an_earlier_version_comes_back_as_a_new_one(site: Site) {
    let id = contributed(&site, "rasma@biblioteka.example", "Vakars").await;
    let desk = site.desk(0).await;
    let proposed = row(&site, id).await.item.content;
    for text in ["Pirmais labojums.", "Otrais labojums."] {
        assert_eq!(press(&desk, id, &[("do", "save"), ("text", text)]).await.status(), StatusCode::SEE_OTHER);
    }
    let page = desk.page(&path(id)).await;
    assert!(
        page.contains("value=\"restore:1\"")
            && page.contains("value=\"restore:2\"")
            && page.contains("<del>")
    );
    for (revision, want) in [("restore:2", "Pirmais labojums."), ("restore:1", proposed.text.as_str())] {
        assert_eq!(press(&desk, id, &[("do", revision)]).await.status(), StatusCode::SEE_OTHER);
        assert_eq!(row(&site, id).await.item.content.text, want);
    }
    assert_eq!(row(&site, id).await.revision, 5, "nothing is unwritten");
    assert_eq!(press(&desk, id, &[("do", "restore:99")]).await.status(), StatusCode::CONFLICT);
    // Everything as the letter says it.
    assert_eq!(press(&desk, id, &[("do", "restore:0")]).await.status(), StatusCode::SEE_OTHER);
    assert!(row(&site, id).await.item.content.text.contains("lasām grāmatas"));
}

async fn what_changes_nothing_makes_no_revision_and_says_so(site: Site) {
    let (id, _) = site.item("Talka", &["Taka", "Ezers"]).await;
    let desk = site.desk(0).await;
    assert_eq!(press(&desk, id, &[("do", "confirm:events.0")]).await.status(), StatusCode::SEE_OTHER);
    let before = site.dump().await;
    let text = row(&site, id).await.item.content.text;
    for (button, at) in [
        ("confirm:events.0", "#event-0"),
        ("restore:2", ""),
        ("reword:0", "#text"),
        ("first:0", "#photo-0"),
        ("frame:0", "#photo-0"),
        ("set:chosen", "#typography"),
        ("save", ""),
    ] {
        let fields = [
            ("do", button),
            ("title", " Talka "),
            ("text", &text),
            ("photos.0.shape", "whole"),
            ("photos.0.focus", "4"),
            ("photos.0.closeness", "all"),
        ];
        let pressed = press(&desk, id, &fields).await;
        assert_eq!(pressed.status(), StatusCode::SEE_OTHER, "{button}");
        let to = header(&pressed, "location");
        assert_eq!(to, format!("/desk/item/{id}?done=same&item={id}{at}"), "{button}");
        let page = desk.page(&to).await;
        assert!(page.contains("Nekas nav mainīts: ziņa “Talka” jau bija tāda."), "{button}: {page}");
        assert!(!page.contains("“Talka” saglabāta"), "{button}");
    }
    assert_eq!(before, site.dump().await, "nothing is written");
    // By whatever door, and beside a decision, which is one.
    let who = Who { by: "Anna", channel: "command" };
    let change =
        |field: &str, value: &str| issues::Change { field: field.to_owned(), value: value.to_owned() };
    let same = Act::Edit(vec![change("title", "Talka"), change("events.0.confirm", "")]);
    for act in [same.clone(), Act::Restore { revision: 2 }] {
        let now = moderate::decide(&site.app, id, Some(2), act, who).await.unwrap();
        assert_eq!(now.revision, 2);
    }
    let mut program = site.program();
    program.args(["item", "edit", &id.to_string(), "--by", "Anna", "--set", "title=Talka"]);
    let done = program.output().await.unwrap();
    let output = String::from_utf8(done.stdout).unwrap();
    assert!(
        done.status.success() && output.ends_with("Nothing was changed: the item is like that already.\n"),
        "{output}"
    );
    assert_eq!(before, site.dump().await);
    let acts = vec![same, Act::Approve];
    let now = moderate::decide_in_turn(&site.app, id, Some(2), acts, who).await.unwrap();
    assert_eq!((now.revision, now.item.state.name()), (3, "approved"));
    // An undo takes back what was done, and not what changed nothing.
    let undone = moderate::decide(&site.app, id, None, Act::Undo, who).await.unwrap();
    assert_eq!(undone.item.state.name(), "pending");
}

async fn who_comes_too_late_to_change_nothing_is_told_so(site: Site) {
    let (id, _) = site.item("Talka", &[]).await;
    let desk = site.desk(0).await;
    assert_eq!(press(&desk, id, &[("do", "confirm:events.0")]).await.status(), StatusCode::SEE_OTHER);
    let before = site.dump().await;
    for button in ["save", "confirm:events.0", "restore:2"] {
        let late = desk.post(&path(id), &[("do", button), ("revision", "1")]).await;
        assert_eq!(late.status(), StatusCode::CONFLICT, "{button}");
        assert!(body(late).await.contains("Anna Miglasēta"), "{button}: who was faster");
    }
    assert_eq!(before, site.dump().await);
}

async fn a_letter_that_stands_whole_is_not_cut_by_bringing_it_back(site: Site) {
    let sentence = "Sestdien sakopsim taku gar ezeru un pēc tam dzersim tēju. ".repeat(6);
    let paragraphs = vec![sentence.trim(); 80].join("\r\n\r\n");
    let mail = format!(
        "From: Rasma <rasma@biblioteka.example>\r\nTo: info@selija.example\r\nSubject: Talka\r\nMessage-ID: <l@b.example>\r\n\
         Date: Fri, 20 Nov 2026 10:00:00 +0200\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{paragraphs}\r\n"
    );
    let id = mailed(&site, mail.as_bytes()).await;
    let desk = site.desk(0).await;
    let text = row(&site, id).await.item.content.text;
    assert!(text.chars().count() > Limited::Text.most());
    let before = site.dump().await;
    let pressed = press(&desk, id, &[("do", "restore:0")]).await;
    assert_eq!(header(&pressed, "location"), format!("/desk/item/{id}?done=same&item={id}"));
    assert_eq!(before, site.dump().await);
}
