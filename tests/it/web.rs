//! The pages over real HTTP: what they change and what they do not, what they tell and to whom.

use reqwest::{Method, StatusCode};
use subscribers::{Purpose, SubscriptionState, TokenLife};
use zinas::store::address_hash;

use crate::support::newsroom::{arrival, mail};
use crate::support::site::{Site, body, header, now, on_both_databases};
use zinas::inbound::intake::{Intake as _, Source};
use zinas::newsroom::intake::Door;

on_both_databases! {
    looking_changes_nothing
    every_answer_carries_the_policy
    the_answer_to_the_form_is_the_same_for_all
    too_many_requests_from_a_network_are_refused
    a_form_of_another_site_is_refused
    a_wrong_address_comes_back_as_it_was_typed
    a_machines_address_is_refused
    the_button_confirms_and_the_second_time_says_so
    one_click_leaves_in_both_encodings
    a_person_leaves_by_the_page_and_comes_back
    a_link_that_is_old_or_forged_says_one_sentence
    a_contributor_leaves_the_reminder
    a_form_with_nul_is_read_without_it
    only_what_went_out_is_public
    hostile_names_are_inert
    a_body_without_end_is_refused
    health_tells_of_the_database
    a_stop_waits_for_nobody_who_has_fallen_silent
}

/// One link of every kind, alive.
async fn every_path(site: &Site) -> Vec<String> {
    let pending = site.pending("pending@example.lv").await;
    let confirmed = site.confirmed("confirmed@example.lv").await;
    let (item, decide) = site.item("Talka Ritē", &["Taka gar ezeru"]).await;
    let (year, number) = site.issue(&[item], true).await;
    let photo = site.app.store.item(item).await.unwrap().unwrap().item.content.photos[0].sha256.clone();
    let contributor = contributor(site).await;
    vec![
        "/".into(),
        "/?lang=en".into(),
        "/subscribe".into(),
        site.path("confirm", Purpose::Confirm, pending.public_id),
        site.path("confirm", Purpose::Confirm, confirmed.public_id),
        site.path("leave", Purpose::Leave, confirmed.public_id),
        site.path("reminders", Purpose::Reminder, contributor),
        format!("{decide}/photo/{photo}.jpg"),
        decide,
        format!("/{year}/{number}"),
        format!("/{year}/{number}/zina-{item}"),
        format!("/photo/{photo}.jpg"),
        "/style.css".into(),
        "/healthz".into(),
    ]
}

async fn contributor(site: &Site) -> i64 {
    let address = subscribers::EmailAddress::parse("ilze@example.lv").unwrap();
    let mut write = site.app.store.write().await.unwrap();
    write.contributor(site.app.publication, &address, "Ilze", 77, now()).await.unwrap();
    write.commit().await.unwrap();
    77
}

async fn looking_changes_nothing(site: Site) {
    let paths = every_path(&site).await;
    let before = site.dump().await;
    assert!(before.len() > 10);
    for path in &paths {
        for method in [Method::GET, Method::HEAD] {
            let response = site.request(method.clone(), path).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::OK, "{method} {path}");
        }
        for method in [Method::PUT, Method::DELETE] {
            let response = site.request(method.clone(), path).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
            assert!(header(&response, "allow").contains("GET"), "{path}");
        }
    }
    assert_eq!(before, site.dump().await);
}

