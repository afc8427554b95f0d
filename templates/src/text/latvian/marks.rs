//! The marks of a text and how its writing is put right, in Latvian.

use crate::text::words::marks::Marks;

pub(super) const MARKS: Marks = Marks {
    buttons: "Teksta noformējums",
    strong: "Treknraksts",
    emphasis: "Slīpraksts",
    link: "Saite",
    list: "Saraksts",
    hint: "Var rakstīt arī zīmes: **treknraksts**, *slīpraksts*, [vārdi](https://adrese.example), rinda ar “- ” sākumā ir \
           saraksts. Tukša rinda sāk jaunu rindkopu.",
};
