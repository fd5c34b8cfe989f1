//! What stands in the mark-up of a picture beside its address and its text.

use std::fmt::Write as _;

use serde::Serialize;

use super::Purpose;
use crate::model::pictures::Picture;
use crate::model::site::Site;
use crate::parse::html::{escape_attribute, escape_url};

/// How a picture is shown.
#[derive(Debug, Serialize)]
pub(super) struct Shown {
    width: u32,
    height: u32,
    /// Smaller ones: address, width.
    smaller: Vec<(String, u32)>,
    /// The address of the picture itself, where it is the widest that readers may need.
    own: bool,
    sizes: String,
}

impl Shown {
    /// How a picture is shown for a purpose: feed readers load the picture itself.
    pub fn of(site: &Site<'_>, picture: &Picture, purpose: Purpose) -> Shown {
        let (width, height) = (picture.facts.width, picture.facts.height);
        let smaller: Vec<(String, u32)> = match purpose {
            Purpose::Feed => Vec::new(),
            Purpose::Article | Purpose::Introduction => {
                let address = |path: &str| site.urls.path(path);
                picture.smaller.iter().map(|(path, width, _)| (address(path), *width)).collect()
            }
        };
        let images = &site.config.output.html.images;
        // The picture itself, where none of its width was shorter in bytes; of a huge one the widest does.
        let widest = smaller.last().map_or(0, |(_, width)| *width);
        let own = widest < width && images.widths.iter().any(|wanted| *wanted >= width);
        Shown { width, height, smaller, own, sizes: images.sizes.clone() }
    }

    /// Writes the attributes between the address, which `url` is, and the quotation mark of the last one.
    pub fn write(&self, url: &str, out: &mut String) {
        let _ = write!(out, "\" width=\"{}\" height=\"{}", self.width, self.height);
        if self.smaller.is_empty() {
            return;
        }
        *out += "\" srcset=\"";
        let own = self.own.then_some((url, self.width));
        let all = self.smaller.iter().map(|(url, width)| (url.as_str(), *width)).chain(own);
        for (index, (url, width)) in all.enumerate() {
            *out += if index > 0 { ", " } else { "" };
            escape_url(out, url);
            let _ = write!(out, " {width}w");
        }
        *out += "\" sizes=\"";
        escape_attribute(out, &self.sizes);
    }
}
