//! What an editor says in answer to the notice of an item: approve, or reject with a reason.
//!
//! Only the first line of her own words is read, greetings passed over, so that she can keep her signature and whatever
//! her program quotes. A line that begins like a decision and goes on otherwise is none: it is told apart, for she may
//! believe that she has decided. Whether she may decide at all is not known here.

use super::news::own_words;
use super::parsed::Parsed;
use crate::language::{fold, folded_words};

/// What the first line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    Approve,
    Reject {
        reason: String,
    },
    /// To reject, without saying why.
    NoReason,
    /// It begins like a decision and goes on otherwise: “ok, but the date is wrong”.
    Unclear,
}

/// A decision by reply, and whether more stands below it than a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decides {
    pub said: Said,
    pub says_more: bool,
}

/// The words of one language, folded.
struct Words {
    approve: &'static [&'static str],
    reject: &'static [&'static str],
    greetings: &'static [&'static str],
}

const WORDS: [Words; 3] = [
    // Latvian
    Words {
        approve: &["apstiprinat", "apstiprinu", "apstiprinats", "apstiprinata", "apstipriniet"],
        reject: &["noraidit", "noraidu", "noraidits", "noraidita", "noraidiet"],
        greetings: &[
            "labdien",
            "labrit",
            "labvakar",
            "sveiki",
            "sveika",
            "sveiks",
            "cau",
            "paldies",
            "paldies par zinu",
        ],
    },
    // English
    Words {
        approve: &["approve", "approved", "ok", "okay"],
        reject: &["reject", "rejected"],
        greetings: &["hello", "hi", "good morning", "good afternoon", "good evening", "thanks", "thank you"],
    },
    // Russian
    Words {
        approve: &["одобрить", "одобряю", "одобрено", "утвердить", "утверждаю", "ок"],
        reject: &["отклонить", "отклоняю", "отклонено"],
        greetings: &["здравствуите", "добрыи день", "привет", "спасибо"],
    },
];
/// A line at least so long was broken by a mail program, and the next one goes on with it.
const BROKEN_CHARACTERS_MIN: usize = 55;
/// Words below a decision that are no more than a signature.
const SIGNATURE_WORDS_MAX: usize = 4;
/// What stands between the word and the reason.
const BETWEEN: [char; 6] = [':', ';', ',', '-', '–', '—'];

/// What an answer to a notice decides; `None` where it says something else.
pub fn decides(parsed: &Parsed) -> Option<Decides> {
    in_words(&own_words(parsed).own)
}

fn in_words(own: &str) -> Option<Decides> {
    let mut lines = own.lines().map(str::trim).skip_while(|line| line.is_empty() || is_greeting(line));
    let first = lines.next()?;
    let rest: Vec<&str> = lines.collect();
    let (said, used) = said(first, &rest)?;
    let further: usize = rest[used..].iter().map(|line| line.split_whitespace().count()).sum();
    Some(Decides { said, says_more: further > SIGNATURE_WORDS_MAX })
}

fn is_greeting(line: &str) -> bool {
    let words = folded_words(line);
    WORDS.iter().any(|language| language.greetings.contains(&words.trim()))
}

