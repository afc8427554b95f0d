//! Letters of readers: those that wait, those that are settled, and one of them with what can be done. The list is
//! `/desk/letters?state=…`; a letter posts to its own page, with `shown`, `text` and `do` = `answer` | `make_item` |
//! `set_aside` | `reopen`.

use chrono::NaiveDateTime;
use issues::reading::WarningCode;
use maud::{Markup, html};

use super::icon::{Icon, icon};
use super::layout::{Desk, Page, Tab};
use super::sender::{Taken, Within, taken};
use crate::Paths;
use crate::parts::{linked, one_line, paragraphs};
use crate::text::date::at;
use crate::text::shorten;

/// The first words of a letter in the list.
const WORDS_CHARACTERS_MAX: usize = 160;

/// The form of the page, for a button beside it.
const FORM: &str = "letter";

/// The states of a letter, as its filter names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Open,
    Answered,
    SetAside,
    MadeItem,
}

impl State {
    pub const ALL: [State; 4] = [State::Open, State::Answered, State::SetAside, State::MadeItem];

    pub fn name(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Answered => "answered",
            State::SetAside => "set_aside",
            State::MadeItem => "made_item",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    pub desk: Desk,
    pub state: State,
    /// In the order of [`State::ALL`].
    pub counts: [usize; 4],
    pub letters: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub id: i64,
    pub from: String,
    pub subject: String,
    pub text: String,
    /// Local.
    pub received_at: NaiveDateTime,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub desk: Desk,
    pub id: i64,
    pub from: String,
    pub subject: String,
    pub text: String,
    pub received_at: NaiveDateTime,
    /// The mail as it came.
    pub message: i64,
    /// Title and page of the issue it answers.
    pub issue: Option<(String, String)>,
    pub warnings: Vec<WarningCode>,
    pub taken: Taken,
    /// The sender did not pass the checks of the sender's domain.
    pub failed: bool,
    /// Who settled it and how; `None` while it is open.
    pub settled: Option<Settled>,
    /// All of them, oldest first.
    pub answers: Vec<Answered>,
    /// How the letter stood when it was shown.
    pub shown: String,
    /// As typed, when the form comes back.
    pub answer: String,
    pub wrong: Option<Wrong>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    pub state: State,
    pub by: String,
    pub at: NaiveDateTime,
    /// The item that was made of it.
    pub item: Option<i64>,
}

/// What was written back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    pub by: String,
    pub at: NaiveDateTime,
    pub text: String,
}

/// Why nothing was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    NoWords,
    TooLong,
    NoAddress,
    Suppressed,
    /// Somebody was faster.
    Overtaken,
    /// The state does not let this be done.
    Refused,
    /// Something else was pressed while an answer was begun.
    Unsent,
}

pub fn list(view: &List) -> String {
    let frame = &view.desk.frame;
    let text = &frame.text().people;
    let here = Paths::local().desk("/letters");
    let main = html! {
        h1 { (text.letters) }
        nav.seg aria-label=(text.selection) {
            @for (state, count) in State::ALL.into_iter().zip(view.counts) {
                a href=(format!("{here}?state={}", state.name())) aria-current=[(state == view.state).then_some("page")] {
                    ((text.letter_state)(state)) " " b { (count) }
                }
            }
        }
        @if view.letters.is_empty() { p { (text.no_letters) } }
        @else {
            ul.stack {
                @for line in &view.letters {
                    li.card.stack {
                        p.meta { b { (one_line(&line.from)) } ", " (at(frame.language, line.received_at, frame.today)) }
                        h2 { a href=(format!("{here}/{}", line.id)) { (subject(view.desk.frame.text().editor.no_subject, &line.subject)) } }
                        p { (shorten(&one_line(&line.text), WORDS_CHARACTERS_MAX)) }
                    }
                }
            }
        }
    };
    Page::new(&view.desk, Some(Tab::Letters), text.letters, main).render()
}

fn subject(none: &str, subject: &str) -> String {
    let subject = one_line(subject);
    if subject.is_empty() { none.to_owned() } else { subject }
}

