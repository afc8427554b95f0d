//! The “prepared by” block: who wrote a text, in what office. Telephone and address are split off as contact.

use crate::Byline;
use crate::language::fold;

/// Labels, folded. Those of the first list need no colon.
const LABELS: [&str; 12] = [
    "informaciju sagatavoja",
    "informaciju sagatavojusi",
    "informaciju sagatavojis",
    "zinu sagatavoja",
    "rakstu sagatavoja",
    "tekstu sagatavoja",
    "informaciju ievietoja",
    "sagatavoja",
    "подготовила",
    "подготовил",
    "prepared by",
    "written by",
];
const LABELS_WITH_COLON: [&str; 10] = [
    "autors",
    "autore",
    "teksta autors",
    "teksta autore",
    "teksts",
    "teksts un foto",
    "текст",
    "text",
    "informe",
    "kontaktpersona",
];
/// Parts of words that name an office, folded.
const OFFICES: [&str; 22] = [
    "vaditaj",
    "specialist",
    "bibliotekar",
    "koordinator",
    "priekssedetaj",
    "direktor",
    "metodik",
    "redaktor",
    "vad.",
    "darbiniec",
    "sekretar",
    "organizator",
    "projekta",
    "skolotaj",
    "parvaldniek",
    "deputat",
    "biedre",
    "biedrs",
    "valdes",
    "konsultant",
    "menedzer",
    "заведующ",
];
/// Lines of one block, contact included.
const BLOCK_LINES_MAX: usize = 8;
const LINE_CHARS_MAX: usize = 160;

/// A block found in lines, which it occupies from `start` up to `end`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub byline: Byline,
    pub start: usize,
    pub end: usize,
    /// The label also claims the photos: “Teksts un foto:”.
    pub photos_too: bool,
}

/// Finds the last block of a text.
pub(super) fn find(lines: &[&str]) -> Option<Found> {
    (0..lines.len()).rev().find_map(|at| block_at(lines, at))
}

fn block_at(lines: &[&str], at: usize) -> Option<Found> {
    let (label, rest) = label(lines[at])?;
    let mut block: Vec<&str> = Vec::new();
    if !rest.is_empty() {
        block.push(rest);
    }
    let mut end = at + 1;
    while end < lines.len() && end - at < BLOCK_LINES_MAX {
        let line = lines[end].trim();
        if line.is_empty() {
            // Past a blank line only contact follows, or the name if none has come yet.
            let next = lines[end + 1..].iter().map(|line| line.trim()).find(|line| !line.is_empty());
            let goes_on =
                next.is_some_and(|next| is_contact(next) || block.is_empty() && next.chars().count() < 60);
            if !goes_on {
                break;
            }
            end += 1;
            continue;
        }
        let short = line.chars().count() <= LINE_CHARS_MAX;
        let other = fold(line).starts_with("foto") || label_of(line).is_some();
        if !short || other || (is_sentence(line) && !is_contact(line)) {
            break;
        }
        block.push(line);
        end += 1;
    }
    // A label without a name is a sentence that happened to begin so.
    block.iter().any(|line| line.chars().any(char::is_uppercase)).then(|| Found {
        byline: read(&block),
        start: at,
        end,
        photos_too: label.contains("foto"),
    })
}

fn is_sentence(line: &str) -> bool {
    line.ends_with(['.', '!', '?']) && line.split_whitespace().count() > 8
}

fn label(line: &str) -> Option<(String, &str)> {
    let (label, rest) = label_of(line)?;
    let rest = rest.trim_start_matches([':', '–', '-', ' ']).trim().trim_end_matches(['*', '_']).trim();
    (rest.chars().count() <= LINE_CHARS_MAX).then_some((label, rest))
}

fn label_of(line: &str) -> Option<(String, &str)> {
    let line = line.trim().trim_start_matches(['*', '_', ' ']);
    let head: String = fold(line);
    for label in LABELS {
        if head.starts_with(label) {
            let rest = rest_after(line, label.chars().count())?;
            let clean = rest.trim_start();
            let named = clean.is_empty()
                || clean.starts_with(':')
                || clean.starts_with('*')
                || clean.chars().next().is_some_and(char::is_uppercase)
                    && clean.split_whitespace().count() <= 14;
            return named.then(|| (label.to_owned(), rest));
        }
    }
    let (name, rest) = line.split_once(':')?;
    let name = fold(name.trim());
    LABELS_WITH_COLON
        .contains(&name.as_str())
        .then_some((name, rest))
        .filter(|(_, rest)| rest.split_whitespace().count() <= 12)
}

/// What follows the first so many letters; marks do not change their number in composed text.
fn rest_after(line: &str, chars: usize) -> Option<&str> {
    let at = line.char_indices().nth(chars).map_or(line.len(), |(at, _)| at);
    let rest = &line[at..];
    (!rest.starts_with(char::is_alphabetic)).then_some(rest)
}

fn read(block: &[&str]) -> Byline {
    let mut byline = Byline::default();
    let mut words: Vec<String> = Vec::new();
    for line in block {
        let kept = without_contact(line, &mut byline);
        if !kept.is_empty() {
            words.push(kept);
        }
    }
    let first = if words.is_empty() { String::new() } else { words.remove(0) };
    let (name, office) = first.split_once(',').unwrap_or((&first, ""));
    byline.name = some(name.trim().trim_end_matches(['.', '*']));
    let mut rest = vec![office.trim().to_owned()];
    rest.append(&mut words);
    let rest = rest.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let rest = rest.trim_end_matches(['.', '*', ',']).trim();
    let (organisation, role) = split_office(rest);
    byline.organisation = some(organisation);
    byline.role = some(role);
    byline
}

