//! PICTURE: what a picture is, what of it may be published, and smaller ones made from it. Knows bytes; knows
//! no site, no address and no file.

mod container;
mod exif;
mod publish;
mod smaller;

pub use publish::{publishable, tells_place};
pub use smaller::{Sizes, Smaller, Unreadable, smaller};

use container::{chunks, riff_chunks, segments};

/// A format that browsers show and that is made of pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JPEG (ITU-T T.81).
    Jpeg,
    /// PNG, animated ones too (PNG, third edition).
    Png,
    /// GIF.
    Gif,
    /// WebP (RFC 9649).
    Webp,
    /// AVIF.
    Avif,
}

/// What a picture says of itself before its pixels are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Its format.
    pub format: Format,
    /// How wide it is shown, in pixels: turned as its Exif data says.
    pub width: u32,
    /// How high it is shown.
    pub height: u32,
    /// How its pixels lie, as Exif numbers it (1 to 8; CIPA DC-008, section 4.6.5, tag 274).
    pub orientation: u8,
    /// Whether it moves.
    pub animated: bool,
}

impl Facts {
    /// How many pixels it has.
    pub fn pixels(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }
}

/// The format of a file by its first bytes, if it is a picture that browsers show.
pub fn format(bytes: &[u8]) -> Option<Format> {
    let brand = bytes.get(4..12);
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some(Format::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Format::Png),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Format::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Format::Webp),
        _ if matches!(brand, Some(b"ftypavif" | b"ftypavis")) => Some(Format::Avif),
        _ => None,
    }
}

/// What a picture says of itself; none if it is of no format that browsers show, or broken before its size.
pub fn facts(bytes: &[u8]) -> Option<Facts> {
    let format = format(bytes)?;
    let size = imagesize::blob_size(bytes).ok()?;
    let (width, height) = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
    if width == 0 || height == 0 {
        return None;
    }
    let orientation = exif::read(exif_of(format, bytes).unwrap_or_default()).orientation;
    let animated = match format {
        Format::Jpeg => false,
        Format::Gif => gif_moves(bytes),
        Format::Avif => bytes.get(4..12) == Some(b"ftypavis"),
        Format::Png => chunks(bytes)
            .take_while(|chunk| chunk.name != *b"IDAT")
            .any(|chunk| chunk.name == *b"acTL"),
        Format::Webp => riff_chunks(bytes).any(|chunk| chunk.name == *b"ANIM"),
    };
    // The last four of the eight ways to lie are on their side.
    let (width, height) = if orientation >= 5 { (height, width) } else { (width, height) };
    Some(Facts { format, width, height, orientation, animated })
}

/// The Exif data of a picture, from its byte-order mark on.
fn exif_of(format: Format, bytes: &[u8]) -> Option<&[u8]> {
    let data = match format {
        Format::Jpeg => segments(bytes).find_map(|part| part.data.strip_prefix(exif::HEADER)),
        Format::Png => chunks(bytes).find(|part| part.name == *b"eXIf").map(|part| part.data),
        Format::Webp => riff_chunks(bytes).find(|part| part.name == *b"EXIF").map(|part| part.data),
        Format::Gif | Format::Avif => None,
    }?;
    // Some programs put the header of JPEG's segment in front.
    Some(data.strip_prefix(exif::HEADER).unwrap_or(data))
}

/// Whether a GIF has more than one picture: more than one graphic control extension, which every frame of a
/// moving one has (GIF89a, section 23).
fn gif_moves(bytes: &[u8]) -> bool {
    memchr::memmem::find_iter(bytes, &[0x21, 0xf9, 0x04]).nth(1).is_some()
}

#[cfg(test)]
mod tests;
