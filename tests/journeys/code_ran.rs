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

#[test]
fn of_several_versions_the_one_that_the_trace_fits_is_shown_and_said_and_another_may_be_chosen() {
    let dir = tempfile::tempdir().unwrap();
    git(dir.path(), &["init", "-q", "-b", "main"]);
    for (at, tag) in ["v2.2.0", "v2.2.4", "v2.3.0"].iter().enumerate() {
        let above = "// one more\n".repeat(2 * at);
        let text = format!(
            "{above}class Totals {{\n  void check() {{\n    fail(\"{tag}\");\n  }}\n  void other() {{\n  }}\n}}\n"
        );
        commit(dir.path(), JAVA, &text, tag);
        git(dir.path(), &["tag", tag]);
    }
    let workspace = Workspace::new();
    added(&workspace, dir.path(), "shop");
    // Line 5 is the check of 2.2.4; in 2.2.0 it is another function, in 2.3.0 nothing of the class yet.
    let trace = "java.lang.IllegalStateException: totals differ\n\
        \tat com.northwind.cart.Totals.check(Totals.java:5)\n\
        \tat java.base/java.lang.Thread.run(Thread.java:833)";
    let ask = |about: &str, at: Value| {
        let question = json!({ "text": format!("Checkout fails\n\n{about}\n\n{trace}") });
        workspace.call("code_ran", json!({ "question": question, "at": at }))
    };
    for (about, said) in [("On version 2.2", "2.2"), ("Affects 2.2.0 and 2.2.4", "2.2.0")] {
        let found = ask(about, Value::Null);
        let line = vec!["    fail(\"v2.2.4\");".to_owned()];
        assert_eq!(told(&found), ("resolved".into(), "v2.2.4".into(), line), "{about}");
        let fit = json!({ "agree": 1, "of": 1, "said": said, "release": "v2.2.4", "day": null });
        assert_eq!(found["repos"][0]["fit"], fit);
        assert_eq!(found["repos"][0]["candidates"], json!(["v2.2.0", "v2.2.4"]));
    }
    // What is said and fits is no choice, and what was chosen stays.
    assert_eq!(ask("Affects 2.2.4 and 2.2.0", Value::Null)["repos"][0]["fit"], Value::Null);
    let chosen = ask("On version 2.2", json!("v2.2.0"));
    assert_eq!((told(&chosen).1, &chosen["repos"][0]["fit"]), ("v2.2.0".to_owned(), &Value::Null));
    // One version that is said is not given up because another would fit.
    assert_eq!(told(&ask("On version 2.2.0", Value::Null)).1, "v2.2.0");
}

#[test]
fn a_ticket_that_is_older_than_its_release_ran_what_was_there_on_its_day() {
    let dir = tempfile::tempdir().unwrap();
    git(dir.path(), &["init", "-q", "-b", "main"]);
    let code = |above: &str| format!("{above}class Totals {{\n  void check() {{\n    fail();\n  }}\n}}\n");
    let dated = |date: &str, text: &str| {
        commit(dir.path(), JAVA, text, date);
        let when = format!("{date}T12:00:00Z");
        let amended = std::process::Command::new("git")
            .current_dir(dir.path())
            .args([
                "-c",
                "user.name=Ann",
                "-c",
                "user.email=a@example.org",
                "commit",
                "--amend",
                "-q",
                "--no-edit",
                "--date",
                &when,
            ])
            .env("GIT_COMMITTER_DATE", &when)
            .status();
        assert!(amended.unwrap().success());
    };
    dated("2025-12-20", &code(""));
    let then = git(dir.path(), &["rev-parse", "HEAD"]);
    dated("2026-02-01", &code("// one\n// two\n// three\n"));
    git(dir.path(), &["tag", "v3.0.0"]);
    let workspace = Workspace::new();
    added(&workspace, dir.path(), "shop");
    let ticket = json!({
        "kind": "ticket", "id": "NW-9", "subject": "Checkout fails", "created_at": "2026-01-10T00:00:00Z", "affected_versions": ["3.0.0"],
        "body": "java.lang.IllegalStateException: no\n\tat com.northwind.cart.Totals.check(Totals.java:3)\n\tat java.base/java.lang.Thread.run(Thread.java:833)",
    });
    workspace.import(&ticket.to_string());
    let found = workspace.call("code_ran", json!({ "question": { "ticket": "NW-9" } }));
    assert_eq!(told(&found), ("resolved".into(), then, vec!["    fail();".into()]));
    let fit = &found["repos"][0]["fit"];
    assert_eq!((&fit["release"], &fit["said"]), (&json!("v3.0.0"), &json!("3.0.0")));
    assert_eq!(fit["day"], json!(1_768_003_200_000_i64));
}

