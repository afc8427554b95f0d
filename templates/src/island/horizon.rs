//! The horizon of an issue: an island for each place that has news in it, and the sun as high as in that month.

use maud::{Markup, html};

use super::dice::Dice;
use super::drawn::{Spot, drawn, outline_width};
use super::outline::{Pen, Stroke, at, permille};
use super::paint::{BAND, Look, Paint, Part};
use super::silhouette::{HEIGHT, Silhouette, WIDTH};
use super::water::{far_shore, ripples};

/// More islands than these would be a wood; the line of places names the others.
pub const ISLANDS_MAX: usize = 9;

/// Where a horizon is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// At the head of the home page and of the archive.
    Masthead,
    /// At the head of all other pages.
    Slim,
    /// At the head of the sheet for the notice board.
    Sheet,
    /// A picture of its own, over a page that has nothing else to show.
    Lake,
    /// A small one beside the title of an issue.
    Card,
}

impl Shape {
    pub const ALL: [Shape; 5] = [Shape::Masthead, Shape::Slim, Shape::Sheet, Shape::Lake, Shape::Card];

    /// Width and height in pixels.
    pub(super) fn pixels(self) -> [i32; 2] {
        match self {
            Shape::Masthead => [1280, 130],
            Shape::Slim => [1280, 84],
            Shape::Sheet => [720, 88],
            Shape::Lake => [420, 130],
            Shape::Card => [220, 74],
        }
    }
}

/// The picture in mails, in pixels of its file; shown at half of that.
const PICTURE_PIXELS: [i32; 2] = [1200, 240];
const PICTURE_DENSITY: i32 = 2;
/// Tenths of a pixel.
const UNITS_IN_A_PIXEL: i32 = 10;

/// All below in thousandths of the height of the picture. Where far shore and water meet.
const WATERLINE: i32 = 660;
const SUN_RADIUS: i32 = 130;
/// What the sun keeps from the waterline in December, and from the upper edge in June.
const SUN_FROM_WATER: i32 = 8;
const SUN_FROM_TOP: i32 = 40;
/// The room between two islands that is the sun's.
const SUN_ROOM: i32 = 400;
/// The highest an island gets, and the widest room it has.
const ISLAND_HEIGHT: i32 = 560;
const ISLAND_ROOM: i32 = 2200;
/// How far below the far shore the nearest island begins.
const NEAREST: i32 = 100;
const LINE_WIDTH: i32 = 10;
const GLINT_WIDTH: i32 = 17;
/// Sunlight on the water: how far below the waterline, and how long in thousandths of the sun's width.
const GLINTS: [[i32; 2]; 4] = [[60, 960], [135, 620], [210, 800], [280, 340]];
/// An island fills so much of its room, in thousandths.
const FILLS: i32 = 880;
/// The farthest islands are so much smaller than the nearest, in thousandths.
const FARTHEST: i32 = 840;
/// Islands stand beside the middle of their room by so much of it at most, in thousandths.
const BESIDE: i32 = 50;
const MIRROR_DEPTH: i32 = 400;
/// So many thousandths of the islands stand left of the sun: the golden section. A phone sees it too.
const LEFT_OF_SUN: usize = 618;

/// Height of the sun from January to December, in thousandths of its way from the far shore to the top.
const SUN_IN_MONTH: [i32; 12] = [40, 180, 400, 640, 860, 1000, 940, 760, 520, 300, 110, 0];

/// The horizon of an issue, at most [`ISLANDS_MAX`] islands from left to right in the order of `slugs` (so give the
/// busiest places first; the others are left out). `month` is 1 to 12; what is outside counts as the nearest.
/// Decoration: the line of places says in words what it shows.
pub fn horizon(shape: Shape, slugs: &[impl AsRef<str>], month: u32) -> Markup {
    let [width, height] = shape.pixels();
    let canvas = Canvas { width: width * UNITS_IN_A_PIXEL, height: height * UNITS_IN_A_PIXEL };
    html! {
        svg.horizon xmlns="http://www.w3.org/2000/svg" viewBox=(canvas.view_box()) width=(width) height=(height)
            preserveAspectRatio="xMidYMax slice" stroke-linecap="round" stroke-linejoin="round"
            aria-hidden="true" focusable="false" {
            (canvas.scene(&shown(slugs), month, Paint::Stylesheet))
        }
    }
}

/// The horizon as a file of its own for a mail: 1200 × 240 pixels, opaque, in the colours of the band around it.
pub fn horizon_picture(slugs: &[impl AsRef<str>], month: u32) -> String {
    let [width, height] = PICTURE_PIXELS;
    let units = UNITS_IN_A_PIXEL / PICTURE_DENSITY;
    let canvas = Canvas { width: width * units, height: height * units };
    let picture = html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(canvas.view_box()) width=(width) height=(height)
            stroke-linecap="round" stroke-linejoin="round" {
            rect width=(canvas.width) height=(canvas.height) fill=(BAND.water) {}
            (canvas.scene(&shown(slugs), month, Paint::Colours(&BAND)))
        }
    };
    picture.into_string()
}

