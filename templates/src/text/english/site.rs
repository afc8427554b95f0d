//! What stands around the public pages, in English.

use subscribers::Language::English as EN;

use crate::text::date::{month_of, on_day, since};
use crate::text::{Problem, Site};

pub(super) const SITE: Site = Site {
    skip: "Skip to the content",
    other_language: "Latviski",
    monthly: "Once a month in your mailbox",
    subscribe: "Get it by e-mail",
    subscribe_card: "Once a month, free of charge. One click to unsubscribe.",
    home: "Home",
    latest: "The latest issue",
    read_issue: |month| format!("Read the {} issue", month_of(EN, month)),
    what: |name| {
        format!(
            "“{}” tells what happened and what is coming up in our communities. The people who live here write it, \
             once a month.",
            name.nominative
        )
    },
    send: "What is happening where you live?",
    send_card: "Send us two sentences and a picture:",
    no_issue_yet: "The first issue is in the making.",
    in_issue: |month| format!("In this {} issue", month_of(EN, month)),
    more_in_issue: |month| format!("More in the {} issue", month_of(EN, month)),
    when_and_where: "When and where",
    published: |day, today| format!("Published {}.", on_day(EN, day, today)),
    corrected: |day, today| format!("Corrected {}.", since(EN, day, today)),
    not_found: Problem {
        title: "There is no such page",
        remedy: "There may be a mistake in the address. The latest issue is on the home page.",
    },
    expired: Problem {
        title: "This link has expired",
        remedy: "Nothing has been changed. If it was a subscription, please subscribe again.",
    },
    forged: Problem {
        title: "This link is not valid",
        remedy: "Perhaps it was copied only in part. Please open it from the letter again.",
    },
    too_many: Problem {
        title: "A little too fast",
        remedy: "We received many requests from this network. Please try again in an hour.",
    },
    failure: Problem { title: "It did not work", remedy: "The fault is ours. Please try again in a moment." },
    refused: Problem {
        title: "We did not understand the request",
        remedy: "Please go back to the previous page and try again.",
    },
};
