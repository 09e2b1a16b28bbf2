use crate::{Host, output, words::fields::text};
use serde_json::{Value, json};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// A file with the text, or - for standard input.
    file: Option<String>,
    /// A ticket whose people are taken out by name. May be repeated.
    #[arg(long = "ticket", value_name = "ID")]
    tickets: Vec<String>,
    /// A person to take out by name. May be repeated.
    #[arg(long = "name", value_name = "NAME")]
    people: Vec<String>,
}

/// What is known of a ticket lies in the workspace; without one named, none is opened or made.
pub(crate) fn needs_workspace(args: &Args) -> bool {
    !args.tickets.is_empty()
}

pub(crate) fn alone(json: bool, args: &Args) -> anyhow::Result<()> {
    let given = crate::read_input(args.file.as_deref())?;
    print(json, &serde_json::to_value(engine::redact_text(&given, args.people.clone()))?)
}

pub(crate) fn run(host: &Host, args: &Args) -> anyhow::Result<()> {
    let given = crate::read_input(args.file.as_deref())?;
    let asked = json!({ "text": given, "tickets": args.tickets, "people": args.people });
    print(host.json, &output::call(host, "redact", &asked)?)
}

fn print(json: bool, redacted: &Value) -> anyhow::Result<()> {
    output::print(json, redacted, || text(redacted, "/text").trim_end_matches('\n').to_owned())
}
