//! The command line: what goes where, and how it ends.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test makes files")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use tempfile::TempDir;

/// Runs a line of arguments in a folder, in an environment that says nothing.
fn run(dir: &Path, line: &str) -> Assert {
    command(dir, line).assert()
}

fn command(dir: &Path, line: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gen"));
    command.args(line.split_whitespace()).current_dir(dir).env_remove("LC_ALL");
    command.env_remove("LC_MESSAGES").env_remove("LANG");
    command
}

fn stdout(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

fn stderr(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

fn site() -> TempDir {
    let dir = TempDir::new().unwrap();
    for folder in ["content", "static"] {
        fs::create_dir(dir.path().join(folder)).unwrap();
    }
    fs::write(dir.path().join("book.toml"), "").unwrap();
    fs::write(dir.path().join("static/robots.txt"), "User-agent: *\n").unwrap();
    dir
}

#[test]
fn builds_cleans_and_says_so() {
    let dir = site();
    let first = run(&dir.path().join("content"), "build").success();
    assert!(stdout(&first).starts_with("built "), "{}", stdout(&first));
    assert!(dir.path().join("public/robots.txt").exists());
    let again = run(dir.path(), "build --lang zh").success();
    assert!(stdout(&again).contains("写入 0 个文件，删除 0 个"), "{}", stdout(&again));
    assert!(stdout(&again).ends_with("→ public\n"));
    assert_eq!(stdout(&run(dir.path(), "build -q").success()), "");
    assert!(stdout(&run(dir.path(), "clean").success()).ends_with("from public\n"));
    assert!(!dir.path().join("public").exists());
}

#[test]
fn takes_the_output_folder_from_the_current_one() {
    let dir = site();
    run(&dir.path().join("static"), "build .. -d ../out/site").success();
    assert!(dir.path().join("out/site/robots.txt").exists());
    run(&dir.path().join("static"), "build .. -d site").code(2);
}

#[test]
fn says_its_version_and_the_commit_of_a_release() {
    let dir = site();
    let said = run(dir.path(), "--version").success();
    let said = stdout(&said).trim_end().to_owned();
    let rest = said.strip_prefix(concat!("gen ", env!("CARGO_PKG_VERSION"))).unwrap();
    let commit = rest.strip_prefix(" (").and_then(|rest| rest.strip_suffix(')'));
    let is_short =
        |commit: &str| commit.len() == 12 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
    match cfg!(debug_assertions) {
        true => assert_eq!(rest, "", "a program for trying"),
        false => assert!(rest.is_empty() || commit.is_some_and(is_short), "{said}"),
    }
}

/// A hundred problems are shown, errors first, and the number of the others; programs get all.
#[test]
fn people_see_a_hundred_problems_and_how_many_more() {
    let dir = site();
    let warnings: String = (0..90).map(|n| format!("[^{n}]: 无\n\n")).collect();
    let errors: String = (0..60).map(|n| format!("[[无{n}]]\n\n")).collect();
    fs::write(dir.path().join("content/a.zh.md"), format!("# 题\n\n{warnings}{errors}")).unwrap();
    for (lang, error, warning, more, count) in [
        ("en", "error[", "warning[", "… and 50 more\n", "60 errors, 90 warnings"),
        ("zh", "错误[", "警告[", "……另有 50 个问题\n", "60 个错误，90 个警告"),
    ] {
        let said = stderr(&run(dir.path(), &format!("build --lang {lang}")).code(1));
        assert_eq!(said.matches(error).count(), 60, "every error is shown");
        assert_eq!(said.matches(warning).count(), 40, "{said}");
        assert!(said.contains(more), "{said}");
        assert!(said.contains(count), "{said}");
    }
    let said = stderr(&run(dir.path(), "build --format json").code(1));
    assert_eq!(said.lines().count(), 150);
}

#[test]
fn a_failed_build_writes_nothing() {
    let dir = site();
    fs::remove_dir(dir.path().join("content")).unwrap();
    let failed = run(dir.path(), "build").code(1);
    assert_eq!(stdout(&failed), "");
    assert!(stderr(&failed).ends_with("1 error\n"), "{}", stderr(&failed));
    assert!(!dir.path().join("public").exists());
    let json = run(dir.path(), "build --format json").code(1);
    assert!(stderr(&json).lines().all(|line| line.starts_with('{')), "{}", stderr(&json));
}

/// Adds a page with one broken link, or with what only deserves a warning.
fn with_page(dir: &TempDir, text: &str) {
    fs::write(dir.path().join("content/a.zh.md"), format!("# 题\n\n{text}\n")).unwrap();
}

#[test]
fn warnings_fail_only_when_asked_to() {
    let dir = site();
    with_page(&dir, "[x](#无)");
    let warned = run(dir.path(), "build").success();
    assert!(stderr(&warned).contains("warning[missing-anchor]"), "{}", stderr(&warned));
    assert!(dir.path().join("public/zh/a/index.html").exists());
    with_page(&dir, "[y](#无)");
    run(dir.path(), "build --strict").code(1);
    let page = fs::read_to_string(dir.path().join("public/zh/a/index.html")).unwrap();
    assert!(page.contains(">x</a>"), "a failed build changes nothing");
    with_page(&dir, "");
    run(dir.path(), "build --strict").success();
}

#[test]
fn problems_have_forms_for_machines() {
    let dir = site();
    with_page(&dir, "[x](none.md)");
    let json = run(dir.path(), "build --format json").code(1);
    let lines = stderr(&json);
    let problem: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(problem["code"], "broken-link");
    assert_eq!((&problem["line"], &problem["column"]), (&3.into(), &1.into()));
    let github = run(dir.path(), "build --format github").code(1);
    let expected =
        "::error file=content/a.zh.md,line=3,endLine=3,col=1,endColumn=13,title=broken-link::";
    let all = stdout(&github) + &stderr(&github);
    assert!(all.contains(expected), "{all}");
    assert!(!dir.path().join("public").exists());
}

#[test]
fn drafts_future_and_address_are_options() {
    let dir = site();
    fs::write(dir.path().join("content/d.en.md"), "+++\ndraft = true\n+++\n# D\n").unwrap();
    fs::write(dir.path().join("content/f.en.md"), "+++\ndate = 9999-01-01\n+++\n# F\n").unwrap();
    let there = |name: &str| dir.path().join(format!("public/en/{name}/index.html")).exists();
    run(dir.path(), "build").success();
    assert!(!there("d") && !there("f"));
    run(dir.path(), "build --drafts --future --base-url https://a.org/x/").success();
    assert!(there("d") && there("f"));
    let page = fs::read_to_string(dir.path().join("public/en/d/index.html")).unwrap();
    assert!(page.contains("https://a.org/x/en/d/"));
    run(dir.path(), "build").success();
    assert!(!there("d") && !there("f"), "what is no longer made is removed");
}

#[test]
fn an_address_that_is_mark_up_is_wrong_usage() {
    let dir = site();
    let mut program = Command::cargo_bin("gen").unwrap();
    let address = "https://a.org/\"><script>pwned()</script>";
    program.current_dir(dir.path()).args(["build", "-u", address]).assert().code(2);
    assert!(!dir.path().join("public").exists());
}

#[test]
fn wrong_usage_has_its_own_status() {
    let dir = TempDir::new().unwrap();
    run(dir.path(), "build --no-such-option").code(2);
    run(dir.path(), "build").code(2);
    run(dir.path(), "build missing").code(2);
    run(dir.path(), "render missing.md").code(2);
    run(site().path(), "build -d content").code(2);
    run(dir.path(), "--help").code(0);
}

#[test]
fn renders_a_file_or_standard_input() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("a.en.md"), "*cat tax*\n").unwrap();
    let file = run(dir.path(), "--lang zh render --lang en a.en.md").success();
    assert_eq!(stdout(&file).trim_end(), "<p><em>cat tax</em></p>");
    for line in ["render", "render -"] {
        let input = command(dir.path(), line).write_stdin("**中文。**中文\n").assert().success();
        assert_eq!(stdout(&input).trim_end(), "<p><strong>中文。</strong>中文</p>");
    }
    let front = "---\ntitle: x\n---\nText\n";
    let input = command(dir.path(), "render").write_stdin(front).assert().success();
    assert_eq!(stdout(&input).trim_end(), "<p>Text</p>");
}

