//! A furnished newsroom, and an example of every page in it.
//!
//! A new route needs its line here, or the walk fails with its name.

use std::io::Cursor;

use image::{ExtendedColorType, ImageEncoder as _, RgbImage};
use issues::{Byline, Event, ItemContent, ItemPhoto, Place};
use serde_json::{Value, json};
use subscribers::{EmailAddress, Language, Preferences, Purpose};
use zinas::newsroom::people::{self, Origin};
use zinas::store::SubscriptionRow;
use zinas::web::routes::{Access, ROUTES};

use crate::support::site::{Site, now};

/// What answers where no route does.
pub const NO_ROUTE: &str = "*";

/// One page to look at.
pub struct Example {
    /// Names its pictures.
    name: &'static str,
    /// As in the table of routes.
    pub route: &'static str,
    path: String,
    /// Of another newsroom than the walk's own.
    base: Option<String>,
    status: u16,
    fill: Value,
    /// The value of the button that leads to the page.
    press: Option<&'static str>,
}

impl Example {
    fn new(name: &'static str, route: &'static str, path: impl Into<String>) -> Self {
        Self { name, route, path: path.into(), base: None, status: 200, fill: json!({}), press: None }
    }

    fn status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    /// The page is the answer to the only button.
    fn pressed(self) -> Self {
        self.press("submit")
    }

    /// The page is the answer to the button of this value.
    fn press(self, button: &'static str) -> Self {
        Self { press: Some(button), ..self }
    }

    fn fill(self, fields: Value) -> Self {
        Self { fill: fields, ..self }
    }

    /// As `tests/browser/walk.mjs` takes it.
    pub fn json(&self) -> Value {
        let Self { name, route, path, base, status, fill, press } = self;
        let inside = ROUTES.iter().any(|known| known.path == *route && known.access == Access::Editor);
        let who = inside.then_some("editor");
        json!({
            "name": name, "path": path, "base": base, "status": status, "fill": fill, "press": press, "as": who
        })
    }
}

/// Before the first issue.
pub fn examples_without_issue(site: &Site) -> Vec<Example> {
    let base = Some(format!("http://{}", site.address));
    [Example::new("home-first", "/", "/"), Example::new("subscribe-first", "/subscribe", "/subscribe")]
        .map(|example| Example { base: base.clone(), ..example })
        .into()
}

pub async fn examples(site: &Site) -> Vec<Example> {
    let mut all = public(site).await;
    all.extend(people_s(site).await);
    all.extend(editors(site).await);
    all
}

async fn public(site: &Site) -> Vec<Example> {
    let mut items = Vec::new();
    for content in [bridge(site).await, long(), short()] {
        items.push(site.keep(&content).await.0);
    }
    let (year, number) = site.issue(&items, true).await;
    let issue = format!("/{year}/{number}");
    let item = |index: usize| format!("{issue}/zina-{}", items[index]);
    let (an_issue, an_item) = ("/{year}/{number}", "/{year}/{number}/{slug}");
    vec![
        Example::new("home", "/", "/"),
        Example::new("home-en", "/", "/?lang=en"),
        Example::new("subscribe", "/subscribe", "/subscribe"),
        Example::new("subscribe-en", "/subscribe", "/subscribe?lang=en"),
        Example::new("subscribe-refused", "/subscribe", "/subscribe")
            .fill(json!({ "email": "mailer-daemon@pasts.example" }))
            .pressed()
            .status(422),
        Example::new("subscribed", "/subscribe", "/subscribe")
            .fill(json!({ "email": "jana@lasa.example" }))
            .pressed(),
        Example::new("issue", an_issue, &issue),
        Example::new("issue-en", an_issue, format!("{issue}?lang=en")),
        Example::new("item", an_item, item(0)),
        Example::new("item-en", an_item, item(0) + "?lang=en"),
        Example::new("item-long", an_item, item(1)),
        Example::new("item-short", an_item, item(2)),
        Example::new("no-such-page", NO_ROUTE, "/nothing").status(404),
        Example::new("no-such-page-en", NO_ROUTE, "/nothing?lang=en").status(404),
        Example::new("link-forged", NO_ROUTE, "/leave/forged").status(404),
    ]
}

