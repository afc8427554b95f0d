//! What the published figures are made with: how fast an issue leaves, and what the daemon costs at rest.
//!
//! ```text
//! cargo bench --bench send                      10,000 readers, 40 connections, three rounds
//! cargo bench --bench send -- --readers 2000 --connections 4 --rounds 1
//! ZINAS_BENCH_DATABASE=postgres://… cargo bench --bench send     also on that empty PostgreSQL database
//! ```
//!
//! **Messages per second.** An issue of about 30 kB a mail, one mail and one conversation per reader, leaves by
//! `outbound::Outbox` on SQLite with the ledger durable, exactly as the daemon sends it: claim, marker, result, all as
//! in earnest. Beside it, in the same round and into the same sink over as many connections, Postfix's `smtp-source`
//! sends as many copies of one fixed message of the same size; it keeps no ledger at all. The ratio of the two says
//! more than either, for both move with the machine. The sink is the tests' own, a process apart, reads in blocks and
//! keeps nothing. The program fails without `smtp-source` (Debian: postfix), and if the middle one of the rounds' ratios
//! on SQLite is under the floor, unless it was told fewer connections than its own: with few, each mail waits for the
//! disk alone, and smtp-source waits for nothing. PostgreSQL is only reported.
//!
//! **At rest.** The time from starting `zinas serve` on an empty folder to its first answered request, and its
//! resident memory ten seconds later.
//!
//! Measure on a machine that does nothing else; the line `load` says whether it did.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on has failed")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;
use zinas::app::{App, Schema, SharedApp, Step};
use zinas::clock::Clock;
use zinas::config::{Config, Place, SAMPLE, SecretText, Security};
use zinas::outbound::Outbox;

use folder::Folder;
use sink::{Script, Sink};

#[path = "../tests/it/support/folder.rs"]
#[expect(dead_code, reason = "the stories use what this program does not")]
mod folder;
#[path = "../tests/it/support/readers.rs"]
#[expect(dead_code, reason = "the stories use what this program does not")]
mod readers;
#[path = "../tests/it/support/sink.rs"]
#[expect(dead_code, reason = "the stories use what this program does not")]
mod sink;

/// Of the HTML before its encoding, which makes 30 kB of it.
const HTML_OCTETS: usize = 28_000;
const CONNECTIONS: usize = 40;
/// Of the messages per second of `smtp-source`, on SQLite.
const FLOOR: f64 = 0.3;
/// Longer than a start takes anywhere.
const START_MAX: Duration = Duration::from_secs(30);

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|word| word == "sink") {
        be_the_sink()
    }
    let option = |name: &str, usual: usize| {
        let place = arguments.iter().position(|word| word == name);
        place.and_then(|place| arguments.get(place + 1)).map_or(usual, |number| number.parse().unwrap())
    };
    let readers = option("--readers", 10_000);
    let connections = option("--connections", CONNECTIONS);
    println!("load {}", std::fs::read_to_string("/proc/loadavg").unwrap_or_default().trim());
    at_rest();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut ratios = Vec::new();
    for round in 1..=option("--rounds", 3) {
        let (sink, port) = start_sink();
        let ours = runtime.block_on(issue(None, port, readers, connections));
        let source = smtp_source(port, readers, connections, ours.octets);
        if let Some(source) = source {
            println!("round {round}: smtp-source       {source:>7.0} messages/s");
            ratios.push(ours.rate / source);
        }
        say(round, "zinas, SQLite", &ours, source);
        if let Ok(database) = std::env::var("ZINAS_BENCH_DATABASE")
            && round == 1
        {
            let ours = runtime.block_on(issue(Some(&database), port, readers, connections));
            say(round, "zinas, PostgreSQL", &ours, source);
        }
        drop(sink);
    }
    ratios.sort_by(f64::total_cmp);
    match ratios.get(ratios.len() / 2) {
        Some(&ratio) if ratio < FLOOR && connections >= CONNECTIONS => {
            println!("on SQLite zinas reaches {ratio:.2} of what smtp-source does, and the floor is {FLOOR}");
            ExitCode::FAILURE
        }
        Some(_) => ExitCode::SUCCESS,
        None => {
            println!(
                "without smtp-source there is nothing to compare with; Debian has it in the package postfix"
            );
            ExitCode::FAILURE
        }
    }
}

struct Measured {
    rate: f64,
    /// Of one mail.
    octets: usize,
    /// Resident at the end, with everything that ever was.
    peak_mb: f64,
}

fn say(round: usize, what: &str, measured: &Measured, source: Option<f64>) {
    let ratio = source.map(|source| format!(", ratio {:.2}", measured.rate / source)).unwrap_or_default();
    println!(
        "round {round}: {what:<17} {:>7.0} messages/s of {} octets{ratio}, peak {:.0} MB",
        measured.rate, measured.octets, measured.peak_mb
    );
}

