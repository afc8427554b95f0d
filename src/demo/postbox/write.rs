//! `/write` and what is below a letter: writing to the newsroom as anybody, answering as whoever got a letter, and what
//! programs do with one. Each is a mail over a real SMTP connection to the newsroom's listener.

use std::time::Duration;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use serde::Deserialize;
use subscribers::{EmailAddress, clean_text};
use templates::text::date::{capital, moment};
use templates::text::text;
use templates::world::World;
use templates::world::write::{self, Sender, View, Wrong};

use super::compose::{Draft, Undelivered, Verified, answer_subject, letter, quotation, report};
use super::form::Form;
use super::letter::{Opened, open};
use super::letters::Letter;
use super::problem::Problem;
use super::{Asked, Postbox, Shared};
use crate::demo::kept::Handed;
use crate::demo::world;

/// How long a page waits for the newsroom's answer before it is shown without.
const ANSWER_WAIT_MAX: Duration = Duration::from_millis(2500);
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// What the record says of these.
const WHAT: &str = "written in the postbox";

/// Who shall be chosen at first.
#[derive(Deserialize)]
pub struct Wish {
    #[serde(rename = "as")]
    who: Option<String>,
}

pub async fn show(
    State(postbox): State<Shared>,
    Query(wish): Query<Wish>,
    Asked(world): Asked,
) -> Result<Response, Problem> {
    let people = people(&postbox).await?;
    let who = wish.who.or_else(|| people.first().map(|(_, address)| address.clone())).unwrap_or_default();
    let sender = Sender::Chosen { people, who, name: String::new(), address: String::new() };
    Ok(page(StatusCode::OK, &blank(&postbox, world, sender)))
}

fn blank(postbox: &Postbox, world: World, sender: Sender) -> View {
    View {
        world,
        to: postbox.app.config.mailbox.address.as_str().to_owned(),
        sender,
        subject: String::new(),
        text: String::new(),
        fails: false,
        wrong: Vec::new(),
    }
}

fn page(status: StatusCode, view: &View) -> Response {
    (status, Html(write::render(view))).into_response()
}

/// Names and addresses of those who write, and of the readers who came by the form; editors have the desk.
async fn people(postbox: &Postbox) -> anyhow::Result<Vec<(String, String)>> {
    let editors = postbox.app.store.editors(postbox.app.publication).await?;
    let is_editor = |address: &str| editors.iter().any(|editor| editor.address.key() == address);
    let owners = postbox.letters.owners();
    let writers = postbox.letters.writers();
    let readers = owners.iter().filter(|(_, owner)| !owner.writes && !owner.only_reads);
    let all = writers.iter().chain(readers.map(|(address, _)| address));
    let name = |address: &String| {
        let known = owners.get(address).and_then(|owner| owner.name.clone());
        known.unwrap_or_else(|| capital(address.split('@').next().unwrap_or(address)))
    };
    Ok(all.filter(|address| !is_editor(address)).map(|address| (name(address), address.clone())).collect())
}

pub async fn send(
    State(postbox): State<Shared>,
    Asked(world): Asked,
    form: Form,
) -> Result<Response, Problem> {
    let (who, name, address) = (form.line("who"), form.line("name"), form.line("address"));
    let people = people(&postbox).await?;
    let known = people.iter().find(|(_, known)| *known == who).map(|(name, _)| name.clone());
    let chosen = address.is_empty();
    let sender = EmailAddress::parse(if chosen { &who } else { &address });
    let mut view = blank(&postbox, world, Sender::Chosen { people, who, name: name.clone(), address });
    fill(&mut view, &form);
    let Ok(sender) = sender else {
        view.wrong.insert(0, Wrong::Address);
        return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &view));
    };
    let name = if chosen { known.unwrap_or_default() } else { name };
    hand_over(&postbox, view, form, (name, sender), None).await
}

/// As typed.
fn fill(view: &mut View, form: &Form) {
    view.subject = form.line("subject");
    view.text = form.text("text");
    view.fails = !form.line("fails").is_empty();
    if view.text.trim().is_empty() && form.files.is_empty() {
        view.wrong.push(Wrong::Text);
    }
}

async fn hand_over(
    postbox: &Postbox,
    mut view: View,
    form: Form,
    (name, address): (String, EmailAddress),
    answered: Option<Opened>,
) -> Result<Response, Problem> {
    if !view.wrong.is_empty() {
        return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &view));
    }
    let (answers, references) =
        answered.map_or_else(Default::default, |answered| (answered.message_id, answered.references));
    let draft = Draft {
        name,
        address: address.clone(),
        to: view.to.clone(),
        subject: view.subject.clone(),
        text: view.text.clone(),
        files: form.files,
        answers,
        references,
        verified: Verified { server: mail_host(postbox), fails: view.fails },
        automatic: false,
    };
    let before = postbox.letters.received(&owner(&address));
    let bytes = letter(draft, postbox.app.clock.now())?;
    if deliver(postbox, address.as_str(), &view.to, bytes, false).await.is_err() {
        view.wrong.push(Wrong::NotTaken);
        return Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &view));
    }
    Ok(sent(postbox, &view.world, &owner(&address), before).await)
}

/// The server that the newsroom believes.
fn mail_host(postbox: &Postbox) -> Option<String> {
    postbox.app.config.mailbox.trusted_hosts.first().cloned()
}

fn owner(address: &EmailAddress) -> String {
    address.as_str().to_lowercase()
}

