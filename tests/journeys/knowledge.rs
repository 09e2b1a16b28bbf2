//! The team's knowledge as plain files: begun from a ticket, found beside the answer, gone with its file.

use crate::support::{Workspace, precedent};
use serde_json::{Value, json};
use std::{fs, path::Path, process::Command};

const TICKETS: &str = r#"{"kind":"ticket","id":"T-1","subject":"Import stalls for Maria Lindqvist","body":"The import stops at row 4096, write to maria@kunde.example.\n\njava.lang.IllegalStateException: lock 17 is held\n\tat com.acme.harbor.Import.run(Import.java:42)\n\tat com.acme.harbor.Main.main(Main.java:7)","product":"Harbor","version":"5.2","requester":"Maria Lindqvist","created_at":"2026-11-01T08:00:00Z","status":"open"}
{"kind":"ticket","id":"T-2","subject":"Harbor import hangs again","body":"java.lang.IllegalStateException: lock 99 is held\n\tat com.acme.harbor.Import.run(Import.java:42)\n\tat com.acme.harbor.Main.main(Main.java:7)","product":"Harbor","created_at":"2026-11-02T08:00:00Z","status":"open"}
"#;

fn started(dir: &Path) -> (Workspace, std::path::PathBuf) {
    let workspace = Workspace::new();
    workspace.import(TICKETS);
    let folder = dir.join("kb");
    workspace.call("kb_init", json!({ "path": folder }));
    (workspace, folder)
}

fn banner(workspace: &Workspace) -> Value {
    workspace.engine.wait_until_searchable().unwrap();
    workspace.call("seen_before", json!({ "ticket": "T-2" }))["known_error"].clone()
}

#[test]
fn a_known_error_that_was_begun_from_a_ticket_is_met_by_the_next_one_and_goes_with_its_file() {
    let dir = tempfile::tempdir().unwrap();
    let (workspace, folder) = started(dir.path());
    assert_eq!(banner(&workspace), json!(null));
    let made = workspace
        .call("kb_new", json!({ "kind": "known_error", "id": "KE-1", "title": "Import stalls", "ticket": "T-1" }));
    let path = folder.join(made["entry"]["path"].as_str().unwrap());
    let text = fs::read_to_string(&path).unwrap();
    for kept in
        ["product: \"Harbor\"", "affected_versions: [\"5.2\"]", "tickets: [\"files:T-1\"]", "IllegalStateException"]
    {
        assert!(text.contains(kept), "{kept} is not in {text}");
    }
    for taken_out in ["Maria", "maria@", "kunde.example"] {
        assert!(!text.contains(taken_out), "{taken_out} is in {text}");
    }

    // Somebody completes it in an editor.
    let text = text.replace("state: \"identified\"", "state: workaround_available");
    fs::write(&path, text.replace("## Workaround\n", "## Workaround\n1. Stop the import\n2. Start it again\n"))
        .unwrap();
    fs::write(
        &path,
        fs::read_to_string(&path)
            .unwrap()
            .replace("java.lang", "```\njava.lang")
            .replace("\n\n## Environment", "\n```\n\n## Environment"),
    )
    .unwrap();
    assert_eq!(workspace.call("kb_read", json!({}))["changed"], 1);
    let met = banner(&workspace);
    assert_eq!((&met["id"], &met["state"]), (&json!("knowledge:KE-1"), &json!("workaround_available")));
    assert_eq!(met["workaround"], json!(["Stop the import", "Start it again"]));
    let error = workspace.call("known_error_get", json!({ "id": "KE-1" }));
    assert_eq!(error["tickets"][0]["id"], "files:T-1");
    assert_eq!(workspace.call("kb_read", json!({}))["changed"], 0, "read again, nothing is new");

    // It is there after a restart, and gone with its file.
    let workspace = workspace.reopen(|_| {});
    assert_eq!(banner(&workspace)["id"], "knowledge:KE-1");
    fs::remove_file(&path).unwrap();
    assert_eq!(workspace.call("kb_read", json!({}))["gone"], 1);
    assert_eq!(banner(&workspace), json!(null));
}

#[test]
fn what_was_copied_out_and_wiped_comes_back_with_the_same_hash() {
    let dir = tempfile::tempdir().unwrap();
    let (workspace, folder) = started(dir.path());
    for (kind, title) in [("known_error", "One"), ("article", "Two"), ("runbook", "Three"), ("concept", "Four")] {
        workspace.call("kb_new", json!({ "kind": kind, "title": title, "ticket": "T-1" }));
    }
    let before = workspace.call("kb_read", json!({}));
    let out = dir.path().join("out");
    assert_eq!(workspace.call("kb_export", json!({ "path": out }))["files"], 4);
    fs::remove_file(out.join("README.md")).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!(workspace.try_call("kb_read", json!({})).unwrap_err(), "no_knowledge");
    workspace.call("kb_init", json!({ "path": folder }));
    let taken = workspace.call("kb_import", json!({ "path": out }));
    assert_eq!((taken["added"].as_array().unwrap().len(), &taken["left"]), (4, &json!([])));
    assert_eq!(workspace.call("kb_read", json!({}))["hash"], before["hash"]);
}

