//! Pages as Zendesk sends them.

use crate::formats::{Loose, lenient};
use domain::{Change, Millis, Name};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeSet;

#[derive(Deserialize)]
pub(super) struct Tickets<'a> {
    #[serde(borrow, alias = "results")]
    pub(super) tickets: Vec<&'a RawValue>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) users: Vec<Known>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) groups: Vec<Known>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) organizations: Vec<Known>,
    #[serde(default)]
    pub(super) after_cursor: Option<String>,
    #[serde(default, deserialize_with = "lenient::nullable")]
    pub(super) end_of_stream: bool,
    #[serde(default, deserialize_with = "lenient::nullable")]
    pub(super) meta: Meta,
}

/// A ticket by itself.
#[derive(Deserialize)]
pub(super) struct One<'a> {
    #[serde(borrow)]
    pub(super) ticket: &'a RawValue,
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) users: Vec<Known>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) groups: Vec<Known>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) organizations: Vec<Known>,
}

impl<'a> From<One<'a>> for Tickets<'a> {
    fn from(one: One<'a>) -> Self {
        Self {
            tickets: vec![one.ticket],
            users: one.users,
            groups: one.groups,
            organizations: one.organizations,
            after_cursor: None,
            end_of_stream: false,
            meta: Meta::default(),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Events<'a> {
    #[serde(borrow)]
    pub(super) ticket_events: Vec<&'a RawValue>,
    #[serde(default, deserialize_with = "lenient::whole")]
    pub(super) end_time: Option<i64>,
    #[serde(default)]
    pub(super) end_of_stream: Option<bool>,
}

#[derive(Deserialize)]
pub(super) struct Measured<'a> {
    #[serde(borrow, default)]
    pub(super) ticket_metric_events: Vec<&'a RawValue>,
    #[serde(default, deserialize_with = "lenient::whole")]
    pub(super) end_time: Option<i64>,
    #[serde(default)]
    pub(super) end_of_stream: Option<bool>,
}

#[derive(Deserialize)]
pub(super) struct Dropped {
    #[serde(deserialize_with = "lenient::members")]
    pub(super) deleted_tickets: Vec<Known>,
}

/// People and groups, page by page.
#[derive(Deserialize)]
pub(super) struct Directory {
    #[serde(alias = "groups", deserialize_with = "lenient::members")]
    pub(super) users: Vec<Known>,
    #[serde(default, deserialize_with = "lenient::nullable")]
    pub(super) meta: Meta,
}

/// What was said in a ticket, or everything that happened to it.
#[derive(Deserialize)]
pub(super) struct History<'a> {
    #[serde(borrow, alias = "audits")]
    pub(super) comments: Vec<&'a RawValue>,
    #[serde(default, deserialize_with = "lenient::nullable")]
    pub(super) meta: Meta,
}

#[derive(Default, Deserialize)]
pub(super) struct Meta {
    #[serde(default, deserialize_with = "lenient::nullable")]
    pub(super) has_more: bool,
    #[serde(default)]
    pub(super) after_cursor: Option<String>,
}

impl Meta {
    pub(super) fn next(self) -> Option<String> {
        self.after_cursor.filter(|_| self.has_more)
    }
}

#[derive(Deserialize)]
pub(super) struct Known {
    #[serde(deserialize_with = "lenient::id")]
    pub(super) id: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(super) name: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    role: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Stamped<'a> {
    #[serde(deserialize_with = "lenient::id")]
    pub(super) id: String,
    #[serde(borrow, default)]
    pub(super) requester_id: Loose<'a>,
    #[serde(borrow, default)]
    pub(super) updated_at: Loose<'a>,
    #[serde(default, deserialize_with = "lenient::whole")]
    pub(super) generated_timestamp: Option<i64>,
}

impl Stamped<'_> {
    pub(super) fn updated(&self) -> Option<Millis> {
        self.updated_at.clone().time().ok().flatten()
    }
}

/// What they are called, each for the store.
pub(super) fn names<'k>(word: &'k str, list: &'k [Known]) -> impl Iterator<Item = Change> + 'k {
    let named = list.iter().filter_map(|known| Some((&known.id, known.name.clone()?)));
    named.map(move |(id, name)| Change::Name(Name { number: format!("{word} {id}"), name }))
}

/// Who of them is said to work there.
pub(super) fn staff(list: &[Known]) -> BTreeSet<String> {
    let works = list.iter().filter(|known| matches!(known.role.as_deref(), Some("agent" | "admin")));
    works.map(|known| known.id.clone()).collect()
}
