//! Every mail, rendered.

use issues::reading::WarningCode;
use subscribers::Language;

use super::{Kind, TOKEN, content, day, event, frame, time};
use crate::email::decision::Decision;
use crate::email::thanks::{About, Missing, Understood};
use crate::email::undone::{Stands, Told};
use crate::email::*;
use crate::{Finding, Paths};

fn paths() -> Paths {
    Paths::new("https://zinas.salas.example")
}

/// Each mail of a kind, by name.
pub(crate) fn all(language: Language, kind: Kind) -> Vec<(String, Email)> {
    let mut mails = vec![
        (
            "bulletin",
            bulletin::render(&bulletin::View {
                frame: frame(language, kind),
                edition: content::edition(kind),
            }),
        ),
        ("thanks", thanks::render(&thanks(language, kind, About::News))),
        ("notice", notice::render(&notice(language, kind))),
        ("question_reminder", question_reminder::render(&waits_for_answer(language, kind))),
        ("held", held::render(&held(language, kind))),
        ("draft_ready", draft_ready::render(&draft_ready(language, kind))),
        (
            "more_news",
            more_news::render(&more_news::View {
                frame: frame(language, kind),
                from: kind.perhaps("Jānis Kalns <janis@kalns.example>"),
                many_senders: kind == Kind::Many,
                titles: (0..kind.count(7)).map(|_| kind.words("Ābolu diena Zasā")).collect(),
                url: "https://zinas.salas.example/desk".to_owned(),
            }),
        ),
    ];
    mails.extend(super::mail_notices::all(language, kind));
    // The rest hold no lists.
    if matches!(kind, Kind::Normal | Kind::Hostile | Kind::Empty) {
        mails.extend(letters(language, kind));
    }
    mails.into_iter().map(|(name, mail)| (name.to_owned(), mail)).collect()
}

pub(crate) fn understood(kind: Kind) -> Vec<Understood> {
    let one = |index: usize| Understood {
        event: Some(event("2026-12-12T11:00", "", &kind.words("12. decembrī plkst 11os")))
            .filter(|_| index != 1),
        place: kind.words(if index == 1 {
            "Jēkabpils novads"
        } else {
            "Rites bibliotēka, Jēkabpils novads"
        }),
    };
    (0..kind.count(1).min(3)).map(one).collect()
}

fn thanks(language: Language, kind: Kind, about: About) -> thanks::View {
    thanks::View {
        frame: frame(language, kind),
        about,
        title: kind.option("Cimdu adīšana Rites bibliotēkā"),
        photos: kind.count(2),
        documents: if kind == Kind::Normal { 0 } else { kind.count(1) },
        editor: kind.option("Anna Miglasēta"),
        understood: understood(kind),
        missing: match kind {
            Kind::Normal => vec![Missing::PhotoCredit],
            Kind::Hostile => vec![Missing::PhotoCredit, Missing::Words],
            Kind::One => vec![Missing::When],
            Kind::Empty | Kind::Many => Vec::new(),
        },
        gps_removed: kind != Kind::Empty,
        page_url: Some(paths().contribution(TOKEN)),
    }
}

pub(crate) fn notice(language: Language, kind: Kind) -> notice::View {
    notice::View {
        frame: frame(language, kind),
        title: kind.perhaps("Cimdu adīšana Rites bibliotēkā"),
        from: kind.perhaps("Rites bibliotēka <rite@biblioteka.example>"),
        received_at: time("2026-11-23T16:41"),
        sender_failed: kind == Kind::Hostile,
        warnings: warnings(kind),
        text: kind.perhaps(
            "Sestdien, 12. decembrī, plkst. 11.00 Rites bibliotēkā adīsim cimdus.\n\nDzija būs, adatas lai katrs paņem \
             savas: https://rite.example/cimdi.",
        ),
        understood: understood(kind),
        byline: kind.option("Rasma Ozolzare, Rites bibliotēkas vadītāja"),
        photos: (0..kind.count(1))
            .map(|index| notice::Photo {
                name: kind.words("IMG_20261120_1402.jpg"),
                width: 4032,
                height: 3024,
                caption: if index == 0 { kind.words("Pagājušās reizes dzija") } else { String::new() },
                credit: if index == 0 { String::new() } else { kind.words("Rasma Ozolzare") },
                credit_proposed: index == 1,
            })
            .collect(),
        documents: (0..kind.count(0)).map(|_| kind.words("afisa.docx")).collect(),
        decide_url: paths().decide(TOKEN),
        by_reply: kind != Kind::Empty,
        addition: None,
    }
}

