//! What the fields of an item take: who types too much is told beside the field, and keeps what was typed.

use issues::{Byline, Event, ItemContent, ItemPhoto, Limited, Place};
use reqwest::StatusCode;
use subscribers::{EmailAddress, Language};
use zinas::newsroom::moderate::{Act, NotDecided, Who, decide};

use super::{path, press, row};
use crate::support::site::{Site, body, now, on_both_databases};

on_both_databases! {
    what_is_too_long_is_said_beside_its_field_and_comes_back
    the_same_holds_by_the_link_of_a_notice_and_by_commands
    a_long_line_of_a_letter_keeps_nobody_from_editing_the_rest
    a_text_that_suggestions_make_too_long_says_so
    a_time_that_no_clock_shows_is_refused
}

/// Typed fields, what the page calls each, and how many characters it takes.
const FIELDS: [(&str, &str, usize); 12] = [
    ("title", "", 140),
    ("byline.name", "Vārds, uzvārds", 120),
    ("byline.role", "Amats", 160),
    ("byline.organisation", "Iestāde vai biedrība", 160),
    ("photos.0.alt", "Attēla apraksts", 500),
    ("photos.0.caption", "Paraksts zem attēla", 500),
    ("photos.0.credit", "Foto autors", 200),
    ("events.0.place", "1. norises laiks, Kur tieši", 120),
    ("events.0.price", "1. norises laiks, Cik maksā ieeja", 60),
    ("events.0.link", "1. norises laiks, Saite", 500),
    ("places.0.place", "1. norises vieta, Vieta", 120),
    ("places.0.municipality", "1. norises vieta, Novads", 120),
];

async fn what_is_too_long_is_said_beside_its_field_and_comes_back(site: Site) {
    let (id, _) = site.item("Talka", &["Taka"]).await;
    let desk = site.desk(0).await;
    let before = site.dump().await;
    let typed = FIELDS.map(|(field, _, most)| (field, "ž".repeat(most + 1)));
    let mut fields = vec![("do", "save"), ("text", "Cits teksts.")];
    fields.extend(typed.iter().map(|(field, value)| (*field, value.as_str())));
    let refused = press(&desk, id, &fields).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = body(refused).await;
    let (above, below) = page.split_at(page.find("name=\"revision\"").unwrap());
    for ((field, label, most), (_, value)) in FIELDS.iter().zip(&typed) {
        let words = match *field {
            "title" => "Virsrakstā var būt ne vairāk kā 140 rakstzīmes.".to_owned(),
            _ => format!("Šeit var ierakstīt ne vairāk kā {most} rakstzīmju."),
        };
        let line =
            above.split(&format!("href=\"#{field}\"")).nth(1).unwrap_or_else(|| panic!("{field}: {above}"));
        let line = line.split("</a>").next().unwrap();
        assert!(line.contains(label) && line.ends_with(&words), "{field}: {line}");
        let beside =
            below.split(&format!("id=\"{field}-error\"")).nth(1).unwrap_or_else(|| panic!("{field}"));
        assert!(beside.split("</p>").next().unwrap().contains(&words), "{field}");
        let tag = below.split(&format!(" id=\"{field}\"")).nth(1).unwrap().split('>').next().unwrap();
        assert!(
            tag.contains(&format!("{field}-error")) && tag.contains("aria-invalid=\"true\""),
            "{field}: {tag}"
        );
        assert!(below.contains(value.as_str()), "{field}: what was typed comes back");
    }
    assert!(page.contains("Cits teksts."));
    assert_eq!(before, site.dump().await, "nothing of it is saved");
    // In English too.
    let ilze = EmailAddress::parse("ilze@redakcija.example").unwrap();
    let mut write = site.app.store.write().await.unwrap();
    write.keep_editor(site.app.publication, &ilze, "Ilze", Language::English, now()).await.unwrap();
    write.commit().await.unwrap();
    let english = site.desk(site.app.config.editors.len()).await;
    let refused = press(&english, id, &[("do", "save"), ("byline.role", &"x".repeat(161))]).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = body(refused).await;
    assert!(page.contains("At most 160 characters fit here."), "{page}");
    // As much as fits is kept.
    let typed = FIELDS
        .iter()
        .filter(|(field, ..)| *field != "events.0.link")
        .map(|(field, _, most)| (*field, "ž".repeat(*most)))
        .collect::<Vec<_>>();
    let mut fields = vec![("do", "save")];
    fields.extend(typed.iter().map(|(field, value)| (*field, value.as_str())));
    let saved = press(&desk, id, &fields).await;
    assert_eq!(saved.status(), StatusCode::SEE_OTHER, "{}", body(saved).await);
    assert_eq!(row(&site, id).await.item.content.photos[0].caption, "ž".repeat(500));
}

