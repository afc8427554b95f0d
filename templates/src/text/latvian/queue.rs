use chrono::TimeDelta;
use issues::reading::Kind;
use subscribers::Language::Latvian as LV;

use super::ITEMS;
use crate::desk::decisions::Undo;
use crate::desk::message::Reason;
use crate::desk::queue::{Filter, Need};
use crate::text::Plural;
use crate::text::date::{capital, month_of, named_day, near, until_near};
use crate::text::megabytes;
use crate::text::words::queue::Queue;

const DATES: Plural = Plural { zero: "datumu", one: "datums", other: "datumi" };
const MESSAGES: Plural = Plural { zero: "vēstuļu", one: "vēstule", other: "vēstules" };

/// “gaida … stundas”: accusative.
const MINUTES: Plural = Plural { zero: "minūšu", one: "minūti", other: "minūtes" };
const HOURS: Plural = Plural { zero: "stundu", one: "stundu", other: "stundas" };
const DAYS: Plural = Plural { zero: "dienu", one: "dienu", other: "dienas" };
/// “pirms … stundām”: one in the genitive, more in the dative.
const MINUTES_AGO: Plural = Plural { zero: "minūtēm", one: "minūtes", other: "minūtēm" };
const HOURS_AGO: Plural = Plural { zero: "stundām", one: "stundas", other: "stundām" };
const DAYS_AGO: Plural = Plural { zero: "dienām", one: "dienas", other: "dienām" };

/// In the largest unit of which there are two, or the smallest there is; `None` for less than a minute.
fn long(age: TimeDelta, [minutes, hours, days]: [Plural; 3]) -> Option<String> {
    let whole = |number: i64| usize::try_from(number).unwrap_or(0);
    Some(match (whole(age.num_minutes()), whole(age.num_hours()), whole(age.num_days())) {
        (0, ..) => return None,
        (n, 0, _) => minutes.count(LV, n),
        (_, n, 0 | 1) => hours.count(LV, n),
        (.., n) => days.count(LV, n),
    })
}

