//! The form of a decision: filled from an item, and with what was typed.

use anyhow::Context as _;
use chrono::NaiveDate;
use issues::reading::{Report, Verified};
use issues::{Byline, Change, ItemContent, Wording};
use subscribers::Language;
use templates::Paths;
use templates::desk::verbs::Words;
use templates::email::thanks::Understood;
use templates::page::decide::{Photo, View};
use templates::text::text;

use crate::app::App;
use crate::newsroom::moderate::is_nobodys;
use crate::newsroom::{edition, view};
use crate::store::ItemRow;
use crate::web::typed::Typed;

/// The item as it is.
pub async fn view(app: &App, row: &ItemRow, token: String, language: Language) -> anyhow::Result<View> {
    let content = &row.item.content;
    let report = match row.message {
        Some(message) => Some(app.store.report(message).await.context("read about an item")?),
        None => None,
    };
    let name = |number: usize| {
        report.as_ref().and_then(|report| report.photos.get(number)?.name.clone()).unwrap_or_default()
    };
    let photos = content.photos.iter().enumerate().map(|(number, photo)| Photo {
        url: format!("{}/photo/{}.jpg", Paths::local().decide(&token), photo.sha256),
        width: photo.width,
        height: photo.height,
        name: name(number),
        alt: photo.alt.clone(),
        caption: photo.caption.clone(),
        credit: photo.credit.clone(),
        credit_proposed: photo.credit_proposed,
        gps_removed: photo.gps_removed,
    });
    let photos = photos.collect();
    let documents = report.iter().flat_map(|report| &report.documents);
    Ok(View {
        frame: view::frame(app, language),
        revision: row.revision,
        state: text(language).states.of(&row.item.state).to_owned(),
        title: content.title.clone(),
        text: content.text.clone(),
        from: report.as_ref().map(sender).unwrap_or_default(),
        received_at: view::local(app, row.received_at),
        sender_failed: report.as_ref().is_some_and(|report| report.verified == Verified::Fail),
        warnings: view::warnings(content),
        understood: understood(content),
        byline: content.byline.as_ref().map(Byline::public).filter(|byline| !byline.is_empty()),
        photos,
        documents: documents.filter_map(|document| document.name.clone()).collect(),
        question: Words::default(),
        reason: Words::default(),
        chosen: Vec::new(),
        nobody_told: is_nobodys(row),
        month: edition::being_made(app).await?.month,
        words: words(content),
        reads_on: edition::reads_on(app).await?,
        closed: edition::closed(app).await?.map(|edition| edition.month),
        problems: Vec::new(),
        overtaken: None,
        token,
    })
}

/// What the text would say against a day that is chosen.
fn words(content: &ItemContent) -> Vec<(usize, NaiveDate, Wording)> {
    let events = content.events.iter().enumerate();
    events
        .flat_map(|(number, event)| event.contradiction().into_iter().map(move |day| (number, day)))
        .filter_map(|(number, day)| Some((number, day, content.wording_on(number, day)?)))
        .collect()
}

/// Dates each with the place, or the place alone.
fn understood(content: &ItemContent) -> Vec<Understood> {
    let place = content.places.first().map(view::place).unwrap_or_default();
    if content.events.is_empty() && !place.is_empty() {
        return vec![Understood { event: None, place }];
    }
    let event = |event: &issues::Event| Understood { event: Some(event.clone()), place: place.clone() };
    content.events.iter().map(event).collect()
}

pub fn sender(report: &Report) -> String {
    let from = report.from.as_ref();
    let name = from.and_then(|from| from.name.as_deref());
    let address = from.and_then(|from| from.address.as_deref());
    view::mailbox(name.unwrap_or(""), address.unwrap_or(""))
}

/// Puts what was typed back where it was typed.
pub fn put(view: &mut View, typed: &Typed, content: &ItemContent) {
    for Change { field, value } in typed.changes(content) {
        let path: Vec<&str> = field.split('.').collect();
        match path.as_slice() {
            ["title"] => view.title = value,
            ["text"] => view.text = value,
            ["events", number, "day"] => {
                view.chosen.extend(number.parse().ok().map(|number: usize| (number, value)));
            }
            ["photos", number, part] => {
                let photo = number.parse().ok().and_then(|number: usize| view.photos.get_mut(number));
                match (photo, *part) {
                    (Some(photo), "alt") => photo.alt = value,
                    (Some(photo), "caption") => photo.caption = value,
                    (Some(photo), "credit") => {
                        photo.credit_proposed &= value == photo.credit;
                        photo.credit = value;
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    view.question.clone_from(&typed.question);
    view.reason.clone_from(&typed.reason);
}