#[test]
fn what_a_log_says_and_an_error_code_lead_to_their_statements_at_the_customers_version() {
    let dir = tempfile::tempdir().unwrap();
    git(dir.path(), &["init", "-q", "-b", "main"]);
    let code = |above: &str| {
        format!(
            "{above}class Totals {{\n  void check() {{\n    log.warn(\"Could not round the basket \" + id + \" to cents\");\n    throw new CartException(\"CART-1042\");\n  }}\n}}\n"
        )
    };
    commit(dir.path(), JAVA, &code(""), "Old");
    git(dir.path(), &["tag", "v2.2.0"]);
    commit(dir.path(), JAVA, &code("// moved\n"), "New");
    git(dir.path(), &["tag", "v2.3.0"]);
    let workspace = Workspace::new();
    added(&workspace, dir.path(), "shop");
    let ask = |version: &str| {
        let text = format!(
            "Checkout fails\n\nOn version {version} we see\n2026-01-02 10:00:01 WARN [cart-3] Could not round the basket 4711 to cents\nand then CART-1042."
        );
        workspace.call("code_said", json!({ "question": { "text": text } }))
    };
    for (version, line) in [("2.2.0", 3), ("2.3.0", 4)] {
        let found = ask(version);
        let told: Vec<Value> = found["repos"][0]["lines"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| json!([one["basis"], one["line"], one["symbol"]]))
            .collect();
        let expected = [json!(["log_line", line, "Totals.check"]), json!(["error_code", line + 1, "Totals.check"])];
        assert_eq!(told, expected, "{found}");
        let shown = git(dir.path(), &["show", &format!("v{version}:{JAVA}")]);
        assert_eq!(found["repos"][0]["lines"][0]["text"], json!(shown.lines().nth(line - 1).unwrap()));
    }
    assert_eq!(ask("9.9")["repos"], json!([]), "nothing is guessed of a version that is not known");
    // They are places to look at.
    let text = "On version 2.3.0: WARN Could not round the basket 4711 to cents";
    let changes = workspace.call("code_changes", json!({ "question": { "text": text } }));
    assert_eq!(changes["changes"][0]["parts"][0]["reason"], json!("same_file"), "{changes}");
    assert_eq!(changes["files"][0]["parts"][0]["reason"], json!("said"));
}

/// As OpenTelemetry's file exporter writes it: a span that names its function alone, and one that failed with an exception.
fn trace() -> String {
    let said = |key: &str, value: &str| json!({ "key": key, "value": { "stringValue": value } });
    let thrown =
        "java.lang.IllegalStateException: totals differ by 0.01\n\tat com.northwind.cart.Totals.check(Totals.java:3)\n";
    let spans = json!([
        { "traceId": "a1", "spanId": "01", "name": "POST /pay",
          "attributes": [said("code.namespace", "com.northwind.cart.Pay"), said("code.function", "post")] },
        { "traceId": "a1", "spanId": "02", "parentSpanId": "01", "name": "totals", "status": { "code": 2 },
          "attributes": [said("code.function.name", "com.northwind.cart.Totals.check"), said("code.file.path", "Totals.java"),
                         { "key": "code.line.number", "value": { "intValue": "2" } }],
          "events": [{ "name": "exception", "attributes": [said("exception.stacktrace", thrown)] }] },
    ]);
    let resource = json!({ "attributes": [said("service.name", "cart"), said("service.version", "2.2.0")] });
    json!({ "resourceSpans": [{ "resource": resource, "scopeSpans": [{ "spans": spans }] }] }).to_string()
}

