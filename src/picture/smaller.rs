//! Smaller pictures made from one, as WebP.

use std::io::Cursor;
use std::sync::{Mutex, PoisonError};

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage, RgbaImage};
use webp::{Encoder, PixelLayout, WebPConfig};

use super::container::{Chunk, riff, riff_chunk, riff_chunks};
use super::{Facts, Format};

/// Which smaller pictures are wanted.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Sizes {
    /// How wide, in pixels.
    pub widths: Vec<u32>,
    /// How good, from 1 to 100, as libwebp counts.
    pub quality: u8,
}

/// A smaller picture: as WebP, upright, with its colours, and with nothing else of what the first one said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Smaller {
    /// How wide it is, in pixels.
    pub width: u32,
    /// How high.
    pub height: u32,
    /// The file.
    pub bytes: Vec<u8>,
}

/// A picture whose pixels cannot be read, in the words of the decoder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(pub String);

/// Pictures of more pixels than this are read one at a time, so that many cores need no more memory than one.
const LARGE: u64 = 8_000_000;

static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Profiles of colours that are larger are left out.
const PROFILE: usize = 64 << 10;

/// Makes smaller pictures, from the narrowest to the widest. None is wider than the first one, and none has more
/// bytes than `limit`. Moving pictures and those of other formats than JPEG, PNG and WebP have none.
///
/// # Errors
///
/// When the pixels cannot be read.
pub fn smaller(
    bytes: &[u8],
    facts: &Facts,
    sizes: &Sizes,
    limit: usize,
) -> Result<Vec<Smaller>, Unreadable> {
    let format = match facts.format {
        _ if facts.animated => return Ok(Vec::new()),
        Format::Jpeg => ImageFormat::Jpeg,
        Format::Png => ImageFormat::Png,
        Format::Webp => ImageFormat::WebP,
        Format::Gif | Format::Avif => return Ok(Vec::new()),
    };
    let widths = widths(sizes, facts);
    let Some(widest) = widths.last() else { return Ok(Vec::new()) };
    // Whoever holds this waits for nobody.
    let large = facts.pixels() > LARGE;
    let _one = large.then(|| ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner));
    let (image, profile) = read(bytes, format, facts)?;
    // Pixels that lie on their side are turned when there are few of them.
    let mut shown = shrunk(image, lying(facts, *widest), facts)?;
    if let Some(orientation) = Orientation::from_exif(facts.orientation) {
        shown.apply_orientation(orientation);
    }
    let flat = facts.format != Format::Jpeg;
    let mut made = Vec::with_capacity(widths.len());
    for &width in &widths {
        let size = (width, height(facts, width));
        let image = if size == (shown.width(), shown.height()) {
            shown.clone()
        } else {
            resized(&shown, size)?
        };
        let bytes = encoded(&image, sizes.quality, flat)?;
        let bytes = coloured(bytes, profile.as_deref(), size);
        if bytes.len() < limit {
            made.push(Smaller { width: size.0, height: size.1, bytes });
        }
    }
    Ok(made)
}

/// The widths that are wanted and are there; the whole width too where all of it is not too much.
fn widths(sizes: &Sizes, facts: &Facts) -> Vec<u32> {
    let most = sizes.widths.iter().copied().max().unwrap_or(0);
    let mut widths: Vec<u32> =
        sizes.widths.iter().copied().filter(|width| *width < facts.width && *width > 0).collect();
    widths.extend((facts.width <= most).then_some(facts.width));
    widths.sort_unstable();
    widths.dedup();
    // The largest that WebP can have (RFC 9649, section 2.5).
    widths.retain(|&width| width < 16384 && height(facts, width) < 16384);
    widths
}

fn height(facts: &Facts, width: u32) -> u32 {
    let (wide, high) = (u64::from(facts.width), u64::from(facts.height));
    let height = (u64::from(width) * high + wide / 2) / wide;
    u32::try_from(height).unwrap_or(u32::MAX).max(1)
}

/// The size of a picture as its pixels lie in the file.
fn lying(facts: &Facts, width: u32) -> (u32, u32) {
    let height = height(facts, width);
    if facts.orientation >= 5 { (height, width) } else { (width, height) }
}

/// The pixels, and the profile of their colours where it is one that says something.
fn read(
    bytes: &[u8],
    format: ImageFormat,
    facts: &Facts,
) -> Result<(DynamicImage, Option<Vec<u8>>), Unreadable> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    // Four channels of 16 bits, and as much again for the decoder.
    limits.max_alloc = Some(facts.pixels().saturating_mul(16).saturating_add(64 << 20));
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let profile = decoder.icc_profile().map_err(unreadable)?;
    let image = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    Ok((image, profile.filter(|profile| matters(profile))))
}

