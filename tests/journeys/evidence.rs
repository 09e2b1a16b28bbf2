//! What is found out about an escalation: a test that is red where the problem is and green where its fix is, and the commit
//! that brought it.

use super::code::{commit, git, update};
use crate::support::Workspace;
use serde_json::{Value, json};
use tempfile::TempDir;

const GOOD: &str = "exports.total = (items) => items.length;\n";
const BAD: &str = "exports.total = (items) => {\n  throw new TypeError('Totals differ');\n};\n";
const TEST: &str = "const test = require('node:test');\nconst { total } = require('./cart');\n\ntest('SHOP-2', () => { total([1]); });\n";

/// A product whose third of six commits brought a problem, and an escalation about it.
fn escalated() -> (Workspace, TempDir, i64, String) {
    let dir = tempfile::tempdir().unwrap();
    git(dir.path(), &["init", "-q", "-b", "main"]);
    commit(dir.path(), "package.json", "{}", "Begin");
    commit(dir.path(), "src/cart.js", GOOD, "Add the cart");
    git(dir.path(), &["tag", "v1.0.0"]);
    let mut brought = String::new();
    for at in 1..=6 {
        if at == 3 {
            commit(dir.path(), "src/cart.js", BAD, "Check the totals");
            brought = git(dir.path(), &["rev-parse", "HEAD"]);
        } else {
            commit(dir.path(), "notes.txt", &at.to_string(), &format!("Note {at}"));
        }
    }
    git(dir.path(), &["tag", "v1.1.0"]);
    commit(dir.path(), "src/cart.js", GOOD, "SHOP-2: Do not check the totals");
    git(dir.path(), &["tag", "v1.2.0"]);
    let workspace = Workspace::new();
    workspace.call("code_add", json!({ "path": dir.path(), "name": "shop" }));
    update(&workspace, "shop");
    let body = "1. Put two into the basket\n2. Pay\n\nTypeError: Totals differ\n    at total (src/cart.js:2:9)\n    at pay (src/pay.js:9:1)";
    let ticket = json!({ "kind": "ticket", "id": "SHOP-2", "subject": "Cannot pay", "body": body, "product": "shop", "version": "1.1.0",
        "created_at": "2026-01-01T00:00:00Z" });
    workspace.import(&ticket.to_string());
    let asked = json!({ "package": { "ticket": "SHOP-2", "reason": "needs_code_fix" } });
    let id = workspace.call("escalation_submit", asked)["row"]["id"].as_i64().unwrap();
    (workspace, dir, id, brought)
}

fn run_of(draft: &Value, id: i64, text: &str, agreed: bool) -> Value {
    json!({ "id": id, "repo": draft["repo"], "bad": draft["bad"], "good": draft["good"], "path": draft["path"], "text": text,
        "command": draft["command"], "folder": draft["folder"], "agreed": agreed })
}

