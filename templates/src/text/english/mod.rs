//! English: the same calm, for readers who chose it.

mod corrections;
mod decided;
mod desk_error;
mod drafts;
mod edition_page;
mod event;
mod item_page;
mod marks;
mod moments;
mod notices;
mod own;
mod people;
mod person;
mod postbox;
mod print;
mod public;
mod queue;
mod room;
mod source;

use issues::reading::WarningCode;
use subscribers::Language::English as EN;

use super::date::{at, capital, month_of, on_day, since, until};
use super::number::counted;
use super::*;
use crate::finding::Finding;

const fn plural(one: &'static str, other: &'static str) -> Plural {
    Plural { zero: other, one, other }
}

const ITEMS: Plural = plural("story", "stories");
const DATES: Plural = plural("date", "dates");
const PHOTOS: Plural = plural("photo", "photos");
const WARNINGS: Plural = plural("point", "points");
const MINUTES: Plural = plural("minute", "minutes");

const WORDS: [&str; 11] = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

pub(super) static TEXT: Text = Text {
    shared: Shared {
        and: " and ",
        hello: "Hello!",
        regards: "With kind regards",
        by_computer: "A computer sent this message, but a person will read your reply.",
        issue_role: "e-mail bulletin",
        letter_role: "e-mail letter",
        photo_credit: |author| format!("Photo: {author}"),
        picture: |words| format!("[Picture: {words}]"),
        prepared_by: |who| format!("Prepared by: {who}"),
        number: |number, running| format!("No.\u{a0}{number} ({running})"),
        month_issue: |month| format!("the {} issue", month_of(EN, month)),
        items: ITEMS,
        dates: DATES,
        photos: PHOTOS,
        warnings: WARNINGS,
    },
    states: States {
        pending: "Waiting for review",
        asked: "Waiting for the contributor",
        approved: "Approved",
        planned: "Placed in an issue",
        published: "Published",
        rejected: "Declined",
        postponed: "Postponed",
        merged: "Merged into another",
        withdrawn: "Withdrawn",
    },
    bulletin: Bulletin {
        subject: |month, titles| {
            let month = month_of(EN, month);
            if titles.is_empty() {
                format!("{month} news and calendar")
            } else {
                format!("{month} news: {}", join(titles, " and "))
            }
        },
        preview: |items, dates, time| {
            let items = (items > 0).then(|| counted(EN, items, &WORDS, ITEMS));
            let dates = (dates > 0).then(|| counted(EN, dates, &WORDS, DATES));
            let counts: Vec<_> = items.into_iter().chain(dates).collect();
            let minutes = counted(EN, time.minutes(), &WORDS, MINUTES);
            let counts = if counts.is_empty() { "A short issue".to_owned() } else { join(&counts, " and ") };
            format!("{}. Reading takes {minutes}.", capital(&counts))
        },
        in_browser: "Read in a browser",
        places: |places| format!("In this issue: {}.", join(places, " and ")),
        one_minute: "If you have only a minute",
        contents: "In this issue",
        item_page: |title| format!("On the web: {title}"),
        calendar: |month| format!("{} calendar", month_of(EN, month)),
        correction: "Correction.",
        send_news_question: "Something missing here?",
        send_news_call: "Send us two sentences and a picture",
        why_before: "You receive this letter because ",
        why_after: |name| format!(" to “{}”.", name.nominative),
        leave: "Unsubscribe",
        empty: "No stories this time.",
    },
    thanks: Thanks {
        news_title: "Thank you, your news has arrived",
        news_preview: "An editor will look at it and answer within two working days.",
        received: |title, photos, documents| {
            let mut parts = vec![match title {
                Some(title) => format!("your news “{title}”"),
                None => "your news".to_owned(),
            }];
            match photos {
                0 => {}
                1 => parts.push("one photo".to_owned()),
                n => parts.push(PHOTOS.count(EN, n)),
            }
            match documents {
                0 => {}
                1 => parts.push("one document".to_owned()),
                n => parts.push(plural("document", "documents").count(EN, n)),
            }
            format!("We have received {}.", join(&parts, " and "))
        },
        addition_title: "Thank you, your addition has arrived",
        addition_preview: "We added it to your news. An editor will read it.",
        correction_title: "Thank you for noticing",
        correction_preview: "Your correction has arrived. An editor will look at it within two working days.",
        received_addition: |title| match title {
            Some(title) => format!("We added your letter to “{title}”."),
            None => "We added your letter to the news you sent before.".to_owned(),
        },
        reader: |editor| format!("It will be read by {editor}."),
        one_question: "One question",
        ask_words: "Please write in a few words: what, where and when. Then those who cannot see pictures can read it \
                    too. A reply to this letter is enough.",
        ask_when: "Please tell us the day and time. A reply to this letter is enough.",
        ask_credit: "Please tell us who took the photo. Without the author's name we may not publish it. A reply to \
                     this letter with the first name and surname is enough.",
        understood: "This is how we understood you",
        if_wrong: "If something is not right, reply and we will correct it.",
        gps_removed: "We removed the location data from the photos.",
        add_by_reply: "If you want to add something, just reply to this letter.",
        private_title: "Thank you, your letter has arrived",
        private_preview: "Only the editors will read it. We publish nothing from it unless you say so.",
        private_text: "A person will read your letter and answer if needed.",
    },
    decided: decided::DECIDED,
    decision: Decision {
        approved_title: |month| format!("Your news will be in the {} issue", month_of(EN, month)),
        approved_preview: "Thank you for sharing! We will write when the issue has gone out.",
        approved: |title, year, month| {
            format!("“{title}” will be in the {} {year} issue.", month_of(EN, month))
        },
        if_changed: "If anything changes before then, reply to this letter and we will correct it.",
        rejected_title: |title| format!("About your news “{title}”"),
        rejected_preview: "We will not publish your news this time. The reason is below.",
        rejected: |title| format!("Thank you for sending “{title}”. We will not publish it this time."),
        reason: "Reason",
        if_clarify: "If you want to clarify or add something, reply to this letter.",
        postponed_title: |month| format!("Your news has moved to the {} issue", month_of(EN, month)),
        postponed_preview: "Your news is not lost: we will look at it for the next issue.",
        postponed: |title, year, month| {
            format!("We will look at “{title}” for the {} {year} issue.", month_of(EN, month))
        },
        nothing_to_do: "There is nothing you need to do. If anything changes, reply to this letter.",
        published_title: "Your news is published",
        published_preview: |month| {
            format!("The {} issue has gone out to readers. Thank you for sharing!", month_of(EN, month))
        },
        published: |title, year, month| {
            format!(
                "“{title}” is in the {} {year} issue. You are welcome to pass the link on.",
                month_of(EN, month)
            )
        },
        published_link: "See your news in a browser",
        question_title: |title| format!("A question about your news “{title}”"),
        question_preview: "A reply to this letter is enough. Your news is waiting for your answer.",
        question: "Question",
        question_reply: "Please reply to this letter.",
        untitled: "untitled",
    },
    subscribe: Subscribe {
        consent: |name| {
            format!(
                "I agree to receive “{}” by e-mail once a month. I can withdraw at any time.",
                name.nominative
            )
        },
        title: |name| format!("Subscribe to “{}”", name.nominative),
        lead: "Once a month by e-mail: what happened here and what is coming up. Free of charge.",
        address: "Your e-mail address",
        bad_address: "Please check the address: it needs an @ and a dot.",
        nobodys_address: "Nobody reads this address: it belongs to a program. Please give your own.",
        button: "Subscribe",
        one_letter: "We will send you one letter. Confirm it, and the next issue will come by e-mail.",
        promise: "We use the address for nothing else and give it to nobody. We do not count what you open.",
        leave_blank: "Leave this empty",
        latest: |month| format!("Look at the {} issue first", month_of(EN, month)),
        sent_title: "One more step",
        sent: "If the address is right, a letter will arrive shortly. Open it and confirm your subscription.",
        sent_hint: "If there is no letter, look in the spam folder.",
        mail_subject: |name| format!("Please confirm your subscription to “{}”", name.nominative),
        mail_preview: "One more step: confirm, and the next issue will come by e-mail.",
        mail_asked: |when, name| {
            format!(
                "{} somebody, we hope you, asked to receive “{}” at this address.",
                capital(when),
                name.nominative
            )
        },
        mail_origin: |origin| format!("The request came from the network {origin}."),
        mail_agree: "By confirming you say:",
        mail_button: "Confirm the subscription",
        mail_valid: |day, today| format!("Please use the link {}.", until(EN, day, today)),
        mail_ignore: "If you did not subscribe, ignore this letter. We will not write again.",
        confirm_title: |name| format!("Confirm your subscription to “{}”", name.nominative),
        confirm_address: |masked| format!("Address: {masked}"),
        confirm_button: "Confirm",
        confirm_not_me: "If you did not subscribe, close this page. Nothing will happen.",
        done_title: "Thank you, you are now a reader",
        done_next: |day, today| format!("The next issue will reach you {}.", on_day(EN, day, today)),
        done_soon: "The next issue will come by e-mail.",
        already_title: "This address is already confirmed",
    },
    leave: Leave {
        mail_subject: |name| format!("Unsubscribing from “{}”", name.nominative),
        mail_preview: "One more step: confirm, and we will not write again.",
        mail_text: |name| {
            format!(
                "We received a letter saying that you no longer wish to receive “{}”. So that nobody can unsubscribe \
                 in your place, please confirm.",
                name.nominative
            )
        },
        mail_not_me: "If you did not ask for this, do nothing: everything stays as it is.",
        title: |name| format!("Unsubscribe from “{}”", name.nominative),
        address: |masked| format!("Address: {masked}"),
        button: "Unsubscribe",
        stay: "If you want to stay, close this page. Nothing will change.",
        done_title: "We will not write again",
        done: "Thank you for reading!",
        undo: "That was a mistake – keep me subscribed",
        undone_title: "You are still a reader",
        undone: "The next issue will come by e-mail as before.",
        reminder_title: "No more reminders to send news",
        reminder_text: |name| {
            format!(
                "The editors of “{}” will not send you the monthly reminder any more. You can still send news.",
                name.nominative
            )
        },
        reminder_button: "No more reminders",
        reminder_done_title: "We will not remind you again",
        reminder_done: "Your news and pictures are still welcome.",
    },
    reminder: Reminder {
        subject: |day, today, month| {
            format!("Your news for the {} issue, please, {}", month_of(EN, month), until(EN, day, today))
        },
        preview: "A few sentences and one picture are enough.",
        text: |name, month| {
            format!("We will soon put together the {} issue of “{}”.", month_of(EN, month), name.nominative)
        },
        how: "If something good is coming up or has happened in your area, reply to this letter: what, where and when, \
              in a few sentences, and one photo with its author's name.",
        nothing: "If there is nothing this month, all is well: no need to answer.",
        why: "You receive this reminder because you have sent us news.",
        leave: "No more reminders",
    },
    editor: Editor {
        notice_subject: |title| format!("New item: {title}"),
        notice_preview: |from, photos, warnings| {
            let mut parts = vec![format!("From: {from}")];
            if photos > 0 {
                parts.push(PHOTOS.count(EN, photos));
            }
            if warnings > 0 {
                parts.push(format!("{} to check", WARNINGS.count(EN, warnings)));
            }
            format!("Waiting for your decision. {}.", parts.join(", "))
        },
        from: "Sender",
        received: "Received",
        unknown: "unknown",
        unverified: "It cannot be verified that the sender is real. Telephone before you publish.",
        check: "To check",
        warning,
        when_and_where: "When and where: proposed from the letter",
        when: "Date and time",
        place: "Place",
        no_date: "We found no date in the letter.",
        text: "Text",
        empty_text: "The letter has no text.",
        byline: "Prepared by",
        photos: "Photos",
        photo_size: |width, height| format!("{width} × {height} pixels"),
        caption: |words| format!("caption: {words}"),
        no_credit: "no author given",
        documents: "Documents",
        decide: "Look and decide",
        link_is_yours: "This link is for you alone. Please do not forward it.",
        held_subject: |month| format!("The {} issue is held", month_of(EN, month)),
        held_preview: "Nothing has been sent to readers. What is missing is below.",
        held: |year, month| {
            format!("The {} {year} issue will not go out while something is missing.", month_of(EN, month))
        },
        missing: "What is missing",
        held_next: "When it has been added, the issue will be put together again.",
        draft_subject: |month, items, dates| {
            format!(
                "The {} issue is ready: {}, {}",
                month_of(EN, month),
                ITEMS.count(EN, items),
                DATES.count(EN, dates)
            )
        },
        draft_preview: |findings| match findings {
            0 => "All is well. The issue is waiting for your approval.".to_owned(),
            n => format!("{} to check. The issue is waiting for your approval.", WARNINGS.count(EN, n)),
        },
        draft: |year, month, number, running| {
            format!(
                "The {} {year} issue, No.\u{a0}{number} ({running}), has been put together.",
                month_of(EN, month)
            )
        },
        draft_items: "Stories in the issue",
        draft_dates: |dates| format!("In the calendar: {}.", DATES.count(EN, dates)),
        findings: "To check",
        no_findings: "We found nothing to mend.",
        sends_at: |time, today| format!("Once approved, the issue goes out {}.", at(EN, time, today)),
        not_without_you: "Nothing goes out without your approval.",
        more_news_subject: |n| format!("From one sender: {} more", ITEMS.count(EN, n)),
        more_news_preview: "All of it is in the queue; there was no notice about each.",
        more_news: |n| {
            format!(
                "So much came from one sender in a short time that we sent no notice about each. Added to the queue: {}.",
                ITEMS.count(EN, n)
            )
        },
        more_news_command: "See what is waiting",
        large_subject: "A letter too large was left in the mailbox",
        large_preview: "The letter is not lost, but we did not read its contents.",
        large: |size, limit| {
            format!("The letter has {size}, and we accept up to {limit}. It is in the mailbox, untouched.")
        },
        large_next: "Ask the sender for smaller pictures, or look at the letter in the mailbox.",
        subject: "Subject",
        no_subject: "no subject",
        answer_preview: |name| format!("The editors of “{name}” answer your letter."),
        your_letter: "You wrote",
    },
    desk: Desk {
        title: "Decide on an item",
        headline: "Title",
        text: "Text",
        dates: "Date and time",
        proposal: "proposed",
        in_text: |words| format!("In the text: “{words}”."),
        place: "Place",
        photo: |n, of| {
            if of == 1 { "Photo".to_owned() } else { format!("Photo {n} of {of}") }
        },
        gps_removed: "Location (GPS) removed.",
        alt: "Description for those who cannot see",
        alt_hint: "As you would tell it on the telephone, one sentence.",
        alt_missing: "Write what the picture shows. Without a description the item cannot be approved.",
        caption: "Caption",
        credit: "Photo by",
        credit_missing: "Not known. You can ask the contributor.",
        letter: "The letter as received",
        question: "Question to the contributor",
        question_hint: "Needed only if you press “Ask”. We will send it by e-mail.",
        question_missing: "Write what to ask.",
        nobody_to_ask: "Nobody can be asked: we do not know the contributor’s address, or must not write to it.",
        reason: "Reason for declining",
        reason_hint: "Needed only if you press “Decline”. We will send it to the contributor.",
        reason_missing: "Write the reason. We will send it to the contributor.",
        title_missing: "Write a title.",
        text_missing: "Write the text.",
        title_too_long: "A title has at most 140 characters.",
        text_too_long: "A text has at most 20,000 characters.",
        words_too_long: "At most 2,000 characters fit here.",
        approve: "Approve",
        ask: "Ask",
        postpone: "Postpone",
        reject: "Decline",
        decision: "Decision",
        says_alt: |n| match n {
            1 => "A picture still has no description.".to_owned(),
            n => format!("{n} pictures still have no description."),
        },
        says_ready: "Approving also confirms what is proposed.",
        says_sender: "By approving you state that the sender has been verified.",
        state: "State",
        not_saved: "The decision is not saved yet. Please check what is marked.",
        said_approved: |title| format!("“{title}” is approved."),
        said_asked: |title| format!("The question about “{title}” has been sent."),
        said_postponed: |title| format!("“{title}” is postponed to the next issue."),
        said_rejected: |title| format!("“{title}” is declined. The contributor will receive the reason."),
        said_changed: |title| format!("“{title}” is saved."),
        said_quietly: |title, state| {
            format!(
                "“{title}”: {}. The contributor will not be told: we do not know the address, or must not write to it.",
                state.to_lowercase()
            )
        },
        already_approved: |who, when| format!("This item has already been approved: {who}, {when}."),
        already_asked: |who, when| format!("A question has already been asked: {who}, {when}."),
        already_postponed: |who, when| format!("This item has already been postponed: {who}, {when}."),
        already_rejected: |who, when| format!("This item has already been declined: {who}, {when}."),
        already_changed: |who, when| format!("This item was changed in the meantime: {who}, {when}."),
        already_title: "This item has already been decided",
        nothing_changed: "Your decision has not been saved.",
        typed_kept: "What you typed is below. Deciding again decides on the item as it is now.",
        look_again: "Look at the item again",
    },
    postbox: postbox::POSTBOX,
    room: room::ROOM,
    queue: queue::QUEUE,
    moments: moments::MOMENTS,
    notices: notices::NOTICES,
    people: people::PEOPLE,
    source: source::SOURCE,
    own: own::OWN,
    desk_error: desk_error::DESK_ERROR,
    drafts: drafts::DRAFTS,
    corrections: corrections::CORRECTIONS,
    item_page: item_page::ITEM_PAGE,
    edition_page: edition_page::EDITION_PAGE,
    site: Site {
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
        failure: Problem {
            title: "It did not work",
            remedy: "The fault is ours. Please try again in a moment.",
        },
        refused: Problem {
            title: "We did not understand the request",
            remedy: "Please go back to the previous page and try again.",
        },
    },
    public: public::PUBLIC,
    person: person::PERSON,
    print: print::PRINT,
    event: event::EVENT,
    marks: marks::MARKS,
    finding: |finding| match finding {
        Finding::TooFew { have, need } => {
            format!("The issue has {}, at least {need} are needed.", ITEMS.count(EN, *have))
        }
        Finding::PhotoWithoutDescription { item } => {
            format!("“{item}”: a photo has no description for those who cannot see.")
        }
        Finding::PhotoWithoutCredit { item } => format!("“{item}”: the photo has no author."),
        Finding::BrokenLink { item, url } => format!("“{item}”: a link does not open: {url}"),
        Finding::NoFunder { name } => format!("The issue lacks the acknowledgement of the funder: {name}."),
        Finding::PastEvent { item, date } => {
            format!("“{item}”: the event is already past, {}.", since(EN, *date, *date))
        }
        Finding::SubjectLength { characters } => {
            format!("The subject has {characters} characters; 20 to 78 are good.")
        }
        Finding::Large { octets } => {
            format!(
                "The letter is long ({}\u{a0}KB). Mail programs cut it from 95\u{a0}KB on.",
                octets / 1000
            )
        }
        Finding::TooLarge { octets } => {
            format!(
                "The letter is too long ({}\u{a0}KB): mail programs cut it from 95\u{a0}KB on. Shorten a text, or leave a story for the next issue.",
                octets.div_ceil(1000)
            )
        }
        Finding::VagueLink { item, words } => {
            format!("“{item}”: the text says “{words}”, and there is no link. Write the address.")
        }
        Finding::DayUnchosen { item } => {
            format!("“{item}”: the weekday is not that of the date. Choose the day.")
        }
        Finding::Undecided { count } => format!("Still waiting for a decision: {}.", ITEMS.count(EN, *count)),
        Finding::Incomplete { item } => {
            format!("“{item}”: the title, the text or the description of a photo is missing.")
        }
        Finding::Other(words) => words.clone(),
    },
};

