//! What a search finds.

use super::Span;
use serde::Serialize;
use ts_rs::TS;

#[derive(Clone, Debug, Serialize, TS)]
pub struct SearchReply {
    /// The query as it was understood: terms, prefix, phrases, fields, for a line under the box.
    pub query: String,
    /// All matches, also those beyond `k`.
    pub total: u64,
    /// How many of them are in each tier, the best tier first; those with none left out.
    pub tiers: Vec<TierCount>,
    pub ms: f64,
    pub hits: Vec<SearchHit>,
    /// Where the next page begins; `null` where this is the last.
    pub next: Option<String>,
    /// Empty where they were not asked for.
    pub facets: Vec<FacetView>,
    /// What was written like a field and is none: it was searched for as words.
    pub not_a_field: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct TierCount {
    /// `exact`, `prefix`, `typo` or `partly`.
    pub tier: String,
    pub count: u64,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct FacetView {
    /// As it is typed: `product`.
    pub field: String,
    /// Chosen ones first, then the most frequent.
    pub values: Vec<FacetValueView>,
    /// Values that are not named.
    pub more: u64,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct FacetValueView {
    /// As it stands after the field's name in a query.
    pub value: String,
    /// As people write it.
    pub name: String,
    /// What would be found for it.
    pub count: u64,
    pub chosen: bool,
}

#[derive(Clone, Debug, Serialize, TS)]
pub struct SearchHit {
    /// `ticket`, `known_error` or `article`.
    pub kind: String,
    pub id: String,
    pub display_id: String,
    pub title: Vec<Span>,
    pub snippet: Vec<Span>,
    /// A ticket's status or a known error's state.
    pub status: String,
    pub product: Option<String>,
    pub version: Option<String>,
    pub source: String,
    pub updated_at: i64,
    /// How well it has what was typed: `exact`, `prefix`, `typo` or `partly`.
    pub tier: String,
    pub score: f64,
}
