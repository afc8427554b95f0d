use proptest::prelude::*;

use super::*;

fn event(start: &str, end: &str) -> Event {
    let start = LocalMoment::parse(start);
    let end = LocalMoment::parse(end);
    Event { start, end, ..Event::on(NaiveDate::default(), "") }
}

fn entry(event: Event) -> Entry {
    Entry {
        uid: "2026-12-talka-1@salas.example".into(),
        sequence: 3,
        changed_at: "2026-11-25T10:00:00Z".parse().unwrap(),
        title: "Talka".into(),
        description: String::new(),
        place: String::new(),
        url: "https://salas.example/2026/12/talka".into(),
        event,
    }
}

fn calendar(entries: Vec<Entry>) -> String {
    write(&Calendar { name: "Ziņas".into(), zone: chrono_tz::Europe::Riga, entries })
}

/// The lines of the event that say when.
fn when(event: Event) -> Vec<String> {
    let text = calendar(vec![entry(event)]);
    let inside = text.split("BEGIN:VEVENT").nth(1).unwrap_or("");
    let dated =
        |line: &&str| ["DTSTART", "DTEND", "RRULE", "STATUS"].iter().any(|name| line.starts_with(name));
    inside.lines().filter(dated).map(str::to_owned).collect()
}

#[test]
fn days_and_times_are_written_as_they_were_stated() {
    let riga = "TZID=Europe/Riga";
    for (start, end, expected) in [
        (
            "2026-12-06",
            "2026-12-06",
            ["DTSTART;VALUE=DATE:20261206".to_owned(), "DTEND;VALUE=DATE:20261207".to_owned()],
        ),
        (
            "2026-12-30",
            "2026-12-31",
            ["DTSTART;VALUE=DATE:20261230".to_owned(), "DTEND;VALUE=DATE:20270101".to_owned()],
        ),
        (
            "",
            "2026-12-15",
            ["DTSTART;VALUE=DATE:20261215".to_owned(), "DTEND;VALUE=DATE:20261216".to_owned()],
        ),
        (
            "2026-12-06T22:00",
            "2026-12-07T03:00",
            [format!("DTSTART;{riga}:20261206T220000"), format!("DTEND;{riga}:20261207T030000")],
        ),
        (
            "2026-12-06T10:00",
            "2026-12-07",
            [format!("DTSTART;{riga}:20261206T100000"), format!("DTEND;{riga}:20261208T000000")],
        ),
    ] {
        assert_eq!(when(event(start, end))[..2], expected, "{start} {end}");
    }
    let mut cancelled = event("2026-12-06T15:00", "");
    cancelled.status = EventStatus::Cancelled;
    assert_eq!(when(cancelled), [format!("DTSTART;{riga}:20261206T150000"), "STATUS:CANCELLED".to_owned()]);
}

#[test]
fn a_year_has_four_digits_or_is_not_written() {
    for (start, end) in
        [("9999-12-31", "9999-12-31"), ("0202-12-06", ""), ("2026-12-06T22:00", "+12026-12-07T03:00")]
    {
        let event = event(start, end);
        assert!(!is_exact(&event), "{start} {end}");
    }
    assert!(is_exact(&event("9998-12-30", "")));
}

#[test]
fn a_series_ends_with_its_last_day_in_riga() {
    let mut weekly = event("2026-12-02T17:00", "2026-12-02T20:00");
    weekly.rrule = Some("FREQ=WEEKLY;BYDAY=WE;UNTIL=20270430".into());
    assert_eq!(when(weekly.clone())[2], "RRULE:FREQ=WEEKLY;BYDAY=WE;UNTIL=20270430T205959Z");
    weekly.start = LocalMoment::parse("2026-12-02");
    weekly.end = None;
    assert_eq!(when(weekly.clone())[2], "RRULE:FREQ=WEEKLY;BYDAY=WE;UNTIL=20270430");
    weekly.rrule = Some("FREQ=WEEKLY\r\nATTENDEE:x".into());
    assert!(!is_exact(&weekly) && when(weekly).is_empty());
}

#[test]
fn what_is_not_certain_is_not_in_a_calendar() {
    for precision in [Precision::Third, Precision::Month, Precision::Season] {
        let vague = Event { precision, ..event("2027-01-01", "2027-01-31") };
        assert!(!calendar(vec![entry(vague)]).contains("VEVENT"));
    }
    assert!(!is_exact(&event("", "")));
}

#[test]
fn the_zone_changes_its_clocks_as_riga_does() {
    let text = calendar(vec![entry(event("2026-12-06T15:00", ""))]);
    let zone = text.split("BEGIN:VTIMEZONE\r\n").nth(1).unwrap().split("END:VTIMEZONE").next().unwrap();
    assert_eq!(
        zone.replace("\r\n", "\n"),
        "TZID:Europe/Riga\n\
         BEGIN:DAYLIGHT\nDTSTART:20250330T030000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\n\
         TZOFFSETFROM:+0200\nTZOFFSETTO:+0300\nTZNAME:EEST\nEND:DAYLIGHT\n\
         BEGIN:STANDARD\nDTSTART:20251026T040000\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\n\
         TZOFFSETFROM:+0300\nTZOFFSETTO:+0200\nTZNAME:EET\nEND:STANDARD\n"
    );
    assert!(!calendar(vec![entry(event("2026-12-06", ""))]).contains("VTIMEZONE"), "days have no zone");
    let mut fixed = Calendar { name: String::new(), zone: chrono_tz::UTC, entries: Vec::new() };
    fixed.entries.push(entry(event("2026-12-06T15:00", "")));
    assert!(write(&fixed).contains("TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000"));
}

/// What must hold for every line, whatever people wrote.
fn check_lines(text: &str) -> Vec<String> {
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
    let mut lines: Vec<String> = Vec::new();
    for line in text.trim_end_matches("\r\n").split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        match line.strip_prefix(' ') {
            Some(rest) => lines.last_mut().unwrap().push_str(rest),
            None => lines.push(line.to_owned()),
        }
    }
    lines
}

#[test]
fn words_stay_words() {
    let mut hostile = entry(event("2026-12-06", ""));
    hostile.title = "A;B,C\\D\r\nEND:VEVENT\u{202e}\u{85}\0 ".to_owned() + &"ģ🎄".repeat(60);
    hostile.url = "javascript:\r\nX:1".into();
    let lines = check_lines(&calendar(vec![hostile]));
    assert_eq!(lines.iter().filter(|line| *line == "END:VEVENT").count(), 1);
    let title = lines.iter().find(|line| line.starts_with("SUMMARY:")).unwrap();
    assert_eq!(*title, format!("SUMMARY:A\\;B\\,C\\\\D\\nEND:VEVENT {}", "ģ🎄".repeat(60)));
}

proptest! {
    #[test]
    fn any_words_make_a_sound_calendar(title in any::<String>(), place in any::<String>(), url in any::<String>(), rule in any::<String>()) {
        let mut any = entry(event("2026-12-06T10:00", ""));
        (any.title, any.place, any.url) = (title, place, url);
        any.event.rrule = Some(rule);
        let mut plain = any.clone();
        plain.event.rrule = None;
        let lines = check_lines(&calendar(vec![any, plain]));
        prop_assert!(lines.iter().filter(|line| *line == "BEGIN:VEVENT").count() >= 1);
        prop_assert!(lines.iter().all(|line| line.contains(':')));
    }
}
