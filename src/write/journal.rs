//! Carries a plan out so that a crash at any moment leaves the old site or leads to the new one.
//!
//! 1. [`stage`] writes an uncommitted journal, then every changed file under a name beside its
//!    place. A crash here is undone by [`recover`].
//! 2. [`commit`] renames the journal: the one moment at which the new site becomes the truth.
//! 3. [`recover`] takes the journal's steps: old files out, new ones in, then the manifest. Each
//!    step may be taken again, so a crash here is finished by calling it once more.

use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::disk::{self, Kind};
use super::manifest::is_sound;
use super::plan::Plan;
use super::{JOURNAL, MANIFEST, NEXT_JOURNAL, NEXT_MANIFEST, OWN, WriteError};

const VERSION: &str = "gen-journal 1";
const END: &str = "end";

/// The steps of a journal.
#[derive(Debug, Default, PartialEq, Eq)]
struct Journal {
    /// Stages and their places.
    writes: Vec<(String, String)>,
    /// Files to remove.
    removes: Vec<String>,
}

/// Writes the files of a plan beside their places, and a journal that is not committed yet.
pub fn stage(out: &Path, plan: &Plan) -> Result<(), WriteError> {
    let writes = plan.writes.iter().map(|write| (write.stage.clone(), write.target.clone()));
    let journal = Journal { writes: writes.collect(), removes: plan.removes.clone() };
    disk::create(&out.join(NEXT_JOURNAL), journal.text().as_bytes())?;
    if let Some(manifest) = &plan.manifest {
        disk::create(&out.join(NEXT_MANIFEST), manifest.as_bytes())?;
        disk::flush(&out.join(NEXT_MANIFEST))?;
    }
    // Where there is an old site, its files go only when those of the new one are on the disk.
    let replaces = disk::kind(&out.join(MANIFEST))? != Kind::Missing;
    plan.writes.par_iter().try_for_each(|write| {
        let stage = out.join(&write.stage);
        disk::create(&stage, &write.bytes)?;
        if replaces { disk::flush(&stage) } else { Ok(()) }
    })
}

/// Commits what is staged: from here on the new site is the one that counts.
pub fn commit(out: &Path) -> Result<(), WriteError> {
    let next = out.join(NEXT_JOURNAL);
    disk::flush(&next)?;
    disk::rename(&next, &out.join(JOURNAL))?;
    disk::flush_folder(out);
    Ok(())
}

/// Finishes what a journal committed, or undoes what was staged without a commit.
pub fn recover(out: &Path) -> Result<(), WriteError> {
    let path = out.join(JOURNAL);
    match disk::read_own(&path)? {
        Some(text) => {
            let journal = Journal::parse(&text).ok_or(WriteError::Damaged { path })?;
            journal.finish(out)
        }
        None => discard(out),
    }
}

/// Removes stages that no journal committed.
fn discard(out: &Path) -> Result<(), WriteError> {
    if disk::kind(&out.join(NEXT_JOURNAL))? == Kind::Missing {
        return Ok(());
    }
    for entry in WalkDir::new(out).into_iter().flatten() {
        if entry.file_name().to_str().is_some_and(is_stage) {
            disk::remove_file(entry.path())?;
        }
    }
    disk::remove_file(&out.join(NEXT_MANIFEST))?;
    disk::remove_file(&out.join(NEXT_JOURNAL)).map(drop)
}

/// Whether a name is one that [`stage`] gives.
fn is_stage(name: &str) -> bool {
    let number = name.strip_prefix(OWN).and_then(|rest| rest.strip_prefix("stage-"));
    let number = number.and_then(|rest| rest.strip_suffix('~'));
    number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

impl Journal {
    fn text(&self) -> String {
        let mut text = format!("{VERSION}\n");
        for (stage, target) in &self.writes {
            text += &format!("+ {stage}\t{target}\n");
        }
        for path in &self.removes {
            text += &format!("- {path}\n");
        }
        text + END + "\n"
    }

    fn parse(text: &str) -> Option<Journal> {
        let lines = text.strip_prefix(VERSION)?.strip_prefix('\n')?;
        let lines = lines.strip_suffix('\n')?.strip_suffix(END)?;
        let mut journal = Journal::default();
        for line in lines.lines() {
            if let Some(path) = line.strip_prefix("- ") {
                journal.removes.push(is_sound(path).then(|| path.to_owned())?);
            } else {
                let (stage, target) = line.strip_prefix("+ ")?.split_once('\t')?;
                let (folder, name) = stage.rsplit_once('/').unwrap_or(("stages", stage));
                let sound = is_sound(folder) && is_stage(name) && is_sound(target);
                journal.writes.push(sound.then(|| (stage.to_owned(), target.to_owned()))?);
            }
        }
        Some(journal)
    }

    fn targets(&self) -> impl Iterator<Item = &str> {
        self.writes.iter().map(|(_, target)| target.as_str())
    }

    fn removes(&self) -> impl Iterator<Item = &str> {
        self.removes.iter().map(String::as_str)
    }

    fn finish(&self, out: &Path) -> Result<(), WriteError> {
        disk::refuse_links(out, &disk::folders(self.targets().chain(self.removes())))?;
        let placed = self.placed(out)?;
        self.removes.par_iter().try_for_each(|path| {
            match placed.contains(&path.to_lowercase()) {
                true => Ok(()),
                false => disk::remove_file(&out.join(path)).map(drop),
            }
        })?;
        disk::prune(out, self.removes());
        for folder in disk::folders(self.targets()) {
            disk::create_folder(&out.join(folder))?;
        }
        self.writes.par_iter().try_for_each(|(stage, target)| {
            disk::rename(&out.join(stage), &out.join(target)).map(drop)
        })?;
        disk::rename(&out.join(NEXT_MANIFEST), &out.join(MANIFEST))?;
        disk::remove_file(&out.join(JOURNAL)).map(drop)
    }

    /// The targets that are in their places already, in lower case: where letter case does not
    /// count, the old file of that name is the new one by now.
    fn placed(&self, out: &Path) -> Result<BTreeSet<String>, WriteError> {
        if self.removes.is_empty() {
            return Ok(BTreeSet::new());
        }
        let mut placed = BTreeSet::new();
        for (stage, target) in &self.writes {
            if disk::kind(&out.join(stage))? == Kind::Missing {
                placed.insert(target.to_lowercase());
            }
        }
        Ok(placed)
    }
}

#[cfg(test)]
mod tests {
    use super::Journal;

    #[test]
    fn reads_what_it_writes_and_nothing_damaged() {
        let write = |stage: &str, target: &str| (stage.to_owned(), target.to_owned());
        let journal = Journal {
            writes: vec![
                write(".gen-stage-0~", "a b/index.html"),
                write("猫/.gen-stage-1~", "猫/x"),
            ],
            removes: vec!["old.html".to_owned()],
        };
        let text = journal.text();
        assert_eq!(Journal::parse(&text), Some(journal));
        assert_eq!(Journal::parse(&text[..text.len() - 4]), None);
        for (from, to) in [("old.html", "../old.html"), ("猫/x", "/x"), ("stage-0", "lock")] {
            assert_eq!(Journal::parse(&text.replace(from, to)), None, "{to}");
        }
    }
}
