//! The relay of our tests: an SMTP server that takes mail, remembers it, and misbehaves as told.
//!
//! One implementation for the tests in this process, for `examples/sink.rs` (a process of its own, which outlives
//! the killed daemon) and for the benchmark. It reads in blocks, so that it is not what a benchmark measures. It is
//! no SMTP server beyond that: no pipelined surprises, no relaying, no checks of what it is not told to check.

use std::{
    collections::HashMap,
    fs::{File, OpenOptions},
    io::{self, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use tokio_rustls::rustls;

use line::{Line, secure};

// Named in full, since the example includes this file from another folder.
#[path = "sink_line.rs"]
mod line;

/// Where in the conversation something is to happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum At {
    Greeting,
    Ehlo,
    StartTls,
    Auth,
    Mail,
    Rcpt,
    Data,
    /// The first octets of a message have come, its end has not.
    Body,
    /// The message is whole and written down; its answer is not sent.
    Dot,
    Rset,
}

#[derive(Debug, Clone)]
pub enum Act {
    /// Says this instead; a message answered with anything but 2xx is not kept.
    Say(String),
    /// Closes the line without a word.
    HangUp,
    /// Waits, then goes on as usual.
    Delay(Duration),
    /// Never answers.
    Silence,
}

/// What the sink does. The default takes everything at once.
#[derive(Clone, Default)]
pub struct Script {
    pub at: HashMap<At, Act>,
    /// Answers to RCPT by address, in lower case.
    pub recipients: HashMap<String, Act>,
    /// What happens at `At::Dot` to every n-th message, counted over all connections.
    pub every: Option<(u64, Act)>,
    pub no_pipelining: bool,
    /// User and password, which are then demanded before MAIL.
    pub sign_in: Option<(String, String)>,
    pub tls: Option<Tls>,
    /// Accepted mails are kept in memory with their bytes.
    pub keep: bool,
}

#[derive(Clone)]
pub struct Tls {
    pub config: Arc<rustls::ServerConfig>,
    /// TLS from the first octet; otherwise STARTTLS is offered.
    pub implicit: bool,
}

/// A mail the sink said 250 to, or would have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    pub from: String,
    pub to: String,
    /// As they were before dots were stuffed.
    pub bytes: Vec<u8>,
}

struct Shared {
    script: Mutex<Script>,
    mails: Mutex<Vec<Mail>>,
    commands: Mutex<Vec<String>>,
    record: Option<Mutex<File>>,
    taken: AtomicU64,
    stopped: AtomicBool,
}

/// A running sink. Dropping it stops the listening; connections end with their clients.
pub struct Sink {
    shared: Arc<Shared>,
    address: SocketAddr,
}

impl Sink {
    pub fn start(script: Script) -> io::Result<Self> {
        Self::listen("127.0.0.1:0", script, None)
    }

    /// `record` gets one line `RECIPIENT MESSAGE-ID` for each mail, on disk before the mail is answered.
    pub fn listen(address: &str, script: Script, record: Option<&Path>) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        let record = match record {
            Some(path) => Some(Mutex::new(OpenOptions::new().create(true).append(true).open(path)?)),
            None => None,
        };
        let shared = Arc::new(Shared {
            script: Mutex::new(script),
            mails: Mutex::default(),
            commands: Mutex::default(),
            record,
            taken: AtomicU64::new(0),
            stopped: AtomicBool::new(false),
        });
        let address = listener.local_addr()?;
        let accepting = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if accepting.stopped.load(Ordering::SeqCst) {
                    break;
                }
                let shared = Arc::clone(&accepting);
                // A client that goes away ends its thread; that is no failure of the sink.
                thread::spawn(move || drop(serve(&shared, stream)));
            }
        });
        Ok(Self { shared, address })
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// From the next command on.
    pub fn follow(&self, script: Script) {
        *lock(&self.shared.script) = script;
    }

    pub fn mails(&self) -> Vec<Mail> {
        lock(&self.shared.mails).clone()
    }

    /// How many mails were taken, kept or not.
    pub fn taken(&self) -> u64 {
        self.shared.taken.load(Ordering::SeqCst)
    }

    /// The verbs heard, in order, over all connections.
    pub fn commands(&self) -> Vec<String> {
        lock(&self.shared.commands).clone()
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        // Wakes the accepting thread so that it sees the flag.
        drop(TcpStream::connect(self.address));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One connection: the octets read and not yet understood, and the answers not yet written.
struct Talk<'a> {
    shared: &'a Shared,
    line: Line,
    read: Vec<u8>,
    answers: Vec<u8>,
    from: String,
    to: String,
    signed_in: bool,
}

