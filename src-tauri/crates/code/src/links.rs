//! What joins issues and commits beside messages: branches that are called after an issue, and merges that brought one in.
//! Made of what was read already, so nothing of it is kept.

use crate::{
    History, Refs,
    history::{Place, branch_keys, merged_branch},
    release::version_of,
};
use std::collections::{BinaryHeap, HashMap, HashSet};

/// Commits of one branch; more is a line of its own, and no fix.
const MOST_OF_BRANCH: usize = 60;
/// Commits that are gone through to find out what a merge brought.
const FARTHEST: usize = 2_000;
/// Merges that are looked at to find the one that brought a commit.
const MOST_MERGES: usize = 3_000;

/// Commits by the branch that they lie on alone, and merges by the branch that they took in.
#[derive(Clone, Debug, Default)]
pub struct Links {
    by_key: HashMap<Box<str>, Vec<Place>>,
    by_commit: HashMap<Place, Vec<Box<str>>>,
}

impl Links {
    pub fn of(history: &History, refs: &Refs) -> Self {
        let mut links = Self::default();
        let projects = projects(history);
        for (place, commit) in history.commits().filter(|(_, commit)| commit.parents.len() > 1) {
            let keys = merged_branch(&commit.subject).map(|name| branch_keys(name, &|one| projects.contains(one)));
            for key in keys.into_iter().flatten() {
                // What the message names by itself is no news.
                if !commit.mentions.iter().any(|mention| *mention.key == *key) {
                    links.add(&key, place);
                }
            }
        }
        links.branches(history, refs, &projects);
        links.by_key.values_mut().for_each(|places| places.sort_unstable());
        links
    }

    /// Of branches that are not merged yet: what is merged is told by its merge.
    fn branches(&mut self, history: &History, refs: &Refs, projects: &HashSet<&str>) {
        let Some(public) = public(history, refs) else { return };
        for one in &refs.all {
            let Some(name) = branch(&one.name).filter(|_| Some(&one.name) != refs.main.as_ref()) else { continue };
            let keys = branch_keys(name, &|project| projects.contains(project));
            let Some(tip) = history.place(one.commit).filter(|_| !keys.is_empty()) else { continue };
            // What a message is about goes before what its branch is called.
            let is_silent =
                |place: &Place| history.get(*place).is_some_and(|commit| !commit.mentions.iter().any(|one| one.about));
            for place in own(history, tip, &public).into_iter().filter(is_silent) {
                keys.iter().for_each(|key| self.add(key, place));
            }
        }
    }

    fn add(&mut self, key: &str, place: Place) {
        let known = self.by_commit.get(&place).is_some_and(|keys| keys.iter().any(|known| **known == *key));
        if !known {
            self.by_key.entry(key.into()).or_default().push(place);
            self.by_commit.entry(place).or_default().push(key.into());
        }
    }

    /// Commits whose branch is called after this issue. Oldest first.
    pub fn naming(&self, key: &str) -> &[Place] {
        self.by_key.get(key).map_or(&[], Vec::as_slice)
    }

    /// The issues that the branch of a commit is called after.
    pub fn of_commit(&self, place: Place) -> &[Box<str>] {
        self.by_commit.get(&place).map_or(&[], Vec::as_slice)
    }

    /// The issues and pull requests that the merge which brought a commit in names, by its message or its branch.
    pub fn of_merge<'h>(&'h self, history: &'h History, place: Place) -> Vec<&'h str> {
        let named = |merge: Place| {
            let said = history.get(merge).into_iter().flat_map(|commit| &commit.mentions).map(|mention| &*mention.key);
            said.chain(self.of_commit(merge).iter().map(|key| &**key)).collect::<Vec<&str>>()
        };
        let is_merge = |place: &Place| history.get(*place).is_some_and(|commit| commit.parents.len() > 1);
        let mut after = (place.saturating_add(1)..history.len() as Place)
            .filter(|merge| is_merge(merge) && !named(*merge).is_empty())
            .take(MOST_MERGES);
        let merge = after.find(|merge| brought(history, *merge).binary_search(&place).is_ok());
        merge.map(named).unwrap_or_default()
    }
}

/// What a merge of a branch brought: commits that its first parent did not have, without merges. None where that is too
/// much to be one change.
pub(crate) fn brought(history: &History, merge: Place) -> Vec<Place> {
    let Some(commit) = history.get(merge) else { return Vec::new() };
    let Some((first, others)) = commit.parents.split_first().filter(|(_, others)| !others.is_empty()) else {
        return Vec::new();
    };
    // Children stand behind their parents: whatever comes off the heap has been reached from all sides already.
    let mut open: BinaryHeap<(Place, bool)> = others.iter().map(|place| (*place, false)).collect();
    open.push((*first, true));
    let mut left = others.len();
    let mut found = Vec::new();
    for _ in 0..FARTHEST {
        let Some((place, mut known)) = open.pop().filter(|_| left > 0) else { break };
        left -= usize::from(!known);
        while let Some((_, also)) = open.peek().copied().filter(|(other, _)| *other == place) {
            open.pop();
            left -= usize::from(!also);
            known |= also;
        }
        let Some(commit) = history.get(place) else { continue };
        if !known && commit.parents.len() < 2 {
            found.push(place);
        }
        left += if known { 0 } else { commit.parents.len() };
        open.extend(commit.parents.iter().map(|parent| (*parent, known)));
    }
    found.sort_unstable();
    if left > 0 || found.len() > MOST_OF_BRANCH { Vec::new() } else { found }
}

