//! Chromium, driven by the stories in `tests/browser`, which are run by Node.js with what is locked there.

use std::{
    io::{BufRead as _, BufReader, Read as _, Seek as _, Write as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{Mutex, PoisonError},
};

use serde_json::{Value, json};

use super::program;

/// The first has no windows to draw, which halves what the walk costs.
const CHROMIUM: [&str; 4] = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

/// The parts that a story needs, found.
pub struct Browser {
    node: PathBuf,
    chromium: PathBuf,
    scripts: PathBuf,
}

impl Browser {
    /// `None`, and a line on the terminal, where something is not installed.
    pub fn find() -> Option<Self> {
        let first = |names: &[&str]| names.iter().find_map(|name| program::find(name));
        let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
        let (Some(chromium), Some(node)) = (first(&CHROMIUM), first(&["node", "nodejs"])) else {
            program::skip("Chromium or Node.js is not installed");
            return None;
        };
        if !scripts.join("node_modules/.package-lock.json").is_file() {
            program::skip("npm ci --ignore-scripts was not run in tests/browser");
            return None;
        }
        Some(Self { node, chromium, scripts })
    }

    /// Runs the story `tests/browser/NAME.mjs` in its world, and answers what it asks. One at a time, since a browser
    /// takes all the machine has.
    ///
    /// # Panics
    /// The story did not go through, with all that was said.
    pub fn tell(&self, name: &str, mut world: Value, mut answer: impl FnMut(&Value) -> Value) {
        static ONE: Mutex<()> = Mutex::new(());
        let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        world["chromium"] = json!(self.chromium);
        world["screenshots"] = json!(screenshots());
        let mut said = tempfile::tempfile().unwrap();
        let mut child = Running(
            Command::new(&self.node)
                .args(["run.mjs", name])
                .current_dir(&self.scripts)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(said.try_clone().unwrap())
                .spawn()
                .unwrap(),
        );
        let mut to = child.0.stdin.take().unwrap();
        write(&mut to, &world);
        for line in BufReader::new(child.0.stdout.take().unwrap()).lines() {
            let question: Value = serde_json::from_str(&line.unwrap()).unwrap();
            write(&mut to, &answer(&question));
        }
        let status = child.0.wait().unwrap();
        said.rewind().unwrap();
        let mut text = String::new();
        said.read_to_string(&mut text).unwrap();
        assert!(status.success(), "{name}: {text}");
    }
}

fn write(to: &mut ChildStdin, line: &Value) {
    // Where the story has ended, its status says more.
    let _ = writeln!(to, "{line}");
}

/// Where the pictures of all pages go, as an absolute path.
fn screenshots() -> PathBuf {
    match std::env::var_os("ZINAS_SCREENSHOTS") {
        Some(folder) => std::path::absolute(folder).unwrap(),
        None => Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("screenshots"),
    }
}

/// Killed when a test panics amid a story; its Chromium goes with it, as its pipe closes.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
