//! The mails of the demo's month, written for it: invented people, real places, `.example` addresses.

use std::io::{Cursor, Write as _};

use anyhow::Context as _;
use data_encoding::BASE64;
use image::{ExtendedColorType, ImageEncoder as _, RgbImage};

/// One mail from outside.
pub struct Posted {
    /// What it shows, for the progress line.
    pub what: &'static str,
    /// Moment at which it is handed over, UTC.
    pub at: &'static str,
    /// MAIL FROM; empty for the null sender.
    pub sender: String,
    pub bytes: Vec<u8>,
    /// May never be answered by a program.
    pub automatic: bool,
}

/// A date that a mail states.
pub struct Stated {
    /// The item's title in the bulletin.
    pub title: &'static str,
    pub start: &'static str,
    /// How it stands in the calendar of a Latvian reader.
    pub words: &'static str,
}

pub const DATES: [Stated; 2] = [
    Stated {
        title: "Sveču liešana Dvietē",
        start: "2026-12-12T11:00",
        words: "Sestdien, 12. decembrī, plkst. 11.00",
    },
    Stated {
        title: "Egles iedegšana Viesītē",
        start: "2026-12-06T15:00",
        words: "Svētdien, 6. decembrī, plkst. 15.00",
    },
];

/// Every mail of the month up to the sending day, in the order of their moments.
pub fn month() -> anyhow::Result<Vec<Posted>> {
    Ok(vec![
        text(
            "a phone photo",
            "2026-11-03T13:05:00Z",
            "Rites bibliotēka",
            "rasma@ritesbiblioteka.example",
            "Ritē lasa pasakas",
            "",
            &photo_parts(
                "Labdien! Šodien ciemos bija 2. klase, lasījām pasakas par lāčiem.\r\nFoto: Rasma Ozolzare\r\n\r\nSent from my iPhone\r\n",
            )?,
            false,
        ),
        text(
            "an event",
            "2026-11-04T08:12:00Z",
            "Viesītes kultūras pils",
            "pils@viesite.example",
            "Egles iedegšana Viesītē",
            "",
            &plain(
                "Labdien!\r\n\r\nSvētdien, 6. decembrī, plkst. 15.00 laukumā pie kultūras pils iedegsim Viesītes egli. Dziedās koris, būs karsta tēja.\r\n\r\nInformāciju sagatavoja:\r\nIlga Vītolkalne\r\nViesītes kultūras pils vadītāja\r\nT: 2000 0022\r\n",
            ),
            false,
        ),
        text(
            "the same mail by another way",
            "2026-11-04T08:13:00Z",
            "Viesītes kultūras pils",
            "pils@viesite.example",
            "Egles iedegšana Viesītē",
            "X-Forwarded-By: filiale\r\n",
            &plain(
                "Labdien!\r\n\r\nSvētdien, 6. decembrī, plkst. 15.00 laukumā pie kultūras pils iedegsim Viesītes egli. Dziedās koris, būs karsta tēja.\r\n\r\nInformāciju sagatavoja:\r\nIlga Vītolkalne\r\nViesītes kultūras pils vadītāja\r\nT: 2000 0022\r\n",
            ),
            false,
        ),
        text(
            "a forwarded notice",
            "2026-11-05T09:40:00Z",
            "Dvietes bibliotēka",
            "dviete@biblioteka.example",
            "Pārs.: Sveču liešana Dvietē",
            "",
            &plain(
                "Pārsūtu, varbūt noder jūsu ziņām!\r\n________________________________\r\nNo: Dvietes muižas kopiena <muiza@dviete.example>\r\nNosūtīts: trešdien, 2026. gada 4. novembrī 18:22\r\nKam: Dvietes bibliotēka\r\nTēma: Sveču liešana Dvietē\r\n\r\nSestdien, 12. decembrī, plkst. 11.00 Dvietes muižā liesim sveces no vietējo bitenieku vaska. Dalība 3 €, bērniem bez maksas.\r\n",
            ),
            false,
        ),
        docx("a press release as .docx", "2026-11-06T10:02:00Z")?,
        text(
            "two items in one mail",
            "2026-11-09T12:02:00Z",
            "Sunākstes bibliotēka",
            "sunakste@biblioteka.example",
            "ziņas decembra numuram",
            "",
            &plain(
                "Labdien! Sūtu divas ziņas.\r\n\r\n1) Lasītāju klubs\r\n9. decembrī plkst. 15.00 runāsim par jaunāko latviešu romānu.\r\n\r\n2) Paldies talciniekiem!\r\nRudenī sakopām taku gar ezeru.\r\n\r\nP.S. Šo gan nepublicē – man līdz piektdienai atvaļinājums, zvani uz mobilo 2000 0000.\r\n",
            ),
            false,
        ),
        text(
            "an out-of-office",
            "2026-11-09T12:03:00Z",
            "Jānis Prombūtnis",
            "janis@novads.example",
            "Automātiskā atbilde: Esmu atvaļinājumā",
            "Auto-Submitted: auto-replied\r\n",
            &plain("Paldies par vēstuli! Esmu atvaļinājumā no 9. līdz 20. novembrim.\r\n"),
            true,
        ),
        bounce_of_nothing("2026-11-10T07:00:00Z"),
        text(
            "a goodbye in free words",
            "2026-11-10T18:30:00Z",
            "Lasītāja",
            "lasitaja-0007@lasitaji.example",
            "atteikšanās",
            "",
            &plain("Labdien! Lūdzu, turpmāk man vairs nesūtiet šīs ziņas. Paldies!\r\n"),
            false,
        ),
        text(
            "an award entry",
            "2026-11-11T20:15:00Z",
            "Kaimiņiene",
            "kaiminiene@pasts.example",
            "Pieteikums konkursam “Sēlijas sudrabs”",
            "",
            &plain(
                "Gribu pieteikt savu kaimiņu, kas katru ziemu iztīra visas ielas sniegu. Viņa adrese: Liepu iela 2, tālrunis 2000 0033.\r\n",
            ),
            false,
        ),
        damaged("2026-11-12T06:45:00Z"),
        text(
            "somebody else's newsletter",
            "2026-11-12T09:00:00Z",
            "Dārza ziņas",
            "zinas@darzs.example",
            "Dārza ziņas novembrī",
            "List-Id: <zinas.darzs.example>\r\nPrecedence: bulk\r\nList-Unsubscribe: <https://darzs.example/u>\r\n",
            &plain("Laiks apraust rozes!\r\n"),
            true,
        ),
        hostile("2026-11-13T21:07:00Z"),
        text(
            "a wish to subscribe",
            "2026-11-14T10:00:00Z",
            "Jauna lasītāja",
            "jauna@pasts.example",
            "pieteikties",
            "",
            &plain("pieteikties\r\n"),
            false,
        ),
        text(
            "Russian words",
            "2026-11-16T11:20:00Z",
            "Силенская библиотека",
            "silene@biblioteka.example",
            "Вечер поэзии",
            "",
            &plain(
                "Добрый день! Приглашаем 12 декабря в 18:00 на вечер поэзии в Силенской библиотеке. Вход свободный.\r\n",
            ),
            false,
        ),
    ])
}

