//! The marks of a text and how its writing is put right, in Latvian.

use issues::language::Reason;

use crate::text::words::marks::Marks;

pub(super) const MARKS: Marks = Marks {
    buttons: "Teksta noformējums",
    strong: "Treknraksts",
    emphasis: "Slīpraksts",
    link: "Saite",
    list: "Saraksts",
    hint: "Var rakstīt arī zīmes: **treknraksts**, *slīpraksts*, [vārdi](https://adrese.example), rinda ar “- ” sākumā ir \
           saraksts. Tukša rinda sāk jaunu rindkopu.",
    suggestions: |n| format!("Rakstības ieteikumi: {n}"),
    suggestions_hint: "Nekas nemainās pats: atzīmējiet, ko ieviest, vai ieviesiet visu uzreiz. Zīme ⍽ ir atstarpe, kurā rinda netiek \
                       pārnesta.",
    suggestions_more: "Pārējie parādīsies, kad šie būs ieviesti.",
    becomes: "kļūst",
    reason: |reason| match reason {
        Reason::Quotes => "pēdiņas",
        Reason::Dash => "domuzīme",
        Reason::Range => "no–līdz",
        Reason::Dots => "daudzpunkte",
        Reason::NoBreak => "nedalāma atstarpe",
        Reason::Clock => "pulksteņa laiks",
    },
    set_all: "Ieviest visu",
    set_chosen: "Ieviest atzīmētos",
};
