//! The two lines of a rule's file that Precedent writes itself: its state, and what its backtest measured. Everything else
//! stays as somebody wrote it.

use super::{Backtested, Mistake, Rule, RuleState};

const STATE: &str = "state:";
const BACKTEST: &str = "backtest:";

/// Of everything but those two lines: enabling a rule does not make another one of it.
pub(super) fn hash(text: &str) -> String {
    let mut hash = blake3::Hasher::new();
    for line in text.lines().filter(|line| !line.starts_with(STATE) && !line.starts_with(BACKTEST)) {
        hash.update(line.trim_end().as_bytes()).update(b"\n");
    }
    hash.finalize().to_hex().get(..32).unwrap_or_default().to_owned()
}

impl Rule {
    /// The same file with another state.
    pub fn with_state(text: &str, state: RuleState) -> Result<String, Vec<Mistake>> {
        checked(text, put(text, STATE, state.as_str()), |rule| rule.state == state)
    }

    /// The same file with what a backtest of it measured.
    pub fn with_backtest(text: &str, measured: &Backtested) -> Result<String, Vec<Mistake>> {
        let Backtested { of, at, n, hits, right, gold } = measured;
        let line = format!("{{ of: \"{of}\", at: \"{at}\", n: {n}, hits: {hits}, right: {right}, gold: {gold} }}");
        checked(text, put(text, BACKTEST, &line), |rule| rule.backtest.as_ref() == Some(measured))
    }
}

/// A line at the start of a line is never part of a longer value: those are indented.
fn put(text: &str, key: &str, value: &str) -> String {
    let mut out = String::with_capacity(text.len() + 100);
    let mut there = false;
    for line in text.split_inclusive('\n') {
        if line.starts_with(key) {
            there = true;
            let end = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
            let comment = line.find(" #").and_then(|at| line.get(at..)).unwrap_or_default().trim_end();
            out.push_str(&format!("{key} {value}{comment}{end}"));
        } else {
            out.push_str(line);
        }
    }
    if !there {
        if !out.ends_with('\n') && !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&format!("{key} {value}\n"));
    }
    out
}

/// A file that is written in a way in which this does not do what it should is left to its author.
fn checked(before: &str, after: String, done: impl Fn(&Rule) -> bool) -> Result<String, Vec<Mistake>> {
    let rule = Rule::read("rules/a.yml", &after)?;
    if done(&rule) && rule.hash == hash(before) {
        return Ok(after);
    }
    let what = "its state and its backtest have to stand on a line of their own; write it so, and try again";
    Err(vec![Mistake { line: 0, column: 0, what: what.into() }])
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# ours\r\ntitle: x\nstate: draft # for now\nticket: T-1\nlooks_for:\n  - phrases: [import stalls]\n    at_least: 1";

    #[test]
    fn a_state_and_a_backtest_are_written_in_and_nothing_else_changes() {
        let enabled = Rule::with_state(FILE, RuleState::Enabled).unwrap();
        assert_eq!(enabled, FILE.replace("draft", "enabled"));
        let of = Rule::read("rules/a.yml", FILE).unwrap().hash;
        let measured = Backtested { of, at: "2026-11-27T11:00:00Z".into(), n: 12_000, hits: 9, right: 8, gold: 10 };
        let tested = Rule::with_backtest(&enabled, &measured).unwrap();
        assert!(tested.starts_with(&enabled), "{tested}");
        let rule = Rule::read("rules/a.yml", &tested).unwrap();
        assert_eq!((rule.backtest.as_ref(), rule.is_backtested(), rule.speaks()), (Some(&measured), true, true));
        let again = Rule::with_backtest(&tested, &Backtested { hits: 7, right: 7, ..measured }).unwrap();
        assert_eq!(again.lines().count(), tested.lines().count());
        let changed = Rule::read("rules/a.yml", &again.replace("stalls", "hangs")).unwrap();
        assert!(!changed.is_backtested() && !changed.speaks());
    }

    #[test]
    fn a_file_that_says_it_in_another_way_is_left_to_its_author() {
        let flow = "{title: x, ticket: T-1, state: draft, looks_for: [{phrases: [import stalls]}]}\n";
        assert!(Rule::with_state(flow, RuleState::Enabled).is_err());
        let quoted = FILE.replace("state:", "\"state\":");
        assert!(Rule::with_state(&quoted, RuleState::Enabled).is_err());
    }
}
