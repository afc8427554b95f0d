//! The month: who writes when, what the editor decides, and what comes back.
//!
//! The clock moves only when all is quiet: no message waits, no mail is due or on the line, and the schedule says that
//! nothing is to be done.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, anyhow, bail, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use issues::calendar::Job;
use issues::{Change, Edition};
use mail_parser::MessageParser;
use reqwest::Client;
use subscribers::{EmailAddress, Language, Preferences, Purpose, SubscriptionState};
use tokio_util::sync::CancellationToken;

use super::evidence::{self, Evidence};
use super::mails::{self, date};
use super::world::{Sink, Sunk, free_port, post};
use crate::app::{App, Schema, SharedApp, Step};
use crate::clock::Clock;
use crate::config::{Config, SAMPLE};
use crate::daemon::Running;
use crate::inbound::smtpd::ListenAddress;
use crate::lock::DataLock;
use crate::newsroom::moderate::{Act, Who, decide};
use crate::newsroom::people::{self, Origin};
use crate::newsroom::{edition, letters};
use crate::schedule;
use crate::store::{ItemRow, address_hash, sha256};

const READERS: usize = 198;
const MAILBOX: &str = "info@selija.example";
const EDITOR: &str = "redakcija@selija.example";
/// Without any progress for so long in real time, something waits for what never comes.
const PATIENCE: Duration = Duration::from_secs(20);
/// All is quiet when it is seen quiet so often in a row.
const QUIET_LOOKS: usize = 2;

struct Month {
    app: SharedApp,
    sink: Arc<Sink>,
    door: SocketAddr,
    http: Client,
    base: String,
    posted: Vec<(String, Vec<u8>)>,
}

/// Lets the month pass; gives the evidence and a table of what happened.
///
/// # Errors
/// Something outside failed, or the month came to a standstill.
pub async fn pass(
    folder: &Path,
    say: &mut dyn FnMut(&str),
) -> anyhow::Result<(Evidence, Vec<(String, usize)>)> {
    let clock = Clock::injected(at("2026-11-02T06:00:00Z")?);
    let shutdown = CancellationToken::new();
    let dead: BTreeSet<String> = [11, 12, 13].into_iter().map(reader).collect();
    let busy: BTreeSet<String> = [21, 22].into_iter().map(reader).collect();
    let (sink, relay) = Sink::start(clock.clone(), dead, busy, shutdown.clone()).await?;
    let config = config(folder, relay)?;
    let _lock = DataLock::take(&config.data)?;
    let base = config.public_url.as_str().trim_end_matches('/').to_owned();
    let app = App::open(config, clock, Schema::Migrate).await?;
    let running = Running::start(app.clone(), CancellationToken::new(), CancellationToken::new()).await?;
    let door = match &running.mail {
        Some(ListenAddress::Loopback(address)) => *address,
        _ => bail!("the newsroom does not listen for mail"),
    };
    // One provider per process, whoever installs it first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let mut month = Month { app, sink, door, http, base, posted: Vec::new() };

    say("2 November: 200 readers, two of them by the form");
    month.readers_come().await?;
    let mails = mails::month()?;
    let automatic: Vec<String> =
        mails.iter().filter(|mail| mail.automatic).map(|mail| mail.sender.clone()).collect();
    for mail in mails {
        month.pass_until(at(mail.at)?).await?;
        say(&format!("{}: {}", month.day(), mail.what));
        month.post(mail.what, &mail.sender, MAILBOX, mail.bytes).await?;
    }
    say("17 November: the editor decides");
    month.pass_until(at("2026-11-17T09:00:00Z")?).await?;
    month.editor_decides().await?;
    say("20 November: the issue assembles itself; on the 23rd the editor approves it");
    month.pass_until(at("2026-11-23T08:30:00Z")?).await?;
    let issue = edition::approve(&month.app, None, "Anna").await.context("approve the issue")?.id;
    month.pass_until(at("2026-11-24T17:00:00Z")?).await?;
    say("24 November: a reader leaves by one click");
    month.reader_leaves().await?;
    say("25 November: the hold, then the issue goes out");
    month.pass_until(at("2026-11-25T08:00:09Z")?).await?;
    ensure!(month.bulletins().is_empty(), "something left before the end of the hold");
    month.pass_until(at("2026-11-25T08:00:11Z")?).await?;
    // Those whose server asked us to come back later.
    for hours in [1, 2, 4, 8, 24, 30] {
        month.pass_until(at("2026-11-25T08:00:11Z")? + TimeDelta::hours(hours)).await?;
    }
    say("26 November: bounces, replies, a vacation notice and a goodbye come back");
    month.world_answers().await?;
    month.pass_until(at("2026-12-01T06:00:00Z")?).await?;
    say("1 December: looking at everything");
    let happened = month.table(issue).await?;
    keep_mails(folder, &month.sink.sunk())?;
    let evidence = month.evidence(issue, automatic).await?;
    running.stop().await?;
    shutdown.cancel();
    Ok((evidence, happened))
}

