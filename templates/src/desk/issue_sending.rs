//! An issue that is approved, going out, or gone: where it stands, how far it has come, and what can still be done. Pausing
//! and resuming, and taking the approval back, post to `/desk/issue/ID` with `do` = `pause` | `resume` | `reopen`; cancelling has a page of its own.

use chrono::NaiveDateTime;
use maud::{Markup, html};

use super::edition::{Head, Preview, number, preview, soon};
use super::icon::{Icon, icon};
use super::layout::{Desk, Page, Tab};
use crate::Paths;
use crate::parts::one_line;
use crate::text::date::{at, clock};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub desk: Desk,
    pub head: Head,
    pub stage: Stage,
    /// Now, local: the numbers are as of then.
    pub now: NaiveDateTime,
    /// Who would get it now; before the audience is frozen.
    pub readers: usize,
    pub subject: String,
    /// From the end of the hold.
    pub tally: Option<Tally>,
    /// Ids and titles, in order; of an issue that is public.
    pub items: Vec<(i64, String)>,
    pub preview: Preview,
    /// What was wanted could not be done.
    pub alert: Option<Alert>,
    /// What the relay says when it takes nothing.
    pub fault: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alert {
    /// The issue is no draft any more.
    Closed,
    /// Its state has changed meanwhile.
    NotNow,
    /// It was to be opened again, but the next issue is being made already.
    AnotherIsOpen,
}

/// Moments are local.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    Approved { by: String, send_at: NaiveDateTime, first: NaiveDateTime },
    Hold { first: NaiveDateTime },
    HoldPaused { first: NaiveDateTime },
    Going { since: NaiveDateTime },
    Paused,
    Sent { at: NaiveDateTime },
    Stopped { by: String, at: NaiveDateTime },
}

/// How the deliveries stand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    pub accepted: usize,
    pub waiting: usize,
    pub deferred: usize,
    pub refused: usize,
    pub uncertain: usize,
    pub abandoned: usize,
    /// Accepted, but a report came back later.
    pub bounced: usize,
    /// Letters a minute, as of late.
    pub pace: usize,
    /// Whose mail servers asked to wait, and when we try again.
    pub slow: Vec<String>,
    pub slow_next: Option<NaiveDateTime>,
    /// When an uncertain one is sent again, where it is.
    pub uncertain_next: Option<NaiveDateTime>,
    /// Some of the refused have no mailbox any more.
    pub gone: usize,
    pub providers: Vec<Provider>,
}

/// The letters for one domain; an empty name stands for the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    pub domain: String,
    pub accepted: usize,
    pub waiting: usize,
    pub deferred: usize,
}

/// The bar is drawn on so many units, with gaps between its parts; a part that is not empty can be seen.
const BAR: usize = 1_000;
const GAP: usize = 2;
const PART_MIN: usize = 6;

const SQUARE: &str = "M0 0h14v14H0z";
const TRIANGLE: &str = "M7 0l7 14H0z";
const CROSS: &str = "M0 3l3-3 4 4 4-4 3 3-4 4 4 4-3 3-4-4-4 4-3-3 4-4z";
const DISC: &str = "M7 0a7 7 0 1 0 0 14A7 7 0 0 0 7 0z";
const LOZENGE: &str = "M7 1l6 6-6 6-6-6z";

/// What is counted: its name, its number, class and shape.
struct Count {
    name: &'static str,
    n: usize,
    class: &'static str,
    shape: &'static str,
}

impl Tally {
    fn total(&self) -> usize {
        self.accepted + self.waiting + self.deferred + self.refused + self.uncertain + self.abandoned
    }
}

