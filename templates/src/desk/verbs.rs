//! What an editor does to an item: the same four verbs in the same order and place, whatever the item is and however
//! it stands, and the words that go with two of them. Used at the desk and on the page of a signed link.
//!
//! Buttons are `do` = `approve` | `ask` | `postpone` | `reject` of the form [`FORM`]. Words for the contributor are
//! the fields `question` and `reason`, and before them any of `ready_question` and `ready_reason`, by name.

use chrono::NaiveDate;
use issues::{Event, Wording};
use maud::{Markup, html};

use super::card::inside;
use super::fields::{Field, described, field};
use super::icon::{Icon, icon};
use super::limits;
use crate::Frame;
use crate::diff;
use crate::page::decide::Problem;
use crate::parts::one_line;
use crate::text::date::{on_day, when};
use crate::text::{shorten, text};

/// Questions that are ready, as the form names them; their words are in the table of each language.
pub const QUESTIONS: [&str; 6] = ["credit", "when", "where", "photo", "consent", "words"];
/// Reasons that are ready.
pub const REASONS: [&str; 5] = ["elsewhere", "past", "advert", "double", "unsure"];

/// Events that are over and named above the verbs.
const PAST_NAMED_MAX: usize = 3;
const WHEN_CHARACTERS_MAX: usize = 80;

/// The form that fields and buttons belong to, wherever they stand.
pub(crate) const FORM: &str = "decision";

/// Words for the contributor, as far as they are typed and chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// Names of what is ready.
    pub ready: Vec<String>,
    pub own: String,
}

/// The bar. `says` is what the verbs would also do, or what is missing; `month` is that of the issue being made.
pub(crate) fn acts(frame: &Frame, within: &str, says: &[String], month: u32) -> Markup {
    html! {
        section.acts aria-label=(frame.text().desk.decision) {
            div class=(within) {
                p.hint { (says.join(" ")) }
                (bar(frame, month))
            }
        }
    }
}

/// Always the same.
pub(crate) fn bar(frame: &Frame, month: u32) -> Markup {
    let (short, long) = (&frame.text().desk, &frame.text().item_page);
    let verb = |sign: Icon, short: &str, long: &str, key: &str| {
        html! { (icon(sign)) span.short { (short) } span.wide { (long) } kbd.wide aria-hidden="true" { (key) } }
    };
    html! {
        div.row {
            button.b.go type="submit" form=(FORM) name="do" value="approve" {
                (verb(Icon::Check, short.approve, &(long.approve_long)(month), "A"))
            }
            button.b type="submit" form=(FORM) name="do" value="ask" {
                (verb(Icon::Question, short.ask, long.ask_long, "Q"))
            }
            button.b type="submit" form=(FORM) name="do" value="postpone" {
                (verb(Icon::Clock, short.postpone, long.postpone_long, "S"))
            }
            button.b.no type="submit" form=(FORM) name="do" value="reject" {
                (verb(Icon::Cross, short.reject, long.reject_long, "R"))
            }
        }
    }
}

/// What the contributor can be asked and told. Ready words are in the language of the publication, in which she is
/// written to.
pub(crate) fn words(
    frame: &Frame,
    question: &Words,
    reason: &Words,
    nobody_told: bool,
    problems: &[Problem],
) -> Markup {
    let desk = &frame.text().desk;
    let page = &frame.text().item_page;
    let sent = &text(frame.publication.language).item_page;
    let wrong = |known: &[(Problem, &'static str)]| {
        known.iter().find(|(problem, _)| problems.contains(problem)).map(|(_, words)| *words)
    };
    let question_wrong = wrong(&[
        (Problem::QuestionMissing, desk.question_missing),
        (Problem::NobodyToAsk, desk.nobody_to_ask),
        (Problem::QuestionTooLong, desk.words_too_long),
    ]);
    let reason_wrong = wrong(&[
        (Problem::ReasonMissing, desk.reason_missing),
        (Problem::ReasonTooLong, desk.words_too_long),
    ]);
    let open = |words: &Words, wrong: Option<&str>| {
        wrong.is_some() || !words.ready.is_empty() || !words.own.trim().is_empty()
    };
    let part = |name: &'static str, title: &str, ready: Markup, own: Markup, open: bool| {
        html! { details id=(name) open[open] { summary { (title) } div.stack { (ready) (own) } } }
    };
    let own = |name, value: &str, hint, error| {
        field(&Field { hint: Some(hint), error, ..Field::new(name, page.own_question, value) })
    };
    html! {
        (part("ask", desk.question, ready(frame, "ready_question", page.ready_questions, &QUESTIONS, &sent.questions, question),
            own("question", &question.own, desk.question_hint, question_wrong), open(question, question_wrong)))
        (part("turn-down", desk.reason, ready(frame, "ready_reason", page.ready_reasons, &REASONS, &sent.reasons, reason),
            own("reason", &reason.own, if nobody_told { page.nobody_told } else { desk.reason_hint }, reason_wrong), open(reason, reason_wrong)))
    }
}