async fn people_s(site: &Site) -> Vec<Example> {
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

async fn editors(site: &Site) -> Vec<Example> {
    let (decide, by_link) = ("/decide/{token}", "/desk/sign-in/{token}");
    let (_, waiting) = site.keep(&bridge(site).await).await;
    let mut undescribed = bridge(site).await;
    undescribed.photos[0].alt.clear();
    let (_, lacking) = site.keep(&undescribed).await;
    let (_, long) = site.keep(&long()).await;
    let (_, approved) = site.keep(&short()).await;
    let (_, asked) = site.keep(&short()).await;
    vec![
        Example::new("decide", decide, waiting),
        Example::new("decide-long", decide, long),
        Example::new("decide-refused", decide, lacking)
            .fill(json!({ "title": "" }))
            .press("approve")
            .status(422),
        Example::new("decide-nobody", decide, asked)
            .fill(json!({ "question": "Kas fotografējis?" }))
            .press("ask")
            .status(422),
        Example::new("decided", decide, approved).press("approve"),
        Example::new("sign-in", "/desk/sign-in", "/desk/sign-in"),
        Example::new("sign-in-en", "/desk/sign-in", "/desk/sign-in?lang=en"),
        Example::new("sign-in-asked", "/desk/sign-in", "/desk/sign-in")
            .fill(json!({ "email": "anna@redaktore.example" }))
            .pressed(),
        Example::new("sign-in-enter", by_link, site.sign_in_link(0).await),
        Example::new("sign-in-forged", by_link, "/desk/sign-in/forged").status(404),
        Example::new("sessions", "/desk/sessions", "/desk/sessions"),
    ]
}

const FORM: Origin<'static> = Origin { channel: "form", from: "" };

async fn asks(site: &Site, address: &str) -> SubscriptionRow {
    let typed = EmailAddress::parse(address).unwrap();
    let preferences = Preferences { language: Language::Latvian, municipality: String::new() };
    people::request(&site.app, &typed, &preferences, "Piekrītu.", FORM).await.unwrap();
    site.subscription(address).await
}

async fn reads(site: &Site, address: &str) -> SubscriptionRow {
    let row = asks(site, address).await;
    people::confirm(&site.app, row.public_id, "Piekrītu.", FORM).await.unwrap()
}

/// News as one wishes them: a photo, a date, a place and who sent it.
async fn bridge(site: &Site) -> ItemContent {
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
    ItemContent {
        title: "Sunākstē atklās atjaunoto tiltiņu pār Dienvidsusēju".to_owned(),
        text: "Ciema ļaudis divus gadus vāca dēļus un naudu, un nu tiltiņš atkal ved pāri upei.\n\n\
               Atklāšanā muzicēs skolas kapela. Līdzi ņemiet krūzīti: būs tēja un karstas pankūkas. Vairāk: \
               https://sunakste.example/tiltins"
            .to_owned(),
        photos: vec![ItemPhoto {
            sha256,
            width: 960,
            height: 640,
            alt: "Zaļš krasts un upe rīta gaismā".to_owned(),
            caption: "Te būs tiltiņš".to_owned(),
            credit: "Māra Kalve".to_owned(),
            gps_removed: true,
            framed: None,
        }],
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

/// What breaks a layout: words without end, links without end, markup, many dates.
fn long() -> ItemContent {
    let endless = "Vispārnevajadzīgiessamaksātasnepārtraucamības".repeat(3);
    ItemContent {
        title: format!("<b>{endless}</b> & “Pēdiņas” 2026./2027."),
        text: format!(
            "{endless}\n\nhttps://www.gars.example/{}?a=1&b=2\n\n{}",
            "cels/".repeat(40),
            "Teikums pēc teikuma. ".repeat(60)
        ),
        events: (1..=9)
            .map(|day| Event::at(format!("2026-12-{day:02}T18:30:00").parse().unwrap(), "vakarā"))
            .collect(),
        places: vec![place(&endless, "Dienvidkurzemes novads")],
        ..ItemContent::default()
    }
}

fn short() -> ItemContent {
    ItemContent {
        title: "Bibliotēka slēgta".to_owned(),
        text: "Piektdien.".to_owned(),
        ..ItemContent::default()
    }
}

fn place(place: &str, municipality: &str) -> Place {
    Place {
        place: place.into(),
        municipality: municipality.into(),
        text: String::new(),
        confidence: 1.0,
        confirmed: None,
    }
}
