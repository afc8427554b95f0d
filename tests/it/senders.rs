//! Senders who are not taken in any more, on both databases: what comes from them is kept aside, and can be had back.

use chrono::TimeDelta;
use issues::reading::Unreadable;
use mail_parser::MessageParser;
use reqwest::{Response, StatusCode};
use zinas::app::SharedApp;
use zinas::newsroom::moderate::{Act, decide};
use zinas::newsroom::senders::{self, Of, Taken};
use zinas::schedule;
use zinas::store::MessageRow;

use crate::support::database::{Installation, on_both};
use crate::support::newsroom::{ANNA, address, from_anna, pending, receive, route_all};
use crate::support::site::{Site, body, header, on_both_databases};

on_both!(
    what_a_blocked_sender_sends_is_kept_aside_without_a_word,
    what_is_no_news_and_no_letter_keeps_its_way,
    an_address_is_compared_as_everywhere,
    nobody_who_is_blocked_is_asked_for_news,
    an_erasure_leaves_no_address_behind,
    an_editor_is_never_kept_out,
);

on_both_databases! {
    the_page_of_an_item_blocks_its_sender_and_keeps_what_is_typed
    a_letter_and_a_mail_in_quarantine_have_the_same_button
    what_was_kept_aside_is_treated_as_what_it_is
    words_for_the_contributor_outlast_every_button_but_a_verb
    a_forged_mail_blocks_nobody
    nothing_is_said_to_be_done_that_is_not
}

const WRITES: &str = "Sestdien talka pie ezera, nāciet visi!";
const ANNAS: &str = "anna.berzina@pasts.example";

async fn comes(app: &SharedApp, bytes: Vec<u8>) -> MessageRow {
    receive(app, bytes).await;
    route_all(app).await;
    app.store.messages(app.publication, "", "").await.unwrap().into_iter().max_by_key(|row| row.id).unwrap()
}

/// The first item of Anna's, whose sender is blocked then.
async fn blocked(app: &SharedApp) -> i64 {
    comes(app, from_anna("Talka", WRITES)).await;
    let item = app.store.items(app.publication, "").await.unwrap().pop().unwrap().id;
    assert!(senders::block(app, Of::Item(item), "Anna Miglasēta").await.unwrap());
    item
}

fn letter(from: &str, header: &str, subject: &str) -> Vec<u8> {
    format!(
        "From: <{from}>\r\nTo: <info@selija.com>\r\nSubject: {subject}\r\n{header}\
         Message-ID: <{}-{}@pasts.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{WRITES}\r\n",
        subject.len(),
        from.len()
    )
    .into_bytes()
}

fn is_aside(row: &MessageRow) -> bool {
    (row.state.as_str(), row.reason) == ("quarantined", Some(Unreadable::Blocked))
}

mod stories {
    use super::*;

    pub async fn what_a_blocked_sender_sends_is_kept_aside_without_a_word(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let item = blocked(app).await;
        let mails = app.store.count_waiting_mails().await.unwrap();
        let row = comes(app, from_anna("Tirgus", "Svētdien tirgus Saukā, nāciet visi!")).await;
        assert!(is_aside(&row), "{row:?}");
        assert_eq!((row.kind.as_str(), row.why.as_str()), ("submission", "this sender is blocked"));
        let reply = comes(app, letter(ANNAS, "", "Re: Decembra numurs")).await;
        assert!(is_aside(&reply), "{reply:?}");
        assert_eq!(pending(app).await, ["Talka"], "what came before stays");
        assert!(app.store.letters(app.publication).await.unwrap().is_empty());
        assert_eq!(
            app.store.count_waiting_mails().await.unwrap(),
            mails,
            "nobody is thanked, told or answered"
        );
        assert!(app.store.blob(&row.sha256).await.unwrap().is_some(), "nothing is deleted");
        let other = comes(app, letter("ilze@biblioteka.example", "", "Balle")).await;
        assert_eq!(other.state, "routed", "others are taken in");
        // Once, by whoever was first; and back again.
        assert!(!senders::block(app, Of::Item(item), "Ilze").await.unwrap());
        let Taken::Blocked(who) = senders::taken(app, Of::Item(item)).await.unwrap() else {
            panic!("blocked")
        };
        assert_eq!(who.by, "Anna Miglasēta");
        assert!(senders::unblock(app, Of::Item(item)).await.unwrap());
        assert!(!senders::unblock(app, Of::Item(item)).await.unwrap());
        let again = comes(app, from_anna("Danči pilī", "Svētdien danči pilī, nāciet visi!")).await;
        assert_eq!(again.state, "routed");
        assert!(
            is_aside(&app.store.message(row.id).await.unwrap().unwrap()),
            "what is aside waits for an editor"
        );
    }

