//! Everything that is kept about a reader, gathered for her own eyes.

use chrono::{DateTime, Utc};
use subscribers::ConsentEvent;

use super::readers::NEW_ADDRESS_WAITS;
use super::senders;
use crate::app::App;
use crate::store::{AddressChange, Contributor, ItemRow, LetterRow, Mailed, Mailing, SubscriptionRow};

pub struct Kept {
    pub subscription: SubscriptionRow,
    pub consent: Vec<ConsentEvent>,
    pub new_address: Option<AddressChange>,
    pub contributor: Option<Contributor>,
    /// Since when nothing is taken from her.
    pub blocked_since: Option<DateTime<Utc>>,
    pub items: Vec<ItemRow>,
    pub letters: Vec<LetterRow>,
    pub received: Vec<Mailed>,
    pub sent: Vec<Mailing>,
}

/// # Errors
/// The database fails.
pub async fn kept(app: &App, subscription: SubscriptionRow) -> anyhow::Result<Kept> {
    let (publication, address) = (app.publication, &subscription.address);
    let contributor = app.store.contributor_of(publication, address).await?;
    let items = match &contributor {
        Some(contributor) => app.store.items_of_contributor(contributor.id).await?,
        None => Vec::new(),
    };
    let since = app.clock.now() - NEW_ADDRESS_WAITS;
    Ok(Kept {
        consent: app.store.consent(subscription.id).await?,
        new_address: app.store.address_change(subscription.id, since).await?,
        letters: app.store.letters_from(publication, address).await?,
        received: app.store.mails_from(publication, address).await?,
        sent: app.store.mails_to(publication, address, subscription.id).await?,
        contributor,
        blocked_since: senders::blocked_since(app, address).await?,
        items,
        subscription,
    })
}
