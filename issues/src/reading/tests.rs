//! Whole messages and how they are understood.

use subscribers::EmailAddress;

use super::report::WarningCode;
use super::testing::message;
use super::*;
use crate::LocalMoment;

fn rules() -> Rules {
    Rules {
        own: vec![EmailAddress::parse("info@salas.example").unwrap()],
        list_id: Some("zinas.salas.example".into()),
        private: vec![PrivateRule {
            name: "Balva".into(),
            words: vec!["Upes sudrab".into()],
            entry_words: vec!["pieteikum".into()],
            addresses: vec![EmailAddress::parse("balva@salas.example").unwrap()],
        }],
        ..Rules::default()
    }
}

fn on() -> NaiveDate {
    "2024-02-20".parse().unwrap()
}

fn understood(headers: &str, text: &str) -> Report {
    let headers = format!("From: Anna Egle <anna@ciems.example>\nDate: 2024-02-20T10:00:00+02:00\n{headers}");
    read(&message(&headers, text), &rules(), on())
}

#[test]
fn each_kind_is_told_by_its_evidence() {
    for (headers, text, want) in [
        ("Subject: Koncerts", "Sestdien koncerts.", Kind::Submission),
        ("Subject: Re: Ziņas\nIn-Reply-To: <a@salas.example>", "Paldies!", Kind::Reply),
        ("Subject: Re: Ziņas LABOJUMS\nIn-Reply-To: <a@salas.example>", "Būs 10. martā.", Kind::Correction),
        ("Subject: Automātiska atbilde: Ziņas\nAuto-Submitted: auto-replied", "Esmu prom.", Kind::AutoReply),
        ("Subject: Automātiskā atbilde: Ziņas", "Esmu prom.", Kind::AutoReply),
        ("Subject: Jaunumi\nList-Id: <x.example>", "Daudz ziņu.", Kind::Bulk),
        ("Subject: Ziņas\nList-Id: <zinas.salas.example>", "Ziņas.", Kind::Bulk),
        ("Subject: Atteikties", "", Kind::Unsubscribe),
        ("To: info+u.abcdefgh@salas.example\nSubject: x", "", Kind::Unsubscribe),
        (
            "Subject: Re: Ziņas\nIn-Reply-To: <a@salas.example>",
            "Lūdzu, vairs nesūtiet man ziņas.",
            Kind::Unsubscribe,
        ),
        ("Subject: Pieteikties", "", Kind::Subscribe),
        ("Subject: Pieteikums balvai “Upes sudrabs”", "Mana kaimiņiene.", Kind::Private),
        ("Subject: Kaimiņiene", "Pieteikums balvai “Upes sudrabs”.", Kind::Private),
        ("To: balva@salas.example\nSubject: x", "Teksts.", Kind::Private),
        ("Subject: Par balvu", "Konkursa “Upes sudrabs” balvas pasniegtas.", Kind::Submission),
        ("Subject: Report Domain: salas.example Submitter: x.example", "", Kind::Report),
        (
            "Subject: Fwd: Koncerts\nReferences: <a@x.example>",
            "---------- Forwarded message ---------\nFrom: B <b@x.example>\nDate: 7 March 2024\n\nKoncerts.",
            Kind::Submission,
        ),
        (
            "Return-Path: <>\nSubject: Undelivered Mail Returned to Sender",
            "I'm sorry, your message could not be delivered.\n\n<b@x.example>: user unknown",
            Kind::Bounce,
        ),
    ] {
        let report = understood(headers, text);
        assert_eq!((report.kind, report.why.is_empty()), (want, false), "{headers} {:?}", report.why);
        assert_eq!(!report.items.is_empty(), want == Kind::Submission, "{headers}");
    }
}

#[test]
fn an_article_is_read_with_caption_and_byline_apart() {
    let report = understood(
        "Subject: Bibliotēkas veidos atbalsta punktus",
        "Grāmatas plauktā, foto: Upes salas\n\nTīkls veidos atbalsta punktus bibliotēkās.\n\nMācības no 1. līdz 3. martam.\n\n\
         Projektam piešķirti 11000 €.\n\n\nInformāciju sagatavoja:\nLaima Egle\ntīkla “Upes salas” speciāliste\n\n2000 0001",
    );
    assert_eq!(report.title.as_deref(), Some("Bibliotēkas veidos atbalsta punktus"));
    assert_eq!(
        report.text,
        "Tīkls veidos atbalsta punktus bibliotēkās.\n\nMācības no 1. līdz 3. martam.\n\nProjektam piešķirti 11000 €."
    );
    let byline = report.byline.unwrap();
    assert_eq!(byline.name.as_deref(), Some("Laima Egle"));
    assert_eq!(byline.phone.as_deref(), Some("2000 0001"));
    assert_eq!(report.events.len(), 1);
    assert_eq!(report.events[0].start, LocalMoment::parse("2024-03-01"));
    for said in ["Grāmatas plauktā", "Informāciju sagatavoja", "2000 0001"] {
        assert!(report.elided.contains(said) && !report.items[0].text.contains(said), "{said}");
    }
}

