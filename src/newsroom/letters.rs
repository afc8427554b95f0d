//! What an editor does with a reader's letter.

use anyhow::Context as _;
use issues::{InvalidLetterStep, ItemContent, LetterState, TITLE_CHARACTERS_MAX};
use subscribers::{EmailAddress, clean_line, clean_text};

use super::mails;
use crate::app::App;
use crate::clock::random_id;
use crate::store::{LetterRow, NewItem, Write};

#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    #[error("there is no such letter")]
    NoSuchLetter,
    #[error("an answer needs words")]
    NoWords,
    #[error("the letter has no address that could be answered")]
    NoAddress,
    #[error("the address is suppressed; no mail goes to it")]
    Suppressed,
    /// Somebody was faster; this is how the letter stands now.
    #[error("the letter has been settled since")]
    Overtaken(Box<LetterRow>),
    #[error(transparent)]
    Step(#[from] InvalidLetterStep),
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

/// How a letter stood when somebody looked at it; `None` acts on it however it stands.
pub type Shown<'a> = Option<&'a str>;

/// What changes whenever the letter does.
pub fn shown(row: &LetterRow) -> String {
    let at = match &row.letter.state {
        LetterState::Open => 0,
        LetterState::Answered { at, .. }
        | LetterState::SetAside { at, .. }
        | LetterState::MadeItem { at, .. } => at.timestamp_millis(),
    };
    format!("{}-{at}", row.letter.state.name())
}

/// The letter, if it still is as it was shown.
async fn find(write: &mut Write, letter: i64, as_shown: Shown<'_>) -> Result<LetterRow, NotDone> {
    let row = write.letter_for_change(letter).await?.ok_or(NotDone::NoSuchLetter)?;
    match as_shown {
        Some(as_shown) if as_shown != shown(&row) => Err(NotDone::Overtaken(Box::new(row))),
        _ => Ok(row),
    }
}

/// Answers by mail, in the thread of the letter.
///
/// # Errors
/// See [`NotDone`].
pub async fn answer(
    app: &App,
    letter: i64,
    as_shown: Shown<'_>,
    text: &str,
    by: &str,
) -> Result<LetterRow, NotDone> {
    let (text, by) = (clean_text(text), clean_line(by));
    let text = text.trim();
    if text.is_empty() {
        return Err(NotDone::NoWords);
    }
    let mut write = app.store.write().await?;
    let row = find(&mut write, letter, as_shown).await?;
    let to = EmailAddress::parse(&row.from_address).map_err(|_| NotDone::NoAddress)?;
    let state = row.letter.state.clone().answer(&by, app.clock.now(), text)?;
    write.change_letter(letter, &state).await?;
    if !mails::answer(app, &mut write, &row, &to, text).await? {
        return Err(NotDone::Suppressed);
    }
    let row = write.letter_for_change(letter).await?.context("find the letter again")?;
    write.commit().await?;
    app.wake.queued.notify_waiters();
    Ok(row)
}

/// # Errors
/// See [`NotDone`].
pub async fn set_aside(app: &App, letter: i64, as_shown: Shown<'_>, by: &str) -> Result<LetterRow, NotDone> {
    let mut write = app.store.write().await?;
    let row = find(&mut write, letter, as_shown).await?;
    let state = row.letter.state.set_aside(&clean_line(by), app.clock.now())?;
    write.change_letter(letter, &state).await?;
    let row = write.letter_for_change(letter).await?.context("find the letter again")?;
    write.commit().await?;
    Ok(row)
}

/// Makes a pending item of a letter; the letter stays with it.
///
/// # Errors
/// See [`NotDone`].
pub async fn make_item(app: &App, letter: i64, as_shown: Shown<'_>, by: &str) -> Result<LetterRow, NotDone> {
    let now = app.clock.now();
    let mut write = app.store.write().await?;
    let row = find(&mut write, letter, as_shown).await?;
    let contributor = match EmailAddress::parse(&row.from_address) {
        Ok(address) => {
            let contributor =
                write.contributor(app.publication, &address, &row.from_name, random_id(), now).await?;
            Some(contributor)
        }
        Err(_) => None,
    };
    let content = ItemContent {
        title: row.letter.subject.chars().take(TITLE_CHARACTERS_MAX).collect(),
        text: row.letter.text.clone(),
        ..ItemContent::default()
    };
    let new = NewItem {
        public_id: random_id(),
        publication: app.publication,
        message: Some(row.message),
        contributor,
        content: &content,
        received_at: now,
    };
    let item = write.keep_item(&new).await?;
    let state = row.letter.state.make_item(&clean_line(by), now, item)?;
    write.change_letter(letter, &state).await?;
    let row = write.letter_for_change(letter).await?.context("find the letter again")?;
    write.commit().await?;
    Ok(row)
}
