//! The public pages around the issues over real HTTP, on both databases: home, archive and search, calendar and its
//! files, feeds, corrections, and what the pages say of themselves.

mod feeds;
mod shelf;

use issues::{Event, EventStatus, ItemContent, Precision};
use reqwest::{Method, StatusCode};
use zinas::newsroom::corrections::{NotCorrected, correct};
use zinas::newsroom::edition;
use zinas::newsroom::moderate::{Act, Who, decide};
use zinas::store::IssueRow;

use crate::support::site::{Site, body, header, now, on_both_databases};
use shelf::{Shelf, event, news};

on_both_databases! {
    words_are_found_in_parts_and_without_marks
    many_finds_have_pages
    rows_from_before_are_found_after_an_upgrade
    the_archive_stands_by_year
    a_month_is_an_honest_list
    only_months_with_dates_have_a_page
    home_has_the_form_and_its_words_are_kept_as_they_were_shown
    a_correction_is_seen_at_once_and_told_once
    a_stopped_issue_has_told_nothing
    a_date_that_the_editor_took_out_is_nowhere_listed
    pages_say_who_they_are
    a_page_that_is_passed_on_has_a_picture
    whoever_has_a_page_gets_it_once
    hostile_words_are_inert_everywhere
    links_lead_somewhere
}

async fn text(site: &Site, path: &str) -> String {
    let response = site.get(path).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    body(response).await
}

async fn status(site: &Site, path: &str) -> u16 {
    site.get(path).await.status().as_u16()
}

/// Titles found, in the order of the page.
async fn found(site: &Site, query: &str) -> Vec<String> {
    let query: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
    let page = text(site, &format!("/archive?q={query}&lang=lv")).await;
    let title = |part: &str| {
        let link = part.split("</a>").next().unwrap().split_once("\">").unwrap().1;
        link.replace("<mark>", "").replace("</mark>", "")
    };
    page.split("<h3>").skip(1).map(title).collect()
}

async fn words_are_found_in_parts_and_without_marks(site: Site) {
    let mut shelf = Shelf::of(&site);
    shelf
        .issue(
            "2026-11",
            &[
                news("Šķūņu svētki Ābeļos", "Ķekaviešu koris dziedās pļavā."),
                news("Tirgus", "Maize un sāls, 100% vietējais."),
            ],
        )
        .await;
    shelf.issue("2026-12", &[news("Koris aicina", "Mēģinājumi ABEĻU tautas namā.")]).await;
    shelf.draft("2027-01", &[news("Ābeļu noslēpums", "Vēl nav izsūtīts.")]).await;
    // The newest first; parts of words; all words; any order; neither case nor marks.
    for (query, titles) in [
        ("abel", &["Koris aicina", "Šķūņu svētki Ābeļos"][..]),
        ("ĀBEĻ kor", &["Koris aicina", "Šķūņu svētki Ābeļos"]),
        ("svetki ķekav", &["Šķūņu svētki Ābeļos"]),
        ("plava", &["Šķūņu svētki Ābeļos"]),
        ("jekabpils rite", &["Koris aicina", "Šķūņu svētki Ābeļos", "Tirgus"]),
        ("100%", &["Tirgus"]),
        ("%", &[]),
        ("_", &[]),
        ("' OR 1=1 --", &[]),
        ("koris maize", &[]),
        ("noslepums", &[]),
    ] {
        assert_eq!(found(&site, query).await, titles, "{query}");
    }
    let page = text(&site, "/archive?q=plava&lang=lv").await;
    assert!(page.contains("dziedās <mark>pļavā</mark>."), "{page}");
    assert!(page.contains("2026. gada novembris") || page.contains("2026.\u{a0}gada novembris"));
    assert!(page.contains("Rite, Jēkabpils novads") && page.contains("noindex"));
    let nothing = text(&site, "/archive?q=nekas&lang=lv").await;
    assert!(nothing.contains("Meklējot “nekas”, neko neatradām."), "{nothing}");
    // A query that never ends is cut, and one without words shows the archive.
    assert!(text(&site, &format!("/archive?q={}", "a".repeat(5000))).await.len() < 40_000);
    assert!(text(&site, "/archive?q=+++&lang=lv").await.contains("Tirgus"));
}

