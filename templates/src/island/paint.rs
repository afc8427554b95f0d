//! What each part is drawn with: classes of the stylesheet, or colours where no stylesheet reaches.

use maud::{Markup, html};

/// A part of the picture, painted in one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Sun,
    /// The strokes of sunlight on the water.
    Glint,
    FarShore,
    Ripples,
    /// Trees, houses and the ground, lined with the colour of the water so that each stands apart.
    Island,
    Windows,
    /// What the water mirrors of an island.
    Mirrored,
    /// Lines in the colour of the water.
    Cuts,
}

/// Colours of the picture in mails.
pub(super) struct Palette {
    pub(super) water: &'static str,
    sun: &'static str,
    glint: &'static str,
    far_shore: &'static str,
    ripples: &'static str,
    island: &'static str,
    mirrored: &'static str,
    windows: &'static str,
}

/// Those of the band at the head of a mail, which is `water` itself.
pub(super) const BAND: Palette = Palette {
    water: "#0e3529",
    sun: "#f2c45a",
    glint: "#c79d47",
    far_shore: "#1d5140",
    ripples: "#3d7460",
    island: "#d3e6db",
    // The island at 40 % on the water, as the stylesheet has it.
    mirrored: "#5d7c70",
    windows: "#0e3529",
};

#[derive(Clone, Copy)]
pub(super) enum Paint {
    Stylesheet,
    Colours(&'static Palette),
}

/// Where neither is set, what surrounds the part decides.
#[derive(Default)]
pub(super) struct Look {
    pub(super) class: Option<&'static str>,
    pub(super) fill: Option<&'static str>,
    pub(super) stroke: Option<&'static str>,
}

const NONE: &str = "none";

impl Paint {
    pub(super) fn look(self, part: Part) -> Look {
        match self {
            Paint::Stylesheet => Look { class: Some(class(part)), ..Look::default() },
            Paint::Colours(palette) => {
                let (fill, stroke) = palette.fill_and_stroke(part);
                Look { class: None, fill: Some(fill), stroke: Some(stroke) }
            }
        }
    }

    /// A path of one part. Lines are `width` wide, or as wide as around it.
    pub(super) fn path(self, part: Part, width: Option<i32>, d: &str) -> Markup {
        if d.is_empty() {
            return html! {};
        }
        let Look { class, fill, stroke } = self.look(part);
        html! { path class=[class] fill=[fill] stroke=[stroke] stroke-width=[width] d=(d) {} }
    }
}

/// Classes in `style.css`.
fn class(part: Part) -> &'static str {
    match part {
        Part::Sun => "sun",
        Part::Glint => "glint",
        Part::FarShore => "far",
        Part::Ripples => "rip",
        Part::Island => "isl",
        Part::Windows => "lit",
        Part::Mirrored => "refl",
        Part::Cuts => "cut",
    }
}

impl Palette {
    fn fill_and_stroke(&self, part: Part) -> (&'static str, &'static str) {
        match part {
            Part::Sun => (self.sun, NONE),
            Part::Glint => (NONE, self.glint),
            Part::FarShore => (self.far_shore, NONE),
            Part::Ripples => (NONE, self.ripples),
            Part::Island => (self.island, self.water),
            Part::Windows => (self.windows, NONE),
            Part::Mirrored => (self.mirrored, NONE),
            Part::Cuts => (NONE, self.water),
        }
    }
}
