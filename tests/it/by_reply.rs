//! Editors decide by answering the notice of an item, on both databases: who may, for how long, and what she is told.

use zinas::app::SharedApp;
use zinas::newsroom::edition;
use zinas::newsroom::moderate::{Act, Who, decide};
use zinas::store::ItemRow;

use crate::support::database::{Installation, on_both};
use crate::support::letters::waiting_for;
use crate::support::newsroom::{ANNA, from_anna, receive, route_all};

on_both!(
    an_editors_word_in_answer_to_a_notice_decides,
    nobody_else_decides_by_mail,
    who_was_slower_is_told_who_decided_and_changes_nothing,
    what_is_not_understood_changes_nothing_and_is_kept,
    what_is_lacking_is_told,
);

/// An answer to a notice, as the editor's program writes it.
#[derive(Clone, Copy)]
struct Reply<'a> {
    from: &'a str,
    checks: &'a str,
    /// Where it is sent.
    to: &'a str,
    in_reply_to: &'a str,
    further: &'a str,
    id: &'a str,
}

impl Reply<'_> {
    fn saying(&self, text: &str) -> Vec<u8> {
        let Self { from, checks, to, in_reply_to, further, id } = self;
        format!(
            "{checks}From: <{from}>\r\nTo: <{to}>\r\nSubject: Re: Jauna =?utf-8?q?zi=C5=86a?=: Talka\r\n\
             In-Reply-To: <{in_reply_to}>\r\nMessage-ID: <{id}@selija.com>\r\n{further}\
             Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n\r\nIlze\r\n\r\n\
             2026. g. 25. nov. “Sēlijas salas” <info@selija.com> rakstīja:\r\n> noraidīt: apstiprināt\r\n> ok\r\n"
        )
        .into_bytes()
    }
}

const PASS: &str = "Authentication-Results: mail.selija.com; dmarc=pass header.from=selija.com\r\n";

fn editor(app: &SharedApp) -> String {
    app.config.editors[0].address.as_str().to_owned()
}

/// What waits for the editor beside notices.
async fn answers(app: &SharedApp) -> Vec<String> {
    let mails = waiting_for(app, &editor(app)).await;
    mails.into_iter().filter(|mail| mail.contains("Subject: Re:")).collect()
}

/// An item that came by mail, with the editor's notice.
async fn noticed(installation: &Installation, subject: &str) -> (ItemRow, String) {
    let app = &installation.app;
    receive(app, from_anna(subject, "Sestdien talka pie ezera, nāciet visi!")).await;
    route_all(app).await;
    let item = app.store.items(app.publication, "pending").await.unwrap().pop().unwrap();
    let notice = "SELECT message_id FROM outbox WHERE kind = 'notice' ORDER BY outbox_id DESC LIMIT 1";
    (item, installation.text(notice).await)
}

async fn state(app: &SharedApp, item: &ItemRow) -> String {
    app.store.item(item.id).await.unwrap().unwrap().item.state.name().to_owned()
}

mod stories {
    use super::*;

    pub async fn an_editors_word_in_answer_to_a_notice_decides(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let editor = editor(app);
        let (talka, notice) = noticed(&installation, "Talka").await;
        let reply = Reply {
            from: &editor,
            checks: PASS,
            to: "info@selija.com",
            in_reply_to: &notice,
            further: "",
            id: "a1",
        };
        receive(app, reply.saying("Apstiprināt.")).await;
        route_all(app).await;
        assert_eq!(state(app, &talka).await, "approved");
        let revision = app.store.revisions(talka.id).await.unwrap().pop().unwrap();
        let name = app.store.editors(app.publication).await.unwrap()[0].shown().to_owned();
        assert_eq!((revision.by, revision.channel.as_str()), (name, "mail"));
        let told = answers(app).await;
        assert_eq!(told.len(), 1);
        assert!(told[0].contains("Ziņa “Talka” ir apstiprināta."), "{}", told[0]);
        assert!(told[0].contains("In-Reply-To: <a1@selija.com>"), "{}", told[0]);
        assert!(told[0].contains("Auto-Submitted: auto-replied"), "{}", told[0]);
        let to_anna = waiting_for(app, "Anna.Berzina@pasts.example").await;
        assert_eq!(to_anna.len(), 2, "the thanks, and the decision");
        assert!(app.store.letters(app.publication).await.unwrap().is_empty());

        // By the address alone, in the other language, with the name of the reason.
        let (muzikanti, _) = noticed(&installation, "Muzikanti").await;
        let wire = waiting_for(app, &editor).await.pop().unwrap();
        assert!(wire.contains("pirmajā rindā rakstiet “apstiprināt”"), "the notice says how: {wire}");
        let to = wire.lines().find_map(|line| line.strip_prefix("Reply-To: <")).unwrap();
        let to = to.trim_end_matches('>').to_owned();
        assert!(to.starts_with("info+r."), "{to}");
        let reply = Reply { to: &to, in_reply_to: "", id: "a2", ..reply };
        receive(app, reply.saying("reject: we had that last month")).await;
        route_all(app).await;
        assert_eq!(state(app, &muzikanti).await, "rejected");
        let to_anna = waiting_for(app, "Anna.Berzina@pasts.example").await.pop().unwrap();
        assert!(to_anna.contains("we had that last month"), "{to_anna}");

        // The same mail once more, and the same words in another mail, change nothing.
        decide(app, muzikanti.id, None, Act::Undo, ANNA).await.unwrap();
        receive(app, reply.saying("reject: we had that last month")).await;
        route_all(app).await;
        receive(app, Reply { id: "a3", ..reply }.saying("reject: we had that last month")).await;
        route_all(app).await;
        assert_eq!(state(app, &muzikanti).await, "pending");
        let last = answers(app).await.pop().unwrap();
        assert!(last.contains("Jūsu lēmums nav saglabāts."), "{last}");
    }

