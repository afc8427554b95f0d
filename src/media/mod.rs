//! Pictures as they may leave the house: photos upright, of the bulletin's width, without any metadata; our own drawings
//! as PNG for mails. The only user of the picture codecs.
//!
//! It leaves out HEIC, which no codec here reads: it is refused with a reason that a person can act on.

mod drawing;
mod exif;

use std::io::Cursor;

use fast_image_resize::Resizer;
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage};
use issues::Framing;

pub use self::drawing::png_of_drawing;

/// Longest side of a photo in the bulletin: twice the column, for dense screens.
const SIDE_PIXELS_MAX: u32 = 1200;
/// Pixels of a picture that is decoded at all: 100 megapixels are 300 MB of memory for a moment.
const PIXELS_MAX: u64 = 100_000_000;
/// What one photo may weigh in a mail.
const PHOTO_OCTETS_MAX: usize = 200_000;
/// Tried in turn until the photo is light enough.
const QUALITIES: [u8; 4] = [82, 74, 64, 52];
/// Memory a decoder may take.
const DECODER_OCTETS_MAX: u64 = 600 << 20;

/// A photo ready to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// A JPEG without metadata.
    pub bytes: Vec<u8>,
    pub width: u32,
    pub height: u32,
    /// The original said where it was taken, and this one does not.
    pub gps_removed: bool,
    /// Pixels of the original, upright.
    pub original: (u32, u32),
}

/// Why a file is no photo for us. The text is for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("not a picture that can be read")]
    NotAPicture,
    #[error("a HEIC picture, which cannot be read yet; ask for a JPEG")]
    Heic,
    #[error("a picture of more than 100 megapixels")]
    TooLarge,
    #[error("a damaged picture")]
    Damaged,
}

/// Makes a photo of a file, whatever its name says it is.
///
/// # Errors
/// See [`Refused`].
pub fn photo(bytes: &[u8]) -> Result<Photo, Refused> {
    framed(bytes, Framing::default())
}

/// [`photo`] turned and cut by an editor: from all pixels of the file, so that a part is as sharp as it can be.
///
/// # Errors
/// See [`Refused`].
pub fn framed(bytes: &[u8], framing: Framing) -> Result<Photo, Refused> {
    if is_heic(bytes) {
        return Err(Refused::Heic);
    }
    let format = format_of(bytes).ok_or(Refused::NotAPicture)?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODER_OCTETS_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Refused::Damaged)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX || width == 0 || height == 0 {
        return Err(Refused::TooLarge);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let metadata = decoder.exif_metadata().ok().flatten().unwrap_or_default();
    let gps_removed = exif::tells_position(&metadata);
    let picture = DynamicImage::from_decoder(decoder).map_err(|_| Refused::Damaged)?;
    let picture = on_white(picture);
    let picture = if framing == Framing::default() {
        // Shrunk first: turning twelve megapixels costs more than all the rest.
        let mut picture = DynamicImage::ImageRgb8(shrink(picture)?);
        picture.apply_orientation(orientation);
        picture
    } else {
        let mut picture = DynamicImage::ImageRgb8(picture);
        picture.apply_orientation(orientation);
        let turned = match framing.turn % 4 {
            0 => picture,
            1 => picture.rotate90(),
            2 => picture.rotate180(),
            _ => picture.rotate270(),
        };
        let window = framing.window(turned.width(), turned.height());
        let part = turned.crop_imm(window.x, window.y, window.width, window.height);
        DynamicImage::ImageRgb8(shrink(part.into_rgb8())?)
    };
    let turned = matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    Ok(Photo {
        bytes: encode(&picture)?,
        width: picture.width(),
        height: picture.height(),
        gps_removed,
        original: if turned { (height, width) } else { (width, height) },
    })
}

/// Width and height by the file's own head, without decoding; `None` where it is no picture we read.
pub fn dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    ImageReader::with_format(Cursor::new(bytes), format_of(bytes)?).into_dimensions().ok()
}

