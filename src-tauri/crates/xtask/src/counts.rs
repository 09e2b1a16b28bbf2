//! Reads how many tests passed and failed from what cargo, vitest and node:test print.

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: u64,
    pub failed: u64,
}

/// The sum over a runner's lines. A runner that failed without naming a failed test counts as one failure.
pub fn read(lines: &[String], ok: bool) -> Counts {
    let mut sum = Counts::default();
    for line in lines {
        let line = plain(line);
        let line = line.trim();
        if let Some(rest) = line.strip_prefix("test result: ") {
            sum.passed += before(rest, "passed");
            sum.failed += before(rest, "failed");
        } else if let Some(rest) = line.strip_prefix("Tests ") {
            sum.passed += before(rest, "passed");
            sum.failed += before(rest, "failed");
        } else if let Some(rest) = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ ")) {
            sum.passed += after(rest, "pass ");
            sum.failed += after(rest, "fail ") + after(rest, "cancelled ");
        }
    }
    if !ok && sum.failed == 0 {
        sum.failed = 1;
    }
    sum
}

/// A step that holds no tests is one fact.
pub fn fact(ok: bool) -> Counts {
    Counts { passed: u64::from(ok), failed: u64::from(!ok) }
}

fn before(text: &str, word: &str) -> u64 {
    let mut previous = "";
    for token in text.split([' ', ';', '|', '.', '(', ')']).filter(|token| !token.is_empty()) {
        if token == word {
            return previous.parse().unwrap_or(0);
        }
        previous = token;
    }
    0
}

fn after(text: &str, word: &str) -> u64 {
    text.strip_prefix(word).and_then(|number| number.trim().parse().ok()).unwrap_or(0)
}

/// Without the escape sequences that colour a terminal.
fn plain(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut chars = line.chars();
    while let Some(char) = chars.next() {
        if char == '\u{1b}' {
            chars.by_ref().find(char::is_ascii_alphabetic);
        } else {
            out.push(char);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn cargo_lines_are_summed_over_the_binaries() {
        let out = "running 3 tests\ntest result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
                   test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.10s";
        assert_eq!(read(&lines(out), false), Counts { passed: 7, failed: 2 });
    }

    #[test]
    fn vitest_is_read_with_and_without_failures_and_colours() {
        assert_eq!(read(&lines(" Test Files  3 passed (3)\n      Tests  12 passed (12)"), true).passed, 12);
        let failed = "\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[31m1 failed\u{1b}[39m\u{1b}[22m | \u{1b}[32m11 passed\u{1b}[39m (12)";
        assert_eq!(read(&lines(failed), false), Counts { passed: 11, failed: 1 });
    }

    #[test]
    fn node_is_read_in_both_of_its_styles() {
        assert_eq!(
            read(&lines("# tests 5\n# pass 4\n# fail 1\n# cancelled 0"), false),
            Counts { passed: 4, failed: 1 }
        );
        assert_eq!(
            read(&lines("ℹ tests 5\nℹ pass 3\nℹ fail 1\nℹ cancelled 1"), false),
            Counts { passed: 3, failed: 2 }
        );
    }

    #[test]
    fn a_runner_that_fails_without_a_count_is_one_failure() {
        assert_eq!(read(&lines("error[E0308]: mismatched types"), false), Counts { passed: 0, failed: 1 });
        assert_eq!(read(&[], true), Counts::default());
    }
}
