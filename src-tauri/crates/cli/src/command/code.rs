use crate::{
    Host,
    failed::Failed,
    output, words,
    words::fields::{list, text},
};
use engine::api::args::{
    ChangesArgs, CodeAddArgs, CodeUnlinkArgs, DeployArgs, DeployGoneArgs, DeploysArgs, FileArgs, FixArgs,
    FlagLinesArgs, FramesArgs, GutterArgs, PassportArgs, RanArgs, ReleasesArgs, RepoArgs, SeenArgs,
};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use std::time::Duration;

#[derive(clap::Subcommand)]
pub(crate) enum Args {
    /// Add a clone that lies on this machine, which is only ever read, or an address, of which a mirror is made. Then read it.
    Add {
        /// The folder that holds .git, a bare repository, or an address: https://…, ssh://…, git@host:path.
        #[arg(value_name = "PATH_OR_URL")]
        path: String,
        /// Made from the folder's name when left out.
        #[arg(long)]
        name: Option<String>,
    },
    /// Every repository, and what is known of it.
    #[command(visible_alias = "status")]
    List,
    /// Read what is new in one repository, or in all. Asks no server.
    Update { name: Option<String> },
    /// Fetch what is new into one mirror, or into all, and read it. Your own git credentials are used.
    Fetch { name: Option<String> },
    /// Forget a repository. A clone stays as it is; a mirror is deleted.
    Remove { name: String },
    /// The releases of a repository, or those that a version may mean.
    Releases {
        #[arg(long, value_name = "N")]
        repo: Option<String>,
        /// As the customer says it: 2.2, v2.2.1.
        #[arg(long, value_name = "VERSION")]
        at: Option<String>,
    },
    /// The lines that the frames of a stack trace name, at a version.
    Frames {
        #[arg(long, value_name = "N")]
        repo: Option<String>,
        /// What the customer runs; the main branch when left out.
        #[arg(long, value_name = "VERSION")]
        at: Option<String>,
        /// A source map of a built JavaScript file that is not in the repository.
        #[arg(long, value_name = "FILE")]
        map: Option<String>,
        /// A stored ticket, at what its customer runs.
        #[arg(long, value_name = "ID", conflicts_with_all = ["file", "map"])]
        ticket: Option<String>,
        /// A text that holds a stack trace, or a trace of OpenTelemetry; - or nothing for standard input.
        file: Option<String>,
    },
    /// What changed between two versions, nearest first to a ticket's frames, and the files to look at.
    Changes {
        #[arg(long, value_name = "N")]
        repo: Option<String>,
        /// The version that was still good; the release before --to when left out.
        #[arg(long, value_name = "VERSION")]
        from: Option<String>,
        /// What the customer runs; what the ticket says when left out, and else the main branch.
        #[arg(long, value_name = "VERSION")]
        to: Option<String>,
        /// A file to look at.
        #[arg(long, value_name = "P")]
        path: Vec<String>,
        /// A stored ticket.
        #[arg(long, value_name = "ID", conflicts_with = "file")]
        ticket: Option<String>,
        /// The text of a ticket; - for standard input.
        file: Option<String>,
    },
    /// How well all this does on the tickets of this workspace that were fixed: frames, functions, files to look at.
    Exam {
        #[arg(long, value_name = "N")]
        repo: Option<String>,
        /// Tickets that are looked through for files, newest first.
        #[arg(long, value_name = "N")]
        limit: Option<u32>,
        /// How fast it is instead, on this machine.
        #[arg(long)]
        speed: bool,
    },
    /// The statements that printed the lines of a log, and that name the error codes, which a ticket quotes.
    Said {
        #[arg(long, value_name = "N")]
        repo: Option<String>,
        /// What the customer runs; what the ticket says when left out.
        #[arg(long, value_name = "VERSION")]
        at: Option<String>,
        /// A stored ticket.
        #[arg(long, value_name = "ID", conflicts_with = "file")]
        ticket: Option<String>,
        /// The text of a ticket, or of a log; - or nothing for standard input.
        file: Option<String>,
    },
    /// The tickets that a commit, a file, a line of it or a release belongs to: from the code back to who asked for it.
    Tickets {
        /// The beginning of a commit's name, a release, or a file: src/cart.rs, or src/cart.rs:40 for who asked for that line.
        #[arg(value_name = "COMMIT|RELEASE|FILE[:LINE]")]
        of: String,
        #[arg(long, value_name = "N")]
        repo: Option<String>,
        /// Of a file: up to which version; the main branch when left out.
        #[arg(long, value_name = "VERSION")]
        at: Option<String>,
    },
    /// Say that a commit has nothing to do with an issue that it names; --undo takes that back.
    Unlink {
        /// AMQ-100, #12.
        reference: String,
        commit: String,
        #[arg(long)]
        undo: bool,
        #[arg(long, value_name = "N")]
        repo: Option<String>,
    },
    /// What runs where: lists it, says it of one environment, or reads it from a file.
    Deploys {
        /// Lines of JSON: {"environment": "production", "version": "2.2.4", "at": "2026-01-31T08:00:00Z", "repo": "shop"}.
        #[arg(long, value_name = "FILE", conflicts_with = "environment")]
        import: Option<String>,
        /// production, staging, a customer's site.
        #[arg(long, value_name = "NAME", requires = "version")]
        environment: Option<String>,
        /// What runs there from then on.
        #[arg(long, value_name = "VERSION", requires = "environment")]
        version: Option<String>,
        /// Since when; now when left out.
        #[arg(long, value_name = "TIME", requires = "environment")]
        at: Option<String>,
        #[arg(long, value_name = "N")]
        repo: Option<String>,
        /// Forget what was said of an environment.
        #[arg(long, value_name = "NAME", conflicts_with_all = ["import", "environment"])]
        forget: Option<String>,
    },
    /// Who may know: whom CODEOWNERS gives the files that ran to, who wrote their lines, and where cases like it ended.
    Who {
        #[arg(long, value_name = "N")]
        repo: Option<String>,
        /// What the customer runs; what the ticket says when left out.
        #[arg(long, value_name = "VERSION")]
        at: Option<String>,
        /// A stored ticket.
        #[arg(long, value_name = "ID", conflicts_with = "file")]
        ticket: Option<String>,
        /// The text of a ticket; - or nothing for standard input.
        file: Option<String>,
    },
    /// The lines that read a feature flag: at what a ticket's customer runs, and today.
    Flag {
        /// As the code calls it.
        name: String,
        #[arg(long, value_name = "N")]
        repo: Option<String>,
        /// A release, in the place of what the ticket says.
        #[arg(long, value_name = "VERSION")]
        at: Option<String>,
        /// A stored ticket.
        #[arg(long, value_name = "ID")]
        ticket: Option<String>,
    },
    /// Who changed each line of a file last.
    Blame {
        path: String,
        #[arg(long, value_name = "N")]
        repo: Option<String>,
        /// A release, a branch as refs/…, or a commit.
        #[arg(long, value_name = "VERSION")]
        at: String,
        /// 10-40; all of it when left out.
        #[arg(long, value_name = "FROM-TO")]
        lines: Option<String>,
    },
    /// Where the fix of an issue, a pull request or a commit shipped, and what that means for a version.
    Fix {
        /// AMQ-100, #12, an address of either, or the beginning of a commit's name.
        #[arg(value_name = "REF")]
        reference: String,
        #[arg(long, value_name = "N")]
        repo: Option<String>,
        /// What the customer runs.
        #[arg(long, value_name = "VERSION")]
        at: Option<String>,
    },
}

