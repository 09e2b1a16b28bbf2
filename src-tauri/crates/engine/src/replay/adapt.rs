//! What the team's own links teach about ranking: the shipped weights, moved a little, learned on the older half of the
//! exam's tickets and judged on the newer half. They count only where that half finds more with them, by more than chance;
//! otherwise, and where somebody switched them off, the shipped ones do.

use super::{ask::Answer, kept::Asked, measures};
use crate::{
    Engine, Result,
    api::{
        args::{AdaptationArgs, ExamArgs},
        view::{AdaptationState, AdaptationView, ExamView, HeldOutView, WeightView},
    },
};
use domain::DocId;
use matching::{ENOUGH, Example, FEATURES, Measured, Points, Weights, reorder};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};

/// As if the shipped weights had been seen so often before.
pub const PULL: f64 = 100.0;
/// Places that a gain is measured by.
const K: u32 = 10;
/// A product with fewer tickets in the newer half is not judged alone …
const FEW: usize = 20;
/// … and of the others the most asked.
const PRODUCTS: usize = 8;

const SWITCH: &str = "adaptation";

/// As it is kept with the exam that taught it. Numbers, and names of products.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Adaptation {
    /// Whether it was switched on when the exam was taken.
    pub on: bool,
    /// In whose place the learned ones count, and what was learned. Empty where there was too little to learn from.
    base: Vec<f64>,
    weights: Vec<f64>,
    with_pack: bool,
    learned_from: u64,
    gain: bool,
    /// Of the newer half, in its order: where the right answers stood with each.
    judged: Vec<Stood>,
    /// Learned on the older half of all other products, and judged on the newer half of this one.
    by_product: Vec<(String, Vec<Stood>)>,
}

/// Places of the right answers of one ticket, by the shipped weights and by those that were learned.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Stood {
    right: u32,
    found: bool,
    shipped: Vec<u32>,
    adapted: Vec<u32>,
}

pub(crate) fn is_on(engine: &Engine) -> Result<bool> {
    Ok(engine.core.store.preference(SWITCH)?.as_deref() != Some("off"))
}

/// The one switch. Weights and bars follow at once, to and fro.
pub(crate) fn set(engine: &Engine, args: &AdaptationArgs) -> Result<ExamView> {
    engine.must_own()?;
    engine.core.store.set_preference(SWITCH, if args.on { "on" } else { "off" })?;
    super::get(engine, &ExamArgs::default())
}

pub(super) fn learn(
    asked: &[Answer],
    products: &HashMap<String, Option<String>>,
    shipped: &Weights,
    on: bool,
) -> Adaptation {
    let with_pack = *shipped == Weights::with_meaning();
    let nothing = Adaptation { on, with_pack, ..Adaptation::default() };
    if asked.len() < ENOUGH {
        return nothing;
    }
    let (older, newer) = asked.split_at(asked.len() / 2);
    let product = |answer: &Answer| products.get(&answer.asked.ticket).and_then(Option::as_deref);
    let examples: Vec<(Option<&str>, Vec<Example>)> =
        older.iter().map(|answer| (product(answer), examples(answer))).collect();
    let fit = |without: Option<&str>| -> Weights {
        let those = examples.iter().filter(|(product, _)| without.is_none() || *product != without);
        let learned = matching::fit(those.map(|(_, cases)| cases.as_slice()), &shipped.features, PULL);
        // As they are kept: what is judged is what will count.
        shipped.with_features(learned.map(|weight| (weight * 100.0).round() / 100.0))
    };
    let adapted = fit(None);
    let judged: Vec<Stood> = newer.iter().map(|answer| stood(answer, shipped, &adapted)).collect();
    let mut of_product: BTreeMap<&str, Vec<&Answer>> = BTreeMap::new();
    for answer in newer {
        if let Some(product) = product(answer) {
            of_product.entry(product).or_default().push(answer);
        }
    }
    let mut many: Vec<_> = of_product.into_iter().filter(|(_, those)| those.len() >= FEW).collect();
    many.sort_by(|(a, of_a), (b, of_b)| of_b.len().cmp(&of_a.len()).then(a.cmp(b)));
    // With a single one there is nothing else to learn from.
    let apart = many.len() > 1;
    let by_product = many.into_iter().filter(|_| apart).take(PRODUCTS).map(|(name, those)| {
        let elsewhere = fit(Some(name));
        (name.to_owned(), those.into_iter().map(|answer| stood(answer, shipped, &elsewhere)).collect())
    });
    let by_product = by_product.collect();
    Adaptation {
        base: shipped.features.to_vec(),
        weights: adapted.features.to_vec(),
        learned_from: examples.iter().filter(|(_, cases)| matching::tells(cases)).count() as u64,
        gain: is_gain(&judged),
        judged,
        by_product,
        ..nothing
    }
}

