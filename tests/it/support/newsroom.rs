//! Mails that come in, people and items, for stories inside the newsroom.

use issues::ItemContent;
use subscribers::{EmailAddress, Language, Preferences, Suppression, SuppressionReason};
use zinas::app::{SharedApp, Step};
use zinas::clock::random_id;
use zinas::inbound::intake::{Arrival, Envelope, ImapKey, Intake as _, Sender, Source};
use zinas::newsroom::intake::Door;
use zinas::newsroom::moderate::Who;
use zinas::newsroom::people::{self, Origin, Requested};
use zinas::newsroom::route;
use zinas::store::{NewItem, address_hash};

pub const ANNA: Who<'static> = Who { by: "anna", channel: "command" };

pub fn mail(further: &str, text: &str) -> Vec<u8> {
    format!(
        "{further}From: Ilze <ilze@biblioteka.example>\r\nTo: <info@selija.com>\r\nSubject: Talka\r\n\
         Message-ID: <talka@biblioteka.example>\r\n\r\n{text}\r\n"
    )
    .into_bytes()
}

pub fn arrival(bytes: Vec<u8>, source: Source) -> Arrival {
    let recipients = vec!["info@selija.com".to_owned()];
    let sender = Sender::Address("ilze@biblioteka.example".to_owned());
    Arrival { bytes, envelope: Envelope { sender, recipients }, source }
}

pub fn key(uid: u32) -> ImapKey {
    ImapKey { mailbox: "INBOX".to_owned(), uid_validity: 7, uid }
}

pub async fn route_all(app: &SharedApp) {
    while route::step(app).await.unwrap() == Step::Worked {}
}

pub async fn item(app: &SharedApp, title: &str) -> i64 {
    let content =
        ItemContent { title: title.to_owned(), text: "Nāciet!".to_owned(), ..ItemContent::default() };
    let mut write = app.store.write().await.unwrap();
    let new = NewItem {
        public_id: random_id(),
        publication: app.publication,
        message: None,
        contributor: None,
        content: &content,
        received_at: app.clock.now(),
    };
    let id = write.keep_item(&new).await.unwrap();
    write.commit().await.unwrap();
    id
}

pub async fn pending(app: &SharedApp) -> Vec<String> {
    let rows = app.store.items(app.publication, "pending").await.unwrap();
    rows.into_iter().map(|row| row.item.content.title).collect()
}

pub const FORM: Origin<'static> = Origin { channel: "form", from: "" };

pub fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

pub fn preferences() -> Preferences {
    Preferences { language: Language::Latvian, municipality: String::new() }
}

pub async fn wish(app: &SharedApp, address: &EmailAddress) -> Requested {
    people::request(app, address, &preferences(), "Piekrītu.", FORM).await.unwrap()
}

pub async fn suppress(app: &SharedApp, address: &EmailAddress, reason: SuppressionReason) {
    let mut write = app.store.write().await.unwrap();
    people::suppress(app, &mut write, &address_hash(address), None, reason, "").await.unwrap();
    write.commit().await.unwrap();
}

pub async fn suppression(app: &SharedApp, address: &EmailAddress) -> Option<Suppression> {
    app.store.suppression(&address_hash(address)).await.unwrap()
}

pub async fn suppress_with_note(app: &SharedApp, address: &EmailAddress, note: &str) {
    let mut write = app.store.write().await.unwrap();
    let reason = SuppressionReason::HardBounce;
    people::suppress(app, &mut write, &address_hash(address), None, reason, note).await.unwrap();
    write.commit().await.unwrap();
}

pub fn from_anna(subject: &str, text: &str) -> Vec<u8> {
    format!(
        "From: =?UTF-8?B?{}?= <Anna.Berzina@pasts.example>\r\nTo: <info@selija.com>\r\nSubject: {subject}\r\n\
         Message-ID: <{}@pasts.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n\r\n",
        data_encoding::BASE64.encode("Anna Bērziņa".as_bytes()),
        subject.len()
    )
    .into_bytes()
}

pub async fn receive(app: &SharedApp, bytes: Vec<u8>) {
    Door(app.clone()).store(arrival(bytes, Source::Smtp)).await.unwrap();
}
