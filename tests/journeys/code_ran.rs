//! The code that ran: a ticket's or a pasted trace's frames, as lines at the version that its customer runs.

use super::code::{commit, git};
use crate::support::Workspace;
use serde_json::{Value, json};
use std::path::Path;

const TRACE: &str = "Checkout fails\n\njava.lang.IllegalStateException: totals differ by 0.01\n\
    \tat com.northwind.cart.Totals.check(Totals.java:3)\n\
    \tat com.northwind.cart.Missing.apply(Missing.java:64)\n\
    \tat java.base/java.lang.Thread.run(Thread.java:833)";
const JAVA: &str = "src/main/java/com/northwind/cart/Totals.java";

/// Three releases: the line moves down by one with each.
fn shop(dir: &Path) {
    git(dir, &["init", "-q", "-b", "main"]);
    for (at, tag) in ["v2.2.0", "v2.2.4", "v2.3.0"].iter().enumerate() {
        let text = format!("{}class Totals {{\n  check();\n  throw;\n}}\n", "// one more\n".repeat(at));
        commit(dir, JAVA, &text, tag);
        git(dir, &["tag", tag]);
    }
}

fn added(workspace: &Workspace, dir: &Path, name: &str) {
    workspace.call("code_add", json!({ "path": dir, "name": name }));
    engine::code_update_now(&workspace.engine, Some(name), &|_| {}).unwrap();
}

/// State, place and texts of the first repository.
fn told(ran: &Value) -> (String, String, Vec<String>) {
    let repo = &ran["repos"][0];
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let lines = repo["frames"].as_array().unwrap().iter().map(|frame| text(&frame["text"]));
    (text(&repo["state"]), text(&repo["at"]), lines.collect())
}

#[test]
fn a_pasted_traces_frames_are_lines_at_the_version_that_it_names_and_unknown_is_said() {
    let dir = tempfile::tempdir().unwrap();
    shop(dir.path());
    let workspace = Workspace::new();
    let ask = |question: Value, at: Value| workspace.call("code_ran", json!({ "question": question, "at": at }));
    let text = |text: &str| json!({ "text": format!("{text}\n\n{TRACE}") });
    let none = ask(text("On version 2.2.4"), Value::Null);
    assert_eq!((&none["repos"], &none["frames"], &none["version"]), (&json!([]), &json!(2), &json!("2.2.4")));

    workspace.call("code_add", json!({ "path": dir.path(), "name": "shop" }));
    assert_eq!(told(&ask(text("On version 2.2.4"), Value::Null)).0, "unread");
    engine::code_update_now(&workspace.engine, None, &|_| {}).unwrap();
    let lines = |line: &str| vec![line.to_owned()];
    let asked = |about: &str| told(&ask(text(about), Value::Null));
    let found = |at: &str, line: &str| ("resolved".to_owned(), at.to_owned(), lines(line));
    assert_eq!(asked("On version 2.2.4"), found("v2.2.4", "  check();"));
    let nowhere = |state: &str| (state.to_owned(), "-".to_owned(), Vec::new());
    assert_eq!(asked("On version 2.2"), nowhere("several"));
    assert_eq!(ask(text("On version 2.2"), Value::Null)["repos"][0]["candidates"], json!(["v2.2.0", "v2.2.4"]));
    assert_eq!(asked("On version 2.2.9"), nowhere("unknown_version"));
    assert_eq!(asked("Since today"), nowhere("no_version"));
    // What was chosen goes before what is written.
    assert_eq!(told(&ask(text("Since today"), json!("v2.2.0"))), found("v2.2.0", "  throw;"));
    assert_eq!(told(&ask(text("On 2.2.4"), json!("refs/heads/main"))), found("refs/heads/main", "class Totals {"));
    let elsewhere = json!({ "question": text("On 2.2.4"), "at": "v2.2.0", "repo": "docs" });
    assert_eq!(told(&workspace.call("code_ran", elsewhere)), found("v2.2.4", "  check();"));
    // Every line is what git shows there.
    let shown = git(dir.path(), &["show", &format!("v2.2.4:{JAVA}")]);
    assert_eq!(shown.lines().nth(2), Some("  check();"));
}

#[test]
fn a_tickets_frames_come_from_the_repository_that_has_them_and_a_clone_that_is_gone_says_so() {
    let (dir, docs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    shop(dir.path());
    git(docs.path(), &["init", "-q", "-b", "main"]);
    commit(docs.path(), "README.md", "docs", "docs");
    git(docs.path(), &["tag", "v2.2.4"]);
    let workspace = Workspace::new();
    let ticket = json!({ "kind": "ticket", "id": "NW-1", "subject": "Checkout fails", "body": TRACE, "version": "2.2.4",
        "created_at": "2026-01-01T00:00:00Z" });
    workspace.import(&ticket.to_string());
    added(&workspace, docs.path(), "docs");
    added(&workspace, dir.path(), "shop");
    let ran = || workspace.call("code_ran", json!({ "question": { "ticket": "NW-1" } }));
    let names = |ran: &Value| [0, 1].map(|at| ran["repos"][at]["repo"].as_str().unwrap().to_owned());
    assert_eq!(names(&ran()), ["shop", "docs"]);
    assert_eq!(told(&ran()).2, ["  check();"]);

    std::fs::rename(dir.path(), dir.path().with_extension("away")).unwrap();
    let away = ran();
    let shop = away["repos"].as_array().unwrap().iter().find(|repo| repo["repo"] == "shop").unwrap();
    assert_eq!((&shop["state"], &shop["failure"]["code"]), (&json!("unreadable"), &json!("no_repository")));
    std::fs::rename(dir.path().with_extension("away"), dir.path()).unwrap();
}

#[test]
fn a_newer_question_of_the_same_lane_ends_the_older_one() {
    let workspace = Workspace::new();
    let args = json!({ "question": { "text": TRACE }, "lane": "ran" });
    assert_eq!(workspace.call("code_ran", args)["repos"], json!([]));
    let nothing = workspace.try_call("code_ran", json!({ "question": {} }));
    assert_eq!(nothing.unwrap_err(), "bad_input");
}
