use crate::{
    Host,
    failed::Failed,
    output, words,
    words::fields::{flag, list, number, text, time},
};
use engine::api::args::{ChangesArgs, CodeAddArgs, FixArgs, FramesArgs, ReleasesArgs, RepoArgs, SeenArgs};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use std::{fmt::Write, time::Duration};

#[derive(clap::Subcommand)]
pub(crate) enum Args {
    /// Add a clone that lies on this machine, which is only ever read, or an address, of which a mirror is made. Then read it.
    Add {
        /// The folder that holds .git, a bare repository, or an address: https://…, ssh://…, git@host:path.
        #[arg(value_name = "PATH_OR_URL")]
        path: String,
        /// Made from the folder's name when left out.
        #[arg(long)]
        name: Option<String>,
    },
    /// Every repository, and what is known of it.
    #[command(visible_alias = "status")]
    List,
    /// Read what is new in one repository, or in all. Asks no server.
    Update { name: Option<String> },
    /// Fetch what is new into one mirror, or into all, and read it. Your own git credentials are used.
    Fetch { name: Option<String> },
    /// Forget a repository. A clone stays as it is; a mirror is deleted.
    Remove { name: String },
    /// The releases of a repository, or those that a version may mean.
    Releases {
        #[arg(long, value_name = "N")]
        repo: Option<String>,
        /// As the customer says it: 2.2, v2.2.1.
        #[arg(long, value_name = "VERSION")]
        at: Option<String>,
    },
    /// The lines that the frames of a stack trace name, at a version.
    Frames {
        #[arg(long, value_name = "N")]
        repo: Option<String>,
        /// What the customer runs; the main branch when left out.
        #[arg(long, value_name = "VERSION")]
        at: Option<String>,
        /// A text that holds a stack trace; - or nothing for standard input.
        file: Option<String>,
    },
    /// What changed between two versions, nearest first to a ticket's frames, and the files to look at.
    Changes {
        #[arg(long, value_name = "N")]
        repo: Option<String>,
        /// The version that was still good; the release before --to when left out.
        #[arg(long, value_name = "VERSION")]
        from: Option<String>,
        /// What the customer runs; what the ticket says when left out, and else the main branch.
        #[arg(long, value_name = "VERSION")]
        to: Option<String>,
        /// A file to look at.
        #[arg(long, value_name = "P")]
        path: Vec<String>,
        /// A stored ticket.
        #[arg(long, value_name = "ID", conflicts_with = "file")]
        ticket: Option<String>,
        /// The text of a ticket; - for standard input.
        file: Option<String>,
    },
    /// How well all this does on the tickets of this workspace that were fixed: frames, functions, files to look at.
    Exam {
        #[arg(long, value_name = "N")]
        repo: Option<String>,
        /// Tickets that are looked through for files, newest first.
        #[arg(long, value_name = "N")]
        limit: Option<u32>,
    },
    /// Where the fix of an issue, a pull request or a commit shipped, and what that means for a version.
    Fix {
        /// AMQ-100, #12, an address of either, or the beginning of a commit's name.
        #[arg(value_name = "REF")]
        reference: String,
        #[arg(long, value_name = "N")]
        repo: Option<String>,
        /// What the customer runs.
        #[arg(long, value_name = "VERSION")]
        at: Option<String>,
    },
}

