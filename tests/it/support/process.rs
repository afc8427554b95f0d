//! `zinas serve` as a process of its own, with a relay beside it, to be looked at, stopped and killed.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use zinas::config::SAMPLE;

use super::folder::Folder;
use super::ports;

const PATIENCE: Duration = Duration::from_secs(60);

/// A folder with a configuration: mail in by SMTP, mail out to a port of this machine.
pub struct Newsroom {
    pub folder: Folder,
    pub mail: u16,
    pub web: u16,
}

impl Newsroom {
    /// `relay` is the port of the relay; `database` the address of a PostgreSQL database.
    pub fn new(relay: u16, database: Option<&str>) -> Self {
        let folder = Folder::new("newsroom");
        let (mail, web) = (ports::free(), ports::free());
        let mut text = String::new();
        let mut skipping = false;
        for line in SAMPLE.lines() {
            // No IMAP account: the section up to the next one is left out.
            if line.starts_with('[') {
                skipping = line == "[inbound.imap]";
            }
            if !skipping {
                text.push_str(line);
                text.push('\n');
            }
        }
        let text = text
            .replace("listen = \"127.0.0.1:8025\"", &format!("listen = \"127.0.0.1:{web}\""))
            .replace("https://zinas.selija.com", &format!("http://127.0.0.1:{web}"))
            .replace("host = \"mail.selija.com\"\nport = 587", &format!("host = \"127.0.0.1\"\nport = {relay}"))
            .replace("security = \"starttls\"\nuser = \"info@selija.com\"\npassword_env = \"ZINAS_MAIL_PASSWORD\"", "security = \"none\"")
            .replace("size_mb_max = 25", &format!("size_mb_max = 25\n\n[inbound.listener]\nlisten = \"127.0.0.1:{mail}\"\nprotocol = \"smtp\""));
        let text = match database {
            Some(_) => format!("database_file = \"database.secret\"\n{text}"),
            None => text,
        };
        std::fs::write(folder.path().join("zinas.toml"), text).unwrap();
        std::fs::write(folder.path().join("database.secret"), database.unwrap_or_default()).unwrap();
        Self { folder, mail, web }
    }

    pub fn config_file(&self) -> PathBuf {
        self.folder.path().join("zinas.toml")
    }

    /// Changes the configuration.
    pub fn replace(&self, from: &str, to: &str) {
        let text = std::fs::read_to_string(self.config_file()).unwrap();
        assert!(text.contains(from), "{from}");
        std::fs::write(self.config_file(), text.replacen(from, to, 1)).unwrap();
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zinas"));
        command.arg("--data").arg(self.folder.path()).args(arguments).env_remove("RUST_LOG");
        command
    }

    /// Runs a command to its end: status, output, what it said.
    pub fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let ran = self.command(arguments).stdin(Stdio::null()).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (ran.status.code().unwrap(), text(ran.stdout), text(ran.stderr))
    }

    pub fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let (status, output, said) = self.run(&[arguments, &["--json"]].concat());
        assert_eq!(status, 0, "{arguments:?}: {said}");
        serde_json::from_str(&output).unwrap()
    }

    /// Starts the daemon and waits until it answers; what it says goes into `serve.log`.
    pub fn serve(&self) -> Daemon {
        let log = self.folder.path().join("serve.log");
        let file = std::fs::OpenOptions::new().create(true).append(true).open(log).unwrap();
        let child =
            self.command(&["serve"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(file).spawn().unwrap();
        let daemon = Daemon(child);
        let until = Instant::now() + PATIENCE;
        while !self.is_healthy() {
            assert!(Instant::now() < until, "the daemon does not answer: {}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
        daemon
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("serve.log")).unwrap_or_default()
    }

    fn is_healthy(&self) -> bool {
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.web)) else { return false };
        stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        let asked =
            stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        let mut answer = String::new();
        asked.is_ok() && stream.read_to_string(&mut answer).is_ok() && answer.starts_with("HTTP/1.1 200")
    }
}

/// Killed when it goes out of sight.
pub struct Daemon(Child);

impl Daemon {
    /// SIGKILL: no goodbye.
    pub fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    /// SIGTERM, and its status.
    pub fn stop(mut self) -> i32 {
        let stopped = Command::new("kill").arg("-TERM").arg(self.0.id().to_string()).status().unwrap();
        assert!(stopped.success());
        self.0.wait().unwrap().code().unwrap()
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits for what a daemon will have done soon.
pub fn eventually<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let until = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < until, "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}
