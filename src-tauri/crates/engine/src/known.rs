//! Known errors: found, shown in full, and as the banner above the pane.

pub(crate) mod reply;

use crate::{
    Engine, Error, Result,
    api::view::{FixState, FixView, KnownErrorBanner, KnownErrorView, NamedCase},
    insights,
    knowledge::tried,
    queue,
};
use ::knowledge::Kind;
use domain::{DocId, DocKind, FixVerdict, Key, KnownError, Millis, Question, SignatureKind, Version, fix_verdict};
use std::collections::HashSet;
use store::StoredKnownError;

pub(crate) fn find(engine: &Engine, id: &str) -> Result<StoredKnownError> {
    let rows = engine.core.store.find_known_error(id.trim())?;
    let missing = || Error::NotFound { what: "known error", id: id.into() };
    match rows.as_slice() {
        [] => Err(missing()),
        [row] => engine.core.store.known_error(*row)?.ok_or_else(missing),
        several => {
            let mut keys = Vec::new();
            for row in several {
                keys.extend(engine.core.store.known_error(*row)?.map(|stored| stored.key.to_string()));
            }
            Err(Error::Ambiguous { id: id.into(), keys })
        }
    }
}

pub(crate) fn get(engine: &Engine, id: &str) -> Result<KnownErrorView> {
    let stored = find(engine, id)?;
    let mut rows = Vec::new();
    for ticket in &stored.error.tickets {
        let own = Key::new(stored.key.source.clone(), ticket.as_str());
        let own = engine.core.store.find_ticket(&own.to_string())?;
        let found = if own.is_empty() { engine.core.store.find_ticket(ticket)? } else { own };
        rows.extend(found.first().copied());
    }
    let found = engine.core.store.ticket_rows(&rows)?;
    let accounts: Vec<Option<String>> = found.iter().map(|row| row.account.clone()).collect();
    let impact = insights::impact::of(engine, stored.row, &accounts)?;
    let mut tickets: Vec<_> = found.into_iter().map(queue::row_view).collect();
    tickets.sort_by_key(|row| std::cmp::Reverse((row.created_at, row.id.clone())));
    Ok(KnownErrorView {
        banner: banner(engine, &stored, None, engine.core.clock.now(), "match")?,
        display_id: stored.key.id,
        source: stored.key.source.as_str().into(),
        url: stored.error.url,
        product: stored.error.product,
        components: stored.error.components,
        affected_versions: stored.error.affected_versions,
        tickets,
        impact,
    })
}

/// Where a question may meet a known error.
pub(crate) struct Met<'a> {
    /// The ticket that asks.
    pub(crate) ticket: Option<&'a Key>,
    /// Known errors that rules of the team raise.
    pub(crate) rules: &'a [i64],
    pub(crate) cases: &'a [Key],
    /// Known errors judged the same, best first.
    pub(crate) matches: &'a [i64],
    /// Not the same, as people said: met in no way at all.
    pub(crate) hidden: &'a HashSet<DocId>,
}

/// The known error that the question meets, surest reason first: the ticket carries it, a rule of the team raises it, it
/// has the same signature, a case of the same problem carries it, it is itself the same.
pub(crate) fn meet(
    engine: &Engine,
    question: &Question,
    met: &Met<'_>,
    now: Millis,
) -> Result<Option<KnownErrorBanner>> {
    let Some((row, because)) = met_first(engine, question, met)? else { return Ok(None) };
    let running = question.versions.iter().find_map(|version| Version::parse(version));
    let stored = engine.core.store.known_error(row)?;
    stored.map(|stored| banner(engine, &stored, running.as_ref(), now, because)).transpose()
}

