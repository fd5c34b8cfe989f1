//! Settings of `gen check`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What `gen check` reports.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Check {
    /// Codes of warnings that are reported nowhere: `["uncertain-sentences"]`. `docs/checks.md` has all
    /// codes. A build is silent about them too.
    pub silence: Vec<String>,
    /// Codes of warnings that are not reported in some files, by a pattern of paths from the folder of
    /// book.toml: `"content/2019/**" = ["unpaired-block"]`. `*` stands for any part of a name, `**` for
    /// any folders.
    pub silence_in: BTreeMap<String, Vec<String>>,
}
