use crate::{
    Host, output,
    words::fields::{flag, flat, joined, list, number, text},
};
use engine::api::args::{AsideArgs, CaptureArgs, CaptureIntoArgs, CaptureSaveArgs};
use serde_json::{Value, json};

#[derive(clap::Args)]
pub(crate) struct Capture {
    /// A solved ticket; without one, those that wait to be captured.
    ticket: Option<String>,
    /// `known_error` or article.
    #[arg(long = "as", value_name = "KIND", default_value = "known_error")]
    kind: String,
    /// Write it into the knowledge folder; without this, it is only shown.
    #[arg(long, conflicts_with_all = ["into", "nothing"])]
    save: bool,
    /// The ticket is about what this entry says.
    #[arg(long, value_name = "ID", conflicts_with = "nothing")]
    into: Option<String>,
    /// There is nothing to capture, and why.
    #[arg(long, value_name = "WHY")]
    nothing: Option<String>,
}

pub(crate) fn capture(host: &Host, args: Capture) -> anyhow::Result<()> {
    let Some(ticket) = args.ticket else {
        let waiting = output::call(host, "capture_list", &json!({}))?;
        return output::print(host.json, &waiting, || {
            let rows = list(&waiting, "/rows")
                .map(|row| format!("{:<16} {}", flat(text(row, "/display_id")), flat(text(row, "/subject"))));
            let rows: Vec<String> = rows.collect();
            format!("{} solved tickets are tied to nothing known.\n{}", number(&waiting, "/total"), rows.join("\n"))
        });
    };
    if let Some(entry) = args.into {
        let into = CaptureIntoArgs { ticket, entry, ..CaptureIntoArgs::default() };
        let changed = output::call(host, "capture_into", &into)?;
        return output::print(host.json, &changed, || format!("It belongs to {} now.", text(&changed, "/path")));
    }
    let draft = output::call(host, "capture_draft", &CaptureArgs { ticket: ticket.clone() })?;
    if let Some(why) = args.nothing {
        let item = format!("capture:{}", text(&draft, "/ticket"));
        let aside = output::call(host, "aside_set", &AsideArgs { item, why: Some(why) })?;
        return output::print(host.json, &aside, || "Set aside: nothing to capture.".into());
    }
    if !args.save {
        return output::print(host.json, &draft, || draft_words(&draft));
    }
    let part = |path: &str| text(&draft, path).to_owned();
    let save = CaptureSaveArgs {
        ticket,
        kind: args.kind,
        title: part("/title"),
        issue: part("/issue"),
        environment: part("/environment"),
        cause: part("/cause"),
        workaround: part("/workaround"),
        resolution: part("/resolution"),
        code: list(&draft, "/code").filter_map(Value::as_str).map(str::to_owned).collect(),
    };
    let saved = output::call(host, "capture_save", &save)?;
    super::wait_until_searchable(host)?;
    output::print(host.json, &saved, || format!("Made {}. Look it through, then validate it.", text(&saved, "/path")))
}

fn draft_words(draft: &Value) -> String {
    let mut out = format!("{}\n", flat(text(draft, "/title")));
    for near in list(draft, "/near") {
        out.push_str(&format!("\nNearly the same: {}  {}", flat(text(near, "/id")), flat(text(near, "/title"))));
    }
    for (heading, path) in [
        ("Issue", "/issue"),
        ("Environment", "/environment"),
        ("Cause", "/cause"),
        ("Workaround", "/workaround"),
        ("Resolution", "/resolution"),
    ] {
        if !text(draft, path).is_empty() {
            out.push_str(&format!("\n\n## {heading}\n{}", text(draft, path)));
        }
    }
    out
}

fn cause(cause: &Value) -> String {
    match cause.pointer("/code").filter(|code| code.is_object()) {
        Some(code) => super::known::code_changed(code),
        None => text(cause, "/kind").into(),
    }
}

pub(crate) fn curate(host: &Host) -> anyhow::Result<()> {
    let view = output::call(host, "curate_list", &json!({}))?;
    output::print(host.json, &view, || {
        let line = |item: &Value| {
            let why = match text(item, "/kind") {
                "cluster" => "not written down".to_owned(),
                "draft" => "not validated".to_owned(),
                "repeat" => format!(
                    "escalated although answered: {}",
                    list(item, "/why").map(|why| text(why, "/said")).collect::<Vec<_>>().join(", ")
                ),
                "duplicate" => format!("said twice: {}", joined(item, "/paths")),
                _ => list(item, "/why").map(cause).collect::<Vec<_>>().join(", "),
            };
            let tickets = list(item, "/tickets").count();
            let noun = if tickets == 1 { "ticket" } else { "tickets" };
            format!("{:>4}  {tickets} {noun}  {}  ({why})", number(item, "/weight"), flat(text(item, "/title")))
        };
        let mut lines: Vec<String> = list(&view, "/items").map(line).collect();
        lines.push(format!("{} solved tickets to capture.", number(&view, "/to_capture")));
        if !flag(&view, "/folder") {
            lines.push("No knowledge folder was chosen: `precedent kb init DIR` or `precedent kb open DIR`.".into());
        }
        lines.join("\n")
    })
}

pub(crate) fn follow_ups(host: &Host) -> anyhow::Result<()> {
    let view = output::call(host, "follow_ups_list", &json!({}))?;
    output::print(host.json, &view, || {
        let mut out: Vec<String> = Vec::new();
        for group in list(&view, "/groups") {
            let fixed = joined(group, "/fix_versions");
            out.push(format!("{}  fixed in {fixed}", flat(text(group, "/title"))));
            out.extend(list(group, "/rows").map(|row| {
                let fix = match text(row, "/fix/state") {
                    "fixed_in_yours" => "has the fix".into(),
                    "fixed_later" => format!("to update to {}", flat(text(row, "/fix/version"))),
                    _ => "version unknown".to_owned(),
                };
                let runs = flat(text(row, "/version"));
                format!(
                    "    {:<16} {runs:<10} {fix:<24} {}",
                    flat(text(row, "/display_id")),
                    flat(text(row, "/subject"))
                )
            }));
        }
        if out.is_empty() { "Nobody waits for a fix that is out.".into() } else { out.join("\n") }
    })
}
