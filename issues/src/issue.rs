//! An issue: one numbered edition, its states, and how it is put together.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{Event, ItemContent, vague_link};

/// The month an issue bears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Edition {
    pub year: i32,
    pub month: u32,
}

/// Where an issue stands (DESIGN: states).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum IssueState {
    Draft,
    Ready,
    /// Not fit to be sent; the editor is told why.
    Held {
        why: Vec<Finding>,
    },
    /// Content frozen; the hold begins at `send_at`.
    Approved {
        by: String,
        at: DateTime<Utc>,
        send_at: DateTime<Utc>,
    },
    /// In the hold until `not_before`, then going out.
    Sending {
        by: String,
        not_before: DateTime<Utc>,
    },
    Paused {
        by: String,
        not_before: DateTime<Utc>,
    },
    Sent {
        at: DateTime<Utc>,
    },
    Stopped {
        by: String,
        at: DateTime<Utc>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidIssueStep {
    #[error("the issue is {from}; it cannot be {step}")]
    State { from: &'static str, step: &'static str },
    #[error("the issue is held: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Held(Vec<Finding>),
}

impl IssueState {
    pub fn name(&self) -> &'static str {
        match self {
            IssueState::Draft => "draft",
            IssueState::Ready => "ready",
            IssueState::Held { .. } => "held",
            IssueState::Approved { .. } => "approved",
            IssueState::Sending { .. } => "sending",
            IssueState::Paused { .. } => "paused",
            IssueState::Sent { .. } => "sent",
            IssueState::Stopped { .. } => "stopped",
        }
    }

    /// May items still be put in, taken out and edited?
    pub fn is_open(&self) -> bool {
        match self {
            IssueState::Draft | IssueState::Ready | IssueState::Held { .. } => true,
            IssueState::Approved { .. }
            | IssueState::Sending { .. }
            | IssueState::Paused { .. }
            | IssueState::Sent { .. }
            | IssueState::Stopped { .. } => false,
        }
    }

    /// The outcome of an assembly.
    ///
    /// # Errors
    /// Only an open issue is assembled.
    pub fn assembled(self, blocking: Vec<Finding>) -> Result<Self, InvalidIssueStep> {
        if !self.is_open() {
            return Err(InvalidIssueStep::State { from: self.name(), step: "assembled" });
        }
        Ok(if blocking.is_empty() { IssueState::Ready } else { IssueState::Held { why: blocking } })
    }

    /// An editor approves; the hold begins at the sending moment `send_at`.
    ///
    /// # Errors
    /// A draft must be assembled first, and what is held is mended first.
    pub fn approve(
        self,
        by: &str,
        at: DateTime<Utc>,
        send_at: DateTime<Utc>,
    ) -> Result<Self, InvalidIssueStep> {
        match self {
            IssueState::Ready => Ok(IssueState::Approved { by: by.to_owned(), at, send_at }),
            IssueState::Held { why } => Err(InvalidIssueStep::Held(why)),
            IssueState::Draft
            | IssueState::Approved { .. }
            | IssueState::Sending { .. }
            | IssueState::Paused { .. }
            | IssueState::Sent { .. }
            | IssueState::Stopped { .. } => {
                Err(InvalidIssueStep::State { from: self.name(), step: "approved" })
            }
        }
    }

    /// The sending moment has come, or an editor sends now: the hold begins.
    ///
    /// # Errors
    /// Only an approved issue is sent.
    pub fn send(self, by: &str, not_before: DateTime<Utc>) -> Result<Self, InvalidIssueStep> {
        match self {
            IssueState::Approved { .. } => Ok(IssueState::Sending { by: by.to_owned(), not_before }),
            IssueState::Held { why } => Err(InvalidIssueStep::Held(why)),
            IssueState::Draft
            | IssueState::Ready
            | IssueState::Sending { .. }
            | IssueState::Paused { .. }
            | IssueState::Sent { .. }
            | IssueState::Stopped { .. } => Err(InvalidIssueStep::State { from: self.name(), step: "sent" }),
        }
    }

    /// # Errors
    /// Only a running issue is paused.
    pub fn pause(self, by: &str) -> Result<Self, InvalidIssueStep> {
        match self {
            IssueState::Sending { not_before, .. } => {
                Ok(IssueState::Paused { by: by.to_owned(), not_before })
            }
            other => Err(InvalidIssueStep::State { from: other.name(), step: "paused" }),
        }
    }

    /// # Errors
    /// Only a paused issue is resumed.
    pub fn resume(self, by: &str) -> Result<Self, InvalidIssueStep> {
        match self {
            IssueState::Paused { not_before, .. } => {
                Ok(IssueState::Sending { by: by.to_owned(), not_before })
            }
            other => Err(InvalidIssueStep::State { from: other.name(), step: "resumed" }),
        }
    }

    /// The approval is taken back, so that something can be changed; the next approval is as the first.
    /// `goes_out` once the audience is frozen and letters may have left.
    ///
    /// # Errors
    /// What goes out or went out stays as it is, and what is stopped stays stopped.
    pub fn reopen(self, goes_out: bool) -> Result<Self, InvalidIssueStep> {
        match self {
            IssueState::Approved { .. } | IssueState::Sending { .. } | IssueState::Paused { .. }
                if !goes_out =>
            {
                Ok(IssueState::Ready)
            }
            other => Err(InvalidIssueStep::State { from: other.name(), step: "opened again" }),
        }
    }

    /// Nothing more goes out. What has gone stays gone.
    ///
    /// # Errors
    /// What is sent or stopped already, or was never approved, is not stopped.
    pub fn stop(self, by: &str, at: DateTime<Utc>) -> Result<Self, InvalidIssueStep> {
        match self {
            IssueState::Approved { .. } | IssueState::Sending { .. } | IssueState::Paused { .. } => {
                Ok(IssueState::Stopped { by: by.to_owned(), at })
            }
            other => Err(InvalidIssueStep::State { from: other.name(), step: "stopped" }),
        }
    }

    /// Every delivery is final.
    ///
    /// # Errors
    /// Only a running issue comes to its end.
    pub fn finish(self, at: DateTime<Utc>) -> Result<Self, InvalidIssueStep> {
        match self {
            IssueState::Sending { .. } => Ok(IssueState::Sent { at }),
            other => Err(InvalidIssueStep::State { from: other.name(), step: "finished" }),
        }
    }
}

