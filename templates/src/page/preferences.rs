//! A reader's own page. Its forms post to [`Paths::preferences`]:
//!
//! - `do` = `save` with `language`, `municipality`, `plain_text` (`1` when ticked), `pause` (`no`, `1` to `3`, `until`)
//!   and `day` (as `2026-12-31`);
//! - `do` = `own`, for the mail with the link to what is hers alone; `do` = `keep-address`.

use chrono::NaiveDate;
use maud::{Markup, html};
use subscribers::{Language, MUNICIPALITY_CHARACTERS_MAX, PAUSED_ISSUES_MAX, Pause};

use super::layout::Page;
use super::subscribe::own_name;
use crate::parts::one_line;
use crate::{Frame, Paths};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
    pub token: String,
    /// [`subscribers::EmailAddress::masked`]
    pub masked: String,
    /// `None` where she gets no issues any more; her data can still be seen and erased.
    pub choices: Option<Choices>,
    pub problems: Vec<Problem>,
    pub said: Option<Said>,
    /// The token of the leave link.
    pub leave: String,
}

/// What is chosen, or was typed when the form comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    pub language: Language,
    pub municipality: String,
    /// Names to choose from.
    pub municipalities: Vec<String>,
    pub plain_text: bool,
    pub pause: Chosen,
    /// The pause that holds now.
    pub holds: Option<Pause>,
    /// The new address that is not confirmed yet, masked.
    pub waiting: Option<String>,
}

/// The chosen pause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    None,
    Issues(u8),
    /// As typed.
    Until(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    MunicipalityTooLong,
    DayMissing,
    DayPast,
    DayTooFar,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    Saved,
    /// The mail with the link is queued.
    OwnSent,
    /// Nothing may be sent to this address.
    OwnNot,
    AddressKept,
}

pub fn render(view: &View) -> String {
    let frame = &view.frame;
    let text = &frame.text().person.preferences;
    let paths = Paths::local();
    let main = html! {
        div.stack2 {
            @match view.said {
                Some(Said::Saved) => p.said role="status" { (text.said_saved) },
                Some(Said::OwnSent) => p.said role="status" { ((frame.text().own.said_sent)(&view.masked)) },
                Some(Said::OwnNot) => p.note role="status" {
                    @let mailbox = &frame.publication.mailbox;
                    (frame.text().own.said_not) " " a href={ "mailto:" (mailbox) } { (mailbox) }
                },
                Some(Said::AddressKept) => p.said role="status" { (frame.text().person.address.said_kept) },
                None => {}
            }
            @if !view.problems.is_empty() { p.flag role="alert" { (text.not_saved) } }
            div.stack {
                h1.track { (text.title) }
                p { ((text.address)(&view.masked)) }
            }
            @match &view.choices {
                Some(choices) => { (form(view, choices)) (waiting(view, choices)) }
                None => div.stack {
                    p { (text.gone) }
                    p { a.b href=(paths.subscribe()) { (frame.text().subscribe.button) } }
                },
            }
            (own(view))
            @if view.choices.is_some() {
                p { a href=(paths.leave(&view.leave)) { (frame.text().leave.button) } }
            }
        }
    };
    Page::new(frame, text.title, main).by_link().render()
}

