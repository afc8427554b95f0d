//! One SMTP (RFC 5321) or LMTP (RFC 2033) conversation, without its socket.
//!
//! Octets go in, replies come out, and now and then a mail to be stored. It leaves out reading, writing, waiting and
//! storing, so that it can be tried with octets cut at any place.

use smtp_proto::{MAIL_BODY_BINARYMIME, MAIL_REQUIRETLS, MailFrom, RcptTo, Request};

use super::{
    Limits, Protocol,
    body::{Body, Held, Room},
    dots::{Dots, Reached},
    replies,
};
use crate::inbound::intake::{Arrival, Envelope, Intake, IntakeError, Sender, Source, Stored};

/// A command line with its CR LF. RFC 5321 asks for 512 octets and each extension for some more.
const LINE_OCTETS_MAX: usize = 4096;

pub struct Conversation {
    protocol: Protocol,
    limits: Limits,
    room: Room,
    state: State,
    line: Line,
    errors: usize,
    replies: Vec<u8>,
}

/// What the conversation needs next.
#[derive(Debug)]
pub enum Next {
    /// Write the replies and read a block.
    Read,
    /// Store this, then say how it went with [`Conversation::stored`]. `Held` is to be kept until then.
    Store(Arrival, Held),
    /// Write the replies and hang up.
    HangUp,
}

/// Between mails, or inside one.
enum State {
    Idle(Greeted),
    /// After MAIL.
    Addressed(Envelope),
    Data(Envelope, Body, Dots),
    /// After a BDAT that was not the last.
    Chunked(Envelope, Body),
    Chunk(Envelope, Body, Chunk),
    /// A chunk that nobody wants is read all the same, for its octets are no commands (RFC 3030 section 2).
    Unwanted {
        octets_left: usize,
        then: Greeted,
    },
    /// The answer to come is one line for each (LMTP) or for all (SMTP).
    Storing {
        recipients: usize,
    },
    Over,
}

#[derive(Clone, Copy)]
enum Greeted {
    No,
    Yes,
}

struct Chunk {
    octets_left: usize,
    last: bool,
}

enum Line {
    Part(Vec<u8>),
    /// Its rest is skipped up to the next LF, so that it is never taken for commands.
    TooLong,
}

impl Conversation {
    pub fn new(protocol: Protocol, limits: Limits, room: Room) -> Self {
        let mut conversation = Self {
            protocol,
            limits,
            room,
            state: State::Idle(Greeted::No),
            line: Line::Part(Vec::new()),
            errors: 0,
            replies: Vec::new(),
        };
        conversation.say(replies::greeting(protocol));
        conversation
    }