#[expect(clippy::too_many_arguments, reason = "a mail has that many parts")]
pub(super) fn text(
    what: &'static str,
    at: &'static str,
    name: &str,
    address: &str,
    subject: &str,
    further: &str,
    body: &(String, Vec<u8>),
    automatic: bool,
) -> Posted {
    let id: String = at.chars().filter(char::is_ascii_digit).collect();
    // The same mail by another way has the same Message-ID.
    let id = if what.starts_with("the same") { "20261104081200".to_owned() } else { id };
    let head = format!(
        "{further}From: =?utf-8?B?{}?= <{address}>\r\nTo: <info@selija.example>\r\nSubject: =?utf-8?B?{}?=\r\n\
         Message-ID: <{id}@{}>\r\nDate: {}\r\nMIME-Version: 1.0\r\n{}\r\n",
        BASE64.encode(name.as_bytes()),
        BASE64.encode(subject.as_bytes()),
        address.split_once('@').map_or("example", |(_, domain)| domain),
        date(at),
        body.0
    );
    let mut bytes = head.into_bytes();
    bytes.extend_from_slice(&body.1);
    Posted { what, at, sender: address.to_owned(), bytes, automatic }
}

/// `Tue, 3 Nov 2026 13:05:00 +0000`
pub fn date(at: &str) -> String {
    at.parse::<chrono::DateTime<chrono::Utc>>().map_or_else(|_| String::new(), |at| at.to_rfc2822())
}

