//! What an editor should look at before an issue goes out.

use chrono::NaiveDate;

/// One finding; said in a language by [`crate::text::Text::finding`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Fewer items than the publication asks for.
    TooFew {
        have: usize,
        need: usize,
    },
    /// A photo without a description for those who do not see it.
    PhotoWithoutDescription {
        item: String,
    },
    PhotoWithoutCredit {
        item: String,
    },
    BrokenLink {
        item: String,
        url: String,
    },
    /// The acknowledgement of the funder is missing although its period runs.
    NoFunder {
        name: String,
    },
    PastEvent {
        item: String,
        date: NaiveDate,
    },
    /// The subject is shorter than 20 or longer than 78 characters.
    SubjectLength {
        characters: usize,
    },
    /// The mail grows towards the size where mail programs cut it.
    Large {
        octets: usize,
    },
    /// It is larger, and so not sent.
    TooLarge {
        octets: usize,
    },
    /// The text sends its reader to a link that is not there.
    VagueLink {
        item: String,
        words: String,
    },
    /// The weekday that the words say is not that of the date, and nobody has chosen.
    DayUnchosen {
        item: String,
    },
    /// Items that still wait for a decision.
    Undecided {
        count: usize,
    },
    /// An item that lacks its title, its text or the description of a photo.
    Incomplete {
        item: String,
    },
    /// Words of a person or of a part that has no phrase of its own.
    Other(String),
}