async fn every_answer_carries_the_policy(site: Site) {
    let mut paths = every_path(&site).await;
    let others = ["/nothing", "/2026/999", "/leave/forged", "/confirm/forged", "/photo/x.jpg", "/1/2/3/4"];
    paths.extend(others.map(str::to_owned));
    for path in paths {
        let response = site.get(&path).await;
        assert_eq!(
            header(&response, "content-security-policy"),
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
             frame-ancestors 'none'",
            "{path}"
        );
        assert_eq!(header(&response, "x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header(&response, "strict-transport-security"), "max-age=31536000", "{path}");
        assert_eq!(header(&response, "set-cookie"), "", "{path}");
        let by_token =
            ["/confirm/", "/leave/", "/reminders/", "/decide/"].iter().any(|at| path.starts_with(at));
        if by_token {
            assert_eq!(header(&response, "referrer-policy"), "no-referrer", "{path}");
        }
        if by_token || !response.status().is_success() {
            assert_eq!(header(&response, "cache-control"), "no-store", "{path}");
        }
        let tag = header(&response, "etag");
        let kept = ["/2026/", "/photo/", "/style.css"].iter().any(|at| path.starts_with(at));
        if kept && response.status().is_success() {
            let again = site.request(Method::GET, &path).header("If-None-Match", &tag).send().await.unwrap();
            assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{path}");
            assert_eq!(body(again).await, "");
        }
    }
}

/// What the form answers, without what every answer has of its own.
async fn ask(site: &Site, address: &str) -> (StatusCode, Vec<(String, String)>, String) {
    let fields = [("email", address), ("language", "lv"), ("website", "")];
    let response = site.post("/subscribe", &fields).await;
    let headers = response.headers().iter().filter(|(name, _)| *name != "date");
    let headers =
        headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    (response.status(), headers, body(response).await)
}

async fn the_answer_to_the_form_is_the_same_for_all(site: Site) {
    site.confirmed("known@example.lv").await;
    site.pending("pending@example.lv").await;
    let suppressed = site.confirmed("complained@example.lv").await;
    let mut write = site.app.store.write().await.unwrap();
    let hash = address_hash(&suppressed.address);
    let reason = subscribers::SuppressionReason::Complaint;
    zinas::newsroom::people::suppress(&site.app, &mut write, &hash, Some(suppressed.id), reason, "")
        .await
        .unwrap();
    write.commit().await.unwrap();

    let new = ask(&site, "new@example.lv").await;
    assert_eq!(new.0, StatusCode::OK);
    for address in ["known@example.lv", "pending@example.lv", "complained@example.lv", "new@example.lv"] {
        assert_eq!(ask(&site, address).await, new, "{address}");
    }
    assert!(matches!(site.subscription("new@example.lv").await.state, SubscriptionState::Pending { .. }));
    let state = site.subscription("complained@example.lv").await.state;
    assert!(matches!(state, SubscriptionState::Suppressed { .. }));
    let consent = site.app.store.consent(site.subscription("new@example.lv").await.id).await.unwrap();
    assert_eq!((consent[0].channel.as_str(), consent[0].origin.as_str()), ("form", "127.0.0.0/24"));
    assert!(!consent[0].words.is_empty());

    // A machine that fills the hidden field is told the same, and nothing is done.
    let before = site.dump().await;
    let fields = [("email", "robot@example.lv"), ("language", "lv"), ("website", "http://spam.example")];
    assert_eq!(body(site.post("/subscribe", &fields).await).await, new.2);
    assert_eq!(before, site.dump().await);
}

async fn too_many_requests_from_a_network_are_refused(site: Site) {
    let ask = async |number: usize, network: &str| {
        let form = format!("email=reader{number}%40example.lv&language=en&website=");
        let request = site.request(Method::POST, "/subscribe").header("X-Forwarded-For", network);
        let request = request.header("Content-Type", "application/x-www-form-urlencoded");
        request.header("Accept-Language", "en").body(form).send().await.unwrap()
    };
    for number in 0..20 {
        // Its neighbours count as one.
        let address = format!("203.0.113.{number}");
        assert_eq!(ask(number, &address).await.status(), StatusCode::OK);
    }
    let refused = ask(20, "203.0.113.200").await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(header(&refused, "retry-after"), "3600");
    assert_eq!(ask(21, "198.51.100.1").await.status(), StatusCode::OK);
    assert_eq!(site.app.store.subscriptions(site.app.publication, "").await.unwrap().len(), 21);
    site.app.clock.advance_to(now() + chrono::TimeDelta::minutes(61));
    assert_eq!(ask(22, "203.0.113.200").await.status(), StatusCode::OK);
}

async fn a_form_of_another_site_is_refused(site: Site) {
    let ask = async |name: &str, value: &str| {
        let request = site.request(Method::POST, "/subscribe").header(name, value);
        let request = request.header("Content-Type", "application/x-www-form-urlencoded");
        request.body("email=a%40example.lv&language=en").send().await.unwrap().status()
    };
    let before = site.dump().await;
    for (name, value) in [
        ("Sec-Fetch-Site", "cross-site"),
        ("Origin", "https://evil.example"),
        ("Origin", "null"),
        ("Origin", "?"),
    ] {
        assert_eq!(ask(name, value).await, StatusCode::FORBIDDEN, "{name}: {value}");
    }
    assert_eq!(before, site.dump().await);
    let own = format!("http://{}", site.address);
    for (name, value) in
        [("Sec-Fetch-Site", "same-origin"), ("Origin", "https://zinas.selija.com"), ("Origin", own.as_str())]
    {
        assert_eq!(ask(name, value).await, StatusCode::OK, "{name}: {value}");
    }
}

async fn a_wrong_address_comes_back_as_it_was_typed(site: Site) {
    let before = site.dump().await;
    for typed in ["anna", "anna@", "a b@example.lv", "", "\"><script>alert(1)</script>@x"] {
        let response =
            site.post("/subscribe", &[("email", typed), ("language", "lv"), ("website", "")]).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        let page = body(response).await;
        assert!(page.contains("aria-invalid=\"true\"") && !page.contains("<script"), "{page}");
        if typed == "anna" {
            assert!(page.contains("value=\"anna\""));
        }
    }
    assert_eq!(before, site.dump().await);
}

async fn a_machines_address_is_refused(site: Site) {
    let (status, _, body) = ask(&site, "mailer-daemon@pasts.example").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body.contains("email-error") && body.contains("mailer-daemon@pasts.example"), "{body}");
}

async fn the_button_confirms_and_the_second_time_says_so(site: Site) {
    let row = site.pending("anna@example.lv").await;
    let path = site.path("confirm", Purpose::Confirm, row.public_id);
    let page = body(site.get(&path).await).await;
    // The reader's language, not the browser's; and not the whole address.
    assert!(page.contains("<html lang=\"en\">") && page.contains("method=\"post\""), "{page}");
    assert!(!page.contains("anna@example.lv"));
    let first = site.post(&path, &[]).await;
    assert_eq!(first.status(), StatusCode::OK);
    let first = body(first).await;
    let after = site.subscription("anna@example.lv").await;
    assert!(matches!(after.state, SubscriptionState::Confirmed { .. }));
    let consent = site.app.store.consent(row.id).await.unwrap();
    let shown = &consent.last().unwrap().words;
    assert!(!shown.is_empty());
    let text = page.replace("&quot;", "\"").replace("&amp;", "&");
    assert!(text.contains(shown.as_str()), "what is kept is what was shown: {shown}");
    let before = site.dump().await;
    let second = body(site.post(&path, &[]).await).await;
    assert_ne!(first, second);
    assert_eq!(before, site.dump().await);
}

async fn one_click_leaves_in_both_encodings(site: Site) {
    let parts =
        "--=_b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--=_b--\r\n";
    let encodings = [
        ("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"),
        ("multipart/form-data; boundary=\"=_b\"", parts),
    ];
    let mut answers = Vec::new();
    for (number, (kind, form)) in encodings.into_iter().enumerate() {
        let address = format!("reader{number}@example.lv");
        let row = site.confirmed(&address).await;
        let path = site.path("leave", Purpose::Leave, row.public_id);
        let unknown = site.path("leave", Purpose::Leave, 4711);
        for path in [path.as_str(), path.as_str(), unknown.as_str(), "/leave/forged"] {
            let request = site.request(Method::POST, path).header("Content-Type", kind);
            let response = request.body(form).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::OK, "{path}");
            assert_eq!((header(&response, "set-cookie"), header(&response, "location")), <_>::default());
            answers.push(body(response).await);
        }
        let row = site.subscription(&address).await;
        assert!(matches!(row.state, SubscriptionState::Unsubscribed { .. }));
        let consent = site.app.store.consent(row.id).await.unwrap();
        assert_eq!(consent.iter().filter(|event| event.channel == "one-click").count(), 1);
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "no answer tells whether a link is one of ours: {answers:?}");
}

