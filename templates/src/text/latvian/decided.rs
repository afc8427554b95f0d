use subscribers::Language::Latvian as LV;

use crate::email::undone::{Stands, Told};
use crate::text::date::month_of;
use crate::text::words::decided::Decided;

pub(super) const DECIDED: Decided = Decided {
    edited: "Tekstu labojām. Tā to publicēsim",
    if_wrong: "Ja kas nav pareizi vai līdz tam mainās, atbildiet uz šo vēstuli, un izlabosim.",
    undone_title: |title| format!("Labojums par Jūsu ziņu “{title}”"),
    undone_preview: "Iepriekšējā vēstule par šo ziņu vairs nav spēkā.",
    undone: |title, told| match told {
        Told::Approved => format!("Rakstījām, ka ziņu “{title}” publicēsim. Šo lēmumu atsaucām."),
        Told::Rejected => format!("Rakstījām, ka ziņu “{title}” nepublicēsim. Šo lēmumu atsaucām."),
        Told::Postponed => {
            format!("Rakstījām, ka ziņu “{title}” pārceļam uz vēlāku numuru. Šo lēmumu atsaucām.")
        }
        Told::PutAside => (super::waits::WAITS.aside_undone)(title),
        Told::Asked => format!("Uzdevām jautājumu par ziņu “{title}”. Uz to vairs nav jāatbild."),
    },
    stands: |stands| match stands {
        Stands::Waits => "Redakcija ziņu izskatīs vēlreiz un Jums atrakstīs.".to_owned(),
        Stands::Approved { month } => {
            format!("Spēkā ir agrākais lēmums: ziņa būs {} numurā.", month_of(LV, month))
        }
        Stands::Asked => "Joprojām gaidām Jūsu atbildi uz agrāko jautājumu.".to_owned(),
        Stands::Postponed { month } => {
            format!("Spēkā ir agrākais lēmums: ziņu izskatīsim {} numuram.", month_of(LV, month))
        }
        Stands::Rejected => "Spēkā ir agrākais lēmums: ziņu nepublicēsim.".to_owned(),
    },
    sorry: "Atvainojamies par pārpratumu!",
};
