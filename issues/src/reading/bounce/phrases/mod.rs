//! What servers say when they do not take a mail, by what it means for the address. A table, read top down by
//! `class.rs`.

mod hard;
mod policy;
mod soft;

use subscribers::Bounced;

/// Phrases in lower case. The first table with a match decides, so the order of the tables is the rule: refusals
/// because of us before all, since they quote the recipient; a full mailbox before a missing one.
pub(super) const TABLES: &[(Bounced, &str, &[&str])] = &[
    (Bounced::Policy, "authentication", policy::AUTHENTICATION),
    (Bounced::Policy, "reverse_dns", policy::REVERSE_DNS),
    (Bounced::Policy, "spam", policy::SPAM),
    (Bounced::Policy, "virus", policy::VIRUS),
    (Bounced::Policy, "reputation", policy::REPUTATION),
    (Bounced::Policy, "blocked", policy::BLOCKED),
    (Bounced::Policy, "relay", policy::RELAY),
    (Bounced::Policy, "too_large", policy::TOO_LARGE),
    (Bounced::Policy, "tls", policy::TLS),
    (Bounced::Policy, "sender_refused", policy::SENDER_REFUSED),
    (Bounced::Soft, "mailbox_full", soft::MAILBOX_FULL),
    (Bounced::Soft, "rate", soft::RATE),
    (Bounced::Soft, "suspended", soft::SUSPENDED),
    (Bounced::Hard, "moved", hard::MOVED),
    (Bounced::Hard, "user_unknown", hard::USER_UNKNOWN),
    (Bounced::Hard, "host_unknown", hard::HOST_UNKNOWN),
    (Bounced::Soft, "expired", soft::EXPIRED),
    (Bounced::Soft, "network", soft::NETWORK),
    (Bounced::Soft, "system", soft::SYSTEM),
];

/// Words that say little: looked at after the codes.
pub(super) const WEAK: &[(Bounced, &str, &[&str])] = &[
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
