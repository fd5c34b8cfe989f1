//! Shortcodes: what calls become, in both forms, and what is said of wrong ones.

use digest_gen::lang::Lang;
use digest_gen::memo::Stage;

use crate::support::{Site, site};

/// A page in both languages.
fn pair(zh: &str, en: &str) -> Site {
    site(&format!(
        "//- /content/a.zh.md\n# 题\n\n{zh}\n//- /content/a.en.md\n# Title\n\n{en}\n\
         //- /content/glossary.toml\n[[term]]\nid = \"cat-tax\"\nzh = \"猫税\"\nen = \"cat tax\"\n\
         pinyin = \"māo shuì\"\n//- /content/cat.jpg\nx\n//- /content/cat.mp4\nx\n"
    ))
}

/// The HTML of a text in Chinese, by the rules of sites.
fn html(text: &str) -> String {
    let mut site = pair(text, text);
    site.build();
    assert_eq!(site.problems(), Vec::<String>::new(), "{text}");
    site.body("/zh/a/")
}

#[test]
fn calls_become_what_their_templates_write() {
    for (text, expected) in [
        ("<!-- gen:figure src=\"cat.jpg\" alt=\"猫\" -->", "<img src=\"/cat.jpg\" alt=\"猫\""),
        ("<!-- gen:figure src=\"cat.jpg\" caption=\"*猫*\" -->", "<figcaption>"),
        ("<!-- gen:figure src=\"cat.jpg\" caption=\"*猫*\" -->", "<em>"),
        ("<!-- gen:figure src=\"cat.jpg\" alt_zh=\"猫\" alt_en=\"cat\" -->", "alt=\"猫\""),
        ("<!-- gen:figure src=\"cat.jpg\" alt='<\"&' -->", "alt=\"&lt;&quot;&amp;\""),
        (
            "<!-- gen:video src=\"cat.mp4\" title=\"猫片\" -->",
            "<video controls preload=\"metadata\" src=\"/cat.mp4\" aria-label=\"猫片\"></video>",
        ),
        (
            "<!-- gen:video src=\"https://a.org/x.mp4\" title=\"猫片\" -->",
            "<a href=\"https://a.org/x.mp4\"",
        ),
        (
            "字<!-- gen:ruby text=\"māo\" -->猫<!-- /gen:ruby -->。",
            "<ruby>猫<rp>(</rp><rt>māo</rt><rp>)</rp></ruby>",
        ),
        // At the start of a line CommonMark would see a block.
        (
            "<!-- gen:ruby text=\"māo\" -->猫<!-- /gen:ruby -->在。",
            "<ruby>猫<rp>(</rp><rt>māo</rt>",
        ),
        ("一\n<!-- gen:ruby text=\"māo\" -->猫<!-- /gen:ruby -->", "<rt>māo</rt>"),
        ("- <!-- gen:ruby text=\"māo\" -->猫<!-- /gen:ruby -->", "<rt>māo</rt>"),
        ("交<!-- gen:term id=\"cat-tax\" -->。", "<ruby>猫税<rt"),
        ("交<!-- gen:term id=\"cat-tax\" -->一张*照片*<!-- /gen:term -->。", "<em>照片</em></a>"),
        (
            "<!-- gen:details summary=\"看\" -->\n\n- 一\n- 二\n\n<!-- /gen:details -->",
            "<details>\n<summary>看</summary>",
        ),
        (
            "<!-- gen:details summary=\"看\" open=true -->\n\n一。\n\n<!-- /gen:details -->",
            "<details open=\"\">",
        ),
        (
            "<!-- gen:quote source=\"鲁迅\" url=\"https://a.org/\" original=\"Hope.\" -->\n\n希望。\n\n<!-- /gen:quote -->",
            "<a href=\"https://a.org/\"",
        ),
        (
            "<!-- gen:quote source=\"鲁迅\" original=\"Hope.\" -->\n\n希望。\n\n<!-- /gen:quote -->",
            "<blockquote lang=\"en\">",
        ),
    ] {
        let html = html(text);
        assert!(html.contains(expected), "{text}: no {expected} in {html}");
        assert!(!html.contains("gen:"), "{text}");
    }
}

#[test]
fn calls_in_code_and_other_comments_are_left_alone() {
    for text in [
        "`<!-- gen:figure src=\"cat.jpg\" -->`",
        "```text\n<!-- gen:nosuch -->\n```",
        "    <!-- gen:nosuch --> x",
        "{{ figure(src=1) }} {% x %}",
    ] {
        let html = html(text);
        assert!(html.contains("gen:") || html.contains("{{ figure"), "{html}");
        assert!(!html.contains('\u{2060}'), "{html}");
    }
}

