//! Mails to readers, and to who wishes to be one: the questions to confirm, and the links that are hers.

use issues::reading::Report;
use subscribers::{EmailAddress, Language, Purpose, clean_text};
use templates::email;

use super::{answered_to, to_person};
use crate::app::App;
use crate::clock::random_id;
use crate::newsroom::mail::{About, Outgoing, queue, queue_as};
use crate::newsroom::view;
use crate::outbound::message::{Automatic, Leaving, ReplyTo, ReturnPath, Thread};
use crate::store::{AddressChange, MailKind, SubscriptionRow, Write};

/// The person who asked for the bulletin is asked back.
///
/// # Errors
/// The database fails.
pub async fn confirmation(
    app: &App,
    write: &mut Write,
    to: &EmailAddress,
    language: Language,
    public_id: i64,
    subscription: i64,
    origin: &str,
) -> anyhow::Result<bool> {
    let token = app.token(Purpose::Confirm, public_id);
    let email = email::confirmation::render(&email::confirmation::View {
        frame: view::frame(app, language),
        confirm_url: view::paths(app).confirm(token.as_str()),
        asked_at: view::local(app, app.clock.now()),
        origin: Some(origin.to_owned()).filter(|origin| !origin.is_empty()),
        valid_until: app.last_day_to_confirm(),
    });
    let outgoing = Outgoing {
        kind: MailKind::Confirmation,
        to,
        language,
        email,
        automatic: Automatic::Generated,
        reply_to: ReplyTo::Mailbox,
        return_path: ReturnPath::Row,
        thread: Thread::default(),
        leaving: None,
        about: About { subscription: Some(subscription), ..About::default() },
    };
    queue(app, write, outgoing).await
}

/// A reader's new address is asked whether she reads it.
///
/// The row names no subscription, only who asked: until it is confirmed, the address may be anybody's.
///
/// # Errors
/// The database fails.
pub async fn new_address(
    app: &App,
    write: &mut Write,
    row: &SubscriptionRow,
    change: &AddressChange,
    origin: &str,
) -> anyhow::Result<bool> {
    let language = row.language();
    let token = app.token(Purpose::Address, change.public_id);
    let email = email::new_address::render(&email::new_address::View {
        frame: view::frame(app, language),
        confirm_url: view::paths(app).address(token.as_str()),
        asked_at: view::local(app, app.clock.now()),
        origin: Some(origin.to_owned()).filter(|origin| !origin.is_empty()),
        valid_until: app.last_day_to_confirm(),
    });
    let about = About { asked_by: Some(row.id), ..About::default() };
    let outgoing = to_person(MailKind::NewAddress, &change.address, language, email);
    queue(app, write, Outgoing { about, ..outgoing }).await
}

/// The address that a reader left for another is told.
///
/// # Errors
/// The database fails.
pub async fn moved(
    app: &App,
    write: &mut Write,
    row: &SubscriptionRow,
    to: &EmailAddress,
) -> anyhow::Result<bool> {
    let language = row.language();
    let frame = view::frame(app, language);
    let email = email::moved::render(&email::moved::View { frame, masked: to.masked() });
    let about = About { subscription: Some(row.id), ..About::default() };
    queue(app, write, Outgoing { about, ..to_person(MailKind::Moved, &row.address, language, email) }).await
}

/// The link to what is a reader's own, to the address that she has.
///
/// # Errors
/// The database fails.
pub async fn own(app: &App, write: &mut Write, row: &SubscriptionRow, origin: &str) -> anyhow::Result<bool> {
    let language = row.language();
    let mail = random_id();
    let token = app.token(Purpose::Own, mail);
    let email = email::own::render(&email::own::View {
        frame: view::frame(app, language),
        url: view::paths(app).own(token.as_str()),
        asked_at: view::local(app, app.clock.now()),
        origin: Some(origin.to_owned()).filter(|origin| !origin.is_empty()),
    });
    let about = About { subscription: Some(row.id), ..About::default() };
    let outgoing = Outgoing { about, ..to_person(MailKind::Own, &row.address, language, email) };
    queue_as(app, write, mail, outgoing).await
}

/// A goodbye without a token earns a link to leave with, nothing more.
///
/// # Errors
/// The database fails.
pub async fn leave_link(
    app: &App,
    write: &mut Write,
    to: &EmailAddress,
    language: Language,
    public_id: i64,
    report: &Report,
) -> anyhow::Result<bool> {
    let token = app.token(Purpose::Leave, public_id);
    let email = email::leave_link::render(&email::leave_link::View {
        frame: view::frame(app, language),
        leave_url: view::paths(app).leave(token.as_str()),
    });
    let outgoing = Outgoing {
        kind: MailKind::LeaveLink,
        to,
        language,
        email,
        automatic: Automatic::Replied,
        reply_to: ReplyTo::Mailbox,
        return_path: ReturnPath::Null,
        thread: answered_to(report),
        leaving: None,
        about: About::default(),
    };
    queue(app, write, outgoing).await
}

/// Somebody whom an editor added is told who did, on which consent, and how to leave.
///
/// # Errors
/// The database fails.
pub async fn welcome(
    app: &App,
    write: &mut Write,
    row: &SubscriptionRow,
    consent: &str,
    by: &str,
) -> anyhow::Result<bool> {
    let language = row.language();
    let editors = app.store.editors(app.publication).await?;
    // The name alone: who has given none is not shown with an address.
    let editor = editors.into_iter().map(|editor| editor.name).find(|name| !name.is_empty() && name == by);
    let token = app.token(Purpose::Leave, row.public_id);
    let leave_url = view::paths(app).leave(token.as_str());
    let email = email::welcome::render(&email::welcome::View {
        frame: view::frame(app, language),
        editor,
        consent: clean_text(consent),
        leave_url: leave_url.clone(),
    });
    let leaving = Some(Leaving { url: leave_url, purpose: Purpose::Leave, id: row.public_id });
    let about = About { subscription: Some(row.id), ..About::default() };
    let outgoing = to_person(MailKind::Welcome, &row.address, language, email);
    queue(app, write, Outgoing { leaving, about, ..outgoing }).await
}
