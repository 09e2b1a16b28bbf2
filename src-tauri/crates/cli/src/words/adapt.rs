//! What the team's own links taught about ranking, as lines of text.

use super::fields::{flag, list, number, text};
use serde_json::Value;
use std::fmt::Write;

/// Of `replay_get`'s `adaptation`.
pub(crate) fn words(of: &Value) -> String {
    if of.is_null() {
        return "No exam has learned from the team's own links yet: `precedent replay` does.".into();
    }
    let on = flag(of, "/on");
    let mut text = match text(of, "/state") {
        "too_few" => format!(
            "Ranked with the shipped weights: it takes {} past tickets whose earlier case is known to learn from, and here are fewer.",
            number(of, "/needed")
        ),
        "no_gain" => "Ranked with the shipped weights: what the team's own links taught finds no more, or no more than chance would.".into(),
        "outdated" => "Ranked with the shipped weights: they changed since the last exam. `precedent replay` learns again.".into(),
        _ if on => "Ranked with weights that the team's own links taught. `precedent adapt off` goes back to the shipped ones.".into(),
        _ => "Ranked with the shipped weights, because it is switched off. `precedent adapt on` ranks with what the team's own links taught.".into(),
    };
    if number(of, "/judged_on") > 0 {
        let _ = write!(
            text,
            "\nLearned from {} older tickets, judged on the {} newer ones: {} find their answer higher up, {} further down.",
            number(of, "/learned_from"),
            number(of, "/judged_on"),
            number(of, "/up"),
            number(of, "/down")
        );
        let _ = write!(text, "\n{:>30}      n  first  in 5  in 10    MRR", "");
        let _ = write!(text, "{}{}", line("shipped", of, "/shipped"), line("learned from own links", of, "/adapted"));
        for product in list(of, "/by_product") {
            let name = super::fields::text(product, "/name");
            let _ = write!(text, "{}", line(&format!("{name}, shipped"), product, "/shipped"));
            let _ = write!(text, "{}", line("from other products", product, "/adapted"));
        }
    }
    text
}

fn line(name: &str, of: &Value, side: &str) -> String {
    let share = |what: &str| of.pointer(&format!("{side}/{what}")).and_then(Value::as_f64).unwrap_or_default();
    let name: String = name.chars().take(30).collect();
    format!(
        "\n{name:>30} {:>6}  {:>5.1} {:>5.1}  {:>5.1}  {:>5.3}",
        share("n"),
        share("hit_at_1") * 100.0,
        share("hit_at_5") * 100.0,
        share("hit_at_10") * 100.0,
        share("mrr")
    )
}
