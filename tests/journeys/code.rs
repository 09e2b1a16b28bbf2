//! Product repositories: added where they lie, read, asked, forgotten.

use crate::support::Workspace;
use serde_json::{Value, json};
use std::{path::Path, process::Command};

/// Git as a person would run it, with nothing of this machine's settings.
pub fn git(dir: &Path, args: &[&str]) -> String {
    let mut git = Command::new("git");
    git.current_dir(dir).args(["-c", "commit.gpgsign=false"]).args(args);
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    for who in ["AUTHOR", "COMMITTER"] {
        git.env(format!("GIT_{who}_NAME"), "Ann").env(format!("GIT_{who}_EMAIL"), "ann@example.org");
    }
    let done = git.output().unwrap();
    assert!(done.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).trim().to_owned()
}

pub fn commit(dir: &Path, path: &str, text: &str, message: &str) {
    let file = dir.join(path);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, text).unwrap();
    git(dir, &["add", "-A"]);
    git(dir, &["commit", "-q", "-m", message]);
}

fn names(releases: &Value) -> Vec<&str> {
    releases["releases"].as_array().unwrap().iter().map(|release| release["name"].as_str().unwrap()).collect()
}

pub fn update(workspace: &Workspace, name: &str) -> Value {
    serde_json::to_value(engine::code_update_now(&workspace.engine, Some(name), &|_| {}).unwrap()).unwrap()
}

#[test]
fn a_clone_is_read_where_it_lies_kept_over_a_restart_and_brought_up_to_date() {
    let dir = tempfile::tempdir().unwrap();
    let clone = dir.path().join("shop");
    std::fs::create_dir(&clone).unwrap();
    git(&clone, &["init", "-q", "-b", "main"]);
    commit(&clone, "src/cart.rs", "fn total() {}\n", "SHOP-1: Add the cart");
    git(&clone, &["tag", "v2.2.0"]);
    commit(&clone, "src/cart.rs", "fn total() { round() }\n", "SHOP-2: Round the total");
    git(&clone, &["tag", "v2.2.1"]);

    let workspace = Workspace::new();
    let added = workspace.call("code_add", json!({ "path": clone }));
    assert_eq!((&added["name"], &added["read_at"], &added["commits"]), (&json!("shop"), &json!(null), &json!(0)));
    let read = update(&workspace, "shop");
    assert_eq!((&read[0]["commits"], &read[0]["issues"], &read[0]["newest"]), (&json!(2), &json!(2), &json!("v2.2.1")));
    assert_eq!(names(&workspace.call("code_releases", json!({ "version": "2.2" }))), ["v2.2.0", "v2.2.1"]);

    let workspace = workspace.reopen(|_| {});
    assert_eq!(names(&workspace.call("code_releases", json!({}))), ["v2.2.1", "v2.2.0"]);
    commit(&clone, "src/cart.rs", "fn total() { round(2) }\n", "SHOP-2: Round it right");
    git(&clone, &["tag", "v2.3.0-rc.1"]);
    let job = workspace.call("code_update", json!({ "name": "shop" }));
    assert_eq!((&job["kind"], &job["cancellable"]), (&json!("code"), &json!(true)));
    let done = || workspace.call("jobs_list", json!({}))[0]["state"] != "running";
    while !done() {
        std::thread::yield_now();
    }
    let listed = workspace.call("code_list", json!({}));
    assert_eq!((&listed[0]["commits"], &listed[0]["newest"]), (&json!(3), &json!("v2.2.1")), "{listed}");
    assert_eq!(names(&workspace.call("code_releases", json!({})))[0], "v2.3.0-rc.1");

    workspace.call("code_remove", json!({ "name": "shop" }));
    assert_eq!(workspace.call("code_list", json!({})), json!([]));
    assert_eq!(git(&clone, &["status", "--porcelain"]), "", "the clone is as it was");
}