    pub async fn nobody_else_decides_by_mail(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let editor = editor(app);
        let (item, notice) = noticed(&installation, "Talka").await;
        let (other, others_notice) = noticed(&installation, "Muzikanti").await;
        let wire = waiting_for(app, &editor).await.pop().unwrap();
        let others_tag = wire.lines().find_map(|line| line.strip_prefix("Reply-To: <")).unwrap();
        let others_tag = others_tag.trim_end_matches('>').to_owned();
        let good = Reply {
            from: &editor,
            checks: PASS,
            to: "info@selija.com",
            in_reply_to: &notice,
            further: "",
            id: "a1",
        };
        let to_contributor = "SELECT message_id FROM outbox WHERE kind = 'thanks' LIMIT 1";
        let thanks = installation.text(to_contributor).await;
        let token = notice.split('.').nth(1).unwrap();
        let broken = notice.replace(token, &format!("{}aaaa", &token[..token.len() - 4]));
        let two_authors = format!("{editor}>, <anna@pasts.example");
        let wrong = [
            ("no check", Reply { checks: "", id: "b1", ..good }),
            (
                "a failed check",
                Reply { checks: "Authentication-Results: mail.selija.com; dmarc=fail\r\n", id: "b2", ..good },
            ),
            (
                "another server's word",
                Reply { checks: "Authentication-Results: mx.example; dmarc=pass\r\n", id: "b3", ..good },
            ),
            ("another person", Reply { from: "ilze@biblioteka.example", id: "b4", ..good }),
            ("a wrong token", Reply { in_reply_to: &broken, id: "b5", ..good }),
            ("no notice", Reply { in_reply_to: &thanks, id: "b6", ..good }),
            ("two notices", Reply { to: &others_tag, id: "b7", ..good }),
            ("a machine", Reply { further: "Auto-Submitted: auto-replied\r\n", id: "b8", ..good }),
            ("two authors", Reply { from: &two_authors, id: "b9", ..good }),
        ];
        let before = answers(app).await.len();
        for (what, reply) in wrong {
            receive(app, reply.saying("apstiprināt")).await;
            route_all(app).await;
            assert_eq!(state(app, &item).await, "pending", "{what}");
            assert_eq!(state(app, &other).await, "pending", "{what}");
        }
        assert_eq!(answers(app).await.len(), before, "nobody is answered who may be anybody");
        // One who is no editor any more.
        let mut write = app.store.write().await.unwrap();
        let address = app.config.editors[0].address.clone();
        write.remove_editor(app.publication, &address).await.unwrap();
        write.commit().await.unwrap();
        receive(app, good.saying("apstiprināt")).await;
        let others = Reply { in_reply_to: &others_notice, id: "b0", ..good };
        receive(app, others.saying("apstiprināt")).await;
        route_all(app).await;
        assert_eq!((state(app, &item).await, state(app, &other).await), ("pending".into(), "pending".into()));
    }

