//! Signing in at the desk: who gets in, how, for how long, and what a form needs.

use chrono::TimeDelta;
use reqwest::{Method, StatusCode};
use subscribers::EmailAddress;
use zinas::web::routes::{Access, Kind, ROUTES};

use crate::support::site::{Site, body, header, now, on_both_databases};

on_both_databases! {
    a_link_signs_in_once_and_only_by_its_button
    a_link_is_over_after_a_quarter_of_an_hour
    nobody_learns_who_is_an_editor
    an_editor_gets_few_links_an_hour
    a_session_ends_when_it_is_told_to
    an_editor_who_was_removed_is_out_at_once
    what_is_sent_after_the_session_ended_is_not_lost
    a_form_is_taken_only_from_the_session_it_was_shown_in
    the_desk_is_closed_to_strangers
}

async fn a_link_signs_in_once_and_only_by_its_button(site: Site) {
    let link = site.sign_in_link(0).await;
    let before = site.dump().await;
    for method in [Method::GET, Method::HEAD, Method::GET] {
        let looked = site.request(method, &link).send().await.unwrap();
        assert_eq!(looked.status(), StatusCode::OK);
        assert_eq!(header(&looked, "set-cookie"), "");
        assert_eq!(header(&looked, "referrer-policy"), "no-referrer");
    }
    assert_eq!(before, site.dump().await, "scanners that follow links do no harm");
    let entered = site.post(&link, &[("to", "/desk/sessions")]).await;
    assert_eq!(entered.status(), StatusCode::SEE_OTHER);
    assert_eq!(header(&entered, "location"), "/desk/sessions");
    let cookie = header(&entered, "set-cookie");
    // A browser holds it no longer than it is good for.
    for part in ["__Host-zinas=", "HttpOnly", "Secure", "SameSite=Lax", "Path=/", "Max-Age=2592000"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let value = cookie.split(['=', ';']).nth(1).unwrap();
    assert!(
        value.len() == 64 && !site.dump().await.iter().any(|row| row.contains(value)),
        "only its hash is kept"
    );
    let again = site.post(&link, &[]).await;
    assert_eq!((again.status(), header(&again, "set-cookie")), (StatusCode::GONE, String::new()));
    assert!(body(again).await.contains("vairs neder"));
}

async fn a_link_is_over_after_a_quarter_of_an_hour(site: Site) {
    let link = site.sign_in_link(0).await;
    site.app.clock.advance_to(now() + TimeDelta::minutes(15));
    assert_eq!(site.get(&link).await.status(), StatusCode::GONE);
    assert_eq!(site.post(&link, &[]).await.status(), StatusCode::GONE);
    let desk = site.desk(0).await;
    site.app.clock.advance_to(now() + TimeDelta::days(31));
    let over = desk.get("/desk/sessions").await;
    assert_eq!(header(&over, "location"), "/desk/sign-in?to=%2Fdesk%2Fsessions");
}

async fn nobody_learns_who_is_an_editor(site: Site) {
    let editor = site.app.config.editors[0].address.as_str().to_uppercase();
    let mut answers = Vec::new();
    for address in [editor.as_str(), "stranger@example.lv"] {
        let answer = site.post("/desk/sign-in", &[("email", address), ("to", "/desk/item/7")]).await;
        assert_eq!(answer.status(), StatusCode::OK);
        answers.push(body(answer).await);
    }
    assert_eq!(answers[0], answers[1]);
    let mails: Vec<String> = outbox(&site).await;
    assert_eq!(mails.len(), 1);
    assert!(
        mails[0].contains("/desk/sign-in/") && mails[0].contains("?to=3D%2Fdesk%2Fitem%2F7"),
        "{}",
        mails[0]
    );
    let wrong = site.post("/desk/sign-in", &[("email", "<script>")]).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body(wrong).await.contains("value=\"&lt;script&gt;\""), "what was typed comes back inert");
    let foreign = site.request(Method::POST, "/desk/sign-in").header("Sec-Fetch-Site", "cross-site");
    let foreign = foreign.header("Content-Type", "application/x-www-form-urlencoded").body("email=a%40b.lv");
    assert_eq!(foreign.send().await.unwrap().status(), StatusCode::FORBIDDEN);
}

