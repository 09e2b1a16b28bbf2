//! Mean, median and the value that nine of ten stay within. By rank, never in between: each is a value that was measured.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    pub n: u64,
    pub mean: f64,
    pub median: f64,
    pub p90: f64,
}

/// `None` of nothing.
pub fn spread(mut values: Vec<f64>) -> Option<Spread> {
    values.sort_by(f64::total_cmp);
    let n = values.len();
    let rank = |tenths: usize| values.get((n * tenths).div_ceil(10).max(1) - 1).copied();
    let mean = values.iter().sum::<f64>() / n as f64;
    Some(Spread { n: n as u64, mean, median: rank(5)?, p90: rank(9)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_numbers_are_those_that_were_worked_out_by_hand() {
        let of = |values: &[f64]| spread(values.to_vec());
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[7.0]), Some(Spread { n: 1, mean: 7.0, median: 7.0, p90: 7.0 }));
        let ten: Vec<f64> = (1..=10).rev().map(f64::from).collect();
        assert_eq!(of(&ten), Some(Spread { n: 10, mean: 5.5, median: 5.0, p90: 9.0 }));
        assert_eq!(of(&[1.0, 2.0, 90.0]), Some(Spread { n: 3, mean: 31.0, median: 2.0, p90: 90.0 }));
    }
}
