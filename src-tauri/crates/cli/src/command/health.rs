use crate::{Host, failed::Failed, output};
use serde_json::{Value, json};

pub(crate) fn doctor(host: &Host, repair: bool) -> anyhow::Result<()> {
    let report: Value = output::call(host, "doctor", &json!({ "repair": repair }))?;
    let ok = report.get("ok").and_then(Value::as_bool).unwrap_or(false);
    output::print(host.json, &report, || {
        let checks = report.get("checks").and_then(Value::as_array).into_iter().flatten();
        let lines = checks.map(|check| {
            let field = |name: &str| check.get(name).and_then(Value::as_str).unwrap_or_default();
            let mark = if check.get("ok").and_then(Value::as_bool).unwrap_or(false) { "ok   " } else { "FAULT" };
            format!("{mark} {:<10} {}", field("name"), field("detail"))
        });
        lines.collect::<Vec<_>>().join("\n")
    })?;
    let hint = if repair { "" } else { " `precedent doctor --repair` mends what can be mended." };
    if ok { Ok(()) } else { Err(Failed::Reported(format!("The workspace has faults.{hint}")).into()) }
}

pub(crate) fn reindex(host: &Host) -> anyhow::Result<()> {
    host.engine.reindex().map_err(Failed::from)?;
    let status: Value = output::call(host, "workspace_status", &json!({}))?;
    output::print(host.json, &status, || {
        format!(
            "The search index was made anew from {} tickets.",
            status.get("tickets").and_then(Value::as_u64).unwrap_or_default()
        )
    })
}