#[test]
fn what_calls_write_is_paired_and_searched() {
    let mut site = pair(
        "前。\n\n<!-- gen:details summary=\"看\" -->\n\n猫税是玩笑。\n\n<!-- /gen:details -->\n\n<!-- gen:figure src=\"cat.jpg\" alt=\"猫\" caption=\"小恐龙的照片。\" -->\n\n后。",
        "Before.\n\n<!-- gen:details summary=\"See\" -->\n\nThe cat tax is a joke.\n\n<!-- /gen:details -->\n\n<!-- gen:figure src=\"cat.jpg\" alt=\"cat\" caption=\"A photo of a dinosaur.\" -->\n\nAfter.",
    );
    site.clean();
    let both = site.page("/a/");
    assert!(both.contains("小恐龙的照片"), "{both}");
    assert!(site.page("/zh/glossary/cat-tax/").contains("是玩笑"), "a use of the term");
    let feed = site.built().outputs.iter().filter(|(path, _)| path.starts_with("search/"));
    let found =
        feed.filter(|(_, output)| String::from_utf8_lossy(&output.bytes).contains("小恐龙"));
    assert!(found.count() > 0, "the search shows it");
}

#[test]
fn one_call_serves_both_languages_of_a_file() {
    let mut site = site(
        "//- /content/a.md\n+++\ntitle = { zh = \"题\", en = \"Title\" }\n+++\n\n一段中文。\n\nSome English.\n\n\
         <!-- gen:figure src=\"cat.jpg\" alt_zh=\"猫\" alt_en=\"cat\" caption_zh=\"一只猫。\" caption_en=\"One cat.\" -->\n\n\
         <!-- gen:details summary_zh=\"看\" summary_en=\"See\" -->\n\n里面的中文。\n\nThe English inside.\n\n<!-- /gen:details -->\n\n\
         尾巴。\n\nThe end.\n//- /content/cat.jpg\nx\n",
    );
    site.clean();
    for (page, has, lacks) in [
        ("/zh/a/", ["一只猫。", "alt=\"猫\"", "<summary>看", "里面的中文"], "inside"),
        ("/en/a/", ["One cat.", "alt=\"cat\"", "<summary>See", "The English inside"], "里面"),
    ] {
        let html = site.body(page);
        for text in has {
            assert!(html.contains(text), "{page}: {text} in {html}");
        }
        assert!(!html.contains(lacks), "{page}: {lacks}");
    }
}

#[test]
fn files_are_included() {
    let mut site = pair(
        "<!-- gen:include file=\"../static/poem.txt\" -->",
        "<!-- gen:include file=\"/static/note.md\" -->",
    );
    site.write("static/poem.txt", "床前```明月光\n")
        .write("static/note.md", "+++\n+++\nA *note*.\n\n- one\n");
    site.clean();
    assert!(site.page("/zh/a/").contains("床前```明月光"));
    assert!(site.page("/en/a/").contains("<em>note</em>"));
    site.write("static/poem.txt", "疑是地上霜\n").same_as_cold("another poem");
    assert!(site.page("/zh/a/").contains("疑是地上霜"));
    site.remove("static/poem.txt").same_as_cold("no poem");
    assert!(site.problems()[0].contains("missing-include"), "{:?}", site.problems());
}

const OWN: &str = "{% component badge(text: string, level: integer = 1, @lang) %}**{{ text }}** {{ level }} {{ lang }}{% endcomponent badge %}";

#[test]
fn a_site_has_shortcodes_of_its_own_and_in_place_of_others() {
    let mut site =
        pair("见<!-- gen:badge text=\"新\" level=3 -->。", "<!-- gen:figure src=\"cat.jpg\" -->");
    site.write("templates/shortcodes/badge.md", OWN);
    site.write(
        "templates/shortcodes/figure.md",
        "{% component figure(src: string) %}My own *{{ src }}*.{% endcomponent %}",
    );
    site.clean();
    assert!(site.page("/zh/a/").contains("<strong>新</strong> 3 zh"));
    assert!(site.page("/en/a/").contains("<em>cat.jpg</em>"));
    // Another template: only files with calls are read again.
    site.write("content/b.en.md", "# B\n\nNo calls.\n").build();
    site.edit("templates/shortcodes/badge.md", "**{{ text }}**", "*{{ text }}*");
    site.same_as_cold("another template");
    assert_eq!(site.made(Stage::Parse), 2);
    assert!(site.page("/zh/a/").contains("<em>新</em>"));
}

#[test]
fn a_file_that_may_be_meant_is_named_as_soon_as_it_is_there() {
    let mut site = pair("<!-- gen:include file=\"/static/note.md\" -->", "A.");
    site.build();
    site.write("static/notes.md", "B.").same_as_cold("a file of nearly that name");
    assert!(site.printed(Lang::En).contains("did you mean /static/notes.md?"));
    site.remove("static/notes.md").same_as_cold("no such file");
}

#[test]
fn an_include_in_a_quote_follows_its_file() {
    let mut site = pair("> <!-- gen:include\n> file=\"/static/note.md\" -->", "A.");
    site.write("static/note.md", "First.").clean();
    site.write("static/note.md", "Second.").same_as_cold("another note");
    assert!(site.page("/zh/a/").contains("Second."));
}

