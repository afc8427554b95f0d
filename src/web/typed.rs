//! The form of an item as it was sent, from the desk or from the page of a signed link. It says what differs from the
//! item, so that fields nobody touched are nobody's change, and what was typed for the contributor.

use issues::language::{applied, suggestions};
use issues::{
    Byline, Change, Closeness, EventFields, EventStatus, Focus, Framing, InvalidChange, ItemContent, Shape,
};
use subscribers::Language;
use templates::desk::verbs::{QUESTIONS, REASONS, Words};
use templates::page::decide::Problem;
use templates::text::text;

use super::fields::Fields;
use crate::newsroom::moderate::Act;

/// Which page the form is of: the desk's has more fields and buttons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Link,
    Desk,
}

/// Which button was pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Button {
    Approve,
    Ask,
    Postpone,
    Reject,
    Save,
    /// Takes nothing more from the sender, or takes from her again; what is typed is kept with it.
    Block,
    Unblock,
    /// Of an event or a place: `events.0`.
    Confirm(String),
    Turn(usize),
    Frame(usize),
    First(usize),
    Remove(usize),
    Restore(i64),
    /// A question that is ready, by its name: it is shown, ticked, where it can be sent.
    Open(String),
    /// The words of the text, for an event.
    Reword(usize),
    /// Suggestions of typography: all that were shown, or those that are chosen.
    Set {
        all: bool,
    },
}

/// See the module.
#[derive(Debug)]
pub struct Typed {
    pub revision: i64,
    pub button: Button,
    /// Fields of the item that the form had.
    values: Vec<Change>,
    pub question: Words,
    pub reason: Words,
    /// The framing of each photo that the form had, by its number.
    framings: Vec<(usize, Framing)>,
    /// Events of which the words in the text were shown beside the day.
    left: Vec<usize>,
    /// The suggestions that were shown, and those of them that are chosen.
    shown: Vec<String>,
    fixes: Vec<String>,
}

impl Typed {
    /// `None` where this is not the form of our page.
    pub fn read(fields: &Fields, form: Form) -> Option<Self> {
        let button = button(fields.get("do")?, form)?;
        let values = fields
            .iter()
            .filter(|(name, _)| is_editable(name, form))
            .map(|(name, value)| Change { field: name.to_owned(), value: value.replace("\r\n", "\n") })
            .collect();
        let words = |own: &str, ready: &str, known: &[&str]| Words {
            own: fields.get(own).unwrap_or("").replace("\r\n", "\n"),
            ready: fields
                .iter()
                .filter(|(name, value)| *name == ready && known.contains(value))
                .map(|(_, value)| value.to_owned())
                .collect(),
        };
        let all = |wanted: &str| -> Vec<String> {
            fields.iter().filter(|(name, _)| *name == wanted).map(|(_, value)| value.to_owned()).collect()
        };
        Some(Self {
            revision: fields.get("revision")?.parse().ok()?,
            button,
            values,
            question: words("question", "ready_question", &QUESTIONS),
            reason: words("reason", "ready_reason", &REASONS),
            framings: framings(fields),
            left: fields
                .iter()
                .filter_map(|(name, _)| name.strip_prefix("events.")?.strip_suffix(".left")?.parse().ok())
                .collect(),
            shown: all("fix_shown"),
            fixes: all("fix"),
        })
    }

    /// What differs from the item. A photo, an event or a place that the item does not have is left out: it belongs to
    /// another revision.
    pub fn changes(&self, content: &ItemContent) -> Vec<Change> {
        let differing = self.values.iter().filter(|change| differs(content, change)).cloned();
        let (words, mut changes): (Vec<Change>, Vec<Change>) =
            differing.partition(|change| change.field.ends_with(".reword"));
        // The box is ticked before a day is chosen; alone it says nothing.
        for change in words {
            let with: Vec<Change> = changes.iter().chain([&change]).cloned().collect();
            if content.changed(&with) != content.changed(&changes) {
                changes.push(change);
            }
        }
        changes
    }

    /// Whoever pressed was shown what the text says of this event.
    pub fn leaves(&self, event: usize) -> bool {
        self.left.contains(&event)
    }

