use crate::{Host, failed::Failed, output, words::fields::flat};
use engine::{
    SyncRun,
    api::view::{ApiErrorView, ImportReport},
};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::time::Duration;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Which source; every one that was not stopped, when left out.
    name: Option<String>,
    /// Do not wait where a server asks to be left alone for longer than five minutes: end, and say until when.
    #[arg(long)]
    once: bool,
    /// Read the source from its beginning once more. What is here stays, and is compared with what comes.
    #[arg(long, requires = "name")]
    again: bool,
    /// Ask for the source's token, in the terminal or from standard input, and keep it for this run only.
    #[arg(long, requires = "name")]
    ask_token: bool,
}

#[derive(Serialize)]
struct Line {
    source: String,
    #[serde(flatten)]
    report: ImportReport,
    error: Option<ApiErrorView>,
}

pub(crate) fn run(host: &Host, args: &Args) -> anyhow::Result<()> {
    if let Some(name) = args.name.as_deref().filter(|_| args.again) {
        engine::sync_anew(&host.engine, name).map_err(Failed::from)?;
    }
    if let Some(name) = args.name.as_deref().filter(|_| args.ask_token) {
        let token = crate::passphrase::token(name)?;
        engine::token_for_this_run(&host.engine, name, &token).map_err(Failed::from)?;
    }
    // Hidden by itself where stderr is no terminal.
    let bar = ProgressBar::new_spinner().with_style(open_ended()?);
    bar.enable_steady_tick(Duration::from_millis(200));
    let mut runs = pull(host, args, &bar)?;
    while let Some(wait) = longest_wait(host, &runs).filter(|_| !args.once) {
        output::note(&format!("A server asked to be left alone for {} minutes; waiting.", wait.as_secs().div_ceil(60)));
        std::thread::sleep(wait);
        runs = pull(host, args, &bar)?;
    }
    bar.finish_and_clear();
    host.engine.wait_until_searchable().map_err(Failed::from)?;
    let lines: Vec<Line> = runs
        .into_iter()
        .map(|SyncRun { source, report, error }| Line { source, report, error: error.map(|error| error.view()) })
        .collect();
    output::print(host.json, &lines, || match &lines[..] {
        [] => "There is no source to ask. `precedent source add` adds one.".into(),
        lines => lines.iter().map(words).collect::<Vec<_>>().join("\n"),
    })?;
    let failed: Vec<&str> = lines.iter().filter(|line| line.error.is_some()).map(|line| line.source.as_str()).collect();
    match failed[..] {
        [] => Ok(()),
        _ => Err(Failed::Reported(format!("Not everything was pulled: {}.", failed.join(", "))).into()),
    }
}

/// Where the servers say how much there is.
const BOUNDED: &str = "{wide_bar} {pos} of {len} records, {per_sec}, {eta} left";

fn open_ended() -> anyhow::Result<ProgressStyle> {
    Ok(ProgressStyle::with_template("{spinner} {pos} records, {per_sec}, {elapsed}")?)
}

fn pull(host: &Host, args: &Args, bar: &ProgressBar) -> anyhow::Result<Vec<SyncRun>> {
    let (open_ended, bounded) = (open_ended()?, ProgressStyle::with_template(BOUNDED)?);
    let progress = |records, total: Option<u64>| {
        if total != bar.length() {
            match total {
                Some(total) => (bar.set_length(total), bar.set_style(bounded.clone())),
                None => (bar.unset_length(), bar.set_style(open_ended.clone())),
            };
            // What an earlier run had done says nothing of how fast this one is.
            bar.set_position(records);
            bar.reset_eta();
        }
        bar.set_position(records);
    };
    Ok(engine::sync_now(&host.engine, args.name.as_deref(), &progress).map_err(Failed::from)?)
}

/// Where a run ended because a server wants to be left alone: how long until everybody may be asked again.
fn longest_wait(host: &Host, runs: &[SyncRun]) -> Option<Duration> {
    let limited = runs.iter().filter(|run| run.error.as_ref().is_some_and(|error| error.code() == "rate_limited"));
    let names: Vec<&str> = limited.map(|run| run.source.as_str()).collect();
    if names.is_empty() {
        return None;
    }
    host.engine.longest_wait(&names)
}

fn words(line: &Line) -> String {
    let ImportReport { added, changed, unchanged, deleted, skipped, comments, releases, .. } = &line.report;
    let mut text = format!(
        "{}: {added} added, {changed} changed, {unchanged} unchanged, {deleted} deleted, {comments} comments, {skipped} skipped.",
        line.source
    );
    match (line.report.articles, line.report.articles_gone) {
        (0, 0) => {}
        (new, gone) => text.push_str(&format!(" {new} articles new or changed, {gone} gone.")),
    }
    if *releases > 0 {
        text.push_str(&format!(" {releases} releases and deploys are new."));
    }
    for error in &line.report.errors {
        match (&error.file, error.line) {
            (Some(stream), 0) => text.push_str(&format!("\n  left out {stream}: {}", error.reason)),
            // A record that names itself can be looked for there.
            (Some(id), _) => text.push_str(&format!("\n  skipped record {}: {}", flat(id), error.reason)),
            (None, line) => text.push_str(&format!("\n  skipped record {line}: {}", error.reason)),
        }
    }
    if let Some(error) = &line.error {
        text.push_str(&format!("\n  {} {}", error.message, error.hint.as_deref().unwrap_or_default()));
    }
    text
}
