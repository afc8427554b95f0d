//! Signing in: requests for a link, each good once and for minutes, and the sessions of browsers.

use anyhow::Context as _;
use chrono::{DateTime, Utc};

use super::editor::Editor;
use super::row::{Reader, ms};
use super::{Store, Write};

/// A browser in which an editor is signed in.
#[derive(Debug, Clone)]
pub struct SessionRow {
    pub id: i64,
    pub public_id: i64,
    pub browser: String,
    pub began_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
}

/// A new session; only the hash of what the browser holds is kept.
pub struct NewSession<'a> {
    pub public_id: i64,
    pub editor: i64,
    pub cookie_hash: &'a str,
    pub browser: &'a str,
    pub at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
}

impl Write {
    /// Remembers that a link for signing in was made.
    ///
    /// # Errors
    /// The database fails.
    pub async fn keep_sign_in(
        &mut self,
        public_id: i64,
        editor: i64,
        at: DateTime<Utc>,
        ends_at: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        sqlx::query("INSERT INTO sign_in (public_id, editor_id, made_at, ends_at) VALUES ($1, $2, $3, $4)")
            .bind(public_id)
            .bind(editor)
            .bind(ms(at))
            .bind(ms(ends_at))
            .execute(self.connection())
            .await
            .context("keep a link for signing in")?;
        Ok(())
    }

    /// Uses a link up; `false` when it was used before or its time is over.
    ///
    /// # Errors
    /// The database fails.
    pub async fn use_sign_in(&mut self, public_id: i64, at: DateTime<Utc>) -> anyhow::Result<bool> {
        let used = sqlx::query(
            "UPDATE sign_in SET used_at = $2 WHERE public_id = $1 AND used_at IS NULL AND ends_at > $2",
        )
        .bind(public_id)
        .bind(ms(at))
        .execute(self.connection())
        .await
        .context("use a link for signing in")?;
        Ok(used.rows_affected() == 1)
    }

    /// # Errors
    /// The database fails.
    pub async fn open_session(&mut self, new: &NewSession<'_>) -> anyhow::Result<()> {
        sqlx::query(
            "INSERT INTO session (public_id, editor_id, cookie_hash, browser, began_at, ends_at)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(new.public_id)
        .bind(new.editor)
        .bind(new.cookie_hash)
        .bind(new.browser)
        .bind(ms(new.at))
        .bind(ms(new.ends_at))
        .execute(self.connection())
        .await
        .context("open a session")?;
        Ok(())
    }

    /// Ends one session of an editor; `false` when she has none with this id.
    ///
    /// # Errors
    /// The database fails.
    pub async fn end_session(&mut self, editor: i64, session: i64) -> anyhow::Result<bool> {
        let ended = sqlx::query("DELETE FROM session WHERE session_id = $1 AND editor_id = $2")
            .bind(session)
            .bind(editor)
            .execute(self.connection())
            .await
            .context("end a session")?;
        Ok(ended.rows_affected() > 0)
    }

    /// Forgets links and sessions whose time is over.
    ///
    /// # Errors
    /// The database fails.
    pub async fn sweep_sessions(&mut self, at: DateTime<Utc>) -> anyhow::Result<()> {
        for (what, sweep) in [
            ("sweep links for signing in", "DELETE FROM sign_in WHERE ends_at <= $1"),
            ("sweep sessions", "DELETE FROM session WHERE ends_at <= $1"),
        ] {
            sqlx::query(sweep).bind(ms(at)).execute(self.connection()).await.context(what)?;
        }
        Ok(())
    }
}

impl Store {
    /// Whose link this is, while it can be used.
    ///
    /// # Errors
    /// The database fails.
    pub async fn editor_of_sign_in(
        &self,
        publication: i64,
        public_id: i64,
        at: DateTime<Utc>,
    ) -> anyhow::Result<Option<Editor>> {
        let row = sqlx::query(
            "SELECT editor.editor_id, editor.address, editor.name, editor.language
             FROM sign_in JOIN editor ON editor.editor_id = sign_in.editor_id
             WHERE sign_in.public_id = $1 AND sign_in.used_at IS NULL AND sign_in.ends_at > $2
                 AND editor.publication_id = $3",
        )
        .bind(public_id)
        .bind(ms(at))
        .bind(publication)
        .fetch_optional(&self.reader)
        .await
        .context("find a link for signing in")?;
        row.map(|row| Editor::read(&Reader::new("editor", &row))).transpose()
    }

    /// The session of a browser, and whose it is.
    ///
    /// # Errors
    /// The database fails.
    pub async fn session(
        &self,
        publication: i64,
        cookie_hash: &str,
        at: DateTime<Utc>,
    ) -> anyhow::Result<Option<(SessionRow, Editor)>> {
        let row = sqlx::query(
            "SELECT session.session_id, session.public_id, session.browser, session.began_at, session.ends_at,
                 editor.editor_id, editor.address, editor.name, editor.language
             FROM session JOIN editor ON editor.editor_id = session.editor_id
             WHERE session.cookie_hash = $1 AND session.ends_at > $2 AND editor.publication_id = $3",
        )
        .bind(cookie_hash)
        .bind(ms(at))
        .bind(publication)
        .fetch_optional(&self.reader)
        .await
        .context("find a session")?;
        row.map(|row| {
            let session = SessionRow::read(&Reader::new("session", &row))?;
            Ok((session, Editor::read(&Reader::new("editor", &row))?))
        })
        .transpose()
    }

    /// Where an editor is signed in, the latest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn sessions(&self, editor: i64, at: DateTime<Utc>) -> anyhow::Result<Vec<SessionRow>> {
        let rows = sqlx::query(
            "SELECT session_id, public_id, browser, began_at, ends_at FROM session
             WHERE editor_id = $1 AND ends_at > $2 ORDER BY session_id DESC",
        )
        .bind(editor)
        .bind(ms(at))
        .fetch_all(&self.reader)
        .await
        .context("list sessions")?;
        rows.iter().map(|row| SessionRow::read(&Reader::new("session", row))).collect()
    }
}

impl SessionRow {
    fn read(row: &Reader<'_>) -> anyhow::Result<Self> {
        Ok(Self {
            id: row.get("session_id")?,
            public_id: row.get("public_id")?,
            browser: row.get("browser")?,
            began_at: row.time("began_at")?,
            ends_at: row.time("ends_at")?,
        })
    }
}
