//! What the newsrooms of the walk are furnished with.

use std::io::Cursor;

use image::{ExtendedColorType, ImageEncoder as _, RgbImage};
use issues::{Byline, Event, ItemContent, ItemPhoto, Place};
use zinas::clock::random_id;
use zinas::inbound::intake::{Intake as _, Source};
use zinas::newsroom::intake::Door;
use zinas::store::NewItem;

use crate::support::newsroom::{arrival, route_all};
use crate::support::site::{Site, now};

/// A photo of a shore.
async fn photo(site: &Site, alt: &str, caption: &str, credit: &str) -> ItemPhoto {
    let mut jpeg = Cursor::new(Vec::new());
    let hills = RgbImage::from_fn(960, 640, |x, y| {
        let shore = 300.0 + 60.0 * (f64::from(x) / 130.0).sin();
        if f64::from(y) < shore { image::Rgb([176, 200, 214]) } else { image::Rgb([52, 92, 74]) }
    });
    image::codecs::jpeg::JpegEncoder::new(&mut jpeg)
        .write_image(hills.as_raw(), 960, 640, ExtendedColorType::Rgb8)
        .unwrap();
    let mut write = site.app.store.write().await.unwrap();
    let sha256 = write.keep_blob(&jpeg.into_inner(), "image/jpeg", now()).await.unwrap();
    write.commit().await.unwrap();
    let [alt, caption, credit] = [alt, caption, credit].map(str::to_owned);
    ItemPhoto {
        sha256,
        width: 960,
        height: 640,
        alt,
        caption,
        credit,
        credit_proposed: false,
        gps_removed: true,
        framed: None,
    }
}

/// News as one wishes them: a photo, a date, a place and who sent it.
pub async fn bridge(site: &Site) -> ItemContent {
    ItemContent {
        title: "Sunākstē atklās atjaunoto tiltiņu pār Dienvidsusēju".to_owned(),
        text: "Ciema ļaudis divus gadus vāca dēļus un naudu, un nu tiltiņš atkal ved pāri upei.\n\n\
               Atklāšanā muzicēs skolas kapela. Līdzi ņemiet krūzīti: būs tēja un karstas pankūkas. Vairāk: \
               https://sunakste.example/tiltins"
            .to_owned(),
        photos: vec![photo(site, "Zaļš krasts un upe rīta gaismā", "Te būs tiltiņš", "Māra Kalve").await],
        events: vec![Event::at(
            "2026-12-05T11:00:00".parse().unwrap(),
            "sestdien, 5. decembrī, plkst. 11.00",
        )],
        places: vec![place("Sunākste", "Aizkraukles novads")],
        byline: Some(Byline {
            name: Some("Māra Kalve".to_owned()),
            organisation: Some("Sunākstes bibliotēka".to_owned()),
            ..Byline::default()
        }),
        ..ItemContent::default()
    }
}

/// What breaks a page: words without end, links without end, many dates, markup wherever there are words.
pub async fn long(site: &Site) -> ItemContent {
    let endless = "Vispārnevajadzīgiessamaksātasnepārtraucamības".repeat(3);
    let foreign = |words: &str| format!("{words} {HARM}");
    ItemContent {
        title: format!("{HARM}{endless} & “Pēdiņas” 2026./2027."),
        text: format!(
            "{endless}\n\nhttps://www.gars.example/{}?a=1&b=2\n\n{HARM} javascript:owned()\n\n\
             https://gars.example/\"onmouseover=\"owned() {}",
            "cels/".repeat(40),
            "Teikums pēc teikuma. ".repeat(60)
        ),
        photos: vec![photo(site, &foreign("Krasts"), &foreign("Ezers"), &foreign("Ilze")).await],
        events: (1..=9)
            .map(|day| Event::at(format!("2026-12-{day:02}T18:30:00").parse().unwrap(), &foreign("vakarā")))
            .collect(),
        places: vec![place(&format!("{endless}{HARM}"), HOSTILE)],
        byline: Some(Byline {
            name: Some(HARM.to_owned()),
            role: Some(HOSTILE.to_owned()),
            organisation: Some(HARM.to_owned()),
            email: Some("\"><x-owned>\"@gars.example".to_owned()),
            phone: Some(HOSTILE.to_owned()),
        }),
        ..ItemContent::default()
    }
}