#[test]
fn speaks_the_language_of_the_environment() {
    let dir = TempDir::new().unwrap();
    let said = |lang: &str| {
        let failed = command(dir.path(), "build x").env("LANG", lang).assert().code(2);
        stderr(&failed)
    };
    assert!(said("zh_CN.UTF-8").contains("1 个错误"));
    assert!(said("en_GB.UTF-8").contains("1 error"));
}

#[test]
fn writes_completions_and_manual_pages() {
    let dir = TempDir::new().unwrap();
    assert!(stdout(&run(dir.path(), "completions bash").success()).contains("_gen()"));
    assert!(stdout(&run(dir.path(), "man").success()).contains(".TH gen 1"));
    run(dir.path(), "man pages").success();
    assert!(dir.path().join("pages/gen-build.1").exists());
}

/// Two texts in Markdown, and the same as sentences in lines.
fn texts() -> TempDir {
    let dir = TempDir::new().unwrap();
    let write = |name: &str, text: &str| fs::write(dir.path().join(name), text).unwrap();
    write("zh.md", "+++\ntitle = \"题\"\n+++\n\n## 猫\n\n先交猫税。再做朋友！\n\n- 一\n- 二\n");
    write("en.md", "## Cats\n\nFirst the cat tax.\nThen friendship!\n\n- One\n- Two\n");
    write("zh.txt", "先交猫税。\n再做朋友！\n");
    write("en.txt", "First the cat tax.\nThen friendship!\n");
    dir
}

