//! A case that travels in one signed file: it opens in another workspace, and what is not as its author signed it, from
//! nobody who is known, or older than what is here, is refused before anything is written (fault 34).

use crate::support::{Workspace, strings};
use serde_json::{Value, json};
use std::{fs, path::PathBuf};

const TICKET: &str = r#"{"kind":"ticket","id":"T-1","subject":"Import stalls for Maria Lindqvist","body":"The import stops at row 4096. It should end.\n\njava.lang.IllegalStateException: lock 17 is held\n\tat com.acme.harbor.Import.run(Import.java:42)\n\tat com.acme.harbor.Main.main(Main.java:7)\n\nmaria@kunde.example, +49 170 1234567","product":"Harbor","version":"5.2","requester":"Maria Lindqvist","account":"Kunde GmbH","created_at":"2026-03-04T08:00:00Z","status":"open"}"#;

struct Sender {
    workspace: Workspace,
    dir: tempfile::TempDir,
    id: i64,
}

impl Sender {
    fn new() -> Self {
        let (workspace, dir) = (Workspace::new(), tempfile::tempdir().unwrap());
        workspace.import(TICKET);
        let log = "2026-03-04T07:59:00Z ERROR lock 17 is held for maria@kunde.example\n";
        workspace.call("case_file_add", json!({ "ticket": "T-1", "name": "app.log", "data": log }));
        let handed = workspace.call(
            "escalation_submit",
            json!({ "package": { "ticket": "T-1", "reason": "needs_code_fix", "to": "Harbor team" } }),
        );
        Self { workspace, dir, id: handed["row"]["id"].as_i64().unwrap() }
    }

    fn save(&self, name: &str) -> (PathBuf, Value) {
        let path = self.dir.path().join(name);
        let saved =
            self.workspace.call("bundle_save", json!({ "id": self.id, "path": path, "author": "Mia Castellani" }));
        (path, saved)
    }
}

/// Everything that opening a bundle could write, besides the audit.
fn written(workspace: &Workspace) -> String {
    let all = [
        workspace.call("escalation_list", json!({})),
        workspace.call("bundle_authors", json!({})),
        workspace.call("preferences_get", json!({})),
    ];
    format!("{all:?}")
}

