//! `zinas read`: how a message is understood. No network, no database, no side effect.

use std::io::Read as _;
use std::path::Path;

use anyhow::Context as _;
use chrono::NaiveDate;
use clap::Args;
use issues::reading::{Report, Rules};
use serde::Serialize;

use super::answer::{Failure, Outcome};
use super::start::Global;
use super::table::Card;
use super::text::person;
use crate::clock::Clock;
use crate::inbound::understand::understand;

#[derive(Args)]
pub struct Read {
    /// Mails, `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// The day on which they came, as 2026-11-25 [default: today]
    #[arg(long, value_name = "DATE")]
    on: Option<NaiveDate>,
}

#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    #[serde(flatten)]
    report: &'a Report,
}

pub fn run(read: &Read, global: &Global) -> Outcome {
    let rules: Rules = global.config_or_sample()?.rules();
    let on = read.on.unwrap_or_else(|| Clock::System.now().with_timezone(&rules.zone).date_naive());
    let mut output = Vec::new();
    for file in &read.files {
        let content = content(file).with_context(|| format!("read {file}")).map_err(Failure::Use)?;
        let report = understand(&content, None, &rules, on).report;
        if global.json {
            // One object per line, so that many files are a stream.
            serde_json::to_writer(&mut output, &Line { file, report: &report }).context("write as JSON")?;
            output.push(b'\n');
        } else {
            output.extend(card(file, &report)?);
        }
    }
    Ok(output)
}

fn content(file: &str) -> std::io::Result<Vec<u8>> {
    if file != "-" {
        return std::fs::read(Path::new(file));
    }
    let mut content = Vec::new();
    std::io::stdin().lock().read_to_end(&mut content)?;
    Ok(content)
}

fn card(file: &str, report: &Report) -> Outcome {
    let mut card = Card::default();
    card.field("file", file)
        .field("kind", report.kind.name())
        .field("why", report.why.join("; "))
        .field("from", person(report.from.as_ref()))
        .field("subject", report.subject.as_deref().unwrap_or(""))
        .field("title", report.title.as_deref().unwrap_or(""))
        .field("byline", report.byline.as_ref().map(issues::Byline::public).unwrap_or_default());
    for event in &report.events {
        let start = event.start.map(|start| start.to_string()).unwrap_or_default();
        card.field("event", format!("{start} ({})", event.text));
    }
    for photo in &report.photos {
        let name = photo.name.as_deref().unwrap_or("");
        card.field("photo", format!("{name} {} × {}", photo.width, photo.height));
    }
    for document in &report.documents {
        card.field("document", document.name.as_deref().unwrap_or(&document.media_type));
    }
    for warning in &report.warnings {
        card.field("warning", &warning.text);
    }
    card.text(&report.text);
    card.print()
}
