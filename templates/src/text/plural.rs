//! Plural rules (CLDR) of our languages, for whole numbers.

use subscribers::Language;

/// The forms of a noun beside a number: Latvian zero, one, other; English uses `one` and `other`.
#[derive(Debug, Clone, Copy)]
pub struct Plural {
    pub zero: &'static str,
    pub one: &'static str,
    pub other: &'static str,
}

impl Plural {
    pub fn of(self, language: Language, n: usize) -> &'static str {
        match language {
            Language::Latvian if n.is_multiple_of(10) || (11..=19).contains(&(n % 100)) => self.zero,
            Language::Latvian if n % 10 == 1 => self.one,
            Language::Latvian => self.other,
            Language::English if n == 1 => self.one,
            Language::English => self.other,
        }
    }

    /// “5 ziņas”, number and noun kept together.
    pub fn count(self, language: Language, n: usize) -> String {
        format!("{n}\u{a0}{}", self.of(language, n))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latvian_counts_as_latvians_do() {
        let news = Plural { zero: "ziņu", one: "ziņa", other: "ziņas" };
        for (n, word) in [
            (0, "ziņu"),
            (1, "ziņa"),
            (2, "ziņas"),
            (9, "ziņas"),
            (10, "ziņu"),
            (11, "ziņu"),
            (19, "ziņu"),
            (20, "ziņu"),
            (21, "ziņa"),
            (22, "ziņas"),
            (111, "ziņu"),
            (121, "ziņa"),
        ] {
            assert_eq!(news.of(Language::Latvian, n), word, "{n}");
        }
        let news = Plural { zero: "items", one: "item", other: "items" };
        assert_eq!([0, 1, 21].map(|n| news.of(Language::English, n)), ["items", "item", "items"]);
    }
}
