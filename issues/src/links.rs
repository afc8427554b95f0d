//! What looking at the links of an issue found, as values that templates put into words. The looking is the daemon's.

use std::fmt;

use crate::WebLink;

/// One link and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkFinding {
    pub link: WebLink,
    pub found: Found,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The page is there.
    Page,
    /// The page is there, but on another site than the link says: perhaps sold, closed or shortened.
    Elsewhere {
        at: WebLink,
    },
    /// There is no such page (404 or 410).
    Missing {
        status: u16,
    },
    /// The site does not show it to a program, or only to people it knows (any other 4xx).
    Refused {
        status: u16,
    },
    /// The site is in trouble (5xx).
    Trouble {
        status: u16,
    },
    /// What answered made no sense as a web site.
    Nonsense,
    /// There is no site of that name.
    NameNotFound,
    /// Nothing takes connections there.
    NoConnection,
    /// The site cannot prove that it is the one named: expired, self-signed, or another's certificate.
    Certificate,
    /// No answer in time.
    TimedOut,
    /// Sent on from page to page without end.
    TooManyRedirects,
    NotChecked(Unchecked),
}

/// Why nobody looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unchecked {
    /// The link, or what it leads on to, is inside somebody's own network; readers cannot open it.
    Private,
    /// Web sites for everybody do not live on such a port.
    OtherPort,
    /// The issue, or the site within the issue, has more links than are looked at.
    TooMany,
    /// Time was up before its turn came.
    OutOfTime,
}

impl Found {
    /// A stable name: for `--json`, for the database and as the key of a template's words.
    pub fn name(&self) -> &'static str {
        match self {
            Found::Page => "page",
            Found::Elsewhere { .. } => "elsewhere",
            Found::Missing { .. } => "missing",
            Found::Refused { .. } => "refused",
            Found::Trouble { .. } => "trouble",
            Found::Nonsense => "nonsense",
            Found::NameNotFound => "name_not_found",
            Found::NoConnection => "no_connection",
            Found::Certificate => "certificate",
            Found::TimedOut => "timed_out",
            Found::TooManyRedirects => "too_many_redirects",
            Found::NotChecked(Unchecked::Private) => "private",
            Found::NotChecked(Unchecked::OtherPort) => "other_port",
            Found::NotChecked(Unchecked::TooMany) => "too_many",
            Found::NotChecked(Unchecked::OutOfTime) => "out_of_time",
        }
    }

    /// Is this something an editor should look at before the issue goes out?
    pub fn needs_a_look(&self) -> bool {
        match self {
            Found::Page => false,
            // Many good sites turn programs away: no reason to trouble anybody.
            Found::Refused { status } => !matches!(status, 401 | 403 | 405 | 429),
            Found::Elsewhere { .. }
            | Found::Missing { .. }
            | Found::Trouble { .. }
            | Found::Nonsense
            | Found::NameNotFound
            | Found::NoConnection
            | Found::Certificate
            | Found::TimedOut
            | Found::TooManyRedirects
            | Found::NotChecked(_) => true,
        }
    }
}

/// For the command line, in a few words; what readers and editors see is the templates'.
impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Found::Page => f.write_str("works"),
            Found::Elsewhere { at } => write!(f, "leads to another site: {}", at.as_str()),
            Found::Missing { status } => write!(f, "no such page, status {status}"),
            Found::Refused { status } => write!(f, "not shown to a program, status {status}"),
            Found::Trouble { status } => write!(f, "the site is in trouble, status {status}"),
            Found::Nonsense => f.write_str("no sensible answer"),
            Found::NameNotFound => f.write_str("no site of that name"),
            Found::NoConnection => f.write_str("no connection"),
            Found::Certificate => f.write_str("the certificate of the site is not valid"),
            Found::TimedOut => f.write_str("no answer in time"),
            Found::TooManyRedirects => f.write_str("sent on without end"),
            Found::NotChecked(Unchecked::Private) => f.write_str("not checked: inside a private network"),
            Found::NotChecked(Unchecked::OtherPort) => f.write_str("not checked: an unusual port"),
            Found::NotChecked(Unchecked::TooMany) => f.write_str("not checked: too many links"),
            Found::NotChecked(Unchecked::OutOfTime) => f.write_str("not checked: time was up"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_that_turns_programs_away_troubles_nobody() {
        assert!(!Found::Page.needs_a_look());
        assert!(!Found::Refused { status: 403 }.needs_a_look());
        assert!(Found::Refused { status: 400 }.needs_a_look());
        assert!(Found::Missing { status: 404 }.needs_a_look());
        assert!(Found::NotChecked(Unchecked::Private).needs_a_look());
    }
}
