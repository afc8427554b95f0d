//! Where earlier mail begins inside a text: attributions, separators and header blocks of the programs in use here,
//! in Latvian, English, Russian and some more.
//!
//! `No:` also begins ordinary Latvian lines, and `Kam:` a question: a header block needs two labels that fit.

use super::report::Forward;
use crate::language::fold;

/// Lines over which an attribution may be wrapped.
const ATTRIBUTION_LINES_MAX: usize = 4;
/// Lines of a header block, wrapped lists of recipients included.
const HEADER_LINES_MAX: usize = 14;

/// Earlier mail that begins at a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mark {
    /// The first line that belongs to it.
    pub start: usize,
    /// The first line of the earlier mail's own text.
    pub body: usize,
    /// Its header, where it has one.
    pub header: Option<Header>,
    /// Its program says that it is forwarded.
    pub forwarded: bool,
    pub kind: MarkKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MarkKind {
    /// A sentence such as “X wrote:”.
    Attribution,
    /// A line of dashes with words, or a header block.
    Header,
}

/// The header block of earlier mail, dates still in words.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Header {
    pub from: Option<String>,
    pub sent: Option<String>,
    pub subject: Option<String>,
}

impl Header {
    pub fn forward(&self) -> Forward {
        let from = self.from.as_deref().unwrap_or("");
        let (name, address) = match from.rfind(['<', '[', '(']) {
            Some(open) if from[open..].contains('@') => (&from[..open], &from[open..]),
            _ if from.contains('@') && !from.trim().contains(' ') => ("", from),
            _ => (from, ""),
        };
        let address = address
            .trim_matches(|c: char| c.is_whitespace() || "<>[]()".contains(c))
            .trim_start_matches("mailto:")
            .to_owned();
        let name = name.trim_matches(|c: char| c.is_whitespace() || "\"'*“”„".contains(c)).to_owned();
        Forward {
            name: Some(name).filter(|name| !name.is_empty()),
            address: Some(address).filter(|address| address.contains('@')),
            sent_at: None,
            subject: self.subject.clone(),
        }
    }
}

/// The line without quotation marks in front, and how many there were.
pub(super) fn unquoted(line: &str) -> (usize, &str) {
    let (mut depth, mut rest) = (0, line);
    loop {
        let trimmed = rest.trim_start();
        match trimmed.strip_prefix('>') {
            Some(inner) => {
                depth += 1;
                rest = inner;
            }
            None => {
                return (depth, if depth > 0 { rest.strip_prefix(' ').unwrap_or(rest) } else { rest });
            }
        }
    }
}

/// The first mark at or after a line.
pub(super) fn next_mark(lines: &[&str], from: usize) -> Option<Mark> {
    (from..lines.len()).find_map(|at| mark_at(lines, at))
}

fn mark_at(lines: &[&str], at: usize) -> Option<Mark> {
    if lines[at].trim().is_empty() {
        return None;
    }
    if let Some(forwarded) = separator(lines[at]) {
        // Rules of underscores count only before a header block.
        let next = (at + 1..lines.len().min(at + 4)).find(|&i| !unquoted(lines[i]).1.trim().is_empty());
        let header = next.and_then(|next| header_block(lines, next));
        return match header {
            Some((header, body)) => Some(Mark {
                start: at,
                body,
                header: Some(header),
                forwarded: forwarded == Some(true),
                kind: MarkKind::Header,
            }),
            None => forwarded.map(|forwarded| Mark {
                start: at,
                body: at + 1,
                header: None,
                forwarded,
                kind: MarkKind::Header,
            }),
        };
    }
    if let Some((header, body)) = header_block(lines, at) {
        return Some(Mark {
            start: at,
            body,
            header: Some(header),
            forwarded: false,
            kind: MarkKind::Header,
        });
    }
    attribution(lines, at).map(|body| Mark {
        start: at,
        body,
        header: None,
        forwarded: false,
        kind: MarkKind::Attribution,
    })
}

