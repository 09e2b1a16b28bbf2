//! How sure a share is that was counted on few.

/// Wilson's interval at 95 %: between which shares the true one probably lies. `None` of nothing.
pub fn wilson(part: u32, of: u32) -> Option<(f64, f64)> {
    const Z: f64 = 1.959_963_985;
    if of == 0 {
        return None;
    }
    let (part, of) = (f64::from(part.min(of)), f64::from(of));
    let (share, zz) = (part / of, Z * Z);
    let middle = (share + zz / (2.0 * of)) / (1.0 + zz / of);
    let half = Z * (share * (1.0 - share) / of + zz / (4.0 * of * of)).sqrt() / (1.0 + zz / of);
    Some(((middle - half).max(0.0), (middle + half).min(1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_say_little_and_many_say_much() {
        // As in the tables: 9 of 11 is 52 % to 95 %.
        let (low, high) = wilson(9, 11).unwrap();
        assert!((low - 0.523).abs() < 0.001 && (high - 0.949).abs() < 0.001, "{low} {high}");
        assert_eq!(wilson(0, 0), None);
        let (low, high) = wilson(3, 3).unwrap();
        assert!(low < 0.45 && high > 0.999);
        assert!(wilson(900, 1_100).unwrap().0 > 0.79);
    }
}
