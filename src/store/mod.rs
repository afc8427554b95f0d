//! The only SQL. One text per question over SQLite and PostgreSQL, one function per question or change, named for
//! its intent. It finds and keeps rows; what they mean is decided by the pure crates, on those rows, in the same
//! transaction.
//!
//! A function that reads takes `&Store`; a function that writes takes an open [`Write`], so that several changes
//! become one. No transaction stays open across the network.

mod blob;
mod blocked;
mod correction;
mod count;
mod decided;
mod delivery;
mod dialect;
mod digest;
mod draft;
mod editor;
mod erase;
mod hold;
mod issue;
mod item;
mod job;
mod ledger;
mod letter;
mod message;
mod notice;
mod outbox;
mod people;
mod person;
mod progress;
mod published;
mod queue;
mod reader;
mod request;
mod row;
mod session;
mod setting;
mod stop;
mod subscription;
mod suppression;
mod treatment;

use std::str::FromStr;
use std::time::Duration;

use anyhow::Context as _;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{Any, AnyConnection, AnyPool, Connection as _, Executor as _, SqlStr, Transaction};

pub use blob::{BLOB_CHUNK_BYTES, StoredBlob, sha256};
pub use blocked::BlockedSender;
pub use correction::CorrectionRow;
pub use count::Waiting;
pub use decided::{ActOf, CORRECT, Decided, Of, TREAT};
pub use delivery::{AttemptRow, DeliveryRow, NewDelivery, Reached};
pub use dialect::Dialect;
pub use draft::{Draft, NewDraft};
pub use editor::Editor;
pub use erase::{ERASED, Erased};
pub use issue::{IssueContent, IssueItem, IssueRow, NewIssue};
pub use item::{ItemReply, ItemRow, NewItem, Revision};
pub use ledger::{Gone, Held, HeldMail, Holder, Looked, Taken, Told};
pub use letter::{LetterRow, NewLetter};
pub use message::{MessageRow, NewMessage, RouteTo};
pub use notice::{Announced, Noticed, Untold, Withheld};
pub use outbox::{MailKind, NewMail, Sent, TakenBack};
pub use people::{Contributor, NewSubscription, SubscriptionRow};
pub use person::{Mailed, Mailing};
pub use progress::{Deliveries, Group, Place, Which};
pub use published::{PublishedAddress, PublishedItem};
pub use queue::{Author, Counted, Page, Replied, Working};
pub use reader::AddressChange;
pub use session::{NewSession, SessionRow};
pub use stop::Stop;
pub use subscription::{IssueToReader, SubscriptionCounts};
pub use suppression::{Lifted, address_hash};
pub use treatment::{StaysTreated, Treatment};

/// How long a statement waits for a connection before the database counts as failed.
const ACQUIRE_MAX: Duration = Duration::from_secs(30);
/// Readers beside the one writer of SQLite.
const READERS: u32 = 4;
/// Connections to PostgreSQL, for writing and for reading each.
const CONNECTIONS: u32 = 8;

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    /// One connection on SQLite: its queue is the lock.
    writer: AnyPool,
    reader: AnyPool,
    /// Commits without waiting for the disk: for what a killed process must leave behind and a power cut may take.
    light: AnyPool,
    dialect: Dialect,
}

/// How long a commit waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Durability {
    /// Until the disk has it.
    Full,
    /// Until another process would see it.
    Light,
}

/// A writing transaction; nothing of it is kept unless [`Write::commit`] succeeds.
pub struct Write {
    transaction: Transaction<'static, Any>,
    dialect: Dialect,
}

impl Store {
    /// Connects. The schema is not touched: see [`Store::migrate`] and [`Store::is_current`].
    ///
    /// # Errors
    /// The database cannot be reached or opened.
    pub async fn open(url: &str) -> anyhow::Result<Self> {
        sqlx::any::install_default_drivers();
        let dialect = Dialect::of(url)?;
        let options = AnyConnectOptions::from_str(url).context("read the address of the database")?;
        let pool_of = |connections: u32, durability: Durability| {
            AnyPoolOptions::new()
                .max_connections(connections)
                .acquire_timeout(ACQUIRE_MAX)
                // A file does not go away while it is open; asking first would cost each small transaction a fifth.
                .test_before_acquire(dialect == Dialect::Postgres)
                .after_connect(move |connection, _| Box::pin(prepare(connection, dialect, durability)))
        };
        let pool = |connections| pool_of(connections, Durability::Full);
        let light = pool_of(1, Durability::Light).connect_lazy_with(options.clone());
        let failed = || format!("open the database ({})", dialect.name());
        let (writer, reader) = match dialect {
            Dialect::Sqlite => {
                let hint = || format!("{}: is its disk full, or may it not be written to?", failed());
                try_first(&options, dialect).await.with_context(hint)?;
                let writer = pool(1).connect_with(options.clone()).await.with_context(failed)?;
                (writer, pool(READERS).connect_with(options).await.with_context(failed)?)
            }
            Dialect::Postgres => {
                let hint =
                    || format!("{} at {}: does it run, and is this the right address?", failed(), place(url));
                try_first(&options, dialect).await.with_context(hint)?;
                // Apart, so that a writer who must also read never waits for another who does the same.
                let writer = pool(CONNECTIONS).connect_with(options.clone()).await.with_context(failed)?;
                (writer, pool(CONNECTIONS).connect_with(options).await.with_context(failed)?)
            }
        };
        Ok(Self { writer, reader, light, dialect })
    }

