//! Fix passports: what the history says of the cases that an answer shows.

use super::code::{commit, git};
use crate::support::Workspace;
use serde_json::{Value, json};
use std::path::Path;

fn ticket(id: &str, url: Option<&str>) -> String {
    json!({ "kind": "ticket", "id": id, "subject": "Totals differ", "status": "solved", "url": url,
        "created_at": "2026-01-01T00:00:00Z" })
    .to_string()
}

/// One fix, named by an issue of the tracker and by one of the forge, released on two lines.
fn shop(dir: &Path) {
    git(dir, &["init", "-q", "-b", "main"]);
    git(dir, &["remote", "add", "origin", "git@github.com:northwind/shop.git"]);
    commit(dir, "cart.rs", "fn total() {}\n", "Add the cart");
    git(dir, &["tag", "v2.2.0"]);
    commit(dir, "cart.rs", "fn total() { round() }\n", "NW-7: Round the total (fixes #12)");
    git(dir, &["tag", "v2.3.0"]);
}

/// From each id to state, verdict and release.
fn told(workspace: &Workspace, ids: &[&str], about: &Value) -> Vec<String> {
    let args = json!({ "question": about["question"], "at": about["at"], "ids": ids });
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let passports = workspace.call("code_passports", args);
    let line = |one: &Value| {
        let fix = &one["fix"];
        let release = if fix["since"].is_null() { &fix["upgrade_to"] } else { &fix["since"] };
        [text(&one["id"]), text(&fix["state"]), text(&fix["verdict"]), text(release)].join(" ")
    };
    passports["passports"].as_array().unwrap().iter().map(line).collect()
}

#[test]
fn a_case_and_the_known_error_that_it_belongs_to_have_the_passport_of_their_fix() {
    let dir = tempfile::tempdir().unwrap();
    shop(dir.path());
    let workspace = Workspace::new();
    let known = json!({ "kind": "known_error", "id": "KE-1", "title": "Totals differ", "state": "fix_released",
        "tickets": ["NW-7"], "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z" });
    workspace.import(&[ticket("NW-7", None), ticket("NW-8", None), known.to_string()].join("\n"));
    let ids = ["NW-7", "NW-8", "KE-1"];
    let on = |version: &str| json!({ "question": { "text": format!("Totals differ on version {version}") } });
    assert_eq!(told(&workspace, &ids, &on("2.2.0")), Vec::<String>::new(), "no repository was added");
    workspace.call("code_add", json!({ "path": dir.path(), "name": "shop" }));
    assert_eq!(told(&workspace, &ids, &on("2.2.0")), Vec::<String>::new(), "nothing was read of it");
    engine::code_update_now(&workspace.engine, None, &|_| {}).unwrap();

    let both = |rest: &str| vec![format!("NW-7 released {rest}"), format!("KE-1 released {rest}")];
    assert_eq!(told(&workspace, &ids, &on("2.2.0")), both("fixed_later v2.3.0"));
    assert_eq!(told(&workspace, &ids, &on("2.3.0")), both("fixed_in_yours v2.3.0"));
    assert_eq!(told(&workspace, &ids, &on("9.9.9")), both("unknown -"));
    let nobody = json!({ "question": { "text": "Totals differ" } });
    assert_eq!(told(&workspace, &ids, &nobody), both("- -"));
    let chosen = json!({ "question": { "text": "Totals differ" }, "at": "v2.2.0" });
    assert_eq!(told(&workspace, &ids, &chosen), both("fixed_later v2.3.0"));
    let range = json!({ "question": { "text": "Totals differ", "version": ">=2.2 <3" } });
    assert_eq!(told(&workspace, &ids, &range), both("- -"), "a range is no installation");
}

#[test]
fn a_number_is_an_issue_of_its_own_repository_alone() {
    let dir = tempfile::tempdir().unwrap();
    shop(dir.path());
    let workspace = Workspace::new();
    let home = "https://github.com/northwind/shop/issues/12";
    workspace.import(&[ticket("12", Some(home)), ticket("012", Some("https://help.northwind.example/12"))].join("\n"));
    workspace.call("code_add", json!({ "path": dir.path(), "name": "shop" }));
    engine::code_update_now(&workspace.engine, None, &|_| {}).unwrap();
    let about = json!({ "question": { "text": "Totals differ on version 2.2.0" } });
    assert_eq!(told(&workspace, &["12", "012", "none"], &about), ["12 released fixed_later v2.3.0"]);
}
