//! What the fields of an item take, in Latvian.

use crate::text::words::item_fields::ItemFields;

pub(super) const ITEM_FIELDS: ItemFields = ItemFields {
    too_long: |most| format!("Šeit var ierakstīt ne vairāk kā {most} rakstzīmju."),
    event: |number| format!("{number}. norises laiks"),
    place: |number| format!("{number}. norises vieta"),
    skipped_time: "Pārbaudiet laiku: tajā naktī pulksteņus pagriež vienu stundu uz priekšu, un tāda laika nav.",
    same: |title| format!("Nekas nav mainīts: ziņa “{title}” jau bija tāda."),
};
