use crate::text::words::corrections::Corrections;

pub(super) const CORRECTIONS: Corrections = Corrections {
    title: "Corrections",
    how: "What is published stays as it is. A dated correction stands on the item’s page at once, and the readers of \
          the next issue are told.",
    field: "A new correction",
    hint: "What was wrong, and what is right. For example: “The concert begins at 18:00, not at 17:00.”",
    missing: "Please write what was wrong and what is right.",
    save: "Publish the correction",
    by: |who, when| format!("{who}, {when}"),
    see: "See the published item",
    said: |title| format!("The correction of “{title}” is published."),
    of_issue: "Items of the issue",
    of_issue_how: "If something in an item is wrong, open it and write a correction.",
};
