use crate::{Host, output, words::fields::text};
use serde_json::json;

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

pub(crate) fn run(host: &Host, args: &Args) -> anyhow::Result<()> {
    let given = crate::read_input(args.file.as_deref())?;
    let redacted =
        output::call(host, "redact", &json!({ "text": given, "tickets": args.tickets, "people": args.people }))?;
    output::print(host.json, &redacted, || text(&redacted, "/text").trim_end_matches('\n').to_owned())
}