/// Something the editor should know before approving; some of it keeps the issue from being sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "finding", rename_all = "snake_case")]
pub enum Finding {
    #[error("there are {found} items, at least {wanted} are wanted")]
    TooFewItems { found: usize, wanted: usize },
    #[error("item {item} lacks a title, a text or the description of a photo")]
    IncompleteItem { item: i64 },
    #[error("a photo of item {item} has no author")]
    NoCredit { item: i64 },
    #[error("a link in item {item} does not work: {url} ({why})")]
    DeadLink { item: i64, url: String, why: String },
    #[error("the acknowledgement of the funder {funder} is missing")]
    NoFunder { funder: String },
    #[error("{count} items still wait for a decision")]
    Undecided { count: usize },
    #[error("an event of item {item} has passed and is left out: {text}")]
    PastEvent { item: i64, date: NaiveDate, text: String },
    #[error("item {item} says “{words}”, and no link stands there")]
    VagueLink { item: i64, words: String },
    #[error("the mail has {octets} octets; programs cut one of more than {MAIL_OCTETS_MAX}")]
    Large { octets: usize },
}

/// From here on an editor is told how large the mail is.
const MAIL_OCTETS_WARNED: usize = 80_000;
/// Larger mails are not sent: programs of many readers cut them at some 102,000 octets, with the links at their end, and
/// what is personal comes on top.
const MAIL_OCTETS_MAX: usize = 95_000;

/// What is to be said of the size of a mail's HTML.
pub fn weighs(octets: usize) -> Option<Finding> {
    (octets >= MAIL_OCTETS_WARNED).then_some(Finding::Large { octets })
}

impl Finding {
    /// Does it keep the issue from being sent?
    pub fn blocks(&self) -> bool {
        match self {
            Finding::TooFewItems { .. } | Finding::IncompleteItem { .. } => true,
            Finding::Large { octets } => *octets > MAIL_OCTETS_MAX,
            Finding::NoCredit { .. }
            | Finding::DeadLink { .. }
            | Finding::NoFunder { .. }
            | Finding::Undecided { .. }
            | Finding::PastEvent { .. }
            | Finding::VagueLink { .. } => false,
        }
    }
}

/// An approved item as the assembly sees it.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub item: i64,
    pub received_at: DateTime<Utc>,
    pub content: ItemContent,
}

/// What goes into the issue, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Assembly {
    /// Items in the order of the issue.
    pub items: Vec<Placed>,
    /// Events of all items, in the order of their dates, without those that have passed.
    pub calendar: Vec<(i64, Event)>,
    pub findings: Vec<Finding>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    pub item: i64,
    /// Index into the sections of the bulletin.
    pub section: usize,
}

