//! One month from end to end on an injected clock: a phone photo and a press release come in by SMTP, are decided, the
//! schedule assembles and sends, a signed reply comes back as a letter. Nobody touches anything but the decisions. They
//! are taken in this process, since a command goes by the machine's clock and would write of another month. The shorter
//! story beside it has no day to wait for and is told by the program alone.

use std::io::{Cursor, Write as _};
use std::process::Stdio;

use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::BASE64;
use image::{ExtendedColorType, ImageEncoder as _, RgbImage};
use issues::Change;
use issues::moderation::Refused;
use mail_parser::MessageParser;
use tokio_util::sync::CancellationToken;
use zinas::app::SharedApp;
use zinas::config::Listener;
use zinas::daemon::Running;
use zinas::inbound::smtpd::ListenAddress;
use zinas::newsroom::edition;
use zinas::newsroom::moderate::{Act, NotDecided, Who, decide};

use crate::support::database::{Installation, on_both};
use crate::support::line::Line;
use crate::support::ports;
use crate::support::process::{Newsroom, eventually};
use crate::support::readers::readers;
use crate::support::sink::{Mail, Script, Sink};

on_both!(a_month_passes_unattended, commands_lead_a_photo_from_standard_input_to_a_readers_reply);

const EDITOR: Who<'static> = Who { by: "anna", channel: "command" };

/// The shape of the network's own press releases: the first line is the caption of a photo with its author, there is no
/// title in the text, a sentence about the funder stands at the end, and a block says who prepared it.
const RELEASE: &str = "Lampas gaismā, foto: Ezermalas kopiena\n\n\
    Kopienu tīkls “Ezermala” sadarbībā ar bibliotekāriem šoziem atvērs piecus vakara lasītavas punktus, kuros varēs \
    sasildīties, izmantot datoru un satikt kaimiņus.\n\n\
    Pirmais punkts durvis vērs Ritē 9. decembrī plkst. 16.00, un tajā katru nedēļu lasīs priekšā tiem, kam acis \
    nogurušas.\n\n\
    Projektu “Gaisma logā” īsteno biedrība “Ezermala” ar Piemēra fonda finansiālu atbalstu.\n\n\
    Informāciju sagatavoja:\nJānis Paraudziņš\nkopienu tīkla “Ezermala” koordinators\n\ninfo@ezermala.example\n";

mod stories {
    use super::*;

