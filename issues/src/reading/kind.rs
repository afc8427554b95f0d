//! What a message is, with the evidence: bounce before loop before automatic answer before command before reply
//! before submission, since each of the former can look like the latter.

use super::automatic::{Machine, away_subject, is_nobody, machine, own_mail};
use super::bounce::looks_like_bounce;
use super::commands;
use super::parsed::Parsed;
use super::report::Kind;
use super::rules::{PrivateRule, Rules};
use super::title::{is_forward_subject, is_reply_subject};
use super::words::Words;
use crate::language::{fold, folded_words};

/// A kind and why, most important first.
pub(super) struct Judgement {
    pub kind: Kind,
    pub why: Vec<String>,
}

fn judged(kind: Kind, why: impl Into<String>) -> Judgement {
    Judgement { kind, why: vec![why.into()] }
}

/// `words` is the message's text taken apart, `document` the words of an attached document.
pub(super) fn judge(parsed: &Parsed, rules: &Rules, words: &Words, document: &str) -> Judgement {
    if let Some(why) = &parsed.unreadable {
        return judged(Kind::Unreadable, why.to_string());
    }
    machine_mail(parsed, rules)
        .or_else(|| private(parsed, rules, words, document))
        .or_else(|| command(parsed, rules, words))
        .unwrap_or_else(|| person(parsed, rules, words))
}

fn machine_mail(parsed: &Parsed, rules: &Rules) -> Option<Judgement> {
    if let Some(feedback) = &parsed.feedback {
        let kind = feedback.get("Feedback-Type").unwrap_or("abuse").to_ascii_lowercase();
        return Some(judged(Kind::Complaint, format!("part message/feedback-report: {kind}")));
    }
    if let Some(why) = statistics(parsed) {
        return Some(judged(Kind::Report, why));
    }
    if !parsed.delivery_status.is_empty() && parsed.report_type.as_deref() != Some("disposition-notification")
    {
        return Some(judged(Kind::Bounce, "part message/delivery-status"));
    }
    if parsed.report_type.as_deref() == Some("disposition-notification") {
        let refused = parsed.header("Auto-Submitted").is_some_and(|value| value.contains("rejected"));
        let kind = if refused { Kind::Bounce } else { Kind::AutoReply };
        return Some(judged(kind, "a read receipt: report-type=disposition-notification"));
    }
    let answering = match machine(parsed) {
        Some(Machine::Answering(why)) => Some(why),
        _ => None,
    };
    if let Some(why) = vacation_words(parsed) {
        return Some(judged(Kind::AutoReply, why));
    }
    if let Some(why) = looks_like_bounce(parsed) {
        return Some(judged(Kind::Bounce, why));
    }
    if let Some(why) = own_mail(parsed, rules) {
        return Some(judged(Kind::Bulk, format!("our own mail came back: {why}")));
    }
    if let Some(why) = answering {
        return Some(judged(Kind::AutoReply, why));
    }
    if let Some(Machine::Bulk(why)) = machine(parsed) {
        return Some(judged(Kind::Bulk, why));
    }
    if let Some(away) = away_subject(parsed).filter(|_| parsed.attachments.is_empty()) {
        return Some(judged(Kind::AutoReply, format!("the subject begins like a vacation notice: {away}")));
    }
    let author = parsed.author_address()?;
    if is_nobody(&author) && parsed.has_null_return_path() {
        return Some(judged(Kind::AutoReply, "from an address that nobody reads, with an empty return path"));
    }
    None
}

/// Away, said by a mail system that hides it in the form of a report.
fn vacation_words(parsed: &Parsed) -> Option<String> {
    let subject = away_subject(parsed)?;
    let text = fold(parsed.plain.as_deref().unwrap_or(""));
    let failed = ["undeliver", "could not be delivered", "user unknown", "delivery failed"]
        .iter()
        .any(|w| text.contains(w));
    (!failed).then(|| format!("the subject begins like a vacation notice: {subject}"))
}

/// Reports that one mail system sends another (RFC 7489 section 7.2, RFC 8460).
fn statistics(parsed: &Parsed) -> Option<String> {
    if parsed.report_type.as_deref() == Some("tlsrpt") || parsed.header("TLS-Report-Domain").is_some() {
        return Some("a TLS report: report-type=tlsrpt".to_owned());
    }
    let subject = fold(parsed.subject.as_deref().unwrap_or(""));
    if subject.starts_with("report domain:") && subject.contains("submitter:") {
        return Some("the subject of a DMARC report: Report Domain, Submitter".to_owned());
    }
    let named = |name: &str| {
        let name = name.to_ascii_lowercase();
        name.matches('!').count() >= 3
            && [".xml", ".xml.gz", ".zip", ".json.gz", ".gz"].iter().any(|e| name.ends_with(e))
    };
    parsed
        .attachments
        .iter()
        .filter_map(|attachment| attachment.name.as_deref())
        .chain(parsed.documents.iter().filter_map(|document| document.name.as_deref()))
        .any(named)
        .then(|| "an attachment named as DMARC reports are".to_owned())
}

fn private(parsed: &Parsed, rules: &Rules, words: &Words, document: &str) -> Option<Judgement> {
    rules.private.iter().find_map(|rule| {
        let why = matches_rule(rule, parsed, words, document)?;
        Some(judged(Kind::Private, format!("rule “{}”: {why}", rule.name)))
    })
}

