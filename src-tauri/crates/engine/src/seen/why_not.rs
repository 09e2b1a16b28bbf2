//! Why a case is not among the hits: its place, its points, what it lacks, or why it was never looked at.

use super::{Asker, apart, ask, asked_at, candidates, docs_of, hit, scope_of, shown};
use crate::{
    Engine, Error, Result,
    api::{
        args::WhyNotArgs,
        view::{NamedCase, WhyNot, WhyNotDifference, WhyNotHit, WhyNotReason, WhyNotState},
    },
    lanes::Turn,
    replay::calibration,
};
use domain::{Candidate, DocId, DocKind, Key, Millis, Part, Question, Scope};
use index::Limits;
use matching::Ranked;
use std::collections::HashSet;

pub(crate) fn why_not(engine: &Engine, args: &WhyNotArgs) -> Result<WhyNot> {
    let turn = engine.lanes.enter(args.question.lane.as_deref());
    let doc = the_one(engine, &args.id)?;
    let (asker, question) = ask(engine, &args.question)?;
    let now = asked_at(engine, &args.question)?;
    let past = args.question.as_of.is_some();
    let apart = apart(engine, &engine.core.store.said(&asker.id)?)?;
    let mut excluded: Vec<DocId> = asker.ticket.iter().map(|stored| DocId::ticket(stored.row)).collect();
    for id in args.question.exclude.iter().flatten() {
        excluded.extend(docs_of(engine, id)?);
    }
    if past {
        excluded.extend(engine.core.store.known_errors_since(now)?.into_iter().map(DocId::known_error));
    }
    let barred = barred(engine, doc, &asker, &excluded, &apart, past.then_some(now))?;
    // Where it would stand if nothing kept it out.
    excluded.retain(|other| *other != doc);
    let scope = scope_of(now, past, excluded);
    // What did not exist yet, or is the question, has no place.
    let looked = match barred.iter().any(|one| ["itself", "newer", "changed_since"].contains(&one.code.as_str())) {
        true => Looked { among: false, ranked: Vec::new() },
        false => look(engine, &question, &scope, doc, now, &turn)?,
    };
    // Others that are not the same are no hits, and take no place.
    let ranked: Vec<&Ranked> =
        looked.ranked.iter().filter(|case| case.doc == doc || !apart.contains(&case.doc)).collect();
    let place = ranked.iter().position(|case| case.doc == doc);
    let shown = shown(&args.question);
    let state = match place {
        _ if !barred.is_empty() => WhyNotState::Barred,
        None => WhyNotState::NothingShared,
        Some(place) if looked.among && place < shown => WhyNotState::Shown,
        Some(_) if looked.among => WhyNotState::Below,
        Some(_) => WhyNotState::Outside,
    };
    let case = place.and_then(|at| ranked.get(at)).copied();
    let other = match (state, place) {
        (WhyNotState::Shown, Some(0)) | (_, None) => None,
        (WhyNotState::Shown, Some(_)) => Some(0),
        // The last that is shown without it.
        _ => ranked.iter().enumerate().filter(|(_, case)| case.doc != doc).take(shown).last().map(|(at, _)| at),
    };
    let mut reasons = barred;
    reasons.extend(merged(engine, doc)?);
    if let (Some(case), Some(place), Some(at)) = (case, place, other)
        && at < place
        && ranked.get(at).is_some_and(|other| other.score < case.score)
    {
        reasons.push(reason("kept", None));
    }
    let differences = match (case, other.and_then(|at| ranked.get(at))) {
        (Some(case), Some(other)) => differences(&case.receipt.parts, &other.receipt.parts),
        _ => Vec::new(),
    };
    Ok(WhyNot {
        case: named(engine, doc)?.ok_or_else(|| missing(&args.id))?,
        state,
        reasons,
        place: place.map(|place| place as u32 + 1),
        of: ranked.len() as u32,
        shown: shown as u32,
        score: case.map(|case| case.score),
        receipt: case.map(hit::receipt).unwrap_or_default(),
        other: other
            .and_then(|at| Some((at, *ranked.get(at)?)))
            .map(|(at, case)| other_hit(engine, at, case))
            .transpose()?,
        differences,
    })
}

fn missing(id: &str) -> Error {
    Error::NotFound { what: "case", id: id.into() }
}

/// The one ticket or known error that an id means.
fn the_one(engine: &Engine, id: &str) -> Result<DocId> {
    let docs = docs_of(engine, id.trim())?;
    match docs.as_slice() {
        [] => Err(missing(id)),
        [doc] => Ok(*doc),
        several => {
            let mut keys = Vec::with_capacity(several.len());
            for doc in several {
                keys.extend(engine.key_of(*doc)?.map(|key| key.to_string()));
            }
            Err(Error::Ambiguous { id: id.into(), keys })
        }
    }
}

fn reason(code: &str, other: Option<String>) -> WhyNotReason {
    WhyNotReason { code: code.into(), other }
}

