//! The bulletin in plain text: the same words in the same order, with numbered contents.

use super::super::letter::sender;
use super::super::plain::Plain;
use super::{View, issue_month, issue_url, item_links, number};
use crate::details::{price, whereabouts};
use crate::edition::{Dated, Item, Photo};
use crate::parts::one_line;
use crate::text::date::when;
use crate::words::{blocks_of, under_picture};
use crate::{Frame, Slot};

pub(super) fn content(view: &View) -> String {
    let frame = &view.frame;
    let edition = &view.edition;
    let text = &frame.text().bulletin;
    let mut plain = Plain::default();
    plain.line(&super::super::frame::name(frame));
    plain.line(&format!("{}, {}", issue_month(view), number(view)));
    plain.paragraph(&edition.preview(frame.language));
    plain.link(text.in_browser, &issue_url(view));
    if !edition.places.is_empty() {
        plain.paragraph(&(text.places)(&edition.places));
    }
    if let Some(note) = &edition.note {
        plain.paragraph(frame.text().shared.hello);
        plain.written(&note.text);
        plain.paragraph(&note.signed);
    }
    if edition.minute().next().is_some() {
        heading(&mut plain, text.one_minute);
        for dated in edition.minute() {
            plain.gap();
            line(&mut plain, frame, dated);
        }
    }
    contents(&mut plain, view);
    let mut links = item_links(view).into_iter();
    let mut nth = 0;
    for section in &edition.sections {
        if let Some(title) = section.title.as_deref().filter(|_| !section.items.is_empty()) {
            plain.rule();
            plain.line(title);
        }
        for item in &section.items {
            nth += 1;
            news(&mut plain, frame, nth, item, links.next());
        }
    }
    if nth == 0 {
        plain.rule();
        plain.line(text.empty);
    }
    for correction in &edition.corrections {
        plain.rule();
        match &correction.about {
            Some(title) => {
                let about = (frame.text().public.in_item)(&one_line(title));
                plain.written(&format!("{} {about} {}", text.correction, correction.text));
            }
            None => plain.written(&format!("{} {}", text.correction, correction.text)),
        }
    }
    calendar(&mut plain, view, nth + 1);
    plain.gap();
    plain.line(&format!("{} {}.", text.send_news_question, text.send_news_call));
    plain.url(frame.publication.mailbox.as_str());
    for funder in &edition.funders {
        plain.rule();
        if let Some(logo) = &funder.logo {
            plain.line(&(frame.text().shared.picture)(&one_line(&logo.alt)));
        }
        plain.written(&funder.text);
    }
    plain.rule();
    plain.with_slot(text.why_before, Slot::Why, &(text.why_after)(&frame.publication.name));
    plain.gap();
    plain.slot_link(frame.text().person.preferences.link, Slot::PreferencesUrl);
    plain.slot_link(text.leave, Slot::LeaveUrl);
    plain.gap();
    sender(&mut plain, frame);
    plain.finish()
}

fn heading(plain: &mut Plain, words: &str) {
    plain.rule();
    plain.line(words);
}

fn contents(plain: &mut Plain, view: &View) {
    let text = &view.frame.text().bulletin;
    let titles = view.edition.items().map(|item| one_line(&item.title));
    let calendar = (!view.edition.calendar.is_empty()).then(|| (text.calendar)(view.edition.month));
    let entries: Vec<_> = titles.chain(calendar).collect();
    if entries.len() < 2 {
        return;
    }
    heading(plain, text.contents);
    plain.gap();
    for (index, entry) in entries.iter().enumerate() {
        plain.line(&format!("{}. {entry}", index + 1));
    }
}

fn news(plain: &mut Plain, frame: &Frame, nth: usize, item: &Item, link: Option<(String, String)>) {
    heading(plain, &format!("{nth}. {}", one_line(&item.title)));
    if let Some(place) = &item.place {
        plain.line(place);
    }
    plain.gap();
    plain.blocks(&blocks_of(item));
    for photo in &item.photos {
        plain.paragraph(&(frame.text().shared.picture)(&in_words(frame, photo)));
    }
    if let Some(byline) = &item.byline {
        plain.paragraph(&(frame.text().shared.prepared_by)(&one_line(byline)));
    }
    if let Some((name, url)) = link {
        plain.gap();
        plain.link(&name, &url);
    }
}

/// “Maza koka ēka sniegā. Bibliotēka vakarā. Foto: Ilze Rītarasa”
fn in_words(frame: &Frame, photo: &Photo) -> String {
    let alt = one_line(&photo.alt);
    let under = under_picture(frame, &photo.caption, &photo.credit);
    match (alt.is_empty(), under.is_empty()) {
        (true, _) => under,
        (_, true) => alt,
        _ => format!("{}. {under}", alt.trim_end_matches('.')),
    }
}

fn calendar(plain: &mut Plain, view: &View, nth: usize) {
    let frame = &view.frame;
    if view.edition.calendar.is_empty() {
        return;
    }
    heading(plain, &format!("{nth}. {}", (frame.text().bulletin.calendar)(view.edition.month)));
    for dated in &view.edition.calendar {
        plain.gap();
        line(plain, frame, dated);
        if let Some(link) = &dated.event.link {
            plain.indented(&format!("{}:", frame.text().event.more));
            plain.url(link.as_str());
        }
    }
}

/// When, what, where and for how much.
fn line(plain: &mut Plain, frame: &Frame, dated: &Dated) {
    plain.line(&when(frame.language, &dated.event, frame.today));
    plain.indented(&dated.title);
    plain.indented(&whereabouts(&dated.event, &dated.place));
    if let Some(price) = price(frame, &dated.event) {
        plain.indented(&price);
    }
}
