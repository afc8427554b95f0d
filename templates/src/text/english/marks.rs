//! The marks of a text and how its writing is put right, in English.

use issues::language::Reason;

use crate::text::words::marks::Marks;

pub(super) const MARKS: Marks = Marks {
    buttons: "How the text looks",
    strong: "Bold",
    emphasis: "Italic",
    link: "Link",
    list: "List",
    hint: "You can type marks too: **bold**, *italic*, [words](https://address.example); a line that begins with “- ” is a \
           list. An empty line begins a new paragraph.",
    suggestions: |n| format!("Suggestions for the typography: {n}"),
    suggestions_hint: "Nothing changes by itself: choose what to apply, or apply all at once. The sign ⍽ is a space at which no line \
                       breaks.",
    suggestions_more: "The others are shown when these are done.",
    becomes: "becomes",
    reason: |reason| match reason {
        Reason::Quotes => "quotation marks",
        Reason::Dash => "dash",
        Reason::Range => "from–to",
        Reason::Dots => "ellipsis",
        Reason::NoBreak => "no-break space",
        Reason::Clock => "time of day",
    },
    set_all: "Apply all",
    set_chosen: "Apply the chosen",
};
