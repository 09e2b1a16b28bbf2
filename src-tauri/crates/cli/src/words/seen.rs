//! The pane in words: the verdict in one line, then the known error, the errors in the text, and the earlier cases.

use super::{
    When,
    fields::{flag, flat, list, number, spans, text, time},
    resolution,
};
use serde_json::Value;

/// `as_of`: the time that the question was asked for, when it is not now.
pub(crate) fn words(seen: &Value, when: &When, as_of: Option<&str>) -> String {
    let mut lines = vec![verdict(seen, when, as_of)];
    lines.extend(measured(seen));
    if seen.get("known_error").is_some_and(|known| !known.is_null()) {
        let known = format!("{}: {}", text(seen, "/known_error/id"), text(seen, "/known_error/title"));
        lines.push(format!("Known error {}", flat(&known)));
        for (at, step) in list(seen, "/known_error/workaround").enumerate() {
            lines.push(format!("  {}. {}", at + 1, flat(step.as_str().unwrap_or_default())));
        }
    }
    lines.extend(seen.get("next").filter(|asked| !asked.is_null()).map(next));
    lines.extend(list(seen, "/ran").map(ran));
    lines.extend(hits(seen));
    lines.extend(list(seen, "/articles").flat_map(article));
    lines.join("\n")
}

/// `Seen 14 times, last 3 days ago. Fixed in 5.4.1. Usually: code fix (9 of 11). Others: 1 today, 1 in 24 h, 3 in 7 days.`
fn verdict(seen: &Value, when: &When, as_of: Option<&str>) -> String {
    let kind = text(seen, "/verdict/kind");
    let times = match number(seen, "/verdict/times") {
        1 => "once".into(),
        2 => "twice".into(),
        times => format!("{times} times"),
    };
    let last = time(seen, "/verdict/last_at").map(|at| format!(", last {}", when.ago(at))).unwrap_or_default();
    let mut sentences = vec![match (kind, number(seen, "/verdict/times")) {
        ("seen", 0) => "Seen before: this is a known error.".into(),
        ("maybe", 0) => "Perhaps a known error.".into(),
        ("seen", _) => format!("Seen {times}{last}."),
        ("maybe", _) => format!("Perhaps seen {times}{last}."),
        _ => format!("Looks new. Nothing like it among {} documents.", number(seen, "/searched")),
    }];
    if kind == "maybe" {
        sentences.push("Similar, but not certain: compare before you answer.".into());
    }
    sentences.extend(fix(seen));
    let class = text(seen, "/verdict/usually/class");
    if !class.is_empty() {
        let (cases, of) = (number(seen, "/verdict/usually/cases"), number(seen, "/verdict/usually/of"));
        sentences.push(format!("Usually: {} ({cases} of {of}).", resolution(class)));
    }
    if kind == "seen" || kind == "maybe" {
        sentences.push(others(seen, as_of));
    }
    sentences.join(" ")
}

/// How often this is right here, where it was guessed.
fn measured(seen: &Value) -> Option<String> {
    if flag(seen, "/verdict/told") {
        return None;
    }
    let Some(right) = seen.pointer("/verdict/measured/right").and_then(Value::as_f64) else {
        return Some("How often that is right here is not measured yet: precedent replay.".into());
    };
    let n = number(seen, "/verdict/measured/n");
    let also = match (text(seen, "/verdict/kind"), number(seen, "/verdict/measured/untied")) {
        ("new", _) | (_, 0) => String::new(),
        _ => {
            let of = seen.pointer("/verdict/measured/of_untied").and_then(Value::as_f64).unwrap_or_default();
            format!("; said of {:.0} of 100 of which nobody knows, too", of * 100.0)
        }
    };
    Some(format!("Right in {:.0} of 100 here, of {n} past tickets whose earlier case is known{also}.", right * 100.0))
}

fn fix(seen: &Value) -> Option<String> {
    let version = flat(text(seen, "/verdict/fix/version"));
    let running = flat(text(seen, "/verdict/fix/running"));
    match (text(seen, "/verdict/fix/state"), running.as_str()) {
        ("fixed_in_yours", "") => Some(format!("Fixed in {version}, which the customer runs.")),
        ("fixed_in_yours", running) => Some(format!("Fixed in {version}; customer runs {running}, which has the fix.")),
        ("fixed_later", "") => Some(format!("Fixed in {version}, later than the customer's version.")),
        ("fixed_later", running) => Some(format!("Fixed in {version}, customer runs {running}.")),
        ("fixed", _) => Some(format!("Fixed in {version}.")),
        _ => None,
    }
}