/// Over SMTP; kept when it was taken.
async fn deliver(
    postbox: &Postbox,
    sender: &str,
    recipient: &str,
    bytes: Vec<u8>,
    automatic: bool,
) -> anyhow::Result<()> {
    world::post(postbox.door, sender, recipient, &bytes).await?;
    let at = postbox.app.clock.now();
    postbox.letters.keep_sent(Handed {
        what: WHAT.to_owned(),
        at,
        sender: sender.to_owned(),
        automatic,
        bytes,
    })
}

/// To the sender's mailbox, with the newsroom's answer in it if that comes at once.
async fn sent(postbox: &Postbox, world: &World, owner: &str, before: usize) -> Response {
    let answer = async {
        while postbox.letters.received(owner) <= before {
            tokio::time::sleep(LOOK_EVERY).await;
        }
    };
    let answered = tokio::time::timeout(ANSWER_WAIT_MAX, answer).await.is_ok();
    let done = if answered { "?done=answered" } else { "?done=sent" };
    Redirect::to(&world.box_link(owner, done)).into_response()
}

/// A letter that somebody received, and how it may be answered.
fn received(
    postbox: &Postbox,
    address: &str,
    id: &str,
) -> Result<(std::sync::Arc<Letter>, Opened, String), Problem> {
    let found = postbox.letters.find(address, id).filter(|letter| !letter.sent).ok_or(Problem::NotFound)?;
    let opened = open(&found.bytes).ok_or(Problem::NotFound)?;
    let to = opened.answer_to.clone().ok_or(Problem::NotFound)?;
    Ok((found, opened, to))
}

async fn reply_view(
    postbox: &Postbox,
    world: World,
    address: &str,
    id: &str,
) -> Result<(View, Opened, EmailAddress, String), Problem> {
    let (found, opened, to) = received(postbox, address, id)?;
    let sender = EmailAddress::parse(address).map_err(|_| Problem::Refused)?;
    let owners = postbox.letters.owners();
    let editors = postbox.app.store.editors(postbox.app.publication).await?;
    let editor = editors.into_iter().find(|editor| editor.address.key() == sender.key());
    let name = editor.map(|editor| editor.name);
    let name = name.or_else(|| owners.get(address).and_then(|owner| owner.name.clone())).unwrap_or_default();
    let shown =
        if name.is_empty() { capital(address.split('@').next().unwrap_or(address)) } else { name.clone() };
    let language = world.frame.language;
    let at = found.at.with_timezone(&postbox.app.config.publication.zone).naive_local();
    let when = moment(language, at, world.frame.today);
    let (from_name, from_address) = &found.from;
    let who = if from_name.trim().is_empty() { from_address } else { from_name };
    let introduction = (text(language).postbox.wrote)(&when, who);
    let view = View {
        to,
        subject: answer_subject(&found.subject),
        text: quotation(&introduction, &clean_text(&opened.text)),
        ..blank(
            postbox,
            world,
            Sender::Owner { name: shown, address: address.to_owned(), letter: id.to_owned() },
        )
    };
    Ok((view, opened, sender, name))
}

pub async fn show_reply(
    State(postbox): State<Shared>,
    Path((address, id)): Path<(String, String)>,
    Asked(world): Asked,
) -> Result<Response, Problem> {
    let (view, ..) = reply_view(&postbox, world, &address, &id).await?;
    Ok(page(StatusCode::OK, &view))
}

pub async fn send_reply(
    State(postbox): State<Shared>,
    Path((address, id)): Path<(String, String)>,
    Asked(world): Asked,
    form: Form,
) -> Result<Response, Problem> {
    let (mut view, opened, sender, name) = reply_view(&postbox, world, &address, &id).await?;
    fill(&mut view, &form);
    hand_over(&postbox, view, form, (name, sender), Some(opened)).await
}

/// What a program answers while its owner is away (RFC 3834).
pub async fn away(
    State(postbox): State<Shared>,
    Path((address, id)): Path<(String, String)>,
    Asked(world): Asked,
) -> Result<Response, Problem> {
    let (view, opened, sender, name) = reply_view(&postbox, world, &address, &id).await?;
    let words = &text(view.world.frame.language).postbox;
    let draft = Draft {
        name,
        address: sender,
        to: view.to.clone(),
        subject: words.away_subject.to_owned(),
        text: words.away_text.to_owned(),
        files: Vec::new(),
        answers: opened.message_id,
        references: opened.references,
        verified: Verified { server: mail_host(&postbox), fails: false },
        automatic: true,
    };
    let before = postbox.letters.received(&address);
    let bytes = letter(draft, postbox.app.clock.now())?;
    deliver(&postbox, &address, &view.to, bytes, true).await?;
    Ok(sent(&postbox, &view.world, &address, before).await)
}

/// What a server says that finds nobody of this address.
pub async fn bounce(
    State(postbox): State<Shared>,
    Path((address, id)): Path<(String, String)>,
    Asked(world): Asked,
) -> Result<Response, Problem> {
    let (found, opened, _) = received(&postbox, &address, &id)?;
    let to = Some(found.return_path.as_str()).filter(|to| !to.is_empty()).ok_or(Problem::Refused)?;
    let message_id = opened.message_id.ok_or(Problem::Refused)?;
    let undelivered = Undelivered { to, recipient: &address, message_id: &message_id };
    let bytes = report(&undelivered, postbox.app.clock.now());
    deliver(&postbox, "", to, bytes, true).await?;
    Ok(Redirect::to(&world.box_link(&address, "?done=sent")).into_response())
}
