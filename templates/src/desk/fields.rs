//! Fields of forms, each with its label, hint and problem tied together.

use maud::{Markup, html};

use super::icon::{Icon, icon};

/// A text that is typed.
pub(crate) struct Field<'a> {
    pub(crate) name: &'a str,
    pub(crate) label: &'a str,
    pub(crate) value: &'a str,
    pub(crate) hint: Option<&'a str>,
    pub(crate) error: Option<&'a str>,
    /// Lines that are shown at first; long texts grow.
    pub(crate) rows: u8,
    /// Set in the letters of a title.
    pub(crate) title: bool,
}

impl<'a> Field<'a> {
    pub(crate) fn new(name: &'a str, label: &'a str, value: &'a str) -> Self {
        Self { name, label, value, hint: None, error: None, rows: 2, title: false }
    }
}

/// The ids of what there is, for `aria-describedby`.
pub(crate) fn described(ids: &[(bool, &String)]) -> Option<String> {
    let there: Vec<&str> = ids.iter().filter(|(there, _)| *there).map(|(_, id)| id.as_str()).collect();
    (!there.is_empty()).then(|| there.join(" "))
}

/// A field that grows with its text.
pub(crate) fn field(field: &Field<'_>) -> Markup {
    let (hint, error) = (format!("{}-hint", field.name), format!("{}-error", field.name));
    html! {
        div {
            label for=(field.name) { (field.label) }
            textarea.f.t[field.title].bad[field.error.is_some()] id=(field.name) name=(field.name) rows=(field.rows)
                aria-describedby=[described(&[(field.error.is_some(), &error), (field.hint.is_some(), &hint)])]
                aria-invalid=[field.error.map(|_| "true")] {
                // The parser drops one line feed at the start.
                "\n" (field.value)
            }
            @if let Some(words) = field.error { p.err id=(error) { (icon(Icon::Warning)) span { (words) } } }
            @if let Some(words) = field.hint { p.hint id=(hint) { (words) } }
        }
    }
}

/// One line, a date or a time.
pub(crate) fn input(name: &str, kind: &str, label: &str, value: &str, error: Option<&str>) -> Markup {
    html! {
        div {
            label for=(name) { (label) }
            input.f.bad[error.is_some()] id=(name) name=(name) type=(kind) value=(value) aria-describedby=[error]
                aria-invalid=[error.map(|_| "true")];
        }
    }
}

/// One line of words, with what is wrong with it.
pub(crate) fn line(name: &str, label: &str, value: &str, wrong: Option<&str>) -> Markup {
    let error = format!("{name}-error");
    html! {
        div {
            label for=(name) { (label) }
            input.f.bad[wrong.is_some()] id=(name) name=(name) type="text" value=(value)
                aria-describedby=[wrong.map(|_| &error)] aria-invalid=[wrong.map(|_| "true")];
            @if let Some(words) = wrong { p.err id=(error) { (icon(Icon::Warning)) span { (words) } } }
        }
    }
}

/// One of several; `options` are values and their words.
pub(crate) fn select(name: &str, label: &str, options: &[(&str, &str)], chosen: &str) -> Markup {
    html! {
        div {
            label for=(name) { (label) }
            select.f id=(name) name=(name) {
                @for (value, words) in options { option value=(value) selected[*value == chosen] { (words) } }
            }
        }
    }
}
