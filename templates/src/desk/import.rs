//! A list of readers: chosen, looked through without anything being kept, then taken. Posted to `/desk/import` with
//! `list` (a file) or `rows` (its text), `name`, `consent`, and `do` = `look` | `take`.

use maud::{Markup, html};
use subscribers::SuppressionReason;

use super::icon::{Icon, icon};
use super::layout::{Desk, Page, Tab};
use crate::Paths;
use crate::parts::one_line;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub desk: Desk,
    pub step: Step,
    pub consent: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Choose {
        wrong: Option<Wrong>,
    },
    /// What would become of the rows.
    Looked {
        name: String,
        rows: String,
        report: Report,
    },
    Taken {
        report: Report,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    NoFile,
    /// The first line names no column of addresses.
    NoColumn,
    /// More rows than a form may bring.
    TooMany,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub read: usize,
    pub added: usize,
    pub known: usize,
    /// Line of the file, and why; the first of them.
    pub refused: Vec<(u64, Refusal)>,
    pub refused_more: usize,
    /// Were the added confirmed at once, with a stated consent, or asked by mail?
    pub confirmed: bool,
}

/// Why a row is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    NotCsv,
    /// The list itself says that this is no reader.
    Stated,
    Address,
    Language,
    Municipality,
    /// Plain text, or a pause.
    Manner,
    Suppressed(SuppressionReason),
    Ours,
    Nobody,
    Left,
    State,
}

impl Refusal {
    pub const PLAIN: [Refusal; 10] = [
        Refusal::NotCsv,
        Refusal::Stated,
        Refusal::Address,
        Refusal::Language,
        Refusal::Municipality,
        Refusal::Manner,
        Refusal::Ours,
        Refusal::Nobody,
        Refusal::Left,
        Refusal::State,
    ];
}

pub fn render(view: &View) -> String {
    let text = &view.desk.frame.text().people;
    let main = match &view.step {
        Step::Choose { wrong } => choose(view, *wrong),
        Step::Looked { name, rows, report } => html! {
            div.stack { h1 { (text.import_looked) } p { (text.nothing_kept_yet) } }
            (found(view, report))
            form.stack method="post" action=(Paths::local().desk("/import")) enctype="multipart/form-data" {
                (view.desk.token())
                input type="hidden" name="name" value=(one_line(name));
                input type="hidden" name="consent" value=(view.consent);
                // A hidden input loses line feeds.
                textarea hidden name="rows" { "\n" (rows) }
                div.row {
                    @if report.added > 0 { button.b.go type="submit" name="do" value="take" { ((text.take)(report.added, report.confirmed)) } }
                    a.b href=(Paths::local().desk("/import")) { (text.other_list) }
                }
            }
        },
        Step::Taken { report } => html! {
            div.stack { h1 { (text.import_taken) } }
            (found(view, report))
            p { a.b href=(Paths::local().desk("/readers")) { (text.to_readers) } }
        },
    };
    Page::new(&view.desk, Some(Tab::Readers), text.import, main).render()
}

fn choose(view: &View, wrong: Option<Wrong>) -> Markup {
    let text = &view.desk.frame.text().people;
    let error = wrong.map(|wrong| match wrong {
        Wrong::NoFile => text.no_file,
        Wrong::NoColumn => text.no_column,
        Wrong::TooMany => text.too_many_rows,
    });
    html! {
        div.stack { h1 { (text.import) } p { (text.import_how) } }
        form.stack2 method="post" action=(Paths::local().desk("/import")) enctype="multipart/form-data" {
            (view.desk.token())
            div {
                label for="list" { (text.file) }
                input.f.bad[error.is_some()] id="list" name="list" type="file" accept=".csv,.txt,.tsv,text/csv" required
                    aria-invalid=[error.map(|_| "true")]
                    aria-describedby=(if error.is_some() { "list-hint list-error" } else { "list-hint" });
                @if let Some(error) = error { p.err id="list-error" { (icon(Icon::Warning)) (error) } }
                p.hint id="list-hint" { (text.file_hint) }
            }
            div {
                label for="consent" { (text.import_consent) }
                textarea.f id="consent" name="consent" rows="3" aria-describedby="consent-hint" { "\n" (view.consent) }
                p.hint id="consent-hint" { (text.import_consent_hint) }
            }
            p { button.b.go type="submit" name="do" value="look" { (text.look_through) } }
        }
    }
}

fn found(view: &View, report: &Report) -> Markup {
    let text = &view.desk.frame.text().people;
    html! {
        dl.tally.card {
            div { dt { (text.rows_read) } dd { (report.read) } }
            div { dt { (if report.confirmed { text.rows_added } else { text.rows_asked }) } dd { (report.added) } }
            div { dt { (text.rows_known) } dd { (report.known) } }
            div { dt { (text.rows_refused) } dd { (report.refused.len() + report.refused_more) } }
        }
        @if !report.refused.is_empty() {
            section.card.panel {
                h2 { (text.refused_rows) }
                ul.lines {
                    @for (line, refusal) in &report.refused { li { ((text.line)(*line)) " " ((text.refusal)(*refusal)) } }
                    @if report.refused_more > 0 { li { ((text.and_more)(report.refused_more)) } }
                }
            }
        }
    }
}
