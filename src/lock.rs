//! One daemon per data folder: the lock that says so.
//!
//! The lock is the operating system's, on the open file `daemon.lock`; it goes with the process, however that ends,
//! and a file left behind locks nothing. What is in the file is only for the sentence that a second daemon is told.
//! Commands beside a running daemon do without it; the database looks after those.

use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

const LOCK_FILE: &str = "daemon.lock";

/// Longer than any process number.
const PROCESS_OCTETS_MAX: u64 = 20;

/// The data folder is ours until this is dropped.
#[derive(Debug)]
pub struct DataLock {
    file: File,
}

#[derive(Debug)]
pub enum NotLocked {
    /// Another process has it, `process` if it left its number.
    Held { folder: PathBuf, process: Option<u32> },
    /// The lock file cannot be opened or locked.
    Failed { file: PathBuf, error: io::Error },
}

impl DataLock {
    /// Takes the lock or says who has it; does not wait.
    pub fn take(folder: &Path) -> Result<Self, NotLocked> {
        let path = folder.join(LOCK_FILE);
        let failed = |error| NotLocked::Failed { file: path.clone(), error };
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            // Whoever holds the lock has its number in there.
            .truncate(false)
            .open(&path)
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(NotLocked::Held { folder: folder.to_owned(), process: process_in(&mut file) });
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        // On a full disk the number is missing from a sentence, and the daemon runs.
        let _ = note_process(&mut file);
        Ok(Self { file })
    }
}

impl Drop for DataLock {
    fn drop(&mut self) {
        // Closing alone would leave the lock to a child that was just forked and has not become its program yet.
        let _ = self.file.unlock();
    }
}

fn note_process(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())
}

fn process_in(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.take(PROCESS_OCTETS_MAX).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

impl fmt::Display for NotLocked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotLocked::Held { folder, process } => {
                write!(f, "the data folder {} is in use by another zinas", folder.display())?;
                if let Some(process) = process {
                    write!(f, " (process {process})")?;
                }
                f.write_str(": stop that one first, or give this one a data folder of its own")
            }
            NotLocked::Failed { file, error } => write!(
                f,
                "cannot lock {}: {error}; the data folder must exist and be writable for this user",
                file.display()
            ),
        }
    }
}

/// The cause is part of the sentence; as a source it would be said twice.
impl std::error::Error for NotLocked {}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader};
    use std::process::{Child, Command, Stdio};

    use super::*;

    const FOLDER_OF_THE_CHILD: &str = "ZINAS_TEST_LOCK_FOLDER";
    const LOCKED: &str = "locked by the child";

    fn held_by(outcome: Result<DataLock, NotLocked>) -> Option<u32> {
        match outcome {
            Err(NotLocked::Held { process, .. }) => process,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_data_folder_has_one_daemon_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let lock = DataLock::take(folder.path()).unwrap();
        let refused = DataLock::take(folder.path()).unwrap_err();
        assert_eq!(
            refused.to_string(),
            format!(
                "the data folder {} is in use by another zinas (process {}): stop that one first, or give this \
                 one a data folder of its own",
                folder.path().display(),
                std::process::id()
            )
        );
        drop(lock);
        DataLock::take(folder.path()).unwrap();
    }

    #[test]
    fn folders_do_not_lock_each_other() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let _one = DataLock::take(one.path()).unwrap();
        DataLock::take(other.path()).unwrap();
    }

    #[test]
    fn a_lock_file_left_behind_locks_nothing() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(LOCK_FILE), "4000000000000000 and other rubbish").unwrap();
        let _lock = DataLock::take(folder.path()).unwrap();
        assert_eq!(held_by(DataLock::take(folder.path())), Some(std::process::id()));
    }

    #[test]
    fn a_missing_folder_is_named_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("nowhere");
        let said = DataLock::take(&missing).unwrap_err().to_string();
        assert!(said.starts_with(&format!("cannot lock {}", missing.join(LOCK_FILE).display())), "{said}");
        assert!(said.ends_with("must exist and be writable for this user"), "{said}");
    }

    #[test]
    fn a_daemon_that_is_killed_lets_go() {
        let folder = tempfile::tempdir().unwrap();
        let mut child = child_that_locks(folder.path());
        assert_eq!(held_by(DataLock::take(folder.path())), Some(child.id()));
        child.kill().unwrap();
        child.wait().unwrap();
        DataLock::take(folder.path()).unwrap();
    }

    /// Starts this test program once more, for the test below alone, and waits until it has the lock.
    fn child_that_locks(folder: &Path) -> Child {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "lock::tests::in_a_child_the_lock_is_held_until_killed", "--nocapture"])
            .env(FOLDER_OF_THE_CHILD, folder)
            .stdout(Stdio::piped())
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stdout.take().unwrap());
        let locked = said.lines().map_while(Result::ok).any(|line| line.contains(LOCKED));
        assert!(locked, "the child took the lock");
        child
    }

    /// Does nothing but in the child, which ends when it is killed or its parent is gone.
    #[test]
    fn in_a_child_the_lock_is_held_until_killed() {
        let Some(folder) = std::env::var_os(FOLDER_OF_THE_CHILD) else { return };
        let _lock = DataLock::take(Path::new(&folder)).unwrap();
        println!("{LOCKED}");
        let _ = io::stdin().read_to_end(&mut Vec::new());
    }
}
