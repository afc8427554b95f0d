//! What the fields of an item take.

use crate::text::words::item_fields::ItemFields;

pub(super) const ITEM_FIELDS: ItemFields = ItemFields {
    too_long: |most| format!("At most {most} characters fit here."),
    event: |number| format!("Time {number}"),
    place: |number| format!("Place {number}"),
    skipped_time: "Check the time: that night the clocks go forward an hour, and there is no such time.",
    same: |title| format!("Nothing was changed: “{title}” was like that already."),
};
