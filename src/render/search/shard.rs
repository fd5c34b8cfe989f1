//! Which document holds which token: lists of documents, in files chosen by the first bits of
//! the token's number.
//!
//! A file is a row of numbers in base 128, the lowest seven bits first, as in Protocol Buffers.
//! For each of its tokens, in order: the distance from the token before it (from the first number
//! that could stand in the file), the count of documents, and for each document four times the
//! distance from the one before it, plus its [`Class`].

use std::sync::Arc;

use crate::memo::Fingerprint;

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

/// How many of a token's first bits choose its file, where documents hold `count` tokens.
pub fn bits(count: usize) -> u32 {
    let mut bits = 0;
    while bits < 12 && count >> bits > SIZE {
        bits += 1;
    }
    bits
}

/// The lists of some documents that follow each other.
pub struct Group {
    /// Tokens, each with four times the number of a document in the group plus its class, in order.
    postings: Vec<(u32, u32)>,
    /// Where the tokens of each file begin.
    starts: Vec<usize>,
    /// Of the postings of each file.
    pub fingerprints: Vec<Fingerprint>,
}

impl Group {
    /// The lists of documents, of each its [`gather`]ed tokens.
    pub fn of(documents: Vec<&[(u32, Class)]>, bits: u32) -> Group {
        let mut postings: Vec<(u32, u32)> = Vec::new();
        for (document, tokens) in (0_u32..).zip(documents) {
            let own = tokens.iter().map(|&(token, class)| (token, document << 2 | class as u32));
            postings.extend(own);
        }
        postings.sort_unstable();
        let first = |file: u64| {
            let first = file << (32 - bits);
            postings.partition_point(|(token, _)| u64::from(*token) < first)
        };
        let starts: Vec<usize> = (0..=1_u64 << bits).map(first).collect();
        let fingerprints = starts.windows(2).map(|bounds| {
            let bytes = |&(token, one): &(u32, u32)| {
                (u64::from(token) << 32 | u64::from(one)).to_le_bytes()
            };
            let own: Vec<u8> = postings[bounds[0]..bounds[1]].iter().flat_map(bytes).collect();
            Fingerprint::of(&own)
        });
        let fingerprints = fingerprints.collect();
        Group { postings, starts, fingerprints }
    }
}

/// A file of lists, and its tokens in order. Each of the groups but the last holds `size` documents.
pub fn file(groups: &[Arc<Group>], at: usize, bits: u32, size: usize) -> (Vec<u8>, Vec<u32>) {
    let mut postings: Vec<(u32, u32)> = Vec::new();
    for (number, group) in groups.iter().enumerate() {
        let before = ((number * size) as u32) << 2;
        let own = &group.postings[group.starts[at]..group.starts[at + 1]];
        postings.extend(own.iter().map(|&(token, one)| (token, one + before)));
    }
    postings.sort_unstable();
    let (mut bytes, mut known) = (Vec::new(), Vec::new());
    let mut before = (at as u64) << (32 - bits);
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

    /// All files, with the documents in groups of a size.
    fn files(documents: &[&[(u32, Class)]], size: usize) -> Vec<(Vec<u8>, Vec<u32>)> {
        let bits = bits(documents.iter().map(|tokens| tokens.len()).sum());
        let group = |documents: &[&[(u32, Class)]]| Arc::new(Group::of(documents.to_vec(), bits));
        let groups: Vec<Arc<Group>> = documents.chunks(size).map(group).collect();
        (0..1 << bits).map(|at| file(&groups, at, bits, size)).collect()
    }

    #[test]
    fn a_small_site_has_one_file() {
        let (a, b) = ([(3, Class::Text), (300, Class::Title)], [(300, Class::Often)]);
        for size in 1..4 {
            let files = files(&[&a, &[], &b], size);
            assert_eq!(files.len(), 1);
            assert_eq!(read(&files[0].0), [3, 1, 0, 297, 2, 3, 9]);
            assert_eq!(files[0].1, [3, 300]);
        }
    }

    #[test]
    fn each_token_is_in_the_file_of_its_first_bits() {
        let tokens: Vec<(u32, Class)> =
            (0..20_000_u32).map(|i| (i * 214_748, Class::Text)).collect();
        let files = files(&[&tokens], 1);
        let bits = files.len().ilog2();
        assert!(bits > 1 && files.iter().map(|file| file.1.len()).sum::<usize>() == tokens.len());
        for (shard, (_, tokens)) in files.iter().enumerate() {
            assert!(tokens.iter().all(|token| (token >> (32 - bits)) as usize == shard));
        }
    }
}