async fn a_person_leaves_by_the_page_and_comes_back(site: Site) {
    let row = site.confirmed("anna@example.lv").await;
    let path = site.path("leave", Purpose::Leave, row.public_id);
    assert!(body(site.get(&path).await).await.contains("value=\"leave\""));
    // A body that says neither changes nothing.
    assert_eq!(site.post(&path, &[("x", "y")]).await.status(), StatusCode::BAD_REQUEST);
    let left = site.post(&path, &[("do", "leave")]).await;
    assert_eq!(left.status(), StatusCode::OK);
    assert!(body(left).await.contains("value=\"undo\""));
    assert!(matches!(
        site.subscription("anna@example.lv").await.state,
        SubscriptionState::Unsubscribed { .. }
    ));
    // Years later the link still is good.
    site.app.clock.advance_to(now() + chrono::TimeDelta::days(4000));
    assert!(body(site.get(&path).await).await.contains("value=\"undo\""));
    assert_eq!(site.post(&path, &[("do", "undo")]).await.status(), StatusCode::OK);
    assert!(matches!(site.subscription("anna@example.lv").await.state, SubscriptionState::Confirmed { .. }));
    // Someone who never confirmed is not made a reader by the same button.
    let pending = site.pending("janis@example.lv").await;
    let path = site.path("leave", Purpose::Leave, pending.public_id);
    let left = body(site.post(&path, &[("do", "leave")]).await).await;
    assert!(!left.contains("value=\"undo\""));
    assert_eq!(site.post(&path, &[("do", "undo")]).await.status(), StatusCode::GONE);
    assert!(matches!(
        site.subscription("janis@example.lv").await.state,
        SubscriptionState::Unsubscribed { .. }
    ));
}

