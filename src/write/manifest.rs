//! The list of what gen wrote into an output folder: a version, then a fingerprint and a path a
//! line, sorted.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use super::{MANIFEST, OWN, WriteError, disk};
use crate::output::Outputs;

const VERSION: &str = "gen-manifest 1";

/// The files that gen wrote, by path, with their fingerprints.
#[derive(Debug, Default)]
pub(super) struct Manifest(BTreeMap<String, String>);

impl Manifest {
    /// Reads the manifest of an output folder, if it has one.
    pub(super) fn read(out: &Path) -> Result<Option<Manifest>, WriteError> {
        let path = out.join(MANIFEST);
        match disk::read_own(&path)? {
            None => Ok(None),
            Some(text) => match parse(&text) {
                Some(files) => Ok(Some(Manifest(files))),
                None => Err(WriteError::Damaged { path }),
            },
        }
    }

    /// The paths, sorted.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub(super) fn contains(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// Whether it lists exactly these outputs.
    pub(super) fn lists(&self, outputs: &Outputs) -> bool {
        self.0.len() == outputs.len()
            && self.0.iter().zip(outputs).all(|((path, fingerprint), (other, output))| {
                **path == **other && *fingerprint == output.fingerprint.to_string()
            })
    }
}

/// The text of the manifest that lists some outputs.
pub(super) fn text(outputs: &Outputs) -> String {
    let mut text = format!("{VERSION}\n");
    for (path, output) in outputs {
        text += &format!("{} {path}\n", output.fingerprint);
    }
    text
}

fn parse(text: &str) -> Option<BTreeMap<String, String>> {
    let lines = text.strip_prefix(VERSION)?.strip_prefix('\n')?;
    if !lines.is_empty() && !lines.ends_with('\n') {
        return None;
    }
    let mut files = BTreeMap::new();
    for line in lines.lines() {
        let (fingerprint, path) = line.split_once(' ')?;
        let sound = fingerprint.len() == 32
            && fingerprint.bytes().all(|b| b.is_ascii_hexdigit())
            && is_sound(path);
        if !sound {
            return None;
        }
        files.insert(path.to_owned(), fingerprint.to_owned());
    }
    Some(files)
}

/// Whether a path may name an output: relative, without `.`, `..` or control characters, the same
/// on every system, and none of gen's own names.
pub(super) fn is_sound(path: &str) -> bool {
    let parts = Path::new(path).components();
    let normal = parts.filter(|part| matches!(part, Component::Normal(_))).count();
    normal == path.split('/').count()
        && path.split('/').all(|part| !matches!(part, "" | "." | "..") && !part.starts_with(OWN))
        && !path.contains(|c: char| c.is_control())
}

#[cfg(test)]
mod tests {
    use super::{is_sound, parse, text};
    use crate::output::{Output, Outputs};

    #[test]
    fn reads_what_it_writes_and_nothing_damaged() {
        let paths = ["a b.html", "index.html", "猫税/index.html"];
        let outputs: Outputs =
            paths.iter().map(|path| ((*path).into(), Output::new(path.as_bytes()))).collect();
        let text = text(&outputs);
        assert!(
            parse(&text).unwrap().keys().map(String::as_str).eq(outputs.keys().map(|path| &**path))
        );
        assert!(parse(&text[..text.len() - 1]).is_none());
        assert!(parse(&text.replace("gen-manifest 1", "gen-manifest 2")).is_none());
        assert!(parse(&text.replace("index.html", "../x")).is_none());
    }

    #[test]
    fn tells_sound_paths() {
        for path in ["a", "a/b.html", "猫税/index.html", ".nojekyll", ".well-known/x"] {
            assert!(is_sound(path), "{path}");
        }
        for path in ["", "/a", "a/", "a//b", "./a", "a/./b", "../a", "a/..", "a\nb", ".gen-lock"] {
            assert!(!is_sound(path), "{path}");
        }
    }
}
