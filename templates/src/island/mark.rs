//! The mark of a place.

use maud::{Markup, html};

use super::drawn::{Spot, drawn, outline_width};
use super::paint::Paint;
use super::silhouette::Silhouette;

/// Tenths of a pixel: a square with the island in its middle.
pub(super) const SIDE: i32 = 440;
const SPOT: Spot = Spot { left: 26, waterline: 292, height: 216, depth: 520 };
const UNITS_IN_A_PIXEL: i32 = 10;

/// The island of a place, instead of a face: always the same for the same slug, whatever the slug is. Decoration:
/// the name of the place stands beside it.
pub fn sala(slug: &str) -> Markup {
    let view_box = format!("0 0 {SIDE} {SIDE}");
    let pixels = SIDE / UNITS_IN_A_PIXEL;
    html! {
        svg.sala.isl xmlns="http://www.w3.org/2000/svg" viewBox=(view_box) width=(pixels) height=(pixels)
            stroke-width=(outline_width(SPOT.height)) stroke-linecap="round" stroke-linejoin="round"
            aria-hidden="true" focusable="false" {
            (drawn(&Silhouette::of(slug), SPOT, Paint::Stylesheet))
        }
    }
}
