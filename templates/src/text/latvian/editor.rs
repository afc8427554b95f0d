//! Mails to editors, in Latvian.

use issues::reading::WarningCode;
use subscribers::Language::Latvian as LV;

use super::{DATES, ITEMS, PHOTOS, WARNINGS};
use crate::text::Editor;
use crate::text::date::{at, capital, month_of};

pub(super) const EDITOR: Editor = Editor {
    notice_subject: |title| format!("Jauna ziņa: {title}"),
    notice_preview: |from, photos, warnings| {
        let mut parts = vec![format!("Sūtītājs: {from}")];
        if photos > 0 {
            parts.push(PHOTOS.count(LV, photos));
        }
        if warnings > 0 {
            parts.push(format!("{} pārbaudei", WARNINGS.count(LV, warnings)));
        }
        format!("Gaida Jūsu lēmumu. {}.", parts.join(", "))
    },
    from: "Sūtītājs",
    received: "Saņemta",
    unknown: "nezināms",
    unverified: "Nevar pārbaudīt, vai sūtītājs ir īstais. Pirms publicējat, piezvaniet.",
    check: "Kas jāpārbauda",
    warning,
    when_and_where: "Kad un kur: ieteikums no vēstules",
    when: "Norises laiks",
    place: "Vieta",
    no_date: "Norises laiku vēstulē neatradām.",
    text: "Teksts",
    empty_text: "Vēstulē teksta nav.",
    byline: "Informāciju sagatavoja",
    photos: "Fotogrāfijas",
    photo_size: |width, height| format!("{width} × {height} pikseļi"),
    caption: |words| format!("paraksts: {words}"),
    no_credit: "autors nav norādīts",
    documents: "Dokumenti",
    decide: "Izskatīt un izlemt",
    link_is_yours: "Saite domāta tikai Jums. Lūdzu, nepārsūtiet to.",
    held_subject: |month| format!("{} numurs aizturēts", capital(month_of(LV, month))),
    held_preview: "Lasītājiem nekas nav izsūtīts. Tālāk rakstām, kā trūkst.",
    held: |year, month| {
        format!("{year}.\u{a0}gada {} numuru neizsūtām, kamēr kaut kā trūkst.", month_of(LV, month))
    },
    missing: "Kā trūkst",
    held_next: "Kad trūkstošais būs pievienots, numuru sagatavosim no jauna.",
    draft_subject: |month, items, dates| {
        format!(
            "{} numurs ir sagatavots: {}, {}",
            capital(month_of(LV, month)),
            ITEMS.count(LV, items),
            DATES.count(LV, dates)
        )
    },
    draft_preview: |findings| match findings {
        0 => "Viss ir kārtībā. Numurs gaida Jūsu apstiprinājumu.".to_owned(),
        n => format!("{} pārbaudei. Numurs gaida Jūsu apstiprinājumu.", capital(&WARNINGS.count(LV, n))),
    },
    draft: |year, month, number, running| {
        format!(
            "{year}.\u{a0}gada {} numurs, Nr.\u{a0}{number} ({running}), ir sagatavots.",
            month_of(LV, month)
        )
    },
    draft_items: "Ziņas numurā",
    draft_dates: |dates| format!("Kalendārā: {}.", DATES.count(LV, dates)),
    findings: "Kas jāpārbauda",
    no_findings: "Nekā, ko labot, neatradām.",
    sends_at: |time, today| format!("Apstiprināts numurs aizies {}.", at(LV, time, today)),
    not_without_you: "Bez Jūsu apstiprinājuma nekas netiks izsūtīts.",
    more_news_subject: |n| format!("No viena sūtītāja: vēl {}", ITEMS.count(LV, n)),
    more_news_preview: "Viss ir rindā; par katru atsevišķi neziņojām.",
    more_news: |n| {
        format!(
            "No viena sūtītāja īsā laikā atnāca tik daudz, ka par katru ziņu atsevišķi neziņojām. Rindā ielikts vēl: {}.",
            ITEMS.count(LV, n)
        )
    },
    more_news_command: "Apskatīt, kas gaida",
    large_subject: "Pastkastē palika vēstule, kas ir par lielu",
    large_preview: "Vēstule nav pazudusi, bet tās saturu neizlasījām.",
    large: |size, limit| {
        format!("Vēstule ir {size} liela, bet pieņemam līdz {limit}. Tā ir pastkastē, neskarta.")
    },
    large_next: "Palūdziet sūtītājam atsūtīt mazākus attēlus vai apskatiet vēstuli pastkastē.",
    subject: "Temats",
    no_subject: "bez temata",
    answer_preview: |name| format!("“{name}” redakcijas atbilde uz Jūsu vēstuli."),
    your_letter: "Jūs rakstījāt",
};

fn warning(code: WarningCode) -> &'static str {
    match code {
        WarningCode::PrivateNote => "Piezīmi, kas nav domāta publicēšanai, no teksta izņēmām.",
        WarningCode::PhotoMissing => "Norādīts foto autors, bet attēls nav atsūtīts.",
        WarningCode::MissingCredit => "Nav norādīts foto autors.",
        WarningCode::SeveralItems => "Izskatās, ka vienā vēstulē ir vairākas ziņas.",
        WarningCode::Empty => "Vēstulē nav ne teksta, ne pielikuma.",
        WarningCode::DateInFuture => "Vēstules datums ir nākotnē.",
        WarningCode::ManyRecipients => "Vēstule nosūtīta daudziem saņēmējiem.",
        WarningCode::SeveralAuthors => "Vēstulē norādīti vairāki sūtītāji.",
        WarningCode::DamagedMime => "Vēstule ir bojāta. Salīdziniet ar saņemto vēstuli.",
        WarningCode::TooManyParts => "Vēstulē ir ļoti daudz daļu, dažas neizlasījām.",
        WarningCode::NestedMessages => "Vēstulē ir citas vēstules vairākos slāņos, dziļākās neizlasījām.",
        WarningCode::TextCut => "Teksts ir ļoti garš, beigas neizlasījām.",
        WarningCode::CharsetGuessed => "Burtu kodējums nav norādīts pareizi. Pārbaudiet garumzīmes.",
        WarningCode::CharsetDamaged => "Dažus burtus nevarēja izlasīt. Pārbaudiet tekstu.",
        WarningCode::DocumentUnread => {
            "Kādu dokumentu neizdevās izlasīt pilnībā. Atveriet to saņemtajā vēstulē."
        }
        WarningCode::Unanswerable => "Sūtītājam nevaram atbildēt: šī adrese atbildes nesaņem.",
        WarningCode::AttachmentsUnread => "Pielikumus neizdevās izlasīt. Tie ir saņemtajā vēstulē.",
    }
}
