//! Nothing of a customer's text can be read in the workspace's folder, and every way to lose a key ends in words.

use crate::support::{Workspace, known_error, precedent, ticket};
use serde_json::{Value, json};
use std::{path::Path, process::Stdio};

/// Words that nothing else contains.
fn canaries() -> Vec<String> {
    (0..50)
        .map(|n| {
            format!("canary{}zq{}", n * 7919 % 1000, "abcdefghij".chars().cycle().skip(n).take(6).collect::<String>())
        })
        .collect()
}

#[test]
fn fifty_words_planted_through_every_input_are_nowhere_in_the_folder() {
    let words = canaries();
    let workspace = Workspace::new();
    let mut lines = Vec::new();
    for (n, word) in words.iter().enumerate().take(40) {
        let mut line: Value =
            serde_json::from_str(&ticket(&format!("T-{n}"), word, &format!("{word} in the body"))).unwrap();
        let field =
            ["requester", "account", "resolution", "environment", "product", "component", "assignee", "url"][n % 8];
        line[field] = word.as_str().into();
        line["tags"] = json!([word]);
        line["unknown_key"] = word.as_str().into();
        lines.push(line.to_string());
        lines.push(json!({ "kind": "comment", "ticket": format!("T-{n}"), "id": format!("c{n}"), "body": word, "author": word, "created_at": "2026-01-05T11:00:00Z" }).to_string());
        lines.push(json!({ "kind": "hop", "ticket": format!("T-{n}"), "at": "2026-01-05T12:00:00Z", "from_group": word, "to_group": "L2", "by": word }).to_string());
    }
    let mut known = known_error("KE-1", &words[40], &["T-1"]);
    (known["cause"], known["error_text"]) = (words[41].as_str().into(), words[42].as_str().into());
    lines.push(known.to_string());
    // The export itself is the person's own file; it lies outside the workspace.
    let export = workspace.home.with_extension("jsonl");
    std::fs::write(&export, lines.join("\n")).unwrap();
    workspace.import_file(&export);
    std::fs::remove_file(&export).unwrap();
    workspace.engine.wait_until_searchable().unwrap();

    for word in &words[43..47] {
        workspace.seen(&format!("java.lang.IllegalStateException: {word}\n\tat com.{word}.A.run(A.java:1)"));
        workspace.call("search", json!({ "query": word, "prefix": true }));
    }
    let seen = workspace.call("seen_before", json!({ "ticket": "T-1" }));
    let question = seen["question"]["id"].clone();
    workspace.call("feedback_set", json!({ "question": question, "hit": "files:T-2", "verdict": "used" }));
    workspace.call("link_add", json!({ "a": "T-3", "kind": "same_as", "b": "T-4" }));
    workspace.call("preference_set", json!({ "key": "draft", "value": words[47] }));
    let facts = json!([{ "fact": "steps", "text": words[48] }]);
    let package =
        json!({ "ticket": "T-5", "reason": "no_access", "reason_text": words[48], "to": words[48], "facts": facts });
    let sent = workspace.call("escalation_submit", json!({ "package": package, "although": words[48] }));
    let shown = workspace.call("escalation_get", json!({ "id": sent["row"]["id"] }));
    assert!(shown.to_string().contains(&words[48]), "it can be read, and is stored");
    let answer = json!({ "id": sent["row"]["id"], "cause": words[48], "fix": words[48], "workaround": words[48], "versions": "1.0",
        "note": words[48], "by": words[48] });
    workspace.call("escalation_answer", answer);
    let options = json!([{ "key": "write", "value": "yes" }]);
    let source = json!({ "kind": "github", "url": "http://127.0.0.1:9/acme/ledger", "name": "ledger", "options": options, "secret": words[49] });
    workspace.call("source_add", source);
    let draft = json!({ "kind": "issue", "to": "ledger", "about": "T-6", "title": words[49], "text": words[49], "as_is": true });
    let draft = workspace.call("outbox_write", draft);
    assert!(draft.to_string().contains(&words[49]), "it can be seen before it leaves");

    workspace.engine.reindex().unwrap();
    workspace.call("doctor", json!({ "repair": true }));
    let found = workspace.call("search", json!({ "query": words[3] }));
    assert_eq!(found["hits"][0]["display_id"], "T-3", "they can be found, and are stored");

    // While it is open, with its log beside the database, and after it was closed.
    is_clean(&workspace.home, &words);
    let home = workspace.home.clone();
    let workspace = workspace.reopen(|_| {});
    is_clean(&home, &words);
    drop(workspace);
}