async fn a_link_that_is_old_or_forged_says_one_sentence(site: Site) {
    let row = site.pending("anna@example.lv").await;
    let (_, decide) = site.item("Talka", &[]).await;
    let confirm = site.path("confirm", Purpose::Confirm, row.public_id);
    let leave = site.path("leave", Purpose::Leave, row.public_id);
    let reminder = site.path("reminders", Purpose::Reminder, 5);
    let other = leave.replace("/leave/", "/confirm/");
    let before = site.dump().await;
    for path in ["/confirm/x", "/leave/x", "/reminders/x", "/decide/x", &other, &reminder, "/leave/%00%ff"] {
        for response in [site.get(path).await, site.post(path, &[("do", "leave"), ("revision", "0")]).await] {
            assert!(matches!(response.status().as_u16(), 404 | 400), "{path}: {}", response.status());
            let page = body(response).await;
            assert_eq!(page.matches("<h1").count(), 1, "{path}: {page}");
        }
    }
    site.app.clock.advance_to(now() + chrono::TimeDelta::days(90));
    for path in [&confirm, &decide] {
        assert_eq!(site.get(path).await.status(), StatusCode::GONE);
        assert_eq!(site.post(path, &[("do", "approve"), ("revision", "0")]).await.status(), StatusCode::GONE);
    }
    let used_up = site.app.secret.token(Purpose::Confirm, 1234, TokenLife::Forever);
    assert_eq!(site.get(&format!("/confirm/{}", used_up.as_str())).await.status(), StatusCode::GONE);
    assert_eq!(before, site.dump().await);
}

