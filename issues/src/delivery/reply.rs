//! What a relay's answer means: phase first, then its words, then the enhanced code (RFC 3463), then three digits.
//!
//! Nothing here speaks SMTP; `src/outbound` brings the phase and the answer. What no rule knows is deferred, so that
//! a strange answer costs a repetition and never a reader.

use std::fmt;

use chrono::TimeDelta;

/// Octets of an answer that are kept; the longest line of RFC 5321 section 4.5.3.1.5 has 512.
const REPLY_OCTETS_MAX: usize = 1_000;

/// A relay's answer in one line, or our own words where it gave none.
///
/// The text may repeat an address, so `Debug` shows the digits only; [`Reply::text`] is for the ledger and the editor.
#[derive(Clone, PartialEq, Eq)]
pub struct Reply {
    code: u16,
    text: String,
}

/// Where in the conversation an answer came (RFC 5321 section 4.3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    /// The greeting.
    Connect,
    Hello,
    /// STARTTLS.
    Secure,
    Auth,
    Mail,
    Rcpt,
    Data,
    /// After the final dot.
    Dot,
}

/// What one conversation says about one delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Accepted {
        reply: Reply,
    },
    Deferred {
        reply: Reply,
    },
    Refused {
        reply: Reply,
        recipient_gone: bool,
    },
    /// The final dot may have arrived and no answer was read.
    Uncertain,
    /// The answer is about us and not about this delivery: it stays queued, and sending pauses.
    OurFault {
        fault: Fault,
        reply: Reply,
    },
    /// The marker before the final dot was refused; the dot was not sent and the row is no longer ours.
    Withheld,
}

/// Why sending pauses until somebody changes something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Fault {
    #[error("the relay refuses our connection")]
    ConnectionRefusedByPolicy,
    #[error("the relay's certificate is not trusted")]
    Certificate,
    #[error("the relay offers no encryption, and the configuration requires it")]
    NoEncryption,
    #[error("the relay offers no way of signing in that we know")]
    NoSignIn,
    #[error("the relay refuses our user name or password")]
    Password,
    #[error("the relay refuses our sender address")]
    Sender,
    #[error("the relay does not relay for us")]
    Relaying,
    #[error("our mail lacks an authentication that the receiver demands (SPF, DKIM, DMARC, reverse name)")]
    Authentication,
}

impl Fault {
    /// What somebody must do.
    pub fn remedy(self) -> &'static str {
        match self {
            Fault::ConnectionRefusedByPolicy => "Ask whoever runs the relay to let this machine in",
            Fault::Certificate => "See host in [outbound]; give a private authority as ca_file",
            Fault::NoEncryption => "See port and security in [outbound]",
            Fault::NoSignIn => {
                "See user in [outbound], and security: many relays offer a sign-in only once encrypted"
            }
            Fault::Password => "Correct user and password in [outbound]",
            Fault::Sender => "Send as an address that this account may use: see address in [mailbox]",
            Fault::Relaying => {
                "Give user and password in [outbound], or ask whoever runs the relay to let this machine in"
            }
            Fault::Authentication => {
                "Set up SPF, DKIM, DMARC and the reverse name for the domain of the mailbox"
            }
        }
    }
}

/// What an answer to connecting or signing in means: no delivery is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// It may pass by itself: wait and connect again.
    Later(Reply),
    /// It will not pass by itself: pause and tell the editor.
    OurFault(Fault, Reply),
}

impl Reply {
    /// An answer with its three digits and its lines joined by spaces; control characters become spaces.
    pub fn new(code: u16, text: &str) -> Self {
        let mut kept: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let mut end = kept.len().min(REPLY_OCTETS_MAX);
        while !kept.is_char_boundary(end) {
            end -= 1;
        }
        kept.truncate(end);
        Self { code, text: kept }
    }

    /// Our own words where the relay gave no answer.
    pub fn none(words: &str) -> Self {
        Self::new(0, words)
    }

