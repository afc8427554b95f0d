//! The rest of the world in a box: a month passes on an injected clock, everything in it crosses real SMTP and HTTP
//! sockets on loopback, and what must always be true is checked at the end.
//!
//! The newsroom in it is the production daemon with its four tasks; only the clock is another. The demo plays the
//! outsiders, so it may parse, serve and fetch; nothing but the command line uses it.

mod checks;
mod evidence;
mod mails;
mod month;
mod world;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

pub use checks::{Verdict, judge};
pub use evidence::Evidence;

/// What is kept of a month for judging it again.
const EVIDENCE_FILE: &str = "evidence.json";
/// Says that a folder is a demo's and may be emptied.
const MARK_FILE: &str = "this-is-a-demo";

/// Lets a month pass in this folder and judges it. What was in the folder of an earlier demo is gone.
///
/// # Errors
/// The folder is not a demo's, or something outside failed; a broken invariant is no error but a verdict.
pub async fn unattended(folder: &Path, say: &mut dyn FnMut(&str)) -> anyhow::Result<Report> {
    empty(folder)?;
    let (evidence, happened) = month::pass(folder, say).await?;
    let file = folder.join(EVIDENCE_FILE);
    let text = serde_json::to_string_pretty(&evidence).context("write the evidence as JSON")?;
    std::fs::write(&file, text).with_context(|| format!("write {}", file.display()))?;
    Ok(Report { happened, verdicts: judge(&evidence), sent: folder.join("sent") })
}

/// Judges the evidence of an earlier month again.
///
/// # Errors
/// There is none.
pub fn recheck(folder: &Path) -> anyhow::Result<Vec<Verdict>> {
    let file = folder.join(EVIDENCE_FILE);
    let text = std::fs::read_to_string(&file).with_context(|| format!("read {}", file.display()))?;
    let evidence: Evidence =
        serde_json::from_str(&text).with_context(|| format!("read {}", file.display()))?;
    Ok(judge(&evidence))
}

/// What a month came to.
pub struct Report {
    /// Lines of the table: what, and how many.
    pub happened: Vec<(String, usize)>,
    pub verdicts: Vec<Verdict>,
    /// Where the sent mails lie.
    pub sent: PathBuf,
}

/// Makes the folder, or empties that of an earlier demo; touches no other.
fn empty(folder: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        let is_empty =
            folder.read_dir().with_context(|| format!("look into {}", folder.display()))?.next().is_none();
        if !is_empty && !folder.join(MARK_FILE).exists() {
            bail!("{} holds something that is no demo; name another folder with --data", folder.display());
        }
        std::fs::remove_dir_all(folder).with_context(|| format!("empty {}", folder.display()))?;
    }
    std::fs::create_dir_all(folder).with_context(|| format!("make {}", folder.display()))?;
    std::fs::write(folder.join(MARK_FILE), "Made by `zinas demo`. It may be deleted.\n")
        .with_context(|| format!("write into {}", folder.display()))
}
