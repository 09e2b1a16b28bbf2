//! The outbound line: a ticket or a text → read → candidates → ranked with receipts → shown with what worked.

mod articles;
pub mod batch;
pub(crate) mod hit;
mod next;
mod ran;
pub(crate) mod why_not;

use crate::{
    Engine, Error, Result,
    api::{
        args::SeenArgs,
        view::{QuestionView, SeenBefore, VerdictKind},
    },
    duplicates, evidence, known,
    lanes::Turn,
    pack::Meant,
    replay::calibration,
    rules, text, ticket,
    verdict::verdict,
};
use domain::{Candidate, CaseFacts, DocId, DocKind, Key, Millis, Question, Scope, SignatureKind, Version};
use index::{Index, Limits};
use matching::{Asked, Judged, Ranked};
use meaning::Place;
use std::{
    collections::{HashMap, HashSet},
    time::Instant,
};
use store::{Feedback, StoredTicket, TicketRow};

const DEFAULT: u32 = 10;
const MOST: u32 = 100;
/// Days for which a case is looked at even where many older ones share more words.
const RECENT: i64 = 90;
/// So many that mean the most alike are looked at, whatever their words.
const MEANING: usize = 60;
/// Cases of one problem that are counted; beyond that "500" is as good an answer.
const CASES: usize = 500;
/// What an earlier case is.
const CASES_ARE: [DocKind; 2] = [DocKind::Ticket, DocKind::KnownError];

/// Who asks: what feedback is stored under, and what must not answer.
struct Asker {
    id: String,
    ticket: Option<StoredTicket>,
}

/// Ranked answers and what ranking knew of them.
struct Ranking {
    ranked: Vec<Ranked>,
    judged: Judged,
    facts: HashMap<DocId, CaseFacts>,
}

pub(crate) fn seen_before(engine: &Engine, args: &SeenArgs) -> Result<SeenBefore> {
    let started = Instant::now();
    let turn = engine.lanes.enter(args.lane.as_deref());
    let (asker, question) = ask(engine, args)?;
    let now = asked_at(engine, args)?;
    let said = engine.core.store.said(&asker.id)?;
    let apart = apart(engine, &said)?;
    let mut exclude: Vec<DocId> = asker.ticket.iter().map(|stored| DocId::ticket(stored.row)).collect();
    for id in args.exclude.iter().flatten() {
        exclude.extend(docs_of(engine, id)?);
    }
    if args.as_of.is_some() {
        exclude.extend(engine.core.store.known_errors_since(now)?.into_iter().map(DocId::known_error));
    }
    let scope = scope_of(now, args.as_of.is_some(), exclude);
    let ranking = rank(engine, &question, &scope, now, &turn, &apart)?;

    let hidden: HashSet<DocId> = scope.exclude.iter().copied().chain(apart).collect();
    let Cases { tickets: cases, told } = cases(engine, &asker, &question, &ranking, &scope, &hidden)?;
    let facts = facts_of(engine, &cases, &ranking, scope.as_of)?;
    let keys: Vec<Key> = cases.iter().take(50).map(|case| case.key.clone()).collect();
    let own = asker.ticket.as_ref().map(|stored| &stored.key);
    let seen = ranking.judged.kind == matching::VerdictKind::Seen;
    let known = ranking.judged.cases.iter().filter(|doc| seen && doc.kind == DocKind::KnownError);
    let matches: Vec<i64> = known.map(|doc| doc.row).collect();
    // A rule knows what came later: of the past it is not asked.
    let raised = match &args.as_of {
        None => rules::met(engine, asker.ticket.as_ref(), args.text.as_deref().unwrap_or_default(), &hidden)?,
        Some(_) => Vec::new(),
    };
    let by_rule: Vec<i64> = raised.iter().filter_map(|met| met.known_error).collect();
    let met = known::Met { ticket: own, rules: &by_rule, cases: &keys, matches: &matches, hidden: &hidden };
    let mut banner = known::meet(engine, &question, &met, now)?;
    if let Some(banner) = &mut banner {
        banner.feedback = hit::feedback(&said, &banner.id);
    }
    let running = question.versions.iter().find_map(|version| Version::parse(version));
    let k = shown(args);
    let articles = articles::about(engine, &question, &scope, now, &turn)?;
    let mut hits = Vec::with_capacity(k);
    for ranked in ranking.ranked.iter().take(k) {
        if turn.is_stale() {
            return Err(Error::Superseded);
        }
        hits.extend(hit::view(engine, ranked, &ranking.facts, running.as_ref(), &said, now)?);
    }
    let fix = match &banner {
        Some(banner) if banner.fix.is_some() => banner.fix.clone(),
        _ => fix_of_cases(engine, &cases, running.as_ref())?,
    };
    let requester = asker.ticket.as_ref().and_then(|stored| stored.ticket.requester.as_deref());
    let calibration = calibration::newest(engine)?;
    let judged_known = ranking.judged.cases.iter().any(|doc| doc.kind == DocKind::KnownError);
    let kind = match ranking.judged.kind {
        // What people or the source say outweighs what the words look like.
        _ if told || !raised.is_empty() => VerdictKind::Seen,
        // All that was judged was merged into the question, or came after it.
        _ if cases.is_empty() && !judged_known => VerdictKind::New,
        matching::VerdictKind::Seen => VerdictKind::Seen,
        matching::VerdictKind::Maybe => VerdictKind::Maybe,
        matching::VerdictKind::New => VerdictKind::New,
    };
    // What somebody says, or the same trace, is certain; many alike in words may still be several problems.
    let traced = question.signatures.iter().any(|one| matches!(one.kind, SignatureKind::StackTrace(_)));
    let certain = told || !raised.is_empty() || (traced && kind == VerdictKind::Seen);
    let next = if certain { None } else { next::question(engine, &question, &ranking.ranked)? };
    Ok(SeenBefore {
        next,
        verdict: verdict(kind, &cases, &facts, fix, told, calibration.measured(kind)),
        duplicates: duplicates::count(&cases, requester, now, &engine.core.zone),
        known_error: banner,
        rules: raised.into_iter().map(|met| met.view).collect(),
        ran: ran::ran(engine, &question, asker.ticket.as_ref())?,
        traced: question.traced.len() as u32,
        hits,
        articles,
        // Articles are no cases.
        searched: engine.core.index().documents().saturating_sub(engine.core.store.article_count()?),
        // What people or the source say is certain.
        above: if told { f64::INFINITY } else { ranking.judged.above },
        question: question_view(asker.id, question),
        ms: started.elapsed().as_secs_f64() * 1000.0,
    })
}

