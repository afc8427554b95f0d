//! “Piesakieties šeit”: words that meant a link once. Mail programs take the link off when a text is copied, and who
//! hears or prints a text never had one.

/// In small letters; the first that is found is named.
const PHRASES: [&str; 19] = [
    "spiediet šeit",
    "spied šeit",
    "klikšķiniet šeit",
    "klikšķini šeit",
    "piesakieties šeit",
    "piesakies šeit",
    "pieteikties šeit",
    "pieteikšanās šeit",
    "reģistrējieties šeit",
    "reģistrēties šeit",
    "skatiet šeit",
    "skatīt šeit",
    "lasiet šeit",
    "lasīt šeit",
    "vairāk šeit",
    "click here",
    "read more here",
    "sign up here",
    "register here",
];
/// Where an address begins that a reader can follow.
const ADDRESSES: [&str; 3] = ["http://", "https://", "www."];

/// The words of a line that send its reader somewhere without saying where.
pub fn vague_link(text: &str) -> Option<&'static str> {
    text.lines().find_map(|line| {
        let line = line.to_lowercase();
        if ADDRESSES.iter().any(|start| line.contains(start)) {
            return None;
        }
        PHRASES.into_iter().find(|phrase| {
            let end = line.find(phrase).map(|at| at + phrase.len());
            // “šeitan” is another word.
            end.is_some_and(|end| !line[end..].starts_with(char::is_alphabetic))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_sends_nowhere_is_found() {
        for (text, found) in [
            ("Nāciet!\nPiesakieties šeit!", Some("piesakieties šeit")),
            ("Lai uzzinātu vairāk, KLIKŠĶINIET ŠEIT.", Some("klikšķiniet šeit")),
            ("Click here.", Some("click here")),
            ("Piesakieties šeit: https://muiza.example/pieteiksanas", None),
            ("Piesakieties šeit (www.muiza.example)", None),
            ("Piesakieties šeit.\nhttps://muiza.example", Some("piesakieties šeit")),
            ("Lasīt šeitan", None),
            ("Šeit lasīt ir labi. Mēs esam šeit.", None),
            ("", None),
        ] {
            assert_eq!(vague_link(text), found, "{text}");
        }
    }
}
