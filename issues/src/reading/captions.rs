//! Who took a photo and what it shows, as texts say it: “X, foto: Y”, “Foto: Y”, “Vārda Uzvārda foto”.

use super::report::PhotoReport;
use crate::language::fold;

const CAPTION_CHARS_MAX: usize = 200;
const CREDIT_CHARS_MAX: usize = 120;

/// What was read off a text, in its order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Captions {
    pub captions: Vec<String>,
    /// With the number of the photo where the text gives one: “Anna (1.)”.
    pub credits: Vec<(Option<usize>, String)>,
}

impl Captions {
    pub fn is_empty(&self) -> bool {
        self.captions.is_empty() && self.credits.is_empty()
    }

    /// Binds in order; a single credit is everybody's.
    pub fn bind(&self, photos: &mut [PhotoReport]) {
        for (photo, caption) in photos.iter_mut().zip(&self.captions) {
            photo.caption.get_or_insert_with(|| caption.clone());
        }
        let plain: Vec<&String> =
            self.credits.iter().filter(|(n, _)| n.is_none()).map(|(_, name)| name).collect();
        for (number, name) in &self.credits {
            if let Some(photo) = number.and_then(|number| photos.get_mut(number.checked_sub(1)?)) {
                photo.credit = Some(name.clone());
            }
        }
        let count = photos.len();
        for (index, photo) in photos.iter_mut().enumerate().filter(|(_, photo)| photo.credit.is_none()) {
            photo.credit = match plain.as_slice() {
                [] => None,
                [one] => Some((*one).clone()),
                many if many.len() == count => many.get(index).map(|name| (*name).clone()),
                many => Some(many.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ")),
            };
        }
    }
}

/// Reads one line; gives back what of it is text.
pub(super) fn take(line: &str, alone: bool, found: &mut Captions) -> Option<String> {
    let trimmed = line.trim().trim_matches(['*', '_']);
    if alone && let Some(name) = genitive_credit(trimmed) {
        found.credits.push((None, name));
        return None;
    }
    let Some((before, value, comma)) = credit_in(trimmed) else {
        return Some(line.to_owned());
    };
    let (value, after) = match value.split_once(". ") {
        // “Foto: J. Egle. Nākamreiz …”: an initial does not end the name.
        Some((name, after)) if name.chars().count() > 3 && !name.ends_with(|c: char| c.is_uppercase()) => {
            (name, after.trim())
        }
        _ => (value, ""),
    };
    if value.chars().count() > CREDIT_CHARS_MAX || value.trim().is_empty() {
        return Some(line.to_owned());
    }
    found.credits.extend(credits(value));
    let before = before.trim().trim_end_matches(['(', '[']).trim();
    let caption = !before.is_empty()
        && before.chars().count() <= CAPTION_CHARS_MAX
        && alone
        && after.is_empty()
        && (comma || !before.trim_end_matches('.').contains(". ") && before.chars().count() <= 110);
    if caption {
        found.captions.push(before.trim_end_matches([',', '.', ' ']).to_owned());
        return None;
    }
    let rest = [before, after].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ");
    Some(rest).filter(|rest| !rest.is_empty())
}

/// What stands before a credit, its value, and whether a comma divides them.
fn credit_in(line: &str) -> Option<(&str, &str, bool)> {
    for (at, _) in line.char_indices() {
        let start = at == 0 || line[..at].ends_with([' ', '(', '[']);
        if !start {
            continue;
        }
        let Some(length) = credit_label(&line[at..]) else {
            continue;
        };
        let before = line[..at].trim_end();
        let divided =
            before.is_empty() || before.ends_with(['.', ',', '!', '?', '(', '[', '–', '-', '”', '"', ';']);
        if divided {
            let value = line[at + length..].trim().trim_end_matches(['.', ')', ']']).trim();
            let value = if line.ends_with(".)") || line.ends_with("(1)") {
                line[at + length..].trim()
            } else {
                value
            };
            return Some((before, value, before.ends_with(',')));
        }
    }
    None
}

/// Length of a label such as `Foto:` at the start, its colon included.
fn credit_label(text: &str) -> Option<usize> {
    const LABELS: [&str; 12] = [
        "foto",
        "foto autors",
        "foto autore",
        "foto autori",
        "fotografija",
        "fotografijas",
        "attels",
        "фото",
        "photo",
        "photos",
        "teksts un foto",
        "photo by",
    ];
    let colon = text.char_indices().take(20).find(|(_, c)| *c == ':').map(|(at, _)| at);
    if let Some(colon) = colon {
        let name = fold(text[..colon].trim());
        return LABELS.contains(&name.as_str()).then_some(colon + 1);
    }
    // “Foto V. Uzvārds”, “Foto no arhīva”: without a colon only before a name or a source.
    let rest = text.strip_prefix("Foto ").or_else(|| text.strip_prefix("FOTO "))?;
    // No further than a credit may be long: a line may say “Foto” thousands of times.
    let near = rest.char_indices().nth(CREDIT_CHARS_MAX).map_or(rest, |(at, _)| &rest[..at]);
    let named = rest.starts_with("no ") && fold(near).contains("arhiv")
        || rest.split_whitespace().nth(4).is_none()
            && rest.split_whitespace().all(|word| word.chars().next().is_some_and(char::is_uppercase));
    named.then_some("Foto ".len())
}

/// “Annas Egles foto” alone on a line.
fn genitive_credit(line: &str) -> Option<String> {
    let name = line.trim_end_matches('.').strip_suffix(" foto")?;
    let words: Vec<&str> = name.split_whitespace().collect();
    let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    let named = words.len() == 2 && words.iter().all(capital) || fold(name) == "publicitates";
    named.then(|| line.trim_end_matches('.').to_owned())
}

/// “Anna Egle (1.), no arhīva (2.)” as numbered credits; anything else is one.
fn credits(value: &str) -> Vec<(Option<usize>, String)> {
    let parts: Vec<(Option<usize>, String)> = value.split([',', ';']).map(numbered).collect();
    if parts.iter().all(|(number, _)| number.is_some()) {
        return parts;
    }
    vec![(None, value.trim().trim_end_matches(['.', ')']).trim().to_owned())]
}

fn numbered(part: &str) -> (Option<usize>, String) {
    let part = part.trim();
    let Some((name, number)) = part.rsplit_once('(') else {
        return (None, part.to_owned());
    };
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    match digits.parse() {
        Ok(number) if (1..100).contains(&number) => (Some(number), name.trim().to_owned()),
        _ => (None, part.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, alone: bool, rest: Option<&str>, caption: Option<&str>, credit: &[&str]) {
        let mut found = Captions::default();
        assert_eq!(take(line, alone, &mut found).as_deref(), rest, "{line}");
        assert_eq!(found.captions.first().map(String::as_str), caption, "{line}");
        let names: Vec<&str> = found.credits.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(names, credit, "{line}");
    }

    #[test]
    fn captions_and_credits_are_read_off() {
        check("Grāmatas plauktā, foto: Upes salas", true, None, Some("Grāmatas plauktā"), &["Upes salas"]);
        check(
            "Sakopām taku. Salabojām laipu. Foto: Ciema bibliotēka.",
            false,
            Some("Sakopām taku. Salabojām laipu."),
            None,
            &["Ciema bibliotēka"],
        );
        check(
            "Foto: Velta Egle (1.), no pagasta arhīva (2.)",
            true,
            None,
            None,
            &["Velta Egle", "no pagasta arhīva"],
        );
        check("Annas Egles foto", true, None, None, &["Annas Egles foto"]);
        check("Foto J. Egle", true, None, None, &["J. Egle"]);
        check("Foto konkurss sākas rīt", true, Some("Foto konkurss sākas rīt"), None, &[]);
        check("Foto pielikumā.", true, Some("Foto pielikumā."), None, &[]);
        check(
            "Izstādē skatāmas foto: daba un cilvēki",
            true,
            Some("Izstādē skatāmas foto: daba un cilvēki"),
            None,
            &[],
        );
    }
}
