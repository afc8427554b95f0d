//! The sheet for the notice board, in English.

use subscribers::Language::English as EN;

use crate::text::date::month_of;
use crate::text::words::print::Print;

pub(super) const PRINT: Print = Print {
    link: "Page for the notice board (A4)",
    title: |month| format!("The {} page for the notice board", month_of(EN, month)),
    how: "Print on A4 at 100 %. Black ink is enough.",
    back: "Back to the issue",
    in_short: "In short",
    whole_issue: "The whole issue on the web:",
    no_internet: "No internet? The library prints it.",
    tear: "Tear off a strip: it has the address where to subscribe",
    send: "Send news to:",
};
