//! What a failure means for the address: by the words of the server first, then by its codes, since servers are more
//! careful with words than with numbers.

use subscribers::Bounced;

/// A class with its reason in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Verdict {
    pub class: Bounced,
    pub reason: &'static str,
}

/// Phrases in lower case. The first table with a match decides, so the order of the tables is the rule: refusals
/// because of us before all, since they quote the recipient; a full mailbox before a missing one.
const TABLES: &[(Bounced, &str, &[&str])] = &[
    (
        Bounced::Policy,
        "authentication",
        &[
            "dmarc",
            "spf check",
            "spf fail",
            "spf:",
            "sender policy framework",
            "dkim",
            "unauthenticated email",
            "not authorized to send on behalf",
            "domain of sender address",
            "sender id (pra)",
            "authentication failed",
            "authentication is required",
            "authentication required",
            "must be authenticated",
            "does not pass authentication",
            "550 spf",
            "authentication checks",
        ],
    ),
    (
        Bounced::Policy,
        "reverse_dns",
        &[
            "reverse dns",
            "rdns",
            "ptr record",
            "no ptr",
            "cannot find your hostname",
            "cannot find your reverse",
            "reverse hostname",
            "no reverse",
            "unresolvable relay",
            "client host rejected: cannot find",
            "generic ptr",
            "does not resolve",
            "fix reverse",
            "dns ptr",
            "forward-confirmed",
            "helo command rejected",
            "ehlo command rejected",
            "forged hostname",
            "helo name",
        ],
    ),
    (
        Bounced::Policy,
        "spam",
        &[
            "spam",
            "unsolicited",
            "junk mail",
            "bulk mail",
            "looks like uce",
            "phishing",
            "message content rejected",
            "classified as",
            "considered unwanted",
            "content filter",
            "mail content denied",
        ],
    ),
    (Bounced::Policy, "virus", &["virus", "infected", "malware", "trojan", "worm", "dangerous attachment"]),
    (
        Bounced::Policy,
        "reputation",
        &["reputation", "poor sender", "senderbase", "sender score", "low score", "talosintelligence"],
    ),
    (
        Bounced::Policy,
        "blocked",
        &[
            "blacklist",
            "black list",
            "blocklist",
            "block list",
            "blocked by",
            "has been blocked",
            "is blocked",
            "blocked using",
            "dnsbl",
            "rbl",
            "spamhaus",
            "spamcop",
            "barracuda",
            "sorbs",
            "listed in",
            "listed at",
            "listed by",
            "banned",
            "your ip",
            "access denied",
            "connection refused by",
            "client host rejected",
            "denied by",
            "not allowed to connect",
            "bad sender ip",
            "ip address is not",
            "was blocked",
            "blocked for",
            "block reason",
            "sender ip",
            "ip blocked",
            "refused to talk to me: 5",
            "no access from mail server",
            "dropping connection",
            "dynamic ip",
            "dial-up",
            "rejecting",
            "refused mail from your",
            "not accept mail from",
            "we do not accept mail from",
            "from your ip",
            "messages from your",
        ],
    ),
    (
        Bounced::Policy,
        "relay",
        &[
            "relay",
            "not a valid user of this",
            "not local",
            "we do not relay",
            "mail server not permitted",
            "rcpthosts",
            "not permitted to relay",
            "must check for new mail first",
            "not an allowed recipient domain",
        ],
    ),
    (
        Bounced::Policy,
        "too_large",
        &[
            "too large",
            "too big",
            "exceeds maximum size",
            "exceeds size",
            "message size",
            "size limit",
            "maximum message size",
            "exceeds fixed maximum",
            "exceeds the maximum",
            "larger than the current",
            "mail size",
            "size exceed",
            "max message size",
            "line too long",
            "message length exceeds",
        ],
    ),
    (Bounced::Policy, "tls", &["starttls", "tls required", "must issue a starttls", "encryption required"]),
    (
        Bounced::Policy,
        "sender_refused",
        &[
            "sender address rejected",
            "sender rejected",
            "sender denied",
            "sender verify failed",
            "unknown sender",
            "bad sender",
            "invalid sender",
            "sender domain",
            "domain of sender",
            "sender is not",
            "backscatter",
            "rule imposed mailbox access",
            "envelope sender",
            "sender refused",
            "sender not",
            "from address",
            "return path",
            "mail from",
            "null sender",
            "domain does not exist: sender",
            "unverified address: sender",
            "address not allowed as sender",
            "blocked sender",
            "access denied, banned sender",
            "permission to post",
            "not have permission",
            "open to posting",
            "mail from command",
            "your email has been returned",
            "emails from",
        ],
    ),
    (
        Bounced::Soft,
        "mailbox_full",
        &[
            "quota",
            "mailbox full",
            "mailbox is full",
            "mail box is full",
            "mailbox exceeds",
            "over limit",
            "storage",
            "disk space",
            "insufficient space",
            "not enough space",
            "mailbox size",
            "exceeded size",
            "mailfolder is full",
            "mail-box is full",
            "mailbox has exceeded",
            "out of space",
            "too much mail",
            "maildir delivery failed",
            "disk full",
            "no space left",
            "box full",
            "inbox is full",
            "user is over",
            "account is full",
            "mailbox over",
            "exceeded its",
            "has reached its limit",
            "file too large",
            "mailspace",
            "full mailbox",
            "mbox full",
            "pastkaste ir pilna",
            "folder is full",
            "mail-directory",
            "over the allowed",
            "overquota",
        ],
    ),
    (
        Bounced::Soft,
        "rate",
        &[
            "too many",
            "rate limit",
            "throttl",
            "speed limit",
            "try again later",
            "too quickly",
            "ratelimit",
            "too fast",
            "rate that",
            "exceeded the maximum number",
            "connection limit",
            "frequency",
            "greylist",
            "graylist",
            "exceeded rate",
            "please slow down",
            "temporarily deferred",
            "number of messages",
            "unusual rate",
        ],
    ),
    (
        Bounced::Soft,
        "suspended",
        &[
            "suspended",
            "account is disabled",
            "account disabled",
            "mailbox disabled",
            "mailbox is disabled",
            "inactive",
            "is not active",
            "account has been disabled",
            "address is disabled",
            "user disabled",
            "mailbox unavailable or access denied",
            "locked",
            "expired account",
            "account is locked",
            "not accepting messages",
            "not accepting mail",
            "boite du destinataire archivee",
            "this account has been",
            "recipient suspend",
            "currently suspended",
            "on hold",
            "temporarily disabled",
            "vacated",
            "mailbox frozen",
            "email account that you tried to reach is disabled",
            "is inactive",
            "closed",
        ],
    ),
    (
        Bounced::Hard,
        "moved",
        &[
            "has moved",
            "has been moved",
            "has been replaced by",
            "changed address",
            "no longer valid",
            "address has changed",
            "new address",
            "is no longer",
            "no longer on server",
            "no longer available",
            "no longer employed",
            "no longer works",
            "no longer with",
            "left the company",
            "discontinued",
        ],
    ),
    (
        Bounced::Hard,
        "user_unknown",
        &[
            "user unknown",
            "unknown user",
            "no such user",
            "no such recipient",
            "no such mailbox",
            "no such address",
            "no such account",
            "no such person",
            "no mailbox",
            "mailbox not found",
            "user not found",
            "recipient not found",
            "address not found",
            "account not found",
            "not found in directory",
            "invalid recipient",
            "invalid mailbox",
            "invalid user",
            "invalid address",
            "unknown recipient",
            "unknown address",
            "unknown local",
            "unknown mailbox",
            "unknown account",
            "unknown in",
            "recipient unknown",
            "does not exist",
            "doesn't exist",
            "doesn't have a",
            "does not have a",
            "not exist",
            "didn't exist",
            "non-existent",
            "nonexistent",
            "unrouteable mail",
            "unrouteable address",
            "unroutable address",
            "undeliverable address",
            "not a valid mailbox",
            "not a valid recipient",
            "isn't a valid",
            "is not a valid",
            "not a known user",
            "not known at this",
            "not listed in",
            "not our customer",
            "bad destination",
            "bad recipient",
            "no account",
            "user doesn't",
            "user does not",
            "mailbox unavailable",
            "no valid recipients",
            "recipientnotfound",
            "couldn't be found",
            "could not be found",
            "wasn't found",
            "can't be found",
            "no longer exist",
            "addressee unknown",
            "unknown or illegal alias",
            "there is no user",
            "no user",
            "account that you tried to reach",
            "there is no one at this address",
            "name not found",
            "not in directory",
            "user invalid",
            "incorrect address",
            "address unknown",
            "badrecipient",
            "dosn't exist",
            "nav atrasts",
            "neeksiste",
            "adresats nav zinams",
            "no recipients",
            "is not local",
            "not listed",
            "mailbox does",
            "is unknown",
            "illegal user",
            "illegal alias",
            "destination addresses were unknown",
            "utilisateur inconnu",
            "unbekannt",
            "adresse d au moins un destinataire invalide",
        ],
    ),
    (
        Bounced::Hard,
        "host_unknown",
        &[
            "host unknown",
            "unknown host",
            "host not found",
            "domain not found",
            "no such domain",
            "unknown domain",
            "name or service not known",
            "unrouteable mail domain",
            "domain does not",
            "non-existent host",
            "nxdomain",
            "no mx",
            "null mx",
            "not accept mail",
            "no mail service",
            "host or domain name not found",
            "couldn't find any host",
            "domain name not found",
            "invalid domain",
            "bad destination host",
            "domain is not reachable",
            "domain isn't",
            "no matches to nameserver query",
            "illegal host",
            "domain must exist",
            "recipient's domain",
            "mail receiving disabled",
            "does not receive mail",
            "smtp is disabled",
            "nullmx",
        ],
    ),
    (
        Bounced::Soft,
        "expired",
        &[
            "retry timeout",
            "retry time not reached",
            "delivery time expired",
            "message expired",
            "timed out",
            "timeout",
            "time out",
            "been in the queue too long",
            "unable to deliver this message after",
            "delivery expired",
            "delivery attempts",
            "has been delayed",
            "could not be delivered for",
            "was undeliverable within",
            "gave up",
            "giving up",
            "too long in queue",
            "maximum retry",
            "not been able to be delivered",
            "not delivered within",
        ],
    ),
    (
        Bounced::Soft,
        "network",
        &[
            "connection refused",
            "no route to host",
            "network is unreachable",
            "connection reset",
            "lost connection",
            "unreachable",
            "could not connect",
            "cannot connect",
            "can't connect",
            "unable to connect",
            "connection was dropped",
            "requests to connect",
            "socket error",
            "connection to",
            "couldn't establish",
            "wasn't able to establish an smtp connection",
            "mail loop",
            "too many hops",
            "loops back to myself",
            "hop count",
            "mail forwarding loop",
            "host is down",
            "dns error",
            "server failure",
            "temporary lookup",
            "host not reachable",
            "all relevant mx",
            "mailer loop",
            "connected to remote host, but",
            "routing loop",
            "no answer from",
            "unable to resolve",
            "can't be established",
        ],
    ),
    (
        Bounced::Soft,
        "system",
        &[
            "local configuration error",
            "system error",
            "internal error",
            "local error",
            "local problem",
            "temporary failure",
            "temporary error",
            "server error",
            "temporarily unavailable",
            "service unavailable",
            "service not available",
            "insufficient system",
            "server busy",
            "resources",
            "system is not",
            "configuration error",
            "unable to create",
            "cannot open",
            "can't create",
            "command died",
            "user too many messages",
            "pipe to",
            "mailbox locked",
            "delivery failed to",
            "requeued",
            "undeliverable because",
            "aborted",
        ],
    ),
];

/// Words that say little: looked at after the codes.
const WEAK: &[(Bounced, &str, &[&str])] = &[
    (
        Bounced::Policy,
        "policy",
        &[
            "policy",
            "not allowed",
            "not permitted",
            "rejected",
            "denied",
            "refused",
            "prohibited",
            "forbidden",
            "not authorized",
            "security",
            "restricted",
            "not accepted",
            "unacceptable",
            "content",
            "violat",
            "unauthorized",
            "header",
        ],
    ),
    (
        Bounced::Policy,
        "syntax",
        &["syntax error", "unrecognized", "unimplemented", "bad command", "bad sequence", "protocol error"],
    ),
    // What a server puts before its reason says least.
    (
        Bounced::Hard,
        "user_unknown",
        &["recipient address rejected", "address rejected", "recipient rejected"],
    ),
];

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
