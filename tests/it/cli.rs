//! The command line from outside: the program itself, with a configuration and a data folder of its own.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use zinas::config::SAMPLE;
use zinas::lock::DataLock;

use crate::support::folder::Folder;

struct Desk {
    folder: Folder,
}

impl Desk {
    /// With a configuration that needs no secret, and no database yet.
    fn new() -> Self {
        let folder = Folder::new("cli");
        let text = SAMPLE
            .replace("password_env = \"ZINAS_MAIL_PASSWORD\"", "password_file = \"mail.secret\"")
            .replace("size_mb_max = 25", "size_mb_max = 1");
        std::fs::write(folder.path().join("zinas.toml"), text).unwrap();
        std::fs::write(folder.path().join("mail.secret"), "not a secret\n").unwrap();
        Self { folder }
    }

    fn migrated() -> Self {
        let desk = Self::new();
        assert_eq!(desk.run(&["migrate"], b"").status, 0);
        desk
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn start(&self, arguments: &[&str]) -> Child {
        Command::new(env!("CARGO_BIN_EXE_zinas"))
            .arg("--data")
            .arg(self.folder.path())
            .args(arguments)
            .env("USER", "ilze")
            .env_remove("SENDER")
            .env_remove("RECIPIENT")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    fn run(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let mut child = self.start(arguments);
        // A program that wants no input may be gone before it could be given.
        let _ = child.stdin.take().unwrap().write_all(input);
        child.wait_with_output().unwrap().into()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let ran = self.run(&[arguments, &["--json"]].concat(), b"");
        assert_eq!(ran.status, 0, "{arguments:?}: {}", ran.said);
        serde_json::from_slice(&ran.output).unwrap()
    }
}

struct Ran {
    status: i32,
    output: Vec<u8>,
    said: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let said = String::from_utf8(output.stderr).unwrap();
        Self { status: output.status.code().unwrap(), output: output.stdout, said }
    }
}

impl Ran {
    /// One sentence on standard error, nothing on standard output.
    #[track_caller]
    fn refused(&self, status: i32, words: &str) {
        assert_eq!(self.status, status, "{}", self.said);
        assert!(self.said.starts_with("zinas: ") && self.said.contains(words), "{}", self.said);
        assert_eq!(self.said.lines().count(), 1, "{}", self.said);
        assert!(self.output.is_empty(), "{}", String::from_utf8_lossy(&self.output));
    }
}

const MAIL: &[u8] = b"From: Ilze <ilze@example.lv>\r\nTo: info@selija.com\r\nSubject: Talka\r\n\
    Message-ID: <1@example.lv>\r\n\r\nSestdien talka.\r\n";

#[test]
fn a_wrong_configuration_is_one_sentence_with_its_line() {
    let desk = Desk::new();
    let file = desk.file("zinas.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("items_min", "items_minimum")).unwrap();
    desk.run(&["item", "list"], b"").refused(2, "items_minimum");
    std::fs::remove_file(&file).unwrap();
    desk.run(&["item", "list"], b"").refused(2, "zinas config sample");
    // The mail server keeps the mail until this is mended.
    desk.run(&["receive"], MAIL).refused(75, "zinas.toml");
    desk.run(&["receive", "--nonsense"], MAIL).refused(75, "--nonsense");
    desk.run(&["item", "shwo"], b"").refused(2, "show");
}

#[test]
fn a_database_that_cannot_be_opened_is_a_failure_outside() {
    let desk = Desk::new();
    desk.run(&["item", "list"], b"").refused(3, "zinas migrate");
    let blocked = Desk::new();
    std::fs::write(blocked.file("data"), "a file where the folder should be").unwrap();
    blocked.run(&["item", "list"], b"").refused(3, "data");
    blocked.run(&["receive"], MAIL).refused(75, "data");
}

#[test]
fn a_server_that_is_away_is_said_at_once_and_without_its_password() {
    let desk = Desk::new();
    let config = std::fs::read_to_string(desk.file("zinas.toml")).unwrap();
    let config = config.replace("# database_file", "database_file");
    std::fs::write(desk.file("zinas.toml"), config).unwrap();
    std::fs::write(desk.file("database.secret"), "postgres://zinas:noslepums@127.0.0.1:1/zinas").unwrap();
    let began = std::time::Instant::now();
    for (arguments, status) in [(["item", "list"].as_slice(), 3), (&["receive"], 75), (&["serve"], 3)] {
        let ran = desk.run(arguments, MAIL);
        assert!(ran.said.contains("127.0.0.1:1") && !ran.said.contains("noslepums"), "{}", ran.said);
        ran.refused(status, "does it run");
    }
    assert!(began.elapsed() < std::time::Duration::from_secs(15), "no pool waited for it");
}

#[test]
fn a_mail_is_taken_once_and_comes_back_as_it_came() {
    let desk = Desk::migrated();
    for _ in 0..2 {
        let ran =
            desk.run(&["receive", "--sender", "<ilze@example.lv>", "--recipient", "info@selija.com"], MAIL);
        assert_eq!((ran.status, ran.said.as_str()), (0, ""));
    }
    let messages = desk.json(&["message", "list"]);
    assert_eq!(messages.as_array().unwrap().len(), 1);
    for key in ["id", "kind", "state", "from", "subject", "received_at", "sha256", "why", "items"] {
        assert!(messages[0].get(key).is_some(), "{key}");
    }
    let shown = desk.json(&["message", "show", "1"]);
    assert_eq!(
        (&shown["sender"], &shown["recipients"][0]),
        (&"ilze@example.lv".into(), &"info@selija.com".into())
    );
    assert_eq!(desk.run(&["message", "show", "1", "--raw"], b"").output, MAIL);
    desk.run(&["message", "show", "7"], b"").refused(1, "no message 7");
}

#[test]
fn a_mail_over_the_limit_is_refused_for_good_and_says_the_limit() {
    let desk = Desk::migrated();
    let mut large = MAIL.to_vec();
    large.resize((1 << 20) + 1, b'x');
    desk.run(&["receive"], &large).refused(65, "1 MB");
    desk.run(&["receive"], b"").refused(65, "no mail");
    assert_eq!(desk.json(&["message", "list"]), serde_json::json!([]));
}

#[test]
fn the_schema_is_not_touched_beside_a_running_daemon() {
    let desk = Desk::migrated();
    let lock = DataLock::take(&desk.file("data")).unwrap();
    desk.run(&["migrate"], b"").refused(1, "in use by another zinas");
    assert_eq!(desk.run(&["receive"], MAIL).status, 0, "commands write beside a running daemon");
    drop(lock);
    assert_eq!(desk.run(&["migrate"], b"").status, 0);
}

#[test]
fn a_list_of_readers_is_taken_with_its_consent_and_row_by_row() {
    let desk = Desk::migrated();
    let mut list = "\u{feff}Vārds;E-pasts;Novads\r\n".to_owned();
    for number in 0..1_200 {
        list.push_str(&format!("Lasītājs;lasitajs{number}@example.lv;Jēkabpils novads\r\n"));
    }
    list.push_str("Anna;nav adreses;\r\nIlze;LASITAJS7@example.lv;\r\n");
    let file = desk.file("lasitaji.csv");
    std::fs::write(&file, &list).unwrap();
    let file = file.to_str().unwrap();
    let imported = desk.json(&["subscriber", "import", file, "--consent", "Parakstīja lapu 2025. gadā"]);
    assert_eq!(
        imported,
        serde_json::json!({ "read": 1202, "added": 1200, "known": 1, "refused": [
            { "line": 1202, "why": "an address needs an @ with something on both sides" }
        ] })
    );
    let readers = desk.json(&["subscriber", "list", "--state", "confirmed"]);
    assert_eq!(readers.as_array().unwrap().len(), 1_200);
    for key in ["address", "state", "language", "municipality", "confirmed_at", "consent"] {
        assert!(readers[0].get(key).is_some(), "{key}");
    }
    assert_eq!(readers[0]["consent"][0]["words"], "Parakstīja lapu 2025. gadā");
    assert_eq!(desk.run(&["subscriber", "leave", "lasitajs7@example.lv"], b"").status, 0);
    assert_eq!(desk.run(&["subscriber", "erase", "lasitajs8@example.lv"], b"").status, 0);
    let again = desk.json(&["subscriber", "import", file, "--consent", "Parakstīja lapu 2025. gadā"]);
    assert_eq!((&again["added"], &again["known"]), (&0.into(), &1_199.into()));
    assert_eq!(
        again["refused"].as_array().unwrap().len(),
        3,
        "one is no address, one has left and one was erased: {again}"
    );

    // Whoever reads may stop reading.
    let mut child = desk.start(&["subscriber", "list", "--json"]);
    drop(child.stdout.take());
    drop(child.stdin.take());
    let ran = Ran::from(child.wait_with_output().unwrap());
    assert_eq!((ran.status, ran.said.as_str()), (0, ""));
}

#[test]
fn what_readers_chose_is_shown_and_moves_with_the_list() {
    let desk = Desk::migrated();
    let file = desk.file("list.csv");
    let list = "address,state,plain_text,paused_issues\nanna@example.lv,confirmed,yes,2\nilze@example.lv,confirmed,,\n\
                maija@example.lv,confirmed,yes,9\n";
    std::fs::write(&file, list).unwrap();
    let file = file.to_str().unwrap();
    let imported = desk.json(&["subscriber", "import", file, "--consent", "Parakstīja lapu 2025. gadā"]);
    assert_eq!((&imported["added"], &imported["refused"][0]["line"]), (&2.into(), &4.into()), "{imported}");
    let anna = desk.json(&["subscriber", "show", "anna@example.lv"]);
    assert_eq!((&anna["plain_text"], &anna["pause"]), (&true.into(), &serde_json::json!({ "issues": 2 })));
    let ilze = desk.json(&["subscriber", "show", "ilze@example.lv"]);
    assert_eq!((&ilze["plain_text"], &ilze["pause"]), (&false.into(), &serde_json::Value::Null));
    let shown = desk.run(&["subscriber", "show", "anna@example.lv"], b"");
    assert!(String::from_utf8(shown.output).unwrap().contains("for 2 more issues"));
    let exported = desk.run(&["subscriber", "export"], b"").output;
    let other = Desk::migrated();
    let file = other.file("moved.csv");
    std::fs::write(&file, &exported).unwrap();
    let file = file.to_str().unwrap();
    assert_eq!(other.json(&["subscriber", "import", file, "--consent", "Pārcelts"])["added"], 2);
    let again = other.json(&["subscriber", "show", "anna@example.lv"]);
    assert_eq!((&again["plain_text"], &again["pause"]), (&anna["plain_text"], &anna["pause"]));
}

#[test]
fn readers_without_a_stated_consent_are_asked() {
    let desk = Desk::migrated();
    let file = desk.file("list.csv");
    std::fs::write(&file, "e-mail\nanna@example.lv\n").unwrap();
    let file = file.to_str().unwrap();
    desk.run(&["subscriber", "import", file, "--consent", " "], b"").refused(2, "--consent");
    desk.run(&["subscriber", "import", "/nowhere.csv"], b"").refused(2, "/nowhere.csv");
    assert_eq!(desk.json(&["subscriber", "import", file])["added"], 1);
    assert_eq!(desk.json(&["subscriber", "list"])[0]["state"], "pending");
}

#[test]
fn what_is_not_there_is_answered_no() {
    let desk = Desk::migrated();
    for arguments in [
        ["item", "show", "5"].as_slice(),
        &["item", "approve", "5"],
        &["item", "reject", "5", "--reason", "Nav par mums"],
        &["letter", "answer", "5", "--text", "Paldies!"],
        &["issue", "approve", "5"],
        &["issue", "preview", "5"],
        &["issue", "deliveries", "5"],
        &["subscriber", "leave", "anna@example.lv"],
    ] {
        desk.run(arguments, b"").refused(1, "there is no");
    }
    desk.run(&["item", "edit", "5", "--set", "title"], b"").refused(2, "FIELD=VALUE");
    for noun in ["message", "item", "letter", "issue", "subscriber"] {
        assert_eq!(desk.json(&[noun, "list"]), serde_json::json!([]), "{noun}");
    }
}

#[test]
fn an_empty_month_is_assembled_held_and_says_why() {
    let desk = Desk::migrated();
    let issue = desk.json(&["issue", "assemble"]);
    assert_eq!((&issue["state"], &issue["running_number"]), (&"held".into(), &1.into()));
    for key in [
        "id",
        "year",
        "number",
        "running_number",
        "state",
        "title",
        "items",
        "audience",
        "queued_at",
        "sent_at",
    ] {
        assert!(desk.json(&["issue", "list"])[0].get(key).is_some(), "{key}");
    }
    desk.run(&["issue", "approve", "1"], b"").refused(1, "held");
    for format in ["html", "text", "eml"] {
        let ran = desk.run(&["issue", "preview", "1", "--format", format, "--to", "anna@example.lv"], b"");
        assert_eq!((ran.status, ran.output.is_empty()), (0, false), "{format}: {}", ran.said);
        assert!(!String::from_utf8_lossy(&ran.output).contains('\u{e000}'), "{format}");
    }
}

#[test]
fn editors_and_moments_are_told() {
    let desk = Desk::migrated();
    assert_eq!(desk.run(&["editor", "add", "anna@example.lv", "--name", "Anna"], b"").status, 0);
    let editors = desk.json(&["editor", "list"]);
    assert_eq!(editors.as_array().unwrap().len(), 2, "the one of the configuration and the new one");
    let moments = desk.json(&["schedule", "--from", "2024-01-01", "--count", "2"]);
    for key in ["job", "at", "local", "rule"] {
        assert!(moments[0].get(key).is_some(), "{key}");
    }
    let events = desk.json(&["when", "--on", "2026-11-25", "6. decembrī plkst. 15.00"]);
    assert_eq!(events[0]["start"], "2026-12-06T15:00");
    let sample = desk.run(&["config", "sample"], b"");
    assert_eq!(sample.output, SAMPLE.as_bytes());
    assert_eq!(desk.run(&["config", "check"], b"").status, 0);
}
