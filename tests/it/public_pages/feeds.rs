//! What programs read: the feed by an XML parser, calendars by our own reader of calendars and by the letter of RFC 5545.

use chrono::NaiveDate;
use quick_xml::Reader;
use quick_xml::events::Event as Xml;
use zinas::inbound::understand::understand;

use super::shelf::{Shelf, event, news};
use super::{status, text};
use crate::support::site::{Site, header, on_both_databases};

on_both_databases! {
    the_feed_is_atom
    the_sitemap_names_every_page
    a_calendar_is_read_by_others
    only_certain_events_have_a_file
    robots_are_told_where_to_look
}

/// The texts of all elements of a name, in order; the document must be sound to its end.
fn elements(document: &str, name: &str) -> Vec<String> {
    let mut reader = Reader::from_str(document);
    reader.config_mut().check_end_names = true;
    let (mut depth, mut inside, mut out) = (0_usize, None, Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Xml::Start(tag) => {
                depth += 1;
                if tag.name().as_ref() == name && inside.is_none() {
                    inside = Some(depth);
                    out.push(String::new());
                }
            }
            Xml::End(_) => {
                if inside == Some(depth) {
                    inside = None;
                }
                depth -= 1;
            }
            Xml::Text(words) if inside.is_some() => out.last_mut().unwrap().push_str(&words),
            Xml::GeneralRef(entity) if inside.is_some() => {
                let letter = match &*entity {
                    "lt" => "<",
                    "gt" => ">",
                    "amp" => "&",
                    "quot" => "\"",
                    other => panic!("an entity that XML does not know: {other}"),
                };
                out.last_mut().unwrap().push_str(letter);
            }
            Xml::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    out
}

async fn the_feed_is_atom(site: Site) {
    let empty = text(&site, "/feed.xml").await;
    assert_eq!(elements(&empty, "entry").len(), 0);
    let mut shelf = Shelf::of(&site);
    shelf.issue("2026-11", &[news("Vecā <b>&amp;</b>", "Pirmā rindkopa.\n\nOtrā & pēdējā.")]).await;
    shelf.issue("2026-12", &[news("Jaunā", "x")]).await;
    let response = site.get("/feed.xml").await;
    assert_eq!(header(&response, "content-type"), "application/atom+xml; charset=utf-8");
    let feed = text(&site, "/feed.xml").await;
    assert_eq!(elements(&feed, "title"), ["Sēlijas salu ziņas", "Jaunā", "Vecā <b>&amp;</b>"]);
    assert_eq!(
        elements(&feed, "id"),
        [
            "tag:selija.com,2026:feed",
            "tag:selija.com,2026:2026/2/jauna",
            "tag:selija.com,2026:2026/1/veca-b-amp-b"
        ]
    );
    assert_eq!(elements(&feed, "updated"), ["2026-11-20T10:00:00Z"; 3]);
    assert_eq!(elements(&feed, "content")[1], "<p>Pirmā rindkopa.</p><p>Otrā &amp; pēdējā.</p>");
    assert!(feed.contains("href=\"https://zinas.selija.com/2026/2/jauna\""));
    // A browser that speaks English does not change what a program gets; the address does.
    let english =
        site.request(reqwest::Method::GET, "/feed.xml").header("Accept-Language", "en").send().await.unwrap();
    assert_eq!(english.text().await.unwrap(), feed);
    let english = text(&site, "/feed.xml?lang=en").await;
    assert!(english.contains("xml:lang=\"en\"") && english.contains("tag:selija.com,2026:feed-en"));
    assert_eq!(elements(&english, "id")[1..], elements(&feed, "id")[1..]);
}

async fn the_sitemap_names_every_page(site: Site) {
    let mut shelf = Shelf::of(&site);
    let mut dated = news("Egle", "x");
    dated.events = vec![event("2027-01-06T15:00", "")];
    shelf.issue("2025-12", &[news("Pērnā", "x")]).await;
    shelf.issue("2026-12", &[dated]).await;
    let map = text(&site, "/sitemap.xml").await;
    let addresses = elements(&map, "loc");
    for path in [
        "/",
        "/archive",
        "/archive?year=2025",
        "/calendar/2027-01",
        "/2026/1",
        "/2026/1/egle",
        "/2025/1/perna",
    ] {
        assert!(addresses.contains(&format!("https://zinas.selija.com{path}")), "{path}: {addresses:?}");
    }
    for address in &addresses {
        let path = address.strip_prefix("https://zinas.selija.com").unwrap();
        if path != "/how-to-send" && path != "/privacy" {
            assert_eq!(status(&site, path).await, 200, "{path}");
        }
    }
    assert_eq!(elements(&map, "lastmod").len(), 4);
}

/// Lines as they were before folding; each was no longer than it may be.
fn unfolded(calendar: &str) -> Vec<String> {
    assert!(calendar.ends_with("END:VCALENDAR\r\n") && !calendar.replace("\r\n", "").contains(['\r', '\n']));
    let mut lines: Vec<String> = Vec::new();
    for line in calendar.split_terminator("\r\n") {
        assert!(line.len() <= 75 && !line.is_empty(), "{line}");
        match line.strip_prefix(' ') {
            Some(rest) => lines.last_mut().unwrap().push_str(rest),
            None => lines.push(line.to_owned()),
        }
    }
    let mut open = Vec::new();
    for line in &lines {
        match line.split_once(':').unwrap() {
            ("BEGIN", name) => open.push(name),
            ("END", name) => assert_eq!(open.pop(), Some(name)),
            _ => {}
        }
    }
    assert!(open.is_empty());
    lines
}

async fn a_calendar_is_read_by_others(site: Site) {
    let mut shelf = Shelf::of(&site);
    let long =
        "Ļoti garš, garš; un vēl garāks virsraksts ar mīkstinājumiem, ņemot vērā ķēdes, šķēres un ģīmetnes";
    let mut dated = news(long, "Nāciet visi!\n\nBūs tēja.");
    dated.events = vec![
        event("2026-12-06T15:00", "2026-12-06T17:30"),
        event("2026-12-12", "2026-12-13"),
        event("", "2026-12-15"),
    ];
    let mut past = news("Sen", "x");
    past.events = vec![event("2025-06-01", "2025-06-01")];
    shelf.issue("2026-12", &[dated, past]).await;
    let response = site.get("/calendar.ics").await;
    assert_eq!(header(&response, "content-type"), "text/calendar; charset=utf-8");
    let calendar = response.text().await.unwrap();
    let lines = unfolded(&calendar);
    assert_eq!(lines.iter().filter(|line| *line == "BEGIN:VEVENT").count(), 3, "a year back is enough");
    let slug = super::shelf::slug(long);
    assert!(lines.contains(&format!("UID:2026-1-{slug}-1@selija.com")));
    assert!(lines.contains(&format!("URL:https://zinas.selija.com/2026/1/{slug}")));
    assert!(lines.contains(&"DTSTART;TZID=Europe/Riga:20261206T150000".to_owned()));
    assert!(lines.contains(&"TZID:Europe/Riga".to_owned()) && lines.contains(&"BEGIN:DAYLIGHT".to_owned()));

    // As a contributor's mail would bring it to us.
    let mail = format!(
        "From: <ilze@biblioteka.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/calendar; charset=utf-8\r\n\
         Content-Transfer-Encoding: 8bit\r\n\r\n{calendar}"
    );
    let on = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    let report = understand(mail.as_bytes(), None, &site.app.config.rules(), on).report;
    let mut read: Vec<_> = report
        .calendar
        .iter()
        .map(|entry| (entry.start.clone().unwrap(), entry.end.clone(), entry.summary.clone().unwrap()))
        .collect();
    read.sort();
    let (title, end) = (long.to_owned(), |end: &str| Some(end.to_owned()));
    assert_eq!(
        read,
        [
            ("2026-12-06T15:00".to_owned(), end("2026-12-06T17:30"), title.clone()),
            ("2026-12-12".to_owned(), end("2026-12-13"), title.clone()),
            ("2026-12-15".to_owned(), end("2026-12-15"), format!("Pēdējā diena: {title}")),
        ]
    );
}

async fn only_certain_events_have_a_file(site: Site) {
    let mut shelf = Shelf::of(&site);
    let mut dated = news("Egle", "x");
    dated.events = vec![
        event("2026-12-06T15:00", ""),
        issues::Event { precision: issues::Precision::Season, ..event("2026-12-01", "2027-02-28") },
    ];
    shelf.issue("2026-12", &[dated]).await;
    shelf.draft("2027-01", &[news("Vēlāk", "x")]).await;
    let calendar = unfolded(&text(&site, "/2026/1/egle/1.ics").await);
    assert_eq!(calendar.iter().filter(|line| *line == "BEGIN:VEVENT").count(), 1);
    for path in [
        "/2026/1/egle/2.ics",
        "/2026/1/egle/3.ics",
        "/2026/1/egle/0.ics",
        "/2026/1/egle/01.ics",
        "/2026/1/egle/1",
        "/2026/1/egle/1.ICS",
        "/2026/1/egle/99999999999999999999.ics",
        "/2026/1/other/1.ics",
        "/2026/9/egle/1.ics",
        "/2027/1/velak/1.ics",
    ] {
        assert_eq!(status(&site, path).await, 404, "{path}");
    }
}

async fn robots_are_told_where_to_look(site: Site) {
    let robots = text(&site, "/robots.txt").await;
    assert!(robots.starts_with("User-agent: *\n"), "{robots}");
    for hidden in ["/leave/", "/preferences/", "/mine/", "/news/", "/address/", "/desk"] {
        assert!(robots.contains(&format!("\nDisallow: {hidden}\n")), "{hidden}: {robots}");
    }
    assert!(robots.ends_with("\nSitemap: https://zinas.selija.com/sitemap.xml\n"), "{robots}");
}
