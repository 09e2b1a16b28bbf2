//! Of which company somebody is who wrote. Follows the vendor's documentation alone, as all of this connector.

use super::{Intercom, Pages, each};
use crate::{
    BadRecord,
    formats::intercom as format,
    http::{Asks, Request},
    pull::{
        listed::{Detail, Listing, Seen, Todo, Window},
        query::Query,
    },
};
use domain::Millis;
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json, value::RawValue};
use std::collections::BTreeSet;

/// The list of their names.
pub(super) const COMPANIES: &str = "companies";
const COMPANIES_A_PAGE: usize = 60;
/// A search joins no more by *or*, which is what *in* is short for.
const AT_ONCE: usize = 15;

/// Of one list the next page is an object, of another an address, of which nothing is taken.
pub(super) fn next<'de, D: Deserializer<'de>>(told: D) -> Result<Option<String>, D::Error> {
    let next = Value::deserialize(told)?;
    Ok(next.pointer("/starting_after").and_then(Value::as_str).map(str::to_owned))
}

/// Has the first conversation of each so many people ask for all of them, before what belongs to it is asked for. `who` are
/// those of `seen`, in their order.
pub(super) fn ask_first(seen: &mut [Seen], who: Vec<Option<String>>) {
    let mut met = BTreeSet::new();
    let new: Vec<(usize, String)> = who
        .into_iter()
        .enumerate()
        .filter_map(|(at, id)| Some((at, id.filter(|id| is_plain(id) && met.insert(id.clone()))?)))
        .collect();
    for chunk in new.chunks(AT_ONCE) {
        let ids: Vec<&str> = chunk.iter().map(|(_, id)| id.as_str()).collect();
        let first = chunk.first().and_then(|(at, _)| seen.get_mut(*at)).and_then(|seen| seen.todo.as_mut());
        if let Some(todo) = first {
            todo.note = ids.join(",");
        }
    }
}

/// It goes into the cursor.
fn is_plain(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

impl Intercom {
    pub(super) fn contacts(&self, ids: &str) -> Request {
        let ids: Vec<&str> = ids.split(',').collect();
        let search = json!({ "query": { "field": "id", "operator": "IN", "value": ids }, "pagination": { "per_page": AT_ONCE } });
        self.ask("/contacts/search", Asks::Search(search.to_string()), "companies of contacts")
    }

    pub(super) fn companies(&self, window: &Window) -> Request {
        let query = Query::of("/companies/list").with_number("per_page", COMPANIES_A_PAGE);
        let page = window.token.as_ref().and_then(|page| page.parse().ok()).unwrap_or(1);
        self.ask(query.with_number("page", page).write(), Asks::Search("{}".into()), "names")
    }
}

pub(super) fn contacts_told(contacts: &[&RawValue], todo: &Todo) -> Detail {
    let mut detail = Detail { next: Some(Todo::of(&todo.id)), ..Detail::default() };
    for (contact, line) in contacts.iter().zip(1u64..) {
        let read = format::read_company_of(contact.get(), &mut detail.changes);
        detail.bad.extend(read.err().map(|reason| BadRecord::named(contact.get(), line, reason)));
    }
    detail
}

pub(super) fn companies_listed(companies: &[&RawValue], pages: Option<&Pages>) -> Listing {
    let mut listing = Listing::default();
    each(companies, &mut listing, |record, changes| {
        let (id, at) = format::read_company(record, changes)?;
        Ok(Seen { id, at: at.unwrap_or(Millis(0)), todo: None })
    });
    let page = pages.and_then(|pages| pages.page.zip(pages.total_pages));
    listing.token = page.filter(|(page, pages)| page < pages).map(|(page, _)| (page + 1).to_string());
    listing.more = Some(listing.token.is_some() && listing.held > 0);
    listing
}
