//! QR codes as the strokes of an SVG path, to open a page on a phone.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder};

use super::context::QrCode;

/// The quiet zone around the code, in modules: the two that screens need at least; paper gives
/// more by itself. (ISO/IEC 18004 asks for four in print.)
const MARGIN: usize = 2;

/// The QR code of an address, with error correction level L, as nothing will soil it: horizontal strokes one module wide,
/// each beginning where the one before it ended. None if the address is too long for one.
pub fn code(address: &str) -> Option<QrCode> {
    let code = QRBuilder::new(address).ecl(ECL::L).build().ok()?;
    let mut path = String::new();
    // Where the pen stands; SVG paths begin at the origin.
    let (mut pen_x, mut pen_y) = (0, 0);
    for y in 0..code.size {
        let row = &code[y];
        let mut x = 0;
        while x < code.size {
            let start = x;
            while x < code.size && row[x].value() {
                x += 1;
            }
            if x > start {
                stroke(&mut path, start + MARGIN, y + MARGIN, x - start, (pen_x, pen_y));
                (pen_x, pen_y) = (x + MARGIN, y + MARGIN);
            }
            x += 1;
        }
    }
    Some(QrCode { size: code.size + 2 * MARGIN, path })
}

fn stroke(path: &mut String, x: usize, y: usize, length: usize, pen: (usize, usize)) {
    // Writing to a String cannot fail.
    let _ = if path.is_empty() {
        write!(path, "M{x} {y}.5h{length}")
    } else {
        write!(path, "m{} {}h{length}", x as isize - pen.0 as isize, y - pen.1)
    };
}

#[cfg(test)]
mod tests {
    use super::code;

    /// The modules that a path paints.
    fn modules(path: &str) -> Vec<(i32, i32)> {
        let mut found = Vec::new();
        let (mut x, mut y) = (0, 0);
        for stroke in path.split(['M', 'm']).filter(|stroke| !stroke.is_empty()) {
            let (from, length) = stroke.split_once('h').unwrap();
            let (dx, dy) = from.split_once(' ').unwrap();
            x += dx.parse::<i32>().unwrap();
            y += dy.trim_end_matches(".5").parse::<i32>().unwrap();
            let length: i32 = length.parse().unwrap();
            found.extend((x..x + length).map(|x| (x, y)));
            x += length;
        }
        found
    }

    #[test]
    fn paints_the_code_inside_the_margin() {
        let address = "https://example.org/digest/zh/2025/momo/";
        let made = code(address).unwrap();
        let matrix = fast_qr::QRBuilder::new(address).ecl(fast_qr::ECL::L).build().unwrap();
        let mut expected = Vec::new();
        for y in 0..matrix.size {
            let dark = (0..matrix.size).filter(|&x| matrix[y][x].value());
            expected.extend(dark.map(|x| (x as i32 + 2, y as i32 + 2)));
        }
        assert_eq!(modules(&made.path), expected);
        assert_eq!(made.size, matrix.size + 4);
        assert!(code(&"x".repeat(4000)).is_none());
    }
}
