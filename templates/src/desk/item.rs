//! The page of an item, posted to `/desk/item/ID`: one form with one revision, beside it the letter as it came.
//!
//! Fields: `revision`; `title`, `text`, `section`, `byline.name`, `byline.role`, `byline.organisation`;
//! `events.N.date`, `.time`, `.end_date`, `.end_time`, `.said`, `.status`, `.place`, `.price`, `.link`, `.day` (a choice),
//! `.reword` (the text too), `.left` (the words of the text were shown), `.remove`;
//! `places.N.place`, `.municipality`, `.remove`; `photos.N.alt`, `.caption`, `.credit`, `.shape`, `.focus`,
//! `.closeness`, all counted from 0, where the number after the last event or place is one more; the words of
//! [`super::verbs`]. `do` is a verb, or `save`, `confirm:events.N`, `confirm:places.N`, `open:QUESTION` (saves, and shows
//! it), `reword:N`, `turn:N`, `frame:N`, `first:N`, `remove:N`, `set:all`, `set:chosen` ([`typography`]),
//! `restore:REVISION`, where `restore:0` is the letter itself. Whatever is pressed, what was typed is kept.

mod aside;
mod corrected;
mod dated;
mod history;
mod picture;
mod settled;
mod typography;

use chrono::{NaiveDate, NaiveDateTime};
use issues::language::Suggestion;
use issues::reading::{Verified, WarningCode};
use issues::{Event, EventDetails, EventFields, EventStatus, Framing, ItemState, Limited, Wording};
use maud::{Markup, html};

pub use self::corrected::{Corrected, Corrections, NoCorrection};
use super::fields::{Field, field, line, select};
use super::icon::{Icon, icon};
use super::layout::{Desk, Page};
use super::limits;
use super::sender::Taken;
use super::verbs::{self, FORM, Words};
use crate::diff::{self, Piece};
use crate::island::sala;
use crate::page::decide::Problem;
use crate::page::decided::{Outcome, already};
use crate::parts::one_line;
use crate::text::date::{moment, when};
use crate::{Frame, Paths};

#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub desk: Desk,
    pub id: i64,
    /// The revision that is shown; what is sent is void for any other.
    pub revision: i64,
    pub state: ItemState,
    /// When it was last changed, local.
    pub changed_at: NaiveDateTime,
    /// The day on which it is put aside, if nobody answers the question.
    pub put_aside_on: Option<NaiveDate>,
    pub walk: Walk,
    pub sender: Sender,
    pub warnings: Vec<WarningCode>,
    pub title: String,
    pub text: String,
    /// Has it the marks of an editor?
    pub marked: bool,
    /// How the text could be better set.
    pub suggestions: Vec<Suggestion>,
    pub section: String,
    /// Ids and titles; nothing is chosen where there is but one.
    pub sections: Vec<(String, String)>,
    pub byline: Byline,
    pub events: Vec<Dated>,
    pub places: Vec<Placed>,
    pub photos: Vec<Photo>,
    pub question: Words,
    pub reason: Words,
    /// Nobody is told of a rejection: it needs no reason.
    pub nobody_told: bool,
    /// Month of the issue that is being made.
    pub month: u32,
    /// The day on which readers will read that issue.
    pub reads_on: NaiveDate,
    /// Month of the issue before it, where that one is approved already and takes nothing any more.
    pub closed: Option<u32>,
    /// The item's place in the issue of this month.
    pub placed: Option<(usize, u32)>,
    /// Why nothing can be changed any more.
    pub settled: Option<Settled>,
    /// Where it is then.
    pub out: Option<Out>,
    /// What was typed for an item that was settled meanwhile.
    pub lost: Vec<Clash>,
    /// Of what is public.
    pub corrections: Option<Corrections>,
    pub problems: Vec<Problem>,
    pub overtaken: Option<Overtaken>,
    /// When what stands in the fields was typed, where it is not saved; local.
    pub draft: Option<NaiveDateTime>,
    /// Other editors who are at it.
    pub watching: Vec<String>,
    /// What the machine took off and put in, between the letter's words and the proposed text.
    pub cleaned: Vec<Piece>,
    pub history: Vec<Version>,
    pub letter: Option<Letter>,
    pub thread: Vec<Said>,
    pub others: Vec<Other>,
}

/// Where the item stands among those that wait.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Walk {
    /// From 1; `None` for an item that does not wait.
    pub place: Option<usize>,
    pub of: usize,
    pub previous: Option<i64>,
    pub next: Option<i64>,
}

