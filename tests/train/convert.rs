//! From a tracker's history, as others published it, to a labelled set: `cargo xtask train convert OUT.jsonl FOLDER…`.
//!
//! A folder holds either Jira's issues, one `KEY-1.json` each, where a link of the type *Duplicate* is the label; or GitHub's,
//! `000001-main.json` with `000001-comments.json`, where a comment in a closed issue says *duplicate of #1*.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
};

const MAIN: &str = "-main.json";

pub fn run(args: &[String]) -> Result<()> {
    let (out, folders) =
        args.split_first().context("say where to write and what to read: convert OUT.jsonl FOLDER…")?;
    ensure!(!folders.is_empty(), "name at least one folder of issues: convert OUT.jsonl FOLDER…");
    let mut records = Vec::new();
    for folder in folders {
        // The order in which a folder lists its files must not matter.
        let files = fs::read_dir(folder).with_context(|| format!("cannot read {folder}"))?;
        let mut files = files.map(|file| Ok(file?.path())).collect::<Result<Vec<PathBuf>>>()?;
        files.sort();
        for path in files.iter().filter(|path| path.extension().is_some_and(|end| end == "json")) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            match name.strip_suffix(MAIN) {
                Some(number) => {
                    records.extend(of_github(&read(path)?, &path.with_file_name(format!("{number}-comments.json")))?)
                }
                None if name.ends_with("-comments.json") || name.ends_with("-xrefs.json") => {}
                None => records.push(of_jira(&read(path)?)),
            }
        }
    }
    // What is not here cannot be found, and two tickets that repeat it would be asked for each other.
    let known: HashSet<String> = records.iter().filter_map(|record| record["id"].as_str().map(str::to_owned)).collect();
    for record in &mut records {
        if let Some(of) = record["duplicate_of"].as_array_mut() {
            of.retain(|id| id.as_str().is_some_and(|id| known.contains(id)));
        }
    }
    let labelled =
        records.iter().filter(|record| record["duplicate_of"].as_array().is_some_and(|of| !of.is_empty())).count();
    let text: String = records.iter().map(|record| format!("{record}\n")).collect();
    fs::write(out, text).with_context(|| format!("cannot write {out}"))?;
    println!("{out}: {} tickets, of {labelled} it is said what they repeat.", records.len());
    Ok(())
}

fn read(path: &Path) -> Result<Value> {
    let text = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("{} is no issue", path.display()))
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn of_jira(issue: &Value) -> Value {
    let fields = &issue["fields"];
    let same = list(&fields["issuelinks"])
        .filter(|link| link["type"]["name"] == "Duplicate")
        .filter_map(|link| ["inwardIssue", "outwardIssue"].iter().find_map(|side| link[*side]["key"].as_str()));
    json!({
        "kind": "ticket", "id": issue["key"], "subject": word(&fields["summary"]), "body": word(&fields["description"]),
        "body_format": "jira", "created_at": fields["created"], "product": fields["project"]["key"],
        "components": list(&fields["components"]).map(|part| &part["name"]).collect::<Vec<_>>(),
        "duplicate_of": same.collect::<Vec<_>>(),
    })
}

/// Nothing of a pull request.
fn of_github(issue: &Value, comments: &Path) -> Result<Option<Value>> {
    if issue["pull_request"].is_object() {
        return Ok(None);
    }
    let repository = word(&issue["repository_url"]).trim_start_matches("https://api.github.com/repos/");
    let name = repository.rsplit('/').next().unwrap_or_default();
    let id = |number: u64| format!("{}-{number}", name.to_uppercase());
    let number = issue["number"].as_u64().unwrap_or_default();
    let mut same = Vec::new();
    if issue["state"] == "closed" && comments.exists() {
        let said = read(comments)?;
        same.extend(list(&said).flat_map(|comment| named(word(&comment["body"]), repository)));
        same.retain(|other| *other != number);
    }
    Ok(Some(json!({
        "kind": "ticket", "id": id(number), "subject": word(&issue["title"]), "body": word(&issue["body"]),
        "body_format": "markdown", "created_at": issue["created_at"], "product": name,
        "components": list(&issue["labels"]).filter_map(|label| word(&label["name"]).strip_prefix("A-")).collect::<Vec<_>>(),
        "duplicate_of": same.into_iter().map(id).collect::<Vec<_>>(),
    })))
}

/// The numbers after *duplicate of*, as a number of this repository or as its address.
fn named(text: &str, repository: &str) -> Vec<u64> {
    let text = text.to_ascii_lowercase();
    let address = format!("https://github.com/{}/issues/", repository.to_ascii_lowercase());
    let mut numbers = Vec::new();
    for words in ["duplicate of ", "dup of ", "dupe of "] {
        for (at, _) in text.match_indices(words) {
            let (before, after) = (&text[..at], text[at + words.len()..].trim_start());
            if before.ends_with(|c: char| c.is_alphanumeric()) {
                continue;
            }
            let number = after.strip_prefix('#').or_else(|| after.strip_prefix(&address)).unwrap_or_default();
            let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
            numbers.extend(digits.parse::<u64>());
        }
    }
    numbers
}
