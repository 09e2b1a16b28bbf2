//! What engineering got, asked again as of the moment that it was raised: was the answer in the base already?

use super::{ask::Exam, past};
use crate::{Engine, Result, insights, pack::Meant, seen};
use ::insights::{RaisedBy, raised};
use domain::{DocId, Millis, Outcome};
use meaning::Text;
use serde::{Deserialize, Serialize};

/// The newest so many.
const ASKED: usize = 1000;

/// One that counts as escalated, by the rule that was chosen then.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Raise {
    pub row: i64,
    pub key: String,
    pub at: Millis,
    by: RaisedBy,
}

/// What was found for it. Ids and numbers, no text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Escalated {
    pub ticket: String,
    pub raised_at: i64,
    /// `group`, `engineer` or `issue`.
    pub by: String,
    /// The surest case that had held its answer by then, and how sure it is, in log-odds.
    pub answer: Option<String>,
    pub sure: Option<f64>,
}

/// Oldest first, and how many there are in all.
pub(super) fn raises(engine: &Engine) -> Result<(Vec<Raise>, u64)> {
    let history = insights::history(engine)?;
    let of = |case: &::insights::Case| {
        let raised = raised(case, &history.tiers)?;
        Some(Raise { row: case.row, key: history.key(case.row)?, at: Millis(raised.at), by: raised.by })
    };
    let mut all: Vec<Raise> = history.cases.iter().filter_map(of).collect();
    all.sort_by_key(|one| (one.at, one.row));
    let total = all.len();
    Ok((all.split_off(total.saturating_sub(ASKED)), total as u64))
}

/// `None` for a ticket that went meanwhile.
pub(super) fn ask(exam: &Exam<'_>, asked: &Raise) -> Result<Option<Escalated>> {
    let &Exam { engine, past, known, model, configurations, .. } = exam;
    let Some(stored) = engine.core.store.ticket(asked.row)? else { return Ok(None) };
    let Some(in_use) = configurations.first() else { return Ok(None) };
    let question = seen::question_of(&stored, None, &[]);
    let mut exclude = vec![DocId::ticket(asked.row)];
    exclude.extend(past::not_yet(known, asked.at));
    let scope = seen::scope_of(asked.at, true, exclude);
    let vector =
        model.and_then(|model| engine.core.pack.known.vector(model, &Text::of(&question.title, &question.body)));
    let meant = vector.map(|vector| Meant::then(vector, &past.near));
    let candidates = seen::find(&past.index, &question, &scope, meant.as_ref(), &|| false)?;
    let docs: Vec<DocId> = candidates.iter().map(|candidate| candidate.doc).collect();
    let facts = engine.core.store.facts(&docs, Some(asked.at))?;
    let ranked = matching::rank(&question, candidates, &facts, asked.at, &in_use.weights);
    let held = |doc: DocId| facts.get(&doc).is_some_and(|facts| facts.outcome == Outcome::Held);
    let sure = matching::sureness(&question, &ranked);
    let answered =
        ranked.iter().zip(sure).filter_map(|(case, sure)| Some((case.doc, sure?))).filter(|(doc, _)| held(*doc));
    // Of two that are as sure, the one that ranking puts first.
    let best = answered.reduce(|best, other| if other.1 > best.1 { other } else { best });
    let answer = best.map(|(doc, _)| engine.key_of(doc)).transpose()?.flatten().map(|key| key.to_string());
    Ok(Some(Escalated {
        ticket: asked.key.clone(),
        raised_at: asked.at.0,
        by: match asked.by {
            RaisedBy::Group => "group",
            RaisedBy::Engineer => "engineer",
            RaisedBy::Issue => "issue",
        }
        .into(),
        sure: best.filter(|_| answer.is_some()).map(|(_, sure)| sure),
        answer,
    }))
}
