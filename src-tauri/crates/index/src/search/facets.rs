//! How the matches spread over the values of a field.

use super::{
    evaluate::Matches,
    parse::{Filter, Name},
    sheet::Sheet,
};
use crate::{
    Error,
    candidates::go_on,
    postings::{each_of, failed, unread},
    schema::Fields,
};
use domain::DocId;
use std::collections::BTreeMap;
use tantivy::Searcher;

/// Fields whose values are counted, in the order in which they are shown.
const COUNTED: [Name; 6] = [Name::Kind, Name::Status, Name::Product, Name::Component, Name::Version, Name::Source];
/// Values of one field that are named; how many more there are is told.
const MOST: usize = 12;

/// A field of the matches, most frequent value first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// As it is typed: `product`.
    pub field: &'static str,
    pub values: Vec<FacetValue>,
    /// Values that are not named.
    pub more: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// Folded, as the index holds it.
    pub value: String,
    pub count: u64,
    /// The search is narrowed to it.
    pub chosen: bool,
    /// One of the matches that have it: its text spells the value as people do.
    pub example: DocId,
}

/// Of each field, what would be found for each of its values: what narrows the field itself is left out of account, or
/// all values but the chosen one would be gone.
pub(super) fn count(
    fields: &Fields,
    searcher: &Searcher,
    filters: &[Filter],
    asked: u32,
    sheets: &[Sheet<'_>],
    matches: &Matches<'_>,
    cancel: &dyn Fn() -> bool,
) -> Result<Vec<Facet>, Error> {
    let mut facets = Vec::new();
    for name in COUNTED {
        let Some(field) = name.field(fields) else { continue };
        let others = asked & !name.bit();
        let mut counted: BTreeMap<String, (u64, DocId)> = BTreeMap::new();
        for (at, (segment, sheet)) in searcher.segment_readers().iter().zip(sheets).enumerate() {
            let inverted = segment.inverted_index(field).map_err(failed)?;
            let mut values = inverted.terms().stream().map_err(unread)?;
            while values.advance() {
                go_on(cancel)?;
                let (mut here, mut example) = (0u64, None);
                each_of(&inverted, values.value(), |doc| {
                    let fits = others == 0 || sheet.filters.get(doc as usize).is_some_and(|had| had & others == others);
                    if let Some(id) = matches.get(at, doc).filter(|_| fits) {
                        here += 1;
                        example = example.max(Some(id));
                    }
                })?;
                let (Some(example), Ok(value)) = (example, std::str::from_utf8(values.key())) else { continue };
                let slot = counted.entry(value.to_owned()).or_insert((0, example));
                *slot = (slot.0 + here, slot.1.max(example));
            }
        }
        let chosen = |value: &str| filters.iter().any(|filter| filter.name == name && filter.shown == value);
        let mut values: Vec<FacetValue> = counted
            .into_iter()
            .map(|(value, (count, example))| FacetValue { chosen: chosen(&value), value, count, example })
            .collect();
        values.sort_by(|a, b| b.chosen.cmp(&a.chosen).then(b.count.cmp(&a.count)).then(a.value.cmp(&b.value)));
        let more = values.len().saturating_sub(MOST) as u64;
        values.truncate(MOST);
        if !values.is_empty() {
            facets.push(Facet { field: name.as_str(), values, more });
        }
    }
    Ok(facets)
}