/// What keeps it out, whatever it says.
fn barred(
    engine: &Engine,
    doc: DocId,
    asker: &Asker,
    excluded: &[DocId],
    apart: &HashSet<DocId>,
    as_of: Option<Millis>,
) -> Result<Vec<WhyNotReason>> {
    let own = asker.ticket.as_ref().is_some_and(|own| DocId::ticket(own.row) == doc);
    let newer = match (doc.kind, as_of) {
        (DocKind::Ticket, Some(as_of)) => {
            engine.core.store.ticket_rows(&[doc.row])?.iter().any(|row| row.created_at >= as_of)
        }
        _ => false,
    };
    Ok(match () {
        () if own => vec![reason("itself", None)],
        () if apart.contains(&doc) => vec![reason("not_same", None)],
        () if newer => vec![reason("newer", None)],
        () if doc.kind == DocKind::KnownError && as_of.is_some() && excluded.contains(&doc) => {
            vec![reason("changed_since", None)]
        }
        () if excluded.contains(&doc) => vec![reason("excluded", None)],
        () => Vec::new(),
    })
}

/// No bar, but worth a word: its twin may be shown in its place.
fn merged(engine: &Engine, doc: DocId) -> Result<Option<WhyNotReason>> {
    if doc.kind != DocKind::Ticket {
        return Ok(None);
    }
    let row = engine.core.store.ticket_rows(&[doc.row])?.into_iter().next();
    Ok(row.and_then(|row| {
        let into = row.merged_into.map(|into| Key::new(row.key.source, into).to_string());
        into.map(|into| reason("merged", Some(into)))
    }))
}

struct Looked {
    /// Among the candidates, and not only looked at because somebody asked.
    among: bool,
    ranked: Vec<Ranked>,
}

fn look(engine: &Engine, question: &Question, scope: &Scope, doc: DocId, now: Millis, turn: &Turn) -> Result<Looked> {
    let mut found = candidates(engine, question, scope, turn)?;
    let among = found.iter().any(|candidate| candidate.doc == doc);
    if !among {
        let index = engine.core.index_to_ask()?;
        let one = index.look(question, doc, &Limits::default(), &|| turn.is_stale())?;
        let meant = engine.core.pack.meant(&engine.core, question);
        let meaning = meant.and_then(|meant| meant.likeness(doc));
        found.extend(one.map(|one| Candidate { meaning, ..one }).filter(shares));
    }
    let docs: Vec<DocId> = found.iter().map(|candidate| candidate.doc).collect();
    let facts = engine.core.store.facts(&docs, scope.as_of)?;
    let weights = calibration::newest(engine)?.weights(&found);
    Ok(Looked { among, ranked: matching::rank(question, found, &facts, now, &weights) })
}

fn shares(candidate: &Candidate) -> bool {
    !(candidate.terms.is_empty()
        && candidate.identifiers.is_empty()
        && candidate.signatures.is_empty()
        && candidate.frames.is_empty()
        && candidate.meaning.is_none())
}

fn other_hit(engine: &Engine, at: usize, case: &Ranked) -> Result<WhyNotHit> {
    let named = named(engine, case.doc)?.ok_or_else(|| missing("hit"))?;
    Ok(WhyNotHit { case: named, place: at as u32 + 1, score: case.score, receipt: hit::receipt(case) })
}

/// Part by part, what it lacks most first. They sum to the difference of the two scores.
fn differences(its: &[Part], others: &[Part]) -> Vec<WhyNotDifference> {
    let points = |parts: &[Part], like: &Part| -> f64 {
        // A sum of nothing would be -0.
        parts.iter().filter(|part| is_like(part, like)).fold(0.0, |sum, part| sum + part.points)
    };
    let detail = |parts: &[Part], like: &Part| -> Vec<String> {
        parts.iter().filter(|part| is_like(part, like)).flat_map(|part| part.detail.iter().cloned()).collect()
    };
    let mut kinds: Vec<&Part> = Vec::new();
    for part in its.iter().chain(others) {
        if !kinds.iter().any(|like| is_like(part, like)) {
            kinds.push(part);
        }
    }
    let difference = |like: &Part| WhyNotDifference {
        kind: hit::part_kind(like.kind).into(),
        field: like.field.clone(),
        its: points(its, like),
        others: points(others, like),
        its_detail: detail(its, like),
        others_detail: detail(others, like),
    };
    let mut all: Vec<WhyNotDifference> = kinds.into_iter().map(difference).collect();
    all.sort_by(|a, b| (b.others - b.its).total_cmp(&(a.others - a.its)));
    all
}

fn is_like(part: &Part, like: &Part) -> bool {
    part.kind == like.kind && part.field == like.field
}

/// `None` where it is gone.
pub(crate) fn named(engine: &Engine, doc: DocId) -> Result<Option<NamedCase>> {
    let store = &engine.core.store;
    let case = |key: &Key, title: String| NamedCase {
        kind: doc.kind.as_str().into(),
        id: key.to_string(),
        display_id: key.id.clone(),
        title,
    };
    Ok(match doc.kind {
        DocKind::Ticket => store.ticket_rows(&[doc.row])?.into_iter().next().map(|row| case(&row.key, row.subject)),
        DocKind::KnownError => store.known_error(doc.row)?.map(|known| case(&known.key, known.error.title)),
        DocKind::Article => store.article(doc.row)?.map(|stored| case(&stored.key, stored.article.title)),
    })
}
