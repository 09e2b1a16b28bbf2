//! A pack, ready to run.

use crate::{
    Error, Header, Result, Vector,
    arithmetic::{Gelu, to_length_one},
    half::widen,
    layer::{Layer, Linear, Norm},
    pack,
    tokens::Tokens,
};
use ndarray::{Array1, Array2, Axis, Slice};
use std::{ops::Range, path::Path};

/// Share it behind an `Arc`: it never changes, and any number of threads may use it.
pub struct Model {
    header: Header,
    tokens: Tokens,
    /// A row for each word, as in the pack: of these few are needed at a time.
    words: Vec<u16>,
    positions: Array2<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    gelu: Gelu,
}

impl Model {
    /// Reads a pack and checks it to the last byte.
    pub fn open(path: &Path) -> Result<Self> {
        let damaged = |reason: &str| Error::Damaged { path: path.into(), reason: reason.into() };
        let pack::Read { header, vocabulary, weights } = pack::read(path)?;
        let tokens = Tokens::new(&vocabulary).ok_or_else(|| damaged("its vocabulary lacks what every text needs"))?;
        let shape = header.shape;
        let mut left = weights.as_slice();
        let mut take = |length: usize| -> Result<Vec<f32>> {
            let (these, rest) = left.split_at_checked(length).ok_or_else(|| damaged("weights are missing"))?;
            left = rest;
            Ok(these.iter().map(|half| widen(*half)).collect())
        };
        let of_words = shape.words * shape.width;
        let words = weights.get(..of_words).unwrap_or_default().to_vec();
        take(of_words)?;
        let square = |rows: Vec<f32>, columns: usize| {
            Array2::from_shape_vec((rows.len() / columns, columns), rows)
                .map_err(|_| damaged("its sizes make no sense"))
        };
        let mut positions = square(take(shape.positions * shape.width)?, shape.width)?;
        // All text is of the first kind.
        let kinds = take(2 * shape.width)?;
        for mut row in positions.rows_mut() {
            row.iter_mut().zip(&kinds).for_each(|(value, kind)| *value += kind);
        }
        let norm = Norm { stretch: take(shape.width)?, shift: take(shape.width)? };
        let mut layers = Vec::with_capacity(shape.layers);
        for _ in 0..shape.layers {
            let (width, inner) = (shape.width, shape.inner);
            let mut linear = |rows: usize, columns: usize| -> Result<Linear> {
                let weights = square(take(rows * columns)?, columns)?;
                Ok(Linear { weights, bias: take(rows)? })
            };
            let attend = linear(3 * width, width)?;
            let attended = linear(width, width)?;
            let first = Norm { stretch: take(width)?, shift: take(width)? };
            let mut linear = |rows: usize, columns: usize| -> Result<Linear> {
                let weights = square(take(rows * columns)?, columns)?;
                Ok(Linear { weights, bias: take(rows)? })
            };
            let (up, down) = (linear(inner, width)?, linear(width, inner)?);
            let second = Norm { stretch: take(width)?, shift: take(width)? };
            layers.push(Layer { attend, attended, first, up, down, second });
        }
        Ok(Self { header, tokens, words, positions, norm, layers, gelu: Gelu::new() })
    }

    /// Vectors of different models cannot be compared.
    pub fn id(&self) -> &str {
        &self.header.model
    }

    /// Bytes that it takes while it is open.
    pub fn memory(&self) -> u64 {
        let weights = self.header.shape.tensors().iter().map(|(_, length)| length * 4).sum::<usize>();
        // Words stay in 16 bits.
        (weights - self.words.len() * 2) as u64
    }

    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Of each text: the mean of what the model makes of its first [`crate::MOST_TOKENS`] tokens, of length 1. Texts that
    /// are given together are computed together, and come out as they would alone. On the caller's thread.
    pub fn embed(&self, texts: &[&str]) -> Vec<Vector> {
        self.exact(texts).iter().map(|row| Vector::of(row)).collect()
    }

    /// The same before they are rounded to bytes.
    pub fn exact(&self, texts: &[&str]) -> Vec<Vec<f32>> {
        let most = self.positions.nrows();
        let tokens: Vec<Vec<u32>> = texts
            .iter()
            .map(|text| self.tokens.read(text))
            .map(|mut tokens| {
                tokens.truncate(most);
                tokens
            })
            .collect();
        let mut places: Vec<Range<usize>> = Vec::with_capacity(texts.len());
        for tokens in &tokens {
            let from = places.last().map_or(0, |last| last.end);
            places.push(from..from + tokens.len());
        }
        let mut rows = self.look_up(&tokens);
        self.norm.apply(&mut rows);
        for layer in &self.layers {
            rows = layer.run(rows, &places, self.header.shape.heads, &self.gelu);
        }
        let of = |place: &Range<usize>| {
            let mean = rows.slice_axis(Axis(0), Slice::from(place.clone())).mean_axis(Axis(0));
            let mut mean: Array1<f32> = mean.unwrap_or_else(|| Array1::zeros(self.header.shape.width));
            to_length_one(mean.view_mut());
            mean.to_vec()
        };
        places.iter().map(of).collect()
    }

    fn look_up(&self, texts: &[Vec<u32>]) -> Array2<f32> {
        let width = self.header.shape.width;
        let all: usize = texts.iter().map(Vec::len).sum();
        let mut rows = Array2::zeros((all, width));
        let placed = texts.iter().flat_map(|tokens| tokens.iter().zip(self.positions.rows()));
        for (mut row, (token, position)) in rows.rows_mut().into_iter().zip(placed) {
            let from = *token as usize * width;
            let word = self.words.get(from..from + width).unwrap_or_default();
            for ((value, word), position) in row.iter_mut().zip(word).zip(position) {
                *value = widen(*word) + position;
            }
        }
        rows
    }
}
