//! Numbers of 16 bits (IEEE 754 binary16), in which a pack keeps its weights: half the size, and the vectors that come
//! out differ in the fourth digit.

/// The nearest; ties go to the even one. What is too large becomes infinite.
pub(crate) fn narrow(value: f32) -> u16 {
    let bits = value.to_bits();
    let sign = ((bits >> 16) & 0x8000) as u16;
    let exponent = ((bits >> 23) & 0xff) as i32 - 127;
    let fraction = bits & 0x007f_ffff;
    if exponent == 128 {
        return sign | 0x7c00 | if fraction == 0 { 0 } else { 0x0200 };
    }
    if exponent > 15 {
        return sign | 0x7c00;
    }
    // Below the smallest normal number the point moves, and the leading one is written out.
    let (kept, dropped) = if exponent < -14 {
        (0u32, (13 + (-14 - exponent)).min(31) as u32)
    } else {
        (((exponent + 15) as u32) << 10, 13)
    };
    let fraction = if exponent < -14 { fraction | 0x0080_0000 } else { fraction };
    if exponent < -25 {
        return sign;
    }
    let rest = fraction & ((1 << dropped) - 1);
    let middle = 1u32 << (dropped - 1);
    let mut half = kept + (fraction >> dropped);
    if rest > middle || (rest == middle && half & 1 == 1) {
        half += 1;
    }
    sign | half as u16
}

pub(crate) fn widen(half: u16) -> f32 {
    let sign = u32::from(half & 0x8000) << 16;
    let exponent = u32::from(half >> 10) & 0x1f;
    let fraction = u32::from(half & 0x03ff);
    match exponent {
        0 => {
            let value = fraction as f32 / 16_777_216.0;
            if sign == 0 { value } else { -value }
        }
        31 => f32::from_bits(sign | 0x7f80_0000 | (fraction << 13)),
        _ => f32::from_bits(sign | ((exponent + 112) << 23) | (fraction << 13)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_half_survives_the_way_through_a_float() {
        for half in 0..=u16::MAX {
            let wide = widen(half);
            if wide.is_nan() {
                assert!(widen(narrow(wide)).is_nan());
            } else {
                assert_eq!(narrow(wide), half, "{wide}");
            }
        }
    }

    proptest! {
        #[test]
        fn a_number_comes_back_to_within_half_a_step(value in -65_000f32..65_000.0) {
            let back = widen(narrow(value));
            prop_assert!((back - value).abs() <= value.abs() / 2048.0 + 3.0e-8, "{value} became {back}");
        }
    }

    #[test]
    fn what_is_too_large_is_infinite_and_what_is_tiny_is_nothing() {
        assert_eq!((widen(narrow(1.0e6)), widen(narrow(-1.0e6))), (f32::INFINITY, f32::NEG_INFINITY));
        assert_eq!(widen(narrow(1.0e-9)), 0.0);
    }
}
