//! Why an output folder cannot be written, in both languages.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::diag::{Diagnostic, Message};
use crate::msg;

/// Why an output folder cannot be written.
#[derive(Debug)]
#[non_exhaustive]
pub enum WriteError {
    /// The system refused.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The folder must not be an output folder.
    Target {
        /// The folder.
        path: PathBuf,
        /// Why not.
        why: Message,
    },
    /// The folder holds files and gen never wrote there.
    NotEmpty {
        /// The folder.
        path: PathBuf,
        /// Some of the files.
        some: Vec<String>,
    },
    /// Files that gen did not write stand where outputs belong.
    Foreign {
        /// The output folder.
        path: PathBuf,
        /// Some of the files.
        some: Vec<String>,
    },
    /// Something that gen did not write, and that no option overwrites, stands in the way.
    InTheWay {
        /// Where.
        path: PathBuf,
    },
    /// A symbolic link stands where a file or folder belongs.
    Link {
        /// Where.
        path: PathBuf,
    },
    /// An output has a path that no file can have, or that another output needs for a folder.
    BadPath {
        /// The path, as the build made it.
        path: String,
    },
    /// The manifest or the journal is not what gen writes.
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// A file of the author's changed between reading and writing it.
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// A file that was to be written lies outside of the site.
    Outside {
        /// The file, as the site names it.
        path: PathBuf,
    },
    /// A file that was to be made is there already.
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// Another build writes into the same folder.
    Locked {
        /// The output folder.
        path: PathBuf,
    },
}

impl WriteError {
    /// A function that adds the path to an error of the system.
    pub(super) fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> WriteError {
        |cause| WriteError::Io { path: path.into(), cause }
    }

    fn code(&self) -> &'static str {
        match self {
            WriteError::Io { .. } => "unwritable-file",
            WriteError::Target { .. } => "bad-output-folder",
            WriteError::NotEmpty { .. } => "output-not-empty",
            WriteError::Foreign { .. } | WriteError::InTheWay { .. } => "foreign-file",
            WriteError::Link { .. } => "link-in-output",
            WriteError::BadPath { .. } => "bad-output-path",
            WriteError::Damaged { .. } => "damaged-manifest",
            WriteError::Changed { .. } => "file-changed",
            WriteError::Outside { .. } => "link-outside",
            WriteError::Exists { .. } => "file-exists",
            WriteError::Locked { .. } => "output-locked",
        }
    }

    fn path(&self) -> String {
        match self {
            WriteError::BadPath { path } => path.escape_debug().to_string(),
            WriteError::Io { path, .. }
            | WriteError::Target { path, .. }
            | WriteError::NotEmpty { path, .. }
            | WriteError::Foreign { path, .. }
            | WriteError::InTheWay { path }
            | WriteError::Link { path }
            | WriteError::Damaged { path }
            | WriteError::Changed { path }
            | WriteError::Outside { path }
            | WriteError::Exists { path }
            | WriteError::Locked { path } => path.display().to_string(),
        }
    }

    fn message(&self) -> Message {
        match self {
            WriteError::Io { cause, .. } => Message::unwritable(cause),
            WriteError::Target { why, .. } => why.clone(),
            WriteError::NotEmpty { some, .. } => {
                let (en, zh) = (some.join(", "), some.join("、"));
                msg!(
                    "the output folder holds files that gen did not write: {en}",
                    "输出文件夹中有不是 gen 写入的文件：{zh}"
                )
            }
            WriteError::Foreign { some, .. } => {
                let (en, zh) = (some.join(", "), some.join("、"));
                msg!(
                    "files that gen did not write stand where pages belong: {en}",
                    "在页面的位置上有不是 gen 写入的文件：{zh}"
                )
            }
            WriteError::InTheWay { .. } => msg!(
                "something that gen did not write stands in the way",
                "这里有不是 gen 写入的东西，挡住了输出"
            ),
            WriteError::Link { .. } => msg!(
                "a symbolic link stands in the way, and gen does not write through links",
                "这里是一个符号链接，而 gen 不会透过链接写入"
            ),
            WriteError::BadPath { .. } => {
                msg!("no output can have this path", "输出文件不能使用这个路径")
            }
            WriteError::Damaged { .. } => {
                msg!("this list of gen's own files is damaged", "这份 gen 自己的文件清单已经损坏")
            }
            WriteError::Changed { .. } => {
                msg!("the file was changed by someone else meanwhile", "这个文件同时被别的程序改过")
            }
            WriteError::Outside { .. } => {
                msg!("this link leads out of the site's folder", "这个链接指向了站点文件夹之外")
            }
            WriteError::Exists { .. } => {
                msg!("this file is there already", "这个文件已经存在")
            }
            WriteError::Locked { .. } => {
                msg!("another build is writing there", "另一个构建正在写入这个文件夹")
            }
        }
    }

    fn help(&self) -> Option<Message> {
        match self {
            WriteError::Target { .. } => Some(msg!(
                "name a folder of its own with --dest-dir or [build] build-dir",
                "请用 --dest-dir 或 [build] build-dir 指定一个单独的文件夹"
            )),
            WriteError::NotEmpty { .. } => Some(msg!(
                "name an empty folder, or keep these files and build beside them with --force",
                "请指定一个空文件夹；或者用 --force 保留这些文件，在旁边构建"
            )),
            WriteError::Foreign { .. } => Some(msg!(
                "move them away, or overwrite them with --force",
                "请移走它们，或者用 --force 覆盖"
            )),
            WriteError::InTheWay { .. } | WriteError::Link { .. } => {
                Some(msg!("move it away", "请移走它"))
            }
            WriteError::Damaged { .. } => Some(msg!(
                "delete this file alone, and build again with --force",
                "请只删除这个文件，再用 --force 重新构建"
            )),
            WriteError::Changed { .. } => {
                Some(msg!("it was left as it is; try again", "没有改动它，请再试一次"))
            }
            WriteError::Exists { .. } => Some(msg!(
                "choose another name, or move it away: gen never writes over a file of yours here",
                "请换一个名字，或者先移走它：gen 在这里不会覆盖你的文件"
            )),
            WriteError::Outside { .. } => None,
            WriteError::Locked { .. } => Some(msg!("wait until it is done", "请等待它完成")),
            WriteError::Io { .. } | WriteError::BadPath { .. } => None,
        }
    }
}

impl From<&WriteError> for Diagnostic {
    fn from(error: &WriteError) -> Diagnostic {
        let diagnostic = Diagnostic::error(error.code(), error.path(), None, error.message());
        match error.help() {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path(), self.message().en)
    }
}

impl std::error::Error for WriteError {}
