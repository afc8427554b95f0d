//! How a command ends: what it prints, what it says when it cannot, and its exit status.

use std::io::{self, Write as _};
use std::process::ExitCode;

use anyhow::Context as _;
use serde::Serialize;

/// EX_DATAERR of sysexits.h: the mail is refused for good.
const MAIL_REFUSED: u8 = 65;
/// EX_TEMPFAIL of sysexits.h: the mail server keeps the mail and comes again.
const MAIL_LATER: u8 = 75;

/// What goes to standard output, or why there is nothing (else) to print.
pub type Outcome = Result<Vec<u8>, Failure>;

#[derive(Debug)]
pub enum Failure {
    /// The answer is no: nothing found, or refused by a state. `output` is printed all the same.
    No { why: String, output: Vec<u8> },
    /// Wrong use, or something given that cannot be read.
    Use(anyhow::Error),
    /// Something outside failed: the database, the network, a file of ours.
    Outside(anyhow::Error),
    /// `receive`: this mail is never taken.
    MailRefused(String),
    /// `receive`: this mail could not be stored now.
    MailLater(String),
}

impl Failure {
    pub fn no(why: impl Into<String>) -> Self {
        Failure::No { why: why.into(), output: Vec::new() }
    }

    /// There is no such thing with this number.
    pub fn missing(what: &str, id: i64) -> Self {
        Self::no(format!("there is no {what} {id}; `zinas {what} list` shows those there are"))
    }

    pub fn status(&self) -> u8 {
        match self {
            Failure::No { .. } => 1,
            Failure::Use(_) => 2,
            Failure::Outside(_) => 3,
            Failure::MailRefused(_) => MAIL_REFUSED,
            Failure::MailLater(_) => MAIL_LATER,
        }
    }

    /// The one sentence for standard error.
    pub fn sentence(&self) -> String {
        match self {
            Failure::No { why, .. } | Failure::MailRefused(why) | Failure::MailLater(why) => sentence(why),
            Failure::Use(error) | Failure::Outside(error) => sentence(&format!("{error:#}")),
        }
    }
}

/// What fails without anybody having said where it belongs failed outside: the store and the files are there.
impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Failure::Outside(error)
    }
}

/// One line of several: parsers of files quote the place in lines of their own (`3 | key = …`, `  | ^^^`), which
/// may hold what nobody should read in a log. They are left out; the line number stays.
fn sentence(text: &str) -> String {
    let is_quotation = |line: &str| {
        let rest = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
        rest.starts_with('|')
    };
    let lines = text.lines().filter(|line| !is_quotation(line)).map(str::trim);
    let mut sentence = String::new();
    for line in lines.filter(|line| !line.is_empty()) {
        if !sentence.is_empty() {
            sentence.push_str(if sentence.ends_with([':', ';', ',']) { " " } else { ": " });
        }
        sentence.push_str(line);
    }
    sentence
}

/// For programs: one array or one object.
pub fn json<T: Serialize + ?Sized>(value: &T) -> Outcome {
    let mut output = serde_json::to_vec_pretty(value).context("write as JSON")?;
    output.push(b'\n');
    Ok(output)
}

/// Prints and gives the exit status. Whoever reads us may stop reading (`zinas … | head`): that is no failure.
pub fn finish(outcome: Outcome) -> ExitCode {
    let (output, failure) = match outcome {
        Ok(output) => (output, None),
        Err(Failure::No { why, output }) => {
            let no = Failure::no(why);
            (output, Some(no))
        }
        Err(failure) => (Vec::new(), Some(failure)),
    };
    let mut stdout = io::stdout().lock();
    let printed = stdout.write_all(&output).and_then(|()| stdout.flush());
    if let Some(failure) = &failure {
        say(&failure.sentence());
    }
    match printed {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            say(&format!("cannot print: {error}"));
            ExitCode::from(3)
        }
        Ok(()) | Err(_) => ExitCode::from(failure.map_or(0, |failure| failure.status())),
    }
}

/// A sentence on standard error; if that is closed as well, there is nobody to tell.
pub fn say(sentence: &str) {
    let _ = writeln!(io::stderr(), "zinas: {sentence}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_a_file_is_one_sentence_with_its_line_and_without_what_stood_there() {
        #[derive(Debug, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct File {
            #[expect(dead_code, reason = "only its name is looked at")]
            good: Option<String>,
        }
        let error = toml::from_str::<File>("good = \"a\"\nbad = \"hunter2\"\n").unwrap_err();
        let failure = Failure::Use(anyhow::Error::new(error).context("in the configuration zinas.toml"));
        let said = failure.sentence();
        assert_eq!(
            said,
            "in the configuration zinas.toml: TOML parse error at line 2, column 1: unknown field `bad`, \
             expected `good`"
        );
        assert_eq!(failure.status(), 2);
    }

    #[test]
    fn what_fails_outside_has_a_status_of_its_own() {
        assert_eq!(Failure::from(anyhow::anyhow!("open the database")).status(), 3);
        assert_eq!(Failure::missing("item", 7).status(), 1);
        assert_eq!(Failure::MailLater(String::new()).status(), 75);
        assert_eq!(Failure::MailRefused(String::new()).status(), 65);
    }
}
