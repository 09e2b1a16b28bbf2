use crate::{
    Host,
    failed::Failed,
    output,
    words::fields::{flat, list, number, text},
};
use anyhow::Context;
use engine::api::args::{IdArgs, RuleArgs, RuleSaveArgs, RuleStateArgs, RuleTestArgs};
use serde_json::{Value, json};
use std::path::Path;

#[derive(clap::Subcommand)]
pub(crate) enum Args {
    /// The rules of the knowledge folder.
    List,
    /// How the rules did since they were tested: hits, and what people said of them.
    Scores,
    /// Check a rule, and try it on a ticket or a text where one is named. Ends with 1 where something is wrong with it.
    Test {
        /// A rule's file, or its id in the knowledge folder.
        rule: String,
        #[arg(long, conflicts_with = "text")]
        ticket: Option<String>,
        /// A file with a ticket's text, or - for standard input.
        #[arg(long, value_name = "FILE")]
        text: Option<String>,
    },
    /// What a rule would have said of every ticket of the history, each as it came in.
    Backtest {
        /// A rule's file, or its id in the knowledge folder.
        rule: String,
    },
    /// Propose a rule from a ticket that was solved. Written into the folder, as a draft, with --save.
    Make {
        ticket: String,
        #[arg(long)]
        save: bool,
    },
    /// Let a rule speak. It has to have been backtested as it is now.
    Enable { id: String },
    /// Keep a rule silent.
    Mute { id: String },
    /// How good proposed rules are here: make one of the first ticket of each known problem, and test it on the others.
    Exam {
        #[arg(long, value_name = "N", default_value_t = 50)]
        problems: usize,
    },
}

pub(crate) fn run(host: &Host, args: Args) -> anyhow::Result<()> {
    match args {
        Args::List => {
            let rules = output::call(host, "rules_list", &json!({}))?;
            output::print(host.json, &rules, || lines(&rules, "There is no rule yet.", line))
        }
        Args::Scores => {
            super::wait_until_searchable(host)?;
            let scores = output::call(host, "rules_scores", &json!({}))?;
            output::print(host.json, &scores, || match lines_at(&scores, "/scores", score) {
                said if said.is_empty() => "No rule was enabled yet.".into(),
                said => said,
            })
        }
        Args::Test { rule, ticket, text } => test(host, &rule, ticket, text.as_deref()),
        Args::Backtest { rule } => {
            super::wait_until_searchable(host)?;
            let told = output::call(host, "rule_backtest", &named(&rule)?)?;
            output::print(host.json, &told, || backtest(&told))
        }
        Args::Make { ticket, save } => {
            super::wait_until_searchable(host)?;
            let draft = output::call(host, "rule_make", &IdArgs { id: ticket })?;
            if !save {
                return output::print(host.json, &draft, || text(&draft, "/text").trim_end().to_owned());
            }
            let draft = text(&draft, "/text").to_owned();
            let saved = output::call(host, "rule_save", &RuleSaveArgs { text: draft, path: None, before: None })?;
            output::print(host.json, &saved, || {
                let (path, id) = (text(&saved, "/rule/path"), text(&saved, "/rule/id"));
                format!("Made {path}. Look at it, then `precedent rule backtest {id}`.")
            })
        }
        Args::Enable { id } => state(host, id, "enabled"),
        Args::Mute { id } => state(host, id, "muted"),
        Args::Exam { problems } => {
            super::wait_until_searchable(host)?;
            let told = engine::rule_exam(&host.engine, problems).map_err(Failed::from)?;
            let told = exam(&json!(told));
            output::print(host.json, &told, || exam_words(&told))
        }
    }
}

/// A file where there is one of that name; else a rule of the folder.
fn named(rule: &str) -> anyhow::Result<RuleArgs> {
    if !Path::new(rule).is_file() {
        return Ok(RuleArgs { id: Some(rule.into()), ..RuleArgs::default() });
    }
    let text = std::fs::read_to_string(rule).with_context(|| format!("{rule} cannot be read"))?;
    let name = Path::new(rule).file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(RuleArgs { id: None, text: Some(text), path: Some(format!("rules/{name}")) })
}

