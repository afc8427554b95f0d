//! What a text plainly says of its events beside their dates: where exactly (“Vieta: Rites tautas nams”), what it costs
//! (“Ieeja brīva”, “Biļetes 5 eiro”), and where more is said (a link).
//!
//! Conservative, as dates are: said in the words of a label, or beside the word for a ticket or an entrance. What cannot
//! be given to one event without doubt is given to none. All of it is proposed, never more.

use std::ops::Range;

use linkify::{LinkFinder, LinkKind};

use crate::language::fold;
use crate::{EVENT_PRICE_CHARACTERS_MAX, Event};

/// Lines and links of one text that are looked at; a yearly plan has a few hundred.
const FOUND_MAX: usize = 500;

/// Labels before a place, folded.
const PLACE_LABELS: [&str; 8] =
    ["vieta", "norises vieta", "pasakuma vieta", "kur", "where", "place", "venue", "location"];
/// Labels before a price, folded.
const PRICE_LABELS: [&str; 5] = ["cena", "maksa", "bilesu cena", "price", "cost"];
/// Words beside which a sum is what an entrance costs, folded; compared by their beginning.
const ENTRANCE: [&str; 8] =
    ["bilet", "bilesu", "ieej", "dalibas", "ticket", "admission", "entry", "entrance"];
/// Words beside which “bez maksas” is said of an event, folded; compared by their beginning.
const ATTENDED: [&str; 6] = ["dalib", "pasakum", "apmekl", "piedal", "koncert", "izrad"];
const CURRENCIES: [&str; 5] = ["€", "eur", "eiro", "euro", "euros"];

struct Found {
    part: &'static str,
    value: String,
    at: usize,
}

/// Gives the events of a text what it says of them. The texts of the events are pieces of it, in its order.
pub(super) fn propose(events: &mut [Event], text: &str) {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        if found.len() < FOUND_MAX {
            found.extend(place(line).map(|value| Found { part: "place", value, at }));
            found.extend(price(line).map(|(value, from)| Found { part: "price", value, at: at + from }));
        }
        at += line.len() + 1;
    }
    found.extend(links(text));
    let places = positions(events, text);
    let mut doubtful: Vec<(usize, &str)> = Vec::new();
    for Found { part, value, at } in found {
        let Some(number) = whose(events, &places, text, at) else { continue };
        let Some(event) = events.get_mut(number) else { continue };
        let before = event.clone();
        if event.set_detail(part, &value).is_err() || doubtful.contains(&(number, part)) {
            *event = before;
        } else if before != *event && has(&before, part) {
            // Said twice, and otherwise.
            *event = before;
            event.set_detail(part, "").expect("nothing is always short enough");
            doubtful.push((number, part));
        }
    }
}

fn has(event: &Event, part: &str) -> bool {
    match part {
        "place" => event.place.is_some(),
        "price" => event.price.is_some(),
        _ => event.link.is_some(),
    }
}

/// Where in the text each event is said.
fn positions(events: &[Event], text: &str) -> Vec<Option<usize>> {
    // As the words of events have it; the places stay the same.
    let text = text.replace('\n', " ");
    let mut from = 0;
    let position = |event: &Event| {
        let at = text.get(from..).and_then(|rest| rest.find(&event.text)).map(|at| from + at);
        from = at.unwrap_or(from);
        at
    };
    events.iter().map(position).collect()
}

/// The event that is meant at a place: the only one, where deadlines are none; else the last before it in its paragraph.
fn whose(events: &[Event], places: &[Option<usize>], text: &str, at: usize) -> Option<usize> {
    let happens = |number: &usize| events[*number].start.is_some();
    let mut all = (0..events.len()).filter(happens);
    if let (Some(only), None) = (all.next(), all.next()) {
        return Some(only);
    }
    let paragraph = text.get(..at)?.rfind("\n\n").map_or(0, |end| end + 2);
    let before = |number: &usize| places[*number].is_some_and(|place| (paragraph..=at).contains(&place));
    (0..events.len()).rev().filter(happens).find(before)
}

