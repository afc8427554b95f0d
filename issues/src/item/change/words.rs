//! The words of an item: its title and text, where and in which language it stands, and who prepared it.

use super::super::{Limited, TEXT_CHARACTERS_MAX};
use super::{Changing, Given, InvalidChange, clean, one_line};
use crate::{Byline, language};

impl Changing {
    pub(super) fn word(&mut self, part: &str, given: &Given<'_>) -> Result<(), InvalidChange> {
        let content = &mut self.content;
        let value = given.value.clone();
        match part {
            "title" => content.title = one_line(&value),
            // Left alone, a letter stays as it was written.
            "text" if value == clean(&content.text) => {}
            // The words of a letter again, without marks.
            "plain_text" => (content.text, content.marked) = (value, false),
            "text" => {
                content.write(&clean(&language::pasted(&given.change.value)));
                // What is guarded of a letter has grown.
                if content.text.chars().count() > TEXT_CHARACTERS_MAX {
                    return Err(InvalidChange::TooLong(Limited::Text));
                }
            }
            "section" => content.section = one_line(&value),
            "language" => content.language = (!value.is_empty()).then_some(value),
            "order" if value.is_empty() => content.order = None,
            "order" => {
                content.order =
                    Some(value.parse().map_err(|_| given.invalid("the order is a whole number"))?);
            }
            _ => return Err(given.unknown()),
        }
        Ok(())
    }

    pub(super) fn byline(&mut self, part: &str, given: &Given<'_>) -> Result<(), InvalidChange> {
        let mut byline = self.content.byline.clone().unwrap_or_default();
        let slot = match part {
            "name" => &mut byline.name,
            "role" => &mut byline.role,
            "organisation" => &mut byline.organisation,
            _ => return Err(given.unknown()),
        };
        *slot = (!given.value.is_empty()).then(|| one_line(&given.value));
        self.content.byline = (byline != Byline::default()).then_some(byline);
        Ok(())
    }
}
