//! The team's articles: found by their words and beside an answer, and never by somebody whom they are not for.

use crate::support::Workspace;
use serde_json::{Value, json};
use std::{fs, path::Path};

const TICKETS: &str = r#"{"kind":"ticket","id":"T-1","subject":"Invoice export stops with a sealed ledger","body":"Since this morning the invoice export stops and says that the ledger is sealed.","product":"Harbor","created_at":"2026-11-01T08:00:00Z","status":"open"}
{"kind":"ticket","id":"T-2","subject":"Printer on the second floor","body":"It has no paper.","created_at":"2026-11-02T08:00:00Z","status":"open"}
"#;

fn started(dir: &Path, files: &[(&str, String)]) -> Workspace {
    let workspace = Workspace::new();
    workspace.import(TICKETS);
    let folder = dir.join("kb");
    workspace.call("kb_init", json!({ "path": folder }));
    for (path, text) in files {
        fs::write(folder.join(path), text).unwrap();
    }
    workspace.call("kb_read", json!({}));
    workspace.engine.wait_until_searchable().unwrap();
    workspace
}

fn found(workspace: &Workspace, query: &str) -> Vec<String> {
    let reply = workspace.call("search", json!({ "query": query }));
    reply["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap().to_owned()).collect()
}

const UNSEAL: &str = "---\nid: unseal\ntitle: Invoice export stops with a sealed ledger\n---\n## Issue\nThe invoice export stops and says that the ledger is sealed.\n\n## Resolution\nUnseal it under **Periods**, then export again.\n";

#[test]
fn an_article_is_found_by_its_words_and_beside_an_answer_and_gone_once_it_is_archived() {
    let dir = tempfile::tempdir().unwrap();
    let concept = "---\nid: period\n---\n# What a period is\n## Meaning\nA quarantined span of days.\n";
    let workspace =
        started(dir.path(), &[("articles/unseal.md", UNSEAL.into()), ("concepts/period.md", concept.into())]);
    assert_eq!(found(&workspace, "unseal periods"), ["knowledge:articles/unseal.md"]);
    assert_eq!(found(&workspace, "is:article"), ["knowledge:articles/unseal.md", "knowledge:concepts/period.md"]);
    assert_eq!(found(&workspace, "quarantined"), ["knowledge:concepts/period.md"]);
    assert_eq!(found(&workspace, "is:open paper"), ["files:T-2"]);
    let shown = workspace.call("kb_show", json!({ "id": "knowledge:articles/unseal.md" }));
    assert_eq!(shown["entry"]["id"], "unseal");

    let seen = workspace.call("seen_before", json!({ "ticket": "T-1" }));
    assert_eq!(seen["articles"][0]["id"], "knowledge:articles/unseal.md");
    assert_eq!(seen["articles"][0]["first"], "Unseal it under Periods, then export again.");
    let points: f64 =
        seen["articles"][0]["receipt"].as_array().unwrap().iter().map(|p| p["points"].as_f64().unwrap()).sum();
    assert!((points - seen["articles"][0]["score"].as_f64().unwrap()).abs() < 1e-6);
    // An article is no earlier case: it is neither a hit nor counted as one.
    assert_eq!((&seen["verdict"]["kind"], seen["hits"].as_array().unwrap().len()), (&json!("new"), 0));
    assert_eq!(workspace.call("seen_before", json!({ "ticket": "T-2" }))["articles"], json!([]));

    let path = dir.path().join("kb/articles/unseal.md");
    fs::write(&path, UNSEAL.replace("id: unseal\n", "id: unseal\nconfidence: archived\n")).unwrap();
    assert_eq!(workspace.call("kb_read", json!({}))["gone"], 1);
    workspace.engine.wait_until_searchable().unwrap();
    assert_eq!(found(&workspace, "unseal"), [""; 0]);
    assert_eq!(workspace.call("seen_before", json!({ "ticket": "T-1" }))["articles"], json!([]));

    // What the index knew is found again after a start, from the store alone.
    let workspace = workspace.reopen(|_| {});
    workspace.engine.wait_until_searchable().unwrap();
    assert_eq!(found(&workspace, "quarantined"), ["knowledge:concepts/period.md"]);
}

const READERS: [&str; 4] = ["internal", "partner", "customer", "public"];

/// Words that nobody else uses, in every place of an article that is searched or shown.
fn planted(own: &str, number: usize) -> [String; 6] {
    ["title", "body", "todo", "product", "part", "id"].map(|place| format!("zq{own}{place}{number}"))
}

fn article(own: &str, number: usize) -> (String, String) {
    let [title, body, todo, product, part, id] = planted(own, number);
    let text = format!(
        "---\nid: {id}\ntitle: Button {title}\naudience: {own}\nproduct: {product}\ncomponents: [{part}]\n---\n\
         ## Issue\nThe button {body} is grey.\n\n## Resolution\nPress {todo}.\n"
    );
    (format!("articles/{own}-{number}.md"), text)
}

/// Everything that a reply says but what was asked.
fn said(mut reply: Value) -> String {
    reply["query"] = json!("");
    reply.to_string()
}

#[test]
fn what_a_reader_may_not_read_is_in_no_query_count_snippet_or_suggestion() {
    let dir = tempfile::tempdir().unwrap();
    let made: Vec<(String, String)> =
        READERS.iter().flat_map(|own| (0..5).map(move |number| article(own, number))).collect();
    let files: Vec<(&str, String)> = made.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
    let workspace = started(dir.path(), &files);
    let mut asked = 0;
    for (level, own) in READERS.iter().enumerate() {
        let out = dir.path().join(format!("out-{own}"));
        workspace.call("kb_export", json!({ "path": out, "audience": own }));
        let listed = workspace.call("kb_list", json!({ "audience": own }));
        let everything = |query: &str, prefix: bool| {
            let asked = json!({ "query": query, "prefix": prefix, "facets": true, "audience": own, "k": 50 });
            workspace.try_call("search", asked)
        };
        // What there is for everybody below as well is found, so that this can fail.
        assert_eq!(everything("button", false).unwrap()["total"], 5 * (4 - level as u64), "{own}");
        for (planter, of) in READERS.iter().enumerate() {
            for number in 0..5 {
                let words = planted(of, number);
                for word in &words {
                    let start = &word[..word.len() - 2];
                    let mistyped = format!("{}x{}", &word[..5], &word[6..]);
                    for (query, prefix) in [
                        (word.clone(), false),
                        (word.clone(), true),
                        (start.to_owned(), true),
                        (mistyped, false),
                        (format!("\"{word}\""), false),
                        (format!("button {word}"), false),
                        (format!("product:{word}"), false),
                        (format!("component:{word}"), false),
                        (format!("id:{word}"), false),
                        (format!("{word}:x"), false),
                        ("button".to_owned(), true),
                        ("is:article".to_owned(), false),
                    ] {
                        asked += 1;
                        let Ok(reply) = everything(&query, prefix) else { continue };
                        let all = said(reply.clone());
                        // Those who may read less of it see nothing of what is kept from them.
                        for (kept, other) in READERS.iter().enumerate().filter(|(kept, _)| *kept < level) {
                            assert!(!all.contains(&format!("zq{other}")), "{own} {query} {kept}: {all}");
                        }
                        if planter < level && query == *word {
                            assert_eq!(
                                (&reply["total"], &reply["tiers"], &reply["next"]),
                                (&json!(0), &json!([]), &json!(null))
                            );
                        }
                        // Products and components are searched by their fields alone.
                        let by_field = word == &words[3] || word == &words[4];
                        let whole = query == *word && !by_field || query.ends_with(&format!(":{word}")) && by_field;
                        if planter >= level && whole && !prefix && !query.starts_with("id:") {
                            let right = !by_field || query.starts_with("product:") == (word == &words[3]);
                            assert_eq!(reply["total"], u64::from(right), "{own} may read {word}: {query}");
                        }
                    }
                    let may = planter >= level;
                    assert_eq!(
                        listed.to_string().contains(word.as_str()),
                        may && ["title", "id"].iter().any(|place| word.contains(place))
                    );
                    assert_eq!(text_of(&out).contains(word.as_str()), may, "{own}: {word}");
                }
            }
        }
    }
    assert_eq!(asked, 4 * 4 * 5 * 6 * 12);
    assert_eq!(
        workspace.try_call("search", json!({ "query": "x", "audience": "everybody" })).unwrap_err(),
        "bad_input"
    );
}

fn text_of(folder: &Path) -> String {
    let mut files: Vec<_> = fs::read_dir(folder.join("articles")).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| format!("{} {}", file.display(), fs::read_to_string(file).unwrap())).collect()
}
