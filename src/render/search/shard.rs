//! Which document holds which token: lists of documents, in files chosen by the first bits of
//! the token's number.
//!
//! A file is a row of numbers in base 128, the lowest seven bits first, as in Protocol Buffers.
//! For each of its tokens, in order: the distance from the token before it (from the first number
//! that could stand in the file), the count of documents, and for each document four times the
//! distance from the one before it, plus its [`Class`].
//!
//! Files that lie beside each other are made and remembered together, as a [`Region`]: a text that
//! changes by a few words makes a few regions again.

use std::sync::Arc;

use rayon::prelude::*;

use super::token::BITS;
use crate::memo::{Fingerprint, Hasher, Memo, Stage};
use crate::output::Output;

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

/// A region has the tokens with the same first bits, so many at most.
const REGION_BITS: u32 = 8;

/// How many documents are fingerprinted together.
const CHUNK: usize = 64;

/// How many regions are filled together, so that what all documents have in them is not held at once.
const PASS: usize = 32;

/// How many documents are looked through together.
const STRIDE: usize = 1024;

/// The tokens of a document, in order and each once: four times its number, plus its [`Class`].
#[derive(Clone, Copy)]
pub struct Tokens<'a> {
    /// The tokens.
    pub tokens: &'a [u32],
    /// Stands for all that they were made from.
    pub fingerprint: Fingerprint,
}

/// All lists of documents.
pub struct Shards {
    /// How many of a token's first bits choose the file.
    pub bits: u32,
    regions: Vec<Arc<Region>>,
    /// What stays remembered with them.
    pub held: Held,
}

/// The remembered values that all lists were made from.
pub type Held = (Vec<Arc<Vec<Fingerprint>>>, Vec<Arc<Region>>);

/// Files that lie beside each other.
pub struct Region {
    files: Vec<Output>,
    /// The numbers of the tokens in them, in order.
    tokens: Vec<u32>,
}

/// The tokens of a document with their places brought together, in order.
pub fn gather(mut tokens: Vec<u32>) -> Box<[u32]> {
    tokens.sort_unstable();
    let same = tokens.chunk_by(|a, b| a >> 2 == b >> 2);
    same.filter_map(|all| {
        let last = *all.last()?;
        let often = last & 3 == Class::Text as u32 && all.len() > 2;
        Some(if often { last | Class::Often as u32 } else { last })
    })
    .collect()
}

