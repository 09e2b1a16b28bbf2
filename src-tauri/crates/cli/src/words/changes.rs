//! What changed, in words: commits with what brought each of them up, and the files to look at.

use super::{
    When, counted,
    fields::{flat, list, number, text, time},
};
use serde_json::Value;
use std::fmt::Write;

/// Commits that are printed; `--json` has more.
const SHOWN: usize = 15;

pub(crate) fn words(found: &Value, when: &When) -> String {
    let from = text(found, "/from");
    let (to, repo) = (text(found, "/to"), text(found, "/repo"));
    let span = if from.is_empty() { format!("Up to {to}") } else { format!("From {from} to {to}") };
    let near = counted(number(found, "/found"), "commit comes near", "commits come near");
    let mut out = format!("{span} in {repo}: {near}.");
    for change in list(found, "/changes").take(SHOWN) {
        let commit = text(change, "/commit");
        let at = time(change, "/at").map(|at| when.ago(at)).unwrap_or_default();
        let release = change.pointer("/release").and_then(Value::as_str).map_or("in no release", |release| release);
        let _ = write!(
            out,
            "\n{} {:>5.2}  {}\n    {at}, {}, {release}",
            commit.get(..10).unwrap_or(commit),
            points(change, "/score"),
            flat(text(change, "/subject")),
            flat(text(change, "/author"))
        );
        let issues: Vec<String> = list(change, "/issues").map(issue).collect();
        if !issues.is_empty() {
            let _ = write!(out, ", {}", issues.join(", "));
        }
        let _ = write!(out, "\n    {}", parts(change));
    }
    let files: Vec<&Value> = list(found, "/files").collect();
    if !files.is_empty() {
        out.push_str("\nFiles to look at:");
    }
    for file in files {
        let _ =
            write!(out, "\n{:>6.2}  {}\n        {}", points(file, "/score"), flat(text(file, "/path")), parts(file));
    }
    out
}

/// `AMQ-918`, with where it is, where that is no ticket of this workspace.
fn issue(issue: &Value) -> String {
    let (key, url) = (flat(text(issue, "/key")), text(issue, "/url"));
    if text(issue, "/id").is_empty() && !url.is_empty() { format!("{key} {url}") } else { key }
}

pub(crate) fn exam(exam: &Value) -> String {
    let count = |path: &str| number(exam, path);
    let share =
        |part: u64, whole: u64| format!("{part} of {whole} ({:.1} %)", 100.0 * part as f64 / whole.max(1) as f64);
    let mut out = String::new();
    for (path, place) in [("named", "At the release that a ticket names first"), ("shown", "Where they are shown")] {
        let of = |what: &str| count(&format!("/{path}/{what}"));
        let (same, other) = (of("same_symbol"), of("other_symbol"));
        let _ = writeln!(
            out,
            "{place}, of the frames whose class exists:\n  lead to a line           {}\n  show what git shows      {}\n  in the function they name {}",
            share(of("resolved"), of("frames")),
            share(of("same_text"), of("resolved")),
            share(same, same + other)
        );
    }
    let _ = write!(
        out,
        "Of {} tickets the version was chosen because the trace fits it.\nFiles of the later fix among the ten to look at (any of them, all of them):",
        count("/by_fit")
    );
    for (path, kind) in [
        ("with_frames", "with a trace"),
        ("trace_hidden", "the same, trace hidden"),
        ("without_frames", "without a trace"),
    ] {
        let of = |what: &str| count(&format!("/{path}/{what}"));
        let (any, all) = (share(of("any"), of("tickets")), share(of("all"), of("tickets")));
        let _ = write!(out, "\n  {kind:<24} {any}, {all}");
    }
    let _ = write!(
        out,
        "\nA ticket took {:.0} ms (median), {:.0} ms (95 %).",
        points(exam, "/p50_ms"),
        points(exam, "/p95_ms")
    );
    let (issues, agree) = (count("/tracker/issues"), count("/tracker/agree"));
    if issues > 0 {
        let _ = write!(
            out,
            "\nFixed issues whose first release is among the tracker's fix versions: {}. The others:",
            share(agree, issues)
        );
    }
    for differs in list(exam, "/tracker/differ") {
        let names = |path: &str| list(differs, path).filter_map(Value::as_str).map(flat).collect::<Vec<_>>().join(", ");
        let (tracker, ours) = (names("/tracker"), names("/ours"));
        let _ = write!(out, "\n{}: {tracker} there, {ours} here: {}.", flat(text(differs, "/id")), why(differs));
        for commit in list(differs, "/commits").filter_map(Value::as_str) {
            let _ = write!(out, "\n    {}", flat(commit));
        }
    }
    out
}