/// Other people with the same problem, up to now or to the time that was asked for.
fn others(seen: &Value, as_of: Option<&str>) -> String {
    let (today, day, week) =
        (number(seen, "/duplicates/today"), number(seen, "/duplicates/last_24h"), number(seen, "/duplicates/last_7d"));
    match (week, as_of) {
        (0, None) => "Nobody else in the last 7 days.".into(),
        (0, Some(_)) => "Nobody else in the 7 days before.".into(),
        (_, None) => format!("Others: {today} today, {day} in 24 h, {week} in 7 days."),
        (_, Some(time)) => format!("Others up to {}: {today} that day, {day} in 24 h, {week} in 7 days.", flat(time)),
    }
}

/// `Ask next: which version? 2.2.0 (4), 2.3.1 (3): narrows 9 likely cases to about 4.`
fn next(of: &Value) -> String {
    let answers: Vec<String> = list(of, "/answers")
        .map(|answer| format!("{} ({})", flat(text(answer, "/value")), number(answer, "/cases")))
        .collect();
    let about = |path: &str| of.pointer(path).and_then(Value::as_f64).unwrap_or_default().round().max(1.0);
    let what = match text(of, "/facet") {
        "exception" => "what is the error called?".to_owned(),
        "environment" => "on which system?".into(),
        facet => format!("which {facet}?"),
    };
    format!(
        "Ask next: {what} {}: narrows {:.0} likely cases to about {:.0}.",
        answers.join(", "),
        about("/before"),
        about("/after")
    )
}

fn ran(ran: &Value) -> String {
    let what = format!("{} {}", text(ran, "/exception"), spans(ran, "/message"));
    let others = match number(ran, "/tickets") {
        0 => "in no other ticket".into(),
        1 => "in 1 other ticket".into(),
        many => format!("in {many} other tickets"),
    };
    format!("Ran: {} [{}], {others}", flat(&what), text(ran, "/code"))
}

/// In two groups where there are two: the one with the best case first, so that neither age nor its lack buries anything.
fn hits(seen: &Value) -> Vec<String> {
    // What is looked at all the same is not taken for an answer.
    if text(seen, "/verdict/kind") == "new" && list(seen, "/hits").next().is_some() {
        let nearest = "\nThe nearest cases; none of them is close:".to_owned();
        return std::iter::once(nearest).chain(list(seen, "/hits").flat_map(hit)).collect();
    }
    let (older, recent): (Vec<&Value>, Vec<&Value>) = list(seen, "/hits").partition(|hit| flag(hit, "/older"));
    if older.is_empty() || recent.is_empty() {
        return list(seen, "/hits").flat_map(hit).collect();
    }
    let mut groups = [("Recent", recent), ("Older, more than 180 days", older)];
    if list(seen, "/hits").next().is_some_and(|best| flag(best, "/older")) {
        groups.reverse();
    }
    let group = |(title, hits): (&str, Vec<&Value>)| {
        std::iter::once(format!("\n{title}:")).chain(hits.into_iter().flat_map(hit)).collect::<Vec<_>>()
    };
    groups.into_iter().flat_map(group).collect()
}

/// What somebody wrote about it, and where: of a help centre, the address.
fn article(article: &Value) -> Vec<String> {
    let place = article.pointer("/url").and_then(Value::as_str).unwrap_or_else(|| text(article, "/id"));
    let (title, audience) = (spans(article, "/title"), text(article, "/audience"));
    vec![format!("\nArticle: {} (for: {audience})", flat(&title)), format!("  {}", flat(place))]
}

fn hit(hit: &Value) -> Vec<String> {
    let score = hit.get("score").and_then(Value::as_f64).unwrap_or_default();
    let (id, title) = (flat(text(hit, "/display_id")), flat(&spans(hit, "/title")));
    let mut lines = vec![format!("\n{score:>6.1}  {id}  {title}  ({})", text(hit, "/outcome").replace('_', " "))];
    if let Some(first) = text(hit, "/answer/text").lines().find(|line| !line.trim().is_empty()) {
        lines.push(format!("        {first}"));
    }
    lines.extend(list(hit, "/receipt").map(part));
    lines
}

