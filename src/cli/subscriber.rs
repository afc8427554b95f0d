//! `zinas subscriber`: readers and their consent.

mod import;

use std::collections::HashMap;

use chrono::NaiveDate;
use clap::Subcommand;
use serde::Serialize;
use subscribers::{
    Act, ConsentEvent, EmailAddress, InvalidTransition, Language, Pause, Preferences, clean_line,
};

use super::answer::{Failure, Outcome, json};
use super::start::{Global, named, os_user};
use super::table::{Card, Table};
use super::text::{Moment, known, local, local_or_blank};
use crate::app::App;
use crate::newsroom::import::as_cell;
use crate::newsroom::moderate::Who;
use crate::newsroom::people::{self, NotDone, NotErased, Origin, TakenBack};
use crate::store::{Erased, SubscriptionRow, address_hash};

const STATES: [&str; 4] = ["pending", "confirmed", "unsubscribed", "suppressed"];

#[derive(Subcommand)]
pub enum Command {
    /// Lists subscriptions by address
    List {
        #[arg(long, value_parser = STATES)]
        state: Option<String>,
    },
    /// Shows one subscription with the history of its consent
    Show { address: EmailAddress },
    /// Adds a reader who has agreed elsewhere
    Add {
        address: EmailAddress,
        /// The words they agreed to, and how; kept as the proof
        #[arg(long, value_name = "TEXT")]
        consent: String,
        /// lv or en [default: the bulletin's own]
        #[arg(long, value_parser = language)]
        language: Option<Language>,
        #[arg(long, default_value = "")]
        municipality: String,
        /// Who adds [default: the user of this machine]
        #[arg(long, value_name = "NAME", value_parser = named)]
        by: Option<String>,
    },
    /// Ends a subscription, as its reader asked
    Leave {
        address: EmailAddress,
        /// Who was asked [default: the user of this machine]
        #[arg(long, value_name = "NAME", value_parser = named)]
        by: Option<String>,
    },
    /// Lifts a suppression, with a reason that is kept
    Lift {
        address: EmailAddress,
        #[arg(long, value_name = "TEXT")]
        reason: String,
        /// Who decides [default: the user of this machine]
        #[arg(long, value_name = "NAME", value_parser = named)]
        by: Option<String>,
    },
    /// Takes a person out of the database for good; what an editor approved stays
    Erase { address: EmailAddress },
    /// Takes a list of readers from a CSV file; its first line names the columns
    Import(import::Import),
    /// Prints subscriptions as CSV, fit to be imported again
    Export {
        #[arg(long, value_parser = STATES)]
        state: Option<String>,
    },
}

#[derive(Serialize)]
struct View<'a> {
    address: &'a str,
    state: &'static str,
    language: &'static str,
    municipality: Option<&'a str>,
    plain_text: bool,
    /// `{"until": DAY}` or `{"issues": LEFT}`, while it holds.
    pause: Option<Pause>,
    confirmed_at: Option<Moment>,
    /// Oldest first.
    consent: Vec<ConsentView<'a>>,
    changed_at: Moment,
}

#[derive(Serialize)]
struct ConsentView<'a> {
    at: Moment,
    act: Act,
    words: &'a str,
    channel: &'a str,
    origin: &'a str,
}

/// A pause that is not over.
fn pause(row: &SubscriptionRow, today: NaiveDate) -> Option<Pause> {
    row.manner.pause.filter(|pause| pause.holds(today))
}

fn view<'a>(row: &'a SubscriptionRow, consent: &'a [ConsentEvent], today: NaiveDate) -> View<'a> {
    let event = |event: &'a ConsentEvent| ConsentView {
        at: Moment(event.at),
        act: event.act,
        words: &event.words,
        channel: &event.channel,
        origin: &event.origin,
    };
    View {
        address: row.address.as_str(),
        state: row.state.name(),
        language: row.language().code(),
        municipality: known(&row.preferences.municipality),
        plain_text: row.manner.plain_text,
        pause: pause(row, today),
        confirmed_at: row.confirmed_at.map(Moment),
        consent: consent.iter().map(event).collect(),
        changed_at: Moment(row.changed_at),
    }
}

