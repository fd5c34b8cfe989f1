//! Pictures of texts: their size in the mark-up, smaller ones, what of them is published, what is refused.

use std::io::Cursor;

use digest_gen::diag::Severity;
use digest_gen::memo::{Memo, Stage};
use digest_gen::picture::{self, Format};
use image::{ImageFormat, RgbImage};

use crate::support::{Site, site};

const PAGES: &str = "
//- /content/cats/index.zh.md
+++
title = \"猫\"
date = 2025-01-01
+++

一只猫。

![一只猫](cat.jpg)

//- /content/cats/index.en.md
+++
title = \"Cats\"
+++

A cat.

![A cat](cat.jpg)
";

/// A picture like a photo; `seed` makes it another one.
fn photo(width: u32, height: u32, seed: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let noise = ((x + seed).wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) >> 13 & 15;
        let part = |of: u32| (of / 3 % 200) as u8 + noise as u8;
        image::Rgb([part(x + seed), part(y), part(x + y)])
    })
}

fn file(image: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image.write_to(&mut out, format).unwrap();
    out.into_inner()
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    file(&photo(width, height, 0), ImageFormat::Jpeg)
}

/// A JPEG file with Exif data that tell of an orientation and a place.
fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0II\x2a\0\x08\0\0\0\x02\0".to_vec();
    exif.extend_from_slice(&[0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    exif.extend_from_slice(&[0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend_from_slice(b"\x01\0\x01\0\x02\0\x02\0\0\0N\0\0\0\0\0\0\0 39.9 N, 116.4 E");
    let length = (exif.len() as u16 + 2).to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
}

fn with(name: &str, bytes: &[u8]) -> Site {
    let mut site = site(&PAGES.replace("cat.jpg", name));
    site.write_bytes(&format!("content/cats/{name}"), bytes);
    site
}

/// The `img` elements of a page.
fn images(site: &Site, address: &str) -> Vec<String> {
    let page = site.page(address);
    let tags = page.split("<img ").skip(1).filter_map(|rest| rest.split_once(" />"));
    tags.map(|(tag, _)| tag.to_owned()).collect()
}

fn outputs<'s>(site: &'s Site, ending: &str) -> Vec<(&'s str, &'s [u8])> {
    let all = site.built().outputs.iter().filter(|(path, _)| path.ends_with(ending));
    all.map(|(path, output)| (&**path, &*output.bytes)).collect()
}

#[test]
fn a_picture_has_its_size_and_smaller_ones() {
    let bytes = jpeg(1000, 750);
    let mut site = with("cat.jpg", &bytes);
    site.clean();
    for (address, count) in [("/en/cats/", 1), ("/zh/cats/", 1), ("/cats/", 2)] {
        let found = images(&site, address);
        assert_eq!(found.len(), count, "{address}");
        for tag in found {
            assert!(
                tag.starts_with(
                    "src=\"/cats/cat.jpg\" width=\"1000\" height=\"750\" srcset=\"/cats/cat.400."
                ),
                "{tag}"
            );
            assert!(tag.contains(".webp 400w, /cats/cat.800."), "{tag}");
            assert!(
                tag.contains(" 1000w\" sizes=\"(min-width: 40rem) 38rem, 100vw\" alt=\""),
                "{tag}"
            );
            // Every address of it is there.
            let set = tag.split("srcset=\"").nth(1).unwrap().split('"').next().unwrap();
            for one in set.split(", ") {
                assert!(site.exists(one.split(' ').next().unwrap()), "{one}");
            }
        }
    }
    for (path, made) in outputs(&site, ".webp") {
        let facts = picture::facts(made).unwrap();
        assert_eq!(facts.format, Format::Webp);
        assert!(facts.width <= 1000 && made.len() < bytes.len(), "{path}");
        image::load_from_memory(made).unwrap();
    }
    assert!(images(&site, "/en/feed.xml").is_empty());
    site.holds(
        "/en/feed.xml",
        &["/cats/cat.jpg&quot; width=&quot;1000&quot; height=&quot;750&quot; alt="],
    );
    site.lacks("/en/feed.xml", &["srcset"]);
}

#[test]
fn a_figure_and_files_of_static_are_pictures_too() {
    let mut site = site(
        "
//- /content/a.en.md
# A

<!-- gen:figure src=\"/pic/a b.png\" alt=\"A cat\" caption=\"Momo\" -->

![B](/pic/a%20b.png)
",
    );
    site.write_bytes("static/pic/a b.png", &file(&photo(900, 600, 0), ImageFormat::Png));
    site.clean();
    let found = images(&site, "/en/a/");
    assert_eq!(found.len(), 2);
    for tag in found {
        assert!(
            tag.starts_with(
                "src=\"/pic/a%20b.png\" width=\"900\" height=\"600\" srcset=\"/pic/a%20b.400."
            ),
            "{tag}"
        );
    }
}

#[test]
fn settings_say_how_many_and_how_wide() {
    let mut site = with("cat.jpg", &jpeg(1000, 750));
    site.write("book.toml", "[output.html.images]\nwidths = [500]\nsizes = \"50vw\"\n").clean();
    let tag = images(&site, "/en/cats/").remove(0);
    assert!(tag.contains("500w\" sizes=\"50vw\" alt"), "{tag}");
    assert_eq!(outputs(&site, ".webp").len(), 1);
    let fine = outputs(&site, ".webp")[0].1.len();
    site.write("book.toml", "[output.html.images]\nwidths = [500]\nquality = 30\n").clean();
    assert!(outputs(&site, ".webp")[0].1.len() < fine);
    site.write("book.toml", "[output.html.images]\nwidths = []\n").clean();
    let tag = images(&site, "/en/cats/").remove(0);
    assert_eq!(tag, "src=\"/cats/cat.jpg\" width=\"1000\" height=\"750\" alt=\"A cat\"");
    site.write("book.toml", "[output.html.images]\nwidths = [0]\nquality = 101\n").build();
    assert_eq!(site.errors().len(), 2);
}

#[test]
fn what_was_taken_on_its_side_is_turned_and_its_place_is_gone() {
    let bytes = with_exif(&jpeg(1000, 600), 6);
    let mut site = with("cat.jpg", &bytes);
    site.clean();
    let tag = images(&site, "/en/cats/").remove(0);
    assert!(tag.contains("width=\"600\" height=\"1000\""), "{tag}");
    for (path, made) in outputs(&site, ".webp").into_iter().chain(outputs(&site, ".jpg")) {
        let facts = picture::facts(made).unwrap();
        assert!(facts.height > facts.width, "{path}");
        assert!(!made.windows(6).any(|part| part == b"39.9 N"), "{path}");
    }
    let published = outputs(&site, ".jpg")[0].1;
    assert_eq!(picture::facts(published).unwrap().orientation, 6);
    assert!(published.len() < bytes.len());
}

/// A file that no text shows is published without its place too.
#[test]
fn a_place_is_gone_from_files_that_nothing_shows() {
    let bytes = with_exif(&jpeg(40, 30), 1);
    let mut site = site("//- /content/a.en.md\n# A\n\nA cat.\n");
    site.write_bytes("static/cover.jpg", &bytes).clean();
    assert_eq!(outputs(&site, ".jpg")[0].1.len(), jpeg(40, 30).len());
    assert_eq!(outputs(&site, ".webp").len(), 0);
}

#[test]
fn forty_megapixels_are_read() {
    // 39.8 million pixels, as the cameras of phones have them.
    let row: Vec<u8> = (0..7728 * 3).map(|at: u32| (at / 7 % 251) as u8).collect();
    let image = RgbImage::from_raw(7728, 5152, row.repeat(5152)).unwrap();
    let bytes = with_exif(&file(&image, ImageFormat::Jpeg), 8);
    let mut site = with("cat.jpg", &bytes);
    site.clean();
    let tag = images(&site, "/en/cats/").remove(0);
    assert!(tag.contains("width=\"5152\" height=\"7728\""), "{tag}");
    assert!(tag.contains("1600w\" sizes"), "the widest is wide enough: {tag}");
    assert_eq!(outputs(&site, ".webp").len(), 4);
}

/// A PNG file of few bytes that says that it is huge.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut png = file(&photo(10, 10, 0), ImageFormat::Png);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    // The checksum of its header, so that it is a proper file up to its pixels.
    let sum = png[12..29].iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 }
        })
    });
    png[29..33].copy_from_slice(&(!sum).to_be_bytes());
    png
}

