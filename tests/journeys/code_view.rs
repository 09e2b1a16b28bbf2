//! The code view: a file at a version, its permalink, and what changed in it.

use super::code::{commit, git};
use crate::support::Workspace;
use serde_json::{Value, json};

const PATH: &str = "src/my cart.rs";

#[test]
fn a_file_is_shown_as_git_shows_it_at_each_version_and_held_against_another() {
    let dir = tempfile::tempdir().unwrap();
    git(dir.path(), &["init", "-q", "-b", "main"]);
    commit(dir.path(), PATH, "fn a() {}\n\tfn b() {}\nfn c() {}\n", "First");
    git(dir.path(), &["tag", "v1.0.0"]);
    commit(dir.path(), PATH, "fn a() {}\n\tfn b(x: u8) {}\nfn c() {}\n", "Second");
    git(dir.path(), &["tag", "v1.1.0"]);
    let workspace = Workspace::new();
    workspace.call("code_add", json!({ "path": dir.path(), "name": "shop" }));
    engine::code_update_now(&workspace.engine, None, &|_| {}).unwrap();
    let file = |at: &str, line: Value| {
        workspace.call("code_file", json!({ "repo": "shop", "at": at, "path": PATH, "line": line, "reach": 1 }))
    };
    let head = git(dir.path(), &["rev-parse", "HEAD"]);
    for at in ["v1.0.0", "1.0", "v1.1.0", "refs/heads/main", &head[..10]] {
        let told = file(at, json!(2));
        let shown = git(dir.path(), &["show", &format!("{}:{PATH}", told["commit"].as_str().unwrap())]);
        let lines: Vec<&str> = told["lines"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
        assert_eq!(lines, shown.lines().collect::<Vec<_>>(), "{at}");
        assert_eq!((&told["first"], &told["total"], &told["permalink"]), (&json!(1), &json!(3), &json!(null)), "{at}");
    }
    let last = file("v1.0.0", json!(3));
    assert_eq!((&last["first"], last["lines"].as_array().unwrap().len()), (&json!(2), 2));
    assert_eq!(file("v1.0.0", json!(99))["first"], json!(2), "a line that is not there is the last one");

    let compare = |from: &str, to: &str| {
        workspace.call("code_compare", json!({ "repo": "shop", "path": PATH, "from": from, "to": to }))
    };
    let told = compare("v1.0.0", "v1.1.0");
    let lines = told["hunks"][0]["lines"].as_array().unwrap();
    let changed: Vec<_> = lines.iter().filter(|line| line["older"].is_null() || line["newer"].is_null()).collect();
    let texts: Vec<_> = changed.iter().map(|line| line["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["\tfn b() {}", "\tfn b(x: u8) {}"]);
    assert_eq!(compare("v1.1.0", "refs/heads/main")["hunks"], json!([]));
}

#[test]
fn a_line_has_who_changed_it_last_and_where_it_is_today() {
    let dir = tempfile::tempdir().unwrap();
    git(dir.path(), &["init", "-q", "-b", "main"]);
    commit(dir.path(), PATH, "fn a() {}\nfn b() {}\nfn c() {}\n", "AMQ-1: Three functions");
    git(dir.path(), &["tag", "v1.0.0"]);
    commit(dir.path(), PATH, "// ours\nfn a() {}\nfn b(x: u8) {}\nfn c() {}\n", "AMQ-2: A size for b");
    commit(dir.path(), "CODEOWNERS", "/src/ @northwind/cart\n", "Say who answers");
    let workspace = Workspace::new();
    workspace.call("code_add", json!({ "path": dir.path(), "name": "shop" }));
    engine::code_update_now(&workspace.engine, None, &|_| {}).unwrap();
    let line = |at: &str, line: u32| {
        workspace.call("code_line", json!({ "repo": "shop", "at": at, "path": PATH, "line": line }))
    };
    let told = line("v1.0.0", 1);
    assert_eq!(told["blame"]["commit"], git(dir.path(), &["rev-parse", "v1.0.0"]));
    assert_eq!(told["blame"]["summary"], "AMQ-1: Three functions");
    let today = |told: &Value| {
        let today = &told["today"];
        json!([today["at"], today["state"], today["path"], today["line"], today["text"]])
    };
    assert_eq!(today(&told), json!(["refs/heads/main", "same", PATH, 2, "fn a() {}"]));
    assert_eq!(today(&line("1.0", 2)), json!(["refs/heads/main", "changed", PATH, 3, "fn b(x: u8) {}"]));
    assert_eq!(line("refs/heads/main", 3)["blame"]["summary"], "AMQ-2: A size for b");
    assert_eq!(line("v1.0.0", 9)["blame"], json!(null));
    assert_eq!(told["owners"], json!({ "names": ["@northwind/cart"], "pattern": "/src/" }));
}

#[test]
fn a_permalink_names_the_commit_and_carries_nothing_that_was_secret() {
    let dir = tempfile::tempdir().unwrap();
    git(dir.path(), &["init", "-q", "-b", "main"]);
    git(dir.path(), &["remote", "add", "origin", "https://ann:hunter2@github.com/northwind/shop.git"]);
    commit(dir.path(), PATH, "fn a() {}\n", "First");
    git(dir.path(), &["tag", "v1.0.0"]);
    let workspace = Workspace::new();
    workspace.call("code_add", json!({ "path": dir.path(), "name": "shop" }));
    engine::code_update_now(&workspace.engine, None, &|_| {}).unwrap();
    let told = workspace.call("code_file", json!({ "repo": "shop", "at": "v1.0.0", "path": PATH, "line": 1 }));
    let commit = git(dir.path(), &["rev-parse", "HEAD"]);
    let expected = format!("https://github.com/northwind/shop/blob/{commit}/src/my%20cart.rs#L1");
    assert_eq!(told["permalink"], json!(expected));
    assert!(!told.to_string().contains("hunter2"));
}

#[test]
fn what_is_no_file_of_the_version_is_not_found_wherever_it_leads() {
    let dir = tempfile::tempdir().unwrap();
    git(dir.path(), &["init", "-q", "-b", "main"]);
    commit(dir.path(), PATH, "fn a() {}\n", "First");
    git(dir.path(), &["tag", "v1.0.0"]);
    let workspace = Workspace::new();
    workspace.call("code_add", json!({ "path": dir.path(), "name": "shop" }));
    engine::code_update_now(&workspace.engine, None, &|_| {}).unwrap();
    for path in ["src/none.rs", "src", "../../etc/passwd", "/etc/passwd", ".git/config", ""] {
        let args = json!({ "repo": "shop", "at": "v1.0.0", "path": path });
        assert_eq!(workspace.try_call("code_file", args).unwrap_err(), "not_found", "{path}");
    }
    for at in ["v9", "--upload-pack=x", "", "zz"] {
        let args = json!({ "repo": "shop", "at": at, "path": PATH });
        assert_eq!(workspace.try_call("code_file", args).unwrap_err(), "not_found", "{at}");
    }
}

#[test]
fn each_line_of_a_stretch_has_who_changed_it_last_and_a_commit_is_told_once() {
    let dir = tempfile::tempdir().unwrap();
    git(dir.path(), &["init", "-q", "-b", "main"]);
    commit(dir.path(), PATH, "fn a() {}\nfn b() {}\nfn c() {}\n", "AMQ-1: Three functions");
    commit(dir.path(), PATH, "fn a() {}\nfn b(x: u8) {}\nfn c() {}\n", "AMQ-2: A size for b");
    git(dir.path(), &["tag", "v1.0.0"]);
    let workspace = Workspace::new();
    workspace.call("code_add", json!({ "path": dir.path(), "name": "shop" }));
    engine::code_update_now(&workspace.engine, None, &|_| {}).unwrap();
    let gutter = |first: u32, last: u32| {
        let asked = json!({ "repo": "shop", "at": "v1.0.0", "path": PATH, "first": first, "last": last });
        workspace.call("code_gutter", asked)
    };
    let whole = gutter(1, 900);
    assert_eq!((&whole["first"], &whole["lines"]), (&json!(1), &json!([0, 1, 0])));
    let summary = |at: usize| whole["commits"][at]["summary"].clone();
    assert_eq!((summary(0), summary(1)), (json!("AMQ-1: Three functions"), json!("AMQ-2: A size for b")));
    assert_eq!((&gutter(2, 2)["lines"], &gutter(50, 60)["lines"]), (&json!([0]), &json!([])));
    assert_eq!((&gutter(1, 2_000)["cut"], &gutter(1, 2_001)["cut"]), (&json!(false), &json!(true)));
    let nowhere = json!({ "repo": "shop", "at": "v1.0.0", "path": "../etc/passwd", "first": 1, "last": 9 });
    assert_eq!(workspace.call("code_gutter", nowhere)["lines"], json!([]));
}
