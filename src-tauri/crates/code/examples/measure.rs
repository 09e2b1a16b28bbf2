//! What the code lane says of a project's fixed issues, beside what its tracker says:
//! `cargo run --release -p code --example measure -- REPOSITORY TICKETS.jsonl [DIFFERING.txt]`, with tickets as Jira's API
//! returns them, one to a line. Prints how long the history took, how large it is, and how often the first release on some
//! line is among the tracker's fix versions. The third file gets the issues that differ.

use code::{
    History, Links, Releases, Repository,
    fix::{Sight, Subject, follow},
    history,
};
use domain::Version;
use serde_json::Value;
use std::{collections::HashMap, error::Error, fmt::Write, path::Path, time::Instant};

/// Its name, and whether its files alone say that it has it.
fn said(release: &code::Release, fix: &code::fix::Fix<'_>) -> String {
    let by_files = fix.by_files.iter().any(|other| other.name == release.name);
    format!("{}{}", release.name, if by_files { " (files)" } else { "" })
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [repository, tickets, rest @ ..] = &args[..] else {
        return Err("name a repository and a file of tickets".into());
    };
    let repository = Repository::open(Path::new(repository))?;
    let began = Instant::now();
    let read = history::update(&repository, History::default(), &|_| {}, &|| false)?;
    let packed = read.piece.as_deref().unwrap_or_default();
    let took = began.elapsed();
    println!("{} commits, all: {}, in {took:.1?}; packed {} bytes", read.added, read.whole, packed.len());
    let began = Instant::now();
    let loaded = History::load([packed])?;
    println!("unpacked in {:.1?}", began.elapsed());
    let began = Instant::now();
    let again = history::update(&repository, loaded, &|_| {}, &|| false)?;
    println!("read again in {:.1?}: {} new", began.elapsed(), again.added);

    let releases = Releases::of(&read.refs);
    let patches = std::cell::RefCell::new(HashMap::new());
    let patch = |commit| *patches.borrow_mut().entry(commit).or_insert_with(|| repository.patch_id(commit));
    let sketches = std::cell::RefCell::new(HashMap::new());
    let sketch = |commit| *sketches.borrow_mut().entry(commit).or_insert_with(|| repository.sketch(commit));
    let states = std::cell::RefCell::new(HashMap::new());
    let file = |commit, path: &str| {
        let key = (commit, path.to_owned());
        *states.borrow_mut().entry(key).or_insert_with(|| repository.file_state(commit, path))
    };
    let sight = Sight {
        history: &read.history,
        refs: &read.refs,
        releases: &releases,
        links: &Links::of(&read.history, &read.refs),
        patch: &patch,
        sketch: &sketch,
        undone: &|_, _| false,
        running: &[],
        told: &[],
        file: &file,
    };
    let (mut asked, mut any, mut lowest, mut copies, mut reverted) = (0, 0, 0, 0, 0);
    let (mut first, mut times) = (Vec::new(), Vec::new());
    let mut differing = String::new();
    for line in std::fs::read_to_string(tickets)?.lines() {
        let ticket: Value = serde_json::from_str(line)?;
        let text = |path: &str| ticket.pointer(path).and_then(Value::as_str).unwrap_or_default();
        let names = |field: &str| -> Vec<String> {
            let list = ticket.pointer(&format!("/fields/{field}")).and_then(Value::as_array);
            list.into_iter().flatten().filter_map(|version| Some(version.get("name")?.as_str()?.to_owned())).collect()
        };
        let (key, fixed) = (text("/key"), names("fixVersions"));
        if text("/fields/resolution/name") != "Fixed" || fixed.is_empty() {
            continue;
        }
        let subject = Subject::Key(key.to_owned());
        let time = |text: &str| domain::Millis::parse(text).map_or(0, |at| at.0 / 1000);
        let comments = ticket.pointer("/fields/comment/comments").and_then(Value::as_array).into_iter().flatten();
        let comments = comments.filter_map(|one| Some((time(one["created"].as_str()?), one["body"].as_str()?)));
        let told = code::fix::told(&read.history, time(text("/fields/created")), comments);
        let sight = Sight { told: &told, ..sight };
        let began = Instant::now();
        let fix = follow(&subject, &sight);
        first.push(began.elapsed());
        let began = Instant::now();
        let _ = follow(&subject, &sight);
        if fix.first.is_empty() {
            continue;
        }
        times.push(began.elapsed());
        asked += 1;
        copies += usize::from(fix.commits.iter().any(|commit| commit.why != code::fix::Why::Named));
        reverted += usize::from(fix.commits.iter().any(|commit| commit.reverted_by.is_some()));
        let fixed: Vec<Version> = fixed.iter().filter_map(|name| Version::parse(name)).collect();
        let is_told = |release: &&&code::Release| fixed.contains(&release.version);
        lowest += usize::from(fix.first.first().is_some_and(|first| is_told(&&&**first)));
        if fix.opening().iter().any(|release| is_told(&release)) {
            any += 1;
        } else {
            let ours: Vec<String> = fix.opening().iter().map(|release| said(release, &fix)).take(4).collect();
            let theirs: Vec<&str> = fixed.iter().map(Version::as_str).collect();
            writeln!(differing, "{key}: tracker {theirs:?}, affected {:?}, here {ours:?}", names("versions"))?;
            for commit in fix.commits.iter().filter_map(|commit| read.history.get(commit.place)) {
                let at = domain::Millis(commit.committed_at * 1000).to_rfc3339();
                writeln!(differing, "  {} {at} {}", commit.id, commit.subject)?;
            }
        }
    }
    first.sort_unstable();
    times.sort_unstable();
    let share = |count: usize| 100.0 * count as f64 / asked.max(1) as f64;
    println!("{asked} fixed issues with a commit in a release and a fix version");
    println!(
        "first release on some line among the tracker's: {any} ({:.1} %); the lowest: {lowest} ({:.1} %)",
        share(any),
        share(lowest)
    );
    println!("{copies} have a copy that names no issue; of {reverted} a commit was taken back");
    for (what, times) in [("the first time, patches compared", &first), ("warm", &times)] {
        let at = |share: usize| times.get(times.len().saturating_sub(1) * share / 100).copied().unwrap_or_default();
        println!("a fix, {what}: median {:.1?}, 95 % within {:.1?}, all within {:.1?}", at(50), at(95), at(100));
    }
    if let Some(path) = rest.first() {
        std::fs::write(path, differing)?;
    }
    Ok(())
}