async fn many_finds_have_pages(site: Site) {
    let mut shelf = Shelf::of(&site);
    let many: Vec<ItemContent> = (0..25).map(|number| news(&format!("Talka {number}"), "Nāciet!")).collect();
    shelf.issue("2026-12", &many).await;
    let first = text(&site, "/archive?q=talka&lang=lv").await;
    assert_eq!(first.matches("<h3>").count(), 20);
    assert!(first.contains("atradām 25\u{a0}ziņas") && first.contains("1. lapa no 2"), "{first}");
    assert!(first.contains("href=\"/archive?q=talka&amp;page=2\"") && !first.contains("rel=\"prev\""));
    let second = text(&site, "/archive?q=talka&page=2&lang=lv").await;
    assert_eq!(second.matches("<h3>").count(), 5);
    assert!(
        second.contains("</mark> 24") && second.contains("rel=\"prev\"") && !second.contains("rel=\"next\"")
    );
    for page in ["3", "0", "01", "-1", "x", "99999999999999999999"] {
        assert_eq!(status(&site, &format!("/archive?q=talka&page={page}")).await, 404, "{page}");
    }
}

async fn rows_from_before_are_found_after_an_upgrade(site: Site) {
    let mut shelf = Shelf::of(&site);
    let mut with_date = news("Ābeļu svētki", "Nāciet!");
    with_date.events = vec![event("2026-12-05T10:00", "")];
    let many: Vec<ItemContent> = (0..250).map(|number| news(&format!("Ziņa {number}"), "Teksts")).collect();
    shelf.issue("2026-12", &[vec![with_date], many].concat()).await;
    shelf.run("UPDATE item SET words = '', first_day = NULL, last_day = NULL").await;
    assert_eq!(found(&site, "abelu").await, [""; 0]);
    site.app.store.migrate().await.unwrap();
    assert_eq!(found(&site, "abelu").await, ["Ābeļu svētki"]);
    assert_eq!(found(&site, "zina 249").await, ["Ziņa 249"]);
    assert!(text(&site, "/calendar/2026-12").await.contains("Ābeļu svētki"));
    let before = site.dump().await;
    site.app.store.migrate().await.unwrap();
    assert_eq!(before, site.dump().await, "once is enough");
}

async fn the_archive_stands_by_year(site: Site) {
    assert!(text(&site, "/archive?lang=lv").await.contains("Pirmais numurs vēl top."));
    assert_eq!(status(&site, "/archive?year=2026").await, 404);
    let mut shelf = Shelf::of(&site);
    shelf.issue("2025-11", &[news("Pērnā", "x")]).await;
    shelf.issue("2026-11", &[news("Vecā", "x")]).await;
    shelf.issue("2026-12", &[news("Jaunā", "x")]).await;
    shelf.draft("2027-01", &[news("Nākamā", "x")]).await;
    let newest = text(&site, "/archive?lang=lv").await;
    let at = |words: &str| newest.find(words);
    assert!(at("Jaunā").unwrap() < at("Vecā").unwrap(), "{newest}");
    assert_eq!((at("Pērnā"), at("Nākamā")), (None, None));
    assert_eq!(newest.matches("<article class=\"issue\"><svg").count(), 2);
    assert!(newest.contains("href=\"/archive?year=2025\""));
    let last = text(&site, "/archive?year=2025&lang=lv").await;
    assert!(last.contains("Pērnā") && !last.contains("Jaunā") && last.contains("href=\"/2025/1\""));
    for year in ["2024", "2027", "02026", "x", "2026%20", "-2026", "99999999999"] {
        assert_eq!(status(&site, &format!("/archive?year={year}")).await, 404, "{year}");
    }
}

