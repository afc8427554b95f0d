//! `/desk/senders`: takes no more from the sender of an item, a letter or a mail, or takes from her again.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::post;
use templates::desk::sender::{Blocked, Taken};

use super::room::local;
use super::session::Posted;
use crate::app::{App, SharedApp};
use crate::newsroom::senders::{self, Of};
use crate::store::BlockedSender;
use crate::web::errors::Problem;

pub fn router() -> Router<SharedApp> {
    Router::new().route("/desk/senders", post(change))
}

async fn change(State(app): State<SharedApp>, posted: Posted) -> Result<Response, Problem> {
    let number = |name: &str| posted.fields.get(name).and_then(|value| value.parse::<i64>().ok());
    let act = posted.fields.get("act").filter(|act| matches!(*act, "block" | "unblock"));
    let act = act.ok_or(Problem::Refused(StatusCode::BAD_REQUEST))?;
    if let Some(sender) = number("sender").filter(|_| act == "unblock") {
        senders::unblock_row(&app, sender).await?;
        return Ok(Redirect::to("/desk?state=quarantine").into_response());
    }
    let of = number("item").map(Of::Item).or(number("letter").map(Of::Letter));
    let of = of.or(number("message").map(Of::Message)).ok_or(Problem::Refused(StatusCode::BAD_REQUEST))?;
    // Also where it is as wished already: the page shows who did it.
    if !senders::is_known(&app, of).await? {
        return Err(Problem::NotFound);
    }
    press(&app, of, act, posted.signed.editor.shown()).await?;
    let to = match of {
        Of::Item(id) => format!("/desk/item/{id}?done={act}&item={id}#sender"),
        Of::Letter(id) => format!("/desk/letters/{id}?done={act}#sender"),
        Of::Message(id) => format!("/desk/message/{id}?done={act}#sender"),
    };
    Ok(Redirect::to(&to).into_response())
}

/// What a button says, done. Where a mail may be forged there is no button to block, and who presses it is refused.
pub async fn press(app: &App, of: Of, act: &str, by: &str) -> Result<(), Problem> {
    if act == "block" && senders::taken(app, of).await? == senders::Taken::Unsure {
        return Err(Problem::Refused(StatusCode::CONFLICT));
    }
    match act {
        "block" => senders::block(app, of, by).await?,
        _ => senders::unblock(app, of).await?,
    };
    Ok(())
}

/// How the sender of something stands, for its page.
pub async fn taken(app: &App, of: Of) -> anyhow::Result<Taken> {
    Ok(match senders::taken(app, of).await? {
        senders::Taken::Nobody => Taken::Nobody,
        senders::Taken::In => Taken::In,
        senders::Taken::Unsure => Taken::Unsure,
        senders::Taken::Blocked(row) => Taken::Blocked(blocked(app, row)),
    })
}

pub fn blocked(app: &App, row: BlockedSender) -> Blocked {
    Blocked { id: row.id, address: row.address, by: row.by, at: local(app, row.at) }
}