#[test]
fn a_document_is_the_news_and_its_letter_is_not() {
    let mut parsed = message(
        "From: Nodaļa <a@novads.example>\nSubject: Relīze_22.02.\nDate: 2024-02-22T09:00:00+02:00",
        "Sveiki! Pielikumā relīze un foto. Velga",
    );
    parsed.documents.push(DocumentReport {
        name: Some("relize.docx".into()),
        media_type: "application/x".into(),
        bytes: 1,
        sha256: "0".into(),
        words: Some("AICINA PIETEIKTIES PADOMĒM\n\nPašvaldība līdz 12. aprīlim pulksten 16.00 gaida pieteikumus no iedzīvotājiem, kuri vēlas darboties padomē.\n\nFoto: Velga Egle (1.), no pagasta arhīva (2.)".into()),
    });
    for name in ["a.jpg", "b.jpg"] {
        parsed.photos.push(PhotoReport {
            name: Some(name.into()),
            media_type: "image/jpeg".into(),
            bytes: 1,
            width: 1,
            height: 1,
            caption: None,
            credit: None,
            gps_removed: false,
        });
    }
    let report = read(&parsed, &rules(), on());
    assert_eq!(report.title.as_deref(), Some("Aicina pieteikties padomēm"));
    assert!(report.text.starts_with("Pašvaldība") && report.elided.contains("Pielikumā relīze"));
    let credits: Vec<_> = report.photos.iter().map(|photo| photo.credit.as_deref()).collect();
    assert_eq!(credits, [Some("Velga Egle"), Some("no pagasta arhīva")]);
    assert_eq!(report.events[0].end, LocalMoment::parse("2024-04-12T16:00"));
}

#[test]
fn a_forward_counts_days_from_its_original_letter() {
    let report = understood(
        "Subject: Pārs.: Meistarklase",
        "Pārsūtu, varbūt noder!\n________________________________\nNo: Biedrība <b@biedriba.example>\nNosūtīts: ceturtdien, 2024. gada 8. februārī 18:22\n\
         Kam: Anna\nTēma: Meistarklase\n\nNākamajā sestdienā plkst. 11.00 pinam grozus.",
    );
    assert_eq!(report.kind, Kind::Submission);
    assert_eq!(report.text, "Nākamajā sestdienā plkst. 11.00 pinam grozus.");
    assert_eq!(report.forward.unwrap().sent_at.as_deref(), Some("2024-02-08T18:22"));
    assert_eq!(report.events[0].start, LocalMoment::parse("2024-02-17T11:00"));
}

#[test]
fn private_notes_stay_out_of_the_item() {
    let report = understood(
        "Subject: Klubs",
        "Klubā lasām romānu 13. martā.\n\nP.S. Šo gan nepublicē – no 4. līdz 8. martam atvaļinājums, zvani 2000 0000.",
    );
    assert_eq!(report.items[0].text, "Klubā lasām romānu 13. martā.");
    assert_eq!(report.events.len(), 1);
    assert!(
        report.elided.contains("2000 0000")
            && report.warnings.iter().any(|w| w.code == WarningCode::PrivateNote)
    );
}

