//! Thanks for what came in, in English.

use subscribers::Language::English as EN;

use super::{PHOTOS, plural};
use crate::text::{Thanks, join};

pub(super) const THANKS: Thanks = Thanks {
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
};
