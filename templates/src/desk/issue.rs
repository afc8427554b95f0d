//! An issue that is being made: what to check, what stands in it, how it looks. Forms post to `/desk/issue/ID` with `do` =
//! `assemble` | `order` | `up.ITEM` | `down.ITEM` | `lead.ITEM` | `out.ITEM` | `in.ITEM` | `show.ITEM.START.END` |
//! `hide.ITEM.START.END` | `words` | `test`, and with `was`, what the form was shown for. The order has `n.ITEM` and
//! `s.ITEM` for each item, in the order shown.

mod order;
mod words;

use chrono::NaiveDateTime;
use issues::Event;
use maud::{Markup, html};

use super::edition::{Head, Preview, number, preview};
use super::icon::{Icon, icon};
use super::layout::{Desk, Page, Tab};
use crate::parts::one_line;
use crate::text::date::{at, moment, when};
use crate::{Finding, Paths};

#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub desk: Desk,
    pub head: Head,
    pub state: Open,
    /// The next sending moment, local.
    pub sends_at: Option<NaiveDateTime>,
    pub readers: usize,
    pub checks: Vec<Check>,
    /// A link was not looked at since its item came in or was changed.
    pub links_unseen: bool,
    pub fine: Vec<Fine>,
    /// Titles of the sections; chosen among where there are several.
    pub sections: Vec<String>,
    pub items: Vec<Placed>,
    /// Approved items that do not stand in the issue.
    pub outside: Vec<Outside>,
    pub calendar: Vec<Line>,
    pub words: Words,
    pub funders: Vec<String>,
    /// What the forms are shown for.
    pub order_was: String,
    pub calendar_was: String,
    pub preview: Preview,
    pub overtaken: Option<Overtaken>,
    /// It was to be approved or sent, and is not fit for it.
    pub unfit: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    Draft,
    Ready,
    Held,
}

/// Something to look at, with the page of its field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    pub finding: Finding,
    /// A place on this page (`#subject`) or a page of the desk below `/desk`.
    pub at: String,
    pub blocks: bool,
}

/// What was checked and is well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fine {
    Photos,
    Funder,
    Links,
    /// Kilobytes of the mail, pictures, kilobytes of these.
    Weight(usize, usize, usize),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub id: i64,
    pub title: String,
    /// “Sunākste, Aizkraukles novads”; may be empty.
    pub place: String,
    pub photos: usize,
    /// Index into the sections.
    pub section: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    pub id: i64,
    pub title: String,
    /// An editor took it out of this issue.
    pub left_out: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// As the form names it: `ITEM.START.END`.
    pub key: String,
    pub event: Event,
    pub item: i64,
    pub title: String,
    pub place: String,
    pub shown: bool,
    /// Over on the day the readers read.
    pub past: bool,
    /// Title of another item with the same time and place.
    pub twin: Option<String>,
}

/// Subject and note, as kept or as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pub was: String,
    pub subject: String,
    pub proposed: String,
    pub note: String,
    /// Who signs the note.
    pub signed: String,
    /// The longest there may be, where what was typed is longer.
    pub subject_max: Option<usize>,
    pub note_max: Option<usize>,
}

/// Somebody was faster; the page shows what is there now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overtaken {
    /// Who and when, where it is known; local.
    pub by: Option<(String, NaiveDateTime)>,
    pub what: Lost,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lost {
    /// Titles in the order that was not kept.
    Order(Vec<String>),
    /// What is kept now; what was typed is in the fields.
    Words { subject: String, note: String },
    /// A line of the calendar, or a step that is not possible now.
    Other,
}

pub fn render(view: &View) -> String {
    let frame = &view.desk.frame;
    let text = &frame.text().edition_page;
    let head = &view.head;
    let title = head.heading(text);
    let leaves = view.sends_at.map_or_else(
        || text.no_moment.to_owned(),
        |time| (text.leaves)(&at(frame.language, time, frame.today)),
    );
    let (class, sign, state) = match view.state {
        Open::Draft => ("st wait", Icon::Edit, text.states.draft),
        Open::Ready => ("st ok", Icon::Check, text.states.ready),
        Open::Held => ("st off", Icon::Cross, text.states.held),
    };
    let main = html! {
        div.stack {
            p class=(class) { (icon(sign)) (state) }
            h1 { (title) }
            p.meta { (number(&view.desk, head)) ". " (leaves) }
            @if view.state == Open::Held { p.note { (text.stages.held) } }
            p.links {
                a href=(Paths::local().desk("/issues")) { (text.all) }
            }
            p.short { a href="#preview" { (text.to_preview) } }
        }
        @if let Some(overtaken) = &view.overtaken { (said_overtaken(view, overtaken)) }
        @if view.unfit { (said_unfit(view)) }
        div.desk2.r {
            div.stack2 {
                (readiness(view))
                (order::form(view))
                (order::outside(view))
                (words::calendar(view))
                (words::form(view))
                (words::funders(view))
            }
            section.stack id="preview" {
                h2.vh { (text.views.title) }
                (preview(&view.desk, head, &view.preview))
            }
        }
    };
    let mut page = Page::new(&view.desk, Some(Tab::Issue), &title, main);
    page.actions = actions(view);
    page.render()
}

