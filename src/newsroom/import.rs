//! A list of readers from elsewhere. With a stated consent they are confirmed at once and the consent is kept with
//! each; without one each is asked by mail.
//!
//! Names are not kept: a bulletin needs none. What a list must not do is bring back somebody who left or whose
//! address is suppressed.

use std::collections::HashSet;

use anyhow::{Context as _, ensure};
use chrono::NaiveDate;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1257};
use serde::Serialize;
use subscribers::{
    EmailAddress, InvalidPause, InvalidTransition, Language, MUNICIPALITY_CHARACTERS_MAX, Manner, Pause,
    Preferences, SubscriptionState, SuppressionReason,
};

use super::people::{self, NotDone, Origin, Requested};
use crate::app::App;

/// Rows whose changes become one transaction.
const BATCH_ROWS_MAX: usize = 500;

const ADDRESS: [&str; 8] =
    ["address", "email", "e-mail", "mail", "epasts", "e-pasts", "e-pasta adrese", "email address"];
const LANGUAGE: [&str; 3] = ["language", "valoda", "lang"];
const MUNICIPALITY: [&str; 2] = ["municipality", "novads"];
const STATE: [&str; 1] = ["state"];
/// As our own export names them.
const PLAIN_TEXT: [&str; 1] = ["plain_text"];
const PAUSED_UNTIL: [&str; 1] = ["paused_until"];
const PAUSED_ISSUES: [&str; 1] = ["paused_issues"];

/// How a cell begins that a spreadsheet takes for a formula, and the mark that says it is none.
const FORMULA: [char; 5] = ['=', '+', '-', '@', MARK];
const MARK: char = '\'';

/// What a reader typed, as a cell of a list that is exported: no spreadsheet takes it for a formula.
pub fn as_cell(text: &str) -> String {
    if text.starts_with(FORMULA) { format!("{MARK}{text}") } else { text.to_owned() }
}

/// What a cell says, without the mark of [`as_cell`].
fn of_cell(cell: &str) -> &str {
    cell.strip_prefix(MARK).filter(|rest| rest.starts_with(FORMULA)).unwrap_or(cell)
}

/// What became of the rows of a list: `read` = `added` + `known` + the refused.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    pub read: u64,
    /// Confirmed, or asked to confirm.
    pub added: u64,
    /// Subscribed already, or earlier in the list.
    pub known: u64,
    pub refused: Vec<RefusedRow>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct RefusedRow {
    /// In the file, counted from 1.
    pub line: u64,
    pub why: Refusal,
}

/// Why a row is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the line is no CSV")]
    NotCsv,
    #[error("the list itself says that the state is {0:?}")]
    Stated(String),
    #[error("{0}")]
    Address(String),
    #[error("the language must be lv or en")]
    Language,
    #[error("the municipality is no name")]
    Municipality,
    #[error(
        "plain_text must be yes or empty, paused_until a day of the coming year such as 2027-01-31, paused_issues 1 to 3"
    )]
    Manner,
    #[error("the address is suppressed: {}", .0.name())]
    Suppressed(SuppressionReason),
    #[error("this address is our own")]
    Ours,
    #[error("nobody reads this address: its name is that of a machine")]
    Nobody,
    #[error("this reader has left; only their own wish brings them back")]
    Left,
    #[error("the subscription is {0}")]
    State(&'static str),
}

impl Serialize for Refusal {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Is what an import does kept?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    Yes,
    /// Only looks what would become of the rows: everything is taken back.
    No,
}

/// A row that can be taken.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    pub line: u64,
    pub address: EmailAddress,
    pub preferences: Preferences,
    pub manner: Manner,
}

/// Reads a list: a header row with a column for the address; commas, semicolons or tabs between the columns; UTF-8,
/// UTF-16 with its mark, or what spreadsheets in Latvia write (windows-1257). Rows that cannot be taken are refused,
/// each with its line. A pause that is over by `today` is none.
///
/// # Errors
/// There is no header row with an address.
pub fn read(
    content: &[u8],
    language: Language,
    today: NaiveDate,
) -> anyhow::Result<Vec<Result<Row, RefusedRow>>> {
    let text = decoded(content);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(&text))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let head = reader.headers().context("read the header row")?.clone();
    let column = |names: &[&str]| head.iter().position(|name| names.contains(&name.to_lowercase().as_str()));
    let address = column(&ADDRESS);
    ensure!(
        address.is_some(),
        "line 1 names no column “address”, “e-mail” or “epasts”; the first line of the file must name the columns"
    );
    let columns = Columns {
        address,
        language: column(&LANGUAGE),
        municipality: column(&MUNICIPALITY),
        state: column(&STATE),
        plain_text: column(&PLAIN_TEXT),
        paused_until: column(&PAUSED_UNTIL),
        paused_issues: column(&PAUSED_ISSUES),
    };
    let mut lines = Lines { text: text.as_bytes(), at: 0, line: 1 };
    let mut rows = Vec::new();
    for record in reader.records() {
        rows.push(match record {
            Ok(record) => {
                let line = lines.of(record.position());
                columns.row(&record, line, language, today).map_err(|why| RefusedRow { line, why })
            }
            Err(error) => {
                let line = lines.of(error.position());
                Err(RefusedRow { line, why: Refusal::NotCsv })
            }
        });
    }
    Ok(rows)
}

