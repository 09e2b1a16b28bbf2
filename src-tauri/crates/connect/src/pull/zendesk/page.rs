//! Pages as Zendesk sends them.

use serde::Deserialize;
use serde_json::{Value, value::RawValue};
use std::collections::BTreeMap;

#[derive(Deserialize)]
pub(super) struct Tickets<'a> {
    #[serde(borrow, alias = "results")]
    pub(super) tickets: Vec<&'a RawValue>,
    #[serde(default)]
    pub(super) users: Vec<Known>,
    #[serde(default)]
    pub(super) groups: Vec<Known>,
    #[serde(default)]
    pub(super) organizations: Vec<Known>,
    #[serde(default)]
    pub(super) after_cursor: Option<String>,
    #[serde(default)]
    pub(super) end_of_stream: bool,
    #[serde(default)]
    pub(super) meta: Meta,
}

#[derive(Deserialize)]
pub(super) struct Events<'a> {
    #[serde(borrow)]
    pub(super) ticket_events: Vec<&'a RawValue>,
    #[serde(default)]
    pub(super) end_time: Option<i64>,
    #[serde(default)]
    pub(super) end_of_stream: Option<bool>,
}

#[derive(Deserialize)]
pub(super) struct Measured<'a> {
    #[serde(borrow, default)]
    pub(super) ticket_metric_events: Vec<&'a RawValue>,
    #[serde(default)]
    pub(super) end_time: Option<i64>,
    #[serde(default)]
    pub(super) end_of_stream: Option<bool>,
}

/// People and groups, page by page.
#[derive(Deserialize)]
pub(super) struct Directory {
    #[serde(alias = "groups")]
    pub(super) users: Vec<Known>,
    #[serde(default)]
    pub(super) meta: Meta,
}

#[derive(Deserialize)]
pub(super) struct Comments<'a> {
    #[serde(borrow)]
    pub(super) comments: Vec<&'a RawValue>,
    #[serde(default)]
    pub(super) meta: Meta,
}

#[derive(Default, Deserialize)]
pub(super) struct Meta {
    #[serde(default)]
    pub(super) has_more: bool,
    #[serde(default)]
    pub(super) after_cursor: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Known {
    pub(super) id: Value,
    #[serde(default)]
    pub(super) name: String,
}

#[derive(Deserialize)]
pub(super) struct Stamped {
    pub(super) id: Value,
    #[serde(default)]
    pub(super) generated_timestamp: Option<i64>,
}

pub(super) fn names(list: Vec<Known>) -> BTreeMap<String, String> {
    list.into_iter().filter(|known| !known.name.is_empty()).map(|known| (known.id.to_string(), known.name)).collect()
}
