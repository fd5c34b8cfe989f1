//! The errors that are planted.

mod silences;
mod stale;
mod terms;
mod translation;

use crate::Seed;

/// How many there have to be.
pub const LEAST: usize = 53;

pub fn all() -> Vec<Seed> {
    [translation::SEEDS, terms::SEEDS, stale::SEEDS, silences::SEEDS].concat()
}

/// The files of the digest.
const MOMO_ZH: &str = "content/2025/momo.zh.md";
const MOMO_EN: &str = "content/2025/momo.en.md";
const V50: &str = "content/2025/v50.md";
const NEWS_ZH: &str = "content/2025/tiktok-refugees/index.zh.md";
const NEWS_EN: &str = "content/2025/tiktok-refugees/index.en.md";
const ABOUT_ZH: &str = "content/about.zh.md";
const ABOUT_EN: &str = "content/about.en.md";
const TERM: &str = "content/glossary/xiaohongshu.md";
const YEAR_EN: &str = "content/2025/_index.en.md";
