//! What a person typed, answered while they type: exact things first, then beginnings, then what is spelled nearly so; and
//! some of the words where no document has all of them.

mod complete;
mod evaluate;
mod facets;
mod filters;
mod marked;
mod page;
mod parse;
mod place;
mod sheet;
mod spelling;
mod tier;
mod top;

pub use facets::{Facet, FacetValue};
pub use parse::FIELDS;
pub use tier::Tier;

use crate::{Error, Highlighter, schema::Fields, view::View};
use domain::{DocId, DocKind};
use parse::Wanted;
use std::collections::HashSet;

/// `"quoted phrases"`, `field:value` for the [`FIELDS`] (values with blanks in quotes; `version:<5.4`, `before:2024-05`,
/// `is:known`), and words.
#[derive(Clone, Copy, Debug, Default)]
pub struct SearchQuery<'a> {
    pub text: &'a str,
    /// Only documents of this kind.
    pub kind: Option<DocKind>,
    /// The last word may go on: it was typed a moment ago.
    pub prefix: bool,
    /// How many hits at most.
    pub k: usize,
    /// [`Found::next`] of the page before.
    pub after: Option<&'a str>,
    /// Whether to count the values of fields: that reads more than a keypress should.
    pub facets: bool,
    /// What `is:known` means, where [`SearchQuery::asks_for_known`]. Known errors are known by themselves.
    pub known: Option<&'a HashSet<DocId>>,
    /// Only these documents: nothing of any other is found, counted or named.
    pub only: Option<&'a HashSet<DocId>>,
}

/// What was found, best first: by tier, then by points; of equals the newest first.
#[derive(Clone, Debug)]
pub struct Found {
    /// All matches, also those beyond `k`.
    pub total: u64,
    /// How many of them are in each tier, in the order of [`Tier::ALL`].
    pub tiers: [u64; 4],
    pub hits: Vec<FoundDoc>,
    /// Where the next page begins; none where this is the last.
    pub next: Option<String>,
    /// Empty where they were not asked for.
    pub facets: Vec<Facet>,
    /// The query as it was understood: `timeout brok* status:open`, with `OR` where one word is enough.
    pub understood: String,
    /// What was written like a field and is none: it was searched for as words.
    pub not_a_field: Option<String>,
    /// Marks in a hit's texts what was searched for.
    pub terms: Highlighter,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FoundDoc {
    pub doc: DocId,
    pub points: f32,
    pub tier: Tier,
}

impl SearchQuery<'_> {
    /// Whether [`SearchQuery::known`] has to be filled in.
    pub fn asks_for_known(&self) -> bool {
        parse::read(self.text, self.prefix)
            .is_ok_and(|plan| plan.filters.iter().any(|filter| matches!(filter.wanted, Wanted::Known)))
    }

    /// The same for the pages of one query.
    fn id(&self) -> u32 {
        let mut hash = crc32fast::Hasher::new();
        hash.update(self.text.as_bytes());
        hash.update(&[u8::from(self.prefix), self.kind.map_or(0, |kind| kind as u8)]);
        hash.finalize()
    }
}

pub(crate) fn find(
    fields: &Fields,
    view: &View,
    query: &SearchQuery<'_>,
    cancel: &dyn Fn() -> bool,
) -> Result<Found, Error> {
    let plan = parse::read(query.text, query.prefix)?;
    let outcome = evaluate::run(fields, view, &plan, query, cancel)?;
    let [exact, prefix, ..] = outcome.tiers;
    if let Some(name) = plan.unknown.as_ref().filter(|_| exact + prefix == 0 && query.after.is_none()) {
        return Err(Error::UnknownField { name: name.clone(), meant: parse::meant(name) });
    }
    Ok(Found {
        total: outcome.tiers.iter().sum(),
        tiers: outcome.tiers,
        next: outcome.next.map(|cursor| cursor.write()),
        facets: outcome.facets,
        understood: plan.understood(outcome.any),
        terms: plan.highlighter(&outcome.more),
        not_a_field: plan.unknown,
        hits: outcome.hits,
    })
}
