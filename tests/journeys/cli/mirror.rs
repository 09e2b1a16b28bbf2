//! A repository that is elsewhere: mirrored by its address, through the person's own git and ssh.

use super::{Home, Run};
use crate::journeys::code::{commit, git};
use serde_json::{Value, json};
use std::fs;

const ADDRESS: &str = "git@git.acme.example:acme/shop.git";

/// A home, and a stand-in for ssh that runs here what a server would run there.
fn run(home: &Home, args: &[&str]) -> Run {
    let script = home.0.path().join("ssh.sh");
    Run::of(home.command(args).env("GIT_SSH_COMMAND", script).env("HOME", home.0.path()).output().unwrap())
}

fn serve(home: &Home, says: &str) {
    let script = home.file("ssh.sh", &format!("#!/bin/sh\n[ \"$1\" = -G ] && exit 1\n{says}\n"));
    fs::set_permissions(script, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
}

#[test]
fn an_address_becomes_a_mirror_that_is_fetched_when_asked_and_stands_in_the_ledger() {
    let home = Home::new();
    let shop = home.0.path().join("shop");
    fs::create_dir(&shop).unwrap();
    git(&shop, &["init", "-q", "-b", "trunk"]);
    commit(&shop, "cart.rs", "fn total() {}\n", "SHOP-1: Add the cart");
    git(&shop, &["tag", "v1.0.0"]);
    serve(&home, &format!("exec git-upload-pack '{}'", shop.display()));

    let added = run(&home, &["--json", "code", "add", ADDRESS]);
    assert_eq!(added.code, Some(0), "{}", added.stderr);
    let told = added.document();
    assert_eq!((&told["name"], &told["url"], &told["newest"]), (&json!("shop"), &json!(ADDRESS), &json!("v1.0.0")));
    assert!(home.path().join("mirrors/shop.git/HEAD").is_file());

    commit(&shop, "cart.rs", "fn total() { round() }\n", "SHOP-2: Round the total");
    git(&shop, &["tag", "v1.1.0"]);
    let fix =
        |state: &str| assert_eq!(run(&home, &["--json", "code", "fix", "SHOP-2"]).document()["state"], json!(state));
    run(&home, &["code", "update"]);
    fix("none");
    assert_eq!(run(&home, &["code", "fetch", "shop"]).code, Some(0));
    fix("released");

    // The network is gone: that is said, and what was fetched still answers.
    serve(&home, "echo 'ssh: Could not resolve hostname git.acme.example: Name or service not known' >&2; exit 255");
    let away = run(&home, &["--json", "code", "fetch"]);
    assert_eq!((away.code, &away.document()["error"]["code"]), (Some(1), &json!("repository_unreachable")));
    assert_eq!(away.document()["error"]["retryable"], json!(true));
    fix("released");

    let ledger = run(&home, &["--json", "ledger"]).document();
    let rows: Vec<String> = ledger["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let text = |field: &str| row[field].as_str().unwrap_or("-").to_owned();
            [text("source"), text("method"), text("host"), text("path"), text("purpose"), text("failed")].join(" ")
        })
        .collect();
    let line = |purpose: &str| format!("shop GIT git.acme.example /acme/shop.git {purpose}");
    let (branch, history) = (line("default branch -"), line("history -"));
    let failed = line("default branch repository_unreachable");
    assert_eq!(rows, [failed, history.clone(), branch.clone(), history, branch]);
    let grown: Vec<&Value> = ledger["rows"].as_array().unwrap().iter().map(|row| &row["bytes_in"]).collect();
    assert!(grown[1].as_u64() > Some(0) && grown[3].as_u64() > Some(0), "{grown:?}");

    let taken = run(&home, &["--json", "code", "add", "https://git.acme.example/other/shop.git"]);
    assert_eq!(taken.document()["error"]["code"], json!("repository_taken"));
    assert_eq!(run(&home, &["code", "remove", "shop"]).code, Some(0));
    assert!(!home.path().join("mirrors/shop.git").exists() && shop.join(".git").exists());
}
