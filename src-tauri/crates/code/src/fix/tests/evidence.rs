//! What counts besides messages and patches: what tests alone are worth, revisions of Subversion, comments, and files.

use super::*;

#[test]
fn what_touches_tests_alone_does_not_make_a_fix_where_another_commit_does_more() {
    let mut project = begun();
    project.commit("src/test/RoundingTest.java", "fails\n", "AMQ-1: a test that shows it");
    project.tag("v1.1.0");
    let none = told(&project, "AMQ-1");
    is(none, FixState::Released, &["v1.1.0"]);
    project.commit("a.rs", &text("new", "old"), "AMQ-1: fix it");
    project.tag("v1.1.1");
    let read = project.read();
    let found = told_with(&project, &read, "AMQ-1", &[], |fix| {
        (
            fix.first.iter().map(|one| one.name.clone()).collect::<Vec<_>>(),
            fix.commits.iter().map(|one| one.aside).collect::<Vec<_>>(),
        )
    });
    assert_eq!(
        found,
        (vec!["v1.1.1".to_owned()], vec![true, false]),
        "it is told, and it is told that it does not count"
    );
    assert_eq!(verdicts(&project, "AMQ-1", &["1.1.0"]), ["upgrade to v1.1.1"]);
}

/// What `git svn` writes under a commit.
fn svn(message: &str, place: &str, revision: u32) -> String {
    format!("{message}\n\ngit-svn-id: https://svn.example.org/{place}@{revision} 13f79535-47bb-0310-9956-ffa450edef68")
}

/// Two fixes on trunk, and a line before them.
fn from_subversion() -> Project {
    let mut project = begun();
    project.git(&["branch", "-q", "1.0.x"]);
    project.commit("a.rs", &text("new", "old"), &svn("AMQ-1: fix it", "trunk", 820_268));
    project.commit("a.rs", &text("new", "new"), &svn("AMQ-2: another", "trunk", 821_106));
    project.tag("v2.0.0");
    project.git(&["checkout", "-q", "1.0.x"]);
    project
}

#[test]
fn a_merge_that_names_a_revision_of_subversion_carries_its_fix() {
    let mut project = from_subversion();
    project.commit("a.rs", &text("nearly new", "old"), &svn("merging 820268 - rounding", "branches/1.0", 821_000));
    project.tag("v1.0.1");
    project.git(&["checkout", "-q", "main"]);
    is(told(&project, "AMQ-1"), FixState::Released, &["v1.0.1", "v2.0.0"]);
    is(told(&project, "AMQ-2"), FixState::Released, &["v2.0.0"]);
}

#[test]
fn a_merge_of_several_revisions_carries_each_and_makes_none_of_them_the_other() {
    let mut project = from_subversion();
    project.commit(
        "a.rs",
        &text("nearly new", "nearly"),
        &svn("merging 820268,821106 - both", "branches/1.0", 822_000),
    );
    project.tag("v1.0.1");
    project.git(&["checkout", "-q", "main"]);
    let read = project.read();
    for key in ["AMQ-1", "AMQ-2"] {
        is(told_of(&project, &read, key), FixState::Released, &["v1.0.1", "v2.0.0"]);
        let commits = told_with(&project, &read, key, &[], |fix| fix.commits.len());
        assert_eq!(commits, 2, "its own and the merge, and not what the merge brought besides");
    }
}

#[test]
fn what_takes_a_revision_of_subversion_back_takes_its_copies_back() {
    let mut project = from_subversion();
    project.commit("a.rs", &text("nearly new", "old"), &svn("merging 820268 - rounding", "branches/1.0", 821_000));
    project.tag("v1.0.1");
    project.commit("a.rs", &text("old", "old"), &svn("reverting rev 820268 re: AMQ-1", "branches/1.0", 823_000));
    project.tag("v1.0.2");
    project.git(&["checkout", "-q", "main"]);
    is(told(&project, "AMQ-1"), FixState::Released, &["v1.0.1", "v2.0.0"]);
    assert_eq!(verdicts(&project, "AMQ-1", &["1.0.0", "1.0.2"]), ["upgrade to v2.0.0", "upgrade to v2.0.0"]);
}

#[test]
fn a_comment_names_the_commit_that_its_message_does_not() {
    let mut project = begun();
    let fix = project.commit("a.rs", &text("new", "old"), &svn("Round half up", "trunk", 511_084));
    project.tag("v1.1.0");
    let read = project.read();
    let day = 86_400;
    let at = read.history.commits().last().unwrap().1.committed_at;
    let said = |opened: i64, at: i64, text: &str| crate::fix::told(&read.history, opened, [(at, text)]);
    let told = said(at - day, at + day, "Fixed in revision 511084");
    assert_eq!(told, [fix]);
    let why = told_with(&project, &read, "AMQ-1", &told, |fix| (fix.state, fix.commits[0].why));
    assert_eq!(why, (FixState::Released, Why::Told));
    assert_eq!(told_of(&project, &read, "AMQ-1").0, FixState::None, "nobody else says so");
    for (opened, at, text) in [
        (at + 90 * day, at + 91 * day, "Fixed in revision 511084"),
        (at - 9 * day, at - 2 * day, "Fixed in revision 511084"),
        (at - day, at + day, "It still fails with revision 511084"),
        (at - day, at + day, "Fixed in revision 511085"),
    ] {
        assert_eq!(said(opened, at, text), [], "{text}");
    }
}

