//! Places in a finished mail for what is personal, so that everything else is rendered and encoded once.

/// A personal part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slot {
    /// The link that leaves; a URL without characters that HTML escapes.
    LeaveUrl,
    /// The link to the reader's preferences; a URL as above.
    PreferencesUrl,
    /// Since when, from [`crate::text::date::since`]; only in issues that were rendered before [`Slot::Why`] was there.
    Since,
    /// Since when and whose doing it was, from [`crate::text::why`].
    Why,
}

/// A part of a finished mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment<'a> {
    Literal(&'a str),
    Slot(Slot),
}

/// Opens a marker in a finished mail. Text of people never holds it.
pub(crate) const OPEN: char = '\u{E000}';
pub(crate) const CLOSE: char = '\u{E001}';

impl Slot {
    pub const ALL: [Slot; 4] = [Slot::LeaveUrl, Slot::PreferencesUrl, Slot::Since, Slot::Why];

    pub fn name(self) -> &'static str {
        match self {
            Slot::LeaveUrl => "leave-url",
            Slot::PreferencesUrl => "preferences-url",
            Slot::Since => "since",
            Slot::Why => "why",
        }
    }

    /// How a slot stands in a finished mail.
    pub fn marker(self) -> String {
        format!("{OPEN}{}{CLOSE}", self.name())
    }

    /// The marker while HTML is made: no text of people can forge it, for their `<` is escaped.
    pub(crate) fn tag(self) -> String {
        format!("<slot {}>", self.name())
    }
}

/// The literal parts and slots of a finished mail, in order. What is no marker of ours is literal.
pub(crate) fn segments(finished: &str) -> Vec<Segment<'_>> {
    let mut segments = Vec::new();
    let mut rest = finished;
    while let Some((at, slot, length)) = next(rest) {
        if at > 0 {
            segments.push(Segment::Literal(&rest[..at]));
        }
        segments.push(Segment::Slot(slot));
        rest = &rest[at + length..];
    }
    if !rest.is_empty() {
        segments.push(Segment::Literal(rest));
    }
    segments
}

fn next(text: &str) -> Option<(usize, Slot, usize)> {
    let found = Slot::ALL.into_iter().filter_map(|slot| {
        let marker = slot.marker();
        text.find(&marker).map(|at| (at, slot, marker.len()))
    });
    found.min_by_key(|(at, ..)| *at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_splits_into_literals_and_slots() {
        let mail = format!("a{}b{}", Slot::Since.marker(), Slot::LeaveUrl.marker());
        assert_eq!(
            segments(&mail),
            [
                Segment::Literal("a"),
                Segment::Slot(Slot::Since),
                Segment::Literal("b"),
                Segment::Slot(Slot::LeaveUrl)
            ]
        );
        assert_eq!(segments("\u{E000}x"), [Segment::Literal("\u{E000}x")]);
        assert!(segments("").is_empty());
    }
}