#[test]
fn a_bomb_is_refused() {
    let mut site = with("cat.png", &bomb(50_000, 50_000));
    site.build();
    let place = [
        "picture-too-large content/cats/index.en.md:7:1",
        "picture-too-large content/cats/index.zh.md:8:1",
    ];
    assert_eq!(site.errors(), place);
    let printed = site.printed(digest_gen::lang::Lang::En);
    assert!(
        printed.contains("this picture has 2500 million pixels; at most 100 million are read"),
        "{printed}"
    );
    site.write("book.toml", "[limits]\nimage-megapixels = 1\n");
    site.write_bytes("content/cats/cat.png", &bomb(1001, 1000)).build();
    assert_eq!(site.errors(), place);
    // It says less than the limit, and has fewer pixels than it says.
    site.write_bytes("content/cats/cat.png", &bomb(1000, 1000)).build();
    assert_eq!(site.errors(), [""; 0]);
    assert!(site.built().diagnostics.iter().all(|found| found.code == "bad-picture"));
    assert_eq!(outputs(&site, ".webp").len(), 0);
    assert!(images(&site, "/en/cats/")[0].contains("width=\"1000\" height=\"1000\" alt"));
}

#[test]
fn what_is_not_made_of_pixels_or_moves_is_left_alone() {
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>";
    let frame = "!\u{f9}\u{4}\0\u{a}\0\0\0,";
    let frame: Vec<u8> = frame.chars().map(|c| c as u8).collect();
    let gif = [&b"GIF89a\x10\0\x08\0\0\0\0"[..], &frame, &frame, b";"].concat();
    for (name, bytes, size) in
        [("cat.svg", &svg[..], ""), ("cat.gif", &gif, " width=\"16\" height=\"8\"")]
    {
        let mut site = with(name, bytes);
        site.clean();
        let tag = images(&site, "/en/cats/").remove(0);
        assert_eq!(tag, format!("src=\"/cats/{name}\"{size} alt=\"A cat\""));
        let ending = name.strip_prefix("cat").unwrap();
        let published: Vec<_> = outputs(&site, ending)
            .into_iter()
            .filter(|(path, _)| path.starts_with("cats/"))
            .collect();
        assert_eq!(published, [(format!("cats/{name}").as_str(), bytes)]);
        assert_eq!(outputs(&site, ".webp").len(), 0);
    }
}

