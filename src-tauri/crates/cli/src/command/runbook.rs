use crate::{
    Host, output,
    words::fields::{flat, list, number, text},
};
use engine::api::args::{RunbookLogArgs, RunbooksArgs};
use serde_json::Value;

#[derive(clap::Subcommand)]
pub(crate) enum Args {
    /// Every runbook of the knowledge folder.
    List {
        /// With what was done on this ticket; those for its product first.
        #[arg(long)]
        ticket: Option<String>,
    },
    /// One of them: when, what before, the steps, the way back.
    Show {
        id: String,
        #[arg(long)]
        ticket: Option<String>,
    },
    /// Note a step that was done on a ticket, what came of all of them, or who agreed.
    Log {
        id: String,
        #[arg(long)]
        ticket: String,
        /// The step that was done, from 1.
        #[arg(long, default_value_t = 0)]
        step: u32,
        /// Say `worked` or `did_not_work` of the whole of it.
        #[arg(long, value_parser = ["worked", "did_not_work"], conflicts_with = "step")]
        outcome: Option<String>,
        /// Who agreed that it is done.
        #[arg(long, value_name = "NAME")]
        approved_by: Option<String>,
    },
}

pub(crate) fn run(host: &Host, args: Args) -> anyhow::Result<()> {
    match args {
        Args::List { ticket } => {
            let all = output::call(host, "runbooks_list", &RunbooksArgs { ticket })?;
            output::print(host.json, &all, || {
                let lines: Vec<String> = list(&all, "").map(line).collect();
                if lines.is_empty() { "The knowledge folder holds no runbook yet.".into() } else { lines.join("\n") }
            })
        }
        Args::Show { id, ticket } => {
            let all = output::call(host, "runbooks_list", &RunbooksArgs { ticket })?;
            let one = list(&all, "").find(|one| ["/id", "/display_id", "/path"].iter().any(|at| text(one, at) == id));
            let one = one.ok_or_else(|| anyhow::anyhow!("there is no runbook {id}"))?;
            output::print(host.json, one, || whole(one))
        }
        Args::Log { id, ticket, step, outcome, approved_by } => {
            let outcome = outcome.unwrap_or_else(|| "done".into());
            let asked = RunbookLogArgs { ticket, id, step, outcome, approved_by };
            let done = output::call(host, "runbook_log", &asked)?;
            output::print(host.json, &done, || "Noted.".into())
        }
    }
}

fn line(one: &Value) -> String {
    let tier = text(one, "/min_tier");
    format!("{:<28} {:<12} {:<16} {}", flat(text(one, "/display_id")), tier, worked(one), flat(text(one, "/title")))
}

fn worked(one: &Value) -> String {
    match number(one, "/tried/tried") {
        0 => "not tried yet".into(),
        tried => format!("worked {} of {tried}", number(one, "/tried/worked")),
    }
}

fn whole(one: &Value) -> String {
    let mut said = vec![format!("{}  ({})", flat(text(one, "/title")), worked(one))];
    for (name, at) in [
        ("Needs", "/min_tier"),
        ("Needs the word of", "/approval"),
        ("Agreed", "/approved_by"),
        ("Flag", "/flag"),
        ("Page", "/url"),
    ] {
        let word = text(one, at);
        if !word.is_empty() {
            said.push(format!("{name}: {}", flat(word)));
        }
    }
    for (name, at) in [("When", "/when"), ("Before", "/before")] {
        if !text(one, at).is_empty() {
            said.push(format!("\n{name}\n{}", text(one, at).trim_end()));
        }
    }
    said.push("\nSteps".into());
    let done: Vec<u64> = list(one, "/done").map(|done| number(done, "/step")).collect();
    for (at, step) in list(one, "/steps").enumerate() {
        let mark = if done.contains(&(at as u64 + 1)) { "x" } else { " " };
        said.push(format!("[{mark}] {}. {}", at + 1, flat(step.as_str().unwrap_or_default())));
    }
    if !text(one, "/back").is_empty() {
        said.push(format!("\nBack\n{}", text(one, "/back").trim_end()));
    }
    said.join("\n")
}