/// How many hits are shown.
fn shown(args: &SeenArgs) -> usize {
    args.k.unwrap_or(DEFAULT).min(MOST) as usize
}

/// Now, or the time that was asked for.
pub(crate) fn asked_at(engine: &Engine, args: &SeenArgs) -> Result<Millis> {
    match &args.as_of {
        Some(time) => Millis::parse(time).map_err(|bad| Error::BadInput(bad.to_string())),
        None => Ok(engine.core.clock.now()),
    }
}

/// What people said is not the same as the question. It is ranked and judged with the others, so that these stay what
/// they were, and is none of the hits.
fn apart(engine: &Engine, said: &[Feedback]) -> Result<HashSet<DocId>> {
    let mut apart = HashSet::new();
    for feedback in said.iter().filter(|feedback| feedback.verdict == "not_same") {
        apart.extend(docs_of(engine, &feedback.hit.to_string())?);
    }
    Ok(apart)
}

/// What may answer a question that is asked at `now`: in the past, what existed then.
pub(crate) fn scope_of(now: Millis, past: bool, exclude: Vec<DocId>) -> Scope {
    let recent = Some(now.minus_days(RECENT));
    Scope { as_of: past.then_some(now), recent, exclude, kinds: CASES_ARE.to_vec(), also: Vec::new() }
}

/// A stored ticket as the question.
pub(crate) fn question_of(stored: &StoredTicket, product: Option<&str>, versions: &[String]) -> Question {
    let ticket = &stored.ticket;
    matching::read(&Asked {
        title: &ticket.subject,
        body: &text::plain(&ticket.body, ticket.body_format),
        product: product.or(ticket.product.as_deref()),
        components: &ticket.components,
        versions: if versions.is_empty() { &ticket.affected_versions } else { versions },
    })
}

/// With what its files say was thrown. Of a past day nobody knows which files there were by then.
pub(crate) fn question_today(engine: &Engine, stored: &StoredTicket) -> Result<Question> {
    and_files(engine, stored, question_of(stored, None, &[]))
}

fn and_files(engine: &Engine, stored: &StoredTicket, question: Question) -> Result<Question> {
    let files = evidence::thrown(&engine.core.store, &stored.key.to_string())?;
    let thrown: Vec<String> = files.into_iter().map(|(_, thrown)| thrown).collect();
    Ok(if thrown.is_empty() { question } else { matching::and_thrown(question, &thrown) })
}

/// As it is asked, for whoever asks something else about it.
pub(crate) fn question(engine: &Engine, args: &SeenArgs) -> Result<Question> {
    ask(engine, args).map(|(_, question)| question)
}