/// “Vieta: Rites tautas nams.” The rest of the line or sentence after the label.
fn place(line: &str) -> Option<String> {
    let value = labelled(line, &PLACE_LABELS)?;
    let value = &value[sentences(value).next()?];
    // “Vieta: muiža, laiks: 18.00”
    let value = match value.find(": ") {
        Some(colon) => &value[..value[..colon].rfind([',', ';'])?],
        None => value,
    };
    let value = value.split(';').next().unwrap_or("").trim().trim_end_matches(['.', ',', '!']).trim();
    let said = value.chars().any(char::is_alphabetic) && !value.contains("://") && !value.contains('@');
    said.then(|| value.to_owned())
}

/// What stands after a label at the beginning of a line or of a sentence.
fn labelled<'a>(line: &'a str, labels: &[&str]) -> Option<&'a str> {
    sentences(line).find_map(|sentence| {
        let (label, _) = line[sentence.clone()].split_once(':')?;
        let folded = fold(label.trim_start_matches(['-', '–', '•', '*', ' ']).trim());
        labels.contains(&folded.as_str()).then(|| line[sentence.start + label.len() + 1..].trim())
    })
}

/// What coming costs, and where in the line it is said.
fn price(line: &str) -> Option<(String, usize)> {
    sentences(line).find_map(|range| {
        let start = range.start;
        let sentence = &line[range];
        let price = labelled(sentence, &PRICE_LABELS).and_then(sums).or_else(|| {
            let words: Vec<(usize, String)> = words(sentence).map(|(at, word)| (at, fold(word))).collect();
            let begins = |list: &[&str], word: &str| list.iter().any(|stem| word.starts_with(stem));
            let entrance = words.iter().find(|(_, word)| begins(&ENTRANCE, word));
            let attended = entrance.or_else(|| words.iter().find(|(_, word)| begins(&ATTENDED, word)));
            attended?;
            match (free(&words, entrance.is_some()), entrance) {
                (Some(free), _) => Some(free.to_owned()),
                (None, Some((at, _))) => sums(&sentence[*at..]),
                (None, None) => None,
            }
        })?;
        Some((price, start))
    })
}

/// “bez maksas”, “par ziedojumiem”; nothing where something is denied.
fn free(words: &[(usize, String)], entrance: bool) -> Option<&'static str> {
    let word = |wanted: &str| words.iter().any(|(_, word)| word == wanted);
    let pair = |one: &str, other: &str| {
        words.windows(2).any(|pair| pair[0].1 == one && pair[1].1.starts_with(other))
    };
    if word("nav") || word("not") {
        return None;
    }
    let open = pair("ieeja", "briva") || pair("ieeja", "ir") && pair("ir", "briva");
    if pair("bez", "maksas") || word("bezmaksas") || open {
        return Some("bez maksas");
    }
    if entrance && pair("par", "ziedojum") {
        return Some("par ziedojumiem");
    }
    (entrance && word("free")).then_some("free")
}

