//! Latvian dates: “Svētdien, 6. decembrī, plkst. 15.00”.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};
use issues::LocalMoment;

use super::series::{Rhythm, Series};
use super::shape::{Season, Shape, Third};
use super::{capital, says_year};

pub(super) struct Month {
    pub(super) nominative: &'static str,
    pub(super) genitive: &'static str,
    pub(super) dative: &'static str,
    pub(super) locative: &'static str,
}

const fn forms(forms: [&'static str; 4]) -> Month {
    let [nominative, genitive, dative, locative] = forms;
    Month { nominative, genitive, dative, locative }
}

const MONTHS: [Month; 12] = [
    forms(["janvāris", "janvāra", "janvārim", "janvārī"]),
    forms(["februāris", "februāra", "februārim", "februārī"]),
    forms(["marts", "marta", "martam", "martā"]),
    forms(["aprīlis", "aprīļa", "aprīlim", "aprīlī"]),
    forms(["maijs", "maija", "maijam", "maijā"]),
    forms(["jūnijs", "jūnija", "jūnijam", "jūnijā"]),
    forms(["jūlijs", "jūlija", "jūlijam", "jūlijā"]),
    forms(["augusts", "augusta", "augustam", "augustā"]),
    forms(["septembris", "septembra", "septembrim", "septembrī"]),
    forms(["oktobris", "oktobra", "oktobrim", "oktobrī"]),
    forms(["novembris", "novembra", "novembrim", "novembrī"]),
    forms(["decembris", "decembra", "decembrim", "decembrī"]),
];

/// A month of the calendar, 1 to 12.
pub(super) fn month(month: u32) -> &'static Month {
    &MONTHS[(month.clamp(1, 12) - 1) as usize]
}

fn stem(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "pirm",
        Weekday::Tue => "otr",
        Weekday::Wed => "treš",
        Weekday::Thu => "ceturt",
        Weekday::Fri => "piekt",
        Weekday::Sat => "sest",
        Weekday::Sun => "svēt",
    }
}

pub(super) fn when(shape: &Shape, today: NaiveDate) -> String {
    let words = match shape {
        Shape::Deadline(moment) => until_moment(*moment, today),
        Shape::From(day) => from_moment(LocalMoment::Day(*day), today),
        Shape::Day(day) => on_day(*day, today),
        Shape::Days(first, last) => days(*first, *last, today),
        Shape::Time(time) => format!("{}, {}", on_day(time.date(), today), clock(time.time())),
        Shape::Hours(day, from, to) => {
            format!("{}, {}–{}", on_day(*day, today), clock(*from), hour(*to))
        }
        Shape::Span(start, end) => format!("{} {}", from_moment(*start, today), until_moment(*end, today)),
        Shape::Third(day, third) => {
            let third = match third {
                Third::Beginning => "sākumā",
                Third::Middle => "vidū",
                Third::End => "beigās",
            };
            let month = month(day.month()).genitive;
            format!("{}{month} {third}, datums vēl nav zināms", year_before(*day, today))
        }
        Shape::Month(day) => {
            let month = month(day.month()).locative;
            format!("{}{month}, datums vēl nav zināms", year_before(*day, today))
        }
        Shape::Season(day, season) => {
            let season = match season {
                Season::Spring => "pavasarī",
                Season::Summer => "vasarā",
                Season::Autumn => "rudenī",
                Season::Winter => "ziemā",
            };
            format!("{}{season}, datums vēl nav zināms", year_before(*day, today))
        }
        Shape::Series(series) => repeated(series, today),
        Shape::Words(words) => words.clone(),
    };
    capital(&words)
}

/// “6. decembrī”
pub(super) fn locative(day: NaiveDate) -> String {
    format!("{}.\u{a0}{}", day.day(), month(day.month()).locative)
}

/// “5. decembris ir sestdiena”
pub(super) fn named_day(day: NaiveDate) -> String {
    format!("{}.\u{a0}{} ir {}diena", day.day(), month(day.month()).nominative, stem(day.weekday()))
}