/// The media type of a picture by its content.
pub fn picture_type(bytes: &[u8]) -> Option<&'static str> {
    if is_heic(bytes) {
        return Some("image/heic");
    }
    Some(match format_of(bytes)? {
        ImageFormat::Jpeg => "image/jpeg",
        ImageFormat::Png => "image/png",
        ImageFormat::WebP => "image/webp",
        _ => "image/gif",
    })
}

fn format_of(bytes: &[u8]) -> Option<ImageFormat> {
    image::guess_format(bytes).ok().filter(|format| {
        matches!(format, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP | ImageFormat::Gif)
    })
}

/// ISO base media with a HEIF brand.
fn is_heic(bytes: &[u8]) -> bool {
    bytes.get(4..8) == Some(b"ftyp")
        && bytes.get(8..12).is_some_and(|brand| {
            [b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis"].iter().any(|b| brand == *b)
        })
}

/// JPEG has no transparency: what shows through is white, as on the page.
fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    let mut out = RgbImage::new(picture.width(), picture.height());
    for (from, to) in picture.pixels().zip(out.pixels_mut()) {
        let [r, g, b, a] = from.0;
        let mix = |c: u8| ((u32::from(c) * u32::from(a) + 255 * (255 - u32::from(a))) / 255) as u8;
        *to = Rgb([mix(r), mix(g), mix(b)]);
    }
    out
}

fn shrink(picture: RgbImage) -> Result<RgbImage, Refused> {
    let (width, height) = picture.dimensions();
    let side = width.max(height);
    if side <= SIDE_PIXELS_MAX {
        return Ok(picture);
    }
    let scaled = |pixels: u32| {
        let scaled = u64::from(pixels) * u64::from(SIDE_PIXELS_MAX) / u64::from(side);
        (scaled as u32).max(1)
    };
    let mut target = DynamicImage::new_rgb8(scaled(width), scaled(height));
    Resizer::new()
        .resize(&DynamicImage::ImageRgb8(picture), &mut target, None)
        .map_err(|_| Refused::Damaged)?;
    Ok(target.into_rgb8())
}

