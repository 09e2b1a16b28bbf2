//! What people read.

use super::{Home, conversation, path};
use crate::support::ticket;
use serde_json::{Value, json};

#[test]
fn a_shown_ticket_has_its_text_its_comments_its_handoffs_and_its_links() {
    let home = Home::with(&[conversation(), vec![ticket("T-2", "Login fails too", "")]].concat());
    home.json(&["ticket", "link", "T-2", "duplicate_of", "T-1"]);
    let shown = home.run(&["ticket", "show", "T-1"]);
    assert_eq!(shown.code, Some(0), "{}", shown.stderr);
    assert!(
        shown.stdout.starts_with("files:T-1  Login fails\nsolved · Ledger\nFrom         ann\n"),
        "{}",
        shown.stdout
    );
    let end = "\n\n    After the update.\n\n    Please help.\n\n\
        2026-01-05 12:00  Handed from L1 to L2 by ann\n\n\
        2026-01-05 13:00  ben · engineer · internal note\n    The session store was full.\n\n\
        Links\n    has the duplicate T-2  Login fails too\n";
    assert!(shown.stdout.ends_with(end), "{}", shown.stdout);
}

#[test]
fn the_verdict_says_how_often_when_last_how_it_ended_and_who_else() {
    let lines = (1..=3).map(|n| {
        let mut line: Value = serde_json::from_str(&ticket(&format!("T-{n}"), "Sync stalls", "at 99 percent")).unwrap();
        line["status"] = "solved".into();
        line["resolution"] = if n == 2 { "Won't Fix" } else { "Fixed" }.into();
        line["requester"] = format!("person {n}").into();
        line.to_string()
    });
    let home = Home::with(&lines.collect::<Vec<_>>());
    let question = home.file("question.txt", "Sync stalls\nat 99 percent");
    let asked_then = home.run(&["seen", path(&question), "--as-of", "2026-01-06T00:00:00Z"]);
    let first = asked_then.stdout.lines().next().unwrap();
    assert!(first.starts_with("Seen 3 times, last "), "{first}");
    assert!(first.contains(" ago. Usually: code fix (2 of 3). Others up to 2026-01-06T00:00:00Z: "), "{first}");
    assert!(first.ends_with(" 3 in 24 h, 3 in 7 days."), "{first}");
    let unknown = home.run_with_input(&["seen"], "Zanzibar");
    let words = "Looks new. Nothing like it among 3 documents.\n\
                 How often that is right here is not measured yet: precedent replay.\n";
    assert_eq!(unknown.stdout, words);
}

const HOSTILE: &str = "Login\u{1b}]0;owned\u{7} fails \u{202e}desrever \u{9b}31m";

#[test]
fn nothing_that_a_stranger_wrote_steers_the_terminal() {
    let mut evil: Value = serde_json::from_str(&ticket("T-1", HOSTILE, HOSTILE)).unwrap();
    for field in ["requester", "product", "account", "component", "version", "resolution", "group", "assignee"] {
        evil[field] = HOSTILE.into();
    }
    evil["status"] = "solved".into();
    evil["tags"] = json!([HOSTILE]);
    let html = json!({ "kind": "ticket", "id": "T-2", "subject": "Login\nSeen 99 times, last today.", "body_format": "html",
        "body": format!("<p>{HOSTILE}&#27;[2J&#155;31m&#8238;</p><script>x</script>"),
        "created_at": "2026-01-05T10:00:00Z", "updated_at": "2026-01-05T10:00:00Z", "status": "open" });
    let comment = json!({ "kind": "comment", "ticket": "T-1", "id": "c1", "author": HOSTILE, "author_role": "requester",
        "public": true, "body": HOSTILE, "created_at": "2026-01-05T11:00:00Z" });
    let hop = json!({ "kind": "hop", "ticket": "T-1", "at": "2026-01-05T12:00:00Z", "from_group": HOSTILE,
        "to_group": HOSTILE, "by": HOSTILE });
    let home = Home::with(&[evil, html, comment, hop].map(|line| line.to_string()));
    let question = home.file("question.txt", HOSTILE);
    for args in [
        &["ticket", "show", "T-1"][..],
        &["ticket", "show", "T-2"],
        &["seen", path(&question)],
        &["search", "login"],
        &["ticket", "show", HOSTILE],
        &["seen", "--ticket", HOSTILE],
        &["ticket", "link", "T-1", "same_as", "T-2"],
        &["--json", "ticket", "show", "T-1"],
        &["--json", "seen", path(&question)],
        &["import", HOSTILE],
    ] {
        let run = home.run(args);
        let steers = |letter: char| {
            (letter.is_control() && letter != '\n' && letter != '\t') || matches!(letter, '\u{202a}'..='\u{202e}')
        };
        for text in [&run.stdout, &run.stderr] {
            assert!(!text.contains(steers), "{args:?}: {text:?}");
        }
        let lines = run.stdout.lines();
        assert_eq!(lines.filter(|line| line.starts_with("Seen 99")).count(), 0, "{args:?}: {}", run.stdout);
    }
    assert!(home.run(&["ticket", "show", "T-1"]).stdout.contains("Login⟨U+001B⟩]0;owned⟨U+0007⟩ fails"));
    let subject = &home.json(&["ticket", "show", "T-1"])["subject"];
    assert_eq!(subject.as_str(), Some(HOSTILE), "a program reads what was written");
}
