//! What mail that comes causes, on both databases: answers to people, notices to editors, and never a flood of either.

use zinas::inbound::intake::{Arrival, Envelope, Intake as _, Sender, Source};
use zinas::newsroom::intake::Door;
use zinas::newsroom::moderate::{Act, decide};

use crate::support::database::{Installation, on_both};
use crate::support::letters::waiting_for;
use crate::support::newsroom::{ANNA, address, arrival, from_anna, mail, pending, receive, route_all, wish};

on_both!(
    one_mailbox_is_answered_a_few_times_a_day_whatever_its_tags,
    a_flood_of_one_sender_is_told_of_in_one_mail,
    a_flood_of_many_senders_is_told_of_in_one_mail,
    an_editors_answer_to_a_notice_is_no_word_of_the_contributor,
    nobody_is_answered_over_the_null_sender,
    editors_are_told_of_an_answer_with_what_was_asked_and_said,
    who_answers_for_another_is_named_and_gets_no_link,
);

/// A mail to the address of an item, which stands in the mails about it.
fn writes(from: &str, about: &str, id: &str, text: &str) -> Vec<u8> {
    let to = about.lines().find_map(|line| line.strip_prefix("Reply-To: <")).unwrap().trim_end_matches('>');
    format!(
        "From: {from}\r\nTo: <{to}>\r\nSubject: Re: Talka\r\nMessage-ID: <{id}@pasts.example>\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    )
    .into_bytes()
}

const CONTRIBUTOR: &str = "Anna.Berzina@pasts.example";

mod stories {
    use super::*;

    pub async fn editors_are_told_of_an_answer_with_what_was_asked_and_said(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let editor = app.config.editors[0].address.as_str();
        receive(app, from_anna("Talka", "Sestdien talka pie ezera, nāciet visi!")).await;
        route_all(app).await;
        let first = installation.text("SELECT message_id FROM outbox WHERE kind = 'notice'").await;
        let item = app.store.items(app.publication, "pending").await.unwrap().remove(0);
        let question = "Kas fotografēja <un> kad?".to_owned();
        decide(app, item.id, None, Act::Ask { question }, ANNA).await.unwrap();
        let asked = waiting_for(app, CONTRIBUTOR).await.pop().unwrap();
        let answer = "Fotografēja Jānis Ozols, <b>sestdien</b>.";
        receive(app, writes("Anna <anna.berzina@pasts.example>", &asked, "a1", answer)).await;
        route_all(app).await;
        let told = waiting_for(app, editor).await.pop().unwrap();
        assert!(told.contains(&format!("In-Reply-To: <{first}>")), "{told}");
        assert!(told.contains(&format!("References: <{first}>")), "{told}");
        assert!(told.contains("Subject: Atbilde par "), "{told}");
        assert!(told.contains("Atbilde par ziņu “Talka”"), "{told}");
        let (text, html) = told.split_once("text/html").unwrap();
        // Its beginning stands in the preview, too.
        let at = |words: &str| text.rfind(words).unwrap_or_else(|| panic!("no {words} in {text}"));
        assert!(at("Kas fotografēja <un> kad?") < at("<b>sestdien</b>."), "{text}");
        assert!(at("<b>sestdien</b>.") < at("nāciet visi!"), "{text}");
        assert!(html.contains("Fotografēja Jānis Ozols, &lt;b&gt;sestdien&lt;/b&gt;."), "{html}");
        assert!(text.contains("Anna.Berzina@pasts.example") && !text.contains("cits cilvēks"), "{text}");
        let thanks = waiting_for(app, CONTRIBUTOR).await;
        assert!(thanks.iter().all(|mail| mail.contains("/news/")), "it is her own");

        // More about it is no answer.
        receive(app, writes("Anna <anna.berzina@pasts.example>", &asked, "a2", "Ņemiet līdzi grābekļus!"))
            .await;
        route_all(app).await;
        let more = waiting_for(app, editor).await.pop().unwrap();
        assert!(more.contains("Papildinājums ziņai “Talka”"), "{more}");
        assert!(more.contains(&format!("In-Reply-To: <{first}>")), "under the first: {more}");
        assert!(more.contains("Ņemiet līdzi grābekļus!") && !more.contains("Kas fotografēja"), "{more}");

        // It holds for the item as it is now; the first notice does not.
        let word = |notice: &str, id: &str| {
            format!(
                "Authentication-Results: mail.selija.com; dmarc=pass header.from=selija.com\r\n\
                 From: <{editor}>\r\nTo: <info@selija.com>\r\nSubject: Re: Talka\r\n\
                 In-Reply-To: <{notice}>\r\nReferences: <{first}> <{notice}>\r\n\
                 Message-ID: <{id}@selija.com>\r\n\
                 Content-Type: text/plain; charset=utf-8\r\n\r\napstiprināt\r\n"
            )
            .into_bytes()
        };
        let state = async || app.store.item(item.id).await.unwrap().unwrap().item.state.name();
        receive(app, word(&first, "d1")).await;
        route_all(app).await;
        assert_eq!(state().await, "pending");
        let late = waiting_for(app, editor).await.pop().unwrap();
        assert!(late.contains("Par šo ziņu pa to laiku pienāca atbilde:"), "{late}");
        let latest = "SELECT message_id FROM outbox WHERE kind = 'notice' ORDER BY outbox_id DESC LIMIT 1";
        receive(app, word(&installation.text(latest).await, "d2")).await;
        route_all(app).await;
        assert_eq!(state().await, "approved");
    }

    pub async fn who_answers_for_another_is_named_and_gets_no_link(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let editor = app.config.editors[0].address.as_str();
        receive(app, from_anna("Talka", "Sestdien talka pie ezera, nāciet visi!")).await;
        route_all(app).await;
        let item = app.store.items(app.publication, "pending").await.unwrap().remove(0);
        decide(app, item.id, None, Act::Ask { question: "Kad?".to_owned() }, ANNA).await.unwrap();
        let asked = waiting_for(app, CONTRIBUTOR).await.pop().unwrap();
        receive(app, writes("Svess Viesis <viesis@citur.example>", &asked, "s1", "Plkst. 11 pie laivām."))
            .await;
        route_all(app).await;
        let told = waiting_for(app, editor).await.pop().unwrap();
        let text = told.split_once("text/html").unwrap().0.split_whitespace().collect::<Vec<_>>().join(" ");
        let named = "cits cilvēks, nevis ziņas iesūtītājs: Svess Viesis <viesis@citur.example>.";
        assert!(text.contains(named), "{text}");
        assert!(text.contains("Sūtītājs: Anna Bērziņa <Anna.Berzina@pasts.example>"), "{text}");
        let thanks = waiting_for(app, "viesis@citur.example").await;
        assert_eq!(thanks.len(), 1);
        assert!(!thanks[0].contains("/news/"), "{}", thanks[0]);
        // Nor where somebody writes under her name and asks to be answered elsewhere.
        let from = "Anna <anna.berzina@pasts.example>\r\nReply-To: <cits@citur.example>";
        receive(app, writes(from, &asked, "s2", "Un vēl: ņemiet līdzi zābakus!")).await;
        route_all(app).await;
        let thanks = waiting_for(app, "cits@citur.example").await;
        assert_eq!(thanks.len(), 1);
        assert!(!thanks[0].contains("/news/"), "{}", thanks[0]);
    }

    pub async fn one_mailbox_is_answered_a_few_times_a_day_whatever_its_tags(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        // One to each address, however often it asks.
        for (number, tag) in [0, 0, 1, 2, 3, 4].into_iter().enumerate() {
            let wish = format!(
                "From: <anna+{tag}@pasts.example>\r\nTo: <info@selija.com>\r\nSubject: Pieteikties\r\n\
                 Message-ID: <{number}@pasts.example>\r\n\r\nPieteikties\r\n"
            );
            receive(app, wish.into_bytes()).await;
        }
        route_all(app).await;
        assert_eq!(
            app.store.count_waiting_mails().await.unwrap(),
            3,
            "three questions a day for one mailbox"
        );
        for number in 0..6 {
            let news = format!(
                "From: <anna+{number}@pasts.example>\r\nTo: <info@selija.com>\r\nSubject: Talka {number}\r\n\
                 Message-ID: <talka{number}@pasts.example>\r\n\r\nSestdien talka pie ezera, nāciet!\r\n"
            );
            receive(app, news.into_bytes()).await;
        }
        route_all(app).await;
        assert_eq!(pending(app).await.len(), 6);
        let waiting = app.store.count_waiting_mails().await.unwrap();
        assert_eq!(waiting, 3 + 6, "three answers in all, the questions among them; six notices");
    }

    pub async fn a_flood_of_one_sender_is_told_of_in_one_mail(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let send = async |from: &str, numbers: std::ops::Range<usize>| {
            for number in numbers {
                let news = format!(
                    "From: <{from}>\r\nTo: <info@selija.com>\r\nSubject: Talka {number}\r\n\
                     Message-ID: <{number}-{from}>\r\nAuto-Submitted: no\r\n\r\n\
                     Sestdien talka pie ezera, nāciet visi!\r\n"
                );
                receive(app, news.into_bytes()).await;
            }
            route_all(app).await;
        };
        let notices = async || {
            let count = |kind: &str| format!("SELECT COUNT(*) FROM outbox WHERE kind = '{kind}'");
            (installation.number(&count("notice")).await, installation.number(&count("more_news")).await)
        };
        send("ilze@biblioteka.example", 0..14).await;
        send("anna@pasts.example", 0..1).await;
        assert_eq!(pending(app).await.len(), 15, "all are in the queue");
        assert_eq!(notices().await, (11, 0), "the other sender is told of");
        assert!(!zinas::newsroom::notices::step(app).await.unwrap(), "it may still go on");
        app.clock.advance_to(app.clock.now() + chrono::TimeDelta::minutes(11));
        assert!(zinas::newsroom::notices::step(app).await.unwrap());
        assert_eq!(notices().await, (11, 1));
        assert!(!zinas::newsroom::notices::step(app).await.unwrap(), "once");
        // A flood without end is told of once an hour.
        for minutes in 0..6 {
            send("ilze@biblioteka.example", 20 + minutes..21 + minutes).await;
            app.clock.advance_to(app.clock.now() + chrono::TimeDelta::minutes(9));
            assert!(!zinas::newsroom::notices::step(app).await.unwrap(), "{minutes}");
        }
        app.clock.advance_to(app.clock.now() + chrono::TimeDelta::minutes(9));
        zinas::newsroom::notices::step(app).await.unwrap();
        assert_eq!(notices().await.1, 2);
        send("ilze@biblioteka.example", 40..41).await;
        assert_eq!(notices().await.0, 12, "after an hour there are notices again");
        // Tags of one mailbox are one flood.
        for tag in 0..14 {
            send(&format!("velga+{tag}@pasts.example"), tag..tag + 1).await;
        }
        assert_eq!(notices().await, (22, 2));
        app.clock.advance_to(app.clock.now() + chrono::TimeDelta::minutes(11));
        zinas::newsroom::notices::step(app).await.unwrap();
        assert_eq!(notices().await, (22, 3));
    }

    pub async fn a_flood_of_many_senders_is_told_of_in_one_mail(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        for number in 0..200 {
            let news = format!(
                "From: <s{number}@viltots{number}.example>\r\nTo: <info@selija.com>\r\nSubject: Talka {number}\r\n\
                 Message-ID: <{number}@viltots.example>\r\n\r\nSestdien talka pie ezera, nāciet visi!\r\n"
            );
            receive(app, news.into_bytes()).await;
        }
        route_all(app).await;
        assert_eq!(pending(app).await.len(), 200, "all are in the queue");
        let count = |kind: &str| format!("SELECT COUNT(*) FROM outbox WHERE kind = '{kind}'");
        assert_eq!(installation.number(&count("notice")).await, 30);
        app.clock.advance_to(app.clock.now() + chrono::TimeDelta::minutes(11));
        while zinas::newsroom::notices::step(app).await.unwrap() {}
        assert_eq!(installation.number(&count("more_news")).await, 1, "one mail for all of them");
        let told = crate::support::letters::waiting_for(app, app.config.editors[0].address.as_str()).await;
        assert!(told.last().unwrap().contains("170"), "{}", told.last().unwrap());
        assert_eq!(installation.number("SELECT COUNT(*) FROM withheld_notice").await, 0);
    }

    pub async fn an_editors_answer_to_a_notice_is_no_word_of_the_contributor(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        receive(app, from_anna("Talka", "Sestdien talka pie ezera, nāciet visi!")).await;
        route_all(app).await;
        let item = app.store.items(app.publication, "pending").await.unwrap().remove(0);
        decide(app, item.id, None, Act::Ask { question: "Kad?".to_owned() }, ANNA).await.unwrap();
        let notice = installation.text("SELECT message_id FROM outbox WHERE kind = 'notice'").await;
        let editor = app.config.editors[0].address.as_str();
        let answer = format!(
            "From: <{editor}>\r\nTo: <info@selija.com>\r\nSubject: Re: Talka\r\nIn-Reply-To: <{notice}>\r\n\
             Message-ID: <atbilde@selija.com>\r\n\r\nLieciet iekšā!\r\n"
        );
        receive(app, answer.into_bytes()).await;
        route_all(app).await;
        let now = app.store.item(item.id).await.unwrap().unwrap();
        assert_eq!(now.item.state.name(), "asked", "the contributor has not answered");
        assert!(app.store.item_replies(item.id).await.unwrap().is_empty());
        assert_eq!(app.store.letters(app.publication).await.unwrap().len(), 1, "and it is not lost");
    }

    pub async fn nobody_is_answered_over_the_null_sender(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let plain = arrival(mail("", "Sestdien talka pie ezera, nāciet visi!"), Source::Smtp);
        let envelope = Envelope { sender: Sender::Null, ..plain.envelope.clone() };
        Door(app.clone()).store(Arrival { envelope, ..plain }).await.unwrap();
        route_all(app).await;
        assert_eq!(pending(app).await.len(), 1);
        assert_eq!(app.store.count_waiting_mails().await.unwrap(), 1, "the notice to the editor, no thanks");
        for ours in ["info@selija.com", "info+x@selija.com"] {
            wish(app, &address(ours)).await;
        }
        assert_eq!(app.store.count_waiting_mails().await.unwrap(), 1, "and none to ourselves");
    }
}
