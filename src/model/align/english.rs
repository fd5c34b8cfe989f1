//! English words as the aligner compares them: in lower case, without endings.
//!
//! The build script reduces the dictionary with the same rules, so this file uses nothing but the
//! standard library.

/// Words that hold sentences together and tell none apart. Glosses are full of them.
const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "also", "an", "and", "are", "as", "at", "be", "been", "being", "by", "can", "do",
    "does", "etc", "for", "from", "had", "has", "have", "in", "into", "is", "it", "its", "of",
    "on", "one's", "or", "sb", "so", "sth", "such", "than", "that", "the", "there", "this", "to",
    "was", "were", "which", "will", "with", "would",
];

/// Irregular forms and their bases, the common ones, sorted by the form.
const IRREGULAR: &[(&str, &str)] = &[
    ("ate", "eat"),
    ("became", "become"),
    ("began", "begin"),
    ("begun", "begin"),
    ("bent", "bend"),
    ("best", "good"),
    ("better", "good"),
    ("bit", "bite"),
    ("blew", "blow"),
    ("bore", "bear"),
    ("bought", "buy"),
    ("bound", "bind"),
    ("broke", "break"),
    ("broken", "break"),
    ("brought", "bring"),
    ("built", "build"),
    ("burnt", "burn"),
    ("came", "come"),
    ("caught", "catch"),
    ("children", "child"),
    ("chose", "choose"),
    ("chosen", "choose"),
    ("clung", "cling"),
    ("crept", "creep"),
    ("dealt", "deal"),
    ("did", "do"),
    ("done", "do"),
    ("drank", "drink"),
    ("drawn", "draw"),
    ("drew", "draw"),
    ("driven", "drive"),
    ("drove", "drive"),
    ("drunk", "drink"),
    ("dug", "dig"),
    ("eaten", "eat"),
    ("fallen", "fall"),
    ("fed", "feed"),
    ("feet", "foot"),
    ("fell", "fall"),
    ("felt", "feel"),
    ("fled", "flee"),
    ("flew", "fly"),
    ("flown", "fly"),
    ("flung", "fling"),
    ("forgot", "forget"),
    ("forgotten", "forget"),
    ("fought", "fight"),
    ("found", "find"),
    ("froze", "freeze"),
    ("frozen", "freeze"),
    ("gave", "give"),
    ("given", "give"),
    ("gone", "go"),
    ("got", "get"),
    ("gotten", "get"),
    ("grew", "grow"),
    ("grown", "grow"),
    ("heard", "hear"),
    ("held", "hold"),
    ("hid", "hide"),
    ("hidden", "hide"),
    ("hung", "hang"),
    ("kept", "keep"),
    ("knelt", "kneel"),
    ("knew", "know"),
    ("known", "know"),
    ("laid", "lay"),
    ("lain", "lie"),
    ("leapt", "leap"),
    ("learnt", "learn"),
    ("led", "lead"),
    ("left", "leave"),
    ("lent", "lend"),
    ("lit", "light"),
    ("lost", "lose"),
    ("made", "make"),
    ("meant", "mean"),
    ("men", "man"),
    ("met", "meet"),
    ("mice", "mouse"),
    ("paid", "pay"),
    ("people", "person"),
    ("ran", "run"),
    ("rang", "ring"),
    ("ridden", "ride"),
    ("risen", "rise"),
    ("rode", "ride"),
    ("rose", "rise"),
    ("said", "say"),
    ("sang", "sing"),
    ("sank", "sink"),
    ("sat", "sit"),
    ("saw", "see"),
    ("seen", "see"),
    ("sent", "send"),
    ("shaken", "shake"),
    ("shone", "shine"),
    ("shook", "shake"),
    ("shot", "shoot"),
    ("shown", "show"),
    ("slept", "sleep"),
    ("slid", "slide"),
    ("sold", "sell"),
    ("sought", "seek"),
    ("spent", "spend"),
    ("spoke", "speak"),
    ("spoken", "speak"),
    ("sprang", "spring"),
    ("stole", "steal"),
    ("stolen", "steal"),
    ("stood", "stand"),
    ("struck", "strike"),
    ("stuck", "stick"),
    ("sung", "sing"),
    ("swam", "swim"),
    ("swept", "sweep"),
    ("swore", "swear"),
    ("taken", "take"),
    ("taught", "teach"),
    ("teeth", "tooth"),
    ("thought", "think"),
    ("threw", "throw"),
    ("thrown", "throw"),
    ("told", "tell"),
    ("took", "take"),
    ("tore", "tear"),
    ("torn", "tear"),
    ("understood", "understand"),
    ("went", "go"),
    ("wept", "weep"),
    ("wives", "wife"),
    ("woke", "wake"),
    ("women", "woman"),
    ("won", "win"),
    ("wore", "wear"),
    ("worn", "wear"),
    ("worse", "bad"),
    ("worst", "bad"),
    ("wound", "wind"),
    ("written", "write"),
    ("wrote", "write"),
];

