//! What the repository says about itself.

use super::Finding;
use super::files::File;

const LONGEST_ARCHITECTURE: usize = 200;
const UNITS: [&str; 8] = ["ms", "s", "MB", "GB", "KB", "%", "rows/s", "×"];

pub fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        let is_library = file.path.ends_with("/src/lib.rs");
        if is_library && !file.text.starts_with("//! ") {
            findings.push(Finding::new(&file.path, 1, "opens with a `//!` line that says what the crate is for"));
        }
        let length = file.text.lines().count();
        if file.path == "ARCHITECTURE.md" && length > LONGEST_ARCHITECTURE {
            let what = format!("has {length} lines; a map of more than {LONGEST_ARCHITECTURE} is not read");
            findings.push(Finding::new(&file.path, 0, what));
        }
        if file.path == "README.md" {
            findings.extend(figures(file));
        }
        if file.path == "docs/FAULTS.md" {
            findings.extend(missing_tests(file, files));
        }
    }
    findings
}

/// Every name of several words in code marks is a test, and there is one of that name.
fn missing_tests(faults: &File, files: &[File]) -> Vec<Finding> {
    let is_name = |name: &&str| {
        name.matches('_').count() > 2 && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    let rust = || files.iter().filter(|file| file.path.ends_with(".rs"));
    let is_there = |name: &str| rust().any(|file| file.text.contains(&format!("fn {name}(")));
    let lines = faults.text.lines().enumerate();
    let named = lines.flat_map(|(at, line)| {
        line.split('`')
            .skip(1)
            .step_by(2)
            .filter_map(|name| name.rsplit("::").next())
            .filter(is_name)
            .map(move |name| (at, name))
    });
    named
        .filter(|(_, name)| !is_there(name))
        .map(|(at, name)| Finding::new(&faults.path, at + 1, format!("there is no test `{name}`")))
        .collect()
}

/// A measured figure stands beside the command that measures it, in the same paragraph.
fn figures(file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut start = 1;
    for paragraph in file.text.split("\n\n") {
        if holds_a_figure(paragraph) && !paragraph.contains("`cargo xtask ") {
            findings.push(Finding::new(&file.path, start, "a figure without the command that measures it"));
        }
        start += paragraph.lines().count() + 1;
    }
    findings
}

fn holds_a_figure(text: &str) -> bool {
    let tokens: Vec<&str> =
        text.split_whitespace().map(|token| token.trim_matches(['(', ')', ',', ';', ':'])).collect();
    let number =
        |token: &str| !token.is_empty() && token.chars().all(|char| char.is_ascii_digit() || ".,".contains(char));
    let joined =
        |token: &&str| UNITS.iter().any(|unit| token.trim_end_matches('.').strip_suffix(unit).is_some_and(number));
    let apart =
        |pair: &[&str]| matches!(pair, [figure, unit] if number(figure) && UNITS.contains(&unit.trim_end_matches('.')));
    tokens.iter().any(joined) || tokens.windows(2).any(apart)
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    fn count(path: &str, text: &str) -> usize {
        check(&[file(path, text)]).len()
    }

    #[test]
    fn a_library_says_what_it_is_for() {
        assert_eq!(count("crates/a/src/lib.rs", "//! The nouns.\n"), 0);
        assert_eq!(count("crates/a/src/lib.rs", "pub mod a;\n"), 1);
    }

    #[test]
    fn a_fault_s_test_is_one_that_exists() {
        let faults = |name: &str| file("docs/FAULTS.md", &format!("| 1 | a kill | nothing, `disk_full` | `{name}` |"));
        let test = file("tests/a.rs", "#[test]\nfn a_kill_loses_nothing_at_all() {}\n");
        assert_eq!(check(&[faults("a_kill_loses_nothing_at_all"), file("tests/a.rs", &test.text)]), []);
        assert_eq!(check(&[faults("a_kill_loses_next_to_nothing"), test]).len(), 1);
    }

    #[test]
    fn the_architecture_stays_readable() {
        assert_eq!(count("ARCHITECTURE.md", &"x\n".repeat(200)), 0);
        assert_eq!(count("ARCHITECTURE.md", &"x\n".repeat(201)), 1);
    }

    #[test]
    fn a_figure_in_the_readme_names_its_command() {
        assert_eq!(count("README.md", "Answers in 12 ms.\n"), 1);
        assert_eq!(count("README.md", "Hits 98% of them.\n"), 1);
        assert_eq!(count("README.md", "Answers in 12 ms (`cargo xtask bench`).\n"), 0);
        assert_eq!(count("README.md", "Needs Node 20 and Rust 1.92.\n"), 0);
    }
}
