//! What was decided, by whom and when, and taking it back. Forms post to `/desk/decisions/undo` with the fields
//! `item`, `revision` (the item's as it was shown) and `to`, the page to return to; for a mail that was in quarantine
//! `message` and `said_at`, in milliseconds.

use chrono::NaiveDateTime;
use maud::{Markup, html};

use super::icon::{Icon, icon};
use super::layout::{Desk, Page};
use crate::parts::one_line;
use crate::text::date::near;
use crate::text::shorten;
use crate::{Frame, Paths};

const TITLE_CHARACTERS_MAX: usize = 80;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub desk: Desk,
    /// The latest first.
    pub done: Vec<Done>,
    /// Counted from 1.
    pub page: usize,
    pub pages: usize,
    /// An undo that was not done.
    pub refused: Option<Refused>,
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    pub of: Of,
    pub title: String,
    /// As revisions have it: `approve`, `ask`.
    pub act: String,
    /// Empty for the contributor.
    pub by: String,
    pub channel: String,
    /// Local.
    pub at: NaiveDateTime,
    pub undo: Undo,
}

/// What a decision was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    Item(i64),
    Message(i64),
}

impl Of {
    /// The page and the field of a form that name it.
    fn named(self) -> (String, &'static str, i64) {
        let (path, field, id) = match self {
            Of::Item(id) => ("item", "item", id),
            Of::Message(id) => ("message", "message", id),
        };
        (Paths::local().desk(&format!("/{path}/{id}")), field, id)
    }
}

/// Can a decision be taken back?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undo {
    /// While the item has this revision; while what was said of a mail is what was said then.
    Possible {
        revision: i64,
    },
    /// It was an undo itself, or a correction.
    Pointless,
    Undone,
    Later,
    IssueApproved,
    Published,
    Merged,
    Withdrawn,
}

/// Why nothing was undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// Somebody changed the item meanwhile: title, by whom, when (local).
    Overtaken {
        title: String,
        by: String,
        at: NaiveDateTime,
    },
    Cannot,
}

impl Done {
    /// “**Apstiprināta** “Talka””, and who and when on the next line.
    pub(super) fn words(&self, frame: &Frame) -> Markup {
        let text = &frame.text().queue;
        let title = shorten(&one_line(&self.title), TITLE_CHARACTERS_MAX);
        let by = one_line(&self.by);
        html! {
            b { ((text.did)(&self.act)) } " "
            a href=(self.of.named().0) {
                @if title.is_empty() { @match self.of { Of::Item(_) => (text.untitled), Of::Message(_) => (text.no_subject) } } @else { "“" (title) "”" }
            }
            br;
            (near(frame.language, self.at, frame.today)) ", "
            @if self.act == "unanswered" { (frame.text().waits.by_itself) } @else if by.is_empty() { (text.contributor) } @else { (by) }
            @if let Some(channel) = (text.channel)(&self.channel) { " " (channel) }
        }
    }
}

/// The button that takes a decision back, or why it cannot be.
pub(super) fn undo_form(desk: &Desk, done: &Done, from_queue: bool) -> Markup {
    let text = &desk.frame.text().queue;
    let title = shorten(&one_line(&done.title), TITLE_CHARACTERS_MAX);
    html! {
        @if let Undo::Possible { revision } = done.undo {
            form method="post" action=(Paths::local().desk("/decisions/undo")) {
                (desk.token())
                @let (_, field, id) = done.of.named();
                input type="hidden" name=(field) value=(id);
                input type="hidden" name=(if matches!(done.of, Of::Item(_)) { "revision" } else { "said_at" }) value=(revision);
                @if from_queue { input type="hidden" name="to" value="queue"; }
                button.b.sm type="submit" { (icon(Icon::Undo)) (text.undo) span.vh { ": " (title) } }
            }
        } @else if done.undo != Undo::Pointless && !from_queue {
            span.s { ((text.undo_why)(done.undo)) }
        }
    }
}

pub fn render(view: &View) -> String {
    let frame = &view.desk.frame;
    let (text, room) = (&frame.text().queue, &frame.text().room);
    let address = |page: usize| Paths::local().desk(&format!("/decisions?page={page}"));
    let main = html! {
        h1 { (room.all_decisions) }
        @if let Some(refused) = &view.refused {
            p.flag role="alert" {
                (icon(Icon::Warning))
                span {
                    b { (text.not_undone) } " "
                    @match refused {
                        Refused::Overtaken { title, by, at } => {
                            @let by = one_line(by);
                            @let by = if by.is_empty() { text.contributor } else { by.as_str() };
                            @let when = near(frame.language, *at, frame.today);
                            ((text.changed_meanwhile)(&shorten(&one_line(title), TITLE_CHARACTERS_MAX), by, &when))
                        }
                        Refused::Cannot => (text.cannot_undo),
                    }
                }
            }
        }
        @if view.done.is_empty() { p { (text.nothing_done) } } @else {
            ul.lines.card {
                @for done in &view.done {
                    li.row.between { span.s { (done.words(frame)) } (undo_form(&view.desk, done, false)) }
                }
            }
        }
        @if view.pages > 1 {
            nav.row.between aria-label=(text.pages) {
                @if view.page > 1 { a.b rel="prev" href=(address(view.page - 1)) { (text.before) } }
                span.meta { ((text.page)(view.page, view.pages)) }
                @if view.page < view.pages { a.b rel="next" href=(address(view.page + 1)) { (text.after) } }
            }
        }
    };
    Page::new(&view.desk, None, room.all_decisions, main).render()
}