fn met_first(engine: &Engine, question: &Question, met: &Met<'_>) -> Result<Option<(i64, &'static str)>> {
    let store = &engine.core.store;
    let stays = |row: &i64| !met.hidden.contains(&DocId::known_error(*row));
    let own = met.ticket.map(|key| store.known_errors_of(key)).transpose()?.unwrap_or_default();
    if let Some(row) = own.into_iter().find(stays) {
        return Ok(Some((row, "linked")));
    }
    if let Some(row) = met.rules.iter().copied().find(stays) {
        return Ok(Some((row, "rule")));
    }
    for signature in question.signatures.iter().filter(|s| matches!(s.kind, SignatureKind::StackTrace(_))) {
        let rows = store.documents_with(&signature.code(), DocKind::KnownError)?;
        if let Some(row) = rows.into_iter().find(stays) {
            return Ok(Some((row, "signature")));
        }
    }
    if let Some(row) = most_frequent(engine, met.cases, stays)? {
        return Ok(Some((row, "linked")));
    }
    Ok(met.matches.iter().copied().find(stays).map(|row| (row, "match")))
}

fn most_frequent(engine: &Engine, cases: &[Key], stays: impl Fn(&i64) -> bool) -> Result<Option<i64>> {
    let mut counted: Vec<(i64, usize)> = Vec::new();
    for case in cases {
        for row in engine.core.store.known_errors_of(case)?.into_iter().filter(|row| stays(row)) {
            match counted.iter_mut().find(|(known, _)| *known == row) {
                Some((_, count)) => *count += 1,
                None => counted.push((row, 1)),
            }
        }
    }
    // One stray case among many is no reason for a banner.
    let best = counted.into_iter().max_by_key(|(row, count)| (*count, std::cmp::Reverse(*row)));
    Ok(best.filter(|(_, count)| count * 2 >= cases.len().min(10)).map(|(row, _)| row))
}

pub(crate) fn banner(
    engine: &Engine,
    stored: &StoredKnownError,
    running: Option<&Version>,
    now: Millis,
    because: &str,
) -> Result<KnownErrorBanner> {
    let error = &stored.error;
    Ok(KnownErrorBanner {
        id: stored.key.to_string(),
        title: error.title.clone(),
        state: error.state.as_str().into(),
        cause: error.cause.clone(),
        workaround: error.workaround.clone(),
        tried: tried::of(engine, stored)?,
        fix: fix(running, &error.fix_versions),
        fix_versions: error.fix_versions.clone(),
        eta_at: error.eta_at.map(|at| at.0),
        eta_by: error.eta_by.clone(),
        eta_past: error.eta_at.is_some_and(|at| at < now),
        owner: error.owner.clone(),
        audience: error.audience.map(|audience| audience.as_str().into()),
        updated_at: error.updated_at.0,
        concepts: concepts(engine, error)?,
        because: because.into(),
        feedback: None,
    })
}

/// The notes that it names, as far as they are here.
pub(crate) fn concepts(engine: &Engine, error: &KnownError) -> Result<Vec<NamedCase>> {
    let store = &engine.core.store;
    let mut named = Vec::new();
    for id in &error.concepts {
        for row in store.find_article(id)? {
            let note = store.article(row)?.filter(|stored| stored.article.path.starts_with(Kind::Concept.folder()));
            named.extend(note.map(|stored| NamedCase {
                kind: "article".into(),
                id: stored.key.to_string(),
                display_id: stored.article.id,
                title: stored.article.title,
            }));
        }
    }
    Ok(named)
}

/// What these fix versions mean for the version that runs; `None` when nothing is known.
pub(crate) fn fix(running: Option<&Version>, fixed_in: &[String]) -> Option<FixView> {
    let fixed_in: Vec<Version> = fixed_in.iter().filter_map(|version| Version::parse(version)).collect();
    let (state, version) = match fix_verdict(running, &fixed_in) {
        FixVerdict::FixedInYours { since } => (FixState::FixedInYours, since),
        FixVerdict::FixedLater { upgrade_to } => (FixState::FixedLater, upgrade_to),
        FixVerdict::Fixed { r#in } => (FixState::Fixed, r#in),
        FixVerdict::Unknown => return None,
    };
    Some(FixView { state, version, running: running.map(|version| version.as_str().into()) })
}

/// What a list shows under the title: the first step of the workaround, else the cause.
pub(crate) fn first_words(error: &KnownError) -> String {
    error.workaround.first().or(error.cause.as_ref()).cloned().unwrap_or_default()
}
