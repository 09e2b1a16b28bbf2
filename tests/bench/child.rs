//! One measurement in a process of its own, so that memory and start-up are its own too.

use crate::{
    bare::typed,
    corpus::Dice,
    cpu::{Spent, at},
};
use anyhow::{Context, Result, bail};
use engine::{BatchQuestion, Engine, KeyFile, Model, OpenOptions, Text, Vector, api, api::args::ImportArgs};
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
    sync::{Arc, OnceLock},
    time::Instant,
};

/// Questions of each kind.
const QUESTIONS: usize = 300;

pub fn spawn(task: &str, args: &[&Path]) -> Result<Value> {
    let started = Instant::now();
    let output = Command::new(std::env::current_exe()?)
        .args(args)
        .env("PRECEDENT_BENCH_CHILD", task)
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("{task} did not run"))?;
    if !output.status.success() {
        bail!("{task} failed");
    }
    let mut figures: Value = serde_json::from_slice(&output.stdout)?;
    figures["wall_ms"] = json!(started.elapsed().as_secs_f64() * 1e3);
    Ok(figures)
}

pub fn run(task: &str, args: &[String]) -> Result<()> {
    let started = Instant::now();
    let (home, file) = (args.first().context("a home is needed")?, args.get(1));
    let engine = open(Path::new(home))?;
    let figures = match (task, file) {
        ("import", Some(file)) => import(&engine, file, started)?,
        ("start", _) => {
            api::rpc(&engine, "search", json!({ "query": "error", "k": 20 }))
                .map_err(|error| anyhow::anyhow!(error.message))?;
            json!({ "ms": started.elapsed().as_secs_f64() * 1e3 })
        }
        ("ask", Some(file)) => ask(&engine, file)?,
        ("mean", Some(file)) => {
            make_up_meanings(&engine, args.get(2).context("a pack is needed")?)?;
            ask(&engine, file)?
        }
        ("type", Some(file)) => typing(&engine, file)?,
        ("whole", Some(file)) => whole(&engine, file)?,
        ("insights", _) => crate::insights::measure(&engine)?,
        _ => bail!("{task} is no measurement"),
    };
    let mut figures = figures;
    figures["rss_mb"] = json!(peak_rss_mb());
    println!("{figures}");
    Ok(())
}

/// With its key in a file beside it: a measurement has no keyring.
pub fn open(home: &Path) -> Result<Arc<Engine>> {
    let secrets = Arc::new(KeyFile::at(home.with_extension("key")));
    Ok(Engine::open(OpenOptions { secrets, ..OpenOptions::at(home) })?)
}

fn import(engine: &Arc<Engine>, file: &str, started: Instant) -> Result<Value> {
    let args = ImportArgs { path: file.into(), source: Some("files".into()), format: None, mapping: None };
    let report = engine::import_now(engine, &args, &|_, _| {})?;
    engine.wait_until_searchable()?;
    Ok(json!({ "seconds": started.elapsed().as_secs_f64(), "added": report.added }))
}

fn ask(engine: &Arc<Engine>, file: &str) -> Result<Value> {
    let mut dice = Dice(3);
    let (mut keys, mut seen, mut core) = (Vec::new(), Vec::new(), Vec::new());
    let (mut keys_cpu, mut seen_cpu, mut core_cpu) = (Vec::new(), Vec::new(), Vec::new());
    for (number, line) in chosen(file, &mut dice)?.iter().enumerate() {
        let ticket: Value = serde_json::from_str(line)?;
        let (title, body) =
            (ticket["subject"].as_str().unwrap_or_default(), ticket["body"].as_str().unwrap_or_default());
        let query = typed(title, number);
        let (ms, cpu) = time(|| rpc(engine, "search", json!({ "query": query, "prefix": true, "k": 20 })))?;
        keys.push(ms);
        keys_cpu.push(cpu);
        let (ms, cpu) = time(|| rpc(engine, "seen_before", json!({ "text": format!("{title}\n\n{body}") })))?;
        seen.push(ms);
        seen_cpu.push(cpu);
        let question: BatchQuestion = serde_json::from_value(json!({ "id": "q", "subject": title, "body": body }))?;
        let (ms, cpu) = time(|| Ok(engine.answer(&question, 20).map(drop)?))?;
        core.push(ms);
        core_cpu.push(cpu);
    }
    Ok(json!({
        "type_p50_ms": at(&mut keys, 0.5), "type_p95_ms": at(&mut keys, 0.95),
        "seen_p50_ms": at(&mut seen, 0.5), "seen_p95_ms": at(&mut seen, 0.95),
        "core_p95_ms": at(&mut core, 0.95),
        "type_p99_cpu_ms": at(&mut keys_cpu, 0.99), "seen_p99_cpu_ms": at(&mut seen_cpu, 0.99),
        "core_p99_cpu_ms": at(&mut core_cpu, 0.99),
    }))
}

