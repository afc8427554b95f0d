//! `/desk/issue/ID/view/VIEW` and the frames in it: the mail by the renderer of the sending path, as it is or changed as
//! mail programs change it.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::{Router, routing::get};
use templates::desk::edition::Shown;
use templates::desk::issue_view::View;
use templates::email::look;
use templates::{Paths, page};

use super::{Asked, find, head, looked_at};
use crate::app::SharedApp;
use crate::newsroom::edition::{Leaves, standing};
use crate::newsroom::preview::preview;
use crate::newsroom::view;
use crate::web::desk::frame::{framed, framed_page, framed_text};
use crate::web::desk::room::desk;
use crate::web::desk::session::SignedIn;
use crate::web::errors::Problem;
use crate::web::reply;

pub fn router() -> Router<SharedApp> {
    Router::new()
        .route("/desk/issue/{id}/view/{view}", get(show))
        .route("/desk/issue/{id}/frame/{view}", get(frame))
}

async fn show(
    State(app): State<SharedApp>,
    signed: SignedIn,
    Path((id, view)): Path<(i64, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let shown = Shown::parse(&view).ok_or(Problem::NotFound)?;
    let row = find(&app, id).await?;
    let mail = preview(&app, &row, None, Some(asked.language(&app))).await?.email();
    let standing = standing(&app, &row, Leaves::AtNextMoment).await?;
    let view = View {
        desk: desk(&app, &signed).await?,
        head: head(&standing.contents.issue),
        preview: looked_at(&app, &signed, shown, &asked),
        subject: mail.subject,
    };
    Ok(reply::page(templates::desk::issue_view::render(&view)))
}

async fn frame(
    State(app): State<SharedApp>,
    _: SignedIn,
    Path((id, view)): Path<(i64, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let shown = Shown::parse(&view).ok_or(Problem::NotFound)?;
    let row = find(&app, id).await?;
    let language = asked.language(&app);
    let mail = preview(&app, &row, None, Some(language)).await?.email();
    Ok(match shown {
        Shown::Phone | Shown::Desktop => framed(mail.html),
        Shown::Dark => framed(look::dark(&mail.html)),
        Shown::Inverted => framed(look::inverted(&mail.html)),
        Shown::ImagesOff => framed(look::without_pictures(&mail.html)),
        Shown::Text => framed_text(mail.text),
        Shown::Print => {
            let standing = standing(&app, &row, Leaves::AtNextMoment).await?;
            let edition = view::edition(&app, &standing.contents, language, &Paths::local());
            let sheet = page::print::View { frame: view::frame(&app, language), edition };
            framed_page(page::print::render(&sheet))
        }
    })
}
