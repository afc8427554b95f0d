//! Small signs beside words, never instead of them: drawn in the colour of the text, unheard by screen readers.

use maud::{Markup, html};

/// A sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Icon {
    Check,
    Undo,
    Edit,
    Mail,
    Calendar,
    Place,
    Person,
    /// A first letter.
    Sprout,
    Warning,
    Flag,
    Eye,
    Clip,
    Lock,
    Clock,
    Up,
    Down,
    Stop,
    Question,
    Cross,
    Pause,
    Play,
}

impl Icon {
    /// On a field of 20 by 20.
    fn path(self) -> &'static str {
        match self {
            Icon::Check => "M4 10.5l4 4 8-9",
            Icon::Undo => "M7 4L3 8l4 4M3 8h8.5a4.5 4.5 0 0 1 0 9H8",
            Icon::Edit => "M4 16l1-4 8.5-8.5 3 3L8 15z",
            Icon::Mail => "M2.5 5h15v10.5h-15zM3 5.5l7 5.5 7-5.5",
            Icon::Calendar => "M3 5h14v12H3zM3 9h14M7 3v4M13 3v4",
            Icon::Place => {
                "M10 18s-6-5-6-9.5a6 6 0 0 1 12 0C16 13 10 18 10 18zM10 6.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4z"
            }
            Icon::Person => "M10 10a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zM4 17c.6-3.4 3-5 6-5s5.4 1.6 6 5",
            Icon::Sprout => "M10 17V9M10 11C6 11 4 8.5 4 5c4 0 6 2 6 6zM10 9c0-3 2-5 6-5 0 3.5-2 5-6 5",
            Icon::Warning => "M10 3l8 14H2zM10 8v4M10 14.6v.1",
            Icon::Flag => "M5 18V3h10l-2.5 3.5L15 10H5",
            Icon::Eye => "M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zM10 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
            Icon::Clip => "M13 6l-6 6a2 2 0 0 0 3 3l6.5-6.5a3.5 3.5 0 0 0-5-5L5 10",
            Icon::Lock => "M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9",
            Icon::Clock => "M10 5.5V10l3 2M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0z",
            Icon::Up => "M10 16V5M5 10l5-5 5 5",
            Icon::Down => "M10 4v11M5 10l5 5 5-5",
            Icon::Stop => "M5 5h10v10H5z",
            Icon::Question => "M7 7.5a3 3 0 1 1 4.2 2.7c-.8.4-1.2 1-1.2 1.8M10 15v.1",
            Icon::Cross => "M5 5l10 10M15 5L5 15",
            Icon::Pause => "M7 4v12M13 4v12",
            Icon::Play => "M6 4l10 6-10 6z",
        }
    }
}

pub(crate) fn icon(icon: Icon) -> Markup {
    html! { svg.ic viewBox="0 0 20 20" aria-hidden="true" { path d=(icon.path()); } }
}
