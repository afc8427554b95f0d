//! The sink as a process of its own, and what it has written down.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::support::sink::{Act, Script, Sink};

/// How late every third answer comes: longer than the ledger needs for a result.
const LATE: Duration = Duration::from_millis(8);

/// Dies with this value.
pub struct SinkProcess {
    child: Child,
    record: PathBuf,
    pub port: u16,
}

impl SinkProcess {
    pub fn start(record: PathBuf) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .arg("sink")
            .arg(&record)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut port = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut port).unwrap();
        Self { child, record, port: port.trim().parse().unwrap() }
    }

    /// How many mails it has accepted.
    pub fn count(&self) -> usize {
        std::fs::read(&self.record).map_or(0, |octets| octets.iter().filter(|octet| **octet == b'\n').count())
    }

    /// Recipient and Message-ID of each of them.
    pub fn accepted(&self) -> Vec<(String, String)> {
        let record = std::fs::read_to_string(&self.record).unwrap_or_default();
        let pair = |line: &str| {
            let (recipient, id) = line.split_once(' ').unwrap();
            (recipient.to_owned(), id.trim_matches(['<', '>']).to_owned())
        };
        record.lines().map(pair).collect()
    }
}

impl Drop for SinkProcess {
    fn drop(&mut self) {
        // It may have died already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

pub fn be_the_sink(record: &Path) -> ! {
    let every = Some((3, Act::Delay(LATE)));
    let sink = Sink::listen("127.0.0.1:0", Script { every, ..Script::default() }, Some(record)).unwrap();
    println!("{}", sink.port());
    loop {
        std::thread::park();
    }
}
