//! The marks of a text and how its writing is put right.

pub struct Marks {
    /// Names the buttons together.
    pub buttons: &'static str,
    pub strong: &'static str,
    pub emphasis: &'static str,
    pub link: &'static str,
    pub list: &'static str,
    /// How they are typed.
    pub hint: &'static str,
}
