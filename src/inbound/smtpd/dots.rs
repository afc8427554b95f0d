//! The end of DATA, found strictly.
//!
//! Only CR LF `.` CR LF ends a mail (RFC 5321 section 4.1.1.4). Whoever also takes LF `.` LF, or CR LF `.` CR CR LF,
//! lets one mail smuggle in another behind the back of the server before.

/// Undoes the dot-stuffing of RFC 5321 section 4.5.2 while it looks for the end. Works on blocks cut anywhere.
#[derive(Debug)]
pub struct Dots {
    place: Place,
}

/// What the octets just before this one were.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// The command line or a CR LF.
    LineStart,
    Line,
    Cr,
    /// A dot at the start of a line, held back: stuffing or the end.
    Dot,
    /// That dot and a CR, both held back.
    DotCr,
}

/// Whether the mail has ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Reached {
    End,
    More,
}

impl Dots {
    pub fn new() -> Self {
        Self { place: Place::LineStart }
    }

    /// Takes octets off the front of `block`, hands the mail's own to `keep`, and stops right behind the end.
    pub fn take(&mut self, block: &mut &[u8], mut keep: impl FnMut(&[u8])) -> Reached {
        while let Some((&octet, rest)) = block.split_first() {
            let (place, own): (Place, &[u8]) = match (self.place, octet) {
                (Place::LineStart, b'.') => (Place::Dot, b""),
                (Place::Dot, b'\r') => (Place::DotCr, b""),
                (Place::DotCr, b'\n') => {
                    *block = rest;
                    return Reached::End;
                }
                (Place::DotCr, b'\r') => (Place::Cr, b"\r\r"),
                (Place::DotCr, _) => {
                    keep(b"\r");
                    (Place::Line, &block[..1])
                }
                (Place::Cr, b'\n') => (Place::LineStart, b"\n"),
                (Place::LineStart | Place::Line | Place::Cr, b'\r') => (Place::Cr, b"\r"),
                (Place::LineStart | Place::Line | Place::Cr | Place::Dot, _) => {
                    let until = block.iter().position(|&octet| octet == b'\r').unwrap_or(block.len());
                    keep(&block[..until]);
                    *block = &block[until..];
                    self.place = Place::Line;
                    continue;
                }
            };
            keep(own);
            self.place = place;
            *block = rest;
        }
        Reached::More
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads `sent` in blocks of `size` and gives the mail and what follows it.
    fn read(sent: &[u8], size: usize) -> Option<(Vec<u8>, Vec<u8>)> {
        let (mut dots, mut mail) = (Dots::new(), Vec::new());
        for (index, block) in sent.chunks(size).enumerate() {
            let mut left = block;
            if dots.take(&mut left, |own| mail.extend_from_slice(own)) == Reached::End {
                let behind = index * size + block.len() - left.len();
                return Some((mail, sent[behind..].to_vec()));
            }
            assert!(left.is_empty());
        }
        None
    }

    fn check(sent: &str, mail: &str) {
        let sent = format!("{sent}NOOP\r\n");
        for size in 1..=sent.len() {
            let (found, behind) = read(sent.as_bytes(), size).expect("the mail ends");
            assert_eq!(String::from_utf8_lossy(&found), mail, "in blocks of {size}");
            assert_eq!(behind, b"NOOP\r\n", "in blocks of {size}");
        }
    }

    #[test]
    fn a_mail_ends_at_its_dot_wherever_the_blocks_are_cut() {
        check("hello\r\n.\r\n", "hello\r\n");
        check(".\r\n", "");
        check("\r\n.\r\n", "\r\n");
        check("a\r\n\r\n..\r\n...b\r\n.c\r\n.\r\n", "a\r\n\r\n.\r\n..b\r\nc\r\n");
        check("..first\r\n.\r\n", ".first\r\n");
    }

    #[test]
    fn dots_beside_lone_ends_of_line_end_nothing() {
        for (sent, mail) in [
            ("a\n.\nb", "a\n.\nb"),
            ("a\n.\r\nb", "a\n.\r\nb"),
            ("a\r.\rb", "a\r.\rb"),
            ("a\r.\r\nb", "a\r.\r\nb"),
            ("a\r\n.\nb", "a\r\n\nb"),
            ("a\r\n.\rb", "a\r\n\rb"),
            ("a\r\n.\r\r\nb", "a\r\n\r\r\nb"),
            ("a\r\r\n.\x0b\r\nb", "a\r\r\n\x0b\r\nb"),
            ("a\n\r.\r\n\nb", "a\n\r.\r\n\nb"),
        ] {
            check(&format!("{sent}\r\n.\r\n"), &format!("{mail}\r\n"));
        }
    }
}