#[test]
fn many_updates_are_kept_as_few_pieces_and_say_the_same() {
    let dir = tempfile::tempdir().unwrap();
    git(dir.path(), &["init", "-q", "-b", "main"]);
    let workspace = Workspace::new();
    commit(dir.path(), "a", "0", "AMQ-1 first");
    workspace.call("code_add", json!({ "path": dir.path(), "name": "amq" }));
    for at in 1..20 {
        commit(dir.path(), "a", &at.to_string(), "AMQ-2 more");
        assert_eq!(update(&workspace, "amq")[0]["commits"], json!(at + 1));
    }
    let workspace = workspace.reopen(|_| {});
    let listed = workspace.call("code_list", json!({}));
    assert_eq!((&listed[0]["commits"], &listed[0]["issues"]), (&json!(20), &json!(2)));
}

#[test]
fn what_cannot_be_added_says_why() {
    let dir = tempfile::tempdir().unwrap();
    let workspace = Workspace::new();
    let fail = |name: &str, args: Value| workspace.try_call(name, args).unwrap_err();
    let code = |args: Value| fail("code_add", args);
    assert_eq!(code(json!({ "path": dir.path() })), "no_repository");
    for address in
        ["http://example.org/shop.git", "https://ann:secret@example.org/shop.git", "ext://sh/touch", "git@-x:shop"]
    {
        assert_eq!(code(json!({ "path": address })), "repository_address", "{address}");
    }
    assert_eq!(code(json!({ "path": "ext::sh -c touch% canary" })), "no_repository");
    assert_eq!(fail("code_releases", json!({})), "no_repository_added");
    for name in ["a", "b"] {
        let path = dir.path().join(name);
        std::fs::create_dir(&path).unwrap();
        git(&path, &["init", "-q"]);
        workspace.call("code_add", json!({ "path": path }));
    }
    assert_eq!(code(json!({ "path": dir.path().join("b"), "name": "a" })), "repository_taken");
    assert_eq!(fail("code_releases", json!({})), "which_repository");
    assert_eq!(fail("code_releases", json!({ "repo": "c" })), "not_found");
}

#[test]
fn a_fix_is_followed_to_its_releases_and_judged_for_what_the_customer_runs() {
    let dir = tempfile::tempdir().unwrap();
    git(dir.path(), &["init", "-q", "-b", "main"]);
    commit(dir.path(), "cart.rs", "fn total() {}\n", "Add the cart");
    git(dir.path(), &["tag", "v2.2.0"]);
    commit(dir.path(), "cart.rs", "fn total() { round() }\n", "SHOP-2: Round the total");
    let fix = git(dir.path(), &["rev-parse", "HEAD"]);
    git(dir.path(), &["tag", "v2.3.0"]);
    git(dir.path(), &["checkout", "-q", "-b", "2.2.x", "v2.2.0"]);
    git(dir.path(), &["cherry-pick", &fix]);
    git(dir.path(), &["commit", "--amend", "-q", "-m", "Round the total, for the old line"]);
    git(dir.path(), &["tag", "v2.2.1"]);
    git(dir.path(), &["checkout", "-q", "main"]);
    let workspace = Workspace::new();
    workspace.call("code_add", json!({ "path": dir.path(), "name": "shop" }));
    update(&workspace, "shop");

    let asked = |reference: &str, version: &str| {
        let told = workspace.call("code_fix", json!({ "reference": reference, "version": version }));
        let text = |field: &str| told[field].as_str().unwrap_or("-").to_owned();
        [text("state"), text("verdict"), text("since"), text("upgrade_to")].join(" ")
    };
    assert_eq!(asked("SHOP-2", "2.2.0"), "released fixed_later - v2.2.1");
    assert_eq!(asked("SHOP-2", "2.2.1"), "released fixed_in_yours v2.2.1 -");
    assert_eq!(asked(&fix[..9], "2.3"), "released fixed_in_yours v2.3.0 -");
    assert_eq!(asked("SHOP-2", "2.2"), "released unknown - -", "2.2.0 and 2.2.1 differ");
    assert_eq!(asked("SHOP-2", "9.9"), "released unknown - -");
    assert_eq!(asked("SHOP-9", "2.2.0"), "none unknown - -");
    // Somebody says that the commit is none of it, and takes that back.
    let unlink = |reference: &str, unlink: bool| {
        workspace.try_call("code_unlink", json!({ "reference": reference, "commit": &fix[..9], "unlink": unlink }))
    };
    unlink("SHOP-2", true).unwrap();
    assert_eq!(asked("SHOP-2", "2.2.0"), "none unknown - -");
    unlink("SHOP-2", false).unwrap();
    assert_eq!(asked("SHOP-2", "2.2.1"), "released fixed_in_yours v2.2.1 -");
    assert_eq!(unlink("SHOP-7", true).unwrap_err(), "bad_input");
    let told = workspace.call("code_fix", json!({ "reference": "SHOP-2" }));
    assert_eq!(told["first_release"], json!({ "2.2": "v2.2.1", "2.3": "v2.3.0" }));
    let why: Vec<_> =
        told["commits"].as_array().unwrap().iter().map(|commit| commit["why"].as_str().unwrap()).collect();
    assert!(why.contains(&"named") && why.contains(&"same_patch"), "{told}");

    workspace.import(
        &json!({ "kind": "ticket", "id": "SHOP-9", "subject": "Too late", "created_at": "2026-01-01T00:00:00Z" })
            .to_string(),
    );
    assert_eq!(asked("SHOP-9", "2.2.0"), "reported unknown - -");
    // The clone is on a disk that was taken away: what was read of it still answers.
    std::fs::rename(dir.path().join(".git"), dir.path().join("away")).unwrap();
    let workspace = workspace.reopen(|_| {});
    let told = workspace.call("code_fix", json!({ "reference": "SHOP-2", "version": "2.2.0" }));
    assert_eq!((&told["state"], &told["upgrade_to"]), (&json!("released"), &json!("v2.3.0")));
}

