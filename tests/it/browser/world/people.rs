//! Links in mails to readers and contributors: confirming, leaving, reminders.

use subscribers::{EmailAddress, Language, Preferences, Purpose};
use zinas::newsroom::people;
use zinas::store::SubscriptionRow;

use super::Example;
use crate::support::newsroom::FORM;
use crate::support::site::{Site, now};

pub async fn examples(site: &Site) -> Vec<Example> {
    let (confirm, leave, reminders) = ("/confirm/{token}", "/leave/{token}", "/reminders/{token}");
    let by = |row: &SubscriptionRow, place: &str, purpose| site.path(place, purpose, row.public_id);
    let waiting = asks(site, "anna.kalnina@lasa.example").await;
    let confirming = asks(site, "ilze@lasa.example").await;
    let reading = reads(site, "janis@lasa.example").await;
    let leaving = reads(site, "rasma@lasa.example").await;
    let (gone, back) = (reads(site, "zane@lasa.example").await, reads(site, "uldis@lasa.example").await);
    for row in [&gone, &back] {
        people::leave(&site.app, row.public_id, FORM).await.unwrap();
    }
    let contributor = |id| site.path("reminders", Purpose::Reminder, id);
    for (id, address) in [(81, "skola@raksta.example"), (82, "muzejs@raksta.example")] {
        let address = EmailAddress::parse(address).unwrap();
        let mut write = site.app.store.write().await.unwrap();
        write.contributor(site.app.publication, &address, "", id, now()).await.unwrap();
        write.commit().await.unwrap();
    }
    vec![
        Example::new("confirm", confirm, by(&waiting, "confirm", Purpose::Confirm)),
        Example::new("confirmed", confirm, by(&confirming, "confirm", Purpose::Confirm)).pressed(),
        Example::new("confirmed-already", confirm, by(&reading, "confirm", Purpose::Confirm)),
        Example::new("link-expired", confirm, by(&gone, "confirm", Purpose::Confirm)).status(410),
        Example::new("leave", leave, by(&reading, "leave", Purpose::Leave)),
        Example::new("left", leave, by(&leaving, "leave", Purpose::Leave)).press("leave"),
        Example::new("left-before", leave, by(&gone, "leave", Purpose::Leave)),
        Example::new("left-undone", leave, by(&back, "leave", Purpose::Leave)).press("undo"),
        Example::new("reminders", reminders, contributor(81)),
        Example::new("reminders-left", reminders, contributor(82)).pressed(),
    ]
}

async fn asks(site: &Site, address: &str) -> SubscriptionRow {
    asks_in(site, address, Language::Latvian).await
}

pub async fn asks_in(site: &Site, address: &str, language: Language) -> SubscriptionRow {
    asks_from(site, address, language, "Jēkabpils novads").await
}

async fn asks_from(site: &Site, address: &str, language: Language, municipality: &str) -> SubscriptionRow {
    let typed = EmailAddress::parse(address).unwrap();
    let preferences = Preferences { language, municipality: municipality.to_owned() };
    people::request(&site.app, &typed, &preferences, "Piekrītu.", FORM).await.unwrap();
    site.subscription(address).await
}

pub async fn lives_in(site: &Site, address: &str, municipality: &str) -> SubscriptionRow {
    let row = asks_from(site, address, Language::Latvian, municipality).await;
    people::confirm(&site.app, row.public_id, "Piekrītu.", FORM).await.unwrap()
}

pub async fn reads(site: &Site, address: &str) -> SubscriptionRow {
    reads_in(site, address, Language::Latvian).await
}

pub async fn reads_in(site: &Site, address: &str, language: Language) -> SubscriptionRow {
    let row = asks_in(site, address, language).await;
    people::confirm(&site.app, row.public_id, "Piekrītu.", FORM).await.unwrap()
}