fn encode(picture: &DynamicImage) -> Result<Vec<u8>, Refused> {
    let mut out = Vec::new();
    for quality in QUALITIES {
        out.clear();
        JpegEncoder::new_with_quality(&mut out, quality)
            .encode_image(picture)
            .map_err(|_| Refused::Damaged)?;
        if out.len() <= PHOTO_OCTETS_MAX {
            break;
        }
    }
    Ok(out)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A JPEG whose left half is dark, with the EXIF of a phone: an orientation, and a position if asked for.
    pub(crate) fn phone_jpeg(width: u32, height: u32, orientation: u8, position: bool) -> Vec<u8> {
        let picture = RgbImage::from_fn(width, height, |x, y| {
            let noise = (x * 7 + y * 13) as u8 % 32;
            if x < width / 2 { Rgb([noise, noise, noise]) } else { Rgb([223 + noise, 223, 223]) }
        });
        let mut plain = Vec::new();
        JpegEncoder::new_with_quality(&mut plain, 90)
            .encode_image(&DynamicImage::ImageRgb8(picture))
            .unwrap();
        let mut tiff: Vec<u8> = b"MM\0\x2a\0\0\0\x08".to_vec();
        tiff.extend([0, 1 + u8::from(position)]);
        tiff.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
        if position {
            tiff.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38]);
        }
        tiff.extend([0; 4]);
        if position {
            // GPSLatitudeRef "N"
            tiff.extend([0, 1, 0, 1, 0, 2, 0, 0, 0, 2, b'N', 0, 0, 0, 0, 0, 0, 0]);
        }
        let mut out = plain[..2].to_vec();
        let length = (tiff.len() + 8) as u16;
        out.extend([0xff, 0xe1]);
        out.extend(length.to_be_bytes());
        out.extend(b"Exif\0\0");
        out.extend(tiff);
        out.extend(&plain[2..]);
        out
    }

    #[test]
    fn a_photo_stands_upright_is_small_and_tells_no_position() {
        let original = phone_jpeg(3000, 2000, 6, true);
        let photo = photo(&original).unwrap();
        assert_eq!((photo.width, photo.height), (800, 1200));
        assert_eq!(photo.original, (2000, 3000));
        assert!(photo.gps_removed && photo.bytes.len() <= PHOTO_OCTETS_MAX);
        let has = |word: &[u8]| photo.bytes.windows(word.len()).any(|window| window == word);
        assert!(!has(b"Exif") && !has(b"http://ns.adobe.com"));
        // Turned clockwise, what was dark on the left is dark on top.
        let shown = image::load_from_memory(&photo.bytes).unwrap().into_rgb8();
        assert!(shown.get_pixel(400, 100).0[0] < 100 && shown.get_pixel(400, 1100).0[0] > 150);
    }

    #[test]
    fn an_editor_turns_a_photo_and_keeps_a_part_of_it() {
        let original = phone_jpeg(3000, 2000, 1, true);
        let turned = framed(&original, Framing::default().turned()).unwrap();
        assert_eq!((turned.width, turned.height, turned.gps_removed), (800, 1200, true));
        let shown = image::load_from_memory(&turned.bytes).unwrap().into_rgb8();
        assert!(shown.get_pixel(400, 100).0[0] < 100, "what was left is on top");
        let right = issues::Focus::parse("5").unwrap();
        let framing = Framing { shape: issues::Shape::Square, focus: right, ..Framing::default() };
        let square = framed(&original, framing).unwrap();
        assert_eq!((square.width, square.height), (1200, 1200));
        let shown = image::load_from_memory(&square.bytes).unwrap().into_rgb8();
        assert!(shown.get_pixel(20, 600).0[0] < 100 && shown.get_pixel(1180, 600).0[0] > 150);
    }

    #[test]
    fn without_a_position_none_was_removed() {
        assert!(!photo(&phone_jpeg(60, 40, 1, false)).unwrap().gps_removed);
    }

    #[test]
    fn every_picture_becomes_a_jpeg_and_small_ones_keep_their_size() {
        let mut png = Vec::new();
        DynamicImage::new_rgba8(50, 30).write_to(&mut Cursor::new(&mut png), ImageFormat::Png).unwrap();
        let made = photo(&png).unwrap();
        assert_eq!((made.width, made.height), (50, 30));
        assert_eq!(picture_type(&made.bytes), Some("image/jpeg"));
        let shown = image::load_from_memory(&made.bytes).unwrap().into_rgb8();
        assert!(shown.get_pixel(10, 10).0[0] > 250, "what is transparent is white");
    }

    #[test]
    fn what_is_no_picture_is_refused_with_its_reason() {
        let mut huge = Vec::new();
        DynamicImage::new_luma8(1, 1).write_to(&mut Cursor::new(&mut huge), ImageFormat::Png).unwrap();
        huge[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
        for (bytes, want) in [
            (b"%PDF-1.4".to_vec(), Refused::NotAPicture),
            (Vec::new(), Refused::NotAPicture),
            (b"\0\0\0\x18ftypheic\0\0\0\0".to_vec(), Refused::Heic),
            (b"\xff\xd8\xff\xe0garbage".to_vec(), Refused::Damaged),
            (b"GIF89a\xff\xff\xff\xff".to_vec(), Refused::Damaged),
        ] {
            assert_eq!(photo(&bytes), Err(want));
        }
        assert!(matches!(photo(&huge), Err(Refused::TooLarge | Refused::Damaged)));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_after_a_picture_head_do_harm(
            head in proptest::sample::select(vec![&b"\xff\xd8\xff\xe1"[..], b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\0\0\0\0WEBP"]),
            rest in proptest::collection::vec(proptest::num::u8::ANY, 0..300),
        ) {
            let _ = photo(&[head, &rest].concat());
        }
    }
}
