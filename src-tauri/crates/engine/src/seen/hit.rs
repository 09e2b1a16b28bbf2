//! A ranked case as a card: what the colleague did first, then why it is here.

use crate::{
    Engine, Result,
    api::view::{Answer, HitView, ReceiptPart},
    escalation, known, read, search, text,
};
use domain::{CaseFacts, DocId, DocKind, Key, LinkKind, Millis, Outcome, Version};
use index::Highlighter;
use matching::{AnswerFrom, Ranked};
use std::collections::HashMap;
use store::{Feedback, StoredTicket};

/// Days after which a case is an older one. Of labelled duplicates on public trackers those beyond it are found least.
const OLDER: i64 = 180;
/// Characters of an answer that a card carries.
const ANSWER: usize = 1200;

pub(super) fn view(
    engine: &Engine,
    ranked: &Ranked,
    facts: &HashMap<DocId, CaseFacts>,
    running: Option<&Version>,
    said: &[Feedback],
    now: Millis,
) -> Result<Option<HitView>> {
    let view = match ranked.doc.kind {
        DocKind::Ticket => ticket(engine, ranked, running)?,
        DocKind::KnownError => known_error(engine, ranked, running)?,
        // They have a group of their own.
        DocKind::Article => None,
    };
    Ok(view.map(|view| HitView {
        outcome: facts.get(&ranked.doc).map(|facts| outcome(facts.outcome)).unwrap_or_default().into(),
        older: view.created_at < now.minus_days(OLDER).0,
        score: ranked.score,
        receipt: receipt(ranked),
        feedback: feedback(said, &view.id),
        ..view
    }))
}

/// What was last said about a case or a known error.
pub(super) fn feedback(said: &[Feedback], id: &str) -> Option<String> {
    said.iter().rev().find(|said| said.hit.to_string() == id).map(|said| said.verdict.clone())
}

fn ticket(engine: &Engine, ranked: &Ranked, running: Option<&Version>) -> Result<Option<HitView>> {
    let store = &engine.core.store;
    let Some(stored) = store.ticket(ranked.doc.row)? else { return Ok(None) };
    let answer = match answer(engine, &stored)? {
        Some(answer) => Some(answer),
        // A duplicate was answered where the original was.
        None => match original(engine, &stored)? {
            Some(original) => self::answer(engine, &original)?,
            None => None,
        },
    };
    let known_error = match store.known_errors_of(&stored.key)?.first() {
        Some(row) => store.known_error(*row)?.map(|known| known.key.to_string()),
        None => None,
    };
    let id = stored.key.to_string();
    let StoredTicket { key: Key { source, id: display_id }, ticket, .. } = stored;
    Ok(Some(HitView {
        kind: DocKind::Ticket.as_str().into(),
        id,
        display_id,
        source: source.as_str().into(),
        title: search::spans(&counted(ranked), &ticket.subject),
        answer,
        status: ticket.status.as_str().into(),
        outcome: String::new(),
        resolution_class: ticket.resolution_class.map(|class| class.as_str().into()),
        fix: known::fix(running, &ticket.fix_versions),
        affected_versions: ticket.affected_versions,
        url: ticket.url,
        product: ticket.product,
        components: ticket.components,
        created_at: ticket.created_at.0,
        solved_at: ticket.solved_at.map(|at| at.0),
        older: false,
        known_error,
        score: 0.0,
        receipt: Vec::new(),
        feedback: None,
    }))
}

fn known_error(engine: &Engine, ranked: &Ranked, running: Option<&Version>) -> Result<Option<HitView>> {
    let Some(stored) = engine.core.store.known_error(ranked.doc.row)? else { return Ok(None) };
    let error = stored.error;
    let steps: Vec<String> =
        error.workaround.iter().enumerate().map(|(at, step)| format!("{}. {step}", at + 1)).collect();
    let text = if steps.is_empty() { error.cause.clone().unwrap_or_default() } else { steps.join("\n") };
    let answer = Answer {
        text: text::cut(&text, ANSWER).into(),
        from: if steps.is_empty() { "resolution" } else { "workaround" }.into(),
        author: error.owner.clone(),
        role: None,
        at: Some(error.updated_at.0),
    };
    Ok(Some(HitView {
        kind: DocKind::KnownError.as_str().into(),
        id: stored.key.to_string(),
        display_id: stored.key.id.clone(),
        source: stored.key.source.as_str().into(),
        title: search::spans(&counted(ranked), &error.title),
        answer: (!answer.text.is_empty()).then_some(answer),
        status: error.state.as_str().into(),
        outcome: String::new(),
        resolution_class: None,
        fix: known::fix(running, &error.fix_versions),
        affected_versions: error.affected_versions,
        url: error.url,
        product: error.product,
        components: error.components,
        created_at: error.created_at.0,
        solved_at: None,
        older: false,
        known_error: None,
        score: 0.0,
        receipt: Vec::new(),
        feedback: None,
    }))
}

