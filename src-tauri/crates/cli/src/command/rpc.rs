use crate::{Host, failed::Failed, output};
use clap::builder::PossibleValuesParser;
use serde_json::Value;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(value_parser = PossibleValuesParser::new(engine::api::NAMES))]
    pub(crate) name: String,
    /// One JSON object; may be left out where the command takes nothing.
    #[arg(value_parser = json)]
    pub(crate) arguments: Option<Value>,
}

fn json(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|cause| format!("that is not JSON: {cause}"))
}

pub(crate) fn run(host: &Host, args: Args) -> anyhow::Result<()> {
    host.engine.wait_until_searchable().map_err(Failed::from)?;
    let reply = output::call(host, &args.name, &args.arguments.unwrap_or_default())?;
    output::print(true, &reply, String::new)
}