fn at(text: &str) -> anyhow::Result<DateTime<Utc>> {
    text.parse().with_context(|| format!("read the moment {text}"))
}

fn reader(number: usize) -> String {
    format!("lasitaja-{number:04}@lasitaji.example")
}

/// The demo's configuration: the sample's, on loopback, with a short hold. Written where other commands find it.
fn config(folder: &Path, relay: u16) -> anyhow::Result<Config> {
    let (web, mail) = (free_port()?, free_port()?);
    let mut text = String::new();
    let mut skipping = false;
    for line in SAMPLE.lines() {
        if line.starts_with('[') {
            skipping = line == "[inbound.imap]" || line == "[outbound]";
        }
        if !skipping {
            text.push_str(line);
            text.push('\n');
        }
    }
    let text = text
        .replace("https://zinas.selija.com", &format!("http://127.0.0.1:{web}"))
        .replace("listen = \"127.0.0.1:8025\"", &format!("listen = \"127.0.0.1:{web}\""))
        .replace("hold_seconds = 600", "hold_seconds = 10")
        .replace("@selija.com", "@selija.example");
    let further = format!(
        "\n[inbound.listener]\nlisten = \"127.0.0.1:{mail}\"\nprotocol = \"smtp\"\n\n[outbound]\nhost = \"127.0.0.1\"\n\
         port = {relay}\nsecurity = \"none\"\nconnections = 4\nhello = \"zinas.selija.example\"\nuncertain = \"resend\"\n"
    );
    let file = folder.join("zinas.toml");
    std::fs::write(&file, text + &further).with_context(|| format!("write {}", file.display()))?;
    let config = Config::load(&file)?;
    std::fs::create_dir_all(&config.data).with_context(|| format!("make {}", config.data.display()))?;
    Ok(config)
}

impl Month {
    fn day(&self) -> String {
        self.app.clock.now().format("%-d %B").to_string()
    }

    /// Waits until all is quiet.
    async fn settle(&self) -> anyhow::Result<()> {
        let began = Instant::now();
        let mut quiet = 0;
        while quiet < QUIET_LOOKS {
            let step = schedule::step(&self.app).await?;
            let (messages, mails) = self.app.store.count_waiting(self.app.clock.now()).await?;
            if step == Step::Idle && messages == 0 && mails == 0 {
                quiet += 1;
                continue;
            }
            quiet = 0;
            ensure!(
                began.elapsed() < PATIENCE,
                "the month stands still at {}: {messages} messages and {mails} mails wait",
                self.app.clock.now()
            );
            self.app.wake.arrived.notify_one();
            self.app.wake.queued.notify_waiters();
            tokio::time::sleep(Duration::from_millis(4)).await;
        }
        Ok(())
    }