/// What a person can check of an issue that differs.
fn why(differs: &Value) -> String {
    let (at, instead) = (flat(text(differs, "/at")), flat(text(differs, "/instead")));
    match text(differs, "/reason") {
        "no_release" => "no release is called as there".into(),
        "earlier" => format!("{at} has it, and so has {instead} before it"),
        "unnamed" => format!("{at} has it, and so has {instead} before it, which no ticket names"),
        "before" => format!("{at} is older than every commit of it"),
        "apart" => format!("{at} has no history in common with its commits, and its files are not as they left them"),
        _ => format!("no commit of it lies behind {at}"),
    }
}

pub(crate) fn speed(speed: &Value) -> String {
    let ms = |path: &str| points(speed, path);
    let count = |path: &str| number(speed, path);
    let share = |part: f64, whole: f64| part / whole.max(f64::MIN_POSITIVE);
    let kept = (count("/kept") as f64, count("/objects") as f64);
    [
        format!(
            "Lines of a trace of {} frames: {:.1} ms (median), {:.1} ms (95 %).",
            count("/frames"),
            ms("/trace_ms"),
            ms("/trace_p95_ms")
        ),
        format!(
            "What changed between two releases, for that trace: {:.1} ms (median), {:.1} ms (95 %).",
            ms("/changes_ms"),
            ms("/changes_p95_ms")
        ),
        format!(
            "Where a fix is, of {} issues: {:.2} ms (median), {:.2} ms (95 %); asked once more {:.2} ms (95 %).",
            count("/fixes"),
            ms("/fix_ms"),
            ms("/fix_p95_ms"),
            ms("/fix_again_p95_ms")
        ),
        format!(
            "What the code says of a log's lines: {:.1} ms, once its {} texts were read in {:.0} ms.",
            ms("/said_ms"),
            count("/texts"),
            ms("/texts_ms")
        ),
        format!(
            "Reading the history: {:.0} ms, {:.2} times what `git log --all --name-only` takes ({:.0} ms).",
            ms("/index_ms"),
            share(ms("/index_ms"), ms("/git_log_ms")),
            ms("/git_log_ms")
        ),
        format!(
            "On the disk: {} bytes, {:.1} % of the repository's objects.",
            count("/kept"),
            100.0 * share(kept.0, kept.1)
        ),
    ]
    .join("\n")
}

fn points(value: &Value, path: &str) -> f64 {
    value.pointer(path).and_then(Value::as_f64).unwrap_or_default()
}

fn parts(value: &Value) -> String {
    let told = list(value, "/parts").map(|part| {
        let detail = flat(text(part, "/detail"));
        let detail = if detail.is_empty() { detail } else { format!(" ({detail})") };
        format!("{:.2} {}{detail}", points(part, "/points"), reason(text(part, "/reason")))
    });
    told.collect::<Vec<_>>().join(" + ")
}

fn reason(reason: &str) -> &str {
    match reason {
        "same_line" => "the same line",
        "same_symbol" => "the same function",
        "same_file" => "the same file",
        "same_directory" => "the same folder",
        "recent" => "how late it came",
        "small" => "how few files it touches",
        "words" => "words of the ticket",
        "stack_frame" => "frames lie in it",
        "said" => "it says what the ticket quotes",
        "named" => "the ticket names it",
        "similar_fix" => "fixes of similar tickets touched it",
        "changed" => "it changed",
        other => other,
    }
}
