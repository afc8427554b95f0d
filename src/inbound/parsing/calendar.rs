//! The events of a calendar part (RFC 5545), as far as they are stated plainly: no expansion, no foreign zones.

use issues::reading::CalendarEntry;

/// Most events taken from one calendar.
const ENTRIES_MAX: usize = 200;

/// Reads the VEVENTs of a calendar. Times in UTC are turned into nothing else: they keep their `Z` form.
pub fn entries(text: &str) -> Vec<CalendarEntry> {
    let mut out = Vec::new();
    let mut open: Option<CalendarEntry> = None;
    // Components inside the event, such as an alarm, have properties of the same names.
    let mut inside = 0u32;
    for line in unfold(text) {
        let Some((name, parameters, value)) = property(&line) else {
            continue;
        };
        match (name.as_str(), value) {
            ("BEGIN", "VEVENT") => open = Some(empty()),
            ("BEGIN", _) if open.is_some() => inside += 1,
            ("END", "VEVENT") => {
                inside = 0;
                if let Some(entry) = open.take() {
                    out.push(entry);
                }
                if out.len() >= ENTRIES_MAX {
                    return out;
                }
            }
            ("END", _) => inside = inside.saturating_sub(1),
            (_, value) if inside == 0 => {
                if let Some(entry) = &mut open {
                    fill(entry, &name, &parameters, value);
                }
            }
            _ => {}
        }
    }
    out
}

fn empty() -> CalendarEntry {
    CalendarEntry {
        uid: None,
        summary: None,
        start: None,
        end: None,
        all_day: false,
        rrule: None,
        location: None,
    }
}

fn fill(entry: &mut CalendarEntry, name: &str, parameters: &str, value: &str) {
    let text = || Some(unescape(value)).filter(|text| !text.is_empty());
    match name {
        "UID" => entry.uid = text(),
        "SUMMARY" => entry.summary = text(),
        "LOCATION" => entry.location = text(),
        "RRULE" => entry.rrule = text(),
        "DTSTART" => {
            let day = value.len() == 8 || parameters.to_ascii_uppercase().contains("VALUE=DATE;");
            entry.all_day = day;
            entry.start = moment(value);
        }
        // An all-day end is exclusive in a calendar and inclusive with us.
        "DTEND" => entry.end = moment(value).map(|end| if value.len() == 8 { day_before(&end) } else { end }),
        _ => {}
    }
}

fn day_before(day: &str) -> String {
    let parsed: Option<chrono::NaiveDate> = day.parse().ok();
    parsed.and_then(|day| day.pred_opt()).map_or_else(|| day.to_owned(), |day| day.to_string())
}

/// `20240302T190000` as `2024-03-02T19:00`, a UTC time in the zone of the bulletin's readers.
fn moment(value: &str) -> Option<String> {
    let value = value.trim();
    if value.len() == 8 {
        let day = chrono::NaiveDate::parse_from_str(value, "%Y%m%d").ok()?;
        return Some(day.to_string());
    }
    let utc = value.ends_with('Z');
    let local = chrono::NaiveDateTime::parse_from_str(value.trim_end_matches('Z'), "%Y%m%dT%H%M%S").ok()?;
    let local =
        if utc { local.and_utc().with_timezone(&chrono_tz::Europe::Riga).naive_local() } else { local };
    Some(local.format("%Y-%m-%dT%H:%M").to_string())
}

fn unfold(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = line.trim_end_matches('\r');
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

/// Name in upper case, parameters with a `;` behind each, value.
fn property(line: &str) -> Option<(String, String, &str)> {
    let mut quoted = false;
    let colon = line.char_indices().find_map(|(at, c)| {
        quoted ^= c == '"';
        (c == ':' && !quoted).then_some(at)
    })?;
    let (head, value) = (&line[..colon], line[colon + 1..].trim());
    let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
    Some((name.trim().to_ascii_uppercase(), format!("{parameters};"), value))
}

fn unescape(value: &str) -> String {
    let mut out = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(other) => out.push(other),
                None => {}
            },
            c => out.push(c),
        }
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::entries;

    #[test]
    fn events_are_read_with_local_times_and_inclusive_days() {
        let text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1@x.example\r\nSUMMARY:Talka\\, ar\r\n  putru\r\n\
            DTSTART;TZID=Europe/Riga:20240302T190000\r\nBEGIN:VALARM\r\nDESCRIPTION:x\r\nSUMMARY:y\r\nEND:VALARM\r\n\
            LOCATION:Rite\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20240720\r\nDTEND;VALUE=DATE:20240722\r\n\
            END:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART:20240701T150000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        let found = entries(text);
        assert_eq!(found.len(), 3);
        assert_eq!(found[0].summary.as_deref(), Some("Talka, ar putru"));
        assert_eq!(found[0].start.as_deref(), Some("2024-03-02T19:00"));
        assert!(found[1].all_day);
        assert_eq!(found[1].end.as_deref(), Some("2024-07-21"));
        assert_eq!(found[2].start.as_deref(), Some("2024-07-01T18:00"));
    }
}
