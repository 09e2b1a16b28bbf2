//! Articles of the help centre, newest change first, and the team's own. As all of Intercom here it follows the vendor's
//! documentation alone.
//!
//! The team's own come in no order that is promised: all of them are listed in every run.

use super::Intercom;
use crate::{
    formats::{intercom as format, lenient},
    http::{Asks, Failure, Request, Response, Site},
    pull::{
        answer,
        listed::Listed,
        query::Query,
        shelf::{Centre, Leaf},
    },
};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

const PAGE: usize = 50;

#[derive(Deserialize)]
struct Articles<'a> {
    #[serde(borrow, default)]
    data: Vec<&'a RawValue>,
    #[serde(default, deserialize_with = "lenient::whole")]
    total_count: Option<u64>,
    #[serde(default)]
    pages: Option<Pages>,
}

#[derive(Deserialize)]
struct Pages {
    #[serde(default)]
    page: u64,
    #[serde(default)]
    total_pages: u64,
}

impl Centre for Intercom {
    fn site(&self) -> &Site {
        &self.site
    }

    fn news(&self) -> &'static [&'static str] {
        &["articles", "internal_articles"]
    }

    fn whole(&self) -> &'static [&'static str] {
        &["articles", "internal_articles"]
    }

    /// Not every plan has the team's own.
    fn needs(&self, list: &str, _: u16) -> bool {
        list == "articles"
    }

    fn ask(&self, list: &str, page: Option<&str>) -> Request {
        let query = Query::of(format!("/{list}")).with("page", page.unwrap_or("1")).with_number("per_page", PAGE);
        self.ask(query.write(), Asks::Get, "articles")
    }

    fn read(
        &self,
        list: &str,
        page: Option<&str>,
        _: &BTreeMap<String, String>,
        response: &Response,
    ) -> Result<Leaf, Failure> {
        let found: Articles<'_> = answer::json(&self.site, self.good(response)?)?;
        let internal = list == "internal_articles";
        let mut leaf = Leaf { count: found.total_count, by_change: !internal, ..Leaf::default() };
        leaf.each(&found.data, |record| format::read_article(record, internal));
        let asked: u64 = page.and_then(|page| page.parse().ok()).unwrap_or(1);
        let more = found.pages.is_some_and(|pages| pages.page.max(asked) < pages.total_pages);
        leaf.next = (more && !found.data.is_empty()).then(|| (asked + 1).to_string());
        Ok(leaf)
    }
}

#[cfg(test)]
mod tests;
