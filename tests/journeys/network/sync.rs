use super::Asking;
use crate::support::{forge::stamp, precedent, web::Answer};
use serde_json::{Value, json};
use std::{io::Write, path::Path, process::Stdio};

#[test]
fn a_repository_is_pulled_whole_and_then_only_what_changed() {
    let asking = Asking::forge(250);
    let (report, error) = asking.sync();
    assert_eq!((error, report.added, report.comments, report.skipped), (None, 250, 50, 0));
    // Where now is, for issues and comments; the newest page, where history begins, and its two pages; comments; what
    // changed meanwhile, of both; releases, tags and deployments; the count.
    assert_eq!(asking.web.paths().len(), 2 + 4 + 1 + 2 + 3 + 1, "{:?}", asking.web.paths());
    assert_eq!(asking.found("restart"), 50);

    asking.forge.put(7, &stamp(9_000), "Voucher 7 was posted twice");
    asking.forge.comment(900, 7, &stamp(9_001), "Rounding zanzibar.");
    let before = asking.web.paths().len();
    let (report, error) = asking.sync();
    assert_eq!((error, report.added, report.changed, report.comments), (None, 0, 1, 1));
    assert_eq!(
        asking.web.paths().len() - before,
        3 + 3,
        "one page of each, releases, tags and deployments, and the count"
    );
    assert_eq!(asking.found("zanzibar"), 1);

    // The place where it stands is asked once; from then on nothing new costs nothing.
    asking.sync();
    asking.sync();
    let last = asking.web.asked().into_iter().rev().find(|asked| asked.path.contains("&since=")).unwrap();
    assert!(last.header("if-none-match").is_some(), "{last:?}");
}

#[test]
fn an_interrupted_pull_goes_on_after_the_last_stored_page() {
    let asking = Asking::forge(250);
    let broken = || Some(Answer::new(500, ""));
    asking.forge.instead((0..5).map(|_| None).chain((0..6).map(|_| broken())));
    let (report, error) = asking.sync();
    assert_eq!((error, report.added), (Some("server_trouble"), 200), "the newest page, and the first of history");
    assert_eq!((asking.found("\"Voucher 250\""), asking.found("\"Voucher 120\"")), (1, 0), "the newest come first");
    let before = asking.web.paths().len();
    let (report, error) = asking.sync();
    assert_eq!((error, report.added, asking.tickets()), (None, 50, 250));
    assert_eq!(
        asking.web.paths().len() - before,
        5 + 3,
        "one page, comments, what changed, releases, tags and deployments, the count"
    );
}

#[test]
fn a_pull_that_was_cut_off_long_ago_looks_for_what_changed_before_it_goes_on() {
    let asking = Asking::forge(250);
    asking.forge.instead((0..5).map(|_| None).chain((0..6).map(|_| Some(Answer::new(500, "")))));
    assert_eq!(asking.sync().1, Some("server_trouble"));
    asking.clock.move_by(1);
    asking.forge.put(7, &stamp(9_000), "Voucher 7 was posted twice");
    let before = asking.web.paths().len();
    assert_eq!((asking.sync().1, asking.tickets(), asking.found("\"posted twice\"")), (None, 250, 1));
    let asked = asking.web.paths().split_off(before);
    assert!(asked[0].contains("&since="), "{asked:?}");
    assert_eq!(
        asked.len(),
        3 + 2 + 3 + 1,
        "what changed of both and how much there is come before the rest: {asked:?}"
    );
}