    pub async fn what_is_no_news_and_no_letter_keeps_its_way(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let item = blocked(app).await;
        decide(app, item, None, Act::Ask { question: "Cikos?".to_owned() }, ANNA).await.unwrap();
        let question = installation.text("SELECT message_id FROM outbox WHERE kind = 'question'").await;
        let answer = letter(ANNAS, &format!("In-Reply-To: <{question}>\r\n"), "Re: Talka, atbilde");
        assert_eq!(comes(app, answer).await.why, format!("belongs to item {item}"));
        assert_eq!(app.store.item(item).await.unwrap().unwrap().item.state.name(), "pending");
        // Nobody asked again.
        let more = letter(ANNAS, &format!("In-Reply-To: <{question}>\r\n"), "Re: Talka, un vēl kas");
        assert!(is_aside(&comes(app, more).await));
        let goodbye = format!(
            "From: <{ANNAS}>\r\nTo: <info@selija.com>\r\nSubject: Atteikties\r\n\
             Message-ID: <atteikties@pasts.example>\r\n\r\nAtteikties\r\n"
        );
        let goodbye = comes(app, goodbye.into_bytes()).await;
        assert_eq!((goodbye.state.as_str(), goodbye.kind.as_str()), ("routed", "unsubscribe"));
        let away = letter(ANNAS, "Auto-Submitted: auto-replied\r\n", "Esmu prom");
        assert_eq!(comes(app, away).await.kind, "auto_reply");
        let same = comes(app, from_anna("Talka", &format!("{WRITES} "))).await;
        assert!(same.why.contains("the same mail as"), "{same:?}");
    }

    pub async fn an_address_is_compared_as_everywhere(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        blocked(app).await;
        assert!(is_aside(&comes(app, letter("ANNA.BERZINA@PASTS.EXAMPLE", "", "Balle")).await));
        assert!(!is_aside(&comes(app, letter("anna@pasts.example", "", "Balle divi")).await));
        // A form on a web site writes for whoever filled it in.
        let form = format!("Reply-To: <{ANNAS}>\r\n");
        assert!(is_aside(&comes(app, letter("noreply@veidlapa.example", &form, "Balle trīs")).await));
        let form = "Reply-To: <velga@pasts.example>\r\n";
        assert!(!is_aside(&comes(app, letter("noreply@veidlapa.example", form, "Balle četri")).await));
        // Another publication takes whom it wants.
        let mut write = app.store.write().await.unwrap();
        let other = write.publication("kaiminu-zinas", app.clock.now()).await.unwrap();
        assert!(!write.is_blocked(other, &[address(ANNAS)]).await.unwrap());
        assert!(write.is_blocked(app.publication, &[address("x@y.example"), address(ANNAS)]).await.unwrap());
        write.commit().await.unwrap();
    }

    pub async fn nobody_who_is_blocked_is_asked_for_news(database: Option<&str>) {
        let installation = Installation::open(database, |config| {
            config.schedule.retain(|(job, _)| job.name() == "reminder")
        })
        .await;
        let app = &installation.app;
        blocked(app).await;
        comes(app, letter("ilze@biblioteka.example", "", "Balle")).await;
        for _ in 0..62 {
            app.clock.advance_to(app.clock.now() + TimeDelta::hours(12));
            while schedule::step(app).await.unwrap() == zinas::app::Step::Worked {}
        }
        let asked = "SELECT COUNT(*) FROM outbox WHERE kind = 'reminder' AND recipient = ";
        assert!(installation.number(&format!("{asked}'ilze@biblioteka.example'")).await > 0);
        assert_eq!(installation.number(&format!("{asked}'Anna.Berzina@pasts.example'")).await, 0);
    }