pub(super) fn plain(text: &str) -> (String, Vec<u8>) {
    let head = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n";
    (head.to_owned(), text.as_bytes().to_vec())
}

fn photo_parts(text: &str) -> anyhow::Result<(String, Vec<u8>)> {
    Ok(with_photo(text, "IMG_20261103_140211.jpg", &photo_on_its_side(library)?))
}

pub(super) fn with_photo(text: &str, name: &str, photo: &[u8]) -> (String, Vec<u8>) {
    let head = "Content-Type: multipart/mixed; boundary=\"dala\"\r\n".to_owned();
    let body = format!(
        "--dala\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n\
         --dala\r\nContent-Type: image/jpeg; name=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\
         Content-Disposition: attachment; filename=\"{name}\"\r\n\r\n{}--dala--\r\n",
        base64_lines(photo)
    );
    (head, body.into_bytes())
}

fn base64_lines(bytes: &[u8]) -> String {
    let encoded = BASE64.encode(bytes);
    let mut lines = String::with_capacity(encoded.len() + encoded.len() / 30);
    for line in encoded.as_bytes().chunks(76) {
        lines.extend(line.iter().map(|octet| char::from(*octet)));
        lines.push_str("\r\n");
    }
    lines
}

/// A lamp among shelves.
fn library(x: u32, y: u32) -> [u8; 3] {
    let lamp = (f64::from(x) - 900.0).hypot(f64::from(y) - 500.0) < 140.0;
    let shelf = (y / 90).is_multiple_of(4);
    if lamp {
        [250, 214, 120]
    } else if shelf {
        [92, 60, 34]
    } else {
        [u8::try_from(x % 90).unwrap_or(0) + 40, 58, 52]
    }
}

/// A picture as a phone takes it: lying on its side (EXIF orientation 6), with the position in it.
pub(super) fn photo_on_its_side(colour: impl Fn(u32, u32) -> [u8; 3]) -> anyhow::Result<Vec<u8>> {
    let picture = RgbImage::from_fn(1600, 1200, |x, y| image::Rgb(colour(x, y)));
    let mut jpeg = Cursor::new(Vec::new());
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 88)
        .write_image(picture.as_raw(), 1600, 1200, ExtendedColorType::Rgb8)
        .context("make a photo")?;
    let jpeg = jpeg.into_inner();
    // TIFF in little endian: orientation, and a directory of positions.
    let mut app1 = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
    app1.extend(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0");
    app1.extend(b"\x25\x88\x04\0\x01\0\0\0\x26\0\0\0\0\0\0\0");
    app1.extend(b"\x01\0\x01\0\x02\0\x02\0\0\0N\0\0\0\0\0\0\0");
    let length = u16::try_from(app1.len() + 2).context("measure the metadata of a photo")?;
    Ok([&jpeg[..2], b"\xff\xe1", &length.to_be_bytes(), &app1, &jpeg[2..]].concat())
}

