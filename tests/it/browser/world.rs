//! Furnished newsrooms, and an example of every page in them.
//!
//! A new route needs its line in one of the files beside this one, or the walk fails with its name.

mod content;
mod desk;
mod item;
mod letters;
mod people;
mod person;
mod public;
mod readers;
mod sending;
mod sheet;

use serde_json::{Value, json};
use subscribers::{EmailAddress, Language};
use zinas::web::routes::{Access, ROUTES};

use crate::support::site::{Site, now};

/// What answers where no route does.
pub const NO_ROUTE: &str = "*";

/// The only button of a page, beside those around it.
const ONLY: &str = "main form button";

/// One page to look at.
pub struct Example {
    /// Names its pictures.
    name: &'static str,
    /// As in the table of routes.
    pub route: &'static str,
    /// What the page shows in a frame, as in the table.
    pub framed: Option<&'static str>,
    path: String,
    status: u16,
    fill: Value,
    /// The button that leads to the page.
    press: Option<String>,
    who: &'static str,
    /// Is looked at after the one before, which changed something.
    follows: bool,
    /// The session ends before the button is pressed.
    ends: bool,
}

impl Example {
    fn new(name: &'static str, route: &'static str, path: impl Into<String>) -> Self {
        let (path, fill) = (path.into(), json!({}));
        Self {
            name,
            route,
            framed: None,
            path,
            status: 200,
            fill,
            press: None,
            who: "editor",
            follows: false,
            ends: false,
        }
    }

    fn status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    /// The page is the answer to the only button.
    fn pressed(self) -> Self {
        self.press_at(ONLY)
    }

    /// The page is the answer to the button of this value.
    fn press(self, button: &str) -> Self {
        self.press_at(&format!("button[value=\"{button}\"]:not(.vh)"))
    }

    fn press_at(self, selector: &str) -> Self {
        Self { press: Some(selector.to_owned()), ..self }
    }

    /// What is typed into fields by their names: a text; `true` for what is ticked; `{"file", "text"}` for a file. A
    /// field that is hidden is set, as by somebody whose page is old.
    fn fill(self, fields: Value) -> Self {
        Self { fill: fields, ..self }
    }

    /// At the desk of the editor who reads English.
    fn english(self) -> Self {
        Self { who: "english", ..self }
    }

    fn frames(self, route: &'static str) -> Self {
        Self { framed: Some(route), ..self }
    }

    fn follows(self) -> Self {
        Self { follows: true, ..self }
    }

    fn ends(self) -> Self {
        Self { ends: true, ..self }
    }

    /// As `tests/browser/walk.mjs` takes it.
    fn json(&self, base: &str) -> Value {
        let Self { name, route, framed, path, status, fill, press, who, follows, ends } = self;
        let inside = ROUTES.iter().any(|known| known.path == *route && known.access == Access::Editor);
        json!({
            "name": name, "path": path, "base": base, "status": status, "fill": fill, "press": press,
            "as": inside.then_some(who), "framed": framed.is_some(), "follows": follows,
            "ends": ends, "brief": name.ends_with("-en")
        })
    }
}

/// The address of a page that is asked for these words.
fn asks(path: &str, words: &str) -> String {
    path.to_owned() + &url::form_urlencoded::byte_serialize(words.as_bytes()).collect::<String>()
}

/// A newsroom with what is shown of it.
pub struct Room {
    site: Site,
    pub examples: Vec<Example>,
}

impl Room {
    /// What the walk is told of it, and the sessions of its editors.
    pub async fn json(&self) -> (Vec<Value>, Vec<Value>) {
        let base = format!("http://{}", self.site.address);
        let examples = self.examples.iter().map(|example| example.json(&base)).collect();
        let address = EmailAddress::parse("emily@redakcija.example").unwrap();
        let mut write = self.site.app.store.write().await.unwrap();
        write
            .keep_editor(self.site.app.publication, &address, "Emily", Language::English, now())
            .await
            .unwrap();
        write.commit().await.unwrap();
        let mut editors = Vec::new();
        for (who, number) in [("editor", 0), ("english", self.site.app.config.editors.len())] {
            let desk = self.site.desk(number).await;
            let (name, value) = desk.cookie.split_once('=').unwrap();
            editors.push(json!({ "who": who, "base": base, "cookie": { "name": name, "value": value } }));
        }
        (examples, editors)
    }
}

/// All newsrooms there are to walk through.
pub async fn rooms() -> Vec<Room> {
    vec![
        first_day().await,
        year().await,
        sheet::room().await,
        sheet::faulty().await,
        sending::room().await,
        sending::sent().await,
    ]
}

/// Before the first mail, the first reader and the first issue.
async fn first_day() -> Room {
    let site = Site::on_sqlite().await;
    let examples = vec![
        Example::new("home-first", "/", "/"),
        Example::new("subscribe-first", "/subscribe", "/subscribe"),
        Example::new("archive-first", "/archive", "/archive"),
        Example::new("calendar-first", "/calendar", "/calendar"),
        Example::new("queue-empty", "/desk", "/desk"),
        Example::new("queue-empty-en", "/desk", "/desk").english(),
        Example::new("decisions-none", "/desk/decisions", "/desk/decisions"),
        Example::new("issue-none", "/desk/issue", "/desk/issue"),
        Example::new("issues-none", "/desk/issues", "/desk/issues"),
        Example::new("letters-none", "/desk/letters", "/desk/letters"),
        Example::new("readers-none", "/desk/readers", "/desk/readers"),
    ];
    Room { site, examples }
}

/// A newsroom in the midst of its work.
async fn year() -> Room {
    let site = Site::on_sqlite().await;
    let mut examples = public::examples(&site).await;
    examples.extend(people::examples(&site).await);
    examples.extend(person::examples(&site).await);
    examples.extend(item::examples(&site).await);
    examples.extend(letters::examples(&site).await);
    examples.extend(readers::examples(&site).await);
    // Last, since its lists show what the others made.
    examples.extend(desk::examples(&site).await);
    Room { site, examples }
}
