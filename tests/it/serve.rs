//! The daemon as a process: killed while it takes mail in, beside commands and a second daemon, and with parts of the
//! world missing.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::Duration;

use mail_parser::MessageParser;
use zinas::app::{App, Schema};
use zinas::clock::Clock;
use zinas::config::Config;

use crate::support::database::on_both;
use crate::support::process::{Newsroom, eventually};
use crate::support::program;
use crate::support::sink::{Mail, Script, Sink};

on_both!(each_mail_is_there_once_whatever_is_killed_when);

const MAILS: usize = 24;
const KILLS: u64 = 8;

fn mail(number: usize) -> String {
    format!(
        "From: Ilze <ilze{number}@biblioteka.example>\r\nTo: <info@selija.com>\r\nSubject: Zina {number}\r\n\
         Message-ID: <{number}@biblioteka.example>\r\nDate: Tue, 24 Nov 2026 10:00:00 +0200\r\n\r\n\
         Sestdien bus talka numur {number}, nāciet visi ar savām lāpstām un labu prātu.\r\n"
    )
}

/// Hands a mail over as another server would; `false` when the line broke or it was not taken.
fn hand_over(port: u16, mail: &str, sender: &str) -> bool {
    let talk = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        let mut replies = BufReader::new(stream.try_clone()?);
        let mut answer = move || -> std::io::Result<String> {
            loop {
                let mut line = String::new();
                if replies.read_line(&mut line)? == 0 {
                    return Err(std::io::ErrorKind::UnexpectedEof.into());
                }
                if line.as_bytes().get(3) != Some(&b'-') {
                    return Ok(line);
                }
            }
        };
        answer()?;
        let said = [
            "EHLO world.example".to_owned(),
            format!("MAIL FROM:<{sender}>"),
            "RCPT TO:<info@selija.com>".to_owned(),
            "DATA".to_owned(),
        ];
        for line in said {
            stream.write_all(format!("{line}\r\n").as_bytes())?;
            answer()?;
        }
        stream.write_all(format!("{mail}.\r\n").as_bytes())?;
        Ok(answer()?.starts_with("250"))
    };
    talk().unwrap_or(false)
}

fn message_id(mail: &Mail) -> String {
    MessageParser::default().parse(&mail.bytes).unwrap().message_id().unwrap().to_owned()
}

mod stories {
    use super::*;

    /// SIGKILL at moments that the seed says, while mail is taken in, understood and answered. The other server tries
    /// again until it hears 250, as servers do. In the end each mail is one message and one item, and nobody's thanks is lost.
    pub async fn each_mail_is_there_once_whatever_is_killed_when(database: Option<&str>) {
        let sink = Sink::start(Script { keep: true, ..Script::default() }).unwrap();
        let newsroom = Newsroom::new(sink.port(), database);
        let mut daemon = newsroom.serve();
        let port = newsroom.mail;
        let sending = std::thread::spawn(move || {
            for number in 0..MAILS {
                while !hand_over(port, &mail(number), &format!("ilze{number}@biblioteka.example")) {
                    std::thread::sleep(Duration::from_millis(30));
                }
            }
        });
        let mut seed = 20_261_125_u64;
        println!("seed {seed}");
        for _ in 0..KILLS {
            // xorshift64: moments that differ, and the same again for the same seed.
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            std::thread::sleep(Duration::from_millis(30 + seed % 400));
            daemon.kill();
            daemon = newsroom.serve();
        }
        sending.join().unwrap();
        eventually("every mail is routed", || {
            let messages = newsroom.json(&["message", "list"]);
            let routed = messages.as_array()?.iter().filter(|message| message["state"] == "routed").count();
            (routed == MAILS).then_some(())
        });
        let items = newsroom.json(&["item", "list"]);
        assert_eq!(items.as_array().unwrap().len(), MAILS);
        let mut texts: Vec<&str> =
            items.as_array().unwrap().iter().map(|item| item["text"].as_str().unwrap()).collect();
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), MAILS, "each item is of another mail");
        // What was on the line when the daemon died is uncertain and goes out once more in an hour; everything else,
        // a thanks and a notice for each mail, has arrived.
        let config = Config::load(&newsroom.config_file()).unwrap();
        let app = App::open(config, Clock::System, Schema::Expect).await.unwrap();
        let until = std::time::Instant::now() + Duration::from_secs(60);
        loop {
            let arrived: BTreeSet<String> = sink.mails().iter().map(message_id).collect();
            let waiting = usize::try_from(app.store.count_waiting_mails().await.unwrap()).unwrap();
            if arrived.len() + waiting >= 2 * MAILS && arrived.len() > MAILS {
                break;
            }
            assert!(std::time::Instant::now() < until, "{} have arrived, {waiting} wait", arrived.len());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(daemon.stop(), 0);
    }
}

