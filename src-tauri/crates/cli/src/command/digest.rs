use crate::{
    Host, output,
    words::fields::{flat, list, number, text, time},
};
use serde_json::{Value, json};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Of so many days, and not since it was read last.
    #[arg(long, value_name = "N")]
    days: Option<u32>,
    /// Say that it was read: from then on only what comes later is told.
    #[arg(long)]
    read: bool,
}

pub(crate) fn run(host: &Host, args: &Args) -> anyhow::Result<()> {
    let mut view = output::call(host, "digest_get", &json!({}))?;
    if let Some(days) = args.days {
        let since = time(&view, "/until").unwrap_or_default() - i64::from(days) * 86_400_000;
        view = output::call(host, "digest_get", &json!({ "since": since }))?;
    }
    if args.read {
        output::call(host, "digest_read", &json!({ "since": time(&view, "/until") }))?;
    }
    output::print(host.json, &view, || {
        let since = time(&view, "/since").map(|at| host.when.exact(at)).unwrap_or_default();
        let mut lines = vec![format!("Since {since}:")];
        lines.extend(list(&view, "/rows").map(|row| line(row, host)));
        if lines.len() == 1 {
            lines.push("Nothing changed.".into());
        }
        if number(&view, "/more") > 0 {
            lines.push(format!("{} more.", number(&view, "/more")));
        }
        lines.join("\n")
    })
}

fn line(row: &Value, host: &Host) -> String {
    let said = flat(text(row, "/said"));
    let what = match text(row, "/what") {
        "new" => format!("new {}", text(row, "/kind").replace('_', " ")),
        "shipped" => format!("its fix is out in {said}"),
        "stale" => format!("stale: its fix is out in {said}, and it says still that there is none"),
        "repeat" => format!("escalated although it was answered: {said}"),
        "answered" => "answered by engineering".into(),
        _ => format!("changed, now {}", said.replace('_', " ")),
    };
    let at = time(row, "/at").map(|at| host.when.ago(at)).unwrap_or_default();
    format!("{:<16} {}  ({what}, {at})", flat(text(row, "/display_id")), flat(text(row, "/title")))
}