/// Reads `lv` or `en`.
pub fn language(code: &str) -> Result<Language, &'static str> {
    Language::parse(code).ok_or("there are lv and en")
}

pub async fn run(command: Command, global: &Global) -> Outcome {
    let app = global.app().await?;
    match command {
        Command::List { state } => list(&app, state.as_deref().unwrap_or(""), global).await,
        Command::Show { address } => {
            let row = find(&app, &address).await?.ok_or_else(unknown)?;
            show(&app, &row, global).await
        }
        Command::Add { address, consent, language, municipality, by } => {
            let language = language.unwrap_or(app.config.publication.language);
            let preferences = Preferences { language, municipality: clean_line(&municipality) };
            let by = by.unwrap_or_else(os_user);
            let origin = Origin { channel: "command", from: &by };
            after(&app, people::add(&app, &address, &preferences, &consent, origin).await, global).await
        }
        Command::Leave { address, by } => {
            let row = find(&app, &address).await?.ok_or_else(unknown)?;
            let by = by.unwrap_or_else(os_user);
            let origin = Origin { channel: "command", from: &by };
            after(&app, people::leave(&app, row.public_id, origin).await, global).await
        }
        Command::Lift { address, reason, by } => {
            let by = by.unwrap_or_else(os_user);
            lifted(
                &app,
                people::lift(&app, &address, &reason, Who { by: &by, channel: "command" }).await,
                global,
            )
            .await
        }
        Command::Erase { address } => {
            let done = match people::erase(&app, &address).await {
                Ok(done) => done,
                Err(error @ NotErased::IsEditor) => return Err(Failure::no(error.to_string())),
                Err(NotErased::Failed(error)) => return Err(error.into()),
            };
            if global.json {
                return json(&ErasedView { erased: done.any(), suppressed: true, counts: done });
            }
            Ok(erased(&done).into_bytes())
        }
        Command::Import(command) => import::run(&command, &app, global).await,
        Command::Export { state } => {
            let rows = app.store.subscriptions(app.publication, state.as_deref().unwrap_or("")).await?;
            Ok(export(&rows, app.today())?)
        }
    }
}

async fn after(app: &App, done: Result<SubscriptionRow, NotDone>, global: &Global) -> Outcome {
    match done {
        Ok(row) => show(app, &row, global).await,
        Err(error) => Err(refused(error)),
    }
}

#[derive(Serialize)]
struct ErasedView {
    erased: bool,
    suppressed: bool,
    #[serde(flatten)]
    counts: Erased,
}

