//! What engineering gets: a package that needs no second question, of what is here, and without what belongs to somebody.

use crate::support::{Workspace, ticket};
use serde_json::{Value, json};

/// A ticket that tells everything, with a conversation and a handoff.
fn told(id: &str) -> String {
    let body = "Hello,\nsince Monday the total is wrong. It should be 12.40.\n\n1. Open the basket\n2. Add the voucher SUMMER\n3. Press pay\n\n\
        Role: shop manager\nPermissions: edit orders\nWrite to maria@kunde.example or call +49 170 1234567.\n\n\
        2026-03-04 08:12:44,218 ERROR c.a.Pay - refused\njava.lang.IllegalStateException: lock 17 is held\n\
        \tat com.acme.harbor.Import.run(Import.java:42)\n\tat com.acme.harbor.Main.main(Main.java:7)\n\nMaria Lindqvist";
    let lines = [
        json!({ "kind": "ticket", "id": id, "subject": "Total is wrong for Maria Lindqvist", "body": body, "product": "Harbor",
            "version": "5.2", "requester": "Maria Lindqvist", "account": "Kunde GmbH", "plan": "pro", "time_zone": "Europe/Berlin",
            "created_at": "2026-03-04T08:00:00Z", "updated_at": "2026-03-05T08:00:00Z", "status": "open", "group": "L2" }),
        json!({ "kind": "comment", "ticket": id, "id": "c1", "author": "Ben Whitlock", "author_role": "agent", "public": false,
            "body": "I cleared the cache, no difference. I checked it with ghp_16C7e42F292c6912E7710c838347Ae178B4a too.",
            "created_at": "2026-03-04T09:00:00Z" }),
        json!({ "kind": "hop", "ticket": id, "at": "2026-03-04T10:00:00Z", "from_group": "L1", "to_group": "L2", "by": "Ben Whitlock" }),
    ];
    lines.map(|line| line.to_string()).join("\n")
}

fn draft(workspace: &Workspace, args: Value) -> Value {
    workspace.call("escalation_draft", args)
}

fn text<'a>(draft: &'a Value, fact: &str) -> &'a str {
    let found = draft["facts"].as_array().unwrap().iter().find(|one| one["fact"] == fact).unwrap();
    found["text"].as_str().unwrap()
}

#[test]
fn a_package_is_filled_from_what_is_here_and_says_what_it_lacks() {
    let workspace = Workspace::new();
    workspace.import(&told("T-1"));
    let made = draft(&workspace, json!({ "ticket": "T-1", "reason": "needs_code_fix" }));
    assert_eq!(made["lint"]["missing"], json!(["owner"]), "{}", made["markdown"]["text"]);
    for (fact, expected) in [
        ("steps", "Open the basket\nAdd the voucher SUMMER\nPress pay"),
        ("expected", "It should be 12.40."),
        ("error_time", "2026-03-04 08:12:44,218"),
        ("account", "Kunde GmbH"),
        ("plan", "pro"),
        ("role", "shop manager"),
        ("permissions", "edit orders"),
        ("version", "5.2"),
        ("tried", "I cleared the cache, no difference.\nI checked it with [token 1] too."),
    ] {
        assert_eq!(text(&made, fact), expected, "{fact}");
    }
    let markdown = made["markdown"]["text"].as_str().unwrap();
    assert!(markdown.contains("2026-03-04T07:12:44.218Z; for the customer 2026-03-04 08:12:44 +01:00"), "{markdown}");
    assert!(markdown.contains("- Reason: needs code fix") && markdown.contains("L1 → L2"), "{markdown}");

    // What somebody takes out was known before the handoff: it got lost.
    let made = draft(
        &workspace,
        json!({ "ticket": "T-1", "facts": [{ "fact": "version", "text": "" }, { "fact": "role", "text": "owner" }],
        "waived": ["owner"] }),
    );
    assert_eq!((&made["reason"], &made["lint"]["missing"]), (&json!(null), &json!(["version"])));
    assert_eq!(
        (&made["lint"]["lost"][0]["fact"], &made["lint"]["lost"][0]["handoffs"]),
        (&json!("version"), &json!(0))
    );
    assert_eq!(text(&made, "role"), "owner");
    let without = json!([{ "fact": "expected", "text": "" }, { "fact": "actual", "text": "" }]);
    let made = draft(&workspace, json!({ "ticket": "T-1", "facts": without }));
    let lost: Vec<&str> =
        made["lint"]["lost"].as_array().unwrap().iter().map(|one| one["fact"].as_str().unwrap()).collect();
    assert_eq!(lost, ["expected", "actual"], "the customer said both");
}

