//! From branches and notes to a fix, and from code back to its tickets.

use super::code::{commit, git, update};
use crate::support::Workspace;
use serde_json::{Value, json};

#[test]
fn a_branch_and_the_projects_own_notes_lead_to_a_fix_and_code_leads_back_to_its_tickets() {
    let dir = tempfile::tempdir().unwrap();
    let notes = "## 1.1.0\n- Rounding (SHOP-2)\n- Empty baskets (SHOP-5)\n## 1.0.0\n- Begin (SHOP-3)\n";
    git(dir.path(), &["init", "-q", "-b", "main"]);
    git(dir.path(), &["remote", "add", "origin", "git@git.acme.example:acme/shop.git"]);
    commit(dir.path(), "cart.rs", "fn total() {}\n", "Begin");
    git(dir.path(), &["tag", "v1.0.0"]);
    git(dir.path(), &["checkout", "-q", "-b", "shop-2-rounding"]);
    commit(dir.path(), "cart.rs", "fn total() { round() }\n", "Round half up");
    let side = git(dir.path(), &["rev-parse", "HEAD"]);
    git(dir.path(), &["checkout", "-q", "main"]);
    commit(dir.path(), "CHANGELOG.md", notes, "SHOP-3: Say what is new (see #7)");
    git(dir.path(), &["merge", "-q", "--no-ff", "-m", "Merge branch 'shop-2-rounding'", "shop-2-rounding"]);
    git(dir.path(), &["tag", "v1.1.0"]);
    git(dir.path(), &["checkout", "-q", "-b", "shop-8-slow"]);
    commit(dir.path(), "cart.rs", "fn total() { round() } // slow\n", "Measure");
    git(dir.path(), &["checkout", "-q", "main"]);
    let workspace = Workspace::new();
    workspace.call("code_add", json!({ "path": dir.path(), "name": "shop" }));
    update(&workspace, "shop");
    let ticket = |id: &str, url: &str| {
        json!({ "kind": "ticket", "id": id, "subject": format!("{id} is wrong"), "created_at": "2026-01-01T00:00:00Z", "url": url })
            .to_string()
    };
    let home = "https://git.acme.example/acme/shop/issues/7";
    workspace.import(&[ticket("SHOP-2", ""), ticket("7", home)].join("\n"));

    let fix = |reference: &str, version: &str| {
        let told = workspace.call("code_fix", json!({ "reference": reference, "version": version }));
        let text = |field: &str| told[field].as_str().unwrap_or("-").to_owned();
        let agrees: Vec<String> =
            told["told"].as_array().unwrap().iter().map(|one| one["agrees"].to_string()).collect();
        [text("state"), text("basis"), text("verdict"), agrees.join(",")].join(" ")
    };
    assert_eq!(fix("SHOP-2", "1.0.0"), "released commits fixed_later true");
    assert_eq!(fix("SHOP-8", "1.0.0"), "in_progress commits affected ");
    // The commits say 1.1.0: the notes are told, and do not count.
    assert_eq!(fix("SHOP-3", "1.0.0"), "released commits fixed_later false");
    assert_eq!(fix("SHOP-5", "1.0.0"), "released notes fixed_later null");
    assert_eq!(fix("SHOP-5", "1.1.0"), "released notes fixed_in_yours null");

    let tickets = |asked: Value| {
        let found = workspace.call("code_tickets", asked);
        let told = found["tickets"].as_array().unwrap().iter().map(|one| {
            let basis = one["commits"][0]["basis"].as_str().unwrap_or("notes");
            format!("{} {} {basis}", one["key"].as_str().unwrap(), one["title"].as_str().unwrap_or("-"))
        });
        told.collect::<Vec<String>>()
    };
    assert_eq!(tickets(json!({ "commit": &side[..9] })), ["SHOP-2 SHOP-2 is wrong merge"]);
    let line = json!({ "path": "cart.rs", "line": 1, "at": "v1.1.0" });
    assert_eq!(tickets(line), ["SHOP-2 SHOP-2 is wrong merge"]);
    let of_notes = ["SHOP-3 - message", "#7 7 is wrong message"];
    assert_eq!(tickets(json!({ "path": "CHANGELOG.md" })), of_notes);
    let all = tickets(json!({ "release": "1.1.0" }));
    assert_eq!(all, ["SHOP-2 SHOP-2 is wrong branch", "SHOP-3 - message", "#7 7 is wrong message", "SHOP-5 - notes"]);
    for (bad, code) in [
        (json!({}), "bad_input"),
        (json!({ "path": "no" }), "not_found"),
        (json!({ "commit": "abcdefabc" }), "not_found"),
    ] {
        assert_eq!(workspace.try_call("code_tickets", bad).unwrap_err(), code);
    }
    // What branches and merges say can be undone as well.
    let unlink = |unlink: bool| {
        workspace.call("code_unlink", json!({ "reference": "SHOP-2", "commit": &side[..9], "unlink": unlink }));
        let fix = workspace.call("code_fix", json!({ "reference": "SHOP-2" }));
        fix["commits"].as_array().unwrap().iter().any(|commit| commit["commit"] == json!(side))
    };
    assert!(!unlink(true) && unlink(false));
}
