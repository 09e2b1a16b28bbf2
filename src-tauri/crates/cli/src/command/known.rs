use crate::{
    Host, output,
    words::fields::{flat, joined, list, number, text},
};
use engine::api::args::{FlagArgs, FlagSettleArgs, IdArgs, KnowledgeSetArgs, ReplyArgs, StepLogArgs, StepsArgs};
use serde_json::{Value, json};

#[derive(clap::Subcommand)]
pub(crate) enum Args {
    /// Every known error, with what there is to look at.
    List {
        /// Only those that need a look.
        #[arg(long)]
        look: bool,
    },
    /// One known error in full.
    Show { id: String },
    /// What may be told a customer of it, in the language and on the clock of the one who wrote the ticket.
    Reply {
        id: String,
        #[arg(long)]
        ticket: Option<String>,
    },
    /// Change fields of a known error's file in the knowledge folder. The rest of the file stays as it is.
    Set {
        id: String,
        /// identified, `workaround_available`, `fix_in_progress`, `fix_released`, `fix_verified`, closed, `wont_fix` or regressed.
        #[arg(long)]
        state: Option<String>,
        /// `work_in_progress`, `not_validated`, validated or archived.
        #[arg(long)]
        confidence: Option<String>,
        /// A version in which it is fixed; may be repeated.
        #[arg(long, value_name = "VERSION")]
        fixed_in: Option<Vec<String>>,
        /// The day on which the fix is promised; empty takes the promise back.
        #[arg(long, value_name = "DAY")]
        eta: Option<String>,
        /// Who promises it.
        #[arg(long, value_name = "NAME")]
        eta_by: Option<String>,
        /// A ticket that it caused too.
        #[arg(long)]
        ticket: Option<String>,
        /// Code that it is about, as `repository:path#symbol@version`; may be repeated, and replaces what it says now.
        #[arg(long, value_name = "LINK")]
        code: Option<Vec<String>>,
        /// It is right at the newest release of its code.
        #[arg(long, conflicts_with = "code")]
        code_checked: bool,
    },
    /// Note on a ticket which step of a workaround was done, or what came of it; without either, say what is noted.
    Tried {
        ticket: String,
        id: String,
        #[arg(long, value_name = "N", group = "what")]
        step: Option<u32>,
        #[arg(long, group = "what")]
        worked: bool,
        #[arg(long, group = "what")]
        did_not_work: bool,
    },
    /// Say that a known error or an article is wrong.
    Flag {
        id: String,
        said: String,
        /// Where it was noticed.
        #[arg(long)]
        ticket: Option<String>,
    },
    /// Settle a flag, by its number in the list.
    Settle { flag: i64 },
}

pub(crate) fn run(host: &Host, args: Args) -> anyhow::Result<()> {
    match args {
        Args::List { look } => {
            let mut all = output::call(host, "known_errors_list", &json!({}))?;
            if let Some(rows) = all.pointer_mut("/rows").and_then(Value::as_array_mut).filter(|_| look) {
                rows.retain(|row| list(row, "/causes").next().is_some());
            }
            output::print(host.json, &all, || match list(&all, "/rows").map(line).collect::<Vec<_>>() {
                lines if lines.is_empty() => "There is no such known error.".into(),
                lines => lines.join("\n"),
            })
        }
        Args::Reply { id, ticket } => {
            let told = output::call(host, "reply_get", &serde_json::to_value(ReplyArgs { known_error: id, ticket })?)?;
            output::print(host.json, &told, || {
                let said: Vec<&str> = ["/held", "/text", "/promise"].map(|place| text(&told, place)).into();
                match said.into_iter().filter(|said| !said.is_empty()).collect::<Vec<_>>() {
                    said if said.is_empty() => "It has no text for customers, and nothing is promised.".into(),
                    said => said.join("\n\n"),
                }
            })
        }
        Args::Show { id } => {
            let known = output::call(host, "known_error_get", &IdArgs { id })?;
            output::print(host.json, &known, || in_full(&known))
        }
        Args::Set { id, state, confidence, fixed_in: fix_versions, eta, eta_by, ticket, code, code_checked } => {
            let set = KnowledgeSetArgs { id, state, confidence, fix_versions, eta, eta_by, ticket, code, code_checked };
            let changed = output::call(host, "kb_set", &set)?;
            super::wait_until_searchable(host)?;
            output::print(host.json, &changed, || match text(&changed, "/before") == text(&changed, "/text") {
                true => format!("{} is so already.", text(&changed, "/path")),
                false => format!("Changed {}.", text(&changed, "/path")),
            })
        }
        Args::Tried { ticket, id: entry, step, worked, did_not_work } => {
            let outcome = match (step, worked, did_not_work) {
                (Some(_), ..) => Some("done"),
                (_, true, _) => Some("worked"),
                (_, _, true) => Some("did_not_work"),
                _ => None,
            };
            if let Some(outcome) = outcome {
                let (step, ticket, entry) = (step.unwrap_or_default(), ticket.clone(), entry.clone());
                output::call(host, "step_log", &StepLogArgs { ticket, entry, step, outcome: outcome.into() })?;
            }
            let noted = output::call(host, "steps_list", &StepsArgs { ticket, entry })?;
            output::print(host.json, &noted, || tried(&noted))
        }
        Args::Flag { id: entry, said, ticket } => {
            let raised = output::call(host, "flag_raise", &FlagArgs { entry, said, ticket })?;
            output::print(host.json, &raised, || format!("Flag {} is raised.", number(&raised, "/undo")))
        }
        Args::Settle { flag } => {
            let done = output::call(host, "flag_settle", &FlagSettleArgs { id: flag, settled: true })?;
            output::print(host.json, &done, || "The flag is settled.".into())
        }
    }
}

