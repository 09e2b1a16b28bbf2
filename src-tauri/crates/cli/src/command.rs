//! One module per command: its arguments, one call, its output.

pub(crate) mod adapt;
pub(crate) mod bisect;
pub(crate) mod bundle;
pub(crate) mod code;
mod code_tickets;
pub(crate) mod curate;
pub(crate) mod demo;
pub(crate) mod digest;
pub(crate) mod escalate;
pub(crate) mod evidence;
pub(crate) mod handed;
pub(crate) mod health;
pub(crate) mod history;
pub(crate) mod import;
pub(crate) mod insights;
pub(crate) mod judged;
pub(crate) mod kb;
pub(crate) mod key;
pub(crate) mod known;
pub(crate) mod ledger;
pub(crate) mod model;
pub(crate) mod outbox;
pub(crate) mod programme;
pub(crate) mod purge;
pub(crate) mod redact;
pub(crate) mod regression;
pub(crate) mod replay;
pub(crate) mod retention;
pub(crate) mod rpc;
pub(crate) mod rule;
pub(crate) mod runbook;
pub(crate) mod search;
pub(crate) mod seen;
pub(crate) mod source;
pub(crate) mod sync;
pub(crate) mod ticket;
pub(crate) mod triage;

use crate::{
    Host,
    failed::Failed,
    output,
    words::fields::{number, text},
};
use serde_json::json;

/// Waits until everything that is stored can be found. What cannot be found would read as *new*, so where that stays
/// so it is said. Answers with how many documents an answer should have been looked for in.
pub(crate) fn wait_until_searchable(host: &Host) -> anyhow::Result<u64> {
    host.engine.wait_until_searchable().map_err(Failed::from)?;
    warn_of_a_lagging_index(host)
}

pub(crate) fn warn_of_a_lagging_index(host: &Host) -> anyhow::Result<u64> {
    let status = output::call(host, "workspace_status", &json!({}))?;
    let state = text(&status, "/index/state");
    if state != "ready" {
        let because = match text(&status, "/index/reason") {
            "" => String::new(),
            reason => format!(", because {reason}"),
        };
        output::note(&format!(
            "The search index is {}{because}: cases may be missing here. Ask again in a moment.",
            state.replace('_', " ")
        ));
    }
    Ok(number(&status, "/tickets") + number(&status, "/known_errors"))
}
