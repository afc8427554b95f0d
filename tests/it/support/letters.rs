//! Mails that wait to leave, as their readers will read them.

use quoted_printable::ParseMode;
use zinas::app::App;
use zinas::store::HeldMail;

use super::outbox::{RESEND, holder};

/// The single mails to an address that wait, oldest first, their bodies decoded. Looking takes none of them.
pub async fn waiting_for(app: &App, address: &str) -> Vec<String> {
    let mut write = app.store.write().await.unwrap();
    let taken = write.claim(&holder(99), app.clock.now(), RESEND, 1_000).await.unwrap();
    write.roll_back().await.unwrap();
    let mine = taken.held.into_iter().filter(|held| held.recipient.as_str() == address);
    let read = |mail: HeldMail| match mail {
        HeldMail::Single { bytes, .. } => {
            let decoded = quoted_printable::decode(bytes, ParseMode::Robust).unwrap();
            Some(String::from_utf8_lossy(&decoded).into_owned())
        }
        HeldMail::Delivery { .. } => None,
    };
    mine.filter_map(|held| read(held.mail)).collect()
}

/// The path of the link in a mail that begins so: `/news/`.
pub fn link(mail: &str, begins: &str) -> String {
    let at = mail.find(begins).unwrap_or_else(|| panic!("no {begins} in {mail}"));
    let end = mail[at..].find(|c: char| c.is_whitespace() || "\"<>".contains(c)).unwrap();
    mail[at..at + end].to_owned()
}