#[test]
fn nothing_is_guessed_and_nothing_written_over() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = Workspace::new();
    assert_eq!(workspace.try_call("kb_list", json!({})).unwrap_err(), "no_knowledge_chosen");
    assert_eq!(workspace.try_call("kb_open", json!({ "path": dir.path() })).unwrap_err(), "no_knowledge");
    let (workspace, _) = started(dir.path());
    workspace.call("kb_new", json!({ "kind": "article", "title": "Log in" }));
    let table = [
        (json!({ "kind": "article", "title": "Log in" }), "entry_exists"),
        (json!({ "kind": "article", "title": "x", "id": "../x" }), "bad_entry_id"),
        (json!({ "kind": "page", "title": "x" }), "bad_input"),
        (json!({ "kind": "article" }), "bad_input"),
        (json!({ "kind": "article", "ticket": "T-99" }), "not_found"),
    ];
    for (args, code) in table {
        assert_eq!(workspace.try_call("kb_new", args.clone()).unwrap_err(), code, "{args}");
    }
}

/// As git calls it for two people who pulled each other's edits.
#[test]
fn git_merges_edits_of_two_laptops_field_by_field_through_the_command_line() {
    use super::code::{commit, git};
    let dir = tempfile::tempdir().unwrap();
    let repo = dir.path();
    git(repo, &["init", "-q", "-b", "main"]);
    // Where nobody is named, git refuses a merge before it begins.
    git(repo, &["config", "user.name", "Ann"]);
    git(repo, &["config", "user.email", "ann@example.org"]);
    git(
        repo,
        &[
            "config",
            "merge.precedent.driver",
            &format!("\"{}\" kb merge %O %A %B", Path::new(precedent().get_program()).display()),
        ],
    );
    let base = "---\nid: KE-1\nstate: identified\nowner: Anna\n---\n## Issue\nIt stalls.\n";
    fs::write(repo.join(".gitattributes"), "*.md merge=precedent\n").unwrap();
    commit(repo, "known-errors/a.md", base, "Begin");
    git(repo, &["checkout", "-q", "-b", "other"]);
    // The next line to it: git itself would ask.
    commit(repo, "known-errors/a.md", &base.replace("owner: Anna", "owner: Ben"), "Ben owns it");
    git(repo, &["checkout", "-q", "main"]);
    commit(repo, "known-errors/a.md", &base.replace("identified", "fix_in_progress"), "Being fixed");
    git(repo, &["merge", "-q", "-m", "Meet", "other"]);
    let merged = fs::read_to_string(repo.join("known-errors/a.md")).unwrap();
    assert_eq!(merged, base.replace("owner: Anna", "owner: Ben").replace("identified", "fix_in_progress"));

    commit(repo, "known-errors/a.md", &merged.replace("Ben", "Dora"), "Dora owns it");
    git(repo, &["checkout", "-q", "other"]);
    commit(repo, "known-errors/a.md", &base.replace("Anna", "Cleo"), "Cleo owns it");
    let mut conflict = Command::new("git");
    let failed =
        conflict.current_dir(repo).args(["merge", "main"]).env("GIT_CONFIG_GLOBAL", "/dev/null").output().unwrap();
    assert!(!failed.status.success());
    let text = fs::read_to_string(repo.join("known-errors/a.md")).unwrap();
    assert!(text.contains("owner: Cleo") && text.contains("owner: Dora") && text.contains("<<<<<<< ours"), "{text}");
}

#[test]
fn two_workspaces_share_a_folder_and_what_both_changed_waits_until_somebody_chose() {
    let dir = tempfile::tempdir().unwrap();
    let (ann, folder) = started(dir.path());
    ann.call("kb_new", json!({ "kind": "known_error", "id": "KE-1", "title": "Import stalls", "ticket": "T-1" }));
    let (shared, other) = (dir.path().join("shared"), dir.path().join("ben"));
    assert_eq!(ann.call("kb_standing", json!({})), json!(null), "a folder that is no repository stands towards nobody");
    let git = |folder: &Path, args: &[&str]| {
        assert!(Command::new("git").arg("-C").arg(folder).args(args).status().unwrap().success());
    };
    let named = |folder: &Path, name: &str| {
        git(folder, &["config", "user.name", name]);
        git(folder, &["config", "user.email", "somebody@example.org"]);
    };
    git(&folder, &["init", "-q", "-b", "main"]);
    named(&folder, "Ann");
    assert_eq!(ann.call("kb_push", json!({ "to": shared }))["given"], 1);

    let ben = Workspace::new();
    assert_eq!(ben.call("kb_clone", json!({ "address": shared, "path": other }))["known_errors"], 1);
    named(&other, "Ben");
    let edit = |folder: &Path, state: &str| {
        let path = folder.join("known-errors/KE-1.md");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace("\"identified\"", state)).unwrap();
    };
    edit(&folder, "wont_fix");
    edit(&other, "closed");
    assert_eq!(ann.call("kb_push", json!({}))["given"], 1);
    let waits = ben.call("kb_push", json!({}));
    assert_eq!((&waits["outcome"], &waits["given"]), (&json!("waits"), &json!(0)));
    assert_eq!(waits["standing"]["conflicts"], 1);
    let conflicts = ben.call("kb_conflicts", json!({}));
    assert_eq!(conflicts[0]["places"], json!(["state"]));
    // The window puts a choice together from the pieces.
    let chosen: String = conflicts[0]["pieces"]
        .as_array()
        .unwrap()
        .iter()
        .map(|piece| piece["agreed"].as_str().or(piece["theirs"].as_str()).unwrap())
        .collect();
    let done = ben.call("kb_resolve", json!({ "path": "known-errors/KE-1.md", "text": chosen }));
    assert_eq!(done["outcome"], "taken");
    assert_eq!(ben.call("known_error_get", json!({ "id": "KE-1" }))["banner"]["state"], "wont_fix");
    ben.call("kb_push", json!({}));
    ann.call("kb_pull", json!({}));
    assert_eq!(ann.call("kb_status", json!({}))["hash"], ben.call("kb_status", json!({}))["hash"]);
    let past = ann.call("kb_history", json!({ "id": "KE-1" }));
    assert_eq!((&past[0]["author"], &past[0]["edit"]), (&json!("Ben"), &json!("changed")));
    let rows = ann.call("ledger_list", json!({}))["rows"].clone();
    assert_eq!(rows, json!([]), "a folder is no server");
}

