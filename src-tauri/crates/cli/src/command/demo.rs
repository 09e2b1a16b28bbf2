use crate::{Host, failed::Failed, output};

pub(crate) fn run(host: &Host) -> anyhow::Result<()> {
    let report = host.engine.fill_sample().map_err(Failed::from)?;
    output::print(host.json, &report, || {
        format!(
            "The sample workspace is ready: {} tickets, {} comments, {} known errors.",
            report.added, report.comments, report.known_errors
        )
    })
}