    pub async fn a_month_passes_unattended(database: Option<&str>) {
        let sink = Sink::start(Script { keep: true, ..Script::default() }).unwrap();
        let mail = ports::free();
        let installation = Installation::open(database, |config| {
            config.outbound.host = "127.0.0.1".to_owned();
            config.outbound.port = sink.port();
            config.web_listen = "127.0.0.1:0".to_owned();
            config.inbound.imap = None;
            config.inbound.listener = Some(Listener { listen: format!("127.0.0.1:{mail}"), lmtp: false });
            config.issue.hold = TimeDelta::seconds(10);
        })
        .await;
        // The clock of an installation begins on the sending day; this story begins six days before it.
        let app = installation.begin_again_at(at("2026-11-19T08:00:00Z")).await;
        readers(&app, 0..3).await;
        let running =
            Running::start(app.clone(), CancellationToken::new(), CancellationToken::new()).await.unwrap();
        let door: ListenAddress = format!("127.0.0.1:{mail}").parse().unwrap();

        post(&door, "rasma@biblioteka.example", "info@selija.com", &phone_photo()).await;
        post(&door, "janis@ezermala.example", "info@selija.com", &release()).await;
        until(&app, "both are items", async |app| {
            app.store.items(app.publication, "").await.unwrap().len() == 2
        })
        .await;
        let items = app.store.items(app.publication, "pending").await.unwrap();
        let photo = items.iter().find(|item| !item.item.content.photos.is_empty()).unwrap();
        let release = items.iter().find(|item| item.id != photo.id).unwrap();

        let content = &release.item.content;
        assert_eq!(content.title, "Ezermalā atvērs vakara lasītavas");
        assert!(content.text.starts_with("Kopienu tīkls “Ezermala”"), "{}", content.text);
        assert!(
            !content.text.contains("Paraudziņš") && !content.text.contains("ezermala.example"),
            "{}",
            content.text
        );
        assert_eq!(content.byline.as_ref().unwrap().name.as_deref(), Some("Jānis Paraudziņš"));
        assert_eq!(content.events.len(), 1, "{:?}", content.events);
        assert_eq!(content.events[0].start.unwrap().to_string(), "2026-12-09T16:00");
        let seen = &photo.item.content.photos[0];
        assert!(seen.gps_removed && seen.height > seen.width, "upright and without its position");

        thanked(&sink, ["rasma@biblioteka.example", "janis@ezermala.example"]);
        let refused = decide(&app, photo.id, None, Act::Approve, EDITOR).await.unwrap_err();
        assert!(matches!(refused, NotDecided::Refused(Refused::Lacking(_))), "{refused}");
        let edit = |field: &str, value: &str| Change { field: field.to_owned(), value: value.to_owned() };
        let changes =
            vec![edit("photos.0.alt", "Bērni ap galdu lasa grāmatu"), edit("title", "Ritē lasa pasakas")];
        decide(&app, photo.id, None, Act::Edit(changes), EDITOR).await.unwrap();
        decide(&app, photo.id, None, Act::Approve, EDITOR).await.unwrap();
        decide(&app, release.id, None, Act::Approve, EDITOR).await.unwrap();

        // The 20th, 9.00 in Riga: the issue assembles itself.
        app.clock.advance_to(at("2026-11-20T07:00:00Z"));
        until(&app, "the issue is ready", async |app| state(app).await == Some("ready".to_owned())).await;
        let issue = edition::approve(&app, None, "anna").await.unwrap();
        assert_eq!(issue.edition.to_string(), "2026-12", "what leaves in November is December's");

        // Wednesday, 10.00: the hold begins, and nothing leaves before its end.
        app.clock.advance_to(at("2026-11-25T08:00:00Z"));
        until(&app, "the hold begins", async |app| state(app).await == Some("sending".to_owned())).await;
        assert_eq!(bulletins(&sink).len(), 0);
        app.clock.advance_to(at("2026-11-25T08:00:10Z"));
        until(&app, "every reader has it", async |_| bulletins(&sink).len() == 3).await;
        app.clock.advance_to(at("2026-11-25T08:01:00Z"));
        until(&app, "the issue is sent", async |app| {
            app.store.issue(issue.id).await.unwrap().unwrap().state.name() == "sent"
        })
        .await;
        let mut to: Vec<String> = bulletins(&sink).iter().map(|mail| mail.to.clone()).collect();
        to.sort();
        to.dedup();
        assert_eq!(to.len(), 3, "each reader once");

        let bulletin = &bulletins(&sink)[0];
        check_photos(&bulletin.bytes, &running.web).await;

        // The signed address is enough: no reference, another subject.
        let parsed = MessageParser::default().parse(&bulletin.bytes).unwrap();
        let reply_to = parsed.reply_to().unwrap().first().unwrap().address().unwrap().to_owned();
        post(&door, &bulletin.to, &reply_to, reply(&bulletin.to, &reply_to).as_bytes()).await;
        until(&app, "the reply is a letter", async |app| {
            let letters = app.store.letters(app.publication).await.unwrap();
            letters.iter().any(|letter| {
                letter.issue == Some(issue.id) && letter.letter.text == "Paldies, jauks numurs!"
            })
        })
        .await;

        // The link to what was published reached both contributors.
        until(&app, "contributors get the link", async |_| {
            let mails = sink.mails();
            let linked =
                |to: &str| mails.iter().any(|mail| mail.to == to && words(mail).contains("/2026/1/"));
            linked("rasma@biblioteka.example") && linked("janis@ezermala.example")
        })
        .await;
        running.stop().await.unwrap();
    }

