//! Bad input: every problem of a run at once, each with its place and what to do.

use crate::support::{DIGEST, Site, site};
use digest_gen::diag::Format;
use digest_gen::lang::Lang;

/// Builds a site that cannot be built, checks what holds of every failure, and returns what is
/// printed.
#[track_caller]
fn failing(site: &mut Site, lang: Lang) -> String {
    site.build();
    assert!(!site.errors().is_empty(), "no error: {:#?}", site.problems());
    assert!(site.built().outputs.is_empty());
    let first = site.print(Format::Json, lang);
    site.same_as_cold("a failed build");
    assert_eq!(site.print(Format::Json, lang), first);
    // Sorted by file and place.
    let places: Vec<_> = site
        .built()
        .diagnostics
        .iter()
        .map(|d| (d.path.clone(), d.span.as_ref().map_or(0, |span| span.start)))
        .collect();
    assert!(places.is_sorted(), "{places:?}");
    site.printed(lang)
}

/// Compares what is printed of a site with `tests/snapshots`.
macro_rules! snapshot {
    ($name:literal, $site:expr, $lang:expr) => {
        let printed = failing(&mut $site, $lang);
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "../snapshots" }, {
            insta::assert_snapshot!($name, printed);
        });
    };
}

const BOOK: &str = "
//- /book.toml
[book]
titel = \"x\"
src = \"../up\"
language = \"fr\"
[output.html]
site-url = \"example.org\"
cname = \"https://a.org\"
paginate-by = -1
one-language = \"mark it\"
edit-url-template = \"https://a.org/edit\"
[languages.zh]
tag = \"中文\"
[markdwon]
math = false
[taxonomies.tags.terms]
a = { zh = \"甲\", de = \"A\" }
";

#[test]
fn book() {
    snapshot!("book_en", site(BOOK), Lang::En);
    snapshot!("book_zh", site(BOOK), Lang::Zh);
}

#[test]
fn book_syntax() {
    let book = "//- /book.toml\n[book\ntitle = \"猫\"\n";
    snapshot!("book_syntax", site(book), Lang::En);
    snapshot!("book_syntax_zh", site(book), Lang::Zh);
}

const FRONT: &str = "
//- /content/a.zh.md
+++
titel = \"标题\"
date = \"去年\"
tags = \"一个\"
weight = \"heavy\"
draft = \"yes\"
+++
//- /content/b.en.md
---
title: B
date: 2025-02-30
  bad: indent
---
//- /content/c.zh.md
+++
title = \"没有写完
+++
//- /content/d.en.md
+++
title = \"D\"
//- /content/e.en.md
---
titel: E
slug: ../up
aliases: [\"a b\", /ok/]
tags: [x, x]
source: { nmae: N }
---
# E
//- /content/f.zh.md
没有标题的一页。
//- /content/g.md
+++
title = \"\"
[[terms]]
id = \"Bad Id\"
zh = \"坏\"
+++
文字。
";

#[test]
fn front_matter() {
    snapshot!("front_matter_en", site(FRONT), Lang::En);
    snapshot!("front_matter_zh", site(FRONT), Lang::Zh);
}

#[test]
fn pages_in_each_others_way() {
    let mut site = site(
        "
//- /content/a.zh.md
# 甲
//- /content/a.md
# 甲
//- /content/News.zh.md
# 新闻
//- /content/news.zh.md
# 新闻
//- /content/caf\u{e9}.zh.md
# 咖啡
//- /content/cafe\u{301}.zh.md
# 咖啡
//- /content/archive.zh.md
# 归档
//- /content/zh/feed.zh.md
# 订阅
//- /content/about.zh.md
+++
aliases = [\"/archive/\", \"/b/\", \"zh/news/\"]
+++
# 关于
//- /content/b/index.zh.md
+++
aliases = [\"/b/\"]
+++
# 乙
//- /static/zh/about/index.html
About
",
    );
    snapshot!("addresses", site, Lang::En);
    snapshot!("addresses_zh", site, Lang::Zh);
}

#[test]
fn templates() {
    let mut site = site(DIGEST);
    site.write("templates/page.html", "{% extends \"base.html\" %}\n{% block main %}\n<h1>{{ article.titel }}</h1>\n{% endblock %}\n");
    site.edit("content/2025/momo.zh.md", "summary =", "template = \"pge.html\"\nsummary =");
    site.edit(
        "content/about.en.md",
        "# About",
        "+++\ntemplate = \"nothing-like-it\"\n+++\n# About",
    );
    site.remove("content/2025/v50.md")
        .remove("content/2024/only.zh.md")
        .remove("content/2024/note.zh.md");
    site.remove("content/2025/cats/index.zh.md").edit(
        "content/2025/momo.zh.md",
        "见[猫](cats/index.zh.md)",
        "",
    );
    snapshot!("templates", site, Lang::En);
    snapshot!("templates_zh", site, Lang::Zh);
}

#[test]
fn template_syntax() {
    let mut site = site(DIGEST);
    site.write("templates/page.html", "<h1>\n  {{ article.title. }}\n</h1>\n");
    site.write("templates/home.html", "{% if list %}\n猫 {{ list.title.zh }}\n");
    site.write("templates/section.html", "{% extends \"bsae.html\" %}\n");
    site.write("templates/strings.toml", "[en]\nhome = 1\n[fr]\nhome = \"x\"\n");
    snapshot!("template_syntax", site, Lang::En);
    snapshot!("template_syntax_zh", site, Lang::Zh);
}

#[test]
fn template_chain() {
    let mut site = site(DIGEST);
    site.write("templates/404.html", "{% include \"partials/a.html\" %}\n");
    site.write("templates/partials/a.html", "A\n{% include \"partials/b.html\" %}\n");
    site.write("templates/partials/b.html", "B\n  {{ nothing.here }}\n");
    snapshot!("template_chain", site, Lang::En);
    snapshot!("template_chain_zh", site, Lang::Zh);
}

const GLOSSARY: &str = "
//- /content/glossary.toml
[[term]]
id = \"cat-tax\"
zh = \"猫税\"
en = \"cat tax\"
pinyin = \"māo shuì\"
see = [\"cattax\", \"nothing\"]
[[term]]
id = \"cat-tax\"
en = \"a second one\"
[[term]]
id = \"Cat Tax\"
en = \"a third one\"
[[term]]
id = \"empty\"
[[term]]
en = \"no id\"
[[term]]
id = \"hang\"
zh = \"重庆行长\"
[[term]]
id = \"other\"
en = \"cat tax\"
defintion = \"x\"
//- /content/glossary/plain.md
没有头部信息。
//- /content/x.zh.md
# 题

[[cat-tx]] 与 [[猫税]]，[[什么都不是|字]]。
";

#[test]
fn glossary() {
    snapshot!("glossary_en", site(GLOSSARY), Lang::En);
    snapshot!("glossary_zh", site(GLOSSARY), Lang::Zh);
}

const TEXTS: &str = "
//- /content/2025/from.zh.md
# 题

中文之后的[链接](mono.md)，“全角”[又一个](draft.md)，![图](没有.png)。

[锚点](#没有) [近处](#小节) [别处](momo.md#nothing) [^无] [外](../../up.md)

[^1]: 没人引用。

## 小结

```rsut
x
```
//- /content/2025/momo.zh.md
# 名
//- /content/2025/draft.zh.md
+++
draft = true
+++
# 稿
";

#[test]
fn texts() {
    snapshot!("texts_en", site(TEXTS), Lang::En);
    snapshot!("texts_zh", site(TEXTS), Lang::Zh);
}

#[test]
fn bytes_that_are_no_text() {
    let mut site = site("//- /content/ok.zh.md\n# 好\n");
    site.write_bytes("content/gbk.zh.md", b"# \xd6\xd0\xce\xc4\n");
    site.write_bytes("content/glossary.toml", b"# ok\n\xff\xfe");
    site.write_bytes("content/glossary/x.md", b"\xff");
    site.write_bytes("templates/page.html", b"<p>\xe7\x8c");
    site.write_bytes("book.toml", b"[book]\ntitle = \"\xd6\xd0\"\n");
    snapshot!("not_utf_8", site, Lang::En);
    snapshot!("not_utf_8_zh", site, Lang::Zh);
    assert!(site.printed(Lang::En).contains("byte 16 (0xd6)"));
}

const CALLS: &str = "
//- /content/cat.jpg
x
//- /content/a.zh.md
# 题

<!-- gen:figrue src=\"cat.jpg\" -->

<!-- gen:figure -->

<!-- gen:figure src=12 -->

<!-- gen:figure src=\"cat.jpg\" atl=\"x\" -->

<!-- gen:figure src=\"cat.jpg\" src=\"x\" -->

<!-- gen:figure src=cat.jpg -->

<!-- /gen:details -->

猫<!-- gen:figure src=\"cat.jpg\" -->😀

\t<!-- gen:nosuch -->是代码

<!-- gen:details summary=\"x\" -->

<!-- gen:include path=\"x\" -->

<!-- gen:include file=\"诗.txt\" -->

$\\frac{1$，[点](javascript:alert())，{lang=fr}

## 节 {#gen-body}

# <b 未完
//- /content/b.en.md
+++
title = \"Tab\\u0007\"
source = { name = \"x\", url = \"ftp://a.org\" }
cover = \"javascript:x\"
pinyin = { \"bank\" = \"hang\" }
silence = [\"no-such\"]
+++
<div>

x\u{0007}y
";

#[test]
fn calls() {
    snapshot!("calls_en", site(CALLS), Lang::En);
    snapshot!("calls_zh", site(CALLS), Lang::Zh);
}

const DATA: &str = "
//- /content/a.zh.md
# 题
//- /data/a.toml
x =
//- /data/b.yaml
猫: 1
猫: 2
//- /data/c.yaml
a:
\tb: *x
//- /data/d.yaml
a: *没有
//- /data/e.yaml
a: \"没有结束
//- /data/f.json
{
  \"猫\": 1,
}
//- /data/g.json
[1, 2
//- /data/h.csv
id,id
//- /data/i.csv
id,name
1,a,b
//- /data/j.csv
id,name
1,\"a
//- /data/k.jsn
1
//- /data/README
1
//- /data/l.toml
x = 1
//- /data/l.json
1
//- /data/m.toml
猫 = { 甲 = 1, 甲 = 2 }
//- /data/n.yaml
a: 1
---
b: 2
//- /data/o.yaml
[1, 2]: x
";

#[test]
fn data() {
    snapshot!("data_en", site(DATA), Lang::En);
    snapshot!("data_zh", site(DATA), Lang::Zh);
}

#[test]
fn templates_that_fail() {
    let mut site = site(DIGEST);
    site.write("templates/page.html", "{{ article.title | shout }}\n{{ nosuch(a=1) }}\n{% if 1 is odder %}{% endif %}\n{{<Card />}}\n");
    site.write("templates/home.html", "{% include \"home.html\" %}\n");
    site.write("templates/section.html", "{% extends \"section.html\" %}\n");
    snapshot!("template_names", site, Lang::En);
    snapshot!("template_names_zh", site, Lang::Zh);
    let mut site = crate::support::site(DIGEST);
    let book = site.source("book.toml") + "\n[limits]\ntemplate-steps = 20_000\n";
    site.write("book.toml", &book);
    site.write("templates/page.html", "\t猫😀{{ 1 / 0 }}\n");
    site.write(
        "templates/home.html",
        "{% for a in range(end=9999) %}{% for b in range(end=9999) %}{% endfor %}{% endfor %}\n",
    );
    site.write(
        "templates/section.html",
        "{% component c() %}\n{{<c />}}\n{% endcomponent c %}\n{{<c />}}\n",
    );
    site.write("templates/404.html", "{{ site.title.zh + 1 }}\n");
    snapshot!("template_runs", site, Lang::En);
    snapshot!("template_runs_zh", site, Lang::Zh);
}

#[test]
fn warnings_do_not_stop_a_build() {
    let mut site = site(DIGEST);
    site.edit("content/2025/momo.en.md", "title =", "date = 2025-09-09\ntags = [\"b\"]\ntitle =");
    site.edit("content/2025/v50.md", "\n\nThursday", "\n\n```rsut\nx\n```\n\nThursday");
    site.edit("content/2025/momo.zh.md", "## 名字", "[x](#无)\n\n## 名字").build();
    assert_eq!(site.errors(), Vec::<String>::new());
    assert!(!site.built().outputs.is_empty());
    let printed = site.printed(Lang::En) + &site.printed(Lang::Zh);
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "../snapshots" }, {
        insta::assert_snapshot!("warnings", printed);
    });
}

#[test]
fn other_forms() {
    let mut site = site(DIGEST);
    site.edit("content/2025/momo.zh.md", "cats/index.zh.md", "cat%s,:.md").build();
    let printed = site.print(Format::Json, Lang::En) + &site.print(Format::Github, Lang::Zh);
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "../snapshots" }, {
        insta::assert_snapshot!("forms", printed);
    });
}
