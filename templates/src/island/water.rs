//! The quiet water and the far shore of a horizon. Lengths are units of the picture, whose `y` counts downwards.

use super::dice::Dice;
use super::outline::{Outline, Pen, Point, Stroke, at, permille};

/// Lengths of ripples, in thousandths of the height of the picture.
const RIPPLE: [i32; 2] = [120, 560];
/// Beside the few that there always are, one for so much of the width, in thousandths of the height of the picture.
const RIPPLE_EVERY: i32 = 720;
const RIPPLES_MIN: i32 = 3;

/// A handful of lines on the water, one below the other between `top` and `bottom`, anywhere from side to side.
pub(super) fn ripples(dice: &mut Dice, width: i32, height: i32, top: i32, bottom: i32) -> String {
    let count = RIPPLES_MIN + width / permille(height, RIPPLE_EVERY).max(1);
    let ripple = |index| {
        let y = top + (bottom - top) * index / count + dice.within(0..=(bottom - top) / count);
        let length = permille(height, dice.within(RIPPLE[0]..=RIPPLE[1])).min(width);
        let x = dice.within(0..=width - length);
        Stroke { from: at(x, y), to: at(x + length, y) }
    };
    let ripples: Vec<_> = (0..count).map(ripple).collect();
    Pen::new(|point| point).strokes(&ripples)
}

/// The far wood at its highest, in thousandths of the height of the picture.
const FAR_HEIGHT: i32 = 150;
/// A far tree is so wide, likewise, and so high, in thousandths of the wood where it stands.
const FAR_TREE: [i32; 2] = [22, 48];
const FAR_TREE_HEIGHT: [i32; 2] = [520, 1000];
/// Between two trees one sees down to so many thousandths of the lower one.
const FAR_GAP: i32 = 560;
/// How far it is from one hill of the far wood to the next, in thousandths of the height of the picture.
const FAR_HILL: [i32; 2] = [1500, 2600];
/// Between hills the wood is so high, in thousandths of the hills.
const FAR_VALLEY: i32 = 520;
/// At both ends of the picture the wood runs out on such a length, in thousandths of the height of the picture.
const FAR_END: i32 = 760;

/// The ragged line of a wood across the lake.
pub(super) fn far_shore(dice: &mut Dice, width: i32, height: i32, waterline: i32) -> String {
    let hill = permille(height, dice.within(FAR_HILL[0]..=FAR_HILL[1])).max(2);
    let shift = dice.within(0..=hill);
    let mut line: Vec<Point> = Vec::new();
    let mut x = 0;
    while x < width {
        let tree = permille(height, dice.within(FAR_TREE[0]..=FAR_TREE[1])).max(2);
        let here = permille(
            wood(x, width, height, hill, shift),
            dice.within(FAR_TREE_HEIGHT[0]..=FAR_TREE_HEIGHT[1]),
        );
        line.push(at(x, waterline - permille(here, FAR_GAP)));
        line.push(at((x + tree / 2).min(width), waterline - here));
        x += tree;
    }
    let outline = Outline::polygon(at(0, waterline), line.into_iter().chain([at(width, waterline)]));
    Pen::new(|point| point).outlines([&outline])
}

/// How high the far wood is at `x`: hills and valleys, nothing at the ends.
fn wood(x: i32, width: i32, height: i32, hill: i32, shift: i32) -> i32 {
    let from_valley = ((x + shift) % hill * 2 - hill).abs();
    let swell = FAR_VALLEY + (1000 - FAR_VALLEY) * from_valley / hill;
    let to_end = x.min(width - x);
    let end = (to_end * 1000 / permille(height, FAR_END).max(1)).min(1000);
    permille(permille(permille(height, FAR_HEIGHT), swell), end)
}
