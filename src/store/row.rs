//! Reading rows: a value that does not parse is an error naming table, row and column, never a default.

use anyhow::{Context as _, anyhow};
use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use sqlx::any::AnyRow;
use sqlx::{Any, Decode, Row as _, Type};
use subscribers::{EmailAddress, Language};

/// A row of a known table.
pub(super) struct Reader<'a> {
    pub row: &'a AnyRow,
    pub table: &'static str,
}

impl<'a> Reader<'a> {
    pub fn new(table: &'static str, row: &'a AnyRow) -> Self {
        Self { row, table }
    }

    pub fn get<T>(&self, column: &str) -> anyhow::Result<T>
    where
        T: Decode<'a, Any> + Type<Any>,
    {
        self.row.try_get(column).with_context(|| self.place(column))
    }

    pub fn time(&self, column: &str) -> anyhow::Result<DateTime<Utc>> {
        time(self.get(column)?).with_context(|| self.place(column))
    }

    pub fn time_option(&self, column: &str) -> anyhow::Result<Option<DateTime<Utc>>> {
        let ms: Option<i64> = self.get(column)?;
        ms.map(time).transpose().with_context(|| self.place(column))
    }

    pub fn json<T: DeserializeOwned>(&self, column: &str) -> anyhow::Result<T> {
        let text: String = self.get(column)?;
        serde_json::from_str(&text).with_context(|| self.place(column))
    }

    pub fn address(&self, column: &str) -> anyhow::Result<EmailAddress> {
        let text: String = self.get(column)?;
        EmailAddress::parse(&text).with_context(|| self.place(column))
    }

    pub fn language(&self, column: &str) -> anyhow::Result<Language> {
        let code: String = self.get(column)?;
        Language::parse(&code).ok_or_else(|| anyhow!("{}: no such language", self.place(column)))
    }

    pub fn whole<T: TryFrom<i64>>(&self, column: &str) -> anyhow::Result<T> {
        let number: i64 = self.get(column)?;
        T::try_from(number).map_err(|_| anyhow!("{}: {number} is out of range", self.place(column)))
    }

    fn place(&self, column: &str) -> String {
        let id: Option<i64> = self.row.try_get(format!("{}_id", self.table).as_str()).ok();
        format!("database: table {}, row {id:?}, column {column}", self.table)
    }
}

pub(super) fn ms(time: DateTime<Utc>) -> i64 {
    time.timestamp_millis()
}

pub(super) fn time(ms: i64) -> anyhow::Result<DateTime<Utc>> {
    DateTime::from_timestamp_millis(ms).ok_or_else(|| anyhow!("{ms} is no time"))
}

pub(super) fn json<T: serde::Serialize>(value: &T) -> anyhow::Result<String> {
    serde_json::to_string(value).context("write as JSON")
}

/// A text that stands for itself in LIKE, under `ESCAPE '\'`.
pub(super) fn like(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