#[test]
fn align_fills_what_stands_open() {
    let dir = texts();
    let write = |name: &str, text: &str| fs::write(dir.path().join(name), text).unwrap();
    write("a.zh.md", "先交[[cat-tax]]，\\\n再看 $a^2$ 与[[other]]。\n");
    write("a.en.md", "First the [[cat-tax]], then $a^2$ and [[other]].\n");
    write("words.toml", "[[term]]\nid = \"cat-tax\"\nzh = \"猫税\"\nen = \"cat tax\"\n");
    let shown =
        |args: &str| stdout(&run(dir.path(), &format!("align a.zh.md a.en.md {args}")).success());
    let text = shown("");
    assert!(text.contains("zh: 先交cat-tax， 再看 a^2 与other。\n"), "{text}");
    let text = shown("--glossary words.toml --format tmx");
    assert!(text.contains("<seg>先交猫税， 再看 a^2 与other。</seg>"), "{text}");
    assert!(text.contains("<seg>First the cat tax, then a^2 and other.</seg>"), "{text}");
}

#[test]
fn align_prints_blocks_and_sentences() {
    let dir = texts();
    let json = stdout(&run(dir.path(), "align zh.md en.md --format json").success());
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    let blocks = value["blocks"].as_array().unwrap();
    assert_eq!(blocks[0]["zh"], serde_json::json!([[5, 5]]));
    assert_eq!(blocks[1]["en"], serde_json::json!([[3, 4]]));
    assert_eq!(
        blocks[1]["sentences"],
        serde_json::json!([
            { "zh": ["先交猫税。"], "en": ["First the cat tax."] },
            { "zh": ["再做朋友！"], "en": ["Then friendship!"] },
        ])
    );
    // A list by its items.
    assert_eq!(blocks[3]["zh"], serde_json::json!([[10, 10]]));
    let json = stdout(&run(dir.path(), "align zh.txt en.txt --sentences --format json").success());
    assert_eq!(json, "{\"beads\":[{\"zh\":[0],\"en\":[0]},{\"zh\":[1],\"en\":[1]}]}\n");
    let text = stdout(&run(dir.path(), "align zh.md en.md").success());
    assert!(text.contains("== zh 7 | en 3-4\nzh: 先交猫税。\nen: First the cat tax.\n"), "{text}");
    let tmx = stdout(&run(dir.path(), "align zh.md en.md --format tmx").success());
    assert!(
        tmx.contains("<tmx version=\"1.4\">") && tmx.contains("<seg>先交猫税。</seg>"),
        "{tmx}"
    );
    let failed = run(dir.path(), "--format json align zh.md none.md --format tmx").code(2);
    assert!(stderr(&failed).starts_with('{'), "{}", stderr(&failed));
    run(dir.path(), "align zh.md en.md --dictionary zh.md").code(2);
    run(dir.path(), "align zh.md en.md --dictionary zh.md --no-dictionary").code(2);
}

