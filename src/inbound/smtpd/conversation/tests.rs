//! Whole conversations without a socket, each with its octets cut at every place.

use std::ops::RangeInclusive;

use super::*;
use crate::inbound::intake::{Held as ImapHeld, ImapKey};

const SIZE_MAX: usize = 1000;

struct Door;

impl Intake for Door {
    fn accepts(&self, recipient: &str) -> bool {
        recipient == "info@bulletin.example"
    }

    fn size_bytes_max(&self) -> usize {
        SIZE_MAX
    }

    async fn store(&self, _: Arrival) -> Result<Stored, IntakeError> {
        unreachable!("these conversations are without a store")
    }

    async fn store_head(&self, _: Arrival, _: u64) -> Result<Stored, IntakeError> {
        unreachable!("these conversations are without a store")
    }

    async fn imap_held(
        &self,
        _: &str,
        _: u32,
        _: RangeInclusive<u32>,
    ) -> Result<Vec<(u32, ImapHeld)>, IntakeError> {
        unreachable!("these conversations are without a store")
    }

    async fn imap_moved(&self, _: &ImapKey) -> Result<(), IntakeError> {
        unreachable!("these conversations are without a store")
    }
}

/// What came out of a conversation: the codes of the last lines of its replies, and the mails.
struct Heard {
    codes: Vec<String>,
    mails: Vec<Arrival>,
}

fn hear(protocol: Protocol, blocks: &[&[u8]]) -> Heard {
    let room = Room::new(4 * SIZE_MAX);
    let mut conversation = Conversation::new(protocol, Limits::default(), room);
    let (mut replies, mut mails) = (Vec::new(), Vec::new());
    for block in blocks {
        let mut left = *block;
        loop {
            match conversation.advance(&mut left, &Door) {
                Next::Read => {
                    assert!(left.is_empty());
                    break;
                }
                Next::Store(arrival, _) => {
                    mails.push(arrival);
                    conversation.stored(&Ok(Stored::New));
                }
                Next::HangUp => break,
            }
        }
        replies.extend(conversation.take_replies());
    }
    let codes = String::from_utf8(replies)
        .unwrap()
        .lines()
        .filter(|line| line.as_bytes()[3] == b' ')
        .map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" "))
        .skip(1)
        .map(|code| code.trim_end_matches(" localhost").trim_end_matches(" ENHANCEDSTATUSCODES").to_owned())
        .collect();
    Heard { codes, mails }
}

/// Says all of `said` in every way of cutting it in two, and octet by octet; each time the answers are `codes`.
fn check(protocol: Protocol, said: &str, codes: &[&str], mails: &[&str]) {
    let said = said.as_bytes();
    let check = |blocks: &[&[u8]], how: &str| {
        let heard = hear(protocol, blocks);
        assert_eq!(heard.codes, codes, "{how}");
        let bytes: Vec<_> = heard.mails.iter().map(|mail| String::from_utf8_lossy(&mail.bytes)).collect();
        assert_eq!(bytes, mails, "{how}");
    };
    for place in 0..said.len() {
        let (before, behind) = said.split_at(place);
        check(&[before, behind], &format!("cut at {place}"));
    }
    check(&said.chunks(1).collect::<Vec<_>>(), "octet by octet");
}

#[test]
fn a_pipelined_mail_is_taken() {
    check(
        Protocol::Smtp,
        "EHLO a\r\nMAIL FROM:<a@b.example> SIZE=20\r\nRCPT TO:<info@bulletin.example>\r\nDATA\r\n\
         Subject: x\r\n\r\n..y\r\n.\r\nQUIT\r\n",
        &["250", "250 2.1.0", "250 2.1.5", "354 End", "250 2.0.0", "221 2.0.0"],
        &["Subject: x\r\n\r\n.y\r\n"],
    );
}

#[test]
fn lmtp_answers_each_recipient_and_smtp_all_at_once() {
    let mail = "MAIL FROM:<>\r\nRCPT TO:<info@bulletin.example>\r\nRCPT TO:<other@bulletin.example>\r\n\
                RCPT TO:<info@bulletin.example>\r\nDATA\r\nx\r\n.\r\nNOOP\r\n";
    check(
        Protocol::Lmtp,
        &format!("LHLO a\r\n{mail}"),
        &[
            "250",
            "250 2.1.0",
            "250 2.1.5",
            "550 5.1.1",
            "250 2.1.5",
            "354 End",
            "250 2.0.0",
            "250 2.0.0",
            "250 2.0.0",
        ],
        &["x\r\n"],
    );
    check(
        Protocol::Smtp,
        &format!("EHLO a\r\n{mail}"),
        &["250", "250 2.1.0", "250 2.1.5", "550 5.1.1", "250 2.1.5", "354 End", "250 2.0.0", "250 2.0.0"],
        &["x\r\n"],
    );
}

#[test]
fn chunks_make_one_mail_and_may_hold_anything() {
    check(
        Protocol::Lmtp,
        "LHLO a\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<info@bulletin.example>\r\nBDAT 7\r\n\r\n.\r\nabBDAT 6 LAST\r\nQUIT\r\n\
         NOOP\r\n",
        &["250", "250 2.1.0", "250 2.1.5", "250 2.0.0", "250 2.0.0", "250 2.0.0"],
        &["\r\n.\r\nabQUIT\r\n"],
    );
    check(
        Protocol::Smtp,
        "EHLO a\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<info@bulletin.example>\r\nBDAT 2\r\nabBDAT 0 LAST\r\nNOOP\r\n",
        &["250", "250 2.1.0", "250 2.1.5", "250 2.0.0", "250 2.0.0", "250 2.0.0"],
        &["ab"],
    );
}

