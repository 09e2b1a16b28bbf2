//! Two clones of one shared folder, with the installed git.

use super::{Choice, Outcome, Team};
use crate::{Address, Edit, Error, Kind, Shelf};
use domain::Millis;
use std::{
    fs,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

const NOW: Millis = Millis(1_764_000_000_000);
const GO_ON: &dyn Fn() -> bool = &|| false;

struct Laptop {
    root: PathBuf,
    team: Team,
}

impl Laptop {
    fn new(team: Team, root: &Path, name: &str) -> Self {
        let mut config = team.git.config().unwrap();
        config.set_str("user.name", name).unwrap();
        config.set_str("user.email", "somebody@example.org").unwrap();
        Self { root: root.into(), team }
    }

    fn clone(shared: &Path, root: &Path, name: &str) -> Self {
        let address = Address::read(&shared.display().to_string()).unwrap();
        Self::new(Team::clone(&address, root, GO_ON).unwrap(), root, name)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap()
    }

    fn hash(&self) -> String {
        Shelf::open(&self.root).unwrap().read().unwrap().hash
    }

    fn pull(&self) -> Outcome {
        self.team.keep(None, NOW).unwrap();
        self.team.get(GO_ON).unwrap();
        self.team.meet(NOW).unwrap()
    }

    fn push(&self) {
        assert!(!matches!(self.pull(), Outcome::Waits(_)));
        assert!(self.team.give(None, GO_ON).unwrap());
    }
}

/// A shared folder with one known error, and two laptops that have it.
fn two() -> (TempDir, Laptop, Laptop) {
    let dir = tempfile::tempdir().unwrap();
    let (shared, first) = (dir.path().join("shared"), dir.path().join("ann"));
    let shelf = Shelf::make(&first).unwrap();
    shelf
        .add(Kind::KnownError, "KE-1", "---\nid: KE-1\nstate: identified\nowner: Ann\n---\n# Stalls\n\none\n\ntwo\n")
        .unwrap();
    let ann = Laptop::new(Team::begin(&first).unwrap(), &first, "Ann");
    ann.team.share(&Address::read(&shared.display().to_string()).unwrap()).unwrap();
    ann.push();
    let ben = Laptop::clone(&shared, &dir.path().join("ben"), "Ben");
    (dir, ann, ben)
}

const KE: &str = "known-errors/KE-1.md";

#[test]
fn what_one_shares_the_other_has_byte_for_byte() {
    let (_dir, ann, ben) = two();
    assert_eq!(ann.hash(), ben.hash());
    ben.write("articles/crlf.md", "---\r\nid: crlf\r\n---\r\ntext\r\n");
    fs::remove_file(ben.root.join(KE)).unwrap();
    ben.push();
    assert!(matches!(ann.pull(), Outcome::Taken(2)));
    assert_eq!(ann.read("articles/crlf.md"), "---\r\nid: crlf\r\n---\r\ntext\r\n");
    assert!(!ann.root.join(KE).exists());
    assert_eq!(ann.hash(), ben.hash());
    assert!(ann.team.edited().unwrap().is_empty() && ben.team.edited().unwrap().is_empty());
}

#[test]
fn edits_of_different_fields_and_lines_meet_without_a_question_and_both_end_the_same() {
    let (_dir, ann, ben) = two();
    ann.write(KE, &ann.read(KE).replace("identified", "fix_in_progress").replace("two", "second"));
    ben.write(KE, &ben.read(KE).replace("owner: Ann", "owner: Ben").replace("one", "first"));
    ann.push();
    ben.push();
    assert_eq!(ann.pull(), Outcome::Taken(1));
    assert_eq!(ann.read(KE), "---\nid: KE-1\nstate: fix_in_progress\nowner: Ben\n---\n# Stalls\n\nfirst\n\nsecond\n");
    assert_eq!(ann.hash(), ben.hash());
    let authors: Vec<_> = ann.team.history(KE).unwrap().into_iter().map(|past| (past.author, past.edit)).collect();
    // The merge changed what neither side had: the file with both edits.
    assert_eq!(authors.len(), 4, "{authors:?}");
    assert_eq!(authors.last().unwrap(), &("Ann".to_owned(), Edit::Added));
}

#[test]
fn a_true_conflict_loses_neither_side_and_waits_until_somebody_chose() {
    let (_dir, ann, ben) = two();
    ann.write(KE, &ann.read(KE).replace("identified", "wont_fix"));
    ann.write("articles/a.md", "new\n");
    ann.push();
    let own = ben.read(KE).replace("identified", "closed");
    ben.write(KE, &own);
    assert_eq!(ben.pull(), Outcome::Waits(vec![KE.into()]));
    // Nothing here changed, and nothing was given to the team.
    assert_eq!(ben.read(KE), own);
    assert!(!ben.root.join("articles/a.md").exists());
    assert!(!ben.team.give(None, GO_ON).unwrap());
    let [conflict] = &ben.team.conflicts().unwrap()[..] else { panic!() };
    assert_eq!((conflict.asked.places.as_slice(), conflict.settled), (&["state".to_owned()][..], false));
    assert!(
        conflict.ours.as_ref().unwrap().contains("closed") && conflict.theirs.as_ref().unwrap().contains("wont_fix")
    );
    let marked = ben.team.settle(KE, &Choice::Text(conflict.asked.text.clone()));
    assert_eq!(marked.unwrap_err().code(), "still_marked");

    // What was chosen counts for these two sides alone.
    ben.team.settle(KE, &Choice::Theirs).unwrap();
    assert_eq!(ben.team.standing().unwrap().conflicts, 0);
    ben.write(KE, &own.replace("closed", "regressed"));
    assert_eq!(ben.pull(), Outcome::Waits(vec![KE.into()]));
    ben.team.settle(KE, &Choice::Text(own.replace("closed", "both read"))).unwrap();
    assert!(matches!(ben.team.meet(NOW).unwrap(), Outcome::Taken(_)));
    ben.push();
    ann.pull();
    assert_eq!(ann.read(KE), own.replace("closed", "both read"));
    assert_eq!((ann.hash(), ben.read("articles/a.md").as_str()), (ben.hash(), "new\n"));
    assert!(!ben.team.git.path().join("precedent").exists(), "a choice is left of a meeting that is over");
}

#[test]
fn one_took_a_file_away_that_the_other_changed_and_the_choice_holds_on_both() {
    for (choice, there) in [(Choice::Ours, true), (Choice::Theirs, false)] {
        let (_dir, ann, ben) = two();
        fs::remove_file(ann.root.join(KE)).unwrap();
        ann.push();
        ben.write(KE, "changed\n");
        assert_eq!(ben.pull(), Outcome::Waits(vec![KE.into()]));
        ben.team.settle(KE, &choice).unwrap();
        ben.push();
        ann.pull();
        assert_eq!((ann.root.join(KE).exists(), ben.root.join(KE).exists()), (there, there));
        assert_eq!(ann.hash(), ben.hash());
    }
}

#[test]
fn without_a_name_nothing_is_committed_and_it_is_said_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    Shelf::make(dir.path()).unwrap();
    let team = Team::begin(dir.path()).unwrap();
    let mut config = team.git.config().unwrap();
    config.set_str("user.name", "").unwrap();
    let refused = team.keep(None, NOW).unwrap_err();
    assert!(matches!(refused, Error::NoIdentity) && refused.to_string().contains("git config --global user.name"));
    assert!(team.ours().unwrap().is_none());
}

