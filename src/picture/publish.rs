//! Takes out of a picture what its readers are not to know: where it was taken, with what, and all else but
//! its pixels, their colours, how it lies and whose it is. No pixel changes.

use super::container::{END_OF_IMAGE, chunks, riff, riff_chunk, riff_chunks, segments};
use super::exif::{self, Exif};
use super::{Format, exif_of, format};

/// A picture without what its readers are not to know; none if there is nothing to take out, or nothing that is
/// taken out of its format (GIF, AVIF).
///
/// Kept of a JPEG are the segments that pixels and colours need. What stands behind its end goes too: cameras put
/// further pictures and films there, with places of their own.
pub fn publishable(bytes: &[u8]) -> Option<Vec<u8>> {
    let format = format(bytes)?;
    let exif = exif::read(exif_of(format, bytes).unwrap_or_default());
    let clean = match format {
        Format::Jpeg => jpeg(bytes, &exif),
        Format::Png => png(bytes, &exif),
        Format::Webp => webp(bytes, &exif),
        Format::Gif | Format::Avif => return None,
    };
    clean.filter(|clean| clean != bytes)
}

/// Whether a picture tells where it was taken, in a format of which nothing is taken out.
pub fn tells_place(bytes: &[u8]) -> bool {
    let xmp = || memchr::memmem::find(bytes, b"GPSLatitude").is_some();
    match format(bytes) {
        Some(Format::Gif) => xmp(),
        Some(Format::Avif) => {
            let marks = [&b"II*\0"[..], b"MM\0*"];
            let mut all = marks.iter().flat_map(|mark| memchr::memmem::find_iter(bytes, mark));
            xmp() || all.any(|at| exif::read(&bytes[at..]).located)
        }
        _ => false,
    }
}

fn jpeg(bytes: &[u8], exif: &Exif<'_>) -> Option<Vec<u8>> {
    let mut out = bytes.get(..2)?.to_vec();
    let mut said = exif.written().map(|data| [exif::HEADER, &data].concat());
    let mut rest = 2;
    for segment in segments(bytes) {
        rest = if segment.marker == END_OF_IMAGE { bytes.len() } else { segment.end };
        let kept = match segment.marker {
            // JFIF, and how Adobe's programs store colours.
            0xe0 | 0xee => true,
            0xe2 => segment.data.starts_with(b"ICC_PROFILE\0"),
            0xe1..=0xef | 0xfe => false,
            _ => true,
        };
        // Behind JFIF, which comes first.
        if segment.marker != 0xe0
            && let Some(said) = said.take()
        {
            out.extend_from_slice(&[0xff, 0xe1]);
            out.extend_from_slice(&u16::try_from(said.len() + 2).ok()?.to_be_bytes());
            out.extend_from_slice(&said);
        }
        if kept {
            out.extend_from_slice(segment.whole);
        }
    }
    // What is broken stays, as browsers may show it.
    out.extend_from_slice(&bytes[rest..]);
    Some(out)
}

/// Chunks beside the critical ones that say how pixels look or how a picture moves (PNG, section 11.3).
const PNG: [&[u8; 4]; 16] = [
    b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"bKGD",
    b"hIST", b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT",
];

fn png(bytes: &[u8], exif: &Exif<'_>) -> Option<Vec<u8>> {
    let mut out = bytes.get(..8)?.to_vec();
    let mut said = exif.written();
    for chunk in chunks(bytes) {
        // Before the pixels, where a decoder that writes as it reads needs it.
        if chunk.name == *b"IDAT"
            && let Some(said) = said.take()
        {
            let start = out.len();
            out.extend_from_slice(&u32::try_from(said.len()).ok()?.to_be_bytes());
            out.extend_from_slice(b"eXIf");
            out.extend_from_slice(&said);
            let sum = checksum(&out[start + 4..]);
            out.extend_from_slice(&sum.to_be_bytes());
        }
        if chunk.name[0].is_ascii_uppercase() || PNG.contains(&&chunk.name) {
            out.extend_from_slice(chunk.whole);
        }
    }
    Some(out)
}

/// The checksum of a chunk of PNG (annex D), bit by bit: what is written here is short.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |sum: u32| if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 };
    let add = |sum: u32, byte: &u8| (0..8).fold(sum ^ u32::from(*byte), |sum, _| step(sum));
    !bytes.iter().fold(u32::MAX, add)
}

/// The flags of `VP8X` (RFC 9649, section 2.7.1).
const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;

fn webp(bytes: &[u8], exif: &Exif<'_>) -> Option<Vec<u8>> {
    let said = exif.written();
    let mut out = Vec::with_capacity(bytes.len());
    let mut extended = false;
    for chunk in riff_chunks(bytes) {
        match &chunk.name {
            b"VP8X" => {
                let mut data = chunk.data.to_vec();
                let flags = data.first_mut()?;
                *flags &= !(HAS_EXIF | HAS_XMP);
                *flags |= if said.is_some() { HAS_EXIF } else { 0 };
                extended = true;
                riff_chunk(b"VP8X", &data, &mut out);
            }
            b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" | b"ANMF" | b"ICCP" => {
                out.extend_from_slice(chunk.whole);
            }
            _ => {}
        }
    }
    if let Some(said) = said.filter(|_| extended) {
        riff_chunk(b"EXIF", &said, &mut out);
    }
    Some(riff(&out))
}