/// “2025. gada 14. martā”
pub(super) fn dated_locative(day: NaiveDate) -> String {
    format!("{}.\u{a0}gada {}", day.year(), locative(day))
}

/// “2027. gada ” where the year must be said.
fn year_before(day: NaiveDate, today: NaiveDate) -> String {
    if says_year(day, today) { format!("{}.\u{a0}gada ", day.year()) } else { String::new() }
}

/// “svētdien, 6. decembrī”
pub(super) fn on_day(day: NaiveDate, today: NaiveDate) -> String {
    format!("{}dien, {}{}", stem(day.weekday()), year_before(day, today), locative(day))
}

/// “12. decembris ir sestdiena”
pub(super) fn weekday_of(day: NaiveDate) -> String {
    format!("{}.\u{a0}{} ir {}diena", day.day(), month(day.month()).nominative, stem(day.weekday()))
}

fn days(first: NaiveDate, last: NaiveDate, today: NaiveDate) -> String {
    if (first.year(), first.month()) == (last.year(), last.month()) {
        let month = month(first.month()).locative;
        return format!("{}{}.–{}.\u{a0}{month}", year_before(first, today), first.day(), last.day());
    }
    format!(
        "no {}{}.\u{a0}{} līdz {}{}.\u{a0}{}",
        year_before(first, today),
        first.day(),
        month(first.month()).genitive,
        year_before(last, today),
        last.day(),
        month(last.month()).dative,
    )
}

fn from_moment(moment: LocalMoment, today: NaiveDate) -> String {
    let day = moment.date();
    let date = format!(
        "no {}dienas, {}{}.\u{a0}{}",
        stem(day.weekday()),
        year_before(day, today),
        day.day(),
        month(day.month()).genitive
    );
    match moment.time() {
        Some(time) => format!("{date}, {}", clock(time)),
        None => date,
    }
}

/// “līdz otrdienai, 15. decembrim”
pub(super) fn until(day: NaiveDate, today: NaiveDate) -> String {
    format!(
        "līdz {}dienai, {}{}.\u{a0}{}",
        stem(day.weekday()),
        year_before(day, today),
        day.day(),
        month(day.month()).dative
    )
}

fn until_moment(moment: LocalMoment, today: NaiveDate) -> String {
    let date = until(moment.date(), today);
    match moment.time() {
        Some(time) => format!("{date}, {}", clock(time)),
        None => date,
    }
}

/// “plkst. 15.00”
pub(super) fn clock(time: NaiveTime) -> String {
    format!("plkst.\u{a0}{}", hour(time))
}

fn hour(time: NaiveTime) -> String {
    format!("{}.{:02}", time.hour(), time.minute())
}

fn repeated(series: &Series, today: NaiveDate) -> String {
    let mut words = match &series.rhythm {
        Rhythm::Daily => "katru dienu".to_owned(),
        Rhythm::WorkingDays => "darbdienās".to_owned(),
        Rhythm::Weekly(days) => {
            let days: Vec<_> = days.iter().map(|day| format!("{}dienās", stem(*day))).collect();
            list(&days)
        }
        Rhythm::Fortnightly(day) => format!("katru otro {}dienu", stem(*day)),
        Rhythm::Monthly(nth, day) => {
            let nth = match nth {
                1 => "pirmajā",
                2 => "otrajā",
                3 => "trešajā",
                4 => "ceturtajā",
                _ => "pēdējā",
            };
            format!("katra mēneša {nth} {}dienā", stem(*day))
        }
        Rhythm::MonthDay(day) => format!("katra mēneša {day}.\u{a0}datumā"),
    };
    if let Some(from) = series.from {
        words += &format!(", {}", clock(from));
        if let Some(to) = series.to {
            words += &format!("–{}", hour(to));
        }
    }
    if let Some(last) = series.until {
        words += &format!(
            ", līdz {}{}.\u{a0}{}",
            year_before(last, today),
            last.day(),
            month(last.month()).dative
        );
    }
    words
}

/// “Rite, Kaplava un Dviete”
pub(crate) fn list(names: &[String]) -> String {
    super::super::join(names, " un ")
}
