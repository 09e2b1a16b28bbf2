//! Politeness to a host, shared by all sources that ask it: one request at a time, not too many in a row, and none
//! before a wait that it asked for is over.

use super::{Pace, Reach, Site};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError},
    time::Duration,
};

/// Requests that may follow each other at once, and how many a second come back.
const BURST: f64 = 30.0;
const PER_SECOND: f64 = 10.0;
/// A server on this machine is nobody else's: it is spared nothing but a flood.
const AT_HOME: f64 = 500.0;
/// Between two looks whether another source's request is over.
const LOOK: Duration = Duration::from_millis(20);

/// Every host that is talked to. One for the whole program.
#[derive(Default)]
pub struct Hosts(Mutex<HashMap<String, Arc<Mutex<Turn>>>>);

pub(super) struct Turn {
    not_before: Duration,
    per_second: f64,
    tokens: f64,
    /// When `tokens` was right.
    at: Duration,
}

impl Hosts {
    pub(super) fn of(&self, site: &Site) -> Arc<Mutex<Turn>> {
        let mut hosts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let per_second = if site.reach() == Reach::ThisMachine { AT_HOME } else { PER_SECOND };
        Arc::clone(hosts.entry(site.authority()).or_insert_with(|| Arc::new(Mutex::new(Turn::at(per_second)))))
    }
}

/// Waits for this host's turn. While the answer is held, nobody else asks the same host. `None`: cancelled.
pub(super) fn take_turn<'a>(
    host: &'a Mutex<Turn>,
    pace: &dyn Pace,
    cancelled: &dyn Fn() -> bool,
) -> Option<MutexGuard<'a, Turn>> {
    loop {
        let turn = match host.try_lock() {
            Ok(turn) => Some(turn),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        };
        let wait = match turn {
            None => LOOK,
            Some(mut turn) => match turn.due(pace.now()) {
                None => return Some(turn),
                Some(wait) => wait,
            },
        };
        if !pace.wait(wait, cancelled) {
            return None;
        }
    }
}

impl Turn {
    fn at(per_second: f64) -> Self {
        Self { not_before: Duration::ZERO, per_second, tokens: BURST, at: Duration::ZERO }
    }

    /// Takes a token; else how long until there is one.
    fn due(&mut self, now: Duration) -> Option<Duration> {
        if now < self.not_before {
            return Some(self.not_before - now);
        }
        let since = now.saturating_sub(self.at).as_secs_f64();
        self.tokens = (self.tokens + since * self.per_second).min(BURST);
        self.at = now;
        if self.tokens >= 1.0 {
            self.tokens -= 1.0;
            return None;
        }
        Some(Duration::from_secs_f64((1.0 - self.tokens) / self.per_second))
    }

    pub(super) fn rest_until(&mut self, at: Duration) {
        self.not_before = self.not_before.max(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_a_burst_requests_come_at_the_rate_of_the_bucket() {
        let mut turn = Turn::at(PER_SECOND);
        let at_once = (0..100).take_while(|_| turn.due(Duration::ZERO).is_none()).count();
        assert_eq!(at_once, 30);
        assert_eq!(turn.due(Duration::ZERO), Some(Duration::from_millis(100)));
        assert_eq!(turn.due(Duration::from_millis(101)), None);
        assert!(turn.due(Duration::from_millis(102)).is_some());
    }

    #[test]
    fn nobody_asks_before_the_wait_that_a_host_asked_for_is_over() {
        let mut turn = Turn::at(PER_SECOND);
        turn.rest_until(Duration::from_secs(60));
        turn.rest_until(Duration::from_secs(5));
        assert_eq!(turn.due(Duration::from_secs(10)), Some(Duration::from_secs(50)), "the longer wait counts");
        assert_eq!(turn.due(Duration::from_secs(60)), None);
    }
}