pub(crate) fn run(host: &Host, args: Args) -> anyhow::Result<()> {
    match args {
        Args::Add { path, name } => {
            let is_address = engine::is_repository_address(&path);
            let whole = |path: String| std::path::absolute(&path).map_or(path, |path| path.display().to_string());
            let path = if is_address { path } else { whole(path) };
            let added = output::call(host, "code_add", &CodeAddArgs { path, name })?;
            let name = Some(text(&added, "/name"));
            let read = if is_address { fetch(host, name)? } else { update(host, name)? };
            let repo = read.get(0).cloned().unwrap_or(added);
            output::print(host.json, &repo, || words::repository::line(&repo, &host.when))
        }
        Args::List => {
            let repos = output::call(host, "code_list", &json!({}))?;
            output::print(host.json, &repos, || words::repository::all(&repos, &host.when))
        }
        Args::Update { name } => {
            let repos = update(host, name.as_deref())?;
            output::print(host.json, &repos, || words::repository::all(&repos, &host.when))
        }
        Args::Fetch { name } => {
            let repos = fetch(host, name.as_deref())?;
            output::print(host.json, &repos, || match repos.as_array() {
                Some(repos) if repos.is_empty() => "There is no mirror. `precedent code add URL` makes one.".into(),
                _ => words::repository::all(&repos, &host.when),
            })
        }
        Args::Remove { name } => {
            let done = output::call(host, "code_remove", &RepoArgs { name: name.clone() })?;
            output::print(host.json, &done, || {
                format!("{name} is forgotten. A clone was not touched; a mirror was deleted.")
            })
        }
        Args::Releases { repo, at } => {
            let asked = ReleasesArgs { repo, version: at.clone() };
            let found = output::call(host, "code_releases", &asked)?;
            output::print(host.json, &found, || words::repository::releases(&found, at.as_deref(), &host.when))
        }
        Args::Frames { repo, at, ticket: Some(ticket), .. } => {
            let question = SeenArgs { ticket: Some(ticket), ..SeenArgs::default() };
            let found = output::call(host, "code_ran", &RanArgs { question, at, repo, lane: None })?;
            output::print(host.json, &found, || words::code::ran(&found, &host.when))
        }
        Args::Frames { repo, at, map, file, .. } => {
            let asked = FramesArgs { text: crate::read_input(file.as_deref())?, repo, version: at, map };
            let found = output::call(host, "code_frames", &asked)?;
            output::print(host.json, &found, || words::code::frames(&found, &host.when))
        }
        Args::Changes { repo, from, to, path, ticket, file } => {
            let text = file.map(|file| crate::read_input(Some(&file))).transpose()?;
            let question = SeenArgs { ticket, text, ..SeenArgs::default() };
            let asked = ChangesArgs { question, repo, from, to, paths: path };
            let found = output::call(host, "code_changes", &asked)?;
            output::print(host.json, &found, || words::changes::words(&found, &host.when))
        }
        Args::Exam { repo, speed: true, .. } => {
            let speed = engine::code_speed(&host.engine, repo.as_deref()).map_err(Failed::from)?;
            let speed = serde_json::to_value(speed)?;
            output::print(host.json, &speed, || words::changes::speed(&speed))
        }
        Args::Said { repo, at, ticket, file } => {
            let text = if ticket.is_some() { None } else { Some(crate::read_input(file.as_deref())?) };
            let question = SeenArgs { ticket, text, ..SeenArgs::default() };
            let found = output::call(host, "code_said", &RanArgs { question, at, repo, lane: None })?;
            output::print(host.json, &found, || words::code::said(&found))
        }
        Args::Tickets { of, repo, at } => {
            let found = super::code_tickets::ask(host, &of, repo, at)?;
            output::print(host.json, &found, || words::code_tickets::words(&found, &host.when))
        }
        Args::Unlink { reference, commit, undo, repo } => {
            let asked = CodeUnlinkArgs { reference, commit, repo, unlink: !undo };
            let done = output::call(host, "code_unlink", &asked)?;
            output::print(host.json, &done, || {
                let (reference, commit) = (&asked.reference, &asked.commit);
                if undo {
                    format!("{commit} belongs to {reference} again.")
                } else {
                    format!("{commit} has nothing to do with {reference} any more.")
                }
            })
        }
        Args::Deploys { import, environment, version, at, repo, forget } => {
            let told = match (import, environment, version, forget) {
                (Some(file), ..) => add_deploys(host, words::code::deploys_of(&crate::read_input(Some(&file))?)?)?,
                (_, Some(environment), Some(version), _) => {
                    add_deploys(host, vec![DeployArgs { repo, environment, version, at }])?
                }
                (.., Some(environment)) => {
                    let gone = DeployGoneArgs { environment, repo, at: None };
                    output::call(host, "code_deploys_remove", &gone)?
                }
                _ => output::call(host, "code_deploys", &json!({}))?,
            };
            output::print(host.json, &told, || words::code::deploys(&told, &host.when))
        }
        Args::Flag { name, repo, at, ticket } => {
            let found = flag_lines(host, name, ticket, repo, at)?;
            output::print(host.json, &found, || words::flag::words(&found))
        }
        Args::Who { repo, at, ticket, file } => {
            let text = if ticket.is_some() { None } else { Some(crate::read_input(file.as_deref())?) };
            let question = SeenArgs { ticket, text, ..SeenArgs::default() };
            let seen = output::call(host, "seen_before", &question)?;
            let cases = list(&seen, "/verdict/cases").filter_map(Value::as_str).map(str::to_owned);
            let mut ids: Vec<String> = cases.collect();
            if ids.is_empty() {
                ids = list(&seen, "/hits").map(|hit| words::fields::text(hit, "/id").to_owned()).collect();
            }
            let asked = PassportArgs { question, ids, at, repo, lane: None };
            let found = output::call(host, "owner_suggest", &asked)?;
            output::print(host.json, &found, || words::who::words(&found, &host.when))
        }
        Args::Blame { path, repo, at, lines } => {
            let repo = match repo {
                Some(repo) => repo,
                None => only(host)?,
            };
            let whole = || Some((1, u32::MAX));
            let asked = lines.as_deref().map_or_else(whole, words::code::stretch);
            let (first, last) =
                asked.ok_or_else(|| Failed::usage("Those are no lines.", "Write them as FROM-TO: 10-40."))?;
            let file = FileArgs {
                repo: repo.clone(),
                at: at.clone(),
                path: path.clone(),
                line: Some(first),
                reach: Some(4_000),
            };
            let asked = GutterArgs { repo, at, path, first, last, lane: None };
            let file = output::call(host, "code_file", &file)?;
            let found = output::call(host, "code_gutter", &asked)?;
            output::print(host.json, &found, || words::code::gutter(&found, &file, &host.when))
        }
        Args::Exam { repo, limit, .. } => {
            let template = "{spinner} {pos} tickets {elapsed}";
            let bar = ProgressBar::new_spinner().with_style(ProgressStyle::with_template(template)?);
            bar.enable_steady_tick(Duration::from_millis(200));
            let progress = |done| bar.set_position(done);
            let exam = engine::code_exam(&host.engine, repo.as_deref(), limit, &progress).map_err(Failed::from)?;
            bar.finish_and_clear();
            let exam = serde_json::to_value(exam)?;
            output::print(host.json, &exam, || words::changes::exam(&exam))
        }
        Args::Fix { reference, repo, at } => {
            let asked = FixArgs { reference, repo, version: at.clone() };
            let fix = output::call(host, "code_fix", &asked)?;
            output::print(host.json, &fix, || words::fix::words(&fix, &host.when, at.as_deref()))
        }
    }
}