    /// The daemon and the commands are processes, on the machine's clock. The photo comes in by `zinas receive`, and the
    /// schedule assembles at the next full minute.
    pub async fn commands_lead_a_photo_from_standard_input_to_a_readers_reply(database: Option<&str>) {
        let sink = Sink::start(Script { keep: true, ..Script::default() }).unwrap();
        let newsroom = Newsroom::new(sink.port(), database);
        newsroom.replace("hold_seconds = 600", "hold_seconds = 2");
        let daemon = newsroom.serve();
        let csv = newsroom.folder.path().join("readers.csv");
        std::fs::write(&csv, "address\nanna@readers.example\njanis@readers.example\n").unwrap();
        does(&newsroom, &["subscriber", "import", csv.to_str().unwrap(), "--consent", "Uz lapas bibliotēkā"]);

        receive(&newsroom, "rasma@biblioteka.example", "info@selija.com", &phone_photo());
        receive(&newsroom, "janis@ezermala.example", "info@selija.com", &release());
        let items = eventually("both are items", || {
            let items = newsroom.json(&["item", "list", "--state", "pending"]).as_array()?.clone();
            (items.len() == 2).then_some(items)
        });
        thanked(&sink, ["rasma@biblioteka.example", "janis@ezermala.example"]);
        let has_photo =
            |item: &&serde_json::Value| item["photos"].as_array().is_some_and(|all| !all.is_empty());
        let photo = items.iter().find(has_photo).unwrap()["id"].to_string();
        let (status, _, said) = newsroom.run(&["item", "approve", &photo]);
        assert_eq!(status, 1, "a photo needs words for those who do not see it: {said}");
        let (alt, title) = ("photos.0.alt=Bērni ap galdu lasa grāmatu", "title=Ritē lasa pasakas");
        does(&newsroom, &["item", "edit", &photo, "--set", alt, "--set", title]);
        for item in &items {
            does(&newsroom, &["item", "approve", &item["id"].to_string()]);
        }

        assert_eq!(newsroom.json(&["issue", "list", "--state", "ready"]), serde_json::json!([]));
        assert_eq!(daemon.stop(), 0);
        newsroom.replace("assemble = \"0 9 20 * *\"", "assemble = \"* * * * *\"");
        let daemon = newsroom.serve();
        let until = std::time::Instant::now() + std::time::Duration::from_secs(120);
        let issue = loop {
            let ready = newsroom.json(&["issue", "list", "--state", "ready"]);
            if let Some(issue) = ready.as_array().unwrap().first() {
                assert_eq!(issue["items"].as_array().unwrap().len(), 2);
                break issue["id"].to_string();
            }
            assert!(std::time::Instant::now() < until, "no minute assembled the issue: {}", newsroom.log());
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        };
        does(&newsroom, &["issue", "approve", &issue]);
        assert_eq!(newsroom.json(&["issue", "show", &issue])["state"], "approved");
        assert_eq!(bulletins(&sink).len(), 0);
        does(&newsroom, &["issue", "send", &issue]);
        eventually("the issue is sent", || {
            (newsroom.json(&["issue", "show", &issue])["state"] == "sent").then_some(())
        });
        let mut to: Vec<String> = bulletins(&sink).iter().map(|mail| mail.to.clone()).collect();
        to.sort();
        assert_eq!(to, ["anna@readers.example", "janis@readers.example"], "each reader once");
        let bulletin = &bulletins(&sink)[0];
        check_photos(&bulletin.bytes, &format!("127.0.0.1:{}", newsroom.web)).await;

        let parsed = MessageParser::default().parse(&bulletin.bytes).unwrap();
        let reply_to = parsed.reply_to().unwrap().first().unwrap().address().unwrap().to_owned();
        receive(&newsroom, &bulletin.to, &reply_to, reply(&bulletin.to, &reply_to).as_bytes());
        let letter = eventually("the reply is a letter", || {
            newsroom.json(&["letter", "list"]).as_array()?.first().cloned()
        });
        assert_eq!((letter["issue"].to_string(), &letter["text"]), (issue, &"Paldies, jauks numurs!".into()));
        does(&newsroom, &["letter", "answer", &letter["id"].to_string(), "--text", "Priecājamies!"]);
        eventually("the reader has the answer", || {
            let mails = sink.mails();
            mails
                .iter()
                .any(|mail| mail.to == bulletin.to && words(mail).contains("Priecājamies!"))
                .then_some(())
        });
        assert_eq!(daemon.stop(), 0);
    }
}

