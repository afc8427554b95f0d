//! The queue: what waits, the oldest first, under a promise of time. `?state=` chooses what is shown ([`Filter`]) and
//! `page=` which part of it.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use issues::reading::WarningCode;
use issues::{Event, LocalMoment};
use maud::{Markup, html};

use super::card;
use super::decisions::{Done, undo_form};
use super::layout::{Desk, Page, Tab};
use super::sender::{self, Blocked};
use crate::island::{Shape, horizon};
use crate::parts::one_line;
use crate::text::date::{capital, near};
use crate::{Paths, item_slug};

/// Further items of a sender that a card names.
pub(super) const OTHERS_NAMED: usize = 4;

#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub desk: Desk,
    pub filter: Filter,
    /// How many there are under each filter.
    pub counts: Vec<(Filter, usize)>,
    /// Local.
    pub now: NaiveDateTime,
    /// Of the items that wait.
    pub oldest: Option<Oldest>,
    /// How long ago the oldest of what is listed came.
    pub since: Option<TimeDelta>,
    pub cards: Vec<Card>,
    /// Under [`Filter::Quarantine`], instead of cards.
    pub held: Vec<Held>,
    /// And from whom nothing is taken, the latest first.
    pub senders: Vec<Blocked>,
    /// Counted from 1.
    pub page: usize,
    pub pages: usize,
    pub issue: NextIssue,
    pub recent: Vec<Done>,
}

/// What a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Filter {
    New,
    Asked,
    Approved,
    Postponed,
    Rejected,
    Quarantine,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Oldest {
    pub age: TimeDelta,
    /// Till when its contributor was promised an answer; local.
    pub answer_by: NaiveDateTime,
}

/// An item.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    pub id: i64,
    /// Name, or address, or nothing.
    pub sender: String,
    pub municipality: String,
    pub age: TimeDelta,
    pub title: String,
    /// As it was sent.
    pub words: String,
    pub photo: Option<Thumb>,
    /// The next that is stated; it says itself whether somebody confirmed it.
    pub event: Option<Event>,
    pub more_events: usize,
    pub place: String,
    /// Has somebody confirmed the place?
    pub place_confirmed: bool,
    /// Items of the sender before this; `None` where nobody knows who sent it.
    pub earlier: Option<usize>,
    pub sender_failed: bool,
    pub warning: Option<WarningCode>,
    pub standing: Option<Standing>,
    /// What the contributor wrote afterwards.
    pub replied: Option<Replied>,
    /// Other editors who are at it.
    pub watching: Vec<String>,
    /// What else of the same sender waits.
    pub others: Vec<(i64, String)>,
    pub more_others: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thumb {
    pub url: String,
    pub alt: String,
    pub width: u32,
    pub height: u32,
}

/// What the contributor of an item wrote after its first mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replied {
    pub age: TimeDelta,
    pub words: String,
    /// The editor's question that this answers.
    pub question: Option<String>,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub state: State,
    pub by: String,
    /// Local.
    pub at: NaiveDateTime,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    Asked {
        question: String,
        /// The day on which it is put aside.
        until: Option<NaiveDate>,
    },
    Approved,
    Planned,
    /// To the issue of a month.
    Postponed {
        month: u32,
    },
    Rejected {
        reason: String,
    },
}

/// A mail in quarantine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub id: i64,
    pub sender: String,
    pub age: TimeDelta,
    pub subject: String,
    pub reason: super::message::Reason,
}

/// The issue that is next to reach readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextIssue {
    pub month: u32,
    /// Those with most news first.
    pub places: Vec<String>,
    /// Local.
    pub sends_at: Option<NaiveDateTime>,
    pub items: usize,
    pub dates: usize,
    pub need: Need,
}

/// What an issue still needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Local.
    Assembly {
        at: Option<NaiveDateTime>,
    },
    /// It is held until so many findings are put right.
    Mending {
        findings: usize,
    },
    Approval,
    Nothing,
    /// It leaves when the hold is over.
    Hold,
    Sending,
    Resuming,
}

impl Filter {
    pub const ALL: [Filter; 6] = [
        Filter::New,
        Filter::Asked,
        Filter::Approved,
        Filter::Postponed,
        Filter::Rejected,
        Filter::Quarantine,
    ];

    /// As `state=` has it.
    pub fn name(self) -> &'static str {
        match self {
            Filter::New => "new",
            Filter::Asked => "asked",
            Filter::Approved => "approved",
            Filter::Postponed => "postponed",
            Filter::Rejected => "rejected",
            Filter::Quarantine => "quarantine",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|filter| filter.name() == name)
    }
}

impl View {
    fn count(&self, filter: Filter) -> usize {
        self.counts.iter().find(|(of, _)| *of == filter).map_or(0, |(_, count)| *count)
    }

    fn address(&self, filter: Filter, page: usize) -> String {
        let query = match (filter, page) {
            (Filter::New, 1) => String::new(),
            (filter, 1) => format!("?state={}", filter.name()),
            (filter, page) => format!("?state={}&page={page}", filter.name()),
        };
        Paths::local().desk(&query)
    }
}

