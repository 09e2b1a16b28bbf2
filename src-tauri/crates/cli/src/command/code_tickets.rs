//! What somebody may mean by a piece of code: a commit, a release, a file, a line.

use crate::{Host, output};
use engine::api::args::{CodeTicketsArgs, ReleasesArgs};
use serde_json::Value;

pub(super) fn ask(host: &Host, of: &str, repo: Option<String>, at: Option<String>) -> anyhow::Result<Value> {
    let of = of.trim();
    let mut asked = CodeTicketsArgs { repo: repo.clone(), at, ..CodeTicketsArgs::default() };
    let is_commit = of.len() >= 7 && of.bytes().all(|b| b.is_ascii_hexdigit());
    if is_commit {
        asked.commit = Some(of.to_owned());
    } else if is_release(host, of, repo)? {
        asked.release = Some(of.to_owned());
    } else if let Some((path, line)) = of.rsplit_once(':').and_then(|(path, line)| Some((path, line.parse().ok()?))) {
        (asked.path, asked.line) = (Some(path.to_owned()), Some(line));
    } else {
        asked.path = Some(of.to_owned());
    }
    output::call(host, "code_tickets", &asked)
}

fn is_release(host: &Host, of: &str, repo: Option<String>) -> anyhow::Result<bool> {
    // `src/cart.rs` may look like a version, and is a file.
    if of.rsplit('.').next().is_some_and(|ending| ending.starts_with(|c: char| c.is_ascii_alphabetic()))
        && of.contains('/')
    {
        return Ok(false);
    }
    let found = output::call(host, "code_releases", &ReleasesArgs { repo, version: Some(of.to_owned()) })?;
    Ok(found.pointer("/releases/0").is_some())
}