fn readiness(view: &View) -> Markup {
    let frame = &view.desk.frame;
    let text = &frame.text().edition_page.making;
    let blocking = view.checks.iter().filter(|check| check.blocks).count();
    let heading = match (blocking, view.checks.len() + usize::from(view.links_unseen)) {
        (0, 0) => text.ready.to_owned(),
        (0, checks) => (text.to_check)(checks),
        (blocking, _) => (text.blocked)(blocking),
    };
    let mut checks: Vec<&Check> = view.checks.iter().collect();
    checks.sort_by_key(|check| !check.blocks);
    html! {
        section.card.panel id="readiness" {
            h2 { (heading) }
            ul.stack {
                @for check in checks {
                    @let sign = if check.blocks { Icon::Cross } else { Icon::Warning };
                    @let words = one_line(&(frame.text().finding)(&check.finding));
                    li class={ "st left " @if check.blocks { "off" } @else { "wait" } } {
                        (icon(sign))
                        span {
                            @if check.blocks { span.vh { (text.blocks) " " } }
                            (words) " "
                            a href=(whole(&check.at)) {
                                @if check.at.contains("item/") { (text.mend) } @else { (text.look) }
                                span.vh { ": " (words) }
                            }
                        }
                    }
                }
                @if view.links_unseen {
                    li.st.left.wait { (icon(Icon::Warning)) span { (text.links_unseen) } }
                }
                @for fine in &view.fine {
                    li.st.ok.left {
                        (icon(Icon::Check))
                        span {
                            @match fine {
                                Fine::Photos => (text.photos_fine),
                                Fine::Funder => (text.funder_fine),
                                Fine::Links => (text.links_fine),
                                Fine::Weight(mail, pictures, octets) => ((text.weight)(*mail, *pictures, *octets)),
                            }
                        }
                    }
                }
            }
            form.stack.apart method="post" action=(view.head.path("")) {
                (view.desk.token())
                button.b.sm type="submit" name="do" value="assemble" { (icon(Icon::Undo)) (text.assemble) }
                p.hint { (text.assemble_how) }
            }
        }
    }
}

fn whole(at: &str) -> String {
    if at.starts_with('#') { at.to_owned() } else { Paths::local().desk(at) }
}

fn said_overtaken(view: &View, overtaken: &Overtaken) -> Markup {
    let frame = &view.desk.frame;
    let text = &frame.text().edition_page.making;
    let who = match &overtaken.by {
        Some((by, time)) => (text.overtaken)(&one_line(by), &super::edition::soon(&view.desk, *time)),
        None => text.overtaken_unknown.to_owned(),
    };
    html! {
        div.note.stack role="alert" {
            p { b { (who) } }
            @match &overtaken.what {
                Lost::Order(titles) => {
                    p { (text.overtaken_order) }
                    p { (text.your_order) }
                    ol.num { @for title in titles { li { (one_line(title)) } } }
                },
                Lost::Words { subject, note } => {
                    p { (text.overtaken_words) }
                    p { ((text.now_subject)(&one_line(subject))) }
                    @if !note.is_empty() {
                        p { (text.now_note) }
                        @for paragraph in crate::parts::paragraphs(note) { p { (paragraph) } }
                    }
                },
                Lost::Other => {},
            }
        }
    }
}

/// What keeps the issue from leaving, each with the way to where it is mended.
fn said_unfit(view: &View) -> Markup {
    let frame = &view.desk.frame;
    let text = &frame.text().desk_error;
    let blocking: Vec<&Check> = view.checks.iter().filter(|check| check.blocks).collect();
    html! {
        div.note.stack role="alert" {
            @if blocking.is_empty() {
                p { b { (text.unfit_empty) } }
            } @else {
                p { b { (text.unfit) } }
                ul.stack {
                    @for check in blocking {
                        @let words = one_line(&(frame.text().finding)(&check.finding));
                        li { a href=(whole(&check.at)) { (words) } }
                    }
                }
            }
        }
    }
}

/// The bar at the foot: how many, when, and the way to the page that asks once more.
fn actions(view: &View) -> Markup {
    let frame = &view.desk.frame;
    let text = &frame.text().edition_page;
    let making = &text.making;
    let fit = !view.checks.iter().any(|check| check.blocks) && !view.items.is_empty();
    html! {
        section.acts.noprint aria-label=(making.sending) {
            div.w.row.between {
                p.s {
                    b { (text.readers.count(frame.language, view.readers)) }
                    @if let Some(time) = view.sends_at { br; (moment(frame.language, time, frame.today)) }
                }
                p.row {
                    @if fit {
                        @if view.sends_at.is_some() {
                            a.b.go href=(view.head.path("/approve")) {
                                (icon(Icon::Check))
                                span.short { (making.approve_short) }
                                span.wide { (making.approve) }
                            }
                        }
                        a.b href=(view.head.path("/send")) { (making.send_now) }
                    } @else {
                        a.b href="#readiness" { (making.first_mend) }
                    }
                }
            }
        }
    }
}

/// When and where an event is, in a line.
fn line(view: &View, line: &Line) -> String {
    let frame = &view.desk.frame;
    when(frame.language, &line.event, frame.today)
}
