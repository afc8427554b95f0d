//! The closed lists: months, weekdays, verbs that tell past from future. All folded.

use chrono::Weekday;

/// Stems of months; what may follow is in [`MONTH_ENDINGS`].
const MONTHS: [&str; 12] = [
    "janvar", "februar", "mart", "april", "maij", "junij", "julij", "august", "septembr", "oktobr",
    "novembr", "decembr",
];
const MONTH_ENDINGS: [&str; 8] = ["is", "a", "im", "i", "s", "am", "u", ""];
const SHORT: [&[&str]; 12] = [
    &["janv", "jan"],
    &["febr", "feb"],
    &["mar"],
    &["apr"],
    &["mai"],
    &["jun"],
    &["jul"],
    &["aug"],
    &["sept", "sep"],
    &["okt"],
    &["nov"],
    &["dec"],
];
const OTHERS: [&[&str]; 12] = [
    &["january", "января", "янв"],
    &["february", "февраля", "фев", "февр"],
    &["march", "марта", "мар", "marc"],
    &["april", "апреля", "апр"],
    &["may", "мая"],
    &["june", "июня", "июн"],
    &["july", "июля", "июл"],
    &["august", "августа", "авг"],
    &["september", "сентября", "сен", "сент"],
    &["october", "октября", "окт", "oct", "octobr", "octob"],
    &["november", "ноября", "ноя", "нояб"],
    &["december", "декабря", "дек"],
];

pub(super) fn month(word: &str) -> Option<u32> {
    (0..12usize).find_map(|at| {
        let full = word.strip_prefix(MONTHS[at]).is_some_and(|rest| MONTH_ENDINGS.contains(&rest));
        (full || SHORT[at].contains(&word) || OTHERS[at].contains(&word)).then_some(at as u32 + 1)
    })
}

/// A month in the locative, with its marks: the only form that means “in this month” by itself.
pub(super) fn month_in_locative(said: &str) -> Option<u32> {
    const FORMS: [&str; 12] = [
        "janvārī",
        "februārī",
        "martā",
        "aprīlī",
        "maijā",
        "jūnijā",
        "jūlijā",
        "augustā",
        "septembrī",
        "oktobrī",
        "novembrī",
        "decembrī",
    ];
    let said = said.to_lowercase();
    FORMS.iter().position(|form| *form == said).map(|at| at as u32 + 1)
}

const WEEKDAYS: [(Weekday, &str, &str, &[&str]); 7] = [
    (Weekday::Mon, "pirmdien", "MO", &["pirmd", "понедельник", "monday", "mon"]),
    (Weekday::Tue, "otrdien", "TU", &["otrd", "вторник", "tuesday", "tue"]),
    (Weekday::Wed, "tresdien", "WE", &["tresd", "среду", "wednesday", "wed"]),
    (Weekday::Thu, "ceturtdien", "TH", &["ceturtd", "четверг", "thursday", "thu"]),
    (Weekday::Fri, "piektdien", "FR", &["piektd", "пятницу", "friday", "fri"]),
    (Weekday::Sat, "sestdien", "SA", &["sestd", "субботу", "saturday", "sat"]),
    (Weekday::Sun, "svetdien", "SU", &["svetd", "воскресенье", "sunday", "sun"]),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayForm {
    /// “on Saturday”: the adverb or the locative.
    On,
    /// “on Saturdays”
    Plural,
    /// “until Saturday”: the dative.
    Until,
    /// Nominative, genitive, accusative, abbreviation: a name that says no time by itself.
    Other,
}

/// The weekday of a folded word; `said` is the word as written, for endings that folding hides.
pub(super) fn weekday(word: &str, said: &str) -> Option<(Weekday, DayForm)> {
    WEEKDAYS.iter().find_map(|(day, stem, _, others)| {
        if others.contains(&word) {
            return Some((*day, DayForm::Other));
        }
        let ending = word.strip_prefix(stem)?;
        let said = said.to_lowercase();
        let form = match ending {
            "" => DayForm::On,
            "a" if said.ends_with('ā') => DayForm::On,
            "as" if said.ends_with("ās") => DayForm::Plural,
            "ai" => DayForm::Until,
            "a" | "as" | "u" | "am" => DayForm::Other,
            _ => return None,
        };
        Some((*day, form))
    })
}

pub(super) fn rule_day(day: Weekday) -> &'static str {
    WEEKDAYS.iter().find(|(other, ..)| *other == day).map_or("MO", |(_, _, code, _)| code)
}

/// Which of a month's weekdays: “pirmajā”, “otrajā”, …, “pēdējā”.
pub(super) fn ordinal(word: &str) -> Option<i32> {
    Some(match word {
        "pirmaja" | "pirma" => 1,
        "otraja" | "otra" => 2,
        "tresaja" | "tresa" => 3,
        "ceturtaja" | "ceturta" => 4,
        "pedeja" | "pedejaja" => -1,
        _ => return None,
    })
}

pub(super) fn is_past_verb(word: &str) -> bool {
    const PAST: [&str; 27] = [
        "notika",
        "norisinajas",
        "bija",
        "tika",
        "pulcejas",
        "viesojas",
        "aizvadijam",
        "aizvadits",
        "pagaja",
        "svineja",
        "svinejam",
        "piedalijas",
        "notikusi",
        "norisinajusies",
        "bijam",
        "nosvinejam",
        "sakopam",
        "atklaja",
        "atklajam",
        "devas",
        "devamies",
        "ieguva",
        "tikas",
        "tikamies",
        "aizsakam",
        "viesojamies",
        "состоялся",
    ];
    PAST.contains(&word)
}

pub(super) fn is_future_verb(word: &str) -> bool {
    const STEMS: [&str; 18] = [
        "notiks",
        "norisinasies",
        "bus",
        "gaidam",
        "aicin",
        "saksies",
        "tiksimies",
        "tiekamies",
        "planot",
        "pieteikt",
        "piesak",
        "gaidisim",
        "ielud",
        "sagaidis",
        "skanes",
        "uzstasies",
        "paredzet",
        "приглаша",
    ];
    STEMS.iter().any(|stem| word.starts_with(stem))
}