    /// Moves the clock to a moment, stopping at every moment of the schedule on the way.
    async fn pass_until(&self, moment: DateTime<Utc>) -> anyhow::Result<()> {
        let zone = self.app.config.publication.zone;
        loop {
            self.settle().await?;
            let now = self.app.clock.now();
            if now >= moment {
                return Ok(());
            }
            let next = self.app.config.schedule.iter().filter_map(|(_, cron)| cron.next(zone, now)).min();
            self.app.clock.advance_to(next.unwrap_or(moment).min(moment));
        }
    }

    async fn post(
        &mut self,
        what: &str,
        sender: &str,
        recipient: &str,
        bytes: Vec<u8>,
    ) -> anyhow::Result<()> {
        post(self.door, sender, recipient, &bytes).await.with_context(|| format!("hand over {what}"))?;
        self.posted.push((what.to_owned(), bytes));
        self.settle().await
    }

    async fn readers_come(&mut self) -> anyhow::Result<()> {
        let mut write = self.app.store.write().await?;
        for number in 1..=READERS {
            let address = EmailAddress::parse(&reader(number))?;
            let language = if number.is_multiple_of(10) { Language::English } else { Language::Latvian };
            let preferences = Preferences { language, municipality: String::new() };
            let words = "Pieteicās uz lapas bibliotēkā, 2026. gada oktobrī.";
            let origin = Origin { channel: "import", from: "lasitaji.csv" };
            people::add_in(&self.app, &mut write, &address, &preferences, words, origin).await?;
        }
        write.commit().await?;
        for address in ["anna@pasts.example", "peteris@pasts.example", "neapstiprina@pasts.example"] {
            let fields = [("email", address), ("language", "lv"), ("website", "")];
            self.form(&format!("{}/subscribe", self.base), &fields).await?;
            self.settle().await?;
            let asked = self.sink.newest(address, |text| text.contains("/confirm/"));
            let link = link(&asked.context("a confirmation mail")?, "/confirm/")?;
            self.http.get(&link).send().await?;
            let state = self.state_of(address).await?;
            ensure!(state == "pending", "looking at the link has confirmed {address}");
            if !address.starts_with("neapstiprina") {
                self.form(&link, &[]).await?;
                ensure!(
                    self.state_of(address).await? == "confirmed",
                    "the button has not confirmed {address}"
                );
            }
        }
        Ok(())
    }

