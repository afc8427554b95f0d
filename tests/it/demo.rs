//! The README's first command: a whole month, and checks that can fail. For each invariant the ledger or what the sink
//! kept is doctored, and the month is judged again from there.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};

use crate::support::folder::Folder;

fn zinas(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_zinas")).arg("--data").arg(folder).args(arguments).output().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// A month to be doctored: a copy of its own.
struct Month(Folder);

impl Month {
    fn of(whole: &Path) -> Self {
        let folder = Folder::new("doctored");
        let copied = Command::new("cp").arg("-a").arg(whole.join(".")).arg(folder.path()).status().unwrap();
        assert!(copied.success());
        Self(folder)
    }

    /// Changes the ledger behind the newsroom's back, which must change something.
    fn ledger(&self, statement: &'static str) {
        let options =
            SqliteConnectOptions::new().filename(self.0.path().join("data/zinas.sqlite")).foreign_keys(false);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut connection = options.connect().await.unwrap();
            let done = sqlx::query(statement).execute(&mut connection).await.unwrap();
            assert!(done.rows_affected() > 0, "{statement}");
            connection.close().await.unwrap();
        });
    }

    /// Changes the record of what was received (`sent`) or handed over (`posted`).
    fn record(&self, of: &str, change: impl Fn(&mut Vec<Value>)) {
        let file = self.0.path().join(of).join("record.jsonl");
        let before = fs::read_to_string(&file).unwrap();
        let mut lines = before.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        change(&mut lines);
        let after: String = lines.iter().map(|line| format!("{line}\n")).collect();
        assert_ne!(before, after);
        fs::write(file, after).unwrap();
    }

    fn kept(&self, line: &Value) -> String {
        let file = self.0.path().join("sent").join(line["file"].as_str().unwrap());
        String::from_utf8(fs::read(file).unwrap()).unwrap()
    }

    /// Changes the sink's record at the first mail that has this in it.
    fn first(&self, with: &str, change: impl Fn(&mut Vec<Value>, usize)) {
        self.record("sent", |lines| {
            let place = lines.iter().position(|line| self.kept(line).contains(with)).unwrap();
            change(lines, place);
        });
    }

    /// Changes the first kept mail that has all of this in it.
    fn mail(&self, with: &[&str], from: &str, to: &str) {
        let record = fs::read_to_string(self.0.path().join("sent/record.jsonl")).unwrap();
        let lines = record.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let fits = |line: &Value| {
            let mail = self.kept(line);
            mail.contains(from) && with.iter().all(|words| mail.contains(words))
        };
        let line = lines.into_iter().find(fits).unwrap();
        let file = self.0.path().join("sent").join(line["file"].as_str().unwrap());
        fs::write(file, self.kept(&line).replace(from, to)).unwrap();
    }

    /// What judging it again prints, and the numbers of the invariants that it names.
    fn judged(&self, what: &str) -> (String, Vec<u8>) {
        let ran = zinas(self.0.path(), &["demo", "--recheck"]);
        assert_eq!(ran.status.code(), Some(1), "{what}: {}", text(&ran));
        let (printed, said) =
            (String::from_utf8(ran.stdout).unwrap(), String::from_utf8(ran.stderr).unwrap());
        let numbers = said.strip_prefix("zinas: invariant ").and_then(|rest| rest.split(" does").next());
        let numbers = numbers.unwrap_or_else(|| panic!("{what}: {said}"));
        (printed, numbers.split(", ").map(|number| number.parse().unwrap()).collect())
    }

    fn named(&self, what: &str) -> Vec<u8> {
        self.judged(what).1
    }
}

const BULLETIN: &str = "\nList-Id:";
const ANSWER: &str = "\nAuto-Submitted: auto-replied";

type Doctor = fn(&Month);
type Doctored = (u8, &'static str, &'static str, Doctor);

