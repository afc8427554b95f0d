//! An issue goes out to 500 readers, and the daemon is killed after a number of mails and a few moments that the seed
//! says. It is started again and comes to the end. Then the sink's record and `zinas issue deliveries` agree: every
//! reader has the mail; whoever has it twice has an `uncertain` attempt and got the same Message-ID; and no more are
//! uncertain than there were connections.

use std::collections::{BTreeMap, BTreeSet};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use zinas::app::{App, Schema};
use zinas::clock::Clock;
use zinas::config::Config;

use crate::PATIENCE;
use crate::sinking::SinkProcess;
use crate::support::process::Newsroom;
use crate::support::{folder::Folder, readers};

const READERS: usize = 500;
const CONNECTIONS: usize = 4;
/// Octets in the HTML of the issue.
const CONTENT: usize = 3_000;

pub struct Killed {
    /// How many mails the sink had.
    pub at: usize,
    pub uncertain: usize,
    pub twice: usize,
}

/// A few numbers from a seed (SplitMix64): the same on every machine.
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }
}

pub fn kill_once(seed: u64, database: Option<&str>) -> Result<Killed, String> {
    let mut numbers = Numbers(seed);
    let mails = usize::try_from(numbers.below(READERS as u64 - 20) + 5).unwrap();
    let moments = Duration::from_micros(numbers.below(12_000));
    let folder = Folder::new("kills");
    let sink = SinkProcess::start(folder.path().join("record"));
    let newsroom = Newsroom::new(sink.port, database);
    newsroom.replace("resend_after_seconds = 3600", "resend_after_seconds = 1");
    newsroom.replace("\nconnections = 4\n", &format!("\nconnections = {CONNECTIONS}\n"));
    let issue = prepare(&newsroom).to_string();

    let daemon = newsroom.serve();
    let begun = Instant::now();
    while sink.count() < mails {
        if begun.elapsed() > PATIENCE {
            return Err(format!("only {} mails before the kill: {}", sink.count(), newsroom.log()));
        }
        sleep(Duration::from_micros(200));
    }
    sleep(moments);
    daemon.kill();
    let at = sink.count();

    let daemon = newsroom.serve();
    let begun = Instant::now();
    while newsroom.json(&["issue", "show", &issue])["state"] != "sent" {
        if begun.elapsed() > PATIENCE {
            return Err(format!("it does not come to its end after the restart: {}", newsroom.log()));
        }
        sleep(Duration::from_millis(100));
    }
    let deliveries = newsroom.json(&["issue", "deliveries", &issue]);
    let (uncertain, twice) = compare(&sink.accepted(), deliveries.as_array().unwrap())?;
    if daemon.stop() != 0 {
        return Err("it does not stop well".to_owned());
    }
    Ok(Killed { at, uncertain, twice })
}

/// An issue that is going out, and its readers. Gives its number for commands.
fn prepare(newsroom: &Newsroom) -> i64 {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let config = Config::load(&newsroom.config_file()).unwrap();
        let app = App::open(config, Clock::System, Schema::Migrate).await.unwrap();
        let subscriptions = readers::readers(&app, 0..READERS).await;
        readers::issue(&app, &subscriptions, &readers::content(CONTENT)).await
    })
}

/// The sink's record against the command's answer: how many are uncertain, and how many have the mail twice.
fn compare(accepted: &[(String, String)], deliveries: &[Value]) -> Result<(usize, usize), String> {
    let mut taken: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (recipient, id) in accepted {
        taken.entry(recipient).or_default().push(id);
    }
    let known: BTreeSet<&str> = deliveries.iter().map(|delivery| word(delivery, "recipient")).collect();
    if (known.len(), deliveries.len()) != (READERS, READERS) {
        return Err(format!("{} deliveries to {} readers", deliveries.len(), known.len()));
    }
    if let Some(stranger) = taken.keys().find(|recipient| !known.contains(*recipient)) {
        return Err(format!("{stranger} got a mail and has no delivery"));
    }
    let (mut uncertain, mut twice) = (0, 0);
    for delivery in deliveries {
        let (reader, state) = (word(delivery, "recipient"), word(delivery, "state"));
        if state != "accepted" {
            return Err(format!("{reader} ends as {state}"));
        }
        let attempts = delivery["attempts"].as_array().unwrap();
        let was_uncertain = attempts.iter().any(|attempt| attempt["outcome"] == "uncertain");
        uncertain += usize::from(was_uncertain);
        let Some(ids) = taken.get(reader) else { return Err(format!("{reader} has no mail")) };
        if ids.iter().any(|id| *id != word(delivery, "message_id")) {
            return Err(format!("{reader} has a mail with another Message-ID"));
        }
        match ids.len() {
            1 => {}
            2 if was_uncertain => twice += 1,
            copies => return Err(format!("{reader} has {copies} copies, uncertain: {was_uncertain}")),
        }
    }
    if uncertain > CONNECTIONS {
        return Err(format!("{uncertain} uncertain over {CONNECTIONS} connections"));
    }
    Ok((uncertain, twice))
}

fn word<'a>(delivery: &'a Value, key: &str) -> &'a str {
    delivery[key].as_str().unwrap()
}
