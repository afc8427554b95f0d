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

    /// A table of deliveries from the JSON list in a parameter.
    pub(super) fn delivery_rows(self, parameter: &str) -> String {
        match self {
            Dialect::Sqlite => format!(
                "(SELECT value->>'p' AS p, value->>'s' AS s, value->>'r' AS r, value->>'h' AS h, value->>'l' AS l,
                     value->>'m' AS m FROM json_each({parameter}))"
            ),
            Dialect::Postgres => format!(
                "json_to_recordset(CAST({parameter} AS json))
                     AS d(p BIGINT, s BIGINT, r TEXT, h TEXT, l TEXT, m TEXT)"
            ),
        }
    }

    /// A table `c` of changes to the ledger from the JSON list in a parameter.
    pub(super) fn ledger_changes(self, parameter: &str) -> String {
        match self {
            Dialect::Sqlite => format!(
                "(SELECT value->>'i' AS i, value->>'s' AS s, value->>'n' AS n, value->>'a' AS a, value->>'u' AS u,
                     value->>'w' AS w, value->>'l' AS l, value->>'d' AS d, value->>'r' AS r, value->>'q' AS q,
                     value->>'f' AS f FROM json_each({parameter})) AS c"
            ),
            Dialect::Postgres => format!(
                "json_to_recordset(CAST({parameter} AS json)) AS c(i BIGINT, s TEXT, n BIGINT, a BIGINT, u BIGINT,
                     w BIGINT, l BIGINT, d BIGINT, r TEXT, q TEXT, f BIGINT)"
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
