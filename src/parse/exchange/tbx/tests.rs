use super::*;
use crate::parse::exchange::field::Field;
use crate::parse::term::Term;

fn terms(body: &str) -> (Vec<Term>, Vec<String>) {
    let text = format!(
        "<tbx style='dca' type='TBX-Basic' xml:lang='en' xmlns='urn:iso:std:iso:30042:ed-2'>\
         <tbxHeader/><text><body>{body}</body></text></tbx>"
    );
    let (terms, problems) = read("x.tbx", &text);
    let problem = |p: &Diagnostic| format!("{} {}", p.code, &text[p.span.clone().unwrap_or(0..0)]);
    (terms.into_iter().map(|one| one.term).collect(), problems.iter().map(problem).collect())
}

fn values(term: &Term, field: Field) -> String {
    field.of(term).join("; ")
}

const DCA: &str = "<conceptEntry id='_996'><descrip type='subjectField'>work</descrip>\
    <ref type='crossReference' target='cat-tax'>cat tax</ref><admin type='source'>A book</admin>\
    <note>first_seen: 2019-03-27</note><note>known: zh</note><note>known: en</note>\
    <langSec xml:lang='zh-Hans'><descripGrp><descrip type='definition'>从早上\n  九点</descrip>\
    <admin type='source'>https://a.org/</admin></descripGrp>\
    <termSec><term>九九六</term><note>pinyin: jiǔ jiǔ liù</note></termSec>\
    <termSec><term>996</term><termNote type='administrativeStatus'>preferredTerm-admn-sts</termNote>\
    <termNote type='partOfSpeech'>noun</termNote><descripGrp><descrip type='context'>很累。</descrip>\
    <admin type='source'>x</admin></descripGrp></termSec></langSec>\
    <langSec xml:lang='EN-us'><termSec><term>nine to <hi>nine</hi></term>\
    <termNote type='administrativeStatus'>deprecatedTerm-admn-sts</termNote></termSec>\
    <termSec><term>996</term></termSec></langSec></conceptEntry>";

#[test]
fn reads_an_entry() {
    let (terms, problems) = terms(DCA);
    assert_eq!(problems, [""; 0]);
    let all = Field::ALL.map(|field| values(&terms[0], field));
    let expected = [
        "996",
        "996",
        "996",
        "jiǔ jiǔ liù",
        "noun",
        "work",
        "从早上 九点",
        "",
        "九九六",
        "",
        "",
        "nine to nine",
        "cat-tax",
        "A book; https://a.org/",
        "2019-03-27",
        "zh; en",
    ];
    assert_eq!(all, expected);
}

#[test]
fn reads_the_other_style_and_the_older_version() {
    let dct = "<tbx style='dct' type='TBX-Basic' xml:lang='en' xmlns:min='m' xmlns:basic='b'><text>\
        <body><conceptEntry id='a'><min:subjectField>work</min:subjectField><langSec xml:lang='en'>\
        <basic:definition>D</basic:definition><termSec><term>T</term>\
        <min:partOfSpeech>verb</min:partOfSpeech></termSec></langSec></conceptEntry></body></text></tbx>";
    let v2 = "<martif type='TBX' xml:lang='en'><text><body><termEntry id='a'>\
        <descrip type='subjectField'>work</descrip><langSet xml:lang='en'>\
        <descrip type='definition'>D</descrip><ntig><termGrp><term>T</term>\
        <termNote type='partOfSpeech'>verb</termNote></termGrp></ntig></langSet></termEntry>\
        </body></text></martif>";
    for text in [dct, v2] {
        let (terms, problems) = read("x.tbx", text);
        assert_eq!(problems, []);
        let fields =
            [Field::Id, Field::En, Field::PartOfSpeech, Field::Category, Field::DefinitionEn];
        let all = fields.map(|field| values(&terms[0].term, field));
        assert_eq!(all, ["a", "T", "verb", "work", "D"]);
    }
}

#[test]
fn what_has_no_place_is_told_once() {
    let entry = |id: &str| {
        format!(
            "<conceptEntry id='{id}'><note>free</note><xref type='xGraphic' target='u'/>\
             <langSec xml:lang='fr'><termSec><term>t</term></termSec></langSec>\
             <langSec xml:lang='en'><termSec><term>Term {id}</term>\
             <termNote type='termType'>acronym</termNote></termSec></langSec></conceptEntry>"
        )
    };
    let (found, problems) = terms(&format!("{}{}", entry("a"), entry("C_2")));
    let ids: Vec<&str> = found.iter().map(|term| term.id.as_str()).collect();
    assert_eq!(ids, ["a", "c-2"]);
    let expected = [
        "changed-id <conceptEntry id='C_2'>",
        "unknown-category <note>",
        "unknown-category <termNote type='termType'>",
        "unknown-category <xref type='xGraphic' target='u'/>",
        "unknown-category <langSec xml:lang='fr'>",
    ];
    assert_eq!(problems, expected);
}

#[test]
fn says_what_is_no_tbx() {
    for (text, code) in [("<html/>", "bad-tbx"), ("<tbx>", "bad-xml"), ("猫", "bad-xml")] {
        let (terms, problems) = read("x.tbx", text);
        assert_eq!((terms.len(), problems[0].code), (0, code));
    }
}