    pub async fn an_erasure_leaves_no_address_behind(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        blocked(app).await;
        comes(app, from_anna("Tirgus", "Svētdien tirgus Saukā, nāciet visi!")).await;
        let mut write = app.store.write().await.unwrap();
        write.erase_person(app.publication, &address(ANNAS), app.clock.now()).await.unwrap();
        write.commit().await.unwrap();
        let rows = installation.dump().await;
        let named = rows.iter().filter(|row| row.starts_with("blocked_sender"));
        let named: Vec<&String> = named.filter(|row| row.to_lowercase().contains("berzina")).collect();
        assert!(named.is_empty(), "{named:?}");
        let row = comes(app, from_anna("Danči pilī", "Svētdien danči pilī, nāciet visi!")).await;
        assert!(is_aside(&row), "she is not taken in all the same");
        let listed = app.store.blocked_senders(app.publication).await.unwrap();
        assert_eq!((listed.len(), listed[0].address.as_str()), (1, ""));
        assert!(senders::unblock_row(app, listed[0].id).await.unwrap());
    }

    pub async fn an_editor_is_never_kept_out(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let editor = app.config.editors[0].address.clone();
        let row = comes(app, letter(editor.as_str(), "", "Balle")).await;
        assert_eq!(senders::taken(app, Of::Message(row.id)).await.unwrap(), Taken::Nobody);
        assert!(!senders::block(app, Of::Message(row.id), "anna").await.unwrap());
        // Nor one who was blocked before she was one.
        let mut write = app.store.write().await.unwrap();
        write.block_sender(app.publication, &editor, "anna", app.clock.now()).await.unwrap();
        write.commit().await.unwrap();
        assert!(!is_aside(&comes(app, letter(editor.as_str(), "", "Balle divi")).await));
    }
}

fn to(answer: &Response) -> String {
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    header(answer, "location")
}

