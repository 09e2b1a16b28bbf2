use crate::{Host, output};
use engine::api::args::SearchArgs;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Words, ids, "phrases", field:value.
    query: Vec<String>,
    #[arg(short, default_value_t = 20)]
    k: u32,
    /// ticket or known_error.
    #[arg(long)]
    kind: Option<String>,
    /// The last word is the beginning of one.
    #[arg(long)]
    prefix: bool,
}

pub(crate) fn run(host: &Host, args: &Args) -> anyhow::Result<()> {
    host.engine.wait_until_searchable().map_err(output::Failed::from)?;
    let asked = SearchArgs {
        query: args.query.join(" "),
        k: Some(args.k),
        kind: args.kind.clone(),
        prefix: Some(args.prefix),
        lane: None,
    };
    let reply: serde_json::Value = output::call(host, "search", &asked)?;
    output::print(host.json, &reply, || words(&reply))
}

fn words(reply: &serde_json::Value) -> String {
    let text = |value: &serde_json::Value| -> String {
        let spans = value.as_array().into_iter().flatten();
        spans.filter_map(|span| span.get("text")?.as_str()).collect()
    };
    let hits = reply.get("hits").and_then(|hits| hits.as_array()).into_iter().flatten();
    let lines = hits.map(|hit| {
        let field = |name: &str| hit.get(name).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
        format!(
            "{:<14} {:<10} {}",
            field("display_id"),
            field("status"),
            text(hit.get("title").unwrap_or(&serde_json::Value::Null))
        )
    });
    let lines: Vec<String> = lines.collect();
    let total = reply.get("total").and_then(serde_json::Value::as_u64).unwrap_or_default();
    if lines.is_empty() { "Nothing found.".into() } else { format!("{}\n{total} found.", lines.join("\n")) }
}