/// Where the irregular forms begin with each letter, and end.
const BEGINNINGS: [usize; 27] = {
    let mut beginnings = [IRREGULAR.len(); 27];
    let mut at = IRREGULAR.len();
    while at > 0 {
        at -= 1;
        let letter = (IRREGULAR[at].0.as_bytes()[0] - b'a') as usize;
        let mut earlier = 0;
        while earlier <= letter {
            beginnings[earlier] = at;
            earlier += 1;
        }
    }
    beginnings
};

/// The base of an irregular form.
fn irregular(word: &str) -> Option<&'static str> {
    let letter = word.bytes().next().filter(u8::is_ascii_lowercase)? - b'a';
    let from = BEGINNINGS[usize::from(letter)];
    let own = &IRREGULAR[from..BEGINNINGS[usize::from(letter) + 1]];
    own.binary_search_by_key(&word, |(form, _)| *form).ok().map(|at| own[at].1)
}

/// Whether a word in lower case tells nothing about a sentence.
pub fn is_function_word(word: &str) -> bool {
    word.len() <= 5 && FUNCTION_WORDS.binary_search(&word).is_ok()
}

/// The stem of a word in lower case: irregular forms by a list, else without the endings of Harman's
/// S stemmer (“How Effective Is Suffixing?”, 1991), -ed, -ing, -ly and -e.
pub fn stem(word: &str) -> String {
    let base = irregular(word).unwrap_or(word);
    let mut stem = base.to_owned();
    if stem.len() < 3 || !stem.bytes().all(|b| b.is_ascii_lowercase()) {
        return stem;
    }
    let ends = |word: &str, endings: &[&str]| endings.iter().any(|end| word.ends_with(end));
    if stem.len() > 4 && ends(&stem, &["ies", "ied"]) {
        stem.truncate(stem.len() - 3);
        stem.push('y');
    } else if ends(&stem, &["sses", "xes", "zes", "ches", "shes"]) {
        stem.truncate(stem.len() - 2);
    } else if stem.ends_with('s') && !ends(&stem, &["ss", "us", "is"]) {
        stem.pop();
    }
    if stem.len() > 5 && stem.ends_with("ly") {
        stem.truncate(stem.len() - 2);
    }
    let cut = if stem.ends_with("ing") { 3 } else { 2 };
    if ends(&stem, &["ing", "ed"]) && !stem.ends_with("eed") {
        let rest = &stem[..stem.len() - cut];
        if rest.len() > 1 && rest.contains(['a', 'e', 'i', 'o', 'u', 'y']) {
            stem.truncate(stem.len() - cut);
            let mut last = stem.chars().rev();
            let (one, two) = (last.next(), last.next());
            if one == two && !stem.ends_with(['a', 'e', 'i', 'o', 'u', 'l', 's', 'z']) {
                stem.pop();
            }
        }
    }
    if stem.len() > 2 && stem.ends_with('e') {
        stem.pop();
    } else if stem.len() > 3 && stem.ends_with('i') {
        // happily, happy
        stem.pop();
        stem.push('y');
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        assert!(FUNCTION_WORDS.is_sorted() && FUNCTION_WORDS.iter().all(|word| word.len() <= 5));
        assert!(IRREGULAR.is_sorted());
        assert!(IRREGULAR.iter().all(|(form, base)| irregular(form) == Some(*base)));
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        let cases = [
            "tax taxes taxed taxing",
            "picture pictures pictured",
            "story stories",
            "stop stopped stopping stops",
            "go goes went gone going",
            "quick quickly",
            "happy happily",
            "child children",
            "say said says saying",
        ];
        for forms in cases {
            let stems: Vec<String> = forms.split(' ').map(stem).collect();
            assert!(stems.iter().all(|stem| *stem == stems[0]), "{forms}: {stems:?}");
        }
    }
}
