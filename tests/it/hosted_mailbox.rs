//! One ordinary account at a provider: IMAP in, the submission port out, no plus-addresses. From the first subscriber to
//! a sent issue and an answered letter, as the README's section “With the mailbox you have” promises. All mail crosses a
//! real Postfix and a real Dovecot.

use std::future::Future;
use std::time::Duration;

use mail_parser::MessageParser;
use reqwest::Client;
use subscribers::EmailAddress;
use tokio_util::sync::CancellationToken;
use zinas::app::{App, Schema, SharedApp};
use zinas::clock::Clock;
use zinas::config::{Config, ConfiguredEditor, Imap, Place, SAMPLE, SecretText, Security};
use zinas::daemon::Running;
use zinas::newsroom::{edition, letters};
use zinas::outbound::{Connection, Envelope, Fence, Relay, Security as Wiring, Wire};

use crate::support::database::on_both;
use crate::support::dovecot::{Dovecot, PASSWORD};
use crate::support::folder::Folder;
use crate::support::ports;
use crate::support::postfix::{Postfix, Route};

const OURS: &str = "info@selija.example";
const READER: &str = "anna@lasitaja.example";
const LIBRARIAN: &str = "rasma@biblioteka.example";
const EDITOR: &str = "redakcija@redakcija.example";
/// For one thing to happen, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

on_both!(from_the_first_subscriber_to_an_answered_letter);

mod stories {
    pub use super::from_the_first_subscriber_to_an_answered_letter;
}

/// The provider, and everybody else behind it.
struct World {
    dovecot: Dovecot,
    postfix: Postfix,
    http: Client,
    page: String,
}

pub async fn from_the_first_subscriber_to_an_answered_letter(database: Option<&str>) {
    let Some(dovecot) = Dovecot::start() else { return };
    let domains = ["selija.example", "lasitaja.example", "biblioteka.example", "redakcija.example"];
    let to = format!("lmtp:inet:127.0.0.1:{}", dovecot.lmtp);
    let routes = domains.map(|domain| Route { domain, to: to.clone() });
    let Some(postfix) = Postfix::start(dovecot.sasl, &routes) else { return };
    let folder = Folder::new("hosted");
    let config = config(&folder, database, &dovecot, &postfix);
    let page = config.public_url.as_str().trim_end_matches('/').to_owned();
    let app = App::open(config, Clock::System, Schema::Migrate).await.unwrap();
    let (soft, hard) = (CancellationToken::new(), CancellationToken::new());
    let running = Running::start(app.clone(), soft, hard).await.unwrap();
    // Another test may have been first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let world = World { dovecot, postfix, http, page };

    world.reader_subscribes().await;
    world.librarian_sends_news().await;
    world.editor_approves_by_link().await;
    world.issue_goes_out_and_is_answered(&app).await;

    // Everything we were sent is ours, and was moved, not deleted.
    let mut account = world.dovecot.client(OURS).await;
    eventually("the inbox is empty", || async {
        world.dovecot.client(OURS).await.mails("INBOX").await.is_empty().then_some(())
    })
    .await;
    let processed = account.mails("Processed").await;
    let messages = app.store.messages(app.publication, "", "").await.unwrap();
    assert_eq!(processed.len(), messages.len());
    for message in &messages {
        let ours = app.store.blob(&message.sha256).await.unwrap().unwrap().content;
        assert!(processed.contains(&ours), "message {} was moved as it is", message.id);
    }
    running.stop().await.unwrap();
}

fn config(folder: &Folder, database: Option<&str>, dovecot: &Dovecot, postfix: &Postfix) -> Config {
    let place = Place { folder: folder.path(), variable: &|_| Some(PASSWORD.to_owned()) };
    let mut config = Config::parse(SAMPLE, place).unwrap();
    if let Some(database) = database {
        config.database = SecretText::new(database.to_owned());
    }
    let web = ports::free();
    config.web_listen = format!("127.0.0.1:{web}");
    config.public_url = format!("http://127.0.0.1:{web}").parse().unwrap();
    config.mailbox.address = EmailAddress::parse(OURS).unwrap();
    config.mailbox.delimiter = None;
    config.inbound.imap = Some(Imap {
        host: "localhost".to_owned(),
        port: dovecot.imaps,
        security: Security::Tls,
        user: OURS.to_owned(),
        password: SecretText::new(PASSWORD.to_owned()),
        folder: "INBOX".to_owned(),
        processed: "Processed".to_owned(),
        since: None,
        ca_file: Some(dovecot.certificate.certificate.clone()),
    });
    config.outbound.host = "localhost".to_owned();
    config.outbound.port = postfix.submission;
    config.outbound.security = Security::StartTls;
    config.outbound.user = Some(OURS.to_owned());
    config.outbound.password = Some(SecretText::new(PASSWORD.to_owned()));
    config.outbound.ca_file = Some(postfix.certificate.certificate.clone());
    config.issue.items_min = 1;
    config.issue.hold = chrono::TimeDelta::zero();
    config.editors = vec![ConfiguredEditor {
        address: EmailAddress::parse(EDITOR).unwrap(),
        name: "Anna Miglasēta".to_owned(),
        language: subscribers::Language::Latvian,
    }];
    config
}

