//! What stands on an island.

use super::outline::{Outline, Stroke};

/// A tree or a house: its shape, what is cut out of it, and what the water shows of it.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    pub(super) height: i32,
    pub(super) outlines: Vec<Outline>,
    /// Light lines in the shape.
    pub(super) cuts: Vec<Stroke>,
    /// Windows.
    pub(super) lit: Vec<Outline>,
    /// The shape that the water mirrors: simpler, for water keeps no twigs.
    pub(super) mirrored: Outline,
}
