//! What a lead says of figures: what always needs engineering, and whether what was sampled is right.

use crate::{
    Host, output,
    words::fields::{flag, flat, list, number, text},
};
use serde_json::{Value, json};
use std::fmt::Write;

#[derive(clap::Subcommand)]
pub(crate) enum AlwaysArgs {
    /// What is marked, and what could be: errors and known errors that engineering had, by name.
    List,
    /// Mark an error or a known error, by its name: it is not avoidable any more.
    Add { name: String },
    /// Take the mark away.
    Remove { name: String },
}

pub(crate) fn always(host: &Host, args: &AlwaysArgs) -> anyhow::Result<()> {
    let say = |name: &str, always: bool| {
        let said = output::call(host, "always_set", &json!({ "name": name, "always": always }))?;
        let words = if always { "Always needs engineering" } else { "No longer always needs engineering" };
        output::print(host.json, &said, || format!("{words}: {name}."))
    };
    match args {
        AlwaysArgs::Add { name } => return say(name, true),
        AlwaysArgs::Remove { name } => return say(name, false),
        AlwaysArgs::List => {}
    }
    let marked = output::call(host, "avoidable_get", &json!({}))?;
    let insights = output::call(host, "insights_get", &json!({ "days": 0 }))?;
    let name = |one: &Value| text(one, "/name").to_owned();
    let named: Vec<String> = list(&marked, "/kinds").map(name).collect();
    let able = list(&insights, "/capabilities").filter(|one| list(one, "/l3").count() > 0);
    let could: Vec<&Value> = able.filter(|one| !named.contains(&name(one))).collect();
    output::print(host.json, &json!({ "rows": marked.get("kinds"), "could": could }), || {
        let mut out = String::from("Always needs engineering:");
        for one in list(&marked, "/kinds") {
            let _ =
                write!(out, "\n  {:<28} {} tickets  {}", name(one), number(one, "/tickets"), flat(text(one, "/title")));
        }
        if named.is_empty() {
            out.push_str(" nothing is marked.");
        }
        out.push_str("\nEngineering solved most of:");
        for one in could {
            let _ = write!(
                out,
                "\n  {:<28} {} tickets  {}",
                name(one),
                list(one, "/l3").count(),
                flat(text(one, "/title"))
            );
        }
        out
    })
}

#[derive(clap::Args)]
pub(crate) struct SampleArgs {
    /// Solved tickets that came in within so many days; 0 for all.
    #[arg(long, value_name = "N", default_value_t = 90)]
    days: u32,
    #[command(subcommand)]
    what: Option<Say>,
}

#[derive(clap::Subcommand)]
enum Say {
    /// Say whether what a ticket is tied to fits it.
    Tie(Looked),
    /// Say whether what the exam found for an escalation (`precedent avoidable`) was its answer.
    Answer(Looked),
}

#[derive(clap::Args)]
struct Looked {
    ticket: String,
    other: String,
    /// `none` takes it back.
    #[arg(value_parser = ["yes", "no", "none"])]
    fits: String,
}

#[derive(clap::Args)]
pub(crate) struct ReasonsArgs {
    /// Of tickets that were escalated within so many days; 0 for all.
    #[arg(long, value_name = "N", default_value_t = 90)]
    days: u32,
    #[command(subcommand)]
    what: Option<SayWhy>,
}

#[derive(clap::Subcommand)]
enum SayWhy {
    /// Say why a ticket was escalated that has no package.
    Set {
        ticket: String,
        /// As packages call it, as in `no_access`; `none` takes it back.
        reason: String,
    },
}

pub(crate) fn reasons(host: &Host, args: &ReasonsArgs) -> anyhow::Result<()> {
    if let Some(SayWhy::Set { ticket, reason }) = &args.what {
        let reason = Some(reason.as_str()).filter(|reason| *reason != "none");
        let said = output::call(host, "reason_set", &json!({ "ticket": ticket, "reason": reason }))?;
        return output::print(host.json, &said, || match reason {
            Some(reason) => format!("{ticket} was escalated for {reason}."),
            None => format!("Nobody says why {ticket} was escalated."),
        });
    }
    let view = output::call(host, "reasons_get", &json!({ "days": args.days }))?;
    output::print(host.json, &view, || {
        let mut out = format!(
            "Of {} escalated tickets without a package, nobody said of {} why.",
            number(&view, "/of"),
            number(&view, "/left")
        );
        for one in list(&view, "/rows") {
            let proposed = one.pointer("/proposed").and_then(Value::as_str).unwrap_or("(nothing speaks for any)");
            let (id, title) = (text(one, "/ticket/display_id"), flat(text(one, "/ticket/title")));
            let _ = write!(out, "\n{id:<14} {proposed:<20} {title}");
            for quote in list(one, "/quotes").filter_map(Value::as_str) {
                let _ = write!(out, "\n{:<14} \u{201c}{}\u{201d}", "", flat(quote));
            }
        }
        out
    })
}

