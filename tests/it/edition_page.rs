//! The issue at the desk: arranged, looked at, approved, sent, and who got it, over real HTTP.

mod approval;
mod arranging;
pub mod findings;
mod looking;
mod sending;

use reqwest::{Response, StatusCode};
use subscribers::{EmailAddress, Language};
use zinas::newsroom::moderate::{Act as Decide, decide};
use zinas::store::IssueRow;

use crate::support::desk::Desk;
use crate::support::newsroom::ANNA;
use crate::support::site::{Site, header, now};

/// An approved item with a photo that has an author.
async fn approved(site: &Site, title: &str) -> i64 {
    let (id, _) = site.item(title, &["Taka gar ezeru"]).await;
    let credit = issues::Change { field: "photos.0.credit".to_owned(), value: "Ilze".to_owned() };
    decide(&site.app, id, None, Decide::Edit(vec![credit]), ANNA).await.unwrap();
    decide(&site.app, id, None, Decide::Approve, ANNA).await.unwrap();
    id
}

/// An issue of these items, put together at the desk.
async fn put_together(site: &Site, desk: &Desk<'_>, titles: &[&str]) -> (i64, Vec<i64>) {
    let mut items = Vec::new();
    for title in titles {
        items.push(approved(site, title).await);
    }
    let done = desk.post("/desk/issue", &[("do", "assemble")]).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    let rows = site.app.store.issues(site.app.publication, "").await.unwrap();
    (rows.last().unwrap().id, items)
}

async fn issue(site: &Site, id: i64) -> IssueRow {
    site.app.store.issue(id).await.unwrap().unwrap()
}

async fn order(site: &Site, id: i64) -> Vec<i64> {
    site.app.store.issue_items(id).await.unwrap().into_iter().map(|place| place.item).collect()
}

/// A second editor at her desk.
async fn second(site: &Site) -> Desk<'_> {
    let address = EmailAddress::parse("zane@redaktore.example").unwrap();
    let mut write = site.app.store.write().await.unwrap();
    write.keep_editor(site.app.publication, &address, "Zane", Language::Latvian, now()).await.unwrap();
    write.commit().await.unwrap();
    site.desk(1).await
}

/// The value of a hidden field in the form with this id; of the first on the page where the id is empty.
fn hidden(page: &str, form: &str, name: &str) -> String {
    let from = page.find(&format!("id=\"{form}\"")).unwrap_or(0);
    let field = format!("name=\"{name}\" value=\"");
    let at = page[from..].find(&field).unwrap_or_else(|| panic!("no {name} in {form}")) + from + field.len();
    page[at..at + page[at..].find('"').unwrap()].to_owned()
}

/// Sends the form that arranges, as it was shown on this page.
async fn arrange(desk: &Desk<'_>, id: i64, page: &str, step: &str, numbers: &[(i64, usize)]) -> Response {
    let was = hidden(page, "order", "was");
    let mut fields = vec![("was".to_owned(), was), ("do".to_owned(), step.to_owned())];
    // In the order shown.
    for part in page.split(" name=\"n.").skip(1) {
        let item: i64 = part[..part.find('"').unwrap()].parse().unwrap();
        let value = part.split("value=\"").nth(1).unwrap();
        let value = value[..value.find('"').unwrap()].to_owned();
        let typed = numbers.iter().find(|(of, _)| *of == item).map(|(_, number)| number.to_string());
        fields.push((format!("n.{item}"), typed.unwrap_or(value)));
        fields.push((format!("s.{item}"), "0".to_owned()));
    }
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    desk.post(&format!("/desk/issue/{id}"), &fields).await
}

fn location(response: &Response) -> String {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    header(response, "location")
}

/// What the form of a confirmation carries, as it was shown on this page.
fn offered(page: &str) -> Vec<(&'static str, String)> {
    let names = ["hash", "draft", "at"].into_iter().filter(|name| page.contains(&format!("name=\"{name}\"")));
    names.map(|name| (name, hidden(page, "", name))).collect()
}

/// Presses the button of a confirmation.
async fn confirm(desk: &Desk<'_>, path: &str, offered: &[(&str, String)]) -> Response {
    let fields: Vec<_> = offered.iter().map(|(name, value)| (*name, value.as_str())).collect();
    desk.post(path, &fields).await
}

/// Approves at the desk what is offered now.
async fn approve_at_desk(desk: &Desk<'_>, id: i64) {
    let path = format!("/desk/issue/{id}/approve");
    location(&confirm(desk, &path, &offered(&desk.page(&path).await)).await);
}

async fn send_at_desk(desk: &Desk<'_>, id: i64) {
    let path = format!("/desk/issue/{id}/send");
    location(&confirm(desk, &path, &offered(&desk.page(&path).await)).await);
}
