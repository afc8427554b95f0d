//! What the pages of an issue share: its name, its views, the frame in which it is looked at.

use chrono::NaiveDateTime;
use maud::{Markup, html};

use super::Desk;
use super::icon::{Icon, icon};
use crate::Paths;
use crate::text::date::{at, clock};
use crate::text::edition_page::EditionPage;

/// Which issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub id: i64,
    pub year: i32,
    pub month: u32,
    pub number: u32,
    pub running_number: u32,
}

/// How an issue is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    Phone,
    Desktop,
    Dark,
    Inverted,
    ImagesOff,
    Text,
    /// The sheet for the notice board, which is no mail.
    Print,
}

impl Shown {
    pub const ALL: [Shown; 7] = [
        Shown::Phone,
        Shown::Desktop,
        Shown::Dark,
        Shown::Inverted,
        Shown::ImagesOff,
        Shown::Text,
        Shown::Print,
    ];

    /// As addresses name it.
    pub fn name(self) -> &'static str {
        match self {
            Shown::Phone => "phone",
            Shown::Desktop => "desktop",
            Shown::Dark => "dark",
            Shown::Inverted => "inverted",
            Shown::ImagesOff => "images-off",
            Shown::Text => "text",
            Shown::Print => "print",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.name() == name)
    }

    fn is_wide(self) -> bool {
        match self {
            Shown::Phone | Shown::Dark | Shown::Inverted | Shown::ImagesOff => false,
            Shown::Desktop | Shown::Text | Shown::Print => true,
        }
    }

    fn label(self, text: &EditionPage) -> &'static str {
        let views = &text.views;
        match self {
            Shown::Phone => views.phone,
            Shown::Desktop => views.desktop,
            Shown::Dark => views.dark,
            Shown::Inverted => views.inverted,
            Shown::ImagesOff => views.images_off,
            Shown::Text => views.text,
            Shown::Print => views.print,
        }
    }

    fn says(self, text: &EditionPage) -> &'static str {
        let views = &text.views;
        match self {
            Shown::Phone => views.phone_is,
            Shown::Desktop => views.desktop_is,
            Shown::Dark => views.dark_is,
            Shown::Inverted => views.inverted_is,
            Shown::ImagesOff => views.images_off_is,
            Shown::Text => views.text_is,
            Shown::Print => views.print_is,
        }
    }
}

/// A preview: which view, in which language, and to whom a test mail would go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    pub view: Shown,
    pub language: subscribers::Language,
    /// The editor's address.
    pub address: String,
}

impl Head {
    pub(super) fn path(&self, below: &str) -> String {
        Paths::local().desk(&format!("/issue/{}{below}", self.id))
    }

    /// “Decembra numurs”
    pub(super) fn heading(&self, text: &EditionPage) -> String {
        (text.heading)(self.month)
    }
}

/// The tabs, the frame, and what it shows in words.
pub(super) fn preview(desk: &Desk, head: &Head, preview: &Preview) -> Markup {
    let frame = &desk.frame;
    let text = &frame.text().edition_page;
    let views = &text.views;
    let query = |language: subscribers::Language| {
        if language == frame.publication.language {
            String::new()
        } else {
            format!("?lang={}", language.code())
        }
    };
    let own = query(preview.language);
    let at =
        |view: Shown, query: &str| format!("{}{query}#preview", head.path(&format!("/view/{}", view.name())));
    let shown = preview.view;
    html! {
        nav.seg aria-label=(views.kind) {
            @for view in Shown::ALL {
                a href=(at(view, &own)) aria-current=[(view == shown).then_some("page")] { (view.label(text)) }
            }
        }
        // A wide mail is scrolled inside its frame, and so must be reached by keys.
        div.frame.pc[shown.is_wide()].a4[shown == Shown::Print] tabindex=[shown.is_wide().then_some("0")]
            role=[shown.is_wide().then_some("region")] aria-label=[shown.is_wide().then_some(views.title)] {
            iframe sandbox="" src=(format!("{}{own}", head.path(&format!("/frame/{}", shown.name()))))
                title=((views.frame)(&head.heading(text), shown.label(text))) {}
        }
        p.s { (shown.says(text)) }
        p.s.links {
            span { (views.language) ":" }
            @for language in subscribers::Language::ALL {
                a href=(at(shown, &query(language))) aria-current=[(language == preview.language).then_some("true")] {
                    @match language {
                        subscribers::Language::Latvian => (views.latvian),
                        subscribers::Language::English => (views.english),
                    }
                }
            }
        }
        form.stack method="post" action=(head.path("")) {
            (desk.token())
            input type="hidden" name="lang" value=(preview.language.code());
            button.b.sm type="submit" name="do" value="test" { (icon(Icon::Mail)) (views.test) }
            p.hint { ((views.test_how)(&crate::parts::one_line(&preview.address))) }
        }
    }
}

/// A moment inside a sentence: the clock alone where it is today.
pub(super) fn soon(desk: &Desk, time: NaiveDateTime) -> String {
    let frame = &desk.frame;
    if time.date() == frame.today {
        let clock = clock(frame.language, time.time());
        match frame.language {
            subscribers::Language::Latvian => clock,
            subscribers::Language::English => format!("at {clock}"),
        }
    } else {
        at(frame.language, time, frame.today)
    }
}

/// “Nr. 12 (58)”
pub(super) fn number(desk: &Desk, head: &Head) -> String {
    (desk.frame.text().shared.number)(head.number, head.running_number)
}