/// What is gone, what stays and why.
fn erased(done: &Erased) -> String {
    let count = |number: u64, one: &str, many: &str| match number {
        0 => None,
        1 => Some(format!("1 {one}")),
        number => Some(format!("{number} {many}")),
    };
    let gone: Vec<String> = [
        count(done.subscriptions, "subscription with its consent", "subscriptions with their consent"),
        count(done.contributors, "contributor", "contributors"),
        count(done.messages, "received mail", "received mails"),
        count(done.letters, "letter", "letters"),
        count(done.items, "item that nobody had approved", "items that nobody had approved"),
        count(done.mails, "mail of ours to them", "mails of ours to them"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let gone = match gone.is_empty() {
        true => "nothing of this person was here".to_owned(),
        false => format!("erased: {}", gone.join(", ")),
    };
    let kept = count(
        done.items_kept,
        "approved or published item with its byline, as the publication's record; ",
        "approved or published items with their bylines, as the publication's record; ",
    );
    let kept = kept.unwrap_or_default();
    format!("{gone}. Stays: {kept}a hash of the address, so that nothing is ever mailed there.\n")
}

/// Says what stood on the list; a subscription is shown as it stands now.
async fn lifted(app: &App, done: Result<TakenBack, NotDone>, global: &Global) -> Outcome {
    match done.map_err(refused)? {
        TakenBack::Subscription(row) => show(app, &row, global).await,
        TakenBack::Entry(was) if global.json => {
            json(&serde_json::json!({ "lifted": was.reason.name(), "subscription": null }))
        }
        TakenBack::Entry(was) => {
            let since = local(was.at, app.config.publication.zone);
            Ok(format!(
                "lifted: the address was suppressed ({} since {since}). There is no subscription; the reason is kept.\n",
                was.reason.name()
            )
            .into_bytes())
        }
    }
}

fn refused(error: NotDone) -> Failure {
    match error {
        NotDone::NoSuchSubscription => unknown(),
        NotDone::Failed(error) => error.into(),
        NotDone::Step(InvalidTransition { from: "unsubscribed", step: "added" }) => {
            Failure::no("this reader has left; only their own wish brings them back")
        }
        error @ (NotDone::Suppressed(_)
        | NotDone::Nobody
        | NotDone::NoReason
        | NotDone::NoConsent
        | NotDone::NotSuppressed
        | NotDone::Step(_)) => Failure::no(error.to_string()),
    }
}

fn unknown() -> Failure {
    Failure::no("there is no subscription with this address; `zinas subscriber list` shows those there are")
}

async fn find(app: &App, address: &EmailAddress) -> anyhow::Result<Option<SubscriptionRow>> {
    app.store.write().await?.subscription_of(app.publication, address).await
}

async fn list(app: &App, state: &str, global: &Global) -> Outcome {
    let rows = app.store.subscriptions(app.publication, state).await?;
    if global.json {
        let mut consents: HashMap<i64, Vec<ConsentEvent>> = HashMap::new();
        for (subscription, event) in app.store.consents(app.publication).await? {
            consents.entry(subscription).or_default().push(event);
        }
        let consent = |row: &SubscriptionRow| consents.get(&row.id).map_or(&[][..], Vec::as_slice);
        return json(&rows.iter().map(|row| view(row, consent(row), app.today())).collect::<Vec<_>>());
    }
    let zone = app.config.publication.zone;
    let mut table = Table::new(["address", "state", "language", "municipality", "confirmed"]);
    for row in &rows {
        table.row([
            row.address.as_str().to_owned(),
            row.state.name().to_owned(),
            row.language().code().to_owned(),
            row.preferences.municipality.clone(),
            local_or_blank(row.confirmed_at, zone),
        ]);
    }
    table.print()
}

async fn show(app: &App, row: &SubscriptionRow, global: &Global) -> Outcome {
    let consent = app.store.consent(row.id).await?;
    if global.json {
        return json(&view(row, &consent, app.today()));
    }
    let zone = app.config.publication.zone;
    let mut card = Card::default();
    card.field("address", row.address.as_str())
        .field("state", row.state.name())
        .field("language", row.language().code())
        .field("municipality", &row.preferences.municipality)
        .field("plain text", if row.manner.plain_text { "yes" } else { "" })
        .field("paused", pause(row, app.today()).map_or_else(String::new, paused))
        .field("confirmed", local_or_blank(row.confirmed_at, zone));
    // Also of the time before there was a subscription.
    for (was, why) in app.store.lifted_suppressions(&address_hash(&row.address)).await? {
        card.field("lifted", format!("{was}: {why}"));
    }
    for event in &consent {
        let act = act_name(event.act);
        let by = [event.channel.as_str(), event.origin.as_str()];
        let by = by.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", ");
        card.field("consent", format!("{} {act} ({by}) {}", local(event.at, zone), event.words));
    }
    card.print()
}

fn act_name(act: Act) -> &'static str {
    match act {
        Act::Requested => "requested",
        Act::Confirmed => "confirmed",
        Act::Imported => "imported",
        Act::Left => "left",
        Act::Suppressed => "suppressed",
        Act::Lifted => "lifted",
        Act::Moved => "moved",
    }
}

fn paused(pause: Pause) -> String {
    match pause {
        Pause::Until(day) => format!("until {day}"),
        Pause::Issues(1) => "for one more issue".to_owned(),
        Pause::Issues(left) => format!("for {left} more issues"),
    }
}