#[test]
fn a_picture_without_a_description_is_found() {
    let mut site = with("cat.jpg", &jpeg(50, 50));
    site.edit("content/cats/index.en.md", "![A cat]", "![]");
    let checked = digest_gen::build::check(&site.sources, &mut Memo::new());
    let found: Vec<_> = checked
        .diagnostics
        .iter()
        .filter(|found| found.severity == Severity::Warning)
        .map(|found| (found.code, &*found.path))
        .collect();
    assert_eq!(found, [("missing-alt", "content/cats/index.en.md")]);
}

/// Checking makes no pictures, but refuses those that are too large.
#[test]
fn checking_makes_none() {
    let site = with("cat.jpg", &jpeg(900, 600));
    let mut memo = Memo::new();
    let checked = digest_gen::build::check(&site.sources, &mut memo);
    assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
    let site = with("cat.png", &bomb(50_000, 50_000));
    let checked = digest_gen::build::check(&site.sources, &mut memo);
    assert!(checked.diagnostics.iter().any(|found| found.code == "picture-too-large"));
}

#[test]
fn a_picture_that_cannot_lose_its_place_is_told() {
    let mut site = with("cat.jpg", &jpeg(50, 50));
    let avif = b"\0\0\0\x1cftypavif\0\0\0\0avifmif1\0\0\0\0MM\0\x2a\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1a";
    site.write_bytes("static/place.avif", avif);
    let checked = digest_gen::build::check(&site.sources, &mut Memo::new());
    let found: Vec<_> =
        checked.diagnostics.iter().map(|found| (found.code, &*found.path)).collect();
    assert_eq!(found, [("located-picture", "static/place.avif")]);
}

#[test]
fn a_changed_picture_changes_the_pages_that_show_it() {
    let mut site = with("cat.jpg", &jpeg(500, 300));
    site.write("content/dogs.en.md", "# Dogs\n\nNo pictures.\n");
    site.write(
        "content/glossary/tax.md",
        "+++\nzh = \"税\"\nen = \"tax\"\npinyin = \"shuì\"\n+++\n![猫](/cats/cat.jpg)\n\nTax.\n",
    );
    site.build().build();
    assert_eq!((site.made(Stage::Picture), site.rendered()), (0, 0));
    for (step, bytes) in [
        ("another size", jpeg(600, 300)),
        ("other pixels", file(&photo(600, 300, 9), ImageFormat::Jpeg)),
        ("turned", with_exif(&jpeg(600, 300), 6)),
        ("none", b"no picture".to_vec()),
        ("a PNG", file(&photo(100, 100, 2), ImageFormat::Png)),
    ] {
        site.write_bytes("content/cats/cat.jpg", &bytes).same_as_cold(step);
        // Three views of the article, and the two of the term whose Chinese text shows it.
        assert_eq!(site.rendered(), 5, "{step}");
    }
    site.write("book.toml", "[output.html.images]\nwidths = [60]\n").same_as_cold("settings");
    assert!(images(&site, "/en/cats/")[0].contains("/cats/cat.60."));
    site.edit("content/cats/index.en.md", "![A cat](cat.jpg)", "None.").same_as_cold("in one");
    site.remove("content/cats/index.zh.md").same_as_cold("in none but the term");
    assert_eq!(outputs(&site, ".webp").len(), 1);
    site.remove("content/glossary/tax.md").same_as_cold("in none");
    assert_eq!(outputs(&site, ".webp").len(), 0);
    assert!(site.exists("cats/cat.jpg"));
}

/// Two files whose smaller pictures would share an address are told apart by what they hold.
#[test]
fn pictures_of_one_name_do_not_meet() {
    let mut site = with("cat.jpg", &jpeg(500, 300));
    site.write("content/cats/index.en.md", "# Cats\n\n![A](cat.jpg) ![B](cat.png)\n");
    site.write_bytes("content/cats/cat.png", &file(&photo(500, 300, 5), ImageFormat::Png));
    site.clean();
    assert_eq!(outputs(&site, ".webp").len(), 4);
    // The same picture twice is one.
    site.write_bytes("content/cats/cat.png", &jpeg(500, 300)).build();
    assert_eq!(site.errors(), [""; 0]);
}
