//! Blocks that were changed after their translation was accepted.

use super::{ABOUT_ZH, MOMO_EN, NEWS_ZH, V50};
use crate::{Seed, seed};

pub const SEEDS: &[Seed] = &[
    seed(
        "stale-block",
        MOMO_EN,
        "People join for the peace and quiet.",
        "People join for some peace and quiet.",
    ),
    seed("stale-block", V50, "网上流传的段子数不胜数。", "网上流传的段子多得数不过来。"),
    seed("stale-block", NEWS_ZH, "一些从事出海业务的人说", "一些做出海业务的人说"),
    seed(
        "added-block",
        ABOUT_ZH,
        "## 这个网站\n",
        "来信请写明是哪一篇文章的哪一段，我们核对起来会快得多。\n\n## 这个网站\n",
    ),
    seed("deleted-block", V50, "## 真有人转吗\n\n", "").found_at(V50, "## Does anyone pay up?"),
    seed("bad-lock", "translations.lock", "", "<<<<<<< HEAD\n"),
];
