//! Many work on one issue and its items in the same moment, on both databases: each is served in turn, and nobody fails
//! because two waited for each other.

use std::time::Duration;

use chrono::TimeDelta;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use subscribers::{EmailAddress, Language};
use tokio::task::JoinHandle;
use zinas::app::SharedApp;
use zinas::newsroom::edition::{self, NotDone};
use zinas::newsroom::moderate::{Act, NotDecided, decide};
use zinas::newsroom::told;

use crate::support::newsroom::ANNA;
use crate::support::site::{Site, on_both_databases};

on_both_databases! {
    the_end_of_the_hold_goes_together_with_decisions
}

/// Until a task that was started waits for what the story holds, or has ended.
const STARTS_IN: Duration = Duration::from_millis(400);

/// Pending items of these titles.
async fn items<const N: usize>(site: &Site, titles: [&str; N]) -> [i64; N] {
    let mut items = [0; N];
    for (item, title) in items.iter_mut().zip(titles) {
        *item = site.item(title, &[]).await.0;
    }
    items
}

/// An issue of two items in its hold, which is over, and an item that waits for a decision.
async fn held(site: &Site) -> (i64, [i64; 3]) {
    let all = items(site, ["Pirmā", "Otrā", "Trešā"]).await;
    for item in &all[..2] {
        decide(&site.app, *item, None, Act::Approve, ANNA).await.unwrap();
    }
    let issue = edition::assemble_at_desk(&site.app, None).await.unwrap().id;
    edition::send(&site.app, Some(issue), "anna").await.unwrap();
    site.app.clock.advance_to(site.app.clock.now() + TimeDelta::minutes(10));
    (issue, all)
}

async fn started<T: Send + 'static>(task: impl Future<Output = T> + Send + 'static) -> JoinHandle<T> {
    let task = tokio::spawn(task);
    tokio::time::sleep(STARTS_IN).await;
    task
}

/// Was a decision taken, or honestly refused?
fn is_settled<T>(decided: Result<T, NotDecided>) {
    match decided {
        Ok(_) | Err(NotDecided::Refused(_) | NotDecided::Overtaken { .. }) => {}
        Err(error) => panic!("{error:?}"),
    }
}

fn is_arranged<T>(done: Result<T, NotDone>) {
    if let Err(NotDone::Failed(error)) = done {
        panic!("{error:?}");
    }
}

async fn deciding(app: SharedApp, item: i64, act: Act) -> Result<(), NotDecided> {
    decide(&app, item, None, act, ANNA).await.map(drop)
}

fn rejecting() -> Act {
    Act::Reject { reason: "Jau bija".to_owned() }
}

// Who waits for which row is told where rows are locked; SQLite has one writer, who is waited for whole.

#[tokio::test(flavor = "multi_thread")]
async fn who_decides_waits_for_the_issue_before_the_item() {
    let Some(site) = Site::on_postgres().await else { return };
    let (issue, [item, ..]) = held(&site).await;
    let mut write = site.app.store.write().await.unwrap();
    write.issue_for_change(issue).await.unwrap().unwrap();
    // The end of the hold is first in the line for the issue, and takes its items then.
    let app = site.app.clone();
    let ending = started(async move { edition::advance(&app).await }).await;
    let decided = started(deciding(site.app.clone(), item, rejecting())).await;
    write.commit().await.unwrap();
    assert!(ending.await.unwrap().unwrap());
    assert!(matches!(decided.await.unwrap(), Err(NotDecided::Refused(_))), "it is published");
    assert_eq!(site.app.store.item(item).await.unwrap().unwrap().item.state.name(), "published");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_issue_opens_behind_the_back_of_who_decides() {
    let Some(site) = Site::on_postgres().await else { return };
    let (_, [_, _, item]) = held(&site).await;
    assert!(edition::advance(&site.app).await.unwrap(), "the hold is over, and nobody gets a letter");
    let open = site.app.store.issues(site.app.publication, "draft").await.unwrap();
    assert!(open.is_empty(), "the next one opens when this one is sent");
    let mut write = site.app.store.write().await.unwrap();
    write.item_for_change(item).await.unwrap().unwrap();
    // Saw no open issue, and waits for the item.
    let decided = started(deciding(site.app.clone(), item, Act::Approve)).await;
    // Meanwhile the next issue would open, and be put together of what is approved.
    let app = site.app.clone();
    let opening = started(async move { edition::advance(&app).await }).await;
    let app = site.app.clone();
    let assembling = started(async move { edition::assemble_at_desk(&app, None).await }).await;
    write.commit().await.unwrap();
    decided.await.unwrap().unwrap();
    assert!(opening.await.unwrap().unwrap());
    assembling.await.unwrap().unwrap();
}

/// Workers that draw what they do, each from a seed of its own.
const WORKERS: u64 = 5;
const ACTS: usize = 12;

async fn the_end_of_the_hold_goes_together_with_decisions(site: Site) {
    let second = EmailAddress::parse("velga@salas.example").unwrap();
    let mut write = site.app.store.write().await.unwrap();
    let language = Language::Latvian;
    write.keep_editor(site.app.publication, &second, "Velga", language, site.app.clock.now()).await.unwrap();
    write.commit().await.unwrap();
    site.confirmed("anna@readers.example").await;
    let (issue, all) = held(&site).await;
    let more = items(&site, ["Ceturtā", "Piektā"]).await;
    let all: Vec<i64> = all.into_iter().chain(more).collect();
    let mut workers = Vec::new();
    for seed in 0..WORKERS {
        let (app, all) = (site.app.clone(), all.clone());
        workers.push(tokio::spawn(async move {
            let mut random = StdRng::seed_from_u64(seed);
            for _ in 0..ACTS {
                let item = *all.choose(&mut random).unwrap();
                match random.random_range(0..10) {
                    0 | 1 => is_settled(deciding(app.clone(), item, Act::Approve).await),
                    2 | 3 => is_settled(deciding(app.clone(), item, rejecting()).await),
                    4 | 5 => is_settled(deciding(app.clone(), item, Act::Undo).await),
                    6 => drop(edition::advance(&app).await.unwrap()),
                    7 => {
                        app.clock.advance_to(app.clock.now() + TimeDelta::minutes(3));
                        told::step(&app).await.unwrap();
                    }
                    8 => is_arranged(edition::assemble_at_desk(&app, None).await),
                    _ => is_arranged(edition::reopen(&app, issue, "anna").await),
                }
            }
        }));
    }
    for worker in workers {
        worker.await.unwrap();
    }
    // Each item stands in one issue, or in none.
    let mut standing = Vec::new();
    for row in site.app.store.issues(site.app.publication, "").await.unwrap() {
        for place in site.app.store.issue_items(row.id).await.unwrap() {
            let item = site.app.store.item(place.item).await.unwrap().unwrap();
            assert_eq!(item.item.state.issue(), Some(row.id), "{:?}", item.item.state);
            standing.push(place.item);
        }
    }
    let mut once = standing.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), standing.len());
}
