//! Where a test ends the process on the spot, as a power cut would. A build for people has none of it.

/// Ends the process here, without running anything more, where `PRECEDENT_CRASH_AT` names this step: `name`, or `name:3`
/// for the third time that it comes by.
#[cfg(debug_assertions)]
pub fn crash_point(name: &str) {
    use std::sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    };
    static AT: OnceLock<Option<(String, u32)>> = OnceLock::new();
    static PASSED: AtomicU32 = AtomicU32::new(0);
    let at = AT.get_or_init(|| {
        let asked = std::env::var("PRECEDENT_CRASH_AT").ok()?;
        let (step, times) = asked.split_once(':').unwrap_or((&asked, "1"));
        Some((step.to_owned(), times.parse().ok()?))
    });
    if let Some((step, times)) = at
        && step == name
        && PASSED.fetch_add(1, Ordering::SeqCst) + 1 == *times
    {
        std::process::abort();
    }
}

#[cfg(not(debug_assertions))]
pub fn crash_point(_: &str) {}
