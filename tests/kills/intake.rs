//! Mail comes in by SMTP, and the daemon is killed between any two steps of taking it: at every command of the
//! conversation, in the middle of the text, and at moments after the final dot and after the 250, while the mail is
//! stored, understood, routed and answered. The other server comes again until it hears 250, as servers do. In the end
//! each mail is one message and one item, and each contributor and the editor have one mail about it: the same again,
//! at most, where it was uncertain.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use crate::delivery::Numbers;
use crate::sinking::SinkProcess;
use crate::support::folder::Folder;
use crate::support::process::{Newsroom, eventually};

const SEED: u64 = 20_261_125;
const EDITOR: &str = "redakcija@selija.com";

/// When the daemon is killed.
#[derive(Debug, Clone, Copy)]
enum Kill {
    /// After so many answers, the greeting being the first.
    Answers(usize),
    HalfOfTheText,
    TextWithoutDot,
    AfterDot(Duration),
    After250(Duration),
    /// After it is an item: while the thanks and the notice leave.
    AfterRouting(Duration),
}

fn kills() -> Vec<Kill> {
    let mut numbers = Numbers(SEED);
    let mut moment = |from: u64, below: u64| Duration::from_micros(from + numbers.below(below - from));
    let mut kills: Vec<Kill> = (1..=5).map(Kill::Answers).collect();
    kills.extend([Kill::HalfOfTheText, Kill::TextWithoutDot, Kill::AfterDot(Duration::ZERO)]);
    kills.extend([500, 1_500, 3_000, 6_000].map(|below| Kill::AfterDot(moment(below / 4, below))));
    kills.extend([Kill::After250(Duration::ZERO); 3]);
    let reach = [1_000, 4_000, 10_000, 20_000, 30_000, 50_000, 80_000, 120_000, 200_000];
    kills.extend(reach.map(|below| Kill::After250(moment(below / 4, below))));
    kills.push(Kill::AfterRouting(Duration::ZERO));
    kills.extend([10_000, 40_000, 100_000].map(|below| Kill::AfterRouting(moment(below / 4, below))));
    kills
}

/// Gives how many kills there were.
pub fn kill_between_all_steps(database: Option<&str>) -> Result<usize, String> {
    let folder = Folder::new("kills");
    let sink = SinkProcess::start(folder.path().join("record"));
    let newsroom = Newsroom::new(sink.port, database);
    newsroom.replace("resend_after_seconds = 3600", "resend_after_seconds = 1");
    let kills = kills();
    println!("intake: seed {SEED}, {} kills", kills.len());
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    let mut daemon = newsroom.serve();
    for (number, kill) in kills.iter().enumerate() {
        let mut alive = Some(daemon);
        let heard = hand_over(newsroom.mail, number, *kill, &mut || {
            if let Some(daemon) = alive.take() {
                daemon.kill();
            }
        })
        .unwrap_or(false);
        if let (Kill::AfterRouting(moment), Some(daemon)) = (kill, alive.take_if(|_| heard)) {
            wait_for_routing(&newsroom, number)?;
            std::thread::sleep(*moment);
            daemon.kill();
        }
        if alive.is_some() {
            return Err(format!("{kill:?}: the conversation did not come so far: {}", newsroom.log()));
        }
        *found.entry(state(&newsroom, number).unwrap_or_else(|| "not here".to_owned())).or_default() += 1;
        daemon = newsroom.serve();
        if !heard {
            eventually("the mail is taken", || {
                hand_over(newsroom.mail, number, Kill::Answers(usize::MAX), &mut || ())
                    .ok()
                    .filter(|taken| *taken)
            });
        }
        // A mail that is being read when the reader dies three times goes to quarantine: here it dies once.
        wait_for_routing(&newsroom, number)?;
    }
    println!("intake: the kills found the mail in these states: {found:?}");
    for state in ["not here", "received", "routed"] {
        if !found.contains_key(state) {
            return Err(format!("no kill found a mail {state}"));
        }
    }
    let texts = |command: &str, key: &str| -> Vec<String> {
        let rows = newsroom.json(&[command, "list"]);
        rows.as_array().unwrap().iter().map(|row| row[key].as_str().unwrap().to_owned()).collect()
    };
    for (what, there) in [("message", texts("message", "subject")), ("item", texts("item", "text"))] {
        let different: BTreeSet<&String> = there.iter().collect();
        if (there.len(), different.len()) != (kills.len(), kills.len()) {
            return Err(format!(
                "{} mails are {} {what}s, {} of them different",
                kills.len(),
                there.len(),
                different.len()
            ));
        }
    }
    let mails = eventually("everybody is told", || {
        let mut told: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (recipient, id) in sink.accepted() {
            told.entry(recipient).or_default().push(id);
        }
        let notices: BTreeSet<&String> = told.get(EDITOR)?.iter().collect();
        (told.len() > kills.len() && notices.len() >= kills.len()).then(|| told.clone())
    });
    for (recipient, ids) in &mails {
        let different: BTreeSet<&String> = ids.iter().collect();
        let wanted = if recipient == EDITOR { kills.len() } else { 1 };
        if different.len() != wanted || ids.len() > 2 * wanted {
            return Err(format!("{recipient} has {} mails, {} different", ids.len(), different.len()));
        }
    }
    if daemon.stop() != 0 {
        return Err("it does not stop well".to_owned());
    }
    Ok(kills.len())
}

