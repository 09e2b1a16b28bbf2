//! Figures, tiers and costs as lines of text.

use super::{
    When,
    fields::{flag, flat, list, number, text, time},
};
use serde_json::Value;
use std::fmt::Write;

fn float(of: &Value, path: &str) -> Option<f64> {
    of.pointer(path).and_then(Value::as_f64)
}

fn amount(unit: &str, value: Option<f64>) -> String {
    match (unit, value) {
        (_, None) => "–".into(),
        ("share", Some(value)) => format!("{:.1} %", value * 100.0),
        ("hours", Some(value)) => format!("{value:.1} h"),
        (_, Some(value)) => format!("{value:.1}"),
    }
}

/// A money or an hours band.
fn band(of: &Value, path: &str) -> String {
    let end = |end: &str| float(of, &format!("{path}/{end}")).unwrap_or_default();
    let (low, high) = (end("low"), end("high"));
    if low.round() == high.round() { format!("{low:.0}") } else { format!("{low:.0} to {high:.0}") }
}

/// `engineering   12.4 %  of 90 all tickets; target under 20 %`.
pub(crate) fn figure(of: &Value) -> String {
    let unit = text(of, "/unit");
    let mut line = format!("{:>16}  {:>8}", text(of, "/name"), amount(unit, float(of, "/value")));
    let _ = match unit {
        "share" => write!(line, "  {} of {} {}", number(of, "/count"), number(of, "/of"), text(of, "/base")),
        _ => write!(line, "  of {} {}", number(of, "/of"), text(of, "/base")),
    };
    if let Some(most) = float(of, "/at_most") {
        let _ = write!(line, "; at most {}", amount(unit, Some(most)));
    }
    if let (Some(median), Some(p90)) = (float(of, "/median"), float(of, "/p90")) {
        let _ = write!(line, "; median {}, p90 {}", amount(unit, Some(median)), amount(unit, Some(p90)));
    }
    if of.pointer("/at_work").is_some_and(|work| !work.is_null()) {
        let at = |name: &str| amount(unit, float(of, &format!("/at_work/{name}")));
        let _ = write!(line, "; at work {}, median {}, p90 {}", at("mean"), at("median"), at("p90"));
    }
    if let Some(target) = float(of, "/target") {
        let _ = match (unit, target > 0.0) {
            _ if flag(of, "/at_least") => write!(line, "; target at least {:.0} %", target * 100.0),
            ("share", true) => write!(line, "; target under {:.0} %", target * 100.0),
            _ => write!(line, "; target {target:.0}"),
        };
    }
    if let Some(before) = float(of, "/before") {
        let _ = write!(line, "; baseline {}", amount(unit, Some(before)));
    }
    line + &since(of)
}

/// Under a time: how sure its change since the baseline is.
fn since(of: &Value) -> String {
    let mut out = String::new();
    if of.pointer("/since").is_none_or(Value::is_null) {
        return out;
    }
    let percent = |of: &Value, path: &str| float(of, path).map(|less| 100.0 * less);
    let number = |path: &str| number(of, &format!("/since/{path}"));
    let (then, now) = (number("n_before"), number("n"));
    for name in ["median", "p90", "mean"] {
        let Some(told) = of.pointer(&format!("/since/{name}")).filter(|told| !told.is_null()) else { continue };
        let less = percent(told, "/less").unwrap_or_default();
        let more = if less < 0.0 { "more" } else { "less" };
        let _ =
            write!(out, "\n{:>16}  {:.1} % {more} than at the baseline (n = {then} then, {now} now", name, less.abs());
        let _ = match (percent(told, "/low"), percent(told, "/high")) {
            (Some(low), Some(high)) => write!(out, "; between {low:.1} and {high:.1} % less in 19 of 20 redraws)"),
            _ => write!(out, "; too few to say how sure: it takes {} on either side)", number("least")),
        };
    }
    if flag(of, "/since/overlaps") {
        let _ = write!(out, "\n{:>16}  the periods overlap: some tickets may be on both sides", "");
    }
    out
}

pub(crate) fn view(of: &Value) -> String {
    let mut out = format!("{} tickets came in. Rule: {}.\n", number(of, "/tickets"), text(of, "/rule"));
    for one in list(of, "/figures") {
        let _ = writeln!(out, "{}", figure(one));
    }
    let tier = |tier: &str| number(of, &format!("/funnel/{tier}"));
    let _ = writeln!(out, "\nFirst tier {}, second {}, third {}.", tier("l1"), tier("l2"), tier("l3"));
    out.push_str(&stages(of));
    for burst in list(of, "/bursts") {
        let _ = writeln!(
            out,
            "More than usual: {} ({} people within a day, {:.1} on a usual one)",
            flat(text(burst, "/title")),
            number(burst, "/reporters"),
            float(burst, "/usual").unwrap_or_default()
        );
        let after: Vec<&str> = list(burst, "/after").map(|mark| text(mark, "/version")).take(3).collect();
        let after = if after.is_empty() { String::new() } else { format!(", after {}", after.join(", ")) };
        let _ = writeln!(out, "  severity {}{}", text(burst, "/severity/class"), flat(&after));
    }
    for only in list(of, "/engineer_only") {
        let tickets = list(only, "/tickets").count();
        let _ = writeln!(out, "Only engineering solved: {} ({tickets} tickets)", flat(text(only, "/title")));
    }
    let money = of.pointer("/cost").map(|of| cost(of, false)).unwrap_or_default();
    out + "\n" + &money
}