    /// The decision of the four verbs; ready words are in the language in which the contributor is written to.
    pub fn act(&self, language: Language) -> Option<Act> {
        match self.button {
            Button::Approve => Some(Act::Approve),
            Button::Ask => Some(Act::Ask { question: self.whole(language, &self.question) }),
            Button::Postpone => Some(Act::Postpone { to: None }),
            Button::Reject => Some(Act::Reject { reason: self.whole(language, &self.reason) }),
            Button::Save
            | Button::Block
            | Button::Unblock
            | Button::Confirm(_)
            | Button::Turn(_)
            | Button::Frame(_)
            | Button::First(_)
            | Button::Remove(_)
            | Button::Set { .. }
            | Button::Restore(_)
            | Button::Reword(_)
            | Button::Open(_) => None,
        }
    }

    /// How a photo is to be framed; the turn is not in the form.
    pub fn framing(&self, number: usize) -> Option<Framing> {
        self.framings.iter().find(|(of, _)| *of == number).map(|(_, framing)| *framing)
    }

    /// The text with the suggestions that were shown and chosen. A letter stays a letter, in which a star is a star.
    pub fn set(&self, all: bool, base: &ItemContent, changes: &mut Vec<Change>, language: &str) {
        let typed = changes.iter().position(|change| change.field == "text");
        let text = typed.map_or_else(|| base.text.clone(), |at| changes.remove(at).value);
        let wanted = if all { &self.shown } else { &self.fixes };
        let mut chosen = suggestions(&text, language);
        chosen.retain(|suggestion| wanted.contains(&suggestion.around));
        let value = applied(&text, &chosen);
        let field = if typed.is_some() || base.marked { "text" } else { "plain_text" };
        if value != base.text {
            changes.push(Change { field: field.to_owned(), value });
        }
    }

    /// Was anything typed for the contributor?
    pub fn has_words(&self) -> bool {
        [&self.question, &self.reason]
            .iter()
            .any(|words| !words.ready.is_empty() || !words.own.trim().is_empty())
    }

    pub fn words_missing(&self) -> Problem {
        match self.button {
            Button::Ask => Problem::QuestionMissing,
            _ => Problem::ReasonMissing,
        }
    }

    pub fn words_too_long(&self) -> Problem {
        match self.button {
            Button::Ask => Problem::QuestionTooLong,
            _ => Problem::ReasonTooLong,
        }
    }

    /// The fields that hold what an item may not.
    pub fn unfit(&self, content: &ItemContent) -> Vec<Problem> {
        let changes = self.changes(content);
        let mut problems = Vec::new();
        let too_long = |change: &Change| match content.changed(std::slice::from_ref(change)) {
            Err(InvalidChange::TooLong(field)) => Some(field),
            _ => None,
        };
        let (long, changes): (Vec<Change>, Vec<Change>) =
            changes.into_iter().partition(|change| too_long(change).is_some());
        problems.extend(long.iter().filter_map(too_long).map(Problem::TooLong));
        for number in 0..=content.events.len() {
            let prefix = format!("events.{number}.");
            let of_event: Vec<Change> =
                changes.iter().filter(|change| change.field.starts_with(&prefix)).cloned().collect();
            match content.changed(&of_event) {
                Ok(_) => {}
                Err(InvalidChange::Value { field, .. }) if field.ends_with(".link") => {
                    problems.push(Problem::LinkWrong(number));
                }
                Err(_) => problems.push(Problem::EventWrong(number)),
            }
        }
        problems
    }

    /// Ready words first, each a paragraph.
    fn whole(&self, language: Language, words: &Words) -> String {
        let page = &text(language).item_page;
        let questions = QUESTIONS.iter().zip(page.questions);
        let known = questions.chain(REASONS.iter().zip(page.reasons));
        let ready =
            known.filter(|(id, _)| words.ready.iter().any(|ready| ready == *id)).map(|(_, words)| words);
        ready.chain([words.own.trim()]).filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n\n")
    }
}

fn button(name: &str, form: Form) -> Option<Button> {
    let verb = match name {
        "approve" => Some(Button::Approve),
        "ask" => Some(Button::Ask),
        "postpone" => Some(Button::Postpone),
        "reject" => Some(Button::Reject),
        _ => None,
    };
    if verb.is_some() || form == Form::Link {
        return verb;
    }
    match name {
        "save" => return Some(Button::Save),
        "block" => return Some(Button::Block),
        "unblock" => return Some(Button::Unblock),
        _ => {}
    }
    let (what, which) = name.split_once(':')?;
    let number = || which.parse().ok();
    match what {
        "confirm" => {
            let (list, number) = which.split_once('.')?;
            number.parse::<usize>().ok()?;
            matches!(list, "events" | "places").then(|| Button::Confirm(which.to_owned()))
        }
        "turn" => number().map(Button::Turn),
        "frame" => number().map(Button::Frame),
        "first" => number().map(Button::First),
        "remove" => number().map(Button::Remove),
        "open" => QUESTIONS.contains(&which).then(|| Button::Open(which.to_owned())),
        "reword" => number().map(Button::Reword),
        "restore" => which.parse().ok().map(Button::Restore),
        "set" => matches!(which, "all" | "chosen").then(|| Button::Set { all: which == "all" }),
        _ => None,
    }
}

