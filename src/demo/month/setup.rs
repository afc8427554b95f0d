//! The configuration of the month's newsroom.

use std::path::Path;

use anyhow::Context as _;

use super::super::ports::Ports;
use crate::config::{Config, SAMPLE};

/// The demo's configuration: the sample's, on loopback, with a short hold. Written where other commands find it.
pub(super) fn config(folder: &Path, ports: Ports) -> anyhow::Result<Config> {
    let Ports { web, mail, relay, .. } = ports;
    let mut text = String::new();
    let mut skipping = false;
    for line in SAMPLE.lines() {
        if line.starts_with('[') {
            skipping = line == "[inbound.imap]" || line == "[outbound]";
        }
        // The month tells of contributors and readers; nobody there leaves anything waiting for long.
        if !skipping && !line.starts_with("waiting = ") {
            text.push_str(line);
            text.push('\n');
        }
    }
    let text = text
        .replace("https://zinas.selija.com", &format!("http://127.0.0.1:{web}"))
        .replace("listen = \"127.0.0.1:8025\"", &format!("listen = \"127.0.0.1:{web}\""))
        .replace("hold_seconds = 600", "hold_seconds = 10")
        .replace("@selija.com", "@selija.example");
    let further = format!(
        "\n[inbound.listener]\nlisten = \"127.0.0.1:{mail}\"\nprotocol = \"smtp\"\n\n[outbound]\nhost = \"127.0.0.1\"\n\
         port = {relay}\nsecurity = \"none\"\nconnections = 4\nhello = \"zinas.selija.example\"\nuncertain = \"resend\"\n"
    );
    let file = folder.join("zinas.toml");
    std::fs::write(&file, text + &further).with_context(|| format!("write {}", file.display()))?;
    let config = Config::load(&file)?;
    std::fs::create_dir_all(&config.data).with_context(|| format!("make {}", config.data.display()))?;
    Ok(config)
}
