//! `/`, `/box/ADDRESS` and `/box/ADDRESS/ID`: whose mail there is, what each has, and one letter.

use axum::extract::{Path, Query, State};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse as _, Response};
use chrono::{DateTime, NaiveDateTime, Utc};
use serde::Deserialize;
use templates::world::boxes::{self, Letter, Line, Open, Person, Shown, View};

use super::letters::{self, Owner};
use super::problem::Problem;
use super::{Asked, Postbox, Shared, letter};
use crate::store::Editor;

/// How a letter is to be shown.
#[derive(Deserialize)]
pub struct Way {
    view: Option<String>,
}

pub async fn all(State(postbox): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    shown(&postbox, asked, None).await
}

pub async fn one(
    State(postbox): State<Shared>,
    Path(address): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    shown(&postbox, asked, Some((address, None))).await
}

pub async fn letter(
    State(postbox): State<Shared>,
    Path((address, id)): Path<(String, String)>,
    Query(way): Query<Way>,
    asked: Asked,
) -> Result<Response, Problem> {
    let found = postbox.letters.find(&address, &id).ok_or(Problem::NotFound)?;
    let letter = opened(&postbox, &found, way.view.as_deref());
    shown(&postbox, asked, Some((address, Some(letter)))).await
}

/// The letter as a file, for another mail program.
pub async fn source(
    State(postbox): State<Shared>,
    Path((address, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let found = postbox.letters.find(&address, &id).ok_or(Problem::NotFound)?;
    Ok(download(&format!("{id}.eml"), found.bytes.to_vec()))
}

pub async fn file(
    State(postbox): State<Shared>,
    Path((address, id, index)): Path<(String, String, usize)>,
) -> Result<Response, Problem> {
    let found = postbox.letters.find(&address, &id).ok_or(Problem::NotFound)?;
    let opened = letter::open(&found.bytes).ok_or(Problem::NotFound)?;
    let file = opened.files.into_iter().nth(index).ok_or(Problem::NotFound)?;
    Ok(download(&file.name, file.bytes))
}

/// Never shown, only saved, whatever it says that it is.
fn download(name: &str, bytes: Vec<u8>) -> Response {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' }).collect();
    let mut encoded = String::new();
    for octet in name.bytes() {
        match octet {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => encoded.push(char::from(octet)),
            octet => encoded += &format!("%{octet:02X}"),
        }
    }
    // RFC 6266 section 5.
    let value = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}");
    let value = HeaderValue::from_str(&value).expect("letters, digits and percent signs are a header value");
    let kind = HeaderValue::from_static("application/octet-stream");
    ([(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, value)], bytes).into_response()
}

fn local(postbox: &Postbox, at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&postbox.app.config.publication.zone).naive_local()
}

/// A person's name: her own, as an editor or as she writes it; else what her address begins with.
fn name(editors: &[Editor], address: &str, owner: Option<&Owner>) -> String {
    if let Some(editor) = editor(editors, address).filter(|editor| !editor.name.trim().is_empty()) {
        return editor.name.clone();
    }
    if let Some(name) = owner.and_then(|owner| owner.name.clone()) {
        return name;
    }
    templates::text::date::capital(address.split('@').next().unwrap_or(address))
}

fn editor<'a>(editors: &'a [Editor], address: &str) -> Option<&'a Editor> {
    editors.iter().find(|editor| editor.address.as_str().to_lowercase() == address)
}