#[test]
fn a_fix_is_deployed_where_a_release_with_it_runs_and_verified_when_the_team_says_so() {
    let dir = tempfile::tempdir().unwrap();
    git(dir.path(), &["init", "-q", "-b", "main"]);
    commit(dir.path(), "a", "1", "Begin");
    git(dir.path(), &["tag", "v1.0.0"]);
    commit(dir.path(), "a", "2", "SHOP-2: Round the total");
    git(dir.path(), &["tag", "v1.1.0"]);
    let workspace = Workspace::new();
    workspace.call("code_add", json!({ "path": dir.path(), "name": "shop" }));
    update(&workspace, "shop");
    let told = || {
        let fix = workspace.call("code_fix", json!({ "reference": "SHOP-2" }));
        let names: Vec<String> =
            fix["deployed"].as_array().unwrap().iter().map(|one| one["environment"].as_str().unwrap().into()).collect();
        (fix["state"].as_str().unwrap().to_owned(), names.join(" "))
    };
    let deploy = |environment: &str, version: &str, at: &str| {
        let deploys = [json!({ "environment": environment, "version": version, "at": at })];
        workspace.try_call("code_deploys_add", json!({ "deploys": deploys }))
    };
    deploy("production", "1.0", "2026-01-01").unwrap();
    assert_eq!(told(), ("released".into(), String::new()));
    deploy("staging", "v1.1.0", "2026-01-02").unwrap();
    assert_eq!(told(), ("deployed".into(), "staging".into()));
    deploy("production", "1.1.0", "2026-01-03").unwrap();
    assert_eq!(told(), ("deployed".into(), "production staging".into()));
    // Rolled back: what counts is what runs now, in whatever order it is told.
    deploy("production", "1.0.0", "2026-01-05").unwrap();
    deploy("production", "1.1.0", "2026-01-04").unwrap();
    assert_eq!(told(), ("deployed".into(), "staging".into()));
    assert_eq!(deploy("production", "9.9", "2026-01-06").unwrap_err(), "not_found");
    assert_eq!(deploy(" ", "1.0.0", "2026-01-06").unwrap_err(), "bad_input");
    workspace.call("code_deploys_remove", json!({ "environment": "staging" }));
    assert_eq!(told(), ("released".into(), String::new()));
    let workspace = workspace.reopen(|_| {});
    assert_eq!(workspace.call("code_deploys", json!({}))["deploys"].as_array().unwrap().len(), 4);
    workspace.import(
        &json!({ "kind": "known_error", "id": "SHOP-2", "title": "Totals", "state": "fix_verified", "created_at": "2026-01-01T00:00:00Z" })
            .to_string(),
    );
    assert_eq!(workspace.call("code_fix", json!({ "reference": "SHOP-2" }))["state"], json!("verified"));
}