impl World {
    async fn reader_subscribes(&self) {
        let form = self.form("/subscribe", &[("email", READER), ("language", "lv"), ("website", "")]).await;
        assert_eq!(form, 200);
        let asked = self.mail_to(READER, |mail| mail.contains("/confirm/")).await;
        let link = link(&asked, "/confirm/");
        assert_eq!(self.http.get(&link).send().await.unwrap().status(), 200);
        assert_eq!(self.form(&link, &[]).await, 200);
    }

    async fn librarian_sends_news(&self) {
        let mail = "From: Rites bibliotēka <rasma@biblioteka.example>\r\nTo: <info@selija.example>\r\n\
             Subject: =?utf-8?Q?Lampa_log=C4=81?=\r\nDate: Tue, 24 Nov 2026 10:00:00 +0200\r\n\
             Message-ID: <lampa@biblioteka.example>\r\nMIME-Version: 1.0\r\n\
             Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\
             Rites bibliotēkas logā trešdienās lampa deg līdz astoņiem. Nāciet pasēdēt siltumā!\r\n\r\n\
             Informāciju sagatavoja:\r\nRasma Ozolzare\r\nRites bibliotēkas vadītāja\r\n";
        self.post(LIBRARIAN, mail).await;
        let thanks = self.mail_to(LIBRARIAN, |mail| mail.contains("Lampa logā")).await;
        assert_eq!(header(&thanks, "Auto-Submitted").as_deref(), Some("auto-replied"));
        assert_eq!(header(&thanks, "In-Reply-To").as_deref(), Some("lampa@biblioteka.example"));
    }

    async fn editor_approves_by_link(&self) {
        let notice = self.mail_to(EDITOR, |mail| mail.contains("/decide/")).await;
        let link = link(&notice, "/decide/");
        let page = self.http.get(&link).send().await.unwrap().text().await.unwrap();
        assert!(page.contains("lampa deg līdz astoņiem"), "{page}");
        let revision = value(&page, "revision");
        let text = "Rites bibliotēkas logā trešdienās lampa deg līdz astoņiem.";
        let fields =
            [("revision", revision.as_str()), ("title", "Lampa logā"), ("text", text), ("do", "approve")];
        let status = self.form(&link, &fields).await;
        assert!(status == 200 || status == 303, "{status}");
        self.mail_to(LIBRARIAN, |mail| mail.contains("apstiprin") || mail.contains("numurā")).await;
    }

    async fn issue_goes_out_and_is_answered(&self, app: &SharedApp) {
        let sent = edition::send(app, None, "anna").await;
        let issue = match sent {
            Ok(issue) => issue.id,
            // Nothing was assembled yet: the first issue is opened by hand.
            Err(_) => {
                edition::assemble(app, None).await.unwrap();
                edition::send(app, None, "anna").await.unwrap().id
            }
        };
        let bulletin =
            self.mail_to(READER, |mail| mail.contains("lampa deg") && mail.contains("/leave/")).await;
        assert_eq!(header(&bulletin, "Reply-To").as_deref(), Some(OURS));
        let id = header(&bulletin, "Message-ID").unwrap();
        eventually("the issue is sent", || async {
            let row = app.store.issue(issue).await.unwrap().unwrap();
            (row.state.name() == "sent").then_some(())
        })
        .await;
        let deliveries = app.store.deliveries(issue, "").await.unwrap();
        assert_eq!(deliveries.iter().map(|d| d.state.as_str()).collect::<Vec<_>>(), ["accepted"]);

        let reply = format!(
            "From: Anna <{READER}>\r\nTo: <{OURS}>\r\nSubject: Re: zinas\r\nDate: Wed, 25 Nov 2026 18:00:00 +0200\r\n\
             Message-ID: <atbilde@lasitaja.example>\r\nIn-Reply-To: <{id}>\r\nReferences: <{id}>\r\n\
             MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\
             Paldies par lampu!\r\n\r\n> Rites bibliotēkas logā trešdienās lampa deg\r\n"
        );
        self.post(READER, &reply).await;
        let letter = eventually("the reply is a letter", || async {
            app.store.letters(app.publication).await.unwrap().pop()
        })
        .await;
        assert_eq!((letter.issue, letter.letter.text.as_str()), (Some(issue), "Paldies par lampu!"));
        letters::answer(app, letter.id, "Paldies Jums, ka lasāt!", "anna").await.unwrap();
        let answer = self.mail_to(READER, |mail| mail.contains("Paldies Jums, ka lasāt!")).await;
        assert_eq!(header(&answer, "In-Reply-To").as_deref(), Some("atbilde@lasitaja.example"));
        assert_eq!(header(&answer, "Auto-Submitted"), None, "a person wrote it");
    }