fn shown(slugs: &[impl AsRef<str>]) -> Vec<&str> {
    slugs.iter().take(ISLANDS_MAX).map(AsRef::as_ref).collect()
}

struct Canvas {
    width: i32,
    height: i32,
}

/// Who stands where.
struct Plan {
    /// The left ends of the rooms of islands, and how wide each is.
    rooms: Vec<i32>,
    room: i32,
    /// The middle of the sun's room.
    sun: i32,
}

impl Canvas {
    fn view_box(&self) -> String {
        format!("0 0 {} {}", self.width, self.height)
    }

    fn part(&self, thousandths: i32) -> i32 {
        permille(self.height, thousandths)
    }

    fn scene(&self, slugs: &[&str], month: u32, paint: Paint) -> Markup {
        let mut dice = Dice::of_all(slugs.iter().copied());
        let plan = self.plan(slugs.len());
        let waterline = self.part(WATERLINE);
        let line = self.part(LINE_WIDTH);
        let far = far_shore(&mut dice, self.width, self.height, waterline);
        let ripples =
            ripples(&mut dice, self.width, self.height, waterline + 2 * line, self.height - 2 * line);
        html! {
            (self.sun(plan.sun, month, paint))
            (paint.path(Part::FarShore, None, &far))
            (paint.path(Part::Ripples, Some(line), &ripples))
            (paint.path(Part::Glint, Some(self.part(GLINT_WIDTH)), &self.glints(plan.sun)))
            (self.islands(slugs, &plan, paint))
        }
    }

    /// Islands side by side in the middle of the picture, the sun between two of them.
    fn plan(&self, islands: usize) -> Plan {
        let count = i32::try_from(islands).expect("no more islands than fit");
        let sun_room = self.part(SUN_ROOM);
        let room = ((self.width - sun_room) / count.max(1)).min(self.part(ISLAND_ROOM));
        let left = (self.width - sun_room - room * count) / 2;
        let before_sun = i32::try_from((islands * LEFT_OF_SUN + 500) / 1000).expect("no more than there are");
        let room_of = |island| left + room * island + if island < before_sun { 0 } else { sun_room };
        Plan { rooms: (0..count).map(room_of).collect(), room, sun: left + room * before_sun + sun_room / 2 }
    }

    /// Barely up in December, just above the far wood; high in June.
    fn sun(&self, x: i32, month: u32, paint: Paint) -> Markup {
        let index = usize::try_from(month.clamp(1, 12) - 1).unwrap_or_default();
        let way = SUN_IN_MONTH.get(index).copied().unwrap_or_default();
        let radius = self.part(SUN_RADIUS);
        let (lowest, highest) =
            (self.part(WATERLINE - SUN_FROM_WATER) - radius, self.part(SUN_FROM_TOP) + radius);
        let y = lowest - permille(lowest - highest, way);
        let Look { class, fill, .. } = paint.look(Part::Sun);
        html! { circle class=[class] fill=[fill] cx=(x) cy=(y) r=(radius) {} }
    }

    fn glints(&self, x: i32) -> String {
        let glint = |[below, long]: [i32; 2]| {
            let (y, half) = (self.part(WATERLINE + below), permille(self.part(SUN_RADIUS), long));
            Stroke { from: at(x - half, y), to: at(x + half, y) }
        };
        Pen::new(|point| point).strokes(&GLINTS.map(glint))
    }

    /// The far ones first, so that near ones stand before them.
    fn islands(&self, slugs: &[&str], plan: &Plan, paint: Paint) -> Markup {
        let mut spots: Vec<_> = slugs
            .iter()
            .zip(&plan.rooms)
            .map(|(slug, left)| (self.spot(slug, *left, plan.room), *slug))
            .collect();
        spots.sort_by_key(|(spot, _)| spot.waterline);
        let Look { class, fill, stroke } = paint.look(Part::Island);
        let width = spots.iter().map(|(spot, _)| outline_width(spot.height)).max();
        html! {
            g class=[class] fill=[fill] stroke=[stroke] stroke-width=[width] {
                @for (spot, slug) in spots { (drawn(&Silhouette::of(slug), spot, paint)) }
            }
        }
    }

    /// Somewhere in its room, nearer or farther.
    fn spot(&self, slug: &str, left: i32, room: i32) -> Spot {
        let mut dice = Dice::of_all([slug, "place"]);
        let near = dice.within(0..=1000);
        let largest = (permille(room, FILLS) * HEIGHT / WIDTH).min(self.part(ISLAND_HEIGHT));
        let height = permille(largest, FARTHEST + permille(1000 - FARTHEST, near));
        let waterline = self.part(WATERLINE) + permille(self.part(NEAREST), near);
        let spot = Spot { left, waterline, height, depth: MIRROR_DEPTH };
        let beside = permille(room, dice.within(-BESIDE..=BESIDE));
        // Rounded, the reflection of the nearest could end below the picture.
        let waterline = waterline.min(self.height - spot.reach());
        Spot { left: left + (room - spot.width()) / 2 + beside, waterline, ..spot }
    }
}
