//! Opening the tokens of links.

use subscribers::{InvalidToken, Purpose};

use super::errors::Problem;
use crate::app::App;

/// The public id that a link names, if the link is ours, for this purpose and not past its day.
pub fn open(app: &App, token: &str, purpose: Purpose) -> Result<i64, Problem> {
    app.secret.open(token, purpose, app.clock.now()).map_err(|invalid| match invalid {
        InvalidToken::Forged | InvalidToken::OtherPurpose => Problem::Forged,
        InvalidToken::Expired => Problem::Expired,
    })
}