async fn outbox(site: &Site) -> Vec<String> {
    site.settle().await;
    let mails = site.mails("sign_in").await;
    mails.into_iter().map(|mail| String::from_utf8(mail).unwrap()).collect()
}

async fn an_editor_gets_few_links_an_hour(site: Site) {
    let editor = site.app.config.editors[0].address.as_str();
    for _ in 0..7 {
        let answer = site.post("/desk/sign-in", &[("email", editor)]).await;
        assert_eq!(answer.status(), StatusCode::OK, "the answer is the same");
    }
    assert_eq!(outbox(&site).await.len(), 5);
    for _ in 0..23 {
        site.post("/desk/sign-in", &[("email", "stranger@example.lv")]).await;
    }
    let refused = site.post("/desk/sign-in", &[("email", editor)]).await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    // Whoever played this joke does not keep her out from where she is.
    let from = |network: &'static str| {
        let body = url::form_urlencoded::Serializer::new(String::new()).append_pair("email", editor).finish();
        let request = site.request(Method::POST, "/desk/sign-in").header("X-Forwarded-For", network);
        request.header("Content-Type", "application/x-www-form-urlencoded").body(body).send()
    };
    assert_eq!(from("198.51.100.9").await.unwrap().status(), StatusCode::OK);
    assert_eq!(outbox(&site).await.len(), 6);
    for network in ["192.0.2.1", "203.0.113.1", "198.18.0.1"] {
        for _ in 0..6 {
            assert_eq!(from(network).await.unwrap().status(), StatusCode::OK);
        }
    }
    assert_eq!(outbox(&site).await.len(), 20, "and from everywhere there is an end");
}

