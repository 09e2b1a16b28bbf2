//! The verdict line: how often this problem was seen, how it usually ended, where it is fixed.

use crate::api::view::{FixView, Usually, Verdict, VerdictKind};
use domain::{CaseFacts, DocId, ResolutionClass};
use std::collections::{BTreeMap, HashMap};
use store::TicketRow;

/// `cases` are the tickets of the same problem (or of what may be it; none where only a known error is). Merged ones count as the one they went into.
pub(crate) fn verdict(
    kind: VerdictKind,
    cases: &[TicketRow],
    facts: &HashMap<DocId, CaseFacts>,
    fix: Option<FixView>,
) -> Verdict {
    let mut newest: Vec<&TicketRow> = cases.iter().filter(|case| case.merged_into.is_none()).collect();
    if newest.is_empty() {
        newest = cases.iter().collect();
    }
    newest.sort_by_key(|case| std::cmp::Reverse((case.created_at, case.row)));
    Verdict {
        kind,
        times: newest.len() as u32,
        last_at: newest.first().map(|case| case.created_at.0),
        cases: newest.iter().map(|case| case.key.to_string()).collect(),
        fix,
        usually: usually(newest.iter().filter_map(|case| facts.get(&DocId::ticket(case.row)))),
    }
}

/// The most frequent class of answer. A duplicate is no answer.
fn usually<'a>(facts: impl Iterator<Item = &'a CaseFacts>) -> Option<Usually> {
    let mut counted: BTreeMap<&'static str, u32> = BTreeMap::new();
    for class in facts.filter_map(|facts| facts.resolution_class).filter(|class| *class != ResolutionClass::Duplicate) {
        *counted.entry(class.as_str()).or_default() += 1;
    }
    let of = counted.values().sum();
    let (class, cases) = counted.into_iter().max_by_key(|(class, count)| (*count, std::cmp::Reverse(*class)))?;
    Some(Usually { class: class.into(), cases, of })
}
