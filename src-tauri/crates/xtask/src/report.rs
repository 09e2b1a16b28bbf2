//! The table at the end, and the one line that machines read.

use crate::counts::Counts;
use std::time::{Duration, Instant};

pub struct Row {
    pub name: &'static str,
    pub counts: Counts,
    pub took: Duration,
    /// Why nothing ran, where nothing did.
    pub note: Option<String>,
}

#[derive(Default)]
pub struct Report {
    pub rows: Vec<Row>,
}

impl Report {
    /// Runs a step under a headline and keeps what it counted.
    pub fn step(&mut self, name: &'static str, run: impl FnOnce() -> Counts) -> bool {
        println!("\n━━ {name}");
        let start = Instant::now();
        let counts = run();
        self.rows.push(Row { name, counts, took: start.elapsed(), note: None });
        counts.failed == 0
    }

    /// A step that cannot run here. It fails the whole when the machine was meant to be able to.
    pub fn left_out(&mut self, name: &'static str, why: &str, counts: Counts) {
        println!("\n━━ {name}: not run: {why}");
        self.rows.push(Row { name, counts, took: Duration::ZERO, note: Some(why.to_owned()) });
    }

    pub fn total(&self) -> Counts {
        self.rows.iter().fold(Counts::default(), |sum, row| Counts {
            passed: sum.passed + row.counts.passed,
            failed: sum.failed + row.counts.failed,
        })
    }

    pub fn table(&self) -> String {
        let mut out = format!("\n{:<22} {:>7} {:>7} {:>9}\n", "runner", "passed", "failed", "time");
        for row in &self.rows {
            let Counts { passed, failed } = row.counts;
            out.push_str(&format!("{:<22} {passed:>7} {failed:>7} {:>9}", row.name, clock(row.took)));
            if let Some(note) = &row.note {
                out.push_str(&format!("  not run: {note}"));
            }
            out.push('\n');
        }
        let took = self.rows.iter().map(|row| row.took).sum();
        let Counts { passed, failed } = self.total();
        out.push_str(&format!("{:<22} {passed:>7} {failed:>7} {:>9}\n", "together", clock(took)));
        out.push_str(&format!("\n{passed} passed, {failed} failed"));
        out
    }
}

fn clock(took: Duration) -> String {
    let seconds = took.as_secs_f64();
    if seconds < 60.0 {
        format!("{seconds:.1} s")
    } else {
        format!("{}:{:02} min", took.as_secs() / 60, took.as_secs() % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_stands_alone_and_sums_the_runners() {
        let mut report = Report::default();
        report.step("rust", || Counts { passed: 40, failed: 1 });
        report.step("tidy", || crate::counts::fact(true));
        report.left_out("window", "no display", Counts { passed: 0, failed: 1 });
        let table = report.table();
        assert_eq!(table.lines().last(), Some("41 passed, 2 failed"));
        assert!(table.contains("no display"));
    }

    #[test]
    fn long_steps_are_told_in_minutes() {
        assert_eq!(clock(Duration::from_millis(1250)), "1.2 s");
        assert_eq!(clock(Duration::from_secs(185)), "3:05 min");
    }
}
