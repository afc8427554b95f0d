//! Latvian, English or Russian? By letters and by the most frequent short words; no model.

const LATVIAN: &[&str] = &[
    "un",
    "ir",
    "no",
    "ar",
    "par",
    "uz",
    "ka",
    "lai",
    "tiks",
    "bus",
    "notiks",
    "pie",
    "vai",
    "ari",
    "bet",
    "kas",
    "tas",
    "mes",
    "jus",
    "gada",
    "plkst",
    "ludzu",
    "paldies",
    "labdien",
    "sveiki",
    "aicinam",
    "biblioteka",
    "pagasta",
    "novada",
    "nams",
    "nama",
    "koncerts",
    "pasakums",
    "foto",
    "pielikuma",
    "sagatavoja",
    "cienu",
    "kopa",
    "visi",
    "visus",
    "musu",
    "katru",
    "lidz",
    "pec",
    "ieeja",
    "sestdien",
    "svetdien",
    "piektdien",
];
const ENGLISH: &[&str] = &[
    "the", "and", "of", "to", "in", "is", "for", "on", "with", "at", "we", "you", "this", "that", "are",
    "from", "by", "our", "your", "please", "will", "be", "have", "it", "hello", "dear", "thank", "thanks",
    "regards", "was",
];

/// ISO 639-1 of the text, or `None` where there is too little to say.
pub fn guess(text: &str) -> Option<&'static str> {
    let (mut cyrillic, mut latin, mut marked) = (0u32, 0u32, 0u32);
    for c in text.chars().filter(|c| c.is_alphabetic()).take(20_000) {
        match c {
            '\u{400}'..='\u{4ff}' => cyrillic += 1,
            'ā' | 'č' | 'ē' | 'ģ' | 'ī' | 'ķ' | 'ļ' | 'ņ' | 'š' | 'ū' | 'ž' | 'Ā' | 'Č' | 'Ē' | 'Ģ' | 'Ī'
            | 'Ķ' | 'Ļ' | 'Ņ' | 'Š' | 'Ū' | 'Ž' => {
                latin += 1;
                marked += 1;
            }
            _ => latin += 1,
        }
    }
    if cyrillic + latin < 3 {
        return None;
    }
    if cyrillic > latin {
        return Some("ru");
    }
    let words = super::folded_words(text.get(..text.floor_char_boundary(20_000)).unwrap_or(text));
    let count =
        |list: &[&str]| -> usize { words.split_whitespace().filter(|word| list.contains(word)).count() };
    let (latvian, english) = (count(LATVIAN), count(ENGLISH));
    // In Latvian about every tenth letter has a mark; names in an English text bring a few.
    if marked * 40 > latin || latvian > english {
        return Some("lv");
    }
    (english > latvian).then_some("en")
}

#[cfg(test)]
mod tests {
    use super::guess;

    #[test]
    fn three_languages_are_told_apart_with_and_without_marks() {
        for (text, want) in [
            ("Šodien ciemos bija 2. klase, lasījām pasakas par lāčiem.", Some("lv")),
            ("Labvakar sestdien 24. februari plkst 18 Saukas tautas nama bus ballite", Some("lv")),
            ("Приглашаем на вечер поэзии", Some("ru")),
            ("Saturday, 5 October at 6 pm, open evening at the manor in Dviete", Some("en")),
            ("12 34", None),
        ] {
            assert_eq!(guess(text), want, "{text}");
        }
    }
}
