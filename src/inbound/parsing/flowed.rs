//! Text that its program has wrapped for transport (RFC 3676, `format=flowed`), joined again.

/// Joins flowed lines. Lines of different quotation depth are never joined, nor is the signature line `-- `.
pub fn unwrap(text: &str, delete_space: bool) -> String {
    let mut out = String::with_capacity(text.len());
    // Depth of the line that waits for its continuation.
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let line = line.trim_end_matches('\r');
        let depth = line.bytes().take_while(|&b| b == b'>').count();
        let rest = &line[depth..];
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        let joined = open == Some(depth) && rest != "-- " && !rest.trim().is_empty();
        if !joined {
            if open.is_some() {
                out.push('\n');
            }
            if depth > 0 {
                out.extend(std::iter::repeat_n('>', depth));
                out.push(' ');
            }
        }
        let flows = rest.ends_with(' ') && rest != "-- ";
        out.push_str(if flows && delete_space { &rest[..rest.len() - 1] } else { rest });
        open = flows.then_some(depth);
        if !flows {
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::unwrap;

    #[test]
    fn flowed_lines_are_joined_within_their_quotation_only() {
        for (given, delete, want) in [
            ("viena \nrinda\n-- \nParaksts", false, "viena rinda\n-- \nParaksts\n"),
            ("> citāts \n> turpinās\natbilde \n\nbeigas", false, "> citāts turpinās\natbilde \n\nbeigas\n"),
            ("sa \nlikts", true, "salikts\n"),
            (" From mums\nno", false, "From mums\nno\n"),
            ("a \n> b", false, "a \n> b\n"),
        ] {
            assert_eq!(unwrap(given, delete), want, "{given:?}");
        }
    }
}
