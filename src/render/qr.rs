//! QR codes as inline SVG, to open a page on a phone.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder};

/// The quiet zone around the code, in modules: the two that screens need at least; paper gives
/// more by itself. (ISO/IEC 18004 asks for four in print.)
const MARGIN: usize = 2;

/// The QR code of an address: one path of horizontal strokes in the current colour. None if the
/// address is too long for one.
pub fn svg(address: &str, label: &str) -> Option<String> {
    let code = QRBuilder::new(address).ecl(ECL::M).build().ok()?;
    let size = code.size + 2 * MARGIN;
    let mut path = String::new();
    for y in 0..code.size {
        let row = &code[y];
        let mut x = 0;
        while x < code.size {
            let start = x;
            while x < code.size && row[x].value() {
                x += 1;
            }
            if x > start {
                // Writing to a String cannot fail.
                let _ = write!(path, "M{} {}.5h{}", start + MARGIN, y + MARGIN, x - start);
            }
            x += 1;
        }
    }
    let mut name = String::new();
    crate::parse::html::escape_attribute(&mut name, label);
    Some(format!(
        "<svg class=\"qr\" role=\"img\" aria-label=\"{name}\" viewBox=\"0 0 {size} {size}\" \
         shape-rendering=\"crispEdges\"><path stroke=\"currentColor\" d=\"{path}\"></path></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::svg;

    #[test]
    fn draws_strokes_inside_the_margin() {
        let code = svg("https://example.org/digest/zh/2025/momo/", "二维码 \"x\"").unwrap();
        assert!(
            code.starts_with("<svg class=\"qr\" role=\"img\" aria-label=\"二维码 &quot;x&quot;\"")
        );
        // The finder pattern's first row: seven modules at the corner.
        assert!(code.contains("d=\"M2 2.5h7"), "{code}");
        assert!(svg(&"x".repeat(4000), "").is_none());
    }
}