/// Fields of our pages, of all that an item has.
fn is_editable(name: &str, form: Form) -> bool {
    let path: Vec<&str> = name.split('.').collect();
    let number = |text: &str| text.parse::<usize>().is_ok();
    match path.as_slice() {
        ["title"] | ["text"] => true,
        ["photos", at, "alt" | "caption" | "credit"] | ["events", at, "day" | "reword"] => number(at),
        ["section"] | ["byline", "name" | "role" | "organisation"] => form == Form::Desk,
        ["events", at, "date" | "time" | "end_date" | "end_time" | "said" | "status" | "remove"]
        | ["events", at, "place" | "price" | "link"]
        | ["places", at, "place" | "municipality" | "remove"] => form == Form::Desk && number(at),
        _ => false,
    }
}

fn framings(fields: &Fields) -> Vec<(usize, Framing)> {
    let of = |number: usize| -> Option<Framing> {
        let part = |part: &str| fields.get(&format!("photos.{number}.{part}"));
        Some(Framing {
            turn: 0,
            shape: Shape::parse(part("shape")?)?,
            focus: Focus::parse(part("focus")?)?,
            closeness: Closeness::parse(part("closeness")?)?,
        })
    };
    let numbers = fields
        .iter()
        .filter_map(|(name, _)| name.strip_prefix("photos.")?.strip_suffix(".shape")?.parse().ok());
    numbers.filter_map(|number| Some((number, of(number)?))).collect()
}

/// Is the value another than the one that was shown?
fn differs(content: &ItemContent, change: &Change) -> bool {
    let value = change.value.trim();
    let path: Vec<&str> = change.field.split('.').collect();
    let number = |text: &str| text.parse::<usize>().unwrap_or(usize::MAX);
    let is_new = |value: &str, old: Option<&str>| old.unwrap_or("").trim() != value;
    match path.as_slice() {
        ["byline", part] => {
            let byline = content.byline.as_ref();
            let old =
                |part: fn(&Byline) -> &Option<String>| byline.and_then(|byline| part(byline).as_deref());
            match *part {
                "name" => is_new(value, old(|byline| &byline.name)),
                "role" => is_new(value, old(|byline| &byline.role)),
                _ => is_new(value, old(|byline| &byline.organisation)),
            }
        }
        ["events", at, part] => {
            let event = content.events.get(number(at));
            if event.is_none() && number(at) != content.events.len() {
                return false;
            }
            let shown = event.map(EventFields::of).unwrap_or_default();
            match *part {
                "date" => value != shown.date,
                "time" => value != shown.time,
                "end_date" => value != shown.end_date,
                "end_time" => value != shown.end_time,
                "said" => value != shown.said.name(),
                "place" | "price" | "link" if event.is_none() => !value.is_empty(),
                // The same address can be typed in many ways.
                "place" | "price" | "link" => {
                    content.changed(std::slice::from_ref(change)).map_or(true, |changed| changed != *content)
                }
                "status" => value != event.map_or("confirmed", |event| status(event.status)),
                "day" => event.is_some_and(|event| !event.contradiction().is_empty()),
                _ => event.is_some() && value == "1",
            }
        }
        ["places", at, part] => {
            let place = content.places.get(number(at));
            if place.is_none() && number(at) != content.places.len() {
                return false;
            }
            match *part {
                "place" => is_new(value, place.map(|place| place.place.as_str())),
                "municipality" => is_new(value, place.map(|place| place.municipality.as_str())),
                _ => place.is_some() && value == "1",
            }
        }
        ["photos", at, part] => {
            let Some(photo) = content.photos.get(number(at)) else { return false };
            match *part {
                "alt" => is_new(value, Some(&photo.alt)),
                "caption" => is_new(value, Some(&photo.caption)),
                // Shown and sent back, a proposal stays one.
                _ => is_new(value, Some(&photo.credit)),
            }
        }
        // What came by mail may be longer than what may be typed; left alone it is no change.
        _ => content.changed(std::slice::from_ref(change)).map_or(true, |changed| changed != *content),
    }
}