    async fn state_of(&self, address: &str) -> anyhow::Result<&'static str> {
        let rows = self.app.store.subscriptions(self.app.publication, "").await?;
        let row = rows.iter().find(|row| row.address.as_str() == address).context("find a reader")?;
        Ok(row.state.name())
    }

    async fn form(&self, url: &str, fields: &[(&str, &str)]) -> anyhow::Result<u16> {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request =
            self.http.post(url).header("Content-Type", "application/x-www-form-urlencoded").body(body);
        Ok(request.send().await.context("send a form")?.status().as_u16())
    }

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

    async fn editor_decides(&mut self) -> anyhow::Result<()> {
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
        self.post("the answer to a question", "sunakste@biblioteka.example", &reply_to, answer.into_bytes())
            .await?;
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

    /// With the link that her goodbye in free words has earned: between approval and sending.
    async fn reader_leaves(&self) -> anyhow::Result<()> {
        let mail = self.sink.newest(&reader(7), |text| text.contains("/leave/"));
        let link = link(&mail.context("the link to leave")?, "/leave/")?;
        let status = self.form(&link, &[("List-Unsubscribe", "One-Click")]).await?;
        ensure!(status == 200, "one click is answered {status}");
        ensure!(
            self.state_of(&reader(7)).await? == "unsubscribed",
            "one click has not ended the subscription"
        );
        self.settle().await
    }

    fn bulletins(&self) -> Vec<Sunk> {
        let is_bulletin = |mail: &Sunk| String::from_utf8_lossy(&mail.bytes).contains("\nList-Id:");
        self.sink.sunk().into_iter().filter(is_bulletin).collect()
    }

    async fn world_answers(&mut self) -> anyhow::Result<()> {
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
            self.post("a bounce of the issue", "", &mail.from, report.into_bytes()).await?;
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
            self.post("a reply to the issue", &mail.to, &reply_to, reply.into_bytes()).await?;
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
        self.post("a vacation notice", &mail.to, &reply_to, away.into_bytes()).await?;
        let mail = of(61)?;
        let leave_to = unsubscribe_address(&mail)?;
        let goodbye = format!(
            "From: <{}>\r\nTo: <{leave_to}>\r\nSubject: unsubscribe\r\nMessage-ID: <ardievu@lasitaji.example>\r\nDate: {}\r\n\r\n\r\n",
            mail.to,
            date("2026-11-26T16:10:00Z")
        );
        self.post("a goodbye to the leaving address", &mail.to, &leave_to, goodbye.into_bytes()).await?;
        ensure!(
            self.state_of(&reader(61)).await? == "unsubscribed",
            "the goodbye has not ended the subscription"
        );
        let letters = self.app.store.letters(self.app.publication).await?;
        let question =
            letters.iter().find(|letter| letter.letter.text.contains("bērniem")).context("find a letter")?;
        letters::answer(&self.app, question.id, "Jā, un būs karsta tēja!", "Anna").await?;
        self.settle().await
    }

    async fn table(&self, issue: i64) -> anyhow::Result<Vec<(String, usize)>> {
        let (app, publication) = (&self.app, self.app.publication);
        let messages = app.store.messages(publication, "", "").await?;
        let items = app.store.items(publication, "").await?;
        let letters = app.store.letters(publication).await?;
        let readers = app.store.subscriptions(publication, "").await?;
        let deliveries = app.store.deliveries(issue, "").await?;
        let sunk = self.sink.sunk();
        let mut table = vec![("mails received".to_owned(), messages.len())];
        for kind in issues::reading::Kind::ALL {
            let count = messages.iter().filter(|message| message.kind == kind.name()).count();
            if count > 0 {
                table.push((format!("  {}", kind.name()), count));
            }
        }
        table.push(("items".to_owned(), items.len()));
        for state in issues::ItemState::NAMES {
            let count = items.iter().filter(|item| item.item.state.name() == state).count();
            if count > 0 {
                table.push((format!("  {state}"), count));
            }
        }
        table.push(("letters".to_owned(), letters.len()));
        let confirmed =
            |row: &&crate::store::SubscriptionRow| matches!(row.state, SubscriptionState::Confirmed { .. });
        table.push(("readers at the end".to_owned(), readers.iter().filter(confirmed).count()));
        table.push(("deliveries of the issue".to_owned(), deliveries.len()));
        for (state, count) in app.store.delivery_counts(issue).await? {
            table.push((format!("  {state}"), usize::try_from(count).context("count deliveries")?));
        }
        table.push(("mails sent in all".to_owned(), sunk.len()));
        Ok(table)
    }

    async fn evidence(&self, issue: i64, automatic: Vec<String>) -> anyhow::Result<Evidence> {
        let (app, publication) = (&self.app, self.app.publication);
        let mails = self.sink.sunk().iter().map(evidence::mail).collect::<anyhow::Result<_>>()?;
        let mut people = Vec::new();
        for row in app.store.subscriptions(publication, "").await? {
            let consent = app.store.consent(row.id).await?;
            let act = |event: &subscribers::ConsentEvent| {
                let name =
                    serde_json::to_value(event.act).ok().and_then(|value| value.as_str().map(str::to_owned));
                (name.unwrap_or_default(), event.at)
            };
            let suppressed_at =
                app.store.suppression(&address_hash(&row.address)).await?.map(|found| found.at);
            let address = row.address.as_str().to_owned();
            people.push(evidence::Person { address, acts: consent.iter().map(act).collect(), suppressed_at });
        }
        let mut posted = Vec::new();
        for (what, bytes) in &self.posted {
            let name = sha256(bytes);
            let is_stored = app.store.blob(&name).await?.is_some_and(|blob| blob.content == *bytes);
            posted.push(evidence::Posted { what: what.clone(), sha256: name, is_stored });
        }
        let row = app.store.issue(issue).await?.context("find the issue")?;
        let mut dates = Vec::new();
        for place in app.store.issue_items(issue).await? {
            let item = app.store.item(place.item).await?.context("find an item")?;
            for event in &item.item.content.events {
                let start = event.start.or(event.end).map(|start| start.to_string()).unwrap_or_default();
                dates.push((item.item.content.title.clone(), start));
            }
        }
        let deliveries = app.store.deliveries(issue, "").await?;
        let mut moments = app.store.fired_moments(publication).await?;
        moments.retain(|(job, _)| job != Job::CleanUp.name());
        let mut evidence = Evidence {
            mails,
            people,
            deliveries: deliveries
                .into_iter()
                .map(|delivery| evidence::Delivery {
                    recipient: delivery.recipient,
                    state: delivery.state,
                    message_id: delivery.message_id,
                    settled: delivery.settled_at.is_some(),
                })
                .collect(),
            audience: row.audience.ok_or_else(|| anyhow!("the issue has not gone out"))?,
            posted,
            links: Vec::new(),
            digest_before: String::new(),
            digest_after: String::new(),
            photos: Vec::new(),
            pages: Default::default(),
            moments,
            dates,
            automatic,
        };
        evidence::open_links(app, &mut evidence).await?;
        Ok(evidence)
    }
}