fn audited(workspace: &Workspace) -> Vec<String> {
    let lines = workspace.call("audit_list", json!({ "limit": 1_000 }));
    lines["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| format!("{} {}", line["outcome"].as_str().unwrap(), line["detail"].as_str().unwrap()))
        .collect()
}

/// It fails with this code, writes nothing, and leaves one line that says so.
fn is_refused(workspace: &Workspace, args: Value, code: &str, file: &str) {
    let (before, lines) = (written(workspace), audited(workspace));
    assert_eq!(workspace.try_call("bundle_open", args).unwrap_err(), code);
    assert_eq!(written(workspace), before, "{code}: something was written");
    assert_eq!(audited(workspace), [vec![format!("{code} {file}")], lines].concat());
}

#[test]
fn a_case_opens_in_another_workspace_byte_for_byte_once_its_author_is_known() {
    let sender = Sender::new();
    let (path, saved) = sender.save("case.bundle");
    let receiver = Workspace::new();
    let opened =
        receiver.call("bundle_open", json!({ "path": path, "trust": saved["code"].as_str().unwrap().to_lowercase() }));
    let sent = sender.workspace.call("escalation_get", json!({ "id": sender.id }));
    assert_eq!((&opened["markdown"], &opened["json"]), (&sent["markdown"], &sent["json"]));
    assert_eq!((&opened["row"]["ticket"], &opened["row"]["to"]), (&json!("files:T-1"), &json!("Harbor team")));
    // What happened came along, without what is somebody's.
    let file = &opened["files"][0];
    assert_eq!((&file["name"], &file["kind"], &file["whole"]), (&json!("app.log"), &json!("log"), &json!(true)));
    let text = file["text"]["text"].as_str().unwrap();
    assert!(text.contains("ERROR lock 17 is held") && !text.contains("maria@kunde.example"), "{text}");
    assert_eq!(opened["row"]["author"], json!({ "name": "Mia Castellani", "code": saved["code"] }));
    assert_eq!((&opened["ticket_here"], &opened["row"]["state"]), (&json!(false), &json!("submitted")));
    // Known from now on, and the same file changes nothing.
    let again = receiver.call("bundle_open", json!({ "path": path }));
    assert_eq!(again["row"], opened["row"]);
    // A newer one of the same case takes its place and keeps how far it had come.
    receiver.call("escalation_move", json!({ "id": opened["row"]["id"], "state": "in_progress" }));
    let newer = receiver.call("bundle_open", json!({ "path": sender.save("newer.bundle").0 }));
    assert_eq!((&newer["row"]["id"], &newer["row"]["state"]), (&opened["row"]["id"], &json!("in_progress")));
    assert_eq!(receiver.call("escalation_list", json!({})).as_array().unwrap().len(), 1);
    // The author's own workspace knows its own file.
    assert_eq!(sender.workspace.call("bundle_open", json!({ "path": path }))["row"]["id"], sender.id);
    // It is there after a restart, and its author is the same after the key was changed.
    let receiver = receiver.reopen(|_| {});
    assert_eq!(receiver.call("escalation_list", json!({}))[0]["ticket"], "files:T-1");
    let own = sender.workspace.call("bundle_own", json!({}));
    sender.workspace.call("key_rotate", json!({}));
    assert_eq!(sender.workspace.call("bundle_own", json!({})), own);
}

#[test]
fn an_answer_that_was_given_elsewhere_comes_back_in_a_file_joins_the_case_and_stops_the_next_one() {
    let sender = Sender::new();
    let home = |workspace: &Workspace, name: &str| {
        let path = sender.dir.path().join(name);
        workspace.call("kb_init", json!({ "path": path }));
        path
    };
    let (support, engineer) = (home(&sender.workspace, "support"), Workspace::new());
    let team = home(&engineer, "team");
    let (path, saved) = sender.save("case.bundle");
    let opened = engineer.call("bundle_open", json!({ "path": path, "trust": saved["code"] }));
    let id = &opened["row"]["id"];
    let back = sender.dir.path().join("back.bundle");
    let refused = engineer.try_call("bundle_save", json!({ "id": id, "path": back }));
    assert_eq!(refused.unwrap_err(), "bad_input", "there is nothing to send back yet");
    let answer = json!({ "id": id, "cause": "Lock 17 is never let go.", "workaround": "Restart the importer.", "versions": "5.2.1",
        "note": "Zanzibar imports hold two locks.", "by": "Priya", "effort": 30 });
    let given = engineer.call("escalation_answer", answer);
    assert_eq!(given["no_folder"], false);
    // Of a case that is nowhere else here, product and version come from the package.
    let begun = fs::read_to_string(team.join(given["known_error"].as_str().unwrap())).unwrap();
    assert!(begun.contains("product: \"Harbor\"") && begun.contains("affected_versions: [\"5.2\"]"), "{begun}");
    let taught = fs::read_to_string(team.join(given["article"].as_str().unwrap())).unwrap();
    assert!(
        taught.contains("Zanzibar imports hold two locks.") && taught.contains("Restart the importer."),
        "{taught}"
    );

    let sent = engineer.call("bundle_save", json!({ "id": id, "path": back, "author": "Priya" }));
    let stranger = sender.workspace.try_call("bundle_open", json!({ "path": back })).unwrap_err();
    assert_eq!(stranger, "bundle_author_unknown");
    let joined = sender.workspace.call("bundle_open", json!({ "path": back, "trust": sent["code"] }));
    assert_eq!((&joined["row"]["id"], &joined["row"]["state"]), (&json!(sender.id), &json!("answered")));
    assert_eq!(
        (&joined["row"]["answered_by"], &joined["answer"]["cause"]),
        (&json!("Priya"), &json!("Lock 17 is never let go."))
    );
    assert_eq!(sender.workspace.call("escalation_list", json!({})).as_array().unwrap().len(), 1);
    assert!(support.join("known-errors/escalation-1.md").exists(), "it begins a known error here, too");
    // Found with the ticket, shown as what was done, and said before the same is asked again.
    sender.workspace.engine.wait_until_searchable().unwrap();
    let found = sender.workspace.call("search", json!({ "query": "zanzibar", "k": 5 }));
    assert!(strings(&found["hits"], "display_id").contains(&"T-1".to_owned()), "{found}");
    sender.workspace.import(&TICKET.replace("T-1", "T-2"));
    let seen = sender.workspace.call("seen_before", json!({ "ticket": "T-2" }));
    let hit = seen["hits"].as_array().unwrap().iter().find(|hit| hit["display_id"] == "T-1").unwrap();
    assert_eq!((&hit["answer"]["from"], &hit["answer"]["author"]), (&json!("engineering"), &json!("Priya")));
    let next = sender.workspace.call("escalation_draft", json!({ "ticket": "T-2" }));
    assert_eq!(next["repeat"]["author"], "Priya");

    // The same file changes nothing; better words take its place, and the older file does not come back.
    assert_eq!(sender.workspace.call("bundle_open", json!({ "path": back }))["row"], joined["row"]);
    engineer.call("escalation_answer", json!({ "id": id, "cause": "Lock 17 leaks.", "by": "Priya" }));
    let better = sender.dir.path().join("better.bundle");
    engineer.call("bundle_save", json!({ "id": id, "path": better }));
    assert_eq!(sender.workspace.call("bundle_open", json!({ "path": better }))["answer"]["cause"], "Lock 17 leaks.");
    assert_eq!(sender.workspace.try_call("bundle_open", json!({ "path": back })).unwrap_err(), "bundle_old");
}

#[test]
fn a_bundle_that_was_tampered_with_is_refused_before_anything_is_written_and_audited() {
    let sender = Sender::new();
    let (path, saved) = sender.save("case.bundle");
    let good = fs::read(&path).unwrap();
    let receiver = Workspace::new();
    let bad = sender.dir.path().join("bad.bundle");
    let args = json!({ "path": bad, "trust": saved["code"] });
    // In the key, the signature, the heading, the parts.
    for at in (10..good.len()).step_by(good.len() / 40) {
        let mut changed = good.clone();
        changed[at] ^= 1;
        fs::write(&bad, &changed).unwrap();
        let code = receiver.try_call("bundle_open", args.clone()).unwrap_err();
        assert!(
            matches!(code.as_str(), "bundle_tampered" | "bundle_cut_off" | "bundle_too_large"),
            "byte {at}: {code}"
        );
    }
    assert_eq!(receiver.call("escalation_list", json!({})), json!([]));
    assert_eq!(receiver.call("bundle_authors", json!({})), json!([]));
    let last = good.len() - 3;
    fs::write(&bad, [&good[..last], b"?", &good[last + 1..]].concat()).unwrap();
    is_refused(&receiver, args.clone(), "bundle_tampered", "bad.bundle");
    for (bytes, code) in
        [(&good[..last], "bundle_cut_off"), (&b"PK\x03\x04"[..], "bundle_foreign"), (&good[..0], "bundle_foreign")]
    {
        fs::write(&bad, bytes).unwrap();
        is_refused(&receiver, args.clone(), code, "bad.bundle");
    }
}

#[test]
fn a_bundle_that_nobody_signed_is_refused_before_anything_is_written_and_audited() {
    let sender = Sender::new();
    let (path, saved) = sender.save("case.bundle");
    let mut bytes = fs::read(&path).unwrap();
    bytes[42..106].fill(0);
    fs::write(&path, bytes).unwrap();
    is_refused(&Workspace::new(), json!({ "path": path, "trust": saved["code"] }), "bundle_unsigned", "case.bundle");
}

#[test]
fn a_bundle_of_an_unknown_author_is_told_with_their_code_and_refused_before_anything_is_written_and_audited() {
    let sender = Sender::new();
    let (path, saved) = sender.save("case.bundle");
    let receiver = Workspace::new();
    is_refused(&receiver, json!({ "path": path }), "bundle_author_unknown", "case.bundle");
    is_refused(
        &receiver,
        json!({ "path": path, "trust": "0000-0000-0000-0000-0000" }),
        "bundle_author_unknown",
        "case.bundle",
    );
    let told = engine::api::rpc(&receiver.engine, "bundle_open", json!({ "path": path })).unwrap_err().message;
    assert!(told.contains("Mia Castellani") && told.contains(saved["code"].as_str().unwrap()), "{told}");
    // Who was forgotten is unknown again.
    receiver.call("bundle_open", json!({ "path": path, "trust": saved["code"] }));
    receiver.call("bundle_author_forget", json!({ "name": saved["code"] }));
    is_refused(&receiver, json!({ "path": path }), "bundle_author_unknown", "case.bundle");
}

#[test]
fn a_bundle_of_an_older_epoch_is_refused_before_anything_is_written_and_audited() {
    let sender = Sender::new();
    let (older, saved) = sender.save("older.bundle");
    let (newer, _) = sender.save("newer.bundle");
    let receiver = Workspace::new();
    receiver.call("bundle_open", json!({ "path": newer, "trust": saved["code"] }));
    is_refused(&receiver, json!({ "path": older }), "bundle_old", "older.bundle");
}

#[test]
fn nothing_that_belongs_to_somebody_is_in_the_bytes_of_a_bundle() {
    let sender = Sender::new();
    let bytes = fs::read(sender.save("case.bundle").0).unwrap();
    let holds = |word: &str| bytes.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()));
    assert!(holds("[name 1]") && holds("IllegalStateException"));
    for taken_out in ["Maria", "Lindqvist", "kunde.example", "1234567"] {
        assert!(!holds(taken_out), "{taken_out}");
    }
}