#[test]
fn a_comment_that_names_another_issue_as_the_fix_brings_its_commits() {
    let mut project = begun();
    let fix = project.commit("a.rs", &text("new", "old"), "AMQ-2: round half up");
    project.tag("v1.1.0");
    let read = project.read();
    let at = read.history.commits().last().unwrap().1.committed_at;
    let told = crate::fix::told(&read.history, at, [(at, "Fixed by AMQ-2")]);
    assert_eq!(told, [fix]);
    let found = told_with(&project, &read, "AMQ-1", &told, |fix| (fix.state, fix.commits[0].why));
    assert_eq!(found, (FixState::Released, Why::Told));
}

/// A tag with a history of its own, as conversions leave them: what a version held, inside a folder.
fn apart(project: &mut Project, tag: &str, of: &str) {
    let tree = project.git(&["rev-parse", &format!("{of}^{{tree}}")]);
    project.git(&["checkout", "-q", "--orphan", "apart"]);
    project.git(&["rm", "-r", "-q", "--cached", "."]);
    project.git(&["clean", "-f", "-d", "-q"]);
    project.git(&["read-tree", "--prefix=shop/", &tree]);
    project.commit_all("Cut it");
    project.tag(tag);
    project.git(&["reset", "-q", "--hard"]);
    project.git(&["checkout", "-q", "main"]);
    project.git(&["branch", "-q", "-D", "apart"]);
}

fn by_files(project: &Project, asked: &str) -> Vec<String> {
    let read = project.read();
    told_with(project, &read, asked, &[], |fix| fix.by_files.iter().map(|one| one.name.clone()).collect())
}

#[test]
fn a_tag_without_a_common_history_has_the_fix_where_its_files_are_as_the_fix_or_what_came_after_left_them() {
    let mut project = begun();
    project.commit("a.rs", &text("new", "old"), "AMQ-1: fix it");
    apart(&mut project, "v1.1.0", "main");
    project.commit("a.rs", &text("newer", "old"), "Other");
    apart(&mut project, "v1.1.1", "main");
    apart(&mut project, "v1.1.2", "v1.0.0");
    is(told(&project, "AMQ-1"), FixState::Released, &["v1.1.0"]);
    assert_eq!(by_files(&project, "AMQ-1"), ["v1.1.0", "v1.1.1"], "the last one was cut from before the fix");
    assert_eq!(verdicts(&project, "AMQ-1", &["1.1.1", "1.1.2"]), ["since v1.1.0", "affected"]);
}

#[test]
fn a_line_onto_which_somebody_carried_the_very_files_has_the_fix() {
    let mut project = begun();
    project.git(&["branch", "-q", "1.0.x"]);
    project.commit("b.rs", &text("b", "b"), "Other");
    project.commit("a.rs", &text("new", "old"), "AMQ-1: fix it");
    project.tag("v2.0.0");
    project.git(&["checkout", "-q", "1.0.x"]);
    project.write("a.rs", text("new", "old"));
    project.write("c.rs", "c");
    project.git(&["add", "-A"]);
    project.commit_all("Ready for 1.0.1");
    project.tag("v1.0.1");
    project.git(&["checkout", "-q", "main"]);
    is(told(&project, "AMQ-1"), FixState::Released, &["v1.0.1", "v2.0.0"]);
    assert_eq!(by_files(&project, "AMQ-1"), ["v1.0.1"]);
}

#[test]
fn files_prove_nothing_that_were_so_before_or_of_what_was_taken_back() {
    // The fix puts back what the line never lost.
    let mut project = begun();
    project.git(&["branch", "-q", "1.0.x"]);
    project.commit("a.rs", &text("broken", "old"), "Break it");
    project.commit("a.rs", &text("old", "old"), "AMQ-1: fix it");
    project.tag("v2.0.0");
    project.git(&["checkout", "-q", "1.0.x"]);
    project.commit("c.rs", "c", "Other");
    project.tag("v1.0.1");
    project.git(&["checkout", "-q", "main"]);
    is(told(&project, "AMQ-1"), FixState::Released, &["v2.0.0"]);
    // What was taken back may have been taken back there too.
    let mut project = begun();
    project.commit("a.rs", &text("new", "old"), "AMQ-1: fix it");
    apart(&mut project, "v1.1.0", "main");
    project.step(&["revert", "--no-edit", "HEAD"]);
    assert_eq!(by_files(&project, "AMQ-1"), Vec::<String>::new());
}

#[test]
fn a_fork_that_had_fallen_behind_brings_the_main_line_along_and_that_is_not_the_fix() {
    let mut project = begun();
    project.git(&["branch", "fork"]);
    project.commit("b.rs", "1", "A typing mistake");
    project.commit("b.rs", "2", "AMQ-9: another");
    project.tag("v1.1.0");
    project.git(&["checkout", "-q", "-b", "AMQ-1"]);
    project.commit("a.rs", &text("new", "old"), "Round half up");
    project.git(&["checkout", "-q", "fork"]);
    project.step(&["merge", "-q", "--no-ff", "-m", "Merge pull request #4 from somebody/AMQ-1", "AMQ-1"]);
    project.git(&["checkout", "-q", "main"]);
    project.commit("a.rs", &text("new", "old"), "AMQ-1: round half up");
    project.tag("v1.2.0");
    is(told(&project, "AMQ-1"), FixState::Released, &["v1.2.0"]);
}
