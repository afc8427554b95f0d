//! Editors are reminded of what waits, on both databases: once a day, and never of nothing.

use chrono::TimeDelta;
use zinas::app::SharedApp;
use zinas::newsroom::moderate::{Act, decide};
use zinas::schedule;

use crate::support::database::{Installation, on_both};
use crate::support::letters::waiting_for;
use crate::support::newsroom::{ANNA, item};

on_both!(editors_are_reminded_of_what_waits_once_a_day, a_reminder_of_another_publication_takes_none_away,);

async fn reminders(app: &SharedApp) -> Vec<String> {
    let mails = waiting_for(app, app.config.editors[0].address.as_str()).await;
    mails.into_iter().filter(|mail| mail.contains("Vecākā gaida jau")).collect()
}

/// Also those that are too old to leave.
const ALL: &str = "SELECT COUNT(*) FROM outbox WHERE kind = 'waiting'";

/// The schedule up to `hours` later, an hour at a time.
async fn pass(app: &SharedApp, hours: i64) {
    for _ in 0..hours {
        app.clock.advance_to(app.clock.now() + TimeDelta::hours(1));
        while schedule::step(app).await.unwrap() == zinas::app::Step::Worked {}
    }
}

mod stories {
    use super::*;

    pub async fn a_reminder_of_another_publication_takes_none_away(database: Option<&str>) {
        let installation = Installation::open(database, |config| {
            config.schedule.retain(|(job, _)| job.name() == "waiting");
        })
        .await;
        let app = &installation.app;
        item(app, "Talka").await;
        pass(app, 48).await;
        let all = installation.number(ALL).await;
        assert!(all > 0);
        let mut write = app.store.write().await.unwrap();
        let other = write.publication("kaiminu-zinas", app.clock.now()).await.unwrap();
        write.commit().await.unwrap();
        installation.run(&format!("UPDATE outbox SET publication_id = {other}")).await;
        let told = [zinas::store::MailKind::Waiting];
        let (editor, since) = (&app.config.editors[0].address, app.clock.now() - TimeDelta::days(3));
        let mut write = app.store.write().await.unwrap();
        assert_eq!(write.count_mails_of(app.publication, editor, &told, since).await.unwrap(), 0);
        assert_eq!(write.count_mails_of(other, editor, &told, since).await.unwrap() as i64, all);
    }

    pub async fn editors_are_reminded_of_what_waits_once_a_day(database: Option<&str>) {
        let installation = Installation::open(database, |config| {
            config.schedule.retain(|(job, _)| job.name() == "waiting");
        })
        .await;
        let app = &installation.app;
        pass(app, 48).await;
        assert!(reminders(app).await.is_empty(), "nothing waits");
        let talka = item(app, "Talka").await;
        pass(app, 23).await;
        assert!(reminders(app).await.is_empty(), "it has not waited for a day");
        pass(app, 24).await;
        let told = reminders(app).await;
        assert_eq!(told.len(), 1, "once a day");
        assert!(
            told[0].contains("Jūsu lēmumu gaida: 1\u{a0}ziņa. Vecākā gaida jau 1\u{a0}dienu."),
            "{}",
            told[0]
        );
        assert!(told[0].contains("“Talka”"), "{}", told[0]);
        pass(app, 24).await;
        assert_eq!(installation.number(ALL).await, 2, "and again");
        decide(app, talka, None, Act::Reject { reason: "Bija.".to_owned() }, ANNA).await.unwrap();
        pass(app, 48).await;
        assert_eq!(installation.number(ALL).await, 2, "what is decided waits no more");
    }
}
