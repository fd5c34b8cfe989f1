//! Pictures that tell where they were taken, in formats of which gen takes nothing out.

use crate::diag::Diagnostic;
use crate::model::site::Site;
use crate::msg;
use crate::picture;
use crate::source::Sources;

/// Looks at the files that are published as they are.
pub(super) fn check(site: &Site<'_>, sources: &Sources) -> Vec<Diagnostic> {
    let files = site.files.values().filter_map(|path| Some((path, sources.files.get(path)?)));
    let located = files.filter(|(_, file)| picture::tells_place(&file.bytes));
    let report = |path: &std::sync::Arc<str>| {
        let text = msg!("this picture tells where it was taken", "这张图片里有拍摄地点");
        Diagnostic::warning("located-picture", path.clone(), None, text).help(msg!(
            "remove its metadata, as `exiftool -all=` does, or save it as JPEG, PNG or WebP, of which gen removes it",
            "请删去它的元数据（例如用 `exiftool -all=`），或者另存为 JPEG、PNG、WebP：这些格式 gen 会自己删"
        ))
    };
    located.map(|(path, _)| report(path)).collect()
}
