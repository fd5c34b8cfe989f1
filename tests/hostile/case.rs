//! A hostile site as a row of a table: how it is made, what is to come of it.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::PathBuf;

/// How big the sites are: small in the gate, full when the bounds are measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// Big enough to find a crash.
    Small,
    /// As big as the issue says.
    Full,
}

impl Size {
    /// A number of things, or the twentieth part of it.
    pub fn of(self, full: usize) -> usize {
        match self {
            Size::Small => (full / 20).max(1),
            Size::Full => full,
        }
    }
}

/// The folder of a site while it is made.
pub struct Ground {
    /// The site's root.
    pub root: PathBuf,
    /// How big it is to be.
    pub size: Size,
}

impl Ground {
    /// The place of a path of the site; the folders above it are made.
    pub fn place(&self, path: &str) -> PathBuf {
        let place = self.root.join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        place
    }

    /// Writes a file.
    pub fn file(&self, path: &str, bytes: impl AsRef<[u8]>) -> &Self {
        fs::write(self.place(path), bytes).unwrap();
        self
    }

    /// Writes a big page, with a title, piece by piece, so that this process stays small: a child's peak
    /// of memory is never less than its parent's.
    pub fn stream(&self, path: &str, pieces: impl IntoIterator<Item = String>) -> &Self {
        self.raw(path, std::iter::once("+++\ntitle = \"T\"\n+++\n".to_owned()).chain(pieces))
    }

    /// The same without a title.
    pub fn raw(&self, path: &str, pieces: impl IntoIterator<Item = String>) -> &Self {
        let mut file = BufWriter::new(File::create(self.place(path)).unwrap());
        for piece in pieces {
            file.write_all(piece.as_bytes()).unwrap();
        }
        file.flush().unwrap();
        self
    }

    /// Writes a page of one piece many times over.
    pub fn repeat(&self, path: &str, head: &str, piece: &str, times: usize) -> &Self {
        let pieces = std::iter::repeat_n(piece.to_owned(), times);
        self.stream(path, std::iter::once(head.to_owned()).chain(pieces))
    }

    /// Writes a page in each language that nothing is wrong with.
    pub fn page(&self) -> &Self {
        self.file("content/fine.zh.md", "# 猫\n\n猫税。\n")
            .file("content/fine.en.md", "# Cat\n\nTax.\n")
    }
}

/// What is to come of a site.
pub enum Want {
    /// A site: exit status 0, every page whole.
    Builds,
    /// Exit status 1, and a finding of each code at each `file:line` (or `file`); nothing is written.
    Fails(Vec<(&'static str, String)>),
    /// Exit status 2: the command line asks for what cannot be.
    Refuses(&'static str),
}

/// A hostile site.
pub struct Case {
    /// Its name in the table.
    pub name: String,
    /// Writes its files.
    pub make: Box<dyn Fn(&Ground) + Send + Sync>,
    /// The arguments of gen.
    pub args: Vec<String>,
    /// What is to come of it.
    pub want: Want,
    /// What some page is to hold.
    pub holds: Vec<(&'static str, String)>,
    /// What no file of the output may hold.
    pub lacks: Vec<&'static str>,
    /// What is to be said on standard error.
    pub says: Vec<String>,
}

/// A site that is to be built.
pub fn builds(name: impl Into<String>, make: impl Fn(&Ground) + Send + Sync + 'static) -> Case {
    Case {
        name: name.into(),
        make: Box::new(make),
        args: vec!["build".to_owned()],
        want: Want::Builds,
        holds: Vec::new(),
        lacks: Vec::new(),
        says: Vec::new(),
    }
}

/// A site with errors: a code, and the `file:line` it is to be found at.
pub fn fails(
    name: impl Into<String>,
    code: &'static str,
    at: impl Into<String>,
    make: impl Fn(&Ground) + Send + Sync + 'static,
) -> Case {
    Case { want: Want::Fails(vec![(code, at.into())]), ..builds(name, make) }
}

/// A site that may not be written where it is asked for.
pub fn refuses(
    name: impl Into<String>,
    code: &'static str,
    make: impl Fn(&Ground) + Send + Sync + 'static,
) -> Case {
    Case { want: Want::Refuses(code), ..builds(name, make) }
}

impl Case {
    /// With another command line.
    pub fn args(mut self, args: &[&str]) -> Case {
        self.args = args.iter().map(|arg| (*arg).to_owned()).collect();
        self
    }

    /// Errors after all: the code of a finding and its place.
    pub fn fails_instead(self, code: &'static str, at: &str) -> Case {
        Case { want: Want::Fails(vec![(code, at.to_owned())]), holds: Vec::new(), ..self }
    }

    /// A site after all.
    pub fn builds_instead(self) -> Case {
        Case { want: Want::Builds, ..self }
    }

    /// A refusal after all: the code of it.
    pub fn refuses_instead(self, code: &'static str) -> Case {
        Case { want: Want::Refuses(code), ..self }
    }

    /// With one more finding.
    pub fn and(mut self, code: &'static str, at: impl Into<String>) -> Case {
        if let Want::Fails(codes) = &mut self.want {
            codes.push((code, at.into()));
        }
        self
    }

    /// A file of the output holds a text.
    pub fn holds(mut self, path: &'static str, text: impl Into<String>) -> Case {
        self.holds.push((path, text.into()));
        self
    }

    /// No file of the output holds a text.
    pub fn lacks(mut self, text: &'static str) -> Case {
        self.lacks.push(text);
        self
    }

    /// Standard error holds a text.
    pub fn says(mut self, text: impl Into<String>) -> Case {
        self.says.push(text.into());
        self
    }
}
