//! Which product lives where: guessed, said, and what that means for the lines that a ticket shows.

use super::code::{commit, git};
use crate::support::Workspace;
use serde_json::{Value, json};

const TRACE: &str = "Fails on version 1.0\n\njava.lang.IllegalStateException: x\n\tat com.acme.Cart.total(Cart.java:1)";

fn ticket(id: &str, product: &str, component: &str) -> String {
    json!({ "kind": "ticket", "id": id, "subject": "Fails", "body": TRACE, "version": "1.0", "product": product,
        "component": component, "created_at": "2026-01-01T00:00:00Z" })
    .to_string()
}

#[test]
fn a_products_lines_come_from_where_it_lives_as_guessed_from_names_or_as_somebody_said() {
    let dirs: [tempfile::TempDir; 2] = std::array::from_fn(|_| tempfile::tempdir().unwrap());
    let workspace = Workspace::new();
    workspace.import(&[ticket("T-1", "Storefront", "cart"), ticket("T-2", "Scanner", "till")].join("\n"));
    for (dir, name) in dirs.iter().zip(["storefront", "backend"]) {
        git(dir.path(), &["init", "-q", "-b", "main"]);
        commit(dir.path(), "services/cart/src/com/acme/Cart.java", &format!("{name};\n"), "Cart");
        git(dir.path(), &["tag", "v1.0"]);
        workspace.call("code_add", json!({ "path": dir.path(), "name": name }));
    }
    engine::code_update_now(&workspace.engine, None, &|_| {}).unwrap();
    let lines = |id: &str| {
        let ran = workspace.call("code_ran", json!({ "question": { "ticket": id } }));
        let repos = ran["repos"].as_array().unwrap().iter();
        let line = |repo: &Value| repo["frames"][0]["text"].as_str().unwrap_or("-").to_owned();
        let mut lines: Vec<String> = repos.map(line).collect();
        lines.sort();
        lines
    };
    let map = workspace.call("code_map_get", json!({}));
    assert_eq!(
        map["homes"],
        json!([{ "product": "Storefront", "component": null, "repo": "storefront", "folder": "" }])
    );
    assert_eq!((&map["guessed"], &map["products"]), (&json!(true), &json!(["Scanner", "Storefront"])));
    assert_eq!(lines("T-1"), ["storefront;"]);
    assert_eq!(lines("T-2"), ["backend;", "storefront;"], "nothing says where the scanner lives");

    let home = |product: &str, component: Value, folder: &str| json!({ "product": product, "component": component, "repo": "backend", "folder": folder });
    let homes = json!([
        home("storefront", Value::Null, "services/other"),
        home("storefront", json!("cart"), "services/cart/"),
        home("Scanner", Value::Null, "services/till")
    ]);
    let said = workspace.call("code_map_set", json!({ "homes": homes }));
    assert_eq!((&said["guessed"], &said["homes"][1]["folder"]), (&json!(false), &json!("services/cart")));
    let workspace = workspace.reopen(|_| {});
    let lines = |id: &str| {
        let ran = workspace.call("code_ran", json!({ "question": { "ticket": id } }));
        (ran["repos"][0]["repo"].clone(), ran["repos"][0]["frames"][0]["text"].clone(), ran["repos"][1].is_null())
    };
    assert_eq!(lines("T-1"), (json!("backend"), json!("backend;"), true), "its component's folder");
    assert_eq!(lines("T-2"), (json!("backend"), Value::Null, true), "the file lies elsewhere");
    assert_eq!(workspace.call("code_map_set", json!({ "homes": [] }))["guessed"], json!(true));

    let fail = |home: Value| workspace.try_call("code_map_set", json!({ "homes": [home] })).unwrap_err();
    for folder in ["../etc", "/etc", "a/../../b"] {
        assert_eq!(fail(home("Scanner", Value::Null, folder)), "bad_input", "{folder}");
    }
    assert_eq!(fail(home(" ", Value::Null, "")), "bad_input");
    assert_eq!(fail(json!({ "product": "Scanner", "component": null, "repo": "none", "folder": "" })), "not_found");
}
