//! The date of an event as the fields of a form have it, and back.

use chrono::{Datelike as _, Days, Months, NaiveDate, NaiveTime};

use crate::{Event, LocalMoment, Precision};

/// The fields, each as it is typed: dates 2026-12-06, times 15:00.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EventFields {
    pub date: String,
    pub time: String,
    /// Empty where the event ends on its day.
    pub end_date: String,
    pub end_time: String,
    pub said: Said,
}

/// How precisely a date is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Said {
    #[default]
    Exact,
    /// Open: from this day on.
    From,
    /// A deadline.
    Until,
    /// The beginning, middle or end of the month.
    Third,
    Month,
    Season,
}

impl Said {
    pub const ALL: [Said; 6] = [Said::Exact, Said::From, Said::Until, Said::Third, Said::Month, Said::Season];

    pub fn name(self) -> &'static str {
        match self {
            Said::Exact => "exact",
            Said::From => "from",
            Said::Until => "until",
            Said::Third => "third",
            Said::Month => "month",
            Said::Season => "season",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|said| said.name() == name)
    }
}

/// Which field cannot be, its value, and why.
type Wrong = (&'static str, String, &'static str);

impl EventFields {
    pub fn of(event: &Event) -> Self {
        let date = |moment: LocalMoment| moment.date().to_string();
        let clock = |moment: Option<LocalMoment>| {
            moment
                .and_then(LocalMoment::time)
                .map_or_else(String::new, |time| time.format("%H:%M").to_string())
        };
        let (start, end) = (event.start, event.end);
        let said = match (event.precision, start, end) {
            (Precision::Third, ..) => Said::Third,
            (Precision::Month, ..) => Said::Month,
            (Precision::Season, ..) => Said::Season,
            (Precision::Exact, None, Some(_)) => Said::Until,
            (Precision::Exact, Some(LocalMoment::Day(_)), None) => Said::From,
            (Precision::Exact, ..) => Said::Exact,
        };
        let first = start.or(end);
        let last = end.filter(|_| said == Said::Exact && start.is_some());
        let end_date = last.filter(|last| first.is_none_or(|first| first.date() != last.date()));
        Self {
            date: first.map_or_else(String::new, date),
            time: clock(first),
            end_date: end_date.map_or_else(String::new, date),
            end_time: clock(last),
            said,
        }
    }
}

impl Event {
    /// One that has no date yet.
    pub(super) fn undated() -> Self {
        Self { start: None, end: None, ..Self::on(NaiveDate::MIN, "") }
    }

    /// Another day, with the same clock and the same length.
    pub(super) fn move_to(&mut self, day: NaiveDate) {
        if let Some(from) = self.start.or(self.end).map(LocalMoment::date) {
            let by = day - from;
            let moved = |moment: LocalMoment| match moment {
                LocalMoment::Day(day) => day.checked_add_signed(by).map(LocalMoment::Day),
                LocalMoment::Time(time) => time.checked_add_signed(by).map(LocalMoment::Time),
            };
            self.start = self.start.and_then(moved);
            self.end = self.end.and_then(moved);
        }
        self.agree();
    }

    /// Somebody chose the date: its weekday is the date's own.
    pub(super) fn agree(&mut self) {
        self.warn = None;
        self.weekday = None;
    }

    /// Takes the date of a form.
    pub(super) fn set(&mut self, fields: &EventFields) -> Result<(), Wrong> {
        let day = |field, text: &str| match text {
            "" => Ok(None),
            text => text.parse::<NaiveDate>().map(Some).map_err(|_| (field, text.to_owned(), "no such day")),
        };
        let clock = |field, text: &str| match text {
            "" => Ok(None),
            text => ["%H:%M", "%H.%M", "%H:%M:%S"]
                .iter()
                .find_map(|format| NaiveTime::parse_from_str(text, format).ok())
                .map(Some)
                .ok_or_else(|| (field, text.to_owned(), "no such time")),
        };
        let first = day("date", &fields.date)?;
        let from = clock("time", &fields.time)?;
        let last = day("end_date", &fields.end_date)?;
        let to = clock("end_time", &fields.end_time)?;
        self.precision = match fields.said {
            Said::Exact | Said::From | Said::Until => Precision::Exact,
            Said::Third => Precision::Third,
            Said::Month => Precision::Month,
            Said::Season => Precision::Season,
        };
        let Some(first) = first else {
            if from.is_some() || last.is_some() || to.is_some() {
                return Err(("date", String::new(), "a time needs a day"));
            }
            (self.start, self.end, self.all_day) = (None, None, true);
            self.agree();
            return Ok(());
        };
        let moment = |day: NaiveDate, time: Option<NaiveTime>| match time {
            Some(time) => LocalMoment::Time(day.and_time(time)),
            None => LocalMoment::Day(day),
        };
        let (start, end) = match fields.said {
            Said::Exact => {
                let end = match (last, to) {
                    // Past midnight, as people say it: 22.00 to 3.00.
                    (None, Some(to)) if from.is_some_and(|from| to < from) => {
                        Some(moment(first.succ_opt().unwrap_or(first), Some(to)))
                    }
                    (None, None) if from.is_some() => None,
                    (last, to) => Some(moment(last.unwrap_or(first), to)),
                };
                (Some(moment(first, from)), end)
            }
            Said::From => (Some(moment(first, from)), None),
            Said::Until => (None, Some(moment(first, from))),
            Said::Third | Said::Month | Said::Season => {
                let (first, last) = around(first, fields.said);
                (Some(LocalMoment::Day(first)), Some(LocalMoment::Day(last)))
            }
        };
        let order = |moment: LocalMoment| (moment.date(), moment.time().unwrap_or(NaiveTime::MIN));
        if let (Some(start), Some(end)) = (start, end)
            && (end.date() < start.date() || end.time().is_some() && order(end) < order(start))
        {
            return Err(("end_date", fields.end_date.clone(), "it ends before it begins"));
        }
        self.all_day = [start, end].into_iter().flatten().all(|moment| moment.time().is_none());
        (self.start, self.end) = (start, end);
        self.agree();
        Ok(())
    }
}

