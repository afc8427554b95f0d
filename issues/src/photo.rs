//! How an editor shows a photo: turned, and which part of it. Only numbers; the pixels are `media`'s.

use serde::{Deserialize, Serialize};

/// A photo that is not shown as it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Framed {
    /// The SHA-256 of the photo as it came, so that every framing starts from it and none from the last.
    pub from: String,
    #[serde(flatten)]
    pub framing: Framing,
}

/// What is done to a photo that stands upright: turned first, cut then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Framing {
    /// Quarter turns clockwise, 0 to 3.
    pub turn: u8,
    pub shape: Shape,
    pub focus: Focus,
    pub closeness: Closeness,
}

/// The shape of what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// As the photo is.
    #[default]
    Whole,
    /// 16 to 9.
    Wide,
    /// 3 to 2.
    Landscape,
    Square,
    /// 4 to 5.
    Upright,
}

/// What must stay in the picture: one of nine fields, by rows from the top left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Focus(u8);

/// How much of what the shape allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closeness {
    #[default]
    All,
    /// Three quarters of each side.
    Closer,
    /// Half of each side.
    Closest,
}

/// A part of a picture in its pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
}

impl Shape {
    pub const ALL: [Shape; 5] = [Shape::Whole, Shape::Wide, Shape::Landscape, Shape::Square, Shape::Upright];

    pub fn name(self) -> &'static str {
        match self {
            Shape::Whole => "whole",
            Shape::Wide => "wide",
            Shape::Landscape => "landscape",
            Shape::Square => "square",
            Shape::Upright => "upright",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.name() == name)
    }

    fn ratio(self, width: u32, height: u32) -> (u64, u64) {
        match self {
            Shape::Whole => (u64::from(width), u64::from(height)),
            Shape::Wide => (16, 9),
            Shape::Landscape => (3, 2),
            Shape::Square => (1, 1),
            Shape::Upright => (4, 5),
        }
    }
}

impl Focus {
    pub const ALL: [Focus; 9] =
        [Focus(0), Focus(1), Focus(2), Focus(3), Focus(4), Focus(5), Focus(6), Focus(7), Focus(8)];

    /// 0 to 8.
    pub fn number(self) -> u8 {
        self.0.min(8)
    }

    pub fn parse(number: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|focus| focus.0.to_string() == number)
    }

    /// In thirds: across and down.
    fn place(self) -> (u32, u32) {
        let number = u32::from(self.number());
        (number % 3, number / 3)
    }
}

impl Default for Focus {
    fn default() -> Self {
        Focus(4)
    }
}

impl Closeness {
    pub const ALL: [Closeness; 3] = [Closeness::All, Closeness::Closer, Closeness::Closest];

    pub fn name(self) -> &'static str {
        match self {
            Closeness::All => "all",
            Closeness::Closer => "closer",
            Closeness::Closest => "closest",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|closeness| closeness.name() == name)
    }

    fn percent(self) -> u64 {
        match self {
            Closeness::All => 100,
            Closeness::Closer => 75,
            Closeness::Closest => 50,
        }
    }
}

impl Framing {
    /// A quarter turn more, clockwise.
    pub fn turned(self) -> Self {
        Self { turn: (self.turn + 1) % 4, ..self }
    }

    /// The part that is shown of a picture that has been turned already. Never empty, never outside.
    pub fn window(self, width: u32, height: u32) -> Window {
        let (across, down) = self.shape.ratio(width, height);
        let (full_width, full_height) = (u64::from(width), u64::from(height));
        // The largest of that shape: as wide as the picture, or as high.
        let by_width = full_width * down / across.max(1);
        let (shown_width, shown_height) = if by_width <= full_height {
            (full_width, by_width)
        } else {
            (full_height * across / down.max(1), full_height)
        };
        let part = |side: u64, of: u32| {
            u32::try_from(side * self.closeness.percent() / 100).unwrap_or(of).clamp(1, of.max(1))
        };
        let (shown_width, shown_height) = (part(shown_width, width), part(shown_height, height));
        let (column, row) = self.focus.place();
        Window {
            x: (width.max(shown_width) - shown_width) / 2 * column,
            y: (height.max(shown_height) - shown_height) / 2 * row,
            width: shown_width,
            height: shown_height,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(shape: Shape, focus: u8, closeness: Closeness) -> [u32; 4] {
        let framing = Framing { turn: 0, shape, focus: Focus(focus), closeness };
        let window = framing.window(1200, 800);
        [window.x, window.y, window.width, window.height]
    }

    #[test]
    fn the_window_is_the_largest_of_its_shape_around_its_focus() {
        assert_eq!(window(Shape::Whole, 4, Closeness::All), [0, 0, 1200, 800]);
        assert_eq!(window(Shape::Square, 4, Closeness::All), [200, 0, 800, 800]);
        assert_eq!(window(Shape::Square, 0, Closeness::All), [0, 0, 800, 800]);
        assert_eq!(window(Shape::Wide, 8, Closeness::All), [0, 124, 1200, 675]);
        assert_eq!(window(Shape::Whole, 8, Closeness::Closest), [600, 400, 600, 400]);
    }

    #[test]
    fn four_turns_are_none_and_names_come_back() {
        let framing = Framing::default();
        assert_eq!(framing.turned().turned().turned().turned(), framing);
        for shape in Shape::ALL {
            assert_eq!(Shape::parse(shape.name()), Some(shape));
        }
        for closeness in Closeness::ALL {
            assert_eq!(Closeness::parse(closeness.name()), Some(closeness));
        }
        assert_eq!((Focus::parse("9"), Focus::parse("-1")), (None, None));
    }

    proptest::proptest! {
        #[test]
        fn no_window_is_empty_or_outside(
            width in 1_u32..20_000, height in 1_u32..20_000, shape in 0_usize..5, focus in 0_usize..9,
            closeness in 0_usize..3,
        ) {
            let framing = Framing {
                turn: 0, shape: Shape::ALL[shape], focus: Focus::ALL[focus], closeness: Closeness::ALL[closeness],
            };
            let window = framing.window(width, height);
            proptest::prop_assert!(window.width > 0 && window.height > 0);
            proptest::prop_assert!(window.x + window.width <= width && window.y + window.height <= height);
        }
    }
}