async fn a_session_ends_when_it_is_told_to(site: Site) {
    let (phone, office) = (site.desk(0).await, site.desk(0).await);
    let page = office.page("/desk/sessions").await;
    let sessions: Vec<&str> = page
        .split("name=\"session\" value=\"")
        .skip(1)
        .map(|rest| &rest[..rest.find('"').unwrap()])
        .collect();
    assert_eq!(sessions.len(), 2);
    let ended = office.post("/desk/sessions", &[("session", sessions[1])]).await;
    assert_eq!(ended.status(), StatusCode::SEE_OTHER);
    assert_eq!(phone.get("/desk/sessions").await.status(), StatusCode::SEE_OTHER);
    assert!(office.page(&header(&ended, "location")).await.contains("role=\"status\""));
    assert_eq!(office.post("/desk/sign-out", &[]).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(
        header(&office.get("/desk/sessions").await, "location"),
        "/desk/sign-in?to=%2Fdesk%2Fsessions"
    );
}

async fn an_editor_who_was_removed_is_out_at_once(site: Site) {
    let ilze = EmailAddress::parse("ilze@example.lv").unwrap();
    let language = subscribers::Language::English;
    let mut write = site.app.store.write().await.unwrap();
    write.keep_editor(site.app.publication, &ilze, "Ilze", language, now()).await.unwrap();
    write.commit().await.unwrap();
    let place = site.app.config.editors.len();
    let desk = site.desk(place).await;
    let link = site.sign_in_link(place).await;
    assert!(desk.page("/desk/sessions").await.contains("Where you are signed in"), "in her language");
    let mut write = site.app.store.write().await.unwrap();
    assert!(write.remove_editor(site.app.publication, &ilze).await.unwrap());
    write.commit().await.unwrap();
    assert_eq!(desk.get("/desk/sessions").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(site.post(&link, &[]).await.status(), StatusCode::GONE);
}

/// What the page would send, as a browser reads it.
fn hidden_fields(page: &str) -> Vec<(String, String)> {
    let form = page.split("<form class=\"stack2\"").nth(1).unwrap().split("</form>").next().unwrap();
    let plain = |text: &str| {
        let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        text.replace("&#39;", "'").replace("&amp;", "&")
    };
    let field = |rest: &str| {
        let (name, rest) = rest.split_once("\" value=\"").unwrap();
        (plain(name), plain(rest.split_once('"').unwrap().0))
    };
    form.split("type=\"hidden\" name=\"").skip(1).map(field).collect()
}

async fn what_is_sent_after_the_session_ended_is_not_lost(site: Site) {
    let (id, _) = site.item("Talka", &[]).await;
    let desk = site.desk(0).await;
    let path = format!("/desk/item/{id}");
    let text = "Nāciet “visi” uz \"Talku\"!\n\n</p><script>alert(1)</script> & cimdi.";
    let fields = [("revision", "1"), ("text", text), ("question", "Cikos tā sākas?"), ("do", "save")];
    site.app.clock.advance_to(now() + TimeDelta::days(31));
    let before = site.dump().await;
    let told = desk.post(&path, &fields).await;
    assert_eq!((told.status(), header(&told, "cache-control")), (StatusCode::FORBIDDEN, "no-store".into()));
    let page = body(told).await;
    for part in
        ["Rakstītais nav zudis", "Cikos tā sākas?", &format!("action=\"{path}\""), "href=\"/desk/sign-in\""]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("<script>alert"), "{page}");
    assert_eq!(before, site.dump().await);
    let carried = hidden_fields(&page);
    let sent: Vec<(&str, &str)> =
        carried.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert!(fields.iter().all(|field| sent.contains(field)), "{sent:?}");
    // Whoever presses before she has signed in is told the same, and nothing is lost.
    assert_eq!(hidden_fields(&body(site.post(&path, &sent).await).await), carried);
    // Signed in again, she sees once more what she sends, and sends it.
    let later = site.desk(0).await;
    let told = later.post_bare(&path, &sent).await;
    assert_eq!(told.status(), StatusCode::FORBIDDEN);
    let page = body(told).await;
    assert!(page.contains("Esat atkal redakcijā") && page.contains(&later.form), "{page}");
    let carried = hidden_fields(&page);
    let sent: Vec<(&str, &str)> =
        carried.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let saved = later.post_bare(&path, &sent).await;
    assert_eq!(saved.status(), StatusCode::SEE_OTHER);
    assert_eq!(site.app.store.item(id).await.unwrap().unwrap().item.content.text, text);
    // What others made up is carried nowhere, and a button alone has nothing to carry.
    for (form, fields) in [("forged", &fields[..]), ("", &fields[..]), (desk.form.as_str(), &fields[3..])] {
        let all = [&[("form", form)], fields].concat();
        let answer = site.post(&path, &all).await;
        assert_eq!(header(&answer, "location"), "/desk/sign-in");
    }
    let long = "ā".repeat(600_000);
    let huge = site.post(&path, &[("form", desk.form.as_str()), ("text", long.as_str())]).await;
    assert_eq!(header(&huge, "location"), "/desk/sign-in", "strangers are not read for ever");
}

async fn a_form_is_taken_only_from_the_session_it_was_shown_in(site: Site) {
    let (desk, other) = (site.desk(0).await, site.desk(0).await);
    let before = site.dump().await;
    for form in ["", "forged", other.form.as_str()] {
        let refused = desk.post_bare("/desk/sign-out", &[("form", form)]).await;
        assert_eq!(refused.status(), StatusCode::FORBIDDEN, "{form:?}");
    }
    assert_eq!(desk.post_bare("/desk/sign-out", &[]).await.status(), StatusCode::FORBIDDEN);
    let foreign = site.request(Method::POST, "/desk/sign-out").header("Cookie", &desk.cookie);
    let foreign = foreign.header("Origin", "https://evil.example");
    let foreign = foreign.header("Content-Type", "application/x-www-form-urlencoded");
    let foreign = foreign.body(format!("form={}", desk.form)).send().await.unwrap();
    assert_eq!(foreign.status(), StatusCode::FORBIDDEN);
    assert_eq!(before, site.dump().await);
}

async fn the_desk_is_closed_to_strangers(site: Site) {
    let before = site.dump().await;
    for route in ROUTES.iter().filter(|route| route.access == Access::Editor) {
        let path = route.path.replace("{id}", "1").replace(['{', '}'], "");
        if route.kind != Kind::Act {
            let answer = site.get(&path).await;
            assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
            assert!(header(&answer, "location").starts_with("/desk/sign-in"), "{path}");
        }
        let posted = site.post(&path, &[("form", "forged"), ("do", "approve")]).await;
        let refused = [StatusCode::SEE_OTHER, StatusCode::METHOD_NOT_ALLOWED];
        assert!(refused.contains(&posted.status()), "{path}: {}", posted.status());
        assert!(header(&posted, "cache-control") == "no-store", "{path}");
    }
    assert_eq!(before, site.dump().await);
}
