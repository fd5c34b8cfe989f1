//! Guesses the encoding of bytes that are not UTF-8, for the help of an error. Decodes nothing.

/// How much of a file is looked at.
const LOOKED_AT: usize = 64 << 10;

/// The encoding that bytes are likely in, if it is not UTF-8: by their mark, by zero bytes in every other
/// place, or by pairs of bytes that are common characters of GBK.
pub fn of(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => return Some("UTF-32"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return Some("UTF-16"),
        _ => {}
    }
    let bytes = &bytes[..bytes.len().min(LOOKED_AT)];
    if is_utf_16(bytes) {
        return Some("UTF-16");
    }
    is_gbk(bytes).then_some("GBK")
}

/// Whether line ends and spaces, or most characters, stand in two bytes of which one is zero.
fn is_utf_16(bytes: &[u8]) -> bool {
    let pairs = bytes.chunks_exact(2);
    let count = pairs.len();
    let latin = |zero: usize| pairs.clone().filter(|p| p[zero] == 0 && p[1 - zero] != 0).count();
    let (big, little) = (latin(0), latin(1));
    // In Chinese text only its mark-up is Latin, a space and a line end at least; in UTF-8 a zero byte hardly
    // ever occurs. Two of them are no character, and many in files that are no text.
    big.max(little) >= 2
        && !pairs.clone().any(|pair| pair == [0, 0])
        && big.max(little) * 8 >= count
        && big.min(little) * 8 < big.max(little).max(1)
}

/// Whether the bytes beyond ASCII are pairs, most of them the common characters of GB 2312.
fn is_gbk(bytes: &[u8]) -> bool {
    let (mut pairs, mut common) = (0, 0);
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte >= 0x80) {
        match rest[at..] {
            [lead @ 0x81..=0xfe, trail @ 0x40..=0xfe, ..] if trail != 0x7f => {
                pairs += 1;
                // Marks are in the first rows, common characters from the sixteenth to the fifty-fifth.
                let is_common = matches!(lead, 0xa1..=0xa3 | 0xb0..=0xd7) && trail >= 0xa1;
                common += usize::from(is_common);
            }
            // Cut off where the look ends.
            [_] => break,
            _ => return false,
        }
        rest = &rest[at + 2..];
    }
    pairs > 0 && common * 10 >= pairs * 8
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn tells_encodings() {
        let utf_16 =
            |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        assert_eq!(of(b"\xff\xfe#\0"), Some("UTF-16"));
        assert_eq!(of(&utf_16("# Cat tax\n")), Some("UTF-16"));
        assert_eq!(of(&utf_16("# \u{732b}\u{7a0e}\n\n\u{732b}\u{7a0e}\n")), Some("UTF-16"));
        assert_eq!(of(b"# \xd0\xa1\xba\xec\xca\xe9\n"), Some("GBK"));
        assert_eq!(of(b"caf\xe9\n"), None);
        assert_eq!(of(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), None);
        assert_eq!(of("# \u{732b}\n".as_bytes()), None);
        assert_eq!(of(b"plain \0 text"), None);
    }
}