pub fn render(view: &View) -> String {
    let frame = &view.desk.frame;
    let text = &frame.text().edition_page;
    let title = match view.stage {
        Stage::Hold { .. } | Stage::Going { .. } => (text.heading_going)(view.head.month),
        Stage::Approved { .. }
        | Stage::HoldPaused { .. }
        | Stage::Paused
        | Stage::Sent { .. }
        | Stage::Stopped { .. } => view.head.heading(text),
    };
    let main = html! {
        div.stack {
            (state(view))
            h1 { (title) }
            p.meta { (number(&view.desk, &view.head)) ". “" (one_line(&view.subject)) "”" }
            p.links { a href=(Paths::local().desk("/issues")) { (text.all) } }
        }
        @if let Some(alert) = view.alert {
            p.note role="alert" {
                b {
                    @match alert {
                        Alert::Closed => (text.making.closed),
                        Alert::NotNow => (text.sure.not_now),
                        Alert::AnotherIsOpen => (text.going.another_is_open),
                    }
                }
            }
        }
        @if let Some(fault) = &view.fault {
            div.flag { (icon(Icon::Flag)) p { b { (text.going.fault) } " " ((text.going.fault_how)(&one_line(fault))) } }
        }
        section.card.stack {
            @if let Some(tally) = &view.tally { (numbers(view, tally)) } @else { (before(view)) }
            (acts(view))
        }
        @if let Some(tally) = &view.tally {
            div.two { (meaning(view, tally)) (providers(view, tally)) }
        }
        (items(view))
        section.stack id="preview" {
            h2 { (text.views.title) }
            (preview(&view.desk, &view.head, &view.preview))
        }
    };
    Page::new(&view.desk, Some(Tab::Issue), &title, main).render()
}

/// The way to a correction of each item.
fn items(view: &View) -> Markup {
    let text = &view.desk.frame.text().corrections;
    html! {
        @if !view.items.is_empty() {
            section.card.panel {
                h2 { (text.of_issue) }
                p.hint { (text.of_issue_how) }
                ol.lines.num {
                    @for (id, title) in &view.items {
                        li { a href=(Paths::local().desk(&format!("/item/{id}#corrections"))) { (one_line(title)) } }
                    }
                }
            }
        }
    }
}

fn state(view: &View) -> Markup {
    let text = &view.desk.frame.text().edition_page;
    let (class, sign, words) = match &view.stage {
        Stage::Approved { .. } => ("st ok", Icon::Check, text.states.approved.to_owned()),
        Stage::Hold { .. } => ("st wait", Icon::Clock, text.states.hold.to_owned()),
        Stage::HoldPaused { .. } | Stage::Paused => ("st wait", Icon::Pause, text.states.paused.to_owned()),
        Stage::Going { since } => ("st ok", Icon::Mail, (text.stages.since)(&soon(&view.desk, *since))),
        Stage::Sent { .. } => ("st ok", Icon::Check, text.states.sent.to_owned()),
        Stage::Stopped { .. } => ("st off", Icon::Stop, text.states.stopped.to_owned()),
    };
    html! { p class=(class) { (icon(sign)) (words) } }
}

/// What is true of the stage, in a sentence.
fn says(view: &View) -> String {
    let frame = &view.desk.frame;
    let stages = &frame.text().edition_page.stages;
    let whole = |time: NaiveDateTime| at(frame.language, time, frame.today);
    match &view.stage {
        Stage::Approved { by, send_at, first } => {
            let approved = (stages.approved)(&one_line(by), &whole(*send_at));
            format!("{approved} {}", (stages.hold)(&soon(&view.desk, *first)))
        }
        Stage::Hold { first } => (stages.hold)(&soon(&view.desk, *first)),
        Stage::HoldPaused { first } if *first <= view.now => {
            format!("{} {}", stages.hold_paused, stages.hold_paused_past)
        }
        Stage::HoldPaused { .. } => stages.hold_paused.to_owned(),
        Stage::Going { .. } => String::new(),
        Stage::Paused => stages.paused.to_owned(),
        Stage::Sent { at } => (stages.sent)(&whole(*at)),
        Stage::Stopped { by, at } => {
            let after = if view.tally.is_some() { stages.stopped_after } else { stages.stopped_before };
            format!("{} {after}", (stages.stopped)(&one_line(by), &whole(*at)))
        }
    }
}

/// Before anything has left.
fn before(view: &View) -> Markup {
    let frame = &view.desk.frame;
    let text = &frame.text().edition_page;
    let counts = !matches!(view.stage, Stage::Stopped { .. });
    html! {
        @if counts { p.huge { (text.readers.count(frame.language, view.readers)) } }
        p.lead { (says(view)) }
        @if matches!(view.stage, Stage::Approved { .. } | Stage::Hold { .. } | Stage::HoldPaused { .. }) {
            p.hint { (text.going.reopen_how) }
        }
    }
}

fn counts(view: &View, tally: &Tally) -> Vec<Count> {
    let text = &view.desk.frame.text().edition_page.going;
    let count = |name, n, class, shape| Count { name, n, class, shape };
    let mut counts = vec![
        count(text.accepted, tally.accepted, "k1", SQUARE),
        count(text.waiting, tally.waiting, "k0", SQUARE),
        count(text.deferred, tally.deferred, "k2", TRIANGLE),
        count(text.refused, tally.refused, "k3", CROSS),
        count(text.uncertain, tally.uncertain, "k4", DISC),
    ];
    if tally.abandoned > 0 {
        counts.push(count(text.abandoned, tally.abandoned, "k0", LOZENGE));
    }
    counts
}