fn examples(answer: &Answer) -> Vec<Example> {
    let example =
        |(case, right): &(Measured, bool)| Example { features: case.features, rest: case.rest, right: *right };
    let mut cases: Vec<(DocId, Example)> = answer.measured.iter().map(|one| (one.0.doc, example(one))).collect();
    // Not in the order of the weights that are to be replaced: sums depend on it.
    cases.sort_by_key(|(doc, _)| *doc);
    cases.into_iter().map(|(_, example)| example).collect()
}

fn stood(answer: &Answer, shipped: &Weights, adapted: &Weights) -> Stood {
    let cases: Vec<Measured> = answer.measured.iter().map(|(case, _)| *case).collect();
    let right: HashSet<DocId> = answer.measured.iter().filter(|(_, right)| *right).map(|(case, _)| case.doc).collect();
    let places = |weights: &Weights| -> Vec<u32> {
        let order = reorder(&cases, weights);
        (1u32..).zip(order).filter(|(place, doc)| *place <= K && right.contains(doc)).map(|(place, _)| place).collect()
    };
    let Asked { right: all, found, .. } = answer.asked;
    Stood { right: all, found, shipped: places(shipped), adapted: places(adapted) }
}

/// How many tickets find their answer higher up, and how many further down.
fn moved(judged: &[Stood]) -> (u64, u64) {
    let gain = |places: &[u32]| places.first().map_or(0.0, |place| 1.0 / f64::from(*place));
    let count = |is: &dyn Fn(f64, f64) -> bool| {
        judged.iter().filter(|stood| is(gain(&stood.adapted), gain(&stood.shipped))).count() as u64
    };
    (count(&|adapted, shipped| adapted > shipped), count(&|adapted, shipped| adapted < shipped))
}

/// More find it higher up, by more than chance, and no fewer find it at all.
fn is_gain(judged: &[Stood]) -> bool {
    let (up, down) = moved(judged);
    let [shipped, adapted] = both(judged, K);
    up > down
        && measures::is_beyond_chance(up, down)
        && adapted.mrr > shipped.mrr
        && adapted.hit_at_5 >= shipped.hit_at_5
        && adapted.hit_at_10 >= shipped.hit_at_10
}

/// By the shipped weights, and by the learned.
fn both(judged: &[Stood], k: u32) -> [crate::api::view::Measures; 2] {
    let asked = |stood: &Stood| Asked {
        right: stood.right,
        found: stood.found,
        places: vec![stood.shipped.clone(), stood.adapted.clone()],
        ..Asked::default()
    };
    let all: Vec<Asked> = judged.iter().map(asked).collect();
    [0, 1].map(|which| measures::measures(all.iter(), which, k))
}

impl Adaptation {
    /// In whose place it counts.
    pub(super) fn base(&self) -> Option<Weights> {
        let shipped = super::kept::shipped(self.with_pack);
        // Other weights are shipped by now: what was learned belongs to the old ones.
        (shipped.features[..] == self.base[..]).then_some(shipped)
    }

    /// What counts where it is switched on: nothing that no gain was measured of.
    pub(super) fn adopted(&self) -> Option<Weights> {
        let features: Points = self.weights.as_slice().try_into().ok()?;
        self.base().filter(|_| self.gain).map(|base| base.with_features(features))
    }

    pub(super) fn view(&self, on: bool, k: u32) -> AdaptationView {
        let k = k.min(K);
        let state = match (self.weights.is_empty(), self.gain) {
            (true, _) => AdaptationState::TooFew,
            (_, false) => AdaptationState::NoGain,
            (_, true) if self.adopted().is_none() => AdaptationState::Outdated,
            (_, true) => AdaptationState::Gain,
        };
        let (up, down) = moved(&self.judged);
        let [shipped, adapted] = both(&self.judged, k);
        let weights = FEATURES.iter().zip(self.base.iter().zip(&self.weights));
        AdaptationView {
            state,
            on,
            in_use: on && state == AdaptationState::Gain,
            switched_since: self.on != on && state == AdaptationState::Gain,
            needed: ENOUGH as u64,
            learned_from: self.learned_from,
            judged_on: self.judged.len() as u64,
            shipped,
            adapted,
            up,
            down,
            by_product: self.by_product.iter().map(|(name, judged)| held_out(name, judged, k)).collect(),
            weights: weights
                .map(|(name, (shipped, adapted))| WeightView {
                    name: (*name).into(),
                    shipped: *shipped,
                    adapted: *adapted,
                })
                .collect(),
        }
    }
}