/// Where the time of escalated tickets went, a line of each moment that is known.
fn stages(of: &Value) -> String {
    let tickets = number(of, "/stages/tickets");
    let all = float(of, "/stages/hours").unwrap_or_default();
    if tickets == 0 || all <= 0.0 {
        return String::new();
    }
    let longest = text(of, "/stages/longest");
    let mut out = format!("Where the time of {tickets} escalated and solved tickets went, from report on:\n");
    let mut missing = Vec::new();
    for stage in list(of, "/stages/stages") {
        let (until, count) = (text(stage, "/until"), number(stage, "/count"));
        if count == 0 {
            missing.push(until);
            continue;
        }
        let hours = |path: &str| float(stage, path).unwrap_or_default();
        let _ = writeln!(
            out,
            "{until:>16}  {:>5.1} %  {:.1} h; median {:.1} h, p90 {:.1} h, known of {count}{}",
            100.0 * hours("/hours") / all,
            hours("/hours"),
            hours("/median"),
            hours("/p90"),
            if until == longest { "; the longest" } else { "" }
        );
    }
    if !missing.is_empty() {
        let _ = writeln!(out, "{:>16}  not known of any: what it took stands with the next", missing.join(", "));
    }
    out
}

pub(crate) fn explained(of: &Value) -> String {
    let told = of.pointer("/figure").unwrap_or(&Value::Null);
    let mut out = format!("{}\nFormula: {}\nBase: {}\n", figure(told), text(told, "/formula"), text(told, "/base"));
    if flag(told, "/by_rule") {
        let _ = writeln!(out, "Rule: {}", text(of, "/rule"));
    }
    if of.pointer("/figure/at_work").is_some_and(|work| !work.is_null()) {
        let _ = writeln!(out, "Hours at work: {}", text(of, "/hours"));
    }
    for row in list(of, "/rows/escalations") {
        let (filled, needed) = (number(row, "/filled"), number(row, "/needed"));
        let _ =
            writeln!(out, "{:<14} {} ({filled} of {needed} facts)", text(row, "/ticket"), flat(text(row, "/title")));
    }
    for row in list(of, "/rows/rows") {
        let _ = writeln!(out, "{:<14} {}", text(row, "/display_id"), flat(text(row, "/subject")));
    }
    let (total, shown) =
        (number(of, "/rows/total"), (list(of, "/rows/rows").count() + list(of, "/rows/escalations").count()) as u64);
    if total > shown {
        let _ = writeln!(out, "The newest {shown} of {total}.");
    }
    let _ = write!(
        out,
        "SQL, which counts {} of {} (counted, base, value, median, p90, the three at work; :from = {}, :until = {}):\n{}",
        number(of, "/sql_count"),
        number(of, "/sql_of"),
        time(of, "/from").unwrap_or_default(),
        time(of, "/until").unwrap_or_default(),
        text(of, "/sql")
    );
    out
}

pub(crate) fn baseline(of: &Value) -> String {
    if of.pointer("/baseline").is_none_or(Value::is_null) {
        return "No baseline is frozen yet: `precedent baseline freeze` does.".into();
    }
    let mut out = format!("Rule then: {}.", text(of, "/baseline/rule"));
    if flag(of, "/baseline/rule_changed") {
        out.push_str("\nThe rule or the tiers are others by now: what differs is not only how the team does.");
    }
    for one in list(of, "/figures") {
        let _ = write!(out, "\n{}", figure(one));
    }
    out
}

/// Where each number comes from.
pub(crate) fn basis_of(of: &Value, when: &When) -> String {
    list(of, "/basis").map(|one| basis(one, when)).collect::<Vec<_>>().join("\n")
}

/// `rate: set 3 days ago by Ines, from payroll`.
fn basis(one: &Value, when: &When) -> String {
    let name = text(one, "/name").replace('_', " ");
    let Some(at) = time(one, "/at") else { return format!("  {name}: as shipped, from the article's example") };
    let part = |before: &str, path: &str| match flat(text(one, path)) {
        said if said.is_empty() => String::new(),
        said => format!("{before}{said}"),
    };
    format!("  {name}: set {}{}{}", when.ago(at), part(" by ", "/by"), part(", from ", "/source"))
}

