//! What an editor does with a reader's letter.

use anyhow::Context as _;
use issues::reading::Kind;
use issues::{ANSWER_CHARACTERS_MAX, InvalidLetterStep, ItemContent, LetterState, TITLE_CHARACTERS_MAX};
use subscribers::{EmailAddress, clean_line, clean_text};

use super::mails;
use super::quarantine::read_as;
use super::route::{content_of, contributor_of};
use crate::app::App;
use crate::clock::random_id;
use crate::inbound::understand::Understood;
use crate::store::{LetterRow, MessageRow, NewItem, Write};

#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    #[error("there is no such letter")]
    NoSuchLetter,
    #[error("an answer needs words")]
    NoWords,
    #[error("an answer has at most {ANSWER_CHARACTERS_MAX} characters")]
    TooLong,
    #[error("an answer was begun and is not sent")]
    Unsent,
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
async fn find(app: &App, write: &mut Write, letter: i64, as_shown: Shown<'_>) -> Result<LetterRow, NotDone> {
    let row = write.letter_for_change(letter).await?.filter(|row| row.publication == app.publication);
    let row = row.ok_or(NotDone::NoSuchLetter)?;
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
    if text.chars().count() > ANSWER_CHARACTERS_MAX {
        return Err(NotDone::TooLong);
    }
    let mut write = app.store.write().await?;
    let row = find(app, &mut write, letter, as_shown).await?;
    let to = EmailAddress::parse(&row.from_address).map_err(|_| NotDone::NoAddress)?;
    let state = row.letter.state.clone().answer(&by, app.clock.now(), text)?;
    write.change_letter(letter, &state).await?;
    if !mails::answer(app, &mut write, &row, &to, text, &by).await? {
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
    let row = find(app, &mut write, letter, as_shown).await?;
    let state = row.letter.state.set_aside(&clean_line(by), app.clock.now())?;
    write.change_letter(letter, &state).await?;
    let row = write.letter_for_change(letter).await?.context("find the letter again")?;
    write.commit().await?;
    Ok(row)
}

/// Opens a letter again that was set aside.
///
/// # Errors
/// See [`NotDone`].
pub async fn reopen(app: &App, letter: i64, as_shown: Shown<'_>) -> Result<LetterRow, NotDone> {
    let mut write = app.store.write().await?;
    let row = find(app, &mut write, letter, as_shown).await?;
    write.change_letter(letter, &row.letter.state.reopen()?).await?;
    let row = write.letter_for_change(letter).await?.context("find the letter again")?;
    write.commit().await?;
    Ok(row)
}

/// Makes a pending item of a letter; the letter stays with it. Its mail is read once more, as news: photos, dates and
/// places come along, and the item is as old as the letter. Who is named in a forged mail does not become its
/// contributor.
///
/// # Errors
/// See [`NotDone`].
pub async fn make_item(app: &App, letter: i64, as_shown: Shown<'_>, by: &str) -> Result<LetterRow, NotDone> {
    let now = app.clock.now();
    let seen = app.store.letter(letter).await?.filter(|row| row.publication == app.publication);
    let seen = seen.ok_or(NotDone::NoSuchLetter)?;
    let mail = app.store.message(seen.message).await?.context("find the mail of the letter")?;
    // Reading happens outside the transaction, since it may take a while.
    let understood = read_as(app, &mail, Kind::Submission).await?;
    let mut write = app.store.write().await?;
    let row = find(app, &mut write, letter, as_shown).await?;
    let contributor = match contributor_of(&understood) {
        Some((address, name)) => {
            Some(write.contributor(app.publication, &address, name, random_id(), row.received_at).await?)
        }
        None => None,
    };
    let content = news_of(app, &mut write, &row, &mail, &understood).await?;
    let new = NewItem {
        public_id: random_id(),
        publication: app.publication,
        message: Some(row.message),
        contributor,
        content: &content,
        received_at: row.received_at,
    };
    let item = write.keep_item(&new).await?;
    let state = row.letter.state.make_item(&clean_line(by), now, item)?;
    write.change_letter(letter, &state).await?;
    let row = write.letter_for_change(letter).await?.context("find the letter again")?;
    write.commit().await?;
    Ok(row)
}

/// What the mail says as news, and the words of the letter where it says nothing.
async fn news_of(
    app: &App,
    write: &mut Write,
    row: &LetterRow,
    mail: &MessageRow,
    understood: &Understood,
) -> anyhow::Result<ItemContent> {
    // A letter is one piece: of several, all photos and the whole text.
    let piece = if understood.report.items.len() == 1 { 0 } else { understood.report.items.len() };
    let mut content = content_of(app, write, mail, understood, piece).await?;
    if content.title.trim().is_empty() {
        content.title = row.letter.subject.chars().take(TITLE_CHARACTERS_MAX).collect();
    }
    if content.text.trim().is_empty() {
        content.text.clone_from(&row.letter.text);
    }
    Ok(content)
}
