//! Revisions of an item: nobody's text is lost to another's, and earlier ones come back.

use reqwest::StatusCode;
use subscribers::{EmailAddress, Language};

use super::{contributed, path, press, row};
use crate::support::desk::Desk;
use crate::support::site::{Site, body, now, on_both_databases};

on_both_databases! {
    two_browsers_lose_neither_text
    an_earlier_version_comes_back_as_a_new_one
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
