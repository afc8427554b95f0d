//! Who may be mailed, on both databases: wishes, suppressions and what lifts them, and erasure.

use issues::ItemContent;
use subscribers::{EmailAddress, Language, Preferences, SuppressionReason};
use zinas::clock::random_id;
use zinas::inbound::intake::{Intake as _, Source, Stored};
use zinas::newsroom::edition;
use zinas::newsroom::intake::Door;
use zinas::newsroom::moderate::{Act, Who, decide};
use zinas::newsroom::people::{self, NotDone, Origin, Requested, TakenBack};
use zinas::newsroom::readers;
use zinas::store::{NewItem, address_hash};

use crate::support::database::{Installation, on_both};
use crate::support::letters::waiting_for;
use crate::support::newsroom::{
    ANNA, FORM, address, arrival, from_anna, item, mail, preferences, receive, route_all, suppress,
    suppress_with_note, suppression, wish,
};

on_both!(
    an_erased_person_leaves_nothing_that_waits,
    what_went_to_an_address_never_confirmed_is_erased_with_who_named_it,
    a_wish_lifts_nothing_and_the_confirmation_does,
    a_graver_reason_takes_the_place_of_a_lighter_one,
    a_suppression_is_lifted_by_address_and_the_reason_kept,
    an_erased_person_is_nowhere_but_in_what_was_approved,
    a_machine_is_no_reader,
    what_was_an_erased_persons_is_nobody_elses,
    an_answer_to_a_mail_about_what_is_erased_is_about_nothing,
    of_what_left_for_editors_only_what_may_be_about_the_person_is_emptied,
);

mod stories {
    use super::*;

    pub async fn an_erased_person_leaves_nothing_that_waits(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let address = address("anna@pasts.example");
        wish(app, &address).await;
        assert_eq!(app.store.count_waiting_mails().await.unwrap(), 1);
        assert!(people::erase(app, &address).await.unwrap().any());
        assert_eq!(app.store.count_waiting_mails().await.unwrap(), 0, "what waited never leaves");
        let (_, due) = app.store.count_waiting(app.clock.now()).await.unwrap();
        assert_eq!(due, 0);
        // Within the day the form asks nobody twice, and takes nobody off the list for it.
        wish(app, &address).await;
        assert!(suppression(app, &address).await.is_some());
    }

    pub async fn what_went_to_an_address_never_confirmed_is_erased_with_who_named_it(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let (anna, velga) = (address("anna@pasts.example"), address("velga@pasts.example"));
        let mut rows = Vec::new();
        for reader in [&anna, &velga] {
            rows.push(people::add(app, reader, &preferences(), "Piekrita.", FORM).await.unwrap());
        }
        // A first wish that another took the place of, and one by somebody else.
        let ask = async |row: usize, to: &str| {
            let public_id = rows[row].public_id;
            readers::ask_address(app, public_id, &address(to), "Piekrītu.", FORM).await.unwrap();
        };
        ask(0, "anna@darbs.example").await;
        ask(0, "anna@majas.example").await;
        ask(1, "velga@darbs.example").await;
        ask(1, "kopa@majas.example").await;
        ask(0, "kopa@majas.example").await;
        assert_eq!(waiting_for(app, "kopa@majas.example").await.len(), 1, "asked once a day, at her wish");
        let named =
            async |what: &str| installation.dump().await.iter().filter(|row| row.contains(what)).count();
        assert!(named("anna@darbs.example").await > 0 && named("anna@majas.example").await > 0);
        let erased = people::erase(app, &anna).await.unwrap();
        assert!(erased.mails >= 2, "{erased:?}");
        for gone in ["anna@darbs.example", "anna@majas.example", "anna@pasts.example"] {
            assert_eq!(named(gone).await, 0, "{gone}");
            assert!(waiting_for(app, gone).await.is_empty());
        }
        assert_eq!(waiting_for(app, "velga@darbs.example").await.len(), 1, "another's wish stays");
        let both = waiting_for(app, "kopa@majas.example").await.len();
        assert_eq!(both, 1, "another's wish for the same address, too");
    }

    pub async fn a_wish_lifts_nothing_and_the_confirmation_does(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let address = address("anna@pasts.example");
        suppress(app, &address, SuppressionReason::Erased).await;
        assert_eq!(wish(app, &address).await, Requested::Asked);
        assert_eq!(app.store.count_waiting_mails().await.unwrap(), 1, "the mail that asks can leave");
        assert!(suppression(app, &address).await.is_some(), "anyone can type an address");
        let id = app.store.subscriptions(app.publication, "pending").await.unwrap()[0].public_id;
        people::confirm(app, id, "Piekrītu.", FORM).await.unwrap();
        assert!(suppression(app, &address).await.is_none());
        assert_eq!(app.store.subscriptions(app.publication, "confirmed").await.unwrap().len(), 1);
    }

