//! What comes next by the schedule, and what the daemon is doing now: plain facts.

use chrono::NaiveDateTime;
use issues::calendar::Job;
use maud::html;

use super::icon::{Icon, icon};
use super::layout::{Desk, Page};
use crate::parts::one_line;
use crate::text::date::{capital, near};
use crate::text::shorten;

/// Servers may say much.
const REPLY_CHARACTERS_MAX: usize = 300;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub desk: Desk,
    /// Local, like all times here.
    pub now: NaiveDateTime,
    /// In the order in which they come.
    pub moments: Vec<Moment>,
    pub under_way: Vec<UnderWay>,
    /// Messages that are not read yet.
    pub routing: usize,
    pub last_arrival: Option<NaiveDateTime>,
    /// Single mails that have not left yet.
    pub mails: usize,
    pub fault: Option<Fault>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    pub job: Job,
    pub next: Option<NaiveDateTime>,
    pub last: Option<NaiveDateTime>,
}

/// An issue on its way, by its month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnderWay {
    Holding { month: u32, until: NaiveDateTime },
    Sending { month: u32, done: usize, of: usize },
    Paused { month: u32 },
}

/// The relay does not take our mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub since: NaiveDateTime,
    pub reply: String,
}

pub fn render(view: &View) -> String {
    let frame = &view.desk.frame;
    let text = &frame.text().moments;
    let when = |at: NaiveDateTime| near(frame.language, at, frame.today);
    let title = frame.text().room.moments;
    let main = html! {
        h1 { (title) }
        div.two {
            section.card.panel {
                h2 { (text.coming) }
                ul.lines {
                    @for moment in &view.moments {
                        li {
                            h3 { ((text.job)(moment.job)) }
                            p { b { @match moment.next { Some(at) => (capital(&when(at))), None => (text.never) } } }
                            p.s {
                                ((text.does)(moment.job))
                                @if let Some(last) = moment.last { " " ((text.last)(&when(last))) }
                            }
                        }
                    }
                }
            }
            section.card.panel {
                h2 { (text.now) }
                ul.lines {
                    li { ((text.local_time)(&when(view.now))) }
                    @for issue in &view.under_way {
                        li {
                            @match issue {
                                UnderWay::Holding { month, until } => ((text.holding)(*month, &when(*until))),
                                UnderWay::Sending { month, done, of } => ((text.sending)(*month, *done, *of)),
                                UnderWay::Paused { month } => ((text.paused)(*month)),
                            }
                        }
                    }
                    @if view.under_way.is_empty() { li { (text.no_issue_under_way) } }
                    li { @if view.mails > 0 { ((text.mails)(view.mails)) } @else { (text.no_mails) } }
                    li {
                        @match &view.fault {
                            Some(fault) => p.flag {
                                (icon(Icon::Warning))
                                span {
                                    ((text.fault)(&when(fault.since)))
                                    @let reply = shorten(&one_line(&fault.reply), REPLY_CHARACTERS_MAX);
                                    @if !reply.is_empty() { " " ((text.fault_reply)(&reply)) }
                                }
                            },
                            None => (text.no_fault),
                        }
                    }
                    li { @if view.routing > 0 { ((text.routing)(view.routing)) } @else { (text.routed) } }
                    li {
                        @match view.last_arrival {
                            Some(at) => ((text.last_arrival)(&when(at))),
                            None => (text.nothing_arrived),
                        }
                    }
                }
            }
        }
    };
    Page::new(&view.desk, None, title, main).render()
}
