//! The postbox: everybody else's mail program, on loopback. It shows what was sent to anybody, and writes and answers as
//! anybody; both ways the mail crosses real SMTP sockets. It is a server of its own with an origin of its own, and not
//! part of the newsroom.
//!
//! What it shows was written by others: the HTML of a mail leaves only by [`frame`], under a policy that lets nothing
//! run, and everything else is text.

mod boxes;
mod compose;
mod form;
mod frame;
mod guard;
mod letter;
mod letters;
mod problem;
mod write;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRequestParts};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use subscribers::Language;
use templates::text::text;
use templates::world::World;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;
use url::form_urlencoded;

use super::world::Sink;
use crate::app::SharedApp;
use crate::newsroom::view;
use crate::web::language;
use letters::Letters;
use problem::Problem;

/// Largest body of a request: a letter with its photos, and the form around them.
const BODY_BYTES_MAX: usize = 13_000_000;
const REQUEST_SECONDS_MAX: Duration = Duration::from_secs(60);
/// Time for the requests that are being answered when the demo stops.
const STOP_SECONDS_MAX: Duration = Duration::from_secs(1);

pub struct Postbox {
    app: SharedApp,
    letters: Letters,
    /// Where the newsroom takes mail.
    door: SocketAddr,
    /// Where links of earlier mails lead.
    former_urls: Vec<String>,
}

pub type Shared = Arc<Postbox>;

impl Postbox {
    /// # Errors
    /// The folder is not whole.
    pub fn open(
        app: SharedApp,
        folder: &Path,
        sink: Arc<Sink>,
        door: SocketAddr,
        former_urls: Vec<String>,
    ) -> anyhow::Result<Shared> {
        let letters = Letters::open(folder, sink)?;
        Ok(Arc::new(Self { app, letters, door, former_urls }))
    }
}

fn router(postbox: Shared, port: u16) -> Router {
    Router::new()
        .route("/", get(boxes::all))
        .route("/style.css", get(guard::style))
        .route("/favicon.ico", get(guard::no_icon))
        .route("/write", get(write::show).post(write::send))
        .route("/box/{address}", get(boxes::one))
        .route("/box/{address}/{id}", get(boxes::letter))
        .route("/box/{address}/{id}/html", get(frame::show))
        .route("/box/{address}/{id}/eml", get(boxes::source))
        .route("/box/{address}/{id}/file/{index}", get(boxes::file))
        .route("/box/{address}/{id}/reply", get(write::show_reply).post(write::send_reply))
        .route("/box/{address}/{id}/away", post(write::away))
        .route("/box/{address}/{id}/bounce", post(write::bounce))
        .fallback(problem::no_such_page)
        // The innermost comes first.
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, REQUEST_SECONDS_MAX))
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(postbox.clone(), problem::show))
        .layer(from_fn_with_state(port, guard::stand))
        .with_state(postbox)
}

/// Serves it until `shutdown`.
///
/// # Errors
/// The listener fails.
pub async fn run(postbox: Shared, listener: TcpListener, shutdown: CancellationToken) -> anyhow::Result<()> {
    let port = listener.local_addr().context("ask where the postbox is")?.port();
    let serving = axum::serve(listener, router(postbox, port));
    let serving = serving.with_graceful_shutdown(shutdown.clone().cancelled_owned());
    tokio::select! {
        served = serving => served.context("serve the postbox"),
        () = async { shutdown.cancelled().await; tokio::time::sleep(STOP_SECONDS_MAX).await } => Ok(()),
    }
}

/// What a request says about its page: in which language, and what was just done.
struct Asked(World);

impl Asked {
    fn of(postbox: &Postbox, parts: &Parts) -> Self {
        let language = language::Asked::of(&postbox.app, &parts.headers, &parts.uri).language;
        let mut world = World { frame: view::frame(&postbox.app, language), asked: None, said: None };
        for (name, value) in form_urlencoded::parse(parts.uri.query().unwrap_or("").as_bytes()) {
            match (&*name, &*value) {
                ("lang", code) => world.asked = Language::parse(code),
                ("done", "answered") => {
                    world.said = Some(text(language).postbox.said_answered.to_owned());
                }
                ("done", "sent") => world.said = Some(text(language).postbox.said_sent.to_owned()),
                _ => {}
            }
        }
        Self(world)
    }
}

impl FromRequestParts<Shared> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, postbox: &Shared) -> Result<Self, Problem> {
        Ok(Self::of(postbox, parts))
    }
}
