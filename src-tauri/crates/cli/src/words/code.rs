//! Lines of code in words: those that ran, those that said something, and who changed them last.

use super::{
    When,
    fields::{flag, flat, list, number, text, time},
};
use crate::failed::Failed;
use engine::api::args::DeployArgs;
use serde_json::Value;
use std::fmt::Write;

pub(crate) fn frames(found: &Value, when: &When) -> String {
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
            let _ = write!(told, "  ({})", basis(text(frame, "/basis")));
            if flag(frame, "/differs") {
                let _ =
                    write!(told, "\n    the source differs from the build: {} is elsewhere", text(frame, "/function"));
            }
            if !text(frame, "/blame/commit").is_empty() {
                let commit: String = text(frame, "/blame/commit").chars().take(10).collect();
                let when = time(frame, "/blame/at").map(|at| when.ago(at)).unwrap_or_default();
                let (author, summary) = (text(frame, "/blame/author"), text(frame, "/blame/summary"));
                let _ = write!(told, "\n    changed last by {author} {when}, in {commit}: {summary}");
            }
            for near in near(frame) {
                let _ = write!(told, "\n{near}");
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

/// What a line is known by.
fn basis(basis: &str) -> &str {
    match basis {
        "stack_frame" => "from the stack trace",
        "source_map" => "from a source map",
        "trace" => "from a trace",
        "log_line" => "from a log line",
        "error_code" => "from an error code",
        other => other,
    }
}

/// The lines that ran, in every repository.
pub(crate) fn ran(found: &Value, when: &When) -> String {
    let repos: Vec<String> = list(found, "/repos")
        .map(|repo| match text(repo, "/state") {
            "resolved" => format!("In {}. {}", text(repo, "/repo"), frames(repo, when)),
            state => format!("In {}: {}.", text(repo, "/repo"), state.replace('_', " ")),
        })
        .collect();
    if repos.is_empty() {
        "There is no repository yet. `precedent code add PATH_OR_URL` adds one.".into()
    } else {
        repos.join("\n")
    }
}

/// The statements that say what a ticket quotes.
pub(crate) fn said(found: &Value) -> String {
    let mut lines = Vec::new();
    for repo in list(found, "/repos") {
        lines.push(format!("In {} at {}:", text(repo, "/repo"), text(repo, "/at")));
        for line in list(repo, "/lines") {
            let basis = if text(line, "/basis") == "error_code" { "the code" } else { "the line" };
            lines.push(format!(
                "{}:{}  {}\n    says {basis}: {}",
                flat(text(line, "/path")),
                number(line, "/line"),
                text(line, "/symbol"),
                flat(text(line, "/raw"))
            ));
            lines.extend(near(line));
        }
        if flag(repo, "/cut") {
            lines.push("Not all of this version was looked through: it is too large.".into());
        }
    }
    if lines.is_empty() {
        return "No statement says what is quoted here; or the version is not one release.".into();
    }
    lines.join("\n")
}

fn near(frame: &Value) -> Vec<String> {
    let own = number(frame, "/line");
    let line = |near: &Value| {
        let mark = if number(near, "/line") == own { '>' } else { ' ' };
        format!("  {mark} {:>5}  {}", number(near, "/line"), text(near, "/text"))
    };
    list(frame, "/near").map(line).collect()
}

/// `10-40`, or one line.
pub(crate) fn stretch(lines: &str) -> Option<(u32, u32)> {
    let (first, last) = lines.split_once('-').unwrap_or((lines, lines));
    let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (1 <= first && first <= last).then_some((first, last))
}

/// Each line behind who changed it last; of lines of one commit, the first says so.
pub(crate) fn gutter(found: &Value, file: &Value, when: &When) -> String {
    let first = number(found, "/first");
    let texts: Vec<&str> = list(file, "/lines").filter_map(Value::as_str).collect();
    let mut before = None;
    let mut out = Vec::new();
    for (at, commit) in list(found, "/lines").enumerate() {
        let line = first + at as u64;
        let place = line.saturating_sub(number(file, "/first")) as usize;
        let Some(code) = texts.get(place) else { break };
        let commit = commit.as_u64();
        let known = commit.and_then(|at| found.pointer(&format!("/commits/{at}"))).filter(|_| commit != before);
        let who = known.map_or(String::new(), |commit| {
            let at = time(commit, "/at").map(|at| when.ago(at)).unwrap_or_default();
            let author: String = text(commit, "/author").chars().take(18).collect();
            format!("{} {author:<18} {at}", text(commit, "/commit").get(..10).unwrap_or_default())
        });
        out.push(format!("{who:<46} {line:>5}  {code}"));
        before = commit;
    }
    if flag(found, "/cut") {
        out.push("There are more lines; name some with --lines.".into());
    }
    out.join("\n")
}

/// Of lines of JSON. The line that is none is told by its number.
pub(crate) fn deploys_of(text: &str) -> Result<Vec<DeployArgs>, Failed> {
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let read = |(number, line): (usize, &str)| {
        serde_json::from_str(line).map_err(|bad| {
            let hint =
                r#"Write each as {"environment": "production", "version": "2.2.4"}; "at" and "repo" may stand beside."#;
            Failed::usage(format!("Line {number} says nothing of a deploy: {bad}."), hint)
        })
    };
    lines.map(read).collect()
}

pub(crate) fn deploys(told: &Value, when: &When) -> String {
    let lines: Vec<String> = list(told, "/deploys")
        .map(|one| {
            let at = time(one, "/at").map(|at| when.exact(at)).unwrap_or_default();
            let of = Some(text(one, "/repo")).filter(|repo| !repo.is_empty()).unwrap_or_else(|| text(one, "/product"));
            let by = Some(text(one, "/source")).filter(|by| !by.is_empty()).map(|by| format!("  (told by {by})"));
            let (environment, release) = (flat(text(one, "/environment")), flat(text(one, "/release")));
            format!("{at}  {environment:<20} {} {release}{}", flat(of), by.unwrap_or_default())
        })
        .collect();
    if lines.is_empty() {
        return "Nobody said what runs where. `precedent code deploys --environment production --version V` does."
            .into();
    }
    lines.join("\n")
}
