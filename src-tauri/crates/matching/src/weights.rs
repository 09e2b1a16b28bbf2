//! What each reason to show a case is worth, in points.

/// The text of the best candidate is worth [`Weights::text`] points; everything else is weighed against that. The numbers
/// were chosen on labelled duplicates (README.md has the figures); another set of them is a value, not a build.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// For the words in common, as a share of what the best candidate has in common.
    pub text: f64,
    /// The same exception from the same frames. Once, however many traces are shared.
    pub stack_trace: f64,
    pub log_line: f64,
    pub error_code: f64,
    /// When all the frames of the question are shared; a share of it for fewer.
    pub frames: f64,
    /// For each identifier in common, up to [`Weights::identifiers_most`] of them.
    pub identifier: f64,
    pub identifiers_most: usize,
    pub component: f64,
    pub product: f64,
    /// For a case of this very moment. It falls with the logarithm of the age and is gone at the horizon, so that an
    /// old case loses to a newer one of the same strength, and age alone never buries it.
    pub recency: f64,
    pub horizon_days: f64,
    /// Solved, and it stayed solved: there is something to learn from it.
    pub held: f64,
    /// Its answer did not last, or is told in the case that it repeats.
    pub told_elsewhere: f64,
    /// When a person used this case before; it grows with the logarithm of how often.
    pub used: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            text: 100.0,
            stack_trace: 25.0,
            log_line: 6.0,
            error_code: 2.0,
            frames: 4.0,
            identifier: 0.5,
            identifiers_most: 4,
            component: 10.0,
            product: 4.0,
            recency: 60.0,
            horizon_days: 1000.0,
            held: 12.0,
            told_elsewhere: 6.0,
            used: 3.0,
        }
    }
}
