//! Learns what each reason to show a case is worth: a listwise logistic model. Of the candidates of a question, the right
//! ones should get most of the probability. Newton's method with a pull towards known weights; a fixed number of steps in a
//! fixed order, so that the same questions give the same weights, bit for bit. Pure.

#![expect(
    clippy::needless_range_loop,
    clippy::indexing_slicing,
    reason = "rows and columns of a matrix are read by their numbers"
)]

use crate::features::COUNT;

/// In points, in the order of [`crate::FEATURES`].
pub type Points = [f64; COUNT];

/// A candidate of a question whose answer is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Example {
    /// In the order of [`crate::FEATURES`].
    pub features: [f64; COUNT],
    /// Points that it has besides, whatever the weights.
    pub rest: f64,
    pub right: bool,
}

const STEPS: usize = 12;
/// A point is a tenth of a unit of log-odds.
const POINTS: f64 = 10.0;

/// Something can be learned where a right and a wrong answer were both found.
pub fn tells(cases: &[Example]) -> bool {
    let right = cases.iter().filter(|case| case.right).count();
    right > 0 && right < cases.len()
}

/// No measure may count against a case, since each is a reason for one: those that would are left out, the worst first, and
/// the rest is learned again without them. `pull` says how often the weights `around` were seen before, as it were: with no
/// questions it is those that come out, and a measure that never differs stays as it was.
pub fn fit<'a>(questions: impl Iterator<Item = &'a [Example]>, around: &Points, pull: f64) -> Points {
    let told: Vec<&[Example]> = questions.filter(|cases| tells(cases)).collect();
    let mut spread = spread(&told);
    loop {
        // Divided by infinity, a measure says nothing, and the pull towards zero does the rest.
        let around: Points = std::array::from_fn(|at| match spread[at].is_finite() {
            true => around[at] * spread[at] / POINTS,
            false => 0.0,
        });
        let weights = newton(&told, &spread, &around, pull);
        let worst = (0..COUNT).min_by(|a, b| weights[*a].total_cmp(&weights[*b])).filter(|at| weights[*at] < 0.0);
        let Some(worst) = worst else {
            return std::array::from_fn(|at| POINTS * weights[at] / spread[at]);
        };
        spread[worst] = f64::INFINITY;
    }
}

fn newton(told: &[&[Example]], spread: &Points, around: &Points, pull: f64) -> Points {
    let mut weights = *around;
    for _ in 0..STEPS {
        let mut slope: Points = std::array::from_fn(|at| -pull * (weights[at] - around[at]));
        let mut bend = [[0.0; COUNT]; COUNT];
        for (at, row) in bend.iter_mut().enumerate() {
            row[at] = pull;
        }
        for cases in told {
            add(cases, &weights, spread, &mut slope, &mut bend);
        }
        // Only one half was added up: the other is the same.
        for at in 0..COUNT {
            for other in at + 1..COUNT {
                bend[at][other] = bend[other][at];
            }
        }
        let step = solve(bend, slope);
        // A first step can be far too long.
        let longest = step.iter().fold(1.0, |longest: f64, step| longest.max(step.abs()));
        for (weight, step) in weights.iter_mut().zip(step) {
            *weight += step / longest;
        }
    }
    weights
}

/// How far each feature strays, so that the pull is as strong on each.
fn spread(questions: &[&[Example]]) -> Points {
    let (mut sum, mut squares, mut n) = ([0.0; COUNT], [0.0; COUNT], 0.0);
    for case in questions.iter().flat_map(|cases| *cases) {
        n += 1.0;
        for (at, value) in case.features.iter().enumerate() {
            sum[at] += value;
            squares[at] += value * value;
        }
    }
    std::array::from_fn(|at| {
        let mean = sum[at] / f64::max(n, 1.0);
        f64::max(squares[at] / f64::max(n, 1.0) - mean * mean, 1e-6).sqrt()
    })
}

fn add(cases: &[Example], weights: &Points, spread: &Points, slope: &mut Points, bend: &mut [Points; COUNT]) {
    let rows: Vec<Points> = cases.iter().map(|case| std::array::from_fn(|at| case.features[at] / spread[at])).collect();
    let scores: Vec<f64> = rows.iter().zip(cases).map(|(row, case)| dot(row, weights) + case.rest / POINTS).collect();
    let all = shares(&scores, &|_| true);
    let right = shares(&scores, &|at| cases[at].right);
    let mut mean = [0.0; COUNT];
    for ((row, share), right) in rows.iter().zip(all).zip(right) {
        let pull = right - share;
        for at in 0..COUNT {
            mean[at] += share * row[at];
            slope[at] += pull * row[at];
            for other in 0..=at {
                bend[at][other] += share * row[at] * row[other];
            }
        }
    }
    for at in 0..COUNT {
        for other in 0..=at {
            bend[at][other] -= mean[at] * mean[other];
        }
    }
}

