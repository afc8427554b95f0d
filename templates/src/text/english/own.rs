use crate::text::words::own::Own;

pub(super) const OWN: Own = Own {
    title: "Your data and address",
    how: "Only you can see your data, change the address and erase everything. Issues are forwarded, and the link to this \
          page goes with them; so we first send a letter to your address. In it is a link that works for 24 hours.",
    button: |masked| format!("Send the link to {masked}"),
    said_sent: |masked| {
        format!(
            "A letter is on its way to {masked}. In it is a link that works for 24 hours. If there is no letter, look into \
             the spam folder."
        )
    },
    said_not: "We do not send letters to this address any more. Please write to us:",
    mail_subject: "The link to your data",
    mail_preview: "For 24 hours it lets you see your data, change the address and erase everything.",
    mail_asked: |when, name| {
        format!(
            "Somebody\u{a0}– you, we hope\u{a0}– asked {when}, on the preferences page of “{}”, for a link to see your \
             data, to change the address or to erase everything.",
            name.nominative
        )
    },
    mail_button: "Open my data",
    mail_valid: "The link works for 24 hours. Please do not forward it to anybody.",
    mail_ignore: "If you did not ask for this, you can ignore this letter. Without this link nobody sees or changes anything.",
};
