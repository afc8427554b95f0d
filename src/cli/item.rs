//! `zinas item`: the pieces of news.

mod act;
mod correct;
mod view;

use std::collections::HashMap;

use clap::Subcommand;
use clap::builder::PossibleValuesParser;
use issues::reading::Mailbox;
use issues::{EventDetails, ItemState};

use super::answer::{Failure, Outcome, json};
use super::start::{Global, named, os_user};
use super::table::{Card, Table};
use super::text::local;
use crate::app::App;
use crate::store::ItemRow;

use view::{RevisionView, Shown, View};

#[derive(Subcommand)]
pub enum Command {
    /// Lists items, oldest first; what came back from a postponement on top
    List {
        #[arg(long, value_parser = PossibleValuesParser::new(ItemState::NAMES))]
        state: Option<String>,
    },
    /// Shows one item with its revisions
    Show { id: i64 },
    /// Adds a correction to a published item; its page says so at once, the readers of the next issue are told
    Correct {
        id: i64,
        /// What was wrong, and what is right
        #[arg(long)]
        text: String,
        /// Who corrects [default: the user of this machine]
        #[arg(long, value_name = "NAME", value_parser = named)]
        by: Option<String>,
    },
    #[command(flatten)]
    Act(act::Command),
}

pub async fn run(command: Command, global: &Global) -> Outcome {
    let app = global.app().await?;
    match command {
        Command::List { state } => {
            let rows = app.store.items(app.publication, state.as_deref().unwrap_or("")).await?;
            list(&app, &rows, global).await
        }
        Command::Show { id } => {
            let row = app.store.item(id).await?.ok_or_else(|| Failure::missing("item", id))?;
            show(&app, &row, global).await
        }
        Command::Correct { id, text, by } => {
            correct::run(&app, id, &text, &by.unwrap_or_else(os_user), global).await
        }
        Command::Act(command) => act::run(command, &app, global).await,
    }
}

async fn list(app: &App, rows: &[ItemRow], global: &Global) -> Outcome {
    let messages = app.store.messages(app.publication, "", "").await?;
    let authors: HashMap<i64, Option<Mailbox>> =
        messages.iter().map(|message| (message.id, super::message::author(message))).collect();
    let author = |row: &ItemRow| row.message.and_then(|message| authors.get(&message).cloned().flatten());
    let first = first_section(app);
    if global.json {
        return json(&rows.iter().map(|row| View::of(row, author(row), first)).collect::<Vec<_>>());
    }
    let mut table = Table::new(["id", "rev", "state", "received", "from", "title", "photos", "events"]);
    for row in rows {
        let content = &row.item.content;
        table.row([
            row.id.to_string(),
            row.revision.to_string(),
            row.item.state.name().to_owned(),
            local(row.received_at, app.config.publication.zone),
            super::text::person(author(row).as_ref()),
            content.title.clone(),
            content.photos.len().to_string(),
            content.events.len().to_string(),
        ]);
    }
    table.print()
}

/// The author of the message it was made of, or else its contributor.
async fn author(app: &App, row: &ItemRow) -> anyhow::Result<Option<Mailbox>> {
    if let Some(message) = row.message
        && let Some(message) = app.store.message(message).await?
    {
        return Ok(super::message::author(&message));
    }
    let Some(contributor) = row.contributor else { return Ok(None) };
    let contributor = app.store.contributor(contributor).await?;
    Ok(contributor.and_then(|person| super::text::mailbox(&person.name, person.address.as_str())))
}

/// Items without a section go into the first.
fn first_section(app: &App) -> &str {
    app.config.publication.sections.first().map_or("", |section| section.id.as_str())
}

/// The item as programs get it, after it was changed.
async fn view_of<'a>(app: &'a App, row: &'a ItemRow) -> anyhow::Result<View<'a>> {
    Ok(View::of(row, author(app, row).await?, first_section(app)))
}

async fn show(app: &App, row: &ItemRow, global: &Global) -> Outcome {
    let revisions = app.store.revisions(row.id).await?;
    let replies = app.store.item_replies(row.id).await?;
    let corrections = app.store.corrections(&[row.id]).await?;
    let item = view_of(app, row).await?;
    if global.json {
        return json(&Shown::of(item, &revisions, &replies, &corrections));
    }
    let zone = app.config.publication.zone;
    let mut card = Card::default();
    card.field("item", row.id.to_string())
        .field("revision", row.revision.to_string())
        .field("state", item.state)
        .field("title", item.title)
        .field("section", item.section)
        .field("from", super::text::person(item.from.as_ref()))
        .field("received", local(row.received_at, zone))
        .field("message", row.message.map_or_else(String::new, |message| message.to_string()))
        .field("issue", item.issue.map_or_else(String::new, |issue| issue.to_string()))
        .field("question", item.question.unwrap_or(""))
        .field("reason", item.reason.unwrap_or(""))
        .field("postponed to", item.postponed_to.as_deref().unwrap_or(""));
    for event in item.events {
        let start = event.start.map(|start| start.to_string());
        let end = event.end.filter(|end| Some(*end) != event.start).map(|end| end.to_string());
        let dates = [start, end].into_iter().flatten().collect::<Vec<_>>().join(" to ");
        card.field("event", format!("{dates} ({})", event.text));
        let EventDetails { place, price, link } = EventDetails::of(event);
        card.field("event place", place).field("event price", price).field("event link", link);
    }
    for (number, photo) in item.photos.iter().enumerate() {
        let credit = if photo.credit.is_empty() { "no author yet" } else { &photo.credit };
        let alt = if photo.alt.is_empty() { "no description yet" } else { &photo.alt };
        card.field("photo", format!("{number}: {alt}; {}; {credit}", photo.caption));
    }
    for warning in item.warnings {
        card.field("warning", warning);
    }
    for revision in &revisions {
        let (at, by) = (local(revision.at, zone), &revision.by);
        let line = format!("{}: {} by {by} ({}) at {at}", revision.revision, revision.act, revision.channel);
        card.field("revision", line);
    }
    card.text(item.text);
    for reply in &replies {
        card.text(&format!("Reply at {}:\n{}", local(reply.at, zone), reply.text));
    }
    for correction in &corrections {
        let (at, by) = (local(correction.at, zone), &correction.by);
        card.text(&format!("Correction by {by} at {at}:\n{}", correction.text));
    }
    card.print()
}
