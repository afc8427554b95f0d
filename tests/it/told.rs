//! Editors are told what others decided, on both databases: under their own notice, once, and never in a flood.

use chrono::TimeDelta;
use subscribers::Language;
use zinas::app::SharedApp;
use zinas::newsroom::moderate::{Act, Who, decide};
use zinas::newsroom::told;
use zinas::store::ItemRow;

use crate::support::database::{Installation, on_both};
use crate::support::letters::waiting_for;
use crate::support::newsroom::{address, from_anna, item, receive, route_all};

on_both!(
    the_others_are_told_of_a_decision_under_their_own_notice,
    what_is_taken_back_at_once_makes_no_noise,
    many_decisions_are_told_of_in_one_mail,
    what_the_contributor_takes_back_is_told_to_all,
    whoever_decides_meanwhile_is_not_waited_for,
    what_cannot_be_told_keeps_no_moment_of_the_schedule,
);

const VELGA: &str = "velga@salas.example";

async fn two_editors(installation: &Installation) -> Vec<String> {
    let app = &installation.app;
    let mut write = app.store.write().await.unwrap();
    let (address, language) = (address(VELGA), Language::Latvian);
    write.keep_editor(app.publication, &address, "Velga Ozola", language, app.clock.now()).await.unwrap();
    write.commit().await.unwrap();
    app.store
        .editors(app.publication)
        .await
        .unwrap()
        .iter()
        .map(|editor| editor.address.as_str().to_owned())
        .collect()
}

async fn noticed(app: &SharedApp, subject: &str) -> ItemRow {
    receive(app, from_anna(subject, "Sestdien talka pie ezera, nāciet visi!")).await;
    route_all(app).await;
    app.store.items(app.publication, "pending").await.unwrap().pop().unwrap()
}

async fn later(app: &SharedApp, minutes: i64) {
    app.clock.advance_to(app.clock.now() + TimeDelta::minutes(minutes));
    while told::step(app).await.unwrap() {}
}

/// What waits for somebody and is no notice.
async fn told_to(app: &SharedApp, address: &str) -> Vec<String> {
    let mails = waiting_for(app, address).await;
    mails.into_iter().filter(|mail| !mail.contains("apstiprināt” vai “noraidīt")).collect()
}

mod stories {
    use super::*;

    const BY_VELGA: Who<'static> = Who { by: "Velga Ozola", channel: "desk" };

    pub async fn the_others_are_told_of_a_decision_under_their_own_notice(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let editors = two_editors(&installation).await;
        let talka = noticed(app, "Talka").await;
        let unseen = item(app, "Neviens par to nezina").await;
        let reason = || "Bija jau novembrī.".to_owned();
        decide(app, talka.id, None, Act::Reject { reason: reason() }, BY_VELGA).await.unwrap();
        decide(app, unseen, None, Act::Approve, BY_VELGA).await.unwrap();
        assert!(!told::step(app).await.unwrap(), "it may be taken back");
        later(app, 3).await;
        let told = told_to(app, &editors[0]).await;
        assert_eq!(told.len(), 1, "of what she had a notice of: {told:?}");
        let sql =
            format!("SELECT message_id FROM outbox WHERE kind = 'notice' AND recipient = '{}'", editors[0]);
        let notice = installation.text(&sql).await;
        for line in [
            format!("In-Reply-To: <{notice}>"),
            format!("References: <{notice}>"),
            "Šo ziņu jau noraidīja: Velga Ozola".to_owned(),
            "Izlemts redakcijā.".to_owned(),
            reason(),
        ] {
            assert!(told[0].contains(&line), "{line}: {}", told[0]);
        }
        assert!(told_to(app, VELGA).await.is_empty(), "she knows what she did");
        later(app, 60).await;
        assert_eq!(told_to(app, &editors[0]).await.len(), 1, "once");

        decide(app, talka.id, None, Act::Undo, BY_VELGA).await.unwrap();
        later(app, 3).await;
        let told = told_to(app, &editors[0]).await;
        assert_eq!(told.len(), 2);
        assert!(told[1].contains("Lēmumu par šo ziņu atsauca: Velga Ozola"), "{}", told[1]);
        assert!(told[1].contains(&format!("In-Reply-To: <{notice}>")));
    }