/// The first link in a mail's text with this in its path.
fn link(mail: &Sunk, path: &str) -> anyhow::Result<String> {
    let words = evidence::words(&mail.bytes);
    let found = words.split_whitespace().find(|word| word.starts_with("http") && word.contains(path));
    found.map(str::to_owned).with_context(|| format!("find a link to {path} in a mail"))
}

/// Reply-To and Message-ID of a mail.
fn answerable(mail: &Sunk) -> anyhow::Result<(String, String)> {
    let parsed = MessageParser::default().parse(&mail.bytes).context("read a mail of ours back")?;
    let reply_to = parsed.reply_to().and_then(|list| list.first()).and_then(|first| first.address());
    let id = parsed.message_id().context("find a Message-ID")?;
    Ok((reply_to.context("find a Reply-To")?.to_owned(), id.to_owned()))
}

fn unsubscribe_address(mail: &Sunk) -> anyhow::Result<String> {
    let parsed = MessageParser::default().parse(&mail.bytes).context("read a mail of ours back")?;
    let header = parsed.header_raw("List-Unsubscribe").context("find List-Unsubscribe")?;
    let rest = header.split("mailto:").nth(1).context("find an address to leave")?;
    Ok(rest.split(['?', '>']).next().unwrap_or(rest).to_owned())
}

/// The sent mails as files: as they went, and their two parts.
fn keep_mails(folder: &Path, sunk: &[Sunk]) -> anyhow::Result<()> {
    let sent = folder.join("sent");
    std::fs::create_dir_all(&sent).with_context(|| format!("make {}", sent.display()))?;
    for (number, mail) in (1..).zip(sunk) {
        let parts = evidence::mail(mail)?;
        let name = sent.join(format!("{number:04}-{}", mail.to));
        for (ending, content) in
            [("eml", mail.bytes.as_slice()), ("html", parts.html.as_bytes()), ("txt", parts.text.as_bytes())]
        {
            let file = name.with_file_name(format!("{number:04}-{}.{ending}", mail.to));
            std::fs::write(&file, content).with_context(|| format!("write {}", file.display()))?;
        }
    }
    Ok(())
}
