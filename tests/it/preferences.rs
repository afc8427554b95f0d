//! A reader's own page over real HTTP, and what her choices do to the next issue.

use chrono::TimeDelta;
use issues::{Edition, IssueState};
use reqwest::{Method, StatusCode};
use subscribers::{Act, Language, Manner, Pause, Purpose, SuppressionReason};
use zinas::clock::random_id;
use zinas::newsroom::{edition, people, readers as choices};
use zinas::store::NewIssue;

use crate::support::database::{Installation, on_both};
use crate::support::letters::{link, waiting_for};
use crate::support::newsroom::{address, from_anna, receive, route_all, suppress};
use crate::support::outbox::{keeping, outbox, sending_to, until_idle};
use crate::support::readers;
use crate::support::sink::Sink;
use crate::support::site::{Site, body, header, now, on_both_databases};

on_both_databases! {
    looking_changes_nothing
    a_link_that_is_forged_or_old_opens_nothing
    choices_are_kept_and_wrong_ones_come_back
    a_forwarded_link_reads_nothing_moves_nobody_and_erases_nothing
    a_link_to_ones_own_is_for_a_day_and_for_her_address
    who_has_left_only_sees_and_erases
    a_new_address_is_confirmed_there_and_the_old_one_is_told
    every_new_address_is_answered_alike
    the_data_are_all_there_is
    erasing_needs_a_tick_and_leaves_nothing
    whoever_has_her_former_address_since_is_left_alone
    an_editor_does_not_erase_herself
}

on_both!(a_paused_reader_gets_no_issue_and_another_gets_plain_text, an_unconfirmed_address_is_forgotten,);

const MANNER: [(&str, &str); 4] = [("do", "save"), ("language", "lv"), ("municipality", ""), ("pause", "no")];

async fn page(site: &Site, address: &str) -> String {
    site.path("preferences", Purpose::Preferences, site.subscription(address).await.public_id)
}

async fn move_to(site: &Site, own: &str, address: &str) -> (StatusCode, String) {
    let response = site.post(&format!("{own}/address"), &[("do", "address"), ("email", address)]).await;
    (response.status(), body(response).await)
}

/// The link to what is her own, as the mail brings it that she asks for.
async fn own(site: &Site, address: &str) -> String {
    let asked = site.post(&page(site, address).await, &[("do", "own")]).await;
    assert_eq!(asked.status(), StatusCode::OK);
    let mail = waiting_for(&site.app, address).await.pop().unwrap();
    link(&mail, "/mine/")
}

async fn looking_changes_nothing(site: Site) {
    let row = site.confirmed("anna@example.lv").await;
    let path = page(&site, "anna@example.lv").await;
    let own = own(&site, "anna@example.lv").await;
    move_to(&site, &own, "anna@cita.example").await;
    let mail = waiting_for(&site.app, "anna@cita.example").await.remove(0);
    let before = site.dump().await;
    let left = site.path("leave", Purpose::Leave, row.public_id);
    let more = ["", "/data.json", "/address", "/erase"].map(|more| format!("{own}{more}"));
    for path in [path.clone(), link(&mail, "/address/"), left].into_iter().chain(more) {
        for method in [Method::GET, Method::HEAD, Method::GET, Method::HEAD] {
            let response = site.request(method.clone(), &path).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::OK, "{method} {path}");
            assert_eq!(header(&response, "cache-control"), "no-store", "{path}");
            assert_eq!(header(&response, "referrer-policy"), "no-referrer", "{path}");
        }
    }
    for path in ["/how-to-send", "/privacy"] {
        for _ in 0..2 {
            assert_eq!(site.get(path).await.status(), StatusCode::OK, "{path}");
        }
    }
    assert_eq!(site.dump().await, before);
}