    pub async fn who_was_slower_is_told_who_decided_and_changes_nothing(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let editor = editor(app);
        let (item, notice) = noticed(&installation, "Talka").await;
        let velga = Who { by: "Velga Ozola", channel: "desk" };
        let reason = "Bija jau novembrī.".to_owned();
        decide(app, item.id, None, Act::Reject { reason }, velga).await.unwrap();
        let reply = Reply {
            from: &editor,
            checks: PASS,
            to: "info@selija.com",
            in_reply_to: &notice,
            further: "",
            id: "a1",
        };
        receive(app, reply.saying("ok")).await;
        route_all(app).await;
        assert_eq!(state(app, &item).await, "rejected");
        let told = answers(app).await.pop().unwrap();
        assert!(told.contains("Šo ziņu jau noraidīja: Velga Ozola"), "{told}");
        assert!(told.contains("Jūsu lēmums nav saglabāts."), "{told}");
        // Where an issue is put together already the machine gives what is approved its place, and decides nothing.
        edition::assemble_at_desk(app, None).await.unwrap();
        let (item, notice) = noticed(&installation, "Gaismas logs").await;
        decide(app, item.id, None, Act::Approve, velga).await.unwrap();
        assert_eq!(state(app, &item).await, "planned");
        assert_eq!(app.store.revisions(item.id).await.unwrap().pop().unwrap().by, "");
        receive(app, Reply { in_reply_to: &notice, id: "a2", ..reply }.saying("ok")).await;
        route_all(app).await;
        let told = answers(app).await.pop().unwrap();
        assert!(told.contains("Šo ziņu jau apstiprināja: Velga Ozola"), "{told}");
        // Also where the notice told of the item as it stands: nobody was faster, and yet it is decided.
        let known = "UPDATE outbox SET item_revision =
             (SELECT revision FROM item WHERE item.item_id = outbox.item_id) WHERE kind = 'notice'";
        installation.run(known).await;
        receive(app, Reply { in_reply_to: &notice, id: "a3", ..reply }.saying("apstiprināt")).await;
        route_all(app).await;
        let all = answers(app).await;
        assert_eq!(all.len(), 3, "{all:?}");
        assert!(all[2].contains("Šo ziņu jau apstiprināja: Velga Ozola"), "{}", all[2]);
    }

    pub async fn what_is_not_understood_changes_nothing_and_is_kept(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let editor = editor(app);
        let (item, notice) = noticed(&installation, "Talka").await;
        let reply = Reply {
            from: &editor,
            checks: PASS,
            to: "info@selija.com",
            in_reply_to: &notice,
            further: "",
            id: "a1",
        };
        receive(app, reply.saying("Ok, bet datums ir nepareizs.")).await;
        route_all(app).await;
        let told = answers(app).await;
        assert!(told[0].contains("Nesapratām, ko izlēmāt"), "{}", told[0]);
        assert_eq!(app.store.letters(app.publication).await.unwrap().len(), 1, "her words are not lost");
        receive(app, Reply { id: "a2", ..reply }.saying("Noraidīt")).await;
        route_all(app).await;
        let told = answers(app).await;
        assert!(told[1].contains("Lai ziņu noraidītu, vajadzīgs iemesls"), "{}", told[1]);
        receive(app, Reply { id: "a3", ..reply }.saying("Es par to piezvanīšu Annai.")).await;
        route_all(app).await;
        assert_eq!(answers(app).await.len(), 2, "other words are a letter and nothing else");
        assert_eq!(app.store.letters(app.publication).await.unwrap().len(), 2);
        assert_eq!(state(app, &item).await, "pending");
        let more = "Apstiprināt\r\n\r\nUn pajautājiet Annai, vai talka būs arī tad, ja līs.";
        receive(app, Reply { id: "a4", ..reply }.saying(more)).await;
        route_all(app).await;
        assert_eq!(state(app, &item).await, "approved");
        assert_eq!(app.store.letters(app.publication).await.unwrap().len(), 3, "what she asks is not lost");
    }

    pub async fn what_is_lacking_is_told(database: Option<&str>) {
        let installation = Installation::open(database, |_| {}).await;
        let app = &installation.app;
        let editor = editor(app);
        let (item, notice) = noticed(&installation, "Talka").await;
        installation
            .run("UPDATE item SET content = REPLACE(content, '\"title\":\"Talka\"', '\"title\":\"\"')")
            .await;
        let reply = Reply {
            from: &editor,
            checks: PASS,
            to: "info@selija.com",
            in_reply_to: &notice,
            further: "",
            id: "a1",
        };
        receive(app, reply.saying("ok")).await;
        route_all(app).await;
        assert_eq!(state(app, &item).await, "pending");
        let told = answers(app).await.pop().unwrap();
        assert!(told.contains("vēl nevar apstiprināt. Trūkst:") && told.contains("virsraksta"), "{told}");
    }
}
