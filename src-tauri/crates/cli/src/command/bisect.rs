//! The search for the commit that brought a problem.

use super::regression::{Test, escalation};
use crate::{Host, failed::Failed, output, words};
use engine::api::args::{BisectSayArgs, BisectStartArgs};
use indicatif::{ProgressBar, ProgressStyle};
use std::time::Duration;

#[derive(clap::Subcommand)]
pub(crate) enum Args {
    /// Begin, anew: the commits between a version that was good and the one that is bad.
    Start {
        /// The escalation's number, as `precedent bundle list` shows it.
        id: i64,
        #[arg(long, value_name = "N")]
        repo: Option<String>,
        /// A release that did not have it; the one before --bad when left out.
        #[arg(long, value_name = "VERSION")]
        good: Option<String>,
        /// The version that has it; what the customer runs when left out.
        #[arg(long, value_name = "VERSION")]
        bad: Option<String>,
    },
    /// Where the search stands.
    Show { id: i64 },
    /// Say of a commit whether it is good, bad, or cannot be told (skip); unsay takes that back.
    Say { id: i64, commit: String, said: String },
    /// Let a test say it, commit after commit. It is the repository's own code.
    Run {
        id: i64,
        #[command(flatten)]
        test: Test,
    },
}

pub(crate) fn run(host: &Host, args: Args) -> anyhow::Result<()> {
    let now = match args {
        Args::Start { id, repo, good, bad } => {
            output::call(host, "bisect_start", &BisectStartArgs { id, repo, good, bad })?
        }
        Args::Show { id } => escalation(host, id)?,
        Args::Say { id, commit, said } => output::call(host, "bisect_say", &BisectSayArgs { id, commit, said })?,
        Args::Run { id, test } => {
            let asked = test.asked(host, id, None, None)?;
            let template = ProgressStyle::with_template("{spinner} {pos} of at most {len} commits tried {elapsed}")?;
            let bar = ProgressBar::new(0).with_style(template);
            bar.enable_steady_tick(Duration::from_millis(200));
            let progress = |tried, left: u64| {
                bar.set_length(tried + left);
                bar.set_position(tried);
            };
            let done = engine::bisect_now(&host.engine, &asked, &progress).map_err(Failed::from)?;
            bar.finish_and_clear();
            serde_json::to_value(done)?
        }
    };
    output::print(host.json, &now, || words::evidence::bisect(&now, &host.when))
}
