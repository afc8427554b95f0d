//! All issues with their states, the newest on top; and the page of the issue where there is none yet, whose form posts
//! to `/desk/issue`.

use maud::html;

use super::edition::{Head, number};
use super::icon::{Icon, icon};
use super::layout::{Desk, Page, Tab};
use crate::Paths;
use crate::parts::one_line;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub desk: Desk,
    pub issues: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub head: Head,
    pub state: State,
    pub title: String,
    pub items: usize,
    /// Once its audience is frozen.
    pub readers: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Draft,
    Ready,
    Held,
    Approved,
    Sending,
    Paused,
    Sent,
    Stopped,
}

pub fn render(view: &View) -> String {
    let frame = &view.desk.frame;
    let text = &frame.text().edition_page;
    let main = html! {
        div.stack { h1 { (text.all) } p.meta { (text.all_lead) } }
        @if view.issues.is_empty() {
            (none(&view.desk))
        } @else {
            ul.lines.card {
                @for issue in &view.issues {
                    li.row.between {
                        span {
                            a.t href=(issue.head.path("")) {
                                (issue.head.heading(text)) ", " (issue.head.year)
                            }
                            br;
                            span.s {
                                (number(&view.desk, &issue.head)) ". "
                                @let title = one_line(&issue.title);
                                @if !title.is_empty() { "“" (title) "” " }
                                br;
                                (frame.text().shared.items.count(frame.language, issue.items))
                                @if let Some(readers) = issue.readers { ", " (text.readers.count(frame.language, readers)) }
                            }
                        }
                        (state(&view.desk, issue.state))
                    }
                }
            }
        }
    };
    Page::new(&view.desk, Some(Tab::Issue), text.all, main).render()
}

/// The page of the issue before there is one.
pub fn render_none(desk: &Desk) -> String {
    let text = &desk.frame.text().edition_page;
    let main = html! { h1 { (text.no_issue) } (none(desk)) };
    Page::new(desk, Some(Tab::Issue), text.no_issue, main).render()
}

fn none(desk: &Desk) -> maud::Markup {
    let text = &desk.frame.text().edition_page;
    html! {
        form.stack method="post" action=(Paths::local().desk("/issue")) {
            (desk.token())
            p { (text.no_issue_how) }
            p { button.b.go type="submit" name="do" value="assemble" { (text.making.assemble_first) } }
        }
    }
}

fn state(desk: &Desk, state: State) -> maud::Markup {
    let states = &desk.frame.text().edition_page.states;
    let (class, sign, words) = match state {
        State::Draft => ("st wait", Icon::Edit, states.draft),
        State::Ready => ("st ok", Icon::Check, states.ready),
        State::Held => ("st off", Icon::Cross, states.held),
        State::Approved => ("st ok", Icon::Check, states.approved),
        State::Sending => ("st ok", Icon::Mail, states.sending),
        State::Paused => ("st wait", Icon::Pause, states.paused),
        State::Sent => ("st ok", Icon::Check, states.sent),
        State::Stopped => ("st off", Icon::Stop, states.stopped),
    };
    html! { span class=(class) { (icon(sign)) (words) } }
}
