//! The engineer's side of what was handed over: looked at, moved on, answered.

use super::bundle;
use crate::{
    Host, output,
    words::fields::{flat, list, number, text, time},
};
use engine::api::args::{CaseTicketArgs, EscalationAnswerArgs, EscalationMoveArgs, NumberArgs};
use serde_json::{Value, json};
use std::fmt::Write;

#[derive(clap::Subcommand)]
pub(crate) enum Args {
    /// Everything that was handed over, here or in a bundle, and what was begun.
    List,
    /// Throw away what was begun for a ticket.
    Drop { ticket: String },
    /// One of them: its package, the lines that ran, how far it came, and the answer.
    Show { id: i64 },
    /// Say how far it has come.
    Move {
        id: i64,
        /// As `show` names those that it may come to.
        state: String,
    },
    /// Answer it: at least one of the five. It is found with its ticket, stops the next one of its kind, and begins a known error
    /// where the team has a folder.
    Answer(Answered),
}

#[derive(clap::Args)]
pub(crate) struct Answered {
    id: i64,
    #[arg(long, default_value = "", value_name = "TEXT")]
    cause: String,
    /// A pull request, an issue, a commit.
    #[arg(long, default_value = "", value_name = "TEXT")]
    fix: String,
    /// Steps, one a line.
    #[arg(long, default_value = "", value_name = "TEXT")]
    workaround: String,
    /// Fixed in these, with commas between them.
    #[arg(long, default_value = "", value_name = "LIST")]
    versions: String,
    /// What support has to know the next time.
    #[arg(long, default_value = "", value_name = "TEXT")]
    note: String,
    /// What it took engineering.
    #[arg(long, value_name = "MINUTES")]
    effort: Option<u32>,
    /// Who answers; remembered.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

pub(crate) fn run(host: &Host, args: &Args) -> anyhow::Result<()> {
    match args {
        Args::List => {
            let all = output::call(host, "escalation_list", &json!({}))?;
            let begun = output::call(host, "drafts_list", &json!({}))?;
            let both = json!({ "handed": all, "drafts": begun });
            output::print(host.json, &both, || {
                let drafts: Vec<String> = list(&begun, "").map(|one| drafted(host, one)).collect();
                [drafts.as_slice(), &[bundle::listed(&all)]].concat().join("\n")
            })
        }
        Args::Drop { ticket } => {
            let done = output::call(host, "draft_drop", &CaseTicketArgs { ticket: ticket.clone() })?;
            output::print(host.json, &done, || format!("What was begun for {} is gone.", flat(ticket)))
        }
        Args::Show { id } => {
            let one = output::call(host, "escalation_get", &NumberArgs { id: *id })?;
            output::print(host.json, &one, || shown(&one))
        }
        Args::Move { id, state } => {
            let asked = EscalationMoveArgs { id: *id, state: state.clone() };
            let one = output::call(host, "escalation_move", &asked)?;
            output::print(host.json, &one, || far(&one))
        }
        Args::Answer(said) => {
            let Answered { id, cause, fix, workaround, versions, note, effort, by } = said;
            let [cause, fix, workaround, versions, note] = [cause, fix, workaround, versions, note].map(String::clone);
            let asked = EscalationAnswerArgs {
                id: *id,
                cause,
                fix,
                workaround,
                versions,
                note,
                effort: *effort,
                by: by.clone(),
            };
            let given = output::call(host, "escalation_answer", &asked)?;
            output::print(host.json, &given, || {
                let files = ["/known_error", "/article"].map(|path| text(&given, path)).into_iter();
                let files: Vec<&str> = files.filter(|path| !path.is_empty()).collect();
                let begun =
                    if files.is_empty() { String::new() } else { format!(", and begun as {}", files.join(" and ")) };
                format!("Answered{begun}.")
            })
        }
    }
}

/// As a row of what was handed over, without a number.
fn drafted(host: &Host, one: &Value) -> String {
    let at = time(one, "/at").map(|at| format!("  begun, last written {}", host.when.ago(at))).unwrap_or_default();
    format!("   -  draft         {}  {}{at}", text(one, "/ticket"), flat(text(one, "/title")))
}

fn shown(one: &Value) -> String {
    let mut out = text(one, "/markdown/text").trim_end().to_owned();
    for line in list(one, "/code") {
        let (path, at) = (flat(text(line, "/path")), flat(text(line, "/at")));
        let number = line.pointer("/line").and_then(Value::as_u64).map_or(String::new(), |line| format!(":{line}"));
        let _ = write!(out, "\nRan: {path}{number}  {} {at}", flat(text(line, "/repo")));
    }
    let _ = write!(out, "\n\n{}", far(one));
    for (field, label) in [
        ("cause", "Cause"),
        ("fix", "Fix"),
        ("workaround", "Workaround"),
        ("versions", "Fixed in"),
        ("note", "For support"),
    ] {
        let said = text(one, &format!("/answer/{field}"));
        if !said.is_empty() {
            let _ = write!(out, "\n{label}: {said}");
        }
    }
    out
}

fn far(one: &Value) -> String {
    let next: Vec<&str> = list(one, "/next").filter_map(Value::as_str).collect();
    let next = if next.is_empty() { String::new() } else { format!("; may become {}", next.join(", ")) };
    format!("Escalation {} is {}{next}.", number(one, "/row/id"), text(one, "/row/state"))
}
