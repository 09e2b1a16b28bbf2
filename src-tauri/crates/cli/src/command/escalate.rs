use crate::{
    Host,
    failed::Failed,
    output,
    words::fields::{flat, list, number, text, time},
};
use anyhow::Context;
use engine::api::args::{BundleSaveArgs, EscalationArgs, EscalationSubmitArgs, GivenFact};
use serde_json::{Map, Value};
use std::fmt::Write;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The ticket.
    id: String,
    /// `missing_context`, `cannot_reproduce`, `no_access`, `needs_code_fix`, `needs_data_fix`, `policy_or_approval` or other.
    #[arg(long)]
    reason: Option<String>,
    /// In words: what `other` stands for, or what to know besides.
    #[arg(long, value_name = "TEXT")]
    because: Option<String>,
    /// A team, a person or a repository.
    #[arg(long, value_name = "TARGET")]
    to: Option<String>,
    /// Write a fact in the place of what was read in the ticket: `--set role=admin`. May be given more than once.
    #[arg(long, value_name = "FACT=TEXT")]
    set: Vec<String>,
    /// A fact that does not apply here.
    #[arg(long, value_name = "FACT")]
    without: Vec<String>,
    #[arg(long, value_enum, default_value = "markdown")]
    format: Format,
    /// Why it is handed over although the same was answered before.
    #[arg(long, value_name = "WHY")]
    although: Option<String>,
    /// Save it as a signed case bundle, too: a file that opens in another workspace.
    #[arg(long, value_name = "FILE", requires = "reason")]
    bundle: Option<String>,
    /// Who hands it over, for whoever opens the bundle; remembered.
    #[arg(long = "as", value_name = "NAME")]
    author: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Markdown,
    Json,
}

pub(crate) fn run(host: &Host, args: &Args) -> anyhow::Result<()> {
    super::wait_until_searchable(host)?;
    let facts = args.set.iter().map(|given| given_fact(given)).collect::<anyhow::Result<_>>()?;
    let asked = EscalationArgs {
        ticket: args.id.clone(),
        reason: args.reason.clone(),
        reason_text: args.because.clone(),
        to: args.to.clone(),
        facts: Some(facts),
        waived: Some(args.without.clone()),
        lane: None,
    };
    let draft = output::call(host, "escalation_draft", &asked)?;
    let mut document = document(&draft)?;
    let seal = draft.get("seal").and_then(Value::as_str).map(str::to_owned);
    // With a reason it is handed over: written down, unless the same was answered before.
    if args.reason.is_some() {
        let submit = EscalationSubmitArgs { package: asked, although: args.although.clone(), seal };
        let handed = output::call(host, "escalation_submit", &submit)?;
        if let Some(path) = &args.bundle {
            let id = handed.pointer("/row/id").and_then(Value::as_i64).context("an escalation without a number")?;
            let args = BundleSaveArgs { id, path: super::bundle::whole(path), author: args.author.clone() };
            document.insert("bundle".into(), output::call(host, "bundle_save", &args)?);
        }
        document.insert("escalation".into(), handed.get("row").cloned().unwrap_or_default());
    }
    let json = host.json || args.format == Format::Json;
    output::print(json, &document, || text(&draft, "/markdown/text").trim_end().to_owned())?;
    for line in remarks(&draft, host) {
        output::note(&line);
    }
    if let Some(row) = document.get("escalation") {
        output::note(&format!("Handed over as escalation {}.", number(row, "/id")));
    }
    if let Some(saved) = document.get("bundle") {
        output::note(&super::bundle::saved(saved));
    }
    Ok(())
}

fn given_fact(given: &str) -> anyhow::Result<GivenFact> {
    let (fact, text) = given.split_once('=').ok_or_else(|| {
        Failed::usage(
            format!("\"{given}\" sets nothing"),
            "Write a fact, an equals sign and what it is: --set role=admin",
        )
    })?;
    // A list is written in one argument, too.
    Ok(GivenFact { fact: fact.trim().into(), text: text.replace("\\n", "\n") })
}

/// The package, its lint, and what was answered before.
fn document(draft: &Value) -> anyhow::Result<Map<String, Value>> {
    let part = |path: &str| draft.pointer(path).cloned().unwrap_or_default();
    let package: Value = serde_json::from_str(text(draft, "/json")).context("the package is no JSON")?;
    let parts = [
        ("ticket", part("/ticket")),
        ("package", package),
        ("lint", part("/lint")),
        ("redacted", part("/markdown/spans")),
        ("repeat", part("/repeat")),
        ("markdown", part("/markdown/text")),
    ];
    Ok(parts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// For the person at the terminal, beside the package itself.
fn remarks(draft: &Value, host: &Host) -> Vec<String> {
    let mut lines = Vec::new();
    let (filled, needed) = (number(draft, "/lint/filled"), number(draft, "/lint/needed"));
    let missing: Vec<String> = list(draft, "/lint/missing").filter_map(Value::as_str).map(word).collect();
    let mut complete = format!("{filled} of {needed} facts are there.");
    if !missing.is_empty() {
        let _ = write!(
            complete,
            " Missing: {}. Write them with --set FACT=TEXT, or say --without FACT.",
            missing.join(", ")
        );
    }
    lines.push(complete);
    for lost in list(draft, "/lint/lost") {
        lines.push(format!(
            "Lost on the way: {} was known before handoff {}.",
            word(text(lost, "/fact")),
            number(lost, "/handoffs") + 1
        ));
    }
    let taken_out = list(draft, "/markdown/spans").count();
    if taken_out > 0 {
        lines.push(format!("Taken out: {taken_out} places that belong to somebody."));
    }
    if let Some(guide) = draft.get("guideline").filter(|guide| !guide.is_null()) {
        let (title, path, edition) = (flat(text(guide, "/title")), text(guide, "/path"), text(guide, "/edition"));
        lines.push(format!("When to escalate: {title} ({path}, edition {edition})"));
    }
    if let Some(repeat) = draft.get("repeat").filter(|repeat| !repeat.is_null()) {
        lines.push(answered(repeat, host));
    }
    if text(draft, "/reason").is_empty() {
        lines.push("Nothing is handed over without a reason: say --reason REASON.".into());
    }
    lines
}

fn answered(repeat: &Value, host: &Host) -> String {
    let because = match text(repeat, "/because") {
        "signature" => "the same error",
        "known_error" => "this known error",
        _ => "the same problem",
    };
    let by = match text(repeat, "/author") {
        "" => String::new(),
        author => format!(" by {}", flat(author)),
    };
    let at = time(repeat, "/at").map(|at| format!(", {}", host.when.ago(at))).unwrap_or_default();
    format!(
        "Answered before: {because} in {} \"{}\"{by}{at}:\n{}",
        text(repeat, "/id"),
        flat(text(repeat, "/title")),
        text(repeat, "/answer").trim_end()
    )
}

fn word(fact: &str) -> String {
    fact.replace('_', " ")
}