pub(crate) fn sample(host: &Host, args: &SampleArgs) -> anyhow::Result<()> {
    let said = match &args.what {
        Some(Say::Tie(said)) => Some(("tie", said)),
        Some(Say::Answer(said)) => Some(("answer", said)),
        None => None,
    };
    if let Some((kind, Looked { ticket, other, fits })) = said {
        let fits = match fits.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        let asked = json!({ "kind": kind, "ticket": ticket, "other": other, "fits": fits });
        let view = output::call(host, "look_set", &asked)?;
        let words = match fits {
            Some(true) => "fits",
            Some(false) => "does not fit",
            None => "nobody has said",
        };
        return output::print(host.json, &view, || format!("{ticket}, {other}: {words}."));
    }
    let view = output::call(host, "sample_get", &json!({ "days": args.days }))?;
    output::print(host.json, &view, || {
        let mut out = format!(
            "{} of {} solved tickets with a tie were looked at; all of it fits of {}.",
            number(&view, "/looked_at"),
            number(&view, "/tied"),
            number(&view, "/right")
        );
        for one in list(&view, "/rows") {
            let said = match one.pointer("/fits").and_then(Value::as_bool) {
                Some(true) => "fits",
                Some(false) => "does not fit",
                None => "",
            };
            let _ = write!(
                out,
                "\n{:<14} {}\n  tied to {:<12} {}  {said}",
                text(one, "/ticket/display_id"),
                flat(text(one, "/ticket/title")),
                text(one, "/other/display_id"),
                flat(text(one, "/other/title"))
            );
        }
        out
    })
}

#[derive(clap::Args)]
pub(crate) struct HandledArgs {
    /// From so many tickets on that support alone solved …
    #[arg(long, value_name = "N")]
    tickets: Option<u32>,
    /// … within so many days.
    #[arg(long, value_name = "N")]
    days: Option<u32>,
}

/// What it counts is what *Insights* counts; either number alone changes the other not.
pub(crate) fn handled(host: &Host, args: &HandledArgs) -> anyhow::Result<()> {
    let now = output::call(host, "handled_get", &json!({}))?;
    if args.tickets.is_some() || args.days.is_some() {
        let or = |given: Option<u32>, path: &str| given.map_or_else(|| number(&now, path), u64::from);
        let asked = json!({ "tickets": or(args.tickets, "/tickets"), "days": or(args.days, "/days") });
        output::call(host, "handled_set", &asked)?;
    }
    let view = output::call(host, "insights_get", &json!({}))?;
    let figure = list(&view, "/figures").find(|one| text(one, "/name") == "types_handled").cloned().unwrap_or_default();
    output::print(host.json, &json!({ "rule": view.get("handled"), "figure": figure }), || {
        format!(
            "Support handles {} of {} errors and known errors: it alone solved {} tickets or more of each within {} days, none open again{}.",
            number(&figure, "/count"),
            number(&figure, "/of"),
            number(&view, "/handled/tickets"),
            number(&view, "/handled/days"),
            if flag(&view, "/handled/chosen") { "" } else { " (as shipped)" }
        )
    })
}

#[derive(clap::Args)]
pub(crate) struct SeverityArgs {
    /// Accounts that it hits.
    #[arg(long, value_name = "N", default_value_t = 1)]
    accounts: u32,
    /// Different people within a day …
    #[arg(long, value_name = "N", default_value_t = 1)]
    people: u32,
    /// … and on a usual one.
    #[arg(long, value_name = "N", default_value_t = 0.0)]
    usual: f64,
    /// Impact is high from so many accounts on.
    #[arg(long, value_name = "N")]
    from_accounts: Option<u32>,
    /// Urgency is high from so many times what is usual on.
    #[arg(long, value_name = "X")]
    from_times: Option<f64>,
    /// Keep these two from now on; otherwise nothing is kept.
    #[arg(long)]
    keep: bool,
}

pub(crate) fn severity(host: &Host, args: &SeverityArgs) -> anyhow::Result<()> {
    let mut asked = json!({ "accounts": args.accounts, "people": args.people, "usual": args.usual });
    let as_kept = output::call(host, "severity_get", &asked)?;
    let kept = |field: &str| as_kept.pointer(&format!("/rule/{field}")).cloned();
    let rule = json!({
        "accounts": args.from_accounts.map(Value::from).or_else(|| kept("accounts")),
        "times": args.from_times.map(Value::from).or_else(|| kept("times")),
    });
    if args.keep {
        output::call(host, "severity_set", &rule)?;
    }
    if let Some(fields) = asked.as_object_mut() {
        fields.insert("rule".into(), rule);
    }
    let view = output::call(host, "severity_get", &asked)?;
    output::print(host.json, &view, || {
        let level = |field: &str| if view.pointer(field) == Some(&Value::Bool(true)) { "high" } else { "low" };
        let float = |field: &str| view.pointer(field).and_then(Value::as_f64).unwrap_or_default();
        format!(
            "{}: impact {} ({} accounts; high from {} on), urgency {} ({} people within a day, {} on a usual one; high from {} times {} on).",
            text(&view, "/class"),
            level("/wide"),
            args.accounts,
            number(&view, "/rule/accounts"),
            level("/fast"),
            args.people,
            args.usual,
            float("/rule/times"),
            args.usual.max(float("/rule/least_usual"))
        )
    })
}
