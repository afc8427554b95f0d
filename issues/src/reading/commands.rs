//! Words by which a person comes or goes, in the subject, the first line or a short letter.
//!
//! Such words inside a longer text are news about something else: nothing is done on them.

use crate::language::folded_words;

/// Whole subject or whole first line, folded.
const LEAVE: [&str; 26] = [
    "unsubscribe",
    "atteikties",
    "atrakstities",
    "atrakstit",
    "stop",
    "atteikums",
    "atsakos",
    "izrakstities",
    "отписаться",
    "отписка",
    "отпишите",
    "отпишите меня",
    "отказаться",
    "стоп",
    "remove",
    "remove me",
    "please unsubscribe",
    "unsubscribe me",
    "please remove me",
    "ludzu atrakstit",
    "ludzu atteikt",
    "atteikties no zinam",
    "atteikties no jaunumiem",
    "atrakstities no jaunumiem",
    "ludzu atrakstit mani",
    "atrakstiet mani",
];
const JOIN: [&str; 17] = [
    "subscribe",
    "pieteikties",
    "pierakstities",
    "pieteikties jaunumiem",
    "pieteikties zinam",
    "pierakstities jaunumiem",
    "abonet",
    "velos abonet",
    "velos sanemt jaunumus",
    "velos sanemt zinas",
    "gribu sanemt zinas",
    "подписаться",
    "подписка",
    "подпишите меня",
    "please subscribe",
    "subscribe me",
    "please subscribe me",
];
/// A goodbye in free words, folded (`й` is `и` then). Each is a pair of fragments that both stand in the text.
const GOODBYES: [(&str, &str); 36] = [
    ("vairs nesut", ""),
    ("nesutiet man", ""),
    ("nesutiet vairs", ""),
    ("nevelos", " sanemt"),
    ("nevelamies", " sanemt"),
    ("negribu", " sanemt"),
    ("vairs nevajag sutit", ""),
    ("nevajag man", " sut"),
    ("iznemiet mani", ""),
    ("iznemt mani", ""),
    ("iznemiet manu", ""),
    ("iznemt manu", ""),
    ("iznemt no", " sarakst"),
    ("izslegt mani no", ""),
    ("izdzesiet manu", ""),
    ("dzest manu", " adres"),
    ("dzesiet manu", " adres"),
    ("izsvitrojiet", ""),
    ("izsvitrot mani", ""),
    ("atrakstit mani", ""),
    ("atrakstiet", ""),
    ("velos atteikties", ""),
    ("gribu atteikties", ""),
    ("velos atrakstities", ""),
    ("gribu atrakstities", ""),
    ("atsakos no", " sanem"),
    ("atteikties no", " sanem"),
    ("partrauciet sutit", ""),
    ("partrauciet man", " sut"),
    ("remove me from", ""),
    ("stop sending", ""),
    ("unsubscribe me", ""),
    ("no longer wish to receive", ""),
    ("take me off", ""),
    ("не присылаите", ""),
    ("больше не хочу получать", ""),
];
const WELCOMES: [(&str, &str); 12] = [
    ("velos sanemt", " jaunum"),
    ("velos sanemt", " zin"),
    ("velos sanemt", " avizi"),
    ("gribu sanemt", " zin"),
    ("gribetu sanemt", " zin"),
    ("velos pieteikties", " zin"),
    ("velos pieteikties", " jaunum"),
    ("piesakos", " jaunum"),
    ("piesakos sanemt", ""),
    ("pierakstiet mani", ""),
    ("pievienojiet mani", " sarakst"),
    ("would like to subscribe", ""),
];
/// A letter longer than this says more than goodbye.
const LETTER_CHARS_MAX: usize = 400;

/// Evidence that the person wants to leave.
pub(super) fn leaving(subject: &str, own: &str) -> Option<String> {
    command(subject, own, &LEAVE).or_else(|| {
        let found = in_free_words(own, &GOODBYES)?;
        Some(format!("a goodbye in free words: “{found}”"))
    })
}

/// Evidence that the person wants to come.
pub(super) fn joining(subject: &str, own: &str) -> Option<String> {
    command(subject, own, &JOIN).or_else(|| {
        let found = in_free_words(own, &WELCOMES)?;
        Some(format!("the text asks for it: “{found}”"))
    })
}

fn command(subject: &str, own: &str, list: &[&str]) -> Option<String> {
    let is = |text: &str| -> Option<String> {
        let words = folded_words(text);
        list.iter().find(|command| words.trim() == **command).map(|command| (*command).to_owned())
    };
    let short = own.chars().count() <= LETTER_CHARS_MAX;
    // An answer keeps the subject of what it answers, so prefixes do not make a command.
    if short && let Some(word) = is(subject) {
        return Some(format!("the subject is “{word}”"));
    }
    let mut lines = own.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next()?;
    let rest = lines.count();
    let word = is(first).filter(|_| short && rest <= 4)?;
    Some(format!("the first line is “{word}”"))
}

fn in_free_words<'a>(own: &str, list: &[(&'a str, &str)]) -> Option<&'a str> {
    if own.chars().count() > LETTER_CHARS_MAX {
        return None;
    }
    let words = folded_words(own);
    list.iter()
        .find(|(phrase, also)| words.contains(&format!(" {phrase}")) && words.contains(also))
        .map(|(phrase, _)| *phrase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_leave_in_many_words() {
        for (subject, own) in [
            ("Atteikties", ""),
            ("", "STOP"),
            ("Re: Ziņas", "Lūdzu, vairs nesūtiet man šīs ziņas. Paldies!"),
            ("", "Labdien! Vairs nevēlos saņemt jūsu vēstules."),
            ("", "Izņemiet mani no saraksta, lūdzu"),
            ("", "Please remove me from your list"),
            ("", "Пожалуйста, не присылаите мне больше"),
        ] {
            assert!(leaving(subject, own).is_some(), "{subject} {own}");
        }
    }

    #[test]
    fn news_about_stopping_is_no_goodbye() {
        for (subject, own) in [
            ("Stop dūmiem mežā", "Sestdien talka."),
            ("", "Pasākums pie pieturas Stop. Nāciet visi!"),
            ("", "Aicinām pieteikties nometnei līdz 3. martam."),
        ] {
            assert_eq!(leaving(subject, own), None);
            assert_eq!(joining(subject, own), None);
        }
        let long = "Ilgs stāsts par to, kā cilvēki vairs nesūta vēstules. ".repeat(12);
        assert_eq!(leaving("", &long), None);
    }
}
