use super::*;
use domain::LinkKind;
use serde_json::{Value, json};

fn github() -> Github {
    Github::at(&Site::parse("https://github.com/acme/ledger", false).unwrap()).unwrap()
}

fn issue(number: u64, updated: &str) -> Value {
    json!({ "id": 1000 + number, "number": number, "title": format!("Issue {number}"), "state": "open", "body": "…",
            "created_at": "2026-01-01T00:00:00Z", "updated_at": updated,
            "repository_url": "https://api.github.com/repos/acme/ledger" })
}

fn answer(records: &[Value], headers: &[(&str, &str)]) -> Response {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Response { status: 200, headers, body: Value::from(records).to_string().into_bytes() }
}

/// As many as fill a page, a second apart.
fn full_page(from: u64) -> Vec<Value> {
    (from..from + 100).map(|n| issue(n, &format!("2026-01-01T00:{:02}:{:02}Z", n / 60 % 60, n % 60))).collect()
}

fn path(cursor: Option<&Cursor>) -> String {
    github().request("issues", cursor).path
}

#[test]
fn the_first_page_asks_for_everything_and_the_next_begins_at_the_last_stamp() {
    assert_eq!(path(None), "/repos/acme/ledger/issues?state=all&sort=updated&direction=asc&per_page=100");
    let page = github().read("issues", None, &answer(&full_page(1), &[])).unwrap();
    assert!(page.more && page.changes.len() == 100 && page.bad.is_empty());
    assert!(path(page.next.as_ref()).ends_with("&per_page=100&since=2026-01-01T00:01:40Z"));
}

#[test]
fn the_end_of_a_stream_is_asked_again_with_its_etag_and_nothing_new_moves_nothing() {
    let first = github().read("issues", None, &answer(&[issue(1, "2026-01-01T00:00:01Z")], &[])).unwrap();
    assert!(!first.more);
    let again = answer(&[issue(1, "2026-01-01T00:00:01Z")], &[("etag", "W/\"abc\"")]);
    let second = github().read("issues", first.next.as_ref(), &again).unwrap();
    let request = github().request("issues", second.next.as_ref());
    assert!(request.headers.contains(&("if-none-match", "W/\"abc\"".into())), "{request:?}");
    let unchanged = Response { status: 304, ..Response::default() };
    let third = github().read("issues", second.next.as_ref(), &unchanged).unwrap();
    assert_eq!((third.more, third.next), (false, second.next));
}

#[test]
fn more_than_a_page_of_one_second_is_paged_through() {
    let same: Vec<Value> = (1..=100).map(|n| issue(n, "2026-01-01T00:00:00Z")).collect();
    let link = r#"<https://api.github.com/repositories/7/issues?state=all&page=2>; rel="next""#;
    let first = github().read("issues", None, &answer(&same, &[("link", link)])).unwrap();
    // The stamp leads on once, and then no further.
    let other: Vec<Value> = (1..=100).rev().map(|n| issue(n, "2026-01-01T00:00:00Z")).collect();
    let second = github().read("issues", first.next.as_ref(), &answer(&other, &[("link", link)])).unwrap();
    assert!(second.more);
    assert_eq!(path(second.next.as_ref()), "/repos/acme/ledger/issues?state=all&page=2");
    let last =
        github().read("issues", second.next.as_ref(), &answer(&[issue(101, "2026-01-01T00:00:00Z")], &[])).unwrap();
    assert!(!last.more);
    assert!(path(last.next.as_ref()).ends_with("since=2026-01-01T00:00:00Z"));
}

#[test]
fn the_same_page_twice_is_a_loop_and_told() {
    let first = github().read("issues", None, &answer(&full_page(1), &[])).unwrap();
    let again = github().read("issues", first.next.as_ref(), &answer(&full_page(1), &[])).unwrap_err();
    assert_eq!(again.code(), "endless_pages");
}

#[test]
fn a_server_that_breaks_down_is_asked_for_less_and_stays_asked_for_less() {
    let mut cursor = github().smaller("issues", None).unwrap();
    assert!(path(Some(&cursor)).contains("per_page=50"));
    let page = github().read("issues", Some(&cursor), &answer(&full_page(1)[..50], &[])).unwrap();
    assert!(page.more && path(page.next.as_ref()).contains("per_page=50&since="));
    for expected in [25, 12] {
        cursor = github().smaller("issues", Some(&cursor)).unwrap();
        assert!(path(Some(&cursor)).contains(&format!("per_page={expected}")));
    }
    assert_eq!(github().smaller("issues", Some(&cursor)), None);
}

