//! The report, for people without the program: the same figures, with the rule and what it costs.

mod drawn;

use super::show;
use crate::{
    Engine, Result,
    api::{
        args::{ReportArgs, ReportFormat},
        view::{FigureView, InsightsView, ReportView},
    },
    insights as figures,
};
use domain::Millis;
use insights::{Line, csv, html, markdown};

pub(crate) fn write(engine: &Engine, args: &ReportArgs) -> Result<ReportView> {
    let history = figures::history(engine)?;
    let period = history.period(&args.period);
    let part = figures::cohorts::part(args.period.part.as_ref())?;
    let view = show::view(engine, &history, period, part.as_ref())?;
    let lines: Vec<Line> = view.figures.iter().map(line).collect();
    let day = |at: i64| Millis(at).to_rfc3339().chars().take(10).collect::<String>();
    let name = format!("insights-{}", day(history.now));
    let title = format!("Support figures, {} to {}", day(view.from), day(view.until));
    let notes = notes(&view);
    let (ending, text) = match args.format {
        ReportFormat::Markdown => ("md", markdown(&title, &notes, &lines)),
        ReportFormat::Csv => ("csv", csv(&lines)),
        ReportFormat::Html => {
            ("html", html(&title, &notes, &lines, &drawn::all(engine, &history, &view, part.as_ref())?))
        }
    };
    Ok(ReportView { name: format!("{name}.{ending}"), text })
}

fn notes(view: &InsightsView) -> Vec<String> {
    let cost = &view.cost;
    let how = match cost.measured {
        0 => format!("assumed: {} to {} h at {} an hour", cost.hours_low, cost.hours_high, cost.rate),
        n => format!("hours measured (n = {n}), at {} an hour", cost.rate),
    };
    vec![
        format!("{} tickets came in. Rule: {}.", view.tickets, view.rule),
        format!(
            "{:.1} escalations a month cost {:.0} to {:.0} a month, {:.0} to {:.0} a year ({how}).",
            cost.escalations, cost.monthly.low, cost.monthly.high, cost.yearly.low, cost.yearly.high
        ),
        "Shares of the tiers have different bases: each is printed beside its figure. No figure is of a single person."
            .into(),
    ]
}

fn line(of: &FigureView) -> Line {
    Line {
        name: words(&of.name).into(),
        formula: of.formula.clone(),
        base: of.base.clone(),
        unit: of.unit,
        value: of.value,
        count: of.count,
        of: of.of,
        median: of.median,
        p90: of.p90,
        target: of.target,
        at_least: of.at_least,
        before: of.before,
        how: match () {
            () if of.of == 0 => "not measured yet",
            // What would have been without them nobody measured.
            () if of.name == "deflection" => "estimated",
            () => "measured",
        },
    }
}

/// As the window calls it.
fn words(name: &str) -> &str {
    match name {
        "l1_l2" => "First to second tier",
        "l2_l3" => "Second to third tier",
        "engineering" => "Needed engineering",
        "repeat_l3" => "Escalated again",
        "avoidable" => "Could have been avoided",
        "answer_accuracy" => "Answers that were right",
        "link_accuracy" => "Ties that fit",
        "independent" => "Solved by support alone",
        "reopened" => "Opened again",
        "recontact" => "Came again within a week",
        "csat" => "Satisfied customers",
        "linked" => "Tied to what is known",
        "hours_all" => "Time to solve",
        "hours_escalated" => "Time to solve, escalated",
        "hours_alone" => "Time to solve, support alone",
        "bounces" => "Bounces in engineering",
        "types_handled" => "Issue types handled",
        "deflection" => "Time that suggestions saved",
        "known" => "Known when they came",
        "found_before" => "Found before customers did",
        "acknowledge" => "Until engineering moves",
        "question_back" => "Asked back by engineering",
        "completeness" => "Complete when handed over",
        other => other,
    }
}
