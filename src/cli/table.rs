//! Plain tables for people on a terminal: columns aligned by characters, no lines, no colours.

use std::fmt;

use super::answer::Outcome;
use super::text;

/// Longest cell in characters; the rest is shown by `show` and `--json`.
const CELL_CHARACTERS_MAX: usize = 60;
const BETWEEN: &str = "  ";

pub struct Table<const N: usize> {
    head: [&'static str; N],
    rows: Vec<[String; N]>,
}

impl<const N: usize> Table<N> {
    pub fn new(head: [&'static str; N]) -> Self {
        Self { head, rows: Vec::new() }
    }

    pub fn row(&mut self, cells: [String; N]) {
        self.rows.push(cells.map(|cell| shortened(&text::line(&cell))));
    }

    pub fn print(self) -> Outcome {
        Ok(self.to_string().into_bytes())
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= CELL_CHARACTERS_MAX {
        return text.to_owned();
    }
    let mut start: String = text.chars().take(CELL_CHARACTERS_MAX - 1).collect();
    start.truncate(start.trim_end().len());
    start + "…"
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

impl<const N: usize> fmt::Display for Table<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.rows.is_empty() {
            return f.write_str("(none)\n");
        }
        let widths: [usize; N] = std::array::from_fn(|column| {
            let cells = self.rows.iter().map(|row| row[column].chars().count());
            cells.max().unwrap_or(0).max(self.head[column].chars().count())
        });
        let numbers: [bool; N] =
            std::array::from_fn(|column| self.rows.iter().all(|row| is_number(&row[column])));
        let mut write = |cells: [&str; N]| {
            let mut line = String::new();
            for (column, cell) in cells.into_iter().enumerate() {
                let width = widths[column];
                let padded =
                    if numbers[column] { format!("{cell:>width$}") } else { format!("{cell:<width$}") };
                line.push_str(&padded);
                line.push_str(BETWEEN);
            }
            writeln!(f, "{}", line.trim_end())
        };
        write(self.head)?;
        self.rows.iter().try_for_each(|row| write(std::array::from_fn(|column| row[column].as_str())))
    }
}

/// What `show` prints for people: names and values, then texts.
#[derive(Default)]
pub struct Card {
    fields: Vec<(&'static str, String)>,
    texts: Vec<String>,
}

impl Card {
    /// A field; one without a value is left out.
    pub fn field(&mut self, name: &'static str, value: impl AsRef<str>) -> &mut Self {
        let value = text::line(value.as_ref());
        if !value.is_empty() {
            self.fields.push((name, value));
        }
        self
    }

    /// A text with its lines, after the fields.
    pub fn text(&mut self, value: &str) -> &mut Self {
        let value = text::lines(value);
        if !value.trim().is_empty() {
            self.texts.push(value);
        }
        self
    }

    pub fn print(&self) -> Outcome {
        let width = self.fields.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        let mut output = String::new();
        for (name, value) in &self.fields {
            output.push_str(&format!("{name:<width$}{BETWEEN}{value}\n"));
        }
        for text in &self.texts {
            output.push('\n');
            output.push_str(text.trim_end());
            output.push('\n');
        }
        Ok(output.into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_by_characters_and_numbers_to_the_right() {
        let mut table = Table::new(["id", "title", "state"]);
        table.row(["7".into(), "Talka Sēlijā".into(), "pending".into()]);
        table.row(["12".into(), "Gadatirgus".into(), "approved".into()]);
        assert_eq!(
            table.to_string(),
            "id  title         state\n 7  Talka Sēlijā  pending\n12  Gadatirgus    approved\n"
        );
    }

    #[test]
    fn a_long_cell_is_cut_and_an_empty_table_says_so() {
        assert_eq!(Table::new(["id"]).to_string(), "(none)\n");
        let mut table = Table::new(["title"]);
        table.row(["ā".repeat(200)]);
        let cell = table.to_string().lines().nth(1).unwrap().to_owned();
        assert_eq!((cell.chars().count(), cell.ends_with('…')), (CELL_CHARACTERS_MAX, true));
    }
}