    pub async fn a_graver_reason_takes_the_place_of_a_lighter_one(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let address = address("anna@pasts.example");
        suppress(app, &address, SuppressionReason::HardBounce).await;
        wish(app, &address).await;
        suppress(app, &address, SuppressionReason::Erased).await;
        assert_eq!(suppression(app, &address).await.unwrap().reason, SuppressionReason::HardBounce);
        suppress(app, &address, SuppressionReason::Complaint).await;
        suppress(app, &address, SuppressionReason::Refused).await;
        assert_eq!(suppression(app, &address).await.unwrap().reason, SuppressionReason::Complaint);
        // The link that went out before does not outweigh the complaint, nor does a new wish.
        let id = app.store.subscriptions(app.publication, "pending").await.unwrap()[0].public_id;
        let refused = people::confirm(app, id, "Piekrītu.", FORM).await.unwrap_err();
        assert!(matches!(refused, NotDone::Suppressed(SuppressionReason::Complaint)), "{refused}");
        app.clock.advance_to(app.clock.now() + chrono::TimeDelta::days(2));
        assert_eq!(wish(app, &address).await, Requested::Suppressed);
    }

    pub async fn a_suppression_is_lifted_by_address_and_the_reason_kept(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let address = address("anna@pasts.example");
        let refused =
            people::lift(app, &address, "Zvanīja.", Who { by: "ilze", channel: "desk" }).await.unwrap_err();
        assert!(matches!(refused, NotDone::NotSuppressed), "{refused}");
        suppress(app, &address, SuppressionReason::Erased).await;
        let refused =
            people::lift(app, &address, "  ", Who { by: "ilze", channel: "desk" }).await.unwrap_err();
        assert!(matches!(refused, NotDone::NoReason), "{refused}");
        let done =
            people::lift(app, &address, "Zvanīja.", Who { by: "ilze", channel: "desk" }).await.unwrap();
        let TakenBack::Entry(was) = done else { panic!("{done:?}") };
        assert_eq!(was.reason, SuppressionReason::Erased);
        assert!(suppression(app, &address).await.is_none());
        // Who never confirmed is a reader only after the confirmation.
        wish(app, &address).await;
        let row = app.store.subscriptions(app.publication, "").await.unwrap().remove(0);
        let mut write = app.store.write().await.unwrap();
        let (hash, why) = (address_hash(&address), SuppressionReason::Refused);
        people::suppress(app, &mut write, &hash, Some(row.id), why, "550").await.unwrap();
        write.commit().await.unwrap();
        let done = people::lift(app, &address, "Kļūda.", Who { by: "ilze", channel: "desk" }).await.unwrap();
        let TakenBack::Subscription(row) = done else { panic!("{done:?}") };
        assert_eq!(row.state.name(), "pending");
        let kept = app.store.lifted_suppressions(&hash).await.unwrap();
        assert_eq!(kept, [("erased".into(), "Zvanīja.".into()), ("refused".into(), "Kļūda.".into())]);
        let refused = people::add(app, &address, &preferences(), " ", FORM).await.unwrap_err();
        assert!(matches!(refused, NotDone::NoConsent), "{refused}");
    }