#[test]
fn check_writes_nothing_and_says_what_it_finds() {
    let dir = site();
    run(dir.path(), "check").success();
    assert!(!dir.path().join("public").exists());
    fs::write(dir.path().join("content/b.zh.md"), "# 题\n\n先交猫税。\n\n这里讲狗与鱼。\n")
        .unwrap();
    fs::write(dir.path().join("content/b.en.md"), "# Title\n\nFirst the cat tax.\n").unwrap();
    let found = run(dir.path(), "check").code(1);
    assert!(stderr(&found).contains("warning[unpaired-block]"), "{}", stderr(&found));
    run(dir.path(), "build").success();
    run(dir.path(), "check missing").code(2);
}

#[test]
fn check_prints_findings_in_every_format() {
    let dir = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| fs::write(dir.path().join(path), text).unwrap();
    fs::create_dir(dir.path().join("content")).unwrap();
    write("book.toml", "");
    write("content/猫 税.zh.md", "# 甲\n\n🐈猫的脚注[^1]，还有。\n");
    let printed = |format: &str| {
        let found = run(dir.path(), &format!("check --format {format}")).code(1);
        assert_eq!(found.get_output().stderr, b"");
        String::from_utf8(found.get_output().stdout.clone()).unwrap()
    };
    // Columns are in characters: an emoji and a Chinese character are one each.
    assert!(printed("json").contains("\"line\":3,\"column\":6,\"end_line\":3,\"end_column\":10"));
    assert!(
        printed("github")
            .contains("line=3,endLine=3,col=6,endColumn=10,title=undefined-footnote::")
    );
    let sarif: serde_json::Value = serde_json::from_str(&printed("sarif")).unwrap();
    is_sarif(&sarif);
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "undefined-footnote");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "content/%E7%8C%AB%20%E7%A8%8E.zh.md");
    let region =
        serde_json::json!({ "startLine": 3, "startColumn": 6, "endLine": 3, "endColumn": 10 });
    assert_eq!(place["region"], region);

    write("content/猫 税.zh.md", "# 甲\n");
    let clean = run(dir.path(), "check --format sarif").code(0);
    let clean: serde_json::Value = serde_json::from_slice(&clean.get_output().stdout).unwrap();
    is_sarif(&clean);
    assert_eq!(clean["runs"][0]["results"], serde_json::json!([]));
}

/// What the schema of SARIF 2.1.0 and its section 3 require of what gen writes: the properties that
/// must be there, with their types and values, and that rules are referred to as they stand.
fn is_sarif(log: &serde_json::Value) {
    assert_eq!(log["version"], "2.1.0");
    for run in log["runs"].as_array().unwrap() {
        let driver = &run["tool"]["driver"];
        assert_eq!(driver["name"], "gen");
        assert!(
            ["utf16CodeUnits", "unicodeCodePoints"].contains(&run["columnKind"].as_str().unwrap())
        );
        let rules = driver["rules"].as_array().unwrap();
        for (at, rule) in rules.iter().enumerate() {
            assert!(rules[..at].iter().all(|other| other["id"] != rule["id"]), "{rule}");
            assert!(!rule["shortDescription"]["text"].as_str().unwrap().is_empty(), "{rule}");
        }
        for result in run["results"].as_array().unwrap() {
            let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
            assert_eq!(rule["id"], result["ruleId"]);
            assert!(
                ["none", "note", "warning", "error"].contains(&result["level"].as_str().unwrap())
            );
            assert!(!result["message"]["text"].as_str().unwrap().is_empty(), "{result}");
            let related = result["relatedLocations"].as_array().into_iter().flatten();
            for location in result["locations"].as_array().unwrap().iter().chain(related) {
                let place = &location["physicalLocation"];
                assert!(place["artifactLocation"]["uri"].as_str().unwrap().is_ascii(), "{place}");
                let number = |key: &str| place["region"][key].as_u64().unwrap();
                assert!(number("startLine") >= 1 && number("startColumn") >= 1, "{place}");
                let (start, end) = (("startLine", "startColumn"), ("endLine", "endColumn"));
                let at = |(line, column)| (number(line), number(column));
                assert!(at(end) >= at(start), "{place}");
            }
        }
    }
}

