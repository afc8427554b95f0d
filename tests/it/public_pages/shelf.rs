//! Issues that have gone out, made without sending them.

use issues::{Edition, Event, ItemContent, LocalMoment, Place};
use sqlx::AnyPool;
use zinas::clock::random_id;
use zinas::store::{IssueContent, IssueItem, NewIssue, NewItem};

use crate::support::site::{Site, now};

pub struct Shelf<'a> {
    site: &'a Site,
}

pub fn slug(title: &str) -> String {
    templates::item_slug(title)
}

/// A piece of news from Rite.
pub fn news(title: &str, text: &str) -> ItemContent {
    let place = Place {
        place: "Rite".into(),
        municipality: "Jēkabpils novads".into(),
        text: String::new(),
        confidence: 1.0,
        confirmed: None,
    };
    ItemContent {
        title: title.to_owned(),
        text: text.to_owned(),
        places: vec![place],
        ..ItemContent::default()
    }
}

pub fn event(start: &str, end: &str) -> Event {
    let (start, end) = (LocalMoment::parse(start), LocalMoment::parse(end));
    Event { start, end, ..Event::on(now().date_naive(), "tad") }
}

impl<'a> Shelf<'a> {
    pub fn of(site: &'a Site) -> Self {
        Self { site }
    }

    /// A public issue of these items; gives their ids.
    pub async fn issue(&mut self, edition: &str, contents: &[ItemContent]) -> Vec<i64> {
        let items = self.keep(contents).await;
        self.open(edition, &items, true).await;
        items
    }

    pub async fn issue_of(&mut self, edition: &str, items: &[i64]) {
        self.open(edition, items, true).await;
    }

    /// An issue that has not gone out.
    pub async fn draft(&mut self, edition: &str, contents: &[ItemContent]) {
        let items = self.keep(contents).await;
        self.open(edition, &items, false).await;
    }

    async fn keep(&self, contents: &[ItemContent]) -> Vec<i64> {
        let app = &self.site.app;
        let mut write = app.store.write().await.unwrap();
        let mut items = Vec::new();
        for content in contents {
            let new = NewItem {
                public_id: random_id(),
                publication: app.publication,
                message: None,
                contributor: None,
                content,
                received_at: now(),
            };
            items.push(write.keep_item(&new).await.unwrap());
        }
        write.commit().await.unwrap();
        items
    }

    async fn open(&self, edition: &str, items: &[i64], public: bool) {
        let app = &self.site.app;
        let mut write = app.store.write().await.unwrap();
        let new = NewIssue {
            public_id: random_id(),
            publication: app.publication,
            edition: Edition::parse(edition).unwrap(),
            first_running_number: 1,
            at: now(),
        };
        let issue = write.open_issue(&new).await.unwrap();
        let section = app.config.publication.sections[0].id.clone();
        let mut places: Vec<IssueItem> = Vec::new();
        for item in items {
            let row = write.item_for_change(*item).await.unwrap().unwrap();
            let mut slug = slug(&row.item.content.title);
            if places.iter().any(|place| place.slug == slug) {
                slug = format!("{slug}-{item}");
            }
            places.push(IssueItem { item: *item, section: section.clone(), slug });
        }
        write.set_issue_items(issue, &places).await.unwrap();
        if public {
            write.freeze_issue(issue, &Vec::<IssueContent>::new(), "hash").await.unwrap();
            write.keep_audience(issue, 1, now()).await.unwrap();
        }
        write.commit().await.unwrap();
    }

    /// One change of the database.
    pub async fn run(&self, sql: &str) {
        let pool = AnyPool::connect(self.site.app.config.database.expose()).await.unwrap();
        sqlx::query(sqlx::AssertSqlSafe(sql.to_owned())).execute(&pool).await.unwrap();
        pool.close().await;
    }
}
