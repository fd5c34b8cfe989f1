//! What is built, but not as its author meant it.

use digest_gen::lang::Lang;

use crate::support::site;

#[test]
fn what_looks_like_mark_up_and_is_none_is_a_warning() {
    let mut site = site(
        "
//- /content/a.zh.md
+++
zusatz = 1
+++
# 题

有[^one]，无[^zz]，**粗[^onee]**，`[^c]`，\\[^d]。

    [^code]

```text {lang=de}
[^fence]
```

- 项[^yy]

[^one]: 注，见[^two]。

{lang=ja}

> 引文

结尾 {#id lang=fr}

## 节 {lang=es}
//- /content/b.md
+++
title = { zh = \"题\", en = \"T\" }
+++
momo {lang=it} here stays

No[^n]. {lang=en}

无[^m]。
//- /content/c.EN.md
# C
//- /content/d.zh.MD
# D
//- /content/pic.PNG
x
",
    );
    site.build();
    assert_eq!(
        site.problems(),
        [
            "unknown-key content/a.zh.md:2:1",
            "undefined-footnote content/a.zh.md:6:10",
            "undefined-footnote content/a.zh.md:6:19",
            "unknown-block-language content/a.zh.md:10:10",
            "undefined-footnote content/a.zh.md:14:4",
            "undefined-footnote content/a.zh.md:16:12",
            "unknown-block-language content/a.zh.md:18:2",
            "unknown-block-language content/a.zh.md:22:9",
            "unknown-block-language content/a.zh.md:24:7",
            "undefined-footnote content/b.md:6:3",
            "undefined-footnote content/b.md:8:2",
            "odd-case content/c.EN.md",
            "odd-case content/d.zh.MD",
        ]
    );
    let printed = site.printed(Lang::En);
    for help in [
        "[extra]",
        "did you mean [^one]?",
        "write {lang=zh} or {lang=en}",
        "rename it to c.en.md",
        "rename it to d.zh.md",
    ] {
        assert!(printed.contains(help), "{help}: {printed}");
    }
}
