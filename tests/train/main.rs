//! `cargo xtask train SET…`: learns what each reason to show a case is worth, and writes it down.
//!
//!     cargo xtask train SET.jsonl… [--bars NAME,…] [--judge SET.jsonl]… [--pack FILE] [--vectors FILE] [--threads N]
//!                       [--out DIR | --check DIR]
//!
//! A set is a tracker's history in the interchange format: tickets, of which some name in `duplicate_of` what they
//! repeat. Each set is imported into a workspace of its own without those labels, and every ticket that repeats an earlier
//! one is asked as it was on its day: the real engine measures the candidates, and a listwise logistic model
//! (`matching/src/fit.rs`) says how much each measure counts. Nothing is random and the order is fixed, so that the same sets
//! give the same files, bit for bit, whatever the order in which they are named and however many threads ask
//! (`tests/journeys/train.rs`). With `--check` nothing is written: it fails where the files in a folder say anything else.
//!
//! The shipped weights were learned on these trackers and never on the one that README.md judges them by (Titanium; the
//! other projects of its archive are part of that exam too):
//!
//! | set | tickets | questions | source |
//! | --- | --- | --- | --- |
//! | hadoop (HADOOP, HDFS, MAPREDUCE, YARN) | 20,859 | 979 | bug reports of github.com/SPEAR-SE/LogInBugReportsEmpirical_Data, links of the type Duplicate |
//! | hive | 11,862 | 345 | the same |
//! | activemq | 4,649 | 120 | the same |
//! | storm, zookeeper | 1,507 and 1,827 | 47 and 48 | the same |
//! | rust | 15,815 | 1,246 | issues of github.com/brson/rust-issue-archive; a comment in a closed one says "duplicate of #…"; labels `A-…` are components |
//!
//! From the same replay comes how sure is sure enough to say *seen before* (`bars.rs`): a logistic model of how much of the text
//! and of the title a case has, and the lowest bars at which, of the questions of all sets together, *seen before* is right
//! in 70 of 100 and *perhaps* in 40. The shipped bars were learned on `--bars activemq,hive,storm,zookeeper`.
//!
//! With a semantic pack the weights are those for workspaces that have one, and go into a file of their own; bars stay. Making
//! vectors is most of the time then: `--vectors` keeps them between runs. The shipped ones were learned on activemq, hive, storm
//! and zookeeper. A set to judge is measured with the weights and never learned from.
//!
//! The converters are left to the reader: a record needs `kind`, `id`, `subject`, `body`, `body_format`, `created_at`,
//! `product`, `components` and `duplicate_of`. No data is kept in this repository.

mod cache;
mod fit;
mod replay;
mod report;
mod set;
mod verdict;

use anyhow::{Context, Result, bail, ensure};
use fit::Weights;
use std::path::{Path, PathBuf};

const SHIPPED: &str = "src-tauri/crates/matching/src";

/// What is there besides the sets.
pub struct Around {
    pack: Option<PathBuf>,
    vectors: Option<PathBuf>,
    threads: usize,
}

struct Asked {
    sets: Vec<PathBuf>,
    judged: Vec<PathBuf>,
    bars: Option<Vec<String>>,
    around: Around,
    out: PathBuf,
    check: bool,
}

fn main() -> Result<()> {
    let Asked { sets, judged, bars, around, out, check } = asked()?;
    let replay = |paths: &[PathBuf]| paths.iter().map(|path| replay::set(path, &around)).collect::<Result<Vec<_>>>();
    let replayed = replay(&sets)?;
    report::ceilings(&replayed);
    report::across(&replayed);
    let weights = fit::weights(replayed.iter().flat_map(|set| &set.questions));
    let judged = replay(&judged)?;
    report::judged(&judged, &weights);
    report::verdicts(&replayed);
    let with_pack = around.pack.is_some();
    let name = if with_pack { "learned_with_pack.rs" } else { "learned.rs" };
    let mut files = vec![(name, words(&weights, with_pack))];
    if !with_pack {
        let of_those = |set: &&replay::Set| bars.as_ref().is_none_or(|names| names.contains(&set.name));
        let those: Vec<&replay::Set> = replayed.iter().filter(of_those).collect();
        let learned = verdict::learn(&those)?;
        verdict::report(&those, &learned);
        files.push(("bars.rs", verdict::words(&learned)));
    }
    for (name, text) in files {
        let path = out.join(name);
        if check {
            let there = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            ensure!(
                there == text,
                "{} says something else than these sets: run without --check to see what",
                path.display()
            );
            println!("{} is what these sets give.", path.display());
        } else {
            std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
            println!("Written to {}.", path.display());
        }
    }
    Ok(())
}

fn asked() -> Result<Asked> {
    let around = Around { pack: None, vectors: None, threads: 1 };
    let (sets, judged) = (Vec::new(), Vec::new());
    let mut asked = Asked { sets, judged, bars: None, around, out: SHIPPED.into(), check: false };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().with_context(|| format!("{arg} needs something after it"));
        match arg.as_str() {
            "--out" => asked.out = value()?.into(),
            "--check" => (asked.out, asked.check) = (value()?.into(), true),
            "--judge" => asked.judged.push(value()?.into()),
            "--bars" => asked.bars = Some(value()?.split(',').map(str::to_owned).collect()),
            "--pack" => asked.around.pack = Some(value()?.into()),
            "--vectors" => asked.around.vectors = Some(value()?.into()),
            "--threads" => asked.around.threads = value()?.parse().context("--threads needs a number")?,
            flag if flag.starts_with("--") => {
                bail!("{flag} is not known: use --out, --check, --judge, --bars, --pack, --vectors or --threads")
            }
            file => asked.sets.push(PathBuf::from(file)),
        }
    }
    if asked.sets.is_empty() {
        bail!("name at least one labelled set: cargo xtask train SET.jsonl…");
    }
    // The order in which the sets were named must not matter.
    let by_name = |path: &PathBuf| Path::file_name(path).map(ToOwned::to_owned);
    asked.sets.sort_by_key(by_name);
    asked.judged.sort_by_key(by_name);
    Ok(asked)
}

/// As rustfmt lays it out.
fn words(weights: &Weights, with_pack: bool) -> String {
    let which = if with_pack { "Where it is known what the texts mean" } else { "By words alone" };
    let mut text = format!(
        "//! Written by `cargo xtask train`; `tests/train/main.rs` says from what. In points.\n\n\
         use crate::features::COUNT;\n\n/// {which}, in the order of [`crate::FEATURES`].\npub(crate) const LEARNED: [f64; COUNT] = [\n",
    );
    for (name, weight) in engine::FEATURES.iter().zip(weights) {
        let number = format!("{weight:.2},");
        text.push_str(&format!("    {number:<6} // {name}\n"));
        // In full besides, so that two runs can be held against each other bit for bit.
        println!("{name:>16} {weight:8.2}   {weight}");
    }
    text + "];\n"
}
