use crate::text::words::drafts::Drafts;

pub(super) const DRAFTS: Drafts = Drafts {
    watching: |who| format!("{who} is looking"),
    saved: |when| format!("Draft saved {when}"),
    yours: |when| {
        format!("This is what you typed before and have not saved ({when}). Others see it once you save it.")
    },
    drop: "Drop what I typed",
};
