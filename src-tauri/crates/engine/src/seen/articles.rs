//! The team's articles that a question is about: a group of their own, for an article is no earlier case.

use super::hit;
use crate::{Engine, Error, Result, api::view::ArticleHit, lanes::Turn, replay::calibration, search};
use domain::{DocKind, Millis, Question, Scope};
use index::{Highlighter, Limits};
use std::collections::HashSet;

/// Beyond that nobody reads on.
const MOST: usize = 3;
/// Characters of what an article says to do.
const FIRST: usize = 300;

/// Those that would be called the same problem, or perhaps the same, were they cases.
pub(super) fn about(
    engine: &Engine,
    question: &Question,
    scope: &Scope,
    now: Millis,
    turn: &Turn,
) -> Result<Vec<ArticleHit>> {
    // What an article said then, nobody kept.
    if scope.as_of.is_some() || engine.core.store.article_count()? == 0 {
        return Ok(Vec::new());
    }
    let scope = Scope { kinds: vec![DocKind::Article], also: Vec::new(), ..scope.clone() };
    let found = engine.core.index_to_ask()?.candidates(question, &scope, &Limits::default(), &|| turn.is_stale())?;
    let docs: Vec<_> = found.iter().map(|candidate| candidate.doc).collect();
    let facts = engine.core.store.facts(&docs, None)?;
    let calibration = calibration::newest(engine)?;
    let weights = calibration.weights(&found);
    let ranked = matching::rank(question, found, &facts, now, &weights);
    let judged = matching::judge(question, &ranked, &HashSet::new(), &calibration.bars);
    let mut articles = Vec::new();
    for ranked in ranked.iter().filter(|ranked| judged.cases.contains(&ranked.doc)).take(MOST) {
        if turn.is_stale() {
            return Err(Error::Superseded);
        }
        let Some(stored) = engine.core.store.article(ranked.doc.row)? else { continue };
        let article = stored.article;
        let says = if article.resolution.trim().is_empty() { &article.body } else { &article.resolution };
        let words = Highlighter::of_words(ranked.terms.iter().map(|hit| hit.term.as_str()));
        articles.push(ArticleHit {
            id: stored.key.to_string(),
            display_id: article.id,
            title: search::spans(&words, &article.title),
            first: crate::text::cut(&lines(says), FIRST).into(),
            confidence: article.confidence,
            audience: article.audience.as_str().into(),
            source: stored.key.source.to_string(),
            url: article.url,
            updated_at: stored.updated_at.0,
            score: ranked.score,
            receipt: hit::receipt(ranked),
        });
    }
    Ok(articles)
}

/// Without the empty ones between paragraphs: there is little room.
fn lines(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.collect::<Vec<_>>().join("\n")
}
