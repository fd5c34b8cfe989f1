use digest_gen::lang::Lang;
use digest_gen::parse::markdown::{render_fragment, Rules};
#[test]
fn quick() {
    let spec = std::fs::read_to_string("/root/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/pulldown-cmark-0.13.6/tests/suite/spec.rs").unwrap();
    let parts: Vec<&str> = spec.split("r##\"").skip(1).map(|p| p.split("\"##").next().unwrap()).collect();
    let mut bad = 0; let mut bad_all = 0; let mut n=0;
    for pair in parts.chunks(2) {
        n += 1;
        let (src, _) = (pair[0], pair[1]);
        let mut want = String::new();
        pulldown_cmark::html::push_html(&mut want, pulldown_cmark::Parser::new(src));
        let (got, _) = render_fragment("x.md", src, 0, Lang::En, Rules::COMMONMARK);
        if got != want { bad += 1; println!("--- {n}\n{src}\nWANT {want:?}\nGOT  {got:?}"); }
        let (got, _) = render_fragment("x.md", src, 0, Lang::Zh, Rules{heading_ids:false, highlight:false, ..Rules::ALL});
        if got != want { bad_all += 1; println!("--- ALL {n}\n{src}\nWANT {want:?}\nGOT  {got:?}"); }
    }
    println!("{n} examples, {bad} bad, {bad_all} bad with all");
    let cases = ["**中文。**中文", "中文**（注）**中文", "~~删除。~~继续", "*强调*。", "中文\n换行\n**粗体**\n继续，\nHello\nworld", "参见[[cat-tax]]和[[cat-tax|交税]]。$x^2$[^1]\n\n[^1]: 注。", "> [!NOTE]\n> 内容\n\n- [ ] a\n- [x] b\n\n词\n: 定义\n"];
    for c in cases { println!("{c} => {}", render_fragment("x.md", c, 0, Lang::Zh, Rules::ALL).0); }
}
