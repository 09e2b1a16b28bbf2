use crate::{Host, output};
use anyhow::Context;
use serde_json::Value;

pub(crate) fn run(host: &Host, name: &str, args: Option<&str>) -> anyhow::Result<()> {
    let args: Value = match args {
        Some(text) => serde_json::from_str(text).context("the arguments are not JSON")?,
        None => Value::Null,
    };
    host.engine.wait_until_searchable().map_err(output::Failed::from)?;
    let reply: Value = output::call(host, name, &args)?;
    output::print(true, &reply, String::new)
}