async fn a_month_is_an_honest_list(site: Site) {
    let mut shelf = Shelf::of(&site);
    let mut all = news("Viss vienā", "x");
    all.events = vec![
        event("2026-12-20T18:00", ""),
        event("2026-12-05", "2026-12-05"),
        event("", "2026-12-15"),
        Event { status: EventStatus::Cancelled, ..event("2026-12-06T15:00", "") },
        Event { precision: Precision::Month, ..event("2026-12-01", "2026-12-31") },
        Event { rrule: Some("FREQ=WEEKLY;BYDAY=WE;UNTIL=20270131".into()), ..event("2026-12-02T17:00", "") },
        event("2026-12-30", "2027-01-02"),
    ];
    shelf.issue("2026-12", &[all]).await;
    let december = text(&site, "/calendar/2026-12?lang=lv").await;
    let mut at = 0;
    for words in [
        "Sestdien, 5.\u{a0}decembrī",
        "Svētdien, 6.\u{a0}decembrī, plkst.\u{a0}15.00 – nenotiks",
        "Līdz otrdienai, 15.\u{a0}decembrim",
        "Svētdien, 20.\u{a0}decembrī, plkst.\u{a0}18.00",
        "30.\u{a0}decembra līdz 2.\u{a0}janvārim",
        "<h2>Regulāri</h2>",
        "Trešdienās, plkst.\u{a0}17.00",
        "<h2>Datums vēl nav zināms</h2>",
        "Decembrī, datums vēl nav zināms",
    ] {
        at += december[at..].find(words).unwrap_or_else(|| panic!("{words} after {at}: {december}"));
    }
    // Six can be taken along; the seventh has no day.
    assert_eq!(december.matches(".ics\" aria-label").count(), 6);
    assert!(
        december.contains("href=\"/calendar/2027-01\"") && december.contains("href=\"/calendar/2026-11\"")
    );
    let january = text(&site, "/calendar/2027-01?lang=lv").await;
    assert_eq!(january.matches("class=\"ev\"").count(), 2, "{january}");
    assert!(january.contains("Trešdienās") && !january.contains("rel=\"next\""));
    // This month is there though nothing is in it.
    assert!(text(&site, "/calendar?lang=lv").await.contains("Par šo mēnesi mums vēl neviens nav rakstījis."));
}

async fn only_months_with_dates_have_a_page(site: Site) {
    let mut shelf = Shelf::of(&site);
    let mut far = news("Tālu", "x");
    far.events = vec![event("2026-10-05", "2026-10-05"), event("9999-12-31", "9999-12-31")];
    shelf.issue("2026-12", &[far]).await;
    for month in ["2026-10", "2026-11", "2031-11"] {
        assert_eq!(status(&site, &format!("/calendar/{month}")).await, 200, "{month}");
    }
    for month in
        ["2026-09", "2031-12", "9999-12", "2026-13", "2026-00", "2026-1", "2026-012", "x", "", "2026-12.ics"]
    {
        assert_eq!(status(&site, &format!("/calendar/{month}")).await, 404, "{month}");
    }
}

async fn home_has_the_form_and_its_words_are_kept_as_they_were_shown(site: Site) {
    let empty = text(&site, "/?lang=lv").await;
    assert!(empty.contains("<svg class=\"horizon\"") && empty.contains("Pirmais numurs vēl top."));
    assert_eq!(empty.matches("<h1").count(), 1);
    let mut shelf = Shelf::of(&site);
    let mut dated = news("Egle", "x");
    dated.events = vec![
        event("2026-11-19T10:00", ""),
        event("2026-12-06T15:00", ""),
        Event { status: EventStatus::Cancelled, ..event("2026-12-01", "2026-12-01") },
        Event { precision: Precision::Month, ..event("2026-12-01", "2026-12-31") },
    ];
    shelf.issue("2026-12", &[dated]).await;
    let home = text(&site, "/?lang=lv").await;
    assert_eq!(
        home.matches("class=\"ev\"").count(),
        1,
        "the nearest dates are ahead, certain, and take place: {home}"
    );
    assert!(home.contains("<h1><a class=\"name\" href=\"/\"") && home.contains("action=\"/subscribe\""));
    // An English letter is chosen on the Latvian page.
    let shown =
        "Piekrītu reizi mēnesī e-pastā saņemt “Sēlijas salu ziņu” numuru. Atteikties varu jebkurā brīdī.";
    assert!(home.contains(shown), "{home}");
    let form = [("email", "anna@example.lv"), ("language", "en"), ("shown", "lv"), ("website", "")];
    let answer = body(site.post("/subscribe", &form).await).await;
    assert!(answer.contains("<html lang=\"lv\">"));
    let row = site.subscription("anna@example.lv").await;
    assert_eq!(row.language().code(), "en");
    assert_eq!(site.app.store.consent(row.id).await.unwrap()[0].words, shown);
    // What was chosen stays chosen when the form comes back.
    let form = [("email", "anna"), ("language", "en"), ("shown", "lv"), ("website", "")];
    let again = body(site.post("/subscribe", &form).await).await;
    assert!(again.contains("<html lang=\"lv\">") && again.contains("value=\"en\" checked"), "{again}");
}

