//! What leaves, octet by octet, and what a mail program reads in it.

use chrono::{DateTime, FixedOffset};
use mail_parser::{Message, MessageParser, MimeHeaders as _};
use proptest::prelude::*;
use subscribers::{EmailAddress, Language, Purpose, Secret, TokenLife};
use zinas::outbound::{
    Envelope, Wire,
    message::{
        Addressee, Addressing, Automatic, Bulletin, Composed, Frozen, Leaving, Letterhead, ReplyTo,
        ReturnPath, Single, Thread, UnfitContent,
    },
};

use crate::support::golden::expect;

const TEXT: &str = "Sēlijas ziņas, 2026. gada decembris\n\nAnna Paraudziņa atklāja lampu muzeju.  \n.punkts rindas \
sākumā\nFrom šurienes līdz Salai ir divpadsmit kilometri, un tur, kur agrāk bija krogs, tagad ir bibliotēka.\n\n\
Jūs saņemat šo vēstuli kopš \u{e000}since\u{e001}.\nAtteikties: \u{e000}leave-url\u{e001}\n";
const HTML: &str = "<!DOCTYPE html>\n<html lang=\"lv\"><body><p>Anna Paraudziņa atklāja lampu muzeju.</p>\
<p>Jūs saņemat šo vēstuli kopš \u{e000}since\u{e001}. <a href=\"\u{e000}leave-url\u{e001}\">Atteikties</a></p></body></html>\n";

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

fn secret() -> Secret {
    Secret::new(vec![7; 32]).unwrap()
}

fn letterhead_named(name: &str, addressing: Addressing) -> Letterhead {
    Letterhead::new(name, address("info@selija.example"), addressing, secret()).unwrap()
}

fn letterhead(addressing: Addressing) -> Letterhead {
    letterhead_named("Sēlijas ziņas", addressing)
}

const TAGGED: Addressing = Addressing::Tagged { delimiter: '+' };

fn date() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-12-01T08:00:00+02:00").unwrap()
}

fn bulletin<'a>(text: &'a str, html: &'a str) -> Bulletin<'a> {
    Bulletin {
        edition: "2026-12",
        language: Language::Latvian,
        subject: "Sēlijas ziņas, 2026. gada decembris: lampu muzejs, sveču darbnīca un Ziemassvētku tirgus",
        html,
        text,
        list_id: "zinas.selija.example",
        help_url: Some("https://selija.example/zinas"),
        archive_url: Some("https://selija.example/zinas/arhivs"),
        sender_id: Some("selija"),
    }
}

fn reader() -> Addressee {
    Addressee {
        delivery: 0x5eed_0001,
        subscription: 0x5eed_0002,
        to: address("anna@reader.example"),
        date: date(),
        leave_url: "https://selija.example/u/2q7m?l=lv&x=1".into(),
        preferences_url: "https://selija.example/p/2q7m".into(),
        plain_text: false,
        since: "2026. gada 14. marta".into(),
        why: "14. martā pieteicāties".into(),
    }
}

fn single<'a>() -> Single<'a> {
    Single {
        delivery: 0x5eed_0003,
        to: address("juris@writer.example"),
        date: date(),
        language: Language::Latvian,
        automatic: Automatic::Replied,
        reply_to: ReplyTo::Row(Purpose::Item, 0x5eed_0004),
        return_path: ReturnPath::Null,
        thread: Thread {
            in_reply_to: Some("<photo.1@writer.example>".into()),
            references: vec!["<older@writer.example>".into()],
        },
        leaving: None,
        subject: "Paldies, ziņa saņemta: Lampu muzejs",
        html: "<p>Paldies, Juri!</p>",
        text: "Paldies, Juri!\n",
    }
}

fn read(message: &[u8]) -> Message<'_> {
    MessageParser::default().parse(message).unwrap()
}

fn header<'a>(message: &'a Message<'_>, name: &'a str) -> &'a str {
    message.header_raw(name).map(str::trim).unwrap_or_else(|| panic!("no {name}"))
}