fn export(rows: &[SubscriptionRow], today: NaiveDate) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "address",
        "state",
        "language",
        "municipality",
        "plain_text",
        "paused_until",
        "paused_issues",
        "confirmed_at",
    ])?;
    for row in rows {
        let confirmed_at = row.confirmed_at.map(super::text::utc).unwrap_or_default();
        let (until, issues) = match pause(row, today) {
            Some(Pause::Until(day)) => (day.to_string(), String::new()),
            Some(Pause::Issues(left)) => (String::new(), left.to_string()),
            None => (String::new(), String::new()),
        };
        writer.write_record([
            as_cell(row.address.as_str()).as_str(),
            row.state.name(),
            row.language().code(),
            &as_cell(&row.preferences.municipality),
            if row.manner.plain_text { "yes" } else { "" },
            &until,
            &issues,
            &confirmed_at,
        ])?;
    }
    writer.into_inner().map_err(|error| anyhow::anyhow!("write as CSV: {error}"))
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use subscribers::{Manner, Preferences, SubscriptionState};

    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, day).unwrap()
    }

    fn row() -> SubscriptionRow {
        let at = DateTime::from_timestamp(1_795_590_000, 0).unwrap();
        SubscriptionRow {
            id: 1,
            public_id: 77,
            address: EmailAddress::parse("anna@example.lv").unwrap(),
            state: SubscriptionState::Confirmed { at, how: "import".into() },
            preferences: Preferences {
                language: Language::Latvian, municipality: "Aknīste, pilsēta".into()
            },
            manner: Manner { plain_text: true, pause: Some(Pause::Until(day(1))) },
            confirmed_at: Some(at),
            changed_at: at,
        }
    }

    #[test]
    fn a_subscription_has_every_key_and_its_consent_as_events() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
        let consent = [ConsentEvent {
            at: DateTime::from_timestamp(1_795_590_000, 0).unwrap(),
            act: Act::Imported,
            words: "Parakstīts 2025. gadā".into(),
            channel: "import".into(),
            origin: "lasitaji.csv".into(),
        }];
        assert_eq!(
            serde_json::to_value(view(&row(), &consent, today)).unwrap(),
            serde_json::json!({
                "address": "anna@example.lv", "state": "confirmed", "language": "lv",
                "municipality": "Aknīste, pilsēta", "plain_text": true, "pause": { "until": "2026-12-01" },
                "confirmed_at": "2026-11-25T07:00:00Z",
                "consent": [{
                    "at": "2026-11-25T07:00:00Z", "act": "imported", "words": "Parakstīts 2025. gadā",
                    "channel": "import", "origin": "lasitaji.csv",
                }],
                "changed_at": "2026-11-25T07:00:00Z",
            })
        );
    }

    #[test]
    fn an_erasure_says_what_is_gone_what_stays_and_why() {
        let done = Erased { subscriptions: 1, messages: 3, items: 2, items_kept: 1, ..Erased::default() };
        assert_eq!(
            erased(&done),
            "erased: 1 subscription with its consent, 3 received mails, 2 items that nobody had approved. \
             Stays: 1 approved or published item with its byline, as the publication's record; \
             a hash of the address, so that nothing is ever mailed there.\n"
        );
        assert_eq!(
            erased(&Erased::default()),
            "nothing of this person was here. \
             Stays: a hash of the address, so that nothing is ever mailed there.\n"
        );
        let view = ErasedView { erased: true, suppressed: true, counts: done };
        let value = serde_json::to_value(view).unwrap();
        assert_eq!((&value["erased"], &value["messages"]), (&true.into(), &3.into()));
    }

    #[test]
    fn an_export_is_csv_with_a_header_row() {
        let issues = Manner { plain_text: false, pause: Some(Pause::Issues(2)) };
        let rows = [row(), SubscriptionRow { manner: issues, ..row() }];
        let csv = String::from_utf8(export(&rows, day(1)).unwrap()).unwrap();
        assert_eq!(
            csv,
            "address,state,language,municipality,plain_text,paused_until,paused_issues,confirmed_at\n\
             anna@example.lv,confirmed,lv,\"Aknīste, pilsēta\",yes,,,2026-11-25T07:00:00Z\n\
             anna@example.lv,confirmed,lv,\"Aknīste, pilsēta\",,,2,2026-11-25T07:00:00Z\n",
            "a pause that is over is none"
        );
    }
}