async fn the_same_holds_by_the_link_of_a_notice_and_by_commands(site: Site) {
    let (id, link) = site.item("Talka", &["Taka"]).await;
    let before = site.dump().await;
    let (caption, credit) = ("ž".repeat(501), "ž".repeat(201));
    let fields = [
        ("do", "approve"),
        ("revision", "1"),
        ("photos.0.caption", caption.as_str()),
        ("photos.0.credit", credit.as_str()),
    ];
    let refused = site.post(&link, &fields).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = body(refused).await;
    for words in [
        "href=\"#photos.0.caption\"",
        "id=\"photos.0.caption-error\"",
        "Šeit var ierakstīt ne vairāk kā 500 rakstzīmju.",
        "href=\"#photos.0.credit\"",
        "id=\"photos.0.credit-error\"",
        "Šeit var ierakstīt ne vairāk kā 200 rakstzīmju.",
        &caption,
        &credit,
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let who = Who { by: "Anna", channel: "command" };
    for (field, _, most) in FIELDS {
        let change = issues::Change { field: field.to_owned(), value: "x".repeat(most + 1) };
        let refused = decide(&site.app, id, None, Act::Edit(vec![change]), who).await.unwrap_err();
        let NotDecided::Refused(refused) = refused else { panic!("{field}") };
        assert_eq!(refused.to_string(), format!("{field} is too long: it has at most {most} characters"));
    }
    let mut program = site.program();
    program.args([
        "item",
        "edit",
        &id.to_string(),
        "--by",
        "Anna",
        "--set",
        &format!("byline.name={}", "x".repeat(121)),
    ]);
    let refused = program.output().await.unwrap();
    let words = String::from_utf8(refused.stderr).unwrap();
    assert!(
        !refused.status.success() && words.contains("byline.name is too long: it has at most 120 characters"),
        "{words}"
    );
    assert_eq!(before, site.dump().await);
}

async fn a_long_line_of_a_letter_keeps_nobody_from_editing_the_rest(site: Site) {
    let long = "Sēlijas salu biedrība ".repeat(40).trim().to_owned();
    let photo =
        ItemPhoto { alt: "Taka".into(), caption: long.clone(), credit: long.clone(), ..ItemPhoto::default() };
    let place = Place {
        place: long.clone(),
        municipality: long.clone(),
        text: "Ritē".to_owned(),
        confidence: 1.0,
        confirmed: None,
    };
    let content = ItemContent {
        title: long.clone(),
        text: "Nāciet!".to_owned(),
        byline: Some(Byline { organisation: Some(long.clone()), ..Byline::default() }),
        photos: vec![photo],
        events: vec![Event::on("2026-12-06".parse().unwrap(), "6. decembrī")],
        places: vec![place],
        ..ItemContent::default()
    };
    let (id, _) = site.keep(&content).await;
    let desk = site.desk(0).await;
    // A browser sends every field as it was shown.
    let fields = [
        ("do", "save"),
        ("title", long.as_str()),
        ("text", "Nāciet visi!"),
        ("byline.organisation", &long),
        ("photos.0.alt", "Taka"),
        ("photos.0.caption", &long),
        ("photos.0.credit", &long),
        ("places.0.place", &long),
        ("places.0.municipality", &long),
    ];
    let saved = press(&desk, id, &fields).await;
    assert_eq!(saved.status(), StatusCode::SEE_OTHER, "{}", body(saved).await);
    let now = row(&site, id).await.item.content;
    assert_eq!(now, ItemContent { text: "Nāciet visi!".to_owned(), marked: true, ..content });
    // Once it is touched, it has the limit.
    let longer = format!("{long} x");
    let refused = press(&desk, id, &[("do", "save"), ("photos.0.caption", &longer)]).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body(refused).await.contains("photos.0.caption-error"));
}

async fn a_text_that_suggestions_make_too_long_says_so(site: Site) {
    // Three dots become one sign and a blank goes before a dash: some suggestions add letters.
    let head = "Nāciet visi - būs jautri.";
    let text = format!("{head}\n\n{}", "ž".repeat(Limited::Text.most() - head.chars().count() - 2));
    let content = ItemContent { title: "Talka".into(), text, ..ItemContent::default() };
    let suggested = issues::language::suggestions(&content.text, "lv");
    assert!(!suggested.is_empty());
    let (id, _) = site.keep(&content).await;
    let desk = site.desk(0).await;
    let page = desk.page(&path(id)).await;
    assert!(page.contains("value=\"set:all\""), "{page}");
    let typed = format!("{} Un vēl.", content.text);
    let mut fields = vec![("do", "set:all"), ("text", typed.as_str()), ("title", "Lielā talka")];
    fields.extend(suggested.iter().map(|suggestion| ("fix_shown", suggestion.around.as_str())));
    let before = site.dump().await;
    let refused = press(&desk, id, &fields).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = body(refused).await;
    for words in [
        "href=\"#text\"",
        "id=\"text-error\"",
        "Tekstā var būt ne vairāk kā 20 000 rakstzīmju.",
        " Un vēl.</textarea>",
        "Lielā talka</textarea>",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert_eq!(before, site.dump().await);
}

async fn a_time_that_no_clock_shows_is_refused(site: Site) {
    let (id, _) = site.item("Talka", &[]).await;
    let desk = site.desk(0).await;
    let before = site.dump().await;
    let fields = [("do", "approve"), ("events.0.date", "2027-03-28"), ("events.0.time", "03:30")];
    let refused = press(&desk, id, &fields).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = body(refused).await;
    for words in ["href=\"#events.0.time\"", "tāda laika nav.", "id=\"events.0-error\"", "value=\"03:30\""] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert_eq!(before, site.dump().await);
    let fields = [("do", "save"), ("events.0.date", "2027-03-28"), ("events.0.time", "04:00")];
    assert_eq!(press(&desk, id, &fields).await.status(), StatusCode::SEE_OTHER);
}