/// Counts the lines of the file as an editor of texts does. The reader's own count is one less after CRLF and after
/// empty lines, since it has not passed them yet when a record begins.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    fn of(&mut self, position: Option<&csv::Position>) -> u64 {
        let start = position.and_then(|position| usize::try_from(position.byte()).ok());
        let mut end = start.unwrap_or(self.at).clamp(self.at, self.text.len());
        while matches!(self.text.get(end), Some(b'\r' | b'\n')) {
            end += 1;
        }
        self.line += self.text[self.at..end].iter().filter(|b| **b == b'\n').count() as u64;
        self.at = end;
        self.line
    }
}

struct Columns {
    address: Option<usize>,
    language: Option<usize>,
    municipality: Option<usize>,
    state: Option<usize>,
    plain_text: Option<usize>,
    paused_until: Option<usize>,
    paused_issues: Option<usize>,
}

impl Columns {
    fn row(
        &self,
        record: &csv::StringRecord,
        line: u64,
        language: Language,
        today: NaiveDate,
    ) -> Result<Row, Refusal> {
        let cell = |column: Option<usize>| column.and_then(|column| record.get(column)).map_or("", of_cell);
        // What we export says who is confirmed; others in it are no readers.
        if !matches!(cell(self.state), "" | "confirmed") {
            return Err(Refusal::Stated(cell(self.state).to_owned()));
        }
        let address =
            EmailAddress::parse(cell(self.address)).map_err(|error| Refusal::Address(error.to_string()))?;
        let code = cell(self.language).to_lowercase();
        let language = match code.as_str() {
            "" => language,
            code => Language::parse(code).ok_or(Refusal::Language)?,
        };
        let municipality = cell(self.municipality);
        if municipality.chars().count() > MUNICIPALITY_CHARACTERS_MAX
            || municipality.contains(char::is_control)
        {
            return Err(Refusal::Municipality);
        }
        let preferences = Preferences { language, municipality: municipality.to_owned() };
        let manner = manner(cell(self.plain_text), cell(self.paused_until), cell(self.paused_issues), today)?;
        Ok(Row { line, address, preferences, manner })
    }
}

fn manner(plain_text: &str, until: &str, issues: &str, today: NaiveDate) -> Result<Manner, Refusal> {
    let plain_text = match plain_text {
        "" => false,
        "yes" => true,
        _ => return Err(Refusal::Manner),
    };
    let pause = match (until, issues) {
        ("", "") => None,
        (until, "") => match Pause::until(until.parse().map_err(|_| Refusal::Manner)?, today) {
            Ok(pause) => Some(pause),
            Err(InvalidPause::Past) => None,
            Err(InvalidPause::TooFar | InvalidPause::Issues) => return Err(Refusal::Manner),
        },
        ("", issues) => {
            let issues = issues.parse().map_err(|_| Refusal::Manner)?;
            Some(Pause::issues(issues).map_err(|_| Refusal::Manner)?)
        }
        _ => return Err(Refusal::Manner),
    };
    Ok(Manner { plain_text, pause })
}

/// The text of a file, in whichever of those encodings.
pub fn decoded(content: &[u8]) -> String {
    let encoding = match Encoding::for_bom(content) {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(content).is_ok() => UTF_8,
        None => WINDOWS_1257,
    };
    encoding.decode(content).0.into_owned()
}

