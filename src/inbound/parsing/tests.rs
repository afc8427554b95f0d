//! Whole messages in the states in which they really come.

use issues::reading::Unreadable;

use super::parse;

fn plain(raw: &str) -> String {
    parse(raw.as_bytes()).plain.unwrap_or_default().trim().to_owned()
}

#[test]
fn the_text_is_found_whatever_happened_to_the_boundaries() {
    for raw in [
        "Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: text/plain\r\n\r\nteksts",
        "Content-Type: multipart/mixed\r\n\r\n--B\r\nContent-Type: text/plain\r\n\r\nteksts\r\n--B--",
        "Content-Type: multipart/mixed; boundary=X\r\n\r\n--B\r\nContent-Type: text/plain\r\n\r\nteksts\r\n--B--",
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\ndGVrc3Rz",
        "Subject: s\n\nteksts\n",
        "From a@b Wed Nov 25 09:00:00 2026\r\nSubject: s\r\n\r\nteksts",
    ] {
        assert_eq!(plain(raw), "teksts", "{raw}");
    }
}

#[test]
fn both_forms_of_an_alternative_are_kept_apart() {
    for end in ["\r\n--B--\r\n", ""] {
        let parsed = parse(
            format!(
                "Content-Type: multipart/alternative; boundary=B\r\n\r\n--B\r\nContent-Type: text/plain\r\n\r\nviens\r\n\
                 --B\r\nContent-Type: text/html\r\n\r\n<p>divi</p>{end}"
            )
            .as_bytes(),
        );
        assert_eq!(parsed.plain.as_deref().map(str::trim), Some("viens"));
        assert_eq!(parsed.html.map(|html| html.text).as_deref(), Some("divi"));
    }
}

#[test]
fn a_blank_plain_part_does_not_hide_the_html() {
    let parsed = parse(
        b"Content-Type: multipart/alternative; boundary=B\r\n\r\n--B\r\nContent-Type: text/plain\r\n\r\n \r\n\
          --B\r\nContent-Type: text/html\r\n\r\n<p>divi</p>\r\n--B--\r\n",
    );
    assert_eq!(parsed.plain, None);
    assert_eq!(parsed.html.map(|html| html.text).as_deref(), Some("divi"));
}

#[test]
fn texts_between_pictures_are_read_in_order() {
    let raw = "Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: text/plain\r\n\r\nviens\r\n\
        --B\r\nContent-Type: image/jpeg; name=a.jpg\r\nContent-Disposition: inline; filename=a.jpg\r\n\
        Content-Transfer-Encoding: base64\r\n\r\n/9j/4A==\r\n--B\r\nContent-Type: text/plain\r\n\r\ndivi\r\n--B--\r\n";
    let parsed = parse(raw.as_bytes());
    let text = parsed.plain.unwrap();
    assert!(text.find("viens") < text.find("divi"), "{text}");
    assert_eq!(parsed.attachments.len(), 1);
}

#[test]
fn file_names_are_never_paths() {
    for (given, want) in [
        ("filename=\"../../etc/passwd\"", "passwd"),
        ("filename=\"C:\\\\Lietas\\\\foto.jpg\"", "foto.jpg"),
        ("filename*=utf-8''%C4%81.jpg", "ā.jpg"),
        ("filename=\"=?utf-8?Q?b=C4=81ze.jpg?=\"", "bāze.jpg"),
    ] {
        let raw = format!("Content-Type: image/jpeg\r\nContent-Disposition: attachment; {given}\r\n\r\nx");
        assert_eq!(parse(raw.as_bytes()).attachments[0].name.as_deref(), Some(want), "{given}");
    }
}

#[test]
fn messages_nested_without_end_are_refused_with_the_reason() {
    let bomb = "Content-Type: message/rfc822\r\n\r\n".repeat(50_000);
    let nested = Unreadable::Nested { messages: 50_000, most: 100 };
    assert_eq!(parse(bomb.as_bytes()).unreadable, Some(nested));
    // The same, hidden in base64.
    let hidden = data_encoding::BASE64_MIME.encode(bomb.as_bytes());
    let raw = format!("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n{hidden}");
    assert!(parse(raw.as_bytes()).unreadable.is_some());
    let few = "Content-Type: message/rfc822\r\n\r\n".repeat(20) + "Subject: x\r\n\r\ny";
    assert_eq!(parse(few.as_bytes()).unreadable, None);
}

#[test]
fn attached_messages_are_read_too() {
    let parsed = parse(
        b"Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n\r\nsk. klat\r\n--B\r\nContent-Type: message/rfc822\r\n\r\n\
          Subject: inner\r\nContent-Type: text/html\r\n\r\n<p>inner</p>\r\n--B--\r\n",
    );
    assert_eq!(parsed.embedded.len(), 1);
    assert_eq!(parsed.embedded[0].subject.as_deref(), Some("inner"));
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_parsed_without_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..2000)) {
        let parsed = parse(&bytes);
        proptest::prop_assert_ne!(parsed.unreadable, Some(Unreadable::Damaged));
    }

    #[test]
    fn any_mail_like_text_is_parsed_without_panic(
        lines in proptest::collection::vec(
            proptest::sample::select(vec![
                "Content-Type: multipart/mixed; boundary=a", "Content-Type: multipart/alternative; boundary=\"b\"",
                "--a", "--b", "--a--", "--b--", "", "Content-Type: text/html; charset=utf-8", "<p>ā<table><td>",
                "Content-Type: message/rfc822", "Content-Transfer-Encoding: base64", "U3ViamVjdDogeA0KDQp5",
                "Content-Type: message/delivery-status", "Final-Recipient: rfc822; a@b.example", "Subject: =?utf-8?B?xIE",
                "From: \"a, <b", "> quoted", "-- ", "Date: x", "\u{fffd}\u{0}",
            ]),
            0..60,
        )
    ) {
        let parsed = parse(lines.join("\r\n").as_bytes());
        proptest::prop_assert_ne!(parsed.unreadable, Some(Unreadable::Damaged));
    }
}

#[test]
fn what_is_no_character_is_in_no_text_of_a_letter() {
    let parsed = parse(
        "Subject: Ta\u{fffe}lka\u{206a}\r\nContent-Type: multipart/alternative; boundary=B\r\n\r\n\
         --B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nNā\u{ffff}ciet\u{fff9}!\r\n\
         --B\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Nā&#xFFFE;ciet\u{fdd0} visi!</p>\r\n--B--\r\n"
            .as_bytes(),
    );
    assert_eq!(parsed.subject.as_deref(), Some("Talka"));
    assert_eq!(parsed.plain.as_deref().map(str::trim), Some("Nāciet!"));
    assert_eq!(parsed.html.map(|html| html.text).as_deref(), Some("Nāciet visi!"));
}
