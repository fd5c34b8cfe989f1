//! How long a text is, and how long it takes to read.

use serde::{Deserialize, Serialize};

use super::cjk::is_han;

/// Han characters a reader takes in each minute, and words: the means for silent reading of
/// non-fiction in Brysbaert, "How many words do we read per minute?", *Journal of Memory and
/// Language* 109 (2019): 260 characters of Chinese, 238 words of English.
const PER_MINUTE: (f64, f64) = (260.0, 238.0);

/// The size of a text in the units of each script.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Han characters.
    pub han: usize,
    /// Words of other scripts: runs of letters and digits, apostrophes and hyphens inside kept.
    pub words: usize,
}

impl Counts {
    /// Adds the characters and words of a text.
    pub fn add(&mut self, text: &str) {
        let mut in_word = false;
        for c in text.chars() {
            let han = is_han(c);
            let letter = c.is_alphanumeric() && !han;
            self.han += usize::from(han);
            self.words += usize::from(letter && !in_word);
            in_word = letter || in_word && matches!(c, '\'' | '’' | '-');
        }
    }

    /// The number that a reader expects to see: characters, with each foreign word as one, for
    /// Chinese; words, with each Han character as one, for English.
    pub fn length(&self) -> usize {
        self.han + self.words
    }

    /// Minutes of reading, at least one.
    pub fn minutes(&self) -> usize {
        let minutes = self.han as f64 / PER_MINUTE.0 + self.words as f64 / PER_MINUTE.1;
        (minutes.round() as usize).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::Counts;

    #[test]
    fn counts_each_script_in_its_own_units() {
        let mut counts = Counts::default();
        counts.add("小红书 RedNote，don't 排第 1。state-of-the-art");
        assert_eq!(counts, Counts { han: 5, words: 4 });
        assert_eq!(counts.minutes(), 1);
    }
}