    /// Brings the schema to this version.
    ///
    /// # Errors
    /// The database holds something that is not ours, or is newer than this program.
    pub async fn migrate(&self) -> anyhow::Result<()> {
        migrator(self.dialect).run(&self.writer).await.context("bring the database to this version")?;
        // What SQL cannot tell from the rows of an older version.
        self.describe_items().await
    }

    /// Does the schema have this version?
    ///
    /// # Errors
    /// The database fails.
    pub async fn is_current(&self) -> anyhow::Result<bool> {
        let known = MIGRATIONS.iter().map(|(version, ..)| *version);
        let applied: Result<Vec<i64>, _> =
            sqlx::query_scalar("SELECT version FROM _sqlx_migrations WHERE success = TRUE ORDER BY version")
                .fetch_all(&self.reader)
                .await;
        match applied {
            // All of them: one in the middle may have come with another branch of the work.
            Ok(applied) => Ok(applied.into_iter().eq(known)),
            // No such table: an empty database.
            Err(sqlx::Error::Database(_)) => Ok(false),
            Err(error) => Err(error).context("ask the database for its version"),
        }
    }

    /// Empties SQLite's log of changes, where erased words still stand, into the file. Readers that are busy keep it from
    /// being done whole; the next one does it.
    ///
    /// # Errors
    /// The database fails.
    pub async fn fold_log(&self) -> anyhow::Result<()> {
        if self.dialect == Dialect::Sqlite {
            let folded = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.writer).await;
            folded.context("empty the log of the database")?;
        }
        Ok(())
    }

    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Opens a writing transaction. On SQLite it takes the write lock at once: a read that turns into a write
    /// would fail under load.
    ///
    /// # Errors
    /// The database fails or stays busy.
    pub async fn write(&self) -> anyhow::Result<Write> {
        let transaction =
            self.writer.begin_with(self.dialect.begin()).await.context("begin to write to the database")?;
        Ok(Write { transaction, dialect: self.dialect })
    }

    /// [`Store::write`] whose commit does not wait for the disk. It outlives the process and perhaps not the machine.
    ///
    /// # Errors
    /// The database fails or stays busy.
    pub async fn write_lightly(&self) -> anyhow::Result<Write> {
        let transaction =
            self.light.begin_with(self.dialect.begin()).await.context("begin to write to the database")?;
        Ok(Write { transaction, dialect: self.dialect })
    }

    /// Closes all connections, so that the files can be moved or removed.
    pub async fn close(&self) {
        self.reader.close().await;
        self.light.close().await;
        self.writer.close().await;
    }
}

impl Write {
    /// # Errors
    /// Nothing was kept.
    pub async fn commit(self) -> anyhow::Result<()> {
        self.transaction.commit().await.context("write to the database")
    }

    /// Lets go of everything, locks too, before it returns; a dropped transaction does so a moment later.
    ///
    /// # Errors
    /// The database fails.
    pub async fn roll_back(self) -> anyhow::Result<()> {
        self.transaction.rollback().await.context("take back what was written to the database")
    }

    fn connection(&mut self) -> &mut AnyConnection {
        &mut self.transaction
    }
}

/// Did the database refuse for want of room? SQLITE_FULL, or PostgreSQL's disk_full.
pub fn is_full(error: &anyhow::Error) -> bool {
    let full = |error: &sqlx::Error| match error {
        sqlx::Error::Database(error) => matches!(error.code().as_deref(), Some("13" | "53100" | "53000")),
        _ => false,
    };
    error.chain().filter_map(|cause| cause.downcast_ref::<sqlx::Error>()).any(full)
}

