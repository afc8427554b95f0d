//! Kills: the daemon dies of SIGKILL in the middle of its work, and everything is accounted for afterwards.
//!
//! ```text
//! cargo test --test kills                                          all of it
//! cargo test --test kills -- --database sqlite --seed 7 --kills 1  the delivery with this seed again
//! cargo test --test kills -- --database postgres --kills 0         mail coming in only
//! ```
//!
//! The daemon is the program itself, `zinas serve` with a configuration, its ledger on SQLite and on PostgreSQL. It
//! sends to a sink that is a process of its own, writes each accepted recipient to disk before it answers, and gives
//! every third answer late. An uncertain mail is sent again after a second instead of an hour
//! (`resend_after_seconds`). Twenty seeds on SQLite, five on PostgreSQL, each printed; see `delivery` for what must
//! hold then, and `intake` for the kills while mail comes in.
//!
//! The last line is like that of cargo's own tests, and a kill is a test.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod delivery;
mod intake;
mod sinking;

#[path = "../it/support/mod.rs"]
#[expect(dead_code, unused_imports, unused_macros, reason = "the stories use what this program does not")]
mod support;

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use support::postgres;

/// Far more than anything here takes.
const PATIENCE: Duration = Duration::from_secs(120);
const KILLS: [(&str, u64); 2] = [("sqlite", 20), ("postgres", 5)];
/// So many kills must have hit the gap between the final dot and its recorded answer once.
const ENOUGH: u64 = 20;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let ["sink", record] = words.as_slice() {
        sinking::be_the_sink(Path::new(record));
    }
    let number = |name, usual| option(&words, name).map_or(usual, |number| number.parse().unwrap());
    let mut tally = Tally::default();
    for (name, usual) in KILLS {
        if option(&words, "--database").is_some_and(|wanted| wanted != name) {
            continue;
        }
        let Some(database) = Database::of(name) else { continue };
        let (first, kills) = (number("--seed", 1), number("--kills", usual));
        let (mut uncertain, mut twice) = (0, 0);
        for seed in first..first + kills {
            match delivery::kill_once(seed, database.fresh().as_deref()) {
                Ok(killed) => {
                    println!(
                        "{name} seed {seed}: killed at mail {}; {} uncertain, {} twice, 0 missing",
                        killed.at, killed.uncertain, killed.twice
                    );
                    uncertain += killed.uncertain;
                    twice += killed.twice;
                    tally.passed += 1;
                }
                Err(why) => tally.failed(&format!("{name} seed {seed}: {why}")),
            }
        }
        println!("{name}: {kills} kills in delivery, {uncertain} uncertain, {twice} twice");
        if kills >= ENOUGH && (uncertain == 0 || twice == 0) {
            tally.failed(&format!(
                "{name}: no kill hit the gap between the final dot and its recorded answer, or none made a repeat"
            ));
        }
        if option(&words, "--seed").is_none() {
            match intake::kill_between_all_steps(database.fresh().as_deref()) {
                Ok(kills) => {
                    println!("{name}: {kills} kills while mail came in, each mail there once");
                    tally.passed += kills;
                }
                Err(why) => tally.failed(&format!("{name} intake: {why}")),
            }
        }
    }
    let word = if tally.failed == 0 { "ok" } else { "FAILED" };
    println!("test result: {word}. {} passed; {} failed; 0 ignored", tally.passed, tally.failed);
    if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[derive(Default)]
struct Tally {
    passed: usize,
    failed: usize,
}

impl Tally {
    fn failed(&mut self, why: &str) {
        println!("FAILED: {why}");
        self.failed += 1;
    }
}

/// Where the ledgers lie.
enum Database {
    Sqlite,
    /// The address of a database that nobody has used yet.
    Postgres(std::cell::Cell<Option<String>>),
}

impl Database {
    /// `None`, and a line that says so, where there is none.
    fn of(name: &str) -> Option<Self> {
        match name {
            "postgres" => Some(Self::Postgres(Some(postgres::fresh_database()?).into())),
            _ => Some(Self::Sqlite),
        }
    }

    /// The address of an empty database; `None` for a file.
    fn fresh(&self) -> Option<String> {
        match self {
            Self::Sqlite => None,
            Self::Postgres(first) => first.take().or_else(postgres::fresh_database),
        }
    }
}

fn option<'a>(words: &[&'a str], name: &str) -> Option<&'a str> {
    let place = words.iter().position(|word| *word == name)?;
    words.get(place + 1).copied()
}
