//! A message as it goes over the line: dots stuffed, final dot appended, and nothing in it that a relay could read
//! in two ways.

/// Longest line without its CRLF (RFC 5321 section 4.5.3.1.6).
const LINE_OCTETS_MAX: usize = 998;

/// A whole message ready for the line. Made once and sent as often as needed.
#[derive(Clone, PartialEq, Eq)]
pub struct Wire(String);

/// Why bytes are not a message that can leave. All of them are mistakes of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnfitMessage {
    #[error("a line ends in a bare CR or LF, which relays read differently")]
    BareLineEnd,
    #[error("an octet is not printable ASCII, tab, CR or LF")]
    Octet,
    #[error("a line is longer than 998 octets")]
    LongLine,
    #[error("the last line has no end")]
    Unfinished,
}

impl std::fmt::Debug for Wire {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Wire({} octets)", self.0.len())
    }
}

impl Wire {
    /// Checks a message and prepares it (RFC 5321 sections 4.5.2 and 2.3.8).
    ///
    /// # Errors
    /// A message with a bare CR or LF could smuggle a second one past the relay; it is refused, like anything that
    /// is not seven-bit or has over-long lines.
    pub fn new(message: &[u8]) -> Result<Self, UnfitMessage> {
        check(message)?;
        let text = std::str::from_utf8(message).map_err(|_| UnfitMessage::Octet)?;
        let mut wire = String::with_capacity(text.len() + text.len() / 64 + 8);
        for line in text.split_inclusive("\r\n") {
            if line.starts_with('.') {
                wire.push('.');
            }
            wire.push_str(line);
        }
        wire.push_str(".\r\n");
        Ok(Self(wire))
    }

    /// For a composer whose messages fit by construction and have no dot at the start of a line; its tests say so.
    pub(super) fn composed(mut message: String) -> Self {
        debug_assert_eq!(check(message.as_bytes()), Ok(()));
        debug_assert!(!message.contains("\r\n."), "a dot would have to be doubled");
        message.push_str(".\r\n");
        Self(message)
    }

    /// The message itself, as a reader gets it.
    pub fn message(&self) -> Vec<u8> {
        let stuffed = self.0.strip_suffix(".\r\n").unwrap_or(&self.0);
        let mut message = Vec::with_capacity(stuffed.len());
        for line in stuffed.split_inclusive("\r\n") {
            message.extend_from_slice(line.strip_prefix('.').unwrap_or(line).as_bytes());
        }
        message
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// See [`Wire::new`].
///
/// # Errors
/// The first thing that is wrong.
pub fn check(message: &[u8]) -> Result<(), UnfitMessage> {
    if !message.ends_with(b"\r\n") {
        return Err(UnfitMessage::Unfinished);
    }
    for line in message[..message.len() - 2].split(|&octet| octet == b'\n') {
        // All but the last piece, whose CRLF is cut off, end in the CR that belonged to the LF.
        let last = line.as_ptr_range().end == message[..message.len() - 2].as_ptr_range().end;
        let content = match line.strip_suffix(b"\r") {
            Some(content) if !last => content,
            None if last => line,
            Some(_) | None => return Err(UnfitMessage::BareLineEnd),
        };
        if content.len() > LINE_OCTETS_MAX {
            return Err(UnfitMessage::LongLine);
        }
        for &octet in content {
            match octet {
                b'\r' => return Err(UnfitMessage::BareLineEnd),
                b'\t' | b' '..=b'~' => {}
                _ => return Err(UnfitMessage::Octet),
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_stuffed_and_the_final_one_is_added() {
        let wire = Wire::new(b"Subject: x\r\n\r\n.\r\n..a\r\nb.\r\n").unwrap();
        assert_eq!(wire.message(), b"Subject: x\r\n\r\n.\r\n..a\r\nb.\r\n");
        assert_eq!(wire.as_str(), "Subject: x\r\n\r\n..\r\n...a\r\nb.\r\n.\r\n");
    }

    #[test]
    fn what_could_smuggle_a_second_message_does_not_leave() {
        for (message, why) in [
            (&b"a\n.\nb\r\n"[..], UnfitMessage::BareLineEnd),
            (b"a\r.\r\n", UnfitMessage::BareLineEnd),
            (b"a\n.\r\nb\r\n", UnfitMessage::BareLineEnd),
            (b"a\r\r\n", UnfitMessage::BareLineEnd),
            (b"a\n\r\n", UnfitMessage::BareLineEnd),
            (b"a\r\n\nb\r\n", UnfitMessage::BareLineEnd),
            (b"a\0b\r\n", UnfitMessage::Octet),
            (b"a\xc4\x93\r\n", UnfitMessage::Octet),
            (b"a", UnfitMessage::Unfinished),
            (b"a\n", UnfitMessage::Unfinished),
            (b"", UnfitMessage::Unfinished),
        ] {
            assert_eq!(Wire::new(message).err(), Some(why), "{message:?}");
        }
        let long = format!("{}\r\n", "x".repeat(999));
        assert_eq!(Wire::new(long.as_bytes()).err(), Some(UnfitMessage::LongLine));
        assert!(Wire::new(&long.as_bytes()[1..]).is_ok());
        assert!(Wire::new(b"\r\n").is_ok());
    }
}
