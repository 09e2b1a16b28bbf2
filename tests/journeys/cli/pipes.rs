//! `precedent … | head`: who stops reading has seen enough.

use super::{Home, conversation, path};
use crate::support::ticket;
use std::process::{Command, Stdio};

/// Nobody reads, from the very beginning.
fn closed() -> Stdio {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer.into()
}

fn ends(command: &mut Command) -> (Option<i32>, String) {
    let output = command.stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_closed_pipe_is_no_failure_whatever_is_printed() {
    let long = "Timeout while the nightly ledger export waits for its lock. ".repeat(2_000);
    let lines: Vec<String> = (0..40).map(|n| ticket(&format!("T-{n}"), &format!("Export {n} waits"), &long)).collect();
    let home = Home::with(&lines);
    let question = home.file("big.txt", &long);
    let questions: Vec<String> =
        (0..50).map(|n| format!("{{\"id\":\"q{n}\",\"subject\":\"Export {n} waits\",\"body\":\"ledger\"}}")).collect();
    let batch = home.file("batch.jsonl", &questions.join("\n"));
    for args in [
        &["--json", "seen", path(&question), "-k", "40"][..],
        &["seen", path(&question), "-k", "40"],
        &["seen", "--batch", path(&batch)],
        &["--json", "search", "export"],
        &["search", "export"],
        &["--json", "ticket", "show", "T-1"],
        &["ticket", "show", "T-1"],
        &["doctor"],
        &["rpc", "workspace_status"],
        &["rpc", "reindex"],
        &["--help"],
    ] {
        let (code, stderr) = ends(home.command(args).stdout(closed()));
        assert_eq!((code, stderr.as_str()), (Some(0), ""), "{args:?}");
    }
}

/// At exit SQLCipher takes itself apart: a thread that still read then crashed in it, about once in ten times.
#[test]
fn nothing_reads_on_while_the_process_ends() {
    let home = Home::with(&conversation());
    for _ in 0..40 {
        let (code, stderr) = ends(home.command(&["rpc", "reindex"]).stdout(Stdio::null()));
        assert_eq!((code, stderr.as_str()), (Some(0), ""));
    }
}

#[test]
fn a_failure_stays_one_when_nobody_reads_of_it() {
    let home = Home::with(&conversation());
    for (args, code) in [(&["--json", "ticket", "show", "T-9"][..], 1), (&["--json", "search"], 2)] {
        assert_eq!(ends(home.command(args).stdout(closed())).0, Some(code), "{args:?}");
        let status = home.command(args).stdout(closed()).stderr(closed()).status().unwrap();
        assert_eq!(status.code(), Some(code), "{args:?}");
    }
}
