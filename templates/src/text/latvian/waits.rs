use subscribers::Language::Latvian as LV;

use crate::text::date::on_day;
use crate::text::words::waits::Waits;

pub(super) const WAITS: Waits = Waits {
    reason: "Uz redakcijas jautājumu atbildi nesaņēmām.",
    reminder_title: |title| format!("Vēl gaidām Jūsu atbildi par ziņu “{title}”"),
    reminder_preview: "Atgādinām tikai vienreiz. Pietiks, ja atbildēsiet uz šo vēstuli.",
    reminder: |title| {
        format!("Pirms kāda laika Jums pajautājām par ziņu “{title}”. Varbūt mūsu vēstule paslīdēja garām?")
    },
    until: |day, today| {
        format!(
            "Ja atbildes nebūs, ziņu noliksim malā {}. Atbildēt varēsiet arī vēlāk, un tad to izskatīsim.",
            on_day(LV, day, today)
        )
    },
    aside_title: |title| format!("Ziņu “{title}” pagaidām noliekam malā"),
    aside_preview: "Atbildi no Jums nesaņēmām. Ja vēl uzrakstīsiet, ziņu izskatīsim.",
    aside: |title| {
        format!(
            "Paldies, ka atsūtījāt ziņu “{title}”. Pajautājām Jums par to, bet atbildi nesaņēmām, tāpēc ziņu pagaidām \
             noliekam malā."
        )
    },
    comes_back: "Tā nav pazudusi: kad vien atbildēsiet uz šo vēstuli, ziņu atkal izskatīsim.",
    page_aside: "Uz mūsu jautājumu atbildi nesaņēmām, tāpēc ziņu pagaidām nolikām malā. Kad atbildēsiet, to atkal izskatīsim.",
    aside_undone: |title| format!("Rakstījām, ka ziņu “{title}” noliekam malā. Šo lēmumu atsaucām."),
    told_aside: |when| {
        format!(
            "Iesūtītājs uz jautājumu neatbildēja, tāpēc šī ziņa nolikta malā: {when}. Ja atbilde vēl \
                                nāks, ziņa atgriezīsies rindā."
        )
    },
    since: |since, day, today| {
        format!(
            "Jautājums nosūtīts {since}. Ja atbildes nebūs, ziņu noliksim malā {}.",
            on_day(LV, day, today)
        )
    },
    desk_until: |day, today| format!("Ja atbildes nebūs, ziņu noliksim malā {}.", on_day(LV, day, today)),
    by_itself: "bez redaktora",
};