/// The program does it.
pub fn does(newsroom: &Newsroom, arguments: &[&str]) {
    let (status, _, said) = newsroom.run(arguments);
    assert_eq!(status, 0, "{arguments:?}: {said}");
}

/// As a mail server's pipe.
pub fn receive(newsroom: &Newsroom, from: &str, to: &str, mail: &[u8]) {
    let arguments = ["receive", "--sender", from, "--recipient", to];
    let mut receive = newsroom.command(&arguments).stdin(Stdio::piped()).spawn().unwrap();
    receive.stdin.take().unwrap().write_all(mail).unwrap();
    assert!(receive.wait().unwrap().success());
}

fn reply(from: &str, to: &str) -> String {
    format!(
        "From: <{from}>\r\nTo: <{to}>\r\nSubject: Sveiciens\r\nMessage-ID: <s@r.example>\r\n\
         Date: Wed, 25 Nov 2026 12:00:00 +0200\r\n\r\nPaldies, jauks numurs!\r\n"
    )
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

async fn until(app: &SharedApp, what: &str, mut look: impl AsyncFnMut(&SharedApp) -> bool) {
    let until = tokio::time::Instant::now() + std::time::Duration::from_secs(60);
    while !look(app).await {
        assert!(tokio::time::Instant::now() < until, "waited in vain: {what}");
        // Tasks look again when the clock moves; a second is nothing in a month.
        app.clock.advance_to(app.clock.now() + TimeDelta::milliseconds(50));
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

async fn state(app: &SharedApp) -> Option<String> {
    let issues = app.store.issues(app.publication, "").await.unwrap();
    issues.first().map(|issue| issue.state.name().to_owned())
}

fn thanked(sink: &Sink, people: [&str; 2]) {
    for person in people {
        let thanks = eventually("a contributor is thanked", || {
            sink.mails().into_iter().find(|mail| mail.to == person)
        });
        assert!(thanks.from.is_empty(), "an automatic answer comes from nobody");
        let text = String::from_utf8_lossy(&thanks.bytes).into_owned();
        assert!(text.contains("Auto-Submitted: auto-replied"), "{text}");
    }
}

fn bulletins(sink: &Sink) -> Vec<Mail> {
    let is_bulletin = |mail: &Mail| String::from_utf8_lossy(&mail.bytes).contains("List-Unsubscribe:");
    sink.mails().into_iter().filter(|mail| mail.to.contains("readers.example") && is_bulletin(mail)).collect()
}

fn words(mail: &Mail) -> String {
    let parsed = MessageParser::default().parse(&mail.bytes).unwrap();
    parsed.body_text(0).unwrap_or_default().into_owned()
}

/// The bytes behind every picture of the mail, as a reader's program fetches them.
async fn check_photos(mail: &[u8], web: &str) {
    let parsed = MessageParser::default().parse(mail).unwrap();
    let html = parsed.body_html(0).unwrap().into_owned();
    let sources: Vec<&str> =
        html.split("src=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let [horizon, photo] = sources[..] else { panic!("{sources:?}") };
    assert!(horizon.contains("/horizon/") && photo.contains("/photo/"), "{sources:?}");
    let _ = rustls::crypto::ring::default_provider().install_default();
    for source in sources {
        let path = source.split_once("://").unwrap().1.split_once('/').unwrap().1;
        let bytes = reqwest::get(format!("http://{web}/{path}")).await.unwrap().bytes().await.unwrap();
        let picture = image::load_from_memory(&bytes).unwrap();
        if source == photo {
            assert!(picture.height() > picture.width(), "upright");
        } else {
            assert_eq!((picture.width(), picture.height()), (1200, 240));
        }
        let has = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        assert!(!has(b"Exif") && !has(b"GPS"), "no metadata");
    }
}

async fn post(door: &ListenAddress, from: &str, to: &str, mail: &[u8]) {
    let mut line = Line::connect(door).await;
    for said in ["EHLO world.example", &format!("MAIL FROM:<{from}>"), &format!("RCPT TO:<{to}>"), "DATA"] {
        line.send(format!("{said}\r\n")).await;
        let reply = line.reply().await;
        assert!(reply.starts_with('2') || reply.starts_with('3'), "{said}: {reply}");
    }
    line.send(mail).await;
    line.send("\r\n.\r\n").await;
    let reply = line.reply().await;
    assert!(reply.starts_with("250"), "{reply}");
}

pub fn release() -> Vec<u8> {
    let subject = BASE64.encode("Ezermalā atvērs vakara lasītavas".as_bytes());
    let head = format!(
        "From: Ezermala <janis@ezermala.example>\r\nTo: <info@selija.com>\r\nSubject: =?utf-8?B?{subject}?=\r\n\
         Message-ID: <relize@ezermala.example>\r\nDate: Fri, 20 Nov 2026 10:20:00 +0200\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    );
    (head + &RELEASE.replace('\n', "\r\n")).into_bytes()
}

/// Two sentences and a picture as a phone takes it: lying on its side, with the position in it.
pub fn phone_photo() -> Vec<u8> {
    let picture = BASE64.encode(&jpeg_on_its_side());
    let folded: Vec<&str> =
        picture.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!(
        "From: =?utf-8?Q?Rites_bibliot=C4=93ka?= <rasma@biblioteka.example>\r\nTo: <info@selija.com>\r\n\
         Message-ID: <bilde@biblioteka.example>\r\nDate: Fri, 20 Nov 2026 15:05:00 +0200\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\
         Labdien! Šodien ciemos bija 2. klase, lasījām pasakas par vilkiem.\r\nFoto: Rasma Ozolzare\r\n\r\n\
         Sent from my iPhone\r\n--b\r\nContent-Type: image/jpeg; name=\"IMG_0001.jpg\"\r\n\
         Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"IMG_0001.jpg\"\r\n\r\n\
         {}\r\n--b--\r\n",
        folded.join("\r\n")
    )
    .into_bytes()
}

fn jpeg_on_its_side() -> Vec<u8> {
    let picture = RgbImage::from_fn(800, 600, |x, y| image::Rgb([(x % 256) as u8, (y % 256) as u8, 90]));
    let mut jpeg = Cursor::new(Vec::new());
    image::codecs::jpeg::JpegEncoder::new(&mut jpeg)
        .write_image(picture.as_raw(), 800, 600, ExtendedColorType::Rgb8)
        .unwrap();
    let jpeg = jpeg.into_inner();
    // TIFF in little endian: orientation 6, and a directory of positions.
    let mut tiff = b"II*\0\x08\0\0\0\x02\0".to_vec();
    tiff.extend(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0");
    tiff.extend(b"\x25\x88\x04\0\x01\0\0\0\x26\0\0\0");
    tiff.extend(b"\0\0\0\0");
    tiff.extend(b"\x01\0\x01\0\x02\0\x02\0\0\0N\0\0\0\0\0\0\0");
    let mut app1 = b"Exif\0\0".to_vec();
    app1.extend(&tiff);
    let length = u16::try_from(app1.len() + 2).unwrap().to_be_bytes();
    let mut whole = jpeg[..2].to_vec();
    whole.extend(b"\xff\xe1");
    whole.extend(length);
    whole.extend(&app1);
    whole.extend(&jpeg[2..]);
    whole
}