async fn a_contributor_leaves_the_reminder(site: Site) {
    let path = site.path("reminders", Purpose::Reminder, contributor(&site).await);
    let reminded = async || site.app.store.reminded_contributors(site.app.publication).await.unwrap().len();
    assert!(body(site.get(&path).await).await.contains("value=\"leave\""));
    assert_eq!(reminded().await, 1);
    assert_eq!(site.post(&path, &[("List-Unsubscribe", "One-Click")]).await.status(), StatusCode::OK);
    assert_eq!(reminded().await, 0);
    let again = body(site.post(&path, &[("do", "leave")]).await).await;
    assert!(!again.contains("value=\"leave\""));
}

async fn a_form_with_nul_is_read_without_it(site: Site) {
    let (id, path) = site.item("Talka", &[]).await;
    let reason = "Bija\0 jau.\u{e000}\u{202e}";
    let form = [("do", "reject"), ("revision", "1"), ("reason", reason), ("title", "Tal\0ka")];
    assert_eq!(site.post(&path, &form).await.status(), StatusCode::OK);
    let row = site.app.store.item(id).await.unwrap().unwrap();
    assert_eq!(row.item.content.title, "Talka");
    assert!(matches!(row.item.state, issues::ItemState::Rejected { reason, .. } if reason == "Bija jau."));
    let (status, ..) = ask(&site, "an\0na@pasts.example").await;
    assert_eq!(status, StatusCode::OK);
}

