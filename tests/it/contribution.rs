//! The contributor's own page on her item, over real HTTP: what it shows, and taking the item back.

use issues::{Item, ItemState};
use reqwest::{Method, StatusCode};
use subscribers::Purpose;
use zinas::newsroom::moderate::{Act, NotDecided, decide};
use zinas::store::ItemRow;

use crate::support::letters::{link, waiting_for};
use crate::support::newsroom::{self, ANNA, from_anna, receive, route_all};
use crate::support::site::{Site, body, header, now, on_both_databases};

on_both_databases! {
    the_thanks_lead_to_the_page_and_looking_changes_nothing
    a_link_that_is_forged_or_old_opens_nothing
    an_item_is_withdrawn_once_and_an_editor_can_undo_it
    a_withdrawal_of_what_was_changed_since_is_refused
    what_is_in_an_approved_issue_stays
    of_a_withdrawal_and_an_approval_at_once_one_is_told
}

async fn row(site: &Site, item: i64) -> ItemRow {
    site.app.store.item(item).await.unwrap().unwrap()
}

/// An item that may be approved, and its contributor's page.
async fn item(site: &Site) -> (i64, String) {
    let (item, _) = site.item("Talka Ritē", &["Taka gar ezeru"]).await;
    let path = site.path("news", Purpose::Contribution, row(site, item).await.public_id);
    (item, path)
}

async fn withdraw(site: &Site, path: &str, revision: i64) -> (StatusCode, String) {
    let revision = revision.to_string();
    let response = site.post(path, &[("do", "withdraw"), ("revision", &revision)]).await;
    (response.status(), body(response).await)
}

async fn set(site: &Site, item: i64, state: ItemState) {
    let before = row(site, item).await;
    let after = Item { state, content: before.item.content.clone() };
    let mut write = site.app.store.write().await.unwrap();
    assert!(write.change_item(&before, &after, "", "schedule", "plan", now()).await.unwrap());
    write.commit().await.unwrap();
}

async fn the_thanks_lead_to_the_page_and_looking_changes_nothing(site: Site) {
    receive(
        &site.app,
        from_anna("Talka", "Sestdien talka pie ezera, nāciet visi!\r\n\r\nLīdzi jāņem cimdi."),
    )
    .await;
    route_all(&site.app).await;
    let thanks = waiting_for(&site.app, "Anna.Berzina@pasts.example").await;
    let path = link(&thanks[0], "/news/");
    let (item, with_photo) = item(&site).await;
    let photo = row(&site, item).await.item.content.photos[0].sha256.clone();
    let before = site.dump().await;
    for path in [path.clone(), with_photo.clone(), format!("{with_photo}/photo/{photo}.jpg")] {
        for method in [Method::GET, Method::HEAD, Method::GET, Method::HEAD] {
            let response = site.request(method, &path).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::OK, "{path}");
            assert_eq!(header(&response, "cache-control"), "no-store", "{path}");
            assert_eq!(header(&response, "referrer-policy"), "no-referrer", "{path}");
        }
    }
    assert_eq!(site.dump().await, before);
    let page =
        body(site.request(Method::GET, &path).header("Accept-Language", "lv").send().await.unwrap()).await;
    assert!(
        page.contains("Paldies, ziņu esam saņēmuši") && page.contains("name=\"robots\" content=\"noindex\"")
    );
    assert_eq!(page.matches("Līdzi jāņem cimdi.").count(), 2, "as sent and as it will be printed");
    assert!(page.contains("mailto:info+i."), "her letter finds the item");
    let other = site.get(&format!("{path}/photo/{photo}.jpg")).await;
    assert_eq!(other.status(), StatusCode::NOT_FOUND, "the photo of another's item");
}

async fn a_link_that_is_forged_or_old_opens_nothing(site: Site) {
    let (item, path) = item(&site).await;
    let public_id = row(&site, item).await.public_id;
    let day = "2025-01-01".parse().unwrap();
    let old = site.app.token_of(Purpose::Contribution, public_id, day);
    let old = format!("/news/{}", old.as_str());
    let decides = site.path("news", Purpose::Decide, public_id);
    let nothing = site.path("news", Purpose::Contribution, 1);
    let forged = format!("{}z", &path[..path.len() - 1]);
    let before = site.dump().await;
    for (path, status) in [(forged, 404), (decides, 404), (old, 410), (nothing, 410)] {
        assert_eq!(site.get(&path).await.status(), status, "{path}");
        assert_eq!(withdraw(&site, &path, 1).await.0, status, "{path}");
    }
    assert_eq!(withdraw(&site, &path, 7).await.0, StatusCode::CONFLICT);
    assert_eq!(
        site.post(&path, &[("do", "approve"), ("revision", "1")]).await.status(),
        StatusCode::BAD_REQUEST
    );
    assert_eq!(site.post(&path, &[("do", "withdraw")]).await.status(), StatusCode::BAD_REQUEST);
    assert_eq!(site.dump().await, before);
}

