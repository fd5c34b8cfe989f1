//! A small digest with every kind of file.

/// Five articles: `momo` and `cats` in two files, `v50` in one, `only` in Chinese alone, `note`
/// without a tag; a page without a date, sections, a glossary, files.
pub const DIGEST: &str = r#"
//- /book.toml
[book]
title = { zh = "中文文摘", en = "The Digest" }
[output.html]
site-url = "https://example.org/digest/"
[taxonomies.tags.terms]
memes = { zh = "梗图", en = "Memes" }
//- /static/logo.txt
logo
//- /content/glossary.toml
[[term]]
id = "cat-tax"
zh = "猫税"
en = "cat tax"
pinyin = "māo shuì"
definition.zh = "晒猫。"
definition.en = "A picture of your cat."
see = ["momo"]
[[term]]
id = "momo"
zh = "momo"
en = "momo"
definition.zh = "一个昵称。"
//- /content/glossary/xiaohongshu.md
+++
zh = "小红书"
en = "Xiaohongshu"
pinyin = "Xiǎohóngshū"
+++
小红书是一个应用。

Xiaohongshu is an app.
//- /content/_index.zh.md
+++
summary = "一份文摘"
+++
欢迎。
//- /content/_index.en.md
Welcome.
//- /content/about.zh.md
# 关于
我们。
//- /content/about.en.md
# About
Us.
//- /content/2025/_index.zh.md
# 二〇二五
这一年。
//- /content/2025/_index.en.md
# The year 2025
That year.
//- /content/2025/momo.zh.md
+++
title = "人人都叫 momo"
date = 2025-01-15
tags = ["slang", "memes"]
summary = "为什么那么多 momo"
+++
小红书上的 momo 很多。交猫税了吗？

## 名字

见[猫](cats/index.zh.md)。
//- /content/2025/momo.en.md
+++
title = "Everyone is momo"
summary = "Why so many"
+++
There are many momos on Xiaohongshu. Paid your cat tax?

## The name

See [cats](cats/index.en.md).
//- /content/2025/cats/index.zh.md
+++
title = "猫"
date = 2025-02-01
tags = ["slang"]
categories = ["story"]
issue = 1
cover = "cover.jpg"
summary = "关于猫"
aliases = ["/old/cats/"]
+++
这是猫税。![猫](cover.jpg)
//- /content/2025/cats/index.en.md
+++
title = "Cats"
summary = "On cats"
+++
This is a cat tax. ![A cat](cover.jpg)
//- /content/2025/cats/cover.jpg
JPG
//- /content/2025/v50.md
+++
title = { zh = "V 我 50", en = "V me 50" }
date = 2025-03-01
tags = ["memes"]
+++
星期四到了。momo 说：V 我 50。

Thursday came. A momo said: V me 50.
//- /content/2024/only.zh.md
+++
title = "只有中文"
date = 2024-12-31
tags = ["slang"]
+++
这一篇没有译文。
//- /content/2024/note.zh.md
+++
title = "短讯"
date = 2024-06-01
summary = "短"
+++
一句话。
//- /content/2024/note.en.md
+++
title = "A note"
summary = "Short"
+++
A sentence.
"#;
