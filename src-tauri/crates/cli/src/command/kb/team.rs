//! Sharing the knowledge folder: getting and giving, who wrote what, and choosing where two edits meet.

use crate::{
    Host,
    failed::Failed,
    output,
    words::fields::{flat, list, number, text},
};
use anyhow::Context;
use engine::api::args::{IdArgs, KnowledgeCloneArgs, KnowledgeDiffArgs, KnowledgeResolveArgs, KnowledgeShareArgs};
use serde_json::{Value, json};
use std::io::Read;

#[derive(clap::Args)]
pub(crate) struct Push {
    /// What to say of the edits that are committed.
    #[arg(short, long)]
    message: Option<String>,
    /// Share the folder there from now on: an address over https or ssh, or a folder that several machines see.
    #[arg(long, value_name = "ADDRESS")]
    to: Option<String>,
    /// Give it to this branch, to be looked at before it counts.
    #[arg(long)]
    branch: Option<String>,
}

#[derive(clap::Args)]
pub(crate) struct Resolve {
    /// The file, as `precedent kb conflicts` names it.
    path: String,
    /// Keep it as it is here.
    #[arg(long, conflicts_with_all = ["theirs", "text"])]
    ours: bool,
    /// Take it as the team has it.
    #[arg(long, conflicts_with = "text")]
    theirs: bool,
    /// A file with the text as it is to be; `-` reads it from here.
    #[arg(long, value_name = "FILE")]
    text: Option<String>,
}

pub(crate) fn clone(host: &Host, address: String, dir: &str) -> anyhow::Result<()> {
    super::folder(host, "kb_clone", &json!(KnowledgeCloneArgs { address, path: super::whole(dir) }))
}

pub(crate) fn pull(host: &Host, message: Option<String>) -> anyhow::Result<()> {
    let done = output::call(host, "kb_pull", &KnowledgeShareArgs { message, ..KnowledgeShareArgs::default() })?;
    shared(host, &done)
}

pub(crate) fn push(host: &Host, args: Push) -> anyhow::Result<()> {
    let Push { message, to, branch } = args;
    let to = to.map(|to| if to.contains(':') { to } else { super::whole(&to) });
    let done = output::call(host, "kb_push", &KnowledgeShareArgs { message, to, branch })?;
    shared(host, &done)
}

fn shared(host: &Host, done: &Value) -> anyhow::Result<()> {
    super::super::wait_until_searchable(host)?;
    output::print(host.json, done, || {
        let mut said = Vec::new();
        if done.pointer("/kept") == Some(&Value::Bool(true)) {
            said.push("What was edited is committed.".to_owned());
        }
        match text(done, "/outcome") {
            "taken" => said.push(format!("The team changed {} files; they are here now.", number(done, "/taken"))),
            "same" => said.push("The team did nothing new.".to_owned()),
            _ => {}
        }
        match number(done, "/given") {
            0 if number(done, "/standing/ahead") > 0 => {
                said.push(format!("{} commits of yours the team has not.", number(done, "/standing/ahead")));
            }
            0 => {}
            given => said.push(format!("Gave {given} commits to the team.")),
        }
        said.extend(list(done, "/marked").map(|one| {
            let why = match text(one, "/why") {
                "unknown" => "is not among the team's people",
                "unsigned" => "did not sign it",
                _ => "signed it with what cannot be verified here",
            };
            let commit = text(one, "/commit").get(..10).unwrap_or_default();
            format!("look at {commit}: {} {why} ({})", flat(text(one, "/author")), flat(text(one, "/summary")))
        }));
        said.extend(list(done, "/waits").map(|path| format!("waits  {}", flat(path.as_str().unwrap_or_default()))));
        said.join("\n")
    })?;
    if text(done, "/outcome") == "waits" {
        let next = "You and the team changed the same there. Nothing is lost and nothing was merged: \
                    `precedent kb conflicts` shows both sides, `precedent kb resolve` chooses.";
        return Err(Failed::Reported(next.into()).into());
    }
    Ok(())
}

