use crate::{
    Host,
    failed::Failed,
    output,
    words::{
        self,
        fields::{flat, list, number, text},
    },
};
use engine::api::args::{RunbookCallArgs, RunbookLogArgs, RunbookTokenArgs, RunbooksArgs};
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
    /// Show the request that a runbook makes, byte for byte; send it with the seal that stands below it.
    Call {
        id: String,
        #[arg(long)]
        ticket: String,
        /// Send it: the seal of what was shown.
        #[arg(long)]
        seal: Option<String>,
    },
    /// Keep a token for a host that runbooks call, read from standard input; an empty one is forgotten.
    Token { host: String },
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
            let one = one(host, &id, ticket.clone())?;
            let flag = text(&one, "/flag").to_owned();
            let read =
                if flag.is_empty() { None } else { super::code::flag_lines(host, flag, ticket, None, None).ok() };
            output::print(host.json, &one, || match &read {
                Some(read) => format!("{}\n\nWhere the flag is read\n{}", whole(&one), words::flag::words(read)),
                None => whole(&one),
            })
        }
        Args::Call { id, ticket, seal: Some(seal) } => {
            let called = output::call(host, "runbook_call", &RunbookCallArgs { ticket, id, seal })?;
            output::print(host.json, &called, || {
                format!("{}\n{}", flat(text(&called, "/said")), text(&called, "/answer")).trim_end().to_owned()
            })?;
            match text(&called, "/outcome") {
                "done" => Ok(()),
                "unclear" => {
                    Err(Failed::Reported("Nobody can tell whether it arrived: look there first.".into()).into())
                }
                _ => Err(Failed::Reported("Nothing was done.".into()).into()),
            }
        }
        Args::Call { id, ticket, seal: None } => {
            let one = one(host, &id, Some(ticket))?;
            let call = one.pointer("/call").filter(|call| call.is_object()).cloned().unwrap_or_default();
            output::print(host.json, &call, || match call.pointer("/allowed").and_then(Value::as_bool) {
                None => "It calls nothing.".into(),
                Some(false) => format!("{}\ncalls.yml of the folder does not allow this address.", request(&call)),
                Some(true) => {
                    let token = call.pointer("/token").and_then(Value::as_bool) == Some(true);
                    let token = if token { "with the token that is kept" } else { "without a token" };
                    format!("{}\n\n{token}\nTo send exactly this: --seal {}", request(&call), text(&call, "/seal"))
                }
            })
        }
        Args::Token { host: name } => {
            let secret = std::io::read_to_string(std::io::stdin())?.trim().to_owned();
            let forgotten = secret.is_empty();
            output::call(host, "runbook_token_set", &RunbookTokenArgs { host: name, secret })?;
            let said = if forgotten { "It is forgotten." } else { "It is kept." };
            output::print(host.json, &Value::Null, || said.into())
        }
        Args::Log { id, ticket, step, outcome, approved_by } => {
            let outcome = outcome.unwrap_or_else(|| "done".into());
            let asked = RunbookLogArgs { ticket, id, step, outcome, approved_by };
            let done = output::call(host, "runbook_log", &asked)?;
            output::print(host.json, &done, || "Noted.".into())
        }
    }
}

fn one(host: &Host, id: &str, ticket: Option<String>) -> anyhow::Result<Value> {
    let all = output::call(host, "runbooks_list", &RunbooksArgs { ticket })?;
    let mut named = list(&all, "").filter(|one| ["/id", "/display_id", "/path"].iter().any(|at| text(one, at) == id));
    named.next().cloned().ok_or_else(|| anyhow::anyhow!("there is no runbook {id}"))
}

fn request(call: &Value) -> String {
    format!("{} {}\n\n{}", text(call, "/method"), flat(text(call, "/url")), text(call, "/body"))
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
    for called in list(one, "/called") {
        said.push(flat(text(called, "/said")));
    }
    if !text(one, "/back").is_empty() {
        said.push(format!("\nBack\n{}", text(one, "/back").trim_end()));
    }
    said.join("\n")
}
