//! Corrections of what was published: dated and signed. The item's page says them from that moment on, and the readers
//! of the next issue are told.

use issues::moderation::WORDS_CHARACTERS_MAX;
use subscribers::clean_text;

use crate::app::App;
use crate::store::CorrectionRow;

/// Why nothing was corrected.
#[derive(Debug, thiserror::Error)]
pub enum NotCorrected {
    #[error("there is no such item")]
    NoSuchItem,
    #[error("item {0} has not been published: edit it instead")]
    NotPublished(i64),
    #[error("a correction needs words: what was wrong, and what is right")]
    NoWords,
    #[error("a correction has at most {WORDS_CHARACTERS_MAX} characters")]
    TooLong,
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

/// Adds a correction to a published item; the same words twice are one correction.
///
/// # Errors
/// See [`NotCorrected`].
pub async fn correct(app: &App, item: i64, words: &str, by: &str) -> Result<CorrectionRow, NotCorrected> {
    let text = clean_text(words).trim().to_owned();
    if text.is_empty() {
        return Err(NotCorrected::NoWords);
    }
    if text.chars().count() > WORDS_CHARACTERS_MAX {
        return Err(NotCorrected::TooLong);
    }
    let at = app.clock.now();
    let mut write = app.store.write().await?;
    let row = write.item_for_change(item).await?.filter(|row| row.publication == app.publication);
    if row.is_none() {
        return Err(NotCorrected::NoSuchItem);
    }
    if !write.item_is_public(item).await? {
        return Err(NotCorrected::NotPublished(item));
    }
    if let Some(said) = write.correction_with(item, &text).await? {
        return Ok(said);
    }
    let id = write.add_correction(item, &text, by, at).await?;
    write.commit().await?;
    Ok(CorrectionRow { id, item, text, by: by.to_owned(), at, told_in: None })
}