fn some(text: &str) -> Option<String> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || ",;".contains(c));
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

/// “the network's “Name” specialist”: up to the closing quotation mark the organisation, then the role.
fn split_office(rest: &str) -> (&str, &str) {
    if let Some((at, mark)) = rest.char_indices().rev().find(|(_, c)| matches!(c, '”' | '»' | '"'))
        && let after = at + mark.len_utf8()
        && !rest[after..].trim().is_empty()
    {
        return (&rest[..after], rest[after..].trim());
    }
    let office = |text: &str| {
        let folded = fold(text);
        OFFICES.iter().any(|word| folded.contains(word))
    };
    if let Some((before, after)) = rest.split_once(',') {
        match (office(before), office(after)) {
            (true, false) => return (after.trim(), before.trim()),
            (false, true) => return (before.trim(), after.trim()),
            _ => {}
        }
    }
    if office(rest) || rest.is_empty() { ("", rest) } else { (rest, "") }
}

/// A line that is only a telephone, an address or a page.
pub(super) fn is_contact(line: &str) -> bool {
    let mut ignored = Byline::default();
    let kept = without_contact(line, &mut ignored);
    (ignored.email.is_some() || ignored.phone.is_some() || line.contains("www.") || line.contains("://"))
        && kept.split_whitespace().count() <= 2
}

/// Takes telephone and address out of a line into the byline, with their labels.
fn without_contact(line: &str, byline: &mut Byline) -> String {
    const LABELS: [&str; 17] = [
        "talr", "talrunis", "tel", "t", "mob", "mobilais", "e-pasts", "epasts", "e-mail", "email", "e-pasta",
        "tālr", "тел", "kontakti", "phone", "pa", "m",
    ];
    let mut kept: Vec<&str> = Vec::new();
    let mut digits = String::new();
    for word in line.split_whitespace() {
        let bare = word.trim_matches(|c: char| "<>(),;:*|".contains(c));
        if bare.contains('@') && bare.contains('.') {
            let address = bare.trim_start_matches("mailto:").trim_end_matches('.');
            byline.email.get_or_insert_with(|| address.to_owned());
            continue;
        }
        let count = word.chars().filter(char::is_ascii_digit).count();
        let phone_like = count >= 2 && word.chars().all(|c| c.is_ascii_digit() || "+-()./,;".contains(c));
        if phone_like {
            if !digits.is_empty() {
                digits.push(' ');
            }
            digits.push_str(word.trim_matches(|c: char| ",;.()".contains(c)));
            continue;
        }
        let label = fold(bare.trim_end_matches('.'));
        if LABELS.contains(&label.as_str()) && (word.ends_with([':', '.']) || word.chars().count() > 3) {
            continue;
        }
        kept.push(word);
    }
    if digits.chars().filter(char::is_ascii_digit).count() >= 7 {
        byline.phone.get_or_insert(digits);
    } else if !digits.is_empty() {
        kept.push(
            line.split_whitespace().find(|word| word.contains(|c: char| c.is_ascii_digit())).unwrap_or(""),
        );
    }
    kept.join(" ").trim_matches(|c: char| c.is_whitespace() || ",;".contains(c)).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, name: &str, role: &str, organisation: &str, contact: (&str, &str)) {
        let lines: Vec<&str> = text.lines().collect();
        let byline = find(&lines).unwrap_or_else(|| panic!("no byline in {text}")).byline;
        let or = |text: &Option<String>| text.clone().unwrap_or_default();
        assert_eq!(
            (
                or(&byline.name),
                or(&byline.role),
                or(&byline.organisation),
                or(&byline.email),
                or(&byline.phone)
            ),
            (name.into(), role.into(), organisation.into(), contact.0.into(), contact.1.into()),
            "{text}"
        );
    }

    #[test]
    fn bylines_are_read_in_the_shapes_in_use() {
        check(
            "Informāciju sagatavoja:\nLaima Egle\nkopienu tīkla “Upes salas” sabiedrisko attiecību un\ntūrisma speciāliste\n\ninfo@salas.example",
            "Laima Egle",
            "sabiedrisko attiecību un tūrisma speciāliste",
            "kopienu tīkla “Upes salas”",
            ("info@salas.example", ""),
        );
        check(
            "Teksts.\nInformāciju sagatavoja: Laima Egle, bibliotēkas vadītāja, tālr. 2000 0001",
            "Laima Egle",
            "bibliotēkas vadītāja",
            "",
            ("", "2000 0001"),
        );
        check("Sagatavoja L. Egle", "L. Egle", "", "", ("", ""));
        check(
            "Informāciju sagatavoja\nLaima Egle,\nCiema bibliotēka\nvadītāja\nT: 20000001",
            "Laima Egle",
            "Ciema bibliotēka vadītāja",
            "",
            ("", "20000001"),
        );
        check(
            "*Informāciju sagatavoja: Laima Egle, iestādes amats.*",
            "Laima Egle",
            "",
            "iestādes amats",
            ("", ""),
        );
    }

    #[test]
    fn a_sentence_that_begins_like_a_label_is_none() {
        for text in [
            "Sagatavoja arī pīrāgus, un visi ēda.",
            "Teksts: kā rakstīt, lai saprot visi, kas to lasa vakarā pie lampas mājās un citur",
        ] {
            assert_eq!(find(&[text]), None);
        }
    }
}