async fn an_item_is_withdrawn_once_and_an_editor_can_undo_it(site: Site) {
    let (item, path) = item(&site).await;
    decide(&site.app, item, None, Act::Approve, ANNA).await.unwrap();
    let mails = site.app.store.count_waiting_mails().await.unwrap();
    for _ in 0..2 {
        let (status, page) = withdraw(&site, &path, 2).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("role=\"status\"") && !page.contains("value=\"withdraw\""), "{page}");
    }
    let revisions = site.app.store.revisions(item).await.unwrap();
    let acts: Vec<_> = revisions.iter().map(|one| (one.act.as_str(), one.channel.as_str())).collect();
    assert_eq!(acts, [("approve", "command"), ("withdraw", "page")]);
    assert_eq!(site.app.store.count_waiting_mails().await.unwrap(), mails, "nobody is mailed");
    let refused = decide(&site.app, item, None, Act::Approve, ANNA).await.unwrap_err();
    assert!(matches!(refused, NotDecided::Refused(_)), "{refused}");
    let desk = site.desk(0).await;
    let page = desk.page("/desk/decisions").await;
    assert_eq!(
        page.matches("name=\"item\"").count(),
        1,
        "the withdrawal can be undone, not what came before: {page}"
    );
    let undone = desk.post("/desk/decisions/undo", &[("item", &item.to_string()), ("revision", "3")]).await;
    assert_eq!(undone.status(), StatusCode::SEE_OTHER);
    assert_eq!(row(&site, item).await.item.state.name(), "approved");
}

async fn a_withdrawal_of_what_was_changed_since_is_refused(site: Site) {
    let (item, path) = item(&site).await;
    decide(&site.app, item, None, Act::Approve, ANNA).await.unwrap();
    let (status, page) = withdraw(&site, &path, 1).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("role=\"alert\"") && page.contains("name=\"revision\" value=\"2\""), "{page}");
    assert_eq!(row(&site, item).await.item.state.name(), "approved");
    assert_eq!(withdraw(&site, &path, 2).await.0, StatusCode::OK);
}

async fn what_is_in_an_approved_issue_stays(site: Site) {
    let (item, path) = item(&site).await;
    let (year, number) = site.issue(&[item], true).await;
    let issue = site.app.store.issues(site.app.publication, "").await.unwrap()[0].id;
    set(&site, item, ItemState::Planned { issue, by: "anna".into(), at: now() }).await;
    let page = body(site.get(&path).await).await;
    assert!(page.contains("value=\"withdraw\""), "a draft can still be changed");
    let approved = issues::IssueState::Sending { by: "anna".into(), not_before: now() };
    let mut write = site.app.store.write().await.unwrap();
    write.change_issue(issue, &approved).await.unwrap();
    write.commit().await.unwrap();
    let (status, page) = withdraw(&site, &path, 2).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(!page.contains("value=\"withdraw\""), "{page}");
    set(&site, item, ItemState::Published { issue, at: now() }).await;
    let (status, page) = withdraw(&site, &path, 3).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains(&format!("href=\"/{year}/{number}/zina-{item}\"")), "{page}");
    assert_eq!(row(&site, item).await.item.state.name(), "published");
}

async fn of_a_withdrawal_and_an_approval_at_once_one_is_told(site: Site) {
    for _ in 0..20 {
        let item = newsroom::item(&site.app, "Talka").await;
        let path = site.path("news", Purpose::Contribution, row(&site, item).await.public_id);
        let approval = decide(&site.app, item, Some(1), Act::Approve, ANNA);
        let ((status, _), approved) = tokio::join!(withdraw(&site, &path, 1), approval);
        let state = row(&site, item).await.item.state;
        match approved {
            Ok(_) => {
                assert_eq!((status, state.name()), (StatusCode::CONFLICT, "approved"));
            }
            Err(NotDecided::Overtaken { now, .. }) => {
                assert_eq!((status, state.name()), (StatusCode::OK, "withdrawn"));
                assert_eq!(now.item.state.name(), "withdrawn", "the editor is told what happened");
            }
            Err(error) => panic!("{error}"),
        }
        assert_eq!(site.app.store.revisions(item).await.unwrap().len(), 1);
    }
}
