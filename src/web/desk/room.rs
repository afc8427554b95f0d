//! What every page of the desk shows around its own.

use templates::desk::Desk;

use super::session::{self, SignedIn};
use crate::app::App;
use crate::newsroom::view;
pub use crate::newsroom::view::local;
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
