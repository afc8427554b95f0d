//! ASCII names of items for links: “Gaismas logs” is `gaismas-logs`.

const SLUG_LETTERS_MAX: usize = 60;

/// Pages of an issue that are no items: `/2026/12/print`.
const TAKEN: [&str; 1] = ["print"];

/// Lower-case ASCII letters, digits and single hyphens, cut at a word, never empty. Not unique: the caller adds
/// `-2` where an issue already has it. Once published a slug stays, whatever becomes of the title.
pub fn item_slug(title: &str) -> String {
    let mut slug = String::new();
    for letter in title.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => slug.push(letter),
            // A combining mark belongs to the letter before it.
            '\u{300}'..='\u{36f}' => {}
            other => match ascii(other) {
                "" if !slug.ends_with('-') => slug.push('-'),
                ascii => slug.push_str(ascii),
            },
        }
    }
    let slug = slug.trim_matches('-');
    let slug = match slug.get(..SLUG_LETTERS_MAX) {
        Some(head) if slug.len() > SLUG_LETTERS_MAX => {
            let whole_words = slug.as_bytes().get(SLUG_LETTERS_MAX) == Some(&b'-');
            let cut = if whole_words { None } else { head.rfind('-').filter(|at| *at > 20) };
            head[..cut.unwrap_or(head.len())].trim_matches('-')
        }
        _ => slug,
    };
    if slug.is_empty() {
        "zina".to_owned()
    } else if TAKEN.contains(&slug) {
        format!("zina-{slug}")
    } else {
        slug.to_owned()
    }
}

/// The letters of Latvian, its neighbours and Russian.
fn ascii(letter: char) -> &'static str {
    match letter {
        'ā' | 'á' | 'à' | 'â' | 'ä' | 'ą' | 'å' | 'ã' | 'а' => "a",
        'б' => "b",
        'č' | 'ć' | 'ç' => "c",
        'д' => "d",
        'ē' | 'é' | 'è' | 'ê' | 'ë' | 'ę' | 'ė' | 'е' | 'ё' | 'э' => "e",
        'ф' => "f",
        'ģ' | 'г' => "g",
        'х' => "h",
        'ī' | 'í' | 'î' | 'ï' | 'į' | 'и' => "i",
        'й' => "j",
        'ķ' | 'к' => "k",
        'ļ' | 'ł' | 'л' => "l",
        'м' => "m",
        'ņ' | 'ń' | 'ñ' | 'н' => "n",
        'ō' | 'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'о' => "o",
        'п' => "p",
        'ŗ' | 'р' => "r",
        'š' | 'ś' | 'с' => "s",
        'ß' => "ss",
        'т' => "t",
        'ū' | 'ú' | 'ù' | 'û' | 'ü' | 'ų' | 'у' => "u",
        'в' => "v",
        'ы' | 'ý' => "y",
        'ž' | 'ź' | 'ż' | 'з' => "z",
        'ж' => "zh",
        'ц' => "c",
        'ч' => "ch",
        'ш' | 'щ' => "sh",
        'ю' => "ju",
        'я' => "ja",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_short_ascii_names() {
        for (title, slug) in [
            ("Gaismas logs", "gaismas-logs"),
            (
                "Mācības Ilgu muižā: pieteikties var līdz 15. decembrim",
                "macibas-ilgu-muiza-pieteikties-var-lidz-15-decembrim",
            ),
            ("Ģķļņ ŠŪŽ", "gkln-suz"),
            ("Ме\u{301}тро", "metro"),
            ("  ??? 🎄 ", "zina"),
            ("<script>alert(1)</script>", "script-alert-1-script"),
            ("../../etc/passwd", "etc-passwd"),
            ("a\u{304}bele", "abele"),
        ] {
            assert_eq!(item_slug(title), slug);
        }
        assert_eq!(item_slug(&"a".repeat(300)).len(), SLUG_LETTERS_MAX);
        let words = item_slug(&"vārds ".repeat(40));
        assert!(words.len() <= SLUG_LETTERS_MAX && words.ends_with("vards"), "{words}");
    }
}