fn held_out(name: &str, judged: &[Stood], k: u32) -> HeldOutView {
    let [shipped, adapted] = both(judged, k);
    HeldOutView { name: name.into(), shipped, adapted }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Millis;

    fn at(name: &str) -> usize {
        FEATURES.iter().position(|feature| *feature == name).unwrap()
    }

    /// Two candidates: the wrong one says more of the words, the right one has the component, in `has` of ten tickets.
    fn answer(n: usize, has: usize) -> Answer {
        let case = |row: i64, words: f64, component: f64| {
            let mut features = [0.0; FEATURES.len()];
            (features[at("coverage")], features[at("component")]) = (words, component);
            Measured { doc: DocId::ticket(row), created_at: Millis(0), features, rest: 0.0 }
        };
        let (its, others) = if n % 10 < has { (1.0, 0.0) } else { (0.0, 1.0) };
        let asked = Asked { ticket: format!("files:T-{n}"), right: 1, found: true, ..Asked::default() };
        Answer { asked, measured: vec![(case(2, 0.9, others), false), (case(1, 0.4, its), true)] }
    }

    fn learned(answers: &[Answer]) -> Adaptation {
        let product = |answer: &Answer| {
            let number: usize = answer.asked.ticket.trim_start_matches("files:T-").parse().unwrap();
            (answer.asked.ticket.clone(), Some(format!("P-{}", number % 3)))
        };
        learn(answers, &answers.iter().map(product).collect(), &Weights::default(), true)
    }

    #[test]
    fn what_finds_more_in_the_newer_half_counts_and_says_by_how_much() {
        let learned = learned(&(0..200).map(|n| answer(n, 9)).collect::<Vec<_>>());
        let view = learned.view(true, 10);
        assert_eq!((view.state, view.in_use, view.judged_on), (AdaptationState::Gain, true, 100));
        assert_eq!((view.shipped.hit_at_1, view.adapted.hit_at_1, view.up, view.down), (0.0, 0.9, 90, 0));
        let weights = learned.adopted().unwrap();
        assert!(weights.features[at("component")] > Weights::default().features[at("component")]);
        assert_eq!(view.by_product.len(), 3);
        assert!(view.by_product.iter().all(|product| product.adapted.hit_at_1 > product.shipped.hit_at_1));
    }

    #[test]
    fn what_held_in_the_older_half_alone_changes_nothing() {
        // From then on it is the other case that is right.
        let turned = |answer: Answer| Answer {
            measured: answer.measured.into_iter().map(|(case, right)| (case, !right)).collect(),
            ..answer
        };
        let older = (0..100).map(|n| answer(n, 9));
        let learned = learned(&older.chain((100..200).map(|n| turned(answer(n, 9)))).collect::<Vec<_>>());
        assert_eq!((learned.view(true, 10).state, learned.adopted()), (AdaptationState::NoGain, None));
    }

    #[test]
    fn too_few_labels_teach_nothing_and_it_says_how_many_it_takes() {
        let learned = learned(&(0..99).map(|n| answer(n, 9)).collect::<Vec<_>>());
        let view = learned.view(true, 10);
        assert_eq!((view.state, view.in_use, view.needed), (AdaptationState::TooFew, false, 100));
        assert!(view.weights.is_empty() && learned.adopted().is_none());
    }

    #[test]
    fn the_same_answers_teach_the_same_bits_in_whatever_order_their_cases_come() {
        let answers: Vec<Answer> = (0..120).map(|n| answer(n, 8)).collect();
        let turned = answers
            .iter()
            .map(|one| Answer { asked: one.asked.clone(), measured: one.measured.iter().rev().copied().collect() });
        assert_eq!(learned(&answers), learned(&turned.collect::<Vec<_>>()));
    }

    #[test]
    fn what_was_learned_on_other_weights_than_are_shipped_counts_no_more_and_it_survives_being_kept() {
        let learned = learned(&(0..200).map(|n| answer(n, 9)).collect::<Vec<_>>());
        let kept: Adaptation = serde_json::from_str(&serde_json::to_string(&learned).unwrap()).unwrap();
        assert_eq!(kept, learned);
        let old = Adaptation { base: vec![1.0; FEATURES.len()], ..kept };
        assert_eq!((old.adopted(), old.view(true, 10).state), (None, AdaptationState::Outdated));
    }
}