/// Writes the lists of documents.
pub fn shards(documents: &[Tokens<'_>], memo: &Memo) -> Shards {
    let count: usize = documents.iter().map(|document| document.tokens.len()).sum();
    let mut bits = 0;
    while bits < 12 && count >> bits > SIZE {
        bits += 1;
    }
    let divided = bits.min(REGION_BITS);
    let chunks: Vec<Arc<Vec<Fingerprint>>> = documents
        .par_chunks(CHUNK)
        .map(|chunk| {
            let hasher = Hasher::new().str("chunk").value(&divided);
            let hasher = chunk.iter().fold(hasher, |all, one| all.with(one.fingerprint));
            memo.get(Stage::Search, hasher.finish(), || fingerprints(chunk, divided))
        })
        .collect();
    let keys = (0..1_u32 << divided).into_par_iter().map(|number| {
        let hasher = Hasher::new().str("region").value(&(bits, number));
        let parts = chunks.iter().map(|chunk| chunk[number as usize]);
        (number, parts.fold(hasher, Hasher::with).finish())
    });
    let keys: Vec<(u32, Fingerprint)> = keys.collect();
    let mut regions: Vec<Option<Arc<Region>>> =
        keys.par_iter().map(|(_, key)| memo.find(Stage::Search, *key)).collect();
    let new = keys.iter().filter(|(number, _)| regions[*number as usize].is_none());
    for pass in new.copied().collect::<Vec<_>>().chunks(PASS) {
        let numbers: Vec<u32> = pass.iter().map(|(number, _)| *number).collect();
        let filled = fill(documents, &numbers, divided).into_par_iter().zip(pass);
        let made = filled.map(|(postings, &(number, key))| {
            memo.get(Stage::Search, key, || region(postings, number, divided, bits))
        });
        for (region, number) in made.collect::<Vec<_>>().into_iter().zip(numbers) {
            regions[number as usize] = Some(region);
        }
    }
    let regions: Vec<Arc<Region>> = regions.into_iter().flatten().collect();
    Shards { bits, held: (chunks, regions.clone()), regions }
}

impl Shards {
    /// Whether any document holds a token.
    pub fn has(&self, token: u32) -> bool {
        let region = token >> (BITS - self.bits.min(REGION_BITS));
        let region = self.regions.get(region as usize);
        region.is_some_and(|region| region.tokens.binary_search(&token).is_ok())
    }

    /// The files in their order.
    pub fn files(&self) -> impl Iterator<Item = &Output> {
        self.regions.iter().flat_map(|region| &region.files)
    }
}

/// For each region the fingerprint of what some documents have in it.
fn fingerprints(documents: &[Tokens<'_>], divided: u32) -> Vec<Fingerprint> {
    let mut rest: Vec<&[u32]> = documents.iter().map(|document| document.tokens).collect();
    let mut bytes = Vec::new();
    let regions = 0..1_u32 << divided;
    regions
        .map(|number| {
            bytes.clear();
            for tokens in &mut rest {
                let own = tokens.iter().take_while(|one| first_bits(**one >> 2, divided) == number);
                let (own, after) = tokens.split_at(own.count());
                bytes.extend((own.len() as u32).to_le_bytes());
                bytes.extend(own.iter().flat_map(|one| one.to_le_bytes()));
                *tokens = after;
            }
            Fingerprint::of(&bytes)
        })
        .collect()
}

fn first_bits(token: u32, bits: u32) -> u32 {
    token >> (BITS - bits)
}

/// What the documents have in some regions, in the order of the documents. The regions are in order.
fn fill(documents: &[Tokens<'_>], regions: &[u32], divided: u32) -> Vec<Vec<u64>> {
    let strides = documents.par_chunks(STRIDE).enumerate();
    let filled: Vec<Vec<Vec<u64>>> = strides
        .map(|(stride, documents)| {
            let mut all = vec![Vec::new(); regions.len()];
            for (at, Tokens { tokens, .. }) in documents.iter().enumerate() {
                let document = ((stride * STRIDE + at) as u64) << 2;
                let mut rest = *tokens;
                for (&region, own) in regions.iter().zip(&mut all) {
                    let of = |one: &u32| first_bits(one >> 2, divided);
                    if rest.first().is_some_and(|one| of(one) < region) {
                        rest = &rest[rest.partition_point(|one| of(one) < region)..];
                    }
                    let count = rest.iter().take_while(|one| of(one) == region).count();
                    let (found, after) = rest.split_at(count);
                    own.extend(
                        found
                            .iter()
                            .map(|one| u64::from(one >> 2) << 32 | document | u64::from(one & 3)),
                    );
                    rest = after;
                }
            }
            all
        })
        .collect();
    let of_region = |at: usize| filled.iter().flat_map(|stride| &stride[at]).copied().collect();
    (0..regions.len()).map(of_region).collect()
}

fn region(mut postings: Vec<u64>, number: u32, divided: u32, bits: u32) -> Region {
    postings.sort_unstable();
    let mut region = Region { files: Vec::new(), tokens: Vec::new() };
    let mut rest = postings.as_slice();
    let files = 1 << (bits - divided);
    for shard in number * files..(number + 1) * files {
        let own = rest.partition_point(|one| first_bits((one >> 32) as u32, bits) <= shard);
        let (own, after) = rest.split_at(own);
        region.files.push(Output::new(file(own, shard << (BITS - bits), &mut region.tokens)));
        rest = after;
    }
    region
}

/// A file: `postings` are tokens with their documents, in order, `start` is the first token that
/// could stand in it. Notes the tokens.
fn file(postings: &[u64], start: u32, tokens: &mut Vec<u32>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(postings.len() * 3);
    let mut before = start;
    for list in postings.chunk_by(|a, b| a >> 32 == b >> 32) {
        let token = (list[0] >> 32) as u32;
        write(token - before, &mut bytes);
        write(list.len() as u32, &mut bytes);
        let mut last = 0;
        for &posting in list {
            let posting = posting as u32;
            write(posting - (last << 2), &mut bytes);
            last = posting >> 2;
        }
        before = token;
        tokens.push(token);
    }
    bytes
}

fn write(mut number: u32, out: &mut Vec<u8>) {
    while number > 127 {
        out.push(number as u8 | 128);
        number >>= 7;
    }
    out.push(number as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: u32 = Class::Text as u32;
    const OFTEN: u32 = Class::Often as u32;
    const HEADING: u32 = Class::Heading as u32;
    const TITLE: u32 = Class::Title as u32;

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

    fn shards_of(documents: &[&[u32]], memo: &Memo) -> Shards {
        let documents = documents.iter().map(|&tokens| {
            let fingerprint = Fingerprint::of_value(tokens);
            Tokens { tokens, fingerprint }
        });
        shards(&documents.collect::<Vec<_>>(), memo)
    }

    #[test]
    fn the_best_place_of_a_token_counts() {
        let tokens = [(9, TEXT), (5, TEXT), (5, TITLE), (9, TEXT), (9, TEXT), (7, HEADING)];
        let tokens = tokens.map(|(token, class)| token << 2 | class).to_vec();
        assert_eq!(*gather(tokens), [5 << 2 | TITLE, 7 << 2 | HEADING, 9 << 2 | OFTEN]);
    }

    #[test]
    fn a_small_site_has_one_file() {
        let (a, b) = ([3 << 2, 300 << 2 | TITLE], [300 << 2 | OFTEN]);
        let shards = shards_of(&[&a, &[], &b], &Memo::new());
        let files: Vec<&Output> = shards.files().collect();
        assert_eq!((shards.bits, files.len()), (0, 1));
        assert_eq!(read(&files[0].bytes), [3, 1, 0, 297, 2, 3, 9]);
        assert!(shards.has(300) && !shards.has(4));
    }

    /// Tokens all over the range of numbers.
    fn many(count: u32) -> Vec<u32> {
        (0..count).map(|i| (i * ((1 << BITS) / count)) << 2).collect()
    }

    #[test]
    fn each_token_is_in_the_file_of_its_first_bits() {
        for count in [20_000, 1_100_000] {
            let tokens = many(count);
            let shards = shards_of(&[&tokens, &[7 << 2]], &Memo::new());
            assert!(shards.bits > 1);
            assert!(tokens.iter().all(|token| shards.has(token >> 2)) && shards.has(7));
            let files: Vec<&Output> = shards.files().collect();
            assert_eq!(files.len(), 1 << shards.bits);
            for (shard, file) in (0..).zip(files) {
                let (numbers, mut at, mut token) = (read(&file.bytes), 0, 0);
                while at < numbers.len() {
                    token += numbers[at];
                    at += 2 + numbers[at + 1] as usize;
                    let whole = (shard << (BITS - shards.bits)) + token as u32;
                    assert_eq!(first_bits(whole, shards.bits), shard);
                    assert!(shards.has(whole));
                }
            }
        }
    }

    #[test]
    fn a_change_of_a_token_makes_one_region_again() {
        let mut memo = Memo::new();
        let mut tokens = many(100_000);
        let others: Vec<Vec<u32>> = (0..200).map(|i| vec![i << 2, (i + 999) << 2]).collect();
        let mut made = |first: &[u32]| {
            memo.begin();
            let all: Vec<&[u32]> =
                std::iter::once(first).chain(others.iter().map(Vec::as_slice)).collect();
            let warm = shards_of(&all, &memo);
            let cold = shards_of(&all, &Memo::new());
            assert!(warm.files().eq(cold.files()));
            memo.count(Stage::Search).made
        };
        let chunks = 201_u64.div_ceil(CHUNK as u64);
        assert_eq!(made(&tokens), chunks + 32);
        assert_eq!(made(&tokens), 0);
        tokens[50_000] |= TITLE;
        assert_eq!(made(&tokens), 2);
    }
}
