//! Opening the tokens of links, and those of links between our own pages.

use chrono::Days;
use subscribers::{InvalidToken, Purpose, TokenLife};

use super::errors::Problem;
use crate::app::App;

/// The public id that a link names, if the link is ours, for this purpose and not past its day.
pub fn open(app: &App, token: &str, purpose: Purpose) -> Result<i64, Problem> {
    app.secret.open(token, purpose, app.clock.now()).map_err(|invalid| match invalid {
        InvalidToken::Forged | InvalidToken::OtherPurpose => Problem::Forged,
        InvalidToken::Expired => Problem::Expired,
    })
}

/// A token for a link of a page to another. It ends with the next day, so that a link that never ends opens nothing
/// else for ever.
pub fn for_a_day(app: &App, purpose: Purpose, public_id: i64) -> String {
    let life = TokenLife::Until(app.clock.now().date_naive() + Days::new(1));
    app.secret.token(purpose, public_id, life).as_str().to_owned()
}
