use crate::{
    Host, output,
    words::fields::{flag, flat, number, text},
};
use engine::api::args::{DeedUndoArgs, LimitArgs};
use serde_json::Value;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// How many to show, newest first.
    #[arg(long, default_value_t = 50)]
    limit: u32,
    /// Take one back, by its number; without a number, the last that has a way back.
    #[arg(long, value_name = "NUMBER", num_args = 0..=1)]
    undo: Option<Option<i64>>,
}

pub(crate) fn run(host: &Host, args: Args) -> anyhow::Result<()> {
    if let Some(id) = args.undo {
        let undone = output::call(host, "deed_undo", &DeedUndoArgs { id })?;
        super::wait_until_searchable(host)?;
        return output::print(host.json, &undone, || format!("Taken back: {}.", words(&undone)));
    }
    let deeds = output::call(host, "deeds_list", &LimitArgs { limit: args.limit })?;
    output::print(host.json, &deeds, || {
        let line = |deed: &Value| {
            let at = host.when.exact(deed.pointer("/at").and_then(Value::as_i64).unwrap_or_default());
            let mark = if deed.pointer("/undone_at").is_some_and(Value::is_i64) {
                "  (taken back)"
            } else if flag(deed, "/can_undo") {
                ""
            } else {
                "  (no way back)"
            };
            format!("{:>5}  {at}  {}{mark}", number(deed, "/id"), words(deed))
        };
        match deeds.as_array().into_iter().flatten().map(line).collect::<Vec<_>>() {
            lines if lines.is_empty() => "Nothing was done yet.".into(),
            lines => lines.join("\n"),
        }
    })
}

fn words(deed: &Value) -> String {
    let what = text(deed, "/what");
    let said = match what {
        "feedback_set" => "said of a hit",
        "link_add" => "linked",
        "link_remove" => "unlinked",
        "step_log" => "noted what was tried",
        "runbook_log" => "noted of a runbook",
        "flag_raise" => "flagged",
        "flag_settle" => "settled or raised a flag",
        "aside_set" => "set aside or taken up",
        "capture_save" | "kb_new" => "wrote a new entry",
        "capture_into" | "kb_save" | "kb_set" => "changed an entry",
        "capture_undo" => "took an entry away",
        "entries_merge" => "merged two entries",
        "rule_save" | "rule_state_set" => "changed a rule",
        "outbox_write" => "wrote to the outbox",
        _ => return [what.replace('_', " "), flat(text(deed, "/about"))].join(" ").trim().to_owned(),
    };
    format!("{said}: {}", flat(text(deed, "/about")))
}
