//! What the world outside writes down while the month passes: each mail that it got and each that it sent, as files
//! with a record beside them. The checks read them from here and nowhere else, at the end and at any time later.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::opened;
use super::world::Sunk;

/// The folder of what was received from the newsroom.
pub const SENT: &str = "sent";
/// The folder of what was handed to it.
const POSTED: &str = "posted";
/// In each of them: a line of JSON for each mail.
const RECORD: &str = "record.jsonl";

/// A mail that the newsroom took with a 250.
pub struct Handed {
    pub what: String,
    pub at: DateTime<Utc>,
    pub sender: String,
    /// A program wrote it, and no program may answer.
    pub automatic: bool,
    pub bytes: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
struct SunkLine {
    at: DateTime<Utc>,
    from: String,
    to: String,
    file: String,
}

#[derive(Serialize, Deserialize)]
struct HandedLine {
    what: String,
    at: DateTime<Utc>,
    sender: String,
    automatic: bool,
    file: String,
}

/// Keeps a mail that somebody received: as it came, and its two parts.
///
/// # Errors
/// The disk fails, or the mail cannot be read.
pub fn keep_sunk(folder: &Path, number: usize, sunk: &Sunk) -> anyhow::Result<()> {
    let folder = made(folder, SENT)?;
    let mail = opened::mail(sunk)?;
    // A local part may hold a slash (RFC 5321 section 4.1.2).
    let to = sunk.to.replace(|c: char| !c.is_alphanumeric() && !"@.+-_".contains(c), "_");
    let name = format!("{number:04}-{to}");
    write(&folder.join(format!("{name}.html")), mail.html.as_bytes())?;
    write(&folder.join(format!("{name}.txt")), mail.text.as_bytes())?;
    let file = format!("{name}.eml");
    write(&folder.join(&file), &sunk.bytes)?;
    let line = SunkLine { at: sunk.at, from: sunk.from.clone(), to: sunk.to.clone(), file };
    append(&folder.join(RECORD), &line)
}

/// All that was received, in order.
///
/// # Errors
/// There is no record, or a mail in it is not there.
pub fn sunk(folder: &Path) -> anyhow::Result<Vec<Sunk>> {
    let folder = folder.join(SENT);
    let mail = |line: SunkLine| {
        let bytes = read(&folder.join(&line.file))?;
        Ok(Sunk { at: line.at, from: line.from, to: line.to, bytes: bytes.into() })
    };
    lines(&folder.join(RECORD))?.into_iter().map(mail).collect()
}

/// [`sunk`], or nothing where nothing was received yet.
///
/// # Errors
/// The record is there and is not whole.
pub fn sunk_so_far(folder: &Path) -> anyhow::Result<Vec<Sunk>> {
    if folder.join(SENT).join(RECORD).exists() { sunk(folder) } else { Ok(Vec::new()) }
}

/// Keeps a mail that was handed over.
///
/// # Errors
/// The disk fails.
pub fn keep_handed(folder: &Path, number: usize, handed: &Handed) -> anyhow::Result<()> {
    let folder = made(folder, POSTED)?;
    let file = format!("{number:02}.eml");
    write(&folder.join(&file), &handed.bytes)?;
    let line = HandedLine {
        what: handed.what.clone(),
        at: handed.at,
        sender: handed.sender.clone(),
        automatic: handed.automatic,
        file,
    };
    append(&folder.join(RECORD), &line)
}

/// All that was handed over, in order.
///
/// # Errors
/// See [`sunk`].
pub fn handed(folder: &Path) -> anyhow::Result<Vec<Handed>> {
    let folder = folder.join(POSTED);
    let mail = |line: HandedLine| {
        let bytes = read(&folder.join(&line.file))?;
        Ok(Handed { what: line.what, at: line.at, sender: line.sender, automatic: line.automatic, bytes })
    };
    lines(&folder.join(RECORD))?.into_iter().map(mail).collect()
}

/// [`handed`], or nothing where nothing was handed over yet.
///
/// # Errors
/// See [`handed`].
pub fn handed_so_far(folder: &Path) -> anyhow::Result<Vec<Handed>> {
    if folder.join(POSTED).join(RECORD).exists() { handed(folder) } else { Ok(Vec::new()) }
}

fn made(folder: &Path, name: &str) -> anyhow::Result<PathBuf> {
    let folder = folder.join(name);
    fs::create_dir_all(&folder).with_context(|| format!("make {}", folder.display()))?;
    Ok(folder)
}

fn write(file: &Path, content: &[u8]) -> anyhow::Result<()> {
    fs::write(file, content).with_context(|| format!("write {}", file.display()))
}

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("read {}", file.display()))
}

fn append(file: &Path, line: &impl Serialize) -> anyhow::Result<()> {
    let mut text = serde_json::to_string(line).context("write a line as JSON")?;
    text.push('\n');
    let mut record = fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(file)
        .with_context(|| format!("open {}", file.display()))?;
    record.write_all(text.as_bytes()).with_context(|| format!("write {}", file.display()))
}

fn lines<T: DeserializeOwned>(file: &Path) -> anyhow::Result<Vec<T>> {
    let text = fs::read_to_string(file).with_context(|| format!("read {}", file.display()))?;
    let line = |(number, line): (usize, &str)| {
        serde_json::from_str(line).with_context(|| format!("read {} line {}", file.display(), number + 1))
    };
    text.lines().enumerate().map(line).collect()
}
