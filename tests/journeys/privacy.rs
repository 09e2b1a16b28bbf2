//! What may leave, how long it stays, and that what was deleted is gone.

use crate::support::{Workspace, known_error, ticket};
use serde_json::{Value, json};

/// Words that nothing else contains, one for each field of everything that an export can hold.
struct Planted {
    words: Vec<String>,
}

impl Planted {
    fn new() -> Self {
        Self { words: Vec::new() }
    }

    fn word(&mut self) -> String {
        let n = self.words.len();
        let letters: String = "abcdefghijk".chars().cycle().skip(n).take(7).collect();
        let word = format!("canary{}zq{letters}", n * 7919 % 1000);
        self.words.push(word.clone());
        word
    }

    /// A ticket with a word in every field, a comment, a handoff, a link and an error in it.
    fn ticket(&mut self, id: &str) -> Vec<String> {
        let subject = self.word();
        let trace = format!(
            "java.lang.IllegalStateException: {}\n\tat com.{}.Till.run(Till.java:1)\n\tat com.{}.Main.main(Main.java:2)",
            self.word(),
            self.word(),
            self.word()
        );
        let mut line: Value = serde_json::from_str(&ticket(id, &subject, &format!("{} {trace}", self.word()))).unwrap();
        for field in
            ["requester", "account", "resolution", "environment", "product", "assignee", "group", "priority", "url"]
        {
            line[field] = self.word().into();
        }
        for field in ["tags", "components", "affected_versions", "fix_versions"] {
            line[field] = json!([self.word()]);
        }
        line["unknown_key"] = self.word().into();
        line["links"] = json!([{ "kind": "mentions", "to": "T-9" }]);
        let comment = json!({ "kind": "comment", "ticket": id, "id": "c1", "body": self.word(), "author": self.word(), "created_at": "2026-01-05T11:00:00Z" });
        let hop = json!({ "kind": "hop", "ticket": id, "at": "2026-01-05T12:00:00Z", "from_group": self.word(), "to_group": self.word(), "by": self.word() });
        vec![line.to_string(), comment.to_string(), hop.to_string()]
    }
}

fn import(workspace: &Workspace, source: &str, lines: &[String]) -> Value {
    // The export is the person's own file; it lies outside the workspace.
    let export = workspace.home.with_extension(format!("{source}.jsonl"));
    std::fs::write(&export, lines.join("\n")).unwrap();
    let report = workspace.import_as(json!({ "path": export, "source": source })).unwrap();
    workspace.engine.wait_until_searchable().unwrap();
    serde_json::to_value(report).unwrap()
}

/// The database and the index as they are without encryption, free pages and unused files included.
fn found(workspace: &Workspace, words: &[String]) -> Vec<String> {
    let hit = |word: &&String| {
        let scan = workspace.call("scan", json!({ "word": word }));
        scan["database"].as_u64().unwrap() + scan["index"].as_u64().unwrap() > 0
    };
    words.iter().filter(hit).cloned().collect()
}

#[test]
fn nothing_of_a_purged_source_is_left_in_any_page_or_segment_and_what_a_person_said_stays() {
    let workspace = Workspace::new();
    let mut planted = Planted::new();
    let mut lines = planted.ticket("T-1");
    lines.extend(planted.ticket("T-2"));
    let mut known = known_error("KE-1", &planted.word(), &["T-1"]);
    for field in ["cause", "error_text", "owner", "product", "url"] {
        known[field] = planted.word().into();
    }
    known["workaround"] = json!([planted.word()]);
    lines.push(known.to_string());
    // What waits for a ticket that never came.
    lines.push(json!({ "kind": "comment", "ticket": "T-404", "id": "c1", "body": planted.word(), "created_at": "2026-01-05T11:00:00Z" }).to_string());
    import(&workspace, "helpdesk", &lines);
    import(&workspace, "other", &[ticket("O-1", "Badge printer jams", "on long names")]);
    workspace.call("link_add", json!({ "a": "T-1", "kind": "same_as", "b": "O-1" }));
    workspace.call("feedback_set", json!({ "question": "other:O-1", "hit": "helpdesk:T-2", "verdict": "used" }));
    assert_eq!(found(&workspace, &planted.words), planted.words, "every one of them was stored");
    // A copy of everything, and a database that was moved aside, hold it too.
    let copy = workspace.home.join("backups/whole-0001-2026-01-05.db");
    let aside = workspace.home.join("damaged/2026-01-05/store.db");
    for path in [&copy, &aside] {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::copy(workspace.home.join("store.db"), path).unwrap();
    }

    let would = workspace.call("purge_preview", json!({ "source": "helpdesk" }));
    let gone = workspace.call("purge", json!({ "source": "helpdesk" }));
    assert_eq!(would, gone);
    assert_eq!((&gone["tickets"], &gone["comments"], &gone["known_errors"]), (&json!(2), &json!(2), &json!(1)));
    assert_eq!(gone["copies"], 2);
    assert!(!copy.exists() && !aside.exists());
    let fresh: Vec<_> =
        std::fs::read_dir(workspace.home.join("backups")).unwrap().map(|file| file.unwrap().path()).collect();
    assert!(
        matches!(&fresh[..], [one] if one.file_name().unwrap().to_str().unwrap().starts_with("whole-0002-")),
        "{fresh:?}"
    );

    assert_eq!(found(&workspace, &planted.words), Vec::<String>::new());
    assert_eq!(workspace.hits("Badge printer jams"), ["O-1"]);
    let left = workspace.call("ticket_get", json!({ "id": "O-1" }));
    assert_eq!((&left["links"][0]["display_id"], &left["links"][0]["title"]), (&json!("T-1"), &Value::Null));
    let status = workspace.call("workspace_status", json!({}));
    assert_eq!((status["sources"].as_array().unwrap().len(), &status["signatures"]), (1, &json!(0)));
    assert!(workspace.call("doctor", json!({}))["ok"].as_bool().unwrap());
    // What the fresh copy would bring back holds nothing of it either.
    let workspace = workspace.reopen(|home| {
        std::fs::copy(&fresh[0], home.join("store.db")).unwrap();
    });
    assert_eq!(found(&workspace, &planted.words), Vec::<String>::new());
    assert_eq!(workspace.hits("Badge printer jams"), ["O-1"]);
}

