//! What goes wrong at the desk.

use super::Problem;

pub struct DeskError {
    pub not_found: Problem,
    pub refused: Problem,
    pub too_many: Problem,
    pub too_large: Problem,
    pub list_too_large: Problem,
    pub failure: Problem,
    /// How to come back to what was typed.
    pub go_back: &'static str,
    pub to_queue: &'static str,
    pub to_import: &'static str,
    /// Over an issue that was to be approved or sent and is not fit for it.
    pub unfit: &'static str,
    pub unfit_empty: &'static str,
}
