//! Terms of the glossary that are not rendered as it says.

use super::{MOMO_EN, NEWS_EN, NEWS_ZH, TERM, V50, YEAR_EN};
use crate::{Seed, seed};

pub const SEEDS: &[Seed] = &[
    seed(
        "lost-term",
        NEWS_EN,
        "made \"cat tax receipts\" of their own",
        "made \"feline levy slips\" of their own",
    ),
    seed(
        "lost-term",
        MOMO_EN,
        "calling them the \"momo army.\"",
        "calling them the \"momo troop.\"",
    ),
    seed("lost-term", V50, "known as Crazy Thursday literature.", "known as Crazy Thursday prose."),
    seed("lost-term", TERM, "It is known for planting grass;", "It is known for praising things;"),
    seed("lost-term", NEWS_ZH, "多位跨境电商从业者", "多位做外贸网店的人"),
    seed("confused-term", V50, "Thursday belongs to KFC.", "Thursday belongs to Douban."),
    seed(
        "avoided-rendering",
        NEWS_EN,
        "to the \"Xiaohongshu natives,\"",
        "to the \"Xiaohongshu aborigines,\"",
    ),
    seed("avoided-rendering", TERM, "a \"little sweet potato,\"", "a \"little red potato,\""),
    seed("avoided-rendering", NEWS_EN, "a \"cheat code for clicks,\"", "a \"traffic password,\""),
    seed(
        "inconsistent-term",
        YEAR_EN,
        "users poured into Xiaohongshu.",
        "users poured into RedNote.",
    ),
];
