//! Redaction, retention and purge as scripts and people meet them.

use super::{Home, path};
use crate::support::ticket;
use serde_json::json;

#[test]
fn the_command_line_redacts_shows_what_would_go_and_deletes_only_when_told() {
    let home =
        Home::with(&[ticket("T-1", "Badge printer jams", "for Zoë")
            .replace("\"status\"", "\"requester\":\"Zoë Müller\",\"status\"")]);
    let text = home.file("reply.txt", "Hi Zoë,\ncall +49 170 1234567 or write to a@example.org and A@example.org\n");
    let run = home.run(&["redact", path(&text), "--ticket", "T-1"]);
    assert_eq!(run.stdout, "Hi [name 1],\ncall [phone 1] or write to [e-mail 1] and [e-mail 1]\n");
    let view = home.json(&["redact", path(&text), "--name", "Zoë"]);
    let kinds: Vec<_> = view["spans"].as_array().unwrap().iter().map(|span| span["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["name", "phone", "email", "email"]);
    assert!(!view.to_string().contains("1234567"), "{view}");

    let refused = home.run(&["retention", "add", "--days", "30"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.stderr.contains("1 tickets go now"), "{}", refused.stderr);
    assert_eq!(home.json(&["retention", "show"])["rules"], json!([]));
    let refused = home.run(&["purge", "files"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.stderr.contains("files: 1 ticket, 0 comments"), "{}", refused.stderr);
    assert!(home.json(&["purge", "--scan", "jams"])["database"].as_u64().unwrap() > 0);
    assert_eq!(home.json(&["purge", "files", "--yes"])["tickets"], 1);
    assert_eq!(home.run(&["purge", "--scan", "jams"]).stdout, "It is nowhere in the database or the index.\n");
    assert_eq!(home.run(&["purge", "files", "--yes"]).code, Some(1));
}

#[test]
fn a_text_is_redacted_without_a_workspace_and_none_is_made() {
    let home = Home::new();
    let run = home.run_with_input(&["redact"], "from 203.0.113.7, Jane");
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), "from [IP address 1], Jane\n"));
    assert!(!home.path().exists());
}
