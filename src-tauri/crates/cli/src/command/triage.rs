use crate::{
    Host, output,
    words::fields::{flat, list, number, text},
};
use engine::api::args::{IdArgs, QueueArgs, TriageArgs};
use engine::api::view::QueueFilter;
use serde_json::Value;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// What is suggested for one ticket. Without it, every open ticket that something is suggested for.
    ticket: Option<String>,
    /// Take what this rule suggests for the ticket.
    #[arg(long, value_name = "RULE", requires = "ticket", conflicts_with = "wrong")]
    take: Option<String>,
    /// Say that this rule is wrong on the ticket.
    #[arg(long, value_name = "RULE", requires = "ticket")]
    wrong: Option<String>,
}

/// Rows that are printed.
const MOST: u32 = 500;

pub(crate) fn run(host: &Host, args: Args) -> anyhow::Result<()> {
    super::wait_until_searchable(host)?;
    let Some(ticket) = args.ticket else {
        let asked = QueueArgs { filter: QueueFilter::Triage, offset: 0, limit: MOST };
        let queue = output::call(host, "queue_list", &asked)?;
        return output::print(host.json, &queue, || match number(&queue, "/total") {
            0 => "No rule that speaks sorts an open ticket.".into(),
            _ => list(&queue, "/rows").map(row).collect::<Vec<String>>().join("\n"),
        });
    };
    for (rule, taken) in [(args.take, true), (args.wrong, false)] {
        if let Some(rule) = rule {
            output::call(host, "triage_say", &TriageArgs { ticket: ticket.clone(), rule, taken })?;
        }
    }
    let told = output::call(host, "ticket_get", &IdArgs { id: ticket })?;
    let suggested = told.pointer("/triage").cloned().unwrap_or_default();
    output::print(host.json, &suggested, || {
        let lines: Vec<String> = list(&suggested, "").map(whole).collect();
        if lines.is_empty() { "No rule sorts it.".into() } else { lines.join("\n") }
    })
}

fn row(row: &Value) -> String {
    let lane = text(row, "/lane").replace('_', " ");
    format!("{lane:<14} {:<24} {}", flat(text(row, "/id")), flat(text(row, "/subject")))
}

fn whole(one: &Value) -> String {
    let said = match one.pointer("/taken").and_then(Value::as_bool) {
        Some(true) => "  (taken)",
        Some(false) => "  (wrong here)",
        None => "",
    };
    let mut lines = vec![format!("{}: {}{said}", flat(text(one, "/rule")), flat(text(one, "/title")))];
    let labels: Vec<&str> = list(one, "/labels").filter_map(Value::as_str).collect();
    let lane = text(one, "/lane").replace('_', " ");
    let facts = [
        ("lane", lane.as_str()),
        ("labels", &labels.join(", ")),
        ("queue", text(one, "/queue")),
        ("owner", text(one, "/owner")),
    ];
    lines.extend(
        facts.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("  {name}: {}", flat(value))),
    );
    let found = list(one, "/found").map(|found| match text(found, "/kind") {
        "came_before" => format!("  because: {} with the same error came before it", text(found, "/text")),
        "field" => format!("  because: {}", flat(text(found, "/text"))),
        kind => format!("  because: {} {}", kind.replace('_', " "), flat(text(found, "/text"))),
    });
    lines.extend(found);
    lines.join("\n")
}
