//! Letters as the mail programs and servers of the world outside write them.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use subscribers::EmailAddress;

use crate::clock::random_id;

/// Lines of a letter that an answer quotes.
const QUOTED_LINES_MAX: usize = 200;

/// A letter to be written.
pub struct Draft {
    pub name: String,
    pub address: EmailAddress,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub files: Vec<Attached>,
    /// Message-ID of the letter that is answered, and of those before it.
    pub answers: Option<String>,
    pub references: Vec<String>,
    /// What the newsroom's mail server writes above it: did the sender's domain vouch for it?
    pub verified: Verified,
    /// A program writes it.
    pub automatic: bool,
}

/// The name of the server that says so, and what it says.
pub struct Verified {
    pub server: Option<String>,
    pub fails: bool,
}

#[derive(Debug)]
pub struct Attached {
    pub name: String,
    pub media_type: String,
    pub bytes: Vec<u8>,
}

/// # Errors
/// An address cannot stand in a header.
pub fn letter(draft: Draft, at: DateTime<Utc>) -> anyhow::Result<Vec<u8>> {
    let address = draft.address.as_str();
    let domain = address.rsplit('@').next().unwrap_or("world.example");
    let name = Some(draft.name).filter(|name| !name.is_empty());
    let mut builder = lettre::Message::builder()
        .from(Mailbox::new(name, address.parse().context("read a sender")?))
        .to(Mailbox::new(None, draft.to.parse().context("read a recipient")?))
        .subject(draft.subject)
        .message_id(Some(format!("<{:016x}@{domain}>", random_id())))
        .date(at.into());
    if let Some(answers) = &draft.answers {
        builder = builder.in_reply_to(format!("<{answers}>"));
        let all = draft.references.iter().filter(|id| *id != answers).chain([answers]);
        builder = builder.references(all.map(|id| format!("<{id}>")).collect::<Vec<_>>().join(" "));
    }
    let text = SinglePart::plain(draft.text);
    let message = if draft.files.is_empty() {
        builder.singlepart(text)
    } else {
        let mixed = MultiPart::mixed().singlepart(text);
        builder.multipart(draft.files.into_iter().fold(mixed, |parts, file| parts.singlepart(attached(file))))
    };
    let message = message.context("write a letter")?.formatted();
    let mut above = String::new();
    if let Some(server) = &draft.verified.server {
        let verdict = if draft.verified.fails { "fail" } else { "pass" };
        above = format!("Authentication-Results: {server}; dmarc={verdict} header.from={domain}\r\n");
    }
    if draft.automatic {
        above.push_str("Auto-Submitted: auto-replied\r\n");
    }
    Ok([above.into_bytes(), message].concat())
}

fn attached(file: Attached) -> SinglePart {
    let kind = ContentType::parse(&file.media_type).unwrap_or_else(|_| {
        ContentType::parse("application/octet-stream").expect("a media type as everybody knows it")
    });
    let name = if file.name.is_empty() { "pielikums".to_owned() } else { file.name };
    Attachment::new(name).body(file.bytes, kind)
}

/// “Re: …”, once.
pub fn answer_subject(subject: &str) -> String {
    let subject = subject.trim();
    let is_answer = subject.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("re:"));
    if is_answer { subject.to_owned() } else { format!("Re: {subject}") }
}

/// Room to write, and below it what is answered.
pub fn quotation(introduction: &str, text: &str) -> String {
    let mut quoted = format!("\n\n{introduction}\n");
    for line in text.trim().lines().take(QUOTED_LINES_MAX) {
        // A quotation of a quotation has no blank between its signs (RFC 3676 section 4.5).
        quoted.push_str(if line.starts_with('>') { ">" } else { "> " });
        quoted.push_str(line.trim_end());
        quoted.push('\n');
    }
    quoted
}

/// The report of a server that could not deliver (RFC 3464).
pub struct Undelivered<'a> {
    /// Where it returns to.
    pub to: &'a str,
    pub recipient: &'a str,
    pub message_id: &'a str,
}

pub fn report(undelivered: &Undelivered<'_>, at: DateTime<Utc>) -> Vec<u8> {
    let Undelivered { to, recipient, message_id } = undelivered;
    let domain = recipient.rsplit('@').next().unwrap_or("world.example");
    let (id, date) = (random_id(), at.to_rfc2822());
    format!(
        "From: Mail Delivery System <mailer-daemon@{domain}>\r\nTo: <{to}>\r\nSubject: Undelivered Mail Returned to Sender\r\n\
         Message-ID: <{id:016x}@{domain}>\r\nDate: {date}\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"r{id:016x}\"\r\n\r\n\
         --r{id:016x}\r\nContent-Type: text/plain\r\n\r\nThe mailbox does not exist.\r\n--r{id:016x}\r\n\
         Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.{domain}\r\n\r\n\
         Final-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: 5.1.1\r\n\
         Diagnostic-Code: smtp; 550 5.1.1 User unknown\r\n\r\n\
         --r{id:016x}\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{message_id}>\r\nTo: <{recipient}>\r\n\r\n\
         --r{id:016x}--\r\n"
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        Draft {
            name: "Rites bibliotēka".to_owned(),
            address: EmailAddress::parse("rite@biblioteka.example").unwrap(),
            to: "info+r.x@salas.example".to_owned(),
            subject: "Re: ziņas\r\nBcc: x@evil.example".to_owned(),
            text: "Foto: Rasma".to_owned(),
            files: vec![Attached {
                name: "bērni.jpg".to_owned(),
                media_type: "image/jpeg\r\nX: y".to_owned(),
                bytes: vec![1, 2, 3],
            }],
            answers: Some("2@salas.example".to_owned()),
            references: vec!["1@salas.example".to_owned()],
            verified: Verified { server: Some("mx.salas.example".to_owned()), fails: true },
            automatic: true,
        }
    }

    #[test]
    fn a_letter_hangs_together_and_nobody_writes_its_header() {
        let bytes = letter(draft(), DateTime::UNIX_EPOCH).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let head = text.split("\r\n\r\n").next().unwrap();
        for line in [
            "Authentication-Results: mx.salas.example; dmarc=fail header.from=biblioteka.example",
            "Auto-Submitted: auto-replied",
            "In-Reply-To: <2@salas.example>",
            "References: <1@salas.example> <2@salas.example>",
            "To: info+r.x@salas.example",
        ] {
            assert!(head.lines().any(|has| has == line), "{line} in {head}");
        }
        for line in head.lines() {
            assert!(!line.starts_with("Bcc:") && !line.starts_with("X:"), "{head}");
        }
    }

    #[test]
    fn an_answer_quotes_as_mail_programs_do() {
        assert_eq!(answer_subject("ziņas"), "Re: ziņas");
        assert_eq!(answer_subject("RE: ziņas"), "RE: ziņas");
        assert_eq!(answer_subject("ā"), "Re: ā");
        assert_eq!(quotation("Anna rakstīja:", "viens\n> divi\n"), "\n\nAnna rakstīja:\n> viens\n>> divi\n");
    }
}
