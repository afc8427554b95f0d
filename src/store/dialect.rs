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
