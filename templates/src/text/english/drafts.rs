use crate::text::words::drafts::Drafts;

pub(super) const DRAFTS: Drafts = Drafts {
    watching: |who| format!("{who} is looking"),
    saved: |when| format!("Draft saved {when}"),
    yours: |when| {
        format!("This is what you typed before and have not saved ({when}). Others see it once you save it.")
    },
    not_saved: "The draft is not saved; we will try again.",
    too_long: "The text is too long for a draft. Please save it with the button.",
    kept: "What you wrote is not lost",
    kept_out: "You are not signed in in this browser any more, so nothing is saved yet. Do not close this page: what you wrote is in it.",
    kept_steps: "Sign in in a new tab, then come back here and press “Send again”.",
    kept_enter: "Sign in in a new tab",
    kept_in: "You are signed in again. What you wrote is not saved yet; to send it, press “Send again”.",
    kept_again: "Send again",
    kept_file: "The file that you chose is not kept here; please choose it again.",
    kept_yours: "What you wrote",
    drop: "Drop what I typed",
};