/// One part of a receipt.
pub(super) fn part(part: &Value) -> String {
    let detail: Vec<&str> = list(part, "/detail").filter_map(Value::as_str).take(8).collect();
    let points = part.get("points").and_then(Value::as_f64).unwrap_or_default();
    let kind = text(part, "/kind").replace('_', " ");
    let what = format!("{kind} {} {}", text(part, "/field"), detail.join(" "));
    format!("        {points:>+6.1} {}", flat(&what))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;
    use serde_json::json;

    const DAY: i64 = 86_400_000;

    fn said(view: Value, as_of: Option<&str>) -> String {
        words(&view, &When { now: 20 * DAY, zone: TimeZone::UTC }, as_of)
    }

    fn line(view: Value, as_of: Option<&str>) -> String {
        verdict(&view, &When { now: 20 * DAY, zone: TimeZone::UTC }, as_of)
    }

    #[test]
    fn the_verdict_says_how_often_how_it_ends_and_who_else_in_one_line() {
        let view = json!({
            "verdict": { "kind": "seen", "times": 14, "last_at": 17 * DAY,
                "fix": { "state": "fixed", "version": "5.4.1", "running": null },
                "usually": { "class": "code_fix", "cases": 9, "of": 11 } },
            "duplicates": { "today": 1, "last_24h": 1, "last_7d": 3 },
        });
        let told = "Seen 14 times, last 3 days ago. Fixed in 5.4.1. Usually: code fix (9 of 11).";
        assert_eq!(line(view.clone(), None), format!("{told} Others: 1 today, 1 in 24 h, 3 in 7 days."));
        assert_eq!(
            line(view, Some("1970-01-21")),
            format!("{told} Others up to 1970-01-21: 1 that day, 1 in 24 h, 3 in 7 days.")
        );
    }

    #[test]
    fn what_is_not_certain_or_not_counted_is_said_so() {
        let maybe = json!({ "verdict": { "kind": "maybe", "times": 1, "last_at": 19 * DAY } });
        assert!(said(maybe.clone(), None).contains("is not measured yet: precedent replay."));
        assert_eq!(
            line(maybe, None),
            "Perhaps seen once, last yesterday. Similar, but not certain: compare before you answer. \
             Nobody else in the last 7 days."
        );
        let known = json!({ "verdict": { "kind": "seen", "times": 0, "last_at": null } });
        assert!(line(known, None).starts_with("Seen before: this is a known error. "));
        let new = json!({ "verdict": { "kind": "new", "times": 0 }, "searched": 7 });
        assert_eq!(line(new.clone(), None), "Looks new. Nothing like it among 7 documents.");
        let hits = json!([{ "display_id": "T-1", "older": false, "outcome": "held", "score": 1.0 }]);
        let near = json!({ "verdict": new["verdict"], "searched": 7, "hits": hits });
        assert!(said(near, None).contains("\nThe nearest cases; none of them is close:\n"));
        let measured = json!({ "right": 0.57, "n": 251, "untied": 300, "of_untied": 0.02, "own": true });
        let seen = said(json!({ "verdict": { "kind": "seen", "times": 2, "last_at": 1, "measured": measured } }), None);
        let told = "Right in 57 of 100 here, of 251 past tickets whose earlier case is known; said of 2 of 100 of which nobody knows, too.";
        assert!(seen.contains(told), "{seen}");
    }

    #[test]
    fn recent_and_older_cases_are_two_groups_and_the_best_case_s_group_comes_first() {
        let hit = |id: &str, older: bool| json!({ "display_id": id, "older": older, "outcome": "held", "score": 1.0 });
        let order = |hits: Value| -> Vec<String> {
            let text = said(json!({ "verdict": { "kind": "maybe" }, "hits": hits }), None);
            let line = |line: &str| ["Recent", "Older", "T-"].iter().any(|part| line.contains(part));
            text.lines()
                .filter(|one| line(one))
                .map(|one| one.split_whitespace().nth(usize::from(one.contains("T-"))).unwrap_or_default().to_owned())
                .collect()
        };
        let mixed = json!([hit("T-1", true), hit("T-2", false), hit("T-3", true)]);
        assert_eq!(order(mixed), ["Older,", "T-1", "T-3", "Recent:", "T-2"]);
        assert_eq!(order(json!([hit("T-1", false), hit("T-2", true)])), ["Recent:", "T-1", "Older,", "T-2"]);
        assert_eq!(order(json!([hit("T-1", true), hit("T-2", true)])), ["T-1", "T-2"], "one group needs no name");
    }

    #[test]
    fn a_fix_names_the_customer_s_version_where_it_is_known() {
        let said = |state: &str, running: Option<&str>| {
            let view = json!({ "verdict": { "kind": "new", "fix": { "state": state, "version": "2.1", "running": running } } });
            super::fix(&view).unwrap()
        };
        assert_eq!(said("fixed_later", Some("2.0")), "Fixed in 2.1, customer runs 2.0.");
        assert_eq!(said("fixed_in_yours", Some("2.2")), "Fixed in 2.1; customer runs 2.2, which has the fix.");
        assert_eq!(said("fixed_later", None), "Fixed in 2.1, later than the customer's version.");
    }
}
