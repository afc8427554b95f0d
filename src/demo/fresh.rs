//! The mails of December, for the demo that goes on: what is in the next issue already, and what waits for whoever
//! opens the desk. Invented people, real places, `.example` addresses.

use super::mails::{Posted, photo_on_its_side, plain, text, with_photo};

/// What the sample's mail host writes above a letter whose sender it could not verify.
const FAILED: &str = "Authentication-Results: mail.selija.com; dmarc=fail header.from=novads.example\r\n";
/// Letters inside letters, more than any program opens.
const NESTED: usize = 120;

/// Two that the editor takes at once, and their titles.
pub fn taken() -> [(&'static str, Posted); 2] {
    [
        (
            "Lāpu gājiens Neretā",
            text(
                "an event in January",
                "2026-12-03T09:15:00Z",
                "Neretas kultūras centrs",
                "centrs@nereta.example",
                "Lāpu gājiens",
                "",
                &plain(
                    "Labdien!\r\n\r\nTrešdien, 20. janvārī, plkst. 17.00 aicinām uz lāpu gājienu Neretā, pieminot barikāžu dienas. Pulcēšanās pie kultūras centra, lāpas būs uz vietas.\r\n\r\nInformāciju sagatavoja:\r\nMāra Kalnazare\r\n",
                ),
                false,
            ),
        ),
        (
            "Paldies par ziedoto malku",
            text(
                "a thank-you",
                "2026-12-08T14:40:00Z",
                "Aknīstes ļaudis",
                "kopa@akniste.example",
                "Paldies par malku",
                "",
                &plain(
                    "Sveiki!\r\n\r\nAknīstes ļaudis saka paldies visiem, kas rudenī ziedoja malku vientuļajiem kaimiņiem: kopā savesti četrpadsmit steri. Krāvām divas sestdienas, un neviens neaizgāja bez karstas zupas.\r\n\r\nInformāciju sagatavoja:\r\nPēteris Lapsenieks\r\n",
                ),
                false,
            ),
        ),
    ]
}

/// What nobody has looked at yet, each odd in its own way.
pub fn waiting() -> anyhow::Result<Vec<Posted>> {
    let photo = photo_on_its_side(mitten)?;
    let nested = "Content-Type: message/rfc822\r\n\r\n".repeat(NESTED);
    let mut unreadable = text(
        "a letter that nobody can read",
        "2026-12-21T07:05:00Z",
        "Pārsūtītājs",
        "parsutitajs@pasts.example",
        "Pārs.: Pārs.: Pārs.: Pārs.: aicinājums",
        "",
        &("Content-Type: multipart/mixed; boundary=\"dala\"\r\n".to_owned(), Vec::new()),
        false,
    );
    unreadable.bytes.extend_from_slice(format!("--dala\r\n{nested}Aicinām!\r\n--dala--\r\n").as_bytes());
    Ok(vec![
        text(
            "a photo without its author",
            "2026-12-20T13:20:00Z",
            "Rites bibliotēka",
            "rasma@ritesbiblioteka.example",
            "Cimdu adīšana Rites bibliotēkā",
            "",
            &with_photo(
                "Labdien! Sestdien, 9. janvārī, plkst. 11.00 Rites bibliotēkā adīsim cimdus Sēlijas rakstos. Adatas un dziju varēs dabūt uz vietas, iesācējiem palīdzēsim. Pielikumā pērn noadītais pāris.\r\n\r\nSent from my iPhone\r\n",
                "IMG_20261218_1502.jpg",
                &photo,
            ),
            false,
        ),
        text(
            "a weekday that is not the date's",
            "2026-12-20T16:05:00Z",
            "Viesītes kultūras pils",
            "pils@viesite.example",
            "Ziemas ballīte Viesītē",
            "",
            &plain(
                "Labdien!\r\n\r\nSestdien, 17. janvārī, plkst. 20.00 Viesītes kultūras pilī būs ziemas ballīte. Spēlēs pašu ļaudis, groziņus līdzi! Ieeja 5 €.\r\n\r\nInformāciju sagatavoja:\r\nIlga Vītolkalne\r\nViesītes kultūras pils vadītāja\r\n",
            ),
            false,
        ),
        text(
            "a sender that may be another",
            "2026-12-21T06:30:00Z",
            "Novada pašvaldība",
            "pazinojumi@novads.example",
            "Steidzami: mainās maksājumu konts",
            FAILED,
            &plain(
                "Cienījamie iedzīvotāji!\r\n\r\nNo 4. janvāra maksājumus par atkritumu izvešanu lūdzam ieskaitīt jaunā kontā. Konta numuru uzzināsiet, piezvanot uz tālruni 2000 0099.\r\n",
            ),
            false,
        ),
        unreadable,
    ])
}

/// A mitten with a cross of threes, on snow.
fn mitten(x: u32, y: u32) -> [u8; 3] {
    let (x, y) = (f64::from(x) - 800.0, f64::from(y) - 640.0);
    let hand = (x / 300.0).hypot(y / 430.0) < 1.0;
    let thumb = ((x + 330.0) / 110.0).hypot((y - 40.0) / 200.0) < 1.0;
    let (across, along) = ((x / 60.0).round() as i32, (y / 60.0).round() as i32);
    if y > 330.0 && x.abs() < 250.0 {
        if along % 2 == 0 { [154, 26, 58] } else { [240, 236, 226] }
    } else if hand && (across - along) % 4 == 0 {
        [242, 196, 90]
    } else if hand || thumb {
        [20, 80, 63]
    } else {
        [228, 233, 238]
    }
}