/// Invariant, what is wrong, what is said about it, and the doctor.
const DOCTORS: &[Doctored] = &[
    (
        1,
        "someone who never agreed gets the issue",
        "the issue went to svess@pasts.example, who had not agreed",
        |month| {
            month.first(BULLETIN, |lines, place| lines[place]["to"] = "svess@pasts.example".into());
        },
    ),
    (1, "a suppressed address gets a mail", "is suppressed and got a mail", |month| {
        month.ledger(
            "INSERT INTO suppression (address_hash, reason, at) SELECT recipient_hash, 'editor', 1 FROM outbox
             WHERE issue_id IS NOT NULL AND state = 'accepted' ORDER BY outbox_id LIMIT 1",
        );
    }),
    (1, "someone who has left gets the issue", "who had not agreed", |month| {
        month.ledger(
            "INSERT INTO consent (subscription_id, at, act)
             SELECT subscription_id, (SELECT queued_at - 1 FROM issue WHERE issue_id = outbox.issue_id), json_quote('left')
             FROM outbox WHERE issue_id IS NOT NULL AND state = 'accepted' ORDER BY outbox_id LIMIT 1",
        );
    }),
    (1, "a reader's consent is lost", "who had not agreed", |month| {
        month.ledger(
            "DELETE FROM consent WHERE subscription_id = (SELECT subscription_id FROM outbox
             WHERE issue_id IS NOT NULL AND state = 'accepted' ORDER BY outbox_id LIMIT 1)",
        );
    }),
    (2, "a reader is missing from the sink", "who has the issue 0 times", |month| {
        month.first(BULLETIN, |lines, place| drop(lines.remove(place)));
    }),
    (2, "a reader has it twice", "who has the issue 2 times", |month| {
        month.first(BULLETIN, |lines, place| lines.push(lines[place].clone()));
    }),
    (2, "a reader has it under another Message-ID", "under another Message-ID than the ledger's", |month| {
        month.mail(&[BULLETIN], "Message-ID: <", "Message-ID: <x");
    }),
    (2, "a delivery has no end", "the ledger says sending of", |month| {
        month.ledger(
            "UPDATE outbox SET state = 'sending', settled_at = NULL WHERE outbox_id =
             (SELECT MAX(outbox_id) FROM outbox WHERE issue_id IS NOT NULL AND state = 'accepted')",
        );
    }),
    (2, "a delivery ends as refused that arrived", "the ledger says refused of", |month| {
        month.ledger(
            "UPDATE outbox SET state = 'refused' WHERE outbox_id =
             (SELECT MAX(outbox_id) FROM outbox WHERE issue_id IS NOT NULL AND state = 'accepted')",
        );
    }),
    (2, "a delivery is lost from the ledger", "readers, the ledger 198 deliveries", |month| {
        month.ledger(
            "DELETE FROM outbox WHERE outbox_id =
             (SELECT MAX(outbox_id) FROM outbox WHERE issue_id IS NOT NULL AND state = 'refused')",
        );
    }),
    (
        2,
        "a reader was left out of the audience",
        "lasitaja-0100@lasitaji.example reads the bulletin and has no delivery",
        |month| {
            month.ledger(
                "DELETE FROM outbox WHERE issue_id IS NOT NULL AND recipient = 'lasitaja-0100@lasitaji.example'",
            );
            month.ledger("UPDATE issue SET audience = audience - 1 WHERE audience IS NOT NULL");
            month.record("sent", |lines| lines.retain(|line| line["to"] != "lasitaja-0100@lasitaji.example"));
        },
    ),
    (3, "a mail is not kept as it came", "was taken and is not there as it came", |month| {
        month.ledger(
            "UPDATE blob_chunk SET content = zeroblob(length(content))
             WHERE sha256 = (SELECT sha256 FROM message WHERE message_id = 3)",
        );
    }),
    (3, "a part of a mail is lost", "was taken and is not there as it came", |month| {
        month.ledger(
            "DELETE FROM blob_chunk WHERE sha256 = (SELECT sha256 FROM message WHERE message_id = 4)",
        );
    }),
    (3, "a mail has no row", "was taken and is not there as it came", |month| {
        month.ledger("DELETE FROM message WHERE message_id = (SELECT MAX(message_id) FROM message)");
    }),
    (4, "a link to leave is cut off", "/leave/x", |month| month.mail(&[BULLETIN], "/leave/", "/leave/x")),
    (4, "a link to leave in the header only is cut off", "/nowhere answers [404", |month| {
        month.mail(&[BULLETIN], "List-Unsubscribe: <http", "List-Unsubscribe: <http://z.example>, <http");
        let config = fs::read_to_string(month.0.path().join("zinas.toml")).unwrap();
        let base = config.lines().find_map(|line| line.strip_prefix("public_url = \"")).unwrap();
        let nowhere = format!("{}/nowhere", base.trim_end_matches('"'));
        month.mail(&["<http://z.example>"], "http://z.example", &nowhere);
    }),
    (4, "an item has fallen out of its issue", "answers [404", |month| {
        month.ledger("DELETE FROM issue_item WHERE item_id = (SELECT MIN(item_id) FROM issue_item)");
    }),
    (5, "a machine is answered", "zinas@darzs.example is a machine and was answered", |month| {
        month.first(ANSWER, |lines, place| lines[place]["to"] = "zinas@darzs.example".into());
    }),
    (5, "somebody is answered again and again", "answers on 2026-11-", |month| {
        month.first(ANSWER, |lines, place| {
            lines.extend(vec![lines[place].clone(); 3]);
        });
    }),
    (5, "nobody is answered at all", "5. BROKEN     0 cases", |month| {
        month.record("sent", |lines| lines.retain(|line| !month.kept(line).contains(ANSWER)));
    }),
    (6, "a script leaves", "holds <script", |month| {
        month.mail(&[BULLETIN], "</body>", "<script>alert(1)</script></body>");
    }),
    (6, "a photo keeps its position", "is no plain picture", |month| {
        month.ledger("UPDATE blob SET bytes = bytes + 6 WHERE media_type = 'image/jpeg'");
        month.ledger(
            "UPDATE blob_chunk SET content = CAST(content || x'457869660000' AS BLOB)
             WHERE sha256 IN (SELECT sha256 FROM blob WHERE media_type = 'image/jpeg')",
        );
    }),
    (9, "a moment fires twice", "send fired at", |month| {
        month.ledger(
            "INSERT INTO job_moment (publication_id, job, moment, fired, at)
             SELECT publication_id, job, moment + 60000, 1, at FROM job_moment WHERE job = 'send' AND fired = 1",
        );
    }),
    (9, "a moment fires an hour late", "send did not fire once", |month| {
        month.ledger("UPDATE job_moment SET moment = moment + 3600000 WHERE job = 'send' AND fired = 1");
    }),
    (9, "a moment is skipped", "assemble did not fire once", |month| {
        month.ledger("UPDATE job_moment SET fired = 0 WHERE job = 'assemble' AND fired = 1");
    }),
    (9, "an event moves by a day in the ledger", "is not dated 2026-12-12T11:00", |month| {
        month.ledger(
            "UPDATE item SET content = replace(content, '2026-12-12T11:00', '2026-12-13T11:00')
             WHERE content LIKE '%2026-12-12T11:00%'",
        );
    }),
    (9, "an event moves by a day in a mail", "does not read “Sestdien, 12. decembrī", |month| {
        month.mail(&[BULLETIN, "\nContent-Language: lv"], "Sestdien, 12.", "Sestdien, 13.");
    }),
    (9, "the schedule is empty", "reminder did not fire once", |month| {
        month.ledger("DELETE FROM job_moment")
    }),
];

