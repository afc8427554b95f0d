//! One ordinary account at a provider: IMAP in, the submission port out, no plus-addresses. From the first subscriber to
//! a sent issue and an answered letter, with the lines of configuration and the commands that stand in the README's
//! section “With the mailbox you have”. The program is a process, and all mail crosses a real Postfix and a real Dovecot.

use std::future::Future;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use mail_parser::MessageParser;
use reqwest::Client;
use subscribers::EmailAddress;
use toml::{Table, Value};
use zinas::config::SAMPLE;
use zinas::outbound::{Connection, Envelope, Fence, Relay, Security as Wiring, Wire};

use crate::support::database::on_both;
use crate::support::dovecot::{Dovecot, PASSWORD};
use crate::support::folder::Folder;
use crate::support::ports;
use crate::support::postfix::{Postfix, Route};
use crate::support::process::Newsroom;

const README: &str = include_str!("../../README.md");
/// As the README has it.
const OURS: &str = "info@example.lv";
const EDITOR: &str = "redakcija@example.lv";
/// Comes by the page.
const READER: &str = "anna@lasitaja.example";
/// Signed a sheet of paper.
const IMPORTED: &str = "juris@lasitaja.example";
const LIBRARIAN: &str = "rasma@biblioteka.example";
const ELDER: &str = "valdis@pagasts.example";
/// For one thing to happen, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
const HOLD: Duration = Duration::from_secs(3);

on_both!(from_the_first_subscriber_to_an_answered_letter);

mod stories {
    pub use super::from_the_first_subscriber_to_an_answered_letter;
}

/// The provider, everybody else behind it, and the program beside them.
struct World {
    dovecot: Dovecot,
    postfix: Postfix,
    http: Client,
    newsroom: Newsroom,
    /// What of the README's commands is still to come, in its order.
    commands: Vec<Vec<String>>,
}

pub async fn from_the_first_subscriber_to_an_answered_letter(database: Option<&str>) {
    let Some(dovecot) = Dovecot::start() else { return };
    let domains = ["example.lv", "lasitaja.example", "biblioteka.example", "pagasts.example"];
    let to = format!("lmtp:inet:127.0.0.1:{}", dovecot.lmtp);
    let routes = domains.map(|domain| Route { domain, to: to.clone() });
    let Some(postfix) = Postfix::start(dovecot.sasl, &routes) else { return };
    let newsroom = newsroom(database, &dovecot, &postfix);
    let daemon = newsroom.serve();
    // Another test may have been first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let commands = commands(block("sh"));
    let mut world = World { dovecot, postfix, http, newsroom, commands };

    world.readme("editor add");
    assert!(world.readme("editor link").contains("/desk/sign-in/"));
    world.readers_come().await;
    assert!(world.readme("schedule").contains("send"));
    world.news_comes_in_and_is_decided().await;
    let id = world.issue_goes_out().await;
    world.reply_is_answered(&id).await;
    assert!(world.commands.is_empty(), "not told by this story: {:?}", world.commands);

    // Everything we were sent is ours, and was moved, not deleted.
    eventually("the inbox is empty", || async {
        world.dovecot.client(OURS).await.mails("INBOX").await.is_empty().then_some(())
    })
    .await;
    let processed = world.dovecot.client(OURS).await.mails("Processed").await;
    let messages = world.newsroom.json(&["message", "list"]);
    assert_eq!((processed.len(), messages.as_array().unwrap().len()), (3, 3));
    for message in messages.as_array().unwrap() {
        let id = message["id"].to_string();
        let ours = world.newsroom.command(&["message", "show", &id, "--raw"]).output().unwrap().stdout;
        assert!(processed.contains(&ours), "message {id} was moved as it is");
    }
    assert_eq!(daemon.stop(), 0);
}

/// The sample with the README's lines in it, and the private servers in place of the README's provider.
fn newsroom(database: Option<&str>, dovecot: &Dovecot, postfix: &Postfix) -> Newsroom {
    let folder = Folder::new("hosted");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let mut config: Table = SAMPLE.parse().unwrap();
    // The editors come by a command.
    config.remove("editor");
    replace(&mut config, block("toml").parse().unwrap());
    let web = ports::free();
    let text = |path: &std::path::Path| path.to_str().unwrap().to_owned();
    let (imaps, submission) = (dovecot.imaps, postfix.submission);
    let (theirs, relays) = (text(&dovecot.certificate.certificate), text(&postfix.certificate.certificate));
    let seconds = HOLD.as_secs();
    let here = format!(
        "public_url = 'http://127.0.0.1:{web}'\nweb.listen = '127.0.0.1:{web}'\nissue.hold_seconds = {seconds}\n\
         inbound.imap.host = 'localhost'\ninbound.imap.port = {imaps}\ninbound.imap.ca_file = '{theirs}'\n\
         outbound.host = 'localhost'\noutbound.port = {submission}\noutbound.ca_file = '{relays}'\n"
    );
    replace(&mut config, here.parse().unwrap());
    if let Some(database) = database {
        config.insert("database_file".to_owned(), "database.secret".into());
        write("database.secret", database);
    }
    write("zinas.toml", &toml::to_string(&config).unwrap());
    write("mail.secret", &format!("{PASSWORD}\n"));
    write("lasitaji.csv", &format!("epasts\n{IMPORTED}\n"));
    Newsroom { folder, mail: 0, web }
}

