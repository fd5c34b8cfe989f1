//! Pages that exist in one language only.

use crate::diag::Diagnostic;
use crate::lang::Lang;
use crate::model::site::Site;
use crate::msg;

/// Looks at every page. A site that is in one language as a whole misses nothing.
pub(super) fn check(site: &Site<'_>) -> Vec<Diagnostic> {
    let both = Lang::ALL.iter().all(|lang| site.pages.iter().any(|page| page.has(*lang)));
    if !both {
        return Vec::new();
    }
    let mut found = Vec::new();
    for page in site.pages.iter() {
        for lang in Lang::ALL.into_iter().filter(|lang| !page.has(*lang)) {
            let Some(doc) = page.origin() else { continue };
            let message = match lang {
                Lang::Zh => msg!("this page is not there in Chinese", "这个页面没有中文版"),
                Lang::En => msg!("this page is not there in English", "这个页面没有英文版"),
            };
            let problem =
                Diagnostic::warning("missing-translation", doc.path.clone(), None, message);
            found.push(problem.help(msg!(
                "translate it; if it is meant for readers of one language, silence this code in its front matter",
                "请翻译；如果本来就只给一种语言的读者看，请在头部信息里忽略这条检查"
            )));
        }
    }
    found
}
