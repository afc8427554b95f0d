//! What a contributor is told beside a decision: the text as it was edited.

pub struct Decided {
    /// Above the edited text.
    pub edited: &'static str,
    pub if_wrong: &'static str,
}