#[test]
fn every_repository_is_asked_for_a_fix_and_the_one_that_has_come_furthest_goes_first() {
    let (docs, shop) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let workspace = Workspace::new();
    for (dir, name) in [(&docs, "docs"), (&shop, "shop")] {
        git(dir.path(), &["init", "-q", "-b", "main"]);
        commit(dir.path(), "a", name, "Begin");
        git(dir.path(), &["tag", "v1.0.0"]);
        git(dir.path(), &["remote", "add", "origin", &format!("git@git.acme.example:acme/{name}.git")]);
        commit(dir.path(), "a", "fixed", "SHOP-2: Say how totals are rounded (fixes #7)");
    }
    git(shop.path(), &["tag", "v1.1.0"]);
    for (dir, name) in [(&docs, "docs"), (&shop, "shop")] {
        workspace.call("code_add", json!({ "path": dir.path(), "name": name }));
        update(&workspace, name);
    }
    let told = |asked: Value| {
        let told = workspace.call("code_fix", asked);
        let also: Vec<String> = told["also"]
            .as_array()
            .unwrap()
            .iter()
            .map(|other| format!("{} {}", other["repo"].as_str().unwrap(), other["state"].as_str().unwrap()))
            .collect();
        (told["repo"].as_str().unwrap().to_owned(), told["state"].as_str().unwrap().to_owned(), also.join(", "))
    };
    let is = |repo: &str, state: &str, also: &str| (repo.to_owned(), state.to_owned(), also.to_owned());
    assert_eq!(told(json!({ "reference": "SHOP-2" })), is("shop", "released", "docs merged"));
    assert_eq!(told(json!({ "reference": "#7" })), is("shop", "released", "docs merged"));
    assert_eq!(told(json!({ "reference": "SHOP-2", "repo": "docs" })), is("docs", "merged", ""));
    let address = "https://git.acme.example/acme/docs/issues/7";
    assert_eq!(told(json!({ "reference": address })), is("docs", "merged", ""), "an address names its repository");
}

#[test]
fn the_frames_of_a_trace_show_the_lines_of_the_customers_version() {
    let dir = tempfile::tempdir().unwrap();
    git(dir.path(), &["init", "-q", "-b", "main"]);
    let path = "core/src/main/java/org/acme/Cart.java";
    commit(dir.path(), path, "class Cart {\n  void total() {\n    round();\n", "Cart");
    git(dir.path(), &["tag", "v2.2.0"]);
    commit(dir.path(), path, "// A cart\nclass Cart {\n  void total() {\n    round();\n", "Explain");
    let workspace = Workspace::new();
    workspace.call("code_add", json!({ "path": dir.path(), "name": "shop" }));
    update(&workspace, "shop");
    let trace = "java.lang.NullPointerException: x\n\tat org.acme.Cart.total(Cart.java:3)\n\tat org.acme.Cart.gone(Cart.java:99)\n\tat org.other.Main.main(Main.java:1)";
    let told = |args: Value| {
        let found = workspace.call("code_frames", args);
        let frames = found["frames"].as_array().unwrap().clone();
        frames
            .into_iter()
            .map(|frame| (frame["path"].clone(), frame["line"].clone(), frame["text"].clone()))
            .collect::<Vec<_>>()
    };
    let none = json!(null);
    assert_eq!(
        told(json!({ "text": trace, "version": "2.2" })),
        [
            (json!(path), json!(3), json!("    round();")),
            (json!(path), none.clone(), none.clone()),
            (none.clone(), none.clone(), none.clone())
        ]
    );
    assert_eq!(told(json!({ "text": trace }))[0].2, json!("  void total() {"), "on the main branch it is another line");
    // The function, the lines around it, and whether this is what was built.
    let found = workspace.call("code_frames", json!({ "text": trace, "version": "2.2" }));
    let first = &found["frames"][0];
    assert_eq!((&first["symbol"], &first["differs"]), (&json!("Cart.total"), &json!(false)), "{first}");
    let shown = git(dir.path(), &["show", &format!("v2.2.0:{path}")]);
    for near in first["near"].as_array().unwrap() {
        let line = near["line"].as_u64().unwrap() as usize;
        assert_eq!(near["text"].as_str().unwrap(), shown.lines().nth(line - 1).unwrap());
    }
    assert_eq!(first["near"].as_array().unwrap().len(), shown.lines().count().min(7));
    assert_eq!(found["frames"][1]["differs"], json!(true), "there is no line 99");
    let elsewhere = trace.replace("Cart.total(", "Cart.refund(");
    let found = workspace.call("code_frames", json!({ "text": elsewhere, "version": "2.2" }));
    assert_eq!(found["frames"][0]["differs"], json!(true), "the line lies in another function");
    let unknown = workspace.try_call("code_frames", json!({ "text": trace, "version": "9.9" }));
    assert_eq!(unknown.unwrap_err(), "not_found");
}

