//! Which one question tells the candidates apart best: of the facts that they differ in, the one whose answer leaves least to
//! doubt, whatever it is. No model: counts and logarithms.

use std::collections::BTreeMap;

/// Fewer candidates need no question.
const FEW: usize = 3;
/// An answer that saves less than this is not worth a customer's time: in bits.
const LEAST: f64 = 0.35;

/// Something that a person can be asked, best to answer first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    Product,
    Component,
    Version,
    /// What the error is called.
    Exception,
    /// On which system or browser.
    Environment,
}

impl Facet {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Component => "component",
            Self::Version => "version",
            Self::Exception => "exception",
            Self::Environment => "environment",
        }
    }
}

/// One that may be the answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Candidate {
    /// How likely it is, against the others.
    pub weight: f64,
    /// One value of a facet at most; of what is not here nobody knows.
    pub facts: Vec<(Facet, String)>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    pub facet: Facet,
    /// Each answer with how many candidates have it, the likeliest first.
    pub answers: Vec<(String, usize)>,
    /// Candidates that say nothing of it.
    pub silent: usize,
    /// As how many equally likely ones they are before the answer, and on average after it.
    pub before: f64,
    pub after: f64,
}

/// `known`: what the question itself says already, which is not asked again. `None` where no answer helps much.
pub fn split(candidates: &[Candidate], known: &[Facet]) -> Option<Split> {
    let all: f64 = candidates.iter().map(|one| one.weight.max(0.0)).sum();
    if candidates.len() < FEW || all <= 0.0 {
        return None;
    }
    let shares: Vec<f64> = candidates.iter().map(|one| one.weight.max(0.0) / all).collect();
    let before = doubt(shares.iter().copied());
    let facets = [Facet::Product, Facet::Component, Facet::Version, Facet::Exception, Facet::Environment];
    let asked = facets.into_iter().filter(|facet| !known.contains(facet));
    let mut best: Option<(f64, Split)> = None;
    for facet in asked {
        let Some((after, answers, silent)) = after(candidates, &shares, facet) else { continue };
        let gain = before - after;
        // Of equals the first is easier to answer.
        if gain >= LEAST && best.as_ref().is_none_or(|(most, _)| gain > most + 1e-9) {
            best = Some((gain, Split { facet, answers, silent, before: before.exp2(), after: after.exp2() }));
        }
    }
    best.map(|(_, split)| split)
}

/// What is left to doubt on average once it was answered, in bits; the answers, and how many say nothing of it.
type After = (f64, Vec<(String, usize)>, usize);

/// One that says nothing fits every answer.
fn after(candidates: &[Candidate], shares: &[f64], facet: Facet) -> Option<After> {
    let mut groups: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    let mut silent = Vec::new();
    for (one, share) in candidates.iter().zip(shares) {
        match one.facts.iter().find(|(of, _)| *of == facet) {
            Some((_, value)) => groups.entry(value).or_default().push(*share),
            None => silent.push(*share),
        }
    }
    let unsaid: f64 = silent.iter().sum();
    let said = 1.0 - unsaid;
    if groups.len() < 2 || said <= 0.0 {
        return None;
    }
    let mut left = 0.0;
    let mut answers = Vec::new();
    for (value, shares) in groups {
        let chance = shares.iter().sum::<f64>() / said;
        let of_group = shares.iter().map(|share| share / chance);
        left += chance * doubt(of_group.chain(silent.iter().copied()));
        answers.push((value.to_owned(), shares.len(), chance));
    }
    answers.sort_by(|(a, _, more), (b, _, less)| less.total_cmp(more).then_with(|| a.cmp(b)));
    Some((left, answers.into_iter().map(|(value, count, _)| (value, count)).collect(), silent.len()))
}

