//! The pictures that texts show: how large they are, and smaller ones made from them.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::links::Target;
use super::texts::Version;
use crate::config::{Config, Images};
use crate::diag::Diagnostic;
use crate::memo::{Fingerprint, Hasher, Memo, Stage};
use crate::msg;
use crate::output::Output;
use crate::parse::markdown::LinkKind;
use crate::picture::{self, Facts, Sizes, Unreadable};
use crate::source::File;

/// Where pictures come from, and what is to be made of them.
pub struct Pictures<'a> {
    sources: &'a BTreeMap<Arc<str>, File>,
    /// Files published as they are: output path to source path.
    files: &'a BTreeMap<String, Arc<str>>,
    sizes: Sizes,
    megapixels: u64,
}

/// A picture that a text shows.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The file that it comes from.
    pub source: Arc<str>,
    /// How large it is.
    pub facts: Facts,
    /// Smaller ones, from the narrowest to the widest: output path, width, file.
    pub smaller: Vec<(String, u32, Output)>,
    /// Why it has none.
    trouble: Option<Trouble>,
    fingerprint: Fingerprint,
    /// It stays remembered: pictures take long to make.
    _made: Arc<Made>,
}

/// Pictures by their output paths.
pub type Shown = BTreeMap<String, Arc<Picture>>;

/// What a picture is made into, wherever it stands.
#[derive(Debug, Default)]
pub struct Made {
    smaller: Vec<(u32, Output)>,
    trouble: Option<Trouble>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Trouble {
    /// It has more pixels than it may have: these million.
    Large(u64),
    /// Its pixels cannot be read.
    Unreadable(String),
}

impl<'a> Pictures<'a> {
    /// The pictures of a site. Where it is only looked at (`looks`), no smaller ones are made.
    pub fn new(
        config: &Config,
        sources: &'a BTreeMap<Arc<str>, File>,
        files: &'a BTreeMap<String, Arc<str>>,
        looks: bool,
    ) -> Self {
        let Images { widths, quality, .. } = &config.output.html.images;
        let widths = if looks { Vec::new() } else { widths.clone() };
        let sizes = Sizes { widths, quality: *quality };
        Pictures { sources, files, sizes, megapixels: config.limits.image_megapixels }
    }

    /// The fingerprint of what [`Pictures::at`] makes pictures from.
    pub fn key<'p>(&self, paths: impl IntoIterator<Item = &'p String>) -> Fingerprint {
        let mut key = Hasher::new().str("pictures").value(&(&self.sizes, self.megapixels));
        for path in paths {
            let source = self.files.get(path);
            let file = source.and_then(|source| self.sources.get(source));
            key = key.str(path).str(source.map_or("", |source| source));
            key = key.with(file.map(|file| file.fingerprint).unwrap_or_default());
        }
        key.finish()
    }

    /// What the pictures at some output paths are. Files that are no pictures are left out.
    pub fn at<'p>(&self, paths: impl IntoIterator<Item = &'p String>, memo: &Memo) -> Shown {
        let mut shown = Shown::new();
        for path in paths {
            if !shown.contains_key(path)
                && let Some(picture) = self.picture(path, memo)
            {
                shown.insert(path.clone(), Arc::new(picture));
            }
        }
        shown
    }

    fn picture(&self, path: &str, memo: &Memo) -> Option<Picture> {
        let source = self.files.get(path)?;
        let file = self.sources.get(source)?;
        let facts = picture::facts(&file.bytes)?;
        let key = Hasher::new().str("smaller").str(env!("CARGO_PKG_VERSION"));
        let key = key.with(file.fingerprint).value(&(&self.sizes, self.megapixels)).finish();
        let made = memo.get(Stage::Picture, key, || self.make(&file.bytes, &facts));
        let named = |(width, output): &(u32, Output)| {
            let path = named(path, *width, output.fingerprint);
            (path, *width, output.clone())
        };
        let smaller: Vec<_> = made.smaller.iter().map(named).collect();
        let names: Vec<&String> = smaller.iter().map(|(path, ..)| path).collect();
        let size = (facts.width, facts.height, &names, made.trouble.is_some());
        let fingerprint = Hasher::new().str("picture").str(path).value(&size).finish();
        let (source, trouble) = (source.clone(), made.trouble.clone());
        Some(Picture { source, facts, smaller, trouble, fingerprint, _made: made })
    }

    fn make(&self, bytes: &[u8], facts: &Facts) -> Made {
        let most = self.megapixels.saturating_mul(1_000_000);
        if facts.pixels() > most {
            let trouble = Some(Trouble::Large(facts.pixels().div_ceil(1_000_000)));
            return Made { trouble, ..Made::default() };
        }
        match picture::smaller(bytes, facts, &self.sizes, bytes.len()) {
            Ok(smaller) => {
                let smaller = smaller.into_iter().map(|one| (one.width, Output::new(one.bytes)));
                Made { smaller: smaller.collect(), trouble: None }
            }
            Err(Unreadable(why)) => {
                Made { trouble: Some(Trouble::Unreadable(why)), ..Made::default() }
            }
        }
    }

    /// Reports pictures of a version of a text from which nothing can be made, each at its first place.
    pub fn problems(
        &self,
        version: &Version,
        targets: &[Target],
        shown: &Shown,
    ) -> Vec<Diagnostic> {
        let mut found: Vec<Diagnostic> = Vec::new();
        let links = version.body.links.iter().zip(targets);
        for (link, target) in links.filter(|(link, _)| link.kind == LinkKind::Image) {
            let Target::File(path, _) = target else { continue };
            let trouble = shown.get(path).and_then(|picture| picture.trouble.as_ref());
            let report = trouble.map(|trouble| self.report(trouble, &version.path, &link.span));
            found.extend(report);
        }
        found.dedup_by(|a, b| a.message == b.message);
        found
    }

    fn report(&self, trouble: &Trouble, path: &Arc<str>, span: &Range<usize>) -> Diagnostic {
        let most = self.megapixels;
        match trouble {
            Trouble::Large(pixels) => {
                let text = msg!(
                    "this picture has {pixels} million pixels; at most {most} million are read",
                    "这张图片有 {pixels} 百万像素，最多只读 {most} 百万"
                );
                Diagnostic::error("picture-too-large", path.clone(), span.clone(), text).help(msg!(
                    "make it smaller, or raise image-megapixels in [limits] of book.toml",
                    "请把图片缩小，或者调高 book.toml 里 [limits] 的 image-megapixels"
                ))
            }
            Trouble::Unreadable(why) => {
                let text = msg!("this picture cannot be read: {why}", "无法读取这张图片：{why}");
                Diagnostic::warning("bad-picture", path.clone(), span.clone(), text).help(msg!(
                    "save it again with another program; it is published as it is",
                    "请用别的程序重新保存；现在照原样发布"
                ))
            }
        }
    }
}

impl Picture {
    /// The fingerprint of all that pages write of it.
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }
}

/// The output path of a smaller picture: `cats/cat.jpg` becomes `cats/cat.800.1a2b3c4d.webp`.
fn named(path: &str, width: u32, fingerprint: Fingerprint) -> String {
    let name = path.rfind('/').map_or(0, |at| at + 1);
    let stem = path[name..].rfind('.').map_or(path.len(), |at| name + at);
    format!("{}.{width}.{}.webp", &path[..stem], fingerprint.short())
}