async fn the_page_of_an_item_blocks_its_sender_and_keeps_what_is_typed(site: Site) {
    let app = &site.app;
    for (subject, text) in
        [("Talka", WRITES), ("Tirgus", "Svētdien tirgus Saukā."), ("Danči pilī", "Danči pilī.")]
    {
        comes(app, from_anna(subject, text)).await;
    }
    let items = app.store.items(app.publication, "").await.unwrap();
    decide(app, items[0].id, None, Act::Reject { reason: "Bija.".to_owned() }, ANNA).await.unwrap();
    let desk = site.desk(0).await;
    let path = format!("/desk/item/{}", items[1].id);
    let page = desk.page(&path).await;
    let waits = page.find("Vēl gaida (1)").expect("what waits is a group of its own");
    let decided = page.find("Jau izlemtās (1)").expect("and so is the rest");
    let at = |id: i64| page.rfind(&format!("href=\"/desk/item/{id}\"")).unwrap();
    assert!(waits < at(items[2].id) && at(items[2].id) < decided && decided < at(items[0].id), "{page}");
    assert!(page.contains("Vairs nepieņemt vēstules"), "{page}");

    let fields = [("revision", "1"), ("title", "Liels tirgus"), ("do", "block")];
    let next = to(&desk.post(&path, &fields).await);
    assert_eq!(next, format!("{path}?done=block&item={}#sender", items[1].id));
    let page = desk.page(next.split('#').next().unwrap()).await;
    for words in ["turpmākās vēstules nonāks karantīnā", "Tā izlēma ", "Atkal pieņemt", "Liels tirgus"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(is_aside(&comes(app, letter(ANNAS, "", "Balle")).await));
    let revision = app.store.item(items[1].id).await.unwrap().unwrap().revision.to_string();
    assert_eq!(revision, "2", "what was typed is kept");
    to(&desk.post(&path, &[("revision", &revision), ("do", "unblock")]).await);
    assert!(app.store.blocked_senders(app.publication).await.unwrap().is_empty());
    // Of what is settled nothing can be typed; its sender may still be blocked.
    decide(app, items[2].id, None, Act::Withdraw, ANNA).await.unwrap();
    let id = items[2].id.to_string();
    assert!(desk.page(&format!("/desk/item/{id}")).await.contains("action=\"/desk/senders\""));
    to(&desk.post("/desk/senders", &[("act", "block"), ("item", &id)]).await);
    let list = desk.page("/desk?state=quarantine").await;
    assert!(
        list.contains("Sūtītāji, kuru vēstules nepieņemam (1)")
            && list.contains("Anna.Berzina@pasts.example")
    );
    assert!(
        list.contains("Kad šī vēstule atnāca, sūtītāja vēstules nepieņēmām."),
        "why the mail is there: {list}"
    );
    let sender = app.store.blocked_senders(app.publication).await.unwrap()[0].id.to_string();
    let back = to(&desk.post("/desk/senders", &[("act", "unblock"), ("sender", &sender)]).await);
    assert_eq!(back, "/desk?state=quarantine");
    assert!(!desk.page(&back).await.contains("kuru vēstules nepieņemam"));
    for wrong in [vec![("act", "block")], vec![("act", "x"), ("item", "1")], vec![("item", "1")]] {
        assert_eq!(desk.post("/desk/senders", &wrong).await.status(), StatusCode::BAD_REQUEST, "{wrong:?}");
    }
    let nobody = desk.post("/desk/senders", &[("act", "block"), ("item", "999")]).await;
    assert_eq!(nobody.status(), StatusCode::NOT_FOUND);
}

async fn a_letter_and_a_mail_in_quarantine_have_the_same_button(site: Site) {
    let app = &site.app;
    comes(app, letter(ANNAS, "", "Re: Decembra numurs")).await;
    let id = app.store.letters(app.publication).await.unwrap()[0].id;
    let desk = site.desk(0).await;
    let path = format!("/desk/letters/{id}");
    let page = desk.page(&path).await;
    let shown = page.split("name=\"shown\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let typed = [("shown", shown.as_str()), ("text", "Paldies, Anna, "), ("do", "block")];
    let answer = desk.post(&path, &typed).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let page = body(answer).await;
    assert!(page.contains("Paldies, Anna, ") && page.contains("Atkal pieņemt"), "{page}");
    let held = comes(app, letter(ANNAS, "", "Balle")).await;
    assert!(is_aside(&held));
    let message = format!("/desk/message/{}", held.id);
    assert!(desk.page(&message).await.contains("Tā izlēma "));
    let number = held.id.to_string();
    let next = to(&desk.post("/desk/senders", &[("act", "unblock"), ("message", &number)]).await);
    assert!(desk.page(next.split('#').next().unwrap()).await.contains("vēstules atkal pieņemsim"), "{next}");
    let next = to(&desk.post(&path, &[("shown", &shown), ("text", ""), ("do", "block")]).await);
    assert_eq!(next, format!("{path}?done=block#sender"));
    assert!(desk.page(next.split('#').next().unwrap()).await.contains("nonāks karantīnā"));
}

/// Does the text or HTML of a mail hold these words?
fn says(mail: &[u8], words: &str) -> bool {
    let mail = MessageParser::default().parse(mail).unwrap();
    mail.body_text(0).is_some_and(|text| text.contains(words))
}

async fn what_was_kept_aside_is_treated_as_what_it_is(site: Site) {
    let app = &site.app;
    blocked(app).await;
    let held = comes(app, from_anna("Tirgus", "Svētdien tirgus Saukā, nāciet visi!")).await;
    let desk = site.desk(0).await;
    let path = format!("/desk/message/{}/treat", held.id);
    to(&desk.post(&path, &[("kind", "submission")]).await);
    assert_eq!(pending(app).await, ["Talka", "Tirgus"]);
    let said_at = app.store.treatment(held.id).await.unwrap().unwrap().at;
    let told =
        async || site.mails("notice").await.iter().filter(|mail| says(mail, "Svētdien tirgus")).count();
    assert_eq!(told().await, 1, "the editor is told as of any news");
    zinas::newsroom::quarantine::untreat(app, held.id, said_at).await.unwrap().unwrap();
    assert_eq!(told().await, 0, "no words are left that no item leads to");
    let row = app.store.message(held.id).await.unwrap().unwrap();
    assert!(is_aside(&row) && row.kind == "submission", "as it was: {row:?}");
}

async fn words_for_the_contributor_outlast_every_button_but_a_verb(site: Site) {
    let app = &site.app;
    comes(app, from_anna("Talka", WRITES)).await;
    let id = app.store.items(app.publication, "").await.unwrap()[0].id;
    let (desk, path) = (site.desk(0).await, format!("/desk/item/{id}"));
    for (number, act) in ["block", "unblock", "save", "open:when"].into_iter().enumerate() {
        let (reason, question) = (format!("Iemesls {number}"), format!("Jautājums {number}"));
        let revision = app.store.item(id).await.unwrap().unwrap().revision.to_string();
        let fields =
            [("revision", revision.as_str()), ("do", act), ("reason", &reason), ("question", &question)];
        to(&desk.post(&path, &fields).await);
        let page = desk.page(&path).await;
        assert!(page.contains(&reason) && page.contains(&question), "{act}: {page}");
    }
    let revision = app.store.item(id).await.unwrap().unwrap().revision.to_string();
    let fields =
        [("revision", revision.as_str()), ("do", "reject"), ("reason", "Par vēlu."), ("question", "?")];
    to(&desk.post(&path, &fields).await);
    assert_eq!(app.store.item(id).await.unwrap().unwrap().item.state.name(), "rejected");
    let editor = app.store.editors(app.publication).await.unwrap()[0].id;
    assert!(app.store.draft(id, editor).await.unwrap().is_none(), "a verb takes them with it");
}

async fn a_forged_mail_blocks_nobody(site: Site) {
    let app = &site.app;
    let failed = "Authentication-Results: mail.selija.com; dmarc=fail header.from=pasts.example\r\n";
    let mut forged = failed.as_bytes().to_vec();
    forged.extend(from_anna("Talka", WRITES));
    let mail = comes(app, forged).await;
    let item = app.store.items(app.publication, "").await.unwrap()[0].id;
    assert_eq!(senders::taken(app, Of::Item(item)).await.unwrap(), Taken::Unsure);
    let (desk, path) = (site.desk(0).await, format!("/desk/item/{item}"));
    let page = desk.page(&path).await;
    assert!(page.contains("tāpēc šo adresi te nevar bloķēt"), "{page}");
    assert!(!page.contains("Vairs nepieņemt vēstules"), "{page}");
    let pressed = desk.post(&path, &[("revision", "1"), ("do", "block")]).await;
    assert_eq!(pressed.status(), StatusCode::CONFLICT);
    let (item, mail) = (item.to_string(), mail.id.to_string());
    for (name, id) in [("item", &item), ("message", &mail)] {
        let pressed = desk.post("/desk/senders", &[("act", "block"), (name, id)]).await;
        assert_eq!(pressed.status(), StatusCode::CONFLICT, "{name}");
    }
    assert!(app.store.blocked_senders(app.publication).await.unwrap().is_empty());
    assert!(!is_aside(&comes(app, letter(ANNAS, "", "Balle")).await), "her own mail is taken in");
}

async fn nothing_is_said_to_be_done_that_is_not(site: Site) {
    let app = &site.app;
    comes(app, from_anna("Talka", WRITES)).await;
    let id = app.store.items(app.publication, "").await.unwrap()[0].id;
    let desk = site.desk(0).await;
    let said = |act: &str| format!("/desk/item/{id}?done={act}&item={id}");
    assert!(!desk.page(&said("block")).await.contains("turpmākās vēstules nonāks karantīnā."));
    assert!(desk.page(&said("unblock")).await.contains("vēstules atkal pieņemsim"));
    assert!(senders::block(app, Of::Item(id), "Ilze").await.unwrap());
    assert!(desk.page(&said("block")).await.contains("turpmākās vēstules nonāks karantīnā."));
    assert!(!desk.page(&said("unblock")).await.contains("vēstules atkal pieņemsim"));
}