fn ready(frame: &Frame, name: &str, legend: &str, ids: &[&str], words: &[&str], chosen: &Words) -> Markup {
    html! {
        fieldset {
            legend.lab { (legend) }
            @for (id, words) in ids.iter().zip(words) {
                label.opt {
                    input type="checkbox" name=(name) value=(id) checked[chosen.ready.iter().any(|ready| ready == id)];
                    span lang=[frame.publication_lang()] { (words) }
                }
            }
        }
    }
}

/// Two days, one of which must be chosen before the item is approved. `words` are those of the text that would say
/// another day then.
pub(crate) fn choice(
    frame: &Frame,
    number: usize,
    days: &[NaiveDate],
    words: &[(NaiveDate, Wording)],
    chosen: &str,
    wrong: bool,
) -> Markup {
    let page = &frame.text().item_page;
    let mended = || words.iter().filter_map(|(day, wording)| Some((*day, wording, wording.new.as_ref()?)));
    let error = format!("events.{number}.day-error");
    html! {
        fieldset.note id=(format!("choose-{number}")) aria-describedby=[described(&[(wrong, &error)])] {
            legend.vh { (page.choose_day) }
            p { (page.contradiction) }
            @for day in days {
                @let value = day.to_string();
                label.opt {
                    input type="radio" name=(format!("events.{number}.day")) value=(value) checked[chosen == value];
                    span { (on_day(frame.language, *day, frame.today)) }
                }
            }
            @if mended().next().is_some() {
                label.opt {
                    input type="checkbox" name=(format!("events.{number}.reword")) value="1" checked;
                    span { (page.reword_too) }
                }
                @for (day, wording, new) in mended() {
                    p.s { (on_day(frame.language, day, frame.today)) ": " (rewording(frame, wording, new)) }
                }
            }
            @if let Some((_, wording)) = words.first() {
                @if mended().next().is_none() { p.s { ((page.words_left)(&one_line(&wording.old))) } }
                (seen(number))
            }
            @if wrong { p.err id=(error) { (icon(Icon::Warning)) span { (page.day_unchosen) } } }
        }
    }
}

/// What keeps the form from being taken, first on the page, each leading to its field. It has the focus, so that it is
/// seen on a phone and heard. `photos` is how many there are.
pub(crate) fn summary(frame: &Frame, problems: &[Problem], photos: usize) -> Markup {
    let (desk, page) = (&frame.text().desk, &frame.text().item_page);
    let line = |problem: &Problem| -> (String, String) {
        let to = |field: &str, words: &str| (format!("#{field}"), words.to_owned());
        match problem {
            Problem::TitleMissing => to("title", desk.title_missing),
            Problem::TextMissing => to("text", desk.text_missing),
            Problem::TooLong(field) => to(&field.name(), &limits::named(frame, *field, photos)),
            Problem::DescriptionMissing(number) => {
                let photo = (desk.photo)(number + 1, photos);
                to(&format!("photos.{number}.alt"), &format!("{photo}: {}", desk.alt_missing))
            }
            Problem::QuestionMissing => to("question", desk.question_missing),
            Problem::NobodyToAsk => to("question", desk.nobody_to_ask),
            Problem::QuestionTooLong => {
                to("question", &format!("{}: {}", desk.question, desk.words_too_long))
            }
            Problem::ReasonMissing => to("reason", desk.reason_missing),
            Problem::ReasonTooLong => to("reason", &format!("{}: {}", desk.reason, desk.words_too_long)),
            Problem::DayUnchosen(number) => to(&format!("choose-{number}"), page.day_unchosen),
            Problem::WordsLeft(number) => to(&format!("words-{number}"), page.words_still_left),
            Problem::EventWrong(number) => to(&format!("events.{number}.date"), page.event_wrong),
            Problem::EventFar(number) => to(&format!("events.{number}.date"), page.event_far),
            Problem::EventSkipped(number) => {
                to(&format!("events.{number}.time"), frame.text().item_fields.skipped_time)
            }
            Problem::LinkWrong(number) => to(&format!("events.{number}.link"), frame.text().event.wrong),
            Problem::Already => to("main", page.already),
        }
    };
    html! {
        @if problems.contains(&Problem::Already) { p.note id="problems" role="alert" tabindex="-1" autofocus { (page.already) } }
        @else if !problems.is_empty() {
            section.note id="problems" role="alert" tabindex="-1" autofocus {
                p { b { (desk.not_saved) } }
                ul {
                    @for problem in problems {
                        @let (to, words) = line(problem);
                        li { a href=(to) { (words) } }
                    }
                }
            }
        }
    }
}

