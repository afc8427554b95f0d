//! A question that nobody answers, on both databases: one reminder, one end, both told, and an answer at any time brings
//! the item back.

use chrono::TimeDelta;
use issues::ItemState;
use issues::moderation::Refused;
use reqwest::StatusCode;
use subscribers::SuppressionReason;
use zinas::app::SharedApp;
use zinas::newsroom::decisions::{Undo, decisions};
use zinas::newsroom::moderate::{Act, NotDecided, decide};
use zinas::newsroom::unanswered;
use zinas::schedule;
use zinas::store::{ItemRow, Page};

use crate::support::database::{Installation, on_both};
use crate::support::letters::{link, waiting_for};
use crate::support::newsroom::{ANNA, address, from_anna, receive, route_all, suppress};
use crate::support::site::{Site, body, on_both_databases};

on_both!(
    a_question_is_reminded_of_once_and_its_item_put_aside_once,
    two_workers_remind_once_and_put_aside_once,
    an_answer_brings_back_what_was_put_aside,
    an_editor_still_says_no_for_good,
    a_reminder_that_has_not_left_is_taken_back_by_an_answer,
    what_was_asked_before_an_undone_decision_is_still_asked,
    what_is_answered_or_decided_meanwhile_is_left_alone,
    an_editor_takes_the_end_back_and_the_question_has_all_its_days,
    who_may_not_be_reminded_is_not_and_the_item_ends_all_the_same,
    a_reminder_names_all_that_was_asked_and_makes_no_editor_late,
);

on_both_databases! {
    the_desk_and_her_page_say_how_long_the_question_waits
}

/// As her mailbox is compared.
const ASKED: &str = "Anna.Berzina@pasts.example";
const QUESTION: &str = "Cik ilgi tas būs?";

async fn asked(app: &SharedApp) -> ItemRow {
    asked_about(app, "Talka").await
}

async fn asked_about(app: &SharedApp, subject: &str) -> ItemRow {
    receive(app, from_anna(subject, "Sestdien talka pie ezera, nāciet visi!")).await;
    route_all(app).await;
    let row = app.store.items(app.publication, "pending").await.unwrap().pop().unwrap();
    decide(app, row.id, None, Act::Ask { question: QUESTION.to_owned() }, ANNA).await.unwrap()
}

async fn row(app: &SharedApp, item: i64) -> ItemRow {
    app.store.item(item).await.unwrap().unwrap()
}

async fn state(app: &SharedApp, item: i64) -> &'static str {
    row(app, item).await.item.state.name()
}

/// The schedule up to so many days later, a day at a time.
async fn pass(app: &SharedApp, days: i64) {
    for _ in 0..days {
        app.clock.advance_to(app.clock.now() + TimeDelta::days(1));
        while schedule::step(app).await.unwrap() == zinas::app::Step::Worked {}
    }
}

/// Of the contributor's: how many of a kind there ever were, also those too old to leave.
async fn count(installation: &Installation, kind: &str) -> i64 {
    installation.number(&format!("SELECT COUNT(*) FROM outbox WHERE kind = '{kind}'")).await
}

async fn acts(app: &SharedApp, item: i64) -> Vec<(String, String, String)> {
    let revisions = app.store.revisions(item).await.unwrap();
    revisions.into_iter().map(|made| (made.act, made.by, made.channel)).collect()
}

