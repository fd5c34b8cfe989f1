//! Why the system refused something, in both languages.

use std::io::{Error, ErrorKind};

use super::Message;
use crate::msg;

impl Message {
    /// That a file cannot be read, and why.
    pub fn unreadable(error: &Error) -> Message {
        let cause = Message::from(error);
        let (en, zh) = (cause.en, cause.zh);
        msg!("cannot be read: {en}", "无法读取：{zh}")
    }

    /// That a file cannot be written, and why.
    pub fn unwritable(error: &Error) -> Message {
        let cause = Message::from(error);
        let (en, zh) = (cause.en, cause.zh);
        msg!("cannot be written: {en}", "无法写入：{zh}")
    }
}

impl From<&Error> for Message {
    /// The cause of a failed system call: common kinds in plain words, others in the system's.
    fn from(error: &Error) -> Message {
        match error.kind() {
            ErrorKind::NotFound => msg!("there is no such file or folder", "没有这个文件或文件夹"),
            ErrorKind::PermissionDenied => msg!("permission denied", "没有权限"),
            ErrorKind::StorageFull => msg!("the disk is full", "磁盘已满"),
            ErrorKind::ReadOnlyFilesystem => {
                msg!("the file system is read-only", "文件系统是只读的")
            }
            ErrorKind::NotADirectory => msg!("not a folder", "不是文件夹"),
            ErrorKind::IsADirectory => msg!("it is a folder", "这是一个文件夹"),
            _ => msg!("{error}", "{error}"),
        }
    }
}
