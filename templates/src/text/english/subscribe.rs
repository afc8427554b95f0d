//! Subscribing, in English.

use subscribers::Language::English as EN;

use crate::text::Subscribe;
use crate::text::date::{capital, month_of, on_day, until};

pub(super) const SUBSCRIBE: Subscribe = Subscribe {
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
};
