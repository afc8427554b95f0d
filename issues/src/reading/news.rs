//! Puts the report of one message together: which of its texts is the news, and what that proposes.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::captions::{self, Captions};
use super::checks::verified;
use super::kind::judge;
use super::parsed::Parsed;
use super::report::{Forward, Kind, ProposedItem, Report, Warning, WarningCode};
use super::rules::Rules;
use super::words::{Says, Words, take_apart, tidy};
use super::{bounce, byline, cover, details, paragraphs, places, title};
use crate::Event;
use crate::language::{self, folded_words, lv};

/// A letter longer than this is no covering note to its document.
const COVERING_CHARS_MAX: usize = 600;
/// A document shorter than this is no news by itself.
const DOCUMENT_CHARS_MIN: usize = 120;

/// The text a message is judged by: HTML where it says more, else plain.
pub(super) fn body(parsed: &Parsed) -> &str {
    let plain = parsed.plain.as_deref().filter(|text| !text.trim().is_empty());
    match (&parsed.html, plain) {
        (Some(html), Some(plain)) if html.structured && html.text.len() * 3 > plain.len() => &html.text,
        (_, Some(plain)) => plain,
        (Some(html), None) => &html.text,
        (None, None) => "",
    }
}

pub(super) fn own_words(parsed: &Parsed) -> Words {
    let subject = parsed.subject.as_deref().unwrap_or("");
    let says = if title::is_reply_subject(subject) {
        Says::Answer
    } else if title::is_forward_subject(subject) {
        Says::Forward
    } else {
        Says::Neither
    };
    take_apart(body(parsed), says)
}

/// The words of the documents, for judging.
pub(super) fn document_words(parsed: &Parsed) -> String {
    let words: Vec<&str> = parsed.documents.iter().filter_map(|document| document.words.as_deref()).collect();
    words.join("\n\n")
}

pub(super) fn report(parsed: &Parsed, rules: &Rules, on: NaiveDate) -> Report {
    let words = own_words(parsed);
    let judgement = judge(parsed, rules, &words, &document_words(parsed));
    let mut report = blank(parsed, rules, judgement.kind);
    report.why = judgement.why;
    report.text = words.own.clone();
    report.elided = words.elided.clone();
    report.signature = words.signature.clone();
    match report.kind {
        Kind::Submission => submission(&mut report, parsed, rules, on, words),
        Kind::Reply | Kind::Correction => {
            report.events = events(&report.text, reference(parsed, rules, on), rules);
            report.places = places::find(&report.text, None, &rules.places);
        }
        Kind::Bounce => {
            report.bounces = bounce::from_status(parsed);
            if report.bounces.is_empty() {
                report.bounces = bounce::from_text(parsed);
            }
        }
        Kind::Complaint => {
            if let Some(feedback) = &parsed.feedback {
                report.bounces = bounce::from_feedback(parsed, feedback);
                report.feedback = feedback.get("Feedback-Type").map(str::to_ascii_lowercase);
            }
        }
        Kind::AutoReply
        | Kind::Unsubscribe
        | Kind::Subscribe
        | Kind::Bulk
        | Kind::Report
        | Kind::Private
        | Kind::Unreadable => {}
    }
    report.language = language::guess(&report.text)
        .or_else(|| language::guess(parsed.subject.as_deref().unwrap_or("")))
        .map(str::to_owned);
    warn_about_sender(&mut report, parsed, rules, on);
    report
}

fn blank(parsed: &Parsed, rules: &Rules, kind: Kind) -> Report {
    Report {
        kind,
        why: Vec::new(),
        from: parsed.author().cloned(),
        verified: verified(parsed, rules),
        subject: parsed.subject.clone(),
        title: None,
        sent_at: parsed.date.map(|date| date.to_rfc3339()),
        message_id: parsed.message_id.clone(),
        in_reply_to: parsed.in_reply_to.first().or(parsed.references.last()).cloned(),
        language: None,
        text: String::new(),
        elided: String::new(),
        signature: None,
        forward: None,
        items: Vec::new(),
        photos: parsed.photos.clone(),
        documents: parsed.documents.clone(),
        dropped: parsed.dropped.clone(),
        events: Vec::new(),
        places: Vec::new(),
        byline: None,
        bounces: Vec::new(),
        feedback: None,
        calendar: parsed.calendar.clone(),
        warnings: parsed.warnings.clone(),
    }
}

