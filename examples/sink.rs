//! The tests' relay as a process of its own, which lives on when the daemon is killed.
//!
//! `sink ADDRESS RECORD [every=N delay=MS|hang-up]`: writes `RECIPIENT MESSAGE-ID` to RECORD, on disk before each
//! answer, and prints its port.

use std::{io, path::Path, thread, time::Duration};

#[path = "../tests/it/support/sink.rs"]
#[expect(dead_code, reason = "the tests use what this program does not")]
mod sink;

use sink::{Act, Script, Sink};

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let usage = || io::Error::other("usage: sink ADDRESS RECORD [every=N delay=MS|hang-up]");
    let [address, record, rest @ ..] = arguments.as_slice() else {
        return Err(usage());
    };
    let mut script = Script::default();
    if let [every, act] = rest {
        let number = |text: &str, name: &str| {
            text.strip_prefix(name).and_then(|n| n.parse::<u64>().ok()).filter(|&n| n > 0)
        };
        let every = number(every, "every=").ok_or_else(usage)?;
        let act = match number(act, "delay=") {
            Some(milliseconds) => Act::Delay(Duration::from_millis(milliseconds)),
            None if act == "hang-up" => Act::HangUp,
            None => return Err(usage()),
        };
        script.every = Some((every, act));
    } else if !rest.is_empty() {
        return Err(usage());
    }
    let sink = Sink::listen(address, script, Some(Path::new(record)))?;
    println!("{}", sink.port());
    loop {
        thread::park();
    }
}
