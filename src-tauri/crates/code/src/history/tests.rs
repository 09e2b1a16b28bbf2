//! Histories of real repositories, made here.

use super::{History, update::with_git, walk::walk};
use crate::{CommitId, testing::Project};

fn told(history: &History) -> Vec<(String, Vec<String>)> {
    let commits = history.commits().map(|(_, commit)| commit);
    commits.map(|commit| (commit.subject.to_string(), history.paths(commit).map(str::to_owned).collect())).collect()
}

/// A merge, a branch, a rename, a delete, an empty commit, names that are no words.
fn varied() -> Project {
    let mut project = Project::new();
    project.commit("src/a.rs", "a\n", "AMQ-1: begin");
    project.git(&["checkout", "-q", "-b", "side"]);
    project.commit("we ird\n\"x\".rs", "b\n", "A name with a line break");
    project.git(&["checkout", "-q", "main"]);
    project.commit("src/b.rs", "b\n", "Second (#2)\n\nCloses #1");
    project.step(&["merge", "-q", "--no-ff", "-m", "Merge side", "side"]);
    project.git(&["mv", "src/b.rs", "src/c.rs"]);
    project.commit_all("Rename");
    project.git(&["rm", "-q", "src/a.rs"]);
    project.commit_all("Delete\u{1}\u{2}");
    project.commit_all("Empty");
    project.tag("v1.0.0");
    project
}

#[test]
fn every_commit_is_there_once_with_what_it_touched_and_parents_come_first() {
    let read = varied().read();
    assert!(read.whole && read.added == 7);
    let expected: [(&str, &[&str]); 7] = [
        ("AMQ-1: begin", &["src/a.rs"]),
        ("Second (#2)", &["src/b.rs"]),
        ("A name with a line break", &["we ird\n\"x\".rs"]),
        ("Merge side", &[]),
        ("Rename", &["src/b.rs", "src/c.rs"]),
        ("Delete\u{1}\u{2}", &["src/a.rs"]),
        ("Empty", &[]),
    ];
    let mut found = told(&read.history);
    assert_eq!(found[0].0, expected[0].0);
    found[1..3].sort_by_key(|(subject, _)| !subject.starts_with("Second"));
    let expected: Vec<_> = expected
        .iter()
        .map(|(subject, paths)| ((*subject).to_owned(), paths.iter().map(|p| (*p).to_owned()).collect()))
        .collect();
    assert_eq!(found, expected);
    for (place, commit) in read.history.commits() {
        assert!(commit.parents.iter().all(|parent| *parent < place));
    }
    assert_eq!(read.history.naming("#1").len(), 1);
    let first = read.history.get(0).unwrap();
    assert_eq!((read.history.author(first), first.authored_at), ("Ann", 1_700_086_400));
}

#[test]
fn git_and_the_library_read_the_same() {
    let project = varied();
    let repository = project.open();
    let tips: Vec<CommitId> = repository.refs().unwrap().all.iter().map(|one| one.commit).collect();
    let (mut git, mut library) = (History::default(), History::default());
    with_git(&repository, &tips, &[], &|| false, &mut |raw| {
        git.add(raw);
    })
    .unwrap();
    assert!(
        walk(&repository, &tips, &[], &|| false, &mut |raw| {
            library.add(raw);
        })
        .unwrap()
    );
    let sorted = |history: &History| {
        let mut told = told(history);
        told.sort();
        told
    };
    assert_eq!((git.len(), sorted(&git)), (7, sorted(&library)));
}

#[test]
fn only_what_is_new_is_read_again_and_a_branch_that_was_written_anew_keeps_both() {
    let mut project = varied();
    let first = project.read();
    let again = project.read_on(first.history);
    assert_eq!((again.added, again.piece.is_none()), (0, true));

    let gone = project.commit("d.rs", "d\n", "To be written anew");
    let second = project.read_on(again.history);
    assert_eq!(second.added, 1);
    project.git(&["reset", "-q", "--hard", "HEAD~1"]);
    let kept = project.commit("d.rs", "dd\n", "Written anew");
    project.git(&["reflog", "expire", "--expire=now", "--all"]);
    project.git(&["gc", "-q", "--prune=now"]);
    assert!(!project.open().has(gone));
    let third = project.read_on(second.history);
    assert_eq!((third.added, third.whole), (1, true));
    assert!(third.history.place(gone).is_some() && third.history.place(kept).is_some());
    let pieces = [first.piece.unwrap(), second.piece.unwrap(), third.piece.unwrap()];
    let loaded = History::load(pieces.iter().map(Vec::as_slice)).unwrap();
    assert_eq!(told(&loaded), told(&third.history));
}

#[test]
fn reading_stops_when_it_is_asked_to() {
    let project = varied();
    let stopped = super::update(&project.open(), History::default(), &|_| {}, &|| true);
    assert_eq!(stopped.err().unwrap().code(), "cancelled");
}