fn unreadable(error: impl std::fmt::Display) -> Unreadable {
    Unreadable(error.to_string())
}

/// Whether a profile is for red, green and blue and not for those of sRGB, which is meant where there is none.
fn matters(profile: &[u8]) -> bool {
    let says = |text: &[u8]| memchr::memmem::find(profile, text).is_some();
    let rgb = profile.get(16..20) == Some(b"RGB ");
    rgb && profile.len() <= PROFILE && !says(b"sRGB") && !says(b"\0s\0R\0G\0B")
}

/// The pixels in eight bits and few channels, no more than `size`.
fn shrunk(
    image: DynamicImage,
    size: (u32, u32),
    facts: &Facts,
) -> Result<DynamicImage, Unreadable> {
    let clear = image.color().has_alpha();
    let image = match clear {
        true => DynamicImage::ImageRgba8(image.into_rgba8()),
        false => DynamicImage::ImageRgb8(image.into_rgb8()),
    };
    let own = if facts.orientation >= 5 {
        (facts.height, facts.width)
    } else {
        (facts.width, facts.height)
    };
    if (image.width(), image.height()) != own {
        return Err(Unreadable("its size is not what its header says".to_owned()));
    }
    if size == own { Ok(image) } else { resized(&image, size) }
}

fn resized(image: &DynamicImage, (width, height): (u32, u32)) -> Result<DynamicImage, Unreadable> {
    let kind = if image.color().has_alpha() { PixelType::U8x4 } else { PixelType::U8x3 };
    let from = ImageRef::new(image.width(), image.height(), image.as_bytes(), kind);
    let from = from.map_err(unreadable)?;
    let mut to = Image::new(width, height, kind);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom));
    Resizer::new().resize(&from, &mut to, &options).map_err(unreadable)?;
    let pixels = to.into_vec();
    let image = match kind {
        PixelType::U8x4 => RgbaImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgba8),
        _ => RgbImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgb8),
    };
    image.ok_or_else(|| Unreadable("it has fewer pixels than it says".to_owned()))
}

/// A picture as WebP. Drawings and screenshots (`flat`) are often smaller without any loss, and then sharp.
fn encoded(image: &DynamicImage, quality: u8, flat: bool) -> Result<Vec<u8>, Unreadable> {
    let layout = if image.color().has_alpha() { PixelLayout::Rgba } else { PixelLayout::Rgb };
    let encoder = Encoder::new(image.as_bytes(), layout, image.width(), image.height());
    let encode = |lossless: bool| {
        let mut config = WebPConfig::new().map_err(|()| Unreadable(String::new()))?;
        config.lossless = i32::from(lossless);
        // Without loss this is how long to look for fewer bytes.
        config.quality = if lossless { 50.0 } else { f32::from(quality) };
        config.method = 4;
        let made = encoder.encode_advanced(&config);
        made.map(|made| made.to_vec()).map_err(|error| Unreadable(format!("{error:?}")))
    };
    let made = encode(false)?;
    match flat.then(|| encode(true)).transpose()? {
        Some(exact) if exact.len() <= made.len() => Ok(exact),
        _ => Ok(made),
    }
}

/// The flags of `VP8X` (RFC 9649, section 2.7.1).
const HAS_PROFILE: u8 = 0x20;
const HAS_ALPHA: u8 = 0x10;

/// A WebP file with a profile for its colours.
fn coloured(bytes: Vec<u8>, profile: Option<&[u8]>, (width, height): (u32, u32)) -> Vec<u8> {
    let Some(profile) = profile else { return bytes };
    let alpha = riff_chunks(&bytes).any(|chunk| is_clear(&chunk));
    let mut head = [0; 10];
    head[0] = HAS_PROFILE | if alpha { HAS_ALPHA } else { 0 };
    head[4..7].copy_from_slice(&(width - 1).to_le_bytes()[..3]);
    head[7..10].copy_from_slice(&(height - 1).to_le_bytes()[..3]);
    let mut out = Vec::with_capacity(bytes.len() + profile.len() + 64);
    riff_chunk(b"VP8X", &head, &mut out);
    riff_chunk(b"ICCP", profile, &mut out);
    for chunk in riff_chunks(&bytes).filter(|chunk| chunk.name != *b"VP8X") {
        out.extend_from_slice(chunk.whole);
    }
    riff(&out)
}

/// Whether a chunk says that parts are transparent: by being there, or by the bit of a `VP8L` that does.
fn is_clear(chunk: &Chunk<'_>) -> bool {
    let lossless = || chunk.data.get(4).is_some_and(|byte| byte & 0x10 != 0);
    chunk.name == *b"ALPH" || (chunk.name == *b"VP8L" && lossless())
}
