//! The pages of the archive: every article by year.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::lang::{PerLang, View};
use crate::model::site::Site;
use crate::msg;

use super::context::{self, Year};
use super::job::{Job, Origin, Part};
use super::listings::{collection, page_job, plain_head};
use super::shelf::Shelf;

/// The jobs of the archive in one view: all articles, and those of each year.
pub fn jobs(site: &Site<'_>, view: View) -> Vec<Job> {
    let shelf = &Shelf { site, view };
    let mut years: BTreeMap<Reverse<i16>, Vec<usize>> = BTreeMap::new();
    for &page in &site.listed {
        if let Some(date) = site.pages[page].facts.date {
            years.entry(Reverse(date.year())).or_default().push(page);
        }
    }
    let years: Vec<Year> = years
        .into_iter()
        .map(|(year, pages)| Year {
            year: year.0,
            url: shelf.url(&format!("archive/{}", year.0)),
            entries: shelf.cards(&pages),
        })
        .collect();
    let all = archive_page(shelf, None, years.clone());
    let each = years.into_iter().map(|year| archive_page(shelf, Some(year.year), vec![year]));
    std::iter::once(all).chain(each).collect()
}

fn archive_page(shelf: &Shelf<'_>, year: Option<i16>, years: Vec<Year>) -> Job {
    let key = year.map_or_else(|| "archive".to_owned(), |year| format!("archive/{year}"));
    let title = match year {
        None => PerLang { zh: "归档".to_owned(), en: "Archive".to_owned() },
        Some(year) => PerLang { zh: format!("{year} 年"), en: format!("Archive {year}") },
    };
    let urls = years.iter().flat_map(|year| &year.entries).map(|card| card.url.clone());
    let json_ld = collection(shelf, &key, &title, urls);
    let head = plain_head(shelf, "archive", &key, title, PerLang::default(), json_ld);
    let origin = Origin::made(msg!("the archive", "归档"));
    let part = Part::Archive(context::Archive { year, years });
    page_job(shelf, &key, "archive.html", head, part, None, origin)
}