/// The words of the first of these problems that there is.
fn wrong(view: &View, problems: &[(Problem, &'static str)]) -> Option<&'static str> {
    problems.iter().find(|(problem, _)| view.problems.contains(problem)).map(|(_, words)| *words)
}

fn form(view: &View, choices: &Choices) -> Markup {
    let text = &view.frame.text().person.preferences;
    let long = wrong(view, &[(Problem::MunicipalityTooLong, text.municipality_too_long)]);
    html! {
        form.card.stack2 method="post" action=(Paths::local().preferences(&view.token)) {
            fieldset {
                legend.lab { (text.language) }
                @for language in Language::ALL {
                    label.opt lang=(language.code()) {
                        input type="radio" name="language" value=(language.code()) checked[choices.language == language];
                        span { (own_name(language)) }
                    }
                }
            }
            div {
                label for="municipality" { (text.municipality) }
                input.f.bad[long.is_some()] #municipality type="text" name="municipality" value=(choices.municipality)
                    maxlength=(MUNICIPALITY_CHARACTERS_MAX) autocomplete="address-level2"
                    list=[(!choices.municipalities.is_empty()).then_some("municipalities")]
                    aria-describedby=(if long.is_some() { "municipality-error municipality-hint" } else { "municipality-hint" })
                    aria-invalid=[long.map(|_| "true")];
                @if !choices.municipalities.is_empty() {
                    datalist #municipalities {
                        @for name in &choices.municipalities { option value=(one_line(name)) {} }
                    }
                }
                @if let Some(long) = long { p.err #municipality-error { (long) } }
                p.hint #municipality-hint { (text.municipality_hint) }
            }
            div {
                label.opt {
                    input type="checkbox" name="plain_text" value="1" checked[choices.plain_text]
                        aria-describedby="plain-text-hint";
                    span { (text.plain_text) }
                }
                p.hint #plain-text-hint { (text.plain_text_hint) }
            }
            (pause(view, choices))
            p { button.b.go.big type="submit" name="do" value="save" { (text.save) } }
        }
    }
}

/// A pause in words, seen from a day.
pub(super) fn paused(frame: &Frame, pause: Pause) -> String {
    let text = &frame.text().person.preferences;
    match pause {
        Pause::Until(day) => (text.paused_until)(day, frame.today),
        Pause::Issues(left) => (text.paused_issues)(left.into()),
    }
}

fn pause(view: &View, choices: &Choices) -> Markup {
    let frame = &view.frame;
    let text = &frame.text().person.preferences;
    let wrong = wrong(
        view,
        &[
            (Problem::DayMissing, text.day_missing),
            (Problem::DayPast, text.day_past),
            (Problem::DayTooFar, text.day_too_far),
        ],
    );
    let option = |value: &str, label: String, chosen: bool| {
        html! {
            label.opt { input type="radio" name="pause" value=(value) checked[chosen]; span { (label) } }
        }
    };
    let day = match &choices.pause {
        Chosen::Until(day) => day.as_str(),
        Chosen::None | Chosen::Issues(_) => "",
    };
    html! {
        fieldset {
            legend.lab { (text.pause) }
            @if let Some(holds) = choices.holds { p.s { (paused(frame, holds)) } }
            (option("no", text.no_pause.to_owned(), choices.pause == Chosen::None))
            @for number in 1..=PAUSED_ISSUES_MAX {
                (option(&number.to_string(), (text.skip)(number.into()), choices.pause == Chosen::Issues(number)))
            }
            (option("until", text.until.to_owned(), matches!(choices.pause, Chosen::Until(_))))
            label for="day" { (text.day) }
            input.f.bad[wrong.is_some()] #day type="date" name="day" value=(day) min=[tomorrow(frame.today)]
                aria-describedby=(if wrong.is_some() { "day-error day-hint" } else { "day-hint" })
                aria-invalid=[wrong.map(|_| "true")];
            @if let Some(wrong) = wrong { p.err #day-error { (wrong) } }
            p.hint #day-hint { (text.day_hint) }
        }
    }
}

fn tomorrow(today: NaiveDate) -> Option<String> {
    today.succ_opt().map(|day| day.to_string())
}

/// A new address that waits for its confirmation.
fn waiting(view: &View, choices: &Choices) -> Markup {
    let text = &view.frame.text().person.address;
    html! {
        @if let Some(masked) = &choices.waiting {
            section.card.stack {
                h2 { (text.section) }
                p { ((text.waiting)(masked)) }
                form method="post" action=(Paths::local().preferences(&view.token)) {
                    button.b type="submit" name="do" value="keep-address" { (text.keep) }
                }
            }
        }
    }
}

/// The way to what nobody else may see or do: by a mail to her.
fn own(view: &View) -> Markup {
    let text = &view.frame.text().own;
    html! {
        section.card.stack {
            h2 { (text.title) }
            p { (text.how) }
            form method="post" action=(Paths::local().preferences(&view.token)) {
                button.b type="submit" name="do" value="own" { ((text.button)(&view.masked)) }
            }
        }
    }
}