fn numbers(view: &View, tally: &Tally) -> Markup {
    let frame = &view.desk.frame;
    let text = &frame.text().edition_page.going;
    let counts = counts(view, tally);
    let said: Vec<(&str, usize)> = counts.iter().map(|count| (count.name, count.n)).collect();
    let words = says(view);
    html! {
        p.row.between {
            span.huge { (tally.accepted) " " span.s { ((text.of_readers)(tally.total())) } }
            @if let Stage::Going { .. } = view.stage { (estimate(view, tally)) }
        }
        svg.bar viewBox={ "0 0 " (BAR) " 28" } preserveAspectRatio="none" role="img" aria-label=((text.bar)(&said)) {
            @for (x, width, class) in parts(&counts) {
                rect class=(class) x=(x) width=(width) height="28" vector-effect="non-scaling-stroke" {}
            }
        }
        dl.tally {
            @for count in &counts {
                div {
                    dt { svg class=(count.class) viewBox="0 0 14 14" aria-hidden="true" { path d=(count.shape); } (count.name) }
                    dd { (count.n) }
                }
            }
        }
        @if !words.is_empty() { p { (words) } }
    }
}

/// The parts of the bar from the left: what has come to its end first, what waits last.
fn parts(counts: &[Count]) -> Vec<(usize, usize, &'static str)> {
    let mut shown: Vec<&Count> = counts.iter().filter(|count| count.n > 0).collect();
    shown.sort_by_key(|count| count.class == "k0");
    let total: usize = shown.iter().map(|count| count.n).sum();
    let gaps = GAP * shown.len().saturating_sub(1);
    let free = BAR - gaps - PART_MIN * shown.len();
    let mut x = 0;
    let mut parts = Vec::new();
    for count in shown {
        let width = PART_MIN + free * count.n / total.max(1);
        parts.push((x, width, count.class));
        x += width + GAP;
    }
    parts
}

fn estimate(view: &View, tally: &Tally) -> Markup {
    let frame = &view.desk.frame;
    let text = &frame.text().edition_page.going;
    let rest = tally.waiting;
    html! {
        span {
            @if tally.pace == 0 || rest == 0 {
                @if rest > 0 { b { (text.left_unknown) } }
            } @else {
                @let minutes = rest.div_ceil(tally.pace);
                @let ends = view.now + chrono::TimeDelta::minutes(i64::try_from(minutes).unwrap_or(0));
                b { @if rest < tally.pace { (text.left_soon) } @else { ((text.left)(minutes)) } }
                br;
                span.s { ((text.pace)(tally.pace, &clock(frame.language, ends.time()))) }
            }
        }
    }
}

fn acts(view: &View) -> Markup {
    let text = &view.desk.frame.text().edition_page.going;
    let act = |name: &str, class: &str, sign: Icon, label: &str| {
        html! {
            form method="post" action=(view.head.path("")) {
                (view.desk.token())
                button class=(class) type="submit" name="do" value=(name) { (icon(sign)) (label) }
            }
        }
    };
    let stop = |label: &str| html! { a.b.no href=(view.head.path("/stop")) { (icon(Icon::Stop)) (label) } };
    html! {
        div.row.between {
            p.s {
                ((text.as_of)(view.now.time())) " "
                a href=(view.head.path("")) { (text.refresh) }
            }
            div.row {
                @match view.stage {
                    Stage::Approved { .. } => {
                        a.b href=(view.head.path("/send")) { (icon(Icon::Mail)) (view.desk.frame.text().edition_page.making.send_now) }
                        (act("reopen", "b", Icon::Edit, text.reopen))
                        (stop(text.unapprove))
                    },
                    Stage::Hold { .. } => {
                        (act("reopen", "b", Icon::Edit, text.reopen))
                        (act("pause", "b no", Icon::Stop, text.pause_hold))
                    },
                    Stage::HoldPaused { .. } => {
                        (act("resume", "b go", Icon::Play, text.resume))
                        (act("reopen", "b", Icon::Edit, text.reopen))
                        (stop(text.stop_hold))
                    },
                    Stage::Going { .. } => {
                        (act("pause", "b", Icon::Pause, text.pause))
                        (stop(text.stop))
                    },
                    Stage::Paused => {
                        (act("resume", "b go", Icon::Play, text.resume))
                        (stop(text.stop))
                    },
                    Stage::Sent { .. } | Stage::Stopped { .. } => {},
                }
                @if view.tally.is_some() {
                    a.b href=(view.head.path("/deliveries")) { (icon(Icon::Person)) (text.who) }
                }
            }
        }
    }
}