/// Installs the pack and gives each document a vector that says nothing: to read them all would take an hour.
pub fn make_up_meanings(engine: &Arc<Engine>, pack: &str) -> Result<()> {
    rpc(engine, "model_install", json!({ "path": pack }))?;
    let width = OnceLock::new();
    let made_up = |model: &Model, texts: &[&Text]| {
        let width = *width.get_or_init(|| model.embed(&["how wide"]).first().map_or(0, Vector::width));
        let of = |text: &&Text| {
            let mut dice = Dice(text.id().0.iter().fold(7, |seed: u64, byte| seed.wrapping_mul(31) + u64::from(*byte)));
            Vector::of(&(0..width).map(|_| dice.below(2001) as f32 - 1000.0).collect::<Vec<_>>())
        };
        texts.iter().map(of).collect()
    };
    engine.read_meanings(&|_, _| true, &made_up)?;
    Ok(())
}

/// Keypresses alone, and which of them cost most: to look into with a profiler.
fn typing(engine: &Arc<Engine>, file: &str) -> Result<Value> {
    let mut keys = Vec::new();
    for (number, line) in chosen(file, &mut Dice(3))?.iter().enumerate() {
        let ticket: Value = serde_json::from_str(line)?;
        let query = typed(ticket["subject"].as_str().unwrap_or_default(), number);
        let (_, cpu) = time(|| rpc(engine, "search", json!({ "query": query, "prefix": true, "k": 20 })))?;
        keys.push((cpu, query));
    }
    keys.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut all: Vec<f64> = keys.iter().map(|(cpu, _)| *cpu).collect();
    let dearest: Vec<_> = keys.iter().take(12).map(|(cpu, query)| format!("{cpu:.1} ms: {query}")).collect();
    Ok(json!({ "p50_cpu_ms": at(&mut all, 0.5), "p99_cpu_ms": at(&mut all, 0.99), "dearest": dearest }))
}

/// Whole tickets alone, and the dearest of them over and over: to look into with a profiler.
fn whole(engine: &Arc<Engine>, file: &str) -> Result<Value> {
    let mut asked = Vec::new();
    for line in chosen(file, &mut Dice(3))? {
        let ticket: Value = serde_json::from_str(&line)?;
        let (title, body) = (&ticket["subject"], &ticket["body"]);
        let question: BatchQuestion = serde_json::from_value(json!({ "id": "q", "subject": title, "body": body }))?;
        let (_, cpu) = time(|| Ok(engine.answer(&question, 20).map(drop)?))?;
        asked.push((cpu, question));
    }
    asked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut all: Vec<f64> = asked.iter().map(|(cpu, _)| *cpu).collect();
    let mut again = Vec::new();
    for (_, question) in asked.iter().take(6) {
        let mut times = Vec::new();
        for _ in 0..50 {
            times.push(time(|| Ok(engine.answer(question, 20).map(drop)?))?.1);
        }
        again.push(format!("{:.1} ms: {} characters, {}", at(&mut times, 0.5), question.body.len(), question.subject));
    }
    Ok(json!({ "p50_cpu_ms": at(&mut all, 0.5), "p99_cpu_ms": at(&mut all, 0.99), "dearest_again": again }))
}

/// Lines from all over the export, without holding all of it: its memory would be taken for the engine's.
fn chosen(file: &str, dice: &mut Dice) -> Result<Vec<String>> {
    let lines = || Ok::<_, anyhow::Error>(BufReader::new(std::fs::File::open(file)?).lines());
    let total = lines()?.count();
    let wanted: BTreeSet<usize> = (0..QUESTIONS).map(|_| dice.below(total)).collect();
    let found = lines()?.enumerate().filter(|(at, _)| wanted.contains(at));
    Ok(found.map(|(_, line)| line).collect::<std::io::Result<_>>()?)
}

fn rpc(engine: &Arc<Engine>, name: &str, args: Value) -> Result<()> {
    api::rpc(engine, name, args).map(drop).map_err(|error| anyhow::anyhow!(error.message))
}

/// By the clock and in processor time, in milliseconds.
fn time(work: impl FnOnce() -> Result<()>) -> Result<(f64, f64)> {
    let (started, spent) = (Instant::now(), Spent::start()?);
    work()?;
    Ok((started.elapsed().as_secs_f64() * 1e3, spent.ms()?))
}

/// The most memory that this process ever held; NaN where the system does not say.
fn peak_rss_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kb = line.and_then(|line| line.split_whitespace().next()).and_then(|kb| kb.parse::<f64>().ok());
    kb.map_or(f64::NAN, |kb| kb / 1024.0)
}
