//! The few fields of Exif data (CIPA DC-008, on top of TIFF 6.0) that matter to a reader of a page: how the
//! picture lies, whose it is, and whether it tells where it was taken.

/// What stands before Exif data in a JPEG segment.
pub(super) const HEADER: &[u8] = b"Exif\0\0";

const ORIENTATION: u16 = 0x0112;
const ARTIST: u16 = 0x013b;
const COPYRIGHT: u16 = 0x8298;
const GPS: u16 = 0x8825;

/// The longest statement of an author or of rights that is kept, in bytes.
const LONGEST: usize = 1024;

/// What is read of Exif data.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Exif<'a> {
    /// From 1, which is upright, to 8.
    pub orientation: u8,
    /// Who made it, as written.
    pub artist: &'a [u8],
    /// Whose it is, as written.
    pub copyright: &'a [u8],
    /// Whether it tells where it was taken.
    pub located: bool,
}

/// Reads Exif data from its byte-order mark on. What is broken counts as not there.
pub(super) fn read(data: &[u8]) -> Exif<'_> {
    let mut exif = Exif { orientation: 1, artist: &[], copyright: &[], located: false };
    let little = match data.get(..4) {
        Some([b'I', b'I', 42, 0]) => true,
        Some([b'M', b'M', 0, 42]) => false,
        _ => return exif,
    };
    let short = |at: usize| {
        let bytes: [u8; 2] = data.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = |at: usize| {
        let bytes: [u8; 4] = data.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) } as usize)
    };
    let Some(start) = long(4) else { return exif };
    let count = usize::from(short(start).unwrap_or(0));
    for entry in (0..count).map(|index| start + 2 + index * 12) {
        let (Some(tag), Some(length)) = (short(entry), long(entry + 4)) else { break };
        let text = || {
            let at = if length <= 4 { Some(entry + 8) } else { long(entry + 8) };
            let text = at.and_then(|at| data.get(at..at.checked_add(length)?)).unwrap_or_default();
            let end = text.iter().position(|byte| *byte == 0).unwrap_or(text.len());
            &text[..end.min(LONGEST)]
        };
        match tag {
            ORIENTATION => {
                let known = short(entry + 8).filter(|value| (1..=8).contains(value));
                exif.orientation = known.map_or(1, |value| value as u8);
            }
            ARTIST => exif.artist = text(),
            COPYRIGHT => exif.copyright = text(),
            GPS => exif.located = true,
            _ => {}
        }
    }
    exif
}

impl Exif<'_> {
    /// Exif data that say how the picture lies and whose it is, and no more; none if there is nothing to say.
    pub fn written(&self) -> Option<Vec<u8>> {
        let texts = [(ARTIST, self.artist), (COPYRIGHT, self.copyright)];
        let texts: Vec<_> = texts.into_iter().filter(|(_, text)| !text.is_empty()).collect();
        let turned = self.orientation != 1;
        let count = texts.len() + usize::from(turned);
        if count == 0 {
            return None;
        }
        let mut out = b"MM\0\x2a\0\0\0\x08".to_vec();
        out.extend_from_slice(&(count as u16).to_be_bytes());
        if turned {
            entry(ORIENTATION, 3, 1, [0, self.orientation, 0, 0], &mut out);
        }
        let mut behind = Vec::new();
        let first = 8 + 2 + count * 12 + 4;
        for (tag, text) in texts {
            let length = text.len() + 1;
            let value = if length <= 4 {
                let mut value = [0; 4];
                value[..text.len()].copy_from_slice(text);
                value
            } else {
                let at = first + behind.len();
                behind.extend_from_slice(text);
                // An end, and an even place for what follows.
                behind.extend(std::iter::repeat_n(0, 1 + length % 2));
                (at as u32).to_be_bytes()
            };
            entry(tag, 2, length as u32, value, &mut out);
        }
        out.extend_from_slice(&[0; 4]);
        out.extend_from_slice(&behind);
        Some(out)
    }
}

fn entry(tag: u16, kind: u16, count: u32, value: [u8; 4], out: &mut Vec<u8>) {
    out.extend_from_slice(&tag.to_be_bytes());
    out.extend_from_slice(&kind.to_be_bytes());
    out.extend_from_slice(&count.to_be_bytes());
    out.extend_from_slice(&value);
}
