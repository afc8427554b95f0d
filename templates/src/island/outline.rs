//! Points, closed outlines and strokes, and how they become the `d` of a path.
//!
//! All numbers are whole: no rounding of floating point differs between machines, and there is no comma or
//! point to get wrong. Curves are Béziers only, so that whatever holds all points also holds all of the shape.

use std::fmt::Write;

/// Thousandths of `length`, to the nearest.
pub(super) fn permille(length: i32, thousandths: i32) -> i32 {
    let product = i64::from(length) * i64::from(thousandths);
    let rounded = (product + product.signum() * 500) / 1000;
    i32::try_from(rounded).expect("lengths and their parts are small")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) x: i32,
    pub(super) y: i32,
}

pub(super) fn at(x: i32, y: i32) -> Point {
    Point { x, y }
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Line(Point),
    /// Two handles and the end.
    Curve(Point, Point, Point),
}

/// A closed shape. All run the same way round (left, top, right), so that two in one path never cut a hole in
/// each other.
#[derive(Debug, Clone)]
pub(super) struct Outline {
    start: Point,
    steps: Vec<Step>,
}

impl Outline {
    pub(super) fn from(start: Point) -> Self {
        Self { start, steps: Vec::new() }
    }

    pub(super) fn polygon(start: Point, others: impl IntoIterator<Item = Point>) -> Self {
        Self { start, steps: others.into_iter().map(Step::Line).collect() }
    }

    pub(super) fn line(mut self, to: Point) -> Self {
        self.steps.push(Step::Line(to));
        self
    }

    pub(super) fn curve(mut self, leaving: Point, arriving: Point, to: Point) -> Self {
        self.steps.push(Step::Curve(leaving, arriving, to));
        self
    }

    /// An upright rectangle.
    pub(super) fn block(left: i32, bottom: i32, width: i32, height: i32) -> Self {
        let (right, top) = (left + width, bottom + height);
        Self::polygon(at(left, bottom), [at(left, top), at(right, top), at(right, bottom)])
    }
}

/// An open line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stroke {
    pub(super) from: Point,
    pub(super) to: Point,
}

/// Writes the `d` of a path, as short as it can: all but the first point relative, separators only where needed.
pub(super) struct Pen<F> {
    place: F,
    here: Point,
    command: char,
    d: String,
}

impl<F: Fn(Point) -> Point> Pen<F> {
    /// `place` puts each point where it belongs in the picture.
    pub(super) fn new(place: F) -> Self {
        Self { place, here: at(0, 0), command: ' ', d: String::new() }
    }

    pub(super) fn outlines<'a>(mut self, outlines: impl IntoIterator<Item = &'a Outline>) -> String {
        for outline in outlines {
            self.put_down(outline.start);
            for step in &outline.steps {
                match *step {
                    Step::Line(to) => self.relative('l', &[to]),
                    Step::Curve(leaving, arriving, to) => self.relative('c', &[leaving, arriving, to]),
                }
            }
            self.command('z');
        }
        self.d
    }

    pub(super) fn strokes<'a>(mut self, strokes: impl IntoIterator<Item = &'a Stroke>) -> String {
        for stroke in strokes {
            self.put_down(stroke.from);
            self.relative('l', &[stroke.to]);
        }
        self.d
    }

    fn put_down(&mut self, point: Point) {
        self.here = (self.place)(point);
        self.command('M');
        self.number(self.here.x);
        self.number(self.here.y);
    }

    fn relative(&mut self, command: char, points: &[Point]) {
        if self.command != command {
            self.command(command);
        }
        let from = self.here;
        for point in points {
            self.here = (self.place)(*point);
            self.number(self.here.x - from.x);
            self.number(self.here.y - from.y);
        }
    }

    fn command(&mut self, command: char) {
        self.command = command;
        self.d.push(command);
    }

    fn number(&mut self, number: i32) {
        if number >= 0 && self.d.ends_with(|last: char| last.is_ascii_digit()) {
            self.d.push(' ');
        }
        write!(self.d, "{number}").expect("writing to a string does not fail");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousandths_go_to_the_nearest_and_away_from_zero() {
        assert_eq!(
            [permille(5, 500), permille(-5, 500), permille(4, 100), permille(-400, 250)],
            [3, -3, 0, -100]
        );
    }

    #[test]
    fn a_path_is_written_short() {
        let shapes = [
            Outline::from(at(0, 0)).line(at(5, -3)).line(at(10, 0)),
            Outline::from(at(1, 1)).curve(at(1, 2), at(3, 2), at(3, 1)),
        ];
        let d = Pen::new(|point| at(point.x + 100, point.y + 100)).outlines(&shapes);
        assert_eq!(d, "M100 100l5-3 5 3zM101 101c0 1 2 1 2 0z");
        let strokes = [Stroke { from: at(0, 7), to: at(40, 7) }, Stroke { from: at(-3, 9), to: at(3, 9) }];
        assert_eq!(Pen::new(|point| point).strokes(&strokes), "M0 7l40 0M-3 9l6 0");
    }
}