async fn only_what_went_out_is_public(site: Site) {
    let (out, decide) = site.item("Izgājusi", &["Taka"]).await;
    let (draft, _) = site.item("Melnraksts", &["Ezers"]).await;
    let photo = async |item: i64| {
        let row = site.app.store.item(item).await.unwrap().unwrap();
        row.item.content.photos[0].sha256.clone()
    };
    let (year, number) = site.issue(&[out], true).await;
    let (_, unsent) = site.issue(&[draft], false).await;
    let page = body(site.get(&format!("/{year}/{number}")).await).await;
    assert!(page.contains("Izgājusi") && page.contains(&format!("src=\"/photo/{}.jpg\"", photo(out).await)));
    assert!(body(site.get("/").await).await.contains("Izgājusi"));
    let item = site.get(&format!("/{year}/{number}/zina-{out}")).await;
    assert!(body(item).await.contains("Izgājusi"));
    site.app.clock.advance_to(now() + chrono::TimeDelta::days(40));
    let later = body(site.get(&format!("/{year}/{number}")).await).await;
    assert!(later.contains("decembrī"), "an issue keeps its dates when they have passed: {later}");
    assert_eq!(site.get(&format!("/photo/{}.jpg", photo(out).await)).await.status(), StatusCode::OK);
    let hidden = photo(draft).await;
    for path in [
        format!("/{year}/{unsent}"),
        format!("/{year}/{unsent}/zina-{draft}"),
        format!("/{year}/{number}/zina-{draft}"),
        format!("/{year}/0{number}"),
        format!("/{year}/+{number}"),
        format!("/99999999999/{number}"),
        format!("/photo/{hidden}.jpg"),
        format!("/photo/{}.jpg", "%25".repeat(64)),
        format!("{decide}/photo/{hidden}.jpg"),
        "/no/such/page/at/all".to_owned(),
    ] {
        assert_eq!(site.get(&path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

async fn hostile_names_are_inert(site: Site) {
    let name = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u{202e}";
    let (item, decide) = site.item(name, &[name]).await;
    let (year, number) = site.issue(&[item], true).await;
    let typed =
        [("do", "ask"), ("revision", "9"), ("question", name), ("title", name), ("photos.0.alt", name)];
    let mut pages = vec![body(site.post(&decide, &typed).await).await];
    for path in ["/", &format!("/{year}/{number}"), &format!("/{year}/{number}/zina-{item}"), &decide] {
        pages.push(body(site.get(path).await).await);
    }
    for page in pages {
        assert!(page.contains("&lt;script&gt;"), "{page}");
        assert!(
            !page.contains("<script") && !page.contains("<img src=x") && !page.contains('\u{202e}'),
            "{page}"
        );
    }
}

async fn a_body_without_end_is_refused(site: Site) {
    let (_, decide) = site.item("Talka", &[]).await;
    let before = site.dump().await;
    for size in [(1 << 20) + 1, 3 << 20] {
        for path in ["/subscribe", decide.as_str(), "/leave/x"] {
            let form = format!("do=approve&revision=1&text={}", "a".repeat(size));
            let request = site.request(Method::POST, path);
            let request = request.header("Content-Type", "application/x-www-form-urlencoded").body(form);
            // The refusal may come while the rest is still being sent.
            if let Ok(response) = request.send().await {
                assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE, "{path}");
            }
        }
    }
    assert_eq!(before, site.dump().await);
    assert_eq!(site.get("/").await.status(), StatusCode::OK);
}

async fn health_tells_of_the_database(site: Site) {
    let response = site.get("/healthz").await;
    assert_eq!(
        (response.status(), header(&response, "content-type")),
        (StatusCode::OK, "application/json".into())
    );
    assert_eq!(
        body(response).await,
        "{\"database\":\"ok\",\"mailbox_reached_at\":null,\"receiving\":\"not looked yet\",\"sending\":\"ok\",\"status\":\"ok\"}\n"
    );
    let door = Door(site.app.clone());
    door.mailbox_reached();
    let health = body(site.get("/healthz").await).await;
    assert!(
        health.contains("\"receiving\":\"ok\"") && health.contains("\"mailbox_reached_at\":\"2026-"),
        "{health}"
    );
    door.mailbox_lost("the mailbox cannot be reached");
    let health = body(site.get("/healthz").await).await;
    assert!(health.contains("\"receiving\":\"the mailbox cannot be reached\""), "{health}");
    assert!(health.contains("\"status\":\"degraded\"") && health.contains("\"sending\":\"ok\""), "{health}");
    assert!(health.contains("\"mailbox_reached_at\":\"2026-"), "when it was last well: {health}");
    door.mailbox_reached();
    // Mail that nobody reads is told of as well.
    let mail = arrival(mail("", "Sestdien talka pie ezera!"), Source::Smtp);
    door.store(mail).await.unwrap();
    site.app.clock.advance_to(site.app.clock.now() + chrono::TimeDelta::minutes(11));
    let health = body(site.get("/healthz").await).await;
    assert!(health.contains("has not been read") && !health.contains("ilze@"), "{health}");
    let fault =
        r#"{"since":"2026-11-01T00:00:00Z","what":"the relay says no","reply":"550 <anna@pasts.example>"}"#;
    let mut write = site.app.store.write().await.unwrap();
    write.put_setting("outbound_fault", fault).await.unwrap();
    write.commit().await.unwrap();
    let health = body(site.get("/healthz").await).await;
    assert!(health.contains("the relay says no") && !health.contains("anna@"), "{health}");
    site.app.store.close().await;
    let response = site.get("/healthz").await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(body(response).await.contains("\"status\":\"failing\""));
    // Pages say that it is our fault, in words and without the cause.
    let page = site.get("/").await;
    assert_eq!(page.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let page = body(page).await;
    assert!(page.contains("<h1") && !page.contains("pool"), "{page}");
}

async fn a_stop_waits_for_nobody_who_has_fallen_silent(mut site: Site) {
    use tokio::io::AsyncWriteExt as _;

    // One connection that is kept open, and one that has begun to ask.
    assert_eq!(site.get("/healthz").await.status(), StatusCode::OK);
    let mut silent = tokio::net::TcpStream::connect(site.address).await.unwrap();
    silent.write_all(b"GET / HTTP/1.1\r\nHost: x").await.unwrap();
    site.shutdown.cancel();
    let stopped = tokio::time::timeout(std::time::Duration::from_secs(20), &mut site.serving).await;
    stopped.unwrap().unwrap().unwrap();
}
