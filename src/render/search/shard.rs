//! Which document holds which token: lists of documents, in files chosen by the first bits of
//! the token's number.
//!
//! A file is a row of numbers in base 128, the lowest seven bits first, as in Protocol Buffers.
//! For each of its tokens, in order: the distance from the token before it (from the first number
//! that could stand in the file), the count of documents, and for each document four times the
//! distance from the one before it, plus its [`Class`].

use rayon::prelude::*;

/// How a document holds a token, from the weakest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// In its text, once or twice.
    Text = 0,
    /// In its text, more often.
    Often = 1,
    /// In its summary, a heading or a tag.
    Heading = 2,
    /// In its title.
    Title = 3,
}

/// How many documents the lists of a file name, at most on average: each takes a byte or two.
const SIZE: usize = 4 << 10;

/// All lists of documents.
pub struct Shards {
    /// How many of a token's first bits choose the file.
    pub bits: u32,
    /// The files.
    pub files: Vec<Vec<u8>>,
    /// The tokens of each file, in order.
    pub tokens: Vec<Vec<u32>>,
}

/// The tokens of a document with their places brought together, in order.
pub fn gather(mut tokens: Vec<(u32, Class)>) -> Vec<(u32, Class)> {
    tokens.sort_unstable();
    let same = tokens.chunk_by(|a, b| a.0 == b.0);
    same.filter_map(|all| {
        let &(token, class) = all.last()?;
        let often = class == Class::Text && all.len() > 2;
        Some((token, if often { Class::Often } else { class }))
    })
    .collect()
}

/// Writes the lists of documents: `documents` holds the [`gather`]ed tokens of each.
pub fn shards(documents: &[&[(u32, Class)]]) -> Shards {
    let count: usize = documents.iter().map(|tokens| tokens.len()).sum();
    let mut bits = 0;
    while bits < 12 && count >> bits > SIZE {
        bits += 1;
    }
    let made: Vec<(Vec<u8>, Vec<u32>)> =
        (0..1_u32 << bits).into_par_iter().map(|shard| file(documents, shard, bits)).collect();
    let (files, tokens) = made.into_iter().unzip();
    Shards { bits, files, tokens }
}

impl Shards {
    /// Whether any document holds a token.
    pub fn has(&self, token: u32) -> bool {
        let shard = u64::from(token) << self.bits >> 32;
        let tokens = self.tokens.get(shard as usize);
        tokens.is_some_and(|tokens| tokens.binary_search(&token).is_ok())
    }
}

fn file(documents: &[&[(u32, Class)]], shard: u32, bits: u32) -> (Vec<u8>, Vec<u32>) {
    let start = u64::from(shard) << (32 - bits);
    let end = u64::from(shard + 1) << (32 - bits);
    let mut postings: Vec<(u32, u32)> = Vec::new();
    for (document, tokens) in (0_u32..).zip(documents) {
        let first = tokens.partition_point(|(token, _)| u64::from(*token) < start);
        let own = tokens[first..].iter().take_while(|(token, _)| u64::from(*token) < end);
        postings.extend(own.map(|&(token, class)| (token, document << 2 | class as u32)));
    }
    postings.sort_unstable();
    let (mut bytes, mut known) = (Vec::new(), Vec::new());
    let mut before = start;
    for list in postings.chunk_by(|a, b| a.0 == b.0) {
        let token = list[0].0;
        write(u64::from(token) - before, &mut bytes);
        write(list.len() as u64, &mut bytes);
        let mut last = 0;
        for &(_, posting) in list {
            write(u64::from(posting - (last << 2)), &mut bytes);
            last = posting >> 2;
        }
        before = token.into();
        known.push(token);
    }
    (bytes, known)
}

fn write(mut number: u64, out: &mut Vec<u8>) {
    while number > 127 {
        out.push(number as u8 | 128);
        number >>= 7;
    }
    out.push(number as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<u64> {
        let (mut numbers, mut number, mut shift) = (Vec::new(), 0, 0);
        for byte in bytes {
            number |= u64::from(byte & 127) << shift;
            shift += 7;
            if byte & 128 == 0 {
                numbers.push(number);
                (number, shift) = (0, 0);
            }
        }
        numbers
    }

    #[test]
    fn the_best_place_of_a_token_counts() {
        use Class::{Heading, Often, Text, Title};
        let tokens = vec![(9, Text), (5, Text), (5, Title), (9, Text), (9, Text), (7, Heading)];
        assert_eq!(gather(tokens), [(5, Title), (7, Heading), (9, Often)]);
    }

    #[test]
    fn a_small_site_has_one_file() {
        let (a, b) = ([(3, Class::Text), (300, Class::Title)], [(300, Class::Often)]);
        let shards = shards(&[&a, &[], &b]);
        assert_eq!((shards.bits, shards.files.len()), (0, 1));
        assert_eq!(read(&shards.files[0]), [3, 1, 0, 297, 2, 3, 9]);
        assert!(shards.has(300) && !shards.has(4));
    }

    #[test]
    fn each_token_is_in_the_file_of_its_first_bits() {
        let tokens: Vec<(u32, Class)> =
            (0..20_000_u32).map(|i| (i * 214_748, Class::Text)).collect();
        let shards = shards(&[&tokens]);
        assert_eq!(shards.files.len(), 1 << shards.bits);
        assert!(shards.bits > 1 && tokens.iter().all(|(token, _)| shards.has(*token)));
        for (shard, tokens) in shards.tokens.iter().enumerate() {
            assert!(tokens.iter().all(|token| (token >> (32 - shards.bits)) as usize == shard));
        }
    }
}
