//! Single mails, written once as blocks and said twice, in HTML and in plain text, so that neither can lack what
//! the other has.

use maud::{Markup, html};

use super::Email;
use super::frame::{ALONE, LINK, WHEN, button, column, document, mailbox, name, paragraph, written};
use super::long_words::finish_mail;
use super::plain::Plain;
use crate::Frame;
use crate::parts::{linked, one_line, paragraphs};

pub(super) enum Block {
    /// A paragraph of ours.
    Text(String),
    Heading(String),
    /// What the person wrote who signs the letter.
    Own(String),
    /// What another person wrote, set off from our words.
    Written(String),
    /// What the reader should not miss.
    Box {
        title: String,
        paragraphs: Vec<String>,
    },
    /// When, and below it what and where; either may be empty.
    When {
        when: String,
        place: String,
    },
    List(Vec<String>),
    Facts(Vec<(&'static str, String)>),
    Soft(String),
    Button {
        label: String,
        url: String,
    },
    Link {
        label: String,
        url: String,
    },
}

/// How a letter ends.
pub(super) enum Closing {
    /// No person wrote it.
    Automatic,
    /// A person did, perhaps by name.
    Person(Option<String>),
}

pub(super) struct Letter<'a> {
    pub(super) frame: &'a Frame,
    pub(super) subject: String,
    /// The first line, 30 to 110 characters.
    pub(super) preview: String,
    pub(super) blocks: Vec<Block>,
    pub(super) closing: Closing,
}

impl Letter<'_> {
    pub(super) fn render(&self) -> Email {
        // Headings may break inside dates, for large letters; and a subject needs no such marks.
        let subject = one_line(&self.subject).replace('\u{a0}', " ");
        let role = self.frame.text().shared.letter_role;
        let html = document(self.frame, &subject, role, &subject, column(self.html(&subject)));
        Email { html: finish_mail(html), text: self.plain(&subject), subject }
    }

    fn html(&self, subject: &str) -> Markup {
        let publication = &self.frame.publication;
        let text = &self.frame.text().shared;
        html! {
            p.soft style="margin:0;padding:20px 0 0;color:#3f5148;font-size:15px" { (self.preview) }
            h1 style="margin:22px 0 14px;font-size:28px;line-height:1.22;font-weight:bold" { (subject) }
            @for block in &self.blocks { (self.block(block)) }
            p style="margin:24px 0 14px" {
                (text.regards) br;
                @if let Closing::Person(Some(person)) = &self.closing { (one_line(person)) br; }
                span lang=[self.frame.publication_lang()] { "“" (name(self.frame)) "”" }
            }
            p.soft.line style="margin:28px 0 0;padding:14px 0 32px;border-top:1px solid #c6d2cb;color:#3f5148;\
                font-size:15px;line-height:1.5" {
                @if let Closing::Automatic = self.closing { (text.by_computer) " " }
                span lang=[self.frame.publication_lang()] {
                    (one_line(&publication.owner)) ", " (one_line(&publication.postal_address))
                }
                ", " (mailbox(self.frame, LINK))
            }
        }
    }

    fn block(&self, block: &Block) -> Markup {
        match block {
            Block::Text(text) => paragraph(text),
            Block::Heading(text) => {
                html! { h2 style="margin:24px 0 8px;font-size:20px;line-height:1.3;font-weight:bold" { (text) } }
            }
            Block::Own(text) => written(None, text),
            Block::Written(text) => html! {
                div.line style="margin:0 0 20px;padding:2px 0 2px 16px;border-left:3px solid #c6d2cb" {
                    (written(None, text))
                }
            },
            Block::Box { title, paragraphs } => html! {
                div.box style="background-color:#fff0c8;color:#14241d;border-left:5px solid #8a6000;\
                    padding:14px 18px;margin:24px 0" {
                    h2 style="margin:0 0 6px;font-size:20px;line-height:1.3;font-weight:bold" { (title) }
                    @for (index, paragraph) in paragraphs.iter().enumerate() {
                        p style=(if index == 0 { "margin:0" } else { "margin:10px 0 0" }) {
                            (linked(paragraph, Some(LINK)))
                        }
                    }
                }
            },
            Block::When { when, place } => html! {
                p style="margin:0 0 10px" {
                    @if !when.is_empty() { strong.when style=(WHEN) { (when) } }
                    @if !when.is_empty() && !place.is_empty() { br; }
                    (place)
                }
            },
            Block::List(entries) => html! {
                ul style="margin:0 0 16px;padding:0 0 0 22px" {
                    @for entry in entries { li style="margin:0 0 6px" { (linked(&one_line(entry), Some(LINK))) } }
                }
            },
            Block::Facts(facts) => html! {
                p style="margin:0 0 14px" {
                    @for (index, (label, fact)) in facts.iter().enumerate() {
                        @if index > 0 { br; }
                        (label) ": " (one_line(fact))
                    }
                }
            },
            Block::Soft(text) => html! {
                p.soft style="margin:0 0 14px;color:#3f5148;font-size:16px" { (text) }
            },
            Block::Button { label, url } => button(label, url),
            Block::Link { label, url } => html! {
                p style="margin:0 0 14px" { a href=(url) style=(ALONE) { (label) } }
            },
        }
    }

    fn plain(&self, subject: &str) -> String {
        let text = &self.frame.text().shared;
        let mut plain = Plain::default();
        plain.line(&self.preview);
        plain.paragraph(subject);
        for block in &self.blocks {
            say(&mut plain, block);
        }
        plain.gap();
        plain.line(text.regards);
        if let Closing::Person(Some(person)) = &self.closing {
            plain.line(person);
        }
        plain.line(&format!("“{}”", name(self.frame)));
        plain.rule();
        if let Closing::Automatic = self.closing {
            plain.line(text.by_computer);
        }
        sender(&mut plain, self.frame);
        plain.finish()
    }
}

/// Owner and addresses, which every mail must carry.
pub(super) fn sender(plain: &mut Plain, frame: &Frame) {
    plain.line(&frame.publication.owner);
    plain.line(&frame.publication.postal_address);
    plain.url(frame.publication.mailbox.as_str());
}

fn say(plain: &mut Plain, block: &Block) {
    match block {
        Block::Text(text) | Block::Soft(text) => plain.paragraph(text),
        Block::Heading(text) => {
            plain.rule();
            plain.line(text);
            plain.gap();
        }
        Block::Own(text) | Block::Written(text) => plain.written(text),
        Block::Box { title, paragraphs } => {
            plain.rule();
            plain.line(title);
            for paragraph in paragraphs {
                plain.gap();
                plain.written(paragraph);
            }
            plain.rule();
            plain.gap();
        }
        Block::When { when, place } => {
            plain.gap();
            plain.line(when);
            if when.is_empty() {
                plain.line(place)
            } else {
                plain.indented(place)
            }
            plain.gap();
        }
        Block::List(entries) => {
            plain.gap();
            for entry in entries {
                plain.bullet(entry);
            }
            plain.gap();
        }
        Block::Facts(facts) => {
            plain.gap();
            for (label, fact) in facts {
                plain.line(&format!("{label}: {fact}"));
            }
            plain.gap();
        }
        Block::Button { label, url } | Block::Link { label, url } => {
            plain.gap();
            plain.link(label, url);
            plain.gap();
        }
    }
}

/// The paragraphs of a person's words inside a box.
pub(super) fn boxed(title: &str, text: &str) -> Block {
    Block::Box { title: title.to_owned(), paragraphs: paragraphs(text) }
}
