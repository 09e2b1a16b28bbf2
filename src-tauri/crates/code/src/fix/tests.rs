//! Histories as they happen, made by hand, and the state of a fix in each.

mod evidence;

use super::*;
use crate::testing::Project;

/// State, and the first release of every line.
fn told(project: &Project, asked: &str) -> (FixState, Vec<String>) {
    let read = project.read();
    told_of(project, &read, asked)
}

fn told_of(project: &Project, read: &crate::history::Update, asked: &str) -> (FixState, Vec<String>) {
    told_with(project, read, asked, &[], |fix| {
        (fix.state, fix.first.iter().map(|release| release.name.clone()).collect())
    })
}

/// `told`: commits that a comment of the ticket names.
fn told_with<T>(
    project: &Project,
    read: &crate::history::Update,
    asked: &str,
    told: &[CommitId],
    take: impl FnOnce(&Fix<'_>) -> T,
) -> T {
    let releases = Releases::of(&read.refs);
    let (repository, links) = (project.open(), Links::of(&read.history, &read.refs));
    let (patch, sketch) = (|commit| repository.patch_id(commit), |commit| repository.sketch(commit));
    let file = |commit, path: &str| repository.file_state(commit, path);
    let (history, refs, releases) = (&read.history, &read.refs, &releases);
    let (links, patch, sketch, file) = (&links, &patch, &sketch, &file);
    let sight =
        Sight { history, refs, releases, links, patch, sketch, undone: &|_, _| false, running: &[], told, file };
    take(&follow(&Subject::read(asked, &read.history), &sight))
}

/// What it means for each of these versions, in words.
fn verdicts(project: &Project, asked: &str, versions: &[&str]) -> Vec<String> {
    let read = project.read();
    let releases = Releases::of(&read.refs);
    let (repository, links) = (project.open(), Links::of(&read.history, &read.refs));
    let (patch, sketch) = (|commit| repository.patch_id(commit), |commit| repository.sketch(commit));
    let file = |commit, path: &str| repository.file_state(commit, path);
    let (history, refs, releases) = (&read.history, &read.refs, &releases);
    let (links, patch, sketch, file) = (&links, &patch, &sketch, &file);
    let sight =
        Sight { history, refs, releases, links, patch, sketch, undone: &|_, _| false, running: &[], told: &[], file };
    let fix = follow(&Subject::read(asked, &read.history), &sight);
    let say = |version: &&str| match fix.verdict(&releases.choose(version)) {
        CodeVerdict::Affected => "affected".to_owned(),
        CodeVerdict::FixedInYours { since } => format!("since {}", since.name),
        CodeVerdict::FixedLater { upgrade_to } => format!("upgrade to {}", upgrade_to.name),
        CodeVerdict::Unknown => "unknown".to_owned(),
    };
    versions.iter().map(say).collect()
}

fn is(found: (FixState, Vec<String>), state: FixState, first: &[&str]) {
    assert_eq!((found.0, found.1.iter().map(String::as_str).collect::<Vec<_>>()), (state, first.to_vec()));
}

/// A file of many lines, so that changes in two places are two patches.
fn text(top: &str, bottom: &str) -> String {
    format!("{top}\n{}{bottom}\n", "line\n".repeat(30))
}

fn begun() -> Project {
    let mut project = Project::new();
    project.commit("a.rs", &text("old", "old"), "Begin");
    project.tag("v1.0.0");
    project
}

#[test]
fn nothing_names_it() {
    is(told(&begun(), "AMQ-9"), FixState::None, &[]);
    assert_eq!(verdicts(&begun(), "AMQ-9", &["1.0.0"]), ["unknown"]);
}

#[test]
fn a_merged_branch_is_merged_and_then_released() {
    let mut project = begun();
    project.git(&["checkout", "-q", "-b", "work"]);
    project.commit("a.rs", &text("new", "old"), "AMQ-1: fix it");
    project.git(&["checkout", "-q", "main"]);
    is(told(&project, "AMQ-1"), FixState::InProgress, &[]);
    project.commit("b.rs", "b\n", "Other");
    project.step(&["merge", "-q", "--no-ff", "-m", "Merge work", "work"]);
    is(told(&project, "AMQ-1"), FixState::Merged, &[]);
    assert_eq!(verdicts(&project, "AMQ-1", &["1.0.0"]), ["affected"]);
    project.tag("v1.1.0");
    is(told(&project, "amq-1"), FixState::Released, &["v1.1.0"]);
    assert_eq!(
        verdicts(&project, "AMQ-1", &["1.0.0", "1.1.0", "1.2.0"]),
        ["upgrade to v1.1.0", "since v1.1.0", "unknown"]
    );
}

#[test]
fn a_squashed_pull_request_is_found_by_its_number_while_its_own_commits_stay_in_review() {
    let mut project = begun();
    project.git(&["checkout", "-q", "-b", "work"]);
    project.commit("a.rs", &text("half", "old"), "half of #12");
    let end = project.commit("a.rs", &text("new", "old"), "rest of #12");
    project.git(&["checkout", "-q", "main"]);
    project.git(&["branch", "-q", "-D", "work"]);
    project.git(&["update-ref", "refs/pull/12/head", &end.to_string()]);
    is(told(&project, "#12"), FixState::InReview, &[]);
    project.commit("a.rs", &text("new", "old"), "Fix it (#12)");
    project.tag("v1.0.1");
    is(told(&project, "https://example.org/acme/shop/pull/12"), FixState::Released, &["v1.0.1"]);
}

#[test]
fn a_rebased_commit_is_the_same_fix_by_its_patch() {
    let mut project = begun();
    project.git(&["checkout", "-q", "-b", "work"]);
    let before = project.commit("a.rs", &text("new", "old"), "Fix it");
    project.git(&["checkout", "-q", "main"]);
    project.commit("b.rs", "b\n", "Other");
    project.step(&["rebase", "-q", "main", "work"]);
    project.git(&["update-ref", "refs/pull/3/head", &before.to_string()]);
    project.git(&["checkout", "-q", "main"]);
    project.step(&["merge", "-q", "--ff-only", "work"]);
    project.tag("v1.1.0");
    is(told(&project, &before.to_string()), FixState::Released, &["v1.1.0"]);
}

/// A fix on main, in 2.0.0, picked onto the line of 1.0.
fn picked(flags: &[&str], message: &str) -> Project {
    let mut project = begun();
    project.git(&["branch", "-q", "1.0.x"]);
    project.commit("other.rs", "x\n", "Other");
    let fix = project.commit("a.rs", &text("new", "old"), message);
    project.tag("v2.0.0");
    project.git(&["checkout", "-q", "1.0.x"]);
    let fix = fix.to_string();
    let mut args = vec!["cherry-pick"];
    args.extend(flags);
    args.push(&fix);
    project.step(&args);
    project.tag("v1.0.1");
    project.git(&["checkout", "-q", "main"]);
    project
}

#[test]
fn a_pick_that_says_so_carries_the_fix_to_another_line() {
    let mut project = picked(&["-x"], "Fix it");
    let fix = project.git(&["rev-parse", "v2.0.0"]);
    is(told(&project, &fix[..10]), FixState::Released, &["v1.0.1", "v2.0.0"]);
    assert_eq!(
        verdicts(&project, &fix, &["1.0.0", "1.0.1", "2.0.0"]),
        ["upgrade to v1.0.1", "since v1.0.1", "since v2.0.0"]
    );
    // Also where it had to be changed on the way: then its trailer alone says it.
    project.git(&["checkout", "-q", "-b", "0.9.x", "v1.0.0"]);
    project.commit("a.rs", &text("nearly new", "old"), &format!("Fix it\n\n(cherry picked from commit {fix})"));
    project.tag("v0.9.9");
    project.git(&["checkout", "-q", "main"]);
    is(told(&project, &fix), FixState::Released, &["v0.9.9", "v1.0.1", "v2.0.0"]);
}

#[test]
fn a_pick_that_does_not_say_so_is_known_by_its_patch() {
    let project = picked(&[], "Fix it");
    let fix = project.git(&["rev-parse", "v2.0.0"]);
    is(told(&project, &fix), FixState::Released, &["v1.0.1", "v2.0.0"]);
}

#[test]
fn a_revert_takes_it_back_and_what_was_released_in_between_still_has_it() {
    let mut project = begun();
    project.commit("a.rs", &text("new", "old"), "AMQ-1: fix it");
    project.tag("v1.1.0");
    project.step(&["revert", "--no-edit", "HEAD"]);
    is(told(&project, "AMQ-1"), FixState::Reverted, &["v1.1.0"]);
    project.tag("v1.2.0");
    is(told(&project, "AMQ-1"), FixState::Reverted, &["v1.1.0"]);
    assert_eq!(
        verdicts(&project, "AMQ-1", &["1.0.0", "1.1.0", "1.2.0"]),
        ["affected", "since v1.1.0", "affected"],
        "nobody is sent to what the next release takes away"
    );
}

#[test]
fn a_revert_before_any_release_leaves_no_release() {
    let mut project = begun();
    project.commit("a.rs", &text("new", "old"), "AMQ-1: fix it");
    project.step(&["revert", "--no-edit", "HEAD"]);
    project.tag("v1.1.0");
    is(told(&project, "AMQ-1"), FixState::Reverted, &[]);
}

#[test]
fn a_fix_that_lands_again_counts_from_then_and_so_does_a_revert_of_its_revert() {
    for again in ["revert", "pick"] {
        let mut project = begun();
        let fix = project.commit("a.rs", &text("new", "old"), "AMQ-1: fix it");
        project.step(&["revert", "--no-edit", "HEAD"]);
        project.tag("v1.1.0");
        if again == "revert" {
            project.step(&["revert", "--no-edit", "HEAD"]);
        } else {
            project.step(&["cherry-pick", &fix.to_string()]);
        }
        project.tag("v1.2.0");
        is(told(&project, "AMQ-1"), FixState::Released, &["v1.2.0"]);
        assert_eq!(verdicts(&project, "AMQ-1", &["1.1.0", "1.2.0"]), ["upgrade to v1.2.0", "since v1.2.0"], "{again}");
    }
}

#[test]
fn a_revert_that_was_picked_onto_a_line_takes_the_copy_there_back() {
    let mut project = picked(&["-x"], "AMQ-1: fix it");
    let revert = project.step(&["revert", "--no-edit", "HEAD"]);
    project.tag("v2.1.0");
    project.git(&["checkout", "-q", "1.0.x"]);
    project.step(&["cherry-pick", "-x", &revert.to_string()]);
    project.tag("v1.0.2");
    project.git(&["checkout", "-q", "main"]);
    is(told(&project, "AMQ-1"), FixState::Reverted, &["v1.0.1", "v2.0.0"]);
    assert_eq!(verdicts(&project, "AMQ-1", &["1.0.2", "2.1.0"]), ["affected", "affected"]);
}

#[test]
fn backports_to_two_lines_are_told_for_each() {
    let mut project = picked(&["-x"], "AMQ-1: fix it");
    project.git(&["checkout", "-q", "-b", "0.8.x", "v1.0.0"]);
    project.commit("a.rs", &text("new for the old", "old"), "[AMQ-1] Fix it for the old line");
    project.tag("v0.8.4");
    project.git(&["checkout", "-q", "main"]);
    is(told(&project, "AMQ-1"), FixState::Released, &["v0.8.4", "v1.0.1", "v2.0.0"]);
}

#[test]
fn a_tag_that_was_moved_counts_where_it_is_now() {
    let mut project = begun();
    project.tag("v1.1.0");
    project.commit("a.rs", &text("new", "old"), "AMQ-1: fix it");
    let first = project.read();
    is(told_of(&project, &first, "AMQ-1"), FixState::Merged, &[]);
    project.git(&["tag", "-f", "v1.1.0"]);
    let second = project.read_on(first.history);
    is(told_of(&project, &second, "AMQ-1"), FixState::Released, &["v1.1.0"]);
}

#[test]
fn a_pre_release_is_no_release_yet_and_customers_who_run_it_have_it() {
    let mut project = begun();
    project.commit("a.rs", &text("new", "old"), "AMQ-1: fix it");
    project.tag("v2.0.0-rc.2");
    is(told(&project, "AMQ-1"), FixState::Merged, &[]);
    assert_eq!(verdicts(&project, "AMQ-1", &["1.0.0", "2.0.0-rc.2"]), ["affected", "since v2.0.0-rc.2"]);
    project.commit("b.rs", "b\n", "Other");
    project.tag("v2.0.0");
    is(told(&project, "AMQ-1"), FixState::Released, &["v2.0.0"]);
    assert_eq!(verdicts(&project, "AMQ-1", &["1.0.0", "2.0.0-rc.2"]), ["upgrade to v2.0.0", "since v2.0.0-rc.2"]);
}

#[test]
fn a_file_that_was_renamed_in_between_changes_nothing() {
    let mut project = begun();
    project.commit("a.rs", &text("new", "old"), "AMQ-1: fix it");
    project.git(&["mv", "a.rs", "b.rs"]);
    project.commit_all("Rename");
    project.tag("v1.1.0");
    project.step(&["revert", "--no-edit", "HEAD~1"]);
    project.tag("v1.2.0");
    is(told(&project, "AMQ-1"), FixState::Reverted, &["v1.1.0"]);
}

#[test]
fn a_branch_that_was_written_anew_counts_as_it_is_now_and_its_old_commit_is_told_as_gone() {
    let mut project = begun();
    let gone = project.commit("a.rs", &text("new", "old"), "AMQ-1: fix it");
    let first = project.read();
    project.git(&["reset", "-q", "--hard", "v1.0.0"]);
    project.git(&["reflog", "expire", "--expire=now", "--all"]);
    project.git(&["gc", "-q", "--prune=now"]);
    let second = project.read_on(first.history);
    is(told_of(&project, &second, "AMQ-1"), FixState::None, &[]);
    project.commit("a.rs", &text("new", "newer"), "AMQ-1: fix it well");
    project.tag("v1.1.0");
    let third = project.read_on(second.history);
    is(told_of(&project, &third, "AMQ-1"), FixState::Released, &["v1.1.0"]);
    let releases = Releases::of(&third.refs);
    let sight = Sight {
        history: &third.history,
        refs: &third.refs,
        releases: &releases,
        links: &Links::default(),
        patch: &|_| None,
        sketch: &|_| None,
        undone: &|_, _| false,
        running: &[],
        told: &[],
        file: &|_, _| None,
    };
    let fix = follow(&Subject::Key("AMQ-1".into()), &sight);
    let told: Vec<_> =
        fix.commits.iter().map(|commit| (third.history.get(commit.place).unwrap().id == gone, commit.gone)).collect();
    assert_eq!(told, [(true, true), (false, false)]);
}

#[test]
fn an_octopus_brings_every_arm_in() {
    let mut project = begun();
    for arm in ["one", "two", "three"] {
        project.git(&["checkout", "-q", "-b", arm, "v1.0.0"]);
        project.commit(&format!("{arm}.rs"), "x\n", &format!("AMQ-{}: {arm}", arm.len()));
    }
    project.git(&["checkout", "-q", "main"]);
    project.step(&["merge", "-q", "-m", "Octopus", "one", "two", "three"]);
    project.tag("v1.1.0");
    is(told(&project, "AMQ-3"), FixState::Released, &["v1.1.0"]);
    is(told(&project, "AMQ-5"), FixState::Released, &["v1.1.0"]);
}

#[test]
fn a_forge_s_revert_names_the_pull_request_alone() {
    let mut project = begun();
    project.commit("a.rs", &text("new", "old"), "AMQ-1 Fix it (#7)");
    project.commit("a.rs", &text("old", "old"), "Revert \"AMQ-1 Fix it\" (#8)\n\nReverts acme/shop#7");
    project.tag("v1.1.0");
    is(told(&project, "AMQ-1"), FixState::Reverted, &[]);
}

#[test]
fn a_branch_that_is_called_after_it_is_in_progress_and_its_merge_released_with_all_that_it_brought() {
    let mut project = begun();
    project.commit("b.rs", "1", "AMQ-9: another");
    project.git(&["checkout", "-q", "-b", "amq-1-rounding"]);
    project.commit("a.rs", &text("new", "old"), "Round half up");
    project.git(&["checkout", "-q", "main"]);
    is(told(&project, "AMQ-1"), FixState::InProgress, &[]);
    project.step(&["merge", "-q", "--no-ff", "-m", "Merge branch 'amq-1-rounding'", "amq-1-rounding"]);
    is(told(&project, "AMQ-1"), FixState::Merged, &[]);
    project.tag("v1.1.0");
    // By hand, without a word: the merge's own commit says what it is.
    project.git(&["checkout", "-q", "-b", "1.0.x", "v1.0.0"]);
    project.commit("a.rs", &text("new", "old"), "Rounding");
    project.tag("v1.0.1");
    project.git(&["checkout", "-q", "main"]);
    is(told(&project, "AMQ-1"), FixState::Released, &["v1.0.1", "v1.1.0"]);
}

#[test]
fn what_takes_a_merge_back_takes_back_what_it_brought_and_not_the_other_way_round() {
    for (taken, state) in [("HEAD", FixState::Reverted), ("HEAD^2", FixState::Merged)] {
        let mut project = begun();
        project.git(&["checkout", "-q", "-b", "AMQ-1"]);
        project.commit("b.rs", "1", "One half");
        project.commit("a.rs", &text("new", "old"), "The other half");
        project.git(&["checkout", "-q", "main"]);
        project.step(&["merge", "-q", "--no-ff", "-m", "Merge branch 'AMQ-1'", "AMQ-1"]);
        let mut revert = vec!["revert", "--no-edit"];
        revert.extend(if taken == "HEAD" { &["-m", "1"][..] } else { &[] });
        revert.push(taken);
        project.step(&revert);
        assert_eq!(told(&project, "AMQ-1").0, state, "{taken}");
    }
}