fn line(row: &Value) -> String {
    let mut line = format!(
        "{:<24} {:<20} {:>5} tickets  {}",
        flat(text(row, "/display_id")),
        text(row, "/state").replace('_', " "),
        number(row, "/tickets"),
        flat(text(row, "/title"))
    );
    for cause in list(row, "/causes") {
        let said = flat(text(cause, "/said"));
        line.push_str(&match text(cause, "/kind") {
            "flag" => format!("\n    flag {}: {said}", number(cause, "/id")),
            "ratio" => {
                format!("\n    lately it helped {} of {}", number(cause, "/worked"), number(cause, "/tried"))
            }
            "eta" => "\n    the promised day has passed".into(),
            "shipped" => format!("\n    the fix is released in {said}"),
            "code" => format!("\n    {}", code_changed(cause.pointer("/code").unwrap_or(cause))),
            "came_back" => format!("\n    seen on a version that has the fix: {said}"),
            kind => format!("\n    {kind} {said}"),
        });
    }
    line
}

/// `src/pay/Card.java, charge, says something else since v2.4.0 (was v2.3.0)`.
pub(super) fn code_changed(code: &Value) -> String {
    let what = [text(code, "/path"), text(code, "/symbol")].into_iter().filter(|said| !said.is_empty()).map(flat);
    let what = what.collect::<Vec<_>>().join(", ");
    match code.pointer("/gone").and_then(Value::as_bool) {
        Some(true) => format!("{what} is gone in {}", flat(text(code, "/newest"))),
        _ => format!(
            "{what} says something else since {}; looked at in {}",
            flat(text(code, "/to")),
            flat(text(code, "/from"))
        ),
    }
}

fn in_full(known: &Value) -> String {
    let mut out = format!("{}  {}\n", flat(text(known, "/display_id")), flat(text(known, "/banner/title")));
    out.push_str(&format!("State: {}\n", text(known, "/banner/state").replace('_', " ")));
    for (name, said) in [
        ("Cause", text(known, "/banner/cause").to_owned()),
        ("Affects", joined(known, "/affected_versions")),
        ("Fixed in", joined(known, "/banner/fix_versions")),
        ("Owner", text(known, "/banner/owner").to_owned()),
    ] {
        if !said.is_empty() {
            out.push_str(&format!("{name}: {said}\n"));
        }
    }
    for (at, step) in (1..).zip(list(known, "/banner/workaround")) {
        out.push_str(&format!("{at}. {}\n", flat(step.as_str().unwrap_or_default())));
    }
    if number(known, "/banner/tried/tried") > 0 {
        out.push_str(&share(known, "/banner/tried"));
        out.push('\n');
    }
    out.push_str(&format!("{} tickets", list(known, "/tickets").count()));
    out
}

fn tried(noted: &Value) -> String {
    let steps: Vec<String> = list(noted, "/done").map(|done| number(done, "/step").to_string()).collect();
    let done =
        if steps.is_empty() { "No step was done here.".into() } else { format!("Done here: {}.", steps.join(", ")) };
    let came = match text(noted, "/outcome/outcome") {
        "worked" => " It worked.",
        "did_not_work" => " It did not work.",
        _ => "",
    };
    format!("{done}{came}\n{}", share(noted, "/tried"))
}

/// `Worked 9 of 11, so probably 52 to 95 %.`
fn share(value: &Value, path: &str) -> String {
    let share = value.pointer(path).unwrap_or(&Value::Null);
    let part = |field: &str| share.pointer(field).and_then(Value::as_f64).map(|part| (part * 100.0).round());
    match (part("/low"), part("/high")) {
        (Some(low), Some(high)) => {
            format!(
                "Worked {} of {}, so probably {low} to {high} %.",
                number(share, "/worked"),
                number(share, "/tried")
            )
        }
        _ => "Nobody tried it yet.".into(),
    }
}
