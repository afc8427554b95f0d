//! The table of what happened.

use anyhow::Context as _;
use subscribers::SubscriptionState;

use super::Month;

impl Month {
    pub(super) async fn table(&self, issue: i64) -> anyhow::Result<Vec<(String, usize)>> {
        let (app, publication) = (&self.app, self.app.publication);
        let messages = app.store.messages(publication, "", "").await?;
        let items = app.store.items(publication, "").await?;
        let letters = app.store.letters(publication).await?;
        let readers = app.store.subscriptions(publication, "").await?;
        let deliveries = app.store.deliveries(issue, "").await?;
        let sunk = self.sink.sunk();
        let mut table = vec![("mails received".to_owned(), messages.len())];
        for kind in issues::reading::Kind::ALL {
            let count = messages.iter().filter(|message| message.kind == kind.name()).count();
            if count > 0 {
                table.push((format!("  {}", kind.name()), count));
            }
        }
        table.push(("items".to_owned(), items.len()));
        for state in issues::ItemState::NAMES {
            let count = items.iter().filter(|item| item.item.state.name() == state).count();
            if count > 0 {
                table.push((format!("  {state}"), count));
            }
        }
        table.push(("letters".to_owned(), letters.len()));
        let confirmed =
            |row: &&crate::store::SubscriptionRow| matches!(row.state, SubscriptionState::Confirmed { .. });
        table.push(("readers at the end".to_owned(), readers.iter().filter(confirmed).count()));
        table.push(("deliveries of the issue".to_owned(), deliveries.len()));
        for (state, count) in app.store.delivery_counts(issue).await? {
            table.push((format!("  {state}"), usize::try_from(count).context("count deliveries")?));
        }
        table.push(("mails sent in all".to_owned(), sunk.len()));
        Ok(table)
    }
}