#[test]
fn a_file_that_is_there_is_never_written_over_and_a_pipe_is_not_waited_for() {
    let sender = Sender::new();
    let (path, _) = sender.save("case.bundle");
    let before = fs::read(&path).unwrap();
    let again = sender.workspace.try_call("bundle_save", json!({ "id": sender.id, "path": path }));
    assert_eq!((again.unwrap_err().as_str(), fs::read(&path).unwrap()), ("bundle_file", before));
    for path in ["relative.bundle", ""] {
        assert_eq!(sender.workspace.try_call("bundle_open", json!({ "path": path })).unwrap_err(), "bad_input");
    }
    let lines = audited(&sender.workspace).len();
    for path in [sender.dir.path().join("missing"), sender.dir.path().to_owned()] {
        assert_eq!(sender.workspace.try_call("bundle_open", json!({ "path": path })).unwrap_err(), "bundle_file");
    }
    assert_eq!(audited(&sender.workspace).len(), lines, "nobody tried anything");
}

#[test]
fn the_command_line_hands_over_saves_opens_and_tells_what_happened() {
    use crate::support::precedent;
    let dir = tempfile::tempdir().unwrap();
    let export = dir.path().join("export.jsonl");
    fs::write(&export, TICKET).unwrap();
    let run = |home: &str, args: &[&str]| {
        let output =
            precedent().arg("--home").arg(dir.path().join(home)).args(args).current_dir(dir.path()).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    };
    assert_eq!(run("a", &["import", "export.jsonl", "--source", "files"]).0, 0);
    let (code, refused, _) = run("a", &["escalate", "T-1", "--bundle", "case.bundle"]);
    assert_eq!((code, refused.as_str()), (2, ""), "nothing leaves without a reason");
    let (code, markdown, told) =
        run("a", &["escalate", "T-1", "--reason", "no_access", "--bundle", "case.bundle", "--as", "Mia"]);
    assert_eq!(code, 0, "{told}");
    assert!(
        markdown.starts_with("# Import stalls for [name 1]\n") && told.contains("Handed over as escalation 1."),
        "{markdown}{told}"
    );
    let author = run("a", &["bundle", "code"]).1.split_whitespace().next().unwrap().to_owned();
    assert!(told.contains(&author), "{told}");
    let (code, _, told) = run("b", &["bundle", "open", "case.bundle"]);
    assert_eq!(code, 1);
    assert!(told.contains("\"Mia\"") && told.contains(&author), "{told}");
    assert_eq!(run("b", &["bundle", "open", "case.bundle", "--trust", &author]).1, markdown);
    assert!(run("b", &["bundle", "list"]).1.contains("files:T-1"));
    let log = run("b", &["bundle", "log"]).1;
    assert!(log.contains("bundle author unknown") && log.contains("done"), "{log}");
    let json: Value = serde_json::from_str(&run("a", &["escalate", "T-1", "--format", "json"]).1).unwrap();
    assert_eq!((&json["package"]["ticket"]["id"], &json["markdown"].is_string()), (&json!("files:T-1"), &true));
}