/// The section's first block in this language.
fn block(language: &str) -> &'static str {
    let section = README.split("\n### With the mailbox you have\n").nth(1).unwrap();
    section.split(&format!("\n```{language}\n")).nth(1).unwrap().split("```").next().unwrap()
}

/// Key by key, as somebody who edits the file; a password has one place.
fn replace(config: &mut Table, by: Table) {
    for (key, value) in by {
        if key == "password_file" {
            config.remove("password_env");
        }
        match (config.get_mut(&key), value) {
            (Some(Value::Table(old)), Value::Table(new)) => replace(old, new),
            (_, value) => {
                config.insert(key, value);
            }
        }
    }
}

/// The words of each line, as a shell takes them: quotes keep a word together, `#` begins a comment.
fn commands(block: &str) -> Vec<Vec<String>> {
    let words = |line: &str| {
        let (mut words, mut quoted, mut within) = (Vec::new(), false, false);
        for c in line.chars() {
            match c {
                '"' => quoted = !quoted,
                '#' if !quoted && !within => break,
                ' ' if !quoted => within = false,
                _ if within => words.last_mut().map(|word: &mut String| word.push(c)).unwrap(),
                _ => {
                    words.push(String::from(c));
                    within = true;
                }
            }
        }
        words
    };
    block.lines().map(words).filter(|words| !words.is_empty()).collect()
}

