//! `cargo xtask bench`: what the engine costs beside the bare libraries under it, in one run, as ratios.
//!
//!     cargo xtask bench [--tickets FILE]… [--sizes 3000,30000,300000] [--pack FILE] [--out DIR]
//!     cargo xtask bench growth [--tickets FILE]… [--sizes 30000,1000000]
//!     cargo xtask bench exam SET.jsonl [--pack FILE]
//!     cargo xtask bench insights [TICKETS]
//!     cargo xtask bench evidence [MB]
//!
//! Each measurement of memory or start-up runs in a process of its own. Times on shared machines mean little: read the
//! ratios, which come from the same run on the same texts. Those in processor time are to be: as you type at most twice the
//! bare index's *and* with a beginning (and 8 ms at 300,000), a whole ticket at most 2.5 times its best 25, and from 30,000
//! to 1,000,000 documents at most ten times as much; with the semantic pack at most 40 ms a whole ticket, which is embedded
//! first (the vectors of the documents are made up: what a question costs does not depend on what they say). Each run adds its ratios to `history.jsonl` in the folder.

mod bare;
mod child;
mod corpus;
mod cpu;
mod evidence;
mod exam;
mod figures;
mod growth;
mod insights;

use anyhow::{Context, Result, bail};
use engine::Clock;
use figures::{Cpu, Figures, Row};
use std::{
    io::Write,
    path::{Path, PathBuf},
};

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    // A child measures one thing in a fresh process and prints it.
    if let Some(task) = std::env::var_os("PRECEDENT_BENCH_CHILD") {
        return child::run(&task.to_string_lossy(), &args.collect::<Vec<_>>());
    }
    let (mut tickets, mut sizes, mut out) = (Vec::new(), vec![3_000, 30_000, 300_000], PathBuf::from("bench-results"));
    let (mut pack, mut growth, mut set) = (None, false, None);
    while let Some(flag) = args.next() {
        if flag == "insights" {
            return insights::run(args.next().map_or(Ok(100_000), |size| size.parse())?);
        }
        if flag == "growth" {
            (growth, sizes) = (true, vec![30_000, 1_000_000]);
            continue;
        }
        if flag == "exam" {
            set = Some(PathBuf::from(args.next().context("exam needs a labelled set")?));
            continue;
        }
        if flag == "evidence" {
            return evidence::run(args.next().map_or(Ok(50), |size| size.parse())?);
        }
        let value = args.next().with_context(|| format!("{flag} needs a value"))?;
        match flag.as_str() {
            "--tickets" => tickets.push(PathBuf::from(value)),
            "--sizes" => sizes = value.split(',').map(|size| Ok(size.parse()?)).collect::<Result<_>>()?,
            "--pack" => pack = Some(PathBuf::from(value)),
            "--out" => out = PathBuf::from(value),
            _ => bail!("{flag} is not known: use --tickets, --sizes, --pack, --out"),
        }
    }
    if let Some(set) = set {
        return note(&out, &[exam::run(&set, pack.as_deref())?]);
    }
    let corpus = corpus::load(&tickets)?;
    if growth {
        return note(&out, &growth::run(&corpus, &sizes)?);
    }
    let from = match tickets.as_slice() {
        [] => format!("the {} tickets of the sample company", corpus.len()),
        files => {
            let names: Vec<_> = files.iter().filter_map(|path| Some(path.file_name()?.to_string_lossy())).collect();
            format!("the {} tickets of {}", corpus.len(), names.join(", "))
        }
    };
    println!("Resampling {from}");
    let mut figures = Figures::new(from);
    for size in sizes {
        let row = measure(&corpus, size, pack.as_deref()).with_context(|| format!("at {size} documents"))?;
        println!("{}", row.summary());
        figures.rows.push(row);
    }
    let text = figures.table();
    println!("\n{text}");
    std::fs::create_dir_all(&out)?;
    let file = out.join("bench.md");
    std::fs::write(&file, text)?;
    println!("Written to {}.", file.display());
    note(&out, &figures.history())
}

/// What was measured stands in a line each, with when and of what, below what earlier runs found.
fn note(out: &Path, lines: &[serde_json::Value]) -> Result<()> {
    std::fs::create_dir_all(out)?;
    let file = out.join("history.jsonl");
    let mut history = std::fs::File::options().create(true).append(true).open(&file)?;
    let (at, commit) = (engine::SystemClock.now().to_rfc3339(), commit());
    for line in lines {
        let mut line = line.clone();
        (line["at"], line["commit"]) = (at.clone().into(), commit.clone().into());
        writeln!(history, "{line}")?;
    }
    println!("Added to {}.", file.display());
    Ok(())
}

/// As the checkout calls it; empty where this is none.
fn commit() -> String {
    let told = std::process::Command::new("git").args(["describe", "--always", "--dirty"]).output();
    told.map(|told| String::from_utf8_lossy(&told.stdout).trim().to_owned()).unwrap_or_default()
}

fn measure(corpus: &[corpus::Text], size: usize, pack: Option<&Path>) -> Result<Row> {
    let dir = tempfile::tempdir()?;
    let texts = corpus::resample(corpus, size);
    let export = dir.path().join("export.jsonl");
    corpus::write_export(&texts, &export)?;
    let home = dir.path().join("home");
    let imported = child::spawn("import", &[&home, &export])?;
    let bare = bare::build(&texts, dir.path())?;
    let started = child::spawn("start", &[&home])?;
    let asked = child::spawn("ask", &[&home, &export])?;
    let term_us = bare.term_query_us(&texts)?;
    let fts_ms = bare.fts_ms(&texts)?;
    // Last: what is installed stays.
    let meant = pack.map(|pack| child::spawn("mean", &[&home, &export, pack])).transpose()?;
    let figure =
        |from: &serde_json::Value, name: &str| from.get(name).and_then(serde_json::Value::as_f64).unwrap_or(f64::NAN);
    Ok(Row {
        documents: size,
        bytes: texts.iter().map(|text| text.title.len() + text.body.len()).sum(),
        import_seconds: figure(&imported, "seconds"),
        import_rss_mb: figure(&imported, "rss_mb"),
        bare_seconds: bare.seconds,
        bare_term_us: term_us,
        type_p50_ms: figure(&asked, "type_p50_ms"),
        type_p95_ms: figure(&asked, "type_p95_ms"),
        seen_p50_ms: figure(&asked, "seen_p50_ms"),
        seen_p95_ms: figure(&asked, "seen_p95_ms"),
        core_p95_ms: figure(&asked, "core_p95_ms"),
        ask_rss_mb: figure(&asked, "rss_mb"),
        fts_ms,
        start_ms: figure(&started, "ms"),
        cpu: Cpu {
            type_p99_ms: figure(&asked, "type_p99_cpu_ms"),
            bare_type_p99_ms: bare.typed_p99_cpu_ms(&texts)?,
            seen_p99_ms: figure(&asked, "seen_p99_cpu_ms"),
            core_p99_ms: figure(&asked, "core_p99_cpu_ms"),
            bare_whole_p99_ms: bare.whole_p99_cpu_ms(&texts)?,
            bare_best_p99_ms: bare.best_25_p99_cpu_ms(&texts)?,
            meant_p99_ms: meant.map(|meant| figure(&meant, "core_p99_cpu_ms")),
        },
    })
}
