//! `zinas issue`: the numbered editions and their deliveries.

mod view;

use clap::{Args, Subcommand, ValueEnum};
use subscribers::{EmailAddress, Language};

use super::answer::{Failure, Outcome, json};

use super::start::{Global, named, os_user};
use super::table::{Card, Table};
use super::text::{local, local_or_blank};
use crate::app::App;
use crate::newsroom::edition::{self, NotDone};
use crate::newsroom::moderate::Who;
use crate::newsroom::preview::preview;
use crate::store::IssueRow;

use view::{DeliveryView, View};

const STATES: [&str; 8] = ["draft", "ready", "held", "approved", "sending", "paused", "sent", "stopped"];
const DELIVERY_STATES: [&str; 7] =
    ["queued", "sending", "accepted", "deferred", "refused", "uncertain", "abandoned"];

#[derive(Subcommand)]
pub enum Command {
    /// Lists issues, newest last
    List {
        #[arg(long, value_parser = STATES)]
        state: Option<String>,
    },
    /// Shows one issue, what stands in it and what was found
    Show { id: i64 },
    /// Lists the deliveries of an issue, one per reader of its audience
    Deliveries {
        id: i64,
        #[arg(long, value_parser = DELIVERY_STATES)]
        state: Option<String>,
    },
    /// Prints what a reader would get
    Preview {
        id: i64,
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// The reader [default: the publication's own mailbox]
        #[arg(long, value_name = "ADDRESS")]
        to: Option<EmailAddress>,
        /// lv or en [default: the reader's own]
        #[arg(long, value_parser = super::subscriber::language)]
        language: Option<Language>,
    },
    /// Puts the open draft together, opening one if there is none
    Assemble(On),
    /// Freezes the content; it leaves at the next sending moment
    Approve(On),
    /// Sends an approved issue now, after the hold
    Send(On),
    /// Stops an issue for a while
    Pause(On),
    /// Lets a paused issue go on
    Resume(On),
    /// Stops an issue for good; what has gone stays gone
    Stop(On),
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Format {
    Html,
    Text,
    /// The whole mail with its headers
    Eml,
}

/// Which issue, and who decides.
#[derive(Args)]
pub struct On {
    /// [default: the one issue that can]
    id: Option<i64>,
    /// Who decides [default: the user of this machine]
    #[arg(long, value_name = "NAME", value_parser = named)]
    by: Option<String>,
}

impl On {
    fn by(&self) -> String {
        self.by.clone().unwrap_or_else(os_user)
    }
}

pub async fn run(command: Command, global: &Global) -> Outcome {
    let app = global.app().await?;
    match command {
        Command::List { state } => list(&app, state.as_deref().unwrap_or(""), global).await,
        Command::Show { id } => show(&app, &find(&app, id).await?, global).await,
        Command::Deliveries { id, state } => {
            find(&app, id).await?;
            deliveries(&app, id, state.as_deref().unwrap_or(""), global).await
        }
        Command::Preview { id, format, to, language } => {
            let issue = find(&app, id).await?;
            let preview = preview(&app, &issue, to.as_ref(), language).await?;
            Ok(match format {
                Format::Html => preview.email().html.into_bytes(),
                Format::Text => preview.email().text.into_bytes(),
                Format::Eml => preview.mail(&app, &issue)?,
            })
        }
        Command::Assemble(on) => after(&app, &on, edition::assemble(&app, on.id).await, global).await,
        Command::Approve(on) => after(&app, &on, edition::approve(&app, on.id, &on.by()).await, global).await,
        Command::Send(on) => after(&app, &on, edition::send(&app, on.id, &on.by()).await, global).await,
        Command::Pause(on) => after(&app, &on, edition::pause(&app, on.id, &on.by()).await, global).await,
        Command::Resume(on) => after(&app, &on, edition::resume(&app, on.id, &on.by()).await, global).await,
        Command::Stop(on) => {
            after(
                &app,
                &on,
                edition::stop(&app, on.id, Who { by: &on.by(), channel: "command" }).await,
                global,
            )
            .await
        }
    }
}

async fn after(app: &App, on: &On, done: Result<IssueRow, NotDone>, global: &Global) -> Outcome {
    match done {
        Ok(row) => show(app, &row, global).await,
        Err(NotDone::NoSuchIssue) => Err(match on.id {
            Some(id) => Failure::missing("issue", id),
            None => Failure::no("there is no such issue; `zinas issue list` shows those there are"),
        }),
        Err(NotDone::Failed(error)) => Err(error.into()),
        Err(
            error @ (NotDone::NoSendingMoment
            | NotDone::Overtaken
            | NotDone::AnotherIsOpen
            | NotDone::Step(_)),
        ) => Err(Failure::no(error.to_string())),
    }
}

async fn find(app: &App, id: i64) -> Result<IssueRow, Failure> {
    app.store.issue(id).await?.ok_or_else(|| Failure::missing("issue", id))
}

async fn items(app: &App, issue: i64) -> anyhow::Result<Vec<i64>> {
    Ok(app.store.issue_items(issue).await?.into_iter().map(|item| item.item).collect())
}

async fn list(app: &App, state: &str, global: &Global) -> Outcome {
    let rows = app.store.issues(app.publication, state).await?;
    let mut views = Vec::with_capacity(rows.len());
    for row in &rows {
        views.push(View::of(row, items(app, row.id).await?));
    }
    if global.json {
        return json(&views);
    }
    let zone = app.config.publication.zone;
    let mut table = Table::new(["id", "number", "edition", "state", "title", "items", "readers", "sent"]);
    for (row, view) in rows.iter().zip(views) {
        table.row([
            row.id.to_string(),
            format!("{}/{} ({})", row.edition.year, row.number, row.running_number),
            row.edition.to_string(),
            view.state.to_owned(),
            row.title.clone(),
            view.items.len().to_string(),
            row.audience.map_or_else(String::new, |readers| readers.to_string()),
            local_or_blank(row.sent_at, zone),
        ]);
    }
    table.print()
}

async fn show(app: &App, row: &IssueRow, global: &Global) -> Outcome {
    let view = View::of(row, items(app, row.id).await?);
    let counts = app.store.delivery_counts(row.id).await?;
    if global.json {
        return json(&view.with_deliveries(&counts));
    }
    let zone = app.config.publication.zone;
    let mut card = Card::default();
    card.field("issue", row.id.to_string())
        .field("number", format!("{} of {}, {} in all", row.number, row.edition.year, row.running_number))
        .field("edition", row.edition.to_string())
        .field("state", view.state)
        .field("title", &row.title)
        .field("sends at", local_or_blank(view.send_at.map(|at| at.0), zone))
        .field("not before", local_or_blank(view.not_before.map(|at| at.0), zone))
        .field("opened", local(row.opened_at, zone))
        .field("audience frozen", local_or_blank(row.queued_at, zone))
        .field("readers", row.audience.map_or_else(String::new, |readers| readers.to_string()))
        .field("sent", local_or_blank(row.sent_at, zone));
    for (state, count) in &counts {
        card.field("deliveries", format!("{count} {state}"));
    }
    for finding in &row.findings {
        card.field(if finding.blocks() { "held" } else { "note" }, finding.to_string());
    }
    for item in &view.items {
        if let Some(item) = app.store.item(*item).await? {
            card.field("item", format!("{}: {}", item.id, item.item.content.title));
        }
    }
    card.text(&row.note).print()
}

async fn deliveries(app: &App, issue: i64, state: &str, global: &Global) -> Outcome {
    let rows = app.store.deliveries(issue, state).await?;
    if global.json {
        return json(&rows.iter().map(DeliveryView::of).collect::<Vec<_>>());
    }
    let zone = app.config.publication.zone;
    let mut table = Table::new(["id", "recipient", "state", "tries", "settled", "last reply"]);
    for row in &rows {
        table.row([
            row.id.to_string(),
            row.recipient.clone(),
            row.state.clone(),
            row.attempts.len().to_string(),
            local_or_blank(row.settled_at, zone),
            row.attempts.last().map_or_else(|| row.reason.clone(), |attempt| attempt.reply.clone()),
        ]);
    }
    table.print()
}
