mod team;

use crate::{
    Host,
    failed::Failed,
    output,
    words::{
        counted,
        fields::{flat, list, number, text},
    },
};
use anyhow::Context;
use engine::api::args::{FolderArgs, IdArgs, KnowledgeExportArgs, KnowledgeListArgs, KnowledgeNewArgs};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
};

#[derive(clap::Subcommand)]
pub(crate) enum Args {
    /// Make a knowledge folder, and read it from now on. What is there already stays as it is.
    Init { dir: String },
    /// Read a knowledge folder that is there already: a clone of the team's repository, or a shared folder.
    Open { dir: String },
    /// Read the folder again: its known errors are found from then on.
    #[command(visible_alias = "status")]
    Read,
    /// Get a clone of what the team shares, and read it from now on. Git's own settings say who you are there.
    Clone {
        /// `https://…`, `ssh://…`, `git@host:path`, or a folder that several machines see.
        address: String,
        dir: String,
    },
    /// Commit what was edited and get what the team did. Ends with 1 where somebody has to choose first.
    Pull {
        /// What to say of the edits.
        #[arg(short, long)]
        message: Option<String>,
    },
    /// The same, and give the team what was done here.
    Push(team::Push),
    /// How the folder stands towards the team's. Asks no server.
    Standing,
    /// The commits that changed an entry or a rule, newest first.
    History { id: String },
    /// Who wrote each line of it.
    Blame { id: String },
    /// What was done here and the team has not, or what one commit changed.
    Diff {
        id: Option<String>,
        #[arg(long)]
        commit: Option<String>,
    },
    /// The files in which you and the team changed the same, both sides of each.
    Conflicts,
    /// Choose for one of them.
    Resolve(team::Resolve),
    /// What lies in it.
    List {
        /// `known_error`, article, runbook or concept.
        #[arg(long)]
        kind: Option<String>,
        /// What they may read: internal, partner, customer or public.
        #[arg(long)]
        audience: Option<String>,
    },
    /// One entry, as it is written; or an article of a help centre, and where it is to be changed.
    Show { id: String },
    /// Make a new file, begun from a ticket where one is named. What belongs to somebody is taken out.
    New {
        /// `known_error`, article, runbook or concept.
        kind: String,
        /// The ticket's subject when left out.
        title: Option<String>,
        /// Made from the title when left out.
        #[arg(long)]
        id: Option<String>,
        #[arg(long)]
        ticket: Option<String>,
    },
    /// What there is to mend. Ends with 1 where there is something.
    Check,
    /// Copy the folder, byte for byte, to where none is yet.
    Export {
        dir: String,
        /// Only what they may read: internal, partner, customer or public. What is archived stays here.
        #[arg(long)]
        audience: Option<String>,
    },
    /// Take a folder of Markdown in: ours as it is, anybody's as articles. Nothing is written over.
    Import { dir: String },
    /// Merge one file that two people changed, as git's merge driver: `precedent kb merge %O %A %B`. The result is
    /// written to OURS; ends with 1 where somebody has to choose.
    Merge { base: PathBuf, ours: PathBuf, theirs: PathBuf },
}

/// Needs no workspace.
pub(crate) fn merge(json: bool, base: &Path, ours: &Path, theirs: &Path) -> anyhow::Result<()> {
    let read = |path: &Path| fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()));
    let merged = engine::merge_knowledge(&read(base)?, &read(ours)?, &read(theirs)?);
    fs::write(ours, &merged.text).with_context(|| format!("{} cannot be written", ours.display()))?;
    let said = json!({ "conflicts": merged.conflicts });
    output::print(json, &said, || match merged.conflicts.as_slice() {
        [] => "Merged.".into(),
        places => format!("Both changed {}: choose between the marks in {}.", places.join(", "), ours.display()),
    })?;
    if merged.conflicts.is_empty() { Ok(()) } else { Err(Failed::Reported("Somebody has to choose.".into()).into()) }
}

