//! A daemon's pages on a free port, with a database of a test's own and a clock that stands still.

use std::{net::SocketAddr, path::Path};

use chrono::{DateTime, Utc};
use issues::{Edition, Event, ItemContent, ItemPhoto, Place};
use reqwest::{Client, Method, RequestBuilder, Response};
use sqlx::{AnyPool, Row as _};
use subscribers::{EmailAddress, Language, Preferences, Purpose};
use tokio::{process::Command, task::JoinHandle};
use tokio_util::sync::CancellationToken;
use zinas::{
    app::{App, Schema, SharedApp},
    clock::{Clock, random_id},
    config::{Config, Place as Around, SAMPLE, SecretText, Security},
    inbound::understand::understand,
    newsroom::notices,
    newsroom::people::{self, Origin},
    store::{IssueContent, IssueItem, NewIssue, NewItem, SubscriptionRow},
    web,
};

use super::{folder::Folder, ports, postgres};

/// What stands at the beginning of every JPEG file; enough for pages, which hand bytes on.
pub const PICTURE: &[u8] = b"\xff\xd8\xff\xe0 a picture of a path";

pub struct Site {
    pub app: SharedApp,
    pub address: SocketAddr,
    client: Client,
    database: String,
    pub shutdown: CancellationToken,
    pub serving: JoinHandle<anyhow::Result<()>>,
    _folder: Folder,
}

impl Site {
    pub async fn on_sqlite() -> Self {
        let folder = Folder::new("site");
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("zinas.db").display());
        Self::open(folder, url).await
    }

    /// `None` where PostgreSQL is not installed.
    pub async fn on_postgres() -> Option<Self> {
        let url = postgres::fresh_database()?;
        Some(Self::open(Folder::new("site"), url).await)
    }

    async fn open(folder: Folder, database: String) -> Self {
        let variable = |_: &str| Some("secret".to_owned());
        let around = Around { folder: Path::new("/"), variable: &variable };
        let mut config = Config::parse(SAMPLE, around).unwrap();
        config.data = folder.path().to_owned();
        config.database = SecretText::new(database.clone());
        // Nobody listens there until a story starts a sink.
        config.outbound.host = "localhost".to_owned();
        config.outbound.port = ports::free();
        config.outbound.security = Security::None;
        config.outbound.user = None;
        config.outbound.password = None;
        // For the program beside the daemon.
        let text = SAMPLE
            .replace("password_env = \"ZINAS_MAIL_PASSWORD\"", "password_file = \"mail.secret\"")
            .replace("# database_env =", "database_env =");
        std::fs::write(folder.path().join("mail.secret"), "not a secret\n").unwrap();
        std::fs::write(folder.path().join("zinas.toml"), text).unwrap();
        let clock = Clock::injected(now());
        let app = App::open(config, clock, Schema::Migrate).await.unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shutdown = CancellationToken::new();
        let serving = tokio::spawn(web::run(app.clone(), listener, shutdown.clone()));
        // Another test may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { app, address, client, database, shutdown, serving, _folder: folder }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("http://{}{path}", self.address))
    }

    pub async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path).send().await.unwrap()
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self.request(Method::POST, path);
        request.header("Content-Type", "application/x-www-form-urlencoded").body(body).send().await.unwrap()
    }

    /// Every row of every table.
    pub async fn dump(&self) -> Vec<String> {
        dump(&self.database).await
    }

    /// A person who has asked by the form and not confirmed yet.
    pub async fn pending(&self, address: &str) -> SubscriptionRow {
        let address = EmailAddress::parse(address).unwrap();
        let preferences = Preferences { language: Language::English, municipality: String::new() };
        let origin = Origin { channel: "form", from: "192.0.2.0/24" };
        people::request(&self.app, &address, &preferences, "I agree", origin).await.unwrap();
        self.subscription(address.as_str()).await
    }

    pub async fn confirmed(&self, address: &str) -> SubscriptionRow {
        let row = self.pending(address).await;
        people::confirm(&self.app, row.public_id, "I agree", Origin { channel: "link", from: "" })
            .await
            .unwrap()
    }

    pub async fn subscription(&self, address: &str) -> SubscriptionRow {
        let rows = self.app.store.subscriptions(self.app.publication, "").await.unwrap();
        rows.into_iter().find(|row| row.address.as_str() == address).unwrap()
    }

    pub fn path(&self, place: &str, purpose: Purpose, public_id: i64) -> String {
        format!("/{place}/{}", self.app.token(purpose, public_id).as_str())
    }

    /// A pending item with these photos; gives its row and the path of its decision.
    pub async fn item(&self, title: &str, descriptions: &[&str]) -> (i64, String) {
        let mut write = self.app.store.write().await.unwrap();
        let mut photos = Vec::new();
        for (number, alt) in descriptions.iter().enumerate() {
            let bytes = [PICTURE, format!("{title}{number}").as_bytes()].concat();
            let sha256 = write.keep_blob(&bytes, "image/jpeg", now()).await.unwrap();
            let alt = (*alt).to_owned();
            photos.push(ItemPhoto { sha256, width: 640, height: 480, alt, ..ItemPhoto::default() });
        }
        let place = Place {
            place: "Rite".into(),
            municipality: "Jēkabpils novads".into(),
            text: String::new(),
            confidence: 1.0,
            confirmed: None,
        };
        let content = ItemContent {
            title: title.to_owned(),
            text: "Sestdien talkā sakopsim taku gar ezeru.\n\nLīdzi jāņem cimdi.".to_owned(),
            photos,
            events: vec![Event::at("2026-12-05T10:00:00".parse().unwrap(), "5. decembrī plkst. 10.00")],
            places: vec![place],
            ..ItemContent::default()
        };
        write.commit().await.unwrap();
        self.keep(&content).await
    }

    /// A pending item that says this; gives its row and the path of its decision.
    pub async fn keep(&self, content: &ItemContent) -> (i64, String) {
        let id = self.announce(content).await;
        (id, self.decide(id, self.app.config.editors[0].address.as_str()).await)
    }

    /// A pending item that says this, of which editors are told unless there is too much to tell.
    pub async fn announce(&self, content: &ItemContent) -> i64 {
        let mut write = self.app.store.write().await.unwrap();
        let new = NewItem {
            public_id: random_id(),
            publication: self.app.publication,
            message: None,
            contributor: None,
            content,
            received_at: now(),
        };
        let id = write.keep_item(&new).await.unwrap();
        let row = write.item_for_change(id).await.unwrap().unwrap();
        let rules = self.app.config.rules();
        let report =
            understand(b"From: <ilze@biblioteka.example>\r\n\r\nTalka\r\n", None, &rules, self.app.today());
        notices::announce(&self.app, &mut write, &row, &report.report, None).await.unwrap();
        write.commit().await.unwrap();
        id
    }

    /// One change of the database.
    pub async fn run(&self, sql: &str) {
        let pool = AnyPool::connect(&self.database).await.unwrap();
        sqlx::query(sqlx::AssertSqlSafe(sql.to_owned())).execute(&pool).await.unwrap();
        pool.close().await;
    }

    /// The program beside this daemon, on the same database.
    pub fn program(&self) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_zinas"));
        program.arg("--data").arg(&self.app.config.data).env("ZINAS_DATABASE", &self.database);
        program
    }

    /// Where the link in the notice of an item leads, as this editor got it.
    pub async fn decide(&self, item: i64, editor: &str) -> String {
        let pool = AnyPool::connect(&self.database).await.unwrap();
        let notice = "SELECT public_id FROM outbox WHERE kind = 'notice' AND item_id = $1 AND recipient = $2";
        let notice = sqlx::query_scalar(notice).bind(item).bind(editor).fetch_one(&pool).await.unwrap();
        pool.close().await;
        self.path("decide", Purpose::Decide, notice)
    }

    /// Waits for what goes on after answers were given.
    pub async fn settle(&self) {
        self.app.later.close();
        self.app.later.wait().await;
        self.app.later.reopen();
    }

    /// The single mails of a kind that were queued, in order.
    pub async fn mails(&self, kind: &str) -> Vec<Vec<u8>> {
        let pool = AnyPool::connect(&self.database).await.unwrap();
        let mails = "SELECT mail FROM outbox WHERE kind = $1 AND mail IS NOT NULL ORDER BY outbox_id";
        let mails = sqlx::query_scalar(mails).bind(kind).fetch_all(&pool).await.unwrap();
        pool.close().await;
        mails
    }

    /// An issue with these items, frozen; with an audience only if it is going out.
    pub async fn issue(&self, items: &[i64], going_out: bool) -> (i32, i64) {
        let mut write = self.app.store.write().await.unwrap();
        let new = NewIssue {
            public_id: random_id(),
            publication: self.app.publication,
            edition: Edition { year: 2026, month: 12 },
            first_running_number: 1,
            at: now(),
        };
        let id = write.open_issue(&new).await.unwrap();
        let section = self.app.config.publication.sections[0].id.clone();
        let places: Vec<IssueItem> = items
            .iter()
            .map(|item| IssueItem { item: *item, section: section.clone(), slug: format!("zina-{item}") })
            .collect();
        write.set_issue_items(id, &places).await.unwrap();
        if going_out {
            write.freeze_issue(id, &Vec::<IssueContent>::new(), "hash").await.unwrap();
            write.keep_audience(id, 1, now()).await.unwrap();
        }
        write.commit().await.unwrap();
        let row = self.app.store.issue(id).await.unwrap().unwrap();
        (row.edition.year, row.number)
    }
}