pub(crate) fn run(host: &Host, args: Args) -> anyhow::Result<()> {
    match args {
        Args::Add { path, name } => {
            let is_address = engine::is_repository_address(&path);
            let whole = |path: String| std::path::absolute(&path).map_or(path, |path| path.display().to_string());
            let path = if is_address { path } else { whole(path) };
            let added = output::call(host, "code_add", &CodeAddArgs { path, name })?;
            let name = Some(text(&added, "/name"));
            let read = if is_address { fetch(host, name)? } else { update(host, name)? };
            let repo = read.get(0).cloned().unwrap_or(added);
            output::print(host.json, &repo, || line(host, &repo))
        }
        Args::List => {
            let repos = output::call(host, "code_list", &json!({}))?;
            output::print(host.json, &repos, || all(host, &repos))
        }
        Args::Update { name } => {
            let repos = update(host, name.as_deref())?;
            output::print(host.json, &repos, || all(host, &repos))
        }
        Args::Fetch { name } => {
            let repos = fetch(host, name.as_deref())?;
            output::print(host.json, &repos, || match repos.as_array() {
                Some(repos) if repos.is_empty() => "There is no mirror. `precedent code add URL` makes one.".into(),
                _ => all(host, &repos),
            })
        }
        Args::Remove { name } => {
            let done = output::call(host, "code_remove", &RepoArgs { name: name.clone() })?;
            output::print(host.json, &done, || {
                format!("{name} is forgotten. A clone was not touched; a mirror was deleted.")
            })
        }
        Args::Releases { repo, at } => {
            let asked = ReleasesArgs { repo, version: at.clone() };
            let found = output::call(host, "code_releases", &asked)?;
            output::print(host.json, &found, || releases(host, &found, at.as_deref()))
        }
        Args::Frames { repo, at, file } => {
            let asked = FramesArgs { text: crate::read_input(file.as_deref())?, repo, version: at };
            let found = output::call(host, "code_frames", &asked)?;
            output::print(host.json, &found, || frames(host, &found))
        }
        Args::Changes { repo, from, to, path, ticket, file } => {
            let text = file.map(|file| crate::read_input(Some(&file))).transpose()?;
            let question = SeenArgs { ticket, text, ..SeenArgs::default() };
            let asked = ChangesArgs { question, repo, from, to, paths: path };
            let found = output::call(host, "code_changes", &asked)?;
            output::print(host.json, &found, || words::changes::words(&found, &host.when))
        }
        Args::Exam { repo, limit } => {
            let template = "{spinner} {pos} tickets {elapsed}";
            let bar = ProgressBar::new_spinner().with_style(ProgressStyle::with_template(template)?);
            bar.enable_steady_tick(Duration::from_millis(200));
            let progress = |done| bar.set_position(done);
            let exam = engine::code_exam(&host.engine, repo.as_deref(), limit, &progress).map_err(Failed::from)?;
            bar.finish_and_clear();
            let exam = serde_json::to_value(exam)?;
            output::print(host.json, &exam, || words::changes::exam(&exam))
        }
        Args::Fix { reference, repo, at } => {
            let asked = FixArgs { reference, repo, version: at.clone() };
            let fix = output::call(host, "code_fix", &asked)?;
            output::print(host.json, &fix, || words::fix::words(&fix, &host.when, at.as_deref()))
        }
    }
}

fn update(host: &Host, name: Option<&str>) -> anyhow::Result<Value> {
    // Hidden by itself where stderr is no terminal.
    let bar = ProgressBar::new_spinner().with_style(ProgressStyle::with_template("{spinner} {pos} commits {elapsed}")?);
    bar.enable_steady_tick(Duration::from_millis(200));
    let progress = |commits: usize| bar.set_position(commits as u64);
    let read = engine::code_update_now(&host.engine, name, &progress).map_err(Failed::from)?;
    bar.finish_and_clear();
    Ok(serde_json::to_value(read)?)
}

fn fetch(host: &Host, name: Option<&str>) -> anyhow::Result<Value> {
    let style = ProgressStyle::with_template("{spinner} fetching, then {pos} commits {elapsed}")?;
    let bar = ProgressBar::new_spinner().with_style(style);
    bar.enable_steady_tick(Duration::from_millis(200));
    let progress = |commits: usize| bar.set_position(commits as u64);
    let read = engine::code_fetch_now(&host.engine, name, &progress).map_err(Failed::from)?;
    bar.finish_and_clear();
    Ok(serde_json::to_value(read)?)
}