fn held(language: Language, kind: Kind) -> held::View {
    let item = kind.words("Dvietes muižā lies vaska sveces");
    let all = [
        Finding::TooFew { have: kind.count(2), need: 3 },
        Finding::PhotoWithoutDescription { item: item.clone() },
        Finding::PhotoWithoutCredit { item: item.clone() },
        Finding::BrokenLink { item: item.clone(), url: "https://dviete.example/sveces".to_owned() },
        Finding::NoFunder { name: kind.words("Sabiedrības integrācijas fonds") },
        Finding::PastEvent { item: item.clone(), date: day("2026-11-20") },
        Finding::SubjectLength { characters: 91 },
        Finding::Large { octets: 81_000 },
        Finding::Undecided { count: kind.count(2) },
        Finding::Incomplete { item: item.clone() },
        Finding::Other(item),
    ];
    held::View {
        frame: frame(language, kind),
        year: 2026,
        month: 12,
        missing: all.into_iter().take(kind.count(11)).collect(),
        url: "https://zinas.salas.example/desk/issue/3".to_owned(),
    }
}

fn draft_ready(language: Language, kind: Kind) -> draft_ready::View {
    let edition = content::edition(kind);
    draft_ready::View {
        frame: frame(language, kind),
        year: 2026,
        month: 12,
        number: 12,
        running_number: 58,
        items: edition.items().map(|item| item.title.clone()).collect(),
        dates: edition.calendar.len(),
        findings: held(language, kind).missing.into_iter().skip(2).take(2).collect(),
        url: "https://zinas.salas.example/desk/issue/3".to_owned(),
        sends_at: (kind != Kind::Empty).then(|| time("2026-11-25T10:00")),
    }
}

fn waits_for_answer(language: Language, kind: Kind) -> question_reminder::View {
    let questions = ["Cik gara būs nodarbība, un vai bērni var nākt līdzi?", "Kas fotografēja?"];
    question_reminder::View {
        frame: frame(language, kind),
        title: kind.perhaps("Cimdu adīšana Rites bibliotēkā"),
        questions: questions
            .iter()
            .cycle()
            .take(kind.count(2).max(1))
            .map(|words| kind.words(words))
            .collect(),
        put_aside_on: day("2026-12-24"),
        editor: kind.option("Anna Miglasēta"),
        page_url: paths().contribution(TOKEN),
        leave_url: paths().reminders(TOKEN),
    }
}

fn undone(language: Language, kind: Kind, told: Told, stands: Stands) -> Email {
    undone::render(&undone::View {
        frame: frame(language, kind),
        title: kind.perhaps("Cimdu adīšana Rites bibliotēkā"),
        told,
        stands,
        editor: kind.option("Anna Miglasēta"),
        page_url: paths().contribution(TOKEN),
    })
}