/// The policy of a publication for its issues.
#[derive(Debug, Clone)]
pub struct AssemblyRules {
    /// Ids of the sections, in the order of the bulletin; never empty.
    pub sections: Vec<String>,
    pub items_min: usize,
    /// Items in the order that an editor gave them by hand.
    pub order: Vec<i64>,
    /// The day on which readers will read: events before it have passed.
    pub reading_day: NaiveDate,
}

/// Puts an issue together. The rules of order: sections as the publication lists them; in a section first what the
/// editor has put in order, then what she has numbered, then what has a date to come, nearest first, then the rest in the order it was received.
pub fn assemble(candidates: &[Candidate], rules: &AssemblyRules) -> Assembly {
    let section = |candidate: &Candidate| {
        rules.sections.iter().position(|id| *id == candidate.content.section).unwrap_or(0)
    };
    let next_date = |candidate: &Candidate| {
        let coming = candidate.content.events.iter().filter(|event| !event.is_past(rules.reading_day));
        coming.map(Event::order).min()
    };
    let mut order: Vec<&Candidate> = candidates.iter().collect();
    order.sort_by_key(|candidate| {
        let hand = rules.order.iter().position(|item| *item == candidate.item).unwrap_or(usize::MAX);
        let hand = (hand, candidate.content.order.unwrap_or(i64::MAX));
        let date = next_date(candidate);
        (section(candidate), hand, date.is_none(), date, candidate.received_at, candidate.item)
    });
    let mut findings = Vec::new();
    if order.len() < rules.items_min {
        findings.push(Finding::TooFewItems { found: order.len(), wanted: rules.items_min });
    }
    let mut calendar = Vec::new();
    for candidate in &order {
        let item = candidate.item;
        if !candidate.content.lacking().is_empty() {
            findings.push(Finding::IncompleteItem { item });
        }
        if candidate.content.photos.iter().any(|photo| photo.credit.trim().is_empty()) {
            findings.push(Finding::NoCredit { item });
        }
        if let Some(words) = vague_link(&candidate.content.text) {
            findings.push(Finding::VagueLink { item, words: words.to_owned() });
        }
        for event in &candidate.content.events {
            if event.is_past(rules.reading_day) {
                let date = event.last_day().unwrap_or(rules.reading_day);
                findings.push(Finding::PastEvent { item, date, text: event.text.clone() });
            } else {
                calendar.push((item, event.clone()));
            }
        }
    }
    calendar.sort_by_key(|(_, event)| event.order());
    let items =
        order.into_iter().map(|candidate| Placed { item: candidate.item, section: section(candidate) });
    Assembly { items: items.collect(), calendar, findings }
}

impl Edition {
    pub fn of(date: NaiveDate) -> Self {
        Self { year: date.year(), month: date.month() }
    }

    pub fn next(self) -> Self {
        match self.month {
            12 => Self { year: self.year + 1, month: 1 },
            month => Self { year: self.year, month: month + 1 },
        }
    }