#[test]
fn what_a_trace_names_is_lines_at_the_version_that_its_service_says_and_so_is_what_it_threw() {
    let dir = tempfile::tempdir().unwrap();
    git(dir.path(), &["init", "-q", "-b", "main"]);
    let pay = "class Pay {\n  @Post\n  void post() {\n    totals.check();\n  }\n}\n";
    commit(dir.path(), "src/main/java/com/northwind/cart/Pay.java", pay, "Pay");
    commit(dir.path(), JAVA, "class Totals {\n  void check() {\n    throw;\n  }\n}\n", "Totals");
    git(dir.path(), &["tag", "v2.2.0"]);
    let workspace = Workspace::new();
    added(&workspace, dir.path(), "shop");
    let text = format!("Cannot pay\n\n{}", trace());
    let ran = workspace.call("code_ran", json!({ "question": { "text": text } }));
    let lines: Vec<Value> = ran["repos"][0]["frames"]
        .as_array()
        .unwrap()
        .iter()
        .map(|frame| json!([frame["basis"], frame["symbol"], frame["line"], frame["text"]]))
        .collect();
    let expected = json!([
        ["trace", "Totals.check", 3, "    throw;"],
        ["trace", "Totals.check", 2, "  void check() {"],
        ["trace", "Pay.post", 3, "  void post() {"],
    ]);
    assert_eq!((Value::from(lines), &ran["repos"][0]["at"]), (expected, &json!("v2.2.0")));
    // What was thrown is the error that cases before had, and what the trace names is told beside.
    let answer = workspace.call("seen_before", json!({ "text": text }));
    assert_eq!(
        (&answer["ran"][0]["exception"], &answer["traced"]),
        (&json!("java.lang.IllegalStateException"), &json!(3))
    );
    let pasted =
        "java.lang.IllegalStateException: totals differ by 7\n\tat com.northwind.cart.Totals.check(Totals.java:9)";
    let alone = workspace.call("seen_before", json!({ "text": pasted }));
    assert_eq!(answer["ran"][0]["code"], alone["ran"][0]["code"]);
}

#[test]
fn a_flag_leads_to_the_lines_that_read_it_at_the_customers_version_and_today() {
    let dir = tempfile::tempdir().unwrap();
    git(dir.path(), &["init", "-q", "-b", "main"]);
    let old = "class Totals {\n  static final String ROUND_TOTALS = \"round-totals\";\n  boolean on = flags.isOn(ROUND_TOTALS);\n}\n";
    commit(dir.path(), JAVA, old, "Round");
    git(dir.path(), &["tag", "v2.2.0"]);
    commit(dir.path(), JAVA, "class Totals {\n  boolean on = flags.isOn(\"round-totals\");\n}\n", "Inline");
    let workspace = Workspace::new();
    added(&workspace, dir.path(), "shop");
    let ticket = json!({ "kind": "ticket", "id": "NW-1", "subject": "Checkout fails", "version": "2.2.0",
        "created_at": "2026-01-01T00:00:00Z" });
    workspace.import(&ticket.to_string());
    let asked = json!({ "flag": "round-totals", "question": { "ticket": "NW-1" } });
    let found = workspace.call("flag_lines", asked);
    let lines = |at: &Value| -> Vec<Value> {
        at["lines"].as_array().unwrap().iter().map(|line| json!([line["line"], line["basis"], line["text"]])).collect()
    };
    let (theirs, today) = (&found["repos"][0]["theirs"], &found["repos"][0]["today"]);
    assert_eq!((&theirs["at"], &today["at"]), (&json!("v2.2.0"), &json!("refs/heads/main")));
    let constant = "  boolean on = flags.isOn(ROUND_TOTALS);";
    let name = "  static final String ROUND_TOTALS = \"round-totals\";";
    assert_eq!(lines(theirs), [json!([2, "flag", name]), json!([3, "constant", constant])]);
    assert_eq!(lines(today), [json!([2, "flag", "  boolean on = flags.isOn(\"round-totals\");"])]);
    assert_eq!(workspace.call("flag_lines", json!({ "flag": "none-such" }))["repos"], json!([]));
    assert_eq!(workspace.try_call("flag_lines", json!({ "flag": " " })).unwrap_err(), "bad_input");
}