pub(crate) fn standing(host: &Host) -> anyhow::Result<()> {
    let standing = output::call(host, "kb_standing", &json!({}))?;
    output::print(host.json, &standing, || {
        if standing.is_null() {
            return "The folder is no git repository: it is shared with nobody.".into();
        }
        let remote = match text(&standing, "/remote") {
            "" => "not shared yet".into(),
            remote => format!("shared with {}", flat(remote)),
        };
        let mut said = format!(
            "{}, {remote}. Edited and not committed: {}. Yours that the team has not: {}. The team's that is not here: {}.",
            flat(text(&standing, "/branch")),
            number(&standing, "/edited"),
            number(&standing, "/ahead"),
            number(&standing, "/behind")
        );
        if number(&standing, "/conflicts") > 0 {
            said.push_str(&format!("\nTo choose: {} files.", number(&standing, "/conflicts")));
        }
        said
    })
}

pub(crate) fn history(host: &Host, id: String) -> anyhow::Result<()> {
    let past = output::call(host, "kb_history", &IdArgs { id })?;
    output::print(host.json, &past, || super::lines(host, &past, "It was never committed.", commit))
}

fn commit(host: &Host, past: &Value) -> String {
    let at = past.pointer("/at").and_then(Value::as_i64).unwrap_or_default();
    format!(
        "{}  {}  {:<20} {:<8} {}",
        short(text(past, "/commit")),
        host.when.exact(at),
        flat(text(past, "/author")),
        text(past, "/edit"),
        flat(text(past, "/summary"))
    )
}

pub(crate) fn blame(host: &Host, id: String) -> anyhow::Result<()> {
    let lines = output::call(host, "kb_blame", &IdArgs { id })?;
    output::print(host.json, &lines, || {
        super::lines(host, &lines, "It is empty.", |_, line| {
            let who = match text(line, "/author") {
                "" => "not committed".into(),
                author => flat(author),
            };
            format!("{:<8}  {who:<20} {}", short(text(line, "/commit")), text(line, "/text"))
        })
    })
}

fn short(commit: &str) -> &str {
    commit.get(..8).unwrap_or_default()
}

pub(crate) fn diff(host: &Host, id: Option<String>, commit: Option<String>) -> anyhow::Result<()> {
    let diffs = output::call(host, "kb_diff", &KnowledgeDiffArgs { id, commit })?;
    output::print(host.json, &diffs, || {
        super::lines(host, &diffs, "Nothing.", |_, diff| {
            let patch = text(diff, "/patch").trim_end();
            format!("{}\n{}", flat(text(diff, "/path")), if patch.is_empty() { "no text" } else { patch })
        })
    })
}

pub(crate) fn conflicts(host: &Host) -> anyhow::Result<()> {
    let conflicts = output::call(host, "kb_conflicts", &json!({}))?;
    output::print(host.json, &conflicts, || {
        super::lines(host, &conflicts, "Nothing to choose.", |_, one| conflict(one))
    })
}

fn conflict(conflict: &Value) -> String {
    let settled = if conflict.pointer("/settled") == Some(&Value::Bool(true)) { "  (chosen)" } else { "" };
    let mut said = vec![format!("{}{settled}", flat(text(conflict, "/path")))];
    for piece in list(conflict, "/pieces").filter(|piece| piece.pointer("/agreed").is_none_or(Value::is_null)) {
        said.push(format!("  {}", flat(text(piece, "/place"))));
        for (side, name) in [("/ours", "here"), ("/theirs", "team")] {
            match piece.pointer(side).and_then(Value::as_str) {
                None => said.push(format!("    {name}: gone")),
                Some(lines) => said.extend(lines.lines().map(|line| format!("    {name}: {}", flat(line)))),
            }
        }
    }
    said.join("\n")
}

pub(crate) fn resolve(host: &Host, args: Resolve) -> anyhow::Result<()> {
    let Resolve { path, ours, theirs, text } = args;
    let side = if ours { Some("ours".to_owned()) } else { theirs.then(|| "theirs".to_owned()) };
    let text = text.map(|file| read(&file)).transpose()?;
    let done = output::call(host, "kb_resolve", &KnowledgeResolveArgs { path, side, text })?;
    shared(host, &done)
}

fn read(file: &str) -> anyhow::Result<String> {
    let mut text = String::new();
    if file == "-" {
        std::io::stdin().read_to_string(&mut text).context("the text cannot be read")?;
        return Ok(text);
    }
    std::fs::read_to_string(file).with_context(|| format!("{file} cannot be read"))
}
