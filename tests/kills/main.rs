//! Kills: a sending daemon dies in the middle of 500 deliveries, twenty times, and every reader is accounted for.
//!
//! ```text
//! cargo test --test kills                        20 kills from seed 1
//! cargo test --test kills -- --seed 7 --kills 1  the one with this seed again
//! ```
//!
//! For each seed: an issue with 500 readers, a sink that writes each accepted recipient to disk before it answers and
//! answers every third mail late, and a worker; each a process of its own. The worker is killed (SIGKILL) after a
//! number of mails and a few moments that the seed says, started again, and runs to the end. Then the sink's record
//! and the ledger must agree: every reader has the mail; whoever has it twice has an `uncertain` attempt and got the
//! same Message-ID; and no more have it twice than there were connections. At least one kill must have hit that gap.
//!
//! The worker is `outbound::Outbox` on SQLite as the daemon runs it, except that an uncertain delivery is repeated
//! after a second and not after an hour.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use issues::delivery::UncertainPolicy;
use tokio_util::sync::CancellationToken;
use zinas::app::{App, Schema, SharedApp};
use zinas::clock::Clock;
use zinas::config::{Config, Place, SAMPLE, Security};
use zinas::outbound::Outbox;
use zinas::store::DeliveryRow;

use folder::Folder;
use sink::{Act, Script, Sink};

#[path = "../it/support/folder.rs"]
#[expect(dead_code, reason = "the stories use what this program does not")]
mod folder;
#[path = "../it/support/readers.rs"]
#[expect(dead_code, reason = "the stories use what this program does not")]
mod readers;
#[path = "../it/support/sink.rs"]
#[expect(dead_code, reason = "the stories use what this program does not")]
mod sink;

const READERS: usize = 500;
const CONNECTIONS: usize = 4;
const RESEND_AFTER: TimeDelta = TimeDelta::seconds(1);
/// Far more than a run takes.
const PATIENCE: Duration = Duration::from_secs(120);

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["sink", record] => be_the_sink(Path::new(record)),
        ["worker", folder, port] => be_the_worker(Path::new(folder), port.parse().unwrap()),
        options => {
            let (seed, kills) = (option(options, "--seed", 1), option(options, "--kills", 20));
            let mut twice = 0;
            for seed in seed..seed + kills {
                match kill_once(seed) {
                    Ok(repeats) => twice += repeats,
                    Err(why) => {
                        println!("seed {seed}: FAILED: {why}");
                        return ExitCode::FAILURE;
                    }
                }
            }
            println!("{kills} kills, {twice} mails twice, nobody missing");
            if kills >= 20 && twice == 0 {
                println!("FAILED: no kill hit the gap between the final dot and its recorded answer");
                return ExitCode::FAILURE;
            }
            ExitCode::SUCCESS
        }
    }
}

fn option(options: &[&str], name: &str, usual: u64) -> u64 {
    let place = options.iter().position(|option| *option == name);
    place.and_then(|place| options.get(place + 1)).map_or(usual, |number| number.parse().unwrap())
}

/// A few numbers from a seed (SplitMix64): the same on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }
}

/// Gives how many readers have the mail twice.
fn kill_once(seed: u64) -> Result<usize, String> {
    let mut numbers = Numbers(seed);
    let mails = numbers.below(READERS as u64 - 20) + 5;
    let moments = Duration::from_micros(numbers.below(12_000));
    let folder = Folder::new("kills");
    let record = folder.path().join("record");
    let (_sink, port) = start_sink(&record);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (app, issue) = runtime.block_on(async {
        let app = open(folder.path(), port, Schema::Migrate).await;
        let subscriptions = readers::readers(&app, 0..READERS).await;
        let issue = readers::issue(&app, &subscriptions, &readers::content(3_000)).await;
        (app, issue)
    });

    let mut worker = start_worker(folder.path(), port);
    let begun = Instant::now();
    while lines(&record) < usize::try_from(mails).unwrap() {
        if begun.elapsed() > PATIENCE {
            return Err(format!("only {} mails before the kill", lines(&record)));
        }
        sleep(Duration::from_micros(200));
    }
    sleep(moments);
    worker.0.kill().unwrap();
    worker.0.wait().unwrap();
    let at = lines(&record);

    let _worker = start_worker(folder.path(), port);
    let begun = Instant::now();
    while !runtime.block_on(is_over(&app, issue)) {
        if begun.elapsed() > PATIENCE {
            return Err("it does not come to its end after the restart".to_owned());
        }
        sleep(Duration::from_millis(20));
    }
    let deliveries = runtime.block_on(app.store.deliveries(issue, "")).unwrap();
    let repeats = compare(&record, &deliveries)?;
    let uncertain = deliveries.iter().filter(|delivery| was_uncertain(delivery)).count();
    println!("seed {seed}: killed at mail {at}; {uncertain} uncertain, {repeats} twice");
    Ok(repeats)
}

