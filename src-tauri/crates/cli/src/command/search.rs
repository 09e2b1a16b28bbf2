use crate::{Host, command, failed::Failed, output, words};
use engine::api::args::SearchArgs;
use serde_json::Value;

/// Hits that are asked for at once.
const PAGE: u32 = 500;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Words, ids, "phrases" and field:value, as in product:storefront version:<5.4 is:known before:2024-05.
    #[arg(required = true)]
    query: Vec<String>,
    /// How many to show: any number.
    #[arg(short, default_value_t = 20)]
    k: u32,
    #[arg(long, value_parser = ["ticket", "known_error", "article"])]
    kind: Option<String>,
    /// Only what they may read: internal, partner, customer or public. One page.
    #[arg(long)]
    audience: Option<String>,
    /// The last word is the beginning of one.
    #[arg(long)]
    prefix: bool,
    /// Count products, components, versions and so on of all that is found.
    #[arg(long)]
    facets: bool,
    /// Go on where an earlier answer to the same search ended: its `next`.
    #[arg(long, value_name = "NEXT")]
    after: Option<String>,
}

pub(crate) fn run(host: &Host, args: &Args) -> anyhow::Result<()> {
    let query = args.query.join(" ");
    if query.trim().is_empty() {
        return Err(Failed::usage("There is nothing to look for.", "Name words, an id or a \"phrase\".").into());
    }
    command::wait_until_searchable(host)?;
    let mut asked = SearchArgs {
        query,
        k: Some(args.k.min(PAGE)),
        kind: args.kind.clone(),
        audience: args.audience.clone(),
        prefix: Some(args.prefix),
        after: args.after.clone(),
        facets: Some(args.facets),
        lane: None,
    };
    let mut reply: Value = output::call(host, "search", &asked)?;
    let mut missing = args.k.saturating_sub(PAGE);
    while let Some(next) = reply.get("next").and_then(Value::as_str).map(str::to_owned).filter(|_| missing > 0) {
        asked = SearchArgs { k: Some(missing.min(PAGE)), after: Some(next), facets: None, ..asked };
        missing = missing.saturating_sub(PAGE);
        let mut page: Value = output::call(host, "search", &asked)?;
        let (Some(all), Some(more)) = (reply.get_mut("hits"), page.get_mut("hits")) else { break };
        if let (Some(all), Some(more)) = (all.as_array_mut(), more.as_array_mut()) {
            all.append(more);
        }
        if let (Some(slot), Some(next)) = (reply.get_mut("next"), page.get_mut("next")) {
            *slot = next.take();
        }
    }
    output::print(host.json, &reply, || words::search::words(&reply))
}
