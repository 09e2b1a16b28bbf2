//! The help centre: articles in their own language, and for whom they are.
//!
//! Follows the vendor's documentation; there is no recording to check against. An article's place and its readers have one
//! stamp and its text has another, so that the newest are asked for by both. Everything is listed with a cursor, because
//! numbered pages move when something is deleted.

use super::{Zendesk, page::Meta};
use crate::{
    formats::{centre::Listed as Article, lenient, zendesk as format},
    http::{Failure, Request, Response, Site},
    pull::{
        query::Query,
        shelf::{Centre, Leaf},
    },
};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Articles<'a> {
    #[serde(borrow, default)]
    articles: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    user_segments: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    brands: Vec<&'a RawValue>,
    #[serde(default, deserialize_with = "lenient::whole")]
    count: Option<u64>,
    #[serde(default, deserialize_with = "lenient::nullable")]
    meta: Meta,
    /// Of numbered pages: the address is not followed, it only says that there are more.
    #[serde(default)]
    next_page: Option<String>,
}

impl Centre for Zendesk {
    fn site(&self) -> &Site {
        &self.site
    }

    fn news(&self) -> &'static [&'static str] {
        &["segments", "brands", "updated_at", "edited_at"]
    }

    fn whole(&self) -> &'static [&'static str] {
        &["articles"]
    }

    /// Segments are for those who manage the help centre. Who cannot read them takes what is for one for the team's own.
    fn needs(&self, list: &str, status: u16) -> bool {
        match list {
            "segments" => status != 403,
            list => list != "brands",
        }
    }

    fn ask(&self, list: &str, page: Option<&str>) -> Request {
        let numbered = |query: Query| {
            let query = query.with("per_page", "100");
            page.into_iter().fold(query, |query, page| query.with("page", page))
        };
        match list {
            "segments" => self.ask(numbered(Query::of("/api/v2/help_center/user_segments.json")), "readers"),
            "brands" => self.ask(numbered(Query::of("/api/v2/brands.json")), "readers"),
            "articles" => {
                let query = Query::of("/api/v2/help_center/articles.json").with("page[size]", "100");
                self.ask(super::after(query, page), "articles")
            }
            by => {
                let query = Query::of("/api/v2/help_center/articles.json").with("sort_by", by);
                self.ask(numbered(query.with("sort_order", "desc")), "articles")
            }
        }
    }

    fn read(
        &self,
        list: &str,
        page: Option<&str>,
        known: &BTreeMap<String, String>,
        response: &Response,
    ) -> Result<Leaf, Failure> {
        let found: Articles<'_> = self.json(response)?;
        let mut leaf = Leaf::default();
        let number: u64 = page.and_then(|page| page.parse().ok()).unwrap_or(1);
        leaf.next = found.next_page.map(|_| (number + 1).to_string());
        leaf.known.extend(found.user_segments.iter().filter_map(|segment| format::read_segment(segment.get())));
        leaf.known.extend(found.brands.iter().flat_map(|brand| format::read_brand(brand.get())));
        if matches!(list, "segments" | "brands") {
            return Ok(leaf);
        }
        leaf.each(&found.articles, |record| -> Result<Article, String> { format::read_article(record, known) });
        if list == "articles" {
            leaf.next = found.meta.after_cursor.filter(|_| found.meta.has_more);
        } else {
            (leaf.count, leaf.by_change) = (found.count, true);
        }
        Ok(leaf)
    }
}

#[cfg(test)]
mod tests;
