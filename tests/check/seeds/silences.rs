//! Silences that are of no use, or not understood.

use super::{ABOUT_EN, MOMO_ZH};
use crate::{Seed, seed};

pub const SEEDS: &[Seed] = &[
    seed(
        "unknown-code",
        ABOUT_EN,
        "## Corrections\n",
        "<!-- gen-check: off lost-nubmer -->\n\n## Corrections\n",
    ),
    seed(
        "bad-silence",
        MOMO_ZH,
        "## 防得住谁",
        "<!-- gen-check: ignore moved-block -->\n\n## 防得住谁",
    ),
    seed(
        "unused-silence",
        ABOUT_EN,
        "## This site\n",
        "<!-- gen-check: off moved-block -->\n\n## This site\n",
    ),
];
