//! `precedent`: the headless host. Scripts, servers and checks use the same engine as the window.
//!
//! Deliberately absent: anything that the engine could do. This crate reads arguments, calls one command and prints.

mod command;
mod failed;
mod output;
mod passphrase;
#[cfg(feature = "serve")]
mod serve;
mod words;

use anyhow::{Context, anyhow};
use clap::{Parser, Subcommand};
use engine::{Engine, Home, OpenOptions};
use std::{path::PathBuf, process::ExitCode, sync::Arc};

/// Seen this before? Answers from your own tickets, offline.
#[derive(Parser)]
#[command(
    name = "precedent",
    version,
    arg_required_else_help = true,
    after_help = "Ends with 0 when it did what was asked, 1 when that failed, 2 when it was called wrongly."
)]
struct Cli {
    /// The workspace's folder.
    #[arg(long, global = true, env = "PRECEDENT_HOME", value_name = "DIR")]
    home: Option<PathBuf>,
    /// Print one JSON document on stdout.
    #[arg(long, global = true)]
    json: bool,
    /// Say more on stderr.
    #[arg(short, long, global = true)]
    verbose: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Fill an empty home with the sample workspace.
    Demo,
    /// Read an export into the workspace: a file, a directory, .gz, .zst, or - for standard input.
    Import(command::import::Args),
    /// Have we seen this? Reads a ticket's text from a file or standard input.
    Seen(command::seen::Args),
    /// Take the exam on your own history: past tickets asked as on their day, with what existed then.
    Replay(command::replay::Args),
    /// Rank with what the team's own links taught, wherever the exam showed a gain, or with the shipped weights.
    Adapt(command::adapt::Args),
    /// What support measures itself by: every figure with its base, the tiers, and what escalations cost.
    Insights(command::insights::InsightsArgs),
    /// Key figures, each with its formula, base, SQL and tickets.
    Kpi(command::insights::KpiArgs),
    /// Freeze the figures before something changes, and see what came of it.
    #[command(subcommand)]
    Baseline(command::insights::BaselineArgs),
    /// What changed since you were last here: known errors, fixes, articles, repeats and answers.
    Digest(command::digest::Args),
    /// The programme by which a team comes to escalate less: four phases, interviews, and what the tools lack.
    Programme(command::programme::Args),
    /// The same figures of tickets that have something in common, side by side.
    Cohorts(command::insights::CohortsArgs),
    /// When support is at work: figures of time are told in these hours, too.
    Hours(command::insights::HoursArgs),
    /// What escalations cost: a band, from hours that are assumed or measured.
    Cost(command::insights::CostArgs),
    /// Which group is which tier, and what makes a ticket one of engineering's.
    #[command(subcommand)]
    Tiers(command::insights::TiersArgs),
    /// Escalations that had an answer in the base when they were raised, with the answer.
    Avoidable,
    /// Which errors and known errors always need engineering: they are not avoidable.
    #[command(subcommand)]
    Always(command::judged::AlwaysArgs),
    /// Look at a sample of what solved tickets are tied to, and say whether it fits.
    Sample(command::judged::SampleArgs),
    /// Why tickets without a package were escalated: what their text speaks for, and what somebody says.
    Reasons(command::judged::ReasonsArgs),
    /// From when on support handles an error, and which it handles.
    Handled(command::judged::HandledArgs),
    /// How severe something is, of impact and urgency, and how severe it would be with other numbers.
    Severity(command::judged::SeverityArgs),
    /// Search ids, words, "phrases" and field:value.
    Search(command::search::Args),
    /// Look at one ticket, or link two.
    #[command(subcommand)]
    Ticket(command::ticket::Args),
    /// What engineering gets for a ticket: the package, what it lacks, and whether it was answered before.
    Escalate(command::escalate::Args),
    /// A regression test for an escalation: its beginning, and running it where the problem is and where its fix is.
    #[command(subcommand)]
    Regression(command::regression::Args),
    /// The search for the commit that brought an escalation's problem.
    #[command(subcommand)]
    Bisect(command::bisect::Args),
    /// Files that tell what happened on a ticket: logs, HARs, events, OpenTelemetry, screenshots, links to recordings.
    #[command(subcommand)]
    Evidence(command::evidence::Args),
    /// What was handed over, from the engineer's side: show it, say how far it came, answer it.
    #[command(subcommand)]
    Handed(command::handed::Args),
    /// Case bundles: escalations in signed files, from one workspace to another.
    #[command(subcommand)]
    Bundle(command::bundle::Args),
    /// Take out of a text what should not leave this machine: addresses, numbers, names, secrets.
    Redact(command::redact::Args),
    /// How long tickets stay: by age, group and product. Without a rule nothing goes.
    #[command(subcommand)]
    Retention(command::retention::Args),
    /// Delete everything of a source, or one ticket, for good.
    Purge(command::purge::Args),
    /// Servers that are asked: add, list, test, remove.
    #[command(subcommand)]
    Source(command::source::Args),
    /// Pull what changed from the servers that were added.
    Sync(command::sync::Args),
    /// Product repositories on this machine: their releases, and where a fix shipped.
    #[command(subcommand)]
    Code(command::code::Args),
    /// The semantic pack: a small language model on this machine that finds cases told in other words.
    #[command(subcommand)]
    Model(command::model::Args),
    /// The team's knowledge: known errors, articles and runbooks as plain files.
    #[command(subcommand)]
    Kb(command::kb::Args),
    /// What is to be written to other machines: seen first, then sent, each exactly once.
    #[command(subcommand)]
    Outbox(command::outbox::Args),
    /// Keep what was learned on a solved ticket: shown first, saved with --save. Without a ticket, what waits for it.
    Capture(command::curate::Capture),
    /// What the knowledge base lacks, says twice, or no longer says right; what weighs most first.
    Curate,
    /// Who waits for a fix that is out, and what it means for the version that they run.
    FollowUps,
    /// Known errors: a list with what there is to look at, their state, what was tried and what is wrong with them.
    #[command(subcommand)]
    Known(command::known::Args),
    /// Where rules say that open tickets belong, the most urgent first; take it, or say that it is wrong.
    Triage(command::triage::Args),
    /// Rules: what tickets look like that are a known error, and where tickets belong that come in. Test them on your own history, let them speak.
    #[command(subcommand)]
    Rule(command::rule::Args),
    /// Runbooks of the team: what to do for one kind of trouble, by whom, and what came of it.
    #[command(subcommand)]
    Runbook(command::runbook::Args),
    /// Every request that ever left this machine.
    Ledger(command::ledger::Args),
    /// What was done here, and the way back from it.
    History(command::history::Args),
    /// Check the workspace, and mend what can be mended.
    Doctor {
        /// Mend what can be mended: a damaged index is made anew, a damaged database is moved aside for its newest copy.
        #[arg(long)]
        repair: bool,
    },
    /// The key that this workspace is encrypted under.
    #[command(subcommand)]
    Key(command::key::Args),
    /// Throw the search index away and make it anew.
    Reindex,
    /// Run any command of the contract with JSON arguments; where it starts a job, wait for its end.
    Rpc(command::rpc::Args),
    /// Serve the contract and the window's page on this machine, behind a random token.
    #[cfg(feature = "serve")]
    Serve(serve::Args),
}