/// What every mail must be, whatever is in it.
#[track_caller]
fn check_octets(wire: &Wire) {
    let message = wire.message();
    assert_eq!(&Wire::new(&message).unwrap(), wire, "prepared like any other message");
    assert!(message.ends_with(b"\r\n"));
    let text = std::str::from_utf8(&message).unwrap();
    for line in text.split("\r\n") {
        assert!(line.len() <= 998);
        assert!(line.bytes().all(|b| matches!(b, b'\t' | b' '..=b'~')), "{line:?}");
        assert!(!line.ends_with(' ') || line.is_empty(), "{line:?}");
    }
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    assert!(body.split("\r\n").all(|line| line.len() <= 76));
    let mut names: Vec<&str> = head
        .split("\r\n")
        .filter(|line| !line.starts_with(' '))
        .map(|line| line.split_once(": ").unwrap().0)
        .collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count, "a header stands twice");
}

#[test]
fn the_bulletin_is_as_expected() {
    let frozen = Frozen::new(&letterhead(TAGGED), &bulletin(TEXT, HTML)).unwrap();
    let Composed { envelope, wire, .. } = frozen.address(&reader());
    let message = wire.message();
    check_octets(&wire);
    expect("bulletin.eml", &message);
    let from = envelope.from.unwrap();
    let tag = address("info@selija.example").tag_of(&from, '+').unwrap().to_owned();
    let token = tag.strip_prefix("b.").unwrap();
    assert_eq!(secret().open(token, Purpose::Bounce, date().to_utc()), Ok(reader().delivery));
    let read = read(&message);
    assert_eq!(
        read.subject(),
        Some("Sēlijas ziņas, 2026. gada decembris: lampu muzejs, sveču darbnīca un Ziemassvētku tirgus")
    );
    assert_eq!(read.from().unwrap().first().unwrap().name(), Some("Sēlijas ziņas"));
    let text = read.body_text(0).unwrap();
    assert!(text.contains("kopš 2026. gada 14. marta."), "{text}");
    assert!(text.contains("\r\n.punkts rindas"));
    assert!(text.contains("https://selija.example/u/2q7m?l=lv&x=1"));
    let html = read.body_html(0).unwrap();
    assert!(html.contains("href=\"https://selija.example/u/2q7m?l=lv&amp;x=1\""));
    assert!(
        header(&read, "List-Unsubscribe")
            .starts_with("<https://selija.example/u/2q7m?l=lv&x=1>,\r\n <mailto:info+u.")
    );
    assert_eq!(header(&read, "List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    assert!(read.header("Auto-Submitted").is_none(), "a person released it");
}

#[test]
fn a_plain_mailbox_carries_no_tags_and_is_found_by_its_message_id() {
    let letterhead = letterhead(Addressing::Plain);
    let frozen = Frozen::new(&letterhead, &bulletin(TEXT, HTML)).unwrap();
    let Composed { envelope, wire, .. } = frozen.address(&reader());
    let message = wire.message();
    check_octets(&wire);
    expect("bulletin-plain-mailbox.eml", &message);
    assert_eq!(envelope.from, Some(address("info@selija.example")));
    let read = read(&message);
    let id = read.message_id().unwrap();
    let now = date().to_utc();
    assert_eq!(letterhead.delivery_of(id, now), Some(reader().delivery));
    assert_eq!(letterhead.delivery_of(&format!(" <{}>", id.to_uppercase()), now), Some(reader().delivery));
    assert_eq!(letterhead.delivery_of(&id.replace("selija", "other"), now), None);
    assert_eq!(letterhead.delivery_of("<x@selija.example>", now), None);
}

#[test]
fn tagged_replies_leave_the_return_path_plain() {
    let letterhead = letterhead(Addressing::TaggedReplies { delimiter: '-' });
    let frozen = Frozen::new(&letterhead, &bulletin(TEXT, HTML)).unwrap();
    let Composed { envelope, wire, .. } = frozen.address(&reader());
    assert_eq!(envelope.from, Some(address("info@selija.example")));
    let message = wire.message();
    assert!(header(&read(&message), "Reply-To").starts_with("<info-r."));
}

#[test]
fn the_same_delivery_has_the_same_bytes_and_another_has_others() {
    let frozen = Frozen::new(&letterhead(TAGGED), &bulletin(TEXT, HTML)).unwrap();
    let again = Frozen::new(&letterhead(TAGGED), &bulletin(TEXT, HTML)).unwrap();
    assert_eq!(frozen.address(&reader()), again.address(&reader()));
    let other = Addressee { delivery: 1, ..reader() };
    let Composed { wire, .. } = frozen.address(&other);
    let Composed { wire: first, .. } = frozen.address(&reader());
    let (wire, first) = (wire.message(), first.message());
    let boundary = |message: &[u8]| {
        let read = read(message);
        read.content_type().unwrap().attribute("boundary").unwrap().to_owned()
    };
    assert_ne!(boundary(&wire), boundary(&first));
    let id = letterhead(TAGGED).message_id("2026-12", reader().delivery, date());
    assert_eq!(read(&first).message_id(), Some(id.as_str()));
    assert_eq!(frozen.address(&reader()).message_id, id);
}

#[test]
fn thanks_answer_from_nobody_and_can_be_answered() {
    let Composed { envelope, wire, .. } = letterhead(TAGGED).compose(&single()).unwrap();
    let message = wire.message();
    check_octets(&wire);
    expect("thanks.eml", &message);
    assert_eq!(envelope.from, None);
    let read = read(&message);
    assert_eq!(header(&read, "Auto-Submitted"), "auto-replied");
    assert!(header(&read, "Reply-To").starts_with("<info+i."));
    assert_eq!(header(&read, "In-Reply-To"), "<photo.1@writer.example>");
    assert_eq!(header(&read, "References"), "<older@writer.example>\r\n <photo.1@writer.example>");
}

#[test]
fn a_reminder_can_be_left_with_one_click() {
    let leaving = Leaving { url: "https://selija.example/m/abc".into(), purpose: Purpose::Reminder, id: 9 };
    let reminder = Single {
        automatic: Automatic::Generated,
        reply_to: ReplyTo::Mailbox,
        return_path: ReturnPath::Row,
        thread: Thread::default(),
        leaving: Some(leaving),
        subject: "Līdz 20. datumam gaidām Jūsu ziņas",
        ..single()
    };
    let Composed { envelope, wire, .. } = letterhead(TAGGED).compose(&reminder).unwrap();
    let message = wire.message();
    check_octets(&wire);
    expect("reminder.eml", &message);
    assert!(envelope.from.unwrap().as_str().starts_with("info+b."));
    let read = read(&message);
    assert_eq!(header(&read, "Auto-Submitted"), "auto-generated");
    assert_eq!(header(&read, "List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    assert!(header(&read, "List-Unsubscribe").contains("<mailto:info+m."));
}

#[test]
fn one_click_is_promised_behind_https_only() {
    let frozen = Frozen::new(&letterhead(TAGGED), &bulletin(TEXT, HTML)).unwrap();
    let plain = Addressee { leave_url: "http://127.0.0.1:8080/u/x".into(), ..reader() };
    let message = frozen.address(&plain).wire.message();
    let read = read(&message);
    assert!(header(&read, "List-Unsubscribe").starts_with("<http://127.0.0.1:8080/u/x>,"));
    assert!(read.header("List-Unsubscribe-Post").is_none());
}

#[test]
fn a_bulletin_without_a_way_to_leave_is_not_frozen() {
    let frozen = Frozen::new(&letterhead(TAGGED), &bulletin("Ziņas", HTML));
    assert_eq!(frozen.err(), Some(UnfitContent::NoLeaving));
    let (text, html) = (TEXT, "<p>Ziņas</p>");
    assert!(Frozen::new(&letterhead(TAGGED), &bulletin(text, html)).is_err());
    let slot = Single { text: TEXT, ..single() };
    assert!(letterhead(TAGGED).compose(&slot).is_err());
}

#[test]
fn hostile_names_and_ids_stay_where_they_were_put() {
    for name in [
        "x\r\nBcc: evil@x.example",
        "\0\u{202e}\"<evil@x.example>\", (a) b; c",
        "=?UTF-8?Q?a=0D=0ABcc:_evil@x.example?=",
        "",
        "žvadzošs 🎄 nosaukums, kas neietilpst nevienā rindā un tomēr nekur nedrīkst pazust bez ziņas",
    ] {
        let letterhead = letterhead_named(name, TAGGED);
        let hostile = Single {
            subject: name,
            thread: Thread {
                in_reply_to: Some("<a@b>\r\nBcc: evil@x.example".into()),
                references: vec!["no id".into(), "<ā@x.example>".into(), format!("<{name}@x>")],
            },
            ..single()
        };
        let Composed { wire, .. } = letterhead.compose(&hostile).unwrap();
        let message = wire.message();
        check_octets(&wire);
        let read = read(&message);
        assert!(read.header("Bcc").is_none());
        assert!(read.header("In-Reply-To").is_none());
        let from = read.from().unwrap();
        assert_eq!(from.iter().count(), 1, "{name:?}");
        assert_eq!(from.first().unwrap().address(), Some("info@selija.example"));
        let frozen =
            Frozen::new(&letterhead, &Bulletin { subject: name, edition: "x\r\ny", ..bulletin(TEXT, HTML) });
        check_octets(&frozen.unwrap().address(&reader()).wire);
    }
}

#[test]
fn long_threads_keep_their_first_and_latest() {
    let many = Single {
        thread: Thread {
            in_reply_to: Some("<last@x.example>".into()),
            references: (0..500).map(|i| format!("<{i}@x.example>")).collect(),
        },
        ..single()
    };
    let Composed { wire, .. } = letterhead(TAGGED).compose(&many).unwrap();
    let message = wire.message();
    check_octets(&wire);
    let read = read(&message);
    let references = header(&read, "References");
    assert!(references.len() < 998);
    assert!(references.starts_with("<0@x.example>") && references.ends_with("<last@x.example>"));
}

#[test]
fn a_return_address_dies_after_a_year_and_leaving_never() {
    let frozen = Frozen::new(&letterhead(TAGGED), &bulletin(TEXT, HTML)).unwrap();
    let message = frozen.address(&reader()).wire.message();
    let read = read(&message);
    let later = date().to_utc() + chrono::TimeDelta::days(500);
    assert_eq!(letterhead(TAGGED).delivery_of(read.message_id().unwrap(), later), None);
    let token = secret().token(Purpose::Leave, reader().subscription, TokenLife::Forever);
    assert!(header(&read, "List-Unsubscribe").contains(token.as_str()));
}

/// The same mail made without slots: the values stand in the text from the start.
fn from_scratch(text: &str, html: &str, reader: &Addressee) -> (Envelope, String, String) {
    let fill = |body: &str, url: &str, since: &str| {
        body.replace("\u{e000}leave-url\u{e001}", url).replace("\u{e000}since\u{e001}", since)
    };
    let escaped = reader.leave_url.replace('&', "&amp;");
    let plain = Single {
        to: reader.to.clone(),
        text: &fill(text, &reader.leave_url, &reader.since),
        html: &fill(html, &escaped, &reader.since),
        ..single()
    };
    let Composed { envelope, wire, .. } = letterhead(TAGGED).compose(&plain).unwrap();
    let message = wire.message();
    let read = read(&message);
    (envelope, read.body_text(0).unwrap().into_owned(), read.body_html(0).unwrap().into_owned())
}

proptest! {
    #[test]
    fn a_spliced_mail_reads_like_one_made_from_scratch(
        text in "[a-zāēž .=\n]{0,300}", html in "[a-zāēž .=/\n]{0,300}", since in "[a-z0-9ā][a-z0-9ā. ]{0,80}x", tail in "[a-z0-9]{1,200}"
    ) {
        let reader = Addressee { since, leave_url: format!("https://x.example/u/{tail}?a=1&b"), ..reader() };
        let text = format!("{text}\u{e000}since\u{e001}{text}\u{e000}leave-url\u{e001}.");
        let html = format!("<p>{html}\u{e000}since\u{e001}<a href=\"\u{e000}leave-url\u{e001}\">{html}</a></p>");
        let frozen = Frozen::new(&letterhead(TAGGED), &bulletin(&text, &html)).unwrap();
        let Composed { envelope, wire, .. } = frozen.address(&reader);
        let message = wire.message();
        check_octets(&wire);
        let read = read(&message);
        let (scratch, scratch_text, scratch_html) = from_scratch(&text, &html, &reader);
        prop_assert_eq!(read.body_text(0).unwrap().into_owned(), scratch_text);
        prop_assert_eq!(read.body_html(0).unwrap().into_owned(), scratch_html);
        prop_assert_eq!(envelope.to, scratch.to);
    }

    #[test]
    fn no_text_whatever_breaks_a_mail(subject: String, text: String, html: String) {
        let any = Single { subject: &subject, text: &text, html: &html, ..single() };
        if let Ok(Composed { wire, .. }) = letterhead(TAGGED).compose(&any) {
            check_octets(&wire);
        }
    }
}