#[test]
fn a_second_daemon_on_one_folder_is_refused_in_one_sentence() {
    let sink = Sink::start(Script::default()).unwrap();
    let newsroom = Newsroom::new(sink.port(), None);
    let daemon = newsroom.serve();
    let (status, output, said) = newsroom.run(&["serve"]);
    assert_eq!((status, output.as_str()), (3, ""), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.starts_with("zinas: ") && said.contains("in use by another zinas"), "{said}");
    let (status, _, said) = newsroom.run(&["migrate"]);
    assert_ne!(status, 0, "{said}");
    assert_eq!(daemon.stop(), 0);
}

#[test]
fn a_command_beside_a_running_daemon_is_noticed_within_a_second() {
    let sink = Sink::start(Script { keep: true, ..Script::default() }).unwrap();
    let newsroom = Newsroom::new(sink.port(), None);
    let daemon = newsroom.serve();
    let mut receive = newsroom.command(&["receive"]).stdin(Stdio::piped()).spawn().unwrap();
    receive.stdin.take().unwrap().write_all(mail(1).as_bytes()).unwrap();
    assert!(receive.wait().unwrap().success());
    let began = std::time::Instant::now();
    eventually("the daemon routes what a command stored", || {
        let items = newsroom.json(&["item", "list"]);
        (items.as_array()?.len() == 1).then_some(())
    });
    let (status, _, said) = newsroom.run(&["item", "reject", "1", "--reason", "Par vēlu."]);
    assert_eq!(status, 0, "{said}");
    eventually("the contributor is told", || {
        sink.mails()
            .iter()
            .any(|mail| String::from_utf8_lossy(&mail.bytes).contains("Par v=C4=93lu"))
            .then_some(())
    });
    println!("noticed and mailed after {} ms", began.elapsed().as_millis());
    assert_eq!(daemon.stop(), 0);
}

#[test]
fn a_relay_that_is_away_costs_no_mail_and_is_said_once() {
    let sink = Sink::start(Script::default()).unwrap();
    let relay = sink.port();
    drop(sink);
    let newsroom = Newsroom::new(relay, None);
    let daemon = newsroom.serve();
    assert!(hand_over(newsroom.mail, &mail(1), "ilze1@biblioteka.example"));
    eventually("the relay is missed", || newsroom.log().contains("relay").then_some(()));
    let said = newsroom.log();
    for words in [&format!("127.0.0.1:{relay}"), "nobody listens there", "host and port in [outbound]"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!said.contains('\u{1b}'), "colours in a file: {said}");
    assert!(!newsroom.log().contains("biblioteka.example"), "{}", newsroom.log());
    let messages = newsroom.json(&["message", "list"]);
    assert_eq!(messages.as_array().unwrap().len(), 1);
    assert_eq!(daemon.stop(), 0);
}

#[test]
fn an_imap_server_that_is_away_is_said_and_everything_else_runs() {
    let sink = Sink::start(Script::default()).unwrap();
    let newsroom = Newsroom::new(sink.port(), None);
    newsroom.replace(
        "[inbound.listener]",
        "[inbound.imap]\nhost = \"127.0.0.1\"\nport = 1\nsecurity = \"none\"\nuser = \"info\"\n\
         password_file = \"database.secret\"\nfolder = \"INBOX\"\nprocessed = \"Processed\"\n\n[inbound.listener]",
    );
    let daemon = newsroom.serve();
    eventually("the IMAP server is missed", || newsroom.log().contains("IMAP").then_some(()));
    assert!(hand_over(newsroom.mail, &mail(1), "ilze1@biblioteka.example"));
    assert_eq!(daemon.stop(), 0);
}