/// Of the header row, which holds no text of people.
fn delimiter(text: &str) -> u8 {
    let head = text.lines().next().unwrap_or("");
    let count = |delimiter: u8| head.bytes().filter(|b| *b == delimiter).count();
    // On a tie the comma.
    [b'\t', b';', b','].into_iter().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

/// Takes the rows of a list. `consent` are the words of the consent they gave elsewhere; `origin` names the file.
/// `progress` is told how many rows are done.
///
/// # Errors
/// The database fails; batches before that are kept, and the same list can be imported again.
pub async fn import(
    app: &App,
    rows: Vec<Result<Row, RefusedRow>>,
    consent: Option<&str>,
    origin: &str,
    keep: Keep,
    mut progress: impl FnMut(u64),
) -> anyhow::Result<Imported> {
    let origin = Origin { channel: "import", from: origin };
    let mut imported = Imported::default();
    let mut seen = HashSet::new();
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let mut write = app.store.write().await?;
        for row in rows.by_ref().take(BATCH_ROWS_MAX) {
            imported.read += 1;
            let row = match row {
                Ok(row) => row,
                Err(refused) => {
                    imported.refused.push(refused);
                    continue;
                }
            };
            if !seen.insert(row.address.key()) {
                imported.known += 1;
                continue;
            }
            let taken = match consent {
                Some(words) => confirmed(app, &mut write, &row, words, origin).await?,
                None => asked(app, &mut write, &row, origin).await?,
            };
            match taken {
                Taken::Added => {
                    choose(app, &mut write, &row).await?;
                    imported.added += 1;
                }
                Taken::Known => imported.known += 1,
                Taken::Refused(why) => imported.refused.push(RefusedRow { line: row.line, why }),
            }
        }
        match keep {
            Keep::Yes => write.commit().await?,
            Keep::No => write.roll_back().await?,
        }
        app.wake.queued.notify_waiters();
        progress(imported.read);
    }
    Ok(imported)
}

/// What a reader chose elsewhere holds here too.
async fn choose(app: &App, write: &mut crate::store::Write, row: &Row) -> anyhow::Result<()> {
    if row.manner == Manner::default() {
        return Ok(());
    }
    let found = write.subscription_of(app.publication, &row.address).await?;
    let found = found.context("find the reader that was just added")?;
    write.change_preferences(found.id, &found.preferences, row.manner, app.clock.now()).await
}

enum Taken {
    Added,
    Known,
    Refused(Refusal),
}

async fn confirmed(
    app: &App,
    write: &mut crate::store::Write,
    row: &Row,
    words: &str,
    origin: Origin<'_>,
) -> anyhow::Result<Taken> {
    let found = write.subscription_of(app.publication, &row.address).await?;
    if found.is_some_and(|found| matches!(found.state, SubscriptionState::Confirmed { .. })) {
        return Ok(Taken::Known);
    }
    match people::add_in(app, write, &row.address, &row.preferences, words, origin).await {
        Ok(_) => Ok(Taken::Added),
        Err(NotDone::Suppressed(reason)) => Ok(Taken::Refused(Refusal::Suppressed(reason))),
        Err(NotDone::Step(InvalidTransition { from, .. })) => Ok(Taken::Refused(goodbye(from))),
        Err(NotDone::Nobody) => Ok(Taken::Refused(Refusal::Nobody)),
        Err(NotDone::Failed(error)) => Err(error),
        Err(
            error @ (NotDone::NoSuchSubscription
            | NotDone::NoReason
            | NotDone::NoConsent
            | NotDone::NotSuppressed),
        ) => Err(error.into()),
    }
}

/// A list is nobody's own wish: only who is new to us, or waits for an answer already, is asked.
async fn asked(
    app: &App,
    write: &mut crate::store::Write,
    row: &Row,
    origin: Origin<'_>,
) -> anyhow::Result<Taken> {
    if let Some(suppression) = write.suppression(&crate::store::address_hash(&row.address)).await? {
        return Ok(Taken::Refused(Refusal::Suppressed(suppression.reason)));
    }
    if let Some(found) = write.subscription_of(app.publication, &row.address).await? {
        return Ok(match found.state {
            SubscriptionState::Pending { .. } | SubscriptionState::Confirmed { .. } => Taken::Known,
            SubscriptionState::Unsubscribed { .. } | SubscriptionState::Suppressed { .. } => {
                Taken::Refused(goodbye(found.state.name()))
            }
        });
    }
    let words = &super::view::consent(app, row.preferences.language);
    match people::request_in(app, write, &row.address, &row.preferences, words, origin).await? {
        Requested::Asked => Ok(Taken::Added),
        Requested::Known | Requested::TooSoon => Ok(Taken::Known),
        Requested::Nobody => Ok(Taken::Refused(Refusal::Nobody)),
        Requested::Suppressed => Ok(Taken::Refused(Refusal::Ours)),
    }
}

