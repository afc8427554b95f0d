//! The picture of an issue's horizon in mails. Approval draws and keeps it with the content that names it. Until then
//! nothing is kept: previews and test mails name the drawing of what stands in the issue at that moment, and whoever asks
//! for it by that name has it drawn.

use anyhow::Context as _;

use templates::Paths;
use tokio::sync::Mutex;

use super::edition::{Leaves, standing};
use super::view::{self, Contents};
use crate::app::App;
use crate::media;
use crate::store::Write;

/// Name and picture of the draft's horizon that was drawn last. Who knows the places can tell the name, so that however
/// often strangers ask for it, it is drawn once; and one at a time.
pub type LastDrawn = Mutex<Option<(String, Vec<u8>)>>;

const MEDIA_TYPE: &str = "image/png";

/// Draws and keeps the horizon of what stands in an issue that is about to be frozen.
///
/// # Errors
/// The database fails.
pub async fn keep(app: &App, write: &mut Write, contents: &Contents) -> anyhow::Result<()> {
    let drawing = drawing(app, contents);
    let name = view::horizon_name(&drawing);
    let png = rasterised(drawing).await?;
    let sha256 = write.keep_blob(&png, MEDIA_TYPE, app.clock.now()).await?;
    write.keep_horizon(contents.issue.id, &name, &sha256).await
}

/// The picture with this name: kept, or that of an issue which is still being made.
///
/// # Errors
/// The database fails.
pub async fn picture(app: &App, name: &str) -> anyhow::Result<Option<Vec<u8>>> {
    if let Some(sha256) = app.store.horizon(name).await? {
        let blob = app.store.blob(&sha256).await?.context("database: the picture of a horizon is missing")?;
        return Ok(Some(blob.content));
    }
    for issue in app.store.issues(app.publication, "").await? {
        if !issue.content_hash.is_empty() || !issue.state.is_open() {
            continue;
        }
        let drawing = drawing(app, &standing(app, &issue, Leaves::AtNextMoment).await?.contents);
        if view::horizon_name(&drawing) == name {
            return draft(app, name, drawing).await.map(Some);
        }
    }
    Ok(None)
}

async fn draft(app: &App, name: &str, drawing: String) -> anyhow::Result<Vec<u8>> {
    let mut last = app.last_drawn.lock().await;
    if let Some((_, png)) = last.as_ref().filter(|(known, _)| known == name) {
        return Ok(png.clone());
    }
    let png = rasterised(drawing).await?;
    *last = Some((name.to_owned(), png.clone()));
    Ok(png)
}

fn drawing(app: &App, contents: &Contents) -> String {
    view::edition(app, contents, app.config.publication.language, &Paths::local()).drawing()
}

async fn rasterised(drawing: String) -> anyhow::Result<Vec<u8>> {
    let drawn = tokio::task::spawn_blocking(move || media::png_of_drawing(&drawing)).await;
    drawn.context("draw a horizon")?.context("draw a horizon")
}
