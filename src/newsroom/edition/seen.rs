//! What an editor has seen of an issue when she says her word on it. The confirmation carries it along; where something
//! has become another since, nothing is done, and she is told who did what. The mail itself is compared by its hash; here
//! is what the hash does not say: an approval that was taken back, a change that was changed back, a link that was found
//! dead.

use std::fmt::{Display, Formatter, Result as Written};

use issues::{Finding, Hand, Part};
use subscribers::clean_line;

use super::arranging::token;
use crate::app::App;
use crate::newsroom::moderate::last_of_somebody;
use crate::newsroom::view::Contents;
use crate::store::{IssueItem, IssueRow, sha256};

/// An issue as it stood: how often its approval was taken back, its parts, what was found, and the revision of each item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generation {
    reopened: u32,
    /// In the order of [`PARTS`], then the findings.
    parts: [String; 4],
    items: Vec<(i64, i64)>,
}

const PARTS: [Part; 3] = [Part::Order, Part::Words, Part::Calendar];

/// What has become another since an editor looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Since {
    Reopened,
    Part(Part),
    /// An item, by its title.
    PutIn(String),
    TakenOut(String),
    Item(String),
    /// Something else is to be said: of links, of dates, or as its moment has passed.
    Found,
}

impl Generation {
    pub fn of(issue: &IssueRow, contents: &Contents, findings: &[Finding]) -> Self {
        let places: Vec<IssueItem> = contents.items.iter().map(|(place, _)| place.clone()).collect();
        let [order, words, calendar] = PARTS.map(|part| token(issue, &places, part));
        // Mail comes in at any time, and keeps nobody from approving what she has seen.
        let found: Vec<&Finding> =
            findings.iter().filter(|finding| !matches!(finding, Finding::Undecided { .. })).collect();
        let found = sha256(format!("{found:?}").as_bytes())[..16].to_owned();
        Self {
            reopened: issue.arrangement.reopened,
            parts: [order, words, calendar, found],
            items: contents.items.iter().map(|(_, row)| (row.id, row.revision)).collect(),
        }
    }

    /// Reads what a form brings back; `None` where it is damaged.
    pub fn parse(text: &str) -> Option<Self> {
        let mut fields = text.split('.');
        let reopened = fields.next()?.parse().ok()?;
        let parts = [fields.next()?, fields.next()?, fields.next()?, fields.next()?].map(str::to_owned);
        let item = |text: &str| {
            let (item, revision) = text.split_once('-')?;
            Some((item.parse().ok()?, revision.parse().ok()?))
        };
        let items = fields.map(item).collect::<Option<_>>()?;
        Some(Self { reopened, parts, items })
    }

    /// An approval keeps everything else still; it may only have been taken back and given again.
    pub fn is_of_approval(&self, issue: &IssueRow) -> bool {
        self.reopened == issue.arrangement.reopened
    }

    fn revision(&self, item: i64) -> Option<i64> {
        self.items.iter().find(|(of, _)| *of == item).map(|(_, revision)| *revision)
    }
}

impl Display for Generation {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        write!(f, "{}.{}", self.reopened, self.parts.join("."))?;
        self.items.iter().try_for_each(|(item, revision)| write!(f, ".{item}-{revision}"))
    }
}

/// What has become another between what was shown and now, and by whose hand as far as that is known; in the order in
/// which it was done.
///
/// # Errors
/// The database fails.
pub async fn since(
    app: &App,
    issue: &IssueRow,
    shown: &Generation,
    now: &Generation,
) -> anyhow::Result<Vec<(Since, Option<Hand>)>> {
    let arrangement = &issue.arrangement;
    let mut all = Vec::new();
    if shown.reopened != now.reopened {
        all.push((Since::Reopened, arrangement.reopened_by.clone()));
    }
    let gone = shown.items.iter().filter(|(item, _)| now.revision(*item).is_none());
    let mut others = false;
    for item in now.items.iter().chain(gone).map(|(item, _)| *item) {
        let (was, is) = (shown.revision(item), now.revision(item));
        if was == is {
            continue;
        }
        let row = app.store.item(item).await?;
        let title = row.map_or_else(|| format!("#{item}"), |row| clean_line(&row.item.content.title));
        let last = last_of_somebody(app.store.revisions(item).await?);
        let hand = last.filter(|last| was.is_none_or(|was| last.revision > was));
        let hand = hand.map(|last| Hand { by: last.by, at: last.at });
        others |= was.is_none() || is.is_none();
        let what = match (was, is) {
            (None, _) => Since::PutIn(title),
            (Some(_), None) => Since::TakenOut(title),
            (Some(_), Some(_)) => Since::Item(title),
        };
        all.push((what, hand));
    }
    for (part, (was, is)) in PARTS.into_iter().zip(shown.parts.iter().zip(&now.parts)) {
        // What came in or went out is said already.
        if was != is && !(part == Part::Order && others) {
            all.push((Since::Part(part), arrangement.last(part).cloned()));
        }
    }
    // Most findings follow from what is said already.
    if all.is_empty() && shown.parts[PARTS.len()] != now.parts[PARTS.len()] {
        all.push((Since::Found, None));
    }
    all.sort_by_key(|(_, hand)| hand.as_ref().map(|hand| hand.at));
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_is_read_back_as_it_is_written() {
        let parts = ["a", "b", "c", "d"].map(str::to_owned);
        for items in [vec![], vec![(7, 3), (9, 12)]] {
            let seen = Generation { reopened: 2, parts: parts.clone(), items };
            assert_eq!(Generation::parse(&seen.to_string()), Some(seen));
        }
        for damaged in ["", "x", "1", "1.a.b.c", "x.a.b.c.d", "1.a.b.c.d.", "1.a.b.c.d.7", "1.a.b.c.d.7-x"] {
            assert_eq!(Generation::parse(damaged), None, "{damaged}");
        }
    }
}
