//! Why a case is not among the hits, in a few lines.

use super::{
    fields::{flat, list, number, text},
    seen::part,
};
use serde_json::Value;
use std::cmp::Ordering;

pub(crate) fn words(why: &Value) -> String {
    let mut lines = vec![verdict(why)];
    lines.extend(list(why, "/reasons").filter_map(reason));
    if why.get("score").is_some_and(Value::is_number) {
        lines.push(format!("\n{}  {}", score(why, "/score"), named(why, "/case")));
        lines.extend(list(why, "/receipt").map(part));
    }
    if why.get("other").is_some_and(Value::is_object) {
        lines.push(format!("\nAgainst {}, in place {}:", named(why, "/other/case"), number(why, "/other/place")));
        lines.extend(list(why, "/differences").filter_map(difference));
        let (its, others) = (points(why, "/score"), points(why, "/other/score"));
        lines.push(format!("{:>+14.1} together", its - others));
    }
    lines.join("\n")
}

fn verdict(why: &Value) -> String {
    let id = flat(text(why, "/case/display_id"));
    let (place, of, shown) = (number(why, "/place"), number(why, "/of"), number(why, "/shown"));
    match text(why, "/state") {
        "shown" => format!("{id} is shown, in place {place} of {of}."),
        "below" => format!("{id} is in place {place} of {of}; {shown} are shown."),
        "outside" => format!(
            "{id} shares words with the question, but others share so much more that it was not looked at. It would be in place {place} of {of}."
        ),
        "nothing_shared" => format!("{id} has no word, identifier, signature or frame of the question that counts."),
        _ if place > 0 => format!("{id} is kept out. It would be in place {place} of {of}."),
        _ => format!("{id} is kept out."),
    }
}

fn reason(reason: &Value) -> Option<String> {
    Some(match text(reason, "/code") {
        "itself" => "It is the question itself.".into(),
        "not_same" => "Somebody said that it is not the same as this question.".into(),
        "excluded" => "It was left out with --not-by.".into(),
        "newer" => "It did not exist at the time that was asked for.".into(),
        "changed_since" => "It was changed after the time that was asked for, and what it said before is not known.".into(),
        "merged" => format!("It was merged into {}.", flat(text(reason, "/other"))),
        "kept" => "It has more points than the other, which stands in one of the two places of the first five that are kept for old cases.".into(),
        _ => return None,
    })
}

fn named(why: &Value, path: &str) -> String {
    let of = |field: &str| flat(text(why, &format!("{path}/{field}")));
    format!("{}  {}", of("display_id"), of("title"))
}

fn difference(difference: &Value) -> Option<String> {
    let lacks = points(difference, "/its") - points(difference, "/others");
    let detail = match lacks.total_cmp(&0.0) {
        Ordering::Equal => return None,
        Ordering::Less => "/others_detail",
        Ordering::Greater => "/its_detail",
    };
    let named: Vec<&str> = list(difference, detail).filter_map(Value::as_str).take(8).collect();
    let kind = text(difference, "/kind").replace('_', " ");
    let what = format!("{kind} {} {}", text(difference, "/field"), named.join(" "));
    Some(format!("{lacks:>+14.1} {}", flat(&what)))
}

fn points(value: &Value, path: &str) -> f64 {
    value.pointer(path).and_then(Value::as_f64).unwrap_or_default()
}

fn score(value: &Value, path: &str) -> String {
    format!("{:>6.1}", points(value, path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_it_lacks_is_said_part_by_part_and_together() {
        let why = json!({
            "case": { "display_id": "T-9", "title": "Printer\nstops" }, "state": "below", "reasons": [],
            "place": 14, "of": 60, "shown": 10, "score": 12.5,
            "receipt": [{ "kind": "terms", "field": "title", "detail": ["printer"], "points": 12.5 }],
            "other": { "case": { "display_id": "T-2", "title": "Printer jams" }, "place": 10, "score": 20.0 },
            "differences": [
                { "kind": "signature", "field": "", "its": 0.0, "others": 9.0, "its_detail": [], "others_detail": ["JamException"] },
                { "kind": "recency", "field": "", "its": 3.0, "others": 3.0, "its_detail": [], "others_detail": [] },
                { "kind": "terms", "field": "title", "its": 12.5, "others": 11.0, "its_detail": ["printer"], "others_detail": ["jams"] },
            ],
        });
        let expected = "T-9 is in place 14 of 60; 10 are shown.\n\
                        \n  12.5  T-9  Printer stops\n         +12.5 terms title printer\n\
                        \nAgainst T-2  Printer jams, in place 10:\n          -9.0 signature JamException\n          \
                        +1.5 terms title printer\n          -7.5 together";
        assert_eq!(words(&why), expected);
    }

    #[test]
    fn what_keeps_it_out_is_said() {
        let why = json!({ "case": { "display_id": "T-9", "title": "x" }, "state": "barred", "reasons": [{ "code": "newer" }] });
        assert_eq!(words(&why), "T-9 is kept out.\nIt did not exist at the time that was asked for.");
    }
}
