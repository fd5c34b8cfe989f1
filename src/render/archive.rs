//! The pages of the archive: every article by year.

use crate::lang::{PerLang, View};
use crate::memo::Memo;
use crate::model::site::Site;
use crate::msg;

use super::context::{self, Year};
use super::job::{Given, Job, Origin, Part};
use super::listings::{collection, page_job, plain_head, plain_key};
use super::shelf::Shelf;

/// The jobs of the archive in one view: all articles, and those of each year.
pub fn jobs<'a>(site: &'a Site<'a>, view: View, _: &'a Memo) -> Vec<Job<'a>> {
    let shelf = Shelf { site, view };
    let years = site.outline.years.iter().map(|(year, pages)| (*year, shelf.listed(pages)));
    let years: Vec<(i16, Vec<usize>)> = years.collect();
    let each = years.iter().map(|year| archive_page(shelf, Some(year.0), vec![year.clone()]));
    let mut jobs: Vec<Job<'a>> = each.collect();
    jobs.insert(0, archive_page(shelf, None, years));
    jobs
}

fn archive_page<'a>(shelf: Shelf<'a>, year: Option<i16>, years: Vec<(i16, Vec<usize>)>) -> Job<'a> {
    let address = year.map_or_else(|| "archive".to_owned(), |year| format!("archive/{year}"));
    let mut key = plain_key(&shelf, "archive").value(&year);
    for (year, pages) in &years {
        key = key.value(&(year, pages.len()));
        key = pages.iter().fold(key, |key, &page| key.with(shelf.site.cards[page]));
    }
    let origin = Origin::made(msg!("the archive", "归档"));
    page_job(&shelf, &address.clone(), "archive.html", key.finish(), origin, move || {
        given(&shelf, &address, year, &years)
    })
}

fn given(shelf: &Shelf<'_>, key: &str, year: Option<i16>, years: &[(i16, Vec<usize>)]) -> Given {
    let title = match year {
        None => PerLang { zh: "归档".to_owned(), en: "Archive".to_owned() },
        Some(year) => PerLang { zh: format!("{year} 年"), en: format!("Archive {year}") },
    };
    let years: Vec<Year> = years
        .iter()
        .map(|(year, pages)| Year {
            year: *year,
            url: shelf.url(&format!("archive/{year}")),
            entries: pages.iter().map(|&page| shelf.card(page)).collect(),
        })
        .collect();
    let urls = years.iter().flat_map(|year| &year.entries).map(|card| card.url.clone());
    let json_ld = collection(shelf, key, &title, urls);
    let head = plain_head(shelf, "archive", key, title, PerLang::default(), json_ld);
    Given { head, part: Part::Archive(context::Archive { year, years }), content: None }
}
