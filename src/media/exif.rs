//! One question to EXIF metadata: does it tell where the photo was taken? Damage counts as “no”.

/// Tag of IFD0 that points to the position.
const GPS_POINTER: u16 = 0x8825;
/// Entries of one directory that are looked at.
const ENTRIES_MAX: u16 = 500;

/// `metadata` is the TIFF structure, as decoders hand it out, or with its `Exif` prefix.
pub fn tells_position(metadata: &[u8]) -> bool {
    let tiff = metadata.strip_prefix(b"Exif\0\0").unwrap_or(metadata);
    Tiff::new(tiff).and_then(|tiff| tiff.has_position()).unwrap_or(false)
}

struct Tiff<'a> {
    bytes: &'a [u8],
    little: bool,
}

impl<'a> Tiff<'a> {
    fn new(bytes: &'a [u8]) -> Option<Self> {
        match bytes.get(..2)? {
            b"II" => Some(Self { bytes, little: true }),
            b"MM" => Some(Self { bytes, little: false }),
            _ => None,
        }
    }

    fn short(&self, at: usize) -> Option<u16> {
        let pair: [u8; 2] = self.bytes.get(at..at + 2)?.try_into().ok()?;
        Some(if self.little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    }

    fn long(&self, at: usize) -> Option<usize> {
        let four: [u8; 4] = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        let value = if self.little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) };
        Some(value as usize)
    }

    fn has_position(&self) -> Option<bool> {
        let directory = self.long(4)?;
        let count = self.short(directory)?.min(ENTRIES_MAX);
        for entry in 0..usize::from(count) {
            let at = directory + 2 + entry * 12;
            if self.short(at)? == GPS_POINTER {
                // A directory with entries; a version number alone (tag 0) is no position.
                let position = self.long(at + 8)?;
                let entries = self.short(position)?;
                return Some(
                    (0..usize::from(entries.min(ENTRIES_MAX)))
                        .any(|entry| self.short(position + 2 + entry * 12).is_some_and(|tag| tag != 0)),
                );
            }
        }
        Some(false)
    }
}
