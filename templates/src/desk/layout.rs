//! Head, tabs and foot of the desk.

use maud::{DOCTYPE, Markup, html};

use super::icon::{Icon, icon};
use crate::parts::{finish, head, one_line};
use crate::{Frame, Paths};

/// What every page of the desk knows. Views hold one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desk {
    /// In the editor's language.
    pub frame: Frame,
    /// Who is signed in.
    pub editor: String,
    /// The token that every form of the desk carries, as its field `form`.
    pub form: String,
    /// Items that wait for a decision, and letters that wait for an answer.
    pub waiting: usize,
    pub letters: usize,
    /// What was just done, in a whole sentence, after a redirect.
    pub said: Option<String>,
}

/// Where a page belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    Queue,
    Issue,
    Readers,
    Letters,
}

pub(super) struct Page<'a> {
    pub(super) desk: &'a Desk,
    /// The tab that is lit.
    pub(super) tab: Option<Tab>,
    pub(super) title: String,
    pub(super) main: Markup,
    /// Stays at the foot of the screen.
    pub(super) actions: Markup,
    /// Stands at the head in the place of name and tabs: the way through a list.
    pub(super) walk: Option<Markup>,
    /// Is there a text that may have marks?
    pub(super) writes: bool,
}

impl Desk {
    /// The first field of every form of the desk: that it was shown in this session.
    pub(super) fn token(&self) -> Markup {
        html! { input type="hidden" name="form" value=(self.form); }
    }
}

impl<'a> Page<'a> {
    pub(super) fn new(desk: &'a Desk, tab: Option<Tab>, title: &str, main: Markup) -> Self {
        Self { desk, tab, title: one_line(title), main, actions: html! {}, walk: None, writes: false }
    }

    pub(super) fn render(self) -> String {
        let frame = &self.desk.frame;
        let text = &frame.text().room;
        let name = one_line(&frame.publication.name.nominative);
        let paths = Paths::local();
        finish(html! {
            (DOCTYPE)
            html lang=(frame.language.code()) {
                head {
                    (head("light dark"))
                    meta name="robots" content="noindex";
                    title { (self.title) " – " (text.desk) }
                    link rel="stylesheet" href=(paths.stylesheet());
                    script src=(paths.script()) defer {}
                    @if self.writes { script src=(paths.text_script()) defer {} }
                }
                body.desk {
                    a.skip href="#content" { (frame.text().site.skip) }
                    header.top {
                        div.w {
                            @match &self.walk {
                                Some(walk) => (walk),
                                None => {
                                    a.name href=(paths.desk("")) lang=[frame.publication_lang()] { (name) }
                                    nav.tabs aria-label=(text.desk) { (self.tabs()) }
                                },
                            }
                        }
                    }
                    main.w.stack2 #content {
                        @if let Some(said) = &self.desk.said {
                            div.said role="status" {
                                (icon(Icon::Check))
                                p { (said) " " a href=(paths.desk("/decisions")) { (text.recent) } }
                            }
                        }
                        (self.main)
                    }
                    (self.actions)
                    footer.w.foot {
                        p.links {
                            a href=(paths.desk("/decisions")) { (text.all_decisions) }
                            a href=(paths.desk("/moments")) { (text.moments) }
                            a href=(paths.desk("/keys")) { (text.keys) }
                            a href=(paths.desk("/sessions")) { ((text.signed_in)(&one_line(&self.desk.editor))) }
                        }
                        form.row method="post" action=(paths.desk("/sign-out")) {
                            (self.desk.token())
                            button.b.sm type="submit" { (text.sign_out) }
                            (super::keys::switch(self.desk))
                        }
                    }
                }
            }
        })
    }

    fn tabs(&self) -> Markup {
        let text = &self.desk.frame.text().room;
        let tabs = [
            (Tab::Queue, "", text.queue, self.desk.waiting),
            (Tab::Issue, "/issue", text.issue, 0),
            (Tab::Readers, "/readers", text.readers, 0),
            (Tab::Letters, "/letters", text.letters, self.desk.letters),
        ];
        html! {
            @for (tab, below, label, count) in tabs {
                a href=(Paths::local().desk(below)) aria-current=[(self.tab == Some(tab)).then_some("page")] {
                    (label)
                    @if count > 0 { span.n { (count) span.vh { " " (text.waiting) } } }
                }
            }
        }
    }
}
