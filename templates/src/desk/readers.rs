//! Readers: the list with its search, and the form that adds one who has agreed elsewhere, posted to
//! `/desk/readers/add` with `email`, `language`, `municipality` and `consent`.

use chrono::NaiveDateTime;
use maud::{Markup, html};
use subscribers::{Language, MUNICIPALITY_CHARACTERS_MAX};

use super::icon::{Icon, icon};
use super::layout::{Desk, Page, Tab};
use crate::Paths;
use crate::parts::one_line;
use crate::text::date::at;

/// The states of a subscription, as the filter names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Confirmed,
    Pending,
    Unsubscribed,
    Suppressed,
}

impl State {
    pub const ALL: [State; 4] = [State::Confirmed, State::Pending, State::Unsubscribed, State::Suppressed];

    pub fn name(self) -> &'static str {
        match self {
            State::Confirmed => "confirmed",
            State::Pending => "pending",
            State::Unsubscribed => "unsubscribed",
            State::Suppressed => "suppressed",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub desk: Desk,
    pub state: State,
    /// In the order of [`State::ALL`].
    pub counts: [usize; 4],
    /// What was searched for; may be empty.
    pub words: String,
    pub readers: Vec<Reader>,
    /// Addresses of the pages before and after this one.
    pub before: Option<String>,
    pub after: Option<String>,
    pub add: Add,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    pub id: i64,
    pub address: String,
    pub municipality: String,
    pub language: Language,
    /// Local.
    pub since: NaiveDateTime,
}

/// The form that adds a reader, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Add {
    pub address: String,
    pub municipality: String,
    pub consent: String,
    pub language: Option<Language>,
    pub wrong: Option<Wrong>,
}

/// Why nobody was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    Shape,
    Nobody,
    Suppressed,
    Left,
    NoConsent,
}

pub fn render(view: &View) -> String {
    let frame = &view.desk.frame;
    let text = &frame.text().people;
    let here = Paths::local().desk("/readers");
    let main = html! {
        h1 { ((text.readers)(view.counts[0])) }
        form.row method="get" action=(here) role="search" {
            input type="hidden" name="state" value=(view.state.name());
            label.vh for="q" { (text.search) }
            input.f id="q" name="q" type="search" value=(view.words) placeholder=(text.search) maxlength="100";
            button.b type="submit" { (text.find) }
        }
        nav.seg aria-label=(text.selection) {
            @for (state, count) in State::ALL.into_iter().zip(view.counts) {
                a href=(format!("{here}?state={}", state.name())) aria-current=[(state == view.state).then_some("page")] {
                    ((text.reader_state)(state)) " " b { (count) }
                }
            }
        }
        div.desk2 {
            div.stack2 {
                @if view.readers.is_empty() { p { (if view.words.is_empty() { text.no_readers } else { text.nobody_found }) } }
                @else {
                    ul.lines.card {
                        @for reader in &view.readers {
                            li {
                                a href=(format!("{here}/{}", reader.id)) { (one_line(&reader.address)) } br;
                                span.s {
                                    @if !reader.municipality.is_empty() { (one_line(&reader.municipality)) ", " }
                                    ((text.language)(reader.language)) ", "
                                    (at(frame.language, reader.since, frame.today))
                                }
                            }
                        }
                    }
                    p.links {
                        @if let Some(before) = &view.before { a href=(before) rel="prev" { (text.before) } }
                        @if let Some(after) = &view.after { a href=(after) rel="next" { (text.after) } }
                    }
                }
            }
            aside.stack {
                (add(view))
                section.card.panel {
                    h2 { (text.list) }
                    div.stack {
                        p { (text.import_how) }
                        p { a.b href=(Paths::local().desk("/import")) { (text.import) } }
                    }
                }
            }
        }
    };
    Page::new(&view.desk, Some(Tab::Readers), (text.readers)(view.counts[0]).as_str(), main).render()
}

fn add(view: &View) -> Markup {
    let frame = &view.desk.frame;
    let text = &frame.text().people;
    let add = &view.add;
    let address = match add.wrong {
        Some(Wrong::Shape) => Some(frame.text().room.no_address),
        Some(Wrong::Nobody) => Some(text.nobody),
        Some(Wrong::Suppressed) => Some(text.suppressed_reader),
        Some(Wrong::Left) => Some(text.left_reader),
        Some(Wrong::NoConsent) | None => None,
    };
    let consent = (add.wrong == Some(Wrong::NoConsent)).then_some(text.consent_missing);
    html! {
        section.card.panel id="add" {
            h2 { (text.add) }
            form.stack method="post" action=(Paths::local().desk("/readers/add")) {
                (view.desk.token())
                div {
                    label for="email" { (text.address) }
                    input.f.bad[address.is_some()] id="email" name="email" type="email" autocomplete="off" required
                        value=(add.address) aria-invalid=[address.map(|_| "true")]
                        aria-describedby=[address.map(|_| "email-error")];
                    @if let Some(address) = address { p.err id="email-error" { (icon(Icon::Warning)) (address) } }
                }
                (languages(view))
                div {
                    label for="municipality" { (text.municipality) }
                    input.f id="municipality" name="municipality" maxlength=(MUNICIPALITY_CHARACTERS_MAX) value=(add.municipality);
                }
                div {
                    label for="consent" { (text.consent) }
                    textarea.f.bad[consent.is_some()] id="consent" name="consent" rows="3" required
                        aria-invalid=[consent.map(|_| "true")]
                        aria-describedby=(if consent.is_some() { "consent-hint consent-error" } else { "consent-hint" }) {
                        "\n" (add.consent)
                    }
                    @if let Some(consent) = consent { p.err id="consent-error" { (icon(Icon::Warning)) (consent) } }
                    p.hint id="consent-hint" { (text.consent_hint) }
                }
                p { button.b.go type="submit" { (text.add_button) } }
            }
        }
    }
}

fn languages(view: &View) -> Markup {
    let text = &view.desk.frame.text().people;
    let chosen = view.add.language.unwrap_or(view.desk.frame.publication.language);
    html! {
        fieldset {
            legend.lab { (text.mail_language) }
            @for language in Language::ALL {
                label.opt {
                    input type="radio" name="language" value=(language.code()) checked[language == chosen];
                    span { ((text.language)(language)) }
                }
            }
        }
    }
}