#[test]
fn a_month_passes_and_a_doctored_one_is_caught_by_each_check() {
    let home = Folder::new("demo");
    let folder = home.path().join("demo");
    let ran = zinas(&folder, &["demo", "--unattended"]);
    assert_eq!(ran.status.code(), Some(0), "{}", text(&ran));
    let said = text(&ran);
    assert_eq!(said.matches(" holds ").count(), 7, "{said}");

    let sent: Vec<_> =
        fs::read_dir(folder.join("sent")).unwrap().map(|entry| entry.unwrap().path()).collect();
    for ending in ["eml", "html", "txt"] {
        let count =
            sent.iter().filter(|file| file.extension().is_some_and(|extension| extension == ending)).count();
        assert!(count > 200, "{count} .{ending}");
    }
    let items = zinas(&folder, &["item", "list", "--json"]);
    let items: Value = serde_json::from_slice(&items.stdout).unwrap();
    assert!(items.as_array().unwrap().len() > 6, "the demo's folder is one for every command");
    let again = zinas(&folder, &["demo", "--recheck"]);
    assert_eq!(again.status.code(), Some(0), "{}", text(&again));

    // Nothing seen is nothing checked.
    let unsent = Month::of(&folder);
    unsent.record("sent", Vec::clear);
    assert_eq!(unsent.named("the sink has nothing"), [1, 2, 4, 5, 6, 9]);
    let forgotten = Month::of(&folder);
    forgotten.record("posted", Vec::clear);
    assert_eq!(forgotten.named("nothing was handed over"), [3]);
    let blank = Month::of(&folder);
    blank.record("sent", Vec::clear);
    blank.ledger("DELETE FROM outbox WHERE issue_id IS NOT NULL");
    blank.ledger("UPDATE issue SET audience = 0, queued_at = NULL WHERE audience IS NOT NULL");
    assert!(blank.named("the ledger has no delivery").contains(&2));
    let blank = Month::of(&folder);
    blank.ledger("DELETE FROM message");
    assert!(blank.named("the ledger has no message").contains(&3));

    // The first doctor of each invariant works alone; then they work in rounds, one of each invariant.
    let mut rounds: Vec<Vec<&Doctored>> = Vec::new();
    let mut together: Vec<Vec<&Doctored>> = Vec::new();
    for invariant in [1, 2, 3, 4, 5, 6, 9] {
        let mut doctors = DOCTORS.iter().filter(|(of, ..)| *of == invariant);
        rounds.push(vec![doctors.next().unwrap()]);
        for (round, doctor) in doctors.enumerate() {
            together.resize_with(together.len().max(round + 1), Vec::new);
            together[round].push(doctor);
        }
    }
    rounds.extend(together);
    let folder = &folder;
    std::thread::scope(|scope| {
        for half in rounds.chunks(rounds.len().div_ceil(2)) {
            scope.spawn(move || half.iter().for_each(|round| caught(folder, round)));
        }
    });
}

fn caught(folder: &Path, doctors: &[&Doctored]) {
    let month = Month::of(folder);
    for (_, _, _, doctor) in doctors {
        doctor(&month);
    }
    let (printed, named) = month.judged(doctors[0].1);
    for (invariant, what, words, _) in doctors {
        assert!(named.contains(invariant) && printed.contains(words), "{what}: {named:?}\n{printed}");
    }
}

#[test]
fn a_folder_that_is_no_demo_is_left_alone() {
    let folder = Folder::new("demo");
    fs::write(folder.path().join("letters.txt"), "mine").unwrap();
    for what in ["--unattended", "--recheck"] {
        let ran = zinas(folder.path(), &["demo", what]);
        assert_ne!(ran.status.code(), Some(0));
        assert_eq!(fs::read_to_string(folder.path().join("letters.txt")).unwrap(), "mine");
    }
}
