//! The parts that a picture file is made of: segments of JPEG, chunks of PNG, chunks of RIFF. What is broken
//! ends the parts; nothing is decoded.

/// A segment of a JPEG file between its start and its pixels, or between two scans.
pub(super) struct Segment<'a> {
    /// The second byte of its marker.
    pub marker: u8,
    /// What it holds, without its length.
    pub data: &'a [u8],
    /// All its bytes; behind the head of a scan, the pixels too.
    pub whole: &'a [u8],
    /// Where the next one begins.
    pub end: usize,
}

pub(super) const END_OF_IMAGE: u8 = 0xd9;
const START_OF_SCAN: u8 = 0xda;

/// The segments of a JPEG file behind its first two bytes (ITU-T T.81, annex B). The last one is the end of
/// the image, if it is there: other pictures and films may be behind it.
pub(super) fn segments(bytes: &[u8]) -> impl Iterator<Item = Segment<'_>> {
    let mut at = 2;
    let mut ended = false;
    std::iter::from_fn(move || {
        // A marker may have any number of fill bytes before it.
        while !ended && bytes.get(at) == Some(&0xff) && bytes.get(at + 1) == Some(&0xff) {
            at += 1;
        }
        if ended || bytes.get(at) != Some(&0xff) {
            return None;
        }
        let start = at;
        let marker = *bytes.get(at + 1)?;
        if marker == END_OF_IMAGE {
            ended = true;
            return Some(Segment {
                marker,
                data: &[],
                whole: &bytes[start..start + 2],
                end: start + 2,
            });
        }
        // Of those that have no length only one may stand outside of pixels.
        if marker == 0x01 || (0xd0..=0xd8).contains(&marker) {
            at += 2;
            return Some(Segment { marker, data: &[], whole: &bytes[start..at], end: at });
        }
        let length = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
        let data = bytes.get(at + 4..at + 2 + length.max(2))?;
        at += 2 + length.max(2);
        if marker == START_OF_SCAN {
            at += pixels(&bytes[at..]);
        }
        Some(Segment { marker, data, whole: &bytes[start..at], end: at })
    })
}

/// How long the pixels of a scan are: up to a marker that is no restart and no stuffed byte.
fn pixels(bytes: &[u8]) -> usize {
    let mut all = memchr::memchr_iter(0xff, bytes);
    let end = all.find(|&at| {
        bytes.get(at + 1).is_some_and(|next| !matches!(next, 0x00 | 0xd0..=0xd7 | 0xff))
    });
    end.unwrap_or(bytes.len())
}

/// A chunk of a PNG or a RIFF file.
pub(super) struct Chunk<'a> {
    /// Its four letters.
    pub name: [u8; 4],
    /// What it holds.
    pub data: &'a [u8],
    /// All its bytes.
    pub whole: &'a [u8],
}

/// The chunks of a PNG file up to its end (PNG, section 5.3).
pub(super) fn chunks(bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    let mut at = 8;
    std::iter::from_fn(move || {
        let length = u32::from_be_bytes(word(bytes, at)?) as usize;
        let name = word(bytes, at + 4)?;
        let end = at.checked_add(12)?.checked_add(length)?;
        let whole = bytes.get(at..end)?;
        at = if name == *b"IEND" { bytes.len() } else { end };
        Some(Chunk { name, data: &whole[8..8 + length], whole })
    })
}

/// The chunks of a WebP file (RFC 9649, section 2.3): each is filled up to an even length.
pub(super) fn riff_chunks(bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    let mut at = 12;
    std::iter::from_fn(move || {
        let name = word(bytes, at)?;
        let length = u32::from_le_bytes(word(bytes, at + 4)?) as usize;
        let data = bytes.get(at + 8..(at + 8).checked_add(length)?)?;
        let start = at;
        at = (at + 8 + length + length % 2).min(bytes.len());
        Some(Chunk { name, data, whole: &bytes[start..at] })
    })
}

fn word(bytes: &[u8], at: usize) -> Option<[u8; 4]> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok()
}

/// A chunk of RIFF.
pub(super) fn riff_chunk(name: &[u8; 4], data: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(name);
    out.extend_from_slice(&u32::try_from(data.len()).unwrap_or(u32::MAX).to_le_bytes());
    out.extend_from_slice(data);
    out.extend(std::iter::repeat_n(0, data.len() % 2));
}

/// A WebP file of chunks that are written already.
pub(super) fn riff(chunks: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(chunks.len() + 12);
    out.extend_from_slice(b"RIFF");
    out.extend_from_slice(&u32::try_from(chunks.len() + 4).unwrap_or(u32::MAX).to_le_bytes());
    out.extend_from_slice(b"WEBP");
    out.extend_from_slice(chunks);
    out
}
