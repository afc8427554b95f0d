//! A QR code as one path, for paper: the way from a notice board to a page.

use maud::{Markup, html};
use qrcode::{Color, EcLevel, QrCode};

/// Blank modules around the code (ISO/IEC 18004 section 6.3.8).
const QUIET: usize = 4;

/// The drawing, with its quiet zone; `None` for a text that no code holds. It says nothing to those who cannot see it:
/// the same address stands beside it in letters.
pub(crate) fn qr(text: &str) -> Option<Markup> {
    // A quarter of it may be torn, wet or under a drawing pin.
    let code = QrCode::with_error_correction_level(text, EcLevel::Q).ok()?;
    let width = code.width();
    let colours = code.to_colors();
    let mut path = String::new();
    for (row, modules) in colours.chunks(width).enumerate() {
        let mut column = 0;
        while column < width {
            let run = modules[column..].iter().take_while(|module| **module == Color::Dark).count();
            if run > 0 {
                path += &format!("M{} {}h{run}v1h-{run}z", column + QUIET, row + QUIET);
            }
            column += run.max(1);
        }
    }
    let side = width + 2 * QUIET;
    Some(html! {
        svg.qr viewBox=(format!("0 0 {side} {side}")) width="160" height="160" shape-rendering="crispEdges"
            aria-hidden="true" focusable="false" { path d=(path) {} }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The dark modules that a drawing paints, row by row.
    fn painted(drawing: &str, side: usize) -> Vec<bool> {
        let mut modules = vec![false; side * side];
        let path = drawing.split(" d=\"").nth(1).unwrap().split('"').next().unwrap();
        for run in path.split('M').skip(1) {
            let numbers: Vec<usize> = run
                .split(|c: char| !c.is_ascii_digit())
                .filter(|number| !number.is_empty())
                .map(|number| number.parse().unwrap())
                .collect();
            let [x, y, length] = numbers[..3] else { panic!("{run}") };
            for column in x..x + length {
                modules[y * side + column] = true;
            }
        }
        modules
    }

    #[test]
    fn a_drawing_paints_what_the_code_says_inside_its_quiet_zone() {
        let text = "https://zinas.salas.example/2026/12";
        let code = QrCode::with_error_correction_level(text, EcLevel::Q).unwrap();
        let side = code.width() + 2 * QUIET;
        let painted = painted(&qr(text).unwrap().into_string(), side);
        for y in 0..side {
            for x in 0..side {
                let inside =
                    (QUIET..QUIET + code.width()).contains(&x) && (QUIET..QUIET + code.width()).contains(&y);
                let dark = inside && code[(x - QUIET, y - QUIET)] == Color::Dark;
                assert_eq!(painted[y * side + x], dark, "{x} {y}");
            }
        }
    }

    #[test]
    fn what_no_code_holds_is_not_drawn() {
        assert!(qr(&"x".repeat(5_000)).is_none());
    }
}
