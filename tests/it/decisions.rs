//! A hundred editors at once: one decision and ninety-nine honest answers, whatever they want and whichever way they
//! come, by the link of a notice, at the desk or by the program; and what was typed comes back to whoever was late. And
//! two at their desks, a hundred times.

use issues::ItemContent;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use reqwest::StatusCode;
use subscribers::{EmailAddress, Language};
use zinas::clock::random_id;
use zinas::store::NewItem;

use crate::support::desk::Desk;
use crate::support::site::{Site, now};

/// Drawn mixtures of wishes and ways, each on a database of its own.
const SEEDS: std::ops::Range<u64> = 0..3;
const EDITORS: usize = 100;
/// Programs take a connection each, and PostgreSQL has a hundred.
const PROGRAMS_MAX: usize = 30;
/// Of the hundred, those who are at the desk.
const DESKS: usize = 40;

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_decisions_make_one_on_sqlite() {
    for seed in SEEDS {
        decide_at_once(Site::on_sqlite().await, seed).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_decisions_make_one_on_postgres() {
    for seed in SEEDS {
        let Some(site) = Site::on_postgres().await else { return };
        decide_at_once(site, seed).await;
    }
}

/// Two editors press on the same item in the same moment, each having typed something, as often as this.
const TIMES: usize = 100;

#[tokio::test(flavor = "multi_thread")]
async fn two_editors_on_one_item_a_hundred_times_on_sqlite() {
    press_together(Site::on_sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_editors_on_one_item_a_hundred_times_on_postgres() {
    let Some(site) = Site::on_postgres().await else { return };
    press_together(site).await;
}

async fn press_together(site: Site) {
    let mut random = StdRng::seed_from_u64(7);
    let second = EmailAddress::parse("zane@redaktore.example").unwrap();
    let mut write = site.app.store.write().await.unwrap();
    write.keep_editor(site.app.publication, &second, "Zane", Language::Latvian, now()).await.unwrap();
    write.commit().await.unwrap();
    let desks = [site.desk(0).await, site.desk(1).await];
    for time in 0..TIMES {
        let content = ItemContent { title: format!("Talka {time}"), ..ItemContent::default() };
        let new = NewItem {
            public_id: random_id(),
            publication: site.app.publication,
            message: None,
            contributor: None,
            content: &content,
            received_at: now(),
        };
        let mut write = site.app.store.write().await.unwrap();
        let item = write.keep_item(&new).await.unwrap();
        write.commit().await.unwrap();
        let wishes = [(); 2].map(|()| *Wish::ALL.choose(&mut random).unwrap());
        let press = |number: usize| press_at_desk(&desks[number], item, wishes[number], number);
        let told = tokio::join!(press(0), press(1));
        let (granted, late) = match told {
            (Told::Done(wish), Told::Late(late)) | (Told::Late(late), Told::Done(wish)) => (wish, late),
            (Told::Done(_), Told::Done(_)) => {
                panic!("time {time}: both were told that they decided {wishes:?}")
            }
            (Told::Late(_), Told::Late(_)) => panic!("time {time}: nobody decided {wishes:?}"),
        };
        let row = site.app.store.item(item).await.unwrap().unwrap();
        assert_eq!(row.item.state.name(), granted.state(), "time {time}");
        let faster = site.app.store.revisions(item).await.unwrap().pop().unwrap();
        assert!(late.contains(&faster.by), "time {time}: nobody said who was faster: {late}");
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Wish {
    Approve,
    Postpone,
    Reject,
    Edit,
}

impl Wish {
    const ALL: [Wish; 4] = [Wish::Approve, Wish::Postpone, Wish::Reject, Wish::Edit];

    /// How the item stands when this wish was the one that was granted.
    fn state(self) -> &'static str {
        match self {
            Wish::Approve => "approved",
            Wish::Postpone => "postponed",
            Wish::Reject => "rejected",
            Wish::Edit => "pending",
        }
    }
}

/// What one of the hundred was told.
enum Told {
    Done(Wish),
    Late(String),
}

async fn decide_at_once(site: Site, seed: u64) {
    let mut random = StdRng::seed_from_u64(seed);
    let (item, page) = site.item("Talka", &[]).await;
    let programs = random.random_range(10..=PROGRAMS_MAX);
    let wish = |random: &mut StdRng| *Wish::ALL.choose(random).unwrap();
    let by_program = (0..programs).map(|number| program(&site, item, wish(&mut random), number));
    let by_program: Vec<_> = by_program.collect();
    let mut by_page = Vec::new();
    for _ in programs + DESKS..EDITORS {
        // The page of a link has no button for an edit alone.
        let wish = *Wish::ALL[..3].choose(&mut random).unwrap();
        by_page.push(press(&site, &page, wish));
    }
    let desk = site.desk(0).await;
    let at_desk = (0..DESKS).map(|number| press_at_desk(&desk, item, wish(&mut random), number));
    let at_desk: Vec<_> = at_desk.collect();
    let (by_program, by_page, at_desk) = futures_util::future::join3(
        futures_util::future::join_all(by_program),
        futures_util::future::join_all(by_page),
        futures_util::future::join_all(at_desk),
    )
    .await;
    let told: Vec<Told> = by_program.into_iter().chain(by_page).chain(at_desk).collect();
    assert_eq!(told.len(), EDITORS);
    let done: Vec<Wish> = told
        .iter()
        .filter_map(|told| match told {
            Told::Done(wish) => Some(*wish),
            Told::Late(_) => None,
        })
        .collect();
    let [granted] = done[..] else { panic!("seed {seed}: {} were told that they decided", done.len()) };
    let row = site.app.store.item(item).await.unwrap().unwrap();
    assert_eq!(row.item.state.name(), granted.state(), "seed {seed}");
    let revisions = site.app.store.revisions(item).await.unwrap();
    // At the desk an edit and its decision are one whole with a revision each.
    let (revision, one) = match revisions.as_slice() {
        [one] => (one, true),
        [edit, decision] => {
            (decision, edit.by == decision.by && edit.channel == "desk" && edit.act == "edit")
        }
        more => panic!("seed {seed}: {} revisions", more.len()),
    };
    assert!(one, "seed {seed}: two decided");
    for told in &told {
        if let Told::Late(words) = told {
            assert!(words.contains(&revision.by), "seed {seed}: nobody said who was faster: {words}");
        }
    }
}

async fn press(site: &Site, page: &str, wish: Wish) -> Told {
    let button = match wish {
        Wish::Approve => "approve",
        Wish::Postpone => "postpone",
        Wish::Reject | Wish::Edit => "reject",
    };
    let form = [("do", button), ("reason", "Jau bija"), ("revision", "1")];
    let response = site.post(page, &form).await;
    match response.status() {
        StatusCode::OK => Told::Done(wish),
        StatusCode::CONFLICT => Told::Late(response.text().await.unwrap()),
        other => panic!("{other}"),
    }
}

async fn press_at_desk(desk: &Desk<'_>, item: i64, wish: Wish, number: usize) -> Told {
    let button = match wish {
        Wish::Approve => "approve",
        Wish::Postpone => "postpone",
        Wish::Reject => "reject",
        Wish::Edit => "save",
    };
    let text = format!("Teksts, ko raksta redaktore Nr. {number}.");
    let form = [("do", button), ("ready_reason", "double"), ("revision", "1"), ("text", text.as_str())];
    let response = desk.post(&format!("/desk/item/{item}"), &form).await;
    match response.status() {
        StatusCode::SEE_OTHER => Told::Done(wish),
        StatusCode::CONFLICT => {
            let page = response.text().await.unwrap();
            let field = page.split("name=\"text\"").nth(1).unwrap().split("</textarea>").next().unwrap();
            assert!(field.contains(&text), "what was typed is lost");
            Told::Late(page)
        }
        other => panic!("{other}"),
    }
}

async fn program(site: &Site, item: i64, wish: Wish, number: usize) -> Told {
    let item = item.to_string();
    let by = format!("Redaktore Nr. {number}");
    let mut program = site.program();
    let (verb, words) = match wish {
        Wish::Approve => ("approve", None),
        Wish::Postpone => ("postpone", None),
        Wish::Reject => ("reject", Some(["--reason", "Jau bija"])),
        Wish::Edit => ("edit", Some(["--set", "title=Lielā talka"])),
    };
    program.args(["item", verb, &item, "--revision", "1"]).args(words.iter().flatten());
    let output = program.args(["--by", &by]).output().await.unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    match output.status.code() {
        Some(0) => Told::Done(wish),
        Some(1) => Told::Late(said),
        other => panic!("exit status {other:?}: {said}"),
    }
}
