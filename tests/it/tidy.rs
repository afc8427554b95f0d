//! The rules of the house that a machine can check: who may depend on whom, who owns which outside world, which views
//! have goldens.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below a folder, with its path from the root.
fn sources(folder: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
                files.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

fn dependencies(manifest: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(root().join(manifest)).unwrap();
    let manifest: toml::Table = text.parse().unwrap();
    manifest["dependencies"].as_table().unwrap().keys().cloned().collect()
}

#[test]
fn dependencies_point_one_way_and_the_crates_are_pure() {
    let pure = ["chrono", "serde", "thiserror", "unicode-normalization", "url"];
    let allowed = [
        ("subscribers", vec!["data-encoding", "hmac", "sha2", "subtle"]),
        ("issues", vec!["subscribers", "chrono-tz", "cron", "linkify", "pulldown-cmark"]),
        ("templates", vec!["subscribers", "issues", "linkify", "maud", "qrcode", "similar"]),
    ];
    for (name, more) in allowed {
        let allowed: BTreeSet<String> = pure.iter().chain(&more).map(ToString::to_string).collect();
        let found = dependencies(&format!("{name}/Cargo.toml"));
        let strangers: Vec<_> = found.difference(&allowed).collect();
        assert!(strangers.is_empty(), "{name} depends on {strangers:?}");
    }
}

#[test]
fn the_pure_crates_ask_nobody() {
    let forbidden = [
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "std::thread",
        "Utc::now",
        "Local::now",
        "SystemTime",
        "Instant::now",
    ];
    for name in ["subscribers/src", "issues/src", "templates/src"] {
        for (file, text) in sources(name) {
            // Goldens are compared by reading files; that is a test.
            if file.ends_with("golden.rs") || file.ends_with("properties.rs") || file.contains("/tests/") {
                continue;
            }
            let tested = text.find("#[cfg(test)]").map_or(text.as_str(), |at| &text[..at]);
            for word in forbidden {
                assert!(!tested.contains(word), "{file} uses {word}");
            }
        }
    }
}

#[test]
fn each_outside_world_has_one_owner() {
    let owners = [
        ("sqlx", vec!["src/store/"]),
        ("ammonia", vec!["src/inbound/"]),
        ("mail_parser", vec!["src/inbound/", "src/demo/"]),
        ("async_imap", vec!["src/inbound/"]),
        ("smtp_proto", vec!["src/inbound/"]),
        ("lettre", vec!["src/outbound/", "src/demo/"]),
        ("reqwest", vec!["src/publish/", "src/demo/"]),
        ("axum", vec!["src/web/", "src/demo/"]),
        ("image", vec!["src/media/", "src/demo/"]),
        ("fast_image_resize", vec!["src/media/"]),
        ("png", vec!["src/media/"]),
        ("resvg", vec!["src/media/"]),
        ("rand", vec!["src/clock.rs"]),
    ];
    for (file, text) in sources("src") {
        for (library, folders) in &owners {
            let uses = text.lines().any(|line| {
                let line = line.trim_start();
                let code = !line.starts_with("//");
                code && (line.starts_with(&format!("use {library}::"))
                    || line.starts_with(&format!("use {library};"))
                    || line.contains(&format!(" {library}::"))
                    || line.contains(&format!("({library}::"))
                    || line.contains(&format!("<{library}::")))
            });
            let owner = folders.iter().any(|folder| file.starts_with(folder));
            assert!(!uses || owner, "{file} uses {library}, which belongs to {folders:?}");
        }
    }
}

#[test]
fn only_the_command_line_knows_the_demo() {
    for (file, text) in sources("src") {
        let knows = text.contains("crate::demo") || text.contains("demo::");
        let may = file.starts_with("src/demo/") || file.starts_with("src/cli/") || file == "src/lib.rs";
        assert!(!knows || may, "{file} knows the demo");
    }
}

#[test]
fn the_store_holds_no_words_and_the_web_no_sql() {
    for (file, text) in sources("src") {
        assert!(
            !(file.starts_with("src/store/") && text.contains("templates::")),
            "{file} imports templates"
        );
        let sql = ["SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM"].iter().any(|word| {
            text.lines()
                .any(|line| !line.trim_start().starts_with("//") && line.contains(&format!("\"{word}")))
        });
        assert!(!sql || file.starts_with("src/store/"), "{file} holds SQL");
    }
}

/// `bulletin.normal.lv.html` is the view, or a variant of it as in `decided_approved`, the sample and the language.
#[test]
fn every_view_has_goldens_of_every_sample_in_both_languages() {
    for kind in ["email", "page"] {
        let views: Vec<(String, bool)> = fs::read_dir(root().join("templates/src").join(kind))
            .unwrap()
            .filter_map(|entry| view_of(&entry.unwrap().path()))
            .collect();
        assert!(views.len() > 5, "{kind}: only {} views found", views.len());
        let goldens: Vec<String> = fs::read_dir(root().join("templates/golden").join(kind))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        for (view, counts) in &views {
            // None, one and twenty-one of what is counted; the empty sample has none.
            let samples = ["normal", "hostile", "empty", "one", "many"];
            for sample in &samples[..if *counts { 5 } else { 3 }] {
                for language in ["lv", "en"] {
                    let is_it = |golden: &&String| {
                        let [name, of, code] = golden.splitn(4, '.').take(3).collect::<Vec<_>>()[..] else {
                            return false;
                        };
                        let variant = name.strip_prefix(view.as_str());
                        let belongs = variant.is_some_and(|rest| rest.is_empty() || rest.starts_with('_'));
                        // `reminder_leave` is a view of its own, no variant of `reminder`.
                        let other = views.iter().any(|(other, _)| other != view && name == other);
                        belongs && !other && of == *sample && code == language
                    };
                    assert!(
                        goldens.iter().any(|golden| is_it(&golden)),
                        "{kind}/{view} has no golden of the sample {sample} in {language}"
                    );
                }
            }
        }
    }
}

/// The name of a file that renders a view, and whether the view counts or lists anything.
fn view_of(path: &Path) -> Option<(String, bool)> {
    let text = fs::read_to_string(path).ok()?;
    let fields = text.split_once("pub struct View")?.1;
    let fields = fields.split("\n}").next()?;
    let counts = ["Vec<", "usize", "Edition"].iter().any(|word| fields.contains(word));
    let name = path.file_stem()?.to_string_lossy().into_owned();
    text.contains("pub fn render").then_some((name, counts))
}

#[test]
fn every_dependency_is_explained() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    for manifest in ["Cargo.toml", "subscribers/Cargo.toml", "issues/Cargo.toml", "templates/Cargo.toml"] {
        for name in dependencies(manifest) {
            if ["subscribers", "issues", "templates"].contains(&name.as_str()) {
                continue;
            }
            let listed = text.lines().any(|line| {
                line.starts_with('|')
                    && line
                        .split('|')
                        .nth(1)
                        .is_some_and(|cell| cell.split(',').any(|crate_name| crate_name.trim() == name))
            });
            assert!(listed, "ARCHITECTURE.md does not say why {name} is there");
        }
    }
}

#[test]
fn only_one_file_asks_the_time_or_draws_lots() {
    for (file, text) in sources("src") {
        let asks = text.lines().any(|line| {
            !line.trim_start().starts_with("//") && (line.contains("Utc::now()") || line.contains("rand::"))
        });
        assert!(!asks || file == "src/clock.rs", "{file} asks the time or draws lots");
    }
}