/// The sink's record against the ledger.
fn compare(record: &Path, deliveries: &[DeliveryRow]) -> Result<usize, String> {
    let mut taken: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in std::fs::read_to_string(record).unwrap().lines() {
        let (recipient, message_id) = line.split_once(' ').unwrap();
        taken.entry(recipient.to_owned()).or_default().push(message_id.to_owned());
    }
    if deliveries.len() != READERS {
        return Err(format!("the ledger has {} deliveries", deliveries.len()));
    }
    let known: BTreeSet<&str> = deliveries.iter().map(|delivery| delivery.recipient.as_str()).collect();
    if let Some(stranger) = taken.keys().find(|recipient| !known.contains(recipient.as_str())) {
        return Err(format!("{stranger} got a mail and is not in the ledger"));
    }
    let mut repeats = 0;
    for delivery in deliveries {
        let reader = &delivery.recipient;
        if delivery.state != "accepted" {
            return Err(format!("{reader} ends as {}", delivery.state));
        }
        let Some(ids) = taken.get(reader) else { return Err(format!("{reader} has no mail")) };
        let own = format!("<{}>", delivery.message_id);
        if ids.iter().any(|id| *id != own && *id != delivery.message_id) {
            return Err(format!("{reader} has a mail with another Message-ID"));
        }
        match ids.len() {
            1 => {}
            2 if was_uncertain(delivery) => repeats += 1,
            copies => return Err(format!("{reader} has {copies} copies without an uncertain attempt")),
        }
    }
    if repeats > CONNECTIONS {
        return Err(format!("{repeats} mails twice over {CONNECTIONS} connections"));
    }
    Ok(repeats)
}

fn was_uncertain(delivery: &DeliveryRow) -> bool {
    delivery.attempts.iter().any(|attempt| attempt.outcome == "uncertain")
}

async fn is_over(app: &SharedApp, issue: i64) -> bool {
    let counts = app.store.delivery_counts(issue).await.unwrap();
    counts.iter().all(|(state, _)| matches!(state.as_str(), "accepted" | "refused" | "abandoned"))
}

fn lines(record: &Path) -> usize {
    std::fs::read(record).map_or(0, |octets| octets.iter().filter(|octet| **octet == b'\n').count())
}

/// A process that dies with this value.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // It may have been killed already.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn myself() -> Command {
    Command::new(std::env::current_exe().unwrap())
}

fn start_sink(record: &Path) -> (Process, u16) {
    let mut child = myself().arg("sink").arg(record).stdout(Stdio::piped()).spawn().unwrap();
    let mut port = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut port).unwrap();
    (Process(child), port.trim().parse().unwrap())
}

fn start_worker(folder: &Path, port: u16) -> Process {
    Process(myself().arg("worker").arg(folder).arg(port.to_string()).spawn().unwrap())
}

fn be_the_sink(record: &Path) -> ExitCode {
    let every = Some((3, Act::Delay(Duration::from_millis(8))));
    let sink = Sink::listen("127.0.0.1:0", Script { every, ..Script::default() }, Some(record)).unwrap();
    println!("{}", sink.port());
    loop {
        std::thread::park();
    }
}

fn be_the_worker(folder: &Path, port: u16) -> ExitCode {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let app = open(folder, port, Schema::Expect).await;
        let policy = UncertainPolicy::Resend { after: RESEND_AFTER };
        let outbox = Outbox::open_with(app, CancellationToken::new(), policy).await.unwrap();
        outbox.run(CancellationToken::new()).await.unwrap();
    });
    ExitCode::SUCCESS
}

async fn open(folder: &Path, port: u16, schema: Schema) -> SharedApp {
    let place = Place { folder, variable: &|_| Some("secret".to_owned()) };
    let mut config = Config::parse(SAMPLE, place).unwrap();
    config.data = PathBuf::from(folder).join("data");
    config.outbound.host = "localhost".to_owned();
    config.outbound.port = port;
    config.outbound.security = Security::None;
    config.outbound.user = None;
    config.outbound.password = None;
    config.outbound.connections = CONNECTIONS;
    App::open(config, Clock::System, schema).await.unwrap()
}
