//! Puts the report of one message together.

use chrono::NaiveDate;

use super::automatic::verified;
use super::bounce;
use super::kind::judge;
use super::parsed::Parsed;
use super::report::{Kind, ProposedItem, Report};
use super::rules::Rules;
use super::title;
use super::words::{Words, take_apart};
use crate::language;

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
    take_apart(body(parsed), title::is_forward_subject(subject))
}

/// The words of the documents, for judging.
pub(super) fn document_words(parsed: &Parsed) -> String {
    let words: Vec<&str> = parsed.documents.iter().filter_map(|document| document.words.as_deref()).collect();
    words.join("\n\n")
}

pub(super) fn report(parsed: &Parsed, rules: &Rules, _on: NaiveDate) -> Report {
    let words = own_words(parsed);
    let judgement = judge(parsed, rules, &words, &document_words(parsed));
    let mut report = Report {
        kind: judgement.kind,
        why: judgement.why,
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
    };
    match report.kind {
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
        _ => {}
    }
    report.text = words.own;
    report.elided = words.elided;
    report.signature = words.signature;
    report.language = language::guess(&report.text).map(str::to_owned);
    if let Some(header) = &words.forwarded {
        report.forward = Some(header.forward());
    }
    report.title = parsed.subject.as_deref().and_then(title::from_subject);
    if report.kind == Kind::Submission {
        report.items.push(ProposedItem {
            title: report.title.clone(),
            text: report.text.clone(),
            photos: (0..report.photos.len()).collect(),
            events: report.events.clone(),
            places: report.places.clone(),
            byline: report.byline.clone(),
        });
    }
    report
}
