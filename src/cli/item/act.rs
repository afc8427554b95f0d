//! The decisions on an item. Each is a compare-and-set: who was overtaken is told who decided what.

use anyhow::anyhow;
use clap::{Args, Subcommand};
use issues::{Change, Edition};
use serde::Serialize;

use super::{RevisionView, View, show, view_of};
use crate::app::App;
use crate::cli::answer::{Failure, Outcome, json};
use crate::cli::start::{Global, named, os_user};
use crate::cli::text::local;
use crate::newsroom::moderate::{self, Act, NotDecided, Who, decide};
use crate::store::{ItemRow, Revision};

#[derive(Subcommand)]
pub enum Command {
    /// Takes an item into the next issue
    Approve(On),
    /// Turns an item down; the contributor is told why
    Reject {
        #[command(flatten)]
        on: On,
        /// Mailed to the contributor
        #[arg(long, alias = "text")]
        reason: String,
    },
    /// Asks the contributor something
    Ask {
        #[command(flatten)]
        on: On,
        /// The question, mailed to the contributor
        #[arg(long)]
        text: String,
    },
    /// Keeps an item for a later issue
    Postpone {
        #[command(flatten)]
        on: On,
        /// An edition such as 2027-01, or the id of an issue [default: the next edition]
        #[arg(long, value_name = "ISSUE")]
        to: Option<String>,
    },
    /// Changes fields of an item
    Edit {
        #[command(flatten)]
        on: On,
        /// A field and its new value, such as title=TEXT or photos.0.alt=TEXT; may be given several times
        #[arg(long, required = true, value_name = "FIELD=VALUE", value_parser = change)]
        set: Vec<Change>,
    },
    /// Takes the last decision back
    Undo(On),
}

/// Which item, and who decides.
#[derive(Args)]
pub struct On {
    id: i64,
    /// Decide only if the item still has this revision
    #[arg(long, value_name = "N")]
    revision: Option<i64>,
    /// Who decides [default: the user of this machine]
    #[arg(long, value_name = "NAME", value_parser = named)]
    by: Option<String>,
}

/// An item after a decision.
#[derive(Serialize)]
struct Done<'a> {
    #[serde(flatten)]
    item: View<'a>,
    /// Why the contributor is not told of it; null where they are, or need not be.
    not_told: Option<String>,
}

/// How an item stands for somebody who came too late.
#[derive(Serialize)]
struct Overtaken<'a> {
    #[serde(flatten)]
    item: View<'a>,
    decided: Option<RevisionView<'a>>,
}

fn change(text: &str) -> Result<Change, &'static str> {
    let (field, value) = text.split_once('=').ok_or("write FIELD=VALUE, such as photos.0.alt=TEXT")?;
    Ok(Change { field: field.trim().to_owned(), value: value.to_owned() })
}

pub async fn run(command: Command, app: &App, global: &Global) -> Outcome {
    let (on, act) = match command {
        Command::Approve(on) => (on, Act::Approve),
        Command::Undo(on) => (on, Act::Undo),
        Command::Reject { on, reason } => (on, Act::Reject { reason }),
        Command::Ask { on, text } => (on, Act::Ask { question: text }),
        Command::Edit { on, set } => (on, Act::Edit(set)),
        Command::Postpone { on, to } => {
            let to = match to {
                Some(text) => Some(edition(app, &text).await?),
                None => None,
            };
            (on, Act::Postpone { to })
        }
    };
    let by = on.by.unwrap_or_else(os_user);
    let who = Who { by: &by, channel: "command" };
    let told = moderate::is_told(&act);
    let edits = matches!(act, Act::Edit(_));
    let before = app.store.item(on.id).await?.map(|row| row.revision);
    match decide(app, on.id, on.revision, act, who).await {
        Ok(row) => {
            let not_told = if told { moderate::unreachable(app, &row).await? } else { None };
            let not_told = not_told.map(|why| why.to_string());
            if global.json {
                return json(&Done { item: view_of(app, &row).await?, not_told });
            }
            let mut output = show(app, &row, global).await?;
            if edits && before == Some(row.revision) {
                output.extend_from_slice(b"Nothing was changed: the item is like that already.\n");
            }
            if let Some(why) = not_told {
                output.extend_from_slice(format!("The contributor is not told: {why}.\n").as_bytes());
            }
            Ok(output)
        }
        Err(error @ NotDecided::NobodyToAsk(_)) => Err(Failure::no(error.to_string())),
        Err(NotDecided::NoSuchItem) => Err(Failure::missing("item", on.id)),
        Err(NotDecided::Overtaken { now, last }) => Err(overtaken(app, &now, last.as_deref(), global).await?),
        Err(NotDecided::Refused(refused)) => Err(Failure::no(refused.to_string())),
        Err(NotDecided::Failed(error)) => Err(error.into()),
    }
}

/// `2027-01`, or the edition of an issue that is there.
async fn edition(app: &App, text: &str) -> Result<Edition, Failure> {
    if let Some(edition) = Edition::parse(text) {
        return Ok(edition);
    }
    let id: i64 = text.parse().map_err(|_| {
        Failure::Use(anyhow!("--to {text:?} is no edition: write 2027-01, or the id of an issue"))
    })?;
    let issue = app.store.issue(id).await?.ok_or_else(|| Failure::missing("issue", id))?;
    Ok(issue.edition)
}

async fn overtaken(
    app: &App,
    now: &ItemRow,
    last: Option<&Revision>,
    global: &Global,
) -> Result<Failure, Failure> {
    let why = too_late(now, last, |at| local(at, app.config.publication.zone));
    let output = match global.json {
        true => json(&Overtaken { item: view_of(app, now).await?, decided: last.map(RevisionView::of) })?,
        false => Vec::new(),
    };
    Ok(Failure::No { why, output })
}

fn too_late(
    now: &ItemRow,
    last: Option<&Revision>,
    local: impl Fn(chrono::DateTime<chrono::Utc>) -> String,
) -> String {
    let (state, revision) = (now.item.state.name(), now.revision);
    match last {
        Some(Revision { by, act, channel, at, .. }) => format!(
            "nothing was changed: item {} is {state} at revision {revision}; {by} was faster ({act} by {channel} at {})",
            now.id,
            local(*at)
        ),
        None => format!("nothing was changed: item {} is {state} at revision {revision}", now.id),
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use issues::{Item, ItemContent, ItemState};

    use super::*;

    #[test]
    fn a_field_is_set_to_all_that_follows_the_first_equals_sign() {
        let set = change("text=2 + 2 = 4").unwrap();
        assert_eq!((set.field.as_str(), set.value.as_str()), ("text", "2 + 2 = 4"));
        assert!(change("title").is_err());
    }

    #[test]
    fn who_comes_too_late_is_told_who_decided_what() {
        let at = DateTime::from_timestamp(1_795_590_000, 0).unwrap();
        let before = Item { state: ItemState::Pending, content: ItemContent::default() };
        let after = Item { state: ItemState::Approved { by: "Ilze".into(), at }, ..before.clone() };
        let row = ItemRow {
            id: 5,
            public_id: 77,
            publication: 1,
            message: None,
            contributor: None,
            item: after.clone(),
            revision: 2,
            received_at: at,
            changed_at: at,
        };
        let (by, channel, act) = ("Ilze".into(), "link".into(), "approve".into());
        let last = Revision { revision: 2, at, by, channel, act, before, after };
        assert_eq!(
            too_late(&row, Some(&last), |_| "09:00".into()),
            "nothing was changed: item 5 is approved at revision 2; Ilze was faster (approve by link at 09:00)"
        );
    }
}