/// Who sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// Empty where nobody knows.
    pub name: String,
    /// Local.
    pub received_at: NaiveDateTime,
    /// Items of hers before this one; `None` where nobody knows who she is.
    pub earlier: Option<usize>,
    /// Did the sender's domain fail its own checks (DMARC)?
    pub failed: bool,
    pub taken: Taken,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Byline {
    pub name: String,
    pub role: String,
    pub organisation: String,
}

/// An event, or the empty place for one more.
#[derive(Debug, Clone, PartialEq)]
pub struct Dated {
    /// As it is kept; `None` for one more.
    pub event: Option<Event>,
    /// As typed.
    pub fields: EventFields,
    pub details: EventDetails,
    pub status: EventStatus,
    /// The day that is chosen of two that contradict, as typed.
    pub chosen: String,
    pub remove: bool,
    pub sure: Option<Sure>,
    /// Words of the text that say another day or clock.
    pub words: Option<Wording>,
    /// Those that would, for each day that can be chosen.
    pub words_on: Vec<(NaiveDate, Wording)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The words of the letter that said so; `None` for one more.
    pub text: Option<String>,
    pub place: String,
    pub municipality: String,
    pub remove: bool,
    pub sure: Option<Sure>,
}

/// Who confirmed it, and when (local).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sure {
    pub by: String,
    pub at: NaiveDateTime,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    pub url: String,
    pub width: u32,
    pub height: u32,
    /// Of the file.
    pub name: String,
    pub alt: String,
    pub caption: String,
    pub credit: String,
    /// Read off an answer of the contributor's, and not confirmed.
    pub credit_proposed: bool,
    pub gps_removed: bool,
    /// Octets of the file as it came, where it is known, and of the picture.
    pub from: Option<u64>,
    pub to: u64,
    pub framing: Framing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    Published,
    InApprovedIssue,
    Merged,
    Withdrawn,
}

/// The issue that an item is in for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Out {
    pub issue: i64,
    pub month: u32,
    /// Since when it is before the readers' eyes; local.
    pub at: Option<NaiveDateTime>,
}

/// Somebody was first: the form shows what was typed, with the revision that is there now.
#[derive(Debug, Clone, PartialEq)]
pub struct Overtaken {
    pub outcome: Outcome,
    pub clashes: Vec<Clash>,
}

/// A field that both changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    pub field: ClashField,
    pub theirs: String,
    pub mine: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClashField {
    Title,
    Text,
    Alt,
    Caption,
    Credit,
    When,
    Where,
    Byline,
    Section,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub revision: i64,
    /// As the revision keeps it; empty for what was proposed.
    pub act: String,
    /// Empty where nobody did it.
    pub by: String,
    /// Local.
    pub at: NaiveDateTime,
    /// What it changed of the title and the text; empty where it changed neither.
    pub changed: Vec<Piece>,
    /// Can it be brought back?
    pub restorable: bool,
}

/// The mail as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub message: i64,
    pub from: String,
    pub to: String,
    pub subject: String,
    /// Local.
    pub sent_at: Option<NaiveDateTime>,
    pub octets: u64,
    pub checks: Vec<(&'static str, Verified)>,
    /// Names and sizes.
    pub files: Vec<(String, u64)>,
}

/// A question of ours, or what the contributor wrote afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The editor; `None` for the contributor.
    pub by: Option<String>,
    pub at: NaiveDateTime,
    pub text: String,
}

/// Another item of the same contributor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    pub id: i64,
    pub title: String,
    /// The state in words, from [`crate::text::States`].
    pub state: String,
    pub waits: bool,
}

pub fn render(view: &View) -> String {
    let frame = &view.desk.frame;
    let text = &frame.text().item_page;
    let title = one_line(&view.title);
    let title = if title.is_empty() { text.untitled } else { &title };
    let main = html! {
        (alerts(view))
        @if let Some(corrections) = view.corrections.as_ref().filter(|_| view.settled.is_none()) {
            (corrected::corrections(view, corrections))
        }
        div.desk2 {
            @if view.settled.is_some() { div.stack2 { (settled::settled(view, title)) } } @else {
            form.stack2 id=(FORM) method="post" action=(path(view, "")) data-draft=(path(view, "/draft")) {
                (view.desk.token())
                input type="hidden" name="revision" value=(view.revision);
                (head(view, title))
                section.stack aria-label=(text.when_and_where) {
                    div.two { (dated::kept(view)) }
                    div.two { (dated::more(view)) }
                }
                (words(view))
                (typography::suggestions(view))
                (history::cleaned(view))
                @for (index, photo) in view.photos.iter().enumerate() { (picture::picture(view, index, photo)) }
                (byline(view))
                (verbs::words(frame, &view.question, &view.reason, view.nobody_told, &view.problems))
                (history::versions(view))
            }
            }
            aside.stack { (aside::letter(view)) (aside::thread(view)) (aside::others(view)) (aside::in_mail(view)) }
        }
    };
    let actions = match view.settled {
        Some(_) => html! {},
        None => verbs::acts(frame, "w", &says(view), view.month),
    };
    Page {
        actions,
        walk: Some(walk(view)),
        writes: view.settled.is_none(),
        ..Page::new(&view.desk, None, title, main)
    }
    .render()
}

