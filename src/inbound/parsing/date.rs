//! The Date header as programs really write it. What cannot be a moment is `None`.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeZone as _};

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads RFC 5322, asctime and ISO forms, with or without weekday, seconds and zone (UTC then).
pub fn parse(value: &str) -> Option<DateTime<FixedOffset>> {
    let value = without_comments(value);
    if let Ok(moment) = DateTime::parse_from_rfc3339(value.trim()) {
        return plausible(moment);
    }
    let (mut day, mut month, mut year) = (None, None, None);
    let (mut time, mut offset) = (None, None);
    for word in value.split([' ', '\t', ',']).filter(|word| !word.is_empty()) {
        if let Some((date, rest)) = iso_date(word) {
            (day, month, year) = (Some(date.0), Some(date.1), Some(date.2));
            time = time.or_else(|| clock(rest));
        } else if word.contains(':') {
            time = time.or_else(|| clock(word));
        } else if let Some(zone) = zone(word) {
            offset = offset.or(Some(zone));
        } else if let Ok(number) = word.parse::<i32>() {
            if day.is_none() && (1..=31).contains(&number) && word.len() <= 2 {
                day = Some(number as u32);
            } else if year.is_none() {
                year = Some(full_year(number, word.len()));
            }
        } else if let Some(found) = month_named(word) {
            month = month.or(Some(found));
        } else if let Some((d, m, y)) = dashed(word) {
            (day, month, year) = (Some(d), Some(m), Some(y));
        }
    }
    let local = NaiveDate::from_ymd_opt(year?, month?, day?)?.and_time(time?);
    let offset = FixedOffset::east_opt(offset.unwrap_or(0))?;
    plausible(offset.from_local_datetime(&local).single()?)
}

/// Mail is not older than mail itself.
fn plausible(moment: DateTime<FixedOffset>) -> Option<DateTime<FixedOffset>> {
    use chrono::Datelike as _;
    (1971..2200).contains(&moment.year()).then_some(moment)
}

fn without_comments(value: &str) -> String {
    let mut depth = 0u32;
    value
        .chars()
        .filter(|c| {
            match c {
                '(' => depth += 1,
                ')' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}

fn iso_date(word: &str) -> Option<((u32, u32, i32), &str)> {
    let date = NaiveDate::parse_from_str(word.get(..10)?, "%Y-%m-%d").ok()?;
    use chrono::Datelike as _;
    Some(((date.day(), date.month(), date.year()), word.get(11..).unwrap_or("")))
}

/// `25-Nov-2026`
fn dashed(word: &str) -> Option<(u32, u32, i32)> {
    let mut parts = word.split('-');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    Some((day.parse().ok()?, month_named(month)?, full_year(year.parse().ok()?, year.len())))
}

fn clock(word: &str) -> Option<NaiveTime> {
    let mut parts = word.split(':');
    let hour = parts.next()?.parse().ok()?;
    let minute = parts.next()?.parse().ok()?;
    let second = parts.next().and_then(|s| s.get(..2)).and_then(|s| s.parse().ok()).unwrap_or(0);
    NaiveTime::from_hms_opt(hour, minute, if second == 60 { 59 } else { second })
}

fn month_named(word: &str) -> Option<u32> {
    let word = word.to_ascii_lowercase();
    let at = MONTHS.iter().position(|name| word.get(..3) == Some(*name))?;
    Some(at as u32 + 1)
}

/// RFC 5322 section 4.3: two digits under 50 are of this century.
fn full_year(number: i32, digits: usize) -> i32 {
    match digits {
        0..=2 if number < 50 => 2000 + number,
        0..=3 => 1900 + number,
        _ => number,
    }
}

/// Seconds east of UTC.
fn zone(word: &str) -> Option<i32> {
    let named = match word.to_ascii_uppercase().as_str() {
        "UT" | "UTC" | "GMT" | "Z" | "WET" => Some(0),
        "CET" | "WEST" | "BST" => Some(1),
        "EET" | "CEST" => Some(2),
        "EEST" | "MSK" => Some(3),
        "EST" | "CDT" => Some(-5),
        "EDT" => Some(-4),
        "CST" | "MDT" => Some(-6),
        "MST" | "PDT" => Some(-7),
        "PST" => Some(-8),
        _ => None,
    };
    if let Some(hours) = named {
        return Some(hours * 3600);
    }
    let (sign, digits) = match (word.strip_prefix('+'), word.strip_prefix('-')) {
        (Some(digits), _) => (1, digits),
        (_, Some(digits)) => (-1, digits),
        _ => return None,
    };
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    if digits.len() != 4 {
        return None;
    }
    let (hours, minutes) = (digits[..2].parse::<i32>().ok()?, digits[2..].parse::<i32>().ok()?);
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn dates_are_read_in_the_forms_in_use_and_nonsense_is_none() {
        for (given, want) in [
            ("Wed, 25 Nov 2026 09:00:00 +0200", "2026-11-25T09:00:00+02:00"),
            ("25 Nov 2026 09:00 +0200", "2026-11-25T09:00:00+02:00"),
            ("Wed, 25 Nov 26 09:00:00 EET", "2026-11-25T09:00:00+02:00"),
            ("Wed, 25 Nov 2026 09:00:00 +0200 (EET)", "2026-11-25T09:00:00+02:00"),
            ("Wed Nov 25 09:00:00 2026", "2026-11-25T09:00:00+00:00"),
            ("2026-11-25 09:00:00 +0200", "2026-11-25T09:00:00+02:00"),
            ("2026-11-25T09:00:00Z", "2026-11-25T09:00:00+00:00"),
        ] {
            assert_eq!(parse(given).unwrap().to_rfc3339(), want, "{given}");
        }
        for given in
            ["", "garbage", "Wed, 31 Feb 2026 09:00:00 +0200", "1 Jan 1970 00:00:00 +0000", "25 Nov 2026"]
        {
            assert_eq!(parse(given), None, "{given}");
        }
    }
}
