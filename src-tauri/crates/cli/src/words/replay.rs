//! An exam as a few lines and tables of text.

use engine::api::view::{AgainstView, Measures, ReplayReply, SliceView, VerdictKind, VerdictsView};
use serde_json::Value;
use std::fmt::Write;

pub(crate) fn words(reply: &ReplayReply) -> String {
    let run = &reply.run;
    let mut text = format!(
        "{} past tickets asked as on their day, of {} whose answer is known; {} documents could have answered the newest.\n",
        reply.measures.n, run.labelled, run.documents
    );
    let _ = writeln!(text, "\n{:>24}      n  first  in 5  in 10    MRR   nDCG  candidates", "");
    for configuration in &run.configurations {
        let _ = writeln!(text, "{}", line(&configuration.name.replace('_', " "), &configuration.measures));
    }
    if let Some(in_use) = run.configurations.first() {
        for (title, slices) in [
            ("by the age of the answer", &in_use.by_age),
            ("by why it is known", &in_use.by_label),
            ("by product", &in_use.by_product),
        ] {
            if !slices.is_empty() {
                let _ = writeln!(text, "\n{title}:{}", slices.iter().map(slice).collect::<String>());
            }
        }
    }
    if let Some(verdicts) = &run.verdicts {
        let _ = writeln!(text, "\n{}", said(verdicts));
    }
    if let Some(learned) = &run.adaptation {
        let learned = serde_json::to_value(learned).unwrap_or_default();
        let _ = writeln!(text, "\n{}", super::adapt::words(&learned));
    }
    for against in &run.against {
        let _ = writeln!(text, "\n{}", held_against(against));
    }
    let _ = write!(
        text,
        "\nHalf of the questions took less than {:.1} ms, 95 of 100 less than {:.1} ms.",
        reply.measures.p50_ms, reply.measures.p95_ms
    );
    text
}

/// How often what was said of past tickets was right.
fn said(verdicts: &VerdictsView) -> String {
    let from = match verdicts.own {
        true => "from how sure on is taken from this history, each half measured with the other's",
        false => "from how sure on is as shipped: under 100 tickets whose earlier case is known move nothing",
    };
    let lines = verdicts.lines.iter().map(|line| {
        let name = match line.kind {
            VerdictKind::Seen => "seen before",
            VerdictKind::Maybe => "perhaps",
            VerdictKind::New => "looks new",
        };
        let right = if line.n == 0 { "never said".into() } else { format!("right in {:.0} %", line.right * 100.0) };
        let untied = match line.untied {
            0 => String::new(),
            of => format!("; said of {:.0} % of {of} tickets that nothing ties to another", line.of_untied * 100.0),
        };
        format!("\n{name:>24} {:>6}  {right}{untied}", line.n)
    });
    format!("what was said ({from}):{}", lines.collect::<String>())
}

fn held_against(against: &AgainstView) -> String {
    let AgainstView { both, here_alone, there_alone, neither, .. } = against;
    let n = both + here_alone + there_alone + neither;
    let what = match against.name.as_str() {
        "before" => format!("Since the exam before: {here_alone} of {n} gained, {there_alone} lost."),
        name => {
            let name = name.replace('_', " ");
            format!("Against {name}: {here_alone} of {n} found here alone, {there_alone} {name} alone.")
        }
    };
    let chance = match (against.beyond_chance, against.name.as_str()) {
        (true, "before") if there_alone > here_alone => " That is more than chance: something got worse.",
        (true, _) => " That is more than chance.",
        (false, _) => "",
    };
    what + chance
}

fn slice(slice: &SliceView) -> String {
    let name = match slice.name.as_str() {
        "month" => "under 30 days".into(),
        "half_year" => "30 to 180 days".into(),
        "older" => "over 180 days".into(),
        name => name.replace('_', " "),
    };
    format!("\n{}", line(&name, &slice.measures))
}

/// A line a ticket: where its earlier case stood, and what stood first in its place.
pub(crate) fn rows(rows: &Value) -> String {
    let all = rows["rows"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut text = format!("{} of {} tickets, newest first.", all.len(), rows["total"]);
    for row in all {
        let word = |of: &Value, name: &str| of[name].as_str().unwrap_or_default().to_owned();
        let place = |name: &str| row[name].as_u64().map_or("–".to_owned(), |place| place.to_string());
        let _ = write!(
            text,
            "\n{:>14} {:>4} {}  → {}",
            word(row, "display_id"),
            place("place"),
            word(row, "subject"),
            word(&row["answer"], "display_id"),
        );
        if row["place"] != 1 && row["first"].is_object() {
            let _ = write!(text, ", first was {}", word(&row["first"], "display_id"));
        }
    }
    text
}

fn line(name: &str, of: &Measures) -> String {
    let name: String = name.chars().take(24).collect();
    let percent = |share: f64| format!("{:.1}", share * 100.0);
    format!(
        "{name:>24} {:>6}  {:>5} {:>5}  {:>5}  {:>5.3}  {:>5.3}  {:>5}",
        of.n,
        percent(of.hit_at_1),
        percent(of.hit_at_5),
        percent(of.hit_at_10),
        of.mrr,
        of.ndcg_at_10,
        percent(of.ceiling)
    )
}
