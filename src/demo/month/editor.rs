//! What the editor decides, on the command line's way and by the links in her mails.

use anyhow::{Context as _, ensure};
use issues::{Change, Edition};
use subscribers::Purpose;

use super::super::mails::date;
use super::super::opened::{answerable, link};
use super::Month;
use crate::newsroom::moderate::{Act, Who, decide};
use crate::store::ItemRow;

const EDITOR: &str = "redakcija@selija.example";

impl Month {
    /// The item whose title or text holds these words.
    async fn item(&self, words: &str) -> anyhow::Result<ItemRow> {
        let items = self.app.store.items(self.app.publication, "").await?;
        let holds =
            |row: &ItemRow| row.item.content.title.contains(words) || row.item.content.text.contains(words);
        items.into_iter().find(holds).with_context(|| format!("find the item about “{words}”"))
    }

    /// By the link in the notice: a real POST of the page's form.
    async fn decide_by_link(&self, item: &ItemRow, fields: &[(&str, &str)]) -> anyhow::Result<()> {
        let sunk = self.sink.sunk();
        let links =
            sunk.iter().rev().filter(|mail| mail.to == EDITOR).filter_map(|mail| link(mail, "/decide/").ok());
        let mut found = None;
        for link in links {
            // The link's token names the notice, and the notice its item.
            let token = link.rsplit('/').next().unwrap_or_default();
            let notice = self.app.secret.open(token, Purpose::Decide, self.app.clock.now());
            let notice = self.app.store.mail_of_token(notice?).await?;
            if notice.is_some_and(|notice| notice.item == Some(item.id)) {
                found = Some(link);
                break;
            }
        }
        let link = found.context("find the notice about an item")?;
        let page = self.http.get(&link).send().await?;
        ensure!(page.status().is_success(), "the page to decide answers {}", page.status());
        let revision = item.revision.to_string();
        let content = &item.item.content;
        let mut all =
            vec![("revision", revision.as_str()), ("title", &content.title), ("text", &content.text)];
        for (name, value) in fields {
            all.retain(|(known, _)| known != name);
            all.push((name, value));
        }
        let status = self.form(&link, &all).await?;
        ensure!(status == 200 || status == 303, "the decision is answered {status}");
        self.settle().await
    }

    pub(super) async fn editor_decides(&mut self) -> anyhow::Result<()> {
        let anna = Who { by: "Anna", channel: "command" };
        let app = self.app.clone();
        let set = |field: &str, value: &str| Change { field: field.to_owned(), value: value.to_owned() };

        let photo = self.item("pasakas par lāčiem").await?;
        let refused = decide(&app, photo.id, None, Act::Approve, anna).await;
        ensure!(refused.is_err(), "a photo without a description was approved");
        let alt = "Bērni sēž aplī ap galda lampu un klausās pasaku";
        let fields = [
            ("title", "Ritē lasa pasakas par lāčiem"),
            ("photos.0.alt", alt),
            ("photos.0.caption", "Pasaku stunda Rites bibliotēkā"),
            ("photos.0.credit", "Rasma Ozolzare"),
            ("do", "approve"),
        ];
        self.decide_by_link(&photo, &fields).await?;

        let tree = self.item("iedegsim Viesītes egli").await?;
        self.decide_by_link(&tree, &[("title", "Egles iedegšana Viesītē"), ("do", "approve")]).await?;
        let candles = self.item("liesim sveces").await?;
        let title = vec![set("title", "Sveču liešana Dvietē")];
        decide(&app, candles.id, None, Act::Edit(title), anna).await?;
        decide(&app, candles.id, None, Act::Approve, anna).await?;

        let councils = self.item("iedzīvotāju padomēm").await?;
        let reason = "Šķita, ka šī ziņa jau ir bijusi.".to_owned();
        decide(&app, councils.id, None, Act::Reject { reason }, anna).await?;
        decide(&app, councils.id, None, Act::Undo, anna).await?;
        decide(&app, councils.id, None, Act::Approve, anna).await?;

        let two = self.item("Lasītāju klubs").await?;
        let question = "Kurā bibliotēkā tiksieties 9. decembrī?".to_owned();
        decide(&app, two.id, None, Act::Ask { question }, anna).await?;
        self.settle().await?;
        let asked = self.sink.newest("sunakste@biblioteka.example", |text| text.contains("Kurā bibliotēkā"));
        let (reply_to, id) = answerable(&asked.context("the question")?)?;
        let answer = format!(
            "From: Sunākstes bibliotēka <sunakste@biblioteka.example>\r\nTo: <{reply_to}>\r\nSubject: Re: ziņas\r\n\
             Message-ID: <atbilde@biblioteka.example>\r\nIn-Reply-To: <{id}>\r\nDate: {}\r\n\
             Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\
             Sunākstes bibliotēkā, protams!\r\n\r\n> Kurā bibliotēkā tiksieties 9. decembrī?\r\n",
            date("2026-11-17T10:00:00Z")
        );
        let sender = "sunakste@biblioteka.example";
        self.post("the answer to a question", sender, &reply_to, answer.into_bytes(), false).await?;
        let two = self.item("Lasītāju klubs").await?;
        ensure!(two.item.state.name() == "pending", "the answer has not brought the item back");
        ensure!(app.store.item_replies(two.id).await?.len() == 1, "the answer is not with its item");
        let changes = vec![set("title", "Lasītāju klubs Sunākstē un paldies talciniekiem")];
        decide(&app, two.id, None, Act::Edit(changes), anna).await?;
        decide(&app, two.id, None, Act::Approve, anna).await?;

        let poetry = self.item("вечер поэзии").await?;
        decide(&app, poetry.id, None, Act::Postpone { to: Some(Edition { year: 2027, month: 1 }) }, anna)
            .await?;
        let ball = self.item("balli").await?;
        let changes = vec![set("title", "Balle <script>alert(4)</script> Saukā")];
        decide(&app, ball.id, None, Act::Edit(changes), anna).await?;
        decide(&app, ball.id, None, Act::Approve, anna).await?;
        let poster = self.item("Leimaņos").await?;
        let reason = "Lūdzu, atsūtiet afišu vēlreiz: attēls ir bojāts.".to_owned();
        decide(&app, poster.id, None, Act::Reject { reason }, anna).await?;
        self.settle().await
    }
}
