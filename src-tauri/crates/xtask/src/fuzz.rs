//! Made-up input for everything that reads strangers' text: LLVM's fuzzer over the targets in `fuzz/`, with the stable
//! compiler. What it finds worth keeping is kept in `target/fuzz`; what broke something, too, with its path told.

use crate::shell::{Repo, must};
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::Command;

const SECONDS: u32 = 60;
/// Coverage counters and comparisons: what the fuzzer steers by.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

pub fn run(repo: &Repo, args: &[String]) -> Result<()> {
    let (seconds, wanted) = match args {
        [flag, seconds, wanted @ ..] if flag == "--seconds" => {
            (seconds.parse().context("--seconds takes a number")?, wanted)
        }
        wanted => (SECONDS, wanted),
    };
    let known = targets(repo)?;
    if let Some(unknown) = wanted.iter().find(|name| !known.contains(name)) {
        bail!("`{unknown}` is no target: {}", known.join(", "));
    }
    let programs = build(repo)?;
    let chosen: Vec<&String> = known.iter().filter(|name| wanted.is_empty() || wanted.contains(name)).collect();
    let mut broken = Vec::new();
    for name in &chosen {
        if let Err(error) = one(repo, &programs, name, seconds) {
            println!("{error:#}");
            broken.push(name.as_str());
        }
    }
    if !broken.is_empty() {
        bail!("{} of {} targets broke: {}", broken.len(), chosen.len(), broken.join(", "));
    }
    println!("fuzz: {} targets, {seconds} s each, nothing broke", chosen.len());
    Ok(())
}

fn targets(repo: &Repo) -> Result<Vec<String>> {
    let entries = std::fs::read_dir(repo.path("fuzz/targets")).context("fuzz/targets is not there")?;
    let names = entries.filter_map(|entry| Some(entry.ok()?.path().file_stem()?.to_string_lossy().into_owned()));
    let mut names: Vec<String> = names.collect();
    names.sort();
    Ok(names)
}

/// Into a place of its own: with these flags everything is compiled differently.
fn build(repo: &Repo) -> Result<PathBuf> {
    let target = repo.path("target/fuzz");
    // A target that is named is kept apart from build scripts, which get no counters.
    let host = host()?;
    let mut cargo = repo.cargo(&["build", "--release", "--locked", "--manifest-path", "fuzz/Cargo.toml"]);
    cargo.args(["--target", &host]).env("RUSTFLAGS", FLAGS).env("CARGO_TARGET_DIR", &target);
    must(&mut cargo)?;
    Ok(target.join(host).join("release"))
}

fn host() -> Result<String> {
    let told = crate::shell::quietly("rustc", &["-vV"]).context("`rustc -vV` did not answer")?;
    let host = told.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("`rustc -vV` names no host")?.to_owned())
}

fn one(repo: &Repo, programs: &std::path::Path, name: &str, seconds: u32) -> Result<()> {
    let (found, broken) = (repo.path("target/fuzz/corpus").join(name), repo.path("target/fuzz/broken").join(name));
    std::fs::create_dir_all(&found)?;
    std::fs::create_dir_all(&broken)?;
    let mut fuzzer = Command::new(programs.join(name));
    // New finds go to the first folder; the second is the one that is committed.
    fuzzer.arg(&found).arg(repo.path("fuzz/corpus").join(name));
    fuzzer.arg(format!("-artifact_prefix={}/", broken.display()));
    fuzzer.args([format!("-max_total_time={seconds}"), "-timeout=10".into(), "-rss_limit_mb=2048".into()]);
    fuzzer.args(["-max_len=16384", "-print_final_stats=1"]);
    must(&mut fuzzer).with_context(|| format!("{name} broke; its input lies in {}", broken.display()))
}