fn test(host: &Host, rule: &str, ticket: Option<String>, against: Option<&str>) -> anyhow::Result<()> {
    let mut rule = named(rule)?;
    if rule.text.is_none() {
        let id = rule.id.clone().unwrap_or_default();
        let found = output::call(host, "rule_get", &IdArgs { id })?;
        rule = RuleArgs {
            text: Some(text(&found, "/text").into()),
            path: Some(text(&found, "/rule/path").into()),
            id: None,
        };
    }
    let checked = output::call(host, "rule_check", &rule)?;
    if list(&checked, "/mistakes").next().is_some() {
        output::print(host.json, &checked, || lines_at(&checked, "/mistakes", mistake))?;
        return Err(Failed::Reported("The rule cannot be used as it is.".into()).into());
    }
    let against = match against {
        Some("-") => Some(std::io::read_to_string(std::io::stdin()).context("standard input cannot be read")?),
        Some(file) => Some(std::fs::read_to_string(file).with_context(|| format!("{file} cannot be read"))?),
        None => None,
    };
    if ticket.is_none() && against.is_none() {
        return output::print(host.json, &checked, || "Nothing is wrong with it.".into());
    }
    let told = output::call(host, "rule_test", &RuleTestArgs { rule, ticket, against })?;
    output::print(host.json, &told, || {
        let found = lines_at(&told, "/found", found);
        match told.pointer("/fits").and_then(Value::as_bool) {
            Some(true) => format!("It fits:\n{found}"),
            _ if told.pointer("/too_slow").and_then(Value::as_bool) == Some(true) => {
                "Its time ran out on this text: repeat less in its patterns.".into()
            }
            _ => "It does not fit.".into(),
        }
    })
}

fn state(host: &Host, id: String, state: &str) -> anyhow::Result<()> {
    let set = output::call(host, "rule_state_set", &RuleStateArgs { id, state: state.into() })?;
    output::print(host.json, &set, || format!("{} is {state} now.", flat(text(&set, "/rule/id"))))
}

fn lines(all: &Value, none: &str, line: fn(&Value) -> String) -> String {
    match lines_at(all, "", line) {
        said if said.is_empty() => none.into(),
        said => said,
    }
}

fn lines_at(all: &Value, place: &str, line: fn(&Value) -> String) -> String {
    list(all, place).map(line).collect::<Vec<String>>().join("\n")
}

fn line(rule: &Value) -> String {
    if let Some(wrong) = rule.pointer("/wrong").and_then(Value::as_str) {
        return format!("{:<32} {:<10} {}", flat(text(rule, "/path")), "wrong", flat(wrong));
    }
    let state = match (text(rule, "/state"), rule.pointer("/speaks").and_then(Value::as_bool)) {
        ("enabled", Some(false)) => "untested",
        (state, _) => state,
    };
    format!("{:<32} {state:<10} {}", flat(text(rule, "/id")), flat(text(rule, "/title")))
}

fn score(score: &Value) -> String {
    let [hits, confirmed, wrong] = ["/hits", "/confirmed", "/wrong"].map(|place| number(score, place));
    let lately = ["/lately/hits", "/lately/confirmed", "/lately/wrong"].map(|place| number(score, place));
    let [lately, right, amiss] = lately;
    let mut line = format!("{:<32} {hits} hits, {confirmed} confirmed, {wrong} wrong", flat(text(score, "/id")));
    line += &format!("; in the last 30 days {lately} hits, {right} confirmed, {amiss} wrong");
    if !score["bar"].is_null() {
        let bar = ["/bar/at_least", "/bar/instead_of", "/bar/confirmed", "/bar/wrong"];
        let [least, now, right, amiss] = bar.map(|place| number(score, place));
        line += &format!("\n    with at_least {least} instead of {now}: {right} confirmed, {amiss} wrong");
    }
    line
}

fn mistake(mistake: &Value) -> String {
    let what = flat(text(mistake, "/what"));
    match (number(mistake, "/line"), number(mistake, "/column")) {
        (0, _) => what,
        (line, column) => format!("line {line}, column {column}: {what}"),
    }
}

fn found(found: &Value) -> String {
    format!("  {}: {}", text(found, "/kind"), flat(text(found, "/text")))
}

