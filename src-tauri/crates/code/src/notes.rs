//! What a project's own notes say of its releases: issues named under a version's heading in a CHANGELOG, release notes or NEWS.
//! They are evidence of where something was fixed, beside the commits and never in their place.

use crate::{CommitId, Repository, history::keys_of, release::version_of, repository::oid};
use domain::Version;
use git2::{ObjectType, Tree};
use std::collections::HashMap;

const FILES: [&str; 9] =
    ["changelog", "changes", "change-log", "release-notes", "releasenotes", "releases", "relnotes", "history", "news"];
const ENDINGS: [&str; 6] = ["", "md", "markdown", "txt", "rst", "adoc"];
/// Besides the top.
const FOLDERS: [&str; 2] = ["docs", "doc"];
const MOST_FILES: usize = 8;
const LONGEST_FILE: usize = 4 << 20;
const MOST_NOTES: usize = 50_000;
const LONGEST_LINE: usize = 300;
/// Of a line that may be a heading without a sign of one.
const LONGEST_HEADING: usize = 80;

/// A line that names issues under the heading of a version.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub path: String,
    /// Counted from 1.
    pub line: u32,
    pub text: String,
    pub version: Version,
}

/// All that a project's notes say.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    all: Vec<Note>,
    by_key: HashMap<Box<str>, Vec<usize>>,
}

impl Notes {
    /// The lines that name this issue or pull request, in the order of the files.
    pub fn naming(&self, key: &str) -> impl Iterator<Item = &Note> {
        self.by_key.get(key).into_iter().flatten().filter_map(|at| self.all.get(*at))
    }

    /// The issues and pull requests that are named under a version, each with its line.
    pub fn under(&self, version: &Version) -> Vec<(&str, &Note)> {
        let named = self.by_key.iter().flat_map(|(key, places)| places.iter().map(move |at| (&**key, *at)));
        let mut found: Vec<(usize, &str, &Note)> = named
            .filter_map(|(key, at)| Some((at, key, self.all.get(at)?)))
            .filter(|(_, _, note)| note.version == *version)
            .collect();
        found.sort_unstable_by_key(|(at, key, _)| (*at, *key));
        found.into_iter().map(|(_, key, note)| (key, note)).collect()
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Of one file: for the fuzzer.
    #[cfg(fuzzing)]
    pub fn of(path: &str, text: &str) -> Self {
        let mut found = Self::default();
        found.read(path, text);
        found
    }

    fn read(&mut self, path: &str, text: &str) {
        let lines: Vec<&str> = text.lines().collect();
        let mut under: Option<(usize, Version)> = None;
        for (at, line) in lines.iter().enumerate() {
            if let Some((level, title)) = heading(line, lines.get(at + 1).copied()) {
                match version_in(title) {
                    Some(version) => under = Some((level, version)),
                    // One of the same height is another chapter; one below it is a part of this one.
                    None if under.as_ref().is_some_and(|(own, _)| level <= *own) => under = None,
                    None => {}
                }
                continue;
            }
            let Some((_, version)) = &under else { continue };
            let keys = keys_of(line);
            if keys.is_empty() || self.all.len() >= MOST_NOTES {
                continue;
            }
            for key in keys {
                let places = self.by_key.entry(key.into()).or_default();
                if places.last() != Some(&self.all.len()) {
                    places.push(self.all.len());
                }
            }
            self.all.push(Note {
                path: path.to_owned(),
                line: u32::try_from(at + 1).unwrap_or(u32::MAX),
                text: line.trim().chars().take(LONGEST_LINE).collect(),
                version: version.clone(),
            });
        }
    }
}

/// How deep a heading is, and what it says. `# 1.2`, `1.2` above `=====`, and `Version 1.2 (2024-01-02)` alone on its line.
fn heading<'a>(line: &'a str, next: Option<&str>) -> Option<(usize, &'a str)> {
    let marks = line.bytes().take_while(|b| *b == b'#').count();
    if (1..=6).contains(&marks) {
        return Some((marks, line.get(marks..)?.trim()));
    }
    // As AsciiDoc writes it.
    let signs = line.bytes().take_while(|b| *b == b'=').count();
    if (1..=5).contains(&signs) && line.get(signs..)?.starts_with(' ') {
        return Some((signs, line.get(signs..)?.trim()));
    }
    let is_short =
        line.chars().count() <= LONGEST_HEADING && line.starts_with(|c: char| c.is_alphanumeric() || c == '[');
    if !is_short {
        return None;
    }
    let under = next.unwrap_or_default().trim_end();
    for (level, sign) in [(1, '='), (2, '-'), (3, '~')] {
        if under.len() > 2 && under.chars().all(|c| c == sign) {
            return Some((level, line.trim()));
        }
    }
    // Without a sign, it says a version and next to nothing else.
    let first = line.split_whitespace().next()?.to_lowercase();
    let called =
        ["version", "release", "changes", "release notes"].iter().any(|word| word.split(' ').next() == Some(&first));
    let starts = plain(&first).contains('.') && version_of(plain(&first)).is_some();
    ((called || starts) && keys_of(line).is_empty() && version_in(line).is_some()).then_some((2, line.trim()))
}

/// The first version of a heading, whatever it stands in: `[1.2.3] - 2024-01-02`, `Release Notes - Shop - Version 1.2.3`.
fn version_in(title: &str) -> Option<Version> {
    let mut words = title.split_whitespace().map(plain);
    words.find_map(|word| word.contains('.').then(|| version_of(word))?)
}

