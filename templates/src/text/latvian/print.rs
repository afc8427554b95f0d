//! The sheet for the notice board, in Latvian.

use subscribers::Language::Latvian as LV;

use crate::text::date::{capital, month_of};
use crate::text::words::print::Print;

pub(super) const PRINT: Print = Print {
    link: "Lapa ziņojumu dēlim (A4)",
    title: |month| format!("{} lapa ziņojumu dēlim", capital(month_of(LV, month))),
    how: "Drukājiet uz A4 lapas, mērogs 100 %. Pietiek ar melnu krāsu.",
    back: "Atpakaļ uz numuru",
    in_short: "Īsumā",
    whole_issue: "Viss numurs tīmeklī:",
    no_internet: "Nav interneta? Izdrukās bibliotēkā.",
    tear: "Noplēsiet strēmeli: tur ir adrese, kur pieteikties",
    send: "Ziņas sūtiet:",
};
