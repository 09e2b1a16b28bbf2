//! Solution articles: folders below categories, articles in folders.
//!
//! A folder says for whom its articles are, and nothing says what changed when: each run lists all of them. Folders in
//! folders are followed. Checked against bodies that a client's tests keep, whose folders do not say for whom they are,
//! and against the vendor's documentation.

use super::{Freshdesk, PAGE};
use crate::{
    formats::freshdesk::{self as format, Shelf},
    http::{Failure, Request, Response, Site},
    pull::{
        query::{Query, part},
        shelf::{Centre, Leaf},
    },
};
use domain::Audience;
use std::collections::BTreeMap;

/// Folders in folders: more than it allows.
const DEEPEST: usize = 6;

impl Centre for Freshdesk {
    fn site(&self) -> &Site {
        &self.site
    }

    fn news(&self) -> &'static [&'static str] {
        &[]
    }

    fn whole(&self) -> &'static [&'static str] {
        &["categories"]
    }

    /// One that went meanwhile has no articles any more.
    fn needs(&self, list: &str, _: u16) -> bool {
        list == "categories"
    }

    fn ask(&self, list: &str, page: Option<&str>) -> Request {
        let path = match list.split(' ').collect::<Vec<_>>()[..] {
            ["folders", category] => format!("/api/v2/solutions/categories/{}/folders", part(category)),
            ["below", folder, _] => format!("/api/v2/solutions/folders/{}/subfolders", part(folder)),
            ["articles", folder, _] => format!("/api/v2/solutions/folders/{}/articles", part(folder)),
            _ => "/api/v2/solutions/categories".to_owned(),
        };
        let query = Query::of(path).with_number("per_page", PAGE).with("page", page.unwrap_or("1"));
        self.ask(query, if list.starts_with("articles") { "articles" } else { "readers" })
    }

    fn read(
        &self,
        list: &str,
        page: Option<&str>,
        _: &BTreeMap<String, String>,
        response: &Response,
    ) -> Result<Leaf, Failure> {
        let records = self.records(response)?;
        let mut leaf = Leaf::default();
        let number: usize = page.and_then(|page| page.parse().ok()).unwrap_or(1);
        let linked = response.header("link").is_some_and(|link| link.contains("rel=\"next\""));
        // Some lists ignore the size that was asked for, and come whole.
        let full = records.len() == PAGE;
        leaf.next = (!records.is_empty() && (linked || full)).then(|| (number + 1).to_string());
        let folders = || records.iter().filter_map(|record| format::read_folder(record.get()));
        match list.split(' ').collect::<Vec<_>>()[..] {
            ["articles", _, audience] => {
                let audience = Audience::parse(audience).unwrap_or_default();
                let base = self.site.origin();
                leaf.each(&records, |record| format::read_article(record, audience, &base));
            }
            ["folders", _] => {
                folders().for_each(|folder| inside(&folder, 1, &mut leaf));
            }
            ["below", _, depth] => {
                let depth: usize = depth.parse().unwrap_or(DEEPEST);
                folders().for_each(|folder| inside(&folder, depth + 1, &mut leaf));
            }
            _ => leaf.lists.extend(folders().map(|category| format!("folders {}", category.id))),
        }
        Ok(leaf)
    }
}

fn inside(folder: &Shelf, depth: usize, leaf: &mut Leaf) {
    leaf.lists.push(format!("articles {} {}", folder.id, folder.audience.as_str()));
    if folder.has_more && depth < DEEPEST {
        leaf.lists.push(format!("below {} {depth}", folder.id));
    }
}

#[cfg(test)]
mod tests;