fn update(host: &Host, name: Option<&str>) -> anyhow::Result<Value> {
    // Hidden by itself where stderr is no terminal.
    let bar = ProgressBar::new_spinner().with_style(ProgressStyle::with_template("{spinner} {pos} commits {elapsed}")?);
    bar.enable_steady_tick(Duration::from_millis(200));
    let progress = |commits: usize| bar.set_position(commits as u64);
    let read = engine::code_update_now(&host.engine, name, &progress).map_err(Failed::from)?;
    bar.finish_and_clear();
    Ok(serde_json::to_value(read)?)
}

pub(crate) fn flag_lines(
    host: &Host,
    flag: String,
    ticket: Option<String>,
    repo: Option<String>,
    at: Option<String>,
) -> anyhow::Result<Value> {
    let question = ticket.map(|ticket| SeenArgs { ticket: Some(ticket), ..SeenArgs::default() });
    output::call(host, "flag_lines", &FlagLinesArgs { flag, question, repo, at, ..FlagLinesArgs::default() })
}

fn add_deploys(host: &Host, deploys: Vec<DeployArgs>) -> anyhow::Result<Value> {
    output::call(host, "code_deploys_add", &DeploysArgs { deploys, instead: None })
}

/// The name of the only repository; of several, one has to be named.
fn only(host: &Host) -> anyhow::Result<String> {
    let repos = output::call(host, "code_list", &json!({}))?;
    match list(&repos, "").collect::<Vec<_>>()[..] {
        [only] => Ok(text(only, "/name").to_owned()),
        _ => Err(Failed::usage("There is not one repository.", "Name it with --repo.").into()),
    }
}

fn fetch(host: &Host, name: Option<&str>) -> anyhow::Result<Value> {
    let style = ProgressStyle::with_template("{spinner} fetching, then {pos} commits {elapsed}")?;
    let bar = ProgressBar::new_spinner().with_style(style);
    bar.enable_steady_tick(Duration::from_millis(200));
    let progress = |commits: usize| bar.set_position(commits as u64);
    let read = engine::code_fetch_now(&host.engine, name, &progress).map_err(Failed::from)?;
    bar.finish_and_clear();
    Ok(serde_json::to_value(read)?)
}
