use crate::{Host, command, failed::Failed, output, words};
use engine::api::args::{ExamWhich, ReplayArgs};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Ask only the newest so many of the tickets whose answer is known.
    #[arg(long, value_name = "N", default_value_t = 1000)]
    limit: u32,
    /// Places that count.
    #[arg(short, long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=100))]
    k: u32,
    /// Instead of asking again, show the tickets behind a number of the last exam.
    #[arg(long, value_name = "WHICH", conflicts_with = "limit", value_parser = which)]
    rows: Option<ExamWhich>,
    /// What the rows are held against: `before` or another way to rank, as the exam names them.
    #[arg(long, value_name = "WAY", requires = "rows")]
    against: Option<String>,
}

/// As the exam calls them; a word that is none is answered with those that are.
fn which(word: &str) -> Result<ExamWhich, String> {
    serde_json::from_value(json!(word.replace('-', "_"))).map_err(|bad| bad.to_string())
}

pub(crate) fn run(host: &Host, args: &Args) -> anyhow::Result<()> {
    if let Some(which) = args.rows {
        let asked = json!({ "configuration": "in_use", "against": args.against, "which": which, "k": args.k });
        let rows = output::call(host, "replay_rows", &asked)?;
        return output::print(host.json, &rows, || words::replay::rows(&rows));
    }
    command::wait_until_searchable(host)?;
    // Hidden by itself where stderr is no terminal.
    let bar = ProgressBar::new(0).with_style(ProgressStyle::with_template("{wide_bar} {pos}/{len} {eta}")?);
    let progress = |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    };
    let asked = ReplayArgs { limit: Some(args.limit), k: Some(args.k) };
    let reply = engine::replay_now(&host.engine, &asked, &progress).map_err(Failed::from)?;
    bar.finish_and_clear();
    output::print(host.json, &reply, || words::replay::words(&reply))
}
