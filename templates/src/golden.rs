//! Every view and sample in both languages, against the files in `golden/`, and what must hold for all of them.
//! `UPDATE_EXPECT=1 cargo test -p templates` rewrites the files; look at them before committing.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use subscribers::Language;

use crate::sample::{Kind, desk, mail, page, public, world};
use crate::{Email, Segment, Slot};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden")
}

fn mails() -> impl Iterator<Item = (String, Language, Email)> {
    samples(mail::all)
}

fn pages() -> impl Iterator<Item = (String, Language, String)> {
    samples(page::all).chain(samples(|language, kind| {
        let below = |before: &'static str| move |(name, page)| (format!("{before}_{name}"), page);
        let desk = desk::all(language, kind).into_iter().map(below("desk"));
        desk.chain(world::all(language, kind).into_iter().map(below("world"))).collect()
    }))
}

fn feeds() -> impl Iterator<Item = (String, Language, String)> {
    samples(public::feeds)
}

/// Named `bulletin.normal.lv`.
fn samples<T>(
    all: impl Fn(Language, Kind) -> Vec<(String, T)>,
) -> impl Iterator<Item = (String, Language, T)> {
    let mut samples = Vec::new();
    for language in Language::ALL {
        for kind in Kind::ALL {
            for (name, sample) in all(language, kind) {
                samples.push((format!("{name}.{}.{}", kind.name(), language.code()), language, sample));
            }
        }
    }
    samples.into_iter()
}

#[test]
fn every_view_looks_as_it_did_when_somebody_looked() {
    let mut files = Vec::new();
    for (name, _, mail) in mails() {
        files.push((format!("email/{name}.html"), mail.html));
        files.push((format!("email/{name}.txt"), format!("{}\n\n{}", mail.subject, mail.text)));
    }
    for (name, _, page) in pages() {
        files.push((format!("page/{name}.html"), page));
    }
    for (name, _, feed) in feeds() {
        files.push((format!("feed/{name}.xml"), feed));
    }
    compare(&["email", "feed", "page"], &files);
}

/// Files by their names in `golden/`, which has no others in these folders.
pub(crate) fn compare(parts: &[&str], files: &[(String, String)]) {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut different = Vec::new();
    for (name, now) in files {
        let path = folder().join(name);
        if update {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, now).unwrap();
        } else if fs::read_to_string(&path).ok().as_ref() != Some(now) {
            different.push(name);
        }
    }
    let names: BTreeSet<_> = files.iter().map(|(name, _)| name.clone()).collect();
    for part in parts {
        for entry in fs::read_dir(folder().join(part)).unwrap() {
            let name = format!("{part}/{}", entry.unwrap().file_name().to_string_lossy());
            if update && !names.contains(&name) {
                fs::remove_file(folder().join(&name)).unwrap();
            } else {
                assert!(names.contains(&name), "golden/{name} belongs to no sample");
            }
        }
    }
    assert!(different.is_empty(), "changed: {different:?}. If that is meant, UPDATE_EXPECT=1 and look.");
}

/// A view is a module of `email`, `feed` or `page` with a `View`.
#[test]
fn every_view_has_a_golden() {
    let names = mails().map(|(name, ..)| name).chain(pages().map(|(name, ..)| name));
    let names: Vec<_> = names.chain(feeds().map(|(name, ..)| name)).collect();
    for (part, before) in [("email", ""), ("feed", ""), ("page", ""), ("desk", "desk_"), ("world", "world_")]
    {
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(part)).unwrap() {
            let path = entry.unwrap().path();
            let view = path.file_stem().unwrap().to_string_lossy().into_owned();
            let source = if path.is_dir() { String::new() } else { fs::read_to_string(&path).unwrap() };
            if source.contains("pub struct View") {
                assert!(
                    names.iter().any(|name| name.starts_with(&format!("{before}{view}"))),
                    "{part}/{view} has no sample"
                );
            }
        }
    }
}

fn links(html: &str) -> BTreeSet<String> {
    let links = html.split("href=\"").skip(1);
    links.map(|rest| rest[..rest.find('"').unwrap()].replace("&amp;", "&")).collect()
}

#[test]
fn text_and_html_of_a_mail_carry_the_same_links() {
    for (name, _, mail) in mails() {
        let html = links(&mail.html);
        for link in &html {
            let link = link.strip_prefix("mailto:").unwrap_or(link);
            assert!(mail.text.lines().any(|line| line == link), "{name}: {link} is not alone on a line");
        }
        for line in mail.text.lines().filter(|line| line.contains("https://")) {
            assert!(html.contains(line), "{name}: {line} is not in the HTML");
        }
    }
}