#[test]
fn a_deleted_and_a_moved_issue_leave_the_store_and_the_index_within_one_sync() {
    let asking = Asking::forge(120);
    asking.sync();
    asking.forge.delete(60);
    asking.forge.delete(61);
    asking.forge.twist(|asked, answer| match asked.path.ends_with("/issues/61") {
        true => Answer::new(301, "").with("location", "/api/v3/repos/acme/other/issues/5"),
        false if asked.path.contains("/other/") => {
            Answer::new(200, r#"{"number":5,"repository_url":"https://api.github.com/repos/acme/other"}"#)
        }
        false => answer,
    });
    let (report, error) = asking.sync();
    assert_eq!((error, report.deleted, asking.tickets()), (None, 2, 118));
    assert_eq!(
        (asking.found("\"Voucher 60\""), asking.found("\"Voucher 61\""), asking.found("\"Voucher 62\"")),
        (0, 0, 1)
    );
    let (report, _) = asking.sync();
    assert_eq!(report.deleted, 0);
}

#[test]
fn where_a_server_tells_no_number_the_roll_is_called_once_a_day() {
    let asking = Asking::forge(120);
    asking.forge.without_last();
    asking.sync();
    asking.forge.delete(60);
    assert_eq!(asking.sync().0.deleted, 0, "it was called this very day");
    asking.clock.move_by(1);
    assert_eq!((asking.sync().0.deleted, asking.tickets()), (1, 119));
}

#[test]
fn a_letter_that_is_no_unicode_costs_a_letter_and_no_record() {
    let asking = Asking::forge(120);
    asking.forge.twist(|asked, mut answer| {
        let mut body = answer.body.to_vec();
        if let Some(at) =
            body.windows(10).position(|window| window == b"Voucher 60").filter(|_| asked.path.contains("/issues?"))
        {
            body[at + 6] = 0xff;
            answer.body = body;
        }
        answer
    });
    let (report, error) = asking.sync();
    assert_eq!((error, report.skipped, asking.tickets()), (None, 0, 120));
    assert_eq!((asking.found("\"Voucher 59\""), asking.found("\"Voucher 60\"")), (1, 0));
}

#[test]
fn a_source_that_was_asked_without_a_token_is_not_emptied_as_if_one_had_been_taken_back() {
    let asking = Asking::forge(120);
    let url = format!("http://{}/acme/ledger", asking.web.address);
    asking.workspace.call("source_add", json!({ "kind": "github", "url": url, "name": "open" }));
    let sync = || engine::sync_now(&asking.workspace.engine, Some("open"), &|_, _| {}).unwrap().remove(0).error;
    assert!(sync().is_none());
    asking.forge.want_token("something");
    for days in [0, 8] {
        asking.clock.move_by(days);
        assert_eq!(sync().unwrap().code(), "token_needed");
        assert_eq!(asking.tickets(), 120);
    }
}

#[test]
fn however_many_are_deleted_at_once_leave_within_one_sync() {
    let asking = Asking::forge(450);
    asking.sync();
    (1..=300).for_each(|number| asking.forge.delete(number));
    let (report, error) = asking.sync();
    assert_eq!((error, report.deleted, asking.tickets()), (None, 300, 150));
}

#[test]
fn a_record_that_cannot_be_read_hides_a_deleted_one_for_a_day_at_most() {
    let asking = Asking::forge(120);
    asking.sync();
    // It counts there, and comes to nothing here: with the deleted one the numbers are the same.
    asking.forge.twist(|asked, mut answer| {
        if asked.path.ends_with("per_page=1") {
            let last = answer.headers.iter_mut().find(|(name, _)| name == "link").unwrap();
            last.1 = last.1.replace("page=119>; rel=\"last\"", "page=120>; rel=\"last\"");
            assert!(last.1.contains("page=120"), "{}", last.1);
        }
        answer
    });
    asking.forge.delete(60);
    assert_eq!(asking.sync().0.deleted, 0);
    asking.clock.move_by(1);
    assert_eq!((asking.sync().0.deleted, asking.tickets()), (1, 119));
}

#[test]
fn where_many_slip_through_a_roll_the_next_run_asks_about_the_others() {
    let asking = Asking::forge(260);
    asking.sync();
    asking.forge.without_last();
    asking.clock.move_by(1);
    // Issue 99 is gone; it comes last of those that the roll leaves out, which are there.
    asking.forge.delete(99);
    asking.forge.twist(|asked, mut answer| {
        if asked.path.contains("sort=created") {
            let mut records: Vec<Value> = serde_json::from_slice(&answer.body).unwrap();
            records.retain(|record| record["number"].as_u64().unwrap() > 220);
            answer.body = json!(records).to_string().into();
        }
        answer
    });
    assert_eq!((asking.sync().0.deleted, asking.tickets()), (0, 260), "two hundred were asked about, and were there");
    assert_eq!((asking.sync().0.deleted, asking.tickets()), (1, 259), "the very next run asks about the rest");
    let before = asking.web.paths().len();
    asking.sync();
    assert!(
        !asking.web.paths().split_off(before).iter().any(|path| path.contains("sort=created")),
        "all were asked about"
    );
}

#[test]
fn what_is_missing_from_a_roll_and_still_there_is_not_deleted() {
    let asking = Asking::forge(120);
    asking.sync();
    // A count that is too small, and a roll without one: it slipped between two pages.
    asking.forge.twist(|asked, mut answer| {
        if asked.path.ends_with("per_page=1") {
            answer.headers.retain(|(name, _)| name != "link");
        }
        if asked.path.contains("sort=created") {
            let records: Vec<Value> = serde_json::from_slice(&answer.body).unwrap();
            let without: Vec<Value> = records.into_iter().filter(|record| record["number"] != 60).collect();
            answer.body = json!(without).to_string().into();
        }
        answer
    });
    let (report, error) = asking.sync();
    assert_eq!((error, report.deleted, asking.tickets()), (None, 0, 120));
    assert!(asking.web.paths().iter().any(|path| path.ends_with("/issues/60")), "it was asked for by itself");
}

#[test]
fn a_source_that_is_read_again_from_its_beginning_changes_nothing_that_is_right_and_mends_what_is_not() {
    let asking = Asking::forge(120);
    asking.sync();
    // Without another stamp, as a server does after its own restore: no walk would ever see it.
    asking.forge.change(60, |issue| issue["title"] = "Voucher 60 was zanzibar".into());
    asking.clock.move_by(1);
    assert_eq!((asking.sync().0.changed, asking.found("zanzibar")), (0, 0));
    engine::sync_anew(&asking.workspace.engine, "ledger").unwrap();
    let (report, error) = asking.sync();
    assert_eq!((error, report.added, report.deleted, asking.tickets()), (None, 0, 0, 120));
    assert_eq!((report.changed, asking.found("zanzibar")), (1, 1));
    assert_eq!(asking.workspace.try_call("sync_again", json!({ "name": "nobody" })).unwrap_err(), "not_found");
}

#[test]
fn sources_are_nothing_to_each_other() {
    let asking = Asking::forge(20);
    asking.forge.want_token("somebody elses");
    let other = crate::support::forge::Forge::with(30);
    let web = other.open();
    asking.add("other", &web);
    let runs = engine::sync_now(&asking.workspace.engine, None, &|_, _| {}).unwrap();
    let ended: Vec<_> = runs
        .iter()
        .map(|run| (run.source.as_str(), run.report.added, run.error.as_ref().map(|error| error.code())))
        .collect();
    assert_eq!(ended, [("ledger", 0, Some("token_refused")), ("other", 30, None)]);
}

#[test]
fn a_removed_source_is_asked_no_more_and_what_came_from_it_stays() {
    let asking = Asking::forge(20);
    asking.sync();
    asking.workspace.call("source_remove", json!({ "name": "ledger" }));
    assert_eq!(asking.tickets(), 20);
    let before = asking.web.paths().len();
    assert_eq!(engine::sync_now(&asking.workspace.engine, None, &|_, _| {}).unwrap().len(), 0);
    assert_eq!(asking.workspace.try_call("sync_start", json!({ "name": "ledger" })).unwrap_err(), "not_asked");
    assert_eq!(asking.workspace.try_call("source_test", json!({ "name": "ledger" })).unwrap_err(), "not_asked");
    assert_eq!(asking.web.paths().len(), before);
}

#[test]
fn a_source_that_is_removed_with_its_purge_leaves_nothing() {
    let asking = Asking::forge(20);
    asking.sync();
    asking.workspace.call("source_remove", json!({ "name": "ledger", "purge": true }));
    asking.workspace.engine.wait_until_searchable().unwrap();
    assert_eq!((asking.tickets(), asking.found("voucher")), (0, 0));
    assert_eq!(asking.workspace.call("sources_list", json!({})), json!([]));
    assert!(asking.workspace.call("ledger_list", json!({}))["total"].as_u64() > Some(0), "the ledger outlives it");
}

#[test]
fn one_name_is_one_source() {
    let asking = Asking::forge(3);
    let add =
        |url: &str| asking.workspace.try_call("source_add", json!({ "kind": "github", "url": url, "name": "ledger" }));
    assert_eq!(add("https://github.com/acme/other").unwrap_err(), "source_taken");
    assert!(add(&format!("http://{}/acme/ledger", asking.web.address)).is_ok(), "the same again is a new token");
    asking.workspace.import(&crate::support::ticket("T-1", "A file", ""));
    let files = json!({ "kind": "github", "url": "https://github.com/acme/files", "name": "files" });
    assert_eq!(asking.workspace.try_call("source_add", files).unwrap_err(), "source_taken");
}

/// As a server runs it.
struct Shell(tempfile::TempDir);

impl Shell {
    fn run(&self, args: &[&str], input: &str) -> (Option<i32>, String, String) {
        let mut command = precedent();
        command.arg("--home").arg(self.0.path().join("home")).args(args);
        command.env("PRECEDENT_KEY_FILE", self.0.path().join("keys")).env("PRECEDENT_LOG", "trace");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        (output.status.code(), text(output.stdout), text(output.stderr))
    }

    fn json(&self, args: &[&str], input: &str) -> Value {
        let (_, out, err) = self.run(&[args, &["--json"]].concat(), input);
        serde_json::from_str(&out).unwrap_or_else(|_| panic!("{args:?}: {out}{err}"))
    }
}

#[test]
fn a_token_reaches_the_server_and_the_key_file_and_is_nowhere_else() {
    const TOKEN: &str = "ghp_zanzibarquartz0123456789";
    let forge = crate::support::forge::Forge::with(12);
    forge.want_token(TOKEN);
    let web = forge.open();
    let url = format!("http://{}/acme/ledger", web.address);
    let shell = Shell(tempfile::tempdir().unwrap());
    let said = std::cell::RefCell::new(String::new());
    let run = |args: &[&str], input: &str| {
        let (code, out, err) = shell.run(args, input);
        said.borrow_mut().push_str(&(out + &err));
        code
    };
    assert_eq!(run(&["source", "add", "github", "--url", &url, "--secret-stdin"], &format!("{TOKEN}\n")), Some(0));
    for args in [&["source", "list"][..], &["source", "test", "ledger"], &["sync", "--once"], &["ledger"]] {
        assert_eq!(run(args, ""), Some(0), "{args:?}");
    }
    forge.want_token("another");
    assert_eq!(run(&["sync", "ledger"], ""), Some(1));
    let words = said.borrow();
    assert!(words.contains("no longer accepts the token") && !words.contains(TOKEN), "{words}");
    drop(words);
    let secret_in_argument = json!({ "kind": "github", "url": url, "secret": TOKEN }).to_string();
    assert_eq!(run(&["rpc", "source_add", &secret_in_argument], ""), Some(2));

    let keys = std::fs::read_to_string(shell.0.path().join("keys")).unwrap();
    assert!(keys.contains(TOKEN));
    assert_eq!(files_with(&shell.0.path().join("home"), TOKEN), 0);
    let listed = shell.json(&["source", "list"], "");
    assert_eq!(
        (&listed[0]["tickets"], &listed[0]["has_token"], &listed[0]["stopped"]),
        (&json!(12), &json!(true), &json!(true))
    );
    assert_eq!(listed[0]["reach"], "this_machine");
    // Without a name only what was not stopped is asked.
    assert_eq!(shell.json(&["sync"], ""), json!([]));
    assert_eq!(shell.run(&["source", "remove", "ledger"], "").0, Some(0));
    let keys = std::fs::read_to_string(shell.0.path().join("keys")).unwrap();
    assert!(!keys.contains(TOKEN), "removed means gone");
}

fn files_with(dir: &Path, word: &str) -> usize {
    let entries = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    let holds = |path: &Path| {
        let bytes = std::fs::read(path).unwrap();
        bytes.windows(word.len()).any(|bytes| bytes == word.as_bytes())
    };
    entries.map(|path| if path.is_dir() { files_with(&path, word) } else { usize::from(holds(&path)) }).sum()
}
