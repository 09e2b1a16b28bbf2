//! The one question to ask next: of the facts that the best candidates differ in, the one that splits them best.

use crate::{
    Engine, Result,
    api::view::{AnswerShare, NextQuestion},
};
use domain::{Question, SignatureKind};
use matching::{Facet, Ranked, Splitting, split};

/// Candidates that are told apart; what stands behind them is no answer anyway.
const MOST: usize = 12;
/// Answers that are named.
const NAMED: usize = 4;

pub(super) fn question(engine: &Engine, question: &Question, ranked: &[Ranked]) -> Result<Option<NextQuestion>> {
    let mut candidates = Vec::new();
    for one in ranked.iter().take(MOST) {
        let Some(facets) = engine.core.store.facets(one.doc)? else { continue };
        let facts = [
            (Facet::Product, facets.product),
            (Facet::Component, facets.component),
            (Facet::Version, facets.version),
            (Facet::Exception, facets.exception),
            (Facet::Environment, facets.environment),
        ];
        let said = facts.into_iter().filter_map(|(facet, value)| {
            let value = value.filter(|value| !value.trim().is_empty())?;
            Some((facet, value.chars().take(80).collect()))
        });
        candidates.push(Splitting { weight: one.score, facts: said.collect() });
    }
    let found = split(&candidates, &known(question));
    Ok(found.map(|found| NextQuestion {
        facet: found.facet.as_str().into(),
        more: found.answers.len().saturating_sub(NAMED) as u32,
        answers: found
            .answers
            .into_iter()
            .take(NAMED)
            .map(|(value, cases)| AnswerShare { value, cases: cases as u32 })
            .collect(),
        of: candidates.len() as u32,
        silent: found.silent as u32,
        before: found.before,
        after: found.after,
    }))
}

/// What the question says already.
fn known(question: &Question) -> Vec<Facet> {
    let trace = question.signatures.iter().any(|one| matches!(one.kind, SignatureKind::StackTrace(_)));
    let said = [
        (question.product.is_some(), Facet::Product),
        (!question.components.is_empty(), Facet::Component),
        (!question.versions.is_empty(), Facet::Version),
        (trace, Facet::Exception),
    ];
    said.into_iter().filter(|(known, _)| *known).map(|(_, facet)| facet).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{KeyFile, OpenOptions, seen};
    use domain::DocId;
    use std::{collections::HashSet, sync::Arc, time::Instant};

    /// A promise to whoever types: no model, a few rows of the store.
    #[test]
    fn the_question_to_ask_next_costs_less_than_ten_milliseconds() {
        let dir = tempfile::tempdir().unwrap();
        let secrets = Arc::new(KeyFile::at(dir.path().join("keys")));
        let engine = Engine::open(OpenOptions { secrets, ..OpenOptions::at(dir.path().join("home")) }).unwrap();
        engine.fill_sample().unwrap();
        let (now, turn) = (engine.core.clock.now(), engine.lanes.enter(None));
        let (mut took, mut asked) = (Vec::new(), 0);
        for row in (1..600).step_by(10) {
            let stored = engine.core.store.ticket(row).unwrap().unwrap();
            let about = seen::question_of(&stored, None, &[]);
            let scope = seen::scope_of(now, false, vec![DocId::ticket(row)]);
            let ranking = seen::rank(&engine, &about, &scope, now, &turn, &HashSet::new()).unwrap();
            let started = Instant::now();
            asked += usize::from(question(&engine, &about, &ranking.ranked).unwrap().is_some());
            took.push(started.elapsed().as_secs_f64() * 1e3);
        }
        took.sort_by(f64::total_cmp);
        let median = took[took.len() / 2];
        println!("{asked} of {} tickets have a question, found in {median:.2} ms at the median", took.len());
        assert!(asked > 20 && median < 10.0, "{asked} {median}");
    }
}
