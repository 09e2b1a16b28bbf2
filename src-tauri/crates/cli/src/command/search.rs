use crate::{
    Host, command,
    failed::Failed,
    output,
    words::fields::{flat, list, number, spans, text},
};
use engine::api::args::SearchArgs;
use serde_json::Value;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Words, ids, "phrases", field:value.
    #[arg(required = true)]
    query: Vec<String>,
    /// How many to show.
    #[arg(short, default_value_t = 20)]
    k: u32,
    #[arg(long, value_parser = ["ticket", "known_error"])]
    kind: Option<String>,
    /// The last word is the beginning of one.
    #[arg(long)]
    prefix: bool,
}

pub(crate) fn run(host: &Host, args: &Args) -> anyhow::Result<()> {
    let query = args.query.join(" ");
    if query.trim().is_empty() {
        return Err(Failed::usage("There is nothing to look for.", "Name words, an id or a \"phrase\".").into());
    }
    command::wait_until_searchable(host)?;
    let asked = SearchArgs { query, k: Some(args.k), kind: args.kind.clone(), prefix: Some(args.prefix), lane: None };
    let reply: Value = output::call(host, "search", &asked)?;
    output::print(host.json, &reply, || words(&reply))
}

fn words(reply: &Value) -> String {
    let hits = list(reply, "/hits").map(|hit| {
        let (id, status) = (flat(text(hit, "/display_id")), flat(text(hit, "/status")));
        format!("{id:<14} {status:<10} {}", flat(&spans(hit, "/title")))
    });
    let mut lines: Vec<String> = hits.collect();
    if lines.is_empty() {
        return "Nothing found.".into();
    }
    lines.push(format!("{} found.", number(reply, "/total")));
    lines.join("\n")
}
