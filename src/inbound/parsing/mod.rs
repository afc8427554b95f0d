//! Bytes become an [`issues::reading::Parsed`] message. Total on any input: damage is a warning, and what would
//! harm us (nesting that overflows the stack, a panic of the parser) is an unreadable message with its reason.
//!
//! The parser crate gives the structure; headers, transfer encodings and character sets are read again from the
//! raw bytes, because it believes labels and loses what is damaged.

mod calendar;
mod charset;
mod date;
mod entities;
mod flowed;
mod headers;
mod html;
mod original;
mod parts;
mod transfer;

use std::panic::{AssertUnwindSafe, catch_unwind};

use issues::reading::{Parsed, Unreadable};

pub use original::{File, Original, original};

/// Messages inside messages that are still parsed. Each level costs stack; ten thousand overflow a default one.
const NESTED_MESSAGES_MAX: usize = 100;
/// Layers of encoded messages the parser crate follows.
const ENCODED_LEVELS_MAX: usize = 3;
/// Enough for everything under the limit above, in debug builds too.
const STACK_BYTES: usize = 64 << 20;

/// Parses a message. Never panics, never fails.
pub fn parse(bytes: &[u8]) -> Parsed {
    if bytes.is_empty() {
        return Parsed::unreadable(Unreadable::Empty);
    }
    let nested = nested_messages(bytes);
    if nested > NESTED_MESSAGES_MAX {
        let count = |messages: usize| u64::try_from(messages).unwrap_or(u64::MAX);
        return Parsed::unreadable(Unreadable::Nested {
            messages: count(nested),
            most: count(NESTED_MESSAGES_MAX),
        });
    }
    on_deep_stack(|| parts::parse_message(bytes)).unwrap_or_else(|| Parsed::unreadable(Unreadable::Damaged))
}

/// The letter of a reference such as `amp` or `#275`, without its `&` and `;`.
pub(crate) fn entity(name: &str) -> String {
    entities::decode(&format!("&{name};"))
}

/// Decodes a text file of unknown character set.
pub(crate) fn file_text(bytes: &[u8]) -> String {
    charset::decode(bytes, None).text
}

/// The events of a calendar file.
pub(crate) fn calendar_entries(bytes: &[u8]) -> Vec<issues::reading::CalendarEntry> {
    calendar::entries(&charset::decode(bytes, None).text)
}

/// Runs on a thread with a stack of its own; `None` when it panics or cannot be started.
pub(crate) fn on_deep_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .name("parse".into())
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, || catch_unwind(AssertUnwindSafe(work)).ok())
            .ok()?
            .join()
            .ok()?
    })
}

/// May other programs than this parser be given the message, on a deep stack?
pub(crate) fn is_shallow(bytes: &[u8]) -> bool {
    nested_messages(bytes) <= NESTED_MESSAGES_MAX
}

/// How many parts declare a message, wherever the declaration stands, encoded ones included.
fn nested_messages(bytes: &[u8]) -> usize {
    let here = declarations(bytes);
    if here == 0 {
        return 0;
    }
    // The parser also follows messages in base64 and quoted-printable, three levels deep.
    let quoted = declarations(&transfer::quoted_printable(bytes));
    let (mut hidden, mut layer) = (0, base64_blocks(bytes));
    for _ in 0..ENCODED_LEVELS_MAX {
        hidden += declarations(&layer);
        layer = base64_blocks(&layer);
    }
    here.max(quoted) + hidden
}

fn declarations(bytes: &[u8]) -> usize {
    bytes
        .split(|&byte| byte == b'\n' || byte == b'\r')
        .filter(|line| {
            let line = line.get(..300).unwrap_or(line).to_ascii_lowercase();
            let has = |word: &[u8]| line.windows(word.len()).any(|window| window == word);
            let field = line.starts_with(b"content-type") || line.first().is_some_and(|b| b" \t".contains(b));
            field && (has(b"message/") || has(b"multipart/digest"))
        })
        .count()
}

/// Everything in the bytes that looks like lines of base64, decoded.
fn base64_blocks(bytes: &[u8]) -> Vec<u8> {
    let letter = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=".contains(byte);
    let mut out = Vec::new();
    let mut block = Vec::new();
    for line in bytes.split(|&byte| byte == b'\n') {
        let line = line.trim_ascii();
        if !line.is_empty() && line.iter().all(letter) {
            block.extend_from_slice(line);
        } else if !block.is_empty() {
            out.extend(transfer::base64(&block));
            out.push(b'\n');
            block.clear();
        }
    }
    out.extend(transfer::base64(&block));
    out
}

#[cfg(test)]
mod tests;
