//! A month as three persons live it: an editor on a phone without scripts, a second one by keyboard only, and a reader;
//! with them those who write in. One story, told in the demo by hand in the postbox, and by `serve` with a real Dovecot
//! and a real Postfix, whose mailboxes the test opens for it.

use std::cell::Cell;

use data_encoding::BASE64;
use mail_parser::MessageParser;
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use zinas::clock::Clock;
use zinas::config::SAMPLE;
use zinas::inbound::smtpd::ListenAddress;

use crate::postbox::{Demo, photo};
use crate::support::browser::Browser;
use crate::support::dovecot::{Dovecot, PASSWORD};
use crate::support::folder::Folder;
use crate::support::line::Line;
use crate::support::ports;
use crate::support::postfix::{Postfix, Route};
use crate::support::process::Newsroom;

const EDITOR: &str = "redakcija@selija.example";
const MAILBOX: &str = "info@selija.example";
/// Who stands in a month has an account at one of these.
const DOMAINS: [&str; 12] = [
    "selija.example",
    "lasitaji.example",
    "citurpasts.example",
    "ritesbiblioteka.example",
    "viesite.example",
    "akniste.example",
    "tirgus.example",
    "nereta.example",
    "biblioteka.example",
    "zalve.example",
    "novads.example",
    "pasts.example",
];
/// The readers' server takes its time, so that there is a while in which the issue can be stopped.
const SLOW: &str =
    "smtpd_recipient_restrictions = check_recipient_access inline:{ { lasitaji.example = sleep 1 } }";
/// Letters inside letters, more than any program opens.
const NESTED: usize = 120;

#[test]
fn three_persons_live_through_a_month_in_the_demo() {
    let Some(browser) = Browser::find() else { return };
    let home = Folder::new("persons");
    let folder = home.path().join("demo");
    let demo = Demo::start(&folder, &[]);
    let address = |of: &str| demo.address(of).trim_end_matches('/').to_owned();
    // The day on which the demo lets somebody in.
    let world = json!({
        "base": address("Pages"), "postbox": address("Postbox"), "editor": EDITOR,
        "today": "2026-12-21", "photo": BASE64.encode(&photo()),
    });
    browser.tell("month", world, |question| {
        assert_eq!(question["ask"], "command", "{question}");
        demo.command(&words(question))
    });
    let (status, said) = demo.interrupt();
    assert_eq!((status.code(), said.as_str()), (Some(0), ""));
}

/// The demo keeps its month in SQLite; a daemon may have either.
mod three_persons_live_through_a_month_among_mail_servers {
    #[test]
    fn sqlite() {
        super::among_mail_servers(None);
    }

    #[test]
    fn postgres() {
        if let Some(database) = crate::support::postgres::fresh_database() {
            super::among_mail_servers(Some(&database));
        }
    }
}

fn among_mail_servers(database: Option<&str>) {
    let Some(browser) = Browser::find() else { return };
    let Some(dovecot) = Dovecot::start() else { return };
    let to = format!("lmtp:inet:127.0.0.1:{}", dovecot.lmtp);
    let routes = DOMAINS.map(|domain| Route { domain, to: to.clone() });
    let Some(postfix) = Postfix::start_with(dovecot.sasl, &routes, SLOW) else { return };
    let newsroom = newsroom(&dovecot, &postfix, database);
    let daemon = newsroom.serve();
    let world = json!({ "base": format!("http://127.0.0.1:{}", newsroom.web), "editor": EDITOR });
    let runtime = Runtime::new().unwrap();
    let servers = Servers { dovecot, postfix, written: Cell::new(0) };
    runtime.block_on(servers.post("parsutitajs@pasts.example", MAILBOX, &nested()));
    browser.tell("month", world, |question| {
        let text = |field: &str| question[field].as_str().unwrap_or_default();
        match text("ask") {
            "command" => newsroom.json(&words(question)),
            "mail" => runtime.block_on(servers.newest(text("to"), text("link"), text("words"))),
            "mails" => json!(runtime.block_on(servers.count(text("to"), text("words")))),
            "write" => {
                let (from, name) = (text("from"), text("name"));
                let head = if question["fails"] == true { failed(from) } else { String::new() };
                let photo = if question["photo"] == true { photo() } else { Vec::new() };
                let mail =
                    servers.letter(&head, (name, from), MAILBOX, text("subject"), text("text"), &photo);
                runtime.block_on(servers.post(from, MAILBOX, &mail));
                Value::Null
            }
            "reply" => {
                runtime.block_on(servers.reply(text("to"), text("id"), text("text")));
                Value::Null
            }
            other => panic!("a story asks for {other}"),
        }
    });
    assert_eq!(daemon.stop(), 0);
}