#[test]
fn a_package_that_changed_since_it_was_shown_is_not_handed_over_and_what_was_shown_is_byte_for_byte() {
    let workspace = Workspace::new();
    workspace.import(&told("T-1"));
    // Similar cases have points, which are fewer a moment later.
    ["T-2", "T-3", "T-4"].iter().for_each(|id| drop(workspace.import(&told(id))));
    let package = json!({ "ticket": "T-1", "reason": "needs_code_fix" });
    let shown = draft(&workspace, package.clone());
    assert_eq!(draft(&workspace, package.clone())["seal"], shown["seal"], "nothing changed");
    // An answer of the customer comes in while it is looked at.
    workspace.import(&told("T-1").replace("I cleared the cache", "I restarted it"));
    let submit = |seal: &Value| workspace.try_call("escalation_submit", json!({ "package": package, "seal": seal }));
    assert_eq!(submit(&shown["seal"]).unwrap_err(), "package_changed");
    assert_eq!(workspace.call("escalation_list", json!({})), json!([]), "nothing was written down");
    let shown = draft(&workspace, package.clone());
    let handed = submit(&shown["seal"]).unwrap();
    assert_eq!(handed["markdown"]["text"], shown["markdown"]["text"]);
    let [left, looked_at]: [Value; 2] = [&handed["json"], &shown["json"]].map(|json| {
        let mut package: Value = serde_json::from_str(json.as_str().unwrap()).unwrap();
        assert_eq!(package["similar"].as_array().unwrap().len(), 3);
        package["similar"].as_array_mut().unwrap().iter_mut().for_each(|one| one["receipt"] = json!([]));
        package
    });
    assert_eq!(left, looked_at, "but for their points");
}

#[test]
fn what_belongs_to_somebody_is_in_neither_form_and_each_place_of_it_is_marked() {
    let workspace = Workspace::new();
    workspace.import(&told("T-1"));
    let given = json!([{ "fact": "actions", "text": "she pasted 4111 1111 1111 1111" }, { "fact": "account", "text": "Maria Lindqvist" }]);
    let made = draft(
        &workspace,
        json!({ "ticket": "T-1", "facts": given, "to": "ben@acme.example", "reason": "other",
        "reason_text": "ask maria@kunde.example" }),
    );
    let (markdown, package) = (made["markdown"]["text"].as_str().unwrap(), made["json"].as_str().unwrap());
    for leaving in [markdown, package, &made["facts"].to_string()] {
        for taken_out in ["Maria", "Lindqvist", "maria@", "kunde.example", "1234567", "ghp_", "4111", "ben@acme"] {
            assert!(!leaving.contains(taken_out), "{taken_out} leaves in {leaving}");
        }
    }
    for span in made["markdown"]["spans"].as_array().unwrap() {
        let (start, end) = (span["start"].as_u64().unwrap() as usize, span["end"].as_u64().unwrap() as usize);
        assert_eq!(&markdown[start..end], span["placeholder"]);
    }
    let kinds: Vec<&str> =
        made["markdown"]["spans"].as_array().unwrap().iter().map(|span| span["kind"].as_str().unwrap()).collect();
    for kind in ["email", "phone", "name", "token", "card"] {
        assert!(kinds.contains(&kind), "{kind} is not marked among {kinds:?}");
    }
}

#[test]
fn a_reason_or_a_fact_that_nobody_knows_is_refused_with_those_there_are() {
    let workspace = Workspace::new();
    workspace.import(&ticket("T-1", "Badge printer jams", "on long names"));
    for args in [
        json!({ "ticket": "T-1", "reason": "because" }),
        json!({ "ticket": "T-1", "reason": "other" }),
        json!({ "ticket": "T-1", "facts": [{ "fact": "owner", "text": "me" }] }),
        json!({ "ticket": "T-1", "waived": ["nothing"] }),
    ] {
        assert_eq!(workspace.try_call("escalation_draft", args).unwrap_err(), "bad_input");
    }
    assert_eq!(workspace.try_call("escalation_draft", json!({ "ticket": "T-9" })).unwrap_err(), "not_found");
}

/// SPEC J5: of what an engineer asks for, at least 70 % is there before anybody has written a word.
#[test]
fn packages_of_the_sample_workspace_are_seventy_percent_full_before_anybody_wrote_a_word() {
    let workspace = Workspace::new();
    workspace.engine.fill_sample().unwrap();
    workspace.engine.wait_until_searchable().unwrap();
    let queue = workspace.call("queue_list", json!({ "filter": "open", "limit": 500 }));
    let (lower, upper): (Vec<_>, Vec<_>) = queue["rows"]
        .as_array()
        .unwrap()
        .iter()
        .partition(|row| row["group"].as_str().unwrap_or("L1").starts_with("L1"));
    // Whoever hands over has looked at it by then; what has just come in says less, and is told beside it.
    let full = |rows: &[&Value], whose: &str| {
        let (mut filled, mut needed) = (0, 0);
        let mut missing = std::collections::BTreeMap::new();
        for row in rows.iter().take(80) {
            let made = draft(&workspace, json!({ "ticket": row["id"] }));
            filled += made["lint"]["filled"].as_u64().unwrap();
            needed += made["lint"]["needed"].as_u64().unwrap();
            for fact in made["lint"]["missing"].as_array().unwrap() {
                *missing.entry(fact.to_string()).or_insert(0) += 1;
            }
        }
        let (share, packages) = (filled as f64 / needed as f64, rows.len().min(80));
        println!("{packages} packages of {whose}: {filled} of {needed} facts are prefilled ({:.1} %)", share * 100.0);
        println!("  missing: {missing:?}");
        (share, packages)
    };
    full(&lower, "tickets that the first tier has");
    let (share, packages) = full(&upper, "escalated tickets");
    assert!(packages >= 20 && share >= 0.7, "{share:.3} of {packages}");
}

