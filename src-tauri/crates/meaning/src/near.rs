//! Many vectors, and which of them are nearest to one: first by their signs alone, then the best of those by all of
//! their bytes. Every vector is looked at, so nothing that is near is missed for the sake of an index.

use crate::{TextId, Vector, vector::likeness};
use domain::{DocId, Millis};
use std::collections::HashMap;

/// How many times as many are looked at closely as are asked for.
const CLOSELY: usize = 10;

/// Where a vector belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub doc: DocId,
    pub created_at: Millis,
    /// Of the text that it was made from.
    pub text: TextId,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Neighbour {
    pub doc: DocId,
    /// From -1 to 1.
    pub likeness: f32,
}

#[derive(Clone, Debug, Default)]
pub struct Near {
    /// Numbers in a vector; the first one that comes decides.
    width: usize,
    places: Vec<Place>,
    signs: Vec<u64>,
    bytes: Vec<i8>,
    steps: Vec<f32>,
    at: HashMap<DocId, usize>,
    by_text: HashMap<TextId, DocId>,
}

impl Near {
    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    pub fn has(&self, doc: DocId) -> bool {
        self.at.contains_key(&doc)
    }

    /// In the place of an earlier one of the same document. One of another width is left out.
    pub fn put(&mut self, place: Place, vector: &Vector) {
        if self.is_empty() {
            self.width = vector.width();
        }
        if vector.width() != self.width {
            return;
        }
        self.remove(place.doc);
        self.at.insert(place.doc, self.places.len());
        self.by_text.insert(place.text, place.doc);
        self.places.push(place);
        self.steps.push(vector.step);
        self.signs.extend(vector.signs());
        self.bytes.extend_from_slice(&vector.bytes);
    }

    pub fn remove(&mut self, doc: DocId) {
        let Some(at) = self.at.remove(&doc) else { return };
        let gone = self.places.swap_remove(at);
        self.steps.swap_remove(at);
        take_out(&mut self.signs, at, self.width.div_ceil(64));
        take_out(&mut self.bytes, at, self.width);
        if let Some(moved) = self.places.get(at) {
            self.at.insert(moved.doc, at);
        }
        if self.by_text.get(&gone.text) == Some(&doc) {
            self.by_text.remove(&gone.text);
        }
    }

    /// That of a text which some document has too.
    pub fn of_text(&self, text: &TextId) -> Option<Vector> {
        self.by_text.get(text).and_then(|doc| self.of(*doc))
    }

    pub fn of(&self, doc: DocId) -> Option<Vector> {
        let at = *self.at.get(&doc)?;
        let (step, bytes) = self.parts(at)?;
        Some(Vector { step, bytes: bytes.into() })
    }

    pub fn likeness(&self, doc: DocId, vector: &Vector) -> Option<f32> {
        let at = *self.at.get(&doc)?;
        Some(likeness(self.parts(at)?, (vector.step, &vector.bytes)))
    }

    /// At most `most` of those that `admits` lets in, nearest first; equally near ones in the order of their ids.
    pub fn nearest(&self, to: &Vector, most: usize, admits: &dyn Fn(&Place) -> bool) -> Vec<Neighbour> {
        if self.is_empty() || to.width() != self.width || most == 0 {
            return Vec::new();
        }
        let signs: Vec<u64> = to.signs().collect();
        let apart: Vec<usize> = self
            .signs
            .chunks_exact(signs.len())
            .map(|own| own.iter().zip(&signs).map(|(a, b)| (a ^ b).count_ones() as usize).sum())
            .collect();
        let mut so_far_apart = vec![0usize; signs.len() * 64 + 1];
        let let_in: Vec<bool> = self.places.iter().map(admits).collect();
        for (apart, _) in apart.iter().zip(&let_in).filter(|(_, let_in)| **let_in) {
            if let Some(count) = so_far_apart.get_mut(*apart) {
                *count += 1;
            }
        }
        let mut counted = 0;
        let bar = so_far_apart.iter().position(|count| {
            counted += count;
            counted >= most * CLOSELY
        });
        let bar = bar.unwrap_or(so_far_apart.len());
        let closely: Vec<usize> = (0..self.len())
            .filter(|at| let_in.get(*at) == Some(&true) && apart.get(*at).is_some_and(|apart| *apart <= bar))
            .collect();
        let mut found = pulp::Arch::new().dispatch(Closely { near: self, to, those: &closely });
        found.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then(a.doc.cmp(&b.doc)));
        found.truncate(most);
        found
    }

    #[inline(always)]
    fn parts(&self, at: usize) -> Option<(f32, &[i8])> {
        Some((*self.steps.get(at)?, self.bytes.get(at * self.width..(at + 1) * self.width)?))
    }
}

/// How like these are, one by one. Compiled once for each kind of processor; on which it runs is found out when it runs.
struct Closely<'a> {
    near: &'a Near,
    to: &'a Vector,
    those: &'a [usize],
}

impl pulp::WithSimd for Closely<'_> {
    type Output = Vec<Neighbour>;

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) -> Vec<Neighbour> {
        let mut found = Vec::with_capacity(self.those.len());
        for at in self.those {
            if let (Some(parts), Some(place)) = (self.near.parts(*at), self.near.places.get(*at)) {
                found.push(Neighbour { doc: place.doc, likeness: likeness(parts, (self.to.step, &self.to.bytes)) });
            }
        }
        found
    }
}