/// Where a server is, without the user and the password that its address also holds.
fn place(url: &str) -> String {
    let Ok(url) = url::Url::parse(url) else { return "an address that cannot be read".to_owned() };
    let port = url.port().unwrap_or(5432);
    format!("{}:{port}", url.host_str().unwrap_or("localhost"))
}

/// Connects once by hand: a pool tries again for half a minute when a connection cannot be had or prepared, and then
/// keeps the reason to itself. Only who finds it busy had better leave it to the pool.
async fn try_first(options: &AnyConnectOptions, dialect: Dialect) -> Result<(), sqlx::Error> {
    let connecting = tokio::time::timeout(ACQUIRE_MAX, AnyConnection::connect_with(options));
    let mut first = connecting.await.map_err(|_| sqlx::Error::PoolTimedOut)??;
    match prepare(&mut first, dialect, Durability::Full).await {
        Err(sqlx::Error::Database(error)) if is_busy(error.code().as_deref()) => {}
        prepared => prepared?,
    }
    first.close().await
}

/// SQLITE_BUSY and SQLITE_LOCKED with all that extends them.
fn is_busy(code: Option<&str>) -> bool {
    let code = code.and_then(|code| code.parse::<u32>().ok());
    matches!(code.map(|code| code & 0xff), Some(5 | 6))
}

async fn prepare(
    connection: &mut AnyConnection,
    dialect: Dialect,
    durability: Durability,
) -> Result<(), sqlx::Error> {
    match dialect {
        Dialect::Sqlite => {
            connection.execute("PRAGMA journal_mode = WAL").await?;
            // The tables inside a large statement; else they are files, made and removed each time.
            connection.execute("PRAGMA temp_store = MEMORY").await?;
            let synchronous = match durability {
                Durability::Full => "PRAGMA synchronous = FULL",
                Durability::Light => "PRAGMA synchronous = NORMAL",
            };
            connection.execute(synchronous).await?;
        }
        Dialect::Postgres => match durability {
            Durability::Full => {}
            Durability::Light => {
                connection.execute("SET synchronous_commit = off").await?;
            }
        },
    }
    Ok(())
}

/// Number, name, and the text for SQLite and for PostgreSQL. Never changed once somebody has run it.
const MIGRATIONS: &[(i64, &str, &str, &str)] = &[
    (
        1,
        "init",
        include_str!("migrations/sqlite/0001_init.sql"),
        include_str!("migrations/postgres/0001_init.sql"),
    ),
    (
        2,
        "desk",
        include_str!("migrations/sqlite/0002_desk.sql"),
        include_str!("migrations/postgres/0002_desk.sql"),
    ),
    (
        3,
        "search",
        include_str!("migrations/sqlite/0003_search.sql"),
        include_str!("migrations/postgres/0003_search.sql"),
    ),
    (
        4,
        "preferences",
        include_str!("migrations/sqlite/0004_preferences.sql"),
        include_str!("migrations/postgres/0004_preferences.sql"),
    ),
    (
        5,
        "lists",
        include_str!("migrations/sqlite/0005_lists.sql"),
        include_str!("migrations/postgres/0005_lists.sql"),
    ),
    (
        6,
        "arrangement",
        include_str!("migrations/sqlite/0006_arrangement.sql"),
        include_str!("migrations/postgres/0006_arrangement.sql"),
    ),
    (
        7,
        "horizon",
        include_str!("migrations/sqlite/0007_horizon.sql"),
        include_str!("migrations/postgres/0007_horizon.sql"),
    ),
    (
        8,
        "draft",
        include_str!("migrations/sqlite/0008_draft.sql"),
        include_str!("migrations/postgres/0008_draft.sql"),
    ),
    (
        9,
        "notices",
        include_str!("migrations/sqlite/0009_notices.sql"),
        include_str!("migrations/postgres/0009_notices.sql"),
    ),
    (
        10,
        "stops",
        include_str!("migrations/sqlite/0010_stops.sql"),
        include_str!("migrations/postgres/0010_stops.sql"),
    ),
    (
        11,
        "senders",
        include_str!("migrations/sqlite/0011_senders.sql"),
        include_str!("migrations/postgres/0011_senders.sql"),
    ),
];

fn migrator(dialect: Dialect) -> Migrator {
    let migration = |version, name: &'static str, sql: &'static str| {
        Migration::new(version, name.into(), MigrationType::Simple, SqlStr::from_static(sql), false)
    };
    let text = |sqlite, postgres| match dialect {
        Dialect::Sqlite => sqlite,
        Dialect::Postgres => postgres,
    };
    Migrator::with_migrations(
        MIGRATIONS
            .iter()
            .map(|(number, name, sqlite, postgres)| migration(*number, name, text(sqlite, postgres)))
            .collect(),
    )
}
