//! The pages, and the only axum: public pages, the links of our mails, the editor's decision by signed link, and the desk.
//!
//! Every file has the routes of one noun and is a thin shell: it opens tokens, asks the newsroom, and fills a view of
//! `templates`. GET and HEAD change nothing. The authority of a page behind a token is the token in its address; the
//! desk alone has a cookie, and what its forms do needs the token they were shown with. What goes wrong is a
//! [`errors::Problem`], turned into a page in one place. All routes stand in [`routes`]. The demo's postbox is not here.

mod client;
mod decide;
mod desk;
mod errors;
mod fields;
mod headers;
pub(crate) mod language;
mod link;
mod log;
mod origin;
mod public;
mod reply;
pub mod routes;
mod typed;
mod verdict;

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use crate::app::SharedApp;

/// Largest body of a request in octets: a form with the longest text fits many times.
const BODY_BYTES_MAX: usize = 1 << 20;
/// The same of a form that brings back a whole item: its text is as long as a mail's may be, and most letters take six
/// octets. Only who is signed in is read so far.
const ITEM_BODY_BYTES_MAX: usize = 8 << 20;
/// Time for one request, the reading of its body included.
const REQUEST_SECONDS_MAX: Duration = Duration::from_secs(30);
/// Time for the requests that are being answered when the daemon stops.
const STOP_SECONDS_MAX: Duration = Duration::from_secs(5);

/// All routes with everything around them.
pub fn router(app: SharedApp) -> Router {
    Router::new()
        .merge(limited(public::router(), BODY_BYTES_MAX))
        .merge(limited(decide::router(), BODY_BYTES_MAX))
        .merge(limited(desk::router(), BODY_BYTES_MAX))
        .merge(limited(desk::items(), ITEM_BODY_BYTES_MAX))
        .fallback(errors::no_such_page)
        // The innermost comes first.
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, REQUEST_SECONDS_MAX))
        .layer(CatchPanicLayer::custom(errors::panicked))
        .layer(from_fn_with_state(app.clone(), errors::show))
        .layer(from_fn_with_state(app.clone(), headers::add))
        .layer(from_fn(log::request))
        .with_state(app)
}

fn limited(router: Router<SharedApp>, octets: usize) -> Router<SharedApp> {
    router.layer(DefaultBodyLimit::max(octets)).layer(RequestBodyLimitLayer::new(octets))
}

/// Serves the pages until `shutdown`, then finishes the requests that are being answered, for a while.
///
/// # Errors
/// The listener fails.
pub async fn run(app: SharedApp, listener: TcpListener, shutdown: CancellationToken) -> anyhow::Result<()> {
    let later = app.later.clone();
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(shutdown.clone().cancelled_owned());
    tokio::select! {
        served = serving => {
            // What was promised with an answer is done.
            later.close();
            later.wait().await;
            served.context("serve the pages")
        }
        // Who has begun a request and does not finish it holds nobody up.
        () = async { shutdown.cancelled().await; tokio::time::sleep(STOP_SECONDS_MAX).await } => Ok(()),
    }
}
