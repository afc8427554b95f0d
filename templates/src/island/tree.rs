//! Spruces and birches, rooted at a point of an island. Lengths are thousandths of the height of an island, and
//! `y` counts upwards.

use super::dice::Dice;
use super::figure::Figure;
use super::outline::{Outline, Point, Stroke, at, permille};

/// Trees up to these heights have three, four tiers of branches; higher ones five.
const THREE_TIERS_UP_TO: i32 = 400;
const FOUR_TIERS_UP_TO: i32 = 660;
/// Half the width of the lowest tier, in thousandths of the height.
const SPRUCE_SPREAD: [i32; 2] = [185, 250];
/// How far a branch hangs below where the next tier begins, in thousandths of the height.
const DROOP: i32 = 36;
/// Where the next tier begins, in thousandths of the spread of the tier above.
const NOTCH: i32 = 470;
/// The bare trunk, in thousandths of the height; its half width in thousandths of the spread.
const SPRUCE_TRUNK: i32 = 75;
const SPRUCE_TRUNK_HALF: i32 = 120;

/// A spruce: tiers of hanging branches, no two quite alike.
pub(super) fn spruce(dice: &mut Dice, root: Point, height: i32) -> Figure {
    let spread = permille(height, dice.within(SPRUCE_SPREAD[0]..=SPRUCE_SPREAD[1]));
    let tiers = 3 + i32::from(height > THREE_TIERS_UP_TO) + i32::from(height > FOUR_TIERS_UP_TO);
    let top = root.y + height;
    let mut right = Vec::new();
    let mut left = Vec::new();
    for tier in 1..=tiers {
        // Slightly wider above than a cone, so that the tip does not look starved.
        let reach = spread * (3 * tier + 1) / (3 * tiers + 1);
        let low = top - (height - permille(height, SPRUCE_TRUNK)) * tier / tiers;
        let high = low + permille(height, DROOP);
        let inner = if tier == tiers { permille(spread, SPRUCE_TRUNK_HALF) } else { permille(reach, NOTCH) };
        let mut ragged = || permille(reach, dice.within(920..=1060));
        right.extend([at(root.x + ragged(), low), at(root.x + inner, high)]);
        left.extend([at(root.x - ragged(), low), at(root.x - inner, high)]);
    }
    let trunk = permille(spread, SPRUCE_TRUNK_HALF);
    let round =
        left.into_iter().rev().chain([at(root.x, top)]).chain(right).chain([at(root.x + trunk, root.y)]);
    let mirrored = Outline::polygon(at(root.x - spread, 0), [at(root.x, top), at(root.x + spread, 0)]);
    let outlines = vec![Outline::polygon(at(root.x - trunk, root.y), round)];
    Figure { height, outlines, cuts: Vec::new(), lit: Vec::new(), mirrored }
}

/// Half the width of the crown, in thousandths of the height.
const CROWN_SPREAD: [i32; 2] = [190, 250];
/// Where the crown begins, in thousandths of the height.
const CROWN_FROM: i32 = 200;
/// Where the branches part, and how far up they and the trunk are cut into the crown.
const FORKS: [i32; 2] = [380, 530];
const FORK_RISE: i32 = 130;
const TRUNK_CUT_TO: i32 = 700;
/// Half the width of the trunk, and no less than this.
const BIRCH_TRUNK_HALF: i32 = 34;
const BIRCH_TRUNK_HALF_MIN: i32 = 18;

/// A birch: an egg of leaves, the light trunk and its branches cut into it.
pub(super) fn birch(dice: &mut Dice, root: Point, height: i32) -> Figure {
    let part = |thousandths| permille(height, thousandths);
    let spread = part(dice.within(CROWN_SPREAD[0]..=CROWN_SPREAD[1]));
    // The top leans a little.
    let top = at(root.x + permille(spread, dice.within(-160..=160)), root.y + height);
    let crown = egg(at(root.x, root.y + part(CROWN_FROM)), top, spread);
    let half = part(BIRCH_TRUNK_HALF).max(BIRCH_TRUNK_HALF_MIN);
    let trunk = Outline::block(root.x - half, root.y, 2 * half, part(CROWN_FROM) + 2 * half);
    let mut cuts = vec![Stroke {
        from: at(root.x, root.y + part(CROWN_FROM)),
        to: at(root.x, root.y + part(TRUNK_CUT_TO)),
    }];
    let mut side = if dice.percent(50) { 1 } else { -1 };
    for fork in FORKS {
        let from = at(root.x, root.y + part(fork));
        cuts.push(Stroke { from, to: at(from.x + side * permille(spread, 520), from.y + part(FORK_RISE)) });
        side = -side;
    }
    let mirrored = egg(at(root.x, 0), top, spread);
    Figure { height, outlines: vec![trunk, crown], cuts, lit: Vec::new(), mirrored }
}

/// An egg that stands on its blunt end and is twice `spread` wide.
fn egg(bottom: Point, top: Point, spread: i32) -> Outline {
    let height = top.y - bottom.y;
    // A Bézier reaches three quarters of the way to its handles.
    let (wide, narrow) = (permille(spread, 1480), permille(spread, 980));
    let (low, high) = (bottom.y + permille(height, 40), top.y - permille(height, 180));
    Outline::from(bottom).curve(at(bottom.x - wide, low), at(top.x - narrow, high), top).curve(
        at(top.x + narrow, high),
        at(bottom.x + wide, low),
        bottom,
    )
}
