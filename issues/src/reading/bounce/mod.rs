//! Reports that mail did not arrive: by the standard (RFC 3464), and by the text where there is no standard part.
//!
//! Leaves out the dialects of single mail systems beyond the shapes that many share.

mod class;
mod phrases;
mod text;

use super::parsed::{Fields, Parsed};
use super::report::BouncedRecipient;
use super::rules::Rules;
use subscribers::Bounced;

pub(super) use class::{Verdict, classify};
pub(super) use text::{from_text, looks_like_bounce};

/// Recipients of one report that are kept.
const RECIPIENTS_MAX: usize = 500;

/// What a report tells about the message that failed, for finding it again. Strings are as found, unchecked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Returned {
    /// The Message-ID of the returned message or headers.
    pub message_id: Option<String>,
    pub envelope_id: Option<String>,
    /// Tags of our own addresses in the returned headers and in the report's recipients.
    pub tags: Vec<String>,
}

/// Finds what identifies the original message of a bounce or complaint.
pub fn returned(parsed: &Parsed, rules: &Rules) -> Returned {
    let mut found = Returned { tags: rules.tags(parsed), ..Returned::default() };
    found.envelope_id = parsed
        .delivery_status
        .iter()
        .chain(&parsed.feedback)
        .find_map(|group| group.get("Original-Envelope-Id"))
        .map(str::to_owned);
    let mut add = |value: &str| {
        for tag in rules.tags_in(value) {
            if !found.tags.contains(&tag) {
                found.tags.push(tag);
            }
        }
    };
    for embedded in &parsed.embedded {
        for name in ["Return-Path", "Reply-To", "From", "List-Unsubscribe", "X-Original-From"] {
            embedded.headers(name).for_each(&mut add);
        }
    }
    if let Some(feedback) = &parsed.feedback {
        feedback.all("Original-Mail-From").for_each(&mut add);
    }
    found.message_id = parsed.embedded.iter().find_map(|embedded| embedded.message_id.clone());
    if found.message_id.is_none() || found.tags.is_empty() {
        // Old systems paste the headers into the text.
        let text = parsed.plain.as_deref().unwrap_or("");
        for line in text.lines() {
            let line = line.trim_start_matches(['>', ' ', '\t']);
            let Some((name, value)) = line.split_once(':') else {
                continue;
            };
            match name.trim().to_ascii_lowercase().as_str() {
                "message-id" if found.message_id.is_none() => {
                    let id = value.trim().trim_matches(['<', '>']);
                    found.message_id = (id.contains('@') && !id.contains(' ')).then(|| id.to_owned());
                }
                "return-path" | "reply-to" | "list-unsubscribe" => {
                    for tag in rules.tags_in(value) {
                        if !found.tags.contains(&tag) {
                            found.tags.push(tag);
                        }
                    }
                }
                _ => {}
            }
        }
    }
    found
}

/// One entry for each recipient of the `message/delivery-status` parts.
pub(super) fn from_status(parsed: &Parsed) -> Vec<BouncedRecipient> {
    let mut out: Vec<BouncedRecipient> = Vec::new();
    let narrative = narrative(parsed);
    for group in &parsed.delivery_status {
        let Some(recipient) = recipient_of(group) else {
            continue;
        };
        let entry = bounced(group, recipient, &narrative);
        let known = out.iter().any(|other| {
            let same = |a: &Option<String>, b: &Option<String>| {
                a.as_deref().map(str::to_ascii_lowercase) == b.as_deref().map(str::to_ascii_lowercase)
            };
            same(&other.recipient, &entry.recipient) && other.diagnostic == entry.diagnostic
        });
        if !known && out.len() < RECIPIENTS_MAX {
            out.push(entry);
        }
    }
    out
}

/// The words a report has for people: they often name the reason that its fields leave out.
fn narrative(parsed: &Parsed) -> String {
    let html = parsed.html.as_ref().map(|html| html.text.as_str());
    parsed.plain.as_deref().or(html).unwrap_or("").to_owned()
}

fn recipient_of(group: &Fields) -> Option<String> {
    ["Final-Recipient", "Original-Recipient", "X-Actual-Recipient"]
        .into_iter()
        .filter_map(|name| group.get(name))
        .map(typed_address)
        .find(|address| !address.is_empty())
}

/// `rfc822; <a@b>` without its type, brackets and quotes (RFC 3464 section 2.3.2).
fn typed_address(value: &str) -> String {
    let value = value.rsplit_once(';').map_or(value, |(_, address)| address);
    value
        .trim()
        .trim_start_matches("rfc822")
        .trim_matches(|c: char| c.is_whitespace() || "<>\"'".contains(c))
        .to_owned()
}

fn bounced(group: &Fields, recipient: String, narrative: &str) -> BouncedRecipient {
    let action = group
        .get("Action")
        .map(|action| action.split([';', ' ', '(']).next().unwrap_or("").to_ascii_lowercase());
    let diagnostic = group.get("Diagnostic-Code").map(|text| {
        text.split_once(';').map_or(text, |(_, rest)| rest).split_whitespace().collect::<Vec<_>>().join(" ")
    });
    let said = diagnostic.clone().unwrap_or_default();
    let status = group
        .get("Status")
        .and_then(class::enhanced_code)
        // A vague field is beaten by a precise diagnostic: `5.0.0` by `5.1.1`.
        .filter(|status| !status.ends_with(".0.0"))
        .or_else(|| class::enhanced_code(&said))
        .or_else(|| group.get("Status").and_then(class::enhanced_code));
    let reply_code = class::reply_code(&said);
    let verdict = match action.as_deref() {
        Some("delayed" | "delivered" | "relayed" | "expanded") => Verdict {
            class: Bounced::None,
            reason: if action.as_deref() == Some("delayed") { "delayed" } else { "delivered" },
        },
        _ => classify(&said, narrative, status.as_deref(), reply_code),
    };
    BouncedRecipient {
        recipient: Some(recipient),
        action,
        status,
        reply_code,
        class: verdict.class,
        reason: Some(verdict.reason.to_owned()),
        diagnostic: diagnostic.filter(|text| !text.is_empty()),
    }
}

/// Who complained, as far as the report names them (RFC 5965).
pub(super) fn from_feedback(parsed: &Parsed, feedback: &Fields) -> Vec<BouncedRecipient> {
    let mut recipients: Vec<String> = ["Original-Rcpt-To", "Removal-Recipient"]
        .into_iter()
        .flat_map(|name| feedback.all(name))
        .map(typed_address)
        .collect();
    if recipients.is_empty()
        && let Some(original) = parsed.embedded.first()
    {
        recipients.extend(original.recipients.iter().filter_map(|mailbox| mailbox.address.clone()));
    }
    let mut out: Vec<BouncedRecipient> = Vec::new();
    for recipient in recipients.into_iter().filter(|recipient| recipient.contains('@')).take(RECIPIENTS_MAX) {
        if out.iter().any(|other| other.recipient.as_deref() == Some(&recipient)) {
            continue;
        }
        out.push(BouncedRecipient {
            recipient: Some(recipient),
            action: None,
            status: None,
            reply_code: None,
            class: Bounced::None,
            reason: Some("complaint".to_owned()),
            diagnostic: None,
        });
    }
    out
}
