use crate::{
    Host,
    failed::Failed,
    output,
    words::fields::{flag, flat, number, text},
};
use engine::api::{
    args::{RhythmArgs, SourceAddArgs, SourceArgs, SourcePauseArgs, SourceRemoveArgs},
    view::SourceOption,
};
use serde_json::{Value, json};
use std::fmt::Write;

#[derive(clap::Subcommand)]
pub(crate) enum Args {
    /// Ask a server from now on. Nothing is asked before the first test or sync.
    Add(Add),
    /// Every source, how it is asked and how it is.
    List,
    /// Ask a source whether it is there, and for whom.
    Test { name: String },
    /// Sign in to a source in your browser. It was added with --option client=IDENTIFIER.
    SignIn { name: String },
    /// Leave a source alone until it is resumed.
    Pause { name: String },
    /// Ask a paused source again from now on.
    Resume { name: String },
    /// How often sources are asked by themselves while the window or the server is open.
    Rhythm {
        /// Minutes, from 1 to 1440; or never: only when somebody asks. Left out: as it is.
        every: Option<String>,
    },
    /// Ask a source no more. What came from it stays.
    Remove {
        name: String,
        /// Delete everything that came from it, for good.
        #[arg(long)]
        purge: bool,
    },
}

fn rhythm(host: &Host, every: Option<&str>) -> anyhow::Result<()> {
    let rhythm = match every.map(str::trim) {
        None => output::call(host, "rhythm_get", &json!({}))?,
        Some("never") => output::call(host, "rhythm_set", &RhythmArgs { minutes: None })?,
        Some(minutes) => {
            let usage = || Failed::usage(format!("\"{minutes}\" is no number of minutes."), "Say a number, or never.");
            let minutes = Some(minutes.parse().map_err(|_| usage())?);
            output::call(host, "rhythm_set", &RhythmArgs { minutes })?
        }
    };
    output::print(host.json, &rhythm, || {
        let minutes = |at: &str| rhythm.pointer(at).and_then(Value::as_u64);
        let Some(chosen) = minutes("/minutes") else { return "Sources are asked only when somebody asks.".into() };
        let why = match text(&rhythm, "/slower") {
            "battery" => "on battery",
            "low_battery" => "with little battery left",
            "metered" => "on a metered network",
            _ => "",
        };
        match minutes("/now") {
            Some(now) if now != chosen => format!("Sources are asked every {chosen} minutes; now, {why}, every {now}."),
            Some(_) => format!("Sources are asked every {chosen} minutes while the window or the server is open."),
            None => format!("Sources are asked every {chosen} minutes; now, {why}, not at all."),
        }
    })
}

#[derive(clap::Args)]
pub(crate) struct Add {
    /// What kind of server it is, or files for a folder of exports that is watched: datadog, freshdesk, github, gitlab, intercom, jira, redmine, rt (Request
    /// Tracker), sentry or zendesk.
    kind: String,
    /// As a browser shows it: https://github.com/OWNER/REPOSITORY, https://NAME.freshdesk.com,
    /// https://tracker.example/projects/NAME. For files the path of a folder, or of one file.
    #[arg(long)]
    url: String,
    /// Made from the address when left out.
    #[arg(long)]
    name: Option<String>,
    /// private=yes: it lies in a private network. ca=FILE: whom to trust instead of this system's authorities. ask_token=yes:
    /// its token is asked for in each run (`sync --ask-token`) and kept nowhere. write=yes:
    /// what you send from the outbox may be written there, with a token that may. client=ID (zendesk, github): by which client
    /// `source sign-in` signs you in. format=NAME (files).
    #[arg(long = "option", value_name = "KEY=VALUE", value_parser = option)]
    options: Vec<SourceOption>,
    /// Read a token, or NAME:PASSWORD where a server takes one, from standard input. It goes to where the workspace's key
    /// lies; without a keyring into a file under the workspace's passphrase. (`sync --ask-token` keeps one for that run only.)
    #[arg(long)]
    secret_stdin: bool,
    /// Ask whether it is there and what it lacks, as `source test` does, and add nothing.
    #[arg(long)]
    dry_run: bool,
}

fn option(text: &str) -> Result<SourceOption, String> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok(SourceOption { key: key.into(), value: value.into() }),
        _ => Err("write it as KEY=VALUE".into()),
    }
}