/// The most that anybody can make it say, and what it leaves behind elsewhere.
#[test]
fn no_log_and_no_temporary_file_says_a_word_of_what_a_customer_wrote() {
    let words = canaries();
    let dir = tempfile::tempdir().unwrap();
    let export = dir.path().join("export.jsonl");
    let mut lines: Vec<String> = (words.iter().enumerate().take(45))
        .map(|(n, word)| ticket(&format!("T-{n}"), word, &format!("java.lang.IllegalStateException: {word}")))
        .collect();
    // What cannot be read is told with its line and reason, and not with what stands there.
    lines.push(format!("{{\"kind\":\"ticket\",\"id\":\"{}\"", words[45]));
    std::fs::write(&export, lines.join("\n")).unwrap();
    std::fs::write(dir.path().join("pasted"), format!("{}\n{}", words[46], words[3])).unwrap();
    let path = |name: &str| dir.path().join(name).display().to_string();
    let temporary = dir.path().join("temporary");
    std::fs::create_dir(&temporary).unwrap();
    let runs: [&[&str]; 9] = [
        &["import", &path("export.jsonl")],
        &["seen", &path("pasted")],
        &["search", &words[4]],
        &["ticket", "show", "T-5"],
        &["escalate", "T-5", "--reason", "no_access", "--because", &words[5]],
        &["rule", "make", "T-6"],
        &["redact", &path("pasted")],
        &["reindex"],
        &["doctor"],
    ];
    let mut lines = 0;
    for args in runs {
        let mut command = precedent();
        command.args(["--json", "-v", "--home"]).arg(dir.path().join("home")).args(args);
        command.env("PRECEDENT_LOG", "trace").env("TMPDIR", &temporary).env("TMP", &temporary);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(std::fs::read_dir(&temporary).unwrap().count(), 0, "{args:?} left something behind");
        let said = String::from_utf8_lossy(&output.stderr).to_lowercase();
        assert!(words.iter().all(|word| !said.contains(word.as_str())), "{args:?}: {said}");
        lines += said.lines().count();
    }
    assert!(lines > 0, "the bad record, at least, is told");
}

fn is_clean(dir: &Path, words: &[String]) {
    let mut files = 0;
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            files += 1;
            let bytes = std::fs::read(&path).unwrap().to_ascii_lowercase();
            for word in words {
                assert!(
                    !bytes.windows(word.len()).any(|bytes| bytes == word.as_bytes()),
                    "{word} in {}",
                    path.display()
                );
            }
        }
    }
    assert!(files > 8, "the database, its log, the index and the keys were read: {files} files");
}

/// As a server runs it: a home, a key file beside it.
struct Server(tempfile::TempDir);

impl Server {
    fn run(&self, key_file: &str, args: &[&str], input: &str) -> (Option<i32>, Value) {
        let mut command = precedent();
        command.arg("--json").arg("--home").arg(self.0.path().join("home")).args(args);
        command.env("PRECEDENT_KEY_FILE", self.0.path().join(key_file));
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        (output.status.code(), serde_json::from_slice(&output.stdout).unwrap_or_default())
    }
}

#[test]
fn a_lost_key_file_is_told_and_the_recovery_key_opens_the_workspace_for_a_new_one() {
    let server = Server(tempfile::tempdir().unwrap());
    let line = ticket("T-1", "Badge printer jams", "on long names");
    assert_eq!(server.run("keys", &["import", "-"], &line).0, Some(0));
    let (_, made) = server.run("keys", &["key", "recovery"], "");
    let words = made["words"].as_str().unwrap().to_owned();

    let (code, refused) = server.run("other", &["ticket", "show", "T-1"], "");
    assert_eq!((code, &refused["error"]["code"]), (Some(1), &json!("key_missing")));
    assert!(refused["error"]["hint"].as_str().unwrap().contains("recovery key"), "{refused}");
    let (code, refused) = server.run("other", &["key", "restore"], &words.replace(&words[..4], "0000"));
    assert_eq!((code, &refused["error"]["code"]), (Some(1), &json!("recovery_key_mistyped")));

    assert_eq!(server.run("other", &["key", "restore"], &words.to_lowercase()).0, Some(0));
    let (code, shown) = server.run("other", &["ticket", "show", "T-1"], "");
    assert_eq!((code, &shown["subject"]), (Some(0), &json!("Badge printer jams")));
    assert_eq!(server.run("keys", &["ticket", "show", "T-1"], "").0, Some(1), "the old key opens nothing any more");
}