#[test]
fn a_ticket_that_may_no_longer_be_read_leaves_no_text_and_the_same_export_does_not_bring_it_back() {
    let workspace = Workspace::new();
    let mut gone = Planted::new();
    let kept = vec!["zanzibarquartz".to_owned()];
    let lines = [gone.ticket("T-1"), vec![ticket("T-2", "Badge printer jams", &kept[0])]].concat();
    import(&workspace, "helpdesk", &lines);
    workspace.call("purge", json!({ "ticket": "T-1" }));
    assert_eq!((found(&workspace, &gone.words), found(&workspace, &kept)), (vec![], kept));
    assert_eq!(workspace.try_call("ticket_get", json!({ "id": "T-1" })).unwrap_err(), "not_found");
    let again = import(&workspace, "helpdesk", &lines);
    assert_eq!((&again["unchanged"], &again["added"]), (&json!(2), &json!(0)));
    assert_eq!(found(&workspace, &gone.words), Vec::<String>::new());
}

#[test]
fn a_retention_rule_deletes_just_what_was_confirmed_now_after_imports_and_at_the_next_start() {
    let workspace = Workspace::new();
    let mut planted = Planted::new();
    let old =
        planted.ticket("T-1").into_iter().map(|line| line.replace("2026-01-05", "2019-01-05")).collect::<Vec<_>>();
    import(
        &workspace,
        "helpdesk",
        &[old.clone(), vec![ticket("T-2", "Badge printer jams", "").replace("2026-", "2096-")]].concat(),
    );
    let rules = json!([{ "days": 365 }]);
    let covered = workspace.call("retention_preview", json!({ "rules": rules }));
    assert_eq!((&covered["tickets"], &covered["ids"]), (&json!(1), &json!(["helpdesk:T-1"])));
    for unconfirmed in [Value::Null, json!(2)] {
        let refused = workspace.try_call("retention_set", json!({ "rules": rules, "confirmed": unconfirmed }));
        assert_eq!(refused.unwrap_err(), "bad_input");
    }
    assert_eq!(workspace.call("workspace_status", json!({}))["tickets"], 2);

    workspace.call("retention_set", json!({ "rules": rules, "confirmed": 1 }));
    assert_eq!(found(&workspace, &planted.words), Vec::<String>::new());
    let again = import(&workspace, "helpdesk", &old);
    assert_eq!((&again["expired"], &again["added"], &again["comments"]), (&json!(1), &json!(0), &json!(0)));
    let workspace = workspace.reopen(|_| {});
    assert_eq!(workspace.call("workspace_status", json!({}))["tickets"], 1);
    assert_eq!(found(&workspace, &planted.words), Vec::<String>::new());
    assert_eq!(workspace.call("retention_get", json!({}))["rules"][0]["days"], 365);
}

#[test]
fn the_exported_configuration_holds_the_rules_and_no_text_of_a_ticket() {
    let workspace = Workspace::new();
    let mut planted = Planted::new();
    import(&workspace, "helpdesk", &planted.ticket("T-1"));
    workspace.call("retention_set", json!({ "rules": [{ "days": 9000, "group": "L1" }] }));
    let exported = workspace.call("config_export", json!({}))["json"].as_str().unwrap().to_owned();
    let config: Value = serde_json::from_str(&exported).unwrap();
    assert_eq!((&config["retention"][0]["days"], &config["sources"][0]["name"]), (&json!(9000), &json!("helpdesk")));
    assert!(planted.words.iter().all(|word| !exported.contains(word)));
    let overview = workspace.call("privacy_overview", json!({}));
    assert!(overview["folders"].as_array().unwrap().iter().all(|folder| folder["bytes"].as_u64().unwrap() > 0));
}
