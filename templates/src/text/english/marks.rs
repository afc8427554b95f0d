//! The marks of a text and how its writing is put right, in English.

use crate::text::words::marks::Marks;

pub(super) const MARKS: Marks = Marks {
    buttons: "How the text looks",
    strong: "Bold",
    emphasis: "Italic",
    link: "Link",
    list: "List",
    hint: "You can type marks too: **bold**, *italic*, [words](https://address.example); a line that begins with “- ” is a \
           list. An empty line begins a new paragraph.",
};