fn meaning(view: &View, tally: &Tally) -> Markup {
    let frame = &view.desk.frame;
    let text = &frame.text().edition_page.going;
    let list = |which: &str| format!("{}?state={which}", view.head.path("/deliveries"));
    let troubles = tally.deferred + tally.refused + tally.uncertain + tally.abandoned + tally.bounced;
    let deferred = || {
        let clock = tally.slow_next.map(|next| soon(&view.desk, next));
        let slow: Vec<String> = tally.slow.iter().map(|domain| one_line(domain)).collect();
        (text.deferred_is)(&slow, clock.as_deref())
    };
    let uncertain = || match tally.uncertain_next {
        Some(next) => (text.uncertain_again)(&soon(&view.desk, next)),
        None => text.uncertain_final.to_owned(),
    };
    let refused = || match tally.gone {
        0 => text.refused_is.to_owned(),
        _ => format!("{} {}", text.refused_is, text.gone_is),
    };
    let entry = |name: &'static str, n: usize, words: String, which: &str| {
        html! {
            div {
                dt { b { ((text.counted)(name, n)) } }
                dd.s { (words) " " a href=(list(which)) { (text.see_them) span.vh { ": " (name) } } }
            }
        }
    };
    html! {
        section.card.panel.stack {
            h2 { (text.meaning) }
            @if troubles == 0 {
                p { (text.all_well) }
            } @else {
                dl.stack {
                    @if tally.deferred > 0 { (entry(text.deferred, tally.deferred, deferred(), "deferred")) }
                    @if tally.refused > 0 { (entry(text.refused, tally.refused, refused(), "refused")) }
                    @if tally.uncertain > 0 { (entry(text.uncertain, tally.uncertain, uncertain(), "uncertain")) }
                    @if tally.abandoned > 0 {
                        (entry(text.abandoned, tally.abandoned, text.abandoned_is.to_owned(), "abandoned"))
                    }
                    @if tally.bounced > 0 {
                        (entry(text.bounced, tally.bounced, text.bounced_is.to_owned(), "bounced"))
                    }
                }
            }
        }
    }
}

fn providers(view: &View, tally: &Tally) -> Markup {
    let text = &view.desk.frame.text().edition_page.going;
    html! {
        section.card.panel {
            h2 { (text.providers) }
            div.scroll tabindex="0" role="region" aria-label=(text.providers) {
                table {
                    caption.vh { (text.providers) }
                    tr {
                        th scope="col" { (text.domain) }
                        @for name in [text.accepted, text.waiting, text.deferred] { th.r scope="col" { (name) } }
                    }
                    @for provider in &tally.providers {
                        tr {
                            td {
                                @if provider.domain.is_empty() { (text.others) } @else { (one_line(&provider.domain)) }
                            }
                            @for n in [provider.accepted, provider.waiting, provider.deferred] { td.r { (n) } }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(numbers: [usize; 5]) -> Vec<(usize, usize, &'static str)> {
        let classes = ["k1", "k0", "k2", "k3", "k4"];
        let counts: Vec<Count> = numbers
            .into_iter()
            .zip(classes)
            .map(|(n, class)| Count { name: "", n, class, shape: SQUARE })
            .collect();
        let parts = parts(&counts);
        let last = parts.last().map_or(0, |(x, width, _)| x + width);
        assert!(last <= BAR && (parts.is_empty() || last > BAR - 10), "{numbers:?}: {last}");
        parts
    }

    #[test]
    fn every_part_of_the_bar_that_is_not_empty_can_be_seen() {
        assert_eq!(check([0, 0, 0, 0, 0]), []);
        assert_eq!(check([412, 0, 0, 0, 0]), [(0, 1_000, "k1")]);
        let parts = check([1, 100_000, 1, 1, 1]);
        assert_eq!(parts.iter().map(|part| part.2).collect::<Vec<_>>(), ["k1", "k2", "k3", "k4", "k0"]);
        assert!(parts.iter().all(|part| part.1 >= PART_MIN));
    }
}