fn docx(what: &'static str, at: &'static str) -> anyhow::Result<Posted> {
    let paragraphs = [
        "AICINA PIETEIKTIES IEDZĪVOTĀJU PADOMĒM",
        "Pašvaldība līdz 18. decembrim pulksten 16.00 gaida kandidātu pieteikumus iedzīvotāju padomēm Secē un Zalvē.",
        "Padomē var darboties ikviens, kas dzīvo pagastā un ir sasniedzis 16 gadu vecumu. Sīkāk: https://novads.example/padomes",
        "Projektu “Kopienas balss” īsteno biedrība “Paraugs” ar Piemēra fonda finansiālu atbalstu.",
        "Informāciju sagatavoja: Velga Izdomāte, sabiedrisko attiecību speciāliste",
    ];
    let text: String =
        paragraphs.iter().map(|text| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")).collect();
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{text}</w:body></w:document>"
    );
    let types = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in [("[Content_Types].xml", types), ("word/document.xml", document.as_str())] {
        archive.start_file(name, options).context("make a document")?;
        archive.write_all(content.as_bytes()).context("make a document")?;
    }
    let file = archive.finish().context("make a document")?.into_inner();
    let body = format!(
        "--dala\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\
         Sveiki! Pielikumā relīze, lūdzu publicēt. Labu dienu vēlot, Velga\r\n--dala\r\n\
         Content-Type: application/vnd.openxmlformats-officedocument.wordprocessingml.document; name=\"Relize.docx\"\r\n\
         Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"Relize.docx\"\r\n\r\n{}--dala--\r\n",
        base64_lines(&file)
    );
    let parts = ("Content-Type: multipart/mixed; boundary=\"dala\"\r\n".to_owned(), body.into_bytes());
    Ok(text_of(
        what,
        at,
        "Sabiedriskās attiecības",
        "velga@novads.example",
        "Relīze iedzīvotāju padomes",
        &parts,
    ))
}

fn text_of(
    what: &'static str,
    at: &'static str,
    name: &str,
    address: &str,
    subject: &str,
    body: &(String, Vec<u8>),
) -> Posted {
    text(what, at, name, address, subject, "", body, false)
}

/// A report that names an address but no mail of ours: it must change nothing.
fn bounce_of_nothing(at: &'static str) -> Posted {
    let body = "--r\r\nContent-Type: text/plain\r\n\r\nThis is the mail system. Your message could not be delivered.\r\n\
         --r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.pasts.example\r\n\r\n\
         Final-Recipient: rfc822; lasitaja-0003@lasitaji.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\
         Diagnostic-Code: smtp; 550 5.1.1 User unknown\r\n\r\n--r\r\nContent-Type: text/rfc822-headers\r\n\r\n\
         Subject: something else\r\nMessage-ID: <cits@pasts.example>\r\n\r\n--r--\r\n";
    let parts = (
        "Content-Type: multipart/report; report-type=delivery-status; boundary=\"r\"\r\n".to_owned(),
        body.as_bytes().to_vec(),
    );
    let mut posted = text(
        "a bounce",
        at,
        "Mail Delivery System",
        "mailer-daemon@pasts.example",
        "Undelivered Mail",
        "Auto-Submitted: auto-replied\r\n",
        &parts,
        true,
    );
    posted.sender = String::new();
    posted
}

/// A boundary that is never closed, base64 without its end, a charset that lies.
fn damaged(at: &'static str) -> Posted {
    let mut bytes = format!(
        "From: TN <tn@pasts.example>\r\nTo: <info@selija.example>\r\nSubject: afi\u{161}a\r\n\
         Message-ID: <bojats@pasts.example>\r\nDate: {}\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=\"nekad\"\r\n\r\n--nekad\r\n\
         Content-Type: text/plain; charset=us-ascii\r\n\r\n",
        date(at)
    )
    .into_bytes();
    // “Balle Leimaņos” in windows-1257, labelled otherwise.
    bytes.extend_from_slice(
        b"Balle Leima\xf2os 31. decembr\xee plkst. 21.00, visi m\xee\xefi gaid\xeeti!\r\n",
    );
    bytes.extend_from_slice(
        b"--nekad\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n\r\n/9j/4AAQSkZJRg\r\n",
    );
    Posted { what: "a damaged one", at, sender: "tn@pasts.example".to_owned(), bytes, automatic: false }
}

fn hostile(at: &'static str) -> Posted {
    let body = "<html><body><p>Nāciet uz <b>balli</b> Saukā!</p><script>alert(1)</script>\
         <img src=x onerror=\"alert(2)\"><a href=\"javascript:alert(3)\">spied šeit</a>\
         <p>Ieeja brīva, mūzika līdz rītam un loterija ar balvām.</p></body></html>\r\n";
    let parts = (
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n".to_owned(),
        body.as_bytes().to_vec(),
    );
    text_of(
        "a hostile one",
        at,
        "<script>alert(0)</script>",
        "balle@sauka.example",
        "Balle <script>alert(4)</script> Saukā",
        &parts,
    )
}