fn letters(language: Language, kind: Kind) -> Vec<(&'static str, Email)> {
    let title = kind.perhaps("Cimdu adīšana Rites bibliotēkā");
    let editor = kind.option("Anna Miglasēta");
    let frame = || frame(language, kind);
    let decided = |decision| {
        decision::render(&decision::View {
            frame: frame(),
            title: title.clone(),
            decision,
            editor: editor.clone(),
            page_url: paths().contribution(TOKEN),
        })
    };
    let question = kind.words("Cik gara būs nodarbība, un vai bērni var nākt līdzi?");
    vec![
        ("thanks_addition", thanks::render(&thanks(language, kind, About::Addition { answers: false }))),
        ("thanks_correction", thanks::render(&thanks(language, kind, About::Correction))),
        ("private_receipt", private_receipt::render(&private_receipt::View { frame: frame() })),
        ("decision_approved", decided(Decision::Approved { year: 2026, month: 12, edited: None })),
        (
            "decision_edited",
            decided(Decision::Approved {
                year: 2026,
                month: 12,
                edited: Some((
                    title.clone(),
                    kind.words("Sestdien, 12. decembrī, plkst. 11.00 adīsim cimdus.\n\nDzija būs uz vietas."),
                )),
            }),
        ),
        (
            "decision_rejected",
            decided(Decision::Rejected {
                reason: kind.words(
                    "Par šo pasākumu jau rakstījām novembrī.\n\nSkat. https://zinas.salas.example/2026/11.",
                ),
            }),
        ),
        (
            "decision_put_aside",
            decided(Decision::PutAside { questions: vec![kind.words("Cik gara būs nodarbība?")] }),
        ),
        ("decision_postponed", decided(Decision::Postponed { year: 2027, month: 1 })),
        ("undone_approved", undone(language, kind, Told::Approved, Stands::Waits)),
        ("undone_rejected", undone(language, kind, Told::Rejected, Stands::Approved { month: 12 })),
        ("undone_postponed", undone(language, kind, Told::Postponed, Stands::Asked)),
        ("undone_put_aside", undone(language, kind, Told::PutAside, Stands::Asked)),
        ("undone_asked", undone(language, kind, Told::Asked, Stands::Postponed { month: 1 })),
        ("undone_again", undone(language, kind, Told::Approved, Stands::Rejected)),
        (
            "published",
            published::render(&published::View {
                frame: frame(),
                title: title.clone(),
                year: 2026,
                month: 12,
                url: paths().item(2026, 12, "cimdu-adisana"),
            }),
        ),
        (
            "question",
            question::render(&question::View {
                frame: frame(),
                title: title.clone(),
                question,
                editor: editor.clone(),
                page_url: paths().contribution(TOKEN),
            }),
        ),
        (
            "confirmation",
            confirmation::render(&confirmation::View {
                frame: frame(),
                confirm_url: paths().confirm(TOKEN),
                asked_at: time("2026-11-25T11:05"),
                origin: kind.option("203.0.113.0/24"),
                valid_until: day("2026-12-02"),
            }),
        ),
        (
            "new_address",
            new_address::render(&new_address::View {
                frame: frame(),
                confirm_url: paths().address(TOKEN),
                asked_at: time("2026-11-25T11:05"),
                origin: kind.option("203.0.113.0/24"),
                valid_until: day("2026-12-02"),
            }),
        ),
        ("moved", moved::render(&moved::View { frame: frame(), masked: "a***@e***.lv".to_owned() })),
        (
            "welcome",
            welcome::render(&welcome::View {
                frame: frame(),
                editor: kind.option("Ilze Miglasēta"),
                consent: kind.perhaps("Pieteicās uz lapas bibliotēkā 2026. gada 20. maijā."),
                leave_url: paths().leave(TOKEN),
            }),
        ),
        (
            "leave_link",
            leave_link::render(&leave_link::View { frame: frame(), leave_url: paths().leave(TOKEN) }),
        ),
        (
            "own",
            own::render(&own::View {
                frame: frame(),
                url: paths().own(TOKEN),
                asked_at: time("2026-11-25T11:05"),
                origin: kind.option("203.0.113.0/24"),
            }),
        ),
        ("sign_in", sign_in::render(&sign_in::View { frame: frame(), url: paths().sign_in(TOKEN) })),
        (
            "reminder",
            reminder::render(&reminder::View {
                frame: frame(),
                month: 1,
                until: day("2026-12-20"),
                leave_url: paths().reminders(TOKEN),
            }),
        ),
        (
            "answer",
            answer::render(&answer::View {
                frame: frame(),
                subject: kind.perhaps("Re: Decembra ziņas"),
                text: kind.words(
                    "Paldies par vēstuli! Danči sāksies plkst. 16.00.\n\nVairāk: https://sauka.example/danci",
                ),
                editor,
                letter: kind.perhaps("Cikos sākas danči Saukā?\n\nAr sveicieniem\nMilda Priedniece"),
            }),
        ),
        (
            "too_large",
            too_large::render(&too_large::View {
                frame: frame(),
                from: kind.perhaps("Jānis Kalns <janis@kalns.example>"),
                subject: kind.perhaps("Bildes no talkas"),
                octets: 60_400_000,
                limit_octets: 25_000_000,
            }),
        ),
    ]
}

/// As many as the sample counts, from the one that is most common on; all there are at the most.
pub fn warnings(kind: Kind) -> Vec<WarningCode> {
    let mut codes = WarningCode::ALL.to_vec();
    codes.rotate_left(2);
    codes.truncate(kind.count(1));
    codes
}