fn words(question: &Value) -> Vec<&str> {
    question["arguments"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect()
}

/// As the sample has it, with an account at the private servers.
fn newsroom(dovecot: &Dovecot, postfix: &Postfix, database: Option<&str>) -> Newsroom {
    let folder = Folder::new("persons");
    let web = ports::free();
    let (theirs, relays) = (&dovecot.certificate.certificate, &postfix.certificate.certificate);
    let account = "user = \"info@selija.com\"\npassword_env = \"ZINAS_MAIL_PASSWORD\"";
    let host = |port: u16| format!("host = \"localhost\"\nport = {port}");
    let mut text = SAMPLE.to_owned();
    for (from, to) in [
        ("https://zinas.selija.com", format!("http://127.0.0.1:{web}")),
        ("127.0.0.1:8025", format!("127.0.0.1:{web}")),
        ("host = \"mail.selija.com\"\nport = 993", host(dovecot.imaps)),
        ("host = \"mail.selija.com\"\nport = 587", host(postfix.submission)),
        ("connections = 4", "connections = 1".to_owned()),
        ("hold_seconds = 600", "hold_seconds = 10".to_owned()),
    ] {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, &to);
    }
    for file in [theirs, relays] {
        let here =
            format!("user = \"{MAILBOX}\"\npassword_file = \"mail.secret\"\nca_file = '{}'", file.display());
        text = text.replacen("user = \"info@selija.com\"\n# Or password_file = \"imap.secret\".\npassword_env = \"ZINAS_MAIL_PASSWORD\"", account, 1);
        text = text.replacen(account, &here, 1);
    }
    if let Some(database) = database {
        text = format!("database_file = \"database.secret\"\n{text}");
        std::fs::write(folder.path().join("database.secret"), database).unwrap();
    }
    std::fs::write(folder.path().join("zinas.toml"), text.replace("@selija.com", "@selija.example")).unwrap();
    std::fs::write(folder.path().join("mail.secret"), format!("{PASSWORD}\n")).unwrap();
    Newsroom { folder, mail: 0, web }
}

/// Everybody's mailboxes, and the way there.
struct Servers {
    dovecot: Dovecot,
    postfix: Postfix,
    /// Letters so far.
    written: Cell<u32>,
}