fn matches_rule(rule: &PrivateRule, parsed: &Parsed, words: &Words, document: &str) -> Option<String> {
    let named = parsed.recipients.iter().filter_map(|mailbox| mailbox.address.as_deref());
    let delivered = parsed.headers("Delivered-To").chain(parsed.headers("X-Original-To"));
    for address in named.chain(delivered) {
        let address = address.trim_matches(['<', '>']);
        if rule.addresses.iter().any(|own| own.as_str().eq_ignore_ascii_case(address)) {
            return Some("sent to its address".to_owned());
        }
    }
    let subject = folded_words(parsed.subject.as_deref().unwrap_or(""));
    if let Some(word) = rule.words.iter().find(|word| begins_word(&subject, word)) {
        return Some(format!("the subject says “{word}”"));
    }
    let text = folded_words(&format!("{}\n{document}", words.own));
    let word = rule.words.iter().find(|word| begins_word(&text, word))?;
    let text = format!("{subject} {text}");
    let entry = rule.entry_words.iter().find(|entry| begins_word(&text, entry))?;
    Some(format!("the text says “{word}” and “{entry}”"))
}

/// Is the phrase there, its last word in any ending?
fn begins_word(folded: &str, phrase: &str) -> bool {
    let phrase = folded_words(phrase);
    let phrase = phrase.trim_end();
    !phrase.is_empty() && folded.contains(phrase)
}

fn command(parsed: &Parsed, rules: &Rules, words: &Words) -> Option<Judgement> {
    let tags = rules.tags(parsed);
    let tagged = |letter: char| {
        tags.iter().any(|tag| tag.starts_with(letter) && tag[1..].starts_with('.') && tag.len() > 4)
    };
    if tagged('u') || tagged('m') {
        return Some(judged(Kind::Unsubscribe, "sent to an address for leaving"));
    }
    if tagged('c') {
        return Some(judged(Kind::Subscribe, "sent to an address for confirming"));
    }
    let subject = parsed.subject.as_deref().unwrap_or("");
    commands::leaving(subject, &words.own)
        .map(|why| judged(Kind::Unsubscribe, why))
        .or_else(|| commands::joining(subject, &words.own).map(|why| judged(Kind::Subscribe, why)))
}

fn person(parsed: &Parsed, rules: &Rules, words: &Words) -> Judgement {
    let subject = parsed.subject.as_deref().unwrap_or("");
    let forward = words.forwarded.is_some() || is_forward_subject(subject) && !is_reply_subject(subject);
    let tags = rules.tags(parsed);
    let tag = tags.iter().any(|tag| ["r.", "i.", "l.", "d."].iter().any(|purpose| tag.starts_with(purpose)));
    let mut why = Vec::new();
    if tag {
        why.push("sent to a reply address".to_owned());
    }
    if !forward {
        if !parsed.in_reply_to.is_empty() {
            why.push("header In-Reply-To".to_owned());
        } else if !parsed.references.is_empty() {
            why.push("header References".to_owned());
        }
        if why.is_empty() && is_reply_subject(subject) && (words.quoted || words.own.chars().count() < 1500) {
            why.push("the subject begins like an answer".to_owned());
        } else if why.is_empty() && words.quoted && quotes_us(words, rules) {
            why.push("it quotes mail of ours".to_owned());
        }
    }
    if let Some(evidence) = correction(subject, words, !why.is_empty()) {
        why.insert(0, evidence);
        return Judgement { kind: Kind::Correction, why };
    }
    if !why.is_empty() {
        return Judgement { kind: Kind::Reply, why };
    }
    judged(
        Kind::Submission,
        if forward { "a forward from a person" } else { "a letter of a person to the publication" },
    )
}

fn quotes_us(words: &Words, rules: &Rules) -> bool {
    let elided = words.elided.to_lowercase();
    rules.own.iter().any(|own| elided.contains(&own.key()))
}

/// Does a person correct something already sent?
fn correction(subject: &str, words: &Words, answer: bool) -> Option<String> {
    const SUBJECT: [&str; 10] = [
        "labojum",
        "klud",
        "precizejum",
        "labots",
        "labota",
        "correction",
        "corrected",
        "erratum",
        "исправлени",
        "поправк",
    ];
    const TEXT: [&str; 15] = [
        "ieviesusies klud",
        "ieviesas klud",
        "kluda teksta",
        "kluda zina",
        "nepareiz",
        "lugums labot",
        "ludzu labot",
        "ludzu izlabo",
        "ludzu precizet",
        "izlabojiet",
        "precizejums",
        "labojums",
        "there is a mistake",
        "please correct",
        "ошибк",
    ];
    let subject = folded_words(subject);
    if let Some(word) = SUBJECT.iter().find(|word| subject.contains(&format!(" {word}"))) {
        return Some(format!("the subject says “{word}”"));
    }
    let text = folded_words(&words.own);
    let short = words.own.chars().count() < 1200;
    if !short {
        return None;
    }
    let found = TEXT.iter().find(|word| text.contains(&format!(" {word}")))?;
    // Without an answer's headers a text about mistakes may be news.
    (answer || text.trim_start().chars().count() < 600 && text.contains(" zina ") || text.contains(" zinas "))
        .then(|| format!("the text says “{found}”"))
}
