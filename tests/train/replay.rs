//! Time travel: each question of a set asked as it was on its day, its candidates measured by the real engine.

use crate::{fit::COUNT, set};
use anyhow::Result;
use engine::{Engine, KeyFile, Likeness, OpenOptions, VerdictKind, api::args::ImportArgs};
use serde_json::json;
use std::{path::Path, sync::Arc};

pub struct Set {
    pub name: String,
    /// In the order of time.
    pub questions: Vec<Question>,
}

pub struct Question {
    /// Of the best ranked cases near the very best, in their order: how much of the question each has, and whether it is right.
    pub likely: Vec<(Likeness, bool)>,
    /// By id.
    pub cases: Vec<Case>,
    pub verdict: VerdictKind,
    /// Whether the first of the cases that the verdict means is right.
    pub judged_right: bool,
}

pub struct Case {
    pub features: [f64; COUNT],
    pub right: bool,
    pub days: f64,
}

impl Question {
    /// Something can be learned where a right and a wrong answer were both found.
    pub fn tells(&self) -> bool {
        let right = self.cases.iter().filter(|case| case.right).count();
        right > 0 && right < self.cases.len()
    }
}

pub fn set(path: &Path) -> Result<Set> {
    let set = set::read(path)?;
    let dir = tempfile::tempdir()?;
    let tickets = dir.path().join("tickets.jsonl");
    std::fs::write(&tickets, &set.tickets)?;
    let secrets = Arc::new(KeyFile::at(dir.path().join("key")));
    let engine = Engine::open(OpenOptions { secrets, ..OpenOptions::at(dir.path().join("home")) })?;
    let args: ImportArgs = serde_json::from_value(json!({ "path": tickets, "source": "files" }))?;
    engine::import_now(&engine, &args, &|_, _| {})?;
    engine.wait_until_searchable()?;
    let mut questions = Vec::with_capacity(set.questions.len());
    for (asked, right) in &set.questions {
        let measured = engine.measure(asked)?;
        let is_right = |id: &str| right.contains(id.rsplit(':').next().unwrap_or(id));
        let likely = measured.cases.iter().filter_map(|case| Some((case.like?, is_right(&case.id)))).collect();
        // Not in the order of the weights that are being replaced: sums depend on it.
        let mut cases = measured.cases;
        cases.sort_by(|a, b| a.id.cmp(&b.id));
        let cases =
            cases.iter().map(|case| Case { features: case.features, right: is_right(&case.id), days: case.days });
        questions.push(Question {
            likely,
            cases: cases.collect(),
            verdict: measured.verdict,
            judged_right: measured.judged.first().is_some_and(|id| is_right(id)),
        });
    }
    println!("{}: {} tickets, {} questions", set.name, set.documents, questions.len());
    Ok(Set { name: set.name, questions })
}
