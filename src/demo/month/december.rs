//! The weeks after the month, for the demo that goes on: the next issue is assembled and waits for the editor, and the
//! queue has something to decide.

use anyhow::Context as _;
use issues::Change;

use super::super::fresh;
use super::super::mails::date;
use super::super::opened::answerable;
use super::{MAILBOX, Month, at};
use crate::newsroom::moderate::{Act, Who, decide};

/// A reader who came by the form.
const READER: &str = "anna@pasts.example";

impl Month {
    pub(super) async fn december(&mut self, say: &mut dyn FnMut(&str)) -> anyhow::Result<()> {
        let anna = Who { by: "Anna", channel: "command" };
        for (title, mail) in fresh::taken() {
            self.pass_until(at(mail.at)?).await?;
            say(&format!("{}: {}", self.day(), mail.what));
            self.post(mail.what, &mail.sender, MAILBOX, mail.bytes, mail.automatic).await?;
            let items = self.app.store.items(self.app.publication, "pending").await?;
            let newest = items.iter().max_by_key(|item| item.id).context("find what was just sent")?;
            let title = Change { field: "title".to_owned(), value: title.to_owned() };
            decide(&self.app, newest.id, None, Act::Edit(vec![title]), anna).await?;
            decide(&self.app, newest.id, None, Act::Approve, anna).await?;
        }
        say("20 December: the next issue assembles itself");
        for mail in fresh::waiting()? {
            self.pass_until(at(mail.at)?).await?;
            say(&format!("{}: {}", self.day(), mail.what));
            self.post(mail.what, &mail.sender, MAILBOX, mail.bytes, mail.automatic).await?;
        }
        self.pass_until(at("2026-12-21T07:40:00Z")?).await?;
        self.reader_asks().await?;
        self.pass_until(at("2026-12-21T08:00:00Z")?).await
    }

    async fn reader_asks(&mut self) -> anyhow::Result<()> {
        let bulletins = self.bulletins();
        let mail = bulletins.iter().find(|mail| mail.to == READER).context("find the issue of a reader")?;
        let (reply_to, id) = answerable(mail)?;
        let letter = format!(
            "From: Anna Lasmane <{READER}>\r\nTo: <{reply_to}>\r\nSubject: Re: Decembra =?utf-8?Q?zi=C5=86as?=\r\n\
             Message-ID: <jautajums@pasts.example>\r\nIn-Reply-To: <{id}>\r\nReferences: <{id}>\r\nDate: {}\r\n\
             Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\
             Labdien! Vai sveču liešana Dvietē būs arī nākamgad? Šogad mums neizdevās atbraukt, bet bērni ļoti gribētu.\r\n\r\n\
             Anna Lasmane\r\n\r\n> Sveču liešana Dvietē\r\n",
            date("2026-12-21T07:40:00Z")
        );
        self.post("a reader's question", READER, &reply_to, letter.into_bytes(), false).await
    }
}