/// An issue from its queued deliveries to its last recorded result.
async fn issue(database: Option<&str>, port: u16, readers: usize, connections: usize) -> Measured {
    let folder = Folder::new("bench");
    let mut config = config(folder.path());
    if let Some(database) = database {
        config.database = SecretText::new(database.to_owned());
    }
    config.outbound.port = port;
    config.outbound.connections = connections;
    let app = App::open(config, Clock::System, Schema::Migrate).await.unwrap();
    let subscriptions = readers::readers(&app, 0..readers).await;
    let issue = readers::issue(&app, &subscriptions, &readers::content(HTML_OCTETS)).await;
    let octets = octets(&app);
    let mut outbox = Outbox::open(app.clone(), CancellationToken::new()).await.unwrap();
    let begun = Instant::now();
    while outbox.step().await.unwrap() == Step::Worked {}
    let took = begun.elapsed();
    let counts = app.store.delivery_counts(issue).await.unwrap();
    assert_eq!(counts, [("accepted".to_owned(), i64::try_from(readers).unwrap())]);
    let rate = f64::from(u32::try_from(readers).unwrap()) / took.as_secs_f64();
    Measured { rate, octets, peak_mb: memory_mb("self", "VmHWM") }
}

/// How large a reader's mail is.
fn octets(app: &SharedApp) -> usize {
    use zinas::outbound::message::{Addressee, Bulletin, Frozen};
    let content = &readers::content(HTML_OCTETS)[0];
    let bulletin = Bulletin {
        edition: "2026-12",
        language: content.language,
        subject: &content.subject,
        html: &content.html,
        text: &content.text,
        list_id: &app.config.publication.list_id,
        help_url: None,
        archive_url: None,
        sender_id: None,
    };
    let addressee = Addressee {
        delivery: 1,
        subscription: 1,
        to: readers::address(1),
        date: app.clock.now().fixed_offset(),
        leave_url: "https://zinas.example/leave/token".to_owned(),
        preferences_url: "https://zinas.example/preferences/token".to_owned(),
        plain_text: false,
        since: "14. martā".to_owned(),
        why: "14. martā pieteicāties".to_owned(),
    };
    Frozen::new(&app.letterhead, &bulletin).unwrap().address(&addressee).wire.message().len()
}

/// Messages per second of Postfix's own load generator with one fixed message.
fn smtp_source(port: u16, messages: usize, connections: usize, octets: usize) -> Option<f64> {
    let program = ["/usr/sbin/smtp-source", "/usr/lib/postfix/sbin/smtp-source"];
    let Some(program) = program.into_iter().find(|path| Path::new(path).exists()) else {
        println!("smtp-source is not installed: no ratio");
        return None;
    };
    let begun = Instant::now();
    let status = Command::new(program)
        .args(["-4", "-d", "-M", "bench.example", "-f", "info@news.example", "-t", "reader@readers.example"])
        .args(["-s", &connections.to_string(), "-l", &octets.to_string(), "-m", &messages.to_string()])
        .arg(format!("127.0.0.1:{port}"))
        .status()
        .unwrap();
    assert!(status.success());
    Some(f64::from(u32::try_from(messages).unwrap()) / begun.elapsed().as_secs_f64())
}

/// `zinas serve` on an empty folder.
fn at_rest() {
    let folder = Folder::new("rest");
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    // No mailbox and no relay is reached: both are closed doors of this machine.
    let text = SAMPLE
        .replacen("127.0.0.1:8025", &format!("127.0.0.1:{port}"), 1)
        .replace("host = \"mail.selija.com\"", "host = \"localhost\"")
        .replace("port = 993", "port = 1")
        .replace("port = 587", "port = 1");
    let file = folder.path().join("zinas.toml");
    std::fs::write(&file, text).unwrap();
    let begun = Instant::now();
    let child = Command::new(env!("CARGO_BIN_EXE_zinas"))
        .arg("--config")
        .arg(&file)
        .arg("serve")
        .env("ZINAS_MAIL_PASSWORD", "secret")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let child = Process(child);
    while !answers(port) {
        if begun.elapsed() > START_MAX {
            println!("zinas serve does not answer");
            return;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    println!("cold start to the first answer {:.0} ms", begun.elapsed().as_secs_f64() * 1_000.0);
    std::thread::sleep(Duration::from_secs(10));
    println!("idle memory {:.1} MB", memory_mb(&child.0.id().to_string(), "VmRSS"));
}

fn answers(port: u16) -> bool {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else { return false };
    let asked = stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    let mut answer = String::new();
    asked.is_ok() && stream.read_to_string(&mut answer).is_ok() && answer.starts_with("HTTP/1.1 200")
}

/// A line of `/proc/PID/status` in megabytes.
fn memory_mb(process: &str, name: &str) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name));
    let kilobytes = line.and_then(|line| line.split_ascii_whitespace().nth(1)?.parse::<f64>().ok());
    kilobytes.map_or(f64::NAN, |kilobytes| kilobytes / 1_024.0)
}

fn config(folder: &Path) -> Config {
    let place = Place { folder, variable: &|_| Some("secret".to_owned()) };
    let mut config = Config::parse(SAMPLE, place).unwrap();
    config.data = PathBuf::from(folder).join("data");
    config.outbound.host = "localhost".to_owned();
    config.outbound.security = Security::None;
    config.outbound.user = None;
    config.outbound.password = None;
    config
}

/// A process that ends with this value.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn start_sink() -> (Process, u16) {
    let mut child =
        Command::new(std::env::current_exe().unwrap()).arg("sink").stdout(Stdio::piped()).spawn().unwrap();
    let mut port = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut port).unwrap();
    (Process(child), port.trim().parse().unwrap())
}

fn be_the_sink() -> ! {
    let sink = Sink::listen("127.0.0.1:0", Script::default(), None).unwrap();
    println!("{}", sink.port());
    loop {
        std::thread::park();
    }
}
