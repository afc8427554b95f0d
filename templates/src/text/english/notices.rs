use crate::text::words::notices::Notices;

pub(super) const NOTICES: Notices = Notices {
    how_by_reply: "You can also decide by answering this mail: write “approve” or “reject: reason” in the first line.",
    again: |subject| format!("Re: {subject}"),
    decided_preview: "Your decision is kept. If you think better of it, undo it at the desk.",
    undecided_preview: "Nothing was changed. We say below why.",
    lacking: "This item cannot be approved yet. It lacks:",
    title_lacks: "a title",
    text_lacks: "a text",
    photo_lacks: |number| format!("a description of photo {number}"),
    day_lacks: "a chosen day: the weekday and the date contradict each other",
    no_reason: "A rejection needs a reason, which we send to the contributor. Please answer the notice once more and write \
         “reject: reason” in the first line.",
    reason_too_long: "The reason is too long: at most 2,000 characters.",
    unclear: "We did not understand what you decided: the first line begins like a decision and goes on otherwise. Please \
         answer the notice once more with only “approve” or “reject: reason” in the first line, or decide on the page.",
    settled: "This item cannot be changed any more.",
    kept_as_letter: "The rest of what you wrote is among the letters at the desk.",
};
