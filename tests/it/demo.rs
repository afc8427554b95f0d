//! The README's first command: a whole month, and checks that can fail.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::support::folder::Folder;

fn zinas(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_zinas")).arg("--data").arg(folder).args(arguments).output().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn a_month_passes_and_a_doctored_one_is_caught_by_each_check() {
    let home = Folder::new("demo");
    let folder = home.path().join("demo");
    let ran = zinas(&folder, &["demo", "--unattended"]);
    assert_eq!(ran.status.code(), Some(0), "{}", text(&ran));
    let said = text(&ran);
    assert_eq!(said.matches(" holds ").count(), 7, "{said}");

    let sent: Vec<_> =
        std::fs::read_dir(folder.join("sent")).unwrap().map(|entry| entry.unwrap().path()).collect();
    for ending in ["eml", "html", "txt"] {
        let count =
            sent.iter().filter(|file| file.extension().is_some_and(|extension| extension == ending)).count();
        assert!(count > 200, "{count} .{ending}");
    }
    let items = zinas(&folder, &["item", "list", "--json"]);
    let items: Value = serde_json::from_slice(&items.stdout).unwrap();
    assert!(items.as_array().unwrap().len() > 6, "the demo's folder is one for every command");

    let file = folder.join("evidence.json");
    let whole: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    let again = zinas(&folder, &["demo", "--recheck"]);
    assert_eq!(again.status.code(), Some(0), "{}", text(&again));
    type Doctor = fn(&mut Value);
    let doctors: [(u8, &str, Doctor); 14] = [
        (1, "someone who never agreed gets the issue", |evidence| {
            bulletin(evidence)["to"] = "svess@pasts.example".into();
        }),
        (1, "a suppressed address gets a mail", |evidence| {
            let to = bulletin(evidence)["to"].clone();
            let people = evidence["people"].as_array_mut().unwrap();
            let person = people.iter_mut().find(|person| person["address"] == to).unwrap();
            person["suppressed_at"] = "2026-11-01T00:00:00Z".into();
        }),
        (1, "someone who has left gets the issue", |evidence| {
            let to = bulletin(evidence)["to"].clone();
            let people = evidence["people"].as_array_mut().unwrap();
            let person = people.iter_mut().find(|person| person["address"] == to).unwrap();
            person["acts"].as_array_mut().unwrap().push(serde_json::json!(["left", "2026-11-24T00:00:00Z"]));
        }),
        (2, "a reader is missing from the sink", |evidence| {
            let mails = evidence["mails"].as_array_mut().unwrap();
            let place = mails.iter().position(|mail| mail["is_bulletin"] == true).unwrap();
            mails.remove(place);
        }),
        (2, "a reader has it twice", |evidence| {
            let twice = bulletin(evidence).clone();
            evidence["mails"].as_array_mut().unwrap().push(twice);
        }),
        (2, "a delivery has no end", |evidence| evidence["deliveries"][0]["state"] = "sending".into()),
        (2, "a delivery is lost from the ledger", |evidence| {
            evidence["deliveries"].as_array_mut().unwrap().pop();
        }),
        (3, "a mail is not kept", |evidence| evidence["posted"][3]["is_stored"] = false.into()),
        (4, "a look changes something", |evidence| evidence["digest_after"] = "0".into()),
        (4, "a link does not open", |evidence| evidence["links"][0]["statuses"][1] = 404.into()),
        (5, "a machine is answered", |evidence| {
            let mails = evidence["mails"].as_array_mut().unwrap();
            let answer = mails.iter_mut().find(|mail| mail["is_answer"] == true).unwrap();
            answer["to"] = "zinas@darzs.example".into();
        }),
        (6, "a script leaves", |evidence| bulletin(evidence)["html"] = "<p><script>alert(1)</script>".into()),
        (6, "a photo keeps its position", |evidence| evidence["photos"][0]["has_metadata"] = true.into()),
        (9, "a moment fires twice", |evidence| {
            let moments = evidence["moments"].as_array_mut().unwrap();
            let send = moments.iter().find(|moment| moment[0] == "send").unwrap().clone();
            moments.push(send);
        }),
    ];
    for (invariant, what, doctor) in doctors {
        let mut evidence = whole.clone();
        doctor(&mut evidence);
        std::fs::write(&file, serde_json::to_string(&evidence).unwrap()).unwrap();
        caught(&folder, invariant, what);
    }
    // Nothing seen is nothing checked.
    for (invariant, lists) in [
        (1, &["mails"][..]),
        (2, &["deliveries"]),
        (3, &["posted"]),
        (4, &["links"]),
        (5, &["mails"]),
        (6, &["photos"]),
        (9, &["moments"]),
    ] {
        let mut evidence = whole.clone();
        for list in lists {
            evidence[list] = Value::Array(Vec::new());
        }
        std::fs::write(&file, serde_json::to_string(&evidence).unwrap()).unwrap();
        caught(&folder, invariant, "zero cases");
    }
}

fn bulletin(evidence: &mut Value) -> &mut Value {
    let mails = evidence["mails"].as_array_mut().unwrap();
    mails.iter_mut().find(|mail| mail["is_bulletin"] == true).unwrap()
}

#[track_caller]
fn caught(folder: &Path, invariant: u8, what: &str) {
    let ran = zinas(folder, &["demo", "--recheck"]);
    assert_eq!(ran.status.code(), Some(1), "{what}: {}", text(&ran));
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(said.starts_with("zinas: invariant ") && said.contains(&invariant.to_string()), "{what}: {said}");
}

#[test]
fn a_folder_that_is_no_demo_is_left_alone() {
    let folder = Folder::new("demo");
    std::fs::write(folder.path().join("letters.txt"), "mine").unwrap();
    let ran = zinas(folder.path(), &["demo", "--unattended"]);
    assert_ne!(ran.status.code(), Some(0));
    assert_eq!(std::fs::read_to_string(folder.path().join("letters.txt")).unwrap(), "mine");
}
