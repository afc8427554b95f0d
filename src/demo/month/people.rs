//! Readers come, by a list and by the form, and one leaves.

use anyhow::{Context as _, ensure};
use subscribers::{EmailAddress, Language, Preferences};

use super::super::opened::link;
use super::{Month, reader};
use crate::newsroom::people::{self, Origin};

const READERS: usize = 198;

impl Month {
    pub(super) async fn readers_come(&mut self) -> anyhow::Result<()> {
        let mut write = self.app.store.write().await?;
        for number in 1..=READERS {
            let address = EmailAddress::parse(&reader(number))?;
            let language = if number.is_multiple_of(10) { Language::English } else { Language::Latvian };
            let preferences = Preferences { language, municipality: String::new() };
            let words = "Pieteicās uz lapas bibliotēkā, 2026. gada oktobrī.";
            let origin = Origin { channel: "import", from: "lasitaji.csv" };
            people::add_in(&self.app, &mut write, &address, &preferences, words, origin).await?;
        }
        write.commit().await?;
        for address in ["anna@pasts.example", "peteris@pasts.example", "neapstiprina@pasts.example"] {
            let fields = [("email", address), ("language", "lv"), ("website", "")];
            self.form(&format!("{}/subscribe", self.base), &fields).await?;
            self.settle().await?;
            let asked = self.sink.newest(address, |text| text.contains("/confirm/"));
            let link = link(&asked.context("a confirmation mail")?, "/confirm/")?;
            self.http.get(&link).send().await?;
            let state = self.state_of(address).await?;
            ensure!(state == "pending", "looking at the link has confirmed {address}");
            if !address.starts_with("neapstiprina") {
                self.form(&link, &[]).await?;
                ensure!(
                    self.state_of(address).await? == "confirmed",
                    "the button has not confirmed {address}"
                );
            }
        }
        Ok(())
    }

    pub(super) async fn state_of(&self, address: &str) -> anyhow::Result<&'static str> {
        let rows = self.app.store.subscriptions(self.app.publication, "").await?;
        let row = rows.iter().find(|row| row.address.as_str() == address).context("find a reader")?;
        Ok(row.state.name())
    }

    /// With the link that her goodbye in free words has earned: between approval and sending.
    pub(super) async fn reader_leaves(&self) -> anyhow::Result<()> {
        let mail = self.sink.newest(&reader(7), |text| text.contains("/leave/"));
        let link = link(&mail.context("the link to leave")?, "/leave/")?;
        let status = self.form(&link, &[("List-Unsubscribe", "One-Click")]).await?;
        ensure!(status == 200, "one click is answered {status}");
        ensure!(
            self.state_of(&reader(7)).await? == "unsubscribed",
            "one click has not ended the subscription"
        );
        self.settle().await
    }
}
