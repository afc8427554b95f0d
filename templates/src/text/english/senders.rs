use crate::text::words::senders::Senders;

pub(super) const SENDERS: Senders = Senders {
    sender: "Sender",
    block: "Take no more of their mail",
    block_how: "Their news and letters will go into quarantine. Nobody is notified or answered. It can be taken back.",
    blocked: |who, when| format!("We take no more mail from this sender. Decided by {who}, {when}."),
    blocked_how: "What has come since is in quarantine.",
    unblock: "Take mail again",
    unsure: "The check of the sender failed: somebody else may have written this, so the address cannot be blocked here.",
    said_blocked: "What comes from this sender will go into quarantine.",
    said_unblocked: "We take mail from this sender again. What came meanwhile stays in quarantine.",
    why_here: "When this came, we took no mail from its sender.",
    list: |n| format!("Senders we take no mail from ({n})"),
    erased: "an erased person",
    mine: |since| format!("The editors keep the news and letters you send apart. This was decided {since}."),
    waiting: |n| format!("Still waiting ({n})"),
    earlier: |n| format!("Decided ({n})"),
};