/// The last piece takes the place of the one that goes.
fn take_out<T: Copy>(all: &mut Vec<T>, at: usize, width: usize) {
    let last = all.len().saturating_sub(width);
    all.copy_within(last.., (at * width).min(last));
    all.truncate(last);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn vector(seed: u64) -> Vector {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % 2001) as f32 / 1000.0 - 1.0
        };
        let numbers: Vec<f32> = (0..96).map(|_| next()).collect();
        let length = numbers.iter().map(|x| x * x).sum::<f32>().sqrt();
        Vector::of(&numbers.iter().map(|x| x / length).collect::<Vec<_>>())
    }

    fn place(row: i64) -> Place {
        Place { doc: DocId::ticket(row), created_at: Millis(row * 1000), text: TextId([row as u8; 16]) }
    }

    fn all(rows: impl Iterator<Item = i64>) -> Near {
        let mut near = Near::default();
        rows.for_each(|row| near.put(place(row), &vector(row as u64)));
        near
    }

    #[test]
    fn the_nearest_is_the_vector_itself_and_what_is_not_let_in_is_left_out() {
        let near = all(1..=500);
        let first = near.nearest(&vector(250), 5, &|_| true);
        assert_eq!((first.len(), first[0].doc), (5, DocId::ticket(250)));
        assert!(first[0].likeness > 0.99 && first.is_sorted_by(|a, b| a.likeness >= b.likeness));
        let before = near.nearest(&vector(250), 500, &|place| place.created_at < Millis(200_000));
        assert_eq!(before.len(), 199);
        assert!(before.iter().all(|one| one.doc.row < 200));
    }

    /// As texts lie: a few subjects each, and something of their own.
    fn about(subjects: &[Vec<f32>], seed: u64) -> Vec<f32> {
        let mut dice = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut next = || {
            dice ^= dice << 13;
            dice ^= dice >> 7;
            dice ^= dice << 17;
            dice
        };
        let mut numbers = vec![0.0f32; 384];
        for share in [1.0, 0.6, 0.3] {
            if let Some(subject) = subjects.get(next() as usize % subjects.len().max(1)) {
                numbers.iter_mut().zip(subject).for_each(|(number, of)| *number += share * of);
            }
        }
        numbers.iter_mut().for_each(|number| *number += (next() % 2001) as f32 / 1000.0 - 1.0);
        let length = numbers.iter().map(|x| x * x).sum::<f32>().sqrt();
        numbers.iter().map(|x| x / length).collect()
    }

    #[test]
    fn the_signs_let_nearly_all_of_the_nearest_through() {
        let subjects: Vec<Vec<f32>> =
            (1..=200).map(|seed| about(&[], seed * 7919)).map(|one| one.iter().map(|x| x * 12.0).collect()).collect();
        let vectors: Vec<Vector> = (1..=6_000).map(|seed| Vector::of(&about(&subjects, seed))).collect();
        let mut near = Near::default();
        (1i64..).zip(&vectors).for_each(|(row, vector)| near.put(place(row), vector));
        let (mut missed, most) = (0, 50);
        for asked in vectors.iter().step_by(100) {
            let mut all: Vec<(f32, i64)> =
                (1i64..).zip(&vectors).map(|(row, other)| (asked.likeness(other), row)).collect();
            all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let found = near.nearest(asked, most, &|_| true);
            missed += all
                .iter()
                .take(most)
                .filter(|(_, row)| !found.iter().any(|one| one.doc == DocId::ticket(*row)))
                .count();
        }
        assert!(missed * 100 < 60 * most, "{missed} of {} are missed", 60 * most);
    }

    #[test]
    fn the_order_does_not_depend_on_how_the_vectors_came() {
        let (there, back) = (all(1..=300), all((1..=300).rev()));
        assert_eq!(there.nearest(&vector(7), 40, &|_| true), back.nearest(&vector(7), 40, &|_| true));
    }

    #[test]
    fn a_vector_of_another_width_neither_answers_nor_is_kept() {
        let mut near = all(1..=3);
        let narrow = Vector::of(&[0.6, 0.8]);
        near.put(place(9), &narrow);
        assert_eq!((near.len(), near.nearest(&narrow, 3, &|_| true)), (3, Vec::new()));
    }

    proptest! {
        #[test]
        fn what_is_removed_is_gone_and_the_rest_is_where_it_was(
            rows in prop::collection::btree_set(1i64..60, 1..40), gone in prop::collection::vec(1i64..60, 0..40),
        ) {
            let mut near = all(rows.iter().copied());
            gone.iter().for_each(|row| near.remove(DocId::ticket(*row)));
            let left: Vec<i64> = rows.iter().copied().filter(|row| !gone.contains(row)).collect();
            prop_assert_eq!(near.len(), left.len());
            for row in &left {
                prop_assert_eq!(near.of(DocId::ticket(*row)), Some(vector(*row as u64)));
                prop_assert_eq!(near.of_text(&TextId([*row as u8; 16])), Some(vector(*row as u64)));
            }
            for row in &gone {
                prop_assert!(!near.has(DocId::ticket(*row)) && near.of_text(&TextId([*row as u8; 16])).is_none());
            }
        }
    }
}
