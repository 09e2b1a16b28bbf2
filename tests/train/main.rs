//! `cargo xtask train SET…`: learns what each reason to show a case is worth, and writes it down.
//!
//!     cargo xtask train convert OUT.jsonl FOLDER…
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
//! | set | tickets | questions | SHA-256 of the file |
//! | --- | --- | --- | --- |
//! | activemq | 4,649 | 120 | `1042944c23a5e4660a814389ec33ca6bb61075f365fbfac740b60e454afde634` |
//! | hadoop (HADOOP, HDFS, MAPREDUCE, YARN) | 20,859 | 979 | `ce71221642bc6f942d39aee1cb2a95d53145655842eb44f3ee192857f78d5707` |
//! | hive | 11,862 | 346 | `8ded4a644d53532ee02b3bcb00e668015135b76efd3841713a45ca8ffe174071` |
//! | rust | 15,815 | 1,247 | `6fca1d0b404255bb93fa1b334fc277450dd16127c1d1dacca4e8875793914530` |
//! | storm | 1,507 | 47 | `7d0abb97111adc323849b370ce8e0113557d93a590e4c61e10726fb3138ee670` |
//! | zookeeper | 1,827 | 48 | `73823c61901212d278baca30c391152649f3274c0ffb83a07eefcfec9c43d2dd` |
//!
//! `convert` makes them (`convert.rs`), rust from a clone of github.com/brson/rust-issue-archive at ea867f06, the others from
//! one of github.com/SPEAR-SE/LogInBugReportsEmpirical_Data at ab9603c6:
//!
//!     cargo xtask train convert rust.jsonl RUST/items
//!     cargo xtask train convert activemq.jsonl SPEAR/bug_reports/ActiveMQ       # hive, storm and zookeeper likewise
//!     cargo xtask train convert hadoop.jsonl SPEAR/bug_reports/{Hadoop,HDFS,MAPREDUCE,YARN}
//!     cargo xtask train {activemq,hadoop,hive,rust,storm,zookeeper}.jsonl
//!     cargo xtask train {activemq,hive,storm,zookeeper}.jsonl --pack target/all-MiniLM-L6-v2.pack --vectors vectors
//!
//! give `learned.rs` with `bars.rs`, and `learned_with_pack.rs`, as they are; `--check src-tauri/crates/matching/src` says so.
//! Any other set is a record a line with `kind`, `id`, `subject`, `body`, `body_format`, `created_at`, `product`, `components`
//! and `duplicate_of`. No data is kept in this repository.
//!
//! From the same replay comes how sure is sure enough to say *seen before* (`bars.rs`): a logistic model of how much of the
//! text and of the title a case has, which of them are considered at all, and the lowest bars at which, of the questions of all
//! sets together, *seen before* is right in 70 of 100 and *perhaps* in 40. Which cases are the likely ones is up to the weights that are built in: after
//! `learned.rs` has changed, the bars are learned once more. With a semantic pack the weights are those for workspaces that
//! have one, and go into a file of their own; bars stay. Making vectors is most of the time then: `--vectors` keeps them between runs.
//!
//! What is printed besides is what a person reads before believing it: how each set does when it is left out, the newest
//! third of each with weights from what came before, each product with weights from all others, how often the verdict is right
//! with bars from the other sets, and a set to judge, which is measured and never learned from.

mod cache;
mod convert;
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
    let given: Vec<String> = std::env::args().skip(1).collect();
    if let Some(("convert", rest)) = given.split_first().map(|(first, rest)| (first.as_str(), rest)) {
        return convert::run(rest);
    }
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
        verdict::report(&those, &judged, &learned);
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