pub fn status(status: EventStatus) -> &'static str {
    match status {
        EventStatus::Confirmed => "confirmed",
        EventStatus::Tentative => "tentative",
        EventStatus::Cancelled => "cancelled",
    }
}

#[cfg(test)]
mod tests {
    use issues::{Event, Place, TITLE_CHARACTERS_MAX, WEEKDAY_MISMATCH};

    use super::*;

    fn content() -> ItemContent {
        let mut event = Event::at("2026-12-06T15:00:00".parse().unwrap(), "sestdien, 6. decembrī");
        event.warn = Some(WEEKDAY_MISMATCH.into());
        let place = Place {
            place: "Rite".into(),
            municipality: String::new(),
            text: "Ritē".into(),
            confidence: 1.0,
            confirmed: None,
        };
        ItemContent {
            // Longer than may be typed, as it came by mail.
            title: "ā".repeat(TITLE_CHARACTERS_MAX + 1),
            text: "Rinda.\n\nOtra.".into(),
            events: vec![event],
            places: vec![place],
            ..ItemContent::default()
        }
    }

    fn changes(pairs: &[(&str, &str)]) -> Vec<String> {
        let mut all = vec![("do", "save"), ("revision", "1")];
        all.extend_from_slice(pairs);
        let typed = Typed::read(&Fields::of(&all), Form::Desk).unwrap();
        typed
            .changes(&content())
            .into_iter()
            .map(|change| format!("{}={}", change.field, change.value))
            .collect()
    }

    #[test]
    fn a_form_that_comes_back_as_it_was_shown_changes_nothing() {
        let title = content().title;
        let shown = [
            ("title", title.as_str()),
            ("text", "Rinda.\r\n\r\nOtra."),
            ("byline.name", ""),
            ("events.0.date", "2026-12-06"),
            ("events.0.time", "15:00"),
            ("events.0.end_date", ""),
            ("events.0.end_time", ""),
            ("events.0.said", "exact"),
            ("events.0.status", "confirmed"),
            ("events.0.place", ""),
            ("events.0.price", ""),
            ("events.0.link", ""),
            ("events.1.place", ""),
            ("events.1.date", ""),
            ("events.1.said", "exact"),
            ("events.1.status", "confirmed"),
            ("places.0.place", "Rite"),
            ("places.0.municipality", ""),
            ("places.1.place", ""),
            ("photos.0.alt", "no such photo"),
            ("state", "approved"),
        ];
        assert_eq!(changes(&shown), Vec::<String>::new());
    }

    #[test]
    fn what_was_changed_is_named() {
        let typed =
            [("events.0.day", "2026-12-05"), ("events.1.date", "2026-12-07"), ("places.0.remove", "1")];
        assert_eq!(
            changes(&typed),
            ["events.0.day=2026-12-05", "events.1.date=2026-12-07", "places.0.remove=1"]
        );
    }

    #[test]
    fn only_buttons_of_our_pages_are_pressed() {
        for (name, form, want) in [
            ("approve", Form::Link, Some(Button::Approve)),
            ("save", Form::Link, None),
            ("save", Form::Desk, Some(Button::Save)),
            ("block", Form::Desk, Some(Button::Block)),
            ("block", Form::Link, None),
            ("unblock", Form::Desk, Some(Button::Unblock)),
            ("confirm:events.0", Form::Desk, Some(Button::Confirm("events.0".into()))),
            ("confirm:title", Form::Desk, None),
            ("turn:1", Form::Desk, Some(Button::Turn(1))),
            ("turn:-1", Form::Desk, None),
            ("restore:2", Form::Desk, Some(Button::Restore(2))),
            ("drop", Form::Desk, None),
        ] {
            assert_eq!(button(name, form), want, "{name}");
        }
    }

    #[test]
    fn ready_words_come_before_own_ones_and_only_known_ones_do() {
        let fields = [
            ("do", "ask"),
            ("revision", "1"),
            ("ready_question", "when"),
            ("ready_question", "<script>"),
            ("ready_question", "credit"),
            ("question", " Paldies! "),
        ];
        let typed = Typed::read(&Fields::of(&fields), Form::Desk).unwrap();
        let Some(Act::Ask { question }) = typed.act(Language::English) else { panic!("a question") };
        let paragraphs: Vec<&str> = question.split("\n\n").collect();
        assert_eq!(paragraphs.len(), 3);
        assert!(paragraphs[0].contains("photo") && paragraphs[2] == "Paldies!");
    }
}