#[test]
fn what_engineering_answered_stops_the_next_of_the_same_and_begins_a_known_error() {
    let (workspace, dir) = (Workspace::new(), tempfile::tempdir().unwrap());
    workspace.import(&[told("T-1"), told("T-2"), ticket("T-3", "Badge printer jams", "on long names")].join("\n"));
    workspace.call("kb_init", json!({ "path": dir.path().join("kb") }));
    let submit = |id: &str, although: Option<&str>| {
        let package = json!({ "ticket": id, "reason": "cannot_reproduce" });
        workspace.try_call("escalation_submit", json!({ "package": package, "although": although }))
    };
    assert_eq!(
        workspace.try_call("escalation_submit", json!({ "package": { "ticket": "T-1" } })).unwrap_err(),
        "reason_missing"
    );
    let id = submit("T-1", None).unwrap()["row"]["id"].clone();
    assert!(submit("T-3", None).is_ok(), "it is another problem");
    assert_eq!(submit("T-1", None).unwrap()["row"]["id"], id, "a second time is the same escalation");
    assert_eq!(workspace.try_call("escalation_answer", json!({ "id": id })).unwrap_err(), "bad_input");
    let answer = json!({ "id": id, "cause": "Lock 17 is never given back.", "fix": "https://forge.example/pr/12", "versions": "5.2.1",
        "workaround": "1. Stop the import\n2. Start it again", "note": "Ask for the lock's number.", "effort": 90, "by": "Ines Albrecht" });
    let answered = workspace.call("escalation_answer", answer);
    assert_eq!(
        (&answered["escalation"]["row"]["state"], &answered["escalation"]["effort"]),
        (&json!("answered"), &json!(90))
    );

    let refused = submit("T-2", None).unwrap_err();
    assert_eq!(refused, "answered_before");
    let repeat = draft(&workspace, json!({ "ticket": "T-2" }))["repeat"].clone();
    assert_eq!(
        (&repeat["kind"], &repeat["because"], &repeat["author"]),
        (&json!("escalation"), &json!("signature"), &json!("Ines Albrecht"))
    );
    assert!(repeat["answer"].as_str().unwrap().starts_with("1. Stop the import"), "{repeat}");
    let anyway = submit("T-2", Some("another customer, Maria Lindqvist, and the lock has another number")).unwrap();
    assert_eq!(anyway["row"]["repeat_of"], id.to_string());
    assert_eq!(anyway["row"]["repeat_reason"], "another customer, [name 1], and the lock has another number");

    let path = dir.path().join("kb").join(answered["known_error"].as_str().unwrap());
    let text = std::fs::read_to_string(path).unwrap();
    for kept in [
        "workaround_available",
        "fix_versions: [\"5.2.1\"]",
        "Lock 17 is never",
        "Stop the import",
        "files:T-1",
        "forge.example/pr/12",
    ] {
        assert!(text.contains(kept), "{kept} is not in {text}");
    }
    assert!(!text.contains("Lindqvist"), "{text}");
    workspace.engine.wait_until_searchable().unwrap();
    assert_eq!(
        workspace.call("seen_before", json!({ "ticket": "T-2" }))["known_error"]["state"],
        "workaround_available"
    );
}

#[test]
fn what_was_handed_over_outlives_its_purged_source_without_a_word_of_the_customer() {
    let workspace = Workspace::new();
    workspace.import(&told("T-1"));
    let id = workspace.call("escalation_submit", json!({ "package": { "ticket": "T-1", "reason": "no_access" } }))["row"]["id"].clone();
    workspace.call("escalation_answer", json!({ "id": id, "note": "Give them the right." }));
    workspace.call("purge", json!({ "source": "files" }));
    let left = workspace.call("escalation_get", json!({ "id": id }));
    assert_eq!(
        (&left["answer"]["note"], &left["row"]["reason"]),
        (&json!("Give them the right."), &json!("no_access"))
    );
    assert_eq!((&left["markdown"]["text"], &left["row"]["title"]), (&json!(""), &json!("")));
    for word in ["voucher", "IllegalStateException", "Kunde"] {
        let scan = workspace.call("scan", json!({ "word": word }));
        assert_eq!(scan["database"], 0, "{word}");
    }
    let path = workspace.home.with_extension("bundle");
    assert_eq!(workspace.try_call("bundle_save", json!({ "id": id, "path": path })).unwrap_err(), "bad_input");
}