/// What every command needs.
pub(crate) struct Host {
    pub(crate) engine: Arc<Engine>,
    pub(crate) json: bool,
    /// For *3 days ago*.
    pub(crate) when: words::When,
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(refusal) => return refuse(&refusal),
    };
    let json = cli.json;
    log_to_stderr(cli.verbose);
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::failure(&error, json);
            failed::exit_code(&error)
        }
    }
}

/// Help and the version are asked for and go to stdout. Anything else was a wrong call, which `--json` says in JSON too.
fn refuse(refusal: &clap::Error) -> ExitCode {
    let mut given = std::env::args_os().skip(1).take_while(|arg| arg != "--");
    if refusal.use_stderr() && given.any(|arg| arg == "--json") {
        let words = refusal.render().to_string();
        let first = words.split("\n\n").next().unwrap_or_default().trim_start_matches("error: ");
        let message = first.split_whitespace().collect::<Vec<_>>().join(" ");
        let wrong = failed::Failed::usage(message, "`precedent --help` shows every command, and what each takes.");
        if let Some(view) = failed::view(&wrong.into()) {
            let _ = output::print_line(&serde_json::json!({ "error": view }));
        }
    }
    let _ = refusal.print();
    u8::try_from(refusal.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}

fn run(cli: Cli) -> anyhow::Result<()> {
    if let Command::Redact(args) = &cli.command
        && !command::redact::needs_workspace(args)
    {
        return command::redact::alone(cli.json, args);
    }
    if let Command::Kb(command::kb::Args::Merge { base, ours, theirs }) = &cli.command {
        return command::kb::merge(cli.json, base, ours, theirs);
    }
    let home = cli.home.or_else(Home::default_dir).context("no home folder is known here: pass --home DIR")?;
    let passphrase = engine::default_passphrase(&home).map_err(failed::Failed::from)?;
    let options = OpenOptions { passphrase, ..OpenOptions::at(home) };
    let when = words::When { now: options.clock.now().0, zone: options.zone.clone() };
    // Answered before the workspace is open: some of these are what opens it.
    match cli.command {
        Command::Key(command::key::Args::Restore) => return command::key::restore(options, cli.json),
        Command::Key(command::key::Args::Passphrase) => return command::key::choose_passphrase(options, cli.json),
        #[cfg(feature = "serve")]
        Command::Serve(args) => return serve::run(options, &args),
        _ => {}
    }
    // What does not open is mended before there is anything to ask.
    let repair = matches!(cli.command, Command::Doctor { repair: true });
    let engine = passphrase::open(options, repair)?;
    if let Some(reason) = engine.rebuilt_because() {
        output::note(&format!("Rebuilding the search index, because {reason}."));
    }
    let host = Host { engine, json: cli.json, when };
    let outcome = answer(&host, cli.command);
    host.engine.close();
    outcome
}

fn answer(host: &Host, command: Command) -> anyhow::Result<()> {
    match command {
        Command::Demo => command::demo::run(host),
        Command::Import(args) => command::import::run(host, args),
        Command::Seen(args) => command::seen::run(host, args),
        Command::Replay(args) => command::replay::run(host, &args),
        Command::Adapt(args) => command::adapt::run(host, &args),
        Command::Insights(args) => command::insights::insights(host, &args),
        Command::Kpi(args) => command::insights::kpi(host, &args),
        Command::Baseline(args) => command::insights::baseline(host, &args),
        Command::Programme(args) => command::programme::run(host, &args),
        Command::Digest(args) => command::digest::run(host, &args),
        Command::Cohorts(args) => command::insights::cohorts(host, &args),
        Command::Hours(args) => command::insights::hours(host, &args),
        Command::Cost(args) => command::insights::cost(host, &args),
        Command::Tiers(args) => command::insights::tiers(host, &args),
        Command::Always(args) => command::judged::always(host, &args),
        Command::Sample(args) => command::judged::sample(host, &args),
        Command::Reasons(args) => command::judged::reasons(host, &args),
        Command::Handled(args) => command::judged::handled(host, &args),
        Command::Severity(args) => command::judged::severity(host, &args),
        Command::Avoidable => command::insights::avoidable(host),
        Command::Search(args) => command::search::run(host, &args),
        Command::Ticket(args) => command::ticket::run(host, &args),
        Command::Escalate(args) => command::escalate::run(host, &args),
        Command::Regression(args) => command::regression::run(host, args),
        Command::Bisect(args) => command::bisect::run(host, args),
        Command::Evidence(args) => command::evidence::run(host, args),
        Command::Handed(args) => command::handed::run(host, &args),
        Command::Bundle(args) => command::bundle::run(host, &args),
        Command::Redact(args) => command::redact::run(host, &args),
        Command::Retention(args) => command::retention::run(host, &args),
        Command::Purge(args) => command::purge::run(host, &args),
        Command::Source(args) => command::source::run(host, args),
        Command::Sync(args) => command::sync::run(host, &args),
        Command::Code(args) => command::code::run(host, args),
        Command::Model(args) => command::model::run(host, args),
        Command::Kb(args) => command::kb::run(host, args),
        Command::Outbox(args) => command::outbox::run(host, args),
        Command::Capture(args) => command::curate::capture(host, args),
        Command::History(args) => command::history::run(host, args),
        Command::Curate => command::curate::curate(host),
        Command::FollowUps => command::curate::follow_ups(host),
        Command::Known(args) => command::known::run(host, args),
        Command::Triage(args) => command::triage::run(host, args),
        Command::Rule(args) => command::rule::run(host, args),
        Command::Runbook(args) => command::runbook::run(host, args),
        Command::Ledger(args) => command::ledger::run(host, args),
        Command::Doctor { repair } => command::health::doctor(host, repair),
        Command::Key(args) => command::key::run(host, &args),
        Command::Reindex => command::health::reindex(host),
        Command::Rpc(args) => command::rpc::run(host, args),
        #[cfg(feature = "serve")]
        Command::Serve(_) => unreachable!("it was answered above"),
    }
}

fn log_to_stderr(verbose: bool) {
    let level = if verbose { "info" } else { "error" };
    let filter = tracing_subscriber::EnvFilter::try_from_env("PRECEDENT_LOG").unwrap_or_else(|_| level.into());
    // A log that nobody reads is no reason to panic.
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    log.log_internal_errors(false).init();
}

/// Reads a file, or standard input for `-`.
pub(crate) fn read_input(path: Option<&str>) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    match path {
        None | Some("-") => std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes).map(drop),
        Some(path) => std::fs::read(path).map(|read| bytes = read),
    }
    .map_err(|cause| anyhow!("{} could not be read: {cause}", path.unwrap_or("standard input")))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn any_command_of_the_contract_takes_its_arguments_beside_the_global_flags() {
        let cli = Cli::try_parse_from(["precedent", "rpc", "queue_list", r#"{"limit":1}"#, "--json"]).unwrap();
        let Command::Rpc(args) = cli.command else { panic!("another command was read") };
        let given = args.arguments.unwrap();
        assert_eq!((args.name.as_str(), given.to_string().as_str(), cli.json), ("queue_list", r#"{"limit":1}"#, true));
    }
}