pub fn now() -> DateTime<Utc> {
    "2026-11-20T10:00:00Z".parse().unwrap()
}

/// Every row of every table of a database, bytes in hexadecimal.
pub async fn dump(database: &str) -> Vec<String> {
    let pool = AnyPool::connect(database).await.unwrap();
    let sqlite = database.starts_with("sqlite");
    let tables = if sqlite {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    } else {
        "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"
    };
    let mut rows = Vec::new();
    for table in sqlx::query(tables).fetch_all(&pool).await.unwrap() {
        let table: String = table.get(0);
        let whole = if sqlite {
            let columns = format!(
                "SELECT group_concat('quote(' || name || ')', '||'',''||') FROM pragma_table_info('{table}')"
            );
            let columns: String =
                sqlx::query_scalar(sqlx::AssertSqlSafe(columns)).fetch_one(&pool).await.unwrap();
            format!("SELECT {columns} FROM {table}")
        } else {
            format!("SELECT CAST({table} AS TEXT) FROM {table}")
        };
        for row in sqlx::query(sqlx::AssertSqlSafe(whole)).fetch_all(&pool).await.unwrap() {
            rows.push(format!("{table}: {}", row.get::<String, _>(0)));
        }
    }
    pool.close().await;
    rows.sort();
    rows
}

pub async fn body(response: Response) -> String {
    response.text().await.unwrap()
}

pub fn header(response: &Response, name: &str) -> String {
    response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

/// A story on both databases.
macro_rules! on_both_databases {
    ($($story:ident)*) => { $(
        mod $story {
            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                super::$story(crate::support::site::Site::on_sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgres() {
                if let Some(site) = crate::support::site::Site::on_postgres().await {
                    super::$story(site).await;
                }
            }
        }
    )* };
}

pub(crate) use on_both_databases;
