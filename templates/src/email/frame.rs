//! What all mails share in HTML: head, wrapper, column, and the inline styles of the look.

use maud::{DOCTYPE, Markup, html};

use crate::Frame;
use crate::parts::{linked, mail_style, mso_column, mso_head, one_line, paragraphs};

pub(super) const LINK: &str = "color:#0a4f70";
pub(super) const ALONE: &str = "color:#0a4f70;display:inline-block;padding:4px 0";
pub(super) const WHEN: &str = "color:#14503f;font-family:Verdana,Arial,sans-serif;font-size:15px";
const BUTTON: &str = "display:inline-block;background-color:#14503f;color:#ffffff;border:2px solid #14503f;\
border-radius:6px;padding:11px 22px;font-weight:bold;line-height:24px";

/// A whole mail. `role` says what it is, `label` names it, `title` is the subject.
pub(super) fn document(frame: &Frame, title: &str, role: &str, label: &str, content: Markup) -> Markup {
    let lang = frame.language.code();
    html! {
        (DOCTYPE)
        html lang=(lang) dir="ltr" xmlns:o="urn:schemas-microsoft-com:office:office" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="x-apple-disable-message-reformatting" content="";
                meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no";
                meta name="color-scheme" content="light dark";
                title { (title) }
                (mso_head())
                (mail_style())
            }
            body.bg style="margin:0;padding:0;background-color:#ffffff" {
                div.bg role="article" aria-roledescription=(role) aria-label=(label) lang=(lang) dir="ltr"
                    style="background-color:#ffffff;color:#14241d;font-family:Georgia,'Times New Roman',serif;\
                    font-size:18px;line-height:1.55" {
                    (content)
                }
            }
        }
    }
}

/// The reading column.
pub(super) fn column(content: Markup) -> Markup {
    mso_column(None, html! { div style="max-width:560px;margin:0 auto;padding:0 20px" { (content) } })
}

pub(super) fn paragraph(text: &str) -> Markup {
    html! { p style="margin:0 0 14px" { (text) } }
}

/// What a person wrote, with the value of `lang` where it differs.
pub(super) fn written(lang: Option<&str>, text: &str) -> Markup {
    html! {
        @for paragraph in paragraphs(text) {
            p lang=[lang] style="margin:0 0 14px" { (linked(&paragraph, Some(LINK))) }
        }
    }
}

pub(super) fn button(label: &str, url: &str) -> Markup {
    html! { p style="margin:20px 0 24px" { a.btn href=(url) style=(BUTTON) { (label) } } }
}

pub(super) fn mailbox(frame: &Frame, style: &str) -> Markup {
    html! { a href=(frame.mailto()) style=(style) { (frame.publication.mailbox.as_str()) } }
}

/// A name as it stands in attributes and single lines.
pub(super) fn name(frame: &Frame) -> String {
    one_line(&frame.publication.name.nominative)
}
