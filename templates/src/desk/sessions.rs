//! Where an editor is signed in. Forms post to `/desk/sessions` with the field `session`.

use chrono::NaiveDateTime;
use maud::html;

use super::layout::{Desk, Page};
use crate::Paths;
use crate::parts::one_line;
use crate::text::date::moment;
use crate::text::shorten;

/// Browsers say much about themselves.
const BROWSER_CHARACTERS_MAX: usize = 120;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub desk: Desk,
    pub sessions: Vec<Session>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: i64,
    pub browser: String,
    /// Local.
    pub began_at: NaiveDateTime,
    pub ends_at: NaiveDateTime,
    /// The one this page is seen in.
    pub here: bool,
}

pub fn render(view: &View) -> String {
    let frame = &view.desk.frame;
    let text = &frame.text().room;
    let when = |at| moment(frame.language, at, frame.today);
    let main = html! {
        div.stack { h1 { (text.sessions) } p.meta { (text.sessions_how) } }
        ul.lines.card {
            @for session in &view.sessions {
                li.row.between {
                    span.s {
                        @let browser = shorten(&one_line(&session.browser), BROWSER_CHARACTERS_MAX);
                        b { @if browser.is_empty() { (text.some_browser) } @else { (browser) } }
                        @if session.here { " – " (text.this_browser) }
                        br;
                        ((text.since_until)(&when(session.began_at), &when(session.ends_at)))
                    }
                    form method="post" action=(Paths::local().desk("/sessions")) {
                        (view.desk.token())
                        input type="hidden" name="session" value=(session.id);
                        button.b.sm type="submit" { (text.end_session) span.vh { ": " (when(session.began_at)) } }
                    }
                }
            }
        }
    };
    Page::new(&view.desk, None, text.sessions, main).render()
}