pub(crate) fn answer(engine: &Engine, stored: &StoredTicket) -> Result<Option<Answer>> {
    // Whoever was asked last knows best.
    if let Some(answered) = escalation::answer_to(&engine.core.store, &stored.key.to_string())? {
        return Ok(Some(Answer {
            text: text::cut(&answered.answer.words(), ANSWER).into(),
            from: "engineering".into(),
            author: answered.by,
            role: None,
            at: answered.at,
        }));
    }
    let comments = engine.core.store.comments(stored.row)?;
    let texts: Vec<_> =
        comments.iter().map(|stored| text::plain(&stored.comment.body, stored.comment.body_format)).collect();
    let said: Vec<_> = comments.iter().zip(&texts).map(|(stored, text)| read::said_of(stored, text)).collect();
    let ticket = &stored.ticket;
    let found = matching::answer(ticket.resolution.as_deref(), ticket.resolution_class, ticket.solved_at, &said);
    Ok(found.map(|found| {
        let comment = match found.from {
            AnswerFrom::Resolution => None,
            AnswerFrom::Comment(at) => comments.get(at).map(|stored| &stored.comment),
        };
        Answer {
            text: text::cut(&found.text, ANSWER).into(),
            from: if comment.is_some() { "comment" } else { "resolution" }.into(),
            author: comment.and_then(|comment| comment.author.clone()).or_else(|| ticket.assignee.clone()),
            role: comment.map(|comment| comment.author_role.as_str().into()),
            at: comment.map(|comment| comment.created_at).or(ticket.solved_at).map(|at| at.0),
        }
    }))
}

fn original(engine: &Engine, stored: &StoredTicket) -> Result<Option<StoredTicket>> {
    let store = &engine.core.store;
    let merged = stored.ticket.merged_into.as_ref().map(|id| Key::new(stored.key.source.clone(), id.as_str()));
    let linked = || -> Result<Option<Key>> {
        let links = store.links(&stored.key)?;
        Ok(links
            .into_iter()
            .find(|link| link.kind == LinkKind::DuplicateOf && link.from == stored.key)
            .map(|link| link.to))
    };
    let Some(key) = merged.map_or_else(linked, |key| Ok(Some(key)))? else { return Ok(None) };
    match store.find_ticket(&key.to_string())?.first() {
        Some(row) => Ok(store.ticket(*row)?),
        None => Ok(None),
    }
}

fn counted(ranked: &Ranked) -> Highlighter {
    Highlighter::of_words(ranked.terms.iter().map(|hit| hit.term.as_str()))
}

pub(super) fn receipt(ranked: &Ranked) -> Vec<ReceiptPart> {
    let parts = ranked.receipt.parts.iter().map(|part| ReceiptPart {
        kind: part_kind(part.kind).into(),
        field: part.field.clone(),
        detail: part.detail.clone(),
        points: part.points,
    });
    parts.collect()
}

pub(super) fn part_kind(kind: domain::PartKind) -> &'static str {
    match kind {
        domain::PartKind::Terms => "terms",
        domain::PartKind::Covers => "covers",
        domain::PartKind::Brief => "brief",
        domain::PartKind::Meaning => "meaning",
        domain::PartKind::Signature => "signature",
        domain::PartKind::Frames => "frames",
        domain::PartKind::Identifiers => "identifiers",
        domain::PartKind::Component => "component",
        domain::PartKind::Recency => "recency",
        domain::PartKind::Outcome => "outcome",
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Unresolved => "unresolved",
        Outcome::Held => "held",
        Outcome::Reopened => "reopened",
        Outcome::Duplicate => "duplicate",
        Outcome::NoFix => "no_fix",
    }
}
