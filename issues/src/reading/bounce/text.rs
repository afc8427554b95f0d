//! Failure reports without a standard part: who failed is found in their words.

use super::super::parsed::Parsed;
use super::super::report::BouncedRecipient;
use super::class::{classify, enhanced_code, reply_code};
use crate::language::fold;
use subscribers::Bounced;

/// Subjects of failure reports, folded.
const SUBJECTS: &[&str] = &[
    "undeliver",
    "delivery failure",
    "delivery failed",
    "delivery status notification",
    "delivery report",
    "delivery notification",
    "failure notice",
    "failed delivery",
    "mail delivery",
    "returned mail",
    "returned to sender",
    "return to sender",
    "could not be delivered",
    "mail failure",
    "message delivery",
    "delivery problem",
    "delivery error",
    "nondeliver",
    "non-deliver",
    "mail error",
    "delivery has failed",
    "undelivered",
    "mail system error",
    "unable to deliver",
    "could not send message",
    "not delivered",
    "warning: message",
    "delivery unsuccessful",
    "rejected mail",
    "mail could not",
    "there was an error sending",
    "nav piegad",
    "neizdevas piegadat",
    "piegades kluda",
    "ziojums netika piegadats",
    "не доставлен",
    "недоставлен",
    "failed mail",
    "mailer-daemon",
    "error sending",
    "permanent delivery failure",
    "message you sent blocked",
    "email non remis",
    "unzustellbar",
    "dsn",
    "undelivered mail",
    "error delivering",
    "delivery attempts",
];
/// Sentences of failure reports, in lower case.
const SENTENCES: &[&str] = &[
    "could not be delivered",
    "couldn't be delivered",
    "was not delivered",
    "wasn't delivered",
    "unable to deliver",
    "undeliverable",
    "delivery failed",
    "failed to deliver",
    "permanent error",
    "permanent fatal errors",
    "delivery has failed",
    "this is the mail system at host",
    "your message did not reach",
    "message that you sent could not",
    "mail delivery system",
    "delivery to the following",
    "returned to you",
    "not been delivered",
    "i'm afraid i wasn't able to deliver",
    "could not deliver",
    "delivery failure",
    "cannot be delivered",
    "rejected your message",
    "the following addresses had",
    "the following address",
    "recipient(s) could not be reached",
    "will not be delivered",
    "delivery error",
    "nevareja piegadat",
    "netika piegadat",
    "delivery was not",
    "can't be delivered",
    "no valid recipients",
    "status: failed",
    "following recipient",
    "unknown user",
    "user unknown",
    "mailbox full",
    "over quota",
    "invalid recipient",
];
/// What stands before the copy of the original message.
const ORIGINAL: &[&str] = &[
    "--- below this line is a copy",
    "------ this is a copy",
    "--- the message",
    "original message follows",
    "unsent message below",
    "----- original message",
    "--- original message",
    "-----original message",
    "returned message",
    "your message headers",
    "received: from",
    "return-path:",
    "----- unsent message",
    "text of your message",
    "the original message",
    "original message headers",
    "message headers follow",
    "--- message header",
    "headers of the original",
    "message header is",
    "copy of the message",
    "included below",
    "--- returned mail",
    "message contents follow",
    "received: ",
    "original mail follows",
    "begin message",
    "here is your message",
    "> from:",
];
const RECIPIENTS_MAX: usize = 50;

/// Does a message without a delivery-status part report a failure? The evidence.
pub(in super::super) fn looks_like_bounce(parsed: &Parsed) -> Option<String> {
    if parsed.header("X-Failed-Recipients").is_some() {
        return Some("header X-Failed-Recipients".to_owned());
    }
    let subject = fold(parsed.subject.as_deref().unwrap_or(""));
    let by_subject = SUBJECTS.iter().find(|phrase| subject.contains(**phrase));
    let author = parsed.author_address().unwrap_or_default();
    let name = parsed.author().and_then(|m| m.name.as_deref()).unwrap_or("").to_lowercase();
    let machine = ["mailer-daemon", "postmaster", "mailerdaemon", "mail-daemon", "mailsystem"]
        .iter()
        .any(|local| author.starts_with(local) || name.contains(local))
        || [
            "mail delivery",
            "mail system",
            "mail administrator",
            "mailer daemon",
            "microsoft exchange",
            "mail deliver",
        ]
        .iter()
        .any(|words| name.contains(words));
    let body = body(parsed).to_lowercase();
    let near = body.get(..body.floor_char_boundary(3000)).unwrap_or(&body);
    let by_words = SENTENCES.iter().find(|phrase| near.contains(**phrase));
    let report = parsed.media_type == "multipart/report"
        && parsed.report_type.as_deref().is_none_or(|kind| kind == "delivery-status");
    let null = parsed.has_null_return_path();
    match (by_subject, by_words) {
        (Some(subject), Some(_)) if machine || null || report => {
            Some(format!("the subject says “{subject}”"))
        }
        (Some(subject), _) if machine => Some(format!("the subject says “{subject}”, from a mail system")),
        (_, Some(words)) if machine || report => Some(format!("from a mail system, and says “{words}”")),
        (_, Some(words)) if null => Some(format!("the return path is empty, and the text says “{words}”")),
        (Some(subject), Some(_)) if !addresses_in(near).is_empty() && parsed.in_reply_to.is_empty() => {
            Some(format!("the subject says “{subject}”"))
        }
        (Some(_), None) if report => Some("a report of a mail system".to_owned()),
        _ => None,
    }
}