    /// Reads `2026-12`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let (year, month) = (year.parse().ok()?, month.parse().ok()?);
        ((1..=12).contains(&month) && (2000..10_000).contains(&year)).then_some(Self { year, month })
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: u32) -> DateTime<Utc> {
        format!("2026-11-{day:02}T10:00:00Z").parse().unwrap()
    }

    fn rules() -> AssemblyRules {
        AssemblyRules {
            sections: vec!["zinas".into(), "kalendars".into()],
            items_min: 2,
            order: Vec::new(),
            reading_day: "2026-11-25".parse().unwrap(),
        }
    }

    fn candidate(item: i64, section: &str, order: Option<i64>, date: Option<&str>) -> Candidate {
        let event = date.map(|date| Event::on(date.parse().unwrap(), date));
        let content = ItemContent {
            title: "t".into(),
            text: "x".into(),
            section: section.into(),
            order,
            events: event.into_iter().collect(),
            ..ItemContent::default()
        };
        Candidate { item, received_at: at(u32::try_from(item).unwrap()), content }
    }

    #[test]
    fn items_stand_by_section_then_hand_then_date_then_arrival() {
        let candidates = [
            candidate(1, "zinas", None, None),
            candidate(2, "kalendars", None, Some("2026-12-01")),
            candidate(3, "zinas", None, Some("2026-12-20")),
            candidate(4, "zinas", None, Some("2026-12-06")),
            candidate(5, "unknown", None, None),
            candidate(6, "zinas", Some(1), None),
        ];
        let assembly = assemble(&candidates, &rules());
        assert_eq!(assembly.items.iter().map(|p| p.item).collect::<Vec<_>>(), [6, 4, 3, 1, 5, 2]);
        assert_eq!(assembly.calendar.iter().map(|(item, _)| *item).collect::<Vec<_>>(), [2, 4, 3]);
        assert_eq!(assembly.findings, []);
    }

    #[test]
    fn what_an_editor_has_put_in_order_stands_first_in_its_section() {
        let candidates = [
            candidate(1, "zinas", Some(1), None),
            candidate(2, "zinas", None, Some("2026-12-01")),
            candidate(3, "kalendars", None, None),
            candidate(4, "zinas", None, None),
        ];
        let assembly = assemble(&candidates, &AssemblyRules { order: vec![3, 4, 2], ..rules() });
        assert_eq!(assembly.items.iter().map(|p| p.item).collect::<Vec<_>>(), [4, 2, 1, 3]);
    }

    #[test]
    fn past_events_are_left_out_and_said() {
        let candidates =
            [candidate(1, "", None, Some("2026-11-24")), candidate(2, "", None, Some("2026-11-25"))];
        let assembly = assemble(&candidates, &rules());
        assert_eq!(assembly.calendar.len(), 1);
        assert_eq!(
            assembly.findings,
            [Finding::PastEvent { item: 1, date: "2026-11-24".parse().unwrap(), text: "2026-11-24".into() }]
        );
    }

    #[test]
    fn too_little_holds_the_issue_and_it_cannot_be_approved() {
        let assembly = assemble(&[], &rules());
        let blocking: Vec<_> = assembly.findings.into_iter().filter(Finding::blocks).collect();
        let held = IssueState::Draft.assembled(blocking).unwrap();
        let refused = held.approve("ilze", at(1), at(2)).unwrap_err();
        assert_eq!(refused.to_string(), "the issue is held: there are 0 items, at least 2 are wanted");
    }

    #[test]
    fn an_issue_goes_out_only_by_way_of_approval() {
        assert!(IssueState::Ready.send("ilze", at(1)).is_err());
        assert!(IssueState::Draft.approve("ilze", at(1), at(2)).is_err());
        let sending = IssueState::Ready.approve("ilze", at(1), at(2)).unwrap().send("", at(3)).unwrap();
        let paused = sending.pause("ilze").unwrap();
        assert!(paused.clone().finish(at(4)).is_err());
        assert_eq!(paused.resume("ilze").unwrap().finish(at(4)).unwrap(), IssueState::Sent { at: at(4) });
    }

    #[test]
    fn an_approval_is_taken_back_until_letters_leave() {
        let approved = IssueState::Ready.approve("ilze", at(1), at(2)).unwrap();
        let held = approved.clone().send("", at(3)).unwrap();
        let paused = held.clone().pause("ilze").unwrap();
        for state in [approved, held.clone(), paused.clone()] {
            assert_eq!(state.reopen(false).unwrap(), IssueState::Ready);
        }
        let (sent, stopped) = (IssueState::Sent { at: at(1) }, held.clone().stop("ilze", at(3)).unwrap());
        for (state, goes_out) in
            [(held, true), (paused, true), (sent, false), (stopped, false), (IssueState::Ready, false)]
        {
            assert!(state.reopen(goes_out).is_err());
        }
    }

    #[test]
    fn what_is_sent_cannot_be_stopped() {
        assert!(IssueState::Sent { at: at(1) }.stop("ilze", at(2)).is_err());
        let approved = IssueState::Ready.approve("ilze", at(1), at(2)).unwrap();
        assert_eq!(approved.stop("ilze", at(2)).unwrap().name(), "stopped");
    }

    #[test]
    fn a_mail_that_would_be_cut_is_not_sent() {
        assert_eq!(weighs(79_999), None);
        for (octets, blocks) in [(80_000, false), (95_000, false), (95_001, true)] {
            assert_eq!(weighs(octets).map(|finding| finding.blocks()), Some(blocks), "{octets}");
        }
    }

    #[test]
    fn editions_are_read_back_as_they_are_written() {
        let december = Edition::parse("2026-12").unwrap();
        assert_eq!((december.to_string(), december.next().to_string()), ("2026-12".into(), "2027-01".into()));
        assert_eq!(Edition::parse("2026-13"), None);
    }
}
