//! A photo: what was done to it, what stands under it, and how it is turned and cut.

use issues::{Closeness, Focus, Limited, Shape};
use maud::{Markup, html};

use super::{Photo, View, too_long, unfit};
use crate::desk::fields::{Field, field, select};
use crate::desk::icon::{Icon, icon};
use crate::page::decide::Problem;
use crate::parts::one_line;
use crate::text::size;

pub(super) fn picture(view: &View, index: usize, photo: &Photo) -> Markup {
    let frame = &view.desk.frame;
    let (desk, text) = (&frame.text().desk, &frame.text().item_page);
    let number = (desk.photo)(index + 1, view.photos.len());
    let described = format!("{number}: {}", one_line(&photo.name));
    let name = |part: &str| format!("photos.{index}.{part}");
    let hint = format!("{} {}", desk.alt_hint, text.alt_example);
    html! {
        section.stack id=(format!("photo-{index}")) {
            h2 { (number) }
            div.two {
                div.stack {
                    img.ph src=(photo.url) alt=(described) width=(photo.width) height=(photo.height);
                    (done(view, photo))
                    div.row {
                        button.b.sm type="submit" name="do" value=(format!("turn:{index}")) {
                            (text.turn) span.vh { ": " (number) }
                        }
                        @if index > 0 {
                            button.b.sm type="submit" name="do" value=(format!("first:{index}")) {
                                (icon(Icon::Up)) (text.first) span.vh { ": " (number) }
                            }
                        }
                        button.b.sm.no type="submit" name="do" value=(format!("remove:{index}")) {
                            (text.remove_photo) span.vh { ": " (number) }
                        }
                        (framing(view, index, photo, &number))
                    }
                }
                div.stack {
                    (field(&Field {
                        hint: Some(&hint),
                        error: unfit(view, &[(Problem::DescriptionMissing(index), desk.alt_missing)], Limited::PhotoAlt(index)).as_deref(),
                        ..Field::new(&name("alt"), desk.alt, &photo.alt)
                    }))
                    (field(&Field {
                        rows: 1,
                        error: too_long(view, Limited::PhotoCaption(index)).as_deref(),
                        ..Field::new(&name("caption"), desk.caption, &photo.caption)
                    }))
                    div {
                        (field(&Field {
                            rows: 1,
                            error: too_long(view, Limited::PhotoCredit(index)).as_deref(),
                            ..Field::new(&name("credit"), desk.credit, &photo.credit)
                        }))
                        @if photo.credit_proposed { p.hint { (icon(Icon::Mail)) " " (text.credit_proposed) } }
                        @if photo.credit.trim().is_empty() {
                            div.row {
                                span.hint { (text.unknown_credit) }
                                button.b.sm type="submit" name="do" value="open:credit" {
                                    (icon(Icon::Question)) (text.ask_contributor) span.vh { ": " (number) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What the machine and the editor did to it.
fn done(view: &View, photo: &Photo) -> Markup {
    let frame = &view.desk.frame;
    let text = &frame.text().item_page;
    let framing = photo.framing;
    let mut done: Vec<String> = Vec::new();
    if !framing.turn.is_multiple_of(4) {
        done.push(text.turned.to_owned());
    }
    if framing.shape != Shape::Whole || framing.closeness != Closeness::All {
        done.push(text.cut.to_owned());
    }
    if let Some(from) = photo.from.filter(|from| *from > photo.to) {
        done.push((text.smaller)(&size(frame.language, from), &size(frame.language, photo.to)));
    }
    if photo.gps_removed {
        done.push(frame.text().desk.gps_removed.to_owned());
    }
    html! { @if !done.is_empty() { p.s { (icon(Icon::Check)) " " (done.join(" ")) } } }
}

fn framing(view: &View, index: usize, photo: &Photo, number: &str) -> Markup {
    let text = &view.desk.frame.text().item_page;
    let name = |part: &str| format!("photos.{index}.{part}");
    let shapes: Vec<(&str, &str)> = Shape::ALL.map(|shape| (shape.name(), (text.shape_as)(shape))).to_vec();
    let numbers: Vec<String> = Focus::ALL.iter().map(|focus| focus.number().to_string()).collect();
    let focuses: Vec<(&str, &str)> = numbers.iter().map(String::as_str).zip(text.focus_as).collect();
    let closer: Vec<(&str, &str)> =
        Closeness::ALL.map(|closeness| (closeness.name(), (text.closeness_as)(closeness))).to_vec();
    html! {
        details {
            summary { (text.choose_frame) span.vh { ": " (number) } }
            div.stack {
                (select(&name("shape"), text.shape, &shapes, photo.framing.shape.name()))
                (select(&name("focus"), text.focus, &focuses, &photo.framing.focus.number().to_string()))
                (select(&name("closeness"), text.closeness, &closer, photo.framing.closeness.name()))
                button.b.sm type="submit" name="do" value=(format!("frame:{index}")) {
                    (icon(Icon::Check)) (text.set_frame) span.vh { ": " (number) }
                }
            }
        }
    }
}