#[test]
fn a_changed_key_opens_and_a_forgotten_workspace_never_does_again() {
    let server = Server(tempfile::tempdir().unwrap());
    let line = ticket("T-1", "Badge printer jams", "on long names");
    server.run("keys", &["import", "-"], &line);
    assert_eq!(server.run("keys", &["key", "rotate"], "").1["kind"], "key_file");
    assert_eq!(server.run("keys", &["ticket", "show", "T-1"], "").0, Some(0));
    assert_eq!(server.run("keys", &["key", "forget"], "").0, Some(2), "not without --yes");
    assert_eq!(server.run("keys", &["key", "forget", "--yes"], "").0, Some(0));
    let (code, refused) = server.run("keys", &["ticket", "show", "T-1"], "");
    assert_eq!((code, &refused["error"]["code"]), (Some(1), &json!("keys_damaged")));
    let keys = std::fs::read_to_string(server.0.path().join("keys")).unwrap();
    assert!(!keys.contains("workspace-"), "{keys}");
}

// Elsewhere the system always has one.
#[cfg(target_os = "linux")]
#[test]
fn without_a_keyring_nothing_is_made_until_a_passphrase_was_chosen() {
    let dir = tempfile::tempdir().unwrap();
    let (home, file) = (dir.path().join("home"), dir.path().join("passphrase"));
    let run = |words: Option<&str>, args: &[&str], input: &str| -> (Option<i32>, Value) {
        let mut command = precedent();
        command.args(["--json", "--home"]).arg(&home).args(args);
        command.env_remove("PRECEDENT_KEY_FILE").env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
        if let Some(words) = words {
            private(&file, words);
            command.env("PRECEDENT_PASSPHRASE_FILE", &file);
        }
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        // One that was refused before it read is no reason to stop here.
        let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.as_bytes());
        let output = child.wait_with_output().unwrap();
        (output.status.code(), serde_json::from_slice(&output.stdout).unwrap_or_default())
    };
    let refused = |(code, said): (Option<i32>, Value)| {
        assert_eq!(code, Some(1), "{said}");
        said["error"]["code"].as_str().unwrap_or_default().to_owned()
    };
    let (code, said) = run(None, &["search", "anything"], "");
    assert_eq!((code, &said["error"]["code"]), (Some(1), &json!("no_place_for_key")), "{said}");
    let hint = said["error"]["hint"].as_str().unwrap();
    assert!(hint.contains("PRECEDENT_KEY_FILE") && hint.contains("key passphrase"), "{hint}");
    assert!(!home.join("store.db").exists(), "nothing was stored without a key");

    assert_eq!(refused(run(None, &["key", "passphrase"], "too short")), "passphrase_short");
    assert_eq!(run(None, &["key", "passphrase"], "four words of no sense\n").0, Some(0));
    let words = Some("four words of no sense");
    assert_eq!(run(words, &["import", "-"], &ticket("T-1", "Badge printer jams", "on long names")).0, Some(0));
    let recovery = run(words, &["key", "recovery"], "").1["words"].as_str().unwrap().to_owned();
    assert_eq!(refused(run(None, &["ticket", "show", "T-1"], "")), "passphrase_needed");
    assert_eq!(refused(run(Some("four words of no sensf"), &["ticket", "show", "T-1"], "")), "passphrase_wrong");

    // Changed by who knows the old one, and chosen anew by who has the recovery key.
    assert_eq!(refused(run(None, &["key", "passphrase"], "five other words of none")), "passphrase_needed");
    assert_eq!(run(words, &["key", "passphrase"], "five other words of none").0, Some(0));
    assert_eq!(refused(run(words, &["ticket", "show", "T-1"], "")), "passphrase_wrong");
    assert_eq!(run(Some("a third one of more words"), &["key", "restore"], &recovery).0, Some(0));
    let (code, shown) = run(Some("a third one of more words"), &["ticket", "show", "T-1"], "");
    assert_eq!((code, &shown["subject"]), (Some(0), &json!("Badge printer jams")));
}

#[cfg(target_os = "linux")]
fn private(file: &Path, words: &str) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::write(file, words).unwrap();
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600)).unwrap();
}