#[test]
fn a_standard_report_names_every_recipient() {
    let fields = |pairs: &[(&str, &str)]| {
        Fields(
            pairs
                .iter()
                .map(|(name, value)| Header { name: (*name).into(), value: (*value).into() })
                .collect(),
        )
    };
    let mut parsed = message("From: MAILER-DAEMON@x.example\nSubject: Undelivered Mail", "");
    parsed.media_type = "multipart/report".into();
    parsed.delivery_status = vec![
        fields(&[("Reporting-MTA", "dns; x.example"), ("Original-Envelope-Id", "env-1")]),
        fields(&[
            ("Final-Recipient", "rfc822; a@y.example"),
            ("Action", "failed"),
            ("Status", "5.1.1"),
            ("Diagnostic-Code", "smtp; 550 5.1.1 User unknown"),
        ]),
        fields(&[("Final-Recipient", "rfc822;b@y.example"), ("Action", "failed"), ("Status", "5.2.2")]),
        fields(&[("Final-Recipient", "rfc822;c@y.example"), ("Action", "delayed"), ("Status", "4.4.1")]),
        fields(&[
            ("Final-Recipient", "rfc822;d@y.example"),
            ("Action", "failed"),
            ("Status", "5.0.0"),
            ("Diagnostic-Code", "smtp; 550 5.7.1 rejected as spam"),
        ]),
    ];
    let mut original = message("Message-ID: <d1@salas.example>\nReturn-Path: <info+b.abc@salas.example>", "");
    original.message_id = Some("d1@salas.example".into());
    parsed.embedded.push(original);
    let report = read(&parsed, &rules(), on());
    let classes: Vec<&str> = report.bounces.iter().map(|bounce| bounce.class.name()).collect();
    assert_eq!(classes, ["hard", "soft", "none", "policy"]);
    let found = returned(&parsed, &rules());
    assert_eq!(found.message_id.as_deref(), Some("d1@salas.example"));
    assert_eq!(found.envelope_id.as_deref(), Some("env-1"));
    assert_eq!(found.tags, ["b.abc"]);
}

proptest::proptest! {
    #[test]
    fn no_text_is_too_odd_and_nothing_is_lost(
        lines in proptest::collection::vec(
            proptest::sample::select(vec![
                "", "Labdien!", "Teksts šeit.", "> citēts", "-- ", "Ar cieņu,", "Anna", "On 1 March 2024 Anna <a@x.example> wrote:",
                "No: Anna <a@x.example>", "Nosūtīts: 2024. gada 7. martā 18:22", "Kam: B", "---------- Forwarded message ---------",
                "Foto: Anna", "P.S. nepublicēt", "Informāciju sagatavoja:", "Sent from my iPhone", "24. februārī plkst. 18", "1) Viens", "2) Divi",
            ]),
            0..25,
        ),
        subject in proptest::sample::select(vec!["", "Re: x", "Fwd: y", "Koncerts"]),
    ) {
        let report = understood(&format!("Subject: {subject}"), &lines.join("\n"));
        if report.kind == Kind::Reply {
            let all = format!("{}\n{}\n{}", report.text, report.elided, report.signature.clone().unwrap_or_default());
            for line in lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()) {
                proptest::prop_assert!(all.contains(line), "lost {}", line);
            }
        }
    }
}

/// Each of these took minutes or gigabytes when what was left out, or the rest of a line, was gone through anew for
/// every bit of it. Nothing here is timed: a test that does not end in seconds says enough.
#[test]
fn letters_made_to_be_slow_are_read_like_others() {
    const OCTETS: usize = 150_000;
    let many = |bit: &str| bit.repeat(OCTETS / bit.len());
    let forward = "---------- Forwarded message ---------\nNo: Anna <a@x.example>\nTo: b@x.example\n\n";
    for (what, text) in [
        ("greetings on one line", format!("{}Koncerts sestdien.", many("Labdien! "))),
        ("thanks on one line", format!("Koncerts sestdien.{}", many(" Paldies!"))),
        ("credits on one line", format!("Koncerts. {}", many("Foto no x "))),
        ("credits on lines of their own", format!("Koncerts sestdien.\n\n{}", many("Foto: Anna Egle\n\n"))),
        ("notes to the newsroom", format!("Koncerts sestdien.\n\n{}", many("P.S. Zvani!\n\n"))),
        ("forwards of forwards", format!("{}Koncerts sestdien.", many(forward))),
    ] {
        let report = understood("Subject: Fwd: Koncerts", &text);
        assert_eq!(report.kind, Kind::Submission, "{what}");
        assert!(report.text.contains("Koncerts"), "{what}");
    }
}

#[test]
fn an_hour_that_summer_time_leaves_out_is_not_proposed() {
    let events = |text: &str| understood("Subject: Pārgājiens\nDate: 2024-02-22T09:00:00+02:00", text).events;
    let events = events("Svētdien, 31. martā, plkst. 3.30 dodamies nakts pārgājienā apkārt ezeram.");
    assert_eq!(events[0].start, LocalMoment::parse("2024-03-31"));
    assert!(events[0].all_day && events[0].end == events[0].start, "the day stands, and is not open");
}
