//! The files to look at first: those of the frames, those that changed near them, those that fixes of similar tickets
//! touched, and those that the ticket names.

use crate::{
    Files, History,
    changes::{Change, Spot},
    history::Place,
};
use std::collections::HashMap;

/// Changes that lend their points to the files that they touched.
const MOST_CHANGES: usize = 30;
/// A commit of more files says nothing about any of them.
const WIDEST: u32 = 60;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// A frame of the stack trace lies in it.
    Frame,
    /// It says what the ticket quotes of a log.
    Said,
    /// The ticket names its class.
    Named,
    /// A fix of a similar ticket touched it.
    SimilarFix,
    /// It changed, near a frame or under words of the ticket.
    Changed,
}

/// A file and its points, each with what gave it.
#[derive(Clone, Debug, PartialEq)]
pub struct Suspect {
    pub path: String,
    pub parts: Vec<(Basis, f64)>,
}

impl Suspect {
    pub fn score(&self) -> f64 {
        self.parts.iter().map(|(_, points)| points).sum()
    }
}

/// What there is to go by.
pub struct Clues<'a> {
    pub spots: &'a [Spot],
    /// Statements that say what the ticket quotes.
    pub said: &'a [Spot],
    pub changes: &'a [Change],
    /// Commits of fixes of similar tickets, each with how similar its ticket is, from 0 to 1.
    pub fixes: &'a [(Place, f64)],
    /// Names of classes in the ticket, each with how much it stands out, from 0 to 1.
    pub names: &'a [(String, f64)],
    /// The files of the version: others are not there to be looked at.
    pub files: &'a Files,
}

/// Best first. Of each kind of clue a file gets points once for every time that it is met, less each time.
pub fn suspects(history: &History, clues: &Clues<'_>) -> Vec<Suspect> {
    let mut found: HashMap<(String, Basis), f64> = HashMap::new();
    let mut add = |path: &str, basis, points: f64| {
        if points > 0.0 && clues.files.has(path) {
            *found.entry((path.to_owned(), basis)).or_default() += points;
        }
    };
    for (at, spot) in clues.spots.iter().enumerate() {
        // Later frames of one file add little.
        let again = clues.spots.iter().take(at).filter(|other| other.path == spot.path).count();
        add(&spot.path, Basis::Frame, 3.0 * spot.weight / (1 << again.min(8)) as f64);
    }
    for spot in clues.said {
        add(&spot.path, Basis::Said, 2.0 * spot.weight);
    }
    for (name, weight) in clues.names {
        let named = clues.files.named(name);
        for path in named.iter().take(5) {
            add(path, Basis::Named, 2.0 * weight / named.len() as f64);
        }
    }
    for (place, weight) in clues.fixes {
        let Some(commit) = history.get(*place).filter(|commit| commit.files <= WIDEST) else { continue };
        let share = 2.0 * weight / f64::from(commit.files.max(1)).sqrt();
        history.paths(commit).for_each(|path| add(path, Basis::SimilarFix, share));
    }
    for change in clues.changes.iter().take(MOST_CHANGES) {
        let Some(commit) = history.get(change.place).filter(|commit| commit.files <= WIDEST) else { continue };
        let share = 0.2 * change.score() / f64::from(commit.files.max(1)).sqrt();
        history.paths(commit).for_each(|path| add(path, Basis::Changed, share));
    }
    let mut by_path: HashMap<String, Vec<(Basis, f64)>> = HashMap::new();
    for ((path, basis), points) in found {
        by_path.entry(path).or_default().push((basis, points));
    }
    let mut suspects: Vec<Suspect> = by_path.into_iter().map(|(path, parts)| Suspect { path, parts }).collect();
    suspects.iter_mut().for_each(|one| one.parts.sort_by_key(|(basis, _)| *basis));
    suspects.sort_by(|a, b| b.score().total_cmp(&a.score()).then_with(|| a.path.cmp(&b.path)));
    suspects
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Project;

    #[test]
    fn files_of_frames_names_and_past_fixes_are_met_and_what_is_gone_is_not() {
        let mut project = Project::new();
        project.commit("src/Old.java", "a", "AMQ-1 fix it");
        project.commit("src/Cart.java", "a", "Cart");
        project.commit("src/Pay.java", "a", "AMQ-2 fix it");
        project.git(&["rm", "-q", "src/Old.java"]);
        let to = project.commit_all("gone");
        let read = project.read();
        let files = project.open().files(to).unwrap();
        let fixes: Vec<(Place, f64)> =
            ["AMQ-1", "AMQ-2"].iter().flat_map(|key| read.history.naming(key)).map(|place| (*place, 0.5)).collect();
        let spots = [Spot { path: "src/Cart.java".into(), line: Some(1), symbol: None, weight: 1.0 }];
        let names = [("Pay".to_owned(), 0.2)];
        let said = [Spot { path: "src/Pay.java".into(), line: Some(1), symbol: None, weight: 0.1 }];
        let clues = Clues { spots: &spots, said: &said, changes: &[], fixes: &fixes, names: &names, files: &files };
        let found = suspects(&read.history, &clues);
        let told: Vec<_> = found.iter().map(|one| (one.path.as_str(), one.parts.len())).collect();
        assert_eq!(told, [("src/Cart.java", 1), ("src/Pay.java", 3)]);
        assert!((found[1].score() - (2.0 * 0.1 + 2.0 * 0.2 + 2.0 * 0.5)).abs() < 1e-9);
    }
}