/// `Ok(false)` ends the connection.
type Goes = io::Result<bool>;

fn serve(shared: &Shared, stream: TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let tls = lock(&shared.script).tls.clone();
    let line = match tls.filter(|tls| tls.implicit) {
        Some(tls) => secure(stream, &tls)?,
        None => Line::Clear(stream),
    };
    let mut talk = Talk {
        shared,
        line,
        read: Vec::new(),
        answers: Vec::new(),
        from: String::new(),
        to: String::new(),
        signed_in: false,
    };
    if !talk.answer(At::Greeting, "220 sink ESMTP")? {
        return talk.flush();
    }
    while let Some(command) = talk.command()? {
        if !talk.obey(&command)? {
            break;
        }
    }
    talk.flush()
}

impl Talk<'_> {
    /// Answers are held back while commands are waiting, as RFC 2920 section 3.2 advises.
    fn flush(&mut self) -> io::Result<()> {
        if !self.answers.is_empty() {
            self.line.write_all(&self.answers)?;
            self.line.flush()?;
            self.answers.clear();
        }
        Ok(())
    }

    fn more(&mut self) -> io::Result<bool> {
        self.flush()?;
        let start = self.read.len();
        self.read.resize(start + 64 * 1_024, 0);
        let count = self.line.read(&mut self.read[start..])?;
        self.read.truncate(start + count);
        Ok(count > 0)
    }

    fn command(&mut self) -> io::Result<Option<String>> {
        loop {
            if let Some(end) = find(&self.read, 0, b"\r\n") {
                let command = String::from_utf8_lossy(&self.read[..end]).into_owned();
                self.read.drain(..end + 2);
                return Ok(Some(command));
            }
            if !self.more()? {
                return Ok(None);
            }
        }
    }

    fn say(&mut self, answer: &str) {
        self.answers.extend_from_slice(answer.as_bytes());
        self.answers.extend_from_slice(b"\r\n");
    }

    fn answer(&mut self, at: At, usual: &str) -> Goes {
        let act = lock(&self.shared.script).at.get(&at).cloned();
        self.act(act, usual)
    }

    fn act(&mut self, act: Option<Act>, usual: &str) -> Goes {
        match act {
            None => self.say(usual),
            Some(Act::Say(words)) => {
                self.say(&words);
                return Ok(!words.starts_with("421"));
            }
            Some(Act::Delay(time)) => {
                self.flush()?;
                thread::sleep(time);
                self.say(usual);
            }
            Some(Act::HangUp) => {
                self.answers.clear();
                return Ok(false);
            }
            Some(Act::Silence) => {
                self.answers.clear();
                // Until the client gives up; what it still says is not heard.
                while self.more()? {
                    self.read.clear();
                }
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn obey(&mut self, command: &str) -> Goes {
        let verb = command.split([' ', ':']).next().unwrap_or("").to_ascii_uppercase();
        if self.shared.script_keeps() {
            lock(&self.shared.commands).push(verb.clone());
        }
        match verb.as_str() {
            "EHLO" => self.greet(),
            // What `smtp-source` says.
            "HELO" => {
                self.say("250 sink");
                Ok(true)
            }
            "STARTTLS" => self.start_tls(),
            "AUTH" => self.sign_in(command),
            "MAIL" => {
                self.from = path(command);
                self.to.clear();
                if lock(&self.shared.script).sign_in.is_some() && !self.signed_in {
                    self.say("530 5.7.0 Authentication required");
                    return Ok(true);
                }
                self.answer(At::Mail, "250 2.1.0 Ok")
            }
            "RCPT" => self.recipient(command),
            "DATA" if self.to.is_empty() => {
                self.say("554 5.5.1 Error: no valid recipients");
                Ok(true)
            }
            "DATA" => self.data(),
            "RSET" => self.answer(At::Rset, "250 2.0.0 Ok"),
            "QUIT" => {
                self.say("221 2.0.0 Bye");
                Ok(false)
            }
            _ => {
                self.say("500 5.5.2 Error: command not recognised");
                Ok(true)
            }
        }
    }

    fn greet(&mut self) -> Goes {
        let script = lock(&self.shared.script).clone();
        let mut lines = vec!["sink"];
        if !script.no_pipelining {
            lines.push("PIPELINING");
        }
        if script.tls.is_some_and(|tls| !tls.implicit) && matches!(self.line, Line::Clear(_)) {
            lines.push("STARTTLS");
        } else if script.sign_in.is_some() {
            lines.push("AUTH PLAIN LOGIN");
        }
        lines.push("8BITMIME");
        let last = lines.len() - 1;
        let lines: Vec<String> = lines
            .iter()
            .enumerate()
            .map(|(i, line)| format!("250{}{line}", if i == last { ' ' } else { '-' }))
            .collect();
        self.answer(At::Ehlo, &lines.join("\r\n"))
    }

    fn start_tls(&mut self) -> Goes {
        let tls = lock(&self.shared.script).tls.clone();
        let (Some(tls), Line::Clear(stream)) = (tls, &self.line) else {
            self.say("502 5.5.1 not here");
            return Ok(true);
        };
        let stream = stream.try_clone()?;
        let refused = matches!(lock(&self.shared.script).at.get(&At::StartTls), Some(Act::Say(words)) if !words.starts_with("220"));
        if !self.answer(At::StartTls, "220 2.0.0 go ahead")? {
            return Ok(false);
        }
        self.flush()?;
        if !refused {
            self.read.clear();
            self.line = secure(stream, &tls)?;
        }
        Ok(true)
    }

    fn sign_in(&mut self, command: &str) -> Goes {
        let Some((user, password)) = lock(&self.shared.script).sign_in.clone() else {
            self.say("503 5.5.1 not here");
            return Ok(true);
        };
        let decode = |text: &str| {
            data_encoding::BASE64
                .decode(text.trim().as_bytes())
                .ok()
                .and_then(|octets| String::from_utf8(octets).ok())
        };
        let mut words = command.split(' ').skip(1);
        let (mechanism, first) = (words.next().unwrap_or(""), words.next());
        let right = if mechanism.eq_ignore_ascii_case("PLAIN") {
            first.and_then(decode) == Some(format!("\0{user}\0{password}"))
        } else {
            let mut given = Vec::new();
            for prompt in ["Username:", "Password:"] {
                self.say(&format!("334 {}", data_encoding::BASE64.encode(prompt.as_bytes())));
                let Some(line) = self.command()? else {
                    return Ok(false);
                };
                given.extend(decode(&line));
            }
            given == [user, password]
        };
        self.signed_in = right;
        if right {
            self.answer(At::Auth, "235 2.7.0 Authentication successful")
        } else {
            self.say("535 5.7.8 Error: authentication failed");
            Ok(true)
        }
    }

    fn recipient(&mut self, command: &str) -> Goes {
        let to = path(command);
        let script = lock(&self.shared.script).clone();
        let act =
            script.recipients.get(&to.to_ascii_lowercase()).or_else(|| script.at.get(&At::Rcpt)).cloned();
        let refused = matches!(&act, Some(Act::Say(words)) if !words.starts_with('2'));
        if !refused {
            self.to = to;
        }
        self.act(act, "250 2.1.5 Ok")
    }

    fn data(&mut self) -> Goes {
        let go = "354 End data with <CR><LF>.<CR><LF>";
        let refused = matches!(lock(&self.shared.script).at.get(&At::Data), Some(Act::Say(words)) if !words.starts_with('3'));
        if !self.answer(At::Data, go)? {
            return Ok(false);
        }
        if refused {
            return Ok(true);
        }
        // Where the search for the end goes on; four octets of it may have come with the block before.
        let mut searched = 0;
        let end = loop {
            if self.read.starts_with(b".\r\n") {
                break 0;
            }
            if let Some(end) = find(&self.read, searched, b"\r\n.\r\n") {
                break end + 2;
            }
            searched = self.read.len().saturating_sub(4);
            if !self.more()? {
                return Ok(false);
            }
            let act = lock(&self.shared.script).at.get(&At::Body).cloned();
            if let Some(act @ (Act::HangUp | Act::Silence)) = act {
                return self.act(Some(act), "");
            }
        };
        let stuffed: Vec<u8> = self.read.drain(..end + 3).take(end).collect();
        self.take(&stuffed)
    }

    fn take(&mut self, stuffed: &[u8]) -> Goes {
        let number = self.shared.taken.fetch_add(1, Ordering::SeqCst) + 1;
        let act = {
            let script = lock(&self.shared.script);
            match &script.every {
                Some((every, act)) if number.is_multiple_of(*every) => Some(act.clone()),
                Some(_) | None => script.at.get(&At::Dot).cloned(),
            }
        };
        let refused = matches!(&act, Some(Act::Say(words)) if !words.starts_with('2'));
        if refused {
            self.shared.taken.fetch_sub(1, Ordering::SeqCst);
        } else {
            self.write_down(stuffed)?;
        }
        self.act(act, "250 2.0.0 Ok: queued")
    }

    fn write_down(&self, stuffed: &[u8]) -> io::Result<()> {
        if let Some(record) = &self.shared.record {
            let text = String::from_utf8_lossy(stuffed);
            let id = text
                .split("\r\n")
                .take_while(|line| !line.is_empty())
                .find_map(|line| line.strip_prefix("Message-ID: "));
            let mut file = lock(record);
            file.write_all(format!("{} {}\n", self.to, id.unwrap_or("-")).as_bytes())?;
            file.sync_data()?;
        }
        if self.shared.script_keeps() {
            lock(&self.shared.mails).push(Mail {
                from: self.from.clone(),
                to: self.to.clone(),
                bytes: unstuffed(stuffed),
            });
        }
        Ok(())
    }
}

impl Shared {
    fn script_keeps(&self) -> bool {
        lock(&self.script).keep
    }
}

/// The address between the angle brackets of MAIL and RCPT.
fn path(command: &str) -> String {
    let inside = command.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inside.map_or("", |(path, _)| path).to_owned()
}

fn unstuffed(stuffed: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(stuffed.len());
    for line in stuffed.split_inclusive(|&octet| octet == b'\n') {
        bytes.extend_from_slice(line.strip_prefix(b".").unwrap_or(line));
    }
    bytes
}

/// Position of `needle` at or after `from`, found through its last octet, which is rare.
fn find(hay: &[u8], from: usize, needle: &[u8]) -> Option<usize> {
    let last = *needle.last()?;
    let mut at = from + needle.len() - 1;
    while at < hay.len() {
        let end = at + hay[at..].iter().position(|&octet| octet == last)?;
        if hay[..=end].ends_with(needle) {
            return Some(end + 1 - needle.len());
        }
        at = end + 1;
    }
    None
}