pub(crate) fn run(host: &Host, args: Args) -> anyhow::Result<()> {
    match args {
        Args::Add(args) => add(host, args),
        Args::List => {
            let sources = output::call(host, "sources_list", &json!({}))?;
            output::print(host.json, &sources, || {
                let lines: Vec<_> =
                    sources.as_array().into_iter().flatten().map(|source| words(host, source)).collect();
                if lines.is_empty() { "There is no source yet.".into() } else { lines.join("\n") }
            })
        }
        Args::Test { name } => {
            let found = output::call(host, "source_test", &SourceArgs { name })?;
            output::print(host.json, &found, || told(&found))
        }
        Args::SignIn { name } => sign_in(host, name),
        Args::Pause { name } => pause(host, name, true),
        Args::Resume { name } => pause(host, name, false),
        Args::Rhythm { every } => rhythm(host, every.as_deref()),
        Args::Remove { name, purge } => {
            let asked = SourceRemoveArgs { name: name.clone(), purge: Some(purge) };
            let done = output::call(host, "source_remove", &asked)?;
            output::print(host.json, &done, || {
                let rest = if purge { "Everything that came from it was deleted." } else { "What came from it stays." };
                format!("{name} is not asked any more, and its token is gone. {rest}")
            })
        }
    }
}

/// What a test found.
fn told(found: &Value) -> String {
    let seen = if flag(found, "/private") { "private" } else { "public" };
    let by = if flag(found, "/signed_in") { "with a token" } else { "without a token" };
    let left = found.pointer("/requests_left").and_then(Value::as_u64);
    let left = left.map(|left| format!("; {left} requests left for now")).unwrap_or_default();
    let lacks = found.pointer("/lacks").and_then(Value::as_array).into_iter().flatten();
    let lacks: String = lacks.filter_map(Value::as_str).map(|lack| format!("\n  {}", lacking(lack))).collect();
    format!("{} is there ({seen}, asked {by}{left}).{lacks}", text(found, "/name"))
}

/// What a source goes without, and what to do about it.
fn lacking(lack: &str) -> &str {
    match lack {
        "export" => {
            "The account is no administrator's: tickets come through the search instead of the export, each with a request \
             of its own for what was said in it and who handed it on. What was promised about time is not told, and what is \
             deleted there is noticed within a day. Once a day it is looked whether the export is allowed by now."
        }
        "requests" => "Without a token sixty requests an hour are all there are: a large repository takes days.",
        "tickets" => "Its issues are turned off: there is nothing to read.",
        "membership" => {
            "The account is no member from Planner on: confidential issues and internal notes are not seen."
        }
        "scope" => "The account sees some tickets only: those of its groups, or its own.",
        "write" => "It may not be written to with this token: what you send from the outbox would be refused.",
        "private_notes" => {
            "The account may not keep notes private there: everybody would read them, so that none is sent."
        }
        "issues" => "The token may not read issues: there is nothing to read.",
        "conversations" => "The token may not read conversations: there is nothing to read.",
        "projects" => "The account may browse no project: there is nothing to read.",
        "queues" => "The account sees no queue: there is nothing to read.",
        "names" => "The account may not read who works there: people and groups are told by number.",
        "companies" => "The token may not read contacts and companies: tickets do not say whose account they are.",
        "articles" => "Articles of the help centre may not be read.",
        "releases" => "Releases may not be read.",
        "deployments" => "Deployments may not be read: where a version arrived is not known.",
        "merge_requests" => "Merge requests may not be read.",
        "events" => "Events may not be read: issues come without their trace.",
        "logs" => "Errors of logs may not be read.",
        "rum" => "Errors of browsers may not be read.",
        other => other,
    }
}

fn sign_in(host: &Host, name: String) -> anyhow::Result<()> {
    let ended = super::rpc::jobs_that_end(host);
    let begun = output::call(host, "source_sign_in", &SourceArgs { name: name.clone() })?;
    let page = text(&begun, "/page");
    output::note(&match begun.pointer("/code").and_then(Value::as_str) {
        Some(code) => format!("Open this page in a browser and type in the code {}:\n{page}", flat(code)),
        None => format!("Open this page in your browser, within five minutes:\n{page}"),
    });
    let job = super::rpc::wait_for(number(&begun, "/job/id"), &ended)?;
    output::print(host.json, &job, || match job.state.as_str() {
        "done" => format!("You are signed in to {name}. `precedent sync {name}` pulls."),
        _ => format!("Nobody is signed in to {name}."),
    })?;
    super::rpc::outcome(&job)
}

fn pause(host: &Host, name: String, paused: bool) -> anyhow::Result<()> {
    let source = output::call(host, "source_pause", &SourcePauseArgs { name, paused })?;
    output::print(host.json, &source, || words(host, &source))
}

