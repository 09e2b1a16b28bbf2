//! Real tickets, and as many more as are asked for by resampling their sentences.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::{
    fs::File,
    io::{BufRead, BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

#[derive(Clone)]
pub struct Text {
    pub title: String,
    pub body: String,
}

/// Reads `.jsonl` or `.jsonl.zst`: a tracker's REST objects, or objects with a title and a body. Without files: the
/// sample workspace.
pub fn load(files: &[PathBuf]) -> Result<Vec<Text>> {
    let mut texts = Vec::new();
    for path in files {
        let file = File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let plain: Box<dyn Read> = if path.extension().is_some_and(|end| end == "zst") {
            Box::new(zstd::Decoder::new(file)?)
        } else {
            Box::new(file)
        };
        for line in BufReader::new(plain).lines() {
            texts.extend(text_of(&serde_json::from_str(&line?)?));
        }
    }
    if files.is_empty() {
        texts = sample()?;
    }
    if texts.len() < 100 {
        bail!("{} tickets are too few to resample from", texts.len());
    }
    Ok(texts)
}

fn text_of(value: &Value) -> Option<Text> {
    let words = |path: &str| value.pointer(path).and_then(Value::as_str).map(str::to_owned);
    let title = words("/fields/summary").or_else(|| words("/title")).or_else(|| words("/subject"))?;
    let mut body = words("/fields/description").or_else(|| words("/body")).unwrap_or_default();
    for comment in value.pointer("/fields/comment/comments").and_then(Value::as_array).into_iter().flatten() {
        body.push_str("\n\n");
        body.push_str(comment.get("body").and_then(Value::as_str).unwrap_or_default());
    }
    Some(Text { title, body })
}

fn sample() -> Result<Vec<Text>> {
    let dir = tempfile::tempdir()?;
    let engine = crate::child::open(&dir.path().join("home"))?;
    engine.fill_sample()?;
    let call =
        |name: &str, args: Value| engine::api::rpc(&engine, name, args).map_err(|error| anyhow::anyhow!(error.message));
    let mut texts = Vec::new();
    for offset in (0..2_000).step_by(500) {
        let page = call("queue_list", json!({ "filter": "all", "offset": offset, "limit": 500 }))?;
        for row in page["rows"].as_array().into_iter().flatten() {
            let ticket = call("ticket_get", json!({ "id": row["id"] }))?;
            let text = |name: &str| ticket[name].as_str().unwrap_or_default().to_owned();
            texts.push(Text { title: text("subject"), body: text("body_html") });
        }
    }
    Ok(texts)
}

/// A tiny generator: the same texts in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound.max(1)
    }
}

/// Each new ticket is a real one with about a fifth of its lines from another, and an id of its own: as long, and with
/// as many rare words, as real ones.
pub fn resample(corpus: &[Text], size: usize) -> Vec<Text> {
    let mut dice = Dice(42);
    (0..size)
        .map(|number| {
            let Some(first) = corpus.get(if number < corpus.len() { number } else { dice.below(corpus.len()) }) else {
                return Text { title: String::new(), body: String::new() };
            };
            if number < corpus.len() {
                return first.clone();
            }
            let other = corpus.get(dice.below(corpus.len())).unwrap_or(first);
            let others: Vec<&str> = other.body.lines().collect();
            let mut body = String::with_capacity(first.body.len());
            for line in first.body.lines() {
                let line = if dice.below(5) == 0 {
                    others.get(dice.below(others.len())).copied().unwrap_or(line)
                } else {
                    line
                };
                body.push_str(line);
                body.push('\n');
            }
            body.push_str(&format!("request {number:08x}"));
            Text { title: first.title.clone(), body }
        })
        .collect()
}

pub fn write_export(texts: &[Text], path: &Path) -> Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    for (number, Text { title, body }) in texts.iter().enumerate() {
        let day = 1 + number % 28;
        let month = 1 + (number / 28) % 12;
        let at = format!("2025-{month:02}-{day:02}T10:00:00Z");
        let line = json!({ "kind": "ticket", "id": format!("T-{number}"), "subject": title, "body": body, "created_at": at,
                           "updated_at": at, "status": "closed" });
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}
