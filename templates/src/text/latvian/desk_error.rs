use crate::text::words::Problem;
use crate::text::words::desk_error::DeskError;

pub(super) const DESK_ERROR: DeskError = DeskError {
    not_found: Problem {
        title: "Šādas lapas redakcijā nav",
        remedy: "Varbūt tas, ko meklējat, ir dzēsts, vai adresē ieviesusies kļūda.",
    },
    refused: Problem {
        title: "Pieprasījumu nesapratām",
        remedy: "Nekas nav izdarīts. Lūdzu, atveriet lapu no jauna un mēģiniet vēlreiz.",
    },
    too_many: Problem {
        title: "Mazliet par ātru",
        remedy: "Nekas nav izdarīts, jo to pašu nesen lūdzāt vairākas reizes. Lūdzu, mēģiniet pēc brīža.",
    },
    too_large: Problem {
        title: "Tik daudz vienā reizē nevar nosūtīt",
        remedy: "Nekas nav saglabāts. Lūdzu, saīsiniet tekstu vai saglabājiet to pa daļām.",
    },
    list_too_large: Problem {
        title: "Saraksts ir par lielu vienai reizei",
        remedy: "Neviens lasītājs nav pievienots. Datne šeit var būt līdz 1\u{a0}MB: sadaliet sarakstu vairākās datnēs, katrā atstājot virsrakstu rindu, vai lūdziet tam, kas uztur serveri, ielasīt to ar komandu “zinas subscriber import”.",
    },
    failure: Problem {
        title: "Neizdevās", remedy: "Vaina ir pie mums. Lūdzu, mēģiniet vēlreiz pēc brīža."
    },
    go_back: "Ja kaut ko rakstījāt, atgriezieties ar pārlūkprogrammas pogu “Atpakaļ”: rakstītais parasti vēl ir laukos.",
    to_queue: "Uz rindu",
    to_import: "Izvēlēties citu datni",
    unfit: "Numuru vēl nevar nosūtīt. Vispirms jāizlabo:",
    unfit_empty: "Numurā vēl nav nevienas ziņas.",
};