/// She answers a mail of ours of this kind.
async fn answers(installation: &Installation, kind: &str, text: &str) {
    let app = &installation.app;
    let ours = installation
        .text(&format!("SELECT message_id FROM outbox WHERE kind = '{kind}' ORDER BY outbox_id DESC LIMIT 1"))
        .await;
    let answer = format!(
        "From: Anna <{ASKED}>\r\nTo: <info@selija.com>\r\nSubject: Re: Talka\r\nIn-Reply-To: <{ours}>\r\n\
         References: <{ours}>\r\nMessage-ID: <atbilde-{kind}@pasts.example>\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    );
    receive(app, answer.into_bytes()).await;
    route_all(app).await;
}

/// Of our own time alone: nothing is assembled, and editors are not reminded.
async fn open(database: Option<&str>) -> Installation {
    Installation::open(database, |config| config.schedule.retain(|_| false)).await
}

mod stories {
    use super::*;

    pub async fn a_question_is_reminded_of_once_and_its_item_put_aside_once(database: Option<&str>) {
        let installation = open(database).await;
        let app = &installation.app;
        let item = asked(app).await.id;
        pass(app, 6).await;
        assert_eq!(count(&installation, "question_reminder").await, 0);
        pass(app, 1).await;
        let reminder = waiting_for(app, ASKED).await.pop().unwrap();
        let question = installation.text("SELECT message_id FROM outbox WHERE kind = 'question'").await;
        for line in [
            format!("In-Reply-To: <{question}>"),
            QUESTION.to_owned(),
            "ziņu noliksim malā piektdien, 25. decembrī.".replace(". ", ".\u{a0}"),
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click".to_owned(),
            "Auto-Submitted: auto-generated".to_owned(),
            "/news/".to_owned(),
            "/reminders/".to_owned(),
        ] {
            assert!(reminder.contains(&line), "{line}: {reminder}");
        }
        let references = reminder.lines().skip_while(|line| !line.starts_with("References:")).take(3);
        let references = references.collect::<Vec<_>>().join(" ");
        assert!(references.contains("@pasts.example>") && references.contains(&question), "{references}");
        assert_eq!(state(app, item).await, "asked");
        pass(app, 22).await;
        assert_eq!(state(app, item).await, "asked", "day 29");
        assert_eq!(count(&installation, "question_reminder").await, 1, "once");
        assert_eq!(count(&installation, "decision").await, 0);
        pass(app, 1).await;
        let put_aside = row(app, item).await.item.state;
        let ItemState::Rejected { reason, by, .. } = &put_aside else { panic!("{put_aside:?}") };
        assert_eq!((reason.as_str(), by.as_str()), ("Uz redakcijas jautājumu atbildi nesaņēmām.", ""));
        let told = waiting_for(app, ASKED).await.pop().unwrap();
        assert!(told.contains("kad vien atbildēsiet uz šo vēstuli, ziņu atkal"), "{told}");
        let by_machine = |act: &str| (act.to_owned(), String::new(), "schedule".to_owned());
        assert_eq!(acts(app, item).await[1..], [by_machine("remind"), by_machine("unanswered")]);
        pass(app, 1).await;
        let editor = waiting_for(app, app.config.editors[0].address.as_str()).await.pop().unwrap();
        assert!(
            editor.contains("Iesūtītājs uz jautājumu neatbildēja, tāpēc šī ziņa nolikta malā"),
            "{editor}"
        );
        pass(app, 40).await;
        assert_eq!(count(&installation, "question_reminder").await, 1);
        assert_eq!(count(&installation, "decision").await, 1, "told once");
        assert_eq!(count(&installation, "decided").await, 2, "the editor, of the question and of its end");
        assert_eq!(acts(app, item).await.len(), 3);
    }

    pub async fn two_workers_remind_once_and_put_aside_once(database: Option<&str>) {
        let installation = open(database).await;
        let app = &installation.app;
        let item = asked(app).await.id;
        for (days, act, kind) in [(7, 2, "question_reminder"), (23, 3, "decision")] {
            app.clock.advance_to(app.clock.now() + TimeDelta::days(days));
            let other = installation.open_again().await;
            let (one, two) = tokio::join!(unanswered::step(app), unanswered::step(&other));
            assert!(one.unwrap() | two.unwrap());
            assert_eq!(acts(app, item).await.len(), act);
            assert_eq!(count(&installation, kind).await, 1);
            assert!(!unanswered::step(app).await.unwrap(), "{kind} is done");
        }
    }

    pub async fn an_answer_brings_back_what_was_put_aside(database: Option<&str>) {
        let installation = open(database).await;
        let app = &installation.app;
        let item = asked(app).await.id;
        pass(app, 30).await;
        assert_eq!(state(app, item).await, "rejected");
        let end = waiting_for(app, ASKED).await.pop().unwrap();
        assert!(end.contains(QUESTION) && end.contains("noliekam malā"), "{end}");
        pass(app, 60).await;
        answers(&installation, "decision", "Piedodiet, nebiju mājās. Talka būs divas stundas.").await;
        assert_eq!(state(app, item).await, "pending", "an answer at any time");
        let undone = decide(app, item, None, Act::Undo, ANNA).await;
        assert!(matches!(undone, Err(NotDecided::Refused(Refused::NothingToUndo))), "{undone:?}");
        assert_eq!(count(&installation, "undone").await, 0, "her answer is not asked for again");
        assert_eq!(acts(app, item).await.last().unwrap().0, "answered");
        let replies = app.store.item_replies(item).await.unwrap();
        assert!(replies[0].text.contains("divas stundas"));
        assert_eq!(count(&installation, "notice").await, 2, "the editor is told that it is back");
        pass(app, 60).await;
        assert_eq!(state(app, item).await, "pending", "it waits for a person now");
        // What an editor turned down stays so, whoever writes.
        decide(app, item, None, Act::Reject { reason: "Bija.".to_owned() }, ANNA).await.unwrap();
        answers(&installation, "question_reminder", "Vai tomēr varētu?").await;
        assert_eq!(state(app, item).await, "rejected");
    }

    pub async fn an_editor_still_says_no_for_good(database: Option<&str>) {
        let installation = open(database).await;
        let app = &installation.app;
        let item = asked(app).await.id;
        pass(app, 30).await;
        decide(app, item, None, Act::Reject { reason: "Bija.".to_owned() }, ANNA).await.unwrap();
        assert_eq!(count(&installation, "decision").await, 2, "she is told");
        answers(&installation, "question", "Talka būs divas stundas.").await;
        assert_eq!(state(app, item).await, "rejected");
    }

    pub async fn a_reminder_that_has_not_left_is_taken_back_by_an_answer(database: Option<&str>) {
        let installation = open(database).await;
        let app = &installation.app;
        let item = asked(app).await.id;
        pass(app, 7).await;
        let waits = "SELECT COUNT(*) FROM outbox WHERE kind = 'question_reminder' AND state = 'queued'";
        assert_eq!(installation.number(waits).await, 1);
        answers(&installation, "question", "Talka būs divas stundas.").await;
        assert_eq!((state(app, item).await, installation.number(waits).await), ("pending", 0));
    }

    pub async fn what_was_asked_before_an_undone_decision_is_still_asked(database: Option<&str>) {
        let installation = open(database).await;
        let app = &installation.app;
        let item = asked(app).await.id;
        decide(app, item, None, Act::Ask { question: "Kas fotografēja?".to_owned() }, ANNA).await.unwrap();
        decide(app, item, None, Act::Reject { reason: "Bija.".to_owned() }, ANNA).await.unwrap();
        decide(app, item, None, Act::Undo, ANNA).await.unwrap();
        pass(app, 7).await;
        let reminder = waiting_for(app, ASKED).await.pop().unwrap();
        assert!(reminder.contains(QUESTION) && reminder.contains("Kas fotografēja?"), "{reminder}");
    }

    pub async fn what_is_answered_or_decided_meanwhile_is_left_alone(database: Option<&str>) {
        let installation = open(database).await;
        let app = &installation.app;
        let mut items = Vec::new();
        let acts = [
            ("Talka", Some(Act::Postpone { to: None })),
            ("Tirgus", Some(Act::Withdraw)),
            ("Danči pilī", None),
        ];
        for (subject, act) in acts {
            let item = asked_about(app, subject).await.id;
            pass(app, 1).await;
            if let Some(act) = act {
                decide(app, item, None, act, ANNA).await.unwrap();
            }
            items.push(item);
        }
        pass(app, 5).await;
        answers(&installation, "question", "Talka būs divas stundas.").await;
        pass(app, 60).await;
        let mut states = Vec::new();
        for item in items {
            states.push(state(app, item).await);
        }
        assert_eq!(states, ["postponed", "withdrawn", "pending"]);
        assert_eq!(count(&installation, "question_reminder").await, 0, "an answer on day 6 stops all");
    }

    pub async fn an_editor_takes_the_end_back_and_the_question_has_all_its_days(database: Option<&str>) {
        let installation = open(database).await;
        let app = &installation.app;
        let item = asked(app).await.id;
        pass(app, 31).await;
        let latest = decisions(app, Page { limit: 9, skip: 0 }).await.unwrap();
        let named: Vec<&str> = latest.iter().map(|decision| decision.what.act.as_str()).collect();
        assert_eq!(named, ["unanswered", "ask"], "a reminder is no decision");
        assert_eq!((latest[0].undo, latest[1].undo), (Undo::Possible, Undo::Later));
        decide(app, item, None, Act::Undo, ANNA).await.unwrap();
        assert_eq!(state(app, item).await, "asked");
        pass(app, 29).await;
        assert_eq!(state(app, item).await, "asked", "not put aside again at once");
        assert_eq!(count(&installation, "question_reminder").await, 1, "nor reminded again");
        pass(app, 1).await;
        assert_eq!(state(app, item).await, "rejected");
    }

    pub async fn who_may_not_be_reminded_is_not_and_the_item_ends_all_the_same(database: Option<&str>) {
        let installation = open(database).await;
        let app = &installation.app;
        let item = asked(app).await;
        let contributor = app.store.contributor(item.contributor.unwrap()).await.unwrap().unwrap();
        let mut write = app.store.write().await.unwrap();
        assert!(write.set_reminders(contributor.public_id, false).await.unwrap());
        write.commit().await.unwrap();
        pass(app, 29).await;
        assert_eq!(count(&installation, "question_reminder").await, 0, "she asked for none");
        pass(app, 1).await;
        assert_eq!(count(&installation, "decision").await, 1, "and is told of the end");

        decide(app, item.id, None, Act::Undo, ANNA).await.unwrap();
        let mut write = app.store.write().await.unwrap();
        assert!(write.set_reminders(contributor.public_id, true).await.unwrap());
        write.commit().await.unwrap();
        let to_her = format!(
            "SELECT COUNT(*) FROM outbox WHERE item_id IS NOT NULL AND recipient <> '{}'",
            app.config.editors[0].address.as_str()
        );
        let mails = installation.number(&to_her).await;
        suppress(app, &address(ASKED), SuppressionReason::HardBounce).await;
        pass(app, 30).await;
        assert_eq!(state(app, item.id).await, "rejected");
        assert_eq!(installation.number(&to_her).await, mails, "a suppressed address gets no mail");
        assert_eq!(count(&installation, "question_reminder").await, 0);
    }

    pub async fn a_reminder_names_all_that_was_asked_and_makes_no_editor_late(database: Option<&str>) {
        let installation = open(database).await;
        let app = &installation.app;
        let item = asked(app).await.id;
        pass(app, 3).await;
        let seen =
            decide(app, item, None, Act::Ask { question: "Un kur tieši?".to_owned() }, ANNA).await.unwrap();
        pass(app, 6).await;
        assert_eq!(count(&installation, "question_reminder").await, 0, "seven days after the last question");
        pass(app, 1).await;
        let reminder = waiting_for(app, ASKED).await.pop().unwrap();
        assert!(reminder.contains(QUESTION) && reminder.contains("Un kur tieši?"), "{reminder}");
        // The form of an editor who opened the item before the reminder is not stale: it changed nothing of hers.
        let reject = Act::Reject { reason: "Bija.".to_owned() };
        let now = decide(app, item, Some(seen.revision), reject, ANNA).await.unwrap();
        assert_eq!(now.item.state.name(), "rejected");
        let stale = Act::Postpone { to: None };
        assert!(decide(app, item, Some(seen.revision), stale, ANNA).await.is_err(), "but a decision did");
    }
}

async fn the_desk_and_her_page_say_how_long_the_question_waits(site: Site) {
    let app = &site.app;
    let item = asked(app).await.id;
    let question = waiting_for(app, ASKED).await.pop().unwrap();
    let hers = link(&question, "/news/");
    let desk = site.desk(0).await;
    let until = "noliksim malā ".to_owned();
    for path in [format!("/desk/item/{item}"), "/desk?state=asked".to_owned()] {
        let page = desk.page(&path).await;
        assert!(page.contains(&until), "{path}");
    }
    app.clock.advance_to(app.clock.now() + TimeDelta::days(7));
    while unanswered::step(app).await.unwrap() {}
    app.clock.advance_to(app.clock.now() + TimeDelta::days(23));
    while unanswered::step(app).await.unwrap() {}
    let request = site.request(reqwest::Method::GET, &hers).header("Accept-Language", "lv");
    let page = body(request.send().await.unwrap()).await;
    assert!(page.contains("ziņu pagaidām nolikām malā") && page.contains("mailto:info+i."), "{page}");
    let desk = site.desk(0).await;
    let history = desk.page(&format!("/desk/item/{item}")).await;
    assert!(history.contains("Atgādināts par jautājumu") && history.contains("Nolikta malā: atbilde nenāca"));
    let list = desk.page("/desk/decisions").await;
    assert!(
        list.contains("Nolikta malā bez atbildes") && list.contains("bez redaktora pēc grafika"),
        "{list}"
    );
    let revision = row(app, item).await.revision.to_string();
    let id = item.to_string();
    let undone = desk.post("/desk/decisions/undo", &[("item", &id), ("revision", &revision)]).await;
    assert_eq!(undone.status(), StatusCode::SEE_OTHER);
    assert_eq!(state(app, item).await, "asked");
}