pub fn render(view: &View) -> String {
    let text = &view.desk.frame.text().queue;
    let count = view.count(view.filter);
    if view.filter == Filter::New && count == 0 {
        return Page::new(&view.desk, Some(Tab::Queue), text.all_seen, all_seen(view)).render();
    }
    let heading = (text.shown)(view.filter, count);
    let main = html! {
        div.stack {
            h1 { (heading) }
            @if let (Filter::New, Some(oldest)) = (view.filter, view.oldest) {
                @let [before, stressed] = (text.promise)(oldest.answer_by, view.now);
                p.meta { ((text.oldest)(oldest.age)) " " (before) b { (stressed) } "." }
            } @else if let Some(since) = view.since.filter(|_| count > 0) {
                p.meta { ((text.oldest_came)(&(text.ago)(since))) }
            }
        }
        (filters(view))
        div.desk2 {
            div.stack {
                @if view.filter == Filter::Quarantine {
                    ul.stack { @for held in &view.held { (card::held(view, held)) } }
                } @else {
                    ul.stack { @for item in &view.cards { (card::card(view, item)) } }
                }
                @if count == 0 { p { b { ((text.nothing_here)(view.filter)) } " " (next_date(view)) } }
                (pages(view))
                (sender::list(&view.desk, &view.senders))
                (keys(view))
            }
            aside.stack { (next_issue(view)) (recent(view)) }
        }
    };
    Page::new(&view.desk, Some(Tab::Queue), &heading, main).render()
}

fn filters(view: &View) -> Markup {
    let text = &view.desk.frame.text();
    html! {
        nav.seg aria-label=(text.queue.filters) {
            @for filter in Filter::ALL {
                a href=(view.address(filter, 1)) aria-current=[(filter == view.filter).then_some("page")] {
                    ((text.queue.filter)(filter)) " " b { (view.count(filter)) }
                }
            }
            a href=(Paths::local().desk("/letters")) { (text.room.letters) " " b { (view.desk.letters) } }
        }
    }
}

/// Nothing waits: one island and quiet water, and when the next issue goes out.
fn all_seen(view: &View) -> Markup {
    let frame = &view.desk.frame;
    let text = &frame.text().queue;
    let issue = &view.issue;
    let place = issue.places.first().map_or(frame.publication.name.nominative.as_str(), String::as_str);
    html! {
        div.lake {
            (horizon(Shape::Lake, &[item_slug(place)], issue.month))
            h1 { (text.all_seen) }
            p { (text.good_day) " " (next_date(view)) }
            p.row.center { a.b.go href=(Paths::local().desk("/issue")) { ((text.see_month)(issue.month)) } }
        }
        (filters(view))
        @if !view.recent.is_empty() { (recent(view)) }
    }
}

/// What comes next of the schedule.
fn next_date(view: &View) -> String {
    let frame = &view.desk.frame;
    let text = &frame.text().queue;
    let issue = &view.issue;
    match (issue.need, issue.sends_at) {
        (Need::Assembly { at: Some(_) }, _) | (_, None) => (text.need)(&issue.need, frame.today),
        (_, Some(at)) => (text.goes_out)(issue.month, at, frame.today),
    }
}

fn pages(view: &View) -> Markup {
    let text = &view.desk.frame.text().queue;
    html! {
        @if view.pages > 1 {
            nav.row.between aria-label=(text.pages) {
                @if view.page > 1 {
                    a.b rel="prev" href=(view.address(view.filter, view.page - 1)) { (text.before) }
                }
                span.meta { ((text.page)(view.page, view.pages)) }
                @if view.page < view.pages {
                    a.b rel="next" href=(view.address(view.filter, view.page + 1)) { (text.after) }
                }
            }
        }
    }
}

fn next_issue(view: &View) -> Markup {
    let frame = &view.desk.frame;
    let text = &frame.text().queue;
    let issue = &view.issue;
    let islands: Vec<String> = issue.places.iter().map(|place| item_slug(place)).collect();
    html! {
        section.card.panel {
            h2 { ((text.month_issue)(issue.month)) }
            div.stack {
                (horizon(Shape::Lake, &islands, issue.month))
                @if let Some(at) = issue.sends_at {
                    p { b { (capital(&near(frame.language, at, frame.today))) } }
                }
                p.meta { ((text.contents)(issue.items, issue.dates)) " " ((text.need)(&issue.need, frame.today)) }
                p { a.b href=(Paths::local().desk("/issue")) { (text.see_issue) } }
            }
        }
    }
}

fn recent(view: &View) -> Markup {
    let frame = &view.desk.frame;
    let text = &frame.text().queue;
    html! {
        section.card.panel {
            h2 { (frame.text().room.recent) }
            @if view.recent.is_empty() { p.s { (text.nothing_done) } }
            ul.lines {
                @for done in &view.recent {
                    li.row.nw.between {
                        span.s { (done.words(frame)) }
                        (undo_form(&view.desk, done, true))
                    }
                }
            }
        }
    }
}

/// Only where scripts run. On items the verbs open the page where they are pressed.
fn keys(view: &View) -> Markup {
    let text = &view.desk.frame.text().moments;
    let verbs = [("A", text.approve), ("Q", text.ask), ("S", text.postpone), ("R", text.reject)];
    let verbs = verbs.into_iter().filter(|_| view.filter != Filter::Quarantine);
    html! {
        p.meta.keys.row {
            span { kbd { "J" } " " kbd { "K" } " " (text.next_previous) }
            span { kbd { "Enter" } " " (text.short_open) }
            @for (key, what) in verbs.chain([("U", text.short_undo), ("?", text.short_help)]) {
                span { kbd { (key) } " " (what) }
            }
        }
    }
}

impl Card {
    /// What the text says of the day, and the day, where the weekday does not fit.
    pub(super) fn weekday_differs(&self) -> Option<(String, chrono::NaiveDate)> {
        let event = self.event.as_ref().filter(|event| event.warn.as_deref() == Some("weekday_mismatch"))?;
        let day = event.start.or(event.end).map(LocalMoment::date)?;
        Some((one_line(&event.text), day))
    }
}