#[test]
fn what_changed_since_the_release_before_is_ranked_with_parts_that_sum_and_files_to_look_at() {
    let dir = tempfile::tempdir().unwrap();
    git(dir.path(), &["init", "-q", "-b", "main"]);
    let path = "core/src/main/java/org/acme/Cart.java";
    let cart = |body: &str| format!("class Cart {{\n  void total() {{\n    {body};\n  }}\n}}\n");
    commit(dir.path(), path, &cart("sum()"), "SHOP-1: Cart");
    git(dir.path(), &["tag", "v2.1.0"]);
    commit(dir.path(), path, &cart("round()"), "SHOP-2: Round the total");
    commit(dir.path(), "docs/a.md", "a", "Write about shipping");
    git(dir.path(), &["tag", "v2.2.0"]);
    commit(dir.path(), path, &cart("floor()"), "SHOP-3: Too late");
    let workspace = Workspace::new();
    workspace.call("code_add", json!({ "path": dir.path(), "name": "shop" }));
    update(&workspace, "shop");
    let text = "Totals are wrong\njava.lang.NullPointerException: x\n\tat org.acme.Cart.total(Cart.java:3)";
    let found = workspace.call("code_changes", json!({ "question": { "text": text }, "to": "2.2" }));
    assert_eq!((&found["from"], &found["to"], &found["found"]), (&json!("v2.1.0"), &json!("v2.2.0"), &json!(1)));
    let first = &found["changes"][0];
    assert_eq!(
        (&first["subject"], &first["near"]),
        (&json!("SHOP-2: Round the total"), &json!("same_line")),
        "{first}"
    );
    assert_eq!(
        (&first["release"], &first["issues"], &first["author"]),
        (&json!("v2.2.0"), &json!([{ "key": "SHOP-2", "id": null, "url": null }]), &json!("Ann"))
    );
    for told in [first, &found["files"][0]] {
        let parts = told["parts"].as_array().unwrap();
        let sum: f64 = parts.iter().map(|part| part["points"].as_f64().unwrap()).sum();
        assert!((sum - told["score"].as_f64().unwrap()).abs() < 1e-9 && !parts.is_empty(), "{told}");
    }
    assert_eq!(found["files"][0]["path"], json!(path));
    // By the name of a file alone, between versions that somebody names.
    let found = workspace.call("code_changes", json!({ "from": "2.2", "paths": [path] }));
    assert_eq!(
        (&found["changes"][0]["subject"], &found["changes"][0]["release"]),
        (&json!("SHOP-3: Too late"), &json!(null))
    );
    // A question from before a commit was made does not know of it.
    let asked = json!({ "question": { "text": text, "as_of": "2001-01-01T00:00:00Z" }, "to": "2.2" });
    assert_eq!(workspace.call("code_changes", asked)["found"], json!(0));
    let unknown = workspace.try_call("code_changes", json!({ "to": "9.9" }));
    assert_eq!(unknown.unwrap_err(), "not_found");
}