/// From the first sum of money to the last: “5 eiro, bērniem 2 eiro”.
fn sums(text: &str) -> Option<String> {
    let words: Vec<(usize, &str)> = words(text).collect();
    let sum = |number: usize| -> Option<Range<usize>> {
        let (at, word) = words[number];
        let (amount, currency) = match word.strip_prefix('€') {
            Some(amount) => (amount, "€"),
            None => word.split_at(word.find(|c: char| c.is_alphabetic() || c == '€').unwrap_or(word.len())),
        };
        let amounts = amount.trim_end_matches(",-").split(['-', '–']);
        let plain = |amount: &str| {
            let parts: Vec<&str> = amount.split([',', '.']).collect();
            let digits = |part: &&str| !part.is_empty() && part.bytes().all(|octet| octet.is_ascii_digit());
            parts.len() <= 2 && parts.iter().all(digits) && parts[0].len() <= 4
        };
        if !amounts.clone().all(plain) {
            return None;
        }
        if CURRENCIES.contains(&fold(currency).as_str()) {
            return Some(at..at + word.len());
        }
        let (next, currency) = words.get(number + 1)?;
        (currency_of(word).is_none() && CURRENCIES.contains(&fold(currency).as_str()))
            .then(|| at..next + currency.len())
    };
    let sums: Vec<Range<usize>> = (0..words.len()).filter_map(sum).collect();
    let (first, last) = (sums.first()?, sums.last()?);
    let all = &text[first.start..last.end];
    let short = all.chars().count() <= EVENT_PRICE_CHARACTERS_MAX;
    Some(if short { all.to_owned() } else { text[first.clone()].to_owned() })
}

/// The letters at the end of a number.
fn currency_of(word: &str) -> Option<&str> {
    word.find(char::is_alphabetic).and_then(|at| word.get(at..))
}

/// The words of a text and where they begin, without the marks around them.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split([' ', '\u{a0}', '\t', '/']).filter_map(move |piece| {
        let from = at;
        at += piece.len() + text[from + piece.len()..].chars().next().map_or(0, char::len_utf8);
        let marks = |c: char| !c.is_alphanumeric() && c != '€';
        let word = piece.trim_start_matches(marks);
        let start = from + piece.len() - word.len();
        Some((start, word.trim_end_matches(marks))).filter(|(_, word)| !word.is_empty())
    })
}

/// The sentences of a line. The stop of an abbreviation or of a day ends none.
fn sentences(line: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    let ends: Vec<usize> = line
        .char_indices()
        .filter(|(at, letter)| match letter {
            '!' | '?' => true,
            '.' => {
                let (before, after) = (&line[..*at], &line[at + 1..]);
                let last = before.rsplit([' ', '\u{a0}']).next().unwrap_or("");
                let long = last.chars().filter(|c| c.is_alphabetic()).count() > 3;
                let number = last.ends_with(|c: char| c.is_ascii_digit());
                let begins = after.trim_start().chars().next().is_none_or(char::is_uppercase);
                (long || number || last.ends_with('€')) && begins && after.starts_with([' ', '\u{a0}'])
            }
            _ => false,
        })
        .map(|(at, _)| at + 1)
        .chain([line.len()])
        .collect();
    ends.into_iter().map(move |end| std::mem::replace(&mut from, end)..end).filter(|range| !range.is_empty())
}

