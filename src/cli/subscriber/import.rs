//! `zinas subscriber import`: a list of readers from a file.

use std::path::PathBuf;

use anyhow::{Context as _, anyhow};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use crate::app::App;
use crate::cli::answer::{Failure, Outcome, json};
use crate::cli::start::Global;
use crate::newsroom::import::{self, Imported, Keep};

/// Refused rows that people are shown; programs get all of them.
const REFUSED_SHOWN_MAX: usize = 20;

#[derive(Args)]
pub struct Import {
    /// With a column address, e-mail or epasts; language, municipality (novads) as far as known
    file: PathBuf,
    /// The consent these readers gave elsewhere, kept with each of them; without it each is asked by mail
    #[arg(long, value_name = "TEXT")]
    consent: Option<String>,
}

pub async fn run(command: &Import, app: &App, global: &Global) -> Outcome {
    let consent = command.consent.as_deref();
    if consent.is_some_and(|words| words.trim().is_empty()) {
        return Err(Failure::Use(anyhow!(
            "--consent is empty: say what these readers agreed to, when and how"
        )));
    }
    let file = command.file.display();
    let content =
        std::fs::read(&command.file).with_context(|| format!("read {file}")).map_err(Failure::Use)?;
    let rows = import::read(&content, app.config.publication.language, app.today())
        .with_context(|| format!("read {file}"))
        .map_err(Failure::Use)?;
    // Hidden by itself where standard error is no terminal.
    let bar = ProgressBar::new(rows.len() as u64);
    bar.set_style(ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} rows").context("draw")?);
    let origin = command.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let imported =
        import::import(app, rows, consent, &origin, Keep::Yes, |done| bar.set_position(done)).await;
    bar.finish_and_clear();
    let imported = imported?;
    if global.json { json(&imported) } else { Ok(words(&imported, consent.is_some()).into_bytes()) }
}

fn words(imported: &Imported, consented: bool) -> String {
    let Imported { read, added, known, refused } = imported;
    let became = if consented { "confirmed" } else { "asked to confirm" };
    let mut words =
        format!("{read} rows read: {added} {became}, {known} known already, {} refused\n", refused.len());
    for row in refused.iter().take(REFUSED_SHOWN_MAX) {
        words.push_str(&format!("line {}: {}\n", row.line, row.why));
    }
    if let Some(more) = refused.len().checked_sub(REFUSED_SHOWN_MAX).filter(|more| *more > 0) {
        words.push_str(&format!("and {more} more; --json shows them all\n"));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::newsroom::import::{Refusal, RefusedRow};

    #[test]
    fn the_outcome_has_the_keys_of_the_contract_and_one_line_for_people() {
        let refused = vec![RefusedRow { line: 3, why: Refusal::Language }];
        let imported = Imported { read: 4, added: 2, known: 1, refused };
        assert_eq!(
            serde_json::to_value(&imported).unwrap(),
            serde_json::json!({
                "read": 4, "added": 2, "known": 1, "refused": [{ "line": 3, "why": "the language must be lv or en" }],
            })
        );
        assert_eq!(
            words(&imported, true),
            "4 rows read: 2 confirmed, 1 known already, 1 refused\nline 3: the language must be lv or en\n"
        );
    }
}