#[test]
fn wrong_calls_are_told_at_their_place() {
    for (text, code, place, help) in [
        ("<!-- gen:figrue src=\"cat.jpg\" -->", "unknown-shortcode", "3:10", "figure"),
        ("<!-- gen:figure -->", "bad-argument", "3:1", "src"),
        ("<!-- gen:figure src=12 -->", "bad-argument", "3:17", "quotation marks"),
        ("<!-- gen:figure src=\"cat.jpg\" atl=\"x\" -->", "bad-argument", "3:31", "alt"),
        ("<!-- gen:figure src=\"cat.jpg\" src=\"x\" -->", "bad-argument", "3:31", "keep one"),
        ("<!-- gen:figure src=\"none.jpg\" -->", "broken-image", "3:1", ""),
        ("<!-- gen:figure src=cat.jpg -->", "bad-shortcode", "3:17", "gen:name"),
        ("<!-- /gen:details -->", "bad-shortcode", "3:1", "gen:details"),
        ("<!-- gen:details -->\n\n- x\n\n  <!-- /gen:details -->", "bad-shortcode", "7:3", "own"),
        ("字<!-- gen:figure src=\"cat.jpg\" -->字", "bad-shortcode", "3:2", "line of its own"),
        (
            "<!-- gen:figure src=\"cat.jpg\" -->\n\nx\n\n<!-- /gen:figure -->",
            "bad-shortcode",
            "3:1",
            "delete",
        ),
        ("<!-- gen:details summary=\"x\" -->", "bad-shortcode", "3:1", "/gen:details"),
        ("<!-- gen:include file=\"cat.jgp\" -->", "missing-include", "3:18", "cat.jpg"),
        ("<!-- gen:include file=\"../../x\" -->", "missing-include", "3:18", "path"),
        ("<!-- gen:include path=\"x\" -->", "bad-argument", "3:18", "file"),
        ("> <!-- gen:figure\n> src=\"cat.jpg\" atl=\"x\" -->", "bad-argument", "4:17", "alt"),
        (
            "<div>\n<!-- gen:figure src=\"cat.jpg\" -->\n</div>",
            "bad-shortcode",
            "4:1",
            "blank lines",
        ),
        ("<!-- 注 --> <!-- gen:figure src=\"cat.jpg\" -->", "bad-shortcode", "3:12", "own"),
    ] {
        let mut site = pair(text, "English.");
        site.build();
        let expected = format!("{code} content/a.zh.md:{place}");
        assert!(site.problems().contains(&expected), "{text}: {:?}", site.problems());
        let told = site.printed(Lang::En);
        assert!(told.contains(help), "{text}: {told}");
    }
}

#[test]
fn many_calls_are_answered_and_deep_ones_refused() {
    let open = "<!-- gen:details summary=\"x\" -->\n\n";
    let close = "<!-- /gen:details -->\n\n";
    let figure = "<!-- gen:figure src=\"cat.jpg\" -->\n\n";
    let inner = "<!-- gen:ruby text=\"māo\" -->猫<!-- /gen:ruby -->";
    let fine =
        [figure.repeat(2000), inner.repeat(2000), open.repeat(16) + "猫\n\n" + &close.repeat(16)];
    for text in fine {
        assert!(html(&text).contains("cat.jpg") || text.contains('猫'));
    }
    for (text, problems) in [
        (open.repeat(2000) + "猫\n\n" + &close.repeat(2000), 2000 - 16),
        (open.repeat(2000), 2000),
        (close.repeat(2000), 2000),
        ("<!-- gen:details summary=\"x\"".repeat(2000), 0),
    ] {
        let mut site = pair(&text, "English.");
        site.build();
        let found = site.problems();
        let said = found.iter().filter(|problem| problem.starts_with("bad-shortcode")).count();
        assert_eq!(said, problems, "{:?}", found.first());
    }
}

#[test]
fn what_stands_around_a_text_goes_with_it() {
    let mut site = site(
        "//- /content/a.md\n+++\ntitle = { zh = \"题\", en = \"Title\" }\n+++\n\n一段中文。\n\nSome English.\n\n\
         <!-- gen:quote source=\"鲁迅\" -->\n\nHope is like a road across the country.\n\n<!-- /gen:quote -->\n\n\
         <!-- gen:quote source=\"Lu Xun\" -->\n\n希望本是无所谓有，无所谓无的。\n\n<!-- /gen:quote -->\n",
    );
    site.build();
    let (zh, en) = (site.body("/zh/a/"), site.body("/en/a/"));
    assert!(zh.contains("Lu Xun") && zh.contains("希望") && !zh.contains("鲁迅"), "{zh}");
    assert!(en.contains("鲁迅") && en.contains("Hope") && !en.contains("Lu Xun"), "{en}");
}
