//! What a reviewer would send back: nothing that a person wrote is changed.

use crate::{
    CodeLink, Confidence, Entry, Kind, RuleState,
    entry::time,
    sections::Section,
    shelf::{State, Unread},
};
use domain::{Audience, KnownErrorState, Version};
use std::collections::BTreeMap;

/// Something that is wrong with a file, in words that say what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub path: String,
    pub what: String,
}

/// In the order of the paths; files that could not be read come first.
pub fn check(state: &State) -> Vec<Finding> {
    let unread = state.unread.iter().flat_map(|Unread { path, reason }| {
        reason.lines().map(move |what| Finding { path: path.clone(), what: what.into() })
    });
    let of_entry = |entry: &Entry| {
        let path = entry.path.clone();
        of(entry).into_iter().map(move |what| Finding { path: path.clone(), what }).collect::<Vec<_>>()
    };
    let mut by_id: BTreeMap<(Option<Kind>, &str), Vec<&str>> = BTreeMap::new();
    for entry in &state.entries {
        by_id.entry((Some(entry.kind), entry.id.as_str())).or_default().push(&entry.path);
    }
    for rule in &state.rules {
        by_id.entry((None, rule.id.as_str())).or_default().push(&rule.path);
    }
    let twice = by_id.iter().filter(|(_, paths)| paths.len() > 1).flat_map(|((_, id), paths)| {
        let others = |path: &&str| paths.iter().find(|other| *other != path).copied().unwrap_or_default();
        paths.iter().map(move |path| Finding {
            path: (*path).into(),
            what: format!("its id \"{id}\" is also that of {}; give one of them another", others(path)),
        })
    });
    let is_concept = |id: &str| state.entries.iter().any(|entry| entry.kind == Kind::Concept && entry.id == id);
    let unexplained = state.entries.iter().flat_map(|entry| {
        entry.front.concepts.iter().filter(|id| !is_concept(id)).map(|id| Finding {
            path: entry.path.clone(),
            what: format!("it names the concept \"{id}\", and no note below concepts/ has that id"),
        })
    });
    let untested = state.rules.iter().filter(|rule| rule.state == RuleState::Enabled && !rule.is_backtested());
    let untested = untested.map(|rule| Finding {
        path: rule.path.clone(),
        what: "it is enabled, and says nothing until it was backtested as it is now: precedent rule backtest".into(),
    });
    let mut findings: Vec<Finding> = unread.chain(state.entries.iter().flat_map(of_entry)).chain(untested).collect();
    findings.extend(twice.chain(unexplained));
    findings
}

fn of(entry: &Entry) -> Vec<String> {
    let front = &entry.front;
    let mut found = Vec::new();
    let mut say = |wrong: bool, what: String| {
        if wrong {
            found.push(what);
        }
    };
    let marks = ["<<<<<<< ", ">>>>>>> "];
    let text = entry.document.to_string();
    say(
        text.lines().any(|line| marks.iter().any(|mark| line.starts_with(mark))),
        "two edits meet in it and nobody chose: keep one side of each marked place, or both, and take the marks away"
            .into(),
    );
    let word = |field: &str, said: &Option<String>, words: &[&str]| {
        let strange = said.as_deref().filter(|said| !words.contains(said));
        strange.map(|said| format!("{field} cannot be \"{said}\": it is {}", words.join(", ")))
    };
    let lists = [
        word("state", &front.state, &KnownErrorState::ALL.map(KnownErrorState::as_str)),
        word("confidence", &front.confidence, &Confidence::ALL.map(Confidence::as_str)),
        word("audience", &front.audience, &Audience::ALL.map(Audience::as_str)),
    ];
    lists.into_iter().flatten().for_each(|what| say(true, what));
    for (field, said) in [("eta", &front.eta), ("created", &front.created), ("updated", &front.updated)] {
        let strange = said.as_deref().filter(|said| time(said).is_none());
        strange
            .into_iter()
            .for_each(|said| say(true, format!("{field} cannot be \"{said}\": write a day, as 2026-12-01")));
    }
    say(
        front.eta.is_some() && front.eta_by.is_none(),
        "it promises a day (eta) and nobody stands by it: add eta_by".into(),
    );
    for version in &front.fix_versions {
        say(Version::parse(version).is_none(), format!("fix_versions holds \"{version}\", which is no version"));
    }
    for link in front.code.iter().filter(|link| CodeLink::parse(link).is_none()) {
        say(
            true,
            format!("code holds \"{link}\", which names no file: write it as repository:src/file.rs#symbol@v1.2"),
        );
    }
    match entry.kind {
        Kind::KnownError => known_error(entry, &mut say),
        Kind::Article => say(
            entry.section(Section::Resolution).is_none(),
            "it has no Resolution: say below a heading of that name what to do".into(),
        ),
        Kind::Runbook => entry.runbook_faults().into_iter().for_each(|what| say(true, what)),
        Kind::Concept => {}
    }
    found
}

