//! A photo turned and cut by an editor: made from the file in the mail where that is still there, so that nothing is
//! lost by doing it twice, else from the picture as it was first kept.

use anyhow::{Context as _, anyhow};
use issues::{Change, Framed, Framing, ItemPhoto};
use tokio::task::spawn_blocking;

use super::moderate::{self, Act, NotDecided, Picture, Who, no_such};
use crate::app::App;
use crate::inbound::letter;
use crate::media;
use crate::store::{ItemRow, sha256};

/// Keeps the changes and the photo framed so, as one, if the item still has this revision.
///
/// # Errors
/// See [`NotDecided`]; nothing is changed then.
pub async fn frame(
    app: &App,
    row: &ItemRow,
    revision: i64,
    changes: Vec<Change>,
    photo: (usize, Framing),
    who: Who<'_>,
) -> Result<ItemRow, NotDecided> {
    let (number, framing) = photo;
    let shown = row.item.content.photos.get(number).ok_or_else(|| no_such("photos", number))?;
    let mut acts = Vec::new();
    if !changes.is_empty() {
        acts.push(Act::Edit(changes));
    }
    if framing_of(shown) != framing {
        acts.push(Act::Picture { number, picture: picture(app, row, shown, framing).await? });
    }
    moderate::decide_in_turn(app, row.id, Some(revision), acts, who).await
}

/// How a photo is shown now.
pub fn framing_of(photo: &ItemPhoto) -> Framing {
    photo.framed.as_ref().map(|framed| framed.framing).unwrap_or_default()
}

/// The SHA-256 of the photo as it came.
pub fn first_of(photo: &ItemPhoto) -> &str {
    photo.framed.as_ref().map_or(photo.sha256.as_str(), |framed| framed.from.as_str())
}

async fn picture(app: &App, row: &ItemRow, photo: &ItemPhoto, framing: Framing) -> anyhow::Result<Picture> {
    let from = first_of(photo).to_owned();
    let kept = app.store.blob(&from).await?.context("database: the bytes of a photo are missing")?.content;
    if framing == Framing::default() {
        let (width, height) = media::dimensions(&kept).context("database: a photo is no picture")?;
        return Ok(Picture { bytes: kept, width, height, framed: None });
    }
    let mail = match row.message {
        Some(message) => app.store.message(message).await?,
        None => None,
    };
    let mail = match mail {
        Some(mail) => app.store.blob(&mail.sha256).await?.map(|blob| blob.content),
        None => None,
    };
    let wanted = from.clone();
    let made = spawn_blocking(move || {
        let file = mail.and_then(|mail| file_of(&mail, &wanted));
        media::framed(file.as_deref().unwrap_or(&kept), framing)
    });
    let made = made.await.context("frame a photo")?.map_err(|refused| anyhow!("frame a photo: {refused}"))?;
    let framed = Some(Framed { from, framing });
    Ok(Picture { bytes: made.bytes, width: made.width, height: made.height, framed })
}

/// The attached file that a photo was made of: the one of which it can be made again.
fn file_of(mail: &[u8], made: &str) -> Option<Vec<u8>> {
    letter::pictures(mail)
        .into_iter()
        .map(|picture| picture.bytes)
        .find(|file| media::photo(file).is_ok_and(|photo| sha256(&photo.bytes) == made))
}
