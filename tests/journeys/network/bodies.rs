//! Answers that are cut off, packed too tightly, or say one thing and are another.

use super::Asking;
use crate::support::web::{Answer, Fault};
use serde_json::{Value, json};
use std::io::Write;

/// The answer to the first page, and its cursor afterwards: nothing.
fn rejected(asking: &Asking, answer: &Answer) -> String {
    asking.forge.instead((0..6).map(|_| Some(answer.clone())));
    let (report, error) = asking.sync();
    assert_eq!((report.added, report.skipped, asking.tickets()), (0, 0, 0), "a page is taken whole or not at all");
    error.unwrap().into()
}

fn first_page(asking: &Asking) -> Vec<u8> {
    use std::{io::Read, net::TcpStream};
    let mut stream = TcpStream::connect(asking.web.address).unwrap();
    let path = "/api/v3/repos/acme/ledger/issues?state=all&sort=updated&per_page=100";
    stream.write_all(format!("GET {path} HTTP/1.1\r\n\r\n").as_bytes()).unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let body = answer.windows(4).position(|end| end == b"\r\n\r\n").unwrap() + 4;
    answer.split_off(body)
}

#[test]
fn a_page_cut_off_at_any_of_fifty_places_is_rejected_whole_and_the_cursor_stays() {
    let asking = Asking::forge(20);
    let body = first_page(&asking);
    for n in 0..50 {
        let cut = &body[..body.len() * n / 50];
        // Every second one claims to be complete.
        let answer = if n % 2 == 0 {
            Answer::new(200, cut)
        } else {
            Answer::new(200, body.clone()).failing(Fault::Cut(cut.len()))
        };
        let code = rejected(&asking, &answer);
        assert!(["answer_unreadable", "broken_off"].contains(&code.as_str()), "{n}: {code}");
    }
    let (report, error) = asking.sync();
    assert_eq!((error, report.added), (None, 20), "the first page is asked for anew");
}

#[test]
fn a_packed_page_that_is_cut_off_or_damaged_is_rejected_whole() {
    let asking = Asking::forge(20);
    let whole = Answer::new(200, first_page(&asking)).gzipped();
    for n in [1, 10, 20, whole.body.len() / 2, whole.body.len() - 4, whole.body.len() - 1] {
        let cut = Answer { body: whole.body[..n].into(), ..whole.clone() };
        assert_eq!(rejected(&asking, &cut), "answer_unreadable", "{n}");
    }
    let mut flipped = whole.clone();
    let middle = flipped.body.len() / 2;
    flipped.body[middle] ^= 1;
    assert_eq!(rejected(&asking, &flipped), "answer_unreadable");
    for strange in ["br", "zstd", "deflate", "gzip, gzip"] {
        let packed = Answer::new(200, first_page(&asking)).with("content-encoding", strange);
        assert_eq!(rejected(&asking, &packed), "answer_unreadable", "{strange}");
    }
    asking.forge.instead([Some(whole)]);
    assert_eq!((asking.sync().1, asking.tickets()), (None, 20), "and a whole one is taken");
}

#[test]
fn a_wrong_length_is_a_broken_page_whichever_way_it_is_wrong() {
    let asking = Asking::forge(20);
    let body = first_page(&asking);
    let lying = |length| Answer::new(200, body.clone()).failing(Fault::Length(length));
    assert_eq!(rejected(&asking, &lying(body.len() + 100)), "broken_off");
    assert_eq!(rejected(&asking, &lying(body.len() - 100)), "answer_unreadable");
}

#[test]
fn an_error_page_that_claims_success_is_no_page() {
    let asking = Asking::forge(20);
    for body in ["<html>Sign in</html>", "", "null", r#"{"message":"maintenance"}"#, "[[[["] {
        assert_eq!(rejected(&asking, &Answer::new(200, body)), "answer_unreadable", "{body}");
    }
}

#[test]
fn a_megabyte_that_unpacks_to_a_gigabyte_is_cut_at_the_cap() {
    let asking = Asking::forge(20);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..1_024 {
        packed.write_all(&zeros).unwrap();
    }
    let bomb = Answer::new(200, packed.finish().unwrap()).with("content-encoding", "gzip");
    assert!(bomb.body.len() < 1_100_000, "{} bytes", bomb.body.len());
    let before = resident();
    asking.forge.instead([Some(bomb)]);
    let (report, error) = asking.sync();
    assert_eq!((error, report.added), (Some("answer_too_large"), 0));
    let grown = peak().saturating_sub(before);
    assert!(grown < 200 << 20, "memory grew by {} MB on the way, this whole test's own included", grown >> 20);
    assert_eq!(asking.web.paths().len(), 1, "nobody asks for a bomb twice");
}

#[cfg(target_os = "linux")]
fn memory(field: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(field)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() << 10
}

#[cfg(not(target_os = "linux"))]
fn memory(_: &str) -> u64 {
    0
}

fn resident() -> u64 {
    memory("VmRSS")
}

fn peak() -> u64 {
    memory("VmHWM")
}

#[test]
fn a_record_as_large_and_as_deep_as_it_gets_costs_itself_alone() {
    let asking = Asking::forge(3);
    // The oldest comes last on a page of the newest first.
    asking.forge.change(2, |issue| issue["body"] = "word ".repeat(2_000_000).into());
    asking.forge.twist(|asked, mut answer| {
        let one = asked.path.ends_with("/issues/1");
        if one || asked.path.contains("/issues?state=all&sort=updated") && asked.path.contains("desc&per_page=100") {
            let text = String::from_utf8(answer.body).unwrap();
            let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
            let from = text.rfind(r#""assignee":null"#).unwrap();
            answer.body = format!("{}\"assignee\":{deep}{}", &text[..from], &text[from + 15..]).into();
        }
        answer
    });
    let (report, error) = asking.sync();
    assert_eq!((error, report.added, report.skipped), (None, 2, 1));
    assert!(report.errors[0].reason.contains("recursion limit"), "{:?}", report.errors);
    let ticket: Value = asking.workspace.call("ticket_get", json!({ "id": "ledger:acme/ledger#2" }));
    assert_eq!(ticket["subject"], "Voucher 2 was not posted");
}