fn wait_for_routing(newsroom: &Newsroom, number: usize) -> Result<(), String> {
    let state =
        eventually("a mail is understood", || state(newsroom, number).filter(|state| state != "received"));
    if state == "routed" { Ok(()) } else { Err(format!("mail {number} is {state}")) }
}

/// `None` while it is not here.
fn state(newsroom: &Newsroom, number: usize) -> Option<String> {
    let messages = newsroom.json(&["message", "list"]);
    let sha256 = zinas::store::sha256(mail(number).as_bytes());
    let message = messages.as_array()?.iter().find(|message| message["sha256"] == sha256)?;
    Some(message["state"].as_str()?.to_owned())
}

fn mail(number: usize) -> String {
    format!(
        "From: Ilze <ilze{number}@biblioteka.example>\r\nTo: <info@selija.com>\r\nSubject: Zina {number}\r\n\
         Message-ID: <{number}@biblioteka.example>\r\nDate: Tue, 24 Nov 2026 10:00:00 +0200\r\n\r\n\
         Sestdien bus talka numur {number}, nāciet visi ar savām lāpstām un labu prātu.\r\n"
    )
}

/// Hands a mail over as another server does, and kills when it is time. Whether a 250 was heard after the dot.
fn hand_over(port: u16, number: usize, at: Kill, kill: &mut dyn FnMut()) -> io::Result<bool> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    let mut replies = BufReader::new(stream.try_clone()?);
    let mut answer = move || -> io::Result<String> {
        loop {
            let mut line = String::new();
            if replies.read_line(&mut line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if line.as_bytes().get(3) != Some(&b'-') {
                return Ok(line);
            }
        }
    };
    answer()?;
    let sender = format!("MAIL FROM:<ilze{number}@biblioteka.example>");
    let said = ["EHLO world.example", &sender, "RCPT TO:<info@selija.com>", "DATA"];
    for (answers, line) in (1..).zip(said) {
        if matches!(at, Kill::Answers(number) if number == answers) {
            kill();
        }
        stream.write_all(format!("{line}\r\n").as_bytes())?;
        answer()?;
    }
    if matches!(at, Kill::Answers(5)) {
        kill();
    }
    let mail = mail(number);
    let (first, second) = mail.split_at(mail.len() / 2);
    stream.write_all(first.as_bytes())?;
    if matches!(at, Kill::HalfOfTheText) {
        kill();
    }
    stream.write_all(second.as_bytes())?;
    if matches!(at, Kill::TextWithoutDot) {
        kill();
    }
    stream.write_all(b".\r\n")?;
    if let Kill::AfterDot(moment) = at {
        std::thread::sleep(moment);
        kill();
    }
    let heard = answer()?.starts_with("250");
    if let Kill::After250(moment) = at {
        std::thread::sleep(moment);
        kill();
    }
    Ok(heard)
}
