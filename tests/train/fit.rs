//! A listwise logistic model: of the candidates of a question, the right ones should get most of the probability.
//! Newton's method with a small pull towards zero; a fixed number of steps in a fixed order.

#![expect(clippy::needless_range_loop, reason = "rows and columns of a matrix are read by their numbers")]

use crate::replay::Question;

pub const COUNT: usize = engine::FEATURES.len();
pub type Weights = [f64; COUNT];

const STEPS: usize = 12;
/// As if the weights had been seen this close to zero before: decides only between features that say the same.
const PULL: f64 = 1.0;
/// A point is a tenth of a unit of log-odds.
const POINTS: f64 = 10.0;

/// In points. No measure may count against a case, since each is a reason for one: those that would are left out, the
/// worst first, and the rest is learned again without them.
pub fn weights<'a>(questions: impl Iterator<Item = &'a Question>) -> Weights {
    let told: Vec<&Question> = questions.filter(|question| question.tells()).collect();
    let mut spread = spread(&told);
    loop {
        let weights = newton(&told, &spread);
        let worst = (0..COUNT).min_by(|a, b| weights[*a].total_cmp(&weights[*b])).filter(|at| weights[*at] < 0.0);
        let Some(worst) = worst else {
            return std::array::from_fn(|at| POINTS * weights[at] / spread[at]);
        };
        // Divided by this, it says nothing, and the pull towards zero does the rest.
        spread[worst] = f64::INFINITY;
    }
}

fn newton(told: &[&Question], spread: &Weights) -> Weights {
    let mut weights = [0.0; COUNT];
    for _ in 0..STEPS {
        let mut slope: Weights = weights.map(|weight| -PULL * weight);
        let mut bend = [[0.0; COUNT]; COUNT];
        for (at, row) in bend.iter_mut().enumerate() {
            row[at] = PULL;
        }
        for question in told {
            add(question, &weights, spread, &mut slope, &mut bend);
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
fn spread(questions: &[&Question]) -> Weights {
    let (mut sum, mut squares, mut n) = ([0.0; COUNT], [0.0; COUNT], 0.0);
    for case in questions.iter().flat_map(|question| &question.cases) {
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

fn add(question: &Question, weights: &Weights, spread: &Weights, slope: &mut Weights, bend: &mut [Weights; COUNT]) {
    let rows: Vec<Weights> =
        question.cases.iter().map(|case| std::array::from_fn(|at| case.features[at] / spread[at])).collect();
    let scores: Vec<f64> = rows.iter().map(|row| dot(row, weights)).collect();
    let all = shares(&scores, &|_| true);
    let right = shares(&scores, &|at| question.cases[at].right);
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

pub fn dot(a: &Weights, b: &Weights) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Gauss, with the largest pivot.
fn solve(mut matrix: [Weights; COUNT], mut right: Weights) -> Weights {
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
