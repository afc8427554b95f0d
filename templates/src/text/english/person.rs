//! A person's own affairs, in English.

use subscribers::Act;
use subscribers::Language::English as EN;

use crate::text::Plural;
use crate::text::date::{at, month_of, until};
use crate::text::words::person::*;

const ISSUES: Plural = Plural { zero: "issues", one: "issue", other: "issues" };
const DAYS: Plural = Plural { zero: "days", one: "day", other: "days" };
const ITEMS: Plural =
    Plural { zero: "approved items stay", one: "approved item stays", other: "approved items stay" };

pub(super) const PERSON: Person = Person {
    sending: Sending {
        title: "How to send news",
        lead: "A few sentences and a picture are enough. Send them by e-mail; there is nothing to sign up for.",
        button: "Write a letter",
        what_title: "What to write",
        what: [
            "What happened, or what is coming up.",
            "Where: the place and the municipality.",
            "When: the day and the time, if people are invited.",
            "Who is writing: your name or your organisation.",
        ],
        photo_title: "A photo",
        photo: [
            "Attach it to the letter and say who took it. Without the author’s name we may not publish it.",
            "Tell in one sentence what it shows. Those who cannot see it will hear that.",
            "We take the position out of photos.",
        ],
        when_title: "When to send",
        closes: |month, time, today| {
            format!("We begin to put the {} issue together {}.", month_of(EN, month), at(EN, time, today))
        },
        sends: |time, today| format!("It goes out to the readers {}.", at(EN, time, today)),
        late: "What comes later waits for the issue after it.",
        monthly: "There is an issue once a month; news are always welcome.",
        next_title: "What happens with your letter",
        next: [
            "You get an answer at once: how we understood you, and a link to the page of your item.",
            "The editors read it, shorten or correct it where needed, and write to you within two working days.",
            "On the page of your item you see the words as they will stand in the issue. Until the issue is approved you \
             can take the item back there.",
            "When the issue has gone out, we send you a link to show to others.",
        ],
        promise: "We do not publish your e-mail address or give it to anybody.",
    },
    contribution: Contribution {
        title: "Your item",
        pending: "Thank you, we have your item. The editors will read it and answer within two working days.",
        asked: "We have one question. The item waits for your answer.",
        approved: |month| {
            format!("Thank you, the item is approved! It will be in the {} issue.", month_of(EN, month))
        },
        planned: |month| format!("Thank you, the item has its place in the {} issue!", month_of(EN, month)),
        closed: |month| {
            format!(
                "The {} issue with your item is ready and will soon go out to the readers. The item can no longer be \
                 taken back here.",
                month_of(EN, month)
            )
        },
        published: |month| {
            format!("The item is published in the {} issue. Thank you for sharing!", month_of(EN, month))
        },
        rejected: "Thank you for sending it. We will not publish it this time.",
        postponed: |month| {
            format!(
                "The item is not lost: we will look at it for the {} issue. There is nothing you need to do.",
                month_of(EN, month)
            )
        },
        merged: "Others wrote about the same, and we made one item of it.",
        withdrawn: "The item is withdrawn, and we will not publish it.",
        question: "The question",
        answer: "Answer the question",
        reason: "The reason",
        will_read: "How it will stand in the issue",
        reads: "How it stands in the issue",
        no_text: "There is no text yet.",
        sent: "How you sent it",
        nothing_sent: "The text of your letter is not here any more.",
        unchanged: "We changed nothing in the text.",
        dates: "When and where",
        see: "See the published item",
        wrong_title: "Is anything wrong?",
        wrong: "Answer our letter or write to us, and we will put it right.",
        write: "Write to the editors",
        correction: "What is published can no longer be withdrawn. If there is a mistake in it, write to us, and we will add \
                     a dated correction to its page.",
        write_correction: "Write a correction",
        withdraw_title: "Changed your mind?",
        withdraw: "You can withdraw the item. The editors will see it, and it will not be in the issue.",
        withdraw_button: "Withdraw the item",
        said_withdrawn: "The item is withdrawn. If that was a mistake, answer our letter, and the editors will bring it back.",
        overtaken: "While you were reading, the item was changed; it is not withdrawn. You now see it as it is.",
        again: "If you still want to withdraw it, press again.",
        link: "See what happens with my item",
    },
    preferences: PreferencesWords {
        title: "My preferences",
        link: "My preferences",
        address: |masked| format!("Address: {masked}"),
        language: "The language in which we speak to you",
        municipality: "Your municipality (optional)",
        municipality_hint: "Everybody gets the same issue. It helps the editors to know where the readers are.",
        municipality_too_long: "A name can have 60 characters at most.",
        plain_text: "Text only",
        plain_text_hint: "No pictures and no layout: for an older phone, a screen reader, a slow network.",
        pause: "Pause",
        no_pause: "Send every issue",
        skip: |n| match n {
            1 => "Skip the next issue".to_owned(),
            n => format!("Skip the next {}", ISSUES.count(EN, n)),
        },
        until: "Send nothing until a day",
        day: "The day from which to send again",
        day_hint: "Needed only for a pause until a day.",
        day_missing: "Choose the day from which to send again.",
        day_past: "That day has come already. Choose a later one.",
        day_too_far: "A pause can last a year at most. Choose an earlier day.",
        paused_until: |day, today| {
            let day = until(EN, day, today);
            format!("Paused until {}. Then the issues come again.", day.strip_prefix("by ").unwrap_or(&day))
        },
        paused_issues: |n| match n {
            1 => "We skip the next issue; then they come again.".to_owned(),
            n => format!("We skip the next {}; then they come again.", ISSUES.count(EN, n)),
        },
        save: "Save",
        not_saved: "Nothing has been saved yet. Please check what is marked.",
        said_saved: "Saved.",
        gone: "We do not send issues to this address any more. If you want them again, please subscribe.",
    },
    address: NewAddress {
        section: "Another e-mail address",
        how: "We will send a letter to the new address. Until you confirm there, everything stays as it is.",
        field: "The new address",
        button: "Send the letter",
        said_asked: "If we may write to the new address, there will be a letter in a moment. Open it and confirm. If there \
                     is none, look into the spam folder or write to us.",
        waiting: |masked| format!("Waiting for you to confirm the new address: {masked}"),
        keep: "Keep the address",
        said_kept: "The address stays as it was.",
        wish: |masked| format!("Please send the issues to the address {masked}."),
        agree: |name| format!("I want to receive “{}” at this address.", name.nominative),
        title: "Confirm the new address",
        confirm: "Confirm",
        not_me: "If you did not ask for this, close this page. Nothing will happen.",
        done_title: "The address is changed",
        done: "From now on the issues come here. We sent one letter to the former address, so that you know.",
        mail_subject: "Please confirm the new address",
        mail_preview: "One more step: confirm, and the issues will come to this address.",
        mail_asked: |when, name| {
            format!(
                "Somebody\u{a0}– you, we hope\u{a0}– asked {when} to have “{}” sent to this address from now on.",
                name.nominative
            )
        },
        mail_ignore: "If you did not ask for this, you can ignore this letter. Nothing will change.",
        moved_subject: "Your address is changed",
        moved_preview: "From now on the issues go to your new address, not to this one.",
        moved: |name, masked| {
            format!("As you asked, “{}” goes to the address {masked} from now on.", name.nominative)
        },
        moved_not_me: "If you did not ask for this, answer this letter, and we will put it right.",
    },
    data: Data {
        title: "My data",
        lead: "This is everything we keep about you.",
        download: "Download as a JSON file",
        subscription: "Receiving issues",
        address: "Address",
        state: "State",
        states: |state| match state {
            "pending" => "waits for your confirmation",
            "confirmed" => "you receive the issues",
            "unsubscribed" => "you have left",
            "suppressed" => "we do not send to this address",
            _ => "unknown",
        },
        language: "Language",
        municipality: "Municipality",
        plain_text: "Text only",
        pause: "Pause",
        yes: "yes",
        no: "no",
        confirmed: "Confirmed",
        changed: "Last changed",
        new_address: "New address, not confirmed yet",
        consent: "Your consent",
        acts: |act| match act {
            Act::Requested => "asked for",
            Act::Confirmed => "confirmed",
            Act::Imported => "added from a list",
            Act::Left => "left",
            Act::Suppressed => "we stopped sending to the address",
            Act::Lifted => "we may send to the address again",
            Act::Moved => "address changed",
        },
        contributor: "Sending news",
        name: "Name",
        reminders: "Reminders",
        items: "Your items",
        letters: "Your letters to the editors",
        received: "E-mails we received from you",
        sent: "Our letters to you",
        issue: "issue",
        mail: "letter",
        no_subject: "no subject",
        back: "Back to the preferences",
    },
    erase: Erase {
        title: "Erase my data",
        lead: "What is erased cannot be brought back.",
        goes_title: "We erase",
        goes: [
            "the address, the preferences and the history of your consent,",
            "your letters, and your items that are not approved yet,",
            "our letters to you.",
        ],
        stays_title: "What stays",
        stays: [
            "approved and published items with your name: they are the record of the publication,",
            "a checksum of the address, from which it cannot be read: so that we never write to you again and, if the editors decided so, take no more mail from you.",
        ],
        sure: "Yes, erase my data.",
        is_editor: "The newsroom’s notices go to this address. First ask another editor to take you off the list of editors.",
        not_sure: "To erase, please tick this box.",
        button: "Erase",
        rather: "If you only do not want the issues, a pause or leaving is enough. Back to the preferences",
        done_title: "Your data are erased",
        done: "Thank you for having been with us. We will not write to you any more.",
        kept: |n| format!("{} in the publication.", ITEMS.count(EN, n)),
    },
    privacy: Privacy {
        link: "Your data",
        title: "What we know about you",
        lead: |name| {
            format!("“{}” knows as much as it takes to send an issue and to answer letters.", name.nominative)
        },
        who_title: "Who is responsible",
        who: "The publisher is responsible for the data:",
        nothing_title: "No tracking",
        nothing: [
            "We do not count what you open or click: there are no hidden pictures in our letters, and links lead straight.",
            "Our pages have no cookies, no scripts and nothing of other services.",
            "We use the address for nothing else and give it to nobody.",
        ],
        what_title: "What we keep",
        readers: "Of readers: the e-mail address, the language and other choices, the words of the consent with their date, \
                  and which issues were sent.",
        contributors: "Of contributors: the letters they sent, name and address, the items with their edits, and photos \
                       without their position.",
        letters: "Of those who wrote to the editors: the letter and our answer.",
        why_title: "Why",
        why: "We send issues because you asked for them and confirmed it; you can withdraw that at any time. We publish what \
              you send because you sent it for that.",
        how_long_title: "How long",
        how_long_readers: "We keep the data of readers for as long as they receive the issues; after leaving, a record that you \
                           left remains. If you ask, we erase that too.",
        how_long_wishes: |days| {
            format!("Subscriptions that nobody confirms are forgotten after {}.", DAYS.count(EN, days))
        },
        how_long_networks: |days| {
            format!(
                "From which network requests came is counted against abuse and forgotten after {}.",
                DAYS.count(EN, days)
            )
        },
        how_long_news: "Published items stay in the archive. Letters we received are kept until you ask us to erase them.",
        others_title: "Who else sees them",
        others: "Our mail provider sends the letters. We give the data to nobody else.",
        rights_title: "Your rights",
        rights: "At the end of every issue there is a link “My preferences”. From there we send a link to your address; for \
                 24 hours it lets you see and download your data, change the address and erase everything. You can also \
                 write to us:",
        complain: "If you think that we do something wrong, you can complain to the data protection authority; in Latvia that \
                   is Datu valsts inspekcija.",
    },
};