fn percent(told: &Value, place: &str) -> String {
    match told.pointer(place).and_then(Value::as_f64) {
        Some(share) => format!("{:.0} %", share * 100.0),
        None => "unknown".into(),
    }
}

fn backtest(told: &Value) -> String {
    let [n, hits, right, gold, slow] = ["/n", "/hits", "/right", "/gold", "/too_slow"].map(|place| number(told, place));
    let known = ["/gold_known_error", "/gold_ticket"].iter().any(|place| !text(told, place).is_empty());
    if !known && gold == 0 && list(told, "/missing").next().is_none() {
        let mut said = format!("{n} tickets, {hits} hits, {} of them open now.", number(told, "/open"));
        for sample in list(told, "/samples").take(20) {
            said.push_str(&format!("\n  {:<24} {}", flat(text(sample, "/id")), flat(text(sample, "/title"))));
        }
        return said;
    }
    let mut said = format!(
        "{n} tickets, {hits} hits, {right} of them known to be the same problem, of {gold} that are.\n\
         precision {}, recall {}",
        percent(told, "/precision"),
        percent(told, "/recall")
    );
    let of: Vec<String> = [("known error ", "/gold_known_error"), ("what is called the same as ", "/gold_ticket")]
        .iter()
        .filter(|(_, place)| !text(told, place).is_empty())
        .map(|(what, place)| format!("{what}{}", flat(text(told, place))))
        .collect();
    if !of.is_empty() {
        said.push_str(&format!("\nknown from: {}", of.join(", ")));
    }
    for missing in list(told, "/missing").filter_map(Value::as_str) {
        said.push_str(&format!("\n{} is not in this workspace", flat(missing)));
    }
    if slow > 0 {
        said.push_str(&format!("\nits time ran out on {slow} tickets: it cannot be enabled"));
    }
    let row = |mark: &str, sample: &Value| {
        format!("\n  {mark} {:<24} {}", flat(text(sample, "/id")), flat(text(sample, "/title")))
    };
    for sample in list(told, "/samples").take(20) {
        let right = sample.pointer("/right").and_then(Value::as_bool) == Some(true);
        said.push_str(&row(if right { "+" } else { "?" }, sample));
    }
    for sample in list(told, "/missed").take(10) {
        said.push_str(&row("-", sample));
    }
    said.push_str("\n  + known to be the same, ? nobody said so, - missed");
    said
}

/// All rules together: each hit counts the same, and each problem counts the same.
fn exam(rules: &Value) -> Value {
    let sum = |place: &str| list(rules, "").map(|told| number(told, place)).sum::<u64>();
    let [hits, right, gold] = ["/hits", "/right", "/gold"].map(sum);
    let share = |part: u64, of: u64| (of > 0).then(|| part as f64 / of as f64);
    let mean = |place: &str| {
        let all: Vec<f64> = list(rules, "").filter_map(|told| told.pointer(place)?.as_f64()).collect();
        (!all.is_empty()).then(|| all.iter().sum::<f64>() / all.len() as f64)
    };
    json!({
        "problems": list(rules, "").count(), "hits": hits, "right": right, "gold": gold,
        "precision": share(right, hits), "recall": share(right, gold),
        "mean_precision": mean("/precision"), "mean_recall": mean("/recall"), "rules": rules,
    })
}

fn exam_words(told: &Value) -> String {
    let row = |told: &Value| {
        let [hits, right, gold] = ["/hits", "/right", "/gold"].map(|place| number(told, place));
        format!("  {:<60} {hits} hits, {right} right of {gold}", flat(text(told, "/rule")))
    };
    let rows: Vec<String> = list(told, "/rules").map(row).collect();
    let [problems, hits, right, gold] = ["/problems", "/hits", "/right", "/gold"].map(|place| number(told, place));
    format!(
        "{}\n{problems} problems, {hits} hits, {right} known to be the same, of {gold} that are.\n\
         precision {}, recall {}; of a problem on average {} and {}",
        rows.join("\n"),
        percent(told, "/precision"),
        percent(told, "/recall"),
        percent(told, "/mean_precision"),
        percent(told, "/mean_recall")
    )
}
