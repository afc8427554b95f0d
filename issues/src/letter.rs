//! A letter: a reader's reply. Nothing of it is published unless an editor makes an item of it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    pub subject: String,
    pub text: String,
    pub state: LetterState,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum LetterState {
    Open,
    Answered {
        by: String,
        at: DateTime<Utc>,
        text: String,
        /// Answers before this one, oldest first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        earlier: Vec<Answer>,
    },
    SetAside {
        by: String,
        at: DateTime<Utc>,
    },
    MadeItem {
        by: String,
        at: DateTime<Utc>,
        item: i64,
        /// What was answered before, oldest first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        answers: Vec<Answer>,
    },
}

/// What an editor wrote back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub by: String,
    pub at: DateTime<Utc>,
    pub text: String,
}

/// Longest answer in characters: more is no letter.
pub const ANSWER_CHARACTERS_MAX: usize = 10_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this letter is already {0}")]
pub struct InvalidLetterStep(pub &'static str);

impl LetterState {
    pub fn name(&self) -> &'static str {
        match self {
            LetterState::Open => "open",
            LetterState::Answered { .. } => "answered",
            LetterState::SetAside { .. } => "set_aside",
            LetterState::MadeItem { .. } => "made_item",
        }
    }

    /// All that was answered, oldest first.
    pub fn answers(&self) -> Vec<Answer> {
        match self {
            LetterState::Open | LetterState::SetAside { .. } => Vec::new(),
            LetterState::Answered { by, at, text, earlier } => {
                let last = Answer { by: by.clone(), at: *at, text: text.clone() };
                earlier.iter().cloned().chain([last]).collect()
            }
            LetterState::MadeItem { answers, .. } => answers.clone(),
        }
    }

    /// A letter may be answered again, and answered after it was set aside.
    ///
    /// # Errors
    /// Not after an item was made of it: the item's mails take over.
    pub fn answer(self, by: &str, at: DateTime<Utc>, text: &str) -> Result<Self, InvalidLetterStep> {
        let earlier = self.answers();
        match self {
            LetterState::Open | LetterState::Answered { .. } | LetterState::SetAside { .. } => {
                Ok(LetterState::Answered { by: by.to_owned(), at, text: text.to_owned(), earlier })
            }
            LetterState::MadeItem { .. } => Err(InvalidLetterStep("an item")),
        }
    }

    /// # Errors
    /// Only an open letter is set aside.
    pub fn set_aside(self, by: &str, at: DateTime<Utc>) -> Result<Self, InvalidLetterStep> {
        match self {
            LetterState::Open => Ok(LetterState::SetAside { by: by.to_owned(), at }),
            LetterState::Answered { .. } => Err(InvalidLetterStep("answered")),
            LetterState::SetAside { .. } => Err(InvalidLetterStep("set aside")),
            LetterState::MadeItem { .. } => Err(InvalidLetterStep("an item")),
        }
    }

    /// Takes back that it was set aside.
    ///
    /// # Errors
    /// Only a letter that was set aside is opened again.
    pub fn reopen(self) -> Result<Self, InvalidLetterStep> {
        match self {
            LetterState::SetAside { .. } => Ok(LetterState::Open),
            LetterState::Open => Err(InvalidLetterStep("open")),
            LetterState::Answered { .. } => Err(InvalidLetterStep("answered")),
            LetterState::MadeItem { .. } => Err(InvalidLetterStep("an item")),
        }
    }

    /// # Errors
    /// An item is made of a letter once.
    pub fn make_item(self, by: &str, at: DateTime<Utc>, item: i64) -> Result<Self, InvalidLetterStep> {
        let answers = self.answers();
        match self {
            LetterState::Open | LetterState::Answered { .. } | LetterState::SetAside { .. } => {
                Ok(LetterState::MadeItem { by: by.to_owned(), at, item, answers })
            }
            LetterState::MadeItem { .. } => Err(InvalidLetterStep("an item")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_made_of_a_letter_once() {
        let at = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let made =
            LetterState::Open.answer("ilze", at, "Paldies!").unwrap().make_item("ilze", at, 5).unwrap();
        assert_eq!(made.clone().make_item("anna", at, 6), Err(InvalidLetterStep("an item")));
        assert!(made.answer("anna", at, "…").is_err());
    }

    #[test]
    fn a_second_answer_keeps_the_first() {
        let at = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let twice =
            LetterState::Open.answer("ilze", at, "Paldies!").unwrap().answer("anna", at, "Vēl.").unwrap();
        let texts = |state: &LetterState| {
            state.answers().into_iter().map(|answer| (answer.by, answer.text)).collect::<Vec<_>>()
        };
        let both = [("ilze".into(), "Paldies!".into()), ("anna".into(), "Vēl.".into())];
        assert_eq!(texts(&twice), both);
        assert_eq!(texts(&twice.make_item("anna", at, 5).unwrap()), both, "also when news are made of it");
        // As it was kept before there could be two.
        let old = r#"{"state":"answered","by":"ilze","at":"2026-11-25T10:00:00Z","text":"Paldies!"}"#;
        assert_eq!(serde_json::from_str::<LetterState>(old).unwrap().answers().len(), 1);
    }

    #[test]
    fn what_was_set_aside_can_be_taken_back() {
        let at = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let aside = LetterState::Open.set_aside("ilze", at).unwrap();
        assert_eq!(aside.reopen(), Ok(LetterState::Open));
        let answered = LetterState::Open.answer("ilze", at, "Paldies!").unwrap();
        assert_eq!(answered.reopen(), Err(InvalidLetterStep("answered")));
    }
}
