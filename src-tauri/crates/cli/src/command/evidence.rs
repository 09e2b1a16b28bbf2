//! Files that tell what happened on a ticket, and what led to what.

use crate::{
    Host, output,
    words::{
        self,
        fields::{list, number, text},
    },
};
use engine::api::args::{CaseFileAddArgs, CaseLinesArgs, CaseTicketArgs, ChainSayArgs, UndoArgs};
use serde_json::{Value, json};

#[derive(clap::Subcommand)]
pub(crate) enum Args {
    /// Read files, and keep them with a ticket, encrypted.
    Add {
        ticket: String,
        #[arg(required_unless_present = "link")]
        files: Vec<String>,
        /// A link to a recording of what the customer did; nobody asks it.
        #[arg(long)]
        link: Option<String>,
    },
    /// Files of a ticket, their groups of equal lines, and what they have in common.
    List { ticket: String },
    /// Lines of one file, or of one group of it.
    Lines {
        file: i64,
        #[arg(long)]
        group: Option<u64>,
        #[arg(long, default_value_t = 0)]
        offset: u32,
        #[arg(long, default_value_t = 100)]
        limit: u32,
    },
    /// Everything that happened, in the order of time, and what led to what.
    Axis { ticket: String },
    /// Say that one moment led to another, both as `axis` calls them.
    Chain { ticket: String, cause: String, effect: String },
    /// Take that back, by its number.
    Unchain { link: i64 },
    /// Take a file away for good.
    Remove { file: i64 },
}

pub(crate) fn run(host: &Host, args: Args) -> anyhow::Result<()> {
    match args {
        Args::Add { ticket, files, link } => {
            let file = |path: String| CaseFileAddArgs {
                ticket: ticket.clone(),
                path: Some(absolute(&path)),
                ..Default::default()
            };
            let mut all: Vec<CaseFileAddArgs> = files.into_iter().map(file).collect();
            all.extend(link.map(|link| CaseFileAddArgs {
                ticket: ticket.clone(),
                link: Some(link),
                ..Default::default()
            }));
            let mut added = Vec::new();
            for one in all {
                added.push(output::call(host, "case_file_add", &one)?);
            }
            let all = Value::from(added);
            output::print(host.json, &all, || words::evidence::added(&all))
        }
        Args::List { ticket } => {
            let files = output::call(host, "case_files_list", &CaseTicketArgs { ticket })?;
            output::print(host.json, &files, || words::evidence::files(&files))
        }
        Args::Lines { file, group, offset, limit } => {
            let lines = output::call(host, "case_lines", &CaseLinesArgs { id: file, group, offset, limit })?;
            output::print(host.json, &lines, || {
                let line = |line: &Value| format!("{:>8}  {}", number(line, "/number"), text(line, "/text"));
                list(&lines, "/lines").map(line).collect::<Vec<_>>().join("\n")
            })
        }
        Args::Axis { ticket } => {
            let axis = output::call(host, "case_timeline", &CaseTicketArgs { ticket })?;
            output::print(host.json, &axis, || words::evidence::axis(&axis))
        }
        Args::Chain { ticket, cause, effect } => {
            let said = output::call(host, "chain_say", &ChainSayArgs { ticket, cause, effect })?;
            output::print(host.json, &said, || {
                format!("Noted. `precedent evidence unchain {}` takes it back.", number(&said, "/undo"))
            })
        }
        Args::Unchain { link } => gone(host, "chain_unsay", link, "Taken back."),
        Args::Remove { file } => {
            let words = "It is gone; `precedent history --undo` brings it back, for 30 days.";
            gone(host, "case_file_remove", file, words)
        }
    }
}

fn gone(host: &Host, command: &str, undo: i64, words: &str) -> anyhow::Result<()> {
    output::call(host, command, &UndoArgs { undo })?;
    output::print(host.json, &json!({}), || words.to_owned())
}

/// The engine may run elsewhere than where somebody types.
fn absolute(path: &str) -> String {
    std::path::absolute(path).map_or_else(|_| path.to_owned(), |path| path.to_string_lossy().into_owned())
}
