//! The few places where the two databases want different words.

use anyhow::bail;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// # Errors
    /// The address is of neither database.
    pub fn of(url: &str) -> anyhow::Result<Self> {
        match url.split(':').next() {
            Some("sqlite") => Ok(Dialect::Sqlite),
            Some("postgres" | "postgresql") => Ok(Dialect::Postgres),
            _ => bail!("the database must be a file or begin with postgres://"),
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Dialect::Sqlite => "SQLite",
            Dialect::Postgres => "PostgreSQL",
        }
    }

    pub(super) fn begin(self) -> &'static str {
        match self {
            Dialect::Sqlite => "BEGIN IMMEDIATE",
            Dialect::Postgres => "BEGIN",
        }
    }

    /// Ends an inner SELECT that claims rows among several workers.
    pub(super) fn skip_locked(self) -> &'static str {
        match self {
            Dialect::Sqlite => "",
            Dialect::Postgres => " FOR UPDATE SKIP LOCKED",
        }
    }

    /// Ends a SELECT whose row is changed by the rest of the transaction. SQLite has one writer anyway.
    pub(super) fn for_update(self) -> &'static str {
        match self {
            Dialect::Sqlite => "",
            Dialect::Postgres => " FOR UPDATE",
        }
    }

    /// Ends a SELECT whose row several transactions may hold at once, as long as nobody holds it alone.
    pub(super) fn for_share(self) -> &'static str {
        match self {
            Dialect::Sqlite => "",
            Dialect::Postgres => " FOR SHARE",
        }
    }

    /// Ends a SELECT whose row is held alone, though rows that refer to it may be added meanwhile.
    pub(super) fn for_alone(self) -> &'static str {
        match self {
            Dialect::Sqlite => "",
            Dialect::Postgres => " FOR NO KEY UPDATE",
        }
    }

    /// Two changes of different tables as one text, which is one way to the database and back. The number of rows that
    /// it says is of both on SQLite, of the second on PostgreSQL.
    pub(super) fn together(self, first: &str, second: &str) -> String {
        match self {
            Dialect::Sqlite => format!("{first}; {second}"),
            Dialect::Postgres => format!("WITH first AS ({first}) {second}"),
        }
    }

    /// A table of deliveries from the JSON list in a parameter.
    pub(super) fn delivery_rows(self, parameter: &str) -> String {
        match self {
            Dialect::Sqlite => format!(
                "(SELECT value->>'p' AS p, value->>'s' AS s, value->>'r' AS r, value->>'h' AS h, value->>'l' AS l,
                     value->>'m' AS m, value->>'t' AS t FROM json_each({parameter}))"
            ),
            Dialect::Postgres => format!(
                "json_to_recordset(CAST({parameter} AS json))
                     AS d(p BIGINT, s BIGINT, r TEXT, h TEXT, l TEXT, m TEXT, t BIGINT)"
            ),
        }
    }

    /// A table `c` of changes to the ledger from the JSON list in a parameter. `e` is the state that is expected; a
    /// comparison with a word in the statement would send PostgreSQL to the index of the rows under way, which is short
    /// and full of what has been under way.
    pub(super) fn ledger_changes(self, parameter: &str) -> String {
        match self {
            Dialect::Sqlite => format!(
                "(SELECT value->>'i' AS i, value->>'s' AS s, value->>'n' AS n, value->>'a' AS a, value->>'u' AS u,
                     value->>'w' AS w, value->>'l' AS l, value->>'d' AS d, value->>'r' AS r, value->>'q' AS q,
                     value->>'f' AS f, value->>'e' AS e FROM json_each({parameter})) AS c"
            ),
            Dialect::Postgres => format!(
                "json_to_recordset(CAST({parameter} AS json)) AS c(i BIGINT, s TEXT, n BIGINT, a BIGINT, u BIGINT,
                     w BIGINT, l BIGINT, d BIGINT, r TEXT, q TEXT, f BIGINT, e TEXT)"
            ),
        }
    }

    /// A table `c` of attempts from the JSON list in a parameter.
    pub(super) fn attempts(self, parameter: &str) -> String {
        match self {
            Dialect::Sqlite => format!(
                "(SELECT value->>'i' AS i, value->>'a' AS a, value->>'o' AS o, value->>'r' AS r
                     FROM json_each({parameter})) AS c"
            ),
            Dialect::Postgres => format!(
                "json_to_recordset(CAST({parameter} AS json)) AS c(i BIGINT, a BIGINT, o TEXT, r TEXT)"
            ),
        }
    }

    /// The condition that a key is among the whole numbers in the JSON list `$n`. An array, since PostgreSQL takes a
    /// table from JSON for a hundred rows, and then reading all of the other one for cheaper; an array it takes for ten.
    pub(super) fn is_among(self, key: &str, parameter: &str) -> String {
        match self {
            Dialect::Sqlite => format!("{key} IN (SELECT value FROM json_each({parameter}))"),
            Dialect::Postgres => format!(
                "{key} = ANY (ARRAY(SELECT CAST(value AS BIGINT)
                     FROM json_array_elements_text(CAST({parameter} AS json))))"
            ),
        }
    }

    /// Ends the condition that joins a key with `c.i` of the table from the same parameter, for the reason given at
    /// [`Dialect::is_among`]. SQLite looks up each key anyway.
    pub(super) fn by_key(self, key: &str, parameter: &str) -> String {
        match self {
            Dialect::Sqlite => String::new(),
            Dialect::Postgres => format!(
                " AND {key} = ANY (ARRAY(SELECT CAST(value->>'i' AS BIGINT)
                     FROM json_array_elements(CAST({parameter} AS json))))"
            ),
        }
    }

    /// A table `each(value)` of the whole numbers in the JSON list `$n`.
    pub(super) fn each_number(self, parameter: &str) -> String {
        match self {
            Dialect::Sqlite => format!("(SELECT value FROM json_each({parameter}))"),
            Dialect::Postgres => {
                format!(
                    "(SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST({parameter} AS json)))"
                )
            }
        }
    }
}
