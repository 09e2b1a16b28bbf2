//! Monotonic time, waiting, and the chance in how long: a laptop's clock may jump, and tests do not wait.

use std::{
    hash::{BuildHasher, Hasher, RandomState},
    time::{Duration, Instant},
};

/// How long one waits before looking whether somebody wants it to end.
const STEP: Duration = Duration::from_millis(50);

pub trait Pace: Send + Sync {
    /// Since some beginning. Never goes back.
    fn now(&self) -> Duration;
    /// `false` when it was cut short, because `cancelled` said so.
    fn wait(&self, how_long: Duration, cancelled: &dyn Fn() -> bool) -> bool;
    /// Between 0 and 1: machines that failed together should not come back together.
    fn chance(&self) -> f64;
}

pub struct SystemPace(Instant);

impl Default for SystemPace {
    fn default() -> Self {
        Self(Instant::now())
    }
}

impl Pace for SystemPace {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    fn wait(&self, how_long: Duration, cancelled: &dyn Fn() -> bool) -> bool {
        let end = Instant::now() + how_long;
        loop {
            if cancelled() {
                return false;
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return true;
            }
            std::thread::sleep(left.min(STEP));
        }
    }

    fn chance(&self) -> f64 {
        // The standard library's hasher starts from fresh random keys each time.
        f64::from(u32::try_from(RandomState::new().build_hasher().finish() >> 32).unwrap_or(0)) / f64::from(u32::MAX)
    }
}
