use super::*;
use issues::{LocalMoment, Precision};
use subscribers::Source;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn event(start: &str, end: &str) -> Event {
    let mut event = Event::on(day("2026-12-06"), "kā rakstīts");
    event.start = LocalMoment::parse(start);
    event.end = LocalMoment::parse(end);
    event
}

fn check(event: &Event, latvian: &str, english: &str) {
    let today = day("2026-11-25");
    let said = |language| when(language, event, today).replace('\u{a0}', " ");
    assert_eq!(said(Language::Latvian), latvian);
    assert_eq!(said(Language::English), english);
}

#[test]
fn exact_dates_are_said_as_stated() {
    for (start, end, latvian, english) in [
        ("2026-12-06T15:00", "", "Svētdien, 6. decembrī, plkst. 15.00", "Sunday 6 December, 15:00"),
        (
            "2026-12-02T17:00",
            "2026-12-02T20:00",
            "Trešdien, 2. decembrī, plkst. 17.00–20.00",
            "Wednesday 2 December, 17:00–20:00",
        ),
        (
            "2026-12-31T22:00",
            "2027-01-01T03:00",
            "Ceturtdien, 31. decembrī, plkst. 22.00–3.00",
            "Thursday 31 December, 22:00–03:00",
        ),
        ("2026-12-06", "2026-12-06", "Svētdien, 6. decembrī", "Sunday 6 December"),
        ("2027-03-01", "2027-03-03", "1.–3. martā", "1–3 March"),
        ("2026-11-30", "2026-12-02", "No 30. novembra līdz 2. decembrim", "From 30 November to 2 December"),
        ("", "2026-12-15", "Līdz otrdienai, 15. decembrim", "By Tuesday 15 December"),
        (
            "",
            "2026-12-15T18:00",
            "Līdz otrdienai, 15. decembrim, plkst. 18.00",
            "By Tuesday 15 December, 18:00",
        ),
        ("2026-12-01", "", "No otrdienas, 1. decembra", "From Tuesday 1 December"),
        (
            "2026-12-04T10:00",
            "2026-12-06T15:00",
            "No piektdienas, 4. decembra, plkst. 10.00 līdz svētdienai, 6. decembrim, plkst. 15.00",
            "From Friday 4 December, 10:00 to Sunday 6 December, 15:00",
        ),
        ("2028-05-01", "2028-05-01", "Pirmdien, 2028. gada 1. maijā", "Monday 1 May 2028"),
        ("2026-04-30", "2026-04-30", "Ceturtdien, 30. aprīlī", "Thursday 30 April"),
    ] {
        check(&event(start, end), latvian, english);
    }
}

#[test]
fn vague_dates_stay_vague() {
    let mut event = event("2027-01-01", "2027-01-31");
    event.precision = Precision::Month;
    check(&event, "Janvārī, datums vēl nav zināms", "January, date not known yet");
    event.precision = Precision::Third;
    check(&event, "Janvāra sākumā, datums vēl nav zināms", "Early January, date not known yet");
    event.precision = Precision::Season;
    event.start = LocalMoment::parse("2027-06-01");
    check(&event, "Vasarā, datums vēl nav zināms", "Summer, date not known yet");
    event.start = None;
    event.end = None;
    check(&event, "Kā rakstīts", "Kā rakstīts");
}

#[test]
fn series_are_said_and_unknown_rules_leave_the_words_of_the_text() {
    let mut event = event("2026-12-02T17:00", "2026-12-02T20:00");
    for (rule, latvian, english) in [
        ("FREQ=WEEKLY;BYDAY=WE", "Trešdienās, plkst. 17.00–20.00", "Wednesdays, 17:00–20:00"),
        (
            "FREQ=WEEKLY;BYDAY=WE,FR;UNTIL=20270430",
            "Trešdienās un piektdienās, plkst. 17.00–20.00, līdz 30. aprīlim",
            "Wednesdays and Fridays, 17:00–20:00, until 30 April",
        ),
        (
            "FREQ=MONTHLY;BYDAY=-1WE",
            "Katra mēneša pēdējā trešdienā, plkst. 17.00–20.00",
            "Every last Wednesday of the month, 17:00–20:00",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
            "Katru otro trešdienu, plkst. 17.00–20.00",
            "Every second Wednesday, 17:00–20:00",
        ),
        ("FREQ=YEARLY", "Kā rakstīts", "Kā rakstīts"),
        ("FREQ=MONTHLY;BYDAY=ē", "Kā rakstīts", "Kā rakstīts"),
    ] {
        event.rrule = Some(rule.into());
        check(&event, latvian, english);
    }
}

#[test]
fn what_will_not_happen_says_so() {
    let mut event = event("2026-12-06", "2026-12-06");
    event.status = EventStatus::Cancelled;
    check(&event, "Svētdien, 6. decembrī – nenotiks", "Sunday 6 December – cancelled");
    event.status = EventStatus::Tentative;
    check(&event, "Svētdien, 6. decembrī, vēl var mainīties", "Sunday 6 December, may still change");
}

#[test]
fn a_reader_is_told_whose_doing_it_was_in_what_fits_into_a_line() {
    let said = |language, source| {
        crate::text::why(language, source, day("2026-03-14"), day("2026-11-25")).replace('\u{a0}', " ")
    };
    assert_eq!(said(Language::Latvian, Source::Own), "14. martā pieteicāties");
    assert_eq!(said(Language::Latvian, Source::Editor), "14. martā redakcija Jūs pieteica");
    assert_eq!(said(Language::Latvian, Source::List), "14. martā Jūs no agrākā saraksta pievienojām");
    assert_eq!(said(Language::English, Source::Own), "you subscribed on 14 March");
    assert_eq!(said(Language::English, Source::Editor), "an editor added you on 14 March");
    assert_eq!(said(Language::English, Source::List), "you were on the earlier list, added on 14 March");
    for (language, source) in Language::ALL.into_iter().flat_map(|l| Source::ALL.map(|source| (l, source))) {
        let longest = crate::text::why(language, source, day("2025-09-14"), day("2026-11-25"));
        assert!(longest.chars().count() <= crate::email::SLOT_CHARACTERS, "{longest}");
    }
}

#[test]
fn the_date_of_a_subscription_has_its_year_only_when_needed() {
    let today = day("2026-11-25");
    let said = |language, date| since(language, day(date), today).replace('\u{a0}', " ");
    assert_eq!(said(Language::Latvian, "2026-03-14"), "14. martā");
    assert_eq!(said(Language::Latvian, "2025-03-14"), "2025. gada 14. martā");
    assert_eq!(said(Language::English, "2026-03-14"), "on 14 March");
    assert_eq!(said(Language::English, "2025-03-14"), "on 14 March 2025");
}
