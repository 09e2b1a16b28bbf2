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
