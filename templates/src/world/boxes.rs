//! Whose mail there is, what each has, and one letter of it: three columns on a desk, one after the other on a phone.
//! A letter's HTML is in a frame at `/box/ADDRESS/ID/html`, which may open links in new windows and nothing else.
//! Two forms without fields post to `/box/ADDRESS/ID/away` and `/box/ADDRESS/ID/bounce`.

use chrono::NaiveDateTime;
use maud::{Markup, html};

use super::World;
use super::layout::Tab;
use crate::desk::icon::{Icon, icon};
use crate::parts::{Piece, clean, one_line, pieces};
use crate::text::date::{self, moment};
use crate::text::{megabytes, shorten};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    pub world: World,
    /// Those who have something to do with the newsroom.
    pub people: Vec<Person>,
    /// All the others: readers who only read.
    pub others: Vec<Person>,
    pub open: Option<Open>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub address: String,
    pub name: String,
    pub is_editor: bool,
    /// Letters that came since the demo was started.
    pub new: usize,
}

/// A box that is looked into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    pub address: String,
    pub name: String,
    /// Newest first.
    pub letters: Vec<Line>,
    pub letter: Option<Letter>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub id: String,
    pub subject: String,
    /// Whom it came from or went to.
    pub with: String,
    /// Local.
    pub at: NaiveDateTime,
    /// Did the owner of the box write it?
    pub sent: bool,
    pub new: bool,
}

/// A letter that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub id: String,
    pub subject: String,
    pub from: String,
    pub to: String,
    pub reply_to: String,
    /// Local.
    pub at: NaiveDateTime,
    pub shown: Shown,
    pub has_html: bool,
    pub files: usize,
    /// Is there an address for answers, and one for a server to return it to?
    pub answerable: bool,
    pub returnable: bool,
}

/// How it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    Html,
    Text(String),
    Headers(String),
    /// The first part of it, and whether there is more.
    Source(String, bool),
    Files(Vec<File>),
    /// Nobody's mail program could take it apart.
    Unreadable,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// As its sender calls it.
    pub name: String,
    pub media_type: String,
    pub octets: u64,
}

pub fn render(view: &View) -> String {
    let text = &view.world.frame.text().postbox;
    let letter = view.open.as_ref().and_then(|open| open.letter.as_ref());
    let title = match (&view.open, letter) {
        (_, Some(letter)) => letter.subject.as_str(),
        (Some(open), None) => open.name.as_str(),
        (None, None) => text.boxes,
    };
    let main = html! {
        h1.vh { (text.boxes) }
        div.desk2.post.box-open[view.open.is_some()].letter-open[letter.is_some()] {
            nav.boxes aria-label=(text.boxes) { (boxes(view)) }
            @if let Some(open) = &view.open {
                (letters(view, open))
                @if let Some(letter) = letter { (letter_card(view, open, letter)) } @else {
                    p.s.wide { (text.choose_letter) }
                }
            } @else {
                p.s.wide { (text.choose_box) }
            }
        }
    };
    view.world.page(Some(Tab::Boxes), title, &main)
}

fn boxes(view: &View) -> Markup {
    let text = &view.world.frame.text().postbox;
    let open = view.open.as_ref().map(|open| open.address.as_str());
    let among_others = view.others.iter().any(|person| Some(person.address.as_str()) == open);
    html! {
        @for person in &view.people { (person_line(view, person, open)) }
        @if !view.others.is_empty() {
            details open[among_others] {
                summary { ((text.more_readers)(view.others.len())) }
                @for person in &view.others { (person_line(view, person, open)) }
            }
        }
    }
}

fn person_line(view: &View, person: &Person, open: Option<&str>) -> Markup {
    let text = &view.world.frame.text().postbox;
    let here = (open == Some(person.address.as_str())).then_some("page");
    html! {
        a href=(view.world.box_link(&person.address, "")) aria-current=[here] {
            b { (shorten(&one_line(&person.name), 60)) }
            @if person.new > 0 { " " span.n { (person.new) span.vh { " " (text.new) } } }
            br;
            span.s { @if person.is_editor { (text.editor) ", " } (one_line(&person.address)) }
        }
    }
}

fn letters(view: &View, open: &Open) -> Markup {
    let (frame, world) = (&view.world.frame, &view.world);
    let text = &frame.text().postbox;
    let read = open.letter.as_ref().map(|letter| letter.id.as_str());
    html! {
        nav.boxes.list aria-label=(text.letters) {
            p.back { a href=(world.link("/")) { "← " (text.all_boxes) } }
            p.lab.whose { (shorten(&one_line(&open.name), 60)) }
            @if open.letters.is_empty() { p.s { (text.no_letters) } }
            @for line in &open.letters {
                @let subject = subject(view, &line.subject);
                @let here = (read == Some(line.id.as_str())).then_some("page");
                a href=(world.box_link(&open.address, &format!("/{}", line.id))) aria-current=[here] {
                    @if line.new { b { (subject) } } @else { (subject) }
                    br;
                    span.s {
                        @if line.sent { (text.sent) ": " }
                        (shorten(&one_line(&line.with), 60)) ", "
                        (date::at(frame.language, line.at, frame.today))
                    }
                }
            }
        }
    }
}

