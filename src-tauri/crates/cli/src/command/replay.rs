use crate::{Host, command, failed::Failed, output, words};
use engine::api::args::ReplayArgs;
use indicatif::{ProgressBar, ProgressStyle};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Ask only the newest so many of the tickets whose answer is known.
    #[arg(long, value_name = "N", default_value_t = 1000)]
    limit: u32,
    /// Places that count.
    #[arg(short, long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=100))]
    k: u32,
}

pub(crate) fn run(host: &Host, args: &Args) -> anyhow::Result<()> {
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