#[test]
fn a_mail_of_60_mb_is_refused_in_the_conversation_and_nothing_is_kept() {
    let sink = Sink::start(Script::default()).unwrap();
    let newsroom = Newsroom::new(sink.port(), None);
    let daemon = newsroom.serve();
    let large = format!("{}{}\r\n", mail(1), "x".repeat(998) + "\r\n").replace("\r\n\r\n\r\n", "\r\n\r\n");
    let large = large + &format!("{}\r\n", "y".repeat(998)).repeat(60_000);
    assert!(!hand_over(newsroom.mail, &large, "ilze1@biblioteka.example"));
    assert!(hand_over(newsroom.mail, &mail(2), "ilze2@biblioteka.example"), "the next one is taken");
    eventually("only the small one is there", || {
        (newsroom.json(&["message", "list"]).as_array()?.len() == 1).then_some(())
    });
    assert_eq!(daemon.stop(), 0);
}

/// A data folder on a small disk of its own that is full, where this machine lets us mount one (as root or in a user
/// namespace); elsewhere a process that may write no longer files, which the database meets in the same way.
#[test]
fn a_full_disk_keeps_the_mail_with_the_other_server() {
    let mounting: &[&str] =
        if program::is_root() { &["--mount"] } else { &["--user", "--map-root-user", "--mount"] };
    let trial = "d=$(mktemp -d); mount -t tmpfs -o size=2m tmpfs $d && umount $d; s=$?; rmdir $d; exit $s";
    let may_mount = Command::new("unshare")
        .args(mounting)
        .args(["bash", "-c", trial])
        .output()
        .is_ok_and(|ran| ran.status.success());
    if may_mount {
        let full = "mount -t tmpfs -o size=2m tmpfs data; $zinas migrate; dd if=/dev/zero of=data/rest bs=4k 2>/dev/null || true; \
                    set +e; $zinas receive < mail 2>said; echo status $?; rm data/rest";
        no_room("unshare", mounting, full);
    }
    // KiB: more than the database has now, less than it needs for the mail. Its write fails instead of killing it.
    let limited = "$zinas migrate; trap '' XFSZ; set +e; size=$(stat -c %s data/zinas.sqlite); \
                   (ulimit -f $((size / 1024 + 400)); $zinas receive < mail 2>said); echo status $?";
    no_room("env", &[], limited);
}

/// Runs a script that offers a mail when there is no room; then there is, and the mail is taken.
fn no_room(program: &str, arguments: &[&str], script: &str) {
    let sink = Sink::start(Script::default()).unwrap();
    let newsroom = Newsroom::new(sink.port(), None);
    let folder = newsroom.folder.path();
    let large = mail(1) + &"z".repeat(900_000);
    std::fs::write(folder.join("mail"), large).unwrap();
    let script = format!(
        "set -e; cd {}; zinas='{} --data .'; mkdir -p data; {script}; $zinas receive < mail; echo status $?; \
         $zinas message list --json",
        folder.display(),
        env!("CARGO_BIN_EXE_zinas")
    );
    let ran = Command::new(program).args(arguments).args(["bash", "-c", &script]).output().unwrap();
    let (output, said) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(output.contains("status 75\n") && output.contains("status 0\n"), "{output}{said}");
    let sentence = std::fs::read_to_string(folder.join("said")).unwrap();
    assert_eq!(sentence.lines().count(), 1, "{sentence}");
    assert!(["no room", "disk"].iter().any(|word| sentence.contains(word)), "{sentence}");
    let messages: serde_json::Value =
        serde_json::from_str(output.split("status 0\n").nth(1).unwrap()).unwrap();
    assert_eq!(messages.as_array().unwrap().len(), 1);
}