/// That an event is over when the issue is read, or already.
pub(crate) fn over(frame: &Frame, event: &Event, reads_on: NaiveDate) -> Markup {
    let page = &frame.text().item_page;
    html! {
        @if event.is_past(reads_on) {
            p.err {
                (icon(Icon::Warning))
                span { @if event.is_past(frame.today) { (page.over) } @else { (page.will_be_over) } }
            }
        }
    }
}

/// What approving lets through although it is over then.
pub(crate) fn past<'a>(frame: &Frame, events: impl Iterator<Item = &'a Event>) -> Option<String> {
    let when = |event: &Event| {
        shorten(
            &inside(frame.language, &one_line(&when(frame.language, event, frame.today))),
            WHEN_CHARACTERS_MAX,
        )
    };
    let past: Vec<String> = events.map(when).take(PAST_NAMED_MAX).collect();
    (!past.is_empty()).then(|| (frame.text().item_page.says_past)(&past))
}

/// Old words and new ones, as they would stand in the text.
pub(crate) fn rewording(frame: &Frame, wording: &Wording, new: &str) -> Markup {
    let page = &frame.text().item_page;
    diff::shown(&diff::words(&one_line(&wording.old), &one_line(new)), page.added, page.removed)
}

/// That the words of the text were shown beside the day: whoever approves leaves them knowingly.
pub(crate) fn seen(number: usize) -> Markup {
    html! { input type="hidden" name=(format!("events.{number}.left")) value="1"; }
}

#[cfg(test)]
mod tests {
    use subscribers::Language;

    use crate::sample::{Kind, desk_item, page};

    /// Pages of items of which nothing can be changed any more.
    const SETTLED: [&str; 5] =
        ["item_planned", "item_published", "item_merged", "item_withdrawn", "item_corrected"];

    /// From the first button to the end of the bar.
    fn bar_of(page: &str) -> &str {
        let bar = page.split("<section class=\"acts\"").nth(1).expect("every page of an item has the bar");
        let bar = &bar[bar.find("<div class=\"row\">").unwrap()..];
        &bar[..bar.find("</section>").unwrap()]
    }

    #[test]
    fn the_four_verbs_are_the_same_on_every_kind_of_item_that_can_be_decided_on() {
        for language in Language::ALL {
            let mut bars = Vec::new();
            for kind in Kind::ALL {
                let pages = desk_item::all(language, kind).into_iter();
                let (settled, pages): (Vec<_>, Vec<_>) =
                    pages.partition(|(name, _)| SETTLED.contains(&name.as_str()));
                for (name, page) in settled {
                    assert!(
                        !page.contains("name=\"do\"") && !page.contains("class=\"acts\""),
                        "{name} offers a verb"
                    );
                    assert!(page.contains("<h1"), "{name}");
                }
                let pages = pages.into_iter();
                let by_link =
                    page::all(language, kind).into_iter().filter(|(name, _)| name.starts_with("decide"));
                let by_link = by_link.filter(|(name, _)| !name.starts_with("decided"));
                bars.extend(pages.chain(by_link).map(|(name, page)| (name, bar_of(&page).to_owned())));
            }
            let (_, first) = &bars[0];
            assert!(bars.len() > 20 && first.matches("<button").count() == 4);
            let verbs = ["approve", "ask", "postpone", "reject"]
                .map(|verb| first.find(&format!("\"{verb}\"")).unwrap());
            assert!(verbs.is_sorted());
            for (name, bar) in &bars {
                assert_eq!(bar, first, "{name}");
            }
        }
    }
}