impl World {
    /// Runs the README's next command, which begins like this, in the folder of the newsroom.
    fn readme(&mut self, begins: &str) -> String {
        let words = self.commands.remove(0);
        assert_eq!(words[0], "zinas");
        assert!(words[1..].join(" ").starts_with(begins), "{begins}: the README goes on with {words:?}");
        let mut command = Command::new(env!("CARGO_BIN_EXE_zinas"));
        command.args(&words[1..]).current_dir(self.newsroom.folder.path()).stdin(Stdio::null());
        let ran = command.env_remove("RUST_LOG").output().unwrap();
        assert!(ran.status.success(), "{words:?}: {}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).unwrap()
    }

    async fn readers_come(&mut self) {
        self.readme("subscriber import");
        let form = self.form("/subscribe", &[("email", READER), ("language", "lv"), ("website", "")]).await;
        assert_eq!(form, 200);
        let asked = self.mail_to(READER, |mail| mail.contains("/confirm/")).await;
        let link = link(&asked, "/confirm/");
        assert_eq!(self.http.get(&link).send().await.unwrap().status(), 200);
        assert_eq!(self.form(&link, &[]).await, 200);
        let readers = self.newsroom.json(&["subscriber", "list", "--state", "confirmed"]);
        assert_eq!(readers.as_array().unwrap().len(), 2, "{readers}");
    }

    async fn news_comes_in_and_is_decided(&mut self) {
        let talka = mail(
            "Valdis",
            ELDER,
            "Talka pie baznīcas",
            "talka@pagasts.example",
            "Sestdien talka pie baznīcas, lūdzam ņemt līdzi grābekļus un labu prātu.",
        );
        self.post(ELDER, &talka).await;
        self.mail_to(ELDER, |mail| mail.contains("Talka pie baznīcas")).await;
        let lampa = mail(
            "Rites bibliotēka",
            LIBRARIAN,
            "Lampa logā",
            "lampa@biblioteka.example",
            "Rites bibliotēkas logā trešdienās lampa deg līdz astoņiem. Nāciet pasēdēt siltumā!\r\n\r\n\
             Informāciju sagatavoja:\r\nRasma Ozolzare\r\nRites bibliotēkas vadītāja",
        );
        self.post(LIBRARIAN, &lampa).await;
        let thanks = self.mail_to(LIBRARIAN, |mail| mail.contains("Lampa logā")).await;
        assert_eq!(header(&thanks, "Auto-Submitted").as_deref(), Some("auto-replied"));
        assert_eq!(header(&thanks, "In-Reply-To").as_deref(), Some("lampa@biblioteka.example"));

        let list = self.readme("item list");
        assert!(list.contains("Talka pie baznīcas") && list.contains("Lampa logā"), "{list}");
        self.readme("item approve 1");
        // The other one by the link that every editor gets.
        let notice =
            self.mail_to(EDITOR, |mail| mail.contains("/decide/") && mail.contains("Lampa logā")).await;
        let link = link(&notice, "/decide/");
        let page = self.http.get(&link).send().await.unwrap().text().await.unwrap();
        assert!(page.contains("lampa deg līdz astoņiem"), "{page}");
        let revision = value(&page, "revision");
        let text = "Rites bibliotēkas logā trešdienās lampa deg līdz astoņiem.";
        let fields =
            [("revision", revision.as_str()), ("title", "Lampa logā"), ("text", text), ("do", "approve")];
        let status = self.form(&link, &fields).await;
        assert!(status == 200 || status == 303, "{status}");
        for contributor in [ELDER, LIBRARIAN] {
            self.mail_to(contributor, |mail| mail.contains("apstiprin") || mail.contains("numurā")).await;
        }
    }

    /// The Message-ID of a reader's copy.
    async fn issue_goes_out(&mut self) -> String {
        self.readme("issue assemble");
        let preview = self.readme("issue preview 1");
        assert!(preview.contains("lampa deg") && preview.contains("grābekļus"), "{preview}");
        self.readme("issue approve");
        assert_eq!(self.newsroom.json(&["issue", "show", "1"])["state"], "approved");
        let began = Instant::now();
        self.readme("issue send");
        let mut id = None;
        for reader in [IMPORTED, READER] {
            let bulletin =
                self.mail_to(reader, |mail| mail.contains("lampa deg") && mail.contains("/leave/")).await;
            assert!(began.elapsed() >= HOLD, "{:?}", began.elapsed());
            assert_eq!(header(&bulletin, "Reply-To").as_deref(), Some(OURS));
            id = header(&bulletin, "Message-ID");
        }
        eventually("the issue is sent", || async {
            (self.newsroom.json(&["issue", "show", "1"])["state"] == "sent").then_some(())
        })
        .await;
        let deliveries = self.readme("issue deliveries 1");
        for reader in [READER, IMPORTED] {
            let line = deliveries.lines().find(|line| line.contains(reader)).unwrap();
            assert!(line.contains("accepted"), "{line}");
        }
        id.unwrap()
    }

    async fn reply_is_answered(&mut self, id: &str) {
        let reply = format!(
            "From: Anna <{READER}>\r\nTo: <{OURS}>\r\nSubject: Re: zinas\r\nDate: Wed, 25 Nov 2026 18:00:00 +0200\r\n\
             Message-ID: <atbilde@lasitaja.example>\r\nIn-Reply-To: <{id}>\r\nReferences: <{id}>\r\n\
             MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\
             Paldies par lampu!\r\n\r\n> Rites bibliotēkas logā trešdienās lampa deg\r\n"
        );
        self.post(READER, &reply).await;
        let letter = eventually("the reply is a letter", || async {
            self.newsroom.json(&["letter", "list"]).as_array()?.first().cloned()
        })
        .await;
        assert_eq!((&letter["issue"], &letter["text"]), (&1.into(), &"Paldies par lampu!".into()));
        assert!(self.readme("letter list").contains("Anna"));
        self.readme("letter answer 1");
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
        let url = if path.starts_with("http") {
            path.to_owned()
        } else {
            format!("http://127.0.0.1:{}{path}", self.newsroom.web)
        };
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

/// A contributor's mail.
fn mail(name: &str, from: &str, subject: &str, id: &str, text: &str) -> String {
    let encoded = |words: &str| {
        let octets: String = words.bytes().map(|octet| format!("={octet:02X}")).collect();
        format!("=?utf-8?Q?{octets}?=")
    };
    let (name, subject) = (encoded(name), encoded(subject));
    format!(
        "From: {name} <{from}>\r\nTo: <{OURS}>\r\nSubject: {subject}\r\nDate: Tue, 24 Nov 2026 10:00:00 +0200\r\n\
         Message-ID: <{id}>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n"
    )
}

/// Our wire takes seven-bit lines only; the world's mail is sent as quoted-printable.
fn mail_as_sent(mail: &str) -> Vec<u8> {
    let (head, body) = mail.split_once("\r\n\r\n").unwrap();
    let head = head.replace("Content-Transfer-Encoding: 8bit", "Content-Transfer-Encoding: quoted-printable");
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
