//! What a failure means for the address: by the words of the server first, then by its codes, since servers are more
//! careful with words than with numbers.

use subscribers::Bounced;

use super::phrases::{TABLES, WEAK};

/// A class with its reason in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Verdict {
    pub class: Bounced,
    pub reason: &'static str,
}

/// `said` is what the failing server answered; `narrative` the rest of the report, looked at only when the answer and
/// the codes say nothing.
pub(in super::super) fn classify(
    said: &str,
    narrative: &str,
    status: Option<&str>,
    reply: Option<u16>,
) -> Verdict {
    if let Some(verdict) = by_text(said, TABLES) {
        return verdict;
    }
    if let Some(verdict) = status.and_then(by_status) {
        return verdict;
    }
    if let Some(verdict) = by_text(said, WEAK) {
        return verdict;
    }
    // A long report quotes the whole message; its reason stands near the top.
    let near = narrative.get(..narrative.floor_char_boundary(2500)).unwrap_or(narrative);
    if let Some(verdict) = by_text(near, TABLES).or_else(|| by_text(near, WEAK)) {
        return verdict;
    }
    match (status, reply) {
        (Some(status), _) if status.starts_with('4') => soft("temporary"),
        (_, Some(400..=499)) => soft("temporary"),
        (_, Some(552)) => soft("mailbox_full"),
        _ => Verdict { class: Bounced::Unknown, reason: "unknown" },
    }
}

fn soft(reason: &'static str) -> Verdict {
    Verdict { class: Bounced::Soft, reason }
}

fn by_text(text: &str, tables: &[(Bounced, &'static str, &[&str])]) -> Option<Verdict> {
    let text = text.to_lowercase().replace(['\n', '\r', '\t', '_'], " ");
    let text = text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return None;
    }
    tables.iter().find_map(|(class, reason, phrases)| {
        phrases
            .iter()
            .any(|phrase| contains_phrase(&text, phrase))
            .then_some(Verdict { class: *class, reason })
    })
}

/// Short words must be whole: `rbl` is not in “marble”.
fn contains_phrase(text: &str, phrase: &str) -> bool {
    if phrase.len() > 5 {
        return text.contains(phrase);
    }
    text.match_indices(phrase).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + phrase.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphabetic)
    })
}

/// RFC 3463: the subject of the code, for permanent and lasting failures.
fn by_status(status: &str) -> Option<Verdict> {
    let mut parts = status.split('.');
    let permanent = parts.next()? == "5";
    let (subject, detail) = (parts.next()?, parts.next()?);
    let verdict = |class, reason| Some(Verdict { class, reason });
    match (subject, detail) {
        ("1", "0" | "1" | "3" | "4") if permanent => verdict(Bounced::Hard, "user_unknown"),
        ("1", "2" | "10") if permanent => verdict(Bounced::Hard, "host_unknown"),
        ("1", "6") if permanent => verdict(Bounced::Hard, "moved"),
        ("1", "7" | "8" | "9") if permanent => verdict(Bounced::Policy, "sender_refused"),
        ("2", "1") => verdict(Bounced::Soft, "suspended"),
        ("2", "2") => verdict(Bounced::Soft, "mailbox_full"),
        ("2", "3") | ("3", "4") => verdict(Bounced::Policy, "too_large"),
        ("4", "4") if permanent => verdict(Bounced::Hard, "host_unknown"),
        ("4", "7") => verdict(Bounced::Soft, "expired"),
        ("4", "6") => verdict(Bounced::Soft, "network"),
        ("4", "1" | "2") => verdict(Bounced::Soft, "network"),
        ("7", _) if permanent => verdict(Bounced::Policy, "policy"),
        ("6", _) if permanent => verdict(Bounced::Policy, "content"),
        ("5", "0" | "1" | "2" | "4") if permanent => verdict(Bounced::Policy, "syntax"),
        ("3", _) => verdict(Bounced::Soft, "system"),
        _ => None,
    }
}

/// The first `5.1.1` of a text.
pub(in super::super) fn enhanced_code(text: &str) -> Option<String> {
    text.split(|c: char| !(c.is_ascii_digit() || c == '.')).find_map(|word| {
        let word = word.trim_matches('.');
        let mut parts = word.split('.');
        let (class, subject, detail) = (parts.next()?, parts.next()?, parts.next()?);
        let sound = matches!(class, "2" | "4" | "5")
            && (1..=3).contains(&subject.len())
            && (1..=3).contains(&detail.len())
            && parts.next().is_none();
        sound.then(|| word.to_owned())
    })
}

/// The first SMTP reply code of a text.
pub(in super::super) fn reply_code(text: &str) -> Option<u16> {
    text.split(|c: char| !c.is_ascii_digit() && c != '.' && c != '-')
        .map(|word| word.split('-').next().unwrap_or(""))
        .filter(|word| word.len() == 3 && (word.starts_with('4') || word.starts_with('5')))
        .find_map(|word| word.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_count_before_codes() {
        for (said, status, want) in [
            (
                "550 5.1.1 <a@b.example>: Recipient address rejected: User unknown",
                Some("5.1.1"),
                Bounced::Hard,
            ),
            (
                "552 5.2.2 The email account that you tried to reach is over quota",
                Some("5.2.2"),
                Bounced::Soft,
            ),
            ("550 5.1.1 Message rejected as spam by content filtering", Some("5.1.1"), Bounced::Policy),
            (
                "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.example",
                Some("5.7.1"),
                Bounced::Policy,
            ),
            ("", Some("5.1.1"), Bounced::Hard),
            ("", Some("4.4.7"), Bounced::Soft),
            ("", Some("5.7.0"), Bounced::Policy),
            ("", None, Bounced::Unknown),
        ] {
            assert_eq!(classify(said, "", status, reply_code(said)).class, want, "{said} {status:?}");
        }
    }

    #[test]
    fn codes_are_found_and_addresses_are_none() {
        assert_eq!(enhanced_code("550-5.1.1 x"), Some("5.1.1".into()));
        assert_eq!(enhanced_code("host 192.0.2.1 said"), None);
        assert_eq!(reply_code("host x[192.0.2.1] said: 550-5.1.1 no"), Some(550));
    }
}
