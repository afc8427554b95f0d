//! What the text of an item says of its dates, where an editor chose another: readers would see both.

use std::ops::Range;

use chrono::NaiveDate;

use super::ItemContent;
use crate::Event;
use crate::language::lv::{reworded, says_otherwise};

/// Words of a text that say another day or clock than the event they belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    pub old: String,
    /// The same words put right, where that is certain.
    pub new: Option<String>,
}

impl ItemContent {
    /// The words for an event that is confirmed, and of which title or text still say something else.
    pub fn wording(&self, number: usize) -> Option<Wording> {
        let event = self.events.get(number)?;
        self.words_of(event).filter(|_| event.confirmed.is_some() && event.contradiction().is_empty())
    }

    /// The words for an event, if this day is chosen for it.
    pub fn wording_on(&self, number: usize, day: NaiveDate) -> Option<Wording> {
        let mut event = self.events.get(number)?.clone();
        event.move_to(day);
        self.words_of(&event)
    }

    fn words_of(&self, event: &Event) -> Option<Wording> {
        let old = event.text.trim();
        let stands = find(&self.text, old).is_some() || find(&self.title, old).is_some();
        (stands && says_otherwise(old, event))
            .then(|| Wording { old: old.to_owned(), new: reworded(old, event) })
    }

    /// Puts the words of an event right, in title and text.
    pub(super) fn reword(&mut self, number: usize) {
        let Some(event) = self.events.get(number).filter(|event| event.contradiction().is_empty()) else {
            return;
        };
        let Some(Wording { old, new: Some(new) }) = self.words_of(event) else { return };
        for text in [&mut self.title, &mut self.text] {
            if let Some(range) = find(text, &old) {
                text.replace_range(range, &new);
            }
        }
        self.events[number].text = new;
    }
}

/// Where the words stand, whatever the space between them: lines of a text may break anywhere.
fn find(text: &str, words: &str) -> Option<Range<usize>> {
    let mut parts = words.split_whitespace();
    let first = parts.next()?;
    let rest: Vec<&str> = parts.collect();
    text.match_indices(first).find_map(|(start, _)| {
        let mut end = start + first.len();
        for part in &rest {
            let after = text[end..].trim_start();
            if after.len() == text.len() - end {
                return None;
            }
            end = text.len() - after.strip_prefix(part)?.len();
        }
        Some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Change, Confirmed, WEEKDAY_MISMATCH};

    fn content() -> ItemContent {
        let mut event =
            Event::at("2026-12-06T11:00:00".parse().unwrap(), "sestdien, 6. decembrī plkst. 11.00");
        event.warn = Some(WEEKDAY_MISMATCH.into());
        event.weekday = Some(chrono::Weekday::Sat);
        ItemContent {
            title: "Talka".into(),
            text: "Nāciet sestdien,\n6. decembrī plkst. 11.00 pie ezera.\n\nGaidīsim!".into(),
            events: vec![event],
            ..ItemContent::default()
        }
    }

    fn changed(changes: &[(&str, &str)]) -> ItemContent {
        let changes: Vec<Change> = changes
            .iter()
            .map(|(field, value)| Change { field: (*field).into(), value: (*value).into() })
            .collect();
        let by = Confirmed { by: "anna".into(), at: "2026-11-25T08:00:00Z".parse().unwrap() };
        content().changed_by(&changes, &by, chrono_tz::Europe::Riga).unwrap()
    }

    #[test]
    fn a_day_chosen_against_the_text_leaves_words_that_say_another() {
        assert_eq!(content().wording(0), None, "a choice is due first");
        let new = |day: &str| content().wording_on(0, day.parse().unwrap()).unwrap().new.unwrap();
        assert_eq!(new("2026-12-05"), "sestdien, 5. decembrī plkst. 11.00");
        assert_eq!(new("2026-12-06"), "svētdien, 6. decembrī plkst. 11.00");
        let left = changed(&[("events.0.day", "2026-12-05")]);
        assert_eq!(left.wording(0).unwrap().old, "sestdien, 6. decembrī plkst. 11.00");
    }

    #[test]
    fn the_words_are_put_right_where_they_stand() {
        let mended = changed(&[("events.0.reword", "1"), ("events.0.day", "2026-12-05")]);
        assert_eq!(mended.text, "Nāciet sestdien, 5. decembrī plkst. 11.00 pie ezera.\n\nGaidīsim!");
        assert_eq!(
            (mended.wording(0), mended.events[0].text.as_str()),
            (None, "sestdien, 5. decembrī plkst. 11.00")
        );
        let elsewhere = changed(&[("events.0.day", "2026-12-05"), ("text", "Nāciet!")]);
        assert_eq!(elsewhere.wording(0), None, "words that are gone say nothing");
        let alone = changed(&[("events.0.reword", "1")]);
        assert_eq!(alone, content(), "nothing is put right, or confirmed, before a day is chosen");
    }
}