#[test]
fn one_bad_record_costs_itself_and_a_bad_page_costs_everything() {
    let records =
        [issue(1, "2026-01-01T00:00:01Z"), json!({ "number": null, "title": 7 }), issue(3, "2026-01-01T00:00:03Z")];
    let page = github().read("issues", None, &answer(&records, &[])).unwrap();
    assert_eq!((page.changes.len(), page.bad.len(), page.bad[0].line), (2, 1, 2));
    let whole = answer(&records, &[]).body;
    for body in [&whole[..whole.len() - 1], b"<html>busy</html>", b"", b"{\"message\":\"x\"}"] {
        let cut = Response { status: 200, body: body.to_vec(), ..Response::default() };
        assert_eq!(github().read("issues", None, &cut).unwrap_err().code(), "answer_unreadable");
    }
}

#[test]
fn a_record_nested_a_hundred_thousand_deep_is_bad_and_nothing_worse() {
    let mut record = issue(1, "2026-01-01T00:00:01Z").to_string();
    record.truncate(record.len() - 1);
    let deep = format!("[{record},\"labels\":{}{}}}]", "[".repeat(100_000), "]".repeat(100_000));
    let response = Response { status: 200, body: deep.into_bytes(), ..Response::default() };
    let page = github().read("issues", None, &response).unwrap();
    assert_eq!((page.changes.len(), page.bad.len()), (0, 1));
    assert!(page.bad[0].reason.contains("recursion limit"), "{}", page.bad[0].reason);
}

#[test]
fn pull_requests_are_marked_and_name_what_they_close() {
    let mut pull = issue(9, "2026-01-01T00:00:01Z");
    pull["state"] = "closed".into();
    pull["pull_request"] =
        json!({ "url": "https://api.github.com/repos/acme/ledger/pulls/9", "merged_at": "2026-01-02T00:00:00Z" });
    pull["body"] = "Rounds later.\n\nFixes #12, and closes: #13. See #14.".into();
    let page = github().read("issues", None, &answer(&[pull], &[])).unwrap();
    let Change::Ticket(ticket) = &page.changes[0] else { panic!("no ticket") };
    assert_eq!(
        (ticket.tags.as_slice(), ticket.resolution.as_deref()),
        (&["pull request".to_owned()][..], Some("merged"))
    );
    let to: Vec<_> = ticket.links.iter().map(|link| (link.kind, link.to.as_str())).collect();
    assert_eq!(to, [(LinkKind::Mentions, "acme/ledger#12"), (LinkKind::Mentions, "acme/ledger#13")]);
}

#[test]
fn a_refusal_is_told_by_its_status_and_by_what_the_server_says() {
    for (status, code) in [
        (401, "token_refused"),
        (403, "access_denied"),
        (404, "not_there"),
        (410, "not_there"),
        (451, "not_there"),
        (422, "answer_unexpected"),
    ] {
        let response = Response { status, body: br#"{"message":"Plan \u0007lost"}"#.to_vec(), ..Response::default() };
        let failure = github().read("issues", None, &response).unwrap_err();
        assert_eq!(failure.code(), code);
        assert!(failure.is_permanent() && !failure.to_string().contains('\u{7}'), "{failure}");
    }
}

#[test]
fn what_is_missing_is_gone_only_when_the_server_says_so_by_itself() {
    let id = "acme/ledger#7";
    let one = |status, body: Value| {
        let body = body.to_string().into_bytes();
        github().found(id, &Response { status, body, ..Response::default() })
    };
    let gone = vec![Change::Delete { ticket: id.into() }];
    assert_eq!(one(404, json!({})).unwrap(), gone);
    assert_eq!(one(410, json!({})).unwrap(), gone);
    let mut moved = issue(7, "2026-01-01T00:00:00Z");
    moved["repository_url"] = "https://api.github.com/repos/acme/other".into();
    assert_eq!(one(200, moved).unwrap(), gone, "a transferred issue lies elsewhere");
    let there = one(200, issue(7, "2026-01-01T00:00:00Z")).unwrap();
    assert!(matches!(&there[..], [Change::Ticket(ticket)] if ticket.id == id));
    assert!(one(403, json!({})).is_err(), "no answer is no proof");
}

#[test]
fn only_a_repository_is_a_source_and_an_enterprise_server_answers_under_its_own_path() {
    let at = |url: &str| Github::at(&Site::parse(url, false).unwrap());
    for wrong in [
        "https://github.com",
        "https://github.com/acme",
        "https://github.com/a/b/issues",
        "https://github.com/a/..",
        "https://github.com/a/b%20c",
    ] {
        assert!(at(wrong).is_err(), "{wrong}");
    }
    let own = at("https://git.acme.example/team/app.git").unwrap();
    assert_eq!(
        own.request("comments", None).path,
        "/api/v3/repos/team/app/issues/comments?sort=updated&direction=asc&per_page=100"
    );
    assert_eq!((own.site.host().as_str(), github().site.host().as_str()), ("git.acme.example", "api.github.com"));
}
