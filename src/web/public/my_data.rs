//! `/mine/TOKEN`: what is kept about a reader, as a page and as a file (GDPR articles 15 and 20).

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use axum::{Router, routing::get};
use chrono::{DateTime, NaiveDateTime, SecondsFormat, Utc};
use serde_json::{Value, json};
use subscribers::{Pause, Purpose};
use templates::page::my_data::{Consent, Contributor, Item, Letter, Mail, Sent, View, render};
use templates::text::text;

use super::own::reader;
use crate::app::{App, SharedApp};
use crate::newsroom::person::{Kept, kept};
use crate::newsroom::view;
use crate::web::errors::Problem;
use crate::web::link;
use crate::web::reply::page as reply;

pub fn router() -> Router<SharedApp> {
    Router::new().route("/mine/{token}", get(show)).route("/mine/{token}/data.json", get(file))
}

async fn show(State(app): State<SharedApp>, Path(token): Path<String>) -> Result<Response, Problem> {
    let kept = kept(&app, reader(&app, &token).await?).await?;
    Ok(reply(render(&view_of(&app, &kept, token))))
}

async fn file(State(app): State<SharedApp>, Path(token): Path<String>) -> Result<Response, Problem> {
    let kept = kept(&app, reader(&app, &token).await?).await?;
    let body = serde_json::to_string_pretty(&as_json(&kept)).map_err(anyhow::Error::from)?;
    let headers =
        [(CONTENT_TYPE, "application/json"), (CONTENT_DISPOSITION, "attachment; filename=\"my-data.json\"")];
    Ok((headers, body).into_response())
}

fn view_of(app: &App, kept: &Kept, token: String) -> View {
    let row = &kept.subscription;
    let local = |at: DateTime<Utc>| -> NaiveDateTime { app.local(at).naive_local() };
    View {
        frame: view::frame(app, row.language()),
        token,
        preferences: link::for_a_day(app, Purpose::Preferences, row.public_id),
        address: row.address.as_str().to_owned(),
        state: row.state.name(),
        language: row.language(),
        municipality: row.preferences.municipality.clone(),
        plain_text: row.manner.plain_text,
        pause: row.manner.pause,
        confirmed_at: row.confirmed_at.map(local),
        changed_at: local(row.changed_at),
        new_address: kept.new_address.as_ref().map(|change| change.address.as_str().to_owned()),
        consent: kept
            .consent
            .iter()
            .map(|event| Consent {
                at: local(event.at),
                act: event.act,
                words: event.words.clone(),
                channel: event.channel.clone(),
                origin: event.origin.clone(),
            })
            .collect(),
        contributor: kept.contributor.as_ref().map(|contributor| Contributor {
            name: contributor.name.clone(),
            reminders: contributor.reminders,
        }),
        blocked_since: kept.blocked_since.map(local),
        items: kept
            .items
            .iter()
            .map(|item| Item {
                at: local(item.received_at),
                title: item.item.content.title.clone(),
                state: text(row.language()).states.of(&item.item.state).to_owned(),
                text: item.item.content.plain_text(),
            })
            .collect(),
        letters: kept
            .letters
            .iter()
            .map(|letter| Letter {
                at: local(letter.received_at),
                subject: letter.letter.subject.clone(),
                text: letter.letter.text.clone(),
            })
            .collect(),
        received: kept
            .received
            .iter()
            .map(|mail| Mail { at: local(mail.at), subject: mail.subject.clone() })
            .collect(),
        sent: kept
            .sent
            .iter()
            .map(|mail| Sent { at: local(mail.at), is_issue: mail.kind == "issue" })
            .collect(),
    }
}

fn utc(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn as_json(kept: &Kept) -> Value {
    let row = &kept.subscription;
    let pause = row.manner.pause.map(|pause| match pause {
        Pause::Until(day) => json!({ "until": day.to_string() }),
        Pause::Issues(left) => json!({ "issues": left }),
    });
    let consent = kept.consent.iter().map(|event| {
        json!({
            "at": utc(event.at), "act": event.act, "words": event.words, "channel": event.channel,
            "origin": event.origin,
        })
    });
    let items = kept.items.iter().map(|item| {
        let content = &item.item.content;
        json!({
            "received_at": utc(item.received_at), "state": item.item.state.name(), "title": content.title,
            "text": content.plain_text(), "byline": content.byline.as_ref().map(issues::Byline::public),
            "photos": content.photos,
        })
    });
    let letters = kept.letters.iter().map(|letter| {
        json!({
            "received_at": utc(letter.received_at), "name": letter.from_name, "subject": letter.letter.subject,
            "text": letter.letter.text,
        })
    });
    let received = kept.received.iter().map(|mail| {
        json!({ "received_at": utc(mail.at), "subject": mail.subject, "text": mail.text, "octets": mail.bytes })
    });
    let sent =
        kept.sent.iter().map(|mail| json!({ "at": utc(mail.at), "kind": mail.kind, "state": mail.state }));
    json!({
        "address": row.address.as_str(),
        "state": row.state.name(),
        "language": row.language().code(),
        "municipality": row.preferences.municipality,
        "plain_text": row.manner.plain_text,
        "pause": pause,
        "confirmed_at": row.confirmed_at.map(utc),
        "changed_at": utc(row.changed_at),
        "new_address": kept.new_address.as_ref().map(|change| change.address.as_str()),
        "consent": consent.collect::<Vec<_>>(),
        "contributor": kept.contributor.as_ref().map(|contributor| json!({
            "name": contributor.name, "address": contributor.address.as_str(), "reminders": contributor.reminders,
        })),
        "not_taken_in_since": kept.blocked_since.map(utc),
        "items": items.collect::<Vec<_>>(),
        "letters": letters.collect::<Vec<_>>(),
        "received": received.collect::<Vec<_>>(),
        "sent": sent.collect::<Vec<_>>(),
    })
}
