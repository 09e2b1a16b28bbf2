//! Bad weather over any server of our own: one true answer in ten arrives broken, late or not at all.

use super::web::{Answer, Asked, Fault};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// The same numbers for the same seed.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// For [`super::web::Web::twist`]. `met` counts what went wrong.
pub fn storm(seed: u64, met: Arc<AtomicU64>) -> impl FnMut(&Asked, Answer) -> Answer + Send + 'static {
    let (mut dice, mut fair) = (Dice(seed), 0);
    move |_, answer| {
        // No storm passes by unnoticed, however few answers there are.
        fair += 1;
        if dice.below(10) > 0 && fair < 20 {
            return answer;
        }
        fair = 0;
        met.fetch_add(1, Ordering::SeqCst);
        let middle = answer.body.len() / 2;
        match dice.below(7) {
            0 => Answer::new(503, "").with("retry-after", "1"),
            1 => Answer::new(429, "Retry later").with("retry-after", "1"),
            2 => Answer::new(200, "<html>busy</html>"),
            3 => Answer::new(500, "{}"),
            4 => answer.failing(Fault::Reset(middle)),
            5 => answer.failing(Fault::Cut(middle)),
            _ => Answer::new(403, r#"{"message":"You have exceeded a secondary rate limit"}"#).with("retry-after", "1"),
        }
    }
}
