//! A value for each page of the site, in the batches that it is remembered in.

use std::ops::Index;
use std::sync::Arc;

/// Where each page stands: its batch, and its place in it.
#[derive(Debug, Clone, Default)]
pub struct Numbering {
    pages: Arc<Vec<(u32, u32)>>,
    /// The number of the first page of each batch.
    starts: Arc<Vec<usize>>,
}

impl Numbering {
    /// The numbers of pages in batches of some sizes.
    pub fn of(sizes: impl IntoIterator<Item = usize>) -> Numbering {
        let (mut pages, mut starts) = (Vec::new(), Vec::new());
        for (batch, size) in (0..).zip(sizes) {
            starts.push(pages.len());
            pages.extend((0..size as u32).map(|at| (batch, at)));
        }
        Numbering { pages: Arc::new(pages), starts: Arc::new(starts) }
    }

    /// The number of pages.
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// Whether there is no page.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// The number of the first page of each batch.
    pub fn starts(&self) -> &[usize] {
        &self.starts
    }

    /// The numbers of pages that are named, batch by batch, by their places in it.
    pub fn pages<'n>(
        &self,
        batches: impl Iterator<Item = &'n [usize]>,
    ) -> impl Iterator<Item = usize> {
        self.starts
            .iter()
            .zip(batches)
            .flat_map(|(start, named)| named.iter().map(move |at| start + at))
    }
}

/// A value for each page, by the page's number: the values of a batch stay where the memo holds them.
pub struct PerPage<T> {
    batches: Vec<Arc<Vec<T>>>,
    numbering: Numbering,
}

impl<T> PerPage<T> {
    /// The values of all batches.
    pub fn new(batches: impl IntoIterator<Item = Arc<Vec<T>>>, numbering: Numbering) -> PerPage<T> {
        PerPage { batches: batches.into_iter().collect(), numbering }
    }

    /// The number of pages.
    pub fn len(&self) -> usize {
        self.numbering.len()
    }

    /// Whether there is no page.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The values in the order of the pages.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.batches.iter().flat_map(|batch| batch.iter())
    }
}

impl<T> Index<usize> for PerPage<T> {
    type Output = T;

    fn index(&self, page: usize) -> &T {
        let (batch, at) = self.numbering.pages[page];
        &self.batches[batch as usize][at as usize]
    }
}