/// What the first line says, and how many of the following ones belong to it.
fn said(first: &str, rest: &[&str]) -> Option<(Said, usize)> {
    // Bold letters, and quotation marks; never the mark of a quotation.
    let bare = first.trim_start_matches(['*', '_', '"', '“', '”', '„', '«']);
    let end = bare.find(|c: char| !c.is_alphanumeric()).unwrap_or(bare.len());
    let (word, after) = bare.split_at(end);
    let word = fold(word);
    let after = after.trim_start_matches(['*', '_', '"', '“', '”', '»']).trim_start();
    let goes_on = after.contains(char::is_alphanumeric);
    let is = |of: fn(&Words) -> &'static [&'static str]| {
        WORDS.iter().any(|language| of(language).contains(&word.as_str()))
    };
    if is(|words| words.approve) {
        return Some((if goes_on { Said::Unclear } else { Said::Approve }, 0));
    }
    if !is(|words| words.reject) {
        return None;
    }
    if !goes_on {
        return Some((Said::NoReason, 0));
    }
    if !after.starts_with(BETWEEN) {
        return Some((Said::Unclear, 0));
    }
    let mut reason = after.trim_start_matches(BETWEEN).trim().to_owned();
    let (mut used, mut last) = (0, first);
    while let Some(next) = rest.get(used).filter(|next| !next.is_empty())
        && last.chars().count() >= BROKEN_CHARACTERS_MIN
    {
        reason.push(' ');
        reason.push_str(next);
        last = next;
        used += 1;
    }
    Some((Said::Reject { reason }, used))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::testing::message;

    fn said(text: &str) -> Option<Said> {
        in_words(text).map(|decides| decides.said)
    }

    fn rejected(reason: &str) -> Option<Said> {
        Some(Said::Reject { reason: reason.to_owned() })
    }

    #[test]
    fn one_word_approves_in_every_language() {
        for text in [
            "apstiprināt",
            "Apstiprināt.",
            "APSTIPRINĀTS!",
            "*apstiprinu*",
            "approve",
            "Ok",
            "okay\n\nIlze",
            "\n\nOK.\n",
            "Labdien!\n\nApstiprinu.\n\nIlze",
            "Одобряю",
        ] {
            assert_eq!(said(text), Some(Said::Approve), "{text}");
        }
    }

    #[test]
    fn a_rejection_takes_its_reason_from_the_first_line() {
        assert_eq!(said("noraidīt: tas jau bija."), rejected("tas jau bija."));
        assert_eq!(
            said("Noraidu – tā ir reklāma (sk. pagājušo numuru)."),
            rejected("tā ir reklāma (sk. pagājušo numuru).")
        );
        assert_eq!(said("Reject: it was in the last issue\n\nAnna"), rejected("it was in the last issue"));
        assert_eq!(said("*noraidīt*: reklāma"), rejected("reklāma"));
        let broken =
            "noraidīt: šo pasākumu jau izsludinājām novembra numurā, un\nnekas nav mainījies.\n\nIlze";
        assert_eq!(
            said(broken),
            rejected("šo pasākumu jau izsludinājām novembra numurā, un nekas nav mainījies.")
        );
    }

    #[test]
    fn what_only_begins_like_a_decision_is_none() {
        for text in
            ["ok, bet datums ir nepareizs", "Apstiprināt pēc labojuma", "noraidīt reklāmu", "approve?no"]
        {
            assert_eq!(said(text), Some(Said::Unclear), "{text}");
        }
        for text in ["noraidīt", "Noraidīt:", "reject: …"] {
            assert_eq!(said(text), Some(Said::NoReason), "{text}");
        }
    }

    #[test]
    fn other_words_decide_nothing() {
        for text in [
            "",
            "Labdien!",
            "Lieciet iekšā!",
            "Es to apstiprināšu rīt.",
            "Jā",
            "> apstiprināt",
            "Lūdzu, apstiprināt",
            "Oktobrī talka",
            "Vai varam apstiprināt?\napstiprināt",
        ] {
            assert_eq!(said(text), None, "{text}");
        }
    }

    #[test]
    fn more_than_a_name_below_is_noticed() {
        let more = |text| in_words(text).unwrap().says_more;
        assert!(!more("ok") && !more("ok\n\nIlze Ozola\nredaktore"));
        assert!(more("ok\n\nBet pajautājiet Annai, vai talka būs arī lietū."));
    }

    #[test]
    fn what_is_quoted_decides_nothing() {
        let answer = |text: &str| {
            decides(&message("Subject: Re: Jauna ziņa: Talka\n", text)).map(|decides| decides.said)
        };
        let quoted = "\n\n2026. g. 25. nov. Sēlijas salas <info@selija.example> rakstīja:\n> apstiprināt\n> noraidīt: nē\n";
        assert_eq!(answer(quoted), None);
        assert_eq!(answer(&format!("Apstiprināt{quoted}")), Some(Said::Approve));
        assert_eq!(answer("> apstiprināt\n"), None);
        assert_eq!(answer(&format!("Man jāpadomā.{quoted}")), None);
    }
}
