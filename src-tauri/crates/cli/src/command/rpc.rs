use crate::{Host, command, failed::Failed, output};
use clap::builder::PossibleValuesParser;
use engine::api::view::{Event, JobView};
use serde_json::Value;
use std::sync::mpsc;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The command.
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
    if args.arguments.as_ref().is_some_and(|given| given.get("secret").is_some()) {
        let words = "A secret in an argument can be read by everybody on this machine.";
        return Err(Failed::usage(words, "Pass it with `precedent source add … --secret-stdin`.").into());
    }
    // Some commands mend the index, or do not need it: whether this one can be answered is for the engine to say.
    if let Err(lagging) = command::wait_until_searchable(host) {
        output::note(&format!("{lagging:#}"));
    }
    let ended = jobs_that_end(host);
    let reply = output::call(host, &args.name, &args.arguments.unwrap_or_default())?;
    match started_job(&reply) {
        Some(id) => finish(host, id, &ended),
        None => output::print(true, &reply, String::new),
    }
}

/// Every job that ends from now on.
pub(super) fn jobs_that_end(host: &Host) -> mpsc::Receiver<JobView> {
    let (sender, ended) = mpsc::channel();
    host.engine.subscribe(Box::new(move |event| {
        if let Event::Job { job } = event
            && job.state != "running"
        {
            let _ = sender.send(JobView::clone(job));
        }
    }));
    ended
}

pub(super) fn wait_for(id: u64, ended: &mpsc::Receiver<JobView>) -> anyhow::Result<JobView> {
    // The engine holds the sending end for as long as it lives.
    ended.iter().find(|job| job.id == id).ok_or_else(|| anyhow::anyhow!("the job ended without a word"))
}

/// What the job's end means for this command's.
pub(super) fn outcome(job: &JobView) -> anyhow::Result<()> {
    match &job.error {
        _ if job.state == "done" => Ok(()),
        Some(view) => Err(Failed::Reported(Failed::Engine(view.clone()).to_string()).into()),
        None => Err(Failed::Reported(format!("the job was {}", job.state)).into()),
    }
}

/// Whether a reply is a job that runs on: it would end with this process.
fn started_job(reply: &Value) -> Option<u64> {
    let runs = reply.get("state").and_then(Value::as_str) == Some("running") && reply.get("started_at").is_some();
    reply.get("id").and_then(Value::as_u64).filter(|_| runs)
}

fn finish(host: &Host, id: u64, ended: &mpsc::Receiver<JobView>) -> anyhow::Result<()> {
    let job = wait_for(id, ended)?;
    if job.state == "done" {
        host.engine.wait_until_searchable().map_err(Failed::from)?;
    }
    output::print(true, &job, String::new)?;
    outcome(&job)
}