fn goodbye(state: &'static str) -> Refusal {
    if state == "unsubscribed" { Refusal::Left } else { Refusal::State(state) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Address, municipality and language of a row; or its line and what is wrong.
    type Checked = Result<(String, String, Language), (u64, String)>;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 25).unwrap()
    }

    fn check(content: &[u8]) -> Vec<Checked> {
        let rows = read(content, Language::Latvian, today()).unwrap();
        rows.into_iter()
            .map(|row| {
                row.map(|row| {
                    let Preferences { language, municipality } = row.preferences;
                    (row.address.as_str().to_owned(), municipality, language)
                })
                .map_err(|refused| (refused.line, refused.why.to_string()))
            })
            .collect()
    }

    fn anna(municipality: &str, language: Language) -> Result<(String, String, Language), (u64, String)> {
        Ok(("anna@example.lv".into(), municipality.into(), language))
    }

    #[test]
    fn lists_are_read_as_spreadsheets_write_them() {
        use Language::{English, Latvian};
        assert_eq!(check(b"address\nanna@example.lv\n"), [anna("", Latvian)]);
        let semicolons =
            "\u{feff}Vārds;E-pasts;Novads;Valoda\r\nAnna;anna@example.lv;Jēkabpils novads;EN\r\n";
        assert_eq!(check(semicolons.as_bytes()), [anna("Jēkabpils novads", English)]);
        assert_eq!(check(b"name\tE-MAIL\nAnna\t anna@example.lv \n"), [anna("", Latvian)]);
        // “Jēkabpils” in windows-1257.
        assert_eq!(check(b"epasts,novads\nanna@example.lv,J\xe7kabpils\n"), [anna("Jēkabpils", Latvian)]);
        let utf_16: Vec<u8> =
            "\u{feff}epasts\nanna@example.lv\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(check(&utf_16), [anna("", Latvian)]);
    }

    #[test]
    fn what_cannot_be_taken_is_refused_with_its_line() {
        let list = "epasts,valoda\nanna\n\nilze@example.lv,de\n\"anna@example.lv\",lv\n";
        assert_eq!(
            check(list.as_bytes()),
            [
                Err((2, "an address needs an @ with something on both sides".into())),
                Err((4, "the language must be lv or en".into())),
                anna("", Language::Latvian),
            ]
        );
    }

    #[test]
    fn a_list_without_an_address_column_is_no_list() {
        let error = read(b"anna@example.lv\nilze@example.lv\n", Language::Latvian, today()).unwrap_err();
        assert!(error.to_string().contains("“epasts”"), "{error}");
        assert!(read(b"", Language::Latvian, today()).is_err());
    }

    #[test]
    fn how_the_bulletin_comes_is_read_as_we_export_it() {
        let manner = |cells: &str| {
            let list = format!("address,plain_text,paused_until,paused_issues\nanna@example.lv,{cells}\n");
            read(list.as_bytes(), Language::Latvian, today()).unwrap().remove(0).map(|row| row.manner)
        };
        let is = |plain_text, pause| Ok(Manner { plain_text, pause });
        assert_eq!(manner(",,"), is(false, None));
        assert_eq!(manner("yes,,2"), is(true, Some(Pause::Issues(2))));
        let day = NaiveDate::from_ymd_opt(2027, 1, 31).unwrap();
        assert_eq!(manner(",2027-01-31,"), is(false, Some(Pause::Until(day))));
        assert_eq!(manner(",2026-11-25,"), is(false, None), "over");
        for cells in ["no,,", ",2028-01-31,", ",soon,", ",,0", ",,4", ",2027-01-31,1"] {
            assert_eq!(manner(cells).unwrap_err().why, Refusal::Manner, "{cells}");
        }
    }

    #[test]
    fn our_own_export_brings_back_only_the_confirmed() {
        let list = "address,state,language\nanna@example.lv,confirmed,lv\nilze@example.lv,unsubscribed,lv\n";
        let rows = check(list.as_bytes());
        assert_eq!(rows[0], anna("", Language::Latvian));
        assert!(rows[1].as_ref().is_err_and(|(line, _)| *line == 3));
    }

    #[test]
    fn no_cell_is_a_formula_and_each_comes_back_as_it_was() {
        for typed in ["=1+1@pasts.example", "+371", "-", "@x", "'", "'=", "Aknīste", ""] {
            let cell = as_cell(typed);
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
            assert_eq!(of_cell(&cell), typed);
        }
    }
}