fn ask(engine: &Engine, args: &SeenArgs) -> Result<(Asker, Question)> {
    let given: Vec<String> = args.version.iter().cloned().collect();
    match (&args.ticket, &args.text) {
        (Some(id), _) => {
            let stored = ticket::find(engine, id)?;
            let mut question = question_of(&stored, args.product.as_deref(), &given);
            if args.as_of.is_none() {
                question = and_files(engine, &stored, question)?;
            }
            Ok((Asker { id: stored.key.to_string(), ticket: Some(stored) }, question))
        }
        (None, Some(pasted)) if !pasted.trim().is_empty() => {
            let pasted = text::cut(pasted, 1 << 20);
            let (title, body) = matching::split_pasted(pasted);
            let product = args.product.as_deref();
            let question =
                matching::read(&Asked { title: &title, body: &body, product, components: &[], versions: &given });
            Ok((Asker { id: fingerprint(pasted, &question), ticket: None }, question))
        }
        _ => Err(Error::BadInput("there is nothing to look for: name a ticket or paste some text".into())),
    }
}

/// The same error, or failing that the same words, has the same id, so that what was said of it is remembered.
fn fingerprint(text: &str, question: &Question) -> String {
    match question.signatures.iter().find(|signature| matches!(signature.kind, SignatureKind::StackTrace(_))) {
        Some(signature) => format!("text:{}", signature.code()),
        None => {
            let folded = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
            format!("text:{}", blake3::hash(folded.as_bytes()).to_hex().get(..16).unwrap_or_default())
        }
    }
}

pub(crate) fn docs_of(engine: &Engine, id: &str) -> Result<Vec<DocId>> {
    let tickets = engine.core.store.find_ticket(id)?.into_iter().map(DocId::ticket);
    let known = engine.core.store.find_known_error(id)?.into_iter().map(DocId::known_error);
    Ok(tickets.chain(known).collect())
}

fn rank(
    engine: &Engine,
    question: &Question,
    scope: &Scope,
    now: Millis,
    turn: &Turn,
    apart: &HashSet<DocId>,
) -> Result<Ranking> {
    let candidates = candidates(engine, question, scope, turn)?;
    let docs: Vec<DocId> = candidates.iter().map(|candidate| candidate.doc).collect();
    let facts = engine.core.store.facts(&docs, scope.as_of)?;
    let calibration = calibration::newest(engine)?;
    let weights = calibration.weights(&candidates);
    let mut ranked = matching::rank(question, candidates, &facts, now, &weights);
    let judged = matching::judge(question, &ranked, apart, &calibration.bars);
    ranked.retain(|case| !apart.contains(&case.doc));
    Ok(Ranking { ranked, judged, facts })
}

/// What is ranked: what shares words with the question, and what means much the same where that is known.
fn candidates(engine: &Engine, question: &Question, scope: &Scope, turn: &Turn) -> Result<Vec<Candidate>> {
    let index = engine.core.index_to_ask()?;
    let meant = engine.core.pack.meant(&engine.core, question);
    let found = find(&index, question, scope, meant.as_ref(), &|| turn.is_stale())?;
    if turn.is_stale() { Err(Error::Superseded) } else { Ok(found) }
}

/// In whatever index.
pub(crate) fn find(
    index: &Index,
    question: &Question,
    scope: &Scope,
    meant: Option<&Meant<'_>>,
    cancel: &dyn Fn() -> bool,
) -> Result<Vec<Candidate>> {
    let Some(meant) = meant else { return Ok(index.candidates(question, scope, &Limits::default(), cancel)?) };
    let excluded: HashSet<DocId> = scope.exclude.iter().copied().collect();
    let lets_in =
        |place: &Place| scope.as_of.is_none_or(|as_of| place.created_at < as_of) && !excluded.contains(&place.doc);
    let also = meant.nearest(MEANING, &lets_in).into_iter().map(|near| near.doc).collect();
    let scope = Scope { also, ..scope.clone() };
    let mut found = index.candidates(question, &scope, &Limits::default(), cancel)?;
    for candidate in &mut found {
        candidate.meaning = meant.likeness(candidate.doc);
    }
    Ok(found)
}

/// The tickets of the same problem.
struct Cases {
    tickets: Vec<TicketRow>,
    /// People or the source tied some of them to the question, or the question to a known error.
    told: bool,
}

