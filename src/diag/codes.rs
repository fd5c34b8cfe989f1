//! Every code that a problem can have, with its severity and what it means.

use super::Severity;
use crate::lang::Lang;

/// When a problem of a code is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// In every build.
    Always,
    /// By `gen check`.
    Check,
    /// By `gen check --external`.
    External,
}

/// A kind of problem.
#[derive(Debug, Clone, Copy)]
pub struct Code {
    /// Its name, in kebab case: part of the interface, and never given another meaning.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// When it is looked for.
    pub when: When,
    /// What it means, in one sentence, in English.
    en: &'static str,
    /// The same in Chinese.
    zh: &'static str,
}

impl Code {
    /// What it means, in a language.
    pub fn meaning(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

const fn error(name: &'static str, en: &'static str, zh: &'static str) -> Code {
    Code { name, severity: Severity::Error, when: When::Always, en, zh }
}

const fn warning(name: &'static str, en: &'static str, zh: &'static str) -> Code {
    Code { name, severity: Severity::Warning, when: When::Always, en, zh }
}

/// A warning of `gen check` alone.
const fn check(name: &'static str, en: &'static str, zh: &'static str) -> Code {
    Code { name, severity: Severity::Warning, when: When::Check, en, zh }
}

/// A hint of `gen check` alone.
const fn hint(name: &'static str, en: &'static str, zh: &'static str) -> Code {
    Code { name, severity: Severity::Hint, when: When::Check, en, zh }
}

/// What only asking other sites tells.
const fn external(
    name: &'static str,
    severity: Severity,
    en: &'static str,
    zh: &'static str,
) -> Code {
    Code { name, severity, when: When::External, en, zh }
}

/// All codes, by what they are about. `docs/checks.md` has a section for each.
pub const CODES: &[Code] = &[
    // Files.
    error("bad-file-name", "a file's name cannot be part of a site", "文件名不能用在网站里"),
    error("bad-src", "the content folder is none of the site's own", "内容文件夹不是站点自己的"),
    error("link-loop", "a symbolic link leads back to itself", "符号链接绕回了自己"),
    error("link-outside", "a symbolic link leads out of the site", "符号链接指到了网站之外"),
    error("not-utf-8", "a file is not text in UTF-8", "文件不是 UTF-8 文本"),
    warning(
        "odd-case",
        "a file's ending is not in lower case, so it is not read",
        "后缀不是小写，文件不会被读取",
    ),
    error(
        "same-data",
        "two data files have the same name in templates",
        "两个数据文件在模板里同名",
    ),
    error("special-file", "a file is neither a file nor a folder", "既不是文件也不是文件夹"),
    error("too-large", "a file is too large to be data", "作为数据，文件太大了"),
    error("too-many-files", "links lead to far too many files", "链接通向太多文件"),
    warning(
        "unknown-data",
        "a file in data/ is of no format of data",
        "data/ 里的文件不是数据文件的格式",
    ),
    error("unreadable-file", "a file cannot be read", "文件无法读取"),
    // Data: book.toml, front matter, the glossary.
    error("bad-cname", "[output.html] cname is no host name", "[output.html] cname 不是域名"),
    error("bad-date", "a value is no date", "不是日期"),
    error(
        "bad-dictionary",
        "a file is no dictionary in the format of CC-CEDICT",
        "不是 CC-CEDICT 格式的词典",
    ),
    error("bad-folder", "a folder in book.toml cannot be used", "book.toml 里的文件夹不能用"),
    error(
        "bad-language-tag",
        "a language tag does not have the shape of BCP 47",
        "语言标签不合 BCP 47",
    ),
    error("bad-pattern", "a pattern of paths cannot be read", "路径的通配式写错了"),
    error(
        "bad-policy",
        "[output.html] content-security-policy is no policy of a page",
        "[output.html] content-security-policy 不是页面的策略",
    ),
    error(
        "bad-site-url",
        "[output.html] site-url is not where a site can be",
        "[output.html] site-url 不能作为网站地址",
    ),
    error("bad-url", "a value is no web address", "不是网址"),
    warning("control-character", "a text holds a control character", "文字里有控制字符"),
    error("duplicate-key", "a key stands twice in a table", "同一个键写了两次"),
    error("invalid-value", "a value is not of the shape that its key wants", "值的形式不对"),
    error("json-syntax", "a text is not JSON", "不是合法的 JSON"),
    error("missing-file", "a file that is named is not there", "写到的文件不存在"),
    error("missing-key", "a key that is needed is not there", "缺少必需的键"),
    error("out-of-range", "a number is too small or too large", "数字超出范围"),
    error("toml-syntax", "a text is not TOML", "不是合法的 TOML"),
    error("unknown-key", "a key has no meaning", "没有这个键"),
    error("unknown-value", "a value is none of those that its key takes", "这个键不能取这个值"),
    error("wrong-type", "a value is of another type than its key wants", "值的类型不对"),
    error("yaml-syntax", "a text is not YAML", "不是合法的 YAML"),
    // Pages.
    error("bad-alias", "an old address is no path of the site", "旧地址不是本站的路径"),
    error("bad-reading", "a reading is not one of a word", "读音写得不对"),
    error("bad-slug", "a slug cannot be part of a URL", "slug 不能作为网址的一部分"),
    warning("disagreeing-fact", "the two files of a page disagree", "同一个页面的两个文件说法不一"),
    warning("duplicate-tag", "a tag or category is listed twice", "标签或分类写了两次"),
    error("empty-title", "a title is empty", "标题是空的"),
    error("missing-title", "a page has no title", "页面没有标题"),
    error("same-address", "two files would be written to one address", "两个文件会写到同一个地址"),
    error(
        "two-files-one-page",
        "two files are the same page in the same language",
        "两个文件是同一页面的同一种语言",
    ),
    error("unclosed-front-matter", "front matter has no end", "头部信息没有结尾"),
    // Markdown.
    error("bad-math", "a formula is not LaTeX", "公式不是合法的 LaTeX"),
    warning("mixed-list", "a list holds both languages", "一个列表里有两种语言"),
    warning("mixed-quote", "a quote holds both languages", "一段引文里有两种语言"),
    error("reserved-id", "an id is one that the page uses itself", "这个 id 是页面自己要用的"),
    warning("unclosed-html", "an element of raw HTML is not closed", "HTML 元素没有结束标签"),
    warning("undefined-footnote", "there is no footnote of this label", "没有这个脚注"),
    warning(
        "unknown-block-language",
        "a block is marked as of a language that the site does not have",
        "标出的语言不是网站的语言",
    ),
    warning(
        "unknown-language",
        "no grammar is known to colour this code",
        "没有这种代码的语法高亮",
    ),
    warning("unused-footnote", "nothing refers to a footnote", "没有地方引用这个脚注"),
    error("bad-argument", "an argument of a shortcode is not as it should be", "短代码的参数不对"),
    error("bad-shortcode", "a call of a shortcode is not as it should be", "短代码的写法不对"),
    error("missing-include", "a file to be included is not there", "要引入的文件不存在"),
    error("unknown-shortcode", "there is no shortcode of this name", "没有这个名字的短代码"),
    // Links.
    warning("bad-picture", "the pixels of a picture cannot be read", "图片的像素无法读取"),
    error("broken-image", "an image is not there", "图片不存在"),
    error("broken-link", "a link leads nowhere", "链接指不到任何地方"),
    warning(
        "missing-anchor",
        "a link names a place that its page does not have",
        "链接所指的位置不在那个页面里",
    ),
    error("picture-too-large", "a picture has more pixels than are read", "图片的像素数超过上限"),
    error("unsafe-link", "an address would run a script", "这个地址会运行脚本"),
    check(
        "blocked-script",
        "the policy of the pages keeps a script from running",
        "页面的策略不让这个脚本运行",
    ),
    check(
        "broken-html-link",
        "an address in raw HTML leads nowhere",
        "HTML 里的地址指不到任何地方",
    ),
    check(
        "broken-own-address",
        "an address of this site, written in full, leads nowhere",
        "写全的本站地址指不到任何地方",
    ),
    check("duplicate-footnote", "two footnotes have one label", "两个脚注用了同一个标记"),
    check("empty-link", "a link has no text", "链接没有文字"),
    check(
        "misled-alias",
        "an old address is of a language in which the page is not there",
        "旧地址所属的语言里没有这个页面",
    ),
    check(
        "located-picture",
        "a picture tells where it was taken, in a format of which gen takes nothing out",
        "图片里有拍摄地点，而这种格式 gen 不会删",
    ),
    check("missing-alt", "an image has no description", "图片没有说明文字"),
    hint(
        "other-language-anchor",
        "a link names a heading of the other version",
        "链接所指的标题在另一种语言的版本里",
    ),
    external(
        "dead-link",
        Severity::Warning,
        "an address elsewhere leads nowhere",
        "外部地址已失效",
    ),
    external(
        "moved-link",
        Severity::Hint,
        "an address elsewhere has moved for good",
        "外部地址已永久搬走",
    ),
    external(
        "unreachable-link",
        Severity::Warning,
        "an address elsewhere did not answer",
        "外部地址没有回应",
    ),
    // Glossary.
    error(
        "bad-term-id",
        "the id of a term is not lower-case letters, digits and hyphens",
        "词条的 id 只能用小写字母、数字和连字符",
    ),
    warning("colliding-term", "two terms have a name in common", "两个词条有相同的名称"),
    error("duplicate-term", "two terms have one id", "两个词条的 id 相同"),
    error("missing-front-matter", "the file of a term has no front matter", "词条文件没有头部信息"),
    warning(
        "shadowed-term",
        "a term of an article hides one of the glossary",
        "文章自带的词条盖住了词汇表里的",
    ),
    warning(
        "unconfirmed-pinyin",
        "a character of a term has several readings, and no pinyin is given",
        "词条里有多音字，却没有写拼音",
    ),
    error("unknown-term", "there is no term of this id", "没有这个 id 的词条"),
    check(
        "avoided-name",
        "a rendering that the house style forbids is a name of a term",
        "要避免的译法又是词条的名称",
    ),
    check("missing-definition", "a term has no definition in a language", "词条缺少一种语言的释义"),
    hint("missing-part-of-speech", "a term has no part of speech", "词条没有词性"),
    check("missing-rendering", "a term has no name in a language", "词条缺少一种语言的名称"),
    hint("repeated-name", "a term has one name twice", "词条的同一个名称写了两次"),
    check("see-itself", "a term names itself as related", "词条把自己列为相关词条"),
    hint(
        "unnamed-category",
        "a category of terms has no name in book.toml",
        "词条的类别在 book.toml 里没有名称",
    ),
    hint("unused-term", "no text mentions a term", "没有文章提到这个词条"),
    check(
        "wrong-pinyin",
        "the pinyin of a term does not fit its characters",
        "词条的拼音与汉字不符",
    ),
    // Templates.
    error("bad-string", "a word of the theme is no text", "主题的文字不对"),
    error("template-error", "a template failed", "模板出错"),
    error(
        "template-limit",
        "a template takes more than [limits] in book.toml allows",
        "模板用得比 book.toml 的 [limits] 允许的多",
    ),
    error("template-syntax", "a template cannot be read", "模板语法错误"),
    error("unknown-template", "there is no template of this name", "没有这个模板"),
    // Pairing of the two versions.
    check(
        "moved-block",
        "a block stands in another place in the other version",
        "一段在另一种语言里换了位置",
    ),
    check(
        "uncertain-pair",
        "it is not sure that two blocks belong together",
        "两段是不是对应，没有把握",
    ),
    check(
        "uncertain-sentences",
        "it is not sure that sentences say the same",
        "几句话说的是不是同一件事，没有把握",
    ),
    check(
        "unpaired-block",
        "a block has no counterpart in the other version",
        "一段在另一种语言里没有对应",
    ),
    check(
        "unpaired-item",
        "an item of a list, or a row of a table, has no counterpart",
        "列表的一项或表格的一行没有对应",
    ),
    check(
        "unpaired-sentence",
        "a sentence has no counterpart in the other version",
        "一句话在另一种语言里没有对应",
    ),
    // Translation.
    check("missing-translation", "a page exists in one language only", "页面只有一种语言"),
    check(
        "different-structure",
        "two blocks that belong together are not built alike",
        "对应的两段结构不同",
    ),
    check(
        "different-length",
        "a text is much longer or shorter than its counterpart",
        "一段比对应的长得多或短得多",
    ),
    check("different-number", "a number is not in the counterpart", "数字在另一种语言里没有"),
    check(
        "different-date",
        "a month or a day of the week is not in the counterpart",
        "月份或星期在另一种语言里没有",
    ),
    check(
        "different-percentage",
        "a percentage is not in the counterpart",
        "百分数在另一种语言里没有",
    ),
    check(
        "different-currency",
        "a sum of money is not in the counterpart, or in another currency",
        "金额在另一种语言里没有，或者货币不同",
    ),
    check("different-link", "a link is not in the counterpart", "链接在另一种语言里没有"),
    check("different-image", "an image is not in the counterpart", "图片在另一种语言里没有"),
    check("different-code", "code is not the same in the counterpart", "代码在另一种语言里不同"),
    check(
        "different-footnote",
        "the counterpart refers to more or fewer footnotes",
        "另一种语言引用的脚注数目不同",
    ),
    check(
        "lost-name",
        "a name in Latin letters, or a handle, is not in the counterpart",
        "拉丁字母的名字或账号在另一种语言里没有",
    ),
    check("wrong-language", "a text was left in the other language", "文字还是另一种语言"),
    // Terminology.
    check("lost-term", "the counterpart has no rendering of a term", "另一种语言里没有词条的译法"),
    check("confused-term", "a term is rendered as another term", "词条译成了另一个词条"),
    check(
        "avoided-rendering",
        "a term is rendered as the house style forbids",
        "用了词汇表里禁用的译法",
    ),
    check(
        "inconsistent-term",
        "a term has a rendering that is not the usual one of the site",
        "词条的译法和全站通常的不一致",
    ),
    // What has changed since it was translated.
    check(
        "stale-block",
        "what a block translates has changed since the translation was accepted",
        "原文改过了，译文还没有跟着改",
    ),
    check(
        "unaccepted-block",
        "a block and its counterpart have both changed since they were accepted",
        "两边都改过，还没有确认",
    ),
    check(
        "added-block",
        "a block was added since the translation was accepted",
        "确认译文之后加了一段",
    ),
    check(
        "deleted-block",
        "the counterpart of a block was removed since the translation was accepted",
        "对应的一段在确认译文之后删去了",
    ),
    check(
        "bad-lock",
        "a line of translations.lock is not a pair of blocks",
        "translations.lock 里有一行不是一对段落",
    ),
    // Typography.
    check("fullwidth-letters", "letters or digits are of full width", "字母或数字是全角的"),
    check("fullwidth-punctuation", "English has full-width punctuation", "英文里有全角标点"),
    check("halfwidth-punctuation", "Chinese has half-width punctuation", "中文里有半角标点"),
    check("literal-markup", "readers see mark-up that is none", "读者会看到没有生效的记号"),
    check(
        "mixed-spacing",
        "Chinese and Latin are not spaced as in the rest of the site",
        "中文与西文之间的空格与全站不一致",
    ),
    check(
        "other-quotes",
        "quotation marks are not those of the site's Chinese",
        "引号不是本站中文所用的",
    ),
    check("repeated-punctuation", "a mark is repeated", "标点重复了"),
    check(
        "space-by-punctuation",
        "a space stands beside full-width punctuation",
        "全角标点旁边有空格",
    ),
    check("straight-quotes", "Chinese has straight quotation marks", "中文里有直引号"),
    check("unpaired-mark", "a quotation mark or bracket has no partner", "引号或括号没有配对"),
    check("wrong-dash", "Chinese has hyphens for a dash", "中文里用连字符代替破折号"),
    check("wrong-ellipsis", "Chinese has dots for an ellipsis", "中文里的省略号写法不对"),
    // Front matter and settings.
    check("future-date", "what has happened is dated in the future", "已经发生的事，日期却在将来"),
    hint("long-description", "the description of the site is long", "网站的介绍太长"),
    hint("long-summary", "a summary is long", "摘要太长"),
    hint("long-title", "a title is long", "标题太长"),
    hint(
        "missing-site-url",
        "book.toml does not say where the site is",
        "book.toml 没有写网站的地址",
    ),
    hint("missing-summary", "an article has no summary", "文章没有摘要"),
    hint("not-yet", "a page is not published before its date", "页面要到它的日期才发布"),
    check("reversed-dates", "a page is changed before it is published", "修改日期早于发布日期"),
    hint("same-title", "two pages have one title", "两个页面标题相同"),
    check(
        "similar-tag",
        "a tag without a name is like one with a name",
        "一个没有名称的标签与有名称的很像",
    ),
    hint("unnamed-tag", "a tag, a category or an issue has no name", "标签、分类或期没有名称"),
    hint("unused-name", "book.toml names what no page has", "book.toml 里命名的东西没有页面用"),
    // Silences.
    warning(
        "bad-silence",
        "a comment that begins with gen-check: is not understood",
        "gen-check: 开头的注释写法不对",
    ),
    warning("unknown-code", "a silence names a code that there is not", "要忽略的检查项不存在"),
    check("unused-silence", "a silence silences nothing", "这处忽略没有用上"),
    // The command line and the output folder.
    error(
        "bad-output-folder",
        "the site cannot be written into this folder",
        "网站不能写进这个文件夹",
    ),
    error("bad-output-path", "an output cannot have this path", "输出文件不能用这个路径"),
    error("damaged-manifest", "the list of what gen wrote is damaged", "gen 的输出清单已损坏"),
    error("file-changed", "a file changed while it was being mended", "修正时文件被别的程序改过"),
    error("file-exists", "a file that is to be made is there already", "要新建的文件已经存在"),
    error("foreign-file", "a file that gen did not write is in the way", "别人的文件挡住了输出"),
    error("link-in-output", "a symbolic link is in the output folder", "输出文件夹里有符号链接"),
    error("name-taken", "a name for something new is in use", "要用的名字已被占用"),
    error("no-archetype", "there is no archetype of this name", "没有这个名字的原型"),
    error("no-page", "a path names no page in both languages", "这个路径没有两种语言都有的页面"),
    error("no-port", "no port is free", "没有空闲端口"),
    error("no-server", "the server cannot be started", "服务器无法启动"),
    error("no-site", "there is no site here", "这里没有网站"),
    error("no-slug", "no address can be made of a name", "无法由这个名字得出地址"),
    error(
        "output-locked",
        "another gen is writing into the output folder",
        "另一个 gen 正在写输出文件夹",
    ),
    error("output-not-empty", "the output folder holds other files", "输出文件夹里有别的文件"),
    error("unwatched", "the files cannot be watched", "无法监视文件"),
    error("unwritable-file", "a file cannot be written", "文件无法写入"),
    // Exports and imports.
    error("bad-table", "a table is not as it should be", "表格的形式不对"),
    error("bad-tbx", "a file is no TBX", "文件不是 TBX"),
    error(
        "bad-toml",
        "glossary.toml cannot be read, so nothing can be added to it",
        "glossary.toml 读不了，无法往里添加",
    ),
    error("bad-value", "a value cannot be what the field holds", "这个字段不能取这个值"),
    error("bad-xml", "a file is not well-formed XML", "文件不是良构的 XML"),
    error(
        "bom-without-csv",
        "a byte order mark is asked for, but no table",
        "要求加字节顺序标记，输出却不是表格",
    ),
    warning(
        "changed-id",
        "the id of an entry cannot be that of a term, and was changed",
        "条目的 id 不能作词条的 id，已改写",
    ),
    error(
        "import-conflict",
        "a term to be imported says other than the glossary",
        "导入的词条和词汇表说法不同",
    ),
    warning(
        "import-own-file",
        "a term to be imported has a file of its own",
        "要导入的词条有自己的文件",
    ),
    warning(
        "import-same-names",
        "a term to be imported has the names of another",
        "要导入的词条和另一个词条同名",
    ),
    error("no-terms", "there is nothing to export", "没有可以导出的内容"),
    warning(
        "unknown-category",
        "a kind of data has no place in the glossary",
        "词汇表里没有地方放这种数据",
    ),
    warning("unknown-column", "a column is no field of a term", "这一列不是词条的字段"),
    error("unknown-format", "the format of a file is not known by its name", "从文件名看不出格式"),
    error("unknown-page", "a path names no page with words", "这个路径没有带词汇的页面"),
    warning("needs-a-hand", "what of an old site needs a hand", "旧站点里需要手工处理的地方"),
    error(
        "no-old-site",
        "a folder holds no site of another generator",
        "文件夹里没有其他工具的站点",
    ),
];

/// The code of a name.
pub fn code(name: &str) -> Option<&'static Code> {
    CODES.iter().find(|code| code.name == name)
}

/// The name of a code nearest to one that there is not.
pub fn nearest(name: &str) -> Option<&'static str> {
    super::suggest(name, CODES.iter().map(|code| code.name))
}
