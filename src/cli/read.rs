//! `zinas read`: how a message is understood, with no side effect.

use std::io::{Read as _, Write as _};
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use chrono::NaiveDate;
use clap::Args;
use issues::reading::{Report, Rules};
use serde::Serialize;

use crate::inbound::understand::understand;

/// Largest message that is read, as in the daemon's intake.
const MESSAGE_OCTETS_MAX: u64 = 64 << 20;

/// Say how messages are understood, and do nothing else
#[derive(Debug, Args)]
pub struct ReadArgs {
    /// One JSON object per message, one per line
    #[arg(long)]
    pub json: bool,
    /// The day on which the messages came, for those without a date of their own (default: today)
    #[arg(long, value_name = "DATE")]
    pub on: Option<NaiveDate>,
    /// The configuration whose addresses and rules apply
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Messages as files, `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<String>,
}

#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    #[serde(flatten)]
    report: &'a Report,
}

/// Reads each file and prints its report. `rules` come from the configuration, `today` from the clock.
///
/// # Errors
/// When a file cannot be read (exit status 2), or the output cannot be written.
pub fn run(args: &ReadArgs, rules: &Rules, today: NaiveDate) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    for file in &args.files {
        let bytes = read_file(file)?;
        let understood = understand(&bytes, rules, args.on.unwrap_or(today));
        if args.json {
            let line = Line {
                file,
                report: &understood.report,
            };
            serde_json::to_writer(&mut out, &line).context("write the report")?;
            out.write_all(b"\n").context("write the report")?;
        } else {
            print(&mut out, file, &understood.report).context("write the report")?;
        }
    }
    out.flush().context("write the report")
}

fn read_file(file: &str) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if file == "-" {
        std::io::stdin()
            .take(MESSAGE_OCTETS_MAX + 1)
            .read_to_end(&mut bytes)
            .context("read standard input")?;
    } else {
        std::fs::File::open(file)
            .and_then(|open| open.take(MESSAGE_OCTETS_MAX + 1).read_to_end(&mut bytes))
            .with_context(|| format!("read {file}"))?;
    }
    if bytes.len() as u64 > MESSAGE_OCTETS_MAX {
        bail!("{file} is larger than {} MB", MESSAGE_OCTETS_MAX >> 20);
    }
    Ok(bytes)
}

/// For a person: what it is and why, and what came out of it.
fn print(out: &mut impl std::io::Write, file: &str, report: &Report) -> std::io::Result<()> {
    writeln!(out, "{file}: {}", report.kind.name())?;
    for why in &report.why {
        writeln!(out, "  because: {why}")?;
    }
    let mut line = |name: &str, value: Option<&str>| match value.filter(|value| !value.is_empty()) {
        Some(value) => writeln!(out, "  {name}: {}", value.replace('\n', "\n    ")),
        None => Ok(()),
    };
    line("title", report.title.as_deref())?;
    line("text", Some(&report.text))?;
    line("signature", report.signature.as_deref())?;
    for event in &report.events {
        let moment = |moment: Option<issues::LocalMoment>| moment.map_or("…".to_owned(), |m| m.to_string());
        line(
            "event",
            Some(&format!(
                "{} / {} “{}”",
                moment(event.start),
                moment(event.end),
                event.text
            )),
        )?;
    }
    for photo in &report.photos {
        let name = photo.name.as_deref().unwrap_or("photo");
        let credit = photo.credit.as_deref().unwrap_or("unknown");
        line(
            "photo",
            Some(&format!("{name}, {}×{}, by {credit}", photo.width, photo.height)),
        )?;
    }
    for bounce in &report.bounces {
        let recipient = bounce.recipient.as_deref().unwrap_or("unknown recipient");
        line("bounced", Some(&format!("{recipient}: {}", bounce.class.name())))?;
    }
    for warning in &report.warnings {
        line("note", Some(&format!("{}: {}", warning.code, warning.text)))?;
    }
    Ok(())
}