fn body(parsed: &Parsed) -> String {
    let html = parsed.html.as_ref().map(|html| html.text.as_str());
    parsed.plain.as_deref().filter(|text| !text.trim().is_empty()).or(html).unwrap_or("").to_owned()
}

/// The recipients that the words name, or one unnamed.
pub(in super::super) fn from_text(parsed: &Parsed) -> Vec<BouncedRecipient> {
    let body = body(parsed);
    let lower = body.to_lowercase();
    let end = ORIGINAL
        .iter()
        .filter_map(|mark| lower.find(mark))
        .filter(|at| *at > 40)
        .min()
        .unwrap_or(lower.len());
    // Lower-casing can move offsets of foreign letters; stay on a boundary.
    let top = &body[..body.floor_char_boundary(end.min(body.len()))];
    let mut recipients: Vec<String> = Vec::new();
    for value in parsed.headers("X-Failed-Recipients") {
        recipients.extend(addresses_in(value));
    }
    if recipients.is_empty() {
        recipients = named_at_line_starts(top);
    }
    if recipients.is_empty() {
        recipients = addresses_in(top);
        recipients.truncate(1);
    }
    if recipients.is_empty() {
        recipients = parsed
            .embedded
            .iter()
            .flat_map(|original| original.recipients.iter())
            .filter_map(|mailbox| mailbox.address.clone())
            .take(1)
            .collect();
    }
    let own: Vec<String> =
        parsed.recipients.iter().filter_map(|m| m.address.as_ref()).map(|a| a.to_lowercase()).collect();
    let mut unique: Vec<String> = Vec::new();
    for recipient in recipients {
        let known = unique.iter().any(|other| other.eq_ignore_ascii_case(&recipient));
        if !known && unique.len() < RECIPIENTS_MAX && !own.contains(&recipient.to_lowercase()) {
            unique.push(recipient);
        }
    }
    if unique.is_empty() {
        return vec![entry(None, top)];
    }
    unique
        .iter()
        .map(|recipient| {
            entry(Some(recipient), if unique.len() == 1 { top } else { near(top, recipient, &unique) })
        })
        .collect()
}

/// The words about one recipient: from its address to the next one's.
fn near<'a>(text: &'a str, recipient: &str, all: &[String]) -> &'a str {
    let Some(at) = text.find(recipient) else {
        return text;
    };
    let rest = &text[at + recipient.len()..];
    let end = all
        .iter()
        .filter(|other| *other != recipient)
        .filter_map(|other| rest.find(other.as_str()))
        .min()
        .unwrap_or(rest.len());
    if rest[..end].trim().len() < 10 { text } else { &rest[..end] }
}

fn entry(recipient: Option<&str>, words: &str) -> BouncedRecipient {
    let lower = words.to_lowercase();
    let still_trying = [
        "will continue to",
        "will keep trying",
        "you do not need to resend",
        "no action is required",
        "not yet been delivered",
        "will be retried",
        "this is a warning message only",
        "retry for",
        "delivery will be attempted",
    ]
    .iter()
    .any(|phrase| lower.contains(phrase));
    let (status, reply) = (enhanced_code(words), reply_code(words));
    let verdict = classify(words, "", status.as_deref(), reply);
    BouncedRecipient {
        recipient: recipient.map(str::to_owned),
        action: Some(if still_trying { "delayed" } else { "failed" }.to_owned()),
        status,
        reply_code: reply,
        class: if still_trying { Bounced::None } else { verdict.class },
        reason: Some(if still_trying { "delayed" } else { verdict.reason }.to_owned()),
        diagnostic: diagnostic(words),
    }
}

/// The line that gives the reason: the one with a code, else none.
fn diagnostic(words: &str) -> Option<String> {
    words
        .lines()
        .map(str::trim)
        .find(|line| reply_code(line).is_some() || enhanced_code(line).is_some())
        .map(|line| line.chars().take(500).collect())
}

/// `<a@b>:`, `a@b` alone, or `a@b : reason` at the start of a line, as most systems write it.
fn named_at_line_starts(text: &str) -> Vec<String> {
    text.lines()
        .filter_map(|line| {
            let line = line.trim().trim_start_matches(['*', '-', '•', ' ']);
            let line = line
                .strip_prefix("To:")
                .or_else(|| line.strip_prefix("Recipient:"))
                .or_else(|| line.strip_prefix("RCPT To:"))
                .or_else(|| line.strip_prefix("RCPT TO:"))
                .unwrap_or(line)
                .trim_start();
            let end = line.find(|c: char| c.is_whitespace() || ",;()".contains(c)).unwrap_or(line.len());
            let word = line[..end].trim_matches(['<', '>', ':', '"', '\'', '.', '[', ']']);
            is_address(word).then(|| word.to_owned())
        })
        .collect()
}

fn addresses_in(text: &str) -> Vec<String> {
    text.split(|c: char| c.is_whitespace() || "<>()[],;\"'“”|=".contains(c))
        .map(|word| {
            word.trim_start_matches("mailto:")
                .trim_start_matches("rfc822:")
                .trim_start_matches("SMTP:")
                .trim_matches([':', '.', '\'', '`'])
        })
        .filter(|word| is_address(word))
        .map(str::to_owned)
        .collect()
}

fn is_address(word: &str) -> bool {
    word.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && domain.contains('.')
            && !domain.contains('@')
            && domain.chars().all(|c| c.is_alphanumeric() || ".-".contains(c))
            && local.chars().all(|c| c.is_alphanumeric() || "!#$%&*+-/=?^_`{|}~.".contains(c))
    })
}