    pub async fn an_erased_person_is_nowhere_but_in_what_was_approved(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let anna = address("anna.berzina@pasts.example");
        wish(app, &anna).await;
        let row = app.store.subscriptions(app.publication, "").await.unwrap().remove(0);
        people::confirm(app, row.public_id, "Piekrītu.", FORM).await.unwrap();
        let letter = "In-Reply-To: <nav@zinams.example>\r\nReferences: <nav@zinams.example>\r\n";
        receive(app, from_anna("Talka", "Sestdien talka pie ezera, nāciet visi!")).await;
        receive(app, from_anna("Koncerts", "Svētdien koncerts baznīcā, nāciet visi!")).await;
        receive(app, [letter.as_bytes(), &from_anna("Re: Ziņas", "Paldies par ziņām!")].concat()).await;
        let mut bomb = from_anna("Bumba", "");
        bomb.truncate(bomb.len() - 4);
        for _ in 0..20_000 {
            bomb.extend_from_slice(b"Content-Type: message/rfc822\r\n\r\n");
        }
        receive(app, bomb).await;
        receive(app, mail("", "Anna lūdza pateikt, ka tirgus ir atcelts; tā raksta Ilze.")).await;
        route_all(app).await;
        let items = app.store.items(app.publication, "").await.unwrap();
        let id = |title: &str| items.iter().find(|row| row.item.content.text.contains(title)).unwrap().id;
        let (talka, koncerts, tirgus) = (id("talka"), id("koncerts"), id("tirgus"));
        decide(app, talka, None, Act::Approve, ANNA).await.unwrap();
        decide(app, koncerts, None, Act::Reject { reason: "Bija jau.".to_owned() }, ANNA).await.unwrap();
        assert_eq!(app.store.letters(app.publication).await.unwrap().len(), 1);
        // One that nobody has looked at yet.
        let waiting = from_anna("Gadatirgus", "Gadatirgus rudenī.");
        receive(app, waiting.clone()).await;
        suppress_with_note(app, &anna, "550 5.1.1 <anna.berzina@pasts.example> unknown").await;

        let before = installation.dump().await;
        assert!(before.iter().filter(|row| row.to_lowercase().contains("anna.berzina")).count() > 5);
        let erased = people::erase(app, &anna).await.unwrap();
        assert_eq!((erased.subscriptions, erased.contributors, erased.letters), (1, 1, 1), "{erased:?}");
        assert_eq!((erased.messages, erased.items, erased.items_kept), (5, 1, 1), "{erased:?}");
        for row in installation.dump().await {
            let row = row.to_lowercase();
            for word in ["anna.berzina", "anna bērziņa"] {
                let hex = data_encoding::HEXLOWER.encode(word.as_bytes());
                assert!(!row.contains(word) && !row.contains(&hex), "{word}: {row}");
            }
        }
        assert!(app.store.item(talka).await.unwrap().is_some_and(|row| row.contributor.is_none()));
        assert!(app.store.item(koncerts).await.unwrap().is_none());
        assert!(app.store.item(tirgus).await.unwrap().is_some(), "somebody else's");
        // What is fetched again is known; what waited is nobody's item; the next erasure finds nothing.
        receive(app, waiting).await;
        route_all(app).await;
        assert_eq!(app.store.items(app.publication, "").await.unwrap().len(), 2);
        assert!(!people::erase(app, &anna).await.unwrap().any());
    }

    pub async fn a_machine_is_no_reader(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let daemon = address("Mailer-Daemon@pasts.example");
        assert_eq!(wish(app, &daemon).await, Requested::Nobody);
        let refused = people::add(app, &daemon, &preferences(), "Piekrita.", FORM).await.unwrap_err();
        assert_eq!(refused.to_string(), "nobody reads this address: its name is that of a machine");
        for ours in ["info@selija.com.", "\"INFO\"@selija.com"] {
            assert_eq!(wish(app, &address(ours)).await, Requested::Suppressed, "{ours}");
        }
        assert!(app.store.subscriptions(app.publication, "").await.unwrap().is_empty());
    }

