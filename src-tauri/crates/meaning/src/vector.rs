//! A vector in as many bytes as it has numbers: enough to tell likenesses apart to the second digit and beyond.

/// Of length 1, each number in a byte.
#[derive(Clone, Debug, PartialEq)]
pub struct Vector {
    /// What a step of a byte is worth.
    pub(crate) step: f32,
    pub(crate) bytes: Box<[i8]>,
}

const MOST: f32 = 127.0;

impl Vector {
    pub fn of(numbers: &[f32]) -> Self {
        let largest = numbers.iter().fold(0.0f32, |largest, number| largest.max(number.abs()));
        let step = if largest > 0.0 { largest / MOST } else { 1.0 };
        Self { step, bytes: numbers.iter().map(|number| (number / step).round() as i8).collect() }
    }

    /// For keeping: four bytes for the step, then one for each number.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.step.to_le_bytes().into_iter().chain(self.bytes.iter().map(|byte| byte.cast_unsigned())).collect()
    }

    /// `None` where these bytes are no vector.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (step, rest) = bytes.split_first_chunk::<4>()?;
        let step = f32::from_le_bytes(*step);
        let sound = step.is_finite() && step > 0.0 && !rest.is_empty();
        sound.then(|| Self { step, bytes: rest.iter().map(|byte| byte.cast_signed()).collect() })
    }

    /// How many numbers.
    pub fn width(&self) -> usize {
        self.bytes.len()
    }

    /// The cosine of the angle between them: 1 means the same, 0 nothing in common.
    pub fn likeness(&self, other: &Self) -> f32 {
        likeness((self.step, &self.bytes), (other.step, &other.bytes))
    }

    /// One bit for each number: whether it is above zero.
    pub(crate) fn signs(&self) -> impl Iterator<Item = u64> {
        self.bytes.chunks(64).map(|bytes| {
            (0u32..).zip(bytes).fold(0, |signs, (at, byte)| if *byte > 0 { signs | 1u64 << at } else { signs })
        })
    }
}

/// Inlined, so that it becomes what the processor can do where it is called from a loop that was made for it.
#[inline(always)]
pub(crate) fn likeness((a_step, a): (f32, &[i8]), (b_step, b): (f32, &[i8])) -> f32 {
    let sum: i32 = a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum();
    (sum as f32 * a_step * b_step).clamp(-1.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_likeness_of_bytes_is_that_of_the_numbers(a in prop::collection::vec(-1f32..1.0, 384), b in prop::collection::vec(-1f32..1.0, 384)) {
            let one = |numbers: &[f32]| -> Vec<f32> {
                let length = numbers.iter().map(|x| x * x).sum::<f32>().sqrt();
                numbers.iter().map(|x| x / length).collect()
            };
            let (a, b) = (one(&a), one(&b));
            let right: f32 = a.iter().zip(&b).map(|(a, b)| a * b).sum();
            prop_assert!((Vector::of(&a).likeness(&Vector::of(&b)) - right).abs() < 0.01);
            let kept = Vector::of(&a);
            prop_assert_eq!(Vector::from_bytes(&kept.to_bytes()), Some(kept));
        }

        #[test]
        fn bytes_that_are_no_vector_are_none_or_harmless(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            if let Some(vector) = Vector::from_bytes(&bytes) {
                prop_assert!((-1.0..=1.0).contains(&vector.likeness(&vector)));
            }
        }
    }
}