/// Each candidate's share of the probability among those that are meant, nothing for the others.
fn shares(scores: &[f64], meant: &dyn Fn(usize) -> bool) -> Vec<f64> {
    let of = |at: usize| if meant(at) { scores[at] } else { f64::NEG_INFINITY };
    let most = (0..scores.len()).map(of).fold(f64::NEG_INFINITY, f64::max);
    let odds: Vec<f64> = (0..scores.len()).map(|at| (of(at) - most).exp()).collect();
    let all: f64 = odds.iter().sum();
    odds.iter().map(|odds| odds / all).collect()
}

fn dot(a: &Points, b: &Points) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Gauss, with the largest pivot.
fn solve(mut matrix: [Points; COUNT], mut right: Points) -> Points {
    for at in 0..COUNT {
        let pivot = (at..COUNT).max_by(|a, b| matrix[*a][at].abs().total_cmp(&matrix[*b][at].abs())).unwrap_or(at);
        matrix.swap(at, pivot);
        right.swap(at, pivot);
        for row in at + 1..COUNT {
            let times = matrix[row][at] / matrix[at][at];
            for column in at..COUNT {
                matrix[row][column] -= times * matrix[at][column];
            }
            right[row] -= times * right[at];
        }
    }
    for at in (0..COUNT).rev() {
        let known: f64 = (at + 1..COUNT).map(|column| matrix[at][column] * right[column]).sum();
        right[at] = (right[at] - known) / matrix[at][at];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FEATURES;

    fn at(name: &str) -> usize {
        FEATURES.iter().position(|feature| *feature == name).unwrap()
    }

    /// The right one has the component in common, nine times of ten; the wrong one has the better words.
    fn questions(n: usize) -> Vec<Vec<Example>> {
        let case = |words: f64, component: f64, right| {
            let mut features = [0.0; COUNT];
            (features[at("words")], features[at("component")]) = (words, component);
            Example { features, rest: 0.0, right }
        };
        let one = |n: usize| {
            let has = if n.is_multiple_of(10) { 0.0 } else { 1.0 };
            vec![case(0.7, has, true), case(0.9 - (n % 3) as f64 / 10.0, 1.0 - has, false), case(0.1, 0.0, false)]
        };
        (0..n).map(one).collect()
    }

    fn learned(questions: &[Vec<Example>], around: &Points, pull: f64) -> Points {
        fit(questions.iter().map(Vec::as_slice), around, pull)
    }

    #[test]
    fn what_tells_right_from_wrong_is_worth_more_than_it_was() {
        let before = [5.0; COUNT];
        let after = learned(&questions(200), &before, 20.0);
        assert!(after[at("component")] > 10.0, "{after:?}");
        assert_eq!(after[at("frames")].to_bits(), 5.0f64.to_bits(), "what never differs stays as it was");
    }

    #[test]
    fn few_questions_hardly_move_what_is_known_and_none_move_nothing() {
        let before = [5.0; COUNT];
        let moved = |n, pull| (learned(&questions(n), &before, pull)[at("component")] - 5.0).abs();
        assert_eq!(moved(0, 20.0), 0.0);
        assert!(moved(3, 20.0) < moved(50, 20.0) && moved(50, 20.0) < moved(200, 20.0));
        assert!(moved(50, 1e9) < 1e-3, "a pull without end keeps it in place");
    }

    #[test]
    fn no_measure_ever_counts_against_a_case() {
        let against: Vec<Vec<Example>> = questions(100)
            .into_iter()
            .map(|cases| cases.into_iter().map(|case| Example { right: !case.right, ..case }).collect())
            .collect();
        let weights = learned(&against, &[1.0; COUNT], 1.0);
        assert!(weights.iter().all(|weight| *weight >= 0.0), "{weights:?}");
        assert_eq!(weights[at("component")], 0.0);
    }

    #[test]
    fn the_same_questions_give_the_same_bits_on_every_thread() {
        let questions = questions(120);
        let bits = || learned(&questions, &[3.0; COUNT], 7.0).map(f64::to_bits);
        let alone = bits();
        std::thread::scope(|scope| {
            let others: Vec<_> = (0..4).map(|_| scope.spawn(bits)).collect();
            others.into_iter().for_each(|other| assert_eq!(other.join().unwrap(), alone));
        });
    }

    #[test]
    fn points_that_no_weight_brings_are_taken_into_account() {
        // The right one is ahead by what people did with it: nothing is left to learn.
        let ahead: Vec<Vec<Example>> = questions(100)
            .into_iter()
            .map(|cases| {
                let rest = |case: &Example| if case.right { 500.0 } else { 0.0 };
                cases.into_iter().map(|case| Example { rest: rest(&case), ..case }).collect()
            })
            .collect();
        let weights = learned(&ahead, &[5.0; COUNT], 1.0);
        assert!((weights[at("component")] - 5.0).abs() < 1e-6, "{weights:?}");
    }
}