/// An issue with this item and others that fill it, by the way of every issue, sent; its row as it was approved.
async fn sent(site: &Site, title: &str) -> (IssueRow, i64) {
    let item = approved(site, title).await;
    edition::assemble(&site.app, None).await.unwrap();
    let issue = edition::send(&site.app, None, "anna").await.unwrap();
    site.app.clock.advance_to(site.app.clock.now() + chrono::TimeDelta::minutes(11));
    while edition::advance(&site.app).await.unwrap() {}
    (issue, item)
}

/// Approved, with as many others as an issue needs.
async fn approved(site: &Site, title: &str) -> i64 {
    let mut items = Vec::new();
    for number in 0..site.app.config.issue.items_min {
        let title = if number == 0 { title.to_owned() } else { format!("{title}, vēl {number}") };
        let (item, _) = site.item(&title, &[]).await;
        let who = Who { by: "anna", channel: "command" };
        decide(&site.app, item, None, Act::Approve, who).await.unwrap();
        items.push(item);
    }
    items[0]
}

async fn a_correction_is_seen_at_once_and_told_once(site: Site) {
    let (early, _) = site.item("Vēl rindā", &[]).await;
    assert!(matches!(correct(&site.app, early, "x", "anna").await, Err(NotCorrected::NotPublished(_))));
    assert!(matches!(correct(&site.app, 9_999, "x", "anna").await, Err(NotCorrected::NoSuchItem)));
    let (first, item) = sent(&site, "Koncerts Ritē").await;
    assert!(matches!(correct(&site.app, item, " \u{202e} ", "anna").await, Err(NotCorrected::NoWords)));
    let page_of = |issue: &IssueRow| format!("/{}/{}", issue.edition.year, issue.number);
    let (issue_page, item_page) = (page_of(&first), format!("{}/koncerts-rite", page_of(&first)));
    let ics = text(&site, &format!("{item_page}/1.ics")).await;
    let feed = text(&site, "/feed.xml").await;
    let long = "a".repeat(2_001);
    assert!(matches!(correct(&site.app, item, &long, "anna").await, Err(NotCorrected::TooLong)));
    site.app.clock.advance_to(now() + chrono::TimeDelta::days(7));
    let words = "Koncerts sākas plkst. 18.00, nevis 17.00.";
    let output = site
        .program()
        .args(["item", "correct", &item.to_string(), "--text", words, "--by", "anna", "--json"])
        .output()
        .await
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success() && said.contains(words),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    // The program's clock is the real one; the story's own day is put in.
    let at = site.app.clock.now().timestamp_millis();
    Shelf::of(&site).run(&format!("UPDATE correction SET at = {at}")).await;
    for path in [&item_page, &issue_page] {
        let page = text(&site, &format!("{path}?lang=lv")).await;
        assert!(page.contains("Labots 27.\u{a0}novembrī.") && page.contains(words), "{path}: {page}");
    }
    let after = text(&site, "/feed.xml").await;
    assert_ne!(feed, after);
    assert!(after.contains("<updated>2026-11-27T10:00:00Z</updated>") && after.contains(words));
    let newer = text(&site, &format!("{item_page}/1.ics")).await;
    let field = |text: &str, name: &str| {
        text.lines().find_map(|line| line.strip_prefix(name).map(str::to_owned)).unwrap()
    };
    assert_eq!(field(&ics, "UID:"), field(&newer, "UID:"));
    let sequence = |text: &str| field(text, "SEQUENCE:").trim().parse::<i64>().unwrap();
    assert!(sequence(&newer) > sequence(&ics));

    let (second, _) = sent(&site, "Decembra ziņa").await;
    let (third, _) = sent(&site, "Janvāra ziņa").await;
    for (issue, tells) in [(&first, false), (&second, true), (&third, false)] {
        let issue = issue.id;
        for content in site.app.store.issue_contents(issue).await.unwrap() {
            assert_eq!(
                content.text.contains("18.00, nevis"),
                tells,
                "{issue} {:?}: {}",
                content.language,
                content.text
            );
            assert_eq!(content.html.contains("“Koncerts Ritē”:"), tells, "{issue} {:?}", content.language);
        }
    }
    let page = text(&site, &format!("{}?lang=lv", page_of(&second))).await;
    assert!(page.contains("Ziņā “Koncerts Ritē”:") && page.contains(words), "{page}");
}