fn known_error(entry: &Entry, say: &mut impl FnMut(bool, String)) {
    let front = &entry.front;
    let state = front.state.as_deref().and_then(KnownErrorState::parse);
    say(front.state.is_none(), "it has no state: begin with identified".into());
    say(
        state == Some(KnownErrorState::WorkaroundAvailable) && entry.workaround().is_empty(),
        "a workaround is available and its steps are not there: number them below a heading Workaround".into(),
    );
    let shipped = matches!(state, Some(KnownErrorState::FixReleased | KnownErrorState::FixVerified));
    say(
        shipped && front.fix_versions.is_empty(),
        "its fix is released and nobody says in which version: add fix_versions".into(),
    );
    say(
        entry.section(Section::Issue).is_none(),
        "it has no Issue: say below a heading of that name what people see".into(),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(files: &[(Kind, &str, &str)]) -> Vec<String> {
        let mut state = State::default();
        for (kind, path, text) in files {
            state.entries.push(Entry::read(*kind, path, text).unwrap());
        }
        check(&state).into_iter().map(|finding| format!("{}: {}", finding.path, finding.what)).collect()
    }

    fn one(text: &str) -> String {
        findings(&[(Kind::KnownError, "known-errors/a.md", text)]).join("\n")
    }

    #[test]
    fn a_good_known_error_has_nothing_to_mend() {
        let good = "---\nstate: workaround_available\neta: 2026-12-01\neta_by: Ben\nfix_versions: [5.4]\n---\n## Issue\nIt stalls.\n## Workaround\n1. Restart\n";
        assert_eq!(one(good), "");
    }

    #[test]
    fn each_fault_is_named_with_what_to_write_instead() {
        let table = [
            (
                "---\nstate: broken\n---\n## Issue\nx",
                "state cannot be \"broken\": it is identified, workaround_available",
            ),
            ("---\nstate: identified\naudience: all\n---\n## Issue\nx", "audience cannot be \"all\""),
            ("---\nstate: identified\nconfidence: high\n---\n## Issue\nx", "confidence cannot be \"high\""),
            ("---\nstate: identified\neta: soon\neta_by: x\n---\n## Issue\nx", "eta cannot be \"soon\""),
            ("---\nstate: identified\neta: 2026-12-01\n---\n## Issue\nx", "nobody stands by it: add eta_by"),
            ("---\nstate: fix_released\n---\n## Issue\nx", "add fix_versions"),
            ("---\nstate: identified\nfix_versions: [next]\n---\n## Issue\nx", "\"next\", which is no version"),
            ("---\nstate: workaround_available\n---\n## Issue\nx\n## Workaround\nRestart it", "number them"),
            ("---\ntitle: x\n---\n## Issue\nx", "it has no state"),
            ("---\nstate: identified\n---\ntext", "it has no Issue"),
            ("---\nstate: identified\n---\n## Issue\n<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n", "nobody chose"),
        ];
        for (text, expected) in table {
            let found = one(text);
            assert!(found.contains(expected) && found.lines().count() == 1, "{text:?}: {found:?}");
        }
    }

    #[test]
    fn an_id_that_two_files_have_is_told_of_both() {
        let text = "---\nid: A-1\n---\n## Resolution\nx";
        let found = findings(&[(Kind::Article, "articles/a.md", text), (Kind::Article, "articles/b.md", text)]);
        assert_eq!(found.len(), 2);
        assert!(found[0].contains("also that of articles/b.md") && found[1].contains("also that of articles/a.md"));
    }
}