    /// The three digits, or 0 where there was no answer.
    pub fn code(&self) -> u16 {
        self.code
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// `250 2.0.0 Ok`, as the ledger keeps it.
    pub fn line(&self) -> String {
        if self.code == 0 { self.text.clone() } else { format!("{} {}", self.code, self.text) }
    }

    /// Reads what [`Reply::line`] wrote.
    pub fn from_line(line: &str) -> Self {
        let digits = line.get(..3).filter(|d| d.bytes().all(|b| b.is_ascii_digit()));
        match (digits.and_then(|d| d.parse().ok()), line.get(3..4)) {
            (Some(code), Some(" ")) if code >= 100 => Self::new(code, &line[4..]),
            _ => Self::none(line),
        }
    }

    /// The enhanced code at the head of the text (RFC 2034 section 4), also in Google's spelling `421-4.7.28`.
    pub fn enhanced(&self) -> Option<(u16, u16, u16)> {
        let word = self.text.split_ascii_whitespace().next()?;
        let mut numbers = word.split('.').map(|part| part.parse::<u16>().ok());
        let code = (numbers.next()??, numbers.next()??, numbers.next()??);
        (numbers.next().is_none() && matches!(code.0, 2 | 4 | 5)).then_some(code)
    }

    /// The wait that the text asks for, `try again in 300 seconds`, at most a day.
    pub fn named_wait(&self) -> Option<TimeDelta> {
        let text = self.text.to_lowercase();
        let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        while let Some(word) = words.next() {
            if word != "in" {
                continue;
            }
            let Some(number) = words.next().and_then(|n| n.parse::<i64>().ok()) else {
                continue;
            };
            let unit = match words.next() {
                Some("s" | "sec" | "secs" | "second" | "seconds") => 1,
                Some("m" | "min" | "mins" | "minute" | "minutes") => 60,
                Some("h" | "hour" | "hours") => 3_600,
                _ => continue,
            };
            return Some(TimeDelta::seconds(number.saturating_mul(unit).clamp(1, 86_400)));
        }
        None
    }

    fn says(&self, phrases: &[&str]) -> bool {
        let text = self.text.to_lowercase();
        phrases.iter().any(|phrase| text.contains(phrase))
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reply({} …)", self.code)
    }
}

/// Judges an answer that came before any envelope was accepted; `reply` is not 2xx.
pub fn judge_connection(phase: Phase, reply: Reply) -> Trouble {
    if !(500..600).contains(&reply.code) {
        return Trouble::Later(reply);
    }
    let fault = match phase {
        Phase::Connect | Phase::Hello => Fault::ConnectionRefusedByPolicy,
        Phase::Secure => Fault::NoEncryption,
        Phase::Auth if reply.code == 504 => Fault::NoSignIn,
        Phase::Auth => Fault::Password,
        Phase::Mail => Fault::Sender,
        Phase::Rcpt | Phase::Data | Phase::Dot => Fault::Relaying,
    };
    Trouble::OurFault(fault, reply)
}

/// Judges the answer that decided a delivery: the final one after the dot, or the first that was not yes.
pub fn judge(phase: Phase, reply: Reply) -> Outcome {
    match reply.code {
        200..300 if phase == Phase::Dot => Outcome::Accepted { reply },
        500..600 => judge_refusal(phase, reply),
        // 4xx, an answer out of place, and what no rule knows.
        _ => Outcome::Deferred { reply },
    }
}

/// A mailbox that was never there or is no more.
const GONE: [&str; 14] = [
    "user unknown",
    "unknown user",
    "no such user",
    "nosuchuser",
    "no such recipient",
    "no such mailbox",
    "user not found",
    "recipientnotfound",
    "mailbox not found",
    "does not exist",
    "doesn't exist",
    "unknown recipient",
    "unknown in virtual",
    "invalid recipient",
];

/// Too much at once: ours to slow down, whatever the digits say.
const RATE: [&str; 9] = [
    "rate limit",
    "receiving mail at a rate",
    "receivingrate",
    "too many",
    "max emails per hour",
    "max defers and failures",
    "exceeded the max",
    "try again later",
    "greylist",
];

const RELAYING: [&str; 5] = [
    "relay access denied",
    "relaying denied",
    "relay not permitted",
    "relaying not allowed",
    "not permitted to relay",
];

const SIGN_IN: [&str; 2] = ["authentication required", "must authenticate"];

/// Our host is not wanted: every recipient would be refused alike.
const UNWANTED: [&str; 6] =
    ["client host", "blocked using", "block list", "blocklist", "blacklist", "spamhaus"];

const SENDER: [&str; 3] = ["sender address rejected", "sender rejected", "not owned by user"];

fn judge_refusal(phase: Phase, reply: Reply) -> Outcome {
    let fault = |fault, reply| Outcome::OurFault { fault, reply };
    let refused = |recipient_gone, reply| Outcome::Refused { reply, recipient_gone };
    // A server says 503 or 554 to DATA when it accepted no recipient; `src/outbound` judges the recipient first.
    if reply.says(&RATE) {
        return Outcome::Deferred { reply };
    }
    if reply.code == 530 || reply.says(&SIGN_IN) {
        return fault(Fault::Password, reply);
    }
    if reply.says(&RELAYING) {
        return fault(Fault::Relaying, reply);
    }
    if phase == Phase::Mail || reply.says(&SENDER) {
        return fault(Fault::Sender, reply);
    }
    match reply.enhanced() {
        Some((5, 1, 7 | 8)) => return fault(Fault::Sender, reply),
        Some((5, 7, 23..=32 | 515)) => return fault(Fault::Authentication, reply),
        _ => {}
    }
    if reply.says(&UNWANTED) {
        return fault(Fault::ConnectionRefusedByPolicy, reply);
    }
    if phase != Phase::Data && reply.says(&GONE) {
        return refused(true, reply);
    }
    match (reply.enhanced(), phase) {
        (Some((5, 1, _)), Phase::Rcpt | Phase::Dot) => refused(true, reply),
        // outlook.com's spellings of an unknown mailbox.
        (Some((5, 5, 0)), Phase::Rcpt) if reply.says(&["mailbox unavailable"]) => refused(true, reply),
        (Some((5, 4, 1)), Phase::Rcpt) if reply.says(&["recipient address rejected"]) => refused(true, reply),
        // RFC 5321 section 4.5.3.1.10: 552 to RCPT means "too many recipients", which is temporary.
        (None, Phase::Rcpt) if reply.code == 552 => Outcome::Deferred { reply },
        // A command that the server does not know or finds out of order: a conversation gone wrong, not a verdict.
        (_, Phase::Rcpt | Phase::Data) if matches!(reply.code, 500 | 502 | 503) => {
            Outcome::Deferred { reply }
        }
        (_, _) => refused(false, reply),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(phase: Phase, line: &str) -> Outcome {
        judge(phase, Reply::from_line(line))
    }

    #[track_caller]
    fn check(phase: Phase, line: &str, expected: &str) {
        let found = match outcome(phase, line) {
            Outcome::Accepted { .. } => "accepted".to_owned(),
            Outcome::Deferred { .. } => "deferred".to_owned(),
            Outcome::Refused { recipient_gone: true, .. } => "gone".to_owned(),
            Outcome::Refused { recipient_gone: false, .. } => "refused".to_owned(),
            Outcome::OurFault { fault, .. } => format!("{fault:?}"),
            Outcome::Uncertain => "uncertain".to_owned(),
            Outcome::Withheld => "withheld".to_owned(),
        };
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn only_a_yes_to_the_dot_is_acceptance() {
        check(Phase::Dot, "250 2.0.0 Ok: queued as 4F2", "accepted");
        check(Phase::Rcpt, "250 2.1.5 Ok", "deferred");
        check(Phase::Dot, "354 go on", "deferred");
        check(Phase::Dot, "199 what", "deferred");
    }

    #[test]
    fn an_unknown_mailbox_is_gone_however_it_is_said() {
        for line in [
            "550 5.1.1 <anna@x.example>: Recipient address rejected: User unknown in local recipient table",
            "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
            "550 5.5.0 Requested action not taken: mailbox unavailable",
            "550 5.4.1 Recipient address rejected: Access denied",
            "552 1 Requested mail action aborted, mailbox not found",
            "550 No such user here",
            "553 5.1.3 bad syntax",
        ] {
            check(Phase::Rcpt, line, "gone");
        }
        check(Phase::Dot, "550 5.1.1 no mailbox by that name", "gone");
    }

    #[test]
    fn a_full_or_closed_mailbox_is_refused_and_not_gone() {
        check(Phase::Rcpt, "552 5.2.2 Mailbox full", "refused");
        check(Phase::Rcpt, "554 5.7.1 rejected: Inactive user", "refused");
        check(Phase::Rcpt, "550 no", "refused");
        check(Phase::Dot, "554 5.7.1 looks like spam", "refused");
    }

    #[test]
    fn too_fast_is_never_a_bounce() {
        for line in [
            "550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents delivery",
            "550 5.7.1 Domain has exceeded the max emails per hour (100/100 (100%)) allowed",
            "451 4.7.1 Greylisted, try again in 300 seconds",
            "452 4.2.2 over quota",
            "552 Too many recipients",
            "421 4.7.0 closing",
        ] {
            check(Phase::Rcpt, line, "deferred");
        }
    }

    #[test]
    fn what_concerns_us_never_counts_against_the_recipient() {
        check(Phase::Mail, "550 5.1.8 domain not found", "Sender");
        check(Phase::Mail, "554 refused", "Sender");
        check(Phase::Mail, "530 5.7.0 Must issue a STARTTLS command first", "Password");
        check(Phase::Rcpt, "554 5.7.1 <a@x.example>: Relay access denied", "Relaying");
        check(Phase::Rcpt, "553 5.7.1 <i@y.example>: Sender address rejected: not owned by user", "Sender");
        check(Phase::Rcpt, "550 5.7.1 Authentication required", "Password");
        check(Phase::Rcpt, "553 5.1.8 <i@y.example>: Domain of sender address does not exist", "Sender");
        check(
            Phase::Rcpt,
            "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.example",
            "ConnectionRefusedByPolicy",
        );
        check(Phase::Dot, "550 5.7.26 This mail is unauthenticated", "Authentication");
    }

    #[test]
    fn signing_in_is_our_fault_and_a_closed_door_is_not() {
        let judged = |phase, line| judge_connection(phase, Reply::from_line(line));
        assert!(matches!(
            judged(Phase::Auth, "535 5.7.8 bad credentials"),
            Trouble::OurFault(Fault::Password, _)
        ));
        assert!(matches!(judged(Phase::Auth, "454 4.7.0 later"), Trouble::Later(_)));
        assert!(matches!(judged(Phase::Connect, "421 4.7.0 too many connections"), Trouble::Later(_)));
        assert!(matches!(
            judged(Phase::Connect, "554 IP=192.0.2.1 is not welcome"),
            Trouble::OurFault(Fault::ConnectionRefusedByPolicy, _)
        ));
    }

    #[test]
    fn a_reply_keeps_its_words_and_shows_none_of_them() {
        let reply = Reply::new(550, "5.1.1 <anna@x.example>\r\nno such user");
        assert_eq!(reply.line(), "550 5.1.1 <anna@x.example>  no such user");
        assert_eq!(Reply::from_line(&reply.line()), reply);
        assert_eq!(reply.enhanced(), Some((5, 1, 1)));
        assert_eq!(format!("{reply:?}"), "Reply(550 …)");
        assert_eq!(Reply::from_line("the line broke"), Reply::none("the line broke"));
        assert!(Reply::new(550, &"ē".repeat(2_000)).text().len() <= REPLY_OCTETS_MAX);
    }

    #[test]
    fn a_named_wait_is_read() {
        let wait = |line| Reply::from_line(line).named_wait().map(|w| w.num_seconds());
        assert_eq!(wait("450 4.7.1 Greylisted, try again in 300 seconds"), Some(300));
        assert_eq!(wait("451 please come back in 5 minutes."), Some(300));
        assert_eq!(wait("451 in 9999999999999 hours"), Some(86_400));
        assert_eq!(wait("451 mailbox in use"), None);
        assert_eq!(wait("451 in 3 days"), None);
    }
}