pub(crate) fn run(host: &Host, args: Args) -> anyhow::Result<()> {
    match args {
        Args::Init { dir } => folder(host, "kb_init", &json!(FolderArgs { path: whole(&dir) })),
        Args::Open { dir } => folder(host, "kb_open", &json!(FolderArgs { path: whole(&dir) })),
        Args::Read => folder(host, "kb_read", &json!({})),
        Args::Clone { address, dir } => {
            let address = if address.contains(':') { address } else { whole(&address) };
            team::clone(host, address, &dir)
        }
        Args::Pull { message } => team::pull(host, message),
        Args::Push(args) => team::push(host, args),
        Args::Standing => team::standing(host),
        Args::History { id } => team::history(host, id),
        Args::Blame { id } => team::blame(host, id),
        Args::Diff { id, commit } => team::diff(host, id, commit),
        Args::Conflicts => team::conflicts(host),
        Args::Resolve(args) => team::resolve(host, args),
        Args::List { kind, audience } => {
            let entries = output::call(host, "kb_list", &KnowledgeListArgs { kind, audience })?;
            output::print(host.json, &entries, || {
                lines(host, &entries, "The folder holds nothing of that yet.", |_, entry| line(entry))
            })
        }
        Args::Show { id } => {
            // A key names its source; only the folder's own have their file beside it.
            if id.split_once(':').is_some_and(|(source, _)| source != "knowledge") {
                let article = output::call(host, "article_get", &IdArgs { id })?;
                return output::print(host.json, &article, || in_full(&article));
            }
            let entry = output::call(host, "kb_show", &IdArgs { id })?;
            output::print(host.json, &entry, || text(&entry, "/text").trim_end().to_owned())
        }
        Args::New { kind, title, id, ticket } => {
            let made = output::call(host, "kb_new", &KnowledgeNewArgs { kind, title, id, ticket })?;
            let words = || format!("Made {}. Complete it, then `precedent kb check`.", text(&made, "/entry/path"));
            output::print(host.json, &made, words)
        }
        Args::Check => {
            let found = output::call(host, "kb_check", &json!({}))?;
            output::print(host.json, &found, || lines(host, &found, "Nothing to mend.", |_, found| finding(found)))?;
            let Some(_) = list(&found, "").next() else { return Ok(()) };
            Err(Failed::Reported("There are things to mend.".into()).into())
        }
        Args::Export { dir, audience } => {
            let done = output::call(host, "kb_export", &KnowledgeExportArgs { path: whole(&dir), audience })?;
            output::print(host.json, &done, || format!("Copied {} files to {dir}.", number(&done, "/files")))
        }
        Args::Import { dir } => {
            let done = output::call(host, "kb_import", &FolderArgs { path: whole(&dir) })?;
            output::print(host.json, &done, || taken_in(&done))
        }
        Args::Merge { .. } => unreachable!("it was answered without a workspace"),
    }
}

fn whole(dir: &str) -> String {
    std::path::absolute(dir).map_or_else(|_| dir.to_owned(), |path| path.display().to_string())
}

fn folder(host: &Host, command: &str, args: &Value) -> anyhow::Result<()> {
    let read = output::call(host, command, args)?;
    super::wait_until_searchable(host)?;
    output::print(host.json, &read, || {
        let mut said = format!(
            "{}: {} known errors, {} articles, {} runbooks, {} concepts, {} rules.",
            flat(text(&read, "/folder")),
            number(&read, "/known_errors"),
            number(&read, "/articles"),
            number(&read, "/runbooks"),
            number(&read, "/concepts"),
            number(&read, "/rules")
        );
        said.push_str(&format!("\n{} changed, {} gone.", number(&read, "/changed"), number(&read, "/gone")));
        let findings = number(&read, "/findings");
        if findings > 0 {
            let mend = counted(findings, "thing to mend", "things to mend");
            said.push_str(&format!(
                "\n{mend}: `precedent kb check` names {}.",
                if findings == 1 { "it" } else { "them" }
            ));
        }
        said
    })
}

fn lines(host: &Host, all: &Value, none: &str, line: fn(&Host, &Value) -> String) -> String {
    let lines: Vec<String> = list(all, "").map(|one| line(host, one)).collect();
    if lines.is_empty() { none.into() } else { lines.join("\n") }
}

fn line(entry: &Value) -> String {
    let state = match text(entry, "/state") {
        "" => text(entry, "/confidence"),
        state => state,
    };
    format!("{:<32} {:<20} {}", flat(text(entry, "/id")), state.replace('_', " "), flat(text(entry, "/title")))
}

/// One of a help centre: it is changed there.
fn in_full(article: &Value) -> String {
    let (title, body) = (flat(text(article, "/title")), text(article, "/text").trim_end());
    let confidence = text(article, "/confidence").replace('_', " ");
    let mut head =
        format!("{title}\n{} · {confidence} · for: {}", text(article, "/source"), text(article, "/audience"));
    if let Some(url) = article.pointer("/url").and_then(Value::as_str) {
        head.push_str(&format!("\nChanged at {}", flat(url)));
    }
    format!("{head}\n\n{body}")
}

fn finding(finding: &Value) -> String {
    format!("{}: {}", flat(text(finding, "/path")), flat(text(finding, "/what")))
}

fn taken_in(done: &Value) -> String {
    let left: Vec<String> = list(done, "/left").map(|left| format!("\nleft {}", finding(left))).collect();
    let added = list(done, "/added").count();
    format!("{added} added, {} unchanged, {} left.{}", number(done, "/unchanged"), left.len(), left.concat())
}
