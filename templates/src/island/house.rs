//! A farmhouse with lit windows. Lengths are thousandths of the height of an island.

use super::dice::Dice;
use super::figure::Figure;
use super::outline::{Outline, Point, at, permille};

/// From the ground to the ridge.
const HEIGHT: [i32; 2] = [330, 390];
/// All below in thousandths of that height. Half the width of the walls, of the ridge, and of the roof at the eaves.
const WALL_HALF: [i32; 2] = [560, 680];
const RIDGE_HALF: i32 = 380;
const EAVES_HALF_MORE: i32 = 110;
/// Where the eaves are.
const EAVES: i32 = 470;
/// Width and rise of the chimney, and how far from the middle it stands.
const CHIMNEY: i32 = 120;
const CHIMNEY_RISE: i32 = 150;
const CHIMNEY_FROM_MIDDLE: i32 = 150;
/// A window is so wide and high, and so far above the ground.
const WINDOW: i32 = 190;
const SILL: i32 = 180;

/// A long house under a hipped roof, its chimney to one side.
pub(super) fn house(dice: &mut Dice, middle: Point) -> Figure {
    let height = dice.within(HEIGHT[0]..=HEIGHT[1]);
    let part = |thousandths| permille(height, thousandths);
    let wall = part(dice.within(WALL_HALF[0]..=WALL_HALF[1]));
    let chimney_left = if dice.percent(50) { -CHIMNEY_FROM_MIDDLE - CHIMNEY } else { CHIMNEY_FROM_MIDDLE };
    let side = |from_middle: i32, above: i32| at(middle.x + from_middle, middle.y + above);
    let (eaves, roof) = (part(EAVES), wall + part(EAVES_HALF_MORE));
    let body = Outline::from(side(-wall, 0))
        .line(side(-wall, eaves))
        .line(side(-roof, eaves))
        .line(side(-part(RIDGE_HALF), height))
        .line(side(part(chimney_left), height))
        .line(side(part(chimney_left), height + part(CHIMNEY_RISE)))
        .line(side(part(chimney_left + CHIMNEY), height + part(CHIMNEY_RISE)))
        .line(side(part(chimney_left + CHIMNEY), height))
        .line(side(part(RIDGE_HALF), height))
        .line(side(roof, eaves))
        .line(side(wall, eaves))
        .line(side(wall, 0));
    let mirrored = Outline::polygon(
        at(middle.x - roof, 0),
        [side(-part(RIDGE_HALF), height), side(part(RIDGE_HALF), height), at(middle.x + roof, 0)],
    );
    let lit = windows(dice, middle, wall, part(WINDOW), part(SILL));
    Figure { height, outlines: vec![body], cuts: Vec::new(), lit, mirrored }
}

/// Two or three, evenly along the wall.
fn windows(dice: &mut Dice, middle: Point, wall: i32, size: i32, sill: i32) -> Vec<Outline> {
    let count = dice.within(2..=3);
    let window = |index| {
        let from_middle = wall * (2 * index + 1 - count) / count;
        Outline::block(middle.x + from_middle - size / 2, middle.y + sill, size, size)
    };
    (0..count).map(window).collect()
}