async fn a_stopped_issue_has_told_nothing(site: Site) {
    let (_, item) = sent(&site, "Koncerts Ritē").await;
    correct(&site.app, item, "Koncerts sākas vēlāk.", "anna").await.unwrap();
    let told = async || site.app.store.corrections(&[item]).await.unwrap()[0].told_in;
    assert_eq!(told().await, None);
    approved(&site, "Cita ziņa").await;
    edition::assemble(&site.app, None).await.unwrap();
    let issue = edition::send(&site.app, None, "anna").await.unwrap();
    assert_eq!(told().await, Some(issue.id));
    edition::stop(&site.app, Some(issue.id), zinas::newsroom::moderate::Who { by: "anna", channel: "desk" })
        .await
        .unwrap();
    assert_eq!(told().await, None);
    edition::assemble(&site.app, None).await.unwrap();
    let issue = edition::send(&site.app, None, "anna").await.unwrap();
    assert_eq!(told().await, Some(issue.id));
    assert!(site.app.store.issue_contents(issue.id).await.unwrap()[0].text.contains("sākas vēlāk"));
}

async fn a_date_that_the_editor_took_out_is_nowhere_listed(site: Site) {
    let mut shelf = Shelf::of(&site);
    let twice =
        |title: &str| ItemContent { events: vec![event("2026-12-05T10:00", "")], ..news(title, "Nāciet!") };
    let items = shelf.issue("2026-12", &[twice("Ābeļu talka"), twice("Talka ābeļdārzā")]).await;
    let issue = site.app.store.issue_numbered(site.app.publication, 2026, 1).await.unwrap().unwrap();
    let pages = ["/2026/1?lang=lv", "/calendar/2026-12?lang=lv"];
    let mut before = Vec::new();
    for page in pages {
        before.push(text(&site, page).await.matches("Talka ābeļdārzā").count());
    }
    let content = site.app.store.item(items[1]).await.unwrap().unwrap().item.content;
    let mut arrangement = issue.arrangement.clone();
    arrangement.show(issues::Line::of(items[1], &content.events[0]), false);
    let mut write = site.app.store.write().await.unwrap();
    write.set_arrangement(issue.id, &arrangement).await.unwrap();
    write.commit().await.unwrap();
    for (page, before) in pages.into_iter().zip(before) {
        let after = text(&site, page).await.matches("Talka ābeļdārzā").count();
        assert!(after < before, "{page}: {after} of {before}");
    }
    let item = text(&site, &format!("/2026/1/{}?lang=lv", shelf::slug("Talka ābeļdārzā"))).await;
    assert!(item.contains("Sestdien, 5.\u{a0}decembrī"), "its own page still says when");
}

