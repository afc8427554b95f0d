//! The author's own words: quotations, signatures, device lines and disclaimers are set aside, never thrown away.
//!
//! Every line of the text ends up in exactly one of own, elided or signature, in its order. If cutting would leave
//! nothing, nothing is cut.

use super::quotes::{Header, MarkKind, next_mark, unquoted};
use crate::language::fold;

/// Forwards of forwards that are opened; what is inside the last is text. People send three or four.
const FORWARDS_MAX: usize = 10;
/// Lines from the end within which a closing phrase may begin a signature.
const SIGNATURE_LINES_MAX: usize = 12;

/// A text taken apart.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Words {
    pub own: String,
    pub elided: String,
    pub signature: Option<String>,
    /// The header of the forwarded mail, if its text is what counts.
    pub forwarded: Option<Header>,
    /// Something was quoted.
    pub quoted: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Own,
    Elided,
    Signature,
}

/// What the subject says a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    Forward,
    Answer,
    Neither,
}

/// Takes a text apart. In a forward the forwarded text is what counts; the subject may say that it is one.
pub(super) fn take_apart(text: &str, subject: Says) -> Words {
    take_apart_within(text, subject, FORWARDS_MAX)
}

fn take_apart_within(text: &str, subject: Says, forwards_max: usize) -> Words {
    let lines: Vec<&str> = text.lines().collect();
    if let Some(deeper) = forwards_max.checked_sub(1)
        && let Some(words) = forward(&lines, subject, deeper)
    {
        return words;
    }
    let mut parts = vec![Part::Own; lines.len()];
    let quoted = mark_quotations(&lines, &mut parts);
    // Disclaimers stand below signatures and would hide how near the end these are.
    mark_boilerplate(&lines, &mut parts);
    mark_signature(&lines, &mut parts);
    let own_left = lines.iter().zip(&parts).any(|(line, part)| *part == Part::Own && !line.trim().is_empty());
    if !own_left && lines.iter().any(|line| !line.trim().is_empty()) {
        // Over-cutting is worse than a signature too many.
        let mut parts = vec![Part::Own; lines.len()];
        mark_boilerplate(&lines, &mut parts);
        return assemble(&lines, &parts, quoted);
    }
    assemble(&lines, &parts, quoted)
}

fn assemble(lines: &[&str], parts: &[Part], quoted: bool) -> Words {
    let gather = |wanted: Part| -> String {
        let mut out = String::new();
        let mut last: Option<usize> = None;
        for (at, line) in lines.iter().enumerate().filter(|(at, _)| parts[*at] == wanted) {
            // What was cut out leaves a blank line, so that paragraphs do not run together.
            if last.is_some_and(|last| last + 1 < at) {
                out.push('\n');
            }
            out.push_str(line.trim_end());
            out.push('\n');
            last = Some(at);
        }
        tidy(&out)
    };
    Words {
        own: gather(Part::Own),
        elided: gather(Part::Elided),
        signature: Some(gather(Part::Signature)).filter(|text| !text.is_empty()),
        forwarded: None,
        quoted,
    }
}