#[test]
fn a_mail_is_one_clean_column() {
    for (name, language, mail) in mails() {
        let html = &mail.html;
        assert!(html.starts_with("<!DOCTYPE html>"), "{name}");
        let lang = format!("lang=\"{}\" dir=\"ltr\"", language.code());
        assert_eq!(html.matches(&lang).count(), 2, "{name}: lang and dir twice");
        for never in
            ["<script", "display:none", "href=\"#", " id=", "\u{fffd}", "\u{85}", "\u{202e}", "<slot"]
        {
            assert!(!html.contains(never), "{name}: {never:?}");
        }
        assert_eq!(html.matches("<table").count(), html.matches("<!--[if mso]><table").count(), "{name}");
        let style = html.split("<style>").nth(2).unwrap().split("</style>").next().unwrap();
        assert!(style.len() < 4000, "{name}: {} octets of style", style.len());
        assert_eq!(html.matches("<h1").count(), 1, "{name}");
        let subject = mail.subject.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let title = html.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
        assert_eq!(title.replace("&quot;", "\""), subject, "{name}: title");
        assert!(!mail.subject.contains(['\n', '\r', '\u{E000}']), "{name}");
    }
}

#[test]
fn the_first_line_of_a_mail_is_a_good_preview() {
    for (name, _, mail) in mails().filter(|(name, ..)| !name.contains("hostile")) {
        let first = mail.html.split("<p").nth(1).unwrap();
        let first = &first[first.find('>').unwrap() + 1..first.find('<').unwrap()];
        let length = first.trim().chars().count();
        assert!((30..=110).contains(&length), "{name}: {length} characters: {first}");
    }
}

#[test]
fn plain_text_keeps_to_its_lines() {
    for (name, _, mail) in mails() {
        for line in mail.text.lines() {
            let alone = line.starts_with("https://") || line.contains('\u{E000}');
            assert!(alone || line.chars().count() <= 72, "{name}: {line}");
        }
        assert!(!mail.text.contains("\n\n\n"), "{name}: empty lines");
        assert!(!mail.text.contains('\u{a0}'), "{name}: no-break space");
    }
}

#[test]
fn only_the_bulletin_has_slots_and_has_each_once() {
    for (name, _, mail) in mails() {
        for segments in [mail.html_segments(), mail.text_segments()] {
            for slot in Slot::ALL {
                let count = segments.iter().filter(|segment| **segment == Segment::Slot(slot)).count();
                // The day alone stands only in issues of before.
                let has = name.starts_with("bulletin") && slot != Slot::Since;
                assert_eq!(count, usize::from(has), "{name}: {slot:?}");
            }
        }
    }
}

#[test]
fn pages_obey_a_strict_policy() {
    for (name, language, page) in pages() {
        // The desk has one script, of a file of ours.
        let ours = "<script src=\"/desk.js\" defer></script>";
        assert_eq!(
            page.contains(ours),
            name.starts_with("desk_") && !name.starts_with("desk_sign_in"),
            "{name}"
        );
        // The page of an item has another where there is a text to write.
        let text = "<script src=\"/desk-text.js\" defer></script>";
        let writes = name.starts_with("desk_item") && page.contains(" id=\"text\" name=\"text\"");
        assert_eq!(page.contains(text), writes, "{name}");
        let page = page.replacen(ours, "", 1).replacen(text, "", 1);
        for never in
            ["<script", " style=", "<style", "javascript:", " onclick", "\u{E000}", "<slot", "\u{202e}"]
        {
            assert!(!page.contains(never), "{name}: {never:?}");
        }
        assert!(page.contains(&format!("<html lang=\"{}\">", language.code())), "{name}");
        assert_eq!(page.matches("<h1").count(), 1, "{name}");
        for img in page.split("<img").skip(1) {
            let img = &img[..img.find('>').unwrap()];
            assert!(
                img.contains(" width=\"") && img.contains(" height=\"") && img.contains(" alt=\""),
                "{name}"
            );
        }
    }
    assert!(crate::STYLESHEET.len() <= 24_000);
    assert!(crate::SCRIPT.len() <= 6_144);
    assert!(crate::TEXT_SCRIPT.len() <= 3_072);
}

#[test]
fn feeds_hold_nothing_that_xml_cannot() {
    for (name, _, feed) in feeds() {
        assert!(feed.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<"), "{name}");
        for never in ["<script", "<br>", "&nbsp;", "\u{85}", "\u{202e}", "\u{E000}", "\u{ffff}", "=\"/"] {
            assert!(!feed.contains(never), "{name}: {never:?}");
        }
        // Every element ends, in the order in which it began.
        let mut open: Vec<&str> = Vec::new();
        for tag in feed.split('<').skip(2) {
            let tag = &tag[..tag.find('>').unwrap()];
            match tag.strip_prefix('/') {
                Some(end) => assert_eq!(open.pop(), Some(end), "{name}"),
                None => open.push(tag.split(' ').next().unwrap()),
            }
        }
        assert!(open.is_empty(), "{name}: {open:?}");
    }
}

#[test]
fn every_class_of_a_page_has_a_rule() {
    let named: BTreeSet<_> = pages()
        .flat_map(|(_, _, page)| {
            let classes =
                page.split(" class=\"").skip(1).map(|rest| rest[..rest.find('"').unwrap()].to_owned());
            classes.collect::<Vec<_>>()
        })
        .flat_map(|classes| classes.split(' ').map(str::to_owned).collect::<Vec<_>>())
        .collect();
    for class in named {
        let rule = format!(".{class}");
        let ruled = crate::STYLESHEET.contains(&rule) || crate::PRINT_STYLESHEET.contains(&rule);
        assert!(ruled, ".{class} has no rule");
    }
}