async fn pages_say_who_they_are(site: Site) {
    let mut shelf = Shelf::of(&site);
    let (item, _) = site.item("Talka Ritē", &["Taka gar ezeru"]).await;
    shelf.issue_of("2026-12", &[item]).await;
    let photo = site.app.store.item(item).await.unwrap().unwrap().item.content.photos[0].sha256.clone();
    let base = "https://zinas.selija.com";
    let path = format!("/2026/1/{}", shelf::slug("Talka Ritē"));
    let page = text(&site, &format!("{path}?lang=lv")).await;
    for tag in [
        format!("<link rel=\"canonical\" href=\"{base}{path}\">"),
        format!("<link rel=\"alternate\" hreflang=\"en\" href=\"{base}{path}?lang=en\">"),
        format!("<link rel=\"alternate\" hreflang=\"lv\" href=\"{base}{path}\">"),
        format!("<meta property=\"og:image\" content=\"{base}/photo/{photo}.jpg\">"),
        "<meta property=\"og:title\" content=\"Talka Ritē\">".to_owned(),
        "<meta property=\"og:description\" content=\"Sestdien talkā sakopsim taku gar ezeru.\">".to_owned(),
        format!("<meta property=\"og:url\" content=\"{base}{path}\">"),
        "<link rel=\"icon\" href=\"/icon.svg\" type=\"image/svg+xml\">".to_owned(),
    ] {
        assert!(page.contains(&tag), "{tag}: {page}");
    }
    let english = text(&site, &format!("{path}?lang=en")).await;
    assert!(
        english.contains(&format!("<link rel=\"canonical\" href=\"{base}{path}?lang=en\">")),
        "{english}"
    );
    assert!(english.contains("<link rel=\"alternate\" type=\"application/atom+xml\" title=\"Sēlijas salu ziņas\" href=\"/feed.xml?lang=en\">"));
    let year = text(&site, "/archive?year=2026").await;
    assert!(year.contains(&format!("<link rel=\"canonical\" href=\"{base}/archive")), "{year}");
    // A page behind a token is nobody's but its reader's.
    let subscription = site.confirmed("anna@example.lv").await;
    let leave = text(&site, &site.path("leave", subscribers::Purpose::Leave, subscription.public_id)).await;
    assert!(leave.contains("noindex") && !leave.contains("canonical") && !leave.contains("og:"));
}

async fn a_page_that_is_passed_on_has_a_picture(site: Site) {
    let mut shelf = Shelf::of(&site);
    for path in ["/", "/archive", "/calendar", "/subscribe"] {
        assert!(!text(&site, path).await.contains("og:image"), "{path}: nothing has been drawn yet");
    }
    shelf.issue("2026-11", &[news("Rudens talka", "Kopā ar citiem.")]).await;
    shelf.issue("2026-12", &[news("Talka Ritē", "Sestdien.")]).await;
    for (issue, name) in [(1, "a"), (2, "b")] {
        shelf
            .run(&format!("UPDATE issue SET horizon = '{}' WHERE issue_id = {issue}", name.repeat(64)))
            .await;
    }
    let latest = format!("https://zinas.selija.com/horizon/{}.png", "b".repeat(64));
    for path in ["/", "/archive", "/archive?year=2026", "/calendar", "/subscribe", "/2026/2"] {
        let page = text(&site, path).await;
        for tag in [
            format!("<meta property=\"og:image\" content=\"{latest}\">"),
            "<meta property=\"og:image:width\" content=\"1200\">".to_owned(),
        ] {
            assert_eq!(page.matches(&tag).count(), 1, "{path} {tag}");
        }
    }
    let search = text(&site, "/archive?q=talka").await;
    assert!(!search.contains("og:image"), "what somebody looked for is nobody else's");
}

/// Every public page around the issues.
async fn every_path(site: &Site) -> Vec<String> {
    let mut shelf = Shelf::of(site);
    let mut dated = news("Egle Ritē", "x");
    dated.events = vec![event("2026-12-06T15:00", "")];
    shelf.issue("2026-12", &[dated]).await;
    let paths = [
        "/",
        "/?lang=en",
        "/archive",
        "/archive?year=2026",
        "/archive?q=egle",
        "/calendar",
        "/calendar/2026-12",
        "/2026/1",
        "/2026/1/egle-rite",
        "/2026/1/egle-rite/1.ics",
        "/calendar.ics",
        "/feed.xml",
        "/feed.xml?lang=en",
        "/sitemap.xml",
        "/robots.txt",
        "/icon.svg",
    ];
    paths.map(str::to_owned).to_vec()
}

