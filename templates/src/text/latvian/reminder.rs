//! The reminder before an issue, in Latvian.

use subscribers::Language::Latvian as LV;

use crate::text::Reminder;
use crate::text::date::{capital, month_of, until};

pub(super) const REMINDER: Reminder = Reminder {
    subject: |day, today, month| {
        let day = until(LV, day, today);
        format!("{}, gaidām Jūsu ziņas {} numuram", capital(&day), month_of(LV, month))
    },
    preview: "Pietiek ar dažiem teikumiem un vienu bildi.",
    text: |name, month| format!("Drīz veidosim “{}” {} numuru.", name.genitive, month_of(LV, month)),
    how: "Ja Jūsu pusē gaidāms vai noticis kas labs, atbildiet uz šo vēstuli: kas, kur un kad, dažos teikumos, \
          un viena fotogrāfija ar autora vārdu.",
    nothing: "Ja šomēnes nekā nav, viss kārtībā: atbildēt nevajag.",
    why: "Šo atgādinājumu saņemat, jo esam no Jums saņēmuši ziņas.",
    leave: "Vairs neatgādināt",
};
