//! `/news/TOKEN`: the contributor's own page on her item, by the link of our mails to her. She sees what becomes of it
//! and takes it back; deciding is the editors'.

use anyhow::Context as _;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::{Router, routing::get};
use issues::moderation::Refused;
use issues::{Edition, ItemState};
use subscribers::Purpose;
use templates::page::contribution::{Said, State as Stands, View};
use templates::{Paths, page};

use super::photo::{picture, sha256_of};
use crate::app::{App, SharedApp};
use crate::newsroom::moderate::{self, Act, NotDecided, Who, open_questions};
use crate::newsroom::{edition, view};
use crate::store::ItemRow;
use crate::web::errors::Problem;
use crate::web::fields::Fields;
use crate::web::language::Asked;
use crate::web::link;
use crate::web::reply::html;

pub fn router() -> Router<SharedApp> {
    Router::new()
        .route("/news/{token}", get(show).post(withdraw))
        .route("/news/{token}/photo/{file}", get(photo))
}

/// The item of the link. One that is erased is gone for good.
async fn item(app: &App, token: &str) -> Result<ItemRow, Problem> {
    let public_id = link::open(app, token, Purpose::Contribution)?;
    app.store.item_of_token(public_id).await?.ok_or(Problem::Expired)
}

async fn show(
    State(app): State<SharedApp>,
    Path(token): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let row = item(&app, &token).await?;
    page(&app, &row, token, asked, StatusCode::OK, None).await
}

/// A photo of the item for its contributor; not yet public.
async fn photo(
    State(app): State<SharedApp>,
    Path((token, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let row = item(&app, &token).await?;
    let sha256 = sha256_of(&file).ok_or(Problem::NotFound)?;
    if !row.item.content.photos.iter().any(|photo| photo.sha256 == sha256) {
        return Err(Problem::NotFound);
    }
    picture(&app, sha256, &headers).await
}

async fn withdraw(
    State(app): State<SharedApp>,
    Path(token): Path<String>,
    asked: Asked,
    fields: Fields,
) -> Result<Response, Problem> {
    let row = item(&app, &token).await?;
    let revision = fields.get("revision").and_then(|revision| revision.parse::<i64>().ok());
    let (Some("withdraw"), Some(revision)) = (fields.get("do"), revision) else {
        return Err(Problem::Refused(StatusCode::BAD_REQUEST));
    };
    let contributor = match row.contributor {
        Some(id) => app.store.contributor(id).await?,
        None => None,
    };
    let name = contributor.map(|contributor| contributor.name).unwrap_or_default();
    let who = Who { by: &name, channel: "page" };
    let (row, status, said) = match moderate::decide(&app, row.id, Some(revision), Act::Withdraw, who).await {
        Ok(row) => (row, StatusCode::OK, Said::Withdrawn),
        // The button was pressed twice.
        Err(NotDecided::Refused(Refused::Already(_))) => (row, StatusCode::OK, Said::Withdrawn),
        Err(NotDecided::Overtaken { now, .. }) => match now.item.state {
            ItemState::Withdrawn { .. } => (*now, StatusCode::OK, Said::Withdrawn),
            _ => (*now, StatusCode::CONFLICT, Said::Overtaken),
        },
        // In an issue that is approved, or before the readers' eyes: the page says which.
        Err(NotDecided::Refused(_)) => (row, StatusCode::CONFLICT, Said::Overtaken),
        Err(NotDecided::NoSuchItem) => return Err(Problem::Expired),
        Err(NotDecided::NobodyToAsk(why)) => return Err(anyhow::Error::from(why).into()),
        Err(NotDecided::Failed(error)) => return Err(error.into()),
    };
    page(&app, &row, token, asked, status, Some(said)).await
}

async fn page(
    app: &App,
    row: &ItemRow,
    token: String,
    asked: Asked,
    status: StatusCode,
    said: Option<Said>,
) -> Result<Response, Problem> {
    let content = &row.item.content;
    let mut item = view::item(content, "", &Paths::local());
    for (shown, photo) in item.photos.iter_mut().zip(&content.photos) {
        shown.url = Paths::local().contribution_photo(&token, &photo.sha256);
    }
    let reply_to = app.config.tagged(&app.token(Purpose::Item, row.public_id).tag(Purpose::Item));
    let view = View {
        frame: asked.frame(app),
        revision: row.revision,
        state: stands(app, row).await?,
        events: content.events.clone(),
        sent: sent(app, row).await?,
        token,
        item,
        reply_to,
        said,
    };
    Ok(html(status, page::contribution::render(&view)))
}

async fn stands(app: &App, row: &ItemRow) -> anyhow::Result<Stands> {
    Ok(match &row.item.state {
        ItemState::Pending => Stands::Pending,
        ItemState::Asked { question, .. } => Stands::Asked { question: question.clone() },
        ItemState::Approved { .. } => Stands::Approved { month: edition::being_made(app).await?.month },
        state if state.is_unanswered() => {
            Stands::PutAside { questions: open_questions(&app.store.revisions(row.id).await?) }
        }
        ItemState::Rejected { reason, .. } => Stands::Rejected { reason: reason.clone() },
        ItemState::Postponed { to: Edition { month, .. }, .. } => Stands::Postponed { month: *month },
        ItemState::Planned { issue, .. } => match app.store.issue(*issue).await? {
            Some(issue) if issue.state.is_open() => Stands::Planned { month: issue.edition.month },
            Some(issue) => Stands::Closed { month: issue.edition.month },
            None => Stands::Pending,
        },
        ItemState::Published { issue, .. } => {
            let slug = app.store.place_of_item(row.id, *issue).await?;
            let issue = app.store.issue(*issue).await?.context("find the issue of a published item")?;
            let number = view::number(issue.number);
            let (year, paths) = (issue.edition.year, Paths::local());
            let url = slug.map_or_else(|| paths.issue(year, number), |slug| paths.item(year, number, &slug));
            Stands::Published { month: issue.edition.month, url }
        }
        ItemState::Merged { .. } => Stands::Merged,
        ItemState::Withdrawn { .. } => Stands::Withdrawn,
    })
}

/// Her own words: those of the letter, or of the item before anybody changed it where there was none.
async fn sent(app: &App, row: &ItemRow) -> anyhow::Result<String> {
    if let Some(message) = row.message {
        return Ok(app.store.report(message).await?.text);
    }
    let first = app.store.revisions(row.id).await?.into_iter().next();
    Ok(first.map_or_else(|| row.item.content.plain_text(), |first| first.before.content.plain_text()))
}
