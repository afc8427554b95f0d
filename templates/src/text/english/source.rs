use subscribers::Source;

use crate::text::words::source::SourceWords;

pub(super) const SOURCE: SourceWords = SourceWords {
    why: |source, day| match source {
        Source::Own => format!("you subscribed {day}"),
        Source::Editor => format!("an editor added you {day}"),
        Source::List => format!("you were on the earlier list, added {day}"),
    },
    welcome_subject: |name| format!("You will receive “{}”", name.nominative),
    welcome_preview: "An editor added you to our readers. You can leave with one click.",
    welcome_added: |name, editor| match editor {
        Some(editor) => format!("{editor}, an editor of “{}”, added you to our readers.", name.nominative),
        None => format!("The editors of “{}” added you to our readers.", name.nominative),
    },
    welcome_consent: "The editors wrote down about your consent:",
    welcome_leave: "If that is not so, or you do not wish to receive our letters, leave, and we will write no more.",
};