#[test]
fn status_counts_and_accepts() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("content")).unwrap();
    let write = |path: &str, text: &str| fs::write(dir.path().join(path), text).unwrap();
    write("book.toml", "");
    write("content/a.zh.md", "# 猫税\n\n先交猫税，再做朋友。\n");
    write("content/a.en.md", "# The cat tax\n\nFirst the cat tax, then friendship.\n");
    let printed = |line: &str| {
        let done = run(dir.path(), line).success();
        String::from_utf8(done.get_output().stdout.clone()).unwrap()
    };
    assert!(printed("status --format json").contains("\"unaccepted\":1"));
    assert!(!dir.path().join("translations.lock").exists());
    assert!(printed("status --accept").contains("1 page"));
    assert!(printed("status --lang zh").contains("合计"));
    write("content/a.en.md", "# The cat tax\n\nFirst the cat tax, then we are friends.\n");
    assert!(printed("status --format json").contains("\"stale_blocks\":1"));
    run(dir.path(), "check").code(1);
    printed("status --accept content/a.en.md");
    run(dir.path(), "check").success();
    run(dir.path(), "status --accept content/b.en.md").code(2);
    // What could be read is counted beside the errors.
    write("content/b.en.md", "# B\n\n[nowhere](nowhere.md)\n");
    let broken = run(dir.path(), "status").code(1);
    assert!(stdout(&broken).contains("total"));
    assert!(stderr(&broken).contains("broken-link"));
    fs::remove_file(dir.path().join("content/b.en.md")).unwrap();
    // Nothing else is left behind.
    let names = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<_> = names.collect();
    names.sort();
    assert_eq!(names, ["book.toml", "content", "translations.lock"]);
}

/// What moves the cursor, clears the screen, sets the title of the window, or turns the line around.
const STEERING: &str = "\u{1b}]0;title\u{7}\u{1b}[2J\u{9b}31m\r\u{8}\u{202e}\u{2066}";

#[test]
fn nothing_in_a_site_steers_the_terminal() {
    let dir = site();
    let content = dir.path().join("content");
    let escaped = "\\u001b[2J\\u009b31m\\r\\u202e";
    fs::write(content.join("a.en.md"), format!("+++\ntitle = \"{STEERING}\"\n+++\n")).unwrap();
    fs::write(
        content.join("b\u{202e}.en.md"),
        format!(
            "+++\ntitle = \"B\"\ndate = \"{escaped}\"\ntags = [\"{escaped}\"]\n\"{escaped}\" = 1\n\
             slug = \"{escaped}\"\n[source]\nurl = \"{escaped}\"\n+++\n\
             [x](nowhere{STEERING}) [[{STEERING}]] ![]({STEERING}.png) {STEERING} <b {STEERING}>\n\n\
             ```{STEERING}\n```\n\n## x {{#p1{STEERING}}}\n\n$\\x{STEERING}$ [^{STEERING}]\n"
        ),
    )
    .unwrap();
    fs::write(content.join("c.en.md"), format!("---\ntitle: {STEERING}\n---\n")).unwrap();
    fs::write(content.join("glossary.toml"), format!("[[term]]\nid = \"{escaped}\"\n")).unwrap();
    fs::write(dir.path().join("book.toml"), format!("[book]\n\"{escaped}\" = 1\n")).unwrap();
    let steers = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    for line in ["build", "build --lang zh", "check --hints", "build --format github", "status"] {
        let ran = run(dir.path(), line).failure();
        let said = stderr(&ran) + &stdout(&ran);
        assert!(said.len() > 500, "{line}: {said}");
        // GitHub's own log shows these; its commands are what has to stay whole.
        let said = match line.contains("github") {
            true => said.replace(steers, ""),
            false => said,
        };
        assert!(!said.contains(steers), "{line}: {said:?}");
        assert!(said.lines().all(|line| !line.starts_with("::set-") && !line.contains('\r')));
    }
}
