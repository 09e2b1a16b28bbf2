use crate::{Host, failed::Failed, output};
use engine::api::{
    args::{ColumnMapping, ImportArgs},
    view::ImportReport,
};
use indicatif::{ProgressBar, ProgressStyle};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// A file, a directory, or - for standard input.
    path: String,
    /// The source's name; made from the file's name when left out.
    #[arg(long)]
    source: Option<String>,
    /// What the file holds; found out by itself when left out.
    #[arg(long, default_value = "auto", value_parser = ["auto", "jsonl", "jira", "zendesk", "github", "csv"])]
    format: String,
    /// For CSV: which column is which field, as FIELD=COLUMN.
    #[arg(long = "map", value_name = "FIELD=COLUMN", value_parser = pair)]
    mapping: Vec<ColumnMapping>,
}

fn pair(text: &str) -> Result<ColumnMapping, String> {
    let (field, column) = text.split_once('=').unwrap_or_default();
    let (field, column) = (field.trim(), column.trim());
    if field.is_empty() || column.is_empty() {
        return Err("write a field, an equals sign and one of the file's columns, as in created_at=Opened".into());
    }
    Ok(ColumnMapping { field: field.into(), column: column.into() })
}

pub(crate) fn run(host: &Host, args: Args) -> anyhow::Result<()> {
    // Hidden by itself where stderr is no terminal.
    let bar = ProgressBar::new(0)
        .with_style(ProgressStyle::with_template("{wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta}")?);
    let progress = |done, total: Option<u64>| {
        bar.set_length(total.unwrap_or(done));
        bar.set_position(done);
    };
    let asked =
        ImportArgs { path: args.path, source: args.source, format: Some(args.format), mapping: Some(args.mapping) };
    let report = engine::import_now(&host.engine, &asked, &progress);
    bar.finish_and_clear();
    let report = report.map_err(|error| Failed::of_call(error.view()))?;
    host.engine.wait_until_searchable().map_err(Failed::from)?;
    // This process ends before the engine would do it by itself.
    host.engine.back_up();
    output::print(host.json, &report, || words(&report))
}

fn words(report: &ImportReport) -> String {
    let ImportReport { read, added, changed, unchanged, deleted, skipped, comments, hops, known_errors, .. } = report;
    let mut text = format!(
        "Read {read} tickets: {added} added, {changed} changed, {unchanged} unchanged, {deleted} deleted, {skipped} skipped.\n\
         Stored {comments} comments, {hops} handoffs, {known_errors} known errors."
    );
    if report.expired > 0 {
        text.push_str(&format!("\nLeft {} out, which the retention rules cover.", report.expired));
    }
    if report.resumed_after > 0 {
        text.push_str(&format!(
            "\nWent on after line {}, where the last import of this file stopped.",
            report.resumed_after
        ));
    }
    for error in &report.errors {
        let file = error.file.as_ref().map(|file| format!("{file}, ")).unwrap_or_default();
        text.push_str(&format!("\n  skipped {file}line {}: {}", error.line, error.reason));
    }
    if report.skipped > report.errors.len() as u64 {
        text.push_str(&format!("\n  and {} more", report.skipped - report.errors.len() as u64));
    }
    text
}
