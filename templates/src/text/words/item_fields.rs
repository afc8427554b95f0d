//! What the fields of an item take, said beside them and above the form.

pub struct ItemFields {
    /// The most characters.
    pub too_long: fn(usize) -> String,
    /// Before the number of an event or a place, counted from 1, where there are several.
    pub event: fn(usize) -> String,
    pub place: fn(usize) -> String,
    /// A local time that the clocks leave out.
    pub skipped_time: &'static str,
    /// A button was pressed, and the item (its title) was so before.
    pub same: fn(&str) -> String,
}