fn submission(report: &mut Report, parsed: &Parsed, rules: &Rules, on: NaiveDate, words: Words) {
    let mut reference = reference(parsed, rules, on);
    let mut subject = parsed.subject.clone().unwrap_or_default();
    let mut text = words.own;
    if let Some(header) = &words.forwarded {
        let mut forward = header.forward();
        if let Some(sent) = header.sent.as_deref().and_then(lv::moment_in_words) {
            forward.sent_at = Some(sent.format("%Y-%m-%dT%H:%M").to_string());
            reference = sent.date();
        }
        subject = forward.subject.clone().unwrap_or(subject);
        report.forward = Some(forward);
    } else if let Some(inner) = forwarded_message(parsed, &text) {
        let inner_words = own_words(inner);
        set_aside(&mut report.elided, &text);
        text = inner_words.own;
        set_aside(&mut report.elided, &inner_words.elided);
        report.signature = inner_words.signature.or(report.signature.take());
        report.forward = Some(Forward {
            name: inner.author().and_then(|mailbox| mailbox.name.clone()),
            address: inner.author().and_then(|mailbox| mailbox.address.clone()),
            sent_at: inner.date.map(|date| date.to_rfc3339()),
            subject: inner.subject.clone(),
        });
        reference = inner.date.map_or(reference, |date| date.with_timezone(&rules.zone).date_naive());
        subject = inner.subject.clone().unwrap_or(subject);
    }
    let mut document = false;
    if let Some(words) = news_document(parsed, &text) {
        set_aside(&mut report.elided, &text);
        text = words.to_owned();
        document = true;
    }
    let read = clean(&text, &mut report.elided);
    report.elided = tidy(&report.elided);
    if read.private {
        report.warnings.push(Warning::new(
            WarningCode::PrivateNote,
            "a note that is not for publication was left out of the text",
        ));
    }
    read.captions.bind(&mut report.photos);
    if report.photos.is_empty() && !read.captions.is_empty() {
        report.warnings.push(Warning::new(WarningCode::PhotoMissing, "a photo is credited, but none came"));
    }
    for number in 1..=report.photos.len() {
        if report.photos[number - 1].credit.is_none() {
            report.warnings.push(Warning::new(
                WarningCode::MissingCredit,
                format!("who took photo {number} is not said"),
            ));
        }
    }
    report.byline = read.byline;
    let (title, text) = titled(&subject, &read.text, document);
    report.title = title;
    report.text = paragraphs::unwrapped(&text);
    if several_items(&report.text) {
        report.warnings.push(Warning::new(
            WarningCode::SeveralItems,
            "this looks like several pieces of news in one letter",
        ));
    }
    report.events = events(&report.text, reference, rules);
    details::propose(&mut report.events, &report.text);
    report.places = places::find(&report.text, report.from.as_ref(), &rules.places);
    if report.text.trim().is_empty() && report.photos.is_empty() && report.documents.is_empty() {
        report.warnings.push(Warning::new(WarningCode::Empty, "there is no text and no attachment"));
    }
    report.items.push(ProposedItem {
        title: report.title.clone(),
        text: report.text.clone(),
        photos: (0..report.photos.len()).collect(),
        events: report.events.clone(),
        places: report.places.clone(),
        byline: report.byline.clone(),
    });
}

/// What a text dates, at times that there are.
fn events(text: &str, reference: NaiveDate, rules: &Rules) -> Vec<Event> {
    let mut events = lv::events(text, reference);
    events.iter_mut().for_each(|event| event.without_skipped_time(rules.zone));
    events
}

/// Adds to what is left out. Tidied once in the end, for a letter may have thousands of lines that are.
fn set_aside(elided: &mut String, text: &str) {
    if !text.trim().is_empty() {
        elided.push_str("\n\n");
        elided.push_str(text);
    }
}

/// A message forwarded as an attachment, under a short note.
fn forwarded_message<'a>(parsed: &'a Parsed, text: &str) -> Option<&'a Parsed> {
    (text.chars().count() <= COVERING_CHARS_MAX)
        .then(|| parsed.embedded.iter().find(|inner| !body(inner).trim().is_empty()))
        .flatten()
}

/// The words of the document that is the news, if the letter only accompanies one.
fn news_document<'a>(parsed: &'a Parsed, text: &str) -> Option<&'a str> {
    let words = parsed
        .documents
        .iter()
        .filter_map(|document| document.words.as_deref())
        .max_by_key(|words| words.len())?;
    let (letter, long) = (text.chars().count(), words.chars().count());
    // The same text twice, pasted and attached: the letter is as good.
    let squeezed = |text: &str| folded_words(text);
    let pasted = letter > DOCUMENT_CHARS_MIN && squeezed(text).contains(squeezed(words).trim());
    (!pasted
        && long >= DOCUMENT_CHARS_MIN.min(letter.max(40))
        && letter <= COVERING_CHARS_MAX
        && long > letter)
        .then_some(words)
}

/// A text with everything taken off that is not for readers, and what was read off it.
struct Clean {
    text: String,
    captions: Captions,
    byline: Option<crate::Byline>,
    private: bool,
}

