//! Under which names one person wrote, as the team wrote it down in `.mailmap`.

use crate::{CommitId, Repository};
use std::collections::HashMap;

pub(crate) const PLACE: &str = ".mailmap";
/// More lines than any project has.
const MOST: u32 = 50_000;

/// Other names of those that the file calls by one. Lines that tell people apart by their addresses alone name nobody
/// anew, and git itself follows them where it blames.
#[derive(Default)]
pub struct People(HashMap<String, Vec<String>>);

impl Repository {
    /// Those of a version; nobody where it has no such file.
    pub fn people(&self, at: CommitId) -> People {
        let Some(source) = self.source(at, PLACE) else { return People::default() };
        People::of((1..=source.len().min(MOST)).filter_map(|line| source.line(line)))
    }
}

impl People {
    fn of(lines: impl Iterator<Item = String>) -> Self {
        let mut others: HashMap<String, Vec<String>> = HashMap::new();
        for line in lines {
            // `Proper Name <proper@example.org> Name as written <as@written.org>`
            let line = line.split('#').next().unwrap_or_default();
            let mut names = line.split('<').map(|part| part.rsplit('>').next().unwrap_or_default().trim());
            let (proper, written) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
            if !proper.is_empty() && !written.is_empty() && proper != written {
                others.entry(proper.to_owned()).or_default().push(written.to_owned());
            }
        }
        Self(others)
    }

    /// Whether somebody who is called so wrote under this name.
    pub fn wrote_as(&self, name: &str, written: &str) -> bool {
        name == written || self.0.get(name).is_some_and(|others| others.iter().any(|other| other == written))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_wrote_under_two_names_is_one() {
        let text = "# people\nAnn Lee <ann@example.org> annl <ann@old.example.org>\nBen <ben@example.org>\n<c@example.org> <d@example.org>\n";
        let people = People::of(text.lines().map(str::to_owned));
        assert!(people.wrote_as("Ann Lee", "annl") && people.wrote_as("Ann Lee", "Ann Lee"));
        assert!(!people.wrote_as("Ben", "annl") && !people.wrote_as("annl", "Ann Lee"));
    }

    proptest::proptest! {
        #[test]
        fn any_line_is_read_without_a_panic(line in "[<>#@ a-c]{0,60}") {
            let _ = People::of([line].into_iter()).wrote_as("a", "b");
        }
    }
}