#[test]
fn a_test_is_drafted_from_a_line_that_ran_and_proven_red_and_green_without_touching_the_clone() {
    let (workspace, dir, id, _) = escalated();
    let draft = workspace.call("test_draft", json!({ "id": id }));
    let said = |field: &str| draft[field].as_str().unwrap_or("-").to_owned();
    assert_eq!([said("path"), said("bad"), said("good")], ["src/shop-2.test.js", "v1.1.0", "v1.2.0"]);
    assert_eq!(draft["command"], json!(["node", "--test", "src/shop-2.test.js"]));
    for told in ["SHOP-2: Cannot pay", "TypeError: Totals differ", "1. Put two into the basket", "src/cart.js:2"] {
        assert!(said("text").contains(told), "{told} in {}", said("text"));
    }
    let args = |text: &str| serde_json::from_value(run_of(&draft, id, text, true)).unwrap();
    assert_eq!(workspace.try_call("test_run", run_of(&draft, id, TEST, false)).unwrap_err(), "not_agreed");
    let outside = json!({ "path": "../evil.js" });
    let mut bad = run_of(&draft, id, TEST, true);
    bad["path"] = outside["path"].clone();
    let refused = engine::test_now(&workspace.engine, &serde_json::from_value(bad).unwrap()).err().unwrap();
    assert_eq!(refused.code(), "write_out_failed");

    let newest = |workspace: &Workspace| workspace.call("escalation_get", json!({ "id": id }))["evidence"][0].clone();
    // As it was drafted, nobody wrote yet what leads to it: it fails everywhere.
    engine::test_now(&workspace.engine, &args(&said("text"))).unwrap();
    assert_eq!(newest(&workspace)["trials"]["verdict"], json!("not_green"));
    let job = workspace.call("test_run", run_of(&draft, id, TEST, true));
    assert_eq!((&job["kind"], &job["cancellable"]), (&json!("trial"), &json!(true)));
    while workspace.call("jobs_list", json!({}))[0]["state"] == json!("running") {
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let workspace = workspace.reopen(|_| {});
    let trials = newest(&workspace)["trials"].clone();
    let outcome =
        |at: &str| (trials[at]["at"].as_str().unwrap().to_owned(), trials[at]["outcome"].as_str().unwrap().to_owned());
    assert_eq!(trials["verdict"], json!("proven"), "{trials}");
    assert_eq!(
        (outcome("bad"), outcome("good")),
        (("v1.1.0".into(), "failed".into()), ("v1.2.0".into(), "passed".into()))
    );
    assert!(trials["bad"]["log"].as_str().unwrap().contains("Totals differ"));
    assert_eq!(git(dir.path(), &["status", "--porcelain", "--ignored"]), "");
    assert!(!dir.path().join(".git/worktrees").exists());
    let audit = workspace.call("audit_list", json!({ "limit": 10 }));
    assert!(audit["lines"].as_array().unwrap().iter().any(|line| line["what"] == json!("test_run")));
}

#[test]
fn the_commit_that_brought_a_problem_is_found_by_hand_over_a_restart_and_by_a_test() {
    let (workspace, dir, id, brought) = escalated();
    let search = |view: &Value| view["evidence"][0]["bisect"].clone();
    let begun = search(&workspace.call("bisect_start", json!({ "id": id })));
    let told = [&begun["good"], &begun["bad"], &begun["left"], &begun["steps"], &begun["found"]];
    assert_eq!(told, [&json!("v1.0.0"), &json!("v1.1.0"), &json!(6), &json!(3), &json!(null)]);
    assert_eq!(begun["suspects"][0]["commit"], json!(brought), "what touched the line goes first");

    // As somebody tries what is proposed; in between the machine was switched off.
    let mut workspace = workspace;
    let mut now = begun;
    while let Some(next) = now["next"]["commit"].as_str().map(str::to_owned) {
        let holds = !git(dir.path(), &["show", &format!("{next}:src/cart.js")]).contains("throw");
        let said = json!({ "id": id, "commit": next, "said": if holds { "good" } else { "bad" } });
        now = search(&workspace.call("bisect_say", said));
        workspace = workspace.reopen(|_| {});
        assert_eq!(search(&workspace.call("escalation_get", json!({ "id": id }))), now, "it is kept");
    }
    assert_eq!(now["found"]["commit"], json!(brought));
    let said = now["said"].as_array().unwrap().len();
    assert!(said <= 3, "{now}");
    let undone = search(
        &workspace
            .call("bisect_say", json!({ "id": id, "commit": now["said"][0]["commit"]["commit"], "said": "unsay" })),
    );
    assert_eq!(undone["said"].as_array().unwrap().len(), said - 1);
    for (args, code) in [
        (json!({ "id": id, "commit": brought, "said": "perhaps" }), "bad_input"),
        (json!({ "id": id, "commit": "abcdefabc", "said": "good" }), "not_found"),
        (json!({ "id": 99, "commit": brought, "said": "good" }), "not_found"),
    ] {
        assert_eq!(workspace.try_call("bisect_say", args).unwrap_err(), code);
    }
    assert_eq!(
        workspace.try_call("bisect_start", json!({ "id": id, "good": "1.1.0", "bad": "1.0.0" })).unwrap_err(),
        "bad_input"
    );

    workspace.call("bisect_start", json!({ "id": id }));
    let draft = workspace.call("test_draft", json!({ "id": id }));
    let args = serde_json::from_value(run_of(&draft, id, TEST, true)).unwrap();
    engine::bisect_now(&workspace.engine, &args, &|_, _| {}).unwrap();
    let done = search(&workspace.call("escalation_get", json!({ "id": id })));
    assert_eq!((&done["found"]["commit"], &done["said"][0]["by_test"]), (&json!(brought), &json!(true)));
}

/// A product in one language: what it is made of, with its code where it fails and where it does not; as its runtime tells of the
/// failure; and a test of it.
struct Product {
    language: &'static str,
    around: &'static [(&'static str, &'static str)],
    path: &'static str,
    good: &'static str,
    bad: &'static str,
    trace: &'static str,
    test: &'static str,
    command: &'static [&'static str],
}