fn subject(view: &View, subject: &str) -> String {
    let subject = shorten(&one_line(subject), 120);
    if subject.is_empty() { view.world.frame.text().postbox.no_subject.to_owned() } else { subject }
}

fn letter_card(view: &View, open: &Open, letter: &Letter) -> Markup {
    let (frame, world) = (&view.world.frame, &view.world);
    let text = &frame.text().postbox;
    let below = |path: &str| world.box_link(&open.address, &format!("/{}{path}", letter.id));
    let fact = |name: &str, value: &str| {
        html! { @if !value.is_empty() { dt { (name) } dd { (one_line(value)) } } }
    };
    html! {
        section.card.stack {
            p.back { a href=(world.box_link(&open.address, "")) { "← " (one_line(&open.name)) } }
            h2 { (subject(view, &letter.subject)) }
            dl.s.hd {
                (fact(text.from, &letter.from))
                (fact(text.to, &letter.to))
                (fact(text.when, &moment(frame.language, letter.at, frame.today)))
                (fact(text.replies, &letter.reply_to))
            }
            nav.seg aria-label=(text.view) { (ways(view, letter, &below)) }
            (body(view, letter, &below))
            @if letter.answerable {
                div.row {
                    a.b.go href=(below("/reply")) {
                        (icon(Icon::Undo)) ((text.reply_as)(&shorten(&one_line(&open.name), 40)))
                    }
                    form method="post" action=(below("/away")) {
                        button.b type="submit" { (text.away) }
                    }
                    @if letter.returnable {
                        form method="post" action=(below("/bounce")) {
                            button.b type="submit" { (text.bounce) }
                        }
                    }
                }
            }
        }
    }
}

/// The ways of reading, of which there are always the same.
fn ways(view: &View, letter: &Letter, below: &dyn Fn(&str) -> String) -> Markup {
    let text = &view.world.frame.text().postbox;
    let here = |is: bool| is.then_some("page");
    html! {
        @if letter.has_html {
            a href=(below("")) aria-current=[here(letter.shown == Shown::Html)] { (text.as_html) }
        }
        @if letter.shown != Shown::Unreadable {
            a href=(below("?view=text")) aria-current=[here(matches!(letter.shown, Shown::Text(_)))] { (text.as_text) }
        }
        a href=(below("?view=headers")) aria-current=[here(matches!(letter.shown, Shown::Headers(_)))] {
            (text.as_headers)
        }
        a href=(below("?view=source")) aria-current=[here(matches!(letter.shown, Shown::Source(..)))] {
            (text.as_source)
        }
        a href=(below("?view=files")) aria-current=[here(matches!(letter.shown, Shown::Files(_)))] {
            (text.as_files) " " b { (letter.files) }
        }
    }
}

fn body(view: &View, letter: &Letter, below: &dyn Fn(&str) -> String) -> Markup {
    let text = &view.world.frame.text().postbox;
    html! {
        @match &letter.shown {
            Shown::Html => div.frame.mailf {
                // Without scripts, forms, cookies and an origin of its own; links open outside.
                iframe src=(below("/html")) title=(text.frame) loading="lazy"
                    sandbox="allow-popups allow-popups-to-escape-sandbox" {}
            },
            Shown::Text(words) => pre { (linked(words)) },
            Shown::Headers(words) => pre { (words) },
            Shown::Source(words, cut) => {
                pre { (words) @if *cut { "…" } }
                p { a href=(below("/eml")) { (text.save) } }
            }
            Shown::Files(files) => {
                @if files.is_empty() { p { (text.no_files) } }
                ul.lines {
                    @for (index, file) in files.iter().enumerate() {
                        li {
                            a href=(below(&format!("/file/{index}"))) { (shorten(&one_line(&file.name), 100)) }
                            br;
                            span.s { (shorten(&one_line(&file.media_type), 80)) ", " (size(view, file.octets)) }
                        }
                    }
                }
            }
            Shown::Unreadable => p.note { (text.unreadable) },
        }
    }
}

fn size(view: &View, octets: u64) -> String {
    match octets {
        0..1_000_000 => format!("{}\u{a0}kB", octets.div_ceil(1000)),
        octets => megabytes(view.world.frame.language, octets),
    }
}

fn linked(words: &str) -> Markup {
    html! {
        @for line in clean(words).lines() {
            @for piece in pieces(line) {
                @match piece {
                    Piece::Words(words) => (words),
                    Piece::Link(words, link) => a href=(link.as_str()) target="_blank" rel="noopener noreferrer" { (words) },
                }
            }
            "\n"
        }
    }
}