    pub async fn what_was_an_erased_persons_is_nobody_elses(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let add = async |address: &str| {
            let address = EmailAddress::parse(address).unwrap();
            let preferences = Preferences { language: Language::Latvian, municipality: String::new() };
            let origin = Origin { channel: "command", from: "" };
            people::add(app, &address, &preferences, "Piekrītu.", origin).await.unwrap()
        };
        let anna = add("anna@pasts.example").await;
        let photo = b"a picture of a lake".as_slice();
        let now = app.clock.now();
        let mut write = app.store.write().await.unwrap();
        let sha256 = write.keep_blob(photo, "image/jpeg", now).await.unwrap();
        let content = ItemContent {
            title: "Talka".to_owned(),
            photos: vec![issues::ItemPhoto { sha256: sha256.clone(), ..issues::ItemPhoto::default() }],
            ..ItemContent::default()
        };
        let contributor = write.contributor(app.publication, &anna.address, "Anna", random_id(), now).await;
        let new = NewItem {
            public_id: random_id(),
            publication: app.publication,
            message: None,
            contributor: Some(contributor.unwrap()),
            content: &content,
            received_at: now,
        };
        let first = write.keep_item(&new).await.unwrap();
        write.commit().await.unwrap();

        people::erase(app, &anna.address).await.unwrap();
        assert!(app.store.item(first).await.unwrap().is_none());
        let ilze = add("ilze@pasts.example").await;
        assert!(ilze.id > anna.id && item(app, "Koncerts").await > first, "numbers are not given out again");
        // A late bounce of a mail to Anna does Ilze nothing, not even by her number.
        let (hash, why) = (address_hash(&anna.address), SuppressionReason::HardBounce);
        let mut write = app.store.write().await.unwrap();
        people::suppress(app, &mut write, &hash, Some(ilze.id), why, "").await.unwrap();
        // The same picture from somebody else is kept whole.
        assert_eq!(write.keep_blob(photo, "image/jpeg", now).await.unwrap(), sha256);
        write.commit().await.unwrap();
        assert_eq!(app.store.blob(&sha256).await.unwrap().unwrap().content, photo);
        let rows = app.store.subscriptions(app.publication, "confirmed").await.unwrap();
        assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [ilze.id]);
    }

    pub async fn an_answer_to_a_mail_about_what_is_erased_is_about_nothing(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let anna = address("anna.berzina@pasts.example");
        let talka = from_anna("Talka", "Sestdien talka pie ezera, nāciet visi!");
        receive(app, talka.clone()).await;
        route_all(app).await;
        wish(app, &anna).await;
        let sent = async |kind: &str| {
            let sql = format!("SELECT public_id FROM outbox WHERE kind = '{kind}'");
            app.store.mail_of_token(installation.number(&sql).await).await.unwrap().unwrap()
        };
        let (thanks, confirmation) = (sent("thanks").await, sent("confirmation").await);
        assert!(thanks.item.is_some() && confirmation.subscription.is_some());
        let id = installation.text("SELECT message_id FROM outbox WHERE kind = 'thanks'").await;

        people::erase(app, &anna).await.unwrap();
        for kind in ["thanks", "confirmation", "notice"] {
            let sent = sent(kind).await;
            assert_eq!((sent.item, sent.letter, sent.subscription), (None, None, None), "{kind}");
        }
        // An answer finds the old mail, and neither the item that is gone nor the one that came after it.
        let next = item(app, "Koncerts").await;
        receive(app, mail(&format!("In-Reply-To: <{id}>\r\nReferences: <{id}>\r\n"), "Vēl viens vārds."))
            .await;
        route_all(app).await;
        assert_eq!(app.store.messages(app.publication, "received", "").await.unwrap().len(), 0);
        assert_eq!(installation.number("SELECT COUNT(*) FROM item_reply").await, 0);
        assert!(app.store.revisions(next).await.unwrap().is_empty());
        // The same bytes are the mail that was erased; the person may write again.
        let door = Door(app.clone());
        assert_eq!(door.store(arrival(talka.clone(), Source::Smtp)).await.unwrap(), Stored::Known);
        let again = [b"Date: Thu, 26 Nov 2026 09:00:00 +0200\r\n".as_slice(), &talka].concat();
        assert_eq!(door.store(arrival(again, Source::Smtp)).await.unwrap(), Stored::New);
        route_all(app).await;
        let texts = app.store.items(app.publication, "").await.unwrap();
        assert_eq!(texts.iter().filter(|row| row.item.content.text.contains("talka")).count(), 1);
    }

    pub async fn of_what_left_for_editors_only_what_may_be_about_the_person_is_emptied(
        database: Option<&str>,
    ) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        receive(app, from_anna("Talka", "Sestdien talka pie ezera, nāciet visi!")).await;
        receive(app, mail("", "Svētdien koncerts baznīcā, nāciet visi!")).await;
        route_all(app).await;
        edition::assemble(app, None).await.unwrap();
        let settle = "UPDATE outbox SET state = 'accepted', settled_at = 1 WHERE priority = 0";
        installation.run(settle).await;
        receive(app, from_anna("Tirgus", "Rudenī būs gadatirgus, nāciet visi!")).await;
        route_all(app).await;
        let of_anna = "item_id IN (SELECT item_id FROM item WHERE contributor_id IN
            (SELECT contributor_id FROM contributor WHERE address LIKE '%nna.%erzina%'))";
        let count = async |what: &str| {
            installation
                .number(&format!("SELECT COUNT(*) FROM outbox WHERE mail IS NOT NULL AND {what}"))
                .await
        };
        assert_eq!(count(&format!("kind = 'notice' AND {of_anna}")).await, 2);
        assert_eq!((count("kind = 'notice'").await, count("kind = 'held'").await), (3, 1));
        // In another publication the same ledger is not ours to empty.
        installation.run("INSERT INTO publication (slug, installed_at) VALUES ('cita', 1)").await;
        installation
            .run(
                "INSERT INTO outbox (public_id, publication_id, kind, priority, recipient, recipient_hash, language,
                     mail, message_id, dated_at, state, next_at, expires_at, created_at, settled_at)
                 SELECT 7, (SELECT publication_id FROM publication WHERE slug = 'cita'), kind, 0, recipient,
                     recipient_hash, language, mail, message_id, 1, state, 1, 1, 1, 1
                 FROM outbox WHERE kind = 'held'",
            )
            .await;
        people::erase(app, &address("anna.berzina@pasts.example")).await.unwrap();
        assert_eq!(count("kind = 'notice'").await, 1, "the one about the concert");
        assert_eq!(count("kind = 'notice' AND item_id IN (SELECT item_id FROM item)").await, 1);
        assert_eq!(count("kind = 'held' AND public_id = 7").await, 1);
        assert_eq!(count("kind = 'held' AND public_id <> 7").await, 0, "its titles may be anybody's");
    }
}
