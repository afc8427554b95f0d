//! Issues that the public may see: those whose audience is frozen, so that they go out or have gone out.

use subscribers::Language;
use templates::{Edition, Paths};

use crate::app::App;
use crate::newsroom::view::{self, Contents};
use crate::store::IssueRow;
use crate::web::errors::Problem;

/// The latest.
pub async fn latest(app: &App) -> anyhow::Result<Option<IssueRow>> {
    let issues = app.store.issues(app.publication, "").await?;
    let published = issues.into_iter().filter(|issue| issue.audience.is_some());
    Ok(published.max_by_key(|issue| issue.running_number))
}

/// The issue with the year and number of an address, and what it says.
pub async fn edition(
    app: &App,
    year: &str,
    number: &str,
    language: Language,
) -> Result<(Contents, Edition), Problem> {
    let (year, number) = (whole(year).ok_or(Problem::NotFound)?, whole(number).ok_or(Problem::NotFound)?);
    let year = i32::try_from(year).map_err(|_| Problem::NotFound)?;
    let found = app.store.issue_numbered(app.publication, year, number).await?;
    let issue = found.filter(|issue| issue.audience.is_some()).ok_or(Problem::NotFound)?;
    let contents = view::stored_contents(app, &issue).await?;
    let edition = view::edition(app, &contents, language, &Paths::local());
    Ok((contents, edition))
}

/// A number as our links write it, so that a page has one address.
fn whole(text: &str) -> Option<i64> {
    let plain = text.len() <= 9 && text.bytes().all(|octet| octet.is_ascii_digit()) && !text.starts_with('0');
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_one_address() {
        assert_eq!(whole("2026"), Some(2026));
        for other in ["", "012", "+1", "-1", "1.0", "１", "99999999999999999999"] {
            assert_eq!(whole(other), None, "{other}");
        }
    }
}
