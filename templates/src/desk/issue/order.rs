//! The items of an issue and their order, and those that wait outside.

use maud::{Markup, html};

use super::{Placed, View};
use crate::Paths;
use crate::desk::icon::{Icon, icon};
use crate::parts::one_line;

pub(super) fn form(view: &View) -> Markup {
    let text = &view.desk.frame.text().edition_page.making;
    html! {
        form.card.panel id="order" method="post" action=(view.head.path("")) {
            h2 { (text.order) }
            @if view.items.is_empty() {
                p { (text.order_empty) }
            } @else {
                (view.desk.token())
                input type="hidden" name="was" value=(view.order_was);
                // What the Enter key presses.
                button.vh type="submit" name="do" value="order" tabindex="-1" aria-hidden="true" { (text.save_order) }
                ol.lines {
                    @for (place, item) in view.items.iter().enumerate() { (row(view, place, item)) }
                }
                p.row {
                    button.b.sm type="submit" name="do" value="order" { (text.save_order) }
                    a.b.sm.ghost href="#calendar" { ((text.calendar)(shown(view))) }
                }
            }
        }
    }
}

fn row(view: &View, place: usize, item: &Placed) -> Markup {
    let text = &view.desk.frame.text().edition_page.making;
    let title = one_line(&item.title);
    let id = item.id;
    let beside = |other: Option<&Placed>| other.is_some_and(|other| other.section == item.section);
    let above = beside(place.checked_sub(1).and_then(|at| view.items.get(at)));
    let below = beside(view.items.get(place + 1));
    let photos = match item.photos {
        0 => text.without_photo.to_owned(),
        n => (text.with_photos)(n),
    };
    let several = view.sections.len() > 1;
    let heads_section = place == 0 || view.items[place - 1].section != item.section;
    html! {
        li.pos id={ "item-" (id) } tabindex="-1" {
            label.vh for={ "n-" (id) } { ((text.place)(&title)) }
            input.f id={ "n-" (id) } name={ "n." (id) } value=(place + 1) inputmode="numeric" autocomplete="off"
                maxlength="4";
            p {
                a.t href=(Paths::local().desk(&format!("/item/{id}"))) { (title) }
                br;
                span.s {
                    @if !item.place.is_empty() { (one_line(&item.place)) ", " }
                    (photos)
                    @if several && heads_section {
                        @if let Some(section) = view.sections.get(item.section) { br; b { (one_line(section)) } }
                    }
                }
                @if place == 0 { br; span.chip { (icon(Icon::Flag)) (text.lead) } }
            }
            p.row.nw {
                @if above {
                    button.b.sm type="submit" id={ "up-" (id) } name="do" value={ "up." (id) } aria-label=((text.up)(&title)) {
                        (icon(Icon::Up))
                    }
                }
                @if below {
                    button.b.sm type="submit" id={ "down-" (id) } name="do" value={ "down." (id) }
                        aria-label=((text.down)(&title)) { (icon(Icon::Down)) }
                }
            }
            details {
                summary { (text.more) span.vh { ": " (title) } }
                div.stack {
                    @if several {
                        div {
                            label for={ "s-" (id) } { (text.section) }
                            select.f id={ "s-" (id) } name={ "s." (id) } {
                                @for (number, section) in view.sections.iter().enumerate() {
                                    option value=(number) selected[number == item.section] { (one_line(section)) }
                                }
                            }
                        }
                    }
                    p.row {
                        @if place > 0 {
                            button.b.sm type="submit" name="do" value={ "lead." (id) } {
                                (text.make_lead) span.vh { ": " (title) }
                            }
                        }
                        button.b.sm type="submit" name="do" value={ "out." (id) } aria-describedby={ "out-" (id) } {
                            (text.take_out) span.vh { ": " (title) }
                        }
                    }
                    p.hint id={ "out-" (id) } { (text.take_out_how) }
                }
            }
        }
    }
}

pub(super) fn shown(view: &View) -> usize {
    view.calendar.iter().filter(|line| line.shown && !line.past).count()
}

pub(super) fn outside(view: &View) -> Markup {
    let text = &view.desk.frame.text().edition_page.making;
    html! {
        @if !view.outside.is_empty() {
            section.card.panel.stack id="outside" {
                h2 { ((text.outside)(view.outside.len())) }
                p.hint { (text.outside_how) }
                ul.lines {
                    @for item in &view.outside {
                        @let title = one_line(&item.title);
                        li.row.between {
                            span {
                                a.t href=(Paths::local().desk(&format!("/item/{}", item.id))) { (title) }
                                @if item.left_out { br; span.s { (text.left_out) } }
                            }
                            form method="post" action=(view.head.path("")) {
                                (view.desk.token())
                                input type="hidden" name="was" value=(view.order_was);
                                button.b.sm type="submit" name="do" value={ "in." (item.id) } {
                                    (text.put_in) span.vh { ": " (title) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