fn links(text: &str) -> Vec<Found> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]).url_must_have_scheme(false);
    let plain = |link: &&str| ["http://", "https://", "www."].iter().any(|start| link.starts_with(start));
    finder
        .links(text)
        .filter(|link| plain(&link.as_str()))
        .take(FOUND_MAX)
        .map(|link| Found { part: "link", value: link.as_str().to_owned(), at: link.start() })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::EventDetails;
    use crate::language::lv;

    fn read(text: &str) -> Vec<(String, String, String)> {
        let mut events = lv::events(text, "2026-11-25".parse().unwrap());
        propose(&mut events, text);
        events
            .iter()
            .map(EventDetails::of)
            .map(|details| (details.place, details.price, details.link))
            .collect()
    }

    fn price_of(words: &str) -> String {
        read(&format!("Koncerts 5. decembrī plkst. 18.00. {words}"))[0].1.clone()
    }

    #[test]
    fn a_price_is_read_where_it_is_plainly_said() {
        for (words, price) in [
            ("Ieeja brīva!", "bez maksas"),
            ("Ieeja bez maksas.", "bez maksas"),
            ("Ieeja ir brīva.", "bez maksas"),
            ("IEEJA BRĪVA", "bez maksas"),
            ("Dalība pasākumā ir bez maksas.", "bez maksas"),
            ("Bezmaksas pasākums.", "bez maksas"),
            ("Ieeja par ziedojumiem.", "par ziedojumiem"),
            ("Biļetes 5 eiro.", "5 eiro"),
            ("Biļešu cena: 5 EUR", "5 EUR"),
            ("Ieejas maksa 3 €, bērniem 1,50 €.", "3 €, bērniem 1,50 €"),
            ("Ieejas maksa: 5–7 eiro", "5–7 eiro"),
            ("Dalības maksa 10€, pieteikties pa tālruni 20000000.", "10€"),
            ("Cena: 3 €", "3 €"),
            ("Admission free.", "free"),
            ("Entrance is free of charge", "free"),
            ("Tickets €5", "€5"),
            ("Tickets: 5 euros at the door", "5 euros"),
            // Nothing of it is what coming costs.
            ("Tēja bez maksas.", ""),
            ("Ieeja nav brīva.", ""),
            ("Ieeja no pagalma puses.", ""),
            ("Projektam piešķirti 500 eiro.", ""),
            ("Biļetes pa tālruni 20000000.", ""),
            ("Brīva vieta vēl ir.", ""),
        ] {
            assert_eq!(price_of(words), price, "{words}");
        }
    }

    #[test]
    fn a_place_is_read_after_its_label() {
        for (words, place) in [
            ("Vieta: Rites tautas nams.", "Rites tautas nams"),
            ("Norises vieta: Liepu iela 3, Rite. Ieeja brīva.", "Liepu iela 3, Rite"),
            ("Vieta: Zasas pag. muižas klēts; laiks 18.00", "Zasas pag. muižas klēts"),
            ("Kur: muiža, laiks: 18.00", "muiža"),
            ("Where: Dviete manor!", "Dviete manor"),
            ("Kur: https://example.lv", ""),
            ("Svarīga vieta: sirds.", ""),
            ("Vieta būs zināma vēlāk.", ""),
        ] {
            let found = read(&format!("Koncerts 5. decembrī plkst. 18.00.\n{words}"));
            assert_eq!(found[0].0, place, "{words}");
        }
    }

    #[test]
    fn one_link_is_the_events_and_of_two_none_is() {
        let link = |words: &str| read(&format!("Koncerts 5. decembrī. {words}"))[0].2.clone();
        assert_eq!(link("Biļetes: https://biletes.example/1."), "https://biletes.example/1");
        assert_eq!(link("Vairāk www.salas.example"), "https://www.salas.example/");
        assert_eq!(link("https://a.example un https://b.example un https://a.example"), "");
        assert_eq!(link("anna@example.lv"), "");
    }

    #[test]
    fn what_is_said_of_several_events_goes_to_the_one_it_stands_beside() {
        let both =
            "5. decembrī koncerts. Ieeja brīva.\n\n6. decembrī izrāde. Biļetes 5 eiro.\n\nVieta: muiža.";
        let found = read(both);
        assert_eq!((found[0].1.as_str(), found[1].1.as_str()), ("bez maksas", "5 eiro"));
        assert_eq!((found[0].0.as_str(), found[1].0.as_str()), ("", ""), "nobody knows which is meant");
        let deadline = "Nometne 5. janvārī. Pieteikties līdz 15. decembrim. Dalības maksa 20 €.";
        let found = read(deadline);
        let price = |at: usize| found[at].1.as_str();
        assert_eq!((price(0), price(1)), ("20 €", ""), "a deadline costs nothing");
        assert!(read("Ieeja brīva. Vieta: muiža.").is_empty());
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(text in "(\\PC|\n|€|Vieta: |Ieeja |5 eiro |\\. |https://a\\.b/){0,40}") {
            let text = format!("5. decembrī {text}");
            let mut events = lv::events(&text, "2026-11-25".parse().unwrap());
            propose(&mut events, &text);
        }
    }
}
