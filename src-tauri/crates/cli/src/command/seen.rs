use crate::{Host, command, failed::Failed, output, read_input, words};
use anyhow::{Context, anyhow};
use engine::{
    BatchQuestion,
    api::args::{SeenArgs, WhyNotArgs},
};
use serde_json::Value;
use std::io::{BufRead, BufReader};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The text of a ticket; - or nothing for standard input.
    file: Option<String>,
    /// How many earlier cases to show.
    #[arg(short, default_value_t = 10)]
    k: u32,
    /// Ask with a stored ticket instead of a text.
    #[arg(long, value_name = "ID", conflicts_with_all = ["file", "batch"])]
    ticket: Option<String>,
    /// What it is about.
    #[arg(long)]
    product: Option<String>,
    /// What the customer runs.
    #[arg(long)]
    version: Option<String>,
    /// Only what existed before this time (RFC 3339).
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
    /// An id that may not answer; may be given several times.
    #[arg(long, value_name = "ID")]
    not_by: Vec<String>,
    /// Say why this ticket or known error is not among the hits.
    #[arg(long, value_name = "ID", conflicts_with = "batch")]
    why_not: Option<String>,
    /// Many questions, one JSON object a line: {"id","subject","body","as_of"?,"exclude"?}.
    #[arg(long, value_name = "FILE.jsonl", conflicts_with_all = ["file", "product", "version", "as_of", "not_by"])]
    batch: Option<String>,
}

pub(crate) fn run(host: &Host, args: Args) -> anyhow::Result<()> {
    let stored = command::wait_until_searchable(host)?;
    if let Some(file) = &args.batch {
        return batch(host, file, args.k as usize);
    }
    let text = if args.ticket.is_some() { None } else { Some(read_input(args.file.as_deref())?) };
    let asked = SeenArgs {
        ticket: args.ticket,
        text,
        k: Some(args.k),
        product: args.product,
        version: args.version,
        as_of: args.as_of,
        exclude: Some(args.not_by),
        lane: None,
    };
    if let Some(id) = args.why_not {
        let why = output::call(host, "why_not", &WhyNotArgs { question: asked, id })?;
        return output::print(host.json, &why, || words::why_not::words(&why));
    }
    let seen: Value = output::call(host, "seen_before", &asked)?;
    // Another process may own the index and be behind with it.
    let searched = seen.get("searched").and_then(Value::as_u64).unwrap_or_default();
    if searched < stored {
        output::note(&format!(
            "The search index holds {searched} of {stored} documents: cases may be missing here. Ask again in a moment."
        ));
    }
    output::print(host.json, &seen, || words::seen::words(&seen, &host.when, asked.as_of.as_deref()))
}

/// One line in, one line out, as they come: a batch of any length needs no more memory than one question.
fn batch(host: &Host, file: &str, k: usize) -> anyhow::Result<()> {
    let input: Box<dyn BufRead> = match file {
        "-" => Box::new(std::io::stdin().lock()),
        file => {
            Box::new(BufReader::new(std::fs::File::open(file).with_context(|| format!("{file} could not be read"))?))
        }
    };
    for (number, line) in input.lines().enumerate() {
        let line = line.with_context(|| format!("{file} could not be read"))?;
        if line.trim().is_empty() {
            continue;
        }
        let question: BatchQuestion = serde_json::from_str(&line)
            .map_err(|cause| anyhow!("line {} of {file} is no question: {cause}", number + 1))?;
        let answer = host.engine.answer(&question, k).map_err(Failed::from)?;
        if !output::print_line(&answer)? {
            return Ok(());
        }
    }
    Ok(())
}