    /// The replies so far, to be written.
    pub fn take_replies(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.replies)
    }

    /// Whether hanging up now loses no work of the client's.
    pub fn is_between_mails(&self) -> bool {
        matches!(self.state, State::Idle(_)) && matches!(&self.line, Line::Part(part) if part.is_empty())
    }

    /// A last word on our own account.
    pub fn end(&mut self, reply: &str) {
        self.say(reply);
        self.state = State::Over;
    }

    /// Takes octets off the front of `block` until it is empty or something has to be done.
    pub fn advance(&mut self, block: &mut &[u8], intake: &impl Intake) -> Next {
        loop {
            match std::mem::replace(&mut self.state, State::Over) {
                State::Over => return Next::HangUp,
                state @ State::Storing { .. } => {
                    // Asked again before the answer came: the octets wait.
                    self.state = state;
                    return Next::Read;
                }
                state @ (State::Idle(_) | State::Addressed(_) | State::Chunked(..)) => {
                    self.state = state;
                    if !self.command(block, intake) {
                        return Next::Read;
                    }
                }
                State::Data(envelope, mut body, mut dots) => {
                    let size_max = intake.size_bytes_max();
                    match dots.take(block, |own| body.push(own, size_max, &self.room)) {
                        Reached::End => {
                            if let Some(store) = self.finish(envelope, body) {
                                return store;
                            }
                        }
                        Reached::More => {
                            self.state = State::Data(envelope, body, dots);
                            return Next::Read;
                        }
                    }
                }
                State::Chunk(envelope, mut body, mut chunk) => {
                    let own = take(block, &mut chunk.octets_left);
                    body.push(own, intake.size_bytes_max(), &self.room);
                    if chunk.octets_left > 0 {
                        self.state = State::Chunk(envelope, body, chunk);
                        return Next::Read;
                    }
                    if let Some(store) = self.chunk_ended(envelope, body, chunk.last) {
                        return store;
                    }
                }
                State::Unwanted { mut octets_left, then } => {
                    take(block, &mut octets_left);
                    if octets_left > 0 {
                        self.state = State::Unwanted { octets_left, then };
                        return Next::Read;
                    }
                    self.state = State::Idle(then);
                }
            }
        }
    }

    /// Answers the mail of [`Next::Store`].
    pub fn stored(&mut self, result: &Result<Stored, IntakeError>) {
        if let State::Storing { recipients } = self.state {
            self.answer(recipients, replies::outcome(result));
            self.state = State::Idle(Greeted::Yes);
        }
    }

    /// Carries out one command line, when there is a whole one.
    fn command(&mut self, block: &mut &[u8], intake: &impl Intake) -> bool {
        let end = block.iter().position(|&octet| octet == b'\n').map(|place| place + 1);
        let (taken, rest) = block.split_at(end.unwrap_or(block.len()));
        *block = rest;
        match &mut self.line {
            Line::Part(part) if part.len() + taken.len() > LINE_OCTETS_MAX => self.line = Line::TooLong,
            Line::Part(part) => part.extend_from_slice(taken),
            Line::TooLong => {}
        }
        if end.is_none() {
            return false;
        }
        match std::mem::replace(&mut self.line, Line::Part(Vec::new())) {
            Line::TooLong => self.fault(replies::LINE_TOO_LONG),
            Line::Part(line) => match Request::parse(&mut line.iter()) {
                Ok(request) => self.carry_out(request.into_owned(), intake),
                Err(error) => self.fault(replies::misunderstood(&error)),
            },
        }
        true
    }

    fn carry_out(&mut self, request: Request<String>, intake: &impl Intake) {
        match request {
            Request::Ehlo { .. } if self.protocol == Protocol::Smtp => self.greet(intake),
            Request::Lhlo { .. } if self.protocol == Protocol::Lmtp => self.greet(intake),
            Request::Helo { .. } if self.protocol == Protocol::Smtp => {
                self.state = State::Idle(Greeted::Yes);
                self.say(replies::HELLO);
            }
            Request::Ehlo { .. } | Request::Helo { .. } | Request::Lhlo { .. } => {
                self.fault(replies::UNKNOWN_COMMAND);
            }
            Request::Mail { from } => self.mail(from, intake),
            Request::Rcpt { to } => self.recipient(to, intake),
            Request::Data => self.data(),
            Request::Bdat { chunk_size, is_last } => self.chunk(chunk_size, is_last),
            Request::Rset => {
                self.state = State::Idle(self.greeted());
                self.say(replies::READY);
            }
            Request::Noop { .. } => self.say(replies::READY),
            Request::Vrfy { .. } => self.say(replies::CANNOT_VERIFY),
            Request::Help { .. } => self.say(replies::HELP),
            Request::Quit => self.end(replies::BYE),
            Request::Auth { .. }
            | Request::StartTls
            | Request::Expn { .. }
            | Request::Etrn { .. }
            | Request::Atrn { .. }
            | Request::Burl { .. } => self.fault(replies::NOT_IMPLEMENTED),
        }
    }

    /// EHLO and LHLO also drop a mail that was begun (RFC 5321 section 4.1.4).
    fn greet(&mut self, intake: &impl Intake) {
        self.state = State::Idle(Greeted::Yes);
        for line in replies::extensions(intake.size_bytes_max()) {
            self.say(&line);
        }
    }

    fn mail(&mut self, from: MailFrom<String>, intake: &impl Intake) {
        match self.state {
            State::Idle(Greeted::Yes) => {}
            State::Idle(Greeted::No) => return self.fault(replies::HELLO_FIRST),
            _ => return self.fault(replies::MAIL_OPEN),
        }
        if from.flags & (MAIL_BODY_BINARYMIME | MAIL_REQUIRETLS) != 0 {
            return self.fault(replies::UNKNOWN_PARAMETER);
        }
        if from.size > intake.size_bytes_max() {
            return self.say(replies::TOO_LARGE);
        }
        if !is_plain(&from.address) {
            return self.fault(replies::BAD_SENDER);
        }
        let sender = if from.address.is_empty() { Sender::Null } else { Sender::Address(from.address) };
        self.state = State::Addressed(Envelope { sender, recipients: Vec::new() });
        self.say(replies::SENDER_OK);
    }

    fn recipient(&mut self, to: RcptTo<String>, intake: &impl Intake) {
        let State::Addressed(envelope) = &mut self.state else {
            return self.fault(replies::MAIL_FIRST);
        };
        if !is_plain(&to.address) || to.address.is_empty() {
            return self.fault(replies::BAD_RECIPIENT);
        }
        if !intake.accepts(&to.address) {
            return self.fault(replies::UNKNOWN_RECIPIENT);
        }
        if envelope.recipients.len() >= self.limits.recipients_max {
            return self.say(replies::TOO_MANY_RECIPIENTS);
        }
        envelope.recipients.push(to.address);
        self.say(replies::RECIPIENT_OK);
    }

    fn data(&mut self) {
        match std::mem::replace(&mut self.state, State::Over) {
            State::Addressed(envelope) if !envelope.recipients.is_empty() => {
                self.state = State::Data(envelope, Body::new(), Dots::new());
                self.say(replies::SEND_MAIL);
            }
            state => {
                let reply = match state {
                    State::Addressed(_) => replies::RECIPIENT_FIRST,
                    State::Chunked(..) => replies::MAIL_OPEN,
                    _ => replies::MAIL_FIRST,
                };
                self.state = state;
                self.fault(reply);
            }
        }
    }

    /// RFC 3030 section 2.
    fn chunk(&mut self, octets_left: usize, last: bool) {
        let chunk = Chunk { octets_left, last };
        match std::mem::replace(&mut self.state, State::Over) {
            State::Addressed(envelope) if !envelope.recipients.is_empty() => {
                self.state = State::Chunk(envelope, Body::new(), chunk);
            }
            State::Chunked(envelope, body) => self.state = State::Chunk(envelope, body, chunk),
            state => {
                let (then, reply) = match state {
                    State::Idle(then) => (then, replies::MAIL_FIRST),
                    _ => (Greeted::Yes, replies::RECIPIENT_FIRST),
                };
                self.state = State::Unwanted { octets_left, then };
                self.fault(reply);
            }
        }
    }

    fn chunk_ended(&mut self, envelope: Envelope, body: Body, last: bool) -> Option<Next> {
        if last {
            return self.finish(envelope, body);
        }
        match body {
            Body::Kept { .. } => {
                self.state = State::Chunked(envelope, body);
                self.say(replies::CHUNK_OK);
            }
            // The mail is given up here; chunks that follow are read and refused.
            Body::TooLarge => self.refuse(1, replies::TOO_LARGE),
            Body::NoRoom => self.refuse(1, replies::NO_ROOM),
        }
        None
    }

    fn finish(&mut self, envelope: Envelope, body: Body) -> Option<Next> {
        let recipients = envelope.recipients.len();
        match body {
            Body::Kept { octets, held } => {
                self.state = State::Storing { recipients };
                let source = match self.protocol {
                    Protocol::Smtp => Source::Smtp,
                    Protocol::Lmtp => Source::Lmtp,
                };
                let arrival = Arrival { bytes: octets, envelope, source };
                return Some(Next::Store(arrival, held));
            }
            Body::TooLarge => self.refuse(recipients, replies::TOO_LARGE),
            Body::NoRoom => self.refuse(recipients, replies::NO_ROOM),
        }
        None
    }

    fn refuse(&mut self, recipients: usize, reply: &str) {
        self.answer(recipients, reply);
        self.state = State::Idle(Greeted::Yes);
    }

    /// LMTP answers each recipient for itself (RFC 2033 section 4.2). One store holds the mail for all of them.
    fn answer(&mut self, recipients: usize, reply: &str) {
        let lines = match self.protocol {
            Protocol::Smtp => 1,
            Protocol::Lmtp => recipients,
        };
        for _ in 0..lines {
            self.say(reply);
        }
    }

    fn greeted(&self) -> Greeted {
        match self.state {
            State::Idle(greeted) => greeted,
            _ => Greeted::Yes,
        }
    }

    /// A reply to something that a client in good order does not do often.
    fn fault(&mut self, reply: &str) {
        self.say(reply);
        self.errors += 1;
        if self.errors >= self.limits.errors_max {
            self.end(replies::TOO_MANY_ERRORS);
        }
    }

    fn say(&mut self, reply: &str) {
        self.replies.extend_from_slice(reply.as_bytes());
        self.replies.extend_from_slice(b"\r\n");
    }
}

/// Takes up to `octets_left` off the front of `block`.
fn take<'block>(block: &mut &'block [u8], octets_left: &mut usize) -> &'block [u8] {
    let (taken, rest) = block.split_at(block.len().min(*octets_left));
    *octets_left -= taken.len();
    *block = rest;
    taken
}

/// An address without control characters. What else makes an address is the grammar's business.
fn is_plain(address: &str) -> bool {
    !address.chars().any(char::is_control)
}

#[cfg(test)]
mod tests;
