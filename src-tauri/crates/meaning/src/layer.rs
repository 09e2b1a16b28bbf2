//! One layer of the model: each word looks at the others of its text, then at itself.

use crate::arithmetic::{Gelu, normalise, shares};
use ndarray::{Array2, ArrayView2, Axis, Slice, linalg::general_mat_mul};
use std::ops::Range;

/// Weights of a linear map: a row for each number that comes out.
pub(crate) struct Linear {
    pub weights: Array2<f32>,
    pub bias: Vec<f32>,
}

impl Linear {
    /// Added to `onto` where there is something.
    fn of(&self, rows: &Array2<f32>, onto: Option<Array2<f32>>) -> Array2<f32> {
        let mut out = onto.unwrap_or_else(|| Array2::zeros((rows.nrows(), self.bias.len())));
        for mut row in out.rows_mut() {
            row.iter_mut().zip(&self.bias).for_each(|(value, bias)| *value += bias);
        }
        general_mat_mul(1.0, rows, &self.weights.t(), 1.0, &mut out);
        out
    }
}

pub(crate) struct Norm {
    pub stretch: Vec<f32>,
    pub shift: Vec<f32>,
}

impl Norm {
    pub(crate) fn apply(&self, rows: &mut Array2<f32>) {
        normalise(rows, &self.stretch, &self.shift);
    }
}

pub(crate) struct Layer {
    /// What a word asks, what it answers to, what it says: one below the other.
    pub attend: Linear,
    pub attended: Linear,
    pub first: Norm,
    pub up: Linear,
    pub down: Linear,
    pub second: Norm,
}

impl Layer {
    /// `texts` are the rows of each text: no word sees another text's.
    pub(crate) fn run(&self, rows: Array2<f32>, texts: &[Range<usize>], heads: usize, gelu: &Gelu) -> Array2<f32> {
        let heard = self.hear(&rows, texts, heads);
        let mut rows = self.attended.of(&heard, Some(rows));
        self.first.apply(&mut rows);
        let mut inner = self.up.of(&rows, None);
        gelu.all(&mut inner);
        let mut rows = self.down.of(&inner, Some(rows));
        self.second.apply(&mut rows);
        rows
    }

    fn hear(&self, rows: &Array2<f32>, texts: &[Range<usize>], heads: usize) -> Array2<f32> {
        let width = rows.ncols();
        let each = width / heads;
        let all = self.attend.of(rows, None);
        let mut heard = Array2::zeros(rows.raw_dim());
        let scale = 1.0 / (each as f32).sqrt();
        for text in texts {
            let mut looks = Array2::zeros((text.len(), text.len()));
            for head in 0..heads {
                let part = |third: usize| -> ArrayView2<'_, f32> {
                    let from = third * width + head * each;
                    all.slice_axis(Axis(0), Slice::from(text.clone()))
                        .slice_axis_move(Axis(1), Slice::from(from..from + each))
                };
                general_mat_mul(1.0, &part(0), &part(1).t(), 0.0, &mut looks);
                shares(&mut looks.view_mut(), scale);
                let here = heard.slice_axis_mut(Axis(0), Slice::from(text.clone()));
                let mut here = here.slice_axis_move(Axis(1), Slice::from(head * each..(head + 1) * each));
                general_mat_mul(1.0, &looks, &part(2), 0.0, &mut here);
            }
        }
        heard
    }
}
