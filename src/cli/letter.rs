//! `zinas letter`: replies of readers.

use clap::Subcommand;
use issues::LetterState;
use issues::reading::Mailbox;
use serde::Serialize;

use super::answer::{Failure, Outcome, json};
use super::start::{Global, named, os_user};
use super::table::{Card, Table};
use super::text::{Moment, local, mailbox, person};
use crate::app::App;
use crate::newsroom::letters::{self, NotDone};
use crate::store::LetterRow;

const STATES: [&str; 4] = ["open", "answered", "set_aside", "made_item"];

#[derive(Subcommand)]
pub enum Command {
    /// Lists letters in the order they came
    List {
        #[arg(long, value_parser = STATES)]
        state: Option<String>,
    },
    /// Shows one letter
    Show { id: i64 },
    /// Answers a reader by mail
    Answer {
        id: i64,
        /// The answer
        #[arg(long)]
        text: String,
        /// Who answers [default: the user of this machine]
        #[arg(long, value_name = "NAME", value_parser = named)]
        by: Option<String>,
    },
    /// Puts a letter away without an answer
    SetAside {
        id: i64,
        /// Who decides [default: the user of this machine]
        #[arg(long, value_name = "NAME", value_parser = named)]
        by: Option<String>,
    },
    /// Makes a pending item of a letter
    MakeItem {
        id: i64,
        /// Who decides [default: the user of this machine]
        #[arg(long, value_name = "NAME", value_parser = named)]
        by: Option<String>,
    },
}

#[derive(Serialize)]
struct View<'a> {
    id: i64,
    issue: Option<i64>,
    from: Option<Mailbox>,
    subject: &'a str,
    text: &'a str,
    state: &'static str,
    received_at: Moment,
    message: i64,
    /// Who settled it, and with what.
    by: Option<&'a str>,
    /// The last answer.
    answer: Option<&'a str>,
    answers: Vec<Answered>,
    item: Option<i64>,
}

/// What was written back.
#[derive(Serialize)]
struct Answered {
    by: String,
    at: Moment,
    text: String,
}

fn view(row: &LetterRow) -> View<'_> {
    let (by, answer, item) = match &row.letter.state {
        LetterState::Open => (None, None, None),
        LetterState::Answered { by, text, .. } => (Some(by.as_str()), Some(text.as_str()), None),
        LetterState::SetAside { by, .. } => (Some(by.as_str()), None, None),
        LetterState::MadeItem { by, item, .. } => (Some(by.as_str()), None, Some(*item)),
    };
    let answers = row.letter.state.answers().into_iter();
    View {
        id: row.id,
        issue: row.issue,
        from: mailbox(&row.from_name, &row.from_address),
        subject: &row.letter.subject,
        text: &row.letter.text,
        state: row.letter.state.name(),
        received_at: Moment(row.received_at),
        message: row.message,
        by,
        answer,
        answers: answers
            .map(|answer| Answered { by: answer.by, at: Moment(answer.at), text: answer.text })
            .collect(),
        item,
    }
}

pub async fn run(command: Command, global: &Global) -> Outcome {
    let app = global.app().await?;
    match command {
        Command::List { state } => {
            let mut rows = app.store.letters(app.publication).await?;
            if let Some(state) = state {
                rows.retain(|row| row.letter.state.name() == state);
            }
            list(&app, &rows, global)
        }
        Command::Show { id } => show(&app, &find(&app, id).await?, global),
        Command::Answer { id, text, by } => {
            let done = letters::answer(&app, id, None, &text, &by.unwrap_or_else(os_user)).await;
            after(&app, id, done, global)
        }
        Command::SetAside { id, by } => {
            let done = letters::set_aside(&app, id, None, &by.unwrap_or_else(os_user)).await;
            after(&app, id, done, global)
        }
        Command::MakeItem { id, by } => {
            let done = letters::make_item(&app, id, None, &by.unwrap_or_else(os_user)).await;
            after(&app, id, done, global)
        }
    }
}

fn after(app: &App, id: i64, done: Result<LetterRow, NotDone>, global: &Global) -> Outcome {
    match done {
        Ok(row) => show(app, &row, global),
        Err(NotDone::NoSuchLetter) => Err(Failure::missing("letter", id)),
        Err(NotDone::Failed(error)) => Err(error.into()),
        Err(
            error @ (NotDone::NoWords
            | NotDone::TooLong
            | NotDone::Unsent
            | NotDone::NoAddress
            | NotDone::Suppressed
            | NotDone::Overtaken(_)
            | NotDone::Step(_)),
        ) => Err(Failure::no(error.to_string())),
    }
}

async fn find(app: &App, id: i64) -> Result<LetterRow, Failure> {
    app.store.letter(id).await?.ok_or_else(|| Failure::missing("letter", id))
}

fn list(app: &App, rows: &[LetterRow], global: &Global) -> Outcome {
    if global.json {
        return json(&rows.iter().map(view).collect::<Vec<_>>());
    }
    let mut table = Table::new(["id", "received", "state", "issue", "from", "subject"]);
    for row in rows {
        let letter = view(row);
        table.row([
            letter.id.to_string(),
            local(row.received_at, app.config.publication.zone),
            letter.state.to_owned(),
            letter.issue.map_or_else(String::new, |issue| issue.to_string()),
            person(letter.from.as_ref()),
            letter.subject.to_owned(),
        ]);
    }
    table.print()
}

fn show(app: &App, row: &LetterRow, global: &Global) -> Outcome {
    let letter = view(row);
    if global.json {
        return json(&letter);
    }
    let number = |id: Option<i64>| id.map_or_else(String::new, |id| id.to_string());
    let mut card = Card::default();
    card.field("letter", row.id.to_string())
        .field("state", letter.state)
        .field("by", letter.by.unwrap_or(""))
        .field("from", person(letter.from.as_ref()))
        .field("subject", letter.subject)
        .field("received", local(row.received_at, app.config.publication.zone))
        .field("issue", number(letter.issue))
        .field("message", row.message.to_string())
        .field("item", number(letter.item))
        .text(letter.text);
    for answer in &letter.answers {
        card.text(&format!("Answer:\n{}", answer.text));
    }
    card.print()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use issues::Letter;

    use super::*;

    #[test]
    fn a_letter_has_every_key() {
        let at = DateTime::from_timestamp(1_795_590_000, 0).unwrap();
        let state = LetterState::MadeItem { by: "ilze".into(), at, item: 9, answers: Vec::new() };
        let row = LetterRow {
            id: 2,
            publication: 1,
            public_id: 77,
            message: 4,
            issue: Some(1),
            from_address: "anna@example.lv".into(),
            from_name: "Anna".into(),
            letter: Letter { subject: "Par talku".into(), text: "Paldies!".into(), state },
            received_at: at,
        };
        assert_eq!(
            serde_json::to_value(view(&row)).unwrap(),
            serde_json::json!({
                "id": 2, "issue": 1, "from": { "name": "Anna", "address": "anna@example.lv" },
                "subject": "Par talku", "text": "Paldies!", "state": "made_item",
                "received_at": "2026-11-25T07:00:00Z", "message": 4, "by": "ilze", "answer": null, "answers": [],
                "item": 9,
            })
        );
    }
}
