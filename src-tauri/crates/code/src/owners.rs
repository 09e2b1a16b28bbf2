//! Who answers for a file, as the team wrote it down in `CODEOWNERS`.

use crate::{CommitId, Repository};
use glob::{MatchOptions, Pattern};

/// Where forges look for it, in their order.
const PLACES: [&str; 4] = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"];
/// More lines than any team writes.
const MOST: u32 = 10_000;
const OPTIONS: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: false };

/// The lines of a `CODEOWNERS`; the last one that fits a file counts.
#[derive(Default)]
pub struct Owners {
    lines: Vec<Line>,
}

struct Line {
    written: String,
    patterns: Vec<Pattern>,
    names: Vec<String>,
}

impl Repository {
    /// Those of a version; nobody where it has no such file.
    pub fn owners(&self, at: CommitId) -> Owners {
        let Some(source) = PLACES.iter().find_map(|place| self.source(at, place)) else { return Owners::default() };
        Owners::of((1..=source.len().min(MOST)).filter_map(|line| source.line(line)))
    }
}

impl Owners {
    fn of(lines: impl Iterator<Item = String>) -> Self {
        Self { lines: lines.filter_map(|line| Line::read(&line)).collect() }
    }

    /// The names, and the pattern that gives the file to them. `None` where nobody owns it: a pattern without names says so.
    pub fn of_file(&self, path: &str) -> Option<(&[String], &str)> {
        let fits = |line: &&Line| line.patterns.iter().any(|pattern| pattern.matches_with(path, OPTIONS));
        let line = self.lines.iter().rev().find(fits)?;
        (!line.names.is_empty()).then_some((line.names.as_slice(), line.written.as_str()))
    }
}

impl Line {
    /// `None` of a comment, of a section's head, and of a pattern that is none.
    fn read(line: &str) -> Option<Self> {
        let line = line.split(" #").next().unwrap_or(line).trim();
        if line.is_empty() || line.starts_with(['#', '[', '!']) {
            return None;
        }
        // A blank in a path stands behind a backslash.
        let end = line
            .char_indices()
            .find(|(at, c)| c.is_whitespace() && !line.get(..*at).is_some_and(|before| before.ends_with('\\')));
        let (written, names) = line.split_at(end.map_or(line.len(), |(at, _)| at));
        let pattern = written.replace("\\ ", " ");
        let body = pattern.trim_start_matches('/').trim_end_matches('/');
        // Like in .gitignore: a pattern without a slash before its end fits at any depth.
        let anchored = pattern.trim_end_matches('/').contains('/') || body.starts_with("**");
        let base = if anchored { body.to_owned() } else { format!("**/{body}") };
        let below = [format!("{base}/**"), format!("{base}/**/*")];
        let own = (!pattern.ends_with('/')).then(|| base.clone());
        // `docs/*` means the files of a folder, and not what lies deeper.
        let direct = body.ends_with("/*");
        let texts = own.into_iter().chain(below.into_iter().filter(|_| !direct));
        let patterns: Vec<Pattern> = texts.filter_map(|text| Pattern::new(&text).ok()).collect();
        let names = names.split_whitespace().map(str::to_owned).collect();
        (!patterns.is_empty()).then(|| Self { written: written.to_owned(), patterns, names })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Project;

    const TEXT: &str = "# who answers\n* @all\n*.java @java @ann\n/build/ @build\ndocs/* @docs\napps/ @apps # not the tests\n/src/**/pay @pay\nmy\\ docs/ mail@example.org\n/src/free\n[Section]\n";

    #[test]
    fn the_last_line_that_fits_counts() {
        let owners = Owners::of(TEXT.lines().map(str::to_owned));
        for (path, expected) in [
            ("README", Some("@all")),
            ("a/b/Cart.java", Some("@java @ann")),
            ("build/x/y.sh", Some("@build")),
            ("deep/build/y.sh", Some("@all")),
            ("docs/a.md", Some("@docs")),
            ("docs/deep/a.md", Some("@all")),
            ("one/apps/two/x.ts", Some("@apps")),
            ("apps/x.ts", Some("@apps")),
            ("src/a/b/pay/Card.java", Some("@pay")),
            ("src/pay/x", Some("@pay")),
            ("my docs/x", Some("mail@example.org")),
            ("src/free/x.rs", None),
        ] {
            let found = owners.of_file(path).map(|(names, _)| names.join(" "));
            assert_eq!(found.as_deref(), expected, "{path}");
        }
        assert_eq!(owners.of_file("apps/x.ts").unwrap().1, "apps/");
        assert!(Owners::default().of_file("x").is_none());
    }

    #[test]
    fn the_file_of_the_version_is_read_where_forges_look_for_it() {
        let mut project = Project::new();
        let old = project.commit("CODEOWNERS", "* @old\n", "Old");
        let new = project.commit(".github/CODEOWNERS", "* @new\n", "New");
        let repository = project.open();
        let owner = |at| repository.owners(at).of_file("x").map(|(names, _)| names.to_vec());
        assert_eq!((owner(old), owner(new)), (Some(vec!["@old".into()]), Some(vec!["@new".into()])));
    }

    #[test]
    fn patterns_that_try_again_and_again_end() {
        let hostile = format!("{}b @x", "**/*a*a*/".repeat(40));
        let owners = Owners::of([hostile].into_iter());
        assert!(owners.of_file(&"aaaa/".repeat(400)).is_none());
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_in_bounds(text in "[/*?\\[\\]a-b!# \\\\\n]{0,200}", path in "[ab/]{0,60}") {
            let _ = Owners::of(text.lines().map(str::to_owned)).of_file(&path);
        }
    }
}
