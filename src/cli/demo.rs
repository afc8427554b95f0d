//! `zinas demo`: a newsroom to try, with the world outside; or a month that passes by itself, and what must always be
//! true is checked.

use std::fs::OpenOptions;
use std::io::{IsTerminal as _, Write as _, stdout};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

use super::answer::{Failure, Outcome};
use super::serve::{FILTER, NEVER};
use crate::daemon::heed_signals;
use crate::demo::{self, Attended, Verdict};

#[derive(Debug, Args)]
pub struct Demo {
    /// Let a whole month pass by itself, and check it
    #[arg(long)]
    unattended: bool,
    /// Only judge the unattended month in the folder again: its ledger, what was sent, and every link
    #[arg(long, conflicts_with = "unattended")]
    recheck: bool,
    /// Begin again with an empty folder
    #[arg(long, conflicts_with_all = ["unattended", "recheck"])]
    fresh: bool,
}

/// Where the demo lives unless `--data` says otherwise.
pub const FOLDER: &str = "zinas-demo";
/// In it: what the daemon would tell its operator.
const LOG: &str = "log.txt";

pub async fn run(demo: &Demo, folder: Option<PathBuf>) -> Outcome {
    let folder = folder.unwrap_or_else(|| FOLDER.into());
    if demo.recheck {
        let verdicts = demo::recheck(&folder).await?;
        return finish(String::new(), &verdicts);
    }
    if !demo.unattended {
        return attended(&folder, demo.fresh).await;
    }
    let bar = bar();
    let mut say = |words: &str| {
        if bar.is_hidden() {
            eprintln!("{words}");
        } else {
            bar.set_message(words.to_owned());
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

/// Shown on a terminal only.
fn bar() -> ProgressBar {
    if !stdout().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    bar.set_style(ProgressStyle::default_spinner());
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}

/// Runs until Ctrl-C, which is how it ends well.
async fn attended(folder: &Path, fresh: bool) -> Outcome {
    demo::prepare(folder, fresh)?;
    log_into(folder)?;
    let (soft, hard) = (CancellationToken::new(), CancellationToken::new());
    heed_signals(soft.clone(), hard.clone())?;
    let bar = bar();
    let mut say = |words: &str| bar.set_message(words.to_owned());
    let starting = demo::start(folder, soft.clone(), hard, &mut say);
    let attended = tokio::select! {
        started = starting => started?,
        // The month is played again at the next start.
        () = soft.cancelled() => return Ok(Vec::new()),
    };
    bar.finish_and_clear();
    // Whoever reads us may have stopped reading; the demo runs all the same.
    let mut out = stdout().lock();
    let _ = out.write_all(words(&attended, folder).as_bytes()).and_then(|()| out.flush());
    drop(out);
    attended.run().await?;
    Ok(Vec::new())
}

/// Where everything is, and what to try first.
fn words(attended: &Attended, folder: &Path) -> String {
    let Attended { desk, pages, postbox, mailbox, .. } = attended;
    format!(
        "Desk     {desk}\nPages    {pages}\nPostbox  {postbox}\n\n\
         Try first:\n  \
         1. Desk: press the button (the link is good once, for 15 minutes) and decide on what waits in the queue.\n  \
         2. Postbox: write to {mailbox} as a contributor, with a photo; a thank-you comes back, and the item is at the desk.\n  \
         3. Postbox: open what was sent to anybody, follow its links, or press Reply.\n\
         Ctrl-C stops; the next start goes on from here, --fresh begins again. The log is in {}.\n",
        folder.join(LOG).display()
    )
}

fn log_into(folder: &Path) -> anyhow::Result<()> {
    let file = folder.join(LOG);
    let file = OpenOptions::new().create(true).append(true).open(&file);
    let file = file.with_context(|| format!("open {}", folder.join(LOG).display()))?;
    let filter = EnvFilter::new(format!("{FILTER},{NEVER}"));
    let log = tracing_subscriber::fmt().with_writer(Mutex::new(file)).with_ansi(false);
    log.with_env_filter(filter).with_target(false).init();
    Ok(())
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
