//! Slugs, aliases, tags, links and base addresses that try to leave the output, or to become mark-up.

use crate::case::{Case, Ground, builds, fails};

fn front(ground: &Ground, line: &str) {
    ground.file("content/a.en.md", format!("+++\ntitle = \"T\"\n{line}\n+++\ntext\n"));
}

fn bad(name: &'static str, code: &'static str, line: &'static str) -> Case {
    fails(name, code, "content/a.en.md:3", move |ground: &Ground| front(ground, line))
}

fn text(name: &'static str, code: &'static str, body: &'static str) -> Case {
    fails(name, code, "content/a.en.md:3", move |ground: &Ground| {
        ground.file("content/a.en.md", format!("# T\n\n{body}\n"));
    })
}

fn book(name: &'static str, code: &'static str, line: &'static str) -> Case {
    fails(name, code, "book.toml:2", move |ground: &Ground| {
        ground.page().file("book.toml", format!("[output.html]\n{line}\n"));
    })
}

pub fn cases() -> Vec<Case> {
    vec![
        bad("a slug that leads up", "bad-slug", "slug = \"../../up\""),
        bad("a slug of two dots", "bad-slug", "slug = \"..\""),
        bad("a slug of encoded dots", "bad-slug", "slug = \"%2e%2e\""),
        bad("a slug with a slash", "bad-slug", "slug = \"a/b\"").builds_instead(),
        bad("a slug with a backslash", "bad-slug", "slug = \"a\\\\b\""),
        bad("a slug with mark-up", "bad-slug", "slug = \"<script>pwned()</script>\""),
        bad("a slug with a line end", "bad-slug", "slug = \"a\\nb\""),
        bad("a slug with NUL", "bad-slug", "slug = \"a\\u0000/b\"").builds_instead(),
        bad("a slug that is empty", "bad-slug", "slug = \"\""),
        bad("a slug named CON", "bad-slug", "slug = \"con\""),
        bad("a slug of 1,000 letters", "bad-slug", "slug = \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\""),
        bad("an old address that leads up", "bad-alias", "aliases = [\"/../../etc/passwd\"]"),
        bad("an old address of encoded dots", "bad-alias", "aliases = [\"/%2e%2e/%2e%2e/x/\"]"),
        bad("an old address of another site", "bad-alias", "aliases = [\"//evil.example/\"]"),
        bad("an old address that runs a script", "bad-alias", "aliases = [\"javascript:pwned()\"]"),
        bad("an old address with mark-up", "bad-alias", "aliases = [\"/\\\"><script>pwned()</script>/\"]"),
        bad("an old address with a backslash", "bad-alias", "aliases = [\"/a\\\\..\\\\..\\\\b/\"]"),
        bad("an old address of gen's own files", "bad-alias", "aliases = [\"/.gen-manifest\"]"),
        bad("an old address with a line end", "bad-alias", "aliases = [\"/a\\nb/\"]"),
        bad("an old address of 5,000 letters in a part", "bad-alias", "aliases = [\"/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/\"]"),
        bad("a template outside", "unknown-template", "template = \"../../../etc/passwd\""),
        bad("a cover outside", "broken-image", "cover = \"../../../../etc/passwd\""),
        bad("a cover that runs a script", "unsafe-link", "cover = \"javascript:pwned()\""),
        bad("a source that runs a script", "bad-url", "source = { url = \"javascript:pwned()\" }"),
        bad("a source of data", "bad-url", "source = { url = \"data:text/html,<script>pwned()</script>\" }"),
        bad("a source with a tab in its scheme", "bad-url", "source = { url = \"java\\tscript:pwned()\" }"),
        builds("tags that lead up or are mark-up", |ground: &Ground| {
            front(ground, "tags = [\"../../x\", \"..\", \"<script>pwned()</script>\", \"a/b\", \"C:\\\\x\", \"con\", \"\u{202e}x\", \"'\\\"><img src=x onerror=pwned()>\"]\ndate = 2025-01-01");
        })
        .lacks("<script>pwned")
        .lacks("<img src=x onerror"),
        builds("an issue and a category that are mark-up", |ground: &Ground| {
            front(ground, "categories = [\"</script><script>pwned()</script>\"]\nissue = \"../<script>pwned()</script>\"\ndate = 2025-01-01");
        })
        .lacks("<script>pwned"),
        builds("a title and a summary that are mark-up", |ground: &Ground| {
            ground.file("content/a.en.md", "+++\ntitle = \"</title><script>pwned()</script>\"\nsummary = \"\\\"><script>pwned()</script>]]>\"\ndate = 2025-01-01\nauthors = [\"<script>pwned()</script>\"]\ntags = [\"]]><script>pwned()</script>\"]\n+++\ntext\n");
        })
        .lacks("<script>pwned"),
        bad("a tag of nothing", "invalid-value", "tags = [\"\"]").builds_instead(),
        bad("a tag of spaces", "invalid-value", "tags = [\"  \"]").builds_instead(),
        bad("a tag of dots", "invalid-value", "tags = [\"...\"]").builds_instead(),
        text("a link that runs a script", "unsafe-link", "[x](javascript:pwned())"),
        text("a link that runs a script, in capitals", "unsafe-link", "[x](JaVaScRiPt:pwned())"),
        text("a link that runs a script, with entities", "unsafe-link", "[x](&#106;avascript:pwned())"),
        text("a link that runs a script, with a tab", "unsafe-link", "[x](<java\tscript:pwned()>)"),
        text("a link of data", "unsafe-link", "[x](data:text/html;base64,PHNjcmlwdD4=)"),
        text("a link of vbscript", "unsafe-link", "[x](vbscript:pwned)"),
        text("an autolink that runs a script", "unsafe-link", "<javascript:pwned()>"),
        text("an image that runs a script", "unsafe-link", "![x](javascript:pwned())"),
        text("a link that leads up and out", "broken-link", "[x](../../../../etc/passwd)"),
        text("a link of encoded dots", "broken-link", "[x](%2e%2e/%2e%2e/%2e%2e/etc/passwd)"),
        text("an image outside", "broken-image", "![x](/../../etc/passwd)"),
        builds("a heading whose id is mark-up", |ground: &Ground| {
            ground.file("book.toml", "[markdown]\nhtml = \"escape\"\n");
            ground.file("content/a.en.md", "# T\n\n## X {#\"><script>pwned()</script>}\n\n## <i>y</i> \"><b {#a.b .\"onclick=pwned()}\n");
        })
        .lacks("<script>pwned")
        .lacks("\"onclick"),
        builds("code whose language is mark-up", |ground: &Ground| {
            ground.file("content/a.en.md", "# T\n\n```\"><script>pwned()</script>\n</code><script>pwned()</script>\n```\n");
        })
        .lacks("<script>pwned"),
        book("a site address that runs a script", "bad-site-url", "site-url = \"javascript:pwned()\""),
        book("a site address that is mark-up", "bad-site-url", "site-url = \"/\\\"><script>pwned()</script>/\""),
        book("a site address that leads up", "bad-site-url", "site-url = \"/../x/\""),
        book("a site address with a line end", "bad-site-url", "site-url = \"https://a.org/\\nx\""),
        book("a site address with a password", "bad-site-url", "site-url = \"https://u:p@a.org/\""),
        book("a site address with a query", "bad-site-url", "site-url = \"https://a.org/?x#y\""),
        book("a host name with a line end", "bad-cname", "cname = \"a.org\\nb.org\""),
        book("a host name that is mark-up", "bad-cname", "cname = \"<script>\""),
        book("a repository that runs a script", "bad-url", "git-repository-url = \"javascript:pwned()\""),
        fails("a content folder outside", "bad-src", "book.toml", |ground: &Ground| {
            ground.file("book.toml", "[book]\nsrc = \"../beside\"\n");
        }),
        fails("a content folder of the whole site", "bad-src", "book.toml", |ground: &Ground| {
            ground.file("book.toml", "[book]\nsrc = \".\"\n");
        })
        .refuses_instead("bad-output-folder"),
        fails("a style sheet outside", "missing-file", "book.toml", |ground: &Ground| {
            ground.page().file("book.toml", "[output.html]\nadditional-css = [\"../../beside/mine.txt\"]\n");
        }),
        fails("a dictionary outside", "", "book.toml:2", |ground: &Ground| {
            ground.page().file("book.toml", "[align]\ndictionary = \"../../beside/mine.txt\"\n");
        })
        .fails_instead("unreadable-file", ""),
    ]
}
