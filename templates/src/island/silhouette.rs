//! The shape of one island: the same for the same name, wherever and in whatever size it is drawn.
//!
//! Lengths are thousandths of the height of an island; `x` runs from its left end, `y` up from the waterline.

use super::dice::Dice;
use super::figure::Figure;
use super::house::house;
use super::outline::{Outline, Point, at, permille};
use super::tree::{birch, spruce};

pub(super) const HEIGHT: i32 = 1000;
pub(super) const WIDTH: i32 = 1800;

/// How high the middle of the shore rises.
const SHORE_RISE: i32 = 70;
/// What grows stands this deep in the ground, so that no light comes through under it.
const ROOTS: i32 = 12;
/// Trees stand between these.
const WOOD: [i32; 2] = [270, 1530];
const PLANTS: [i32; 2] = [4, 6];
/// A house takes the room of so many tenths of a tree.
const HOUSE_ROOM_TENTHS: i32 = 17;
const HOUSES_PERCENT: i32 = 60;
/// How much of a wood is birches: dark, mixed or light woods.
const BIRCHES_PERCENT: [i32; 4] = [8, 30, 30, 66];
/// The highest tree stands between these thousandths of the wood, and the wood falls so fast from there.
const PEAK: [i32; 2] = [240, 760];
const FALL: i32 = 760;
/// Trees at the edge are no lower than this, before each grows a little less or more.
const LOWEST: i32 = 400;
const GROWTH: [i32; 2] = [840, 1000];
/// Birches beside spruces, in thousandths of their height.
const BIRCH_HEIGHT: i32 = 800;

pub(super) struct Silhouette {
    /// From back to front.
    pub(super) figures: Vec<Figure>,
    pub(super) shore: Outline,
}

impl Silhouette {
    pub(super) fn of(slug: &str) -> Self {
        let mut dice = Dice::of(slug);
        let plants = dice.within(PLANTS[0]..=PLANTS[1]);
        let lived_in = dice.percent(HOUSES_PERCENT);
        // Not at the ends, for there the shore is steep.
        let house_at = if lived_in { dice.within(1..=plants - 2) } else { plants };
        let birches = dice.one_of(BIRCHES_PERCENT[0], &BIRCHES_PERCENT[1..]);
        let peak = WOOD[0] + permille(WOOD[1] - WOOD[0], dice.within(PEAK[0]..=PEAK[1]));
        let mut trees = Vec::new();
        let mut houses = Vec::new();
        for (plant, x) in places(&mut dice, plants, house_at).into_iter().enumerate() {
            let root = at(x, ground(x) - ROOTS);
            if i32::try_from(plant) == Ok(house_at) {
                houses.push(house(&mut dice, root));
            } else {
                trees.push(tree(&mut dice, root, peak, birches));
            }
        }
        trees.sort_by_key(|tree| -tree.height);
        trees.append(&mut houses);
        Self { figures: trees, shore: shore() }
    }
}

/// Where things stand, from left to right, no two at even distances.
fn places(dice: &mut Dice, plants: i32, house_at: i32) -> Vec<i32> {
    let room = |plant| if plant == house_at { HOUSE_ROOM_TENTHS } else { 10 };
    let rooms: i32 = (0..plants).map(room).sum();
    let mut taken = 0;
    let place = |plant| {
        let middle = taken * 10 + room(plant) * 5 + dice.within(-20..=20);
        taken += room(plant);
        WOOD[0] + (WOOD[1] - WOOD[0]) * middle / (rooms * 10)
    };
    (0..plants).map(place).collect()
}

fn tree(dice: &mut Dice, root: Point, peak: i32, birches: i32) -> Figure {
    let falling = permille((root.x - peak).abs(), FALL);
    let height = permille((HEIGHT - falling).max(LOWEST), dice.within(GROWTH[0]..=GROWTH[1]));
    // The ground lifts the tree, yet no tip is above the height of an island.
    let height = height.min(HEIGHT - root.y);
    if dice.percent(birches) {
        birch(dice, root, permille(height, BIRCH_HEIGHT))
    } else {
        spruce(dice, root, height)
    }
}

/// The height of the ground at `x`: a parabola.
fn ground(x: i32) -> i32 {
    SHORE_RISE * 4 * x * (WIDTH - x) / (WIDTH * WIDTH)
}

fn shore() -> Outline {
    // The parabola of `ground` as a cubic Bézier.
    let handle = SHORE_RISE * 4 / 3;
    Outline::from(at(0, 0)).curve(at(WIDTH / 3, handle), at(WIDTH * 2 / 3, handle), at(WIDTH, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ground_meets_the_water_at_both_ends() {
        assert_eq!([ground(0), ground(WIDTH / 2), ground(WIDTH)], [0, SHORE_RISE, 0]);
    }

    #[test]
    fn places_have_their_own_islands() {
        let look = |slug: &str| format!("{:?}", Silhouette::of(slug).figures);
        assert_eq!(look("rite"), look("rite"));
        for other in ["ritf", "Rite", "rite ", "", "zasa"] {
            assert_ne!(look("rite"), look(other), "{other}");
        }
    }

    #[test]
    fn woods_differ_and_most_islands_are_lived_in() {
        let islands: Vec<_> = (0..500).map(|number| Silhouette::of(&format!("vieta-{number}"))).collect();
        let lived_in =
            islands.iter().filter(|island| island.figures.iter().any(|figure| !figure.lit.is_empty()));
        assert!((250..350).contains(&lived_in.count()));
        let with_birches =
            islands.iter().filter(|island| island.figures.iter().any(|figure| !figure.cuts.is_empty()));
        assert!((300..450).contains(&with_birches.count()));
    }
}
