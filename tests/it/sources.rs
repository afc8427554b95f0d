//! Whence readers came, and what they are told of it.

use chrono::TimeDelta;
use mail_parser::MessageParser;
use subscribers::{EmailAddress, Language, SuppressionReason};
use zinas::app::SharedApp;
use zinas::newsroom::import::{self, Keep};
use zinas::newsroom::moderate::Who;
use zinas::newsroom::people::{self, Origin};
use zinas::store::{IssueContent, address_hash};

use crate::support::database::{Installation, on_both};
use crate::support::newsroom::{address, preferences, wish};
use crate::support::outbox::{keeping, outbox, sending_to, until_idle};
use crate::support::readers;
use crate::support::sink::Sink;

on_both!(the_foot_of_an_issue_says_whose_doing_it_was);

/// She asked by the form and confirmed by the link.
async fn confirmed(app: &SharedApp, reader: &EmailAddress) {
    wish(app, reader).await;
    let rows = app.store.subscriptions(app.publication, "pending").await.unwrap();
    let row = rows.into_iter().find(|row| row.address == *reader).unwrap();
    people::confirm(app, row.public_id, "Piekrītu.", Origin { channel: "link", from: "" }).await.unwrap();
}

mod stories {
    use super::*;

    pub async fn the_foot_of_an_issue_says_whose_doing_it_was(database: Option<&str>) {
        let sink = Sink::start(keeping()).unwrap();
        let place = Installation::open(database, sending_to(&sink)).await;
        let app = &place.app;
        let [own, again, desk, command, list] =
            ["own", "again", "desk", "command", "list"].map(|name| address(&format!("{name}@pasts.example")));
        confirmed(app, &own).await;
        confirmed(app, &again).await;
        for (reader, channel) in [(&desk, "desk"), (&command, "command")] {
            let origin = Origin { channel, from: "Ilze" };
            people::add(app, reader, &preferences(), "Piekrita pa telefonu.", origin).await.unwrap();
        }
        let today = app.clock.now().date_naive();
        let rows = import::read(b"epasts\nlist@pasts.example\n", Language::Latvian, today).unwrap();
        import::import(app, rows, Some("Uz lapas"), "lasitaji.csv", Keep::Yes, |_| {}).await.unwrap();
        // What was lifted is what it was before: since the same day and of the same making.
        app.clock.advance_to(app.clock.now() + TimeDelta::days(3));
        let rows = app.store.subscriptions(app.publication, "confirmed").await.unwrap();
        let row = rows.iter().find(|row| row.address == again).unwrap().id;
        let mut write = app.store.write().await.unwrap();
        let (hash, reason) = (address_hash(&again), SuppressionReason::HardBounce);
        people::suppress(app, &mut write, &hash, Some(row), reason, "550").await.unwrap();
        write.commit().await.unwrap();
        let who = Who { by: "Ilze", channel: "desk" };
        people::lift(app, &again, "Zvanīja.", who).await.unwrap();

        let rows = app.store.subscriptions(app.publication, "confirmed").await.unwrap();
        assert_eq!(rows.len(), 5);
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let contents = Language::ALL.map(|language| IssueContent {
            language,
            subject: "Ziņas".to_owned(),
            html: "<p>Jo \u{e000}why\u{e001}.</p><a href=\"\u{e000}leave-url\u{e001}\">x</a>".to_owned(),
            text: "Jo \u{e000}why\u{e001}. \u{e000}leave-url\u{e001}\n".to_owned(),
        });
        readers::issue(app, &ids, &contents).await;
        until_idle(&mut outbox(app).await).await;
        for (reader, words) in [
            (own, "Jo 25. novembrī pieteicāties."),
            (again, "Jo 25. novembrī pieteicāties."),
            (desk, "Jo 25. novembrī redakcija Jūs pieteica."),
            (command, "Jo 25. novembrī redakcija Jūs pieteica."),
            (list, "Jo 25. novembrī Jūs no agrākā saraksta pievienojām."),
        ] {
            let mails = sink.mails();
            let hers = mails.iter().filter(|mail| mail.to == reader.as_str());
            let mut hers = hers.map(|mail| MessageParser::default().parse(&mail.bytes).unwrap());
            let mail = hers.find(|mail| mail.subject() == Some("Ziņas")).unwrap();
            let (text, html) = (mail.body_text(0).unwrap(), mail.body_html(0).unwrap());
            let read = |part: &str| part.replace('\u{a0}', " ");
            assert!(read(&text).contains(words), "{}: {text}", reader.as_str());
            assert!(read(&html).contains(words), "{}: {html}", reader.as_str());
        }
    }
}
