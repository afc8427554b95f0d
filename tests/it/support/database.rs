//! Every test of the store runs on both databases: a module of one name with a test per database, and one list of
//! names for both.

use chrono::{DateTime, TimeZone as _, Utc};
use zinas::app::{App, Schema, SharedApp};
use zinas::clock::Clock;
use zinas::config::{Config, Place, SAMPLE, SecretText, Security};

use super::folder::Folder;

/// An installation of a test's own on one of the databases.
pub struct Installation {
    pub app: SharedApp,
    pub folder: Folder,
    config: Config,
}

/// When all stories begin, unless they say otherwise: a Wednesday.
pub fn start() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 25, 10, 0, 0).unwrap()
}

/// The sample configuration over an empty folder, with nothing of the outside world in reach.
pub fn config(folder: &Folder, database: Option<&str>) -> Config {
    let place = Place { folder: folder.path(), variable: &|_| Some("secret".to_owned()) };
    let mut config = Config::parse(SAMPLE, place).unwrap();
    if let Some(database) = database {
        config.database = SecretText::new(database.to_owned());
    }
    config.outbound.host = "localhost".to_owned();
    config.outbound.port = 1;
    config.outbound.security = Security::None;
    config.outbound.user = None;
    config.outbound.password = None;
    config
}

impl Installation {
    /// `database` is the address of an empty PostgreSQL database, or `None` for SQLite.
    pub async fn open(database: Option<&str>, change: impl FnOnce(&mut Config)) -> Self {
        let folder = Folder::new("zinas");
        let mut config = config(&folder, database);
        change(&mut config);
        let app = App::open(config.clone(), Clock::injected(start()), Schema::Migrate).await.unwrap();
        Self { app, folder, config }
    }

    /// The same at another time, for a story that begins earlier or later.
    pub async fn begin_again_at(&self, moment: DateTime<Utc>) -> SharedApp {
        App::open(self.config.clone(), Clock::injected(moment), Schema::Expect).await.unwrap()
    }

    /// Every row of every table.
    pub async fn dump(&self) -> Vec<String> {
        super::site::dump(self.config.database.expose()).await
    }

    /// One number out of the database.
    pub async fn number(&self, sql: &str) -> i64 {
        let pool = sqlx::AnyPool::connect(self.config.database.expose()).await.unwrap();
        let number = sqlx::query_scalar(sqlx::AssertSqlSafe(sql.to_owned())).fetch_one(&pool).await.unwrap();
        pool.close().await;
        number
    }

    /// One text out of the database.
    pub async fn text(&self, sql: &str) -> String {
        let pool = sqlx::AnyPool::connect(self.config.database.expose()).await.unwrap();
        let text = sqlx::query_scalar(sqlx::AssertSqlSafe(sql.to_owned())).fetch_one(&pool).await.unwrap();
        pool.close().await;
        text
    }

    /// One change of the database.
    pub async fn run(&self, sql: &str) {
        let pool = sqlx::AnyPool::connect(self.config.database.expose()).await.unwrap();
        sqlx::query(sqlx::AssertSqlSafe(sql.to_owned())).execute(&pool).await.unwrap();
        pool.close().await;
    }

    /// The same again, as after a restart: the clock goes on from where it stood.
    pub async fn open_again(&self) -> SharedApp {
        let clock = Clock::injected(self.app.clock.now());
        App::open(self.config.clone(), clock, Schema::Expect).await.unwrap()
    }
}

/// `on_both!(name, …)`: for each name the test `name::sqlite` and the test `name::postgres` over the async function
/// `stories::name`, which takes the address of an empty PostgreSQL database or `None` for SQLite. The second is
/// skipped where PostgreSQL is not installed.
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        $(mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                Box::pin(super::stories::$name(None)).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                let Some(database) = crate::support::postgres::fresh_database() else { return };
                Box::pin(super::stories::$name(Some(&database))).await;
            }
        })*
    };
}

pub(crate) use on_both;
