//! `zinas when`: the dates that a text states, for trying a sentence before it is printed.

use chrono::NaiveDate;
use clap::Args;
use issues::Event;
use issues::language::lv::events;

use super::answer::{Outcome, json};
use super::start::Global;
use super::table::Table;
use crate::clock::Clock;

#[derive(Args)]
pub struct When {
    /// Words such as “6. decembrī plkst. 15.00”
    #[arg(required = true, value_name = "TEXT")]
    words: Vec<String>,
    /// The day on which they were written, as 2026-11-25 [default: today]
    #[arg(long, value_name = "DATE")]
    on: Option<NaiveDate>,
}

pub fn run(when: &When, global: &Global) -> Outcome {
    let on = match when.on {
        Some(on) => on,
        None => {
            let zone = global.config_or_sample()?.publication.zone;
            Clock::System.now().with_timezone(&zone).date_naive()
        }
    };
    let events = events(&when.words.join(" "), on);
    if global.json { json(&events) } else { table(&events).print() }
}

fn table(events: &[Event]) -> Table<5> {
    let mut table = Table::new(["start", "end", "rule", "look at", "words"]);
    for event in events {
        table.row([
            event.start.map(|start| start.to_string()).unwrap_or_default(),
            event.end.map(|end| end.to_string()).unwrap_or_default(),
            event.rrule.clone().unwrap_or_default(),
            event.warn.clone().unwrap_or_default(),
            event.text.clone(),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_printed_as_precisely_as_they_were_stated() {
        let day = NaiveDate::from_ymd_opt(2026, 12, 6).unwrap();
        let printed = table(&[Event::on(day, "6. decembrī")]).to_string();
        assert_eq!(
            printed.lines().nth(1).unwrap().split_whitespace().collect::<Vec<_>>(),
            ["2026-12-06", "2026-12-06", "6.", "decembrī"]
        );
    }
}