fn plain(word: &str) -> &str {
    // `[1.2.3](https://…)` is a link with the version as its text.
    let word = word.split("](").next().unwrap_or(word);
    word.trim_matches(|c: char| "[](){}:;,*`\"'_".contains(c)).trim_end_matches('.')
}

impl Repository {
    /// What the notes of a commit say: those at its top and in `docs`. Links are not followed; what cannot be read says nothing.
    pub fn notes(&self, at: CommitId) -> Notes {
        let mut notes = Notes::default();
        let Ok(top) = self.git.find_commit(oid(at)).and_then(|commit| commit.tree()) else { return notes };
        let mut files = files(&top, "");
        for folder in FOLDERS {
            let entry = top.get_name(folder).filter(|entry| entry.kind() == Some(ObjectType::Tree));
            if let Some(tree) = entry.and_then(|entry| self.git.find_tree(entry.id()).ok()) {
                files.extend(self::files(&tree, &format!("{folder}/")));
            }
        }
        for (path, id) in files.into_iter().take(MOST_FILES) {
            let is_small =
                self.git.odb().and_then(|odb| odb.read_header(id)).is_ok_and(|(size, _)| size <= LONGEST_FILE);
            if let Some(blob) = is_small.then(|| self.git.find_blob(id).ok()).flatten() {
                notes.read(&path, &String::from_utf8_lossy(blob.content()));
            }
        }
        notes
    }
}

fn files(tree: &Tree<'_>, folder: &str) -> Vec<(String, git2::Oid)> {
    let found = tree.iter().filter_map(|entry| {
        let is_file = entry.kind() == Some(ObjectType::Blob) && entry.filemode() & 0o170_000 == 0o100_000;
        let name = entry.name().ok()?;
        let lower = name.to_lowercase().replace('_', "-");
        let (stem, ending) = lower.rsplit_once('.').unwrap_or((&lower, ""));
        (is_file && FILES.contains(&stem) && ENDINGS.contains(&ending)).then(|| (format!("{folder}{name}"), entry.id()))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Project;
    use proptest::prelude::*;

    fn told(text: &str, key: &str) -> Vec<(String, u32)> {
        let mut notes = Notes::default();
        notes.read("CHANGELOG.md", text);
        notes.naming(key).map(|note| (note.version.as_str().to_owned(), note.line)).collect()
    }

    #[test]
    fn an_issue_is_noted_under_the_version_of_its_heading_in_every_way_that_notes_are_written() {
        for text in [
            "# Changelog\n## [1.2.3] - 2024-01-02\n### Fixed\n- Rounding (SHOP-7)\n## [1.2.2]\n- SHOP-8",
            "## [1.2.3](https://forge.example/compare/v1.2.2...v1.2.3) (2024-01-02)\n\n* rounding, closes SHOP-7",
            "1.2.3 / 2024-01-02\n=====\n\nBug fixes\n---------\n* [SHOP-7] - Rounding\n\n1.2.2\n=====\n* SHOP-8",
            "Version 1.2.3\n  - SHOP-7 Rounding\nVersion 1.2.2\n  - SHOP-8",
            "v1.2.3 (2 January 2024)\n    SHOP-7: rounding",
            "== 1.2.3\n\n* Rounding, SHOP-7",
            "Release Notes - Shop - Version 1.2.3\n\n** Bug\n    * [SHOP-7] - Rounding",
            "* Unreleased\n# shop-parent-1.2.3\n- SHOP-7",
        ] {
            let found = told(text, "SHOP-7");
            assert_eq!(found.len(), 1, "{text}");
            assert!(found[0].0.ends_with("1.2.3"), "{found:?} of {text}");
        }
    }

    #[test]
    fn what_is_not_released_or_stands_in_another_chapter_is_no_note() {
        for text in [
            "## Unreleased\n- SHOP-7",
            "## 1.2.3\n- SHOP-8\n## Thanks\nto all of SHOP-7",
            "SHOP-7 was mended in 1.2.3",
            "1.2.3 mends SHOP-7",
            "- 1.2.3\n- SHOP-7",
        ] {
            assert_eq!(told(text, "SHOP-7"), [], "{text}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn notes_are_read_at_the_top_and_in_docs_and_links_are_not_followed() {
        let mut project = Project::new();
        project.write("docs/Release_Notes.txt", "1.1.0\n=====\nSHOP-2\n");
        project.write("src/CHANGES", "1.1.0\n=====\nSHOP-3\n");
        project.write("secret", "1.1.0\n=====\nSHOP-4\n");
        std::os::unix::fs::symlink("secret", project.path().join("NEWS")).unwrap();
        let at = project.commit("CHANGELOG.md", "## 1.0.0\n- SHOP-1 and #12, SHOP-1\n", "begin");
        let notes = project.open().notes(at);
        let keys = |version: &str| {
            let found = notes.under(&Version::parse(version).unwrap());
            found.into_iter().map(|(key, note)| (key.to_owned(), note.path.clone())).collect::<Vec<_>>()
        };
        assert_eq!(keys("1.1.0"), [("SHOP-2".to_owned(), "docs/Release_Notes.txt".to_owned())]);
        assert_eq!(keys("1.0.0").into_iter().map(|(key, _)| key).collect::<Vec<_>>(), ["#12", "SHOP-1"]);
        assert!(project.open().notes(CommitId([7; 20])).is_empty());
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "([#=~ \\[\\]0-9.v-]{0,12}[A-Z]{2}-[0-9]{1,3}.{0,20}\n?){0,30}", other in "(?s).{0,200}") {
            for text in [text, other] {
                let mut notes = Notes::default();
                notes.read("NEWS", &text);
                prop_assert!(notes.len() <= text.lines().count());
            }
        }
    }
}
