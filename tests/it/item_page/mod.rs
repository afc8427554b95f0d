//! The page of an item at the desk: one form, one revision, four verbs, and nothing that was typed is lost.

mod contributor;
mod decision;
mod event;
mod limits;
mod photo;
mod revision;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use issues::ItemContent;
use reqwest::Response;
use zinas::clock::random_id;
use zinas::inbound::intake::{Intake as _, Source};
use zinas::newsroom::intake::Door;
use zinas::store::{ItemRow, NewItem};

use crate::support::desk::Desk;
use crate::support::newsroom::{arrival, route_all};
use crate::support::site::{Site, now};

async fn row(site: &Site, id: i64) -> ItemRow {
    site.app.store.item(id).await.unwrap().unwrap()
}

fn path(id: i64) -> String {
    format!("/desk/item/{id}")
}

async fn press(desk: &Desk<'_>, id: i64, fields: &[(&str, &str)]) -> Response {
    let revision = row(desk.site, id).await.revision.to_string();
    let mut all = vec![("revision", revision.as_str())];
    all.extend_from_slice(fields);
    desk.post(&path(id), &all).await
}

/// A mail that came in and became an item.
async fn mailed(site: &Site, mail: &[u8]) -> i64 {
    let before = site.app.store.items(site.app.publication, "").await.unwrap().len();
    Door(site.app.clone()).store(arrival(mail.to_vec(), Source::Smtp)).await.unwrap();
    route_all(&site.app).await;
    let items = site.app.store.items(site.app.publication, "").await.unwrap();
    assert_eq!(items.len(), before + 1, "the mail became an item");
    items.iter().map(|item| item.id).max().unwrap()
}

async fn keep(site: &Site, content: &ItemContent) -> i64 {
    let mut write = site.app.store.write().await.unwrap();
    let new = NewItem {
        public_id: random_id(),
        publication: site.app.publication,
        message: None,
        contributor: None,
        content,
        received_at: now(),
    };
    let id = write.keep_item(&new).await.unwrap();
    write.commit().await.unwrap();
    id
}

/// An item with a contributor who can be written to.
async fn contributed(site: &Site, address: &str, title: &str) -> i64 {
    let mail = format!(
        "From: Rasma <{address}>\r\nTo: info@selija.example\r\nSubject: {title}\r\nMessage-ID: <{title}@b.example>\r\n\
         Date: Fri, 20 Nov 2026 10:00:00 +0200\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
         Piektdien, 4. decembrī, plkst. 11.00 lasām grāmatas bibliotēkā. Nāciet visi!\r\n"
    );
    mailed(site, mail.as_bytes()).await
}

/// An item that came with a photo and no word about who took it.
async fn pictured(site: &Site) -> i64 {
    let file = data_encoding::BASE64.encode(&jpeg(900, 600));
    let lines: Vec<&str> =
        file.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap()).collect();
    let mail = format!(
        "From: Rasma <rasma@biblioteka.example>\r\nTo: info@selija.example\r\nSubject: Talka\r\nMessage-ID: <p@b.example>\r\n\
         Date: Fri, 20 Nov 2026 10:00:00 +0200\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSestdien sakopsim taku gar ezeru. Nāciet visi palīgā!\r\n\
         --b\r\nContent-Type: image/jpeg; name=taka.jpg\r\nContent-Disposition: attachment; filename=taka.jpg\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{}\r\n--b--\r\n",
        lines.join("\r\n")
    );
    mailed(site, mail.as_bytes()).await
}

/// Dark on the left, light on the right.
fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let picture =
        RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([10; 3]) } else { Rgb([240; 3]) });
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture).write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// The text of a mail, and what it calls itself.
fn read(mail: &[u8]) -> (String, String) {
    let parsed = mail_parser::MessageParser::default().parse(mail).unwrap();
    (parsed.body_text(0).unwrap().into_owned(), parsed.message_id().unwrap().to_owned())
}

/// Rasma answers a mail of ours.
async fn answer(site: &Site, to: &[u8], text: &str) {
    let (_, id) = read(to);
    let reply = format!(
        "From: Rasma Egle <rasma@biblioteka.example>\r\nTo: info@selija.example\r\nSubject: Re: Talka\r\n\
         In-Reply-To: <{id}>\r\nMessage-ID: <{}@b.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n",
        random_id()
    );
    Door(site.app.clone()).store(arrival(reply.into_bytes(), Source::Smtp)).await.unwrap();
    route_all(&site.app).await;
}
