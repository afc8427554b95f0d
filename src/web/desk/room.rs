//! What every page of the desk shows around its own.

use chrono::{DateTime, NaiveDateTime, Utc};
use templates::desk::Desk;

use super::session::{self, SignedIn};
use crate::app::App;
use crate::newsroom::view;
use crate::web::errors::Problem;

/// The frame of a page for whoever is signed in.
pub async fn desk(app: &App, signed: &SignedIn) -> Result<Desk, Problem> {
    let waiting = app.store.waiting(app.publication).await?;
    Ok(Desk {
        frame: view::frame(app, signed.editor.language),
        editor: signed.editor.shown().to_owned(),
        form: session::form(app, &signed.session),
        waiting: waiting.items,
        letters: waiting.letters,
        said: None,
    })
}

/// A moment on the clock of the bulletin's zone.
pub fn local(app: &App, at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&app.config.publication.zone).naive_local()
}