pub fn render(view: &View) -> String {
    let frame = &view.desk.frame;
    let text = &frame.text().people;
    let title = subject(frame.text().editor.no_subject, &view.subject);
    let settled = view.settled.as_ref();
    let can_be_settled = settled.is_none_or(|settled| settled.state != State::MadeItem);
    let main = html! {
        @if view.wrong == Some(Wrong::Overtaken) { p.flag role="alert" { (icon(Icon::Flag)) span { (text.overtaken) } } }
        @if view.wrong == Some(Wrong::Refused) { p.flag role="alert" { (icon(Icon::Flag)) span { (text.letter_refused) } } }
        div.desk2 {
            div.stack2 {
                div.stack {
                    h1 { (title) }
                    p.meta { b { (one_line(&view.from)) } ", " (at(frame.language, view.received_at, frame.today)) }
                }
                @if view.failed {
                    div.flag { (icon(Icon::Flag)) p { b { (frame.text().item_page.failed) } " " (text.failed_letter) } }
                }
                @if let Some(settled) = settled.filter(|settled| settled.state != State::Answered) {
                    (done(view, settled))
                }
                article.card.words {
                    @for paragraph in paragraphs(&view.text) { p { (linked(&paragraph, None)) } }
                    @if view.text.trim().is_empty() { p.meta { (frame.text().editor.empty_text) } }
                }
                @for answer in &view.answers { (answered(view, answer)) }
                @if can_be_settled { (answer(view)) }
            }
            aside.stack {
                section.card.panel {
                    h2 { (text.as_it_came) }
                    div.stack {
                        p { a href=(Paths::local().desk(&format!("/message/{}", view.message))) { (text.show_as_it_came) } }
                        @if let Some((title, page)) = &view.issue {
                            p { (text.about_issue) " " a href=(page) { (one_line(title)) } }
                        }
                        @for code in &view.warnings { p.s { (icon(Icon::Warning)) " " ((frame.text().editor.warning)(*code)) } }
                    }
                }
                @if view.taken != Taken::Nobody {
                    section.card.panel {
                        h2 { (frame.text().senders.sender) }
                        @let within = if can_be_settled { Within::Form(FORM) } else { Within::Own("letter", view.id) };
                        (taken(&view.desk, &view.taken, &within))
                    }
                }
            }
        }
    };
    Page::new(&view.desk, Some(Tab::Letters), &title, main).render()
}

fn done(view: &View, settled: &Settled) -> Markup {
    let frame = &view.desk.frame;
    let text = &frame.text().people;
    html! {
        div.prop.sure {
            p.lab { (icon(Icon::Check)) ((text.letter_state)(settled.state)) }
            p.s { (one_line(&settled.by)) ", " (at(frame.language, settled.at, frame.today)) }
            @if let Some(item) = settled.item {
                p { a href=(Paths::local().desk(&format!("/item/{item}"))) { (text.open_item) } }
            }
        }
    }
}

/// An answer, in the thread of the letter.
fn answered(view: &View, answer: &Answered) -> Markup {
    let frame = &view.desk.frame;
    html! {
        div.prop.sure {
            p.lab { (icon(Icon::Check)) (frame.text().people.answered) }
            p.s { (one_line(&answer.by)) ", " (at(frame.language, answer.at, frame.today)) }
            @for paragraph in paragraphs(&answer.text) { p { (linked(&paragraph, None)) } }
        }
    }
}

fn answer(view: &View) -> Markup {
    let text = &view.desk.frame.text().people;
    let error = match view.wrong {
        Some(Wrong::NoWords) => Some(text.answer_missing),
        Some(Wrong::TooLong) => Some(text.answer_too_long),
        Some(Wrong::NoAddress) => Some(text.no_address),
        Some(Wrong::Suppressed) => Some(text.suppressed),
        Some(Wrong::Unsent) => Some(text.answer_unsent),
        Some(Wrong::Overtaken | Wrong::Refused) | None => None,
    };
    let open = view.settled.is_none();
    html! {
        form.stack id=(FORM) method="post" action=(Paths::local().desk(&format!("/letters/{}", view.id))) {
            (view.desk.token())
            input type="hidden" name="shown" value=(view.shown);
            div {
                label for="text" { (if open { text.answer } else { text.answer_again }) }
                textarea.f.bad[error.is_some()] id="text" name="text" rows="6" aria-invalid=[error.map(|_| "true")]
                    aria-describedby=(if error.is_some() { "text-hint text-error" } else { "text-hint" }) {
                    "\n" (view.answer)
                }
                @if let Some(error) = error { p.err id="text-error" { (icon(Icon::Warning)) (error) } }
                p.hint id="text-hint" { (text.answer_hint) }
            }
            div.row {
                button.b.go type="submit" name="do" value="answer" { (text.send_answer) }
                button.b type="submit" name="do" value="make_item" { (text.make_item) }
                @if open { button.b type="submit" name="do" value="set_aside" { (text.set_aside) } }
                @if view.settled.as_ref().is_some_and(|settled| settled.state == State::SetAside) {
                    button.b type="submit" name="do" value="reopen" { (text.reopen_letter) }
                }
            }
        }
    }
}
