use issues::calendar::Job;
use subscribers::Language::Latvian as LV;

use crate::text::Plural;
use crate::text::date::{capital, month_of};
use crate::text::words::moments::Moments;

const LETTERS: Plural = Plural { zero: "vēstuļu", one: "vēstule", other: "vēstules" };

pub(super) const MOMENTS: Moments = Moments {
    coming: "Nākamie brīži",
    job: |job| match job {
        Job::Reminder => "Atgādinājums iesūtītājiem",
        Job::Waiting => "Atgādinājums redaktoriem",
        Job::Assemble => "Numura salikšana",
        Job::Send => "Izsūtīšana",
        Job::CleanUp => "Tīrīšana",
    },
    does: |job| match job {
        Job::Reminder => "Palūgsim atsūtīt ziņas.",
        Job::Waiting => "Pateiksim, cik daudz gaida, ja kaut kas gaida ilgāk par dienu.",
        Job::Assemble => "Saliksim numuru no visa, kas apstiprināts.",
        Job::Send => "Apstiprināto numuru sāksim sūtīt lasītājiem.",
        Job::CleanUp => "Izdzēsīsim to, ko vairs nevajag glabāt.",
    },
    never: "Nav paredzēts.",
    last: |when| format!("Iepriekšējā reize: {when}."),
    now: "Tagad",
    local_time: |when| format!("Pulkstenis redakcijā: {when}."),
    sending: |month, done, of| format!("{} numuru izsūta: {done} no {of}.", capital(month_of(LV, month))),
    paused: |month| format!("{} numura izsūtīšana apturēta; to var turpināt.", capital(month_of(LV, month))),
    holding: |month, when| {
        format!(
            "{} numura pirmā vēstule aizies {when}. Līdz tam visu var apturēt.",
            capital(month_of(LV, month))
        )
    },
    no_issue_under_way: "Neviens numurs pašlaik netiek sūtīts.",
    mails: |n| format!("Nosūtīšanu gaida {} (atbildes, jautājumi, paziņojumi).", LETTERS.count(LV, n)),
    no_mails: "Visas atsevišķās vēstules ir nosūtītas.",
    fault: |since| {
        format!(
            "Mūsu vēstules nepieņem pasta serveris, kopš: {since}. Nekas nav pazudis; sūtīsim, tiklīdz varēs."
        )
    },
    fault_reply: |reply| format!("Servera atbilde: “{reply}”"),
    no_fault: "Pasta serveris vēstules pieņem.",
    routing: |n| format!("Vēl jāizlasa {}.", LETTERS.count(LV, n)),
    routed: "Viss saņemtais ir izlasīts un sašķirots.",
    last_arrival: |when| format!("Pēdējā vēstule atnāca {when}."),
    nothing_arrived: "Neviena vēstule vēl nav atnākusi.",
    letters: LETTERS,

    keys_how: "Ar taustiņiem darbs iet ātrāk. Kamēr rakstāt, tie neko nedara.",
    keys_without: "Taustiņi darbojas, ja pārlūkprogrammā atļauti skripti. Visu var izdarīt arī bez tiem.",
    switch: "Taustiņi",
    on: "ieslēgti",
    off: "izslēgti",
    key: "Taustiņš",
    what: "Ko dara",
    next: "nākamā ziņa",
    previous: "iepriekšējā ziņa",
    open: "atvērt izvēlēto ziņu",
    approve: "apstiprināt",
    ask: "pajautāt",
    postpone: "atlikt",
    reject: "noraidīt",
    edit: "labot tekstu",
    original: "saņemtā vēstule",
    undo: "pēdējās darbības, kur lēmumu atsaukt",
    search: "meklēt",
    go: "pāriet: rinda, numurs, lasītāji, vēstules",
    then: "un tad",
    save: "saglabāt, arī rakstot",
    help: "šī lapa",
    next_previous: "nākamā, iepriekšējā",
    short_open: "atvērt",
    short_undo: "atsaukt",
    short_help: "visi taustiņi",
};
