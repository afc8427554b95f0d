//! Events of an item: when each is, how that is said, and what it has beside its date.

use chrono::Datelike as _;
use chrono_tz::Tz;

use super::super::{EventFields, ItemContent, Said};
use super::{Changing, Given, InvalidChange, LIST_LENGTH_MAX, one_line};
use crate::{Event, EventStatus, LocalMoment};

/// Years around the day of a person's word in which an event may lie: 0202 and 20266 are slips of a finger.
const YEARS_BACK: i32 = 1;
const YEARS_AHEAD: i32 = 5;

impl Changing {
    pub(super) fn event(
        &mut self,
        number: usize,
        part: &str,
        given: &Given<'_>,
    ) -> Result<(), InvalidChange> {
        let value = given.value.as_str();
        let content = &mut self.content;
        let grows = number == content.events.len() && number < LIST_LENGTH_MAX;
        let fields = "date time end_date end_time said status text place price link";
        if grows && fields.split(' ').any(|field| field == part) {
            content.events.push(Event::undated());
        }
        let event = content.events.get_mut(number).ok_or_else(|| given.invalid("there is no such event"))?;
        let moment = |text: &str| match text {
            "" => Ok(None),
            text => LocalMoment::parse(text)
                .map(Some)
                .ok_or_else(|| given.invalid("a moment is written 2026-12-06 or 2026-12-06T15:00")),
        };
        // What the text says is no word on the date itself.
        if part == "reword" {
            self.reworded.insert(number);
            return Ok(());
        }
        self.touched_events.insert(number);
        match part {
            "start" => event.start = moment(value)?,
            "end" => event.end = moment(value)?,
            "text" => event.text = one_line(value),
            "place" | "price" | "link" => event.set_detail(part, value).map_err(|why| given.invalid(why))?,
            "status" => {
                event.status = match value {
                    "confirmed" => EventStatus::Confirmed,
                    "tentative" => EventStatus::Tentative,
                    "cancelled" => EventStatus::Cancelled,
                    _ => return Err(given.invalid("a status is confirmed, tentative or cancelled")),
                };
            }
            "day" => {
                let day = value.parse().map_err(|_| given.invalid("a day is written 2026-12-06"))?;
                event.move_to(day);
            }
            "date" | "time" | "end_date" | "end_time" | "said" => {
                let fields = self.moments.entry(number).or_insert_with(|| EventFields::of(event));
                match part {
                    "date" => fields.date = value.to_owned(),
                    "time" => fields.time = value.to_owned(),
                    "end_date" => fields.end_date = value.to_owned(),
                    "end_time" => fields.end_time = value.to_owned(),
                    _ => {
                        fields.said = Said::parse(value)
                            .ok_or_else(|| given.invalid("there is no such way to say it"))?
                    }
                }
                return Ok(());
            }
            "confirm" => {}
            "remove" => self.removed_events.push(number),
            _ => return Err(given.unknown()),
        }
        if matches!(part, "start" | "end") {
            let clock = |moment: Option<LocalMoment>| moment.is_some_and(|m| m.time().is_some());
            event.all_day = !clock(event.start) && !clock(event.end);
            event.agree();
        }
        Ok(())
    }

    /// Are the dates that were named near, and their times some that clocks show? What stood there before may be named
    /// again.
    pub(super) fn can_be(&self, before: &ItemContent, year: i32, zone: Tz) -> Result<(), InvalidChange> {
        let (first, last) = (year - YEARS_BACK, year + YEARS_AHEAD);
        for &number in &self.touched_events {
            let event = &self.content.events[number];
            let was = before.events.get(number);
            for (moment, was) in
                [(event.start, was.and_then(|was| was.start)), (event.end, was.and_then(|was| was.end))]
            {
                let Some(named) = moment.filter(|_| moment != was) else { continue };
                let day = named.date();
                if !(first..=last).contains(&day.year()) {
                    return Err(InvalidChange::FarDay { number, day, first, last });
                }
                if !named.is_shown_in(zone) {
                    return Err(InvalidChange::SkippedTime { number, time: named });
                }
            }
        }
        Ok(())
    }
}
