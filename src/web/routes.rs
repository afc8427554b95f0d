//! Every route there is, so that whoever walks them all (accessibility, policies, robots that follow links) forgets
//! none. A test compares this table with the routers.

/// A path that answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// As the router has it, with its parameters in braces.
    pub path: &'static str,
    pub access: Access,
    pub kind: Kind,
}

/// Who may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Everybody,
    /// Whoever holds the token in the address.
    Token,
    /// An editor who is signed in.
    Editor,
}

/// What a GET answers with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A page for people.
    Page,
    /// A mail, for a frame of a page.
    Frame,
    /// A picture, a stylesheet, a feed.
    File,
    /// Nothing: it is only posted to.
    Act,
}

const fn route(path: &'static str, access: Access, kind: Kind) -> Route {
    Route { path, access, kind }
}

pub const ROUTES: &[Route] = &[
    route("/", Access::Everybody, Kind::Page),
    route("/subscribe", Access::Everybody, Kind::Page),
    route("/{year}/{number}", Access::Everybody, Kind::Page),
    route("/{year}/{number}/{slug}", Access::Everybody, Kind::Page),
    route("/{year}/{number}/{slug}/{file}", Access::Everybody, Kind::File),
    route("/archive", Access::Everybody, Kind::Page),
    route("/calendar", Access::Everybody, Kind::Page),
    route("/calendar/{month}", Access::Everybody, Kind::Page),
    route("/calendar.ics", Access::Everybody, Kind::File),
    route("/feed.xml", Access::Everybody, Kind::File),
    route("/sitemap.xml", Access::Everybody, Kind::File),
    route("/robots.txt", Access::Everybody, Kind::File),
    route("/icon.svg", Access::Everybody, Kind::File),
    route("/{year}/{number}/print", Access::Everybody, Kind::Page),
    route("/how-to-send", Access::Everybody, Kind::Page),
    route("/privacy", Access::Everybody, Kind::Page),
    route("/photo/{file}", Access::Everybody, Kind::File),
    route("/horizon/{file}", Access::Everybody, Kind::File),
    route("/style.css", Access::Everybody, Kind::File),
    route("/print.css", Access::Everybody, Kind::File),
    route("/favicon.ico", Access::Everybody, Kind::File),
    route("/healthz", Access::Everybody, Kind::File),
    route("/confirm/{token}", Access::Token, Kind::Page),
    route("/leave/{token}", Access::Token, Kind::Page),
    route("/reminders/{token}", Access::Token, Kind::Page),
    route("/news/{token}", Access::Token, Kind::Page),
    route("/news/{token}/photo/{file}", Access::Token, Kind::File),
    route("/preferences/{token}", Access::Token, Kind::Page),
    route("/mine/{token}", Access::Token, Kind::Page),
    route("/mine/{token}/data.json", Access::Token, Kind::File),
    route("/mine/{token}/address", Access::Token, Kind::Page),
    route("/mine/{token}/erase", Access::Token, Kind::Page),
    route("/address/{token}", Access::Token, Kind::Page),
    route("/decide/{token}", Access::Token, Kind::Page),
    route("/decide/{token}/photo/{file}", Access::Token, Kind::File),
    route("/desk/sign-in", Access::Everybody, Kind::Page),
    route("/desk/sign-in/{token}", Access::Token, Kind::Page),
    route("/desk/sign-out", Access::Editor, Kind::Act),
    route("/desk/sessions", Access::Editor, Kind::Page),
    route("/desk", Access::Editor, Kind::Page),
    route("/desk/decisions", Access::Editor, Kind::Page),
    route("/desk/decisions/undo", Access::Editor, Kind::Act),
    route("/desk/message/{id}", Access::Editor, Kind::Page),
    route("/desk/message/{id}/html", Access::Editor, Kind::Frame),
    route("/desk/message/{id}/raw", Access::Editor, Kind::File),
    route("/desk/message/{id}/treat", Access::Editor, Kind::Act),
    route("/desk/senders", Access::Editor, Kind::Act),
    route("/desk/moments", Access::Editor, Kind::Page),
    route("/desk/keys", Access::Editor, Kind::Page),
    route("/desk.js", Access::Everybody, Kind::File),
    route("/desk-text.js", Access::Everybody, Kind::File),
    route("/desk/letters", Access::Editor, Kind::Page),
    route("/desk/letters/{id}", Access::Editor, Kind::Page),
    route("/desk/readers", Access::Editor, Kind::Page),
    route("/desk/readers/add", Access::Editor, Kind::Act),
    route("/desk/readers/{id}", Access::Editor, Kind::Page),
    route("/desk/readers/{id}/erase", Access::Editor, Kind::Page),
    route("/desk/import", Access::Editor, Kind::Page),
    route("/desk/item/{id}", Access::Editor, Kind::Page),
    route("/desk/item/{id}/photo/{file}", Access::Editor, Kind::File),
    route("/desk/item/{id}/correct", Access::Editor, Kind::Act),
    route("/desk/item/{id}/draft", Access::Editor, Kind::Act),
    route("/desk/issue", Access::Editor, Kind::Page),
    route("/desk/issues", Access::Editor, Kind::Page),
    route("/desk/issue/{id}", Access::Editor, Kind::Page),
    route("/desk/issue/{id}/approve", Access::Editor, Kind::Page),
    route("/desk/issue/{id}/send", Access::Editor, Kind::Page),
    route("/desk/issue/{id}/stop", Access::Editor, Kind::Page),
    route("/desk/issue/{id}/deliveries", Access::Editor, Kind::Page),
    route("/desk/issue/{id}/view/{view}", Access::Editor, Kind::Page),
    route("/desk/issue/{id}/frame/{view}", Access::Editor, Kind::Frame),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::*;

    /// The paths of all `.route("…"` below a folder.
    fn mounted(folder: &Path, paths: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                mounted(&path, paths);
            } else if path.file_name().is_some_and(|name| name != "routes.rs") {
                let source = fs::read_to_string(&path).unwrap();
                let calls = source.split(".route(").skip(1);
                paths.extend(calls.map(|call| {
                    let path = call.trim_start().strip_prefix('"').expect("a route's path is written out");
                    path[..path.find('"').unwrap()].to_owned()
                }));
            }
        }
    }

    #[test]
    fn the_table_names_every_route_and_no_other() {
        let mut paths = BTreeSet::new();
        mounted(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web"), &mut paths);
        let named: BTreeSet<String> = ROUTES.iter().map(|route| route.path.to_owned()).collect();
        assert_eq!(named.len(), ROUTES.len(), "a route stands in the table once");
        assert_eq!(named, paths);
    }

    #[test]
    fn who_may_see_a_page_is_seen_from_its_address() {
        for route in ROUTES {
            let by_token = route.path.contains("{token}");
            assert_eq!(route.access == Access::Token, by_token, "{}", route.path);
            if route.access == Access::Editor {
                assert!(route.path.starts_with("/desk"), "{}", route.path);
            }
        }
    }
}
