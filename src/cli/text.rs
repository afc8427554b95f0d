//! Texts and moments as the command line shows them.
//!
//! What came by mail may hold control characters that move a terminal's cursor or turn its text around; none of them
//! is printed. Programs get the text as it is: JSON escapes it.

use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use issues::reading::Mailbox;
use serde::{Serialize, Serializer};

/// A moment in JSON: `2026-11-25T07:00:00Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment(pub DateTime<Utc>);

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&utc(self.0))
    }
}

/// `2026-11-25T07:00:00Z`.
pub fn utc(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// A moment for people: on the wall clock of the bulletin.
pub fn local(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string()
}

pub fn local_or_blank(at: Option<DateTime<Utc>>, zone: Tz) -> String {
    at.map_or_else(String::new, |at| local(at, zone))
}

/// `None` where nothing is known, as programs get it.
pub fn known(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// `{name, address}`, or `None` where neither is known.
pub fn mailbox(name: &str, address: &str) -> Option<Mailbox> {
    let mailbox =
        Mailbox { name: known(name).map(str::to_owned), address: known(address).map(str::to_owned) };
    (mailbox.name.is_some() || mailbox.address.is_some()).then_some(mailbox)
}

/// A person for people: the name, else the address.
pub fn person(mailbox: Option<&Mailbox>) -> String {
    let words = mailbox.and_then(|mailbox| mailbox.name.as_ref().or(mailbox.address.as_ref()));
    words.cloned().unwrap_or_default()
}

/// A text on one line, without anything that a terminal obeys.
pub fn line(text: &str) -> String {
    let spaced = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut line = String::new();
    for word in spaced.filter(|c| !turns_text(*c)).collect::<String>().split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// A text with its lines, without anything that a terminal obeys.
pub fn lines(text: &str) -> String {
    text.lines().map(printable).collect::<Vec<_>>().join("\n")
}

fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c == '\t' { ' ' } else { c })
        .filter(|c| !c.is_control() && !turns_text(*c))
        .collect()
}

/// Characters that change the direction of the text after them.
fn turns_text(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_has_no_fractions_and_ends_in_z() {
        let at = DateTime::from_timestamp_millis(1_795_590_000_250).unwrap();
        assert_eq!(serde_json::to_string(&Moment(at)).unwrap(), "\"2026-11-25T07:00:00Z\"");
        assert_eq!(local(at, chrono_tz::Europe::Riga), "2026-11-25 09:00");
    }

    #[test]
    fn a_subject_cannot_command_the_terminal() {
        assert_eq!(line("Talka\u{1b}[2J \r\n\tsestdien\u{202e}ā"), "Talka [2J sestdienā");
        assert_eq!(lines("viens\u{7}\n\ndivi\u{1b}[1m"), "viens\n\ndivi[1m");
    }
}