pub(crate) fn cost(of: &Value, example: bool) -> String {
    let how = match number(of, "/measured") {
        0 => format!(
            "hours assumed: {} to {} each, measured from {} logged efforts on",
            float(of, "/hours_low").unwrap_or_default(),
            float(of, "/hours_high").unwrap_or_default(),
            number(of, "/needed")
        ),
        n => format!("hours measured (n = {n})"),
    };
    let article = format!(
        "The article's example, by the same formula: {} a month, {} a year.",
        band(of, "/example_monthly"),
        band(of, "/example_yearly")
    );
    if example {
        return article;
    }
    format!(
        "{:.1} escalations a month at {} each: {} a month, {} a year ({how}; {} an hour).\n{article}",
        float(of, "/escalations").unwrap_or_default(),
        band(of, "/each"),
        band(of, "/monthly"),
        band(of, "/yearly"),
        float(of, "/rate").unwrap_or_default()
    )
}

/// A line of each cohort, under the names of its figures.
pub(crate) fn cohorts(of: &Value) -> String {
    let mut out = format!("{:>28}  {:>8}", "", "tickets");
    for name in list(of, "/names").filter_map(Value::as_str) {
        let _ = write!(out, "  {name:>12}");
    }
    for row in list(of, "/rows") {
        let value = row.pointer("/value").and_then(Value::as_str).unwrap_or("(none)");
        let _ = write!(out, "\n{:>28}  {:>8}", flat(value), number(row, "/tickets"));
        for figure in list(row, "/figures") {
            let unit = text(figure, "/unit");
            // Of times the median: one long one moves a mean.
            let path = if unit == "hours" { "/median" } else { "/value" };
            let _ = write!(out, "  {:>12}", amount(unit, float(figure, path)));
        }
    }
    let (shown, all) = (list(of, "/rows").count() as u64, number(of, "/of"));
    if all > shown {
        let _ = write!(out, "\n{shown} of {all} are shown.");
    }
    let _ = write!(out, "\nHours are medians. Rule: {}.", text(of, "/rule"));
    out
}

pub(crate) fn hours(of: &Value) -> String {
    let chosen = if flag(of, "/chosen") { "" } else { ", until you say otherwise" };
    format!("{}{chosen}. Holidays are not known.", text(of, "/words"))
}

pub(crate) fn tiers(of: &Value) -> String {
    let mut out = String::new();
    for group in list(of, "/groups") {
        let guessed = if flag(group, "/said") { "" } else { "  guessed from its name" };
        let (tier, tickets) = (text(group, "/tier").to_uppercase(), number(group, "/tickets"));
        let _ = writeln!(out, "{tier}  {tickets:>6}  {}{guessed}", flat(text(group, "/name")));
    }
    for (what, name) in [("agent", "/agents"), ("tag", "/tags")] {
        for one in list(of, name) {
            let unknown = if flag(one, "/known") { "" } else { "  no ticket has it" };
            let tier = text(one, "/tier").to_uppercase();
            let _ = writeln!(out, "{tier}  {what:>6}  {}{unknown}", flat(text(one, "/name")));
        }
    }
    let _ = write!(out, "Rule: {}.", text(of, "/words"));
    out
}

pub(crate) fn avoidable(of: &Value, when: &When) -> String {
    let found = number(of, "/avoidable");
    let mut out =
        format!("{found} of {} escalations had an answer in the base when they were raised.", number(of, "/asked"));
    if number(of, "/always") > 0 {
        let _ = write!(out, " {} others always need engineering, and are not counted.", number(of, "/always"));
    }
    if found > 0 {
        let how = if flag(of, "/measured") { "measured" } else { "assumed" };
        let _ = write!(
            out,
            " That is {} engineering hours, {} in money ({how} hours).",
            band(of, "/hours"),
            band(of, "/money")
        );
    }
    if number(of, "/perhaps") > 0 {
        let _ = write!(out, "\n{} others were perhaps answered: not counted.", number(of, "/perhaps"));
    }
    if number(of, "/looked_at") > 0 {
        let (confirmed, looked_at) = (number(of, "/confirmed"), number(of, "/looked_at"));
        let _ = write!(out, "\nOf {looked_at} answers that somebody looked at, {confirmed} were right.");
    }
    for row in list(of, "/rows") {
        let denied = if row.pointer("/fits") == Some(&Value::Bool(false)) { "  denied" } else { "" };
        let raised = time(row, "/raised_at").map(|at| when.ago(at)).unwrap_or_default();
        let _ = write!(
            out,
            "\n{:<14} {}  ({raised})\n  answered by {:<12} {}{denied}",
            text(row, "/ticket/display_id"),
            flat(text(row, "/ticket/title")),
            text(row, "/answer/display_id"),
            flat(text(row, "/answer/title"))
        );
    }
    let _ = write!(out, "\nRule: {}.", text(of, "/rule"));
    out
}
