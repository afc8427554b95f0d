//! An island put into a picture: larger or smaller, above its reflection.

use maud::{Markup, html};

use super::outline::{Pen, Point, Stroke, at, permille};
use super::paint::{Paint, Part};
use super::silhouette::{HEIGHT, Silhouette, WIDTH};

/// Where the water cuts the reflection, below the waterline, in thousandths of the height of the island.
const WATER_LINES: [i32; 4] = [95, 185, 290, 400];
/// How thick the island's outline and the lines of the water are, likewise.
const OUTLINE_WIDTH: i32 = 15;
const WATER_LINE_WIDTH: i32 = 30;
const TWIG_WIDTH: i32 = 13;
/// The reflection begins a little below the waterline.
const MIRROR_GAP: i32 = 30;

/// Where an island stands; in units of the picture, whose `y` counts downwards.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    pub(super) left: i32,
    pub(super) waterline: i32,
    pub(super) height: i32,
    /// How deep the reflection of the height reaches, in thousandths of it.
    pub(super) depth: i32,
}

impl Spot {
    pub(super) fn width(self) -> i32 {
        permille(WIDTH, self.height)
    }

    /// How far below the waterline the reflection of the highest island ends.
    pub(super) fn reach(self) -> i32 {
        self.deep(HEIGHT)
    }

    /// A point of the island in the picture.
    fn above(self, point: Point) -> Point {
        at(self.left + permille(point.x, self.height), self.waterline - permille(point.y, self.height))
    }

    fn mirrored(self, point: Point) -> Point {
        at(self.left + permille(point.x, self.height), self.waterline + self.deep(point.y))
    }

    fn deep(self, height: i32) -> i32 {
        permille(MIRROR_GAP + permille(height, self.depth), self.height)
    }

    fn thickness(self, thousandths: i32) -> Option<i32> {
        Some(permille(self.height, thousandths).max(1))
    }
}

/// An island for inside an element of [`Part::Island`].
pub(super) fn drawn(island: &Silhouette, spot: Spot, paint: Paint) -> Markup {
    let above = |point| spot.above(point);
    let mirrored = island.figures.iter().map(|figure| &figure.mirrored).chain([&island.shore]);
    html! {
        @for figure in &island.figures {
            path d=(Pen::new(above).outlines(&figure.outlines)) {}
            (paint.path(Part::Cuts, spot.thickness(TWIG_WIDTH), &Pen::new(above).strokes(&figure.cuts)))
            (paint.path(Part::Windows, None, &Pen::new(above).outlines(&figure.lit)))
        }
        path d=(Pen::new(above).outlines([&island.shore])) {}
        (paint.path(Part::Mirrored, None, &Pen::new(|point| spot.mirrored(point)).outlines(mirrored)))
        (paint.path(Part::Cuts, spot.thickness(WATER_LINE_WIDTH), &water_lines(spot)))
    }
}

/// How thick the outlines of an island are that is so high.
pub(super) fn outline_width(height: i32) -> i32 {
    permille(height, OUTLINE_WIDTH).max(1)
}

fn water_lines(spot: Spot) -> String {
    let line = |depth: &i32| Stroke { from: at(0, -depth), to: at(WIDTH, -depth) };
    let lines: Vec<_> =
        WATER_LINES.iter().filter(|depth| **depth <= permille(HEIGHT, spot.depth)).map(line).collect();
    Pen::new(|point| spot.above(point)).strokes(&lines)
}
