use crate::{
    Host, output,
    words::fields::{number, text},
};
use engine::api::args::LedgerArgs;
use serde_json::Value;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Requests from then on: 2026-01-31, or with a time.
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Requests of one source.
    #[arg(long)]
    source: Option<String>,
    /// How many to show, newest first.
    #[arg(long, default_value_t = 100)]
    limit: u32,
}

pub(crate) fn run(host: &Host, args: Args) -> anyhow::Result<()> {
    let Args { since, source, limit } = args;
    let asked = LedgerArgs { since, source, limit: Some(limit), offset: None };
    let ledger = output::call(host, "ledger_list", &asked)?;
    output::print(host.json, &ledger, || {
        let rows = ledger.pointer("/rows").and_then(Value::as_array).into_iter().flatten();
        let mut lines: Vec<String> = rows.map(|row| words(host, row)).collect();
        let total = number(&ledger, "/total");
        if total == 0 {
            return "No request was made.".into();
        }
        lines.push(format!(
            "{total} requests, {} bytes out, {} bytes in.",
            number(&ledger, "/bytes_out"),
            number(&ledger, "/bytes_in")
        ));
        lines.join("\n")
    })
}

fn words(host: &Host, row: &Value) -> String {
    let at = row.pointer("/at").and_then(Value::as_i64).unwrap_or_default();
    let ended = match row.pointer("/status").and_then(Value::as_u64) {
        // What git spoke has no status.
        Some(0) => "done".into(),
        Some(status) => status.to_string(),
        None if text(row, "/failed").is_empty() => "under way".into(),
        None if text(row, "/failed") == "program_ended" => "unknown: the program ended first".into(),
        None => text(row, "/failed").into(),
    };
    format!(
        "{}  {}  {} {}{}  {}  {ended}  {} out  {} in",
        host.when.exact(at),
        text(row, "/source"),
        text(row, "/method"),
        text(row, "/host"),
        text(row, "/path"),
        text(row, "/purpose"),
        number(row, "/bytes_out"),
        number(row, "/bytes_in"),
    )
}