/// Of Java and TypeScript only the texts are compared: what runs their tests is fetched first.
const PRODUCTS: [Product; 3] = [
    Product {
        language: "Python",
        around: &[("notes.txt", "x")],
        path: "cart.py",
        good: "def total(items):\n    return len(items)\n",
        bad: "def total(items):\n    raise TypeError('Totals differ')\n",
        trace: "Traceback (most recent call last):\n  File \"/srv/shop/pay.py\", line 9, in pay\n    total(basket)\n  File \"/srv/shop/cart.py\", line 2, in total\n    raise TypeError('Totals differ')\nTypeError: Totals differ",
        test: "import unittest\n\nimport cart\n\n\nclass SHOP2(unittest.TestCase):\n    def test_shop_2(self):\n        self.assertEqual(cart.total([1]), 1)\n",
        command: &["python3", "-m", "unittest", "test_shop_2.py"],
    },
    Product {
        language: "Rust",
        around: &[("Cargo.toml", "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n")],
        path: "src/lib.rs",
        good: "pub fn total(items: &[u32]) -> usize {\n    items.len()\n}\n",
        bad: "pub fn total(_items: &[u32]) -> usize {\n    panic!(\"Totals differ\")\n}\n",
        trace: "thread 'main' panicked at src/lib.rs:2:5:\nTotals differ\nstack backtrace:\n   0: rust_begin_unwind\n   1: core::panicking::panic_fmt\n   2: shop::total\n             at ./src/lib.rs:2:5\n   3: shop::main\n             at ./src/main.rs:9:5",
        test: "#[test]\nfn shop_2() {\n    assert_eq!(shop::total(&[1]), 1);\n}\n",
        command: &["cargo", "test", "--offline", "--test", "shop_2"],
    },
    Product {
        language: "Go",
        around: &[("go.mod", "module shop\n\ngo 1.18\n")],
        path: "cart.go",
        good: "package shop\n\nfunc Total(items []int) int { return len(items) }\n",
        bad: "package shop\n\nfunc Total(items []int) int { panic(\"Totals differ\") }\n",
        trace: "panic: Totals differ\n\ngoroutine 1 [running]:\nshop.Total(...)\n\t/srv/shop/cart.go:3 +0x1d\nshop.Pay(...)\n\t/srv/shop/pay.go:9 +0x2a",
        test: "package shop\n\nimport \"testing\"\n\nfunc TestSHOP2(t *testing.T) {\n\tif Total([]int{1}) != 1 {\n\t\tt.Fatal(\"Totals differ\")\n\t}\n}\n",
        command: &["go", "test", "-run", "^TestSHOP2$", "./"],
    },
];

/// As it is drafted it runs and fails, as nobody wrote yet what leads to it; written, it is red and green where it should be.
#[test]
fn a_test_of_each_language_that_is_on_this_machine_runs_as_it_was_drafted_and_is_proven_once_it_is_written() {
    for product in PRODUCTS {
        let Product { language, path, .. } = product;
        let dir = tempfile::tempdir().unwrap();
        git(dir.path(), &["init", "-q", "-b", "main"]);
        for (name, text) in product.around {
            commit(dir.path(), name, text, "Begin");
        }
        commit(dir.path(), path, product.bad, "Add the cart");
        git(dir.path(), &["tag", "v1.1.0"]);
        commit(dir.path(), path, product.good, "SHOP-2: Do not check the totals");
        git(dir.path(), &["tag", "v1.2.0"]);
        let workspace = Workspace::new();
        workspace.call("code_add", json!({ "path": dir.path(), "name": "shop" }));
        update(&workspace, "shop");
        let ticket = json!({ "kind": "ticket", "id": "SHOP-2", "subject": "Cannot pay", "body": product.trace, "product": "shop",
            "version": "1.1.0", "created_at": "2026-01-01T00:00:00Z" });
        workspace.import(&ticket.to_string());
        let asked = json!({ "package": { "ticket": "SHOP-2", "reason": "needs_code_fix" } });
        let id = workspace.call("escalation_submit", asked)["row"]["id"].as_i64().unwrap();
        let draft = workspace.call("test_draft", json!({ "id": id }));
        assert_eq!((&draft["language"], &draft["command"]), (&json!(language), &json!(product.command)));
        if let Some(missing) = draft["missing"].as_str() {
            println!("{language}: skipped, {missing} is not on this machine");
            continue;
        }
        let run = |text: &str| {
            let args = serde_json::from_value(run_of(&draft, id, text, true)).unwrap();
            engine::test_now(&workspace.engine, &args).unwrap();
            workspace.call("escalation_get", json!({ "id": id }))["evidence"][0]["trials"].clone()
        };
        let drafted = run(draft["text"].as_str().unwrap());
        assert_eq!(drafted["verdict"], "not_green", "{language}: {drafted}");
        let proven = run(product.test);
        assert_eq!(proven["verdict"], "proven", "{language}: {proven}");
        println!("{language}: red at {} and green at {}", proven["bad"]["at"], proven["good"]["at"]);
    }
}
