use crate::{Host, command, output, words};
use serde_json::{Value, json};

#[derive(clap::Subcommand)]
pub(crate) enum Args {
    /// Show one ticket with its comments, handoffs and links.
    Show { id: String },
    /// Say how two tickets belong together: same_as, duplicate_of, similar_to, caused_by, …
    Link { a: String, kind: String, b: String },
    /// Take a link that a person made away again.
    Unlink { a: String, b: String },
}

pub(crate) fn run(host: &Host, args: &Args) -> anyhow::Result<()> {
    command::warn_of_a_lagging_index(host)?;
    match args {
        Args::Show { id } => {
            let ticket: Value = output::call(host, "ticket_get", &json!({ "id": id }))?;
            output::print(host.json, &ticket, || words::ticket::words(&ticket, &host.when))
        }
        Args::Link { a, kind, b } => {
            let reply: Value = output::call(host, "link_add", &json!({ "a": a, "kind": kind, "b": b }))?;
            output::print(host.json, &reply, || format!("Linked: {a}, {}, {b}.", words::link(kind, true)))
        }
        Args::Unlink { a, b } => {
            let reply: Value = output::call(host, "link_remove", &json!({ "a": a, "b": b }))?;
            output::print(host.json, &reply, || format!("{a} and {b} are no longer linked."))
        }
    }
}