pub fn short() -> ItemContent {
    ItemContent {
        title: "Bibliotēka slēgta".to_owned(),
        text: "Piektdien.".to_owned(),
        ..ItemContent::default()
    }
}

pub fn place(place: &str, municipality: &str) -> Place {
    Place {
        place: place.into(),
        municipality: municipality.into(),
        text: String::new(),
        confidence: 1.0,
        confirmed: None,
    }
}

/// A word that no window is wide enough for.
pub const ENDLESS: &str = "Vispārnevajadzīgiessamaksātasnepārtraucamībasnepieciešamībaspārliecinātība";

/// Words that are more than words on a page that takes them for its own; the walk looks for `x-owned` and `owned`. Short
/// enough for a municipality.
pub const HOSTILE: &str = "</title></textarea>\"'><x-owned onclick=owned()>";

/// The same with what would run by itself, and a mark that turns the words around.
pub const HARM: &str = "</title></textarea>\"'><x-owned onclick=owned()><img src=x onerror=alert(1)>\
                        <script>owned=1</script><meta http-equiv=refresh content=0;url=/privacy>\u{202e}";

/// A mail of strangers: scripts, pictures of another house, styles that leave their frame, a file with a long name.
pub fn hostile(subject: &str) -> Vec<u8> {
    let quoted = HARM.replace('"', "\\\"");
    format!(
        "From: \"{quoted} {ENDLESS}\" <balle@sauka.example>\r\nTo: <info@selija.com>\r\nSubject: {subject} {HARM}\r\n\
         Message-ID: <{}@sauka.example>\r\nDate: Fri, 20 Nov 2026 10:00:00 +0200\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n\
         --a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSestdien, 6. decembrī, plkst. 19.00 balle Saukā. \
         {HARM} {ENDLESS} https://sauka.example/{ENDLESS}/{ENDLESS} javascript:owned()\r\n\
         --a\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body onload=\"owned=1;alert(1)\" style=\"width:3000px\">\
         <h1>Balle</h1><script>owned=1; parent.owned=1; parent.document.title = 'x'</script>\
         <base href=\"https://spy.example/\"><a href=\"javascript:owned()\">Nāc!</a><x-owned onclick=\"owned()\">x</x-owned><img src=\"https://spy.example/1.gif\">\
         <link rel=stylesheet href=\"https://spy.example/1.css\"><style>@import url(https://spy.example/2.css);</style>\
         <form action=\"https://spy.example/\"><button autofocus>{ENDLESS}</button></form>\
         <meta http-equiv=refresh content=\"0;url=https://spy.example/\"><iframe src=\"https://spy.example/3\"></iframe>\
         <div style=\"position:fixed;inset:0;background:url(https://spy.example/4.png)\">Balle!</div></body></html>\r\n\
         --a--\r\n--m\r\nContent-Type: application/pdf; name=\"{quoted}.pdf\"\r\nContent-Disposition: attachment; \
         filename=\"{quoted}{ENDLESS}.pdf\"\r\n\r\n%PDF-1.4\r\n--m--\r\n",
        subject.len()
    )
    .into_bytes()
}

/// Takes a mail in and reads it; gives its row.
pub async fn take(site: &Site, mail: Vec<u8>) -> i64 {
    Door(site.app.clone()).store(arrival(mail, Source::Smtp)).await.unwrap();
    route_all(&site.app).await;
    newest(site).await
}

pub async fn newest(site: &Site) -> i64 {
    let messages = site.app.store.messages(site.app.publication, "", "").await.unwrap();
    messages.iter().map(|message| message.id).max().unwrap()
}

/// The item that a mail became.
pub async fn item_of(site: &Site, message: i64) -> i64 {
    let (items, _) = site.app.store.became(message).await.unwrap();
    items[0]
}

/// An item that says this, of which nobody is told.
pub async fn keep(site: &Site, content: &ItemContent) -> i64 {
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
