use crate::text::words::decided::Decided;

pub(super) const DECIDED: Decided = Decided {
    edited: "We edited the text. This is how it will be published",
    if_wrong: "If something is wrong, or changes by then, reply to this mail and we will put it right.",
};
