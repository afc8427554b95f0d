//! Who got an issue, who did not, and why: a page of a list, by state. Addresses: `?state=refused&after=123`.

use chrono::NaiveDateTime;
use issues::delivery::{Abandoned, Because};
use maud::{Markup, html};

use super::edition::{Head, number, soon};
use super::icon::{Icon, icon};
use super::layout::{Desk, Page, Tab};
use crate::Paths;
use crate::parts::one_line;
use crate::text::date::moment;
use crate::text::shorten;

/// An answer of a server is at most this long here, in characters.
const REPLY_CHARACTERS_MAX: usize = 300;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub desk: Desk,
    pub head: Head,
    pub filter: Filter,
    /// How many there are, by filter; those without a number are not offered.
    pub counts: Vec<(Filter, usize)>,
    pub rows: Vec<Row>,
    /// Where the next page begins.
    pub next: Option<i64>,
    /// This is not the first page.
    pub later: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter {
    All,
    NotDelivered,
    Accepted,
    Waiting,
    Deferred,
    Refused,
    Uncertain,
    Abandoned,
    Bounced,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Empty where the person is erased.
    pub address: String,
    /// Whose page is at the desk; `None` where the person is erased.
    pub reader: Option<i64>,
    pub state: State,
    pub why: Option<Because>,
    /// When it is tried again, local.
    pub next: Option<NaiveDateTime>,
    pub attempts: Vec<Attempt>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Accepted,
    Queued,
    OnTheLine,
    Deferred,
    Refused,
    Uncertain,
    Abandoned,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Local.
    pub at: NaiveDateTime,
    pub outcome: Outcome,
    /// As the server gave it; may be empty.
    pub reply: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Running,
    Of(State),
    OurFault,
    Withheld,
}

impl Filter {
    pub const ALL: [Filter; 9] = [
        Filter::All,
        Filter::NotDelivered,
        Filter::Accepted,
        Filter::Waiting,
        Filter::Deferred,
        Filter::Refused,
        Filter::Uncertain,
        Filter::Abandoned,
        Filter::Bounced,
    ];

    /// As addresses name it.
    pub fn name(self) -> &'static str {
        match self {
            Filter::All => "all",
            Filter::NotDelivered => "not",
            Filter::Accepted => "accepted",
            Filter::Waiting => "waiting",
            Filter::Deferred => "deferred",
            Filter::Refused => "refused",
            Filter::Uncertain => "uncertain",
            Filter::Abandoned => "abandoned",
            Filter::Bounced => "bounced",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|filter| filter.name() == name)
    }
}

pub fn render(view: &View) -> String {
    let text = &view.desk.frame.text().edition_page;
    let got = &text.got;
    let path = |filter: Filter| format!("{}?state={}", view.head.path("/deliveries"), filter.name());
    let main = html! {
        div.stack {
            h1 { (got.title) }
            p.meta { (view.head.heading(text)) ". " (number(&view.desk, &view.head)) ". " (got.lead) }
            p.links { a href=(view.head.path("")) { (text.back) } }
        }
        nav.seg aria-label=(got.filter) {
            @for (filter, count) in &view.counts {
                a href=(path(*filter)) aria-current=[(*filter == view.filter).then_some("page")] {
                    (label(view, *filter)) " " (count)
                }
            }
        }
        section.card {
            h2.vh { (label(view, view.filter)) }
            @if view.rows.is_empty() {
                p { (got.none) }
            } @else {
                ul.lines { @for row in &view.rows { (line(view, row)) } }
            }
        }
        p.row {
            @if view.later { a.b.sm href=(path(view.filter)) { (got.first_page) } }
            @if let Some(after) = view.next {
                a.b.sm href={ (path(view.filter)) "&after=" (after) } { (got.next_page) }
            }
        }
    };
    Page::new(&view.desk, Some(Tab::Issue), got.title, main).render()
}

fn label(view: &View, filter: Filter) -> &'static str {
    let text = &view.desk.frame.text().edition_page;
    match filter {
        Filter::All => text.got.all,
        Filter::NotDelivered => text.got.not_delivered,
        Filter::Accepted => text.going.accepted,
        Filter::Waiting => text.going.waiting,
        Filter::Deferred => text.going.deferred,
        Filter::Refused => text.going.refused,
        Filter::Uncertain => text.going.uncertain,
        Filter::Abandoned => text.going.abandoned,
        Filter::Bounced => text.got.bounced,
    }
}

fn word(view: &View, state: State) -> &'static str {
    let got = &view.desk.frame.text().edition_page.got;
    match state {
        State::Accepted => got.accepted,
        State::Queued => got.queued,
        State::OnTheLine => got.on_the_line,
        State::Deferred => got.deferred,
        State::Refused => got.refused,
        State::Uncertain => got.uncertain,
        State::Abandoned => got.abandoned,
    }
}

fn reason(view: &View, why: Because) -> &'static str {
    let got = &view.desk.frame.text().edition_page.got;
    match why {
        Because::NoMailbox => got.no_mailbox,
        Because::Full => got.full,
        Because::Policy => got.policy,
        Because::Busy => got.busy,
        Because::Other => got.other,
        Because::Abandoned(Abandoned::Expired) => got.expired,
        Because::Abandoned(Abandoned::Left) => got.left,
        Because::Abandoned(Abandoned::Suppressed) => got.suppressed,
        Because::Abandoned(Abandoned::Stopped) => got.stopped,
        Because::BrokenOff => got.broken_off,
        Because::CameBack => got.came_back,
    }
}

fn line(view: &View, row: &Row) -> Markup {
    let frame = &view.desk.frame;
    let got = &frame.text().edition_page.got;
    let (class, sign) = match row.state {
        State::Accepted if row.why.is_none() => ("st ok", Icon::Check),
        State::Queued | State::OnTheLine => ("st", Icon::Clock),
        State::Deferred | State::Uncertain => ("st wait", Icon::Warning),
        State::Accepted | State::Refused | State::Abandoned => ("st off", Icon::Cross),
    };
    let address = one_line(&row.address);
    let address = if address.is_empty() { got.erased } else { address.as_str() };
    html! {
        li {
            div.row.between {
                b.t {
                    @match row.reader {
                        Some(id) => a href=(Paths::local().desk(&format!("/readers/{id}"))) { (address) },
                        None => (address),
                    }
                }
                span class=(class) { (icon(sign)) (word(view, row.state)) }
            }
            @if row.why.is_some() || row.next.is_some() {
                p.s {
                    @if let Some(why) = row.why { (reason(view, why)) " " }
                    @if let Some(next) = row.next { ((got.next_at)(&soon(&view.desk, next))) }
                }
            }
            @if !row.attempts.is_empty() {
                details {
                    summary {
                        (got.attempts.count(frame.language, row.attempts.len()))
                        span.vh { ": " (address) }
                    }
                    ol.stack { @for attempt in &row.attempts { (attempted(view, attempt)) } }
                }
            }
        }
    }
}

fn attempted(view: &View, attempt: &Attempt) -> Markup {
    let frame = &view.desk.frame;
    let got = &frame.text().edition_page.got;
    let outcome = match attempt.outcome {
        Outcome::Running => got.running,
        Outcome::Of(state) => word(view, state),
        Outcome::OurFault => got.our_fault,
        Outcome::Withheld => got.withheld,
    };
    let reply = shorten(&one_line(&attempt.reply), REPLY_CHARACTERS_MAX);
    html! {
        li.s {
            b { (moment(frame.language, attempt.at, frame.today)) } ": " (outcome) "."
            @if !reply.is_empty() { br; (got.answer) " " span lang="en" { (reply) } }
        }
    }
}
