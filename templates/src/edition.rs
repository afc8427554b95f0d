//! The content of an issue, for the mail and for the pages.

use chrono::NaiveDate;
use issues::{Event, EventStatus, Precision};
use subscribers::Language;

use crate::island::{ISLANDS_MAX, horizon_picture};
use crate::parts::one_line;
use crate::slug::item_slug;
use crate::text::{ReadingTime, shorten, text};

/// Subjects keep to this many characters.
const SUBJECT_CHARACTERS_MAX: usize = 78;
/// Dates named for those who read no further.
const MINUTE_DATES_MAX: usize = 3;

/// One issue. Items and dates are in their order.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    pub year: i32,
    /// 1 to 12, the month that the issue bears.
    pub month: u32,
    /// In the year, and in all.
    pub number: u32,
    pub running_number: u32,
    /// The editor's subject; composed from the items where there is none.
    pub title: Option<String>,
    /// Places that have news in this issue, in the nominative.
    pub places: Vec<String>,
    /// Those of them that are drawn, [`busiest`].
    pub islands: Vec<String>,
    /// The name of the picture of its horizon, for [`crate::Paths::horizon`]; `None` where none is kept.
    pub horizon: Option<String>,
    pub note: Option<Note>,
    pub sections: Vec<Section>,
    pub corrections: Vec<Correction>,
    pub calendar: Vec<Dated>,
    pub funders: Vec<Funder>,
}

/// The places that are drawn: those with most news, the earlier of equals, in the order in which they came. `named` has a
/// place for each piece of news that names it.
pub fn busiest<'a>(named: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut places: Vec<(&str, usize)> = Vec::new();
    for name in named {
        match places.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => places.push((name, 1)),
        }
    }
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(places[*at].1));
    order.truncate(ISLANDS_MAX);
    order.sort_unstable();
    order.into_iter().map(|at| places[at].0.to_owned()).collect()
}

/// The names by which places are drawn.
pub(crate) fn place_slugs(places: &[String]) -> Vec<String> {
    places.iter().map(|place| item_slug(place)).collect()
}

/// The editor's words at the head of an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Language code of the words; `None` is the publication's own, here and below.
    pub lang: Option<String>,
    pub text: String,
    /// “Anna Miglasēta, redaktore”
    pub signed: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Shown when it is there.
    pub title: Option<String>,
    pub items: Vec<Item>,
}

/// A published piece of news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Language code of the text.
    pub lang: Option<String>,
    /// “Sunākste, Aizkraukles novads”
    pub place: Option<String>,
    pub title: String,
    pub photos: Vec<Photo>,
    /// Paragraphs between blank lines.
    pub text: String,
    /// Has it the marks of an editor ([`issues::marks`])?
    pub marked: bool,
    /// Name, role and organisation; [`issues::Byline::public`].
    pub byline: Option<String>,
    /// The last part of the item's link.
    pub slug: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// Whole for mails, from the root for pages.
    pub url: String,
    pub width: u32,
    pub height: u32,
    /// For those who do not see it.
    pub alt: String,
    pub caption: String,
    /// The author.
    pub credit: String,
}

/// A line of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    pub event: Event,
    pub lang: Option<String>,
    pub title: String,
    pub place: String,
}

/// A line of the calendar that leads to its item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    pub dated: Dated,
    /// The item's issue and the last part of its link.
    pub year: i32,
    pub number: u32,
    pub slug: String,
    /// The number of its own calendar file, from 1; `None` where it is not certain enough for one.
    pub file: Option<usize>,
    /// When its item was last corrected.
    pub corrected_on: Option<NaiveDate>,
}

/// An item, as lists name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headline {
    pub lang: Option<String>,
    pub title: String,
    /// “Sunākste, Aizkraukles novads”
    pub place: Option<String>,
    pub slug: String,
}

impl Headline {
    pub fn of(item: &Item) -> Self {
        let Item { lang, title, place, slug, .. } = item.clone();
        Self { lang, title, place, slug }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Since when the page says so; unused in mails.
    pub on: Option<NaiveDate>,
    /// The title of the item that it corrects, where that does not stand beside it.
    pub about: Option<String>,
    pub lang: Option<String>,
    pub text: String,
}

/// The acknowledgement of a funder, in the agreed words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Funder {
    pub logo: Option<Logo>,
    pub lang: Option<String>,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    pub url: String,
    pub alt: String,
    pub width: u32,
    pub height: u32,
}

impl Edition {
    /// The drawing behind the picture of its horizon.
    pub fn drawing(&self) -> String {
        horizon_picture(&place_slugs(&self.islands), self.month)
    }

    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.sections.iter().flat_map(|section| &section.items)
    }

    /// The subject: the editor's, or the month and the first items that fit.
    pub fn subject(&self, language: Language) -> String {
        if let Some(title) = self.title.as_deref().map(subject_line).filter(|title| !title.is_empty()) {
            return title;
        }
        let subject = text(language).bulletin.subject;
        let titles: Vec<_> =
            self.items().take(2).map(|item| without_stop(&subject_line(&item.title))).collect();
        let whole = subject(self.month, &titles);
        if whole.chars().count() <= SUBJECT_CHARACTERS_MAX {
            return whole;
        }
        let first = subject(self.month, titles.get(..1).unwrap_or_default());
        shorten(&first, SUBJECT_CHARACTERS_MAX)
    }

    /// The first line of the mail: how much there is, and how long it takes.
    pub fn preview(&self, language: Language) -> String {
        let words = self.items().map(|item| item.text.split_whitespace().count() + 12).sum::<usize>()
            + self.note.as_ref().map_or(0, |note| note.text.split_whitespace().count())
            + self.calendar.len() * 10;
        let preview = text(language).bulletin.preview;
        preview(self.items().count(), self.calendar.len(), ReadingTime::of_words(words))
    }

    /// The nearest dates that are certain.
    pub(crate) fn minute(&self) -> impl Iterator<Item = &Dated> {
        let certain = |dated: &&Dated| {
            dated.event.precision == Precision::Exact
                && dated.event.status != EventStatus::Cancelled
                && dated.event.start.or(dated.event.end).is_some()
        };
        self.calendar.iter().filter(certain).take(MINUTE_DATES_MAX)
    }

    /// Are there sections with titles, so that items stand below them?
    pub(crate) fn has_section_titles(&self) -> bool {
        self.sections.iter().any(|section| section.title.is_some() && !section.items.is_empty())
    }
}

/// A title inside a subject: its first letter stays, for a name cannot be told from a common word.
fn without_stop(title: &str) -> String {
    title.trim_end_matches('.').to_owned()
}

/// A subject needs no no-break spaces.
fn subject_line(text: &str) -> String {
    one_line(text).replace('\u{a0}', " ")
}

#[cfg(test)]
mod busiest_tests {
    use super::busiest;

    #[test]
    fn the_nine_with_most_news_are_drawn_in_the_order_they_came() {
        let once: Vec<String> = (1..=11).map(|number| format!("p{number}")).collect();
        let named = || once.iter().map(String::as_str);
        let first: Vec<&str> = named().take(9).collect();
        assert_eq!(busiest(named()), first, "of equals the first");
        let named = named().chain(["p11", "p10", "p10", "p3"]);
        assert_eq!(busiest(named), ["p1", "p2", "p3", "p4", "p5", "p6", "p7", "p10", "p11"]);
        assert!(busiest([]).is_empty());
        assert_eq!(busiest(["", "<b>", ""]), ["", "<b>"], "whatever they are called");
    }
}