pub(super) const QUEUE: Queue = Queue {
    waits: |n| format!("Izskatīšanu gaida {}", ITEMS.count(LV, n)),
    shown: |filter, n| match filter {
        Filter::New => format!("Izskatīšanu gaida {}", ITEMS.count(LV, n)),
        Filter::Asked => format!("Iesūtītāja atbildi gaida {}", ITEMS.count(LV, n)),
        Filter::Approved => format!("Apstiprinātas: {}", ITEMS.count(LV, n)),
        Filter::Postponed => format!("Atliktas: {}", ITEMS.count(LV, n)),
        Filter::Rejected => format!("Noraidītas: {}", ITEMS.count(LV, n)),
        Filter::Quarantine => format!("Karantīnā: {}", MESSAGES.count(LV, n)),
    },
    oldest: |age| match long(age, [MINUTES, HOURS, DAYS]) {
        Some(long) => format!("Vecākā gaida {long}."),
        None => "Vecākā gaida mazāk nekā minūti.".to_owned(),
    },
    promise: |by, now| {
        if by < now {
            let before = "Atbildēt solījām divu darba dienu laikā. Termiņš bija ";
            [before.to_owned(), near(LV, by, now.date())]
        } else {
            let before = "Atbildēt solījām divu darba dienu laikā, tātad ";
            [before.to_owned(), until_near(LV, by, now.date())]
        }
    },
    filters: "Atlase",
    filter: |filter| match filter {
        Filter::New => "Gaida",
        Filter::Asked => "Gaidām atbildi",
        Filter::Approved => "Apstiprinātas",
        Filter::Postponed => "Atliktas",
        Filter::Rejected => "Noraidītas",
        Filter::Quarantine => "Karantīna",
    },
    oldest_came: |ago| format!("Vecākā atnāca {ago}."),
    nothing_here: |filter| match filter {
        Filter::New => "Visas ziņas izskatītas. Jauku dienu!",
        Filter::Asked => "Visi iesūtītāji ir atbildējuši. Jauku dienu!",
        Filter::Approved => "Apstiprinātu ziņu vēl nav; tās krāsies te.",
        Filter::Postponed => "Neviena ziņa nav atlikta. Jauku dienu!",
        Filter::Rejected => "Neviena ziņa nav noraidīta. Jauku dienu!",
        Filter::Quarantine => "Karantīna ir tukša: visas vēstules sapratām. Jauku dienu!",
    },
    pages: "Lapas",
    page: |n, of| format!("{n}. lapa no {of}"),
    before: "Iepriekšējā lapa",
    after: "Nākamā lapa",

    ago: |age| match long(age, [MINUTES_AGO, HOURS_AGO, DAYS_AGO]) {
        Some(long) => format!("pirms {long}"),
        None => "tikko".to_owned(),
    },
    untitled: "Bez virsraksta",
    some_sender: "Nezināms sūtītājs",
    photo_of: |title| format!("Fotogrāfija ziņai “{title}”"),
    proposal: "ieteikums:",
    confirmed: "apstiprināts",
    more_dates: |n| format!("un vēl {}", DATES.count(LV, n)),
    trust: |n| match n {
        0 => "Pirmā vēstule".to_owned(),
        n => format!("{} iepriekš", ITEMS.count(LV, n)),
    },
    weekday_differs: |words, day| {
        format!("Lūdzu, pārbaudiet datumu: tekstā rakstīts “{words}”, bet {}.", named_day(LV, day))
    },
    unverified: "Nevar pārbaudīt, vai sūtītājs ir īstais.",
    unverified_how: "Vēstules paraksts (DMARC) neder. Pirms publicējat, piezvaniet.",
    also_waiting: "No šī sūtītāja gaida arī:",
    and_more: |n| format!("un vēl {n}"),
    came_back: "Bija atlikta",
    asked: "Gaidām atbildi",
    approved: "Apstiprināta",
    planned: "Ielikta numurā",
    postponed: |month| format!("Atlikta uz {} numuru", month_of(LV, month)),
    rejected: "Noraidīta",
    replied: "Atbildēts",
    added: "Papildināts",
    reply: |words| format!("Atbilde: “{words}”"),
    question: |words| format!("Jautājums: “{words}”"),
    reason: |words| format!("Iemesls: “{words}”"),

    all_seen: "Visas ziņas izskatītas",
    good_day: "Jauku dienu!",
    goes_out: |month, at, today| {
        format!("{} numurs izies {}.", capital(month_of(LV, month)), near(LV, at, today))
    },
    see_month: |month| format!("Skatīt {} numuru", month_of(LV, month)),
    month_issue: |month| format!("{} numurs", capital(month_of(LV, month))),
    see_issue: "Skatīt numuru",
    contents: |items, dates| format!("{}, {}.", ITEMS.count(LV, items), DATES.count(LV, dates)),
    need: |need, today| match need {
        Need::Assembly { at: Some(at) } => format!("Numuru saliksim {}.", near(LV, *at, today)),
        Need::Assembly { at: None } => "Numurs vēl nav salikts.".to_owned(),
        Need::Mending { findings } => {
            let plural = Plural { zero: "lietu", one: "lieta", other: "lietas" };
            format!("Aizturēts: vēl jāsakārto {}.", plural.count(LV, *findings))
        }
        Need::Approval => "Vēl vajag Jūsu apstiprinājumu.".to_owned(),
        Need::Nothing => "Gatavs; izsūtīsim paši.".to_owned(),
        Need::Hold => "Pirmā vēstule aizies norādītajā brīdī. Līdz tam visu var apturēt.".to_owned(),
        Need::Sending => "Numuru izsūta.".to_owned(),
        Need::Resuming => "Izsūtīšana apturēta; to var turpināt.".to_owned(),
    },

    nothing_done: "Neviena darbība vēl nav veikta.",
    did: |act| match act {
        "approve" => "Apstiprināta",
        "ask" => "Pajautāts par",
        "postpone" => "Atlikta",
        "reject" => "Noraidīta",
        "edit" => "Labota",
        "undo" => "Atsaukts lēmums par",
        "correct" => "Publicēts labojums ziņai",
        "treat" => "Izņemta no karantīnas",
        "unanswered" => "Nolikta malā bez atbildes",
        "withdraw" => "Atsaukta",
        _ => "Mainīta",
    },
    contributor: "iesūtītājs",
    channel: |channel| match channel {
        "command" => Some("komandrindā"),
        "link" => Some("ar saiti no vēstules"),
        "mail" => Some("pa e-pastu"),
        "schedule" => Some("pēc grafika"),
        _ => None,
    },
    undo: "Atsaukt",
    undo_why: |why| match why {
        Undo::Possible { .. } | Undo::Pointless => "",
        Undo::Undone => "Jau atsaukts.",
        Undo::Later => "Pēc tam lemts vēlreiz.",
        Undo::IssueApproved => "Numurs jau apstiprināts; atsaukt vairs nevar.",
        Undo::Published => "Ziņa jau izsūtīta; atsaukt vairs nevar.",
        Undo::Merged => "Ziņa apvienota ar citu; atsaukt vairs nevar.",
        Undo::Withdrawn => "Iesūtītājs ziņu atsauca; lēmumu atsaukt vairs nevar.",
    },
    said_undone: |title| format!("Atsaukts. Ziņa “{title}” atkal ir tāda kā pirms lēmuma."),
    said_untreated: "Vēstule atkal ir karantīnā, un, kas no tās tapa, ir atsaukts.",
    not_undone: "Nekas nav atsaukts.",
    cannot_undo: "Šo lēmumu vairs nevar atsaukt.",
    changed_meanwhile: |title, who, when| format!("Ziņu “{title}” pa to laiku mainīja: {who}, {when}."),

    why_here: |reason| match reason {
        Reason::FailedThrice => "Trīs reizes mēģinājām to izlasīt, un neizdevās.".to_owned(),
        Reason::Erased => "Izdzēsta pēc personas lūguma; tās saturs vairs nav pieejams.".to_owned(),
        Reason::Blocked => super::senders::SENDERS.why_here.to_owned(),
        Reason::Empty => "Vēstule ir tukša.".to_owned(),
        Reason::Damaged => "Vēstule ir bojāta: tās daļas nevar atšķirt.".to_owned(),
        Reason::NoMail => "Tajā nav ne galvenes, ne teksta.".to_owned(),
        Reason::TooLarge { size, limit } => {
            let size = size.map_or_else(String::new, |size| format!(" ({})", megabytes(LV, size)));
            let limit =
                limit.map_or_else(String::new, |limit| format!(" Pieņemam līdz {}.", megabytes(LV, limit)));
            format!("Vēstule ir par lielu{size}.{limit} Te ir tikai tās galvene, pārējais ir pastkastē.")
        }
        Reason::Nested => "Vēstulē ir pārāk daudz citu vēstuļu, ieliktu cita citā.".to_owned(),
        Reason::Other => "Nesapratām, kas tā ir.".to_owned(),
    },
    in_quarantine: "Karantīnā",
    kind: |kind| match kind {
        Kind::Submission => "ziņa",
        Kind::Reply => "lasītāja vēstule",
        Kind::Correction => "labojums",
        Kind::Bounce => "paziņojums par nepiegādātu vēstuli",
        Kind::Complaint => "sūdzība par mēstuli",
        Kind::AutoReply => "automātiska atbilde",
        Kind::Unsubscribe => "atteikšanās",
        Kind::Subscribe => "pieteikšanās",
        Kind::Bulk => "cita izdevuma vēstule",
        Kind::Report => "programmas ziņojums",
        Kind::Private => "privāta vēstule",
        Kind::Unreadable => "neizlasāma vēstule",
    },
    is: "Kas tā ir",
    not_yet: "Vēl nav izlasīta",
    no_subject: "Bez temata",
    what_is_it: "Kas tā ir?",
    what_is_it_how: "Pietiek ar vienu klikšķi. Jūsu vārds ir galīgais.",
    treat_news: "Tā ir ziņa",
    treat_letter: "Lasītāja vēstule",
    treat_private: "Privāta vēstule",
    treat_nothing: "Nolikt malā",
    treat_other: "Kas cits",
    set_aside: "nolikta malā",
    treated: |what, who, when| format!("Izņemta no karantīnas: {what} ({who}, {when})."),
    already_treated: |what, who, when| {
        format!("Šo vēstuli jau izņēma no karantīnas: {what} ({who}, {when}).")
    },
    not_in_quarantine: "Šī vēstule nav karantīnā. Nekas nav mainīts.",
    became: "Kas no tās tapa",
    item_number: |n| format!("Ziņa nr.\u{a0}{n}"),
    letter_number: |n| format!("Vēstule nr.\u{a0}{n}"),
    as_it_came: "Vēstule, kā tā atnāca",
    framed: "Rādām noslēgtā rāmī: nekas netiek palaists, un no interneta nekas netiek ielādēts.",
    text: "Teksts",
    attachments: "Pielikumi",
    unnamed: "bez nosaukuma",
    size: |octets| {
        if octets < 1_000 {
            format!("{octets}\u{a0}B")
        } else if octets < 1_000_000 {
            format!("{}\u{a0}KB", octets / 1_000)
        } else {
            megabytes(LV, octets)
        }
    },
    head: "Galvene",
    envelope: "Aploksnes sūtītājs",
    download: "Lejupielādēt vēstuli (.eml)",
    unread: "Šīs vēstules saturu te nerādām: to lasot, programma apstājās. Varat to lejupielādēt.",
    messages: MESSAGES,
};