async fn a_link_that_is_forged_or_old_opens_nothing(site: Site) {
    let row = site.confirmed("anna@example.lv").await;
    let path = page(&site, "anna@example.lv").await;
    let old = site.app.token_of(Purpose::Preferences, row.public_id, "2025-01-01".parse().unwrap());
    let leaves = site.path("preferences", Purpose::Leave, row.public_id);
    let nobody = site.path("preferences", Purpose::Preferences, 1);
    let cases = [
        (format!("{}z", &path[..path.len() - 1]), 404),
        (leaves, 404),
        (format!("/preferences/{}", old.as_str()), 410),
        (nobody, 410),
    ];
    let before = site.dump().await;
    for (path, status) in cases {
        assert_eq!(site.post(&path, &MANNER).await.status(), status, "{path}");
        assert_eq!(site.get(&path).await.status(), status, "{path}");
        assert_eq!(site.post(&path, &[("do", "own")]).await.status(), status, "{path}");
    }
    assert_eq!(site.get("/address/forged").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(site.post(&path, &[("do", "x")]).await.status(), StatusCode::BAD_REQUEST);
    assert_eq!(site.dump().await, before);
}

async fn a_forwarded_link_reads_nothing_moves_nobody_and_erases_nothing(site: Site) {
    let row = site.confirmed("anna@example.lv").await;
    let path = page(&site, "anna@example.lv").await;
    let token = path.rsplit('/').next().unwrap().to_owned();
    let before = site.dump().await;
    let status = StatusCode::NOT_FOUND;
    for base in [path.clone(), format!("/mine/{token}")] {
        for more in ["/data", "/data.json", "/address", "/erase"] {
            assert_eq!(site.get(&format!("{base}{more}")).await.status(), status, "{base}{more}");
            let fields = [("do", "erase"), ("sure", "1"), ("email", "eva@cita.example")];
            // Some of these addresses would be public pages, which take no forms.
            let posted = site.post(&format!("{base}{more}"), &fields).await.status();
            assert!([status, StatusCode::METHOD_NOT_ALLOWED].contains(&posted), "{base}{more}: {posted}");
        }
    }
    let moving = [("do", "address"), ("email", "eva@cita.example")];
    assert_eq!(site.post(&path, &moving).await.status(), StatusCode::BAD_REQUEST);
    let shown = body(site.get(&path).await).await;
    assert!(!shown.contains("anna@example.lv") && !shown.contains("/mine/"), "{shown}");
    assert_eq!(site.dump().await, before);
    // What it may: ask for the letter, which goes to her and to nobody else.
    let said = body(site.post(&path, &[("do", "own")]).await).await;
    assert!(said.contains("role=\"status\"") && said.contains("a***@e***.lv"), "{said}");
    assert!(!said.contains("/mine/") && !said.contains("anna@example.lv"), "{said}");
    let mails = site.mails("own").await;
    assert_eq!(mails.len(), 1);
    let hers = waiting_for(&site.app, "anna@example.lv").await;
    assert_eq!(
        hers.iter().filter(|mail| mail.contains("/mine/")).count(),
        1,
        "by its envelope it goes to her"
    );
    // Again and again is too often.
    let mut last = StatusCode::OK;
    for _ in 0..6 {
        last = site.post(&path, &[("do", "own")]).await.status();
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(site.subscription("anna@example.lv").await.id, row.id);
}

async fn a_link_to_ones_own_is_for_a_day_and_for_her_address(site: Site) {
    site.confirmed("anna@example.lv").await;
    let path = page(&site, "anna@example.lv").await;
    let first = own(&site, "anna@example.lv").await;
    let token = first.rsplit('/').next().unwrap();
    for other in ["preferences", "leave", "address", "confirm"] {
        let status = site.get(&format!("/{other}/{token}")).await.status();
        assert_eq!(status, StatusCode::NOT_FOUND, "it is good for one thing: {other}");
    }
    assert_eq!(site.get(&format!("{}z", &first[..first.len() - 1])).await.status(), StatusCode::NOT_FOUND);
    site.app.clock.advance_to(now() + TimeDelta::hours(24) - TimeDelta::seconds(1));
    assert_eq!(site.get(&first).await.status(), StatusCode::OK);
    site.app.clock.advance_to(now() + TimeDelta::hours(24));
    for more in ["", "/data.json", "/address", "/erase"] {
        assert_eq!(site.get(&format!("{first}{more}")).await.status(), StatusCode::GONE, "{more}");
    }
    let erase = site.post(&format!("{first}/erase"), &[("do", "erase"), ("sure", "1")]).await;
    assert_eq!(erase.status(), StatusCode::GONE);
    // Where nothing may be sent, it is said.
    suppress(&site.app, &address("anna@example.lv"), SuppressionReason::Complaint).await;
    let said = body(site.post(&path, &[("do", "own")]).await).await;
    assert!(said.contains("role=\"status\"") && said.contains("mailto:"), "{said}");
    assert_eq!(site.mails("own").await.len(), 1);
}

async fn choices_are_kept_and_wrong_ones_come_back(site: Site) {
    site.confirmed("anna@example.lv").await;
    let path = page(&site, "anna@example.lv").await;
    let fields = [
        ("do", "save"),
        ("language", "lv"),
        ("municipality", " Jēkabpils\u{202e} novads "),
        ("plain_text", "1"),
        ("pause", "until"),
        ("day", "2027-01-15"),
    ];
    let response = site.post(&path, &fields).await;
    assert_eq!(response.status(), StatusCode::OK);
    let said = body(response).await;
    assert!(said.contains("Saglabāts.") && said.contains("15.\u{a0}janvārim"), "{said}");
    let row = site.subscription("anna@example.lv").await;
    assert_eq!(
        (row.language(), row.preferences.municipality.as_str()),
        (Language::Latvian, "Jēkabpils novads")
    );
    let pause = Some(Pause::Until("2027-01-15".parse().unwrap()));
    assert_eq!(row.manner, Manner { plain_text: true, pause });
    let before = site.dump().await;
    for (pause, day) in [("until", "2026-11-20"), ("until", ""), ("until", "2099-01-01"), ("until", "<b>")] {
        let fields = [("do", "save"), ("language", "en"), ("pause", pause), ("day", day)];
        let response = site.post(&path, &fields).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY, "{day}");
        assert!(body(response).await.contains("aria-describedby=\"day-error day-hint\""));
    }
    for fields in [[("do", "save"), ("language", "xx")], [("language", "lv"), ("pause", "9")]] {
        assert_eq!(site.post(&path, &fields).await.status(), StatusCode::BAD_REQUEST);
    }
    let long = "ģ".repeat(61);
    let fields = [("do", "save"), ("language", "en"), ("municipality", long.as_str())];
    assert_eq!(site.post(&path, &fields).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(site.dump().await, before);
    // A pause takes itself back.
    assert_eq!(site.post(&path, &MANNER).await.status(), StatusCode::OK);
    assert_eq!(site.subscription("anna@example.lv").await.manner, Manner::default());
}

async fn who_has_left_only_sees_and_erases(site: Site) {
    let row = site.confirmed("anna@example.lv").await;
    let path = page(&site, "anna@example.lv").await;
    let left = site.post(&site.path("leave", Purpose::Leave, row.public_id), &[("do", "leave")]).await;
    let from_left = link(&body(left).await, "/preferences/");
    for path in [&path, &from_left] {
        let shown = body(site.get(path).await).await;
        assert!(shown.contains("/subscribe") && !shown.contains("name=\"pause\""), "{shown}");
        assert_eq!(site.post(path, &MANNER).await.status(), StatusCode::GONE);
    }
    let own = own(&site, "anna@example.lv").await;
    let shown = body(site.get(&own).await).await;
    assert!(shown.contains("anna@example.lv") && !shown.contains("/address"), "{shown}");
    assert_eq!(site.get(&format!("{own}/erase")).await.status(), StatusCode::OK);
    assert_eq!(move_to(&site, &own, "anna@cita.example").await.0, StatusCode::GONE);
    site.app.clock.advance_to(now() + TimeDelta::days(3));
    assert_eq!(site.get(&from_left).await.status(), StatusCode::GONE, "a link of a page is for a day");
    assert_eq!(site.get(&path).await.status(), StatusCode::OK);
}

async fn a_new_address_is_confirmed_there_and_the_old_one_is_told(site: Site) {
    let row = site.confirmed("anna@example.lv").await;
    let path = page(&site, "anna@example.lv").await;
    let mine = own(&site, "anna@example.lv").await;
    assert_eq!(move_to(&site, &mine, "nothing").await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(move_to(&site, &mine, "mailer-daemon@cita.example").await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(move_to(&site, &mine, "anna@cita.example").await.0, StatusCode::OK);
    assert_eq!(site.subscription("anna@example.lv").await.id, row.id, "until it is confirmed");
    let told = waiting_for(&site.app, "anna@example.lv").await.len();
    let mail = waiting_for(&site.app, "anna@cita.example").await.remove(0);
    assert!(!mail.contains("anna@example.lv"), "a stranger learns no address");
    let link = link(&mail, "/address/");
    let shown = body(site.get(&path).await).await;
    assert!(shown.contains("value=\"keep-address\""), "she sees what is waited for");
    assert_eq!(site.post(&link, &[]).await.status(), StatusCode::BAD_REQUEST);
    assert_eq!(site.post(&link, &[("do", "confirm")]).await.status(), StatusCode::OK);
    let moved = site.subscription("anna@cita.example").await;
    assert_eq!((moved.id, moved.public_id, moved.state.name()), (row.id, row.public_id, "confirmed"));
    let acts: Vec<Act> =
        site.app.store.consent(row.id).await.unwrap().into_iter().map(|event| event.act).collect();
    assert_eq!(acts, [Act::Requested, Act::Confirmed, Act::Requested, Act::Moved]);
    let old = waiting_for(&site.app, "anna@example.lv").await;
    assert_eq!(old.len(), told + 1);
    assert!(old[told].contains("a***@c***"), "{}", old[told]);
    // The link is used up, and one of before the last wish is none.
    assert_eq!(site.get(&link).await.status(), StatusCode::GONE);
    assert_eq!(site.post(&link, &[("do", "confirm")]).await.status(), StatusCode::GONE);
    // Her old preferences link still is hers; what went to the former address shows nothing any more.
    assert_eq!(site.get(&path).await.status(), StatusCode::OK);
    assert_eq!(site.get(&mine).await.status(), StatusCode::GONE);
    move_to(&site, &own(&site, "anna@cita.example").await, "anna@tresa.example").await;
    assert_eq!(site.post(&path, &[("do", "keep-address")]).await.status(), StatusCode::OK);
    let third = waiting_for(&site.app, "anna@tresa.example").await.remove(0);
    let third = crate::support::letters::link(&third, "/address/");
    assert_eq!(site.post(&third, &[("do", "confirm")]).await.status(), StatusCode::GONE);
}

async fn every_new_address_is_answered_alike(site: Site) {
    site.confirmed("anna@example.lv").await;
    site.confirmed("known@kalns.example").await;
    site.pending("knows@kalns.example").await;
    suppress(&site.app, &address("kicks@kalns.example"), SuppressionReason::Complaint).await;
    let path = own(&site, "anna@example.lv").await;
    let new = move_to(&site, &path, "kindly@kalns.example").await;
    assert_eq!(new.0, StatusCode::OK);
    for (other, mails) in [("known@kalns.example", 1), ("knows@kalns.example", 1), ("kicks@kalns.example", 0)]
    {
        assert_eq!(move_to(&site, &path, other).await, new, "{other}");
        assert_eq!(waiting_for(&site.app, other).await.len(), mails, "{other}");
    }
    assert_eq!(waiting_for(&site.app, "kindly@kalns.example").await.len(), 1);
    // The sixth wish of a day.
    assert_eq!(move_to(&site, &path, "karla@kalns.example").await.0, StatusCode::OK);
    assert_eq!(move_to(&site, &path, "karlis@kalns.example").await.0, StatusCode::TOO_MANY_REQUESTS);
}

async fn the_data_are_all_there_is(site: Site) {
    site.confirmed("Anna.Berzina@pasts.example").await;
    receive(&site.app, from_anna("Talka", "Sestdien talka pie ezera, nāciet visi!")).await;
    route_all(&site.app).await;
    let path = own(&site, "Anna.Berzina@pasts.example").await;
    let shown = body(site.get(&path).await).await;
    for word in
        ["Anna.Berzina@pasts.example", "Anna Bērziņa", "Sestdien talka pie ezera", "192.0.2.0/24", "I agree"]
    {
        assert!(shown.contains(word), "{word}: {shown}");
    }
    let response = site.get(&format!("{path}/data.json")).await;
    assert!(header(&response, "content-disposition").starts_with("attachment"));
    let json: serde_json::Value = serde_json::from_str(&body(response).await).unwrap();
    assert_eq!(json["address"], "Anna.Berzina@pasts.example");
    assert_eq!(json["consent"].as_array().unwrap().len(), 2);
    assert_eq!(json["contributor"]["name"], "Anna Bērziņa");
    assert_eq!(json["items"][0]["state"], "pending");
    assert_eq!(json["received"][0]["text"], "Sestdien talka pie ezera, nāciet visi!");
    let kinds: Vec<_> = json["sent"].as_array().unwrap().iter().map(|mail| mail["kind"].clone()).collect();
    assert_eq!(kinds, ["confirmation", "thanks", "own"]);
}

async fn erasing_needs_a_tick_and_leaves_nothing(site: Site) {
    site.confirmed("anna@vecais.example").await;
    let path = page(&site, "anna@vecais.example").await;
    move_to(&site, &own(&site, "anna@vecais.example").await, "anna@jaunais.example").await;
    let mail = waiting_for(&site.app, "anna@jaunais.example").await.remove(0);
    site.post(&link(&mail, "/address/"), &[("do", "confirm")]).await;
    let mine = own(&site, "anna@jaunais.example").await;
    move_to(&site, &mine, "anna@tresais.example").await;
    let other = site.confirmed("juris@example.lv").await;
    let theirs = site.path("preferences", Purpose::Preferences, other.public_id);
    move_to(&site, &own(&site, "juris@example.lv").await, "anna@jaunais.example").await;
    let before = site.dump().await;
    let erase = format!("{mine}/erase");
    for fields in [&[("do", "erase")][..], &[("do", "erase"), ("sure", "0")]] {
        let response = site.post(&erase, fields).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(body(response).await.contains("sure-error"));
    }
    assert_eq!(site.post(&erase, &[("sure", "1")]).await.status(), StatusCode::BAD_REQUEST);
    assert_eq!(site.dump().await, before);
    assert_eq!(site.post(&erase, &[("do", "erase"), ("sure", "1")]).await.status(), StatusCode::OK);
    let hexadecimal = |text: &str| data_encoding::HEXLOWER.encode(text.as_bytes());
    for row in site.dump().await {
        let low = row.to_lowercase();
        for gone in ["vecais.example", "jaunais.example"] {
            assert!(!low.contains(gone) && !low.contains(&hexadecimal(gone)), "{gone}: {row}");
        }
    }
    for path in [&path, &erase, &mine] {
        assert_eq!(site.get(path).await.status(), StatusCode::GONE);
    }
    assert_eq!(site.get(&theirs).await.status(), StatusCode::OK, "another reader is still there");
    for former in ["anna@vecais.example", "anna@jaunais.example"] {
        let found = crate::support::newsroom::suppression(&site.app, &address(former)).await;
        assert_eq!(found.unwrap().reason, SuppressionReason::Erased, "{former}");
    }
}

mod stories {
    use super::*;

    /// An approved issue whose hold is over, its audience not frozen yet.
    async fn due_issue(app: &zinas::app::App, month: u32) -> i64 {
        let mut write = app.store.write().await.unwrap();
        let new = NewIssue {
            public_id: random_id(),
            publication: app.publication,
            edition: Edition { year: 2026, month },
            first_running_number: 1,
            at: app.clock.now(),
        };
        let issue = write.open_issue(&new).await.unwrap();
        let mut content = readers::content(500);
        content.iter_mut().for_each(|part| part.text += "Iestatījumi:\n\u{e000}preferences-url\u{e001}\n");
        write.freeze_issue(issue, &content, "hash").await.unwrap();
        let state = IssueState::Sending { by: "anna".to_owned(), not_before: app.clock.now() };
        write.change_issue(issue, &state).await.unwrap();
        write.commit().await.unwrap();
        issue
    }

    pub async fn a_paused_reader_gets_no_issue_and_another_gets_plain_text(database: Option<&str>) {
        let sink = Sink::start(keeping()).unwrap();
        let place = Installation::open(database, sending_to(&sink)).await;
        let app = &place.app;
        readers::readers(app, 1..5).await;
        let rows = app.store.subscriptions(app.publication, "").await.unwrap();
        let today = app.today();
        let chosen = [
            Manner { plain_text: true, pause: None },
            Manner { plain_text: false, pause: Some(Pause::issues(1).unwrap()) },
            Manner {
                plain_text: true,
                pause: Some(Pause::until(today + chrono::Days::new(3), today).unwrap()),
            },
            Manner::default(),
        ];
        for (row, manner) in rows.iter().zip(chosen) {
            choices::choose(app, row.public_id, &row.preferences, manner).await.unwrap();
        }
        let issue = due_issue(app, 11).await;
        assert!(edition::advance(app).await.unwrap());
        assert_eq!(app.store.issue(issue).await.unwrap().unwrap().audience, Some(2));
        // What she chooses now is for the next issue: this one is on its way.
        let paused = Manner { plain_text: false, pause: Some(Pause::Issues(1)) };
        choices::choose(app, rows[0].public_id, &rows[0].preferences, paused).await.unwrap();
        let mut outbox = outbox(app).await;
        until_idle(&mut outbox).await;
        let mut mails = sink.mails();
        // Several connections work at once.
        mails.sort_by(|one, other| one.to.cmp(&other.to));
        let got: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
        assert_eq!(got, [rows[0].address.as_str(), rows[3].address.as_str()]);
        let (plain, both) =
            (String::from_utf8_lossy(&mails[0].bytes), String::from_utf8_lossy(&mails[1].bytes));
        assert!(plain.contains("\r\nContent-Type: text/plain; charset=utf-8\r\n"), "{plain}");
        assert!(!plain.contains("multipart") && !plain.contains("text/html"), "{plain}");
        assert!(plain.contains("List-Unsubscribe: <https://") && plain.contains("/preferences/"), "{plain}");
        assert!(both.contains("multipart/alternative") && both.contains("text/html"), "{both}");
        let text = |mail: &str| {
            let body = mail.split("quoted-printable\r\n\r\n").nth(1).unwrap();
            body.split("Atteikties").next().unwrap().to_owned()
        };
        assert_eq!(text(&plain), text(&both), "the same frozen text");
        // The pause of one issue is over, that until a day too, and the new one holds.
        edition::advance(app).await.unwrap();
        app.clock.advance_to(app.clock.now() + TimeDelta::days(3));
        let next = due_issue(app, 12).await;
        edition::advance(app).await.unwrap();
        assert_eq!(app.store.issue(next).await.unwrap().unwrap().audience, Some(3));
        let deliveries = app.store.deliveries(next, "").await.unwrap();
        assert!(deliveries.iter().all(|delivery| delivery.recipient != rows[0].address.as_str()));
        for row in app.store.subscriptions(app.publication, "").await.unwrap() {
            assert_eq!(row.manner.pause, None, "every pause ends by itself");
        }
    }

    pub async fn an_unconfirmed_address_is_forgotten(database: Option<&str>) {
        let place = Installation::open(database, |_| {}).await;
        let app = &place.app;
        readers::readers(app, 1..2).await;
        let row = app.store.subscriptions(app.publication, "").await.unwrap().remove(0);
        let new = address("anna@cita.example");
        let origin = people::Origin { channel: "page", from: "" };
        choices::ask_address(app, row.public_id, &new, "Lūdzu.", origin).await.unwrap();
        assert!(app.store.address_change(row.id, app.clock.now()).await.unwrap().is_some());
        let mut write = app.store.write().await.unwrap();
        assert_eq!(write.forget_address_changes(app.clock.now()).await.unwrap(), 0);
        let later = app.clock.now() + TimeDelta::days(1);
        assert_eq!(write.forget_address_changes(later).await.unwrap(), 1);
        write.commit().await.unwrap();
        // Somebody confirmed a subscription with it meanwhile: the wish is over.
        choices::ask_address(app, row.public_id, &new, "Lūdzu.", origin).await.unwrap();
        let change = app.store.address_change(row.id, app.clock.now()).await.unwrap().unwrap();
        let preferences = row.preferences.clone();
        people::add(app, &new, &preferences, "Parakstīts.", origin).await.unwrap();
        assert!(choices::confirm_address(app, change.public_id, "Vēlos.", origin).await.is_err());
        let rows = app.store.subscriptions(app.publication, "").await.unwrap();
        assert_eq!(rows.len(), 2, "nobody took another's place");
    }
}

async fn whoever_has_her_former_address_since_is_left_alone(site: Site) {
    for former in ["anna@example.lv", "ilze@example.lv", "zane@example.lv"] {
        let row = site.confirmed(former).await;
        let new = format!("{}@cita.example", former.split('@').next().unwrap());
        move_to(&site, &own(&site, former).await, &new).await;
        let mail = waiting_for(&site.app, &new).await.remove(0);
        assert_eq!(site.post(&link(&mail, "/address/"), &[("do", "confirm")]).await.status(), StatusCode::OK);
        assert_eq!(site.subscription(&new).await.id, row.id);
    }
    site.app.clock.advance_to(now() + TimeDelta::days(2));
    // Of one a stranger is a reader now, another writes news, and the third is nobody's.
    let stranger = site.confirmed("anna@example.lv").await;
    let mut write = site.app.store.write().await.unwrap();
    let at = site.app.clock.now();
    let writer = address("ilze@example.lv");
    let writer = write.contributor(site.app.publication, &writer, "Ilze", random_id(), at).await.unwrap();
    write.commit().await.unwrap();
    for new in ["anna@cita.example", "ilze@cita.example", "zane@cita.example"] {
        let own = own(&site, new).await;
        let erased = site.post(&format!("{own}/erase"), &[("do", "erase"), ("sure", "1")]).await;
        assert_eq!(erased.status(), StatusCode::OK);
    }
    assert_eq!(site.subscription("anna@example.lv").await.id, stranger.id);
    let mut write = site.app.store.write().await.unwrap();
    assert!(write.contributor_by_id(writer).await.unwrap().is_some());
    drop(write);
    let dump = site.dump().await.join("\n");
    assert!(!dump.contains("@cita.example") && !dump.contains("zane@example.lv"), "she herself is gone");
    let suppressed = |line: &&String| line.starts_with("suppression:");
    assert_eq!(site.dump().await.iter().filter(suppressed).count(), 4, "hers, and what is nobody's");
}

async fn an_editor_does_not_erase_herself(site: Site) {
    let editor = site.app.config.editors[0].address.as_str().to_owned();
    site.confirmed(&editor).await;
    let own = own(&site, &editor).await;
    let before = site.dump().await;
    let refused = site.post(&format!("{own}/erase"), &[("do", "erase"), ("sure", "1")]).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body(refused).await.contains("id=\"sure-error\""));
    assert_eq!(site.dump().await, before);
}