/// Those judged the same (or perhaps the same), those with the same stack trace, and what people or the source tied to
/// them: duplicates, and tickets of the same known error.
fn cases(
    engine: &Engine,
    asker: &Asker,
    question: &Question,
    ranking: &Ranking,
    scope: &Scope,
    hidden: &HashSet<DocId>,
) -> Result<Cases> {
    let store = &engine.core.store;
    let own = match &asker.ticket {
        Some(stored) => tied(engine, &stored.key, hidden)?,
        None => Vec::new(),
    };
    let judged = ranking.judged.cases.iter().filter(|doc| doc.kind == DocKind::Ticket);
    let mut rows: Vec<i64> = judged.map(|doc| doc.row).collect();
    let best = rows.first().copied().filter(|_| ranking.judged.kind == matching::VerdictKind::Seen);
    if ranking.judged.kind != matching::VerdictKind::New {
        for signature in question.signatures.iter().filter(|s| matches!(s.kind, SignatureKind::StackTrace(_))) {
            rows.extend(store.documents_with(&signature.code(), DocKind::Ticket)?.into_iter().take(CASES));
        }
    }
    for row in store.ticket_rows(best.as_slice())? {
        rows.extend(tied(engine, &row.key, hidden)?);
    }
    rows.extend(&own);
    let mut taken = HashSet::new();
    rows.retain(|row| taken.insert(*row) && !hidden.contains(&DocId::ticket(*row)));
    rows.truncate(CASES);
    let mut tickets = store.ticket_rows(&rows)?;
    tickets.retain(|case| scope.as_of.is_none_or(|as_of| case.created_at < as_of));
    // What went into the question is the question.
    if let Some(own) = &asker.ticket {
        tickets.retain(|case| case.merged_into.as_deref() != Some(&own.key.id) || case.key.source != own.key.source);
    }
    let known = asker.ticket.as_ref().map(|own| known_errors(engine, &own.key, hidden)).transpose()?;
    let told = known.is_some_and(|known| !known.is_empty()) || tickets.iter().any(|case| own.contains(&case.row));
    Ok(Cases { tickets, told })
}

/// Rows of the tickets that people or the source tied to this one.
fn tied(engine: &Engine, key: &Key, hidden: &HashSet<DocId>) -> Result<Vec<i64>> {
    let store = &engine.core.store;
    let mut keys = store.same_problem(key)?;
    let merged = store.find_ticket(&key.to_string())?;
    let merged = store.ticket_rows(&merged)?.into_iter().filter_map(|row| row.merged_into);
    keys.extend(merged.map(|id| Key::new(key.source.clone(), id)));
    for row in known_errors(engine, key, hidden)? {
        let known = store.known_error(row)?.into_iter();
        let tickets = known.flat_map(|known| {
            let source = known.key.source;
            known.error.tickets.into_iter().map(move |id| Key::new(source.clone(), id))
        });
        keys.extend(tickets.take(CASES));
    }
    let mut rows = Vec::with_capacity(keys.len());
    for key in keys {
        rows.extend(store.find_ticket(&key.to_string())?);
    }
    Ok(rows)
}

/// Those that carry this ticket, save what is not the same as the question.
fn known_errors(engine: &Engine, key: &Key, hidden: &HashSet<DocId>) -> Result<Vec<i64>> {
    let mut rows = engine.core.store.known_errors_of(key)?;
    rows.retain(|row| !hidden.contains(&DocId::known_error(*row)));
    Ok(rows)
}

fn facts_of(
    engine: &Engine,
    cases: &[TicketRow],
    ranking: &Ranking,
    as_of: Option<Millis>,
) -> Result<HashMap<DocId, CaseFacts>> {
    let docs: Vec<DocId> =
        cases.iter().map(|case| DocId::ticket(case.row)).filter(|doc| !ranking.facts.contains_key(doc)).collect();
    let mut facts = engine.core.store.facts(&docs, as_of)?;
    facts.extend(ranking.facts.iter().map(|(doc, found)| (*doc, found.clone())));
    Ok(facts)
}

/// Of the same cases, the first that names where it was fixed.
fn fix_of_cases(
    engine: &Engine,
    cases: &[TicketRow],
    running: Option<&Version>,
) -> Result<Option<crate::api::view::FixView>> {
    for case in cases.iter().take(20) {
        let Some(stored) = engine.core.store.ticket(case.row)? else { continue };
        if let Some(fix) = known::fix(running, &stored.ticket.fix_versions) {
            return Ok(Some(fix));
        }
    }
    Ok(None)
}

fn question_view(id: String, question: Question) -> QuestionView {
    let Question { title, identifiers, phrases, product, components, versions, .. } = question;
    QuestionView { id, title, identifiers, phrases, product, components, versions }
}