/// A line that separates earlier mail: `Some(Some(is it a forward))`, or `Some(None)` for a bare rule.
fn separator(line: &str) -> Option<Option<bool>> {
    const ORIGINAL: [&str; 12] = [
        "original message",
        "sakotneja vestule",
        "sakotneja zina",
        "sakotnejais zinojums",
        "sakotneja e-pasta",
        "исходное сообщение",
        "оригинальное сообщение",
        "originalus laiskas",
        "algne kiri",
        "ursprungliche nachricht",
        "message d'origine",
        "original appointment",
    ];
    const FORWARDED: [&str; 14] = [
        "forwarded message",
        "parsutita vestule",
        "parsutita zina",
        "parsutits zinojums",
        "parsutitais zinojums",
        "пересылаемое сообщение",
        "пересланное сообщение",
        "перенаправленное сообщение",
        "переадресованное сообщение",
        "persiustas",
        "edastatud",
        "weitergeleitete nachricht",
        "переадресованного сообщения",
        "parsutita e-pasta",
    ];
    let (_, line) = unquoted(line);
    let line = line.trim();
    let rule = |c: char| matches!(c, '-' | '_' | '—' | '–' | '=' | '*' | '─');
    let dashes = line.chars().take_while(|c| rule(*c)).count();
    if dashes >= 8 && line.chars().all(rule) {
        return Some(None);
    }
    let folded = fold(line);
    let inner = folded.trim_matches(|c: char| rule(c) || c.is_whitespace() || c == ':');
    let framed =
        dashes >= 2 || inner.starts_with("begin ") || inner.starts_with("начало ") || folded.ends_with(':');
    if !framed || inner.chars().count() > 60 {
        return None;
    }
    let has =
        |words: &[&str]| words.iter().any(|words| inner.contains(words) && inner.len() <= words.len() + 25);
    if has(&FORWARDED) {
        Some(Some(true))
    } else if has(&ORIGINAL) && dashes >= 2 {
        Some(Some(false))
    } else {
        None
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    From,
    Sent,
    To,
    Copy,
    Subject,
    Other,
}

fn label(line: &str) -> Option<(Label, &str)> {
    let (_, line) = unquoted(line);
    let line = line.trim().trim_start_matches('*');
    let (name, value) = line.split_once(':')?;
    let name = fold(name.trim().trim_end_matches('*').trim());
    let label = match name.as_str() {
        "no" | "from" | "от" | "от кого" | "nuo" | "saatja" | "kellelt" | "von" | "sutitajs"
        | "nosutitajs" => Label::From,
        "nosutits"
        | "sutits"
        | "datums"
        | "date"
        | "sent"
        | "отправлено"
        | "дата"
        | "issiusta"
        | "saadetud"
        | "gesendet"
        | "nosutisanas datums" => Label::Sent,
        "kam" | "to" | "кому" | "uz" | "saaja" | "kellele" | "an" | "adresats" | "sanemejs" => Label::To,
        "kopija" | "cc" | "копия" | "kop" => Label::Copy,
        "tema" | "temats" | "subject" | "тема" | "teema" | "betreff" => Label::Subject,
        "atbildet uz" | "reply-to" | "importance" | "svarigums" | "pielikumi" | "attachments"
        | "organization" => Label::Other,
        _ => return None,
    };
    Some((label, value.trim().trim_start_matches('*').trim()))
}

/// A header block at a line: what it says, and the first line after it.
fn header_block(lines: &[&str], at: usize) -> Option<(Header, usize)> {
    let (first, _) = label(lines[at])?;
    let mut header = Header::default();
    let mut seen: Vec<Label> = Vec::new();
    let mut end = at;
    let mut evidence = false;
    let mut blanks = 0;
    while let Some(line) = lines.get(end).filter(|_| end < at + HEADER_LINES_MAX) {
        if let Some((label, value)) = label(line) {
            blanks = 0;
            evidence |=
                value.contains('@') || (label == Label::Sent && value.chars().any(|c| c.is_ascii_digit()));
            let slot = match label {
                Label::From => Some(&mut header.from),
                Label::Sent => Some(&mut header.sent),
                Label::Subject => Some(&mut header.subject),
                Label::To | Label::Copy | Label::Other => None,
            };
            if let Some(slot) = slot
                && slot.is_none()
                && !value.is_empty()
            {
                *slot = Some(value.to_owned());
            }
            seen.push(label);
        } else if unquoted(line).1.trim().is_empty() {
            // Some conversions put a blank line between the fields.
            blanks += 1;
            let more = lines.get(end + 1).is_some_and(|next| label_again(next, &seen));
            if blanks > 1 || !more {
                break;
            }
        } else {
            // A wrapped list of recipients or a wrapped subject, only between two fields.
            let more = (end + 1..(end + 4).min(lines.len())).any(|next| label_again(lines[next], &seen));
            if !more || blanks > 0 {
                break;
            }
        }
        end += 1;
    }
    let distinct = |wanted: Label| seen.contains(&wanted);
    let count =
        [Label::From, Label::Sent, Label::To, Label::Subject].into_iter().filter(|l| distinct(*l)).count();
    let enough = distinct(Label::From) && count >= 2
        || first == Label::Sent && count >= 3
        || first == Label::Subject && count >= 3;
    (enough && evidence).then_some((header, end))
}

fn label_again(line: &str, seen: &[Label]) -> bool {
    label(line).is_some_and(|(label, _)| !seen.contains(&label))
}

/// A sentence that announces a quotation, at a line: the first line after it.
fn attribution(lines: &[&str], at: usize) -> Option<usize> {
    let (depth, first) = unquoted(lines[at]);
    if first.trim().is_empty() {
        return None;
    }
    // A finished sentence above an announcement is not part of it.
    let finished = first.trim_end().ends_with(['.', '!', '?']);
    let mut joined = String::new();
    for end in at..lines.len().min(at + ATTRIBUTION_LINES_MAX) {
        let (line_depth, line) = unquoted(lines[end]);
        if line.trim().is_empty() || line_depth != depth {
            return None;
        }
        joined.push_str(line.trim());
        joined.push(' ');
        let quoted_next = lines[end + 1..]
            .iter()
            .find(|line| !line.trim().is_empty())
            .is_some_and(|line| unquoted(line).0 > depth);
        if announces(joined.trim(), quoted_next) {
            return Some(end + 1);
        }
        if joined.len() > 400 || finished {
            return None;
        }
    }
    None
}

/// Does a sentence announce a quotation?
fn announces(sentence: &str, quoted_next: bool) -> bool {
    const VERBS: [&str; 18] = [
        "rakstija",
        "raksta",
        "wrote",
        "writes",
        "пишет",
        "писал",
        "писал(а)",
        "написал",
        "написал(а)",
        "писала",
        "написала",
        "rase",
        "parase",
        "kirjutas",
        "schrieb",
        "a ecrit",
        "escribio",
        "ha scritto",
    ];
    let folded = fold(sentence);
    let folded = folded.trim_end();
    let Some(head) = folded.strip_suffix(':').or_else(|| folded.strip_suffix(":*")) else {
        return false;
    };
    let head = head.trim_end().trim_end_matches('*');
    let digits = head.chars().filter(char::is_ascii_digit).count();
    let address = head.contains('@');
    let verb = VERBS.iter().any(|verb| {
        head.strip_suffix(verb).is_some_and(|rest| rest.is_empty() || rest.ends_with([' ', '>', ')']))
    }) || head.starts_with("on ") && head.contains(" wrote") && digits >= 3
        || head.starts_with("am ") && head.contains(" schrieb ") && digits >= 3
        || head.starts_with("le ") && head.contains(" a ecrit") && digits >= 3;
    if verb {
        return address || digits >= 3 || quoted_next || head.starts_with("datuma ");
    }
    // “2024-03-06 10:15 GMT+02:00 Name <a@b>:”, “ср, 6 мар. 2024 г. в 10:15, Имя <a@b>:”
    let closed = head.ends_with(['>', ')']);
    address && closed && digits >= 6 && (head.contains(':') || quoted_next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<Mark> {
        let lines: Vec<&str> = text.lines().collect();
        next_mark(&lines, 0)
    }

    #[test]
    fn quotations_are_announced_in_many_ways() {
        for text in [
            "trešd., 2019. g. 29. maijs, plkst. 21:39 — lietotājs Anna Egle\n(<anna@x.example>) rakstīja:\n",
            "On Wed, 6 Mar 2024 at 10:15, Anna <a@x.example> wrote:",
            "On Wed, 6 Mar 2024 at 10:15,\nAnna <a@x.example> wrote:",
            "Anna Egle rakstīja:\n> Labdien",
            "Anna Egle @ 2024-03-06 10:15 rakstīja:",
            "Datumā 2024. gada 6. marts, Anna rakstīja:",
            "ср, 6 мар. 2024 г. в 10:15, Анна <a@x.example>:",
            "2014-03-15 10:15 GMT+02:00 Anna <a@x.example>:",
            "-----Original Message-----",
            "-------- Sākotnējā vēstule --------",
            "-------- Исходное сообщение --------",
            "No: Anna <a@x.example>\nNosūtīts: 2024. gada 7. martā 18:22\nKam: Dace\nTēma: x",
            "________________________________\nFrom: Anna <a@x.example>\nSent: Monday\nTo: B\nSubject: x",
        ] {
            assert_eq!(found(text).map(|mark| mark.start), Some(0), "{text}");
        }
    }

    #[test]
    fn ordinary_sentences_announce_nothing() {
        for text in [
            "No: 10.00 līdz 14.00\nKur: Rites tautas namā",
            "Kam: visiem, kas grib dziedāt\nNo: 10.00",
            "Viņa toreiz rakstīja:\nes gribu mājās",
            "Pieteikties: 2000 0000 (anna@x.example)",
            "________________________________\nTeksts",
            "Original message",
            "Ieeja no 10.00 līdz 12.00:",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn a_forwards_header_names_its_sender() {
        let mark = found("---------- Forwarded message ---------\nNo: Amatnieku biedrība <a@b.example>\nDate: ceturtd., 2024. g. 7. marts\nSubject: Grozi\nTo: <x@y.example>\n\n\nSveiki!").unwrap();
        assert!(mark.forwarded);
        assert_eq!(mark.body, 5);
        let forward = mark.header.unwrap().forward();
        assert_eq!(forward.name.as_deref(), Some("Amatnieku biedrība"));
        assert_eq!(forward.address.as_deref(), Some("a@b.example"));
        assert_eq!(forward.subject.as_deref(), Some("Grozi"));
    }
}