/// What development, releases and their branches have; `None` where nobody knows which branch is the main one.
fn public(history: &History, refs: &Refs) -> Option<Vec<bool>> {
    let main = refs.main.as_ref()?;
    let mut public = vec![false; history.len()];
    let ends = refs.all.iter().filter(|one| {
        one.name == *main
            || one.name.starts_with("refs/tags/")
            || branch(&one.name).is_some_and(|name| version_of(name).is_some())
    });
    for place in ends.filter_map(|one| history.place(one.commit)) {
        if let Some(seen) = public.get_mut(place as usize) {
            *seen = true;
        }
    }
    for place in (0..history.len() as Place).rev() {
        if public.get(place as usize) == Some(&true) {
            for parent in history.get(place).into_iter().flat_map(|commit| &commit.parents) {
                if let Some(seen) = public.get_mut(*parent as usize) {
                    *seen = true;
                }
            }
        }
    }
    Some(public)
}

/// Commits of a branch that are nowhere else of weight, without merges.
fn own(history: &History, tip: Place, public: &[bool]) -> Vec<Place> {
    let mut seen = HashSet::new();
    let mut open = vec![tip];
    let mut found = Vec::new();
    while let Some(place) = open.pop() {
        if public.get(place as usize) != Some(&false) || !seen.insert(place) {
            continue;
        }
        let Some(commit) = history.get(place) else { continue };
        if commit.parents.len() < 2 {
            found.push(place);
        }
        if seen.len() > MOST_OF_BRANCH {
            return Vec::new();
        }
        open.extend(commit.parents.iter());
    }
    found
}

/// `fix/AMQ-100` of `refs/heads/fix/AMQ-100` and of `refs/remotes/origin/fix/AMQ-100`.
fn branch(name: &str) -> Option<&str> {
    let remote = || name.strip_prefix("refs/remotes/").and_then(|rest| rest.split_once('/')).map(|(_, name)| name);
    name.strip_prefix("refs/heads/").or_else(remote)
}

/// `AMQ` of `AMQ-100`: what messages name.
fn projects(history: &History) -> HashSet<&str> {
    history.named().filter_map(|key| key.rsplit_once('-')).map(|(project, _)| project).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Project;

    fn subjects(history: &History, places: &[Place]) -> Vec<String> {
        places.iter().filter_map(|place| history.get(*place)).map(|commit| commit.subject.to_string()).collect()
    }

    #[test]
    fn commits_of_a_branch_that_is_called_after_an_issue_belong_to_it_while_they_are_nowhere_else() {
        let mut project = Project::new();
        project.commit("a.rs", "1", "SHOP-1: begin");
        project.tag("v1.0.0");
        for (branch, file) in [("fix/shop-100-rounding", "b.rs"), ("12-empty-basket", "c.rs"), ("utf-8", "d.rs")] {
            project.git(&["checkout", "-q", "-b", branch, "main"]);
            project.commit(file, "1", &format!("Work on {file}"));
            project.commit(file, "2", &format!("SHOP-7: beside, in {file}"));
        }
        project.git(&["checkout", "-q", "-b", "merged/SHOP-200", "main"]);
        project.commit("e.rs", "1", "Merged by now");
        project.git(&["checkout", "-q", "main"]);
        project.git(&["merge", "-q", "--no-ff", "-m", "Merge branch 'merged/shop-200'", "merged/SHOP-200"]);
        let read = project.read();
        let links = Links::of(&read.history, &read.refs);
        assert_eq!(subjects(&read.history, links.naming("SHOP-100")), ["Work on b.rs"], "the other one says its own");
        assert_eq!(subjects(&read.history, links.naming("#12")), ["Work on c.rs"]);
        let merge = links.naming("SHOP-200");
        assert_eq!(
            subjects(&read.history, merge),
            ["Merge branch 'merged/shop-200'"],
            "it is no branch's alone by now"
        );
        assert_eq!(links.by_key.len(), 3, "utf-8 is no project");
        let place = links.naming("SHOP-100")[0];
        assert_eq!(links.of_commit(place), ["SHOP-100".into()]);
    }

    #[test]
    fn a_merge_brought_what_its_first_parent_did_not_have() {
        let mut project = Project::new();
        project.commit("a.rs", "1", "begin");
        project.git(&["checkout", "-q", "-b", "side"]);
        project.commit("b.rs", "1", "one of two");
        project.git(&["checkout", "-q", "main"]);
        project.commit("a.rs", "2", "meanwhile");
        project.git(&["checkout", "-q", "side"]);
        project.git(&["merge", "-q", "--no-ff", "-m", "Catch up", "main"]);
        project.commit("b.rs", "2", "two of two");
        project.git(&["checkout", "-q", "main"]);
        project.commit("a.rs", "3", "later");
        project.step(&["merge", "-q", "--no-ff", "-m", "Merge branch 'side' of SHOP-3", "side"]);
        let history = project.read().history;
        let merge = history.naming("SHOP-3")[0];
        assert_eq!(subjects(&history, &brought(&history, merge)), ["one of two", "two of two"]);
        let one = history.commits().find(|(_, commit)| &*commit.subject == "one of two").unwrap().0;
        let links = Links::default();
        assert_eq!(links.of_merge(&history, one), ["SHOP-3"]);
        assert!(links.of_merge(&history, merge).is_empty());
        let later = history.commits().find(|(_, commit)| &*commit.subject == "later").unwrap().0;
        assert!(brought(&history, later).is_empty() && links.of_merge(&history, later).is_empty());
    }
}