/// Bits. The shares sum to one.
fn doubt(shares: impl Iterator<Item = f64>) -> f64 {
    shares.filter(|share| *share > 0.0).map(|share| -share * share.log2()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(weight: f64, facts: &[(Facet, &str)]) -> Candidate {
        Candidate { weight, facts: facts.iter().map(|(facet, value)| (*facet, (*value).to_owned())).collect() }
    }

    /// "The checkout is broken": eight cases, whose component halves them and whose version tells one.
    #[test]
    fn of_what_candidates_differ_in_the_fact_that_splits_them_best_is_asked() {
        let planted: Vec<Candidate> = (0..8)
            .map(|n| {
                let component = if n % 2 == 0 { "Payments" } else { "Coupons" };
                let version = if n == 0 { "2.1" } else { "2.2" };
                candidate(1.0, &[(Facet::Product, "Shop"), (Facet::Component, component), (Facet::Version, version)])
            })
            .collect();
        let found = split(&planted, &[]).unwrap();
        assert_eq!(found.facet, Facet::Component);
        assert_eq!(found.answers, [("Coupons".to_owned(), 4), ("Payments".to_owned(), 4)]);
        assert!((found.before - 8.0).abs() < 1e-9 && (found.after - 4.0).abs() < 1e-9, "{found:?}");
        let other = split(&planted, &[Facet::Component]);
        assert!(other.is_none_or(|other| other.facet == Facet::Version), "what is known is not asked again");
    }

    #[test]
    fn what_all_have_in_common_what_few_differ_in_and_what_nobody_knows_is_no_question() {
        let same: Vec<Candidate> = (0..5).map(|_| candidate(1.0, &[(Facet::Product, "Shop")])).collect();
        assert_eq!(split(&same, &[]), None);
        let one_differs: Vec<Candidate> =
            (0..40).map(|n| candidate(1.0, &[(Facet::Version, if n == 0 { "1" } else { "2" })])).collect();
        assert_eq!(split(&one_differs, &[]), None, "an answer that hardly helps");
        assert_eq!(split(&[candidate(1.0, &[]), candidate(1.0, &[])], &[]), None);
        assert_eq!(split(&[], &[]), None);
        let nobody: Vec<Candidate> = (0..6).map(|_| candidate(0.0, &[(Facet::Version, "1")])).collect();
        assert_eq!(split(&nobody, &[]), None);
    }

    #[test]
    fn likely_candidates_count_more_and_silent_ones_fit_every_answer() {
        // The version tells the two likely ones apart; the component tells likely from unlikely.
        let told = [
            candidate(10.0, &[(Facet::Component, "Till"), (Facet::Version, "1")]),
            candidate(10.0, &[(Facet::Component, "Till"), (Facet::Version, "2")]),
            candidate(0.1, &[(Facet::Component, "Shop")]),
            candidate(0.1, &[(Facet::Component, "Shop")]),
        ];
        let found = split(&told, &[]).unwrap();
        assert_eq!((found.facet, found.silent), (Facet::Version, 2));
        // With hardly anybody who knows, the answer hardly helps.
        let silent: Vec<Candidate> = (0..10)
            .map(|n| {
                candidate(
                    1.0,
                    if n < 2 { [[(Facet::Version, "1")], [(Facet::Version, "2")]][n].as_slice() } else { &[] },
                )
            })
            .collect();
        let left = after(&silent, &[0.1; 10], Facet::Version).unwrap().0;
        assert!(left <= 10f64.log2() + 1e-9, "an answer never adds doubt: {left}");
    }

    #[test]
    fn an_answer_never_adds_doubt() {
        let mut state = 7u64;
        let mut dice = move |n: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % n
        };
        for _ in 0..500 {
            let mut some = Vec::new();
            for _ in 0..3 + dice(10) {
                let mut facts = Vec::new();
                for facet in [Facet::Component, Facet::Version, Facet::Exception].into_iter().take(dice(4) as usize) {
                    facts.push((facet, dice(4).to_string()));
                }
                some.push(Candidate { weight: dice(100) as f64, facts });
            }
            if let Some(found) = split(&some, &[]) {
                assert!(found.after <= found.before && found.after >= 0.99, "{found:?}");
            }
        }
    }
}
