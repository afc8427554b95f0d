//! A sender from whom no more is to be taken, or none is. Forms post to `/desk/senders` with `act` = `block` | `unblock` and
//! one of the fields `item`, `letter`, `message` and `sender`, the row of a list. Where the page has a form of its own, the
//! button is of that one, as `do`, so that nothing typed is lost.

use chrono::NaiveDateTime;
use maud::{Markup, html};

use super::icon::{Icon, icon};
use super::layout::Desk;
use crate::parts::one_line;
use crate::text::date::near;
use crate::{Frame, Paths};

/// How a sender stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Taken {
    /// There is nobody who could be blocked.
    #[default]
    Nobody,
    In,
    /// The mail may be forged: to block would hit the person it names.
    Unsure,
    Blocked(Blocked),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocked {
    pub id: i64,
    /// Empty once the person is erased.
    pub address: String,
    pub by: String,
    /// Local.
    pub at: NaiveDateTime,
}

/// Where the button belongs.
pub(super) enum Within {
    /// To the form of the page, by its id.
    Form(&'static str),
    /// To one of its own, about this: `item` and its number.
    Own(&'static str, i64),
}

/// How the sender stands, and the button that changes it.
pub(super) fn taken(desk: &Desk, taken: &Taken, within: &Within) -> Markup {
    let text = &desk.frame.text().senders;
    let (act, sign, words) = match taken {
        Taken::Nobody => return html! {},
        Taken::Unsure => return html! { p.hint id="sender" { (text.unsure) } },
        Taken::In => ("block", Icon::Cross, text.block),
        Taken::Blocked(_) => ("unblock", Icon::Undo, text.unblock),
    };
    let of = match within {
        Within::Form(id) => Some(*id),
        Within::Own(..) => None,
    };
    let button = html! {
        button.b.sm type="submit" form=[of] name=[of.map(|_| "do")] value=[of.map(|_| act)] aria-describedby="sender-how" {
            (icon(sign)) (words)
        }
    };
    html! {
        div.stack id="sender" {
            @match taken {
                Taken::Blocked(blocked) => {
                    p.note { (decided(&desk.frame, blocked)) }
                    p.hint id="sender-how" { (text.blocked_how) }
                }
                _ => p.hint id="sender-how" { (text.block_how) },
            }
            @match within {
                Within::Form(_) => p { (button) },
                Within::Own(field, id) => form method="post" action=(Paths::local().desk("/senders")) {
                    (desk.token())
                    input type="hidden" name="act" value=(act);
                    input type="hidden" name=(field) value=(id);
                    (button)
                },
            }
        }
    }
}

fn decided(frame: &Frame, blocked: &Blocked) -> String {
    (frame.text().senders.blocked)(&one_line(&blocked.by), &near(frame.language, blocked.at, frame.today))
}

/// Below what is in quarantine: from whom nothing is taken.
pub(super) fn list(desk: &Desk, blocked: &[Blocked]) -> Markup {
    let frame = &desk.frame;
    let text = &frame.text().senders;
    html! {
        @if !blocked.is_empty() {
            section.card.panel id="senders" {
                h2 { ((text.list)(blocked.len())) }
                ul.lines {
                    @for sender in blocked {
                        @let address = one_line(&sender.address);
                        @let address = if address.is_empty() { text.erased } else { &address };
                        li.row.between {
                            span.s {
                                b { (address) } br;
                                (one_line(&sender.by)) ", " (near(frame.language, sender.at, frame.today))
                            }
                            form method="post" action=(Paths::local().desk("/senders")) {
                                (desk.token())
                                input type="hidden" name="sender" value=(sender.id);
                                input type="hidden" name="act" value="unblock";
                                button.b.sm type="submit" {
                                    (icon(Icon::Undo)) (text.unblock) span.vh { ": " (address) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
