//! Archetypes: the texts that new files are made from.

use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use serde::Serialize;

use super::Made;
use crate::diag::{Diagnostic, suggest};
use crate::msg;
use crate::render::templates;
use crate::source::File;

/// The folder of a site's own archetypes, beside book.toml.
pub const FOLDER: &str = "archetypes";

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/archetypes");

/// The archetypes of a site: its own files in place of built-in ones.
pub struct Archetypes {
    texts: BTreeMap<String, Arc<str>>,
    /// The names of the site's own, without endings.
    own: Vec<String>,
}

impl Archetypes {
    /// The archetypes of a site, from the files of its folder. A file that is not UTF-8 is a problem.
    pub fn new(files: &BTreeMap<Arc<str>, File>) -> Result<Archetypes, Box<Diagnostic>> {
        let built_in = BUILT_IN.files().filter_map(|file| {
            Some((file.path().to_str()?.to_owned(), Arc::from(file.contents_utf8()?)))
        });
        let mut archetypes = Archetypes { texts: built_in.collect(), own: Vec::new() };
        for (path, file) in files {
            let Some(name) = path.strip_prefix(FOLDER).and_then(|rest| rest.strip_prefix('/'))
            else {
                continue;
            };
            let text = std::str::from_utf8(&file.bytes).map_err(|_| {
                let text = msg!("this file is not valid UTF-8", "这个文件不是有效的 UTF-8");
                Box::new(Diagnostic::error("not-utf-8", path.clone(), None, text))
            })?;
            let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
            archetypes.texts.insert(name.to_owned(), text.into());
            archetypes.own.extend(name.split('.').next().map(str::to_owned));
        }
        Ok(archetypes)
    }

    /// Fills an archetype. `kind` is `article` or the name of one of the site's own, `ending` what
    /// stands behind it: `.zh.md`.
    pub(super) fn fill(
        &self,
        kind: &str,
        ending: &str,
        path: String,
        values: &impl Serialize,
    ) -> Result<Made, Box<Diagnostic>> {
        let name = format!("{kind}{ending}");
        let Some(text) = self.texts.get(&name) else {
            return Err(Box::new(self.unknown(kind, &name)));
        };
        let shown: Arc<str> = format!("{FOLDER}/{name}").into();
        let text = templates::fill(&shown, text, values)?;
        Ok(Made { path: path.into(), text })
    }

    fn unknown(&self, kind: &str, name: &str) -> Diagnostic {
        let text = msg!("there is no archetype “{name}”", "没有原型“{name}”");
        let problem = Diagnostic::error("no-archetype", format!("{FOLDER}/{name}"), None, text);
        problem.help(match suggest(kind, self.own.iter().map(String::as_str)) {
            Some(near) if near != kind => msg!("did you mean “{near}”?", "是不是“{near}”？"),
            _ => msg!("put a file of that name there", "请在那里放一个这个名字的文件"),
        })
    }

    /// The text of one, for problems in it.
    pub fn text(&self, path: &str) -> Option<&str> {
        let name = path.strip_prefix(FOLDER)?.strip_prefix('/')?;
        self.texts.get(name).map(|text| &**text)
    }
}
