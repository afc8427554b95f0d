use subscribers::Source;

use crate::text::words::source::SourceWords;

pub(super) const SOURCE: SourceWords = SourceWords {
    why: |source, day| match source {
        Source::Own => format!("you subscribed {day}"),
        Source::Editor => format!("an editor added you {day}"),
        Source::List => format!("you were on the earlier list, added {day}"),
    },
};