fn clean(text: &str, elided: &mut String) -> Clean {
    let mut kept: Vec<&str> = Vec::new();
    let mut private = false;
    for paragraph in text.split("\n\n") {
        // A postscript also comes on the next line.
        let lines: Vec<&str> = paragraph.lines().collect();
        let note = lines.iter().position(|line| cover::is_private_note(line));
        match note {
            Some(at) => {
                private = true;
                let whole = if cover::is_private_note(lines[0]) { 0 } else { at };
                set_aside(elided, &lines[whole..].join("\n"));
                kept.extend(&lines[..whole]);
            }
            None => kept.extend(lines),
        }
        kept.push("");
    }
    let mut found_byline = None;
    let mut photos_too = None;
    if let Some(found) = byline::find(&kept) {
        set_aside(elided, &kept[found.start..found.end].join("\n"));
        kept.drain(found.start..found.end);
        photos_too = found.byline.name.clone().filter(|_| found.photos_too);
        found_byline = Some(found.byline);
    }
    let (text, taken) = cover::strip(&kept.join("\n"));
    set_aside(elided, &taken);
    let mut read = Captions::default();
    let lines: Vec<&str> = text.lines().collect();
    let mut out: Vec<String> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let blank =
            |at: Option<usize>| at.and_then(|at| lines.get(at)).is_none_or(|line| line.trim().is_empty());
        let alone = blank(at.checked_sub(1)) && blank(Some(at + 1))
            || line.chars().count() < 120 && blank(Some(at + 1));
        match captions::take(line, alone, &mut read) {
            Some(line) => out.push(line),
            None => set_aside(elided, line),
        }
    }
    if let Some(name) = photos_too
        && read.credits.is_empty()
    {
        read.credits.push((None, name));
    }
    Clean { text: tidy(&out.join("\n")), captions: read, byline: found_byline, private }
}

/// The title to propose, and the text without it if it stood there.
fn titled(subject: &str, text: &str, document: bool) -> (Option<String>, String) {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or("");
    let rest = tidy(&lines.collect::<Vec<_>>().join("\n"));
    let own_paragraph = text.lines().nth(1).is_none_or(|line| line.trim().is_empty());
    let line_title = title::from_line(first).filter(|_| !rest.is_empty() && (own_paragraph || document));
    let subject_title = title::from_subject(subject);
    match (subject_title, line_title) {
        (Some(subject), Some(line)) if same(&subject, &line) => (Some(subject), rest),
        (_, Some(line)) if document => (Some(line), rest),
        (Some(subject), _) => (Some(subject), text.to_owned()),
        (None, Some(line)) => (Some(line), rest),
        (None, None) => (None, text.to_owned()),
    }
}

fn same(one: &str, other: &str) -> bool {
    folded_words(one) == folded_words(other)
}

/// Numbered headings, as people write several pieces of news in one letter.
fn several_items(text: &str) -> bool {
    let numbered = |number: &str| {
        text.lines().any(|line| {
            let line = line.trim();
            line.strip_prefix(number).is_some_and(|rest| {
                rest.starts_with([')', '.'])
                    && rest.len() > 1
                    && line.chars().count() <= 100
                    && !line.ends_with(';')
                    && rest[1..].trim_start().chars().next().is_some_and(char::is_uppercase)
            })
        })
    };
    numbered("1") && numbered("2")
}

/// The day from which relative days count.
fn reference(parsed: &Parsed, rules: &Rules, on: NaiveDate) -> NaiveDate {
    let day = |moment: DateTime<FixedOffset>| moment.with_timezone(&rules.zone).date_naive();
    let tomorrow = on.succ_opt().unwrap_or(on);
    parsed.date.map(day).filter(|date| *date <= tomorrow).or_else(|| parsed.received.map(day)).unwrap_or(on)
}

fn warn_about_sender(report: &mut Report, parsed: &Parsed, rules: &Rules, on: NaiveDate) {
    let day = parsed.date.map(|date| date.with_timezone(&rules.zone).date_naive());
    if day.is_some_and(|day| Some(day) > on.succ_opt()) {
        report.warnings.push(Warning::new(WarningCode::DateInFuture, "the letter is dated in the future"));
    }
    if parsed.recipients.len() > RECIPIENTS_MAX {
        report.warnings.push(Warning::new(WarningCode::ManyRecipients, "the letter went to many people"));
    }
    if parsed.from.iter().filter(|mailbox| mailbox.address.is_some()).count() > 1 {
        report.warnings.push(Warning::new(WarningCode::SeveralAuthors, "the letter names several senders"));
    }
}

/// More than this is a circular.
const RECIPIENTS_MAX: usize = 10;
