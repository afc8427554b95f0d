//! `zinas message`: everything ever received, quarantined mail too.

use std::collections::HashMap;

use anyhow::Context as _;
use clap::Subcommand;
use clap::builder::PossibleValuesParser;
use issues::reading::{Kind, Mailbox, Report};
use serde::Serialize;

use super::answer::{Failure, Outcome, json};
use super::start::Global;
use super::table::{Card, Table};
use super::text::{Moment, known, local};
use crate::app::App;
use crate::store::{ERASED, MessageRow};

const STATES: [&str; 3] = ["received", "routed", "quarantined"];

#[derive(Subcommand)]
pub enum Command {
    /// Lists messages in the order they came
    List {
        #[arg(long, value_parser = STATES)]
        state: Option<String>,
        #[arg(long, value_parser = PossibleValuesParser::new(Kind::ALL.map(Kind::name)))]
        kind: Option<String>,
    },
    /// Shows one message and how it was understood
    Show {
        id: i64,
        /// Print the bytes as they came
        #[arg(long)]
        raw: bool,
    },
}

#[derive(Serialize)]
struct View<'a> {
    id: i64,
    /// `null` until it is understood.
    kind: Option<&'a str>,
    state: &'a str,
    from: Option<Mailbox>,
    subject: Option<&'a str>,
    received_at: Moment,
    sha256: &'a str,
    why: &'a str,
    items: &'a [i64],
    bytes: i64,
    source: &'a str,
}

#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    message: View<'a>,
    /// Of the envelope; empty for the null sender, `null` where the source did not say.
    sender: Option<&'a str>,
    recipients: &'a [String],
    report: Option<Report>,
}

fn view<'a>(row: &'a MessageRow, items: &'a [i64]) -> View<'a> {
    View {
        id: row.id,
        kind: known(&row.kind),
        state: &row.state,
        from: author(row),
        subject: known(&row.subject),
        received_at: Moment(row.received_at),
        sha256: &row.sha256,
        why: &row.why,
        items,
        bytes: row.bytes,
        source: &row.source,
    }
}

/// Who wrote a message, as its header says; `None` before it is understood.
pub fn author(row: &MessageRow) -> Option<Mailbox> {
    super::text::mailbox(&row.from_name, &row.from_address)
}

async fn items_by_message(app: &App) -> anyhow::Result<HashMap<i64, Vec<i64>>> {
    let mut items: HashMap<i64, Vec<i64>> = HashMap::new();
    for (message, item) in app.store.items_of_messages(app.publication).await? {
        items.entry(message).or_default().push(item);
    }
    Ok(items)
}

pub async fn run(command: Command, global: &Global) -> Outcome {
    let app = global.app().await?;
    match command {
        Command::List { state, kind } => {
            let (state, kind) = (state.as_deref().unwrap_or(""), kind.as_deref().unwrap_or(""));
            list(&app, &app.store.messages(app.publication, state, kind).await?, global).await
        }
        Command::Show { id, raw } => {
            let row = app.store.message(id).await?.ok_or_else(|| Failure::missing("message", id))?;
            if raw && row.why == ERASED {
                return Err(Failure::no(format!("message {id} was {ERASED}; its bytes are gone")));
            }
            if raw {
                let blob = app.store.blob(&row.sha256).await?;
                let blob = blob.with_context(|| format!("database: the bytes of message {id} are gone"))?;
                return Ok(blob.content);
            }
            show(&app, &row, global).await
        }
    }
}

async fn list(app: &App, rows: &[MessageRow], global: &Global) -> Outcome {
    let items = items_by_message(app).await?;
    let items_of = |id: i64| items.get(&id).map_or(&[][..], Vec::as_slice);
    if global.json {
        return json(&rows.iter().map(|row| view(row, items_of(row.id))).collect::<Vec<_>>());
    }
    let mut table = Table::new(["id", "received", "kind", "state", "from", "subject", "items"]);
    for row in rows {
        table.row([
            row.id.to_string(),
            local(row.received_at, app.config.publication.zone),
            row.kind.clone(),
            row.state.clone(),
            super::text::person(author(row).as_ref()),
            row.subject.clone(),
            items_of(row.id).iter().map(i64::to_string).collect::<Vec<_>>().join(" "),
        ]);
    }
    table.print()
}

async fn show(app: &App, row: &MessageRow, global: &Global) -> Outcome {
    let items = items_by_message(app).await?.remove(&row.id).unwrap_or_default();
    // What could not be read at all has no report.
    let understood = row.state != "received" && row.kind != Kind::Unreadable.name();
    let report = if understood { Some(app.store.report(row.id).await?) } else { None };
    if global.json {
        return json(&Whole {
            message: view(row, &items),
            sender: row.sender.as_deref(),
            recipients: &row.recipients,
            report,
        });
    }
    let mut card = Card::default();
    card.field("message", row.id.to_string())
        .field("received", local(row.received_at, app.config.publication.zone))
        .field("by", &row.source)
        .field("state", &row.state)
        .field("kind", &row.kind)
        .field("why", &row.why)
        .field("from", super::text::person(author(row).as_ref()))
        .field("subject", &row.subject)
        .field("items", items.iter().map(i64::to_string).collect::<Vec<_>>().join(" "))
        .field("bytes", row.bytes.to_string())
        .field("sha256", &row.sha256);
    if let Some(report) = &report {
        for warning in &report.warnings {
            card.field("warning", &warning.text);
        }
        card.text(&report.text);
    }
    card.print()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn row() -> MessageRow {
        MessageRow {
            id: 3,
            publication: 1,
            source: "pipe".into(),
            sender: Some("ilze@example.lv".into()),
            recipients: vec!["info@selija.example".into()],
            received_at: DateTime::from_timestamp(1_795_590_000, 0).unwrap(),
            sha256: "ab".into(),
            bytes: 120,
            state: "received".into(),
            kind: String::new(),
            why: String::new(),
            reason: None,
            from_address: String::new(),
            from_name: String::new(),
            subject: String::new(),
            header_message_id: String::new(),
            tries: 0,
        }
    }

    #[test]
    fn what_is_not_known_yet_is_null_and_no_key_is_missing() {
        assert_eq!(
            serde_json::to_value(view(&row(), &[])).unwrap(),
            serde_json::json!({
                "id": 3, "kind": null, "state": "received", "from": null, "subject": null,
                "received_at": "2026-11-25T07:00:00Z", "sha256": "ab", "why": "", "items": [],
                "bytes": 120, "source": "pipe",
            })
        );
    }

    #[test]
    fn an_understood_message_names_its_author_and_items() {
        let row = MessageRow {
            kind: "submission".into(),
            state: "routed".into(),
            from_address: "ilze@example.lv".into(),
            subject: "Talka".into(),
            ..row()
        };
        let value = serde_json::to_value(view(&row, &[5, 6])).unwrap();
        assert_eq!(value["from"], serde_json::json!({ "name": null, "address": "ilze@example.lv" }));
        assert_eq!((&value["items"][1], &value["kind"]), (&6.into(), &"submission".into()));
    }
}
