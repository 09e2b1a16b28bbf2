//! The verdict line: how often this problem was seen, how it usually ended, where it is fixed.

use crate::api::view::{FixView, Usually, Verdict, VerdictKind, VerdictMeasured};
use domain::{CaseFacts, DocId, ResolutionClass};
use std::collections::{BTreeMap, HashMap, HashSet};
use store::TicketRow;

/// `cases` are the tickets of the same problem (or of what may be it; none where only a known error is).
pub(crate) fn verdict(
    kind: VerdictKind,
    cases: &[TicketRow],
    facts: &HashMap<DocId, CaseFacts>,
    fix: Option<FixView>,
    told: bool,
    measured: Option<VerdictMeasured>,
) -> Verdict {
    let mut newest = apart(cases);
    newest.sort_by_key(|case| std::cmp::Reverse((case.created_at, case.row)));
    Verdict {
        kind,
        times: newest.len() as u32,
        last_at: newest.first().map(|case| case.created_at.0),
        cases: newest.iter().map(|case| case.key.to_string()).collect(),
        fix,
        usually: usually(&newest, facts),
        told,
        measured: measured.filter(|_| !told),
    }
}

/// One for each that was not merged into another of them: merged ones count as the one they went into, whether that one is
/// among the cases or not.
pub(crate) fn apart(cases: &[TicketRow]) -> Vec<&TicketRow> {
    let mut newest: Vec<&TicketRow> = cases.iter().collect();
    // A merged ticket comes after the one it went into, so that it is the one left out.
    newest.sort_by_key(|case| (case.merged_into.is_some(), std::cmp::Reverse((case.created_at, case.row))));
    let mut roots = HashSet::new();
    newest.retain(|case| roots.insert((case.key.source.as_str(), case.merged_into.as_deref().unwrap_or(&case.key.id))));
    newest
}

/// The most frequent class of answer. A duplicate is no answer.
fn usually(cases: &[&TicketRow], facts: &HashMap<DocId, CaseFacts>) -> Option<Usually> {
    let mut ended: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for case in cases {
        let class = facts.get(&DocId::ticket(case.row)).and_then(|facts| facts.resolution_class);
        if let Some(class) = class.filter(|class| *class != ResolutionClass::Duplicate) {
            ended.entry(class.as_str()).or_default().push(case.key.to_string());
        }
    }
    let of = ended.values().map(Vec::len).sum::<usize>() as u32;
    let (class, ids) = ended.into_iter().max_by_key(|(class, ids)| (ids.len(), std::cmp::Reverse(*class)))?;
    Some(Usually { class: class.into(), cases: ids.len() as u32, of, ids })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Millis;

    fn case(row: i64) -> TicketRow {
        TicketRow {
            row,
            key: format!("files:{row}").parse().unwrap(),
            subject: String::new(),
            status: "solved".into(),
            priority: None,
            requester: None,
            account: None,
            product: None,
            versions: Vec::new(),
            assignee: None,
            group: None,
            merged_into: None,
            known_error: false,
            created_at: Millis(row),
            updated_at: Millis(row),
        }
    }

    #[test]
    fn merged_cases_count_as_the_one_they_went_into_also_where_that_one_is_not_among_them() {
        let merged = |row, into: i64| TicketRow { merged_into: Some(into.to_string()), ..case(row) };
        let times = |cases: &[TicketRow]| verdict(VerdictKind::Seen, cases, &HashMap::new(), None, false, None).times;
        assert_eq!(times(&[case(1), merged(2, 1), case(3)]), 2);
        assert_eq!(times(&[case(1), merged(2, 9), merged(3, 9)]), 2, "ticket 9 is one more");
        assert_eq!(times(&[merged(2, 9), merged(3, 9)]), 1);
    }

    #[test]
    fn how_cases_usually_ended_names_the_cases_that_ended_so() {
        use ResolutionClass::{CodeFix, Configuration, Duplicate};
        let ended = [
            Some(CodeFix),
            Some(Configuration),
            Some(Duplicate),
            None,
            Some(Configuration),
            Some(Duplicate),
            Some(Duplicate),
        ];
        let cases: Vec<TicketRow> = (1..).zip(&ended).map(|(row, _)| case(row)).collect();
        let fact = |case: &TicketRow, resolution_class| CaseFacts {
            doc: DocId::ticket(case.row),
            created_at: case.created_at,
            updated_at: case.updated_at,
            product: None,
            components: Vec::new(),
            outcome: domain::Outcome::Held,
            resolution_class,
            used: 0,
        };
        let facts = cases.iter().zip(ended).map(|(case, class)| (DocId::ticket(case.row), fact(case, class)));
        let usually = verdict(VerdictKind::Seen, &cases, &facts.collect(), None, false, None).usually.unwrap();
        assert_eq!((usually.class.as_str(), usually.cases, usually.of), ("configuration", 2, 3));
        assert_eq!(usually.ids, ["files:5", "files:2"], "newest first");
    }
}
