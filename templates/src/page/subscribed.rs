//! The answer to the subscribe form, the same whether the address was known or not.

use super::layout::{Page, saying};
use crate::Frame;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub frame: Frame,
}

pub fn render(view: &View) -> String {
    let text = &view.frame.text().subscribe;
    let main = saying(text.sent_title, &[text.sent, text.sent_hint]);
    Page::new(&view.frame, text.sent_title, main).by_link().render()
}
