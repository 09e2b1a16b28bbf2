//! `cargo xtask train SET…`: learns what each reason to show a case is worth, and writes it down.
//!
//!     cargo xtask train SET.jsonl… [--out FILE]
//!
//! A set is a tracker's history in the interchange format: tickets, of which some name in `duplicate_of` what they
//! repeat. Each set is imported into a workspace of its own without those labels, and every ticket that repeats an earlier
//! one is asked as it was on its day: the real engine measures the candidates, and a listwise logistic model says how
//! much each measure counts. Nothing is random and the order is fixed, so that the same sets give the same file.
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
//! in 70 of 100 and *perhaps* in 40. The shipped bars were learned on activemq, hive, storm and zookeeper.
//!
//! The converters are left to the reader: a record needs `kind`, `id`, `subject`, `body`, `body_format`, `created_at`,
//! `product`, `components` and `duplicate_of`. No data is kept in this repository.

mod fit;
mod replay;
mod report;
mod set;
mod verdict;

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

const WEIGHTS: &str = "src-tauri/crates/matching/src/learned.rs";

fn main() -> Result<()> {
    let (mut sets, mut out) = (Vec::new(), PathBuf::from(WEIGHTS));
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--out" => out = args.next().context("--out needs a file")?.into(),
            flag if flag.starts_with("--") => bail!("{flag} is not known: use --out"),
            file => sets.push(PathBuf::from(file)),
        }
    }
    if sets.is_empty() {
        bail!("name at least one labelled set: cargo xtask train SET.jsonl…");
    }
    // The order in which the sets were named must not matter.
    sets.sort_by_key(|path| path.file_name().map(ToOwned::to_owned));
    let replayed = sets.iter().map(|path| replay::set(path)).collect::<Result<Vec<_>>>()?;
    report::ceilings(&replayed);
    report::across(&replayed);
    let weights = fit::weights(replayed.iter().flat_map(|set| &set.questions));
    report::verdicts(&replayed);
    let learned = verdict::learn(&replayed)?;
    verdict::report(&replayed, &learned);
    verdict::write(&learned)?;
    write(&weights, &out)
}

fn write(weights: &fit::Weights, out: &Path) -> Result<()> {
    let mut text = String::from(
        "//! Written by `cargo xtask train`; README.md and `tests/train/main.rs` say from what. In points.\n\n\
         use crate::features::COUNT;\n\n/// In the order of [`crate::FEATURES`].\npub(crate) const LEARNED: [f64; COUNT] = [\n",
    );
    for (name, weight) in engine::FEATURES.iter().zip(weights) {
        text.push_str(&format!("    {weight:.2}, // {name}\n"));
        println!("{name:>16} {weight:8.2}");
    }
    text.push_str("];\n");
    std::fs::write(out, text)?;
    println!("Written to {}.", out.display());
    Ok(())
}