/// Nothing listens there: the request stands in the ledger all the same, and what stopped it.
#[test]
fn what_git_asks_a_server_stands_in_the_ledger() {
    let (dir, workspace) = (tempfile::tempdir().unwrap(), Workspace::new());
    let asked = json!({ "address": "https://127.0.0.1:9/team/kb.git", "path": dir.path().join("kb") });
    assert_eq!(workspace.try_call("kb_clone", asked).unwrap_err(), "knowledge_unreachable");
    let row = workspace.call("ledger_list", json!({}))["rows"][0].clone();
    assert_eq!(
        (&row["method"], &row["host"], &row["path"], &row["failed"]),
        (&json!("GIT"), &json!("127.0.0.1:9"), &json!("/team/kb.git"), &json!("knowledge_unreachable"))
    );
}

#[test]
fn commits_are_signed_where_the_persons_git_signs_and_one_that_is_not_is_marked_where_the_team_asks_for_it() {
    if Command::new("ssh-keygen").arg("-?").output().is_err() {
        eprintln!("skipped: ssh-keygen is not installed, so nothing can be signed here");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let key = at("k");
    let made = Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-C", "ann@example.org", "-f"])
        .arg(&key)
        .status();
    assert!(made.unwrap().success());
    let public = fs::read_to_string(at("k.pub")).unwrap();
    fs::write(at("allowed"), format!("ann@example.org {public}")).unwrap();
    let settings = format!(
        "[user]\n name = Ann\n email = ann@example.org\n signingkey = {}\n[gpg]\n format = ssh\n[gpg \"ssh\"]\n allowedSignersFile = {}\n[commit]\n gpgsign = true\n",
        at("k.pub").display(),
        at("allowed").display()
    );
    fs::write(at("gitconfig"), settings).unwrap();
    let run = |home: &str, args: &[&str]| {
        let mut command = precedent();
        command.env("PRECEDENT_HOME", at(home)).env("PRECEDENT_KEY_FILE", at(&format!("{home}.key")));
        let out = command.env("GIT_CONFIG_GLOBAL", at("gitconfig")).args(args).output().unwrap();
        assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8_lossy(&out.stdout).into_owned()
    };
    let git = |args: &[&str]| {
        let out = Command::new("git")
            .current_dir(at("kb"))
            .env("GIT_CONFIG_GLOBAL", at("gitconfig"))
            .args(args)
            .output()
            .unwrap();
        assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8_lossy(&out.stdout).trim().to_owned()
    };
    let (kb, other, shared) =
        (at("kb").display().to_string(), at("kb2").display().to_string(), at("shared").display().to_string());
    run("one", &["kb", "init", &kb]);
    fs::write(at("kb/people.yml"), "signed: true\npeople:\n  - email: ann@example.org\n    role: coach\n").unwrap();
    run("one", &["kb", "push", "--to", &shared]);
    assert_eq!(git(&["log", "--format=%G?"]), "G", "signed, and git can verify it");
    run("two", &["kb", "clone", &shared, &other]);
    fs::write(at("kb/articles/a.md"), "# A\n").unwrap();
    run("one", &["kb", "push"]);
    assert!(!run("two", &["kb", "pull"]).contains("look at"), "what is signed is not marked");
    fs::write(at("kb/articles/b.md"), "# B\n").unwrap();
    git(&["add", "-A"]);
    git(&["-c", "commit.gpgsign=false", "commit", "-qm", "No name on it"]);
    run("one", &["kb", "push"]);
    let told = run("two", &["kb", "pull"]);
    assert!(told.contains("Ann did not sign it (No name on it)"), "{told}");
}
