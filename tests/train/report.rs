//! What a person reads before believing the weights: how they do on sets and times that they were not learned on.

use crate::{
    fit::{self, Weights},
    replay::{Question, Set},
};
use engine::VerdictKind;
use std::collections::BTreeMap;

/// How many of the right answers the index finds at all: no weights can do better.
pub fn ceilings(sets: &[Set]) {
    for set in sets {
        let found = set.questions.iter().filter(|question| question.cases.iter().any(|case| case.right)).count();
        let share = found as f64 / set.questions.len().max(1) as f64;
        println!("{:>12}: a right answer is among the candidates of {share:.3} of the questions", set.name);
    }
}

/// A product with fewer questions is not judged alone.
const FEW: usize = 20;

/// Learned on all other sets, on the older two thirds of each, and on all other products; and what a team's own older half
/// adds to weights that were learned elsewhere.
pub fn across(sets: &[Set]) {
    println!(
        "\n{:>34}  R@1   R@5   R@10  R@20  MRR   R@5 under 30 days, up to 180, older (of those found at all)",
        "judged on"
    );
    for set in sets {
        let others = sets.iter().filter(|other| other.name != set.name);
        if sets.len() > 1 {
            let weights = fit::weights(others.flat_map(|other| &other.questions));
            line(&format!("{}, left out", set.name), &set.questions, &weights);
        }
        line(&format!("{}, words alone", set.name), &set.questions, &words_alone());
    }
    println!("by time:");
    let older = |set: &'_ Set| set.questions.len() * 2 / 3;
    let weights = fit::weights(sets.iter().flat_map(|set| set.questions.iter().take(older(set))));
    for set in sets {
        line(&format!("{}, newest third", set.name), set.questions.get(older(set)..).unwrap_or_default(), &weights);
    }
    println!("by product, each left out of its set:");
    for set in sets {
        for product in products(set) {
            let others = sets.iter().flat_map(|other| &other.questions);
            let others = others.filter(|question| question.product != product);
            let weights = fit::weights(others);
            let those = set.questions.iter().filter(|question| question.product == product);
            line(&format!("{product} of {}", set.name), those, &weights);
        }
    }
    println!("adapted to its own older half, judged on the newer:");
    for set in sets.iter().filter(|_| sets.len() > 1) {
        let others = sets.iter().filter(|other| other.name != set.name);
        let weights = fit::weights(others.flat_map(|other| &other.questions));
        let (older, newer) = set.questions.split_at(set.questions.len() / 2);
        line(&format!("{}, as learned elsewhere", set.name), newer, &weights);
        line(&format!("{}, adapted", set.name), newer, &fit::adapted(older.iter(), &weights));
    }
}

/// Of a set with several, those with enough questions.
fn products(set: &Set) -> Vec<&str> {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for question in &set.questions {
        *counted.entry(&question.product).or_default() += 1;
    }
    let several = counted.len() > 1;
    counted.into_iter().filter(|(_, count)| several && *count >= FEW).map(|(product, _)| product).collect()
}

/// Sets that were never learned from.
pub fn judged(sets: &[Set], weights: &Weights) {
    for set in sets {
        line(&format!("{}, never learned", set.name), &set.questions, weights);
    }
}

fn words_alone() -> Weights {
    let mut weights = [0.0; fit::COUNT];
    weights[0] = 1.0;
    weights
}

fn line<'a>(what: &str, questions: impl IntoIterator<Item = &'a Question>, weights: &Weights) {
    let places: Vec<(Option<usize>, f64)> = questions.into_iter().map(|question| place(question, weights)).collect();
    let share = |within: usize, asked: &dyn Fn(f64) -> bool| {
        let asked: Vec<_> = places.iter().filter(|(_, days)| asked(*days)).collect();
        let found = asked.iter().filter(|(place, _)| place.is_some_and(|place| place < within)).count();
        found as f64 / asked.len().max(1) as f64
    };
    let mrr: f64 =
        places.iter().filter_map(|(place, _)| place.filter(|place| *place < 20)).map(|p| 1.0 / (p as f64 + 1.0)).sum();
    let recalls: Vec<String> = [1, 5, 10, 20].iter().map(|k| format!("{:.3}", share(*k, &|_| true))).collect();
    println!(
        "{what:>34}  {} {:.3} {:.3} {:.3} {:.3}",
        recalls.join(" "),
        mrr / places.len().max(1) as f64,
        share(5, &|days| days < 30.0),
        share(5, &|days| (30.0..=180.0).contains(&days)),
        share(5, &|days| days > 180.0 && days.is_finite())
    );
}

/// Where the first right answer comes, and how old the newest right one among the candidates is.
fn place(question: &Question, weights: &Weights) -> (Option<usize>, f64) {
    let mut scored: Vec<(f64, usize)> =
        question.cases.iter().enumerate().map(|(at, case)| (fit::dot(&case.features, weights), at)).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let right = |at: &usize| question.cases.get(*at).is_some_and(|case| case.right);
    (scored.iter().position(|(_, at)| right(at)), question.days)
}

/// How often the case that the verdict means is right, where it means one.
pub fn verdicts(sets: &[Set]) {
    println!();
    for (kind, words) in
        [(VerdictKind::Seen, "seen before"), (VerdictKind::Maybe, "perhaps"), (VerdictKind::New, "looks new")]
    {
        let those: Vec<&Question> =
            sets.iter().flat_map(|set| &set.questions).filter(|question| question.verdict == kind).collect();
        let right = those.iter().filter(|question| question.judged_right).count();
        println!("{words:>12}: {} questions, the first case meant is right in {right}", those.len());
    }
}
