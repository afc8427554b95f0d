use crate::text::words::Problem;
use crate::text::words::desk_error::DeskError;

pub(super) const DESK_ERROR: DeskError = DeskError {
    not_found: Problem {
        title: "There is no such page at the desk",
        remedy: "Perhaps what you are looking for was deleted, or the address has a mistake.",
    },
    refused: Problem {
        title: "We did not understand the request",
        remedy: "Nothing was done. Please open the page anew and try again.",
    },
    too_many: Problem {
        title: "A little too fast",
        remedy: "Nothing was done, since the same was asked several times just now. Please try again in a while.",
    },
    too_large: Problem {
        title: "That is too much to send at once",
        remedy: "Nothing was saved. Please shorten the text, or save it in parts.",
    },
    list_too_large: Problem {
        title: "The list is too large for one go",
        remedy: "No reader was added. A file here may have up to 1\u{a0}MB: split the list into several files, each with the line of headings, or ask whoever runs the server to read it with the command “zinas subscriber import”.",
    },
    failure: Problem { title: "It did not work", remedy: "The fault is ours. Please try again in a while." },
    go_back: "If you were writing something, go back with your browser’s button: it is usually still in the fields.",
    to_queue: "To the queue",
    to_import: "Choose another file",
    unfit: "The issue cannot be sent yet. First to be mended:",
    unfit_empty: "There is no item in the issue yet.",
};
