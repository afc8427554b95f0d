//! `zinas schedule`: the next moments of each job, as the daemon will meet them.

use anyhow::anyhow;
use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, TimeZone as _, Utc};
use chrono_tz::Tz;
use clap::Args;
use issues::calendar::{CatchUp, Job};
use serde::Serialize;

use super::answer::{Failure, Outcome, json};
use super::start::Global;
use super::table::Table;
use super::text::Moment;
use crate::clock::Clock;
use crate::config::Config;

#[derive(Args)]
pub struct Schedule {
    /// Moments later than this: 2026-11-25T07:00:00Z, or a day in the bulletin's zone [default: now]
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// How many moments of each job
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..=1000))]
    count: u16,
}

#[derive(Debug, PartialEq, Serialize)]
struct View {
    job: &'static str,
    at: Moment,
    /// On the wall clock of the bulletin, with its offset.
    local: String,
    rule: String,
}

pub async fn run(schedule: &Schedule, global: &Global) -> Outcome {
    let config = global.config()?;
    let zone = config.publication.zone;
    let from = match &schedule.from {
        Some(text) => moment(text, zone).ok_or_else(|| {
            Failure::Use(anyhow!("--from {text:?} is no time: write 2026-11-25T07:00:00Z or 2026-11-25"))
        })?,
        None => Clock::System.now(),
    };
    let moments = next(&config, from, usize::from(schedule.count));
    if global.json {
        return json(&moments);
    }
    let mut table = Table::new(["job", "local", "UTC", "rule"]);
    for View { job, at, local, rule } in moments {
        table.row([job.into(), local, super::text::utc(at.0), rule]);
    }
    table.print()
}

/// In the order in which they come.
fn next(config: &Config, from: DateTime<Utc>, count: usize) -> Vec<View> {
    let zone = config.publication.zone;
    let mut moments = Vec::new();
    for (job, cron) in &config.schedule {
        let rule = format!("{cron} ({zone}); {}", missed(*job));
        for at in cron.after(zone, from).take(count) {
            let local = at.with_timezone(&zone).to_rfc3339_opts(SecondsFormat::Secs, false);
            moments.push(View { job: job.name(), at: Moment(at), local, rule: rule.clone() });
        }
    }
    moments.sort_by_key(|view| view.at.0);
    moments
}

/// What becomes of a moment that passed while the daemon was down.
fn missed(job: Job) -> String {
    match job.catch_up() {
        CatchUp::Once => "if missed, caught up once".to_owned(),
        CatchUp::Skip { older_than } => {
            let hours = older_than.num_hours();
            format!("if missed, skipped after {hours} {}", if hours == 1 { "hour" } else { "hours" })
        }
    }
}

/// A time with its offset, or the first moment of a day in the zone.
fn moment(text: &str, zone: Tz) -> Option<DateTime<Utc>> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.to_utc());
    }
    let day: NaiveDate = text.parse().ok()?;
    // Some zones put their clocks forward at midnight.
    let hours = (0..24).filter_map(|hour| NaiveTime::from_hms_opt(hour, 0, 0));
    let mut starts = hours.filter_map(|time| zone.from_local_datetime(&day.and_time(time)).earliest());
    starts.next().map(|start| start.to_utc())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::{Place, SAMPLE};

    fn config() -> Config {
        let variable = |_: &str| Some("secret".to_owned());
        Config::parse(SAMPLE, Place { folder: Path::new("/srv/zinas"), variable: &variable }).unwrap()
    }

    #[test]
    fn the_next_sending_is_told_in_utc_with_its_wall_clock_and_rule() {
        let riga = chrono_tz::Europe::Riga;
        let moments = next(&config(), moment("2026-11-24", riga).unwrap(), 2);
        let sendings: Vec<_> = moments.iter().filter(|view| view.job == "send").collect();
        assert_eq!(
            serde_json::to_value(&sendings).unwrap(),
            serde_json::json!([
                { "job": "send", "at": "2026-11-25T08:00:00Z", "local": "2026-11-25T10:00:00+02:00",
                  "rule": "0 10 * * Wed#L (Europe/Riga); if missed, caught up once" },
                { "job": "send", "at": "2026-12-30T08:00:00Z", "local": "2026-12-30T10:00:00+02:00",
                  "rule": "0 10 * * Wed#L (Europe/Riga); if missed, caught up once" },
            ])
        );
        assert_eq!(moments.len(), 2 * Job::ALL.len());
        assert!(moments.is_sorted_by_key(|view| view.at.0));
    }

    #[test]
    fn a_day_begins_in_the_bulletins_zone() {
        let riga = chrono_tz::Europe::Riga;
        assert_eq!(moment("2026-11-25", riga), Some("2026-11-24T22:00:00Z".parse().unwrap()));
        assert_eq!(moment("2026-11-25T09:00:00+02:00", riga), Some("2026-11-25T07:00:00Z".parse().unwrap()));
        assert_eq!(moment("rīt", riga), None);
    }
}
