//! Each past ticket asked as it was on its day.

use super::{
    gold::Labelled,
    kept::{ADAPTED, Asked, Configuration, LOOKED_AT, SHIPPED},
    past::{self, Past},
};
use crate::{Engine, Result, pack::Meant, seen};
use domain::{DocId, Millis};
use matching::Measured;
use meaning::{Model, Text};
use std::{
    collections::BTreeSet,
    num::NonZero,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};
use store::PastKnownError;

const DAY: f64 = 86_400_000.0;
/// More threads than this gain little: they share the store.
const MOST_THREADS: usize = 4;

/// A ticket to ask about. With nothing that is right it was new, as far as anybody knows.
pub(super) struct Question {
    pub row: i64,
    pub key: String,
    pub at: Millis,
    pub right: BTreeSet<DocId>,
    pub newest_right: Option<(DocId, Millis)>,
    pub label: Option<&'static str>,
}

impl From<Labelled> for Question {
    fn from(one: Labelled) -> Self {
        let (label, newest_right) = (Some(super::kept::label(one.label)), Some(one.newest_right));
        Self { row: one.row, key: one.key.to_string(), at: one.at, right: one.right, newest_right, label }
    }
}

/// What questions are asked of.
pub(super) struct Exam<'a> {
    pub engine: &'a Engine,
    pub past: &'a Past,
    pub known: &'a [PastKnownError],
    pub model: Option<&'a Model>,
    pub configurations: &'a [Configuration],
    /// Whether what was measured of each case is wanted, to learn from.
    pub measured: bool,
}

/// What became of a question.
pub(super) struct Answer {
    pub asked: Asked,
    /// Of each case as it is in use, and whether it is right; empty where nobody wants it.
    pub measured: Vec<(Measured, bool)>,
}

/// In the order of the questions, whoever answered them. `progress` hears how many are done, and ends it with an error.
pub(super) fn all<Q: Sync, A: Send>(
    questions: &[Q],
    progress: &(dyn Fn(u64) -> Result<()> + Sync),
    one: &(dyn Fn(&Q) -> Result<Option<A>> + Sync),
) -> Result<Vec<A>> {
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let answers: Mutex<Vec<Option<Result<Option<A>>>>> = Mutex::new(questions.iter().map(|_| None).collect());
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::SeqCst);
                    let Some(question) = questions.get(at) else { return };
                    let answer = one(question)
                        .and_then(|answer| progress(done.fetch_add(1, Ordering::SeqCst) as u64 + 1).map(|()| answer));
                    // Nobody needs the others any more.
                    if answer.is_err() {
                        next.store(questions.len(), Ordering::SeqCst);
                    }
                    let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
                    if let Some(slot) = answers.get_mut(at) {
                        *slot = Some(answer);
                    }
                }
            });
        }
    });
    let answers = answers.into_inner().unwrap_or_else(PoisonError::into_inner);
    let answers: Vec<Option<A>> = answers.into_iter().flatten().collect::<Result<_>>()?;
    Ok(answers.into_iter().flatten().collect())
}

/// `None` for a ticket that went meanwhile.
pub(super) fn one(exam: &Exam<'_>, asked: &Question) -> Result<Option<Answer>> {
    let &Exam { engine, past, known, model, configurations, measured: wanted } = exam;
    let Some(stored) = engine.core.store.ticket(asked.row)? else { return Ok(None) };
    let started = Instant::now();
    let question = seen::question_of(&stored, None, &[]);
    let mut exclude = vec![DocId::ticket(asked.row)];
    exclude.extend(past::not_yet(known, asked.at));
    let scope = seen::scope_of(asked.at, true, exclude);
    let vector = model.and_then(|model| {
        let text = Text::of(&question.title, &question.body);
        engine.core.pack.known.vector(model, &text)
    });
    let meant = vector.map(|vector| Meant::then(vector, &past.near));
    let candidates = seen::find(&past.index, &question, &scope, meant.as_ref(), &|| false)?;
    let docs: Vec<DocId> = candidates.iter().map(|candidate| candidate.doc).collect();
    let facts = engine.core.store.facts(&docs, Some(asked.at))?;
    let is_right = |doc: DocId| asked.right.contains(&doc);
    let mut places = Vec::with_capacity(configurations.len());
    let mut first = Vec::with_capacity(configurations.len());
    let mut ms = 0.0;
    let (mut sure, mut sure_otherwise, mut measured) = (Vec::new(), Vec::new(), Vec::new());
    for (number, configuration) in configurations.iter().enumerate() {
        // Its own candidates: those that only their meaning brought are none of them.
        let these = match configuration.meaning || meant.is_none() {
            true => candidates.clone(),
            false => seen::find(&past.index, &question, &scope, None, &|| false)?,
        };
        let ranked = matching::rank(&question, these, &facts, asked.at, &configuration.weights);
        if number == 0 {
            ms = started.elapsed().as_secs_f64() * 1000.0;
            sure = matching::ladder(&question, &ranked, is_right);
            let kept = ranked.iter().filter(|_| wanted).filter_map(|case| {
                let since = facts.get(&case.doc)?.created_at;
                Some((Measured::of(case, since, &configuration.weights), is_right(case.doc)))
            });
            measured = kept.collect();
        } else if [SHIPPED, ADAPTED].contains(&configuration.name) {
            sure_otherwise = matching::ladder(&question, &ranked, is_right);
        }
        let right = (1u32..).zip(ranked.iter().take(LOOKED_AT)).filter(|(_, case)| asked.right.contains(&case.doc));
        places.push(right.map(|(place, _)| place).collect());
        first.push(ranked.first().map(|case| case.doc).map(|doc| engine.key_of(doc)).transpose()?.flatten());
    }
    let answer = asked.newest_right.map(|(doc, _)| engine.key_of(doc)).transpose()?.flatten();
    let asked = Asked {
        ticket: asked.key.clone(),
        label: asked.label.map(str::to_owned),
        days: asked.newest_right.map(|(_, made)| (asked.at.0 - made.0) as f64 / DAY),
        right: asked.right.len() as u32,
        answer: answer.map(|key| key.to_string()),
        found: docs.iter().any(|doc| asked.right.contains(doc)),
        places,
        first: first.into_iter().map(|key| key.map(|key| key.to_string())).collect(),
        sure,
        sure_otherwise,
        ms,
    };
    Ok(Some(Answer { asked, measured }))
}

impl Question {
    /// One that nothing ties to an earlier one.
    pub(super) fn untied(ticket: &store::PastTicket) -> Self {
        let key = ticket.key.to_string();
        Self { row: ticket.row, key, at: ticket.created_at, right: BTreeSet::new(), newest_right: None, label: None }
    }
}

/// Some of many, spread evenly over their time, so that every run takes the same.
pub(super) fn spread<T>(many: &[T], most: usize) -> Vec<&T> {
    let taken = most.min(many.len());
    (0..taken).filter_map(|n| many.get(n * many.len() / taken)).collect()
}
