//! A machine that has the program and nothing else: an empty environment, folders of its own.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A machine with the program in one folder and room for a site in another.
pub struct Machine {
    dir: TempDir,
    program: PathBuf,
}

/// How a command ended, and what it said.
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Machine {
    /// The program is where it was built.
    pub fn new() -> Machine {
        let dir = TempDir::new().unwrap();
        fs::create_dir(dir.path().join("home")).unwrap();
        Machine { dir, program: PathBuf::from(env!("CARGO_BIN_EXE_gen")) }
    }

    /// The program is a copy in a folder of its own, with nothing beside it.
    pub fn with_the_program_alone() -> Machine {
        let mut machine = Machine::new();
        let bin = machine.dir.path().join("bin");
        fs::create_dir(&bin).unwrap();
        let program = bin.join(format!("gen{}", std::env::consts::EXE_SUFFIX));
        fs::copy(&machine.program, &program).unwrap();
        machine.program = program;
        machine
    }

    /// The same with a site in it.
    pub fn with_site() -> Machine {
        let machine = Machine::new();
        assert_eq!(machine.gen_in("", &["init", "."]).code, 0);
        machine
    }

    pub fn program(&self) -> &Path {
        &self.program
    }

    /// Where the author works.
    pub fn home(&self) -> PathBuf {
        self.dir.path().join("home")
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.home().join(path)
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    /// Puts a text in the place of another in a file.
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path}: no {from} in {text}");
        self.write(path, &text.replacen(from, to, 1));
    }

    /// A command of the program in a folder, with nothing in its environment.
    pub fn command<A: AsRef<OsStr>>(&self, folder: &str, arguments: &[A]) -> Command {
        let mut command = Command::new(self.program());
        command.args(arguments).current_dir(self.path(folder)).env_clear();
        // Without it, Windows has no sockets.
        if let Some(root) = std::env::var_os("SystemRoot") {
            command.env("SystemRoot", root);
        }
        command
    }

    pub fn gen_in(&self, folder: &str, arguments: &[&str]) -> Said {
        said(&self.command(folder, arguments).output().unwrap())
    }

    /// Runs the program where the author works, on a line of arguments without spaces in them.
    pub fn run(&self, line: &str) -> Said {
        self.gen_in("", &line.split(' ').collect::<Vec<_>>())
    }

    /// Every file with its bytes, sorted.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        gather(&self.home(), "", &mut files);
        files.sort();
        files
    }
}

fn said(output: &Output) -> Said {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let code = output.status.code().unwrap_or(-1);
    Said { code, out: text(&output.stdout), err: text(&output.stderr) }
}

fn gather(folder: &Path, name: &str, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let own = format!("{name}/{}", entry.file_name().to_string_lossy());
        match entry.file_type().unwrap().is_dir() {
            true => gather(&entry.path(), &own, files),
            false => files.push((own, fs::read(entry.path()).unwrap())),
        }
    }
}

impl Said {
    /// The same, if the command went well.
    #[track_caller]
    pub fn fine(self) -> Said {
        assert_eq!(self.code, 0, "{}{}", self.out, self.err);
        self
    }

    /// The same, if it found a problem of a code.
    #[track_caller]
    pub fn problem(self, code: &str) -> Said {
        assert_eq!(self.code, 1, "{}{}", self.out, self.err);
        assert!(self.err.contains(&format!("[{code}]")), "{}", self.err);
        self
    }
}
