//! Time travel: each question of a set asked as it was on its day, its candidates measured by the real engine.

use crate::{Around, cache::Cache, set};
use anyhow::{Result, anyhow};
use engine::{
    BatchQuestion, Engine, Example, KeyFile, Likeness, Model, OpenOptions, VerdictKind,
    api::{self, args::ImportArgs},
};
use serde_json::json;
use std::{
    collections::HashSet,
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

pub struct Set {
    pub name: String,
    /// In the order of time.
    pub questions: Vec<Question>,
}

pub struct Question {
    /// Of the best ranked cases, in their order: how much of the question each has, and whether it is right.
    pub best: Vec<(Likeness, bool)>,
    /// By id.
    pub cases: Vec<Example>,
    /// How many days older the newest right one of them is; infinite where there is none.
    pub days: f64,
    pub product: String,
    pub verdict: VerdictKind,
    /// Whether the first of the cases that the verdict means is right.
    pub judged_right: bool,
}

pub fn set(path: &Path, around: &Around) -> Result<Set> {
    let set = set::read(path)?;
    let dir = tempfile::tempdir()?;
    let tickets = dir.path().join("tickets.jsonl");
    std::fs::write(&tickets, &set.tickets)?;
    let secrets = Arc::new(KeyFile::at(dir.path().join("key")));
    let engine = Engine::open(OpenOptions { secrets, ..OpenOptions::at(dir.path().join("home")) })?;
    let args: ImportArgs = serde_json::from_value(json!({ "path": tickets, "source": "files" }))?;
    engine::import_now(&engine, &args, &|_, _| {})?;
    engine.wait_until_searchable()?;
    if let Some(pack) = &around.pack {
        read_meanings(&engine, pack, around.vectors.as_deref())?;
    }
    let questions = ask(&engine, &set, around.threads.max(1))?;
    println!("{}: {} tickets, {} questions", set.name, set.documents, questions.len());
    Ok(Set { name: set.name, questions })
}

/// In the order of the set, whoever asked them.
fn ask(engine: &Engine, set: &set::Set, threads: usize) -> Result<Vec<Question>> {
    let next = AtomicUsize::new(0);
    let answers: Mutex<Vec<Option<Result<Question>>>> = Mutex::new(set.questions.iter().map(|_| None).collect());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((at, asked)) = Some(next.fetch_add(1, Ordering::SeqCst))
                    .and_then(|at| set.questions.get(at).map(|asked| (at, asked)))
                {
                    let answer = one(engine, &asked.question, &asked.right, &asked.product);
                    answers.lock().unwrap_or_else(PoisonError::into_inner)[at] = Some(answer);
                }
            });
        }
    });
    answers.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().flatten().collect()
}

fn one(engine: &Engine, asked: &BatchQuestion, right: &HashSet<String>, product: &str) -> Result<Question> {
    let measured = engine.measure(asked)?;
    let is_right = |id: &str| right.contains(id.rsplit(':').next().unwrap_or(id));
    let best = measured.cases.iter().filter_map(|case| Some((case.like?, is_right(&case.id)))).collect();
    // Not in the order of the weights that are being replaced: sums depend on it.
    let mut cases = measured.cases;
    cases.sort_by(|a, b| a.id.cmp(&b.id));
    let days = cases.iter().filter(|case| is_right(&case.id)).map(|case| case.days).fold(f64::INFINITY, f64::min);
    Ok(Question {
        best,
        cases: cases
            .iter()
            .map(|case| Example { features: case.features, rest: 0.0, right: is_right(&case.id) })
            .collect(),
        days,
        product: product.to_owned(),
        verdict: measured.verdict,
        judged_right: measured.judged.first().is_some_and(|id| is_right(id)),
    })
}

fn read_meanings(engine: &Arc<Engine>, pack: &Path, kept: Option<&Path>) -> Result<()> {
    let installed = api::rpc(engine, "model_install", json!({ "path": pack }));
    installed.map_err(|error| anyhow!("{} {}", error.message, error.hint.unwrap_or_default()))?;
    let Some(kept) = kept else {
        engine.read_meanings(&|_, _| true, &engine::embed)?;
        return Ok(());
    };
    let cache = Cache::read(kept, Model::open(pack)?.header().shape.width)?;
    engine.read_meanings(&|_, _| true, &|model, texts| cache.embed(model, texts))?;
    cache.write(kept)
}
