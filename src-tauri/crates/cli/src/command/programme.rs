use crate::{
    Host, output,
    words::fields::{flag, flat, list, number, text, time},
};
use clap::Subcommand;
use serde_json::{Value, json};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Write all of it down as Markdown, for people elsewhere.
    #[arg(long)]
    markdown: bool,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Subcommand)]
enum What {
    /// Tick a step, by its name.
    Tick { step: String },
    /// Take a tick away.
    Untick { step: String },
    /// Keep what somebody told of their work. No name: it is about the work.
    Interview(Interview),
    /// What people told, the latest first.
    Interviews {
        /// Only those that say this, in any letters.
        #[arg(long, value_name = "WORDS")]
        find: Option<String>,
    },
    /// Let go of an interview, by its number.
    Forget { id: i64 },
}

#[derive(clap::Args)]
struct Interview {
    #[arg(long, value_parser = ["l1", "l2", "l3_engineer", "lead", "other"])]
    role: String,
    /// What slows them, in a line.
    #[arg(long)]
    pain: String,
    #[arg(long, value_parser = ["daily", "weekly", "monthly", "rarely"])]
    often: String,
    /// What they open for it, with a comma between two.
    #[arg(long, default_value = "")]
    tools: String,
    /// In their words.
    #[arg(long, default_value = "")]
    quote: String,
}

pub(crate) fn run(host: &Host, args: &Args) -> anyhow::Result<()> {
    let tick = |step: &str, done: bool| {
        let ticked = output::call(host, "programme_tick", &json!({ "step": step, "done": done }))?;
        let words = if done { "Ticked" } else { "Not ticked" };
        output::print(host.json, &ticked, || format!("{words}: {step}."))
    };
    match &args.what {
        Some(What::Tick { step }) => return tick(step, true),
        Some(What::Untick { step }) => return tick(step, false),
        Some(What::Interview(Interview { role, pain, often, tools, quote })) => {
            let note = json!({ "role": role, "pain": pain, "often": often, "tools": tools, "quote": quote });
            let kept = output::call(host, "interview_set", &json!({ "note": note }))?;
            return output::print(host.json, &kept, || format!("Kept as interview {}.", number(&kept, "/id")));
        }
        Some(What::Forget { id }) => {
            let gone = output::call(host, "interview_set", &json!({ "id": id }))?;
            let words = || format!("Interview {id} is gone; `precedent history --undo` brings it back.");
            return output::print(host.json, &gone, words);
        }
        _ => {}
    }
    let view = output::call(host, "programme_get", &json!({}))?;
    if let Some(What::Interviews { find }) = &args.what {
        return interviews(host, &view, find.as_deref().unwrap_or_default());
    }
    output::print(host.json, &view, || match args.markdown {
        true => text(&view, "/markdown").trim_end().to_owned(),
        false => words(&view),
    })
}

fn interviews(host: &Host, view: &Value, find: &str) -> anyhow::Result<()> {
    let find = find.to_lowercase();
    let said = |one: &Value| one.to_string().to_lowercase().contains(&find);
    let found: Vec<&Value> = list(view, "/interviews").filter(|one| said(one)).collect();
    output::print(host.json, &json!(found), || {
        let line = |one: &&Value| {
            let at = time(one, "/at").map(|at| host.when.ago(at)).unwrap_or_default();
            let told = format!("{}  {at}, {}: {}", number(one, "/id"), text(one, "/role"), flat(text(one, "/pain")));
            let tools = list(one, "/tools").filter_map(Value::as_str).map(flat).collect::<Vec<_>>().join(", ");
            let quote = flat(text(one, "/quote"));
            let more = [tools, quote].into_iter().filter(|part| !part.is_empty()).map(|part| format!("\n    {part}"));
            format!("{told} ({}){}", text(one, "/often"), more.collect::<String>())
        };
        match found.iter().map(line).collect::<Vec<_>>() {
            lines if lines.is_empty() => "No interview says so.".into(),
            lines => lines.join("\n"),
        }
    })
}

fn words(view: &Value) -> String {
    let mut lines = Vec::new();
    for phase in list(view, "/phases") {
        lines.push(text(phase, "/title").to_owned());
        lines.extend(list(phase, "/steps").map(step));
        lines.push(String::new());
    }
    let pains: Vec<String> = list(view, "/pains").map(pain).collect();
    if !pains.is_empty() {
        lines.push("What slows people".into());
        lines.extend(pains);
        lines.push(String::new());
    }
    lines.push("Tools".into());
    lines.extend(list(view, "/tools").map(tool));
    lines.join("\n")
}

fn step(step: &Value) -> String {
    let mark = if flag(step, "/done") { 'x' } else { ' ' };
    let measured = match step.pointer("/measured") {
        Some(Value::Object(_)) => {
            let (have, need) = (number(step, "/measured/have"), number(step, "/measured/need"));
            format!("  {have} of {need} {}", text(step, "/measured/of"))
        }
        _ => String::new(),
    };
    let by = if flag(step, "/ticked") { "  (ticked)" } else { "" };
    format!("  [{mark}] {:<14} {}{measured}{by}", text(step, "/name"), text(step, "/title"))
}

fn pain(pain: &Value) -> String {
    let (people, monthly) = (number(pain, "/people"), number(pain, "/monthly"));
    let who = if people == 1 { "1 person".to_owned() } else { format!("{people} people") };
    format!("  {}  ({who}, about {monthly} times a month)", flat(text(pain, "/pain")))
}

fn tool(tool: &Value) -> String {
    let name = flat(text(tool, "/name"));
    let kind = text(tool, "/kind");
    let name = if name.is_empty() { format!("no {kind}") } else { name };
    let state = if flag(tool, "/connected") { "connected" } else { "not connected" };
    let lacks: Vec<String> =
        list(tool, "/lacks").filter_map(Value::as_str).map(|fact| fact.replace('_', " ")).collect();
    let lacks = if lacks.is_empty() { String::new() } else { format!("; packages lack {}", lacks.join(", ")) };
    format!("  {name:<24} {state}{lacks}")
}
