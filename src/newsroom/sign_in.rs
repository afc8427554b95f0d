//! Signing in at the desk: a link by mail, good once and for a quarter of an hour. No password is kept, and nobody
//! learns from the answer who is an editor.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::HEXLOWER;
use subscribers::{EmailAddress, Purpose, clean_line};
use templates::email;
use url::form_urlencoded;

use super::mail::{About, Outgoing, queue};
use super::view;
use crate::app::{App, SharedApp};
use crate::clock::{random_id, random_octets};
use crate::outbound::message::{Automatic, ReplyTo, ReturnPath, Thread};
use crate::store::{Editor, MailKind, NewSession, Write, sha256};

/// How long a link can be used.
pub const LINK_LIVES: TimeDelta = TimeDelta::minutes(15);
/// How long a browser stays signed in.
pub const SESSION_LIVES: TimeDelta = TimeDelta::days(30);
/// Links mailed to one editor in an hour because somebody in one network asked: more would be a joke, and whoever plays
/// it must not keep her out from elsewhere.
const LINKS_PER_NETWORK_AND_HOUR_MAX: i64 = 5;
/// The same from everywhere.
const LINKS_PER_HOUR_MAX: i64 = 20;
/// What is kept of a browser's name for itself.
const BROWSER_CHARACTERS_MAX: usize = 200;

/// A link just made.
pub struct Link {
    pub url: String,
    pub ends_at: DateTime<Utc>,
}

/// Makes a link for an editor.
///
/// # Errors
/// The database fails.
pub async fn link(app: &App, write: &mut Write, editor: &Editor) -> anyhow::Result<Link> {
    let (public_id, now) = (random_id(), app.clock.now());
    let ends_at = now + LINK_LIVES;
    write.keep_sign_in(public_id, editor.id, now, ends_at).await?;
    let url = app.paths().sign_in(app.token(Purpose::SignIn, public_id).as_str());
    Ok(Link { url, ends_at })
}

/// [`ask`] without waiting for it: how long an answer takes must not tell who is an editor.
pub fn ask_later(app: &SharedApp, address: EmailAddress, to: Option<String>, network: String) {
    let asked = Arc::clone(app);
    app.later.spawn(async move {
        if let Err(error) = ask(&asked, &address, to.as_deref(), &network).await {
            tracing::error!(error = format!("{error:#}"), "a link to sign in could not be mailed");
        }
    });
}

/// Mails a link to this address if it is an editor's; the link leads on to the page `to` of the desk. `network` is where
/// the wish comes from.
///
/// # Errors
/// The database fails.
pub async fn ask(app: &App, address: &EmailAddress, to: Option<&str>, network: &str) -> anyhow::Result<()> {
    let editors = app.store.editors(app.publication).await?;
    let Some(editor) = editors.into_iter().find(|editor| editor.address.key() == address.key()) else {
        return Ok(());
    };
    let now = app.clock.now();
    let mut write = app.store.write().await?;
    // One after the other, or two at once would each see that there was room for one.
    write.hold_editor(editor.id).await?;
    let limits = [
        (format!("sign-in editor {} from {network}", editor.id), LINKS_PER_NETWORK_AND_HOUR_MAX),
        (format!("sign-in editor {}", editor.id), LINKS_PER_HOUR_MAX),
    ];
    for (bucket, most) in limits {
        if !write.count_request(&bucket, most, now - TimeDelta::hours(1), now).await? {
            return Ok(());
        }
    }
    let link = link(app, &mut write, &editor).await?;
    let query =
        |to| form_urlencoded::Serializer::for_suffix(String::from("?"), 1).append_pair("to", to).finish();
    let url = link.url + &to.map(query).unwrap_or_default();
    let frame = view::frame(app, editor.language);
    let outgoing = Outgoing {
        kind: MailKind::SignIn,
        to: &editor.address,
        language: editor.language,
        email: email::sign_in::render(&email::sign_in::View { frame, url }),
        automatic: Automatic::Generated,
        reply_to: ReplyTo::Mailbox,
        return_path: ReturnPath::Row,
        thread: Thread::default(),
        leaving: None,
        about: About::default(),
    };
    queue(app, &mut write, outgoing).await?;
    write.commit().await?;
    app.wake.queued.notify_waiters();
    Ok(())
}

/// What a browser is to hold, and until when.
pub struct Entered {
    pub cookie: String,
    pub ends_at: DateTime<Utc>,
}

/// Uses a link up and opens a session. `None` when the link is used or too old.
///
/// # Errors
/// The database fails.
pub async fn enter(app: &App, public_id: i64, browser: &str) -> anyhow::Result<Option<Entered>> {
    let now = app.clock.now();
    let Some(editor) = app.store.editor_of_sign_in(app.publication, public_id, now).await? else {
        return Ok(None);
    };
    let mut write = app.store.write().await?;
    if !write.use_sign_in(public_id, now).await? {
        return Ok(None);
    }
    let cookie = HEXLOWER.encode(&random_octets::<32>());
    let browser: String = clean_line(browser).chars().take(BROWSER_CHARACTERS_MAX).collect();
    let new = NewSession {
        public_id: random_id(),
        editor: editor.id,
        cookie_hash: &sha256(cookie.as_bytes()),
        browser: &browser,
        at: now,
        ends_at: now + SESSION_LIVES,
    };
    write.open_session(&new).await?;
    let ends_at = new.ends_at;
    write.commit().await?;
    Ok(Some(Entered { cookie, ends_at }))
}