fn path(view: &View, below: &str) -> String {
    Paths::local().desk(&format!("/item/{}{below}", view.id))
}

/// Which problem a field has, in words.
fn wrong(view: &View, known: &[(Problem, &'static str)]) -> Option<&'static str> {
    known.iter().find(|(problem, _)| view.problems.contains(problem)).map(|(_, words)| *words)
}

/// That its field holds too much.
fn too_long(view: &View, field: Limited) -> Option<String> {
    limits::too_long(&view.desk.frame, &view.problems, field)
}

/// One or the other.
fn unfit(view: &View, known: &[(Problem, &'static str)], field: Limited) -> Option<String> {
    wrong(view, known).map(str::to_owned).or_else(|| too_long(view, field))
}

fn walk(view: &View) -> Markup {
    let text = &view.desk.frame.text().item_page;
    let room = &view.desk.frame.text().room;
    let step = |to: Option<i64>, words: &str, rel: &str| {
        html! {
            @if let Some(to) = to { a href=(Paths::local().desk(&format!("/item/{to}"))) rel=(rel) { (words) } }
        }
    };
    html! {
        nav.tabs.walk aria-label=(room.queue) {
            a href=(Paths::local().desk("")) {
                (room.queue)
                @if view.walk.of > 0 { span.n { (view.walk.of) span.vh { " " (room.waiting) } } }
            }
            @if let Some(place) = view.walk.place { span.mid { ((text.walk_of)(place, view.walk.of)) } }
            span.row { (step(view.walk.previous, text.previous, "prev")) (step(view.walk.next, text.next, "next")) }
        }
    }
}

/// What the editor must know before anything else.
fn alerts(view: &View) -> Markup {
    let frame = &view.desk.frame;
    let (desk, text) = (&frame.text().desk, &frame.text().item_page);
    let settled = view.settled.map(|why| match why {
        Settled::Published => text.settled_published,
        Settled::InApprovedIssue => text.settled_closed,
        Settled::Merged => text.settled_merged,
        Settled::Withdrawn => text.settled_withdrawn,
    });
    html! {
        @if let Some(overtaken) = &view.overtaken {
            section.stack role="alert" {
                p.flag {
                    (icon(Icon::Warning))
                    span { (already(frame, &overtaken.outcome)) " " (desk.nothing_changed) " " (desk.typed_kept) }
                }
                @for clash in &overtaken.clashes { (self::clash(frame, clash)) }
            }
        }
        @if !view.lost.is_empty() {
            section.stack role="alert" {
                p.flag { (icon(Icon::Warning)) span { (desk.nothing_changed) } }
                @for clash in &view.lost { (self::clash(frame, clash)) }
            }
        }
        (verbs::summary(frame, &view.problems, view.photos.len()))
        @if let Some(at) = view.draft.filter(|_| view.settled.is_none()) {
            form.note.row.between method="post" action=(path(view, "/draft")) {
                (view.desk.token())
                p { ((frame.text().drafts.yours)(&crate::text::date::at(frame.language, at, frame.today))) }
                button.b.sm type="submit" name="do" value="drop" { (icon(Icon::Undo)) (frame.text().drafts.drop) }
            }
        }
        @if let Some(settled) = settled { p.note { (settled) } }
        @if view.sender.failed {
            div.flag { (icon(Icon::Flag)) p { b { (text.failed) } " " (text.failed_how) } }
        }
        @if !view.warnings.is_empty() {
            section.note {
                h2.lab { (frame.text().editor.check) }
                ul { @for code in &view.warnings { li { ((frame.text().editor.warning)(*code)) } } }
            }
        }
    }
}

fn clash(frame: &Frame, clash: &Clash) -> Markup {
    let (desk, text) = (&frame.text().desk, &frame.text().item_page);
    let label = match clash.field {
        ClashField::Title => desk.headline,
        ClashField::Text => desk.text,
        ClashField::Alt => desk.alt,
        ClashField::Caption => desk.caption,
        ClashField::Credit => desk.credit,
        ClashField::When => desk.dates,
        ClashField::Where => desk.place,
        ClashField::Byline => text.byline,
        ClashField::Section => text.section,
    };
    html! {
        section.card.stack {
            h2 { (label) }
            div.two {
                div { p.lab { (text.theirs) } pre { (clash.theirs) } }
                div { p.lab { (text.mine) } pre { (clash.mine) } }
            }
            div { p.lab { (text.difference) } p { (diff::shown(&diff::words(&clash.theirs, &clash.mine), text.added, text.removed)) } }
        }
    }
}

fn head(view: &View, title: &str) -> Markup {
    let frame = &view.desk.frame;
    let (desk, text) = (&frame.text().desk, &frame.text().item_page);
    html! {
        section.stack {
            h1.vh { (title) }
            div.row.between {
                (head_of(view))
                // The first button of the form is the one that Enter presses.
                button.b.sm type="submit" name="do" value="save" { (text.save) }
            }
            (waiting(view))
            (field(&Field {
                hint: (view.revision == 1).then_some(text.title_hint),
                title: true,
                error: unfit(view, &[(Problem::TitleMissing, desk.title_missing)], Limited::Title).as_deref(),
                ..Field::new("title", desk.headline, &view.title)
            }))
            @if view.sections.len() > 1 {
                @let options: Vec<(&str, &str)> =
                    view.sections.iter().map(|(id, title)| (id.as_str(), title.as_str())).collect();
                (select("section", text.section, &options, &view.section))
            }
        }
    }
}

/// Who sent it and when, and how it stands.
fn head_of(view: &View) -> Markup {
    let frame = &view.desk.frame;
    let sender = &view.sender;
    let name = one_line(&sender.name);
    // Every place is an island; a sender without one has an island too.
    let place = view.places.iter().map(|place| one_line(&place.place)).find(|place| !place.is_empty());
    let slug = crate::item_slug(place.as_deref().unwrap_or(&name));
    html! {
        div.row {
            (sala(&slug))
            p.meta {
                b { @if name.is_empty() { (frame.text().item_page.no_contributor) } @else { (name) } } br;
                (moment(frame.language, sender.received_at, frame.today))
            }
            (trust(frame, sender.earlier))
            (status(frame, &view.state))
            @for who in &view.watching {
                span.trust { (icon(Icon::Eye)) ((frame.text().drafts.watching)(&one_line(who))) }
            }
        }
    }
}

/// Since when the question of an item waits for its answer, and what happens if none comes.
fn waiting(view: &View) -> Markup {
    let frame = &view.desk.frame;
    let asked = view.thread.iter().rfind(|said| said.by.is_some());
    html! {
        @if let (ItemState::Asked { .. }, Some(asked), Some(until)) = (&view.state, asked, view.put_aside_on) {
            p.s {
                (icon(Icon::Question)) " "
                ((frame.text().waits.since)(&crate::text::date::at(frame.language, asked.at, frame.today), until, frame.today))
            }
        }
    }
}

/// A fact about the sender, not a verdict.
fn trust(frame: &Frame, earlier: Option<usize>) -> Markup {
    let text = &frame.text().item_page;
    html! {
        @match earlier {
            Some(0) => span.trust { (icon(Icon::Sprout)) (text.first_letter) },
            Some(count) => span.trust.known { (icon(Icon::Person)) (text.earlier.count(frame.language, count)) },
            None => {},
        }
    }
}

fn status(frame: &Frame, state: &ItemState) -> Markup {
    let words = &frame.text().states;
    let (sign, class, words) = match state {
        ItemState::Pending => (Icon::Clock, "", words.pending),
        ItemState::Asked { .. } => (Icon::Question, "wait", words.asked),
        ItemState::Approved { .. } => (Icon::Check, "ok", words.approved),
        ItemState::Planned { .. } => (Icon::Check, "ok", words.planned),
        ItemState::Published { .. } => (Icon::Check, "ok", words.published),
        ItemState::Rejected { .. } => (Icon::Cross, "off", words.rejected),
        ItemState::Postponed { .. } => (Icon::Clock, "wait", words.postponed),
        ItemState::Merged { .. } => (Icon::Clip, "", words.merged),
        ItemState::Withdrawn { .. } => (Icon::Undo, "off", words.withdrawn),
    };
    html! { span.st.(class) { (icon(sign)) (words) } }
}

fn words(view: &View) -> Markup {
    let frame = &view.desk.frame;
    let (desk, text) = (&frame.text().desk, &frame.text().item_page);
    let saved = (view.revision > 1)
        .then(|| (text.saved_at)(&crate::text::date::at(frame.language, view.changed_at, frame.today)));
    let marks = &frame.text().marks;
    let hint = saved.map_or_else(|| marks.hint.to_owned(), |saved| format!("{saved}. {}", marks.hint));
    let field = field(&Field {
        rows: 8,
        hint: Some(&hint),
        error: unfit(view, &[(Problem::TextMissing, desk.text_missing)], Limited::Text).as_deref(),
        ..Field::new("text", desk.text, &view.text)
    });
    let drafts = &view.desk.frame.text().drafts;
    // Where scripts run, it is said here that what is typed is kept.
    html! {
        div.stack {
            // Without scripts its buttons could do nothing.
            div.row role="group" aria-label=(marks.buttons) data-marks="" hidden {
                @for (mark, words) in [("**", marks.strong), ("*", marks.emphasis), ("link", marks.link), ("list", marks.list)] {
                    button.b.sm type="button" data-mark=(mark) aria-controls="text" { (words) }
                }
            }
            (field)
        }
        p.hint aria-live="polite" data-saved="" data-not=(drafts.not_saved) data-long=(drafts.too_long) {}
        (dated::left(view))
    }
}

fn byline(view: &View) -> Markup {
    let text = &view.desk.frame.text().item_page;
    let byline = &view.byline;
    html! {
        details open[*byline != Byline::default()] {
            summary { (text.byline) }
            div.stack {
                (line("byline.name", text.name, &byline.name, too_long(view, Limited::BylineName).as_deref()))
                div.two {
                    (line("byline.role", text.role, &byline.role, too_long(view, Limited::BylineRole).as_deref()))
                    (line("byline.organisation", text.organisation, &byline.organisation,
                        too_long(view, Limited::BylineOrganisation).as_deref()))
                }
            }
        }
    }
}

/// Proposals that are named above the verbs.
const PROPOSALS_NAMED_MAX: usize = 3;

/// What stands above the verbs: what is missing, and what approving also says.
fn says(view: &View) -> Vec<String> {
    let frame = &view.desk.frame;
    let (desk, text) = (&frame.text().desk, &frame.text().item_page);
    let mut says = Vec::new();
    let bare = view.photos.iter().filter(|photo| photo.alt.trim().is_empty()).count();
    if bare > 0 {
        says.push((desk.says_alt)(bare));
    }
    let events = || view.events.iter().filter_map(|dated| Some((dated, dated.event.as_ref()?)));
    if events().any(|(_, event)| !event.contradiction().is_empty()) {
        says.push(text.says_choose.to_owned());
    }
    if view.events.iter().any(|dated| dated.words.is_some()) {
        says.push(text.says_words_left.to_owned());
    }
    if view.sender.failed {
        says.push(desk.says_sender.to_owned());
    }
    let mut proposed: Vec<String> = events()
        .filter(|(dated, event)| dated.sure.is_none() && event.contradiction().is_empty())
        .map(|(_, event)| {
            let short = crate::details::in_short(frame, event, "");
            let day = when(frame.language, event, frame.today);
            if short.is_empty() { day } else { format!("{day} ({short})") }
        })
        .collect();
    let places = view.places.iter().filter(|place| place.text.is_some() && place.sure.is_none());
    proposed.extend(places.map(|place| one_line(&place.place)));
    let credits = view.photos.iter().filter(|photo| photo.credit_proposed);
    proposed.extend(credits.map(|photo| (frame.text().shared.photo_credit)(&one_line(&photo.credit))));
    proposed.dedup();
    proposed.iter_mut().for_each(|words| *words = crate::text::shorten(&one_line(words), 80));
    let more = proposed.len().saturating_sub(PROPOSALS_NAMED_MAX);
    proposed.truncate(PROPOSALS_NAMED_MAX);
    if more > 0 {
        proposed.push((text.says_more)(more));
    }
    if !proposed.is_empty() {
        says.push((text.says_confirms)(&proposed));
    }
    let past = events().filter(|(_, event)| event.is_past(view.reads_on));
    says.extend(verbs::past(frame, past.map(|(_, event)| event)));
    if let Some(closed) = view.closed.filter(|_| view.settled.is_none()) {
        says.push((text.says_closed)(closed, view.month));
    }
    says
}
