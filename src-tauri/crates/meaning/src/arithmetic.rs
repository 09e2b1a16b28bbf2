//! The few functions between the matrix products, written so that a compiler can do several at once.

use ndarray::{Array2, ArrayViewMut1, ArrayViewMut2, Axis};
use std::cmp::Ordering;

/// Of the layers of normalisation, as the model was trained.
const TINY: f32 = 1.0e-12;

/// Each row to mean 0 and spread 1, then stretched and moved.
pub(crate) fn normalise(rows: &mut Array2<f32>, stretch: &[f32], shift: &[f32]) {
    for mut row in rows.axis_iter_mut(Axis(0)) {
        let n = row.len() as f32;
        let mean = row.sum() / n;
        let spread = row.iter().map(|value| (value - mean) * (value - mean)).sum::<f32>() / n;
        let by = 1.0 / (spread + TINY).sqrt();
        for ((value, stretch), shift) in row.iter_mut().zip(stretch).zip(shift) {
            *value = (*value - mean) * by * stretch + shift;
        }
    }
}

/// Each row to shares that sum to 1.
pub(crate) fn shares(rows: &mut ArrayViewMut2<'_, f32>, scale: f32) {
    for mut row in rows.axis_iter_mut(Axis(0)) {
        let most = row.iter().fold(f32::NEG_INFINITY, |most, value| most.max(*value));
        row.mapv_inplace(|value| exp((value - most) * scale));
        let sum = row.sum();
        row.mapv_inplace(|value| value / sum);
    }
}

pub(crate) fn to_length_one(mut row: ArrayViewMut1<'_, f32>) {
    let length = row.iter().map(|value| value * value).sum::<f32>().sqrt();
    if length > 0.0 {
        row.mapv_inplace(|value| value / length);
    }
}

/// e to the power of a number that is not above 0, to seven digits: 2^(whole) by its bits, 2^(rest) by a polynomial.
fn exp(power: f32) -> f32 {
    // Adding and taking this away again rounds to a whole number.
    const ROUND: f32 = 12_582_912.0;
    let power = (power * std::f32::consts::LOG2_E).max(-126.0);
    let whole = (power + ROUND) - ROUND;
    let rest = power - whole;
    let fraction = 1.0
        + rest
            * (std::f32::consts::LN_2
                + rest
                    * (0.240_226_5
                        + rest * (0.055_504_11 + rest * (0.009_618_13 + rest * (0.001_333_36 + rest * 0.000_154_04)))));
    fraction * f32::from_bits(((whole as i32 + 127) as u32) << 23)
}

/// x · Φ(x), looked up: half a million of them are needed for one text. Off by less than 4·10⁻⁷.
pub(crate) struct Gelu {
    table: Vec<f32>,
}

impl Gelu {
    const REACH: f32 = 6.0;
    const STEPS: usize = 8192;

    pub(crate) fn new() -> Self {
        let at = |step: usize| {
            let x = f64::from(Self::REACH) * (2.0 * step as f64 / Self::STEPS as f64 - 1.0);
            (x * normal(x)) as f32
        };
        Self { table: (0..=Self::STEPS).map(at).collect() }
    }

    pub(crate) fn all(&self, values: &mut Array2<f32>) {
        values.mapv_inplace(|value| self.of(value));
    }

    fn of(&self, x: f32) -> f32 {
        if x >= Self::REACH {
            return x;
        }
        let place = (x + Self::REACH) * (Self::STEPS as f32 / (2.0 * Self::REACH));
        if place.partial_cmp(&0.0) != Some(Ordering::Greater) {
            return 0.0;
        }
        let step = place as usize;
        let (low, high) = match self.table.get(step..step + 2) {
            Some([low, high]) => (*low, *high),
            _ => return x,
        };
        low + (high - low) * (place - step as f32)
    }
}

/// The share of a normal distribution below `x`, by the series of its error function: exact to the last digits of f64
/// within the reach of the table.
fn normal(x: f64) -> f64 {
    let z = x / std::f64::consts::SQRT_2;
    let (mut term, mut sum) = (z, z);
    for n in 1..400 {
        let n = f64::from(n);
        term *= -z * z / n;
        sum += term / (2.0 * n + 1.0);
    }
    (0.5 + sum / std::f64::consts::PI.sqrt()).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn the_exponential_has_six_digits_that_are_right() {
        for step in 0..10_000 {
            let power = -80.0 * step as f32 / 10_000.0;
            let (right, ours) = (f64::from(power).exp(), f64::from(exp(power)));
            assert!((ours / right - 1.0).abs() < 4.0e-6, "e^{power}: {ours} for {right}");
        }
        assert!(exp(-1000.0) < 1.0e-37);
    }

    #[test]
    fn the_curve_is_that_of_the_tables() {
        let gelu = Gelu::new();
        let known = [
            (-6.5, 0.0),
            (-3.0, -0.004_049_7),
            (-1.0, -0.158_655_25),
            (0.0, 0.0),
            (0.5, 0.345_731_25),
            (2.0, 1.954_499_7),
            (7.0, 7.0),
        ];
        for (x, right) in known {
            assert!((gelu.of(x) - right).abs() < 1.0e-6, "{x}: {} for {right}", gelu.of(x));
        }
    }

    #[test]
    fn a_row_is_normalised_and_its_shares_sum_to_one() {
        let mut rows = array![[1.0f32, 2.0, 3.0, 6.0]];
        normalise(&mut rows, &[1.0; 4], &[0.0; 4]);
        assert!(rows.sum().abs() < 1.0e-6 && (rows.mapv(|x| x * x).sum() - 4.0).abs() < 1.0e-5);
        shares(&mut rows.view_mut(), 1.0);
        assert!((rows.sum() - 1.0).abs() < 1.0e-6);
        let mut row = array![3.0f32, 4.0];
        to_length_one(row.view_mut());
        assert_eq!(row, array![0.6, 0.8]);
    }
}
