//! An item that nothing can be changed of any more: where it is, how it stands, and the way to a correction.

use maud::{Markup, html};

use super::{View, corrected, head_of, history};
use crate::Paths;
use crate::desk::icon::{Icon, icon};
use crate::details::{in_short, read_more};
use crate::parts::one_line;
use crate::text::date::{at, when};
use crate::words::{Styles, text_written, under_picture};

pub(super) fn settled(view: &View, title: &str) -> Markup {
    let frame = &view.desk.frame;
    let lang = frame.publication_lang();
    html! {
        section.stack {
            div.row.between { (head_of(view)) }
            h1 lang=[lang] { (title) }
            (out(view))
        }
        @if let Some(corrections) = &view.corrections { (corrected::corrections(view, corrections)) }
        section.stack aria-label=(frame.text().desk.text) {
            ul.s {
                @for event in view.events.iter().filter_map(|dated| dated.event.as_ref()) {
                    li {
                        (icon(Icon::Calendar)) " " (one_line(&when(frame.language, event, frame.today)))
                        @let more = in_short(frame, event, "");
                        @if !more.is_empty() { ". " (more) }
                        @if let Some(more) = read_more(frame, event, None) { ". " (more) }
                    }
                }
                @for place in view.places.iter().filter(|place| place.text.is_some()) {
                    li { (icon(Icon::Place)) " " (one_line(&place.place)) }
                }
            }
            div.words lang=[lang] { (text_written(None, (&view.text, view.marked), Styles::default())) }
            @for photo in &view.photos {
                figure {
                    img.ph src=(photo.url) alt=(one_line(&photo.alt)) width=(photo.width) height=(photo.height);
                    @let under = under_picture(frame, &photo.caption, &photo.credit);
                    @if !under.is_empty() { figcaption.s { (under) } }
                }
            }
        }
        (history::versions(view))
    }
}

/// In which issue it is, and since when; what can be done about a mistake in it.
fn out(view: &View) -> Markup {
    let frame = &view.desk.frame;
    let text = &frame.text().item_page;
    let Some(out) = &view.out else { return html! {} };
    html! {
        p {
            b {
                @match out.at {
                    Some(time) => ((text.published_in)(out.month, &at(frame.language, time, frame.today))),
                    None => ((text.stands_in)(out.month)),
                }
            }
        }
        p.links {
            @if let Some(corrections) = &view.corrections {
                a href="#corrections" { (text.write_correction) }
                a href=(corrections.public) { (frame.text().corrections.see) }
            }
            a href=(Paths::local().desk(&format!("/issue/{}", out.issue))) { (frame.text().queue.see_issue) }
        }
    }
}

#[cfg(test)]
mod tests {
    use subscribers::Language;

    use crate::sample::{Kind, desk_item};

    #[test]
    fn what_a_photo_shows_and_who_took_it_are_two_sentences() {
        for (language, words) in [
            (
                Language::Latvian,
                "<figcaption class=\"s\">Pagājušās reizes dzija. Foto: Rites bibliotēka</figcaption>",
            ),
            (
                Language::English,
                "<figcaption class=\"s\">Pagājušās reizes dzija. Photo: Rites bibliotēka</figcaption>",
            ),
        ] {
            let pages = desk_item::all(language, Kind::Normal);
            let (_, page) = pages.iter().find(|(name, _)| name == "item_corrected").unwrap();
            assert!(page.contains(words), "{page}");
        }
    }
}