async fn whoever_has_a_page_gets_it_once(site: Site) {
    let paths = every_path(&site).await;
    let before = site.dump().await;
    for path in paths {
        let response = site.get(&path).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        let (tag, kind) = (header(&response, "etag"), header(&response, "content-type"));
        assert!(header(&response, "cache-control").starts_with("public, max-age="), "{path}");
        let whole = body(response).await;
        assert!(!whole.is_empty() && !tag.is_empty(), "{path}");
        let head = site.request(Method::HEAD, &path).send().await.unwrap();
        assert_eq!(
            (head.status(), header(&head, "etag"), header(&head, "content-type")),
            (StatusCode::OK, tag.clone(), kind),
            "{path}"
        );
        assert_eq!(header(&head, "content-length"), whole.len().to_string(), "{path}");
        assert_eq!(body(head).await, "");
        let again = site.request(Method::GET, &path).header("If-None-Match", &tag).send().await.unwrap();
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{path}");
        for method in [Method::POST, Method::PUT, Method::DELETE] {
            let refused = site.request(method.clone(), &path).send().await.unwrap();
            assert_eq!(refused.status(), StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
        }
    }
    assert_eq!(before, site.dump().await);
}

async fn hostile_words_are_inert_everywhere(site: Site) {
    let name = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u{202e}]]>&lt;\u{ffff}\r\nEND:VEVENT\r\nX:1";
    let mut shelf = Shelf::of(&site);
    let mut hostile = news(name, name);
    hostile.places[0].place = name.to_owned();
    hostile.language = Some("\" onload=\"x".to_owned());
    hostile.events = vec![event("2026-12-06T15:00", ""), event("", "2026-12-08")];
    for event in &mut hostile.events {
        event.text = name.to_owned();
    }
    let items = shelf.issue("2026-12", &[hostile]).await;
    correct(&site.app, items[0], name, "anna").await.unwrap();
    let slug = shelf::slug(name);
    let query: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
    for path in [
        "/".to_owned(),
        "/archive".to_owned(),
        "/archive?q=script".to_owned(),
        format!("/archive?q={query}"),
        "/calendar/2026-12".to_owned(),
        "/2026/1".to_owned(),
        format!("/2026/1/{slug}"),
        "/feed.xml".to_owned(),
        "/sitemap.xml".to_owned(),
    ] {
        let page = text(&site, &path).await;
        for never in ["<script", "<img src=x", "\u{202e}", "onload=\"x"] {
            assert!(!page.contains(never), "{path}: {never}: {page}");
        }
        assert!(!path.ends_with(".xml") || !page.contains('\u{ffff}'), "{path} is no XML");
    }
    for path in ["/calendar.ics".to_owned(), format!("/2026/1/{slug}/1.ics")] {
        let calendar = text(&site, &path).await;
        let events = calendar.matches("BEGIN:VEVENT\r\n").count();
        assert_eq!(calendar.matches("\r\nEND:VEVENT\r\n").count(), events, "{calendar}");
        assert!(!calendar.contains("\r\nX:1") && !calendar.contains('\u{202e}'));
    }
}

async fn links_lead_somewhere(site: Site) {
    let mut paths = every_path(&site).await;
    let mut seen = 0;
    while let Some(path) = paths.get(seen).cloned() {
        seen += 1;
        assert!(seen < 100, "{paths:?}");
        let response = site.get(&path).await;
        // Told by other pages than these.
        if ["/how-to-send", "/privacy"].iter().any(|other| path.starts_with(other)) {
            continue;
        }
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        if !header(&response, "content-type").starts_with("text/html") {
            continue;
        }
        let page = body(response).await;
        for link in page.split(" href=\"/").skip(1) {
            let link = format!("/{}", link.split('"').next().unwrap().replace("&amp;", "&"));
            if !paths.contains(&link) {
                paths.push(link);
            }
        }
    }
    assert!(seen > 20, "{paths:?}");
}
