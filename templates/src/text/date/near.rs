//! Moments near today, as people say them: “vakar plkst. 21.40”, “rīt, 25. novembrī, plkst. 10.00”.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use subscribers::Language;

use super::{at, english, latvian, until};

/// “plkst. 16.41”
pub fn clock(language: Language, time: NaiveTime) -> String {
    match language {
        Language::Latvian => latvian::clock(time),
        Language::English => english::clock(time),
    }
}

/// Inside a sentence; the time is local.
pub fn near(language: Language, time: NaiveDateTime, today: NaiveDate) -> String {
    let hour = clock(language, time.time());
    match (language, (time.date() - today).num_days()) {
        (Language::Latvian, 0) => format!("šodien {hour}"),
        (Language::Latvian, -1) => format!("vakar {hour}"),
        (Language::Latvian, 1) => format!("rīt, {}, {hour}", latvian::locative(time.date())),
        (Language::English, 0) => format!("today at {hour}"),
        (Language::English, -1) => format!("yesterday at {hour}"),
        (Language::English, 1) => format!("tomorrow, {}, at {hour}", english::day(time.date())),
        _ => at(language, time, today),
    }
}

/// “līdz rītdienai plkst. 16.41” inside a sentence; the time is local.
pub fn until_near(language: Language, time: NaiveDateTime, today: NaiveDate) -> String {
    let hour = clock(language, time.time());
    match (language, (time.date() - today).num_days()) {
        (Language::Latvian, 0) => format!("līdz šodienas {hour}"),
        (Language::Latvian, 1) => format!("līdz rītdienai {hour}"),
        (Language::English, 0) => format!("by {hour} today"),
        (Language::English, 1) => format!("by {hour} tomorrow"),
        (Language::Latvian, _) => format!("{}, {hour}", until(language, time.date(), today)),
        (Language::English, _) => format!("{}, {hour}", until(language, time.date(), today)),
    }
}

/// “5. decembris ir sestdiena”
pub fn named_day(language: Language, day: NaiveDate) -> String {
    match language {
        Language::Latvian => latvian::named_day(day),
        Language::English => english::named_day(day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_moments_are_said_as_people_do() {
        let today = "2026-11-24".parse().unwrap();
        let said = |time: &str| {
            let time = time.parse().unwrap();
            [near(Language::Latvian, time, today), until_near(Language::Latvian, time, today)]
                .map(|words| words.replace('\u{a0}', " "))
        };
        assert_eq!(said("2026-11-24T08:12:00"), ["šodien plkst. 8.12", "līdz šodienas plkst. 8.12"]);
        assert_eq!(
            said("2026-11-25T16:41:00"),
            ["rīt, 25. novembrī, plkst. 16.41", "līdz rītdienai plkst. 16.41"]
        );
        assert_eq!(said("2026-11-23T21:40:00")[0], "vakar plkst. 21.40");
        assert_eq!(said("2026-11-26T10:00:00")[1], "līdz ceturtdienai, 26. novembrim, plkst. 10.00");
        let day = "2026-12-05".parse().unwrap();
        assert_eq!(named_day(Language::Latvian, day).replace('\u{a0}', " "), "5. decembris ir sestdiena");
        assert_eq!(named_day(Language::English, day).replace('\u{a0}', " "), "5 December is a Saturday");
    }
}
