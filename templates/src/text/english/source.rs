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
    channel: |channel| match channel {
        "form" => Some("by the form"),
        "mail" => Some("by e-mail"),
        "link" => Some("by the link in a letter"),
        "one-click" => Some("by the button of a mail program"),
        "page" => Some("on the preferences page"),
        "desk" | "editor" => Some("at the desk"),
        "command" => Some("on the command line"),
        "import" => Some("from a list"),
        "hard_bounce" => Some("the address does not exist"),
        "refused" => Some("the mail server does not take the address"),
        "complaint" => Some("the recipient marked a letter as spam"),
        "erased" => Some("the wish to erase everything"),
        _ => None,
    },
    stopped: |by, when| format!("{by} stopped sending, {when}. Undoing puts everything back as it was."),
    stop_undone: "Undone. Everything is as before for this reader.",
    stop_stays: "Meanwhile the reader has left herself, the address must not be mailed any more, or somebody has undone it already.",
};
