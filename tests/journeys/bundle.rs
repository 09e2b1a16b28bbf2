//! A case that travels in one signed file: it opens in another workspace, and what is not as its author signed it, from
//! nobody who is known, or older than what is here, is refused before anything is written (fault 34).

use crate::support::Workspace;
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