async fn shown(
    postbox: &Postbox,
    Asked(world): Asked,
    open: Option<(String, Option<Letter>)>,
) -> Result<Response, Problem> {
    let editors = postbox.app.store.editors(postbox.app.publication).await?;
    let mut owners = postbox.letters.owners();
    for editor in &editors {
        owners.entry(editor.address.as_str().to_lowercase()).or_default();
    }
    let person = |address: &str, owner: &Owner| Person {
        address: address.to_owned(),
        name: name(&editors, address, Some(owner)),
        is_editor: editor(&editors, address).is_some(),
        new: owner.letters.iter().filter(|letter| letter.new).count(),
    };
    let open = match open {
        Some((address, letter)) => {
            let owner = owners.get(&address).ok_or(Problem::NotFound)?;
            let letters = owner.letters.iter().map(|letter| line(postbox, letter)).collect();
            Some(Open { name: name(&editors, &address, Some(owner)), address, letters, letter })
        }
        None => None,
    };
    // The editors, then who writes, in the order in which they began, then who got something of her own.
    let writers = postbox.letters.writers();
    let place = |address: &str, owner: &Owner| {
        if editor(&editors, address).is_some() {
            (0, 0)
        } else if owner.writes {
            (1, writers.iter().position(|writer| writer == address).unwrap_or(0))
        } else {
            (2, 0)
        }
    };
    let (others, mut people): (Vec<_>, Vec<_>) =
        owners.iter().partition(|(address, owner)| owner.only_reads && place(address, owner).0 == 2);
    people.sort_by_key(|(address, owner)| place(address, owner));
    let persons = |owners: Vec<(&String, &Owner)>| {
        owners.into_iter().map(|(address, owner)| person(address, owner)).collect()
    };
    let view = View { world, people: persons(people), others: persons(others), open };
    Ok(Html(boxes::render(&view)).into_response())
}

/// `info@salas.example` for `info+r.TOKEN@salas.example`, which nobody reads.
fn without_tag(address: &str) -> String {
    match (address.split_once('+'), address.rsplit_once('@')) {
        (Some((local, rest)), Some((_, domain))) if rest.contains('@') => format!("{local}@{domain}"),
        _ => address.to_owned(),
    }
}

fn line(postbox: &Postbox, letter: &letters::Letter) -> Line {
    let (name, address) = &letter.from;
    let from = if name.trim().is_empty() { address } else { name };
    Line {
        id: letter.id.clone(),
        subject: letter.subject.clone(),
        with: if letter.sent { without_tag(&letter.to) } else { from.clone() },
        at: local(postbox, letter.at),
        sent: letter.sent,
        new: letter.new,
    }
}

fn opened(postbox: &Postbox, found: &letters::Letter, view: Option<&str>) -> Letter {
    let mut letter = Letter {
        id: found.id.clone(),
        subject: found.subject.clone(),
        from: String::new(),
        to: String::new(),
        reply_to: String::new(),
        at: local(postbox, found.at),
        shown: Shown::Unreadable,
        has_html: false,
        files: 0,
        answerable: false,
        returnable: !found.return_path.is_empty(),
    };
    let opened = letter::open(&found.bytes);
    if let Some(opened) = &opened {
        letter.from = opened.from.clone();
        letter.to = if found.sent { opened.to.clone() } else { found.owner.clone() };
        letter.reply_to = opened.answer_to.clone().filter(|_| !found.sent).unwrap_or_default();
        letter.has_html = opened.html.is_some();
        letter.files = opened.files.len();
        letter.answerable = !letter.reply_to.is_empty();
    }
    letter.shown = match (view, opened) {
        (Some("headers"), _) => Shown::Headers(letter::headers(&found.bytes)),
        (Some("source"), _) => {
            let (source, cut) = letter::source(&found.bytes);
            Shown::Source(source, cut)
        }
        (_, None) => Shown::Unreadable,
        (Some("files"), Some(opened)) => Shown::Files(opened.files.into_iter().map(shown_file).collect()),
        (Some("text"), Some(opened)) => Shown::Text(postbox.moved(&opened.text)),
        (_, Some(opened)) if opened.html.is_none() => Shown::Text(postbox.moved(&opened.text)),
        (_, Some(_)) => Shown::Html,
    };
    letter
}

fn shown_file(file: letter::File) -> boxes::File {
    let octets = u64::try_from(file.bytes.len()).unwrap_or(u64::MAX);
    boxes::File { name: file.name, media_type: file.media_type, octets }
}