/// At most one blank line in a row, none at the ends.
pub(super) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for line in text.lines() {
        if line.trim().is_empty() {
            blank = !out.is_empty();
            continue;
        }
        if blank {
            out.push('\n');
            blank = false;
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out
}

/// A forward: its text, taken apart in its turn, with the sender's covering note elided.
fn forward(lines: &[&str], subject: Says, forwards_max: usize) -> Option<Words> {
    let mark = next_mark(lines, 0).filter(|mark| mark.kind == MarkKind::Header)?;
    let own_before = lines[..mark.start].iter().any(|line| !line.trim().is_empty() && unquoted(line).0 == 0);
    let forwarded = match subject {
        Says::Forward => mark.forwarded || mark.header.is_some(),
        // An answer that drags a forward along is still an answer.
        Says::Answer => mark.forwarded && !own_before,
        Says::Neither => mark.forwarded,
    };
    if !forwarded {
        return None;
    }
    let rest = &lines[mark.body..];
    // Some programs quote what they forward.
    let filled: Vec<&&str> = rest.iter().filter(|line| !line.trim().is_empty()).collect();
    let quoted = filled.iter().filter(|line| unquoted(line).0 > 0).count() * 2 > filled.len();
    let inner: Vec<&str> = if quoted {
        rest.iter()
            .map(|line| {
                line.trim_start()
                    .strip_prefix('>')
                    .map_or(*line, |line| line.strip_prefix(' ').unwrap_or(line))
            })
            .collect()
    } else {
        rest.to_vec()
    };
    if inner.iter().all(|line| line.trim().is_empty()) {
        return None;
    }
    let mut words = take_apart_within(&inner.join("\n"), Says::Forward, forwards_max);
    let note = lines[..mark.body].join("\n");
    words.elided = tidy(&format!("{note}\n\n{}", words.elided));
    // The innermost header is the author's; without one this is.
    words.forwarded = words.forwarded.or(Some(mark.header.unwrap_or_default()));
    Some(words)
}

/// Marks quoted lines and what announces them; tells whether there were any.
fn mark_quotations(lines: &[&str], parts: &mut [Part]) -> bool {
    let mut quoted = false;
    // What a person quotes first and without announcing it is what they write about.
    let first = lines.iter().position(|line| !line.trim().is_empty()).unwrap_or(0);
    let kept = (first..lines.len())
        .find(|&at| unquoted(lines[at]).0 == 0)
        .filter(|&end| lines[end..].iter().any(|line| unquoted(line).0 == 0 && !line.trim().is_empty()))
        .filter(|&end| !lines[end..].iter().any(|line| unquoted(line).0 > 0))
        .unwrap_or(0);
    for (at, line) in lines.iter().enumerate().skip(kept) {
        if unquoted(line).0 > 0 {
            parts[at] = Part::Elided;
            quoted = true;
        }
    }
    let own_from = lines.iter().position(|line| !line.trim().is_empty() && unquoted(line).0 == 0);
    let mut from = 0;
    while let Some(mark) = next_mark(lines, from) {
        let quoted_next = lines[mark.body.min(lines.len())..]
            .iter()
            .find(|line| !line.trim().is_empty())
            .is_some_and(|line| unquoted(line).0 > unquoted(lines[mark.start]).0);
        // The marks of quotations may stand around the announcement of one.
        let inside = unquoted(lines[mark.start]).0 > 0;
        let own_before = own_from.is_some_and(|own| own < mark.start);
        let open = !quoted_next && !inside;
        let end = if open && (mark.kind == MarkKind::Header || own_before) { lines.len() } else { mark.body };
        for part in &mut parts[mark.start..end.max(mark.start + 1)] {
            *part = Part::Elided;
        }
        quoted = true;
        from = end.max(mark.start + 1);
    }
    quoted
}

/// Marks the signature: after a line of its own (`-- `), or from a closing phrase near the end.
fn mark_signature(lines: &[&str], parts: &mut [Part]) {
    let own: Vec<usize> = (0..lines.len()).filter(|at| parts[*at] == Part::Own).collect();
    let delimiter = own.iter().position(|&at| is_delimiter(lines[at]));
    let mut end = own.len();
    if let Some(first) = delimiter
        && own[..first].iter().any(|&at| !lines[at].trim().is_empty())
    {
        for &at in &own[first..] {
            parts[at] = Part::Signature;
        }
        end = first;
    }
    let filled: Vec<usize> = own[..end].iter().copied().filter(|&at| !lines[at].trim().is_empty()).collect();
    let tail = filled.len().saturating_sub(SIGNATURE_LINES_MAX);
    let closing = filled[tail..].iter().position(|&at| is_closing(lines[at])).map(|at| at + tail);
    if let Some(closing) = closing
        && filled[closing + 1..].iter().all(|&at| lines[at].chars().count() <= 120)
        && filled.len() - closing <= SIGNATURE_LINES_MAX
        && closing > 0
    {
        for &at in own[..end].iter().filter(|&&at| at >= filled[closing]) {
            parts[at] = Part::Signature;
        }
    }
}

fn is_delimiter(line: &str) -> bool {
    let line = line.trim_end_matches('\r');
    matches!(line, "-- " | "--" | "---" | "– " | "—") || {
        let trimmed = line.trim();
        trimmed.len() >= 5 && trimmed.len() <= 60 && trimmed.chars().all(|c| c == '_')
    }
}

/// Phrases with which letters end, folded; each may be followed by a name.
const CLOSINGS: [&str; 33] = [
    "ar cienu",
    "ciena",
    "patiesa ciena",
    "ar sveicieniem",
    "sveicieni no",
    "sveicieniem",
    "ar sveicienu",
    "visu labu",
    "jauku dienu",
    "jauku vakaru",
    "lai jauka diena",
    "lai jums jauka diena",
    "lai izdodas",
    "ar siltiem sveicieniem",
    "uz tiksanos",
    "labu dienu velot",
    "jauku dienu velot",
    "visu labu velot",
    "ar pateicibu",
    "sirsnigi sveicieni",
    "с уважением",
    "всего доброго",
    "с наилучшими пожеланиями",
    "best regards",
    "kind regards",
    "regards",
    "warm regards",
    "best wishes",
    "yours sincerely",
    "sincerely",
    "yours faithfully",
    "many thanks",
    "cheers",
];

/// A line that closes a letter: a phrase of farewell and at most a name and an office after it.
pub(super) fn is_closing(line: &str) -> bool {
    let folded = fold(line.trim());
    let folded = folded.trim_start_matches(['*', '_']);
    CLOSINGS.iter().any(|phrase| {
        folded.strip_prefix(phrase).is_some_and(|rest| {
            let whole = rest.is_empty() || !rest.starts_with(char::is_alphanumeric);
            let named = rest.trim_start_matches([',', '!', '.', ' ', '-', '–']);
            whole && rest.chars().count() <= 60 && !rest.contains('?') && (rest.len() < 3 || named.split_whitespace().count() <= 8)
                // “Cieņā pret dabu rīkosim …” is a sentence.
                && (rest.starts_with([',', '!', '.', '*']) || rest.trim().is_empty() || named_like(line, phrase))
        })
    })
}

/// Is what follows the phrase a name: short, and with a capital?
fn named_like(line: &str, phrase: &str) -> bool {
    let rest: String = line.trim().chars().skip(phrase.chars().count()).collect();
    let rest = rest.trim();
    rest.split_whitespace().count() <= 4
        && rest.chars().next().is_some_and(char::is_uppercase)
        && !rest.ends_with('.')
}

/// Marks device lines, disclaimers and banners of security software.
fn mark_boilerplate(lines: &[&str], parts: &mut [Part]) {
    let filled: Vec<usize> =
        (0..lines.len()).filter(|&at| parts[at] == Part::Own && !lines[at].trim().is_empty()).collect();
    for (index, &at) in filled.iter().enumerate() {
        let last = index + 3 >= filled.len();
        if last && is_device_line(lines[at]) {
            parts[at] = Part::Elided;
        }
    }
    let mut at = 0;
    while at < lines.len() {
        let end = (at..lines.len()).find(|&i| lines[i].trim().is_empty()).unwrap_or(lines.len());
        if end > at {
            let paragraph = fold(&lines[at..end].join(" "));
            if is_disclaimer(&paragraph) {
                for part in parts[at..end].iter_mut().filter(|part| **part != Part::Signature) {
                    *part = Part::Elided;
                }
            }
        }
        at = end + 1;
    }
}

/// “Sent from my phone” and its kin, in every language a phone speaks here.
pub(super) fn is_device_line(line: &str) -> bool {
    const STARTS: [&str; 20] = [
        "sent from my",
        "sent from mail for",
        "sent from outlook",
        "sent from yahoo",
        "sent from samsung",
        "sent from proton",
        "sent from",
        "get outlook for",
        "sutits no mana",
        "sutits no",
        "nosutits no",
        "отправлено с",
        "отправлено из",
        "iegustiet outlook",
        "iegut outlook",
        "lejupieladet outlook",
        "sent with",
        "sent via",
        "скачать outlook",
        "download outlook",
    ];
    let folded = fold(line.trim());
    let folded = folded.trim_matches(['*', '_', '<', '>', ' ']);
    STARTS.iter().any(|start| folded.starts_with(start))
        && folded.split_whitespace().count() <= 9
        && !folded.ends_with(':')
}

fn is_disclaimer(paragraph: &str) -> bool {
    const PHRASES: [&str; 21] = [
        "konfidencial",
        "paredzeta tikai adresatam",
        "paredzets tikai adresatam",
        "paredzeti tikai adresatam",
        "kluda esat sanem",
        "kludas del esat sanem",
        "confidential",
        "intended recipient",
        "intended only for",
        "received this e-mail in error",
        "received it in error",
        "received this email in error",
        "конфиденциальн",
        "предназначен только",
        "pirms drukat so e-pastu",
        "padomajiet par vidi",
        "before printing this",
        "virus-free",
        "avast antivirus",
        "this email originated from outside",
        "caution: external",
    ];
    let found = PHRASES.iter().filter(|phrase| paragraph.contains(**phrase)).count();
    let letter = [
        "vestul",
        "e-past",
        "e-mail",
        "email",
        "message",
        "письмо",
        "сообщени",
        "attachment",
        "zinojum",
        "virus",
        "driksi",
    ]
    .iter()
    .any(|word| paragraph.contains(word));
    found >= 2 || found == 1 && letter && paragraph.chars().count() < 2500
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, own: &str, signature: &str) {
        let words = take_apart(text, Says::Neither);
        assert_eq!(
            (words.own.as_str(), words.signature.as_deref().unwrap_or("")),
            (own, signature),
            "{text}"
        );
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let all =
                format!("{}\n{}\n{}", words.own, words.elided, words.signature.clone().unwrap_or_default());
            assert!(all.contains(line.trim_end()), "lost: {line}");
        }
    }

    #[test]
    fn replies_keep_the_answer_and_nothing_is_lost() {
        check("Jā, derēs.\n\nOn 1 March 2024 Anna <a@x.example> wrote:\n> Vai derēs?\n", "Jā, derēs.", "");
        check(
            "Jā.\n\nNo: Anna <a@x.example>\nNosūtīts: 2024. gada 7. martā 18:22\nKam: B\nTēma: x\n\nVecais teksts",
            "Jā.",
            "",
        );
        check("> Vai derēs?\nJā.\n> Un rīt?\nArī.", "Jā.\n\nArī.", "");
        check("Teksts.\n\n-- \nAnna\ntālr. 2", "Teksts.", "-- \nAnna\ntālr. 2".replace("-- ", "--").as_str());
        check("Teksts.\n\nAr cieņu,\nAnna Egle\nvadītāja", "Teksts.", "Ar cieņu,\nAnna Egle\nvadītāja");
        check(
            "Teksts.\nС уважением, Надежда Примерова, библиотекарь",
            "Teksts.",
            "С уважением, Надежда Примерова, библиотекарь",
        );
        check("Teksts.\n\nSent from my iPhone", "Teksts.", "");
    }

    #[test]
    fn forwards_of_forwards_are_opened_so_far_and_no_further() {
        let head = |n: usize| {
            format!("---------- Forwarded message ---------\nNo: anna{n}@x.example\nTo: b@x.example\n\n")
        };
        let nested = |levels: usize| (0..levels).map(head).collect::<String>() + "Koncerts sestdien.";
        let words = take_apart(&nested(4), Says::Forward);
        assert_eq!(words.own, "Koncerts sestdien.");
        // Each level holds the text inside it: without a bound a megabyte of these takes gigabytes.
        let words = take_apart(&nested(100), Says::Forward);
        let levels = |text: &str| text.matches("Forwarded message").count();
        assert_eq!(levels(&words.elided) + levels(&words.own), 100, "nothing is lost");
        let from = words.forwarded.and_then(|header| header.from);
        assert_eq!(from, Some(format!("anna{}@x.example", FORWARDS_MAX - 1)));
    }

    #[test]
    fn ordinary_sentences_are_no_signature() {
        check(
            "Ar cieņu pret mežu sākas katrs gājiens.\nNāciet!",
            "Ar cieņu pret mežu sākas katrs gājiens.\nNāciet!",
            "",
        );
        check(
            "Sent from the heart of the parish, this letter is a long sentence about things.",
            "Sent from the heart of the parish, this letter is a long sentence about things.",
            "",
        );
    }

    #[test]
    fn in_a_forward_the_forwarded_text_counts() {
        let text = "Pārsūtu!\n\n---------- Forwarded message ---------\nNo: Anna <a@x.example>\nDate: 2024. g. 7. marts\nTo: B <b@x.example>\n\nKoncerts sestdien.\n\nAr cieņu\nAnna";
        let words = take_apart(text, Says::Neither);
        assert_eq!(words.own, "Koncerts sestdien.");
        assert!(words.elided.contains("Pārsūtu!") && words.forwarded.is_some());
        assert_eq!(words.signature.as_deref(), Some("Ar cieņu\nAnna"));
    }
}
