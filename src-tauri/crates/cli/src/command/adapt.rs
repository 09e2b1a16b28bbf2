use crate::{Host, output, words};
use serde_json::json;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// `on` lets what was learned count wherever the exam showed a gain; `off` ranks with the shipped weights again.
    #[arg(value_parser = ["on", "off"])]
    switch: Option<String>,
}

/// What the last exam learned, or the switch.
pub(crate) fn run(host: &Host, args: &Args) -> anyhow::Result<()> {
    let exam = match &args.switch {
        Some(switch) => output::call(host, "adaptation_set", &json!({ "on": switch == "on" }))?,
        None => output::call(host, "replay_get", &json!({}))?,
    };
    let adaptation = exam.pointer("/run/adaptation").cloned().unwrap_or_default();
    output::print(host.json, &adaptation, || words::adapt::words(&adaptation))
}
