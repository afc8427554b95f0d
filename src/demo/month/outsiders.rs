//! What comes back when the issue has gone out.

use anyhow::{Context as _, ensure};

use super::super::mails::date;
use super::super::opened::{answerable, unsubscribe_address};
use super::super::world::Sunk;
use super::{Month, reader};
use crate::newsroom::letters;

impl Month {
    pub(super) fn bulletins(&self) -> Vec<Sunk> {
        let is_bulletin = |mail: &Sunk| String::from_utf8_lossy(&mail.bytes).contains("\nList-Id:");
        self.sink.sunk().into_iter().filter(is_bulletin).collect()
    }

    pub(super) async fn world_answers(&mut self) -> anyhow::Result<()> {
        let bulletins = self.bulletins();
        let of = |number: usize| {
            let to = reader(number);
            bulletins.iter().find(|mail| mail.to == to).cloned().with_context(|| format!("the issue of {to}"))
        };
        for number in [31, 32] {
            let mail = of(number)?;
            let (_, id) = answerable(&mail)?;
            let report = format!(
                "From: Mail Delivery System <mailer-daemon@lasitaji.example>\r\nTo: <{}>\r\nSubject: Undelivered Mail\r\n\
                 Message-ID: <atgriezta-{number}@lasitaji.example>\r\nDate: {}\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n\
                 Content-Type: multipart/report; report-type=delivery-status; boundary=\"r\"\r\n\r\n\
                 --r\r\nContent-Type: text/plain\r\n\r\nThe mailbox does not exist.\r\n--r\r\n\
                 Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.lasitaji.example\r\n\r\n\
                 Final-Recipient: rfc822; {}\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\r\n\r\n\
                 --r\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{id}>\r\nTo: <{}>\r\n\r\n--r--\r\n",
                mail.from,
                date("2026-11-26T15:00:00Z"),
                mail.to,
                mail.to
            );
            self.post("a bounce of the issue", "", &mail.from, report.into_bytes(), true).await?;
        }
        for (number, words) in [
            (41, "Paldies, ļoti jauks numurs!"),
            (42, "Vai egli iededz arī bērniem?"),
            (43, "Lasu katru mēnesi."),
        ] {
            let mail = of(number)?;
            let (reply_to, id) = answerable(&mail)?;
            let reply = format!(
                "From: Lasītāja <{}>\r\nTo: <{reply_to}>\r\nSubject: Re: ziņas\r\nMessage-ID: <re-{number}@lasitaji.example>\r\n\
                 In-Reply-To: <{id}>\r\nReferences: <{id}>\r\nDate: {}\r\nContent-Type: text/plain; charset=utf-8\r\n\
                 Content-Transfer-Encoding: 8bit\r\n\r\n{words}\r\n\r\n> Decembra ziņas\r\n",
                mail.to,
                date("2026-11-26T16:00:00Z")
            );
            self.post("a reply to the issue", &mail.to, &reply_to, reply.into_bytes(), false).await?;
        }
        let mail = of(51)?;
        let (reply_to, id) = answerable(&mail)?;
        let away = format!(
            "From: <{}>\r\nTo: <{reply_to}>\r\nSubject: Automātiskā atbilde\r\nMessage-ID: <prom@lasitaji.example>\r\n\
             In-Reply-To: <{id}>\r\nAuto-Submitted: auto-replied\r\nDate: {}\r\nContent-Type: text/plain; charset=utf-8\r\n\
             Content-Transfer-Encoding: 8bit\r\n\r\nEsmu prom līdz pirmdienai.\r\n",
            mail.to,
            date("2026-11-26T16:05:00Z")
        );
        self.post("a vacation notice", &mail.to, &reply_to, away.into_bytes(), true).await?;
        let mail = of(61)?;
        let leave_to = unsubscribe_address(&mail)?;
        let goodbye = format!(
            "From: <{}>\r\nTo: <{leave_to}>\r\nSubject: unsubscribe\r\nMessage-ID: <ardievu@lasitaji.example>\r\nDate: {}\r\n\r\n\r\n",
            mail.to,
            date("2026-11-26T16:10:00Z")
        );
        self.post("a goodbye to the leaving address", &mail.to, &leave_to, goodbye.into_bytes(), false)
            .await?;
        ensure!(
            self.state_of(&reader(61)).await? == "unsubscribed",
            "the goodbye has not ended the subscription"
        );
        let letters = self.app.store.letters(self.app.publication).await?;
        let question =
            letters.iter().find(|letter| letter.letter.text.contains("bērniem")).context("find a letter")?;
        letters::answer(&self.app, question.id, None, "Jā, un būs karsta tēja!", "Anna").await?;
        self.settle().await
    }
}
