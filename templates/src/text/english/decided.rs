use subscribers::Language::English as EN;

use crate::email::undone::{Stands, Told};
use crate::text::date::month_of;
use crate::text::words::decided::Decided;

pub(super) const DECIDED: Decided = Decided {
    edited: "We edited the text. This is how it will be published",
    if_wrong: "If something is wrong, or changes by then, reply to this mail and we will put it right.",
    undone_title: |title| format!("A correction about your news “{title}”"),
    undone_preview: "Our last mail about this does not hold any more.",
    undone: |title, told| match told {
        Told::Approved => format!("We wrote that “{title}” would be published. We took that decision back."),
        Told::Rejected => {
            format!("We wrote that “{title}” would not be published. We took that decision back.")
        }
        Told::Postponed => {
            format!("We wrote that “{title}” would wait for a later issue. We took that decision back.")
        }
        Told::PutAside => (super::waits::WAITS.aside_undone)(title),
        Told::Asked => format!("We asked you about “{title}”. You need not answer any more."),
    },
    stands: |stands| match stands {
        Stands::Waits => "The editors will look at it again and write to you.".to_owned(),
        Stands::Approved { month } => {
            format!("The earlier decision holds: it will be in the {} issue.", month_of(EN, month))
        }
        Stands::Asked => "We are still waiting for your answer to the earlier question.".to_owned(),
        Stands::Postponed { month } => {
            format!("The earlier decision holds: it will be looked at for the {} issue.", month_of(EN, month))
        }
        Stands::Rejected => "The earlier decision holds: it will not be published.".to_owned(),
    },
    sorry: "We are sorry for the confusion!",
};
