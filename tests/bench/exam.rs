//! `cargo xtask bench exam SET.jsonl [--pack FILE]`: many whole tickets in a row, and the exam, over a tracker whose duplicates
//! are known (`tests/train/main.rs` says how such a set is made). With a pack the vectors of the tickets are made up.

use crate::child::{make_up_meanings, open};
use anyhow::{Context, Result, ensure};
use engine::{BatchQuestion, api::args::ImportArgs};
use serde_json::{Value, json};
use std::{path::Path, time::Instant};

/// As many as the public tracker has whose floors are known.
const QUESTIONS: usize = 1_395;
const EXAM: u32 = 1_000;
/// Seconds, for either.
const MOST: f64 = 60.0;

/// Prints what was measured, and answers with a line for the history.
pub fn run(set: &Path, pack: Option<&Path>) -> Result<Value> {
    let dir = tempfile::tempdir()?;
    let engine = open(&dir.path().join("home"))?;
    let path = set.to_string_lossy().into_owned();
    let args = ImportArgs { path, source: Some("files".into()), format: None, mapping: None };
    let added = engine::import_now(&engine, &args, &|_, _| {})?.added;
    engine.wait_until_searchable()?;
    if let Some(pack) = pack {
        make_up_meanings(&engine, &pack.to_string_lossy())?;
    }
    let questions = questions(set)?;
    ensure!(!questions.is_empty(), "no ticket of {} names in duplicate_of what it repeats", set.display());
    let started = Instant::now();
    let mut found = 0;
    for question in &questions {
        found += engine.answer(question, 10)?.hits.len();
    }
    let batch = started.elapsed().as_secs_f64();
    let started = Instant::now();
    let args = serde_json::from_value(json!({ "limit": EXAM }))?;
    let run = engine::replay_now(&engine, &args, &|_, _| {})?.run;
    let exam = started.elapsed().as_secs_f64();
    let asked = run.configurations.first().map_or(0, |one| one.measures.n);
    let said = |seconds: f64| if seconds <= MOST { "met" } else { "missed" };
    let with = if pack.is_some() { "with the pack" } else { "by words alone" };
    println!(
        "{added} tickets, {with}: {} questions in {batch:.1} s of at most {MOST}: {}",
        questions.len(),
        said(batch)
    );
    println!(
        "the exam of {asked} past tickets, index of the past included, in {exam:.1} s of at most {MOST}: {}",
        said(exam)
    );
    Ok(json!({
        "documents": added, "questions": questions.len(), "found": found, "batch_seconds": batch, "exam_of": asked,
        "exam_seconds": exam, "with_pack": pack.is_some(),
    }))
}

/// Each ticket that repeats another, as on its day.
fn questions(set: &Path) -> Result<Vec<BatchQuestion>> {
    let text = std::fs::read_to_string(set).with_context(|| format!("cannot read {}", set.display()))?;
    let mut questions = Vec::new();
    for line in text.lines() {
        let record: Value = serde_json::from_str(line)?;
        if record["duplicate_of"].as_array().is_some_and(|of| !of.is_empty()) {
            questions.push(serde_json::from_value(json!({
                "id": record["id"], "subject": record["subject"], "body": record["body"],
                "as_of": record["created_at"], "exclude": [record["id"]],
            }))?);
        }
    }
    questions.truncate(QUESTIONS);
    Ok(questions)
}