    pub async fn what_is_taken_back_at_once_makes_no_noise(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let editors = two_editors(&installation).await;
        let talka = noticed(app, "Talka").await;
        decide(app, talka.id, None, Act::Approve, BY_VELGA).await.unwrap();
        app.clock.advance_to(app.clock.now() + TimeDelta::minutes(1));
        decide(app, talka.id, None, Act::Undo, BY_VELGA).await.unwrap();
        later(app, 3).await;
        assert!(told_to(app, &editors[0]).await.is_empty());
        // Decided, taken back and decided otherwise: one mail.
        decide(app, talka.id, None, Act::Approve, BY_VELGA).await.unwrap();
        decide(app, talka.id, None, Act::Undo, BY_VELGA).await.unwrap();
        decide(app, talka.id, None, Act::Postpone { to: None }, BY_VELGA).await.unwrap();
        later(app, 3).await;
        let told = told_to(app, &editors[0]).await;
        assert_eq!(told.len(), 1);
        assert!(told[0].contains("Šo ziņu jau atlika: Velga Ozola"), "{}", told[0]);
    }

    pub async fn many_decisions_are_told_of_in_one_mail(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let editors = two_editors(&installation).await;
        let mut items = Vec::new();
        for number in 0..14 {
            items.push(noticed(app, &format!("Talka{}", "a".repeat(number + 1))).await);
            app.clock.advance_to(app.clock.now() + TimeDelta::minutes(10));
        }
        for item in &items {
            decide(app, item.id, None, Act::Approve, BY_VELGA).await.unwrap();
        }
        later(app, 3).await;
        assert_eq!(told_to(app, &editors[0]).await.len(), 10);
        later(app, 50).await;
        assert_eq!(told_to(app, &editors[0]).await.len(), 10, "the rest waits");
        later(app, 10).await;
        let told = told_to(app, &editors[0]).await;
        assert_eq!(told.len(), 11);
        let subject = "SELECT COUNT(*) FROM outbox WHERE kind = 'more_decided'";
        assert_eq!(installation.number(subject).await, 1);
        let listed = told[10].matches("Šo ziņu jau apstiprināja: Velga Ozola").count();
        assert_eq!(listed, 2 * 4, "four, in HTML and in plain text: {}", told[10]);
    }

    pub async fn whoever_decides_meanwhile_is_not_waited_for(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let editors = two_editors(&installation).await;
        let talka = noticed(app, "Talka").await;
        decide(app, talka.id, None, Act::Approve, BY_VELGA).await.unwrap();
        app.clock.advance_to(app.clock.now() + TimeDelta::minutes(3));
        let mut write = app.store.write().await.unwrap();
        write.item_for_change(talka.id).await.unwrap().unwrap();
        // SQLite has one who writes at a time anyway.
        let mut write = Some(write).filter(|_| database.is_some());
        let soon = std::time::Duration::from_secs(20);
        assert!(tokio::time::timeout(soon, told::step(app)).await.expect("nobody is waited for").unwrap());
        if let Some(write) = &mut write {
            write.note_decision(talka.id, app.clock.now()).await.unwrap();
        }
        assert_eq!(told_to(app, &editors[0]).await.len(), 1);
    }

    pub async fn what_cannot_be_told_keeps_no_moment_of_the_schedule(database: Option<&str>) {
        let installation = Installation::open(database, |config| {
            config.schedule.retain(|(job, _)| job.name() == "waiting");
        })
        .await;
        let app = &installation.app;
        two_editors(&installation).await;
        zinas::schedule::step(app).await.unwrap();
        let talka = noticed(app, "Talka").await;
        decide(app, talka.id, None, Act::Approve, BY_VELGA).await.unwrap();
        installation.run("UPDATE item_revision SET before = 'nothing that can be read'").await;
        app.clock.advance_to(app.clock.now() + TimeDelta::days(1));
        assert!(told::step(app).await.is_err());
        zinas::schedule::step(app).await.unwrap();
        assert!(app.store.last_moment(app.publication, "waiting").await.unwrap().is_some());
    }

    pub async fn what_the_contributor_takes_back_is_told_to_all(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let editors = two_editors(&installation).await;
        let talka = noticed(app, "Talka").await;
        let contributor = Who { by: "", channel: "page" };
        decide(app, talka.id, None, Act::Withdraw, contributor).await.unwrap();
        later(app, 3).await;
        for editor in &editors {
            let told = told_to(app, editor).await;
            assert_eq!(told.len(), 1);
            assert!(told[0].contains("Iesūtītājs šo ziņu atsauca"), "{}", told[0]);
        }
    }
}