impl Servers {
    /// The newest mail to somebody with such a link and such words; waits for it.
    async fn newest(&self, to: &str, link: &str, words: &str) -> Value {
        for _ in 0..600 {
            let mails = self.dovecot.client(to).await.mails("INBOX").await;
            if let Some(found) = mails.iter().rev().find_map(|mail| opened(mail, link, words)) {
                return found;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        panic!("no mail to {to} with “{link}” and “{words}”: {}", self.postfix.log());
    }

    async fn count(&self, to: &str, words: &str) -> usize {
        let mails = self.dovecot.client(to).await.mails("INBOX").await;
        mails.iter().filter(|mail| subject(mail).contains(words)).count()
    }

    /// Her answer to the mail of this Message-ID, as her program sends it.
    async fn reply(&self, from: &str, id: &str, text: &str) {
        let mails = self.dovecot.client(from).await.mails("INBOX").await;
        let parser = MessageParser::default();
        let mut parsed = mails.iter().map(|mail| parser.parse(mail).unwrap());
        let mail = parsed.find(|mail| mail.message_id() == Some(id)).unwrap();
        let to = mail.reply_to().or(mail.from()).and_then(|to| to.first()?.address()).unwrap();
        let head = format!("In-Reply-To: <{id}>\r\nReferences: <{id}>\r\n");
        let subject = format!("Re: {}", mail.subject().unwrap_or_default());
        let quoted = mail
            .body_text(0)
            .unwrap_or_default()
            .lines()
            .fold(String::new(), |all, line| all + "> " + line + "\n");
        let text = format!("{text}\n\n{quoted}");
        let name = from.split('@').next().unwrap_or_default();
        let letter = self.letter(&head, (name, from), to, &subject, &text, &[]);
        self.post(from, to, &letter).await;
    }

    /// A letter with a photo, if there is one.
    fn letter(
        &self,
        head: &str,
        (name, from): (&str, &str),
        to: &str,
        subject: &str,
        text: &str,
        photo: &[u8],
    ) -> Vec<u8> {
        self.written.set(self.written.get() + 1);
        let encoded = |words: &str| format!("=?utf-8?B?{}?=", BASE64.encode(words.as_bytes()));
        let date = Clock::System.now().to_rfc2822();
        let mut mail = format!(
            "{head}From: {} <{from}>\r\nTo: <{to}>\r\nSubject: {}\r\nDate: {date}\r\nMessage-ID: <{}.{from}>\r\n\
             MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
             Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
            encoded(name),
            encoded(subject),
            self.written.get(),
            lines(text.replace('\n', "\r\n").as_bytes()),
        );
        if !photo.is_empty() {
            mail += &format!(
                "--b\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n\
                 Content-Disposition: attachment; filename=IMG_0001.jpg\r\n\r\n{}",
                lines(photo)
            );
        }
        (mail + "--b--\r\n").into_bytes()
    }

    /// Hands a letter to the Postfix.
    async fn post(&self, from: &str, to: &str, mail: &[u8]) {
        let door: ListenAddress = format!("127.0.0.1:{}", self.postfix.smtp).parse().unwrap();
        let mut line = Line::connect(&door).await;
        line.expect("EHLO world.example", "250 ").await;
        line.expect(&format!("MAIL FROM:<{from}>"), "250 ").await;
        line.expect(&format!("RCPT TO:<{to}>"), "250 ").await;
        line.expect("DATA", "354 ").await;
        line.send(mail).await;
        line.expect(".", "250 ").await;
    }
}

/// As a story takes a mail, if it is one with such a link and such words.
fn opened(mail: &[u8], link: &str, words: &str) -> Option<Value> {
    let parsed = MessageParser::default().parse(mail)?;
    let (subject, text) = (parsed.subject().unwrap_or_default(), parsed.body_text(0)?);
    let links: Vec<&str> = text.split_whitespace().filter(|word| word.starts_with("http")).collect();
    let found = links.iter().find(|one| one.contains(link));
    let fits = (found.is_some() || link.is_empty()) && one_line(&format!("{subject} {text}")).contains(words);
    let (id, html) = (parsed.message_id(), parsed.body_html(0));
    fits.then(
        || json!({ "id": id, "subject": subject, "text": text, "html": html, "links": links, "link": found }),
    )
}

fn subject(mail: &[u8]) -> String {
    MessageParser::default()
        .parse(mail)
        .and_then(|mail| mail.subject().map(str::to_owned))
        .unwrap_or_default()
}

/// Lines end where the sender's program ends them.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Base64 in lines.
fn lines(bytes: &[u8]) -> String {
    let encoded = BASE64.encode(bytes);
    let lines = encoded.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap());
    lines.fold(String::new(), |all, line| all + line + "\r\n")
}

/// What the sample's mail host writes above a letter whose sender it could not verify.
fn failed(from: &str) -> String {
    let domain = from.split('@').nth(1).unwrap_or_default();
    format!("Authentication-Results: mail.selija.com; dmarc=fail header.from={domain}\r\n")
}

/// A letter that nobody can read.
fn nested() -> Vec<u8> {
    let inner = "Content-Type: message/rfc822\r\n\r\n".repeat(NESTED);
    format!(
        "From: <parsutitajs@pasts.example>\r\nTo: <{MAILBOX}>\r\nMessage-ID: <0@pasts.example>\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n{inner}Aicinam!\r\n--b--\r\n"
    )
    .into_bytes()
}
