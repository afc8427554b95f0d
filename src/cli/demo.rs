//! `zinas demo`: a month passes, and what must always be true is checked.

use std::io::{IsTerminal as _, stdout};
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::answer::{Failure, Outcome};
use crate::demo::{self, Verdict};

#[derive(Debug, Args)]
pub struct Demo {
    /// Let a whole month pass by itself
    #[arg(long)]
    unattended: bool,
    /// Only judge the month in the folder again: its ledger, what was sent, and every link
    #[arg(long, conflicts_with = "unattended")]
    recheck: bool,
}

/// Where the demo lives unless `--data` says otherwise.
pub const FOLDER: &str = "zinas-demo";

pub async fn run(demo: &Demo, folder: Option<PathBuf>) -> Outcome {
    let folder = folder.unwrap_or_else(|| FOLDER.into());
    if demo.recheck {
        let verdicts = demo::recheck(&folder).await?;
        return finish(String::new(), &verdicts);
    }
    if !demo.unattended {
        return Err(Failure::Use(anyhow::anyhow!("say `zinas demo --unattended`: a month passes by itself")));
    }
    let bar = ProgressBar::new_spinner();
    bar.set_style(ProgressStyle::default_spinner());
    let shown = stdout().is_terminal();
    if shown {
        bar.enable_steady_tick(Duration::from_millis(100));
    }
    let mut say = |words: &str| {
        if shown {
            bar.set_message(words.to_owned());
        } else {
            eprintln!("{words}");
        }
    };
    let report = demo::unattended(&folder, &mut say).await?;
    bar.finish_and_clear();
    let mut text = String::from("What happened\n");
    let width = report.happened.iter().map(|(what, _)| what.chars().count()).max().unwrap_or(0);
    for (what, count) in &report.happened {
        text.push_str(&format!("  {what:<width$}  {count:>5}\n"));
    }
    text.push_str(&format!(
        "\nThe sent mails lie in {} as .eml, .html and .txt. Look around: zinas --data {} item list\n",
        report.sent.display(),
        folder.display()
    ));
    finish(text, &report.verdicts)
}

fn finish(mut text: String, verdicts: &[Verdict]) -> Outcome {
    text.push_str("\nWhat must always be true\n");
    for verdict in verdicts {
        let word = if verdict.holds() { "holds " } else { "BROKEN" };
        text.push_str(&format!(
            "  {:>2}. {word} {:>5} cases  {}\n",
            verdict.invariant, verdict.cases, verdict.what
        ));
        for broken in &verdict.broken {
            text.push_str(&format!("        {broken}\n"));
        }
    }
    let broken: Vec<String> = verdicts
        .iter()
        .filter(|verdict| !verdict.holds())
        .map(|verdict| verdict.invariant.to_string())
        .collect();
    if broken.is_empty() {
        return Ok(text.into_bytes());
    }
    let why = format!("invariant {} does not hold", broken.join(", "));
    Err(Failure::No { why, output: text.into_bytes() })
}
