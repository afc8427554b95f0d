//! Public pages around the issues, in Latvian.

use super::LV;
use crate::text::{Plural, Public};

/// “Atradām … ziņas”: in the accusative.
const FOUND: Plural = Plural { zero: "ziņu", one: "ziņu", other: "ziņas" };

pub(super) const PUBLIC: Public = Public {
    archive: "Visi numuri",
    archive_of: |year| format!("{year}.\u{a0}gada numuri"),
    year: |year| format!("{year}.\u{a0}gads"),
    years: "Gadi",
    calendar: "Kalendārs",
    how_to_send: "Kā iesūtīt ziņu",
    privacy: "Jūsu dati",
    feed: "Atom",
    nearest: "Tuvākie datumi",
    whole_calendar: "Viss kalendārs",
    calendar_feed: "Pievienot savam kalendāram (ICS)",
    add_to_calendar: "Pievienot kalendāram",
    add_event: |title| format!("Pievienot kalendāram: {title}"),
    search: "Meklēt ziņās",
    search_button: "Meklēt",
    found: |count, query| format!("Meklējot “{query}”, atradām {}.", FOUND.count(LV, count)),
    nothing_found: |query| format!("Meklējot “{query}”, neko neatradām."),
    nothing_hint: "Pamēģiniet īsāku vārdu vai tikai tā sākumu. Garumzīmes un mīkstinājumus varat nerakstīt.",
    all_issues: "Skatīt visus numurus",
    page_of: |page, pages| format!("{page}. lapa no {pages}"),
    pages: "Lapas",
    previous_page: "Iepriekšējā lapa",
    next_page: "Nākamā lapa",
    regular: "Regulāri",
    undated: "Datums vēl nav zināms",
    no_coming_dates: "Tuvākajā laikā nekas nav pieteikts.",
    no_dates: "Par šo mēnesi mums vēl neviens nav rakstījis.",
    months: "Mēneši",
    in_item: |title| format!("Ziņā “{title}”:"),
    language_choice: "Kurā valodā Jums rakstīt?",
    deadline: |title| format!("Pēdējā diena: {title}"),
    begins: |title| format!("Sākas: {title}"),
    describe_archive: |name| format!("Visi “{}” numuri un meklēšana tajos.", name.genitive),
    describe_calendar: |name| format!("“{}” kalendārs: kas, kur un kad notiek mūsu kopienās.", name.genitive),
};