    /// Somebody posts a mail through their own provider.
    async fn post(&self, from: &str, mail: &str) {
        let relay =
            Relay::new("localhost", self.postfix.smtp, Wiring::None, None, "world.example", None).unwrap();
        let connection = Connection::open(&relay).await.unwrap();
        let address = |text: &str| EmailAddress::parse(text).unwrap();
        let envelope = Envelope { from: Some(address(from)), to: address(OURS) };
        let bytes = mail_as_sent(mail);
        let wire = Wire::new(&bytes).unwrap();
        let (connection, outcome) = connection.send(&envelope, &wire, async { Fence::Marked }).await;
        assert_eq!(outcome.name(), "accepted");
        if let Some(connection) = connection {
            connection.quit().await;
        }
    }

    async fn form(&self, path: &str, fields: &[(&str, &str)]) -> u16 {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.page) };
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request =
            self.http.post(url).header("Content-Type", "application/x-www-form-urlencoded").body(body);
        request.send().await.unwrap().status().as_u16()
    }

    /// The mail in somebody's inbox whose words fit, waited for.
    async fn mail_to(&self, user: &str, fits: impl Fn(&str) -> bool) -> Vec<u8> {
        eventually(&format!("a mail for {user}"), || async {
            let mails = self.dovecot.client(user).await.mails("INBOX").await;
            mails.into_iter().rev().find(|mail| fits(&words(mail)))
        })
        .await
    }
}

/// Our wire takes seven-bit lines only; the world's mail is sent as quoted-printable.
fn mail_as_sent(mail: &str) -> Vec<u8> {
    let (head, body) = mail.split_once("\r\n\r\n").unwrap();
    let head = head.replace("Content-Transfer-Encoding: 8bit", "Content-Transfer-Encoding: quoted-printable");
    let head = head.replace("Rites bibliotēka <", "=?utf-8?Q?Rites_bibliot=C4=93ka?= <");
    let mut bytes = format!("{head}\r\n\r\n").into_bytes();
    bytes.extend(quoted_printable::encode(body.as_bytes()));
    bytes.extend(b"\r\n");
    bytes
}

async fn eventually<T, F: Future<Output = Option<T>>>(what: &str, mut look: impl FnMut() -> F) -> T {
    let until = tokio::time::Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(tokio::time::Instant::now() < until, "waited in vain: {what}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// The plain-text part and the subject.
fn words(mail: &[u8]) -> String {
    let parsed = MessageParser::default().parse(mail).unwrap();
    format!("{}\n{}", parsed.subject().unwrap_or(""), parsed.body_text(0).unwrap_or_default())
}

fn header(mail: &[u8], name: &str) -> Option<String> {
    let parsed = MessageParser::default().parse(mail).unwrap();
    match name {
        "Message-ID" => parsed.message_id().map(str::to_owned),
        "Reply-To" => parsed.reply_to()?.first()?.address().map(str::to_owned),
        _ => parsed.header(name.to_owned())?.as_text().map(str::to_owned),
    }
}

/// The first link with this in its path.
fn link(mail: &[u8], path: &str) -> String {
    let words = words(mail);
    words.split_whitespace().find(|word| word.starts_with("http") && word.contains(path)).unwrap().to_owned()
}

/// What a form's field holds.
fn value(page: &str, name: &str) -> String {
    let field = page.split(&format!("name=\"{name}\"")).nth(1).unwrap();
    let value = field.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
    value.to_owned()
}