#[test]
fn unwanted_chunks_are_read_and_never_taken_for_commands() {
    check(
        Protocol::Lmtp,
        "BDAT 6 LAST\r\nQUIT\r\nLHLO a\r\nBDAT 6\r\nQUIT\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<no@bulletin.example>\r\n\
         BDAT 6 LAST\r\nQUIT\r\nNOOP\r\n",
        &["503 5.5.1", "250", "503 5.5.1", "250 2.1.0", "550 5.1.1", "503 5.5.1", "250 2.0.0"],
        &[],
    );
}

#[test]
fn a_mail_over_the_limit_is_refused_at_its_announcement_at_its_dot_and_at_its_chunk() {
    let long = "x".repeat(SIZE_MAX - 2);
    check(
        Protocol::Smtp,
        &format!(
            "EHLO a\r\nMAIL FROM:<a@b.example> SIZE=1001\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<info@bulletin.example>\r\n\
             DATA\r\n{long}y\r\n.\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<info@bulletin.example>\r\nBDAT {SIZE_MAX}\r\n{long}zzBDAT 1\r\nz\
             BDAT 1 LAST\r\nzNOOP\r\n"
        ),
        &[
            "250",
            "552 5.3.4",
            "250 2.1.0",
            "250 2.1.5",
            "354 End",
            "552 5.3.4",
            "250 2.1.0",
            "250 2.1.5",
            "250 2.0.0",
            "552 5.3.4",
            "503 5.5.1",
            "250 2.0.0",
        ],
        &[],
    );
    check(
        Protocol::Smtp,
        &format!(
            "EHLO a\r\nMAIL FROM:<a@b.example> SIZE=1000\r\nRCPT TO:<info@bulletin.example>\r\nDATA\r\n{long}\r\n.\r\n"
        ),
        &["250", "250 2.1.0", "250 2.1.5", "354 End", "250 2.0.0"],
        &[&format!("{long}\r\n")],
    );
}

#[test]
fn commands_out_of_order_are_refused() {
    check(
        Protocol::Smtp,
        "MAIL FROM:<a@b.example>\r\nLHLO a\r\nEHLO a\r\nRCPT TO:<info@bulletin.example>\r\nDATA\r\nMAIL FROM:<a@b.example>\r\n\
         MAIL FROM:<a@b.example>\r\nDATA\r\nRSET\r\nSTARTTLS\r\nQUIT\r\n",
        &[
            "503 5.5.1",
            "500 5.5.1",
            "250",
            "503 5.5.1",
            "503 5.5.1",
            "250 2.1.0",
            "503 5.5.1",
            "503 5.5.1",
            "250 2.0.0",
            "502 5.5.1",
            "221 2.0.0",
        ],
        &[],
    );
}

#[test]
fn the_rest_of_an_overlong_line_is_no_command() {
    let long = "x".repeat(LINE_OCTETS_MAX);
    let said = format!("NOOP {long} \r\nNOOP\r\n");
    let heard = hear(Protocol::Smtp, &[said.as_bytes()]);
    assert_eq!(heard.codes, ["500 5.5.2", "250 2.0.0"]);
    let heard = hear(Protocol::Smtp, &said.as_bytes().chunks(100).collect::<Vec<_>>());
    assert_eq!(heard.codes, ["500 5.5.2", "250 2.0.0"]);
}

#[test]
fn after_too_many_errors_the_line_is_cut() {
    let heard = hear(Protocol::Smtp, &["NONSENSE\r\n".repeat(30).as_bytes()]);
    assert_eq!(heard.codes.len(), 11);
    assert_eq!(heard.codes[10], "421 4.7.0");
}

#[test]
fn no_more_recipients_are_taken_than_the_limit_says() {
    let said =
        format!("LHLO a\r\nMAIL FROM:<a@b.example>\r\n{}", "RCPT TO:<info@bulletin.example>\r\n".repeat(101));
    let heard = hear(Protocol::Lmtp, &[said.as_bytes()]);
    assert_eq!(heard.codes[101..], ["250 2.1.5", "452 4.5.3"]);
}

#[test]
fn the_envelope_is_what_was_said_in_the_conversation() {
    let said = b"LHLO a\r\nMAIL FROM:<>\r\nRCPT TO:<info@bulletin.example>\r\nDATA\r\nx\r\n.\r\n\
                 MAIL FROM:<a@b.example>\r\nRCPT TO:<info@bulletin.example>\r\nDATA\r\nx\r\n.\r\n";
    let heard = hear(Protocol::Lmtp, &[said]);
    assert!(heard.mails[0].envelope.sender == Sender::Null);
    assert!(heard.mails[1].envelope.sender == Sender::Address("a@b.example".to_owned()));
    assert_eq!(heard.mails[1].envelope.recipients, ["info@bulletin.example"]);
    assert_eq!(heard.mails[1].source, Source::Lmtp);
}