fn warning(code: WarningCode) -> &'static str {
    match code {
        WarningCode::PrivateNote => "A note that is not for publication was left out of the text.",
        WarningCode::PhotoMissing => "A photo is credited, but none came.",
        WarningCode::MissingCredit => "The letter does not say who took a photo.",
        WarningCode::SeveralItems => "This looks like several pieces of news in one letter.",
        WarningCode::Empty => "There is no text and no attachment.",
        WarningCode::DateInFuture => "The letter is dated in the future.",
        WarningCode::ManyRecipients => "The letter went to many people.",
        WarningCode::SeveralAuthors => "The letter names several senders.",
        WarningCode::DamagedMime => "The letter is damaged. Compare with what was received.",
        WarningCode::TooManyParts => "The letter has very many parts, and some were not read.",
        WarningCode::NestedMessages => {
            "The letter holds other letters in layers, and the deepest were not read."
        }
        WarningCode::TextCut => "The text is very long, and its end was not read.",
        WarningCode::CharsetGuessed => "The letters were not declared rightly. Check the accents.",
        WarningCode::CharsetDamaged => "Some letters could not be read. Check the text.",
        WarningCode::DocumentUnread => "A document could not be read whole. Open it in what was received.",
        WarningCode::Unanswerable => "We cannot answer the sender: this address takes no answers.",
        WarningCode::AttachmentsUnread => "The attachments could not be read. They are in what was received.",
    }
}