fn add(host: &Host, args: Add) -> anyhow::Result<()> {
    let secret = if args.secret_stdin {
        let token = crate::read_input(None)?;
        if token.trim().is_empty() {
            return Err(Failed::usage("Standard input held no token.", "Pass it through a pipe or a file.").into());
        }
        Some(token.trim().to_owned())
    } else {
        None
    };
    let Add { kind, url, name, options, dry_run, .. } = args;
    let asked = SourceAddArgs { kind, url, name, options: Some(options), secret, this_run: None };
    if dry_run {
        let found = output::call(host, "source_try", &asked)?;
        return output::print(host.json, &found, || told(&found));
    }
    let added = output::call(host, "source_add", &asked)?;
    output::print(host.json, &added, || {
        let name = text(&added, "/name");
        format!(
            "{}\n`precedent source test {name}` asks whether it is there, `precedent sync {name}` pulls.",
            words(host, &added)
        )
    })
}

fn words(host: &Host, source: &Value) -> String {
    let (name, kind) = (text(source, "/name"), text(source, "/kind"));
    let mut line = format!("{name} ({kind}): {} tickets", number(source, "/tickets"));
    if let Some(at) = source.pointer("/last_ok_at").and_then(Value::as_i64) {
        let _ = write!(line, ", last read {}", host.when.ago(at));
    }
    if let Some(url) = source.pointer("/url").and_then(Value::as_str) {
        let reach = match text(source, "/reach") {
            "private" => ", private network allowed",
            "this_machine" => ", this machine alone",
            _ => "",
        };
        let write = if flag(source, "/may_write") { ", may be written to" } else { "" };
        let token = if flag(source, "/has_token") { "with a token" } else { "without a token" };
        let token = if flag(source, "/asks_token") { "with a token that is to be given again" } else { token };
        let _ = write!(line, "\n  asked at {url}{reach}, {token}{write}");
        for option in source.pointer("/options").and_then(Value::as_array).into_iter().flatten() {
            let _ = write!(line, ", {}={}", text(option, "/key"), text(option, "/value"));
        }
    }
    if flag(source, "/paused") {
        let _ = write!(line, "\n  paused: `precedent source resume {name}` asks it again");
    }
    if source.pointer("/failure/message").is_some() {
        let stopped = if flag(source, "/stopped") { "stopped" } else { "last run" };
        let _ = write!(line, "\n  {stopped}: {} {}", text(source, "/failure/message"), text(source, "/failure/hint"));
    }
    line + &left_out(|at| host.when.ago(at), name, source)
}

/// What is there and not here, until a run reads it.
fn left_out(ago: impl Fn(i64) -> String, name: &str, source: &Value) -> String {
    let all = |at: &str| source.pointer(at).and_then(Value::as_array).into_iter().flatten();
    let mut lines = String::new();
    for refused in all("/left_out/refused") {
        let what = match text(refused, "/what") {
            "" => "tickets",
            "events" => "replies, notes and handoffs",
            "details" => "replies, notes and handoffs of some tickets",
            "deploys" => "deployments",
            "links" => "links between issues",
            "metrics" => "times of service",
            "merge_requests" => "merge requests",
            other => other,
        };
        let since = refused.pointer("/at").and_then(Value::as_i64).map(&ago).unwrap_or_default();
        let _ = write!(lines, "\n  left out: {what}, refused {since}: {}", flat(text(refused, "/message")));
    }
    let skipped = number(source, "/left_out/skipped");
    if skipped > 0 {
        let records = if skipped == 1 { "record" } else { "records" };
        let _ = write!(
            lines,
            "\n  left out: {skipped} {records} that could not be read; once mended there, `precedent sync {name} --again` reads all"
        );
        for skip in all("/left_out/skips").take(5) {
            let record = skip.pointer("/record").and_then(Value::as_str).map(|id| format!("{}: ", flat(id)));
            let _ = write!(lines, "\n    {}{}", record.unwrap_or_default(), flat(text(skip, "/reason")));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_says_what_it_leaves_out_and_nothing_where_that_is_nothing() {
        let said = |all: Value| left_out(|_| "an hour ago".into(), "desk", &json!({ "left_out": all }));
        assert_eq!(said(json!({ "refused": [], "skipped": 0, "skips": [] })), "");
        let refused = json!([{ "what": "events", "code": "access_denied", "message": "Admins only", "at": 0 }]);
        let skips = json!([{ "record": "12", "reason": "it has no \"created_at\"", "count": 1 }]);
        assert_eq!(
            said(json!({ "refused": refused, "skipped": 1, "skips": skips })),
            "\n  left out: replies, notes and handoffs, refused an hour ago: Admins only\
             \n  left out: 1 record that could not be read; once mended there, `precedent sync desk --again` reads all\
             \n    12: it has no \"created_at\""
        );
    }
}