fn all(host: &Host, repos: &Value) -> String {
    let lines: Vec<String> = list(repos, "").map(|repo| line(host, repo)).collect();
    if lines.is_empty() {
        return "There is no repository yet. `precedent code add PATH_OR_URL` adds one.".into();
    }
    lines.join("\n")
}

fn line(host: &Host, repo: &Value) -> String {
    let mut line = format!(
        "{}: {} commits, {} releases, {} issues named",
        text(repo, "/name"),
        number(repo, "/commits"),
        number(repo, "/releases"),
        number(repo, "/issues")
    );
    if let Some(newest) = repo.pointer("/newest").and_then(Value::as_str) {
        let _ = write!(line, "; newest {newest}");
    }
    match time(repo, "/read_at") {
        Some(at) => {
            let _ = write!(line, "; read {}", host.when.ago(at));
        }
        None => line.push_str("; not read yet"),
    }
    if let Some(url) = repo.pointer("/url").and_then(Value::as_str) {
        let _ = write!(line, "\n  from {url}");
    }
    let _ = write!(line, "\n  {}", text(repo, "/path"));
    if !flag(repo, "/whole") {
        line.push_str("\n  Not everything in it could be read: some of its history is missing here.");
    }
    line
}

fn releases(host: &Host, found: &Value, asked: Option<&str>) -> String {
    let lines: Vec<String> = list(found, "/releases")
        .map(|release| {
            let kind = if flag(release, "/prerelease") { "pre-release" } else { "" };
            let at = time(release, "/at").map(|at| host.when.ago(at)).unwrap_or_default();
            let (name, commit) = (text(release, "/name"), text(release, "/commit"));
            let line = format!(
                "{name:<28} {:<10} {} {at:<16} {kind}",
                text(release, "/line"),
                commit.get(..10).unwrap_or(commit)
            );
            line.trim_end().to_owned()
        })
        .collect();
    match (&lines[..], asked) {
        ([], Some(asked)) => format!("Unknown: no release of {} is {asked}.", text(found, "/repo")),
        ([], None) => format!("{} has no tags that name a version.", text(found, "/repo")),
        ([_, _, ..], Some(asked)) => format!("{asked} may mean any of these:\n{}", lines.join("\n")),
        _ => lines.join("\n"),
    }
}

fn frames(host: &Host, found: &Value) -> String {
    let lines = list(found, "/frames").map(|frame| match (text(frame, "/path"), number(frame, "/line")) {
        ("", _) => format!("{}\n    not in {}", text(frame, "/raw"), text(found, "/repo")),
        (path, 0) if flag(frame, "/differs") => {
            format!("{path}\n    no such line at {}: the source differs from the build", text(found, "/at"))
        }
        (path, 0) => path.to_owned(),
        (path, line) => {
            let mut told = format!("{path}:{line}");
            if !text(frame, "/symbol").is_empty() {
                let _ = write!(told, "  {}", text(frame, "/symbol"));
            }
            if flag(frame, "/differs") {
                let _ =
                    write!(told, "\n    the source differs from the build: {} is elsewhere", text(frame, "/function"));
            }
            if !text(frame, "/blame/commit").is_empty() {
                let commit: String = text(frame, "/blame/commit").chars().take(10).collect();
                let when = time(frame, "/blame/at").map(|at| host.when.ago(at)).unwrap_or_default();
                let (author, summary) = (text(frame, "/blame/author"), text(frame, "/blame/summary"));
                let _ = write!(told, "\n    changed last by {author} {when}, in {commit}: {summary}");
            }
            for near in list(frame, "/near") {
                let mark = if number(near, "/line") == line { '>' } else { ' ' };
                let _ = write!(told, "\n  {mark} {:>5}  {}", number(near, "/line"), text(near, "/text"));
            }
            told
        }
    });
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        return "There is no stack trace in this text.".into();
    }
    format!("At {}:\n{}", text(found, "/at"), lines.join("\n"))
}
