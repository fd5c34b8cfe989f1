//! QR codes as one dashed line of an SVG, to open a page on a phone.

use std::fmt::Write as _;

use qrcodegen::{Mask, QrCode as Code, QrCodeEcc, QrSegment, Version};

use super::context::QrCode;

/// The quiet zone around the code, in modules: the two that screens need at least; paper gives
/// more by itself. (ISO/IEC 18004 asks for four in print.)
const MARGIN: usize = 2;

/// The pattern that breaks up large areas: always the same one. Readers take any of the eight; to weigh them
/// against each other (ISO/IEC 18004, 7.8.3) is for print of bad quality, and costs four times the code itself.
const MASK: u8 = 5;

/// The QR code of an address, with error correction level L, as nothing will soil it. None if the
/// address is too long for one.
///
/// A pen goes over the rows of modules to and fro, one module wide, and its dashes are the dark
/// ones: that is a third of the bytes of a stroke each (gzip).
pub fn code(address: &str) -> Option<QrCode> {
    let (low, mask) = (QrCodeEcc::Low, Some(Mask::new(MASK)));
    let text = QrSegment::make_segments(address);
    let code =
        Code::encode_segments_advanced(&text, low, Version::MIN, Version::MAX, mask, false).ok()?;
    let length = code.size();
    let size = length as usize + 2 * MARGIN;
    let mut line = format!("M0 {MARGIN}.5");
    let mut dashes = Dashes::new();
    for y in 0..length {
        let forth = y % 2 == 0;
        line.push_str(if forth { "h" } else { "h-" });
        // Writing to a String cannot fail.
        let _ = write!(line, "{size}v1");
        dashes.pass(false, MARGIN);
        for x in 0..length {
            dashes.pass(code.get_module(if forth { x } else { length - 1 - x }, y), 1);
        }
        // The way down to the next row lies in the margin.
        dashes.pass(false, MARGIN + 1);
    }
    Some(QrCode { size, line, dashes: dashes.finish() })
}

/// The lengths of the dashes and the gaps between them, as `stroke-dasharray` lists them: a dash first.
struct Dashes {
    list: String,
    dark: bool,
    length: usize,
}

impl Dashes {
    fn new() -> Dashes {
        Dashes { list: String::new(), dark: true, length: 0 }
    }

    fn pass(&mut self, dark: bool, length: usize) {
        if dark != self.dark {
            let _ = write!(self.list, "{} ", self.length);
            (self.dark, self.length) = (dark, 0);
        }
        self.length += length;
    }

    fn finish(mut self) -> String {
        let _ = write!(self.list, "{}", self.length);
        self.list
    }
}

#[cfg(test)]
mod tests {
    use super::code;

    /// The modules that a line with dashes paints.
    fn modules(line: &str, dashes: &str) -> Vec<(i32, i32)> {
        let (start, steps) = line.split_once('h').unwrap();
        let (x, y) = start.trim_start_matches('M').split_once(' ').unwrap();
        let (mut x, mut y): (i32, i32) =
            (x.parse().unwrap(), y.trim_end_matches(".5").parse().unwrap());
        // Where the pen is after each unit of its way: the module that it has crossed, if any.
        let mut way = Vec::new();
        for step in steps.split('h') {
            let (across, _) = step.split_once("v1").unwrap();
            let across: i32 = across.parse().unwrap();
            for _ in 0..across.abs() {
                way.push((x.min(x + across.signum()), y));
                x += across.signum();
            }
            y += 1;
            way.push((i32::MIN, y));
        }
        let mut dark = true;
        let mut painted = Vec::new();
        let mut units = way.into_iter();
        for length in dashes.split(' ') {
            let passed: Vec<_> = units.by_ref().take(length.parse().unwrap()).collect();
            painted.extend(passed.into_iter().filter(|_| dark));
            dark = !dark;
        }
        assert!(units.next().is_none(), "the dashes cover the way");
        painted.sort_by_key(|&(x, y)| (y, x));
        painted
    }

    #[test]
    fn paints_the_code_inside_the_margin() {
        let address = "https://example.org/digest/zh/2025/momo/";
        let made = code(address).unwrap();
        let matrix = fast_qr::QRBuilder::new(address)
            .ecl(fast_qr::ECL::L)
            .mask(fast_qr::Mask::Fields)
            .build()
            .unwrap();
        let mut expected = Vec::new();
        for y in 0..matrix.size {
            let dark = (0..matrix.size).filter(|&x| matrix[y][x].value());
            expected.extend(dark.map(|x| (x as i32 + 2, y as i32 + 2)));
        }
        assert_eq!(modules(&made.line, &made.dashes), expected);
        assert_eq!(made.size, matrix.size + 4);
        assert!(code(&"x".repeat(4000)).is_none());
    }
}
