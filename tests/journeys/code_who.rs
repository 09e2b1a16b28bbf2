//! Who may know: the people and teams behind the lines that ran, with the reasons, beside an answer and in a package.

use super::code::{git, update};
use crate::support::Workspace;
use serde_json::{Value, json};
use std::path::Path;

const TRACE: &str = "Cannot pay on 1.0.0\n\nTypeError: Totals differ\n    at total (src/cart.js:2:9)\n    at pay (src/pay.js:2:3)\n    \
    at checkout (src/pay.js:5:3)\n    at old (src/old.js:2:3)";

fn by(dir: &Path, author: &str, date: &str, path: &str, text: &str) -> String {
    let file = dir.join(path);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, text).unwrap();
    git(dir, &["add", "-A"]);
    let author = format!("{author} <{}@example.org>", author.to_lowercase());
    git(dir, &["commit", "-q", "--author", &author, "--date", date, "-m", &format!("Change {path}")]);
    git(dir, &["rev-parse", "HEAD"])
}

const CART: &str = "exports.total = (items) => {\n  throw new TypeError('Totals differ');\n};\n";
const PAY: &str = "exports.pay = () => {\n  total();\n};\nexports.checkout = () => {\n  pay();\n};\n";

fn shop(dir: &Path) {
    git(dir, &["init", "-q", "-b", "main"]);
    // Who brings a whole product here wrote none of its lines.
    for at in 0..500 {
        std::fs::write(dir.join(format!("{at}.txt")), "").unwrap();
    }
    by(dir, "Importer", "2023-01-01T10:00:00Z", "src/old.js", "exports.old = () => {\n  checkout();\n};\n");
    by(dir, "Ben", "2024-01-01T10:00:00Z", "src/pay.js", PAY);
    by(dir, "Cleo", "2024-02-01T10:00:00Z", "src/cart.js", CART);
    // A program moves everything about, and the team says that this does not count.
    let moved = by(dir, "Bot", "2024-03-01T10:00:00Z", "src/cart.js", &CART.replace("  throw", "    throw"));
    git(dir, &["tag", "v1.0.0"]);
    by(dir, "Ann", "2024-04-01T10:00:00Z", ".git-blame-ignore-revs", &format!("# blanks\n{moved}\n"));
    by(dir, "Ben", "2025-04-01T10:00:00Z", "README.md", "Shop\n");
    by(dir, "Ann", "2025-05-01T10:00:00Z", "CODEOWNERS", "/src/cart.js @northwind/cart\n");
}

/// Of each proposal the kind, the name, and how many of how many.
fn told(found: &Value) -> Vec<(String, String, u64, u64)> {
    let text = |one: &Value, field: &str| one[field].as_str().unwrap().to_owned();
    let owners = found["owners"].as_array().unwrap().iter();
    owners
        .map(|one| {
            let number = |field: &str| one[field].as_u64().unwrap();
            (text(one, "kind"), text(one, "name"), number("count"), number("of"))
        })
        .collect()
}

#[test]
fn who_wrote_the_lines_that_ran_is_proposed_with_how_many_and_when_and_reaches_the_package() {
    let dir = tempfile::tempdir().unwrap();
    shop(dir.path());
    let workspace = Workspace::new();
    workspace.call("code_add", json!({ "path": dir.path(), "name": "shop" }));
    update(&workspace, "shop");
    let ticket = |id: &str| {
        json!({ "kind": "ticket", "id": id, "subject": "Cannot pay", "body": TRACE, "product": "shop", "version": "1.0.0",
            "created_at": "2026-01-01T00:00:00Z" })
    };
    let hop = json!({ "kind": "hop", "ticket": "SHOP-1", "at": "2026-01-02T00:00:00Z", "from_group": "L1", "to_group": "Payments" });
    workspace.import(&format!("{}\n{}\n{hop}", ticket("SHOP-1"), ticket("SHOP-2")));

    let asked =
        |question: Value, ids: Value| workspace.call("owner_suggest", json!({ "question": question, "ids": ids }));
    let found = asked(json!({ "ticket": "SHOP-2" }), json!(["SHOP-1"]));
    let one = |kind: &str, name: &str, count, of| (kind.to_owned(), name.to_owned(), count, of);
    let expected = [
        one("owns", "@northwind/cart", 1, 3),
        // The line that failed weighs 1, the two that led there ½ and ⅓.
        one("wrote", "Cleo", 1, 4),
        one("wrote", "Ben", 2, 4),
        one("solved", "Payments", 1, 1),
    ];
    assert_eq!(told(&found), expected);
    assert_eq!((&found["repo"], &found["at"]), (&json!("shop"), &json!("v1.0.0")));
    let ben = &found["owners"][2];
    // On the first of January 2024, and on the first of April 2025.
    assert_eq!((&ben["at"], &ben["active_at"]), (&json!(1_704_103_200_000_i64), &json!(1_743_501_600_000_i64)));
    // Each number has its lines behind it, and each line is the one that git blames.
    for line in ben["lines"].as_array().unwrap() {
        let (path, number) = (line["path"].as_str().unwrap(), line["line"].as_u64().unwrap());
        let range = format!("-L{number},{number}");
        let blamed = git(dir.path(), &["blame", "--porcelain", &range, "v1.0.0", "--", path]);
        assert!(blamed.starts_with(line["commit"].as_str().unwrap()), "{blamed}");
    }
    assert_eq!(told(&asked(json!({ "text": "Nothing ran here" }), json!([]))), []);

    let made = workspace.call("escalation_draft", json!({ "ticket": "SHOP-2", "reason": "needs_code_fix" }));
    let markdown = made["markdown"]["text"].as_str().unwrap();
    let (_, may_know) = markdown.split_once("## Who may know\n").unwrap();
    for said in [
        "@northwind/cart",
        "wrote 1 of the 4 lines that ran",
        "wrote 2 of the 4 lines that ran, last on 2024-01-01",
        "Payments",
    ] {
        assert!(may_know.contains(said), "{said} in {may_know}");
    }
}
