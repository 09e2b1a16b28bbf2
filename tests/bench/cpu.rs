//! What a piece of work costs in processor time: on a shared machine the only time that means anything.

use anyhow::{Context, Result};
use std::time::Duration;

/// Milliseconds of processor time that this thread has had, or of the clock where the system does not tell.
pub struct Spent(f64);

impl Spent {
    pub fn start() -> Result<Self> {
        Ok(Self(so_far()?))
    }

    pub fn ms(&self) -> Result<f64> {
        Ok(so_far()? - self.0)
    }
}

/// Linux counts in nanoseconds and writes the sum down whenever a thread gives way.
fn so_far() -> Result<f64> {
    std::thread::sleep(Duration::from_nanos(1));
    let line =
        std::fs::read_to_string("/proc/thread-self/schedstat").context("processor time is told by Linux alone")?;
    let ns: f64 = line.split_whitespace().next().unwrap_or_default().parse()?;
    Ok(ns / 1e6)
}

/// Of sorted or unsorted times, the one below which so many of them are.
pub fn at(times: &mut [f64], share: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(((times.len() as f64) * share) as usize).copied().unwrap_or(f64::NAN)
}
