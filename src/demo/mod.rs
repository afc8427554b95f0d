//! The rest of the world in a box: a month passes on an injected clock, everything in it crosses real SMTP and HTTP
//! sockets on loopback, and what must always be true is checked at the end; or the newsroom goes on from there, and
//! whoever started it plays everybody else in the [`postbox`].
//!
//! The newsroom in it is the production daemon with its four tasks; only the clock is another. The demo plays the
//! outsiders, so it may parse, serve and fetch; nothing but the command line uses it.

mod attended;
mod checks;
mod evidence;
mod fresh;
mod kept;
mod life;
mod links;
mod mails;
mod month;
mod opened;
mod ports;
mod postbox;
mod world;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use checks::judge;
use life::Life;

use crate::lock::DataLock;

pub use attended::{Attended, clock_of, prepare, start};
pub use checks::Verdict;

/// Says that a folder is a demo's and may be emptied.
const MARK_FILE: &str = "this-is-a-demo";

/// The folder of the ledger, below the demo's own: as in the sample configuration.
const DATA: &str = "data";

/// Lets a month pass in this folder and judges it. What was in the folder of an earlier demo is gone.
///
/// # Errors
/// The folder is not a demo's, or something outside failed; a broken invariant is no error but a verdict.
pub async fn unattended(folder: &Path, say: &mut dyn FnMut(&str)) -> anyhow::Result<Report> {
    empty(folder)?;
    let happened = month::pass(folder, say).await?;
    say("1 December: looking at everything");
    Ok(Report { happened, verdicts: recheck(folder).await?, sent: folder.join(kept::SENT) })
}

/// Judges a month that has passed: its ledger, the record of the sink, the mails that came in, and every link, opened
/// anew.
///
/// # Errors
/// There is none, or something outside failed.
pub async fn recheck(folder: &Path) -> anyhow::Result<Vec<Verdict>> {
    if !folder.join(MARK_FILE).exists() {
        bail!("{} holds no demo; let a month pass first: zinas demo --unattended", folder.display());
    }
    if Life::of(folder)?.is_some() {
        bail!(
            "the demo in {} has gone on after its month; only an unattended one can be judged again: \
             zinas demo --unattended --data ANOTHER-FOLDER",
            folder.display()
        );
    }
    Ok(judge(&evidence::gather(folder, month::end()?).await?))
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
        // Not under the feet of one that runs.
        let data = folder.join(DATA);
        let lock = if data.exists() { Some(DataLock::take(&data)?) } else { None };
        drop(lock);
        std::fs::remove_dir_all(folder).with_context(|| format!("empty {}", folder.display()))?;
    }
    std::fs::create_dir_all(folder).with_context(|| format!("make {}", folder.display()))?;
    std::fs::write(folder.join(MARK_FILE), "Made by `zinas demo`. It may be deleted.\n")
        .with_context(|| format!("write into {}", folder.display()))
}
