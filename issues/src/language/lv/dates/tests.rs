//! Sentences and what they state, relative to a day.

use super::*;

fn check(reference: &str, text: &str, want: &[&str]) {
    let got: Vec<String> = events(text, reference.parse().unwrap())
        .into_iter()
        .map(|event| {
            let side = |moment: Option<crate::LocalMoment>| {
                moment.map_or("…".to_owned(), |moment| moment.to_string())
            };
            let mut out = if event.start == event.end {
                side(event.start)
            } else {
                format!("{}/{}", side(event.start), side(event.end))
            };
            if let Some(rule) = event.rrule {
                out.push(' ');
                out.push_str(&rule);
            }
            if let Some(warn) = event.warn {
                out.push_str(" !");
                out.push_str(&warn);
            }
            out
        })
        .collect();
    assert_eq!(got, want, "{text}");
}

#[test]
fn days_with_and_without_clock() {
    check("2024-02-05", "24. februārī plkst. 18.00 ciema namā koncerts.", &["2024-02-24T18:00/…"]);
    check("2024-02-05", "24.februari plkst 18:00 sanak klubs", &["2024-02-24T18:00/…"]);
    check("2024-03-01", "Sapulce 15.03.2024. plkst. 17.00 namā.", &["2024-03-15T17:00/…"]);
    check("2024-05-01", "2024-05-18 18:00 Muzeju nakts", &["2024-05-18T18:00/…"]);
    check("2024-04-05", "20. aprīlī no 9.00 līdz 13.00 tirgus.", &["2024-04-20T09:00/2024-04-20T13:00"]);
    check(
        "2024-08-10",
        "Balle 24. augustā no plkst. 22.00 līdz 3.00.",
        &["2024-08-24T22:00/2024-08-25T03:00"],
    );
    check("2024-02-10", "24 февраля в 18:00 концерт.", &["2024-02-24T18:00/…"]);
    check("2024-03-01", "Pulksten 18 tiksimies ar rakstnieci, 14. martā.", &["2024-03-14T18:00/…"]);
}

#[test]
fn ranges_lists_and_deadlines() {
    check("2024-01-15", "Mācībās no 1. līdz 3. martam tiksies līderi.", &["2024-03-01/2024-03-03"]);
    check("2024-12-10", "Slēgta no 23. decembra līdz 2. janvārim.", &["2024-12-23/2025-01-02"]);
    check("2024-02-01", "28.02.–03.03.2024. nometne", &["2024-02-28/2024-03-03"]);
    check("2024-04-20", "11. un 12. maijā kafejnīcu dienas.", &["2024-05-11", "2024-05-12"]);
    check("2024-01-15", "Aktivitātes tiek īstenotas līdz 2024. gada 31. oktobrim.", &["…/2024-10-31"]);
    check("2024-08-01", "Gaidīsim līdz 20. septembrim pulksten 23.59.", &["…/2024-09-20T23:59"]);
    check(
        "2024-06-20",
        "Nometne 8.–12. jūlijā, katru dienu no plkst. 10.00 līdz 16.00.",
        &["2024-07-08T10:00/2024-07-08T16:00 FREQ=DAILY;UNTIL=20240712"],
    );
}

#[test]
fn weekdays_and_series() {
    check(
        "2024-09-20",
        "Tiekamies sestdien, 6. oktobrī, plkst. 12.00!",
        &["2024-10-06T12:00/… !weekday_mismatch"],
    );
    check(
        "2024-03-07",
        "Nākamajā sestdienā plkst. 11.00 pinam grozus. Pieteikties līdz trešdienai.",
        &["2024-03-16T11:00/…", "…/2024-03-13"],
    );
    check(
        "2024-02-07",
        "Otrdienās un ceturtdienās plkst. 17.30 vingrošana.",
        &["2024-02-08T17:30/… FREQ=WEEKLY;BYDAY=TU,TH"],
    );
    check(
        "2024-02-20",
        "Apmācības notiek katra mēneša pēdējā trešdienā no janvāra līdz aprīlim.",
        &["2024-01-31 FREQ=MONTHLY;BYDAY=-1WE;UNTIL=20240430"],
    );
    check("2024-02-13", "Šodien ciemos bija 2. klase", &["2024-02-13"]);
}

#[test]
fn years_follow_the_verb() {
    check("2024-01-08", "12. decembrī notika pīrāgu cepšana.", &["2023-12-12"]);
    check("2023-12-20", "12. janvārī notiks balle.", &["2024-01-12"]);
    check("2024-01-05", "28. decembrī – eglīte.", &["2023-12-28"]);
    check("2024-02-20", "Pagājušā gada 5. novembrī aizsākām skolu.", &["2023-11-05"]);
}

#[test]
fn what_is_no_date_is_none() {
    for text in [
        "Aicinām uz 10. Sēlijas kongresu!",
        "Skola celta 20. gadsimta 30. gados un slēgta 2017. gadā.",
        "Sapulce notiks 18. novembra ielā 2.",
        "Ieeja: 5,00 līdz 7,00 EUR.",
        "Tālrunis 2000 0000, LV-5200, Nr. 3.",
        "Marta Ozola un Jūlija gaidīs ciemiņus.",
        "tas būs nevis 9. martā, bet gan citā dienā",
        "Cena 10.05 EUR",
    ] {
        check("2024-02-20", text, &[]);
    }
    check("2024-03-04", "tas būs nevis 9., bet 10. martā, laiks tas pats.", &["2024-03-10"]);
    check("2024-02-25", "Pasākums pārcelts no 2. marta uz 9. martu plkst. 14.00.", &["2024-03-09T14:00/…"]);
}

#[test]
fn moments_of_header_blocks_are_read() {
    for (text, want) in [
        ("ceturtdien, 2024. gada 7. martā 18:22", "2024-03-07T18:22:00"),
        ("ceturtd., 2024. g. 7. marts, plkst. 18:22", "2024-03-07T18:22:00"),
        ("Thu, 7 Mar 2024 at 18:22", "2024-03-07T18:22:00"),
        ("Thursday, March 7, 2024 6:22 PM", "2024-03-07T18:22:00"),
        ("2024-03-07 18:22", "2024-03-07T18:22:00"),
        ("07.03.2024 18:22", "2024-03-07T18:22:00"),
        ("чт, 7 мар. 2024 г. в 18:22", "2024-03-07T18:22:00"),
    ] {
        assert_eq!(
            moment_in_words(text).map(|m| m.format("%Y-%m-%dT%H:%M:%S").to_string()).as_deref(),
            Some(want),
            "{text}"
        );
    }
}

proptest::proptest! {
    #[test]
    fn no_text_is_too_odd(text in "[0-9. :–,a-zāīšž\n]{0,80}") {
        let _ = events(&text, "2024-02-05".parse().unwrap());
        let _ = moment_in_words(&text);
    }
}
