//! What becomes of pictures. Those of the tests are made here.

use std::io::Cursor;

use image::{ImageFormat, RgbImage, RgbaImage};

use super::*;

/// A photo of a kind: soft shapes and some noise, by a rule. The red corner is at the upper left.
fn photo(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        if x < width / 4 && y < height / 4 {
            return image::Rgb([250, 10, 10]);
        }
        let noise = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) >> 13 & 7;
        let wave = |of: u32, by: f32| ((of as f32 / by).sin() * 60.0 + 120.0) as u32;
        let pixel = [wave(x, 37.0), wave(y, 53.0), wave(x + y, 91.0)];
        image::Rgb(pixel.map(|value| (value + noise).min(255) as u8))
    })
}

fn file(image: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// Exif data with a place, an author and an orientation.
fn exif_data(orientation: u8) -> Vec<u8> {
    let mut out = b"II\x2a\0\x08\0\0\0\x03\0".to_vec();
    out.extend_from_slice(&[0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    out.extend_from_slice(&[0x3b, 1, 2, 0, 4, 0, 0, 0, b'M', b'e', b'i', 0]);
    out.extend_from_slice(&[0x25, 0x88, 4, 0, 1, 0, 0, 0, 50, 0, 0, 0, 0, 0, 0, 0]);
    out.extend_from_slice(b"\x01\0\x01\0\x02\0\x02\0\0\0N\0\0\0\0\0\0\0 Beijing 39.9");
    out
}

/// A JPEG file with segments behind its first two bytes, and something behind its end.
fn with_segments(jpeg: &[u8], parts: &[(u8, &[u8])], behind: &[u8]) -> Vec<u8> {
    let mut out = jpeg[..2].to_vec();
    for (marker, data) in parts {
        out.extend_from_slice(&[0xff, *marker]);
        out.extend_from_slice(&(data.len() as u16 + 2).to_be_bytes());
        out.extend_from_slice(data);
    }
    [out.as_slice(), &jpeg[2..], behind].concat()
}

fn located(orientation: u8) -> Vec<u8> {
    let jpeg = file(&photo(400, 300), ImageFormat::Jpeg);
    let exif = [exif::HEADER, &exif_data(orientation)].concat();
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<x GPSLatitude='39'/>";
    with_segments(&jpeg, &[(0xe1, &exif), (0xe1, xmp), (0xed, b"Beijing")], b"Beijing film")
}

const SIZES: Sizes = Sizes { widths: Vec::new(), quality: 80 };

fn sizes(widths: &[u32]) -> Sizes {
    Sizes { widths: widths.to_vec(), ..SIZES }
}

fn all_smaller(bytes: &[u8], widths: &[u32]) -> Vec<Smaller> {
    smaller(bytes, &facts(bytes).unwrap(), &sizes(widths), bytes.len()).unwrap()
}

fn holds(bytes: &[u8], text: &[u8]) -> bool {
    memchr::memmem::find(bytes, text).is_some()
}

#[test]
fn facts_of_each_format() {
    let image = photo(40, 30);
    for (format, expected) in [
        (ImageFormat::Jpeg, Format::Jpeg),
        (ImageFormat::Png, Format::Png),
        (ImageFormat::WebP, Format::Webp),
    ] {
        let facts = facts(&file(&image, format)).unwrap();
        assert_eq!((facts.format, facts.width, facts.height), (expected, 40, 30));
        assert!(!facts.animated && facts.orientation == 1);
    }
    let gif = b"GIF89a\x10\0\x08\0\x80\0\0\0\0\0\xff\xff\xff".to_vec();
    let frame = b"!\xf9\x04\0\x0a\0\0\0,\0\0\0\0\x10\0\x08\0\0\x02\x02\x44\x01\0";
    let still = [&gif[..], frame, b";"].concat();
    let moving = [&gif[..], frame, frame, b";"].concat();
    assert!(!facts(&still).unwrap().animated && facts(&moving).unwrap().animated);
    assert_eq!(facts(&moving).unwrap().width, 16);
    assert_eq!(facts(b"<svg width='1' height='1'/>"), None);
    assert_eq!(facts(b"\x89PNG\r\n\x1a\n"), None);
}

#[test]
fn a_picture_on_its_side_is_turned() {
    let bytes = located(6);
    let facts = facts(&bytes).unwrap();
    assert_eq!((facts.width, facts.height, facts.orientation), (300, 400, 6));
    let made = all_smaller(&bytes, &[150]);
    assert_eq!((made[0].width, made[0].height), (150, 200));
    let image = image::load_from_memory(&made[0].bytes).unwrap().into_rgb8();
    // Orientation 6: what is on the left of the file is shown at the top, its top on the right.
    let [red, green, _] = image.get_pixel(image.width() - 5, 5).0;
    assert!(red > 180 && green < 90, "{red} {green}");
    let [red, green, _] = image.get_pixel(5, 5).0;
    assert!(red < 200 || green > 60, "{red} {green}");
}

#[test]
fn nothing_tells_where_a_picture_was_taken() {
    for orientation in [1, 6] {
        let bytes = located(orientation);
        let clean = publishable(&bytes).unwrap();
        assert!(holds(&bytes, b"Beijing") && holds(&bytes, b"GPSLatitude"));
        assert!(!holds(&clean, b"Beijing") && !holds(&clean, b"GPS"));
        let kept = exif::read(exif_of(Format::Jpeg, &clean).unwrap());
        assert_eq!(
            (kept.orientation, kept.artist, kept.located),
            (orientation, &b"Mei"[..], false)
        );
        let pixels = |bytes: &[u8]| image::load_from_memory(bytes).unwrap().into_rgb8();
        assert!(pixels(&bytes) == pixels(&clean));
        assert!(publishable(&clean).is_none(), "once is enough");
        for made in all_smaller(&bytes, &[100, 200]) {
            assert!(!holds(&made.bytes, b"Beijing") && !holds(&made.bytes, b"EXIF"));
        }
    }
}

#[test]
fn png_and_webp_are_cleaned_too() {
    let png = file(&photo(40, 30), ImageFormat::Png);
    let chunk = |name: &[u8; 4], data: &[u8]| {
        let length = (data.len() as u32).to_be_bytes();
        // A checksum that no one reads.
        [&length[..], name, data, b"sums"].concat()
    };
    let told = [chunk(b"eXIf", &exif_data(8)), chunk(b"iTXt", b"XML:com.adobe.xmp Beijing")];
    let bytes = [&png[..33], &told.concat(), &png[33..], b"Beijing"].concat();
    let clean = publishable(&bytes).unwrap();
    assert!(!holds(&clean, b"Beijing") && !holds(&clean, b"tXt"));
    assert_eq!(facts(&clean).unwrap().orientation, 8);
    image::load_from_memory(&clean).unwrap();

    let plain = file(&photo(40, 30), ImageFormat::WebP);
    let mut parts = Vec::new();
    container::riff_chunk(b"VP8X", &[0x0c, 0, 0, 0, 39, 0, 0, 29, 0, 0], &mut parts);
    parts.extend_from_slice(&plain[12..]);
    container::riff_chunk(b"EXIF", &exif_data(3), &mut parts);
    container::riff_chunk(b"XMP ", b"Beijing", &mut parts);
    let bytes = container::riff(&parts);
    let clean = publishable(&bytes).unwrap();
    assert!(!holds(&clean, b"Beijing") && holds(&clean, b"Mei"));
    assert_eq!(facts(&clean).unwrap().orientation, 3);
    image::load_from_memory(&clean).unwrap();
}

#[test]
fn smaller_ones_are_smaller() {
    let photo = photo(1000, 750);
    for format in [ImageFormat::Jpeg, ImageFormat::Png] {
        let bytes = file(&photo, format);
        let made = all_smaller(&bytes, &[480, 800, 1200]);
        let widths: Vec<_> = made.iter().map(|one| one.width).collect();
        assert!(widths.starts_with(&[480, 800]) && made.len() <= 3, "{widths:?}");
        assert!(made.iter().all(|one| one.bytes.len() < bytes.len()));
        assert!(made == all_smaller(&bytes, &[480, 800, 1200]), "the same bytes");
        let shown = image::load_from_memory(&made[0].bytes).unwrap();
        assert_eq!((shown.width(), shown.height()), (480, 360));
    }
    let tiny = file(&self::photo(20, 20), ImageFormat::Png);
    assert!(all_smaller(&tiny, &[480]).iter().all(|one| one.width == 20));
    let still = facts(&tiny).unwrap();
    let none = smaller(&tiny, &still, &sizes(&[480]), 10);
    assert!(none.is_ok_and(|made| made.is_empty()), "no bytes to win");
}

#[test]
fn what_is_clear_stays_clear_and_colours_stay() {
    let clear = RgbaImage::from_fn(300, 200, |x, y| {
        image::Rgba([x as u8, y as u8, (x * y) as u8, if x < 100 { 0 } else { 255 }])
    });
    let mut out = Cursor::new(Vec::new());
    clear.write_to(&mut out, ImageFormat::Png).unwrap();
    let made = all_smaller(out.get_ref(), &[150]);
    let shown = image::load_from_memory(&made[0].bytes).unwrap().into_rgba8();
    assert_eq!((shown.get_pixel(10, 10).0[3], shown.get_pixel(140, 50).0[3]), (0, 255));

    let profile = [&[0; 16], &b"RGB XYZ Display P3"[..]].concat();
    let icc = [b"ICC_PROFILE\0\x01\x01", profile.as_slice()].concat();
    let jpeg = file(&photo(300, 200), ImageFormat::Jpeg);
    let bytes = with_segments(&jpeg, &[(0xe2, &icc)], b"");
    let made = all_smaller(&bytes, &[150]);
    assert!(holds(&made[0].bytes, b"Display P3"));
    image::load_from_memory(&made[0].bytes).unwrap();
    assert!(publishable(&bytes).is_none());
}

#[test]
fn broken_pictures_are_told() {
    let png = file(&photo(100, 100), ImageFormat::Png);
    let short = &png[..png.len() / 2];
    let found = facts(short).unwrap();
    assert!(smaller(short, &found, &sizes(&[50]), usize::MAX).is_err());
    for end in 0..png.len().min(200) {
        let _ = (facts(&png[..end]), publishable(&png[..end]), tells_place(&png[..end]));
    }
    let jpeg = located(6);
    for end in 0..600 {
        let _ = (facts(&jpeg[..end]), publishable(&jpeg[..end]));
    }
    // What follows the break is what a browser may show.
    let odd = [&jpeg[..2], b"junk", &jpeg[2..]].concat();
    assert!(publishable(&odd).is_none());
}