/// The part of the year around a day that is said without a day.
fn around(day: NaiveDate, said: Said) -> (NaiveDate, NaiveDate) {
    let first_of_month = day.with_day(1).unwrap_or(day);
    let before = |day: Option<NaiveDate>| day.and_then(|day| day.pred_opt()).unwrap_or(first_of_month);
    let after = |months: u32, day: NaiveDate| before(day.checked_add_months(Months::new(months)));
    match said {
        Said::Third => {
            let from = match day.day() {
                ..=10 => 0,
                11..=20 => 10,
                _ => 20,
            };
            let first = first_of_month + Days::new(from);
            (first, if from == 20 { after(1, first_of_month) } else { first + Days::new(9) })
        }
        Said::Season => {
            let back = day.month() % 3;
            let first = first_of_month.checked_sub_months(Months::new(back)).unwrap_or(first_of_month);
            (first, after(3, first))
        }
        Said::Month | Said::Exact | Said::From | Said::Until => (first_of_month, after(1, first_of_month)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(start: &str, end: &str) -> Event {
        let mut event = Event::undated();
        event.start = LocalMoment::parse(start);
        event.end = LocalMoment::parse(end);
        event.all_day = !start.contains('T') && !end.contains('T');
        event
    }

    fn check(fields: [&str; 4], said: Said, want: Result<&str, &str>) {
        let [date, time, end_date, end_time] = fields.map(str::to_owned);
        let mut event = Event::undated();
        let set = event.set(&EventFields { date, time, end_date, end_time, said });
        let text = |moment: Option<LocalMoment>| moment.map_or_else(|| "…".to_owned(), |m| m.to_string());
        let got = set.map(|()| format!("{}/{}", text(event.start), text(event.end)));
        assert_eq!(got.as_deref().map_err(|(field, ..)| *field), want);
    }

    #[test]
    fn fields_become_the_event_they_say() {
        use Said::{Exact, From, Month, Season, Third, Until};
        check(["2026-12-06", "", "", ""], Exact, Ok("2026-12-06/2026-12-06"));
        check(["2026-12-06", "15:00", "", ""], Exact, Ok("2026-12-06T15:00/…"));
        check(["2026-12-06", "15.00", "", "17:30"], Exact, Ok("2026-12-06T15:00/2026-12-06T17:30"));
        check(["2026-12-31", "22:00", "", "03:00"], Exact, Ok("2026-12-31T22:00/2027-01-01T03:00"));
        check(["2026-12-06", "", "2026-12-08", ""], Exact, Ok("2026-12-06/2026-12-08"));
        check(["2026-12-06", "", "", ""], From, Ok("2026-12-06/…"));
        check(["2026-12-06", "", "", ""], Until, Ok("…/2026-12-06"));
        check(["2026-12-16", "", "", ""], Third, Ok("2026-12-11/2026-12-20"));
        check(["2027-02-28", "", "", ""], Third, Ok("2027-02-21/2027-02-28"));
        check(["2026-12-16", "", "", ""], Month, Ok("2026-12-01/2026-12-31"));
        check(["2027-01-16", "", "", ""], Season, Ok("2026-12-01/2027-02-28"));
        check(["", "", "", ""], Exact, Ok("…/…"));
        check(["rīt", "", "", ""], Exact, Err("date"));
        check(["", "10:00", "", ""], Exact, Err("date"));
        check(["2026-12-06", "25:00", "", ""], Exact, Err("time"));
        check(["2026-12-06", "", "2026-12-05", ""], Exact, Err("end_date"));
    }

    #[test]
    fn what_is_shown_and_sent_back_changes_nothing() {
        for (start, end) in [
            ("2026-12-06", "2026-12-06"),
            ("2026-12-06", "2026-12-08"),
            ("2026-12-06", ""),
            ("", "2026-12-06"),
            ("2026-12-06T15:00", ""),
            ("2026-12-06T15:00", "2026-12-06T17:00"),
            ("2026-12-06T15:00", "2026-12-08T17:00"),
            ("", "2026-12-06T15:00"),
        ] {
            let before = event(start, end);
            let mut after = before.clone();
            after.set(&EventFields::of(&before)).unwrap();
            assert_eq!(after, before);
        }
    }
}