#[test]
fn neither_hooks_nor_settings_of_a_repository_run_anything() {
    let (dir, ann, ben) = two();
    let canary = dir.path().join("canary");
    let touch = format!("touch {}", canary.display());
    let hook = |git: &Path, name: &str| {
        let file = git.join("hooks").join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, format!("#!/bin/sh\n{touch}\n")).unwrap();
        #[cfg(unix)]
        fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    };
    for name in ["pre-commit", "post-commit", "pre-push", "post-merge", "post-checkout", "reference-transaction"] {
        hook(&ann.root.join(".git"), name);
    }
    for name in ["pre-receive", "update", "post-receive", "post-update", "reference-transaction", "proc-receive"] {
        hook(&dir.path().join("shared"), name);
    }
    ann.write(".gitattributes", "*.md filter=evil\n");
    ann.write("articles/a.md", "a\n");
    ann.push();
    ben.push();
    assert!(!canary.exists(), "a hook ran");
    for (name, value) in [
        ("filter.evil.clean", touch.as_str()),
        ("core.sshCommand", &touch),
        ("credential.helper", &touch),
        ("remote.origin.uploadpack", &touch),
        ("url.ext::.insteadOf", "/"),
        ("include.path", "/tmp/other"),
        ("core.worktree", "/"),
        ("http.proxy", "http://elsewhere"),
    ] {
        let mut config = ann.team.git.config().unwrap();
        config.set_str(name, value).unwrap();
        for refused in [ann.team.get(GO_ON).unwrap_err(), ann.team.give(None, GO_ON).unwrap_err()] {
            assert_eq!(refused.code(), "knowledge_setting", "{name}: {refused}");
        }
        config.remove(name).unwrap();
    }
    assert!(!canary.exists(), "a setting ran");
}

