//! What a person typed, answered while they type: all the words first, any of them if no document has them all.

mod complete;
mod evaluate;
mod parse;
mod top;

use crate::{Error, Highlighter, schema::Fields};
use domain::{DocId, DocKind};
use tantivy::Searcher;

/// `"quoted phrases"`, `status:open`, `product:`, `component:`, `source:`, `kind:`, `id:` (values with blanks in quotes),
/// and words.
#[derive(Clone, Copy, Debug)]
pub struct SearchQuery<'a> {
    pub text: &'a str,
    /// Only documents of this kind.
    pub kind: Option<DocKind>,
    /// The last word may go on: it was typed a moment ago.
    pub prefix: bool,
    /// How many hits at most.
    pub k: usize,
}

/// What was found, best first; of equals the newest first.
#[derive(Clone, Debug)]
pub struct Found {
    /// All matches, also those beyond `k`.
    pub total: u64,
    pub hits: Vec<(DocId, f32)>,
    /// The query as it was understood: `timeout brok* status:open`, with `OR` where one word is enough.
    pub understood: String,
    /// Marks in a hit's texts what was searched for.
    pub terms: Highlighter,
}

pub(crate) fn find(
    fields: &Fields,
    searcher: &Searcher,
    query: &SearchQuery,
    cancel: &dyn Fn() -> bool,
) -> Result<Found, Error> {
    let plan = parse::read(query.text, query.prefix);
    let outcome = evaluate::run(fields, searcher, &plan, query.kind, query.k, cancel)?;
    Ok(Found {
        total: outcome.total,
        hits: outcome.hits,
        understood: plan.understood(outcome.any),
        terms: plan.highlighter(),
    })
}
