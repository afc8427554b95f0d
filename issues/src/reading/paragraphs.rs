//! Lines of a letter as paragraphs: what a program has wrapped is joined, what a person has broken stays.

/// Shortest line that a program may have wrapped, and the widest column in use.
const WRAP_CHARS: std::ops::RangeInclusive<usize> = 56..=80;

/// Paragraphs separated by one blank line.
pub(super) fn unwrapped(text: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    for block in text.split("\n\n").map(str::trim).filter(|block| !block.is_empty()) {
        let lines: Vec<&str> = block.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let width = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
        let wrapped = lines.len() > 1 && WRAP_CHARS.contains(&width);
        let mut open = String::new();
        for (at, line) in lines.iter().enumerate() {
            if open.is_empty() {
                open.push_str(line);
            } else if wrapped && would_not_fit(lines[at - 1], line, width) {
                open.push(' ');
                open.push_str(line);
            } else if lines[at - 1].chars().count() > *WRAP_CHARS.end() && ends_sentence(lines[at - 1]) {
                // A long line is a paragraph of its own.
                out.push(std::mem::take(&mut open));
                open.push_str(line);
            } else {
                open.push('\n');
                open.push_str(line);
            }
        }
        out.push(open);
    }
    let tidied: Vec<String> = out
        .iter()
        .map(|paragraph| {
            paragraph
                .lines()
                .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
                .collect::<Vec<_>>()
                .join("\n")
        })
        .collect();
    tidied.join("\n\n")
}

fn ends_sentence(line: &str) -> bool {
    line.ends_with(['.', '!', '?', '”', '"', ')', '…', ':'])
}

/// Was the line broken because the next word had no room?
fn would_not_fit(line: &str, next: &str, width: usize) -> bool {
    let listed = next.starts_with(['-', '•', '*', '–'])
        || next
            .split(['.', ')'])
            .next()
            .is_some_and(|n| n.parse::<u8>().is_ok() && next[n.len()..].starts_with([')']));
    let word = next.split_whitespace().next().map_or(0, |word| word.chars().count());
    !listed && line.chars().count() + 1 + word > width.max(*WRAP_CHARS.start())
}

#[cfg(test)]
mod tests {
    use super::unwrapped;

    #[test]
    fn programs_lines_are_joined_and_peoples_lines_stay() {
        let wrapped = "Kopienu tīkls sadarbībā ar bibliotekāru biedrības nodaļu bibliotēkās\nveidos atbalsta punktus, kas nākotnē kļūs par pamatu padomju izveidei\nlauku kopienās.";
        assert_eq!(unwrapped(wrapped).lines().count(), 1);
        assert_eq!(unwrapped("Plkst. 10 talka\nPlkst. 12 zupa"), "Plkst. 10 talka\nPlkst. 12 zupa");
        assert_eq!(unwrapped("a\n\n\n\nb  c"), "a\n\nb c");
    }
}