#[test]
fn a_file_that_somebody_is_editing_is_not_written_over() {
    let (_dir, ann, ben) = two();
    ann.write("README.md", "theirs\n");
    ann.push();
    ben.team.get(GO_ON).unwrap();
    ben.write("README.md", "being edited\n");
    let refused = ben.team.meet(NOW).unwrap_err();
    assert!(matches!(&refused, Error::InTheWay(paths) if paths == &["README.md"]), "{refused}");
    assert_eq!(ben.read("README.md"), "being edited\n");
}

#[test]
fn who_wrote_a_line_is_said_and_what_is_not_committed_is_nobodys_yet() {
    let (_dir, ann, ben) = two();
    ben.write(KE, &ben.read(KE).replace("two", "second"));
    ben.push();
    ann.pull();
    ann.write(KE, &(ann.read(KE) + "three\n"));
    let lines = ann.team.blame(KE).unwrap();
    let by = |text: &str| lines.iter().find(|line| line.text == text).map(|line| line.author.as_str());
    assert_eq!((by("one"), by("second"), by("three")), (Some("Ann"), Some("Ben"), Some("")));
    let [diff] = &ann.team.diff(None, None).unwrap()[..] else { panic!() };
    assert!(diff.path == KE && diff.patch.contains("+three"), "{}", diff.patch);
    let second = ann.team.history(KE).unwrap()[0].commit.clone();
    let of_commit = ann.team.diff(Some(KE), Some(&second[..8])).unwrap();
    assert!(of_commit[0].patch.contains("-two\n+second"), "{}", of_commit[0].patch);
    assert!(ann.team.diff(None, Some("HEAD")).is_err() && ann.team.diff(None, Some("--output=x")).is_err());
}

#[test]
fn who_was_slower_gets_first_and_gives_then() {
    let (_dir, ann, ben) = two();
    ann.write("articles/a.md", "a\n");
    ben.write("articles/b.md", "b\n");
    ann.push();
    ben.team.keep(None, NOW).unwrap();
    assert!(!ben.team.give(None, GO_ON).unwrap(), "the team's newest was written over");
    let standing = ben.team.standing().unwrap();
    assert_eq!((standing.ahead, standing.behind, standing.author.as_str()), (1, 0, "Ben"));
    ben.push();
    ann.pull();
    assert_eq!(ann.hash(), ben.hash());
}

#[test]
fn what_somebody_may_not_publish_is_refused_until_it_goes_onto_a_branch_and_a_strangers_commit_is_marked() {
    let (_dir, coach, other) = two();
    coach.write("people.yml", "people:\n  - email: coach@example.org\n    role: coach\n");
    coach.team.git.config().unwrap().set_str("user.email", "coach@example.org").unwrap();
    coach.push();
    let valid = "---\nid: a\ntitle: A\nconfidence: validated\n---\n## Resolution\nDo it.\n";
    // Somebody who is not named writes drafts ...
    other.write("articles/a.md", &valid.replace("validated", "not_validated"));
    other.push();
    // ... and validates nothing, nor does it help to name oneself meanwhile.
    other.write("articles/a.md", valid);
    other.write("people.yml", "people:\n  - email: somebody@example.org\n    role: coach\n");
    other.pull();
    match other.team.give(None, GO_ON) {
        Err(Error::MayNot { role: "candidate", needed: "coach", paths }) => {
            assert_eq!(paths, "articles/a.md, people.yml");
        }
        strange => panic!("{strange:?}"),
    }
    assert!(other.team.give(Some("look/a"), GO_ON).unwrap(), "a branch is for looking at");

    coach.team.get(GO_ON).unwrap();
    let marked = coach.team.marked().unwrap();
    assert!(
        !marked.is_empty() && marked.iter().all(|(_, mark)| mark.as_str() == "unknown"),
        "the draft came: {marked:?}"
    );
    coach.push();
    assert_eq!(coach.team.marked().unwrap(), []);
    coach.write("articles/a.md", valid);
    coach.write("people.yml", "signed: true\npeople:\n  - email: coach@example.org\n    role: coach\n");
    coach.push();
    let third = tempfile::tempdir().unwrap();
    let shared = coach.team.address().unwrap().unwrap();
    let fresh = Team::clone(&shared, &third.path().join("kb"), GO_ON).unwrap();
    coach.write("articles/b.md", "# B\n");
    coach.push();
    fresh.get(GO_ON).unwrap();
    assert_eq!(fresh.marked().unwrap().iter().map(|(_, mark)| mark.as_str()).collect::<Vec<_>>(), ["unsigned"]);
}
