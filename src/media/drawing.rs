//! A drawing of ours as a picture for mails, where no SVG is shown. The only user of the rasteriser.
//!
//! It leaves out text, fonts and pictures within pictures: our drawings have none, and nothing that anybody sent comes
//! here.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context as _, ensure};
use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// Longest side of a drawing that is drawn at all.
const SIDE_PIXELS_MAX: u32 = 2400;
/// Entries of a palette with one octet for each pixel.
const COLOURS_MAX: usize = 256;

type Colour = [u8; 3];

/// The drawing in its own size, opaque: a PNG with a palette (W3C PNG, section 11.2.2). Flat colours and their blends
/// at the edges need no more colours than that, and take a third less bytes. The same drawing always gives the same pixels.
///
/// # Errors
/// It is no SVG, too large, or something shines through.
pub fn png_of_drawing(svg: &str) -> anyhow::Result<Vec<u8>> {
    let tree = Tree::from_str(svg, &Options::default()).context("read a drawing")?;
    let size = tree.size().to_int_size();
    let (width, height) = (size.width(), size.height());
    ensure!(width.max(height) <= SIDE_PIXELS_MAX, "a drawing of {width} × {height} pixels");
    let mut canvas = Pixmap::new(width, height).context("make room for a drawing")?;
    resvg::render(&tree, Transform::identity(), &mut canvas.as_mut());
    let mut pixels: Vec<Colour> = Vec::with_capacity(canvas.pixels().len());
    for pixel in canvas.pixels() {
        ensure!(pixel.is_opaque(), "a drawing that is not opaque");
        pixels.push([pixel.red(), pixel.green(), pixel.blue()]);
    }
    let palette = palette(&pixels);
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, width, height);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(Compression::High);
    // Numbers of a palette have no slopes to predict.
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header().context("begin a PNG")?;
    writer.write_image_data(&indices(&pixels, &palette)).context("write a PNG")?;
    writer.finish().context("end a PNG")?;
    Ok(out)
}

/// The colours that most pixels have, the commonest first.
fn palette(pixels: &[Colour]) -> Vec<Colour> {
    let mut counts: BTreeMap<Colour, usize> = BTreeMap::new();
    for pixel in pixels {
        *counts.entry(*pixel).or_default() += 1;
    }
    let mut colours: Vec<(Colour, usize)> = counts.into_iter().collect();
    // Stable: of colours that are as common, the darker ones.
    colours.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    colours.into_iter().take(COLOURS_MAX).map(|(colour, _)| colour).collect()
}

/// For each pixel the place of the nearest colour.
fn indices(pixels: &[Colour], palette: &[Colour]) -> Vec<u8> {
    let mut known: HashMap<Colour, u8> = HashMap::new();
    let nearest = |colour: Colour| {
        let places = (0..=u8::MAX).zip(palette);
        places.min_by_key(|(_, entry)| distance(colour, **entry)).map_or(0, |(place, _)| place)
    };
    pixels.iter().map(|pixel| *known.entry(*pixel).or_insert_with(|| nearest(*pixel))).collect()
}

fn distance(one: Colour, other: Colour) -> u32 {
    one.iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use image::RgbImage;
    use templates::island::{ISLANDS_MAX, horizon_picture};

    use super::*;

    const PLACES: [&str; 12] = [
        "sunakste", "rite", "kaplava", "dviete", "ilgas", "viesite", "nereta", "akniste", "zasa", "sauka",
        "subate", "garsene",
    ];
    /// What a horizon may weigh in a mail.
    const OCTETS_MAX: usize = 25_000;
    /// Processors round blends differently.
    const ROUNDING: u8 = 4;

    fn horizon(places: usize, month: u32) -> Vec<u8> {
        png_of_drawing(&horizon_picture(&PLACES[..places], month)).unwrap()
    }

    fn shown(png: &[u8]) -> RgbImage {
        let picture = image::load_from_memory(png).unwrap();
        assert!(!picture.color().has_alpha(), "opaque");
        picture.into_rgb8()
    }

    fn furthest(one: &RgbImage, other: &RgbImage) -> u8 {
        one.as_raw().iter().zip(other.as_raw()).map(|(a, b)| a.abs_diff(*b)).max().unwrap()
    }

    #[test]
    fn a_horizon_is_opaque_of_its_size_and_light_whoever_has_news() {
        for (places, month) in [(0, 12), (1, 1), (4, 6), (9, 6), (12, 12)] {
            let png = horizon(places, month);
            let picture = shown(&png);
            assert_eq!(picture.dimensions(), (1200, 240));
            assert!(png.len() <= OCTETS_MAX, "{places} places: {} octets", png.len());
            // The band around it has the same colour.
            for (x, y) in [(0, 0), (1199, 0), (0, 239), (1199, 239)] {
                assert_eq!(picture.get_pixel(x, y).0, [0x0e, 0x35, 0x29], "{places} places");
            }
        }
    }

    #[test]
    fn the_same_drawing_is_the_same_picture() {
        assert_eq!(horizon(5, 12), horizon(5, 12));
        assert_ne!(horizon(5, 12), horizon(5, 6));
        assert_eq!(horizon(12, 12), horizon(ISLANDS_MAX, 12), "more islands than these are not drawn");
    }

    #[test]
    fn the_palette_changes_no_colour_that_anyone_could_see() {
        let svg = horizon_picture(&PLACES, 12);
        let tree = Tree::from_str(&svg, &Options::default()).unwrap();
        let mut canvas = Pixmap::new(1200, 240).unwrap();
        resvg::render(&tree, Transform::identity(), &mut canvas.as_mut());
        let wanted = canvas.pixels().iter().flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]);
        let wanted = RgbImage::from_raw(1200, 240, wanted.collect()).unwrap();
        let picture = shown(&png_of_drawing(&svg).unwrap());
        let (pairs, far) = (wanted.as_raw().iter().zip(picture.as_raw()), furthest(&wanted, &picture));
        let off = pairs.filter(|(a, b)| a.abs_diff(**b) > 8).count();
        assert!(
            far <= 40 && off < wanted.as_raw().len() / 1000,
            "at most {far} of 255 away; {off} by more than 8"
        );
    }

    #[test]
    fn a_horizon_looks_as_it_did() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden/horizon.png");
        let png = horizon(5, 12);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&file, &png).unwrap();
        }
        let golden = shown(&fs::read(&file).unwrap());
        let far = furthest(&golden, &shown(&png));
        assert!(far <= ROUNDING, "a colour is {far} of 255 away; look at it, then UPDATE_EXPECT=1");
    }

    #[test]
    fn what_is_no_drawing_of_ours_is_refused() {
        let svg = |width: u32, inside: &str| {
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"9\">{inside}</svg>")
        };
        for bad in ["", "<svg", &svg(9, ""), &svg(99_999, "<rect width=\"100%\" height=\"100%\"/>")] {
            assert!(png_of_drawing(bad).is_err(), "{bad}");
        }
        assert!(png_of_drawing(&svg(9, "<rect width=\"9\" height=\"9\"/>")).is_ok());
    }
}
