use super::*;
use crate::pull::{Connector, walk::Walk};
use domain::{Change, Cursor, Link, LinkKind};
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

/// As many as fill a page, a second apart, the newest first.
fn full_page(from: u64) -> Vec<Value> {
    (from..from + 100).rev().map(|n| issue(n, &format!("2026-01-01T00:{:02}:{:02}Z", n / 60 % 60, n % 60))).collect()
}

fn walk() -> Walk<Github> {
    Walk(github())
}

fn path(stream: &str, cursor: Option<&Cursor>) -> String {
    walk().request(stream, cursor).path
}

const HOME: &str = "/repos/acme/ledger/issues";

#[test]
fn one_record_says_where_now_is_and_the_newest_page_comes_before_history() {
    assert_eq!(path("changes", None), format!("{HOME}?state=all&sort=updated&direction=desc&per_page=1"));
    let now = walk().read("changes", None, &answer(&[issue(900, "2026-01-01T00:02:00Z")], &[])).unwrap();
    assert!(!now.more && now.changes.is_empty());
    // From a minute before on: what has the same stamp, or becomes visible late, comes too.
    let next = path("changes", now.next.as_ref());
    assert_eq!(next, format!("{HOME}?state=all&sort=updated&direction=asc&per_page=100&since=2026-01-01T00:01:00Z"));

    assert_eq!(path("history", None), format!("{HOME}?state=all&sort=updated&direction=desc&per_page=100"));
    let link = [("link", r#"<https://api.github.com/repositories/7/issues?state=all&page=2>; rel="next""#)];
    let newest = walk().read("history", None, &answer(&full_page(1), &link)).unwrap();
    assert!(newest.more && newest.changes.len() == 100 && newest.bad.is_empty());
    // One record says where history begins: GitHub answers `since=1970` with an empty list.
    assert_eq!(
        path("history", newest.next.as_ref()),
        format!("{HOME}?state=all&sort=updated&direction=asc&per_page=1")
    );
    let first =
        walk().read("history", newest.next.as_ref(), &answer(&[issue(900, "2025-12-01T00:00:00Z")], &link)).unwrap();
    let stretch = path("history", first.next.as_ref());
    assert!(stretch.ends_with("direction=asc&per_page=100&since=2025-12-31T00:00:01Z"), "{stretch}");
    let oldest: Vec<Value> = full_page(1).into_iter().rev().collect();
    let page = walk().read("history", first.next.as_ref(), &answer(&oldest, &[])).unwrap();
    assert!(page.more);
    let cursor = page.next;
    assert!(
        path("history", cursor.as_ref()).ends_with("&per_page=100&since=2025-12-01T00:00:00Z"),
        "and no further back"
    );
    let over = walk().read("history", cursor.as_ref(), &answer(&oldest, &[])).unwrap();
    assert!(!over.more && walk().is_over("history", over.next.as_ref()));
    assert_eq!(
        path("history comments", None),
        format!("{HOME}/comments?sort=updated&direction=desc&per_page=100"),
        "comments have a list of their own"
    );
}

#[test]
fn nothing_new_is_asked_for_with_the_etag_of_the_last_answer_and_moves_nothing() {
    let now = walk().read("changes", None, &answer(&[issue(1, "2026-01-01T00:00:01Z")], &[])).unwrap();
    let again = answer(&[issue(1, "2026-01-01T00:00:01Z")], &[("etag", "W/\"abc\"")]);
    let second = walk().read("changes", now.next.as_ref(), &again).unwrap();
    let request = walk().request("changes", second.next.as_ref());
    assert!(request.headers.contains(&("if-none-match", "W/\"abc\"".into())), "{request:?}");
    let unchanged = Response { status: 304, ..Response::default() };
    let third = walk().read("changes", second.next.as_ref(), &unchanged).unwrap();
    assert_eq!((third.more, &third.next), (false, &second.next));
    // Something new: another address is asked next time, and the etag of this one is worth nothing.
    let new = answer(&[issue(1, "2026-01-01T00:00:01Z"), issue(2, "2026-01-01T00:09:00Z")], &[("etag", "W/\"def\"")]);
    let fourth = walk().read("changes", third.next.as_ref(), &new).unwrap();
    assert!(walk().request("changes", fourth.next.as_ref()).headers.iter().all(|(name, _)| *name != "if-none-match"));
}

#[test]
fn a_newest_record_that_cannot_be_read_does_not_keep_changes_from_coming() {
    let bad = walk().read("changes", None, &answer(&[json!({ "number": null })], &[])).unwrap();
    assert!(bad.more && path("changes", bad.next.as_ref()).ends_with("per_page=1&page=2"));
    let found = walk().read("changes", bad.next.as_ref(), &answer(&[issue(1, "2026-01-01T00:02:00Z")], &[])).unwrap();
    assert!(!found.more && path("changes", found.next.as_ref()).ends_with("per_page=100&since=2026-01-01T00:01:00Z"));
}

#[test]
fn more_than_a_page_of_one_second_is_paged_through() {
    let now = walk().read("changes", None, &answer(&[issue(1, "2026-01-01T00:02:00Z")], &[])).unwrap();
    let link = [("link", r#"<https://api.github.com/repositories/7/issues?state=all&page=2>; rel="next""#)];
    let same = |range: std::ops::RangeInclusive<u64>| -> Vec<Value> {
        range.map(|n| issue(n, "2026-01-01T00:02:00Z")).collect()
    };
    let first = walk().read("changes", now.next.as_ref(), &answer(&same(1..=100), &link)).unwrap();
    // Only its pages can be turned: the server's link leads to another host's path, its number is all that is needed.
    assert!(first.more && path("changes", first.next.as_ref()).ends_with("&page=2"));
    let last = walk().read("changes", first.next.as_ref(), &answer(&same(101..=101), &[])).unwrap();
    assert!(!last.more && path("changes", last.next.as_ref()).ends_with("since=2026-01-01T00:01:00Z"));
}

#[test]
fn the_same_page_twice_is_a_loop_and_told() {
    let link = [("link", r#"<https://api.github.com/x?page=2>; rel="next""#)];
    let now = walk().read("changes", None, &answer(&[issue(1, "2026-01-01T00:00:00Z")], &[])).unwrap();
    let page: Vec<Value> = full_page(1).into_iter().rev().collect();
    let first = walk().read("changes", now.next.as_ref(), &answer(&page, &link)).unwrap();
    let again = walk().read("changes", first.next.as_ref(), &answer(&page, &link)).unwrap_err();
    assert_eq!(again.code(), "endless_pages");
}

#[test]
fn a_server_that_breaks_down_is_asked_for_less_and_stays_asked_for_less() {
    let mut cursor = walk().smaller("history", None).unwrap();
    assert!(path("history", Some(&cursor)).contains("per_page=50"));
    let link = [("link", r#"<https://api.github.com/x?page=2>; rel="next""#)];
    let page = walk().read("history", Some(&cursor), &answer(&full_page(1)[..50], &link)).unwrap();
    let begin =
        walk().read("history", page.next.as_ref(), &answer(&[issue(900, "2025-12-01T00:00:00Z")], &link)).unwrap();
    assert!(page.more && path("history", begin.next.as_ref()).contains("per_page=50&since="));
    for expected in [25, 12] {
        cursor = walk().smaller("history", Some(&cursor)).unwrap();
        assert!(path("history", Some(&cursor)).contains(&format!("per_page={expected}")));
    }
    assert_eq!(walk().smaller("history", Some(&cursor)), None);
}

#[test]
fn how_many_there_are_is_told_by_the_last_page_where_one_is_named() {
    assert_eq!(walk().count().path, format!("{HOME}?state=all&sort=updated&direction=desc&per_page=1"));
    let last = r#"<https://api.github.com/x?page=2>; rel="next", <https://api.github.com/x?page=13>; rel="last""#;
    let next = r#"<https://api.github.com/x?after=abc>; rel="next""#;
    for (link, there) in [(Some(last), Some(13)), (Some(next), None), (None, Some(1))] {
        let headers: Vec<_> = link.map(|link| ("link", link)).into_iter().collect();
        let listing =
            github().listed(&Window::all(Order::Newest, 0, 1), &answer(&[issue(1, "2026-01-01T00:00:00Z")], &headers));
        assert_eq!(listing.unwrap().total, there);
    }
}

#[test]
fn one_bad_record_costs_itself_and_a_bad_page_costs_everything() {
    let records =
        [issue(1, "2026-01-01T00:00:01Z"), json!({ "number": null, "title": 7 }), issue(3, "2026-01-01T00:00:03Z")];
    let page = walk().read("history", None, &answer(&records, &[])).unwrap();
    assert_eq!((page.changes.len(), page.bad.len(), page.bad[0].line), (2, 1, 2));
    let whole = answer(&records, &[]).body;
    for body in [&whole[..whole.len() - 1], b"<html>busy</html>", b"", b"{\"message\":\"x\"}"] {
        let cut = Response { status: 200, body: body.to_vec(), ..Response::default() };
        assert_eq!(walk().read("history", None, &cut).unwrap_err().code(), "answer_unreadable");
    }
}

#[test]
fn a_record_nested_a_hundred_thousand_deep_is_bad_and_nothing_worse() {
    let mut record = issue(1, "2026-01-01T00:00:01Z").to_string();
    record.truncate(record.len() - 1);
    let deep = format!("[{record},\"labels\":{}{}}}]", "[".repeat(100_000), "]".repeat(100_000));
    let response = Response { status: 200, body: deep.into_bytes(), ..Response::default() };
    let page = walk().read("history", None, &response).unwrap();
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
    let page = walk().read("history", None, &answer(&[pull], &[])).unwrap();
    let Change::Ticket(ticket) = &page.changes[0] else { panic!("no ticket") };
    assert_eq!(
        (ticket.tags.as_slice(), ticket.resolution.as_deref()),
        (&["pull request".to_owned()][..], Some("merged"))
    );
    let to: Vec<_> = ticket.links.iter().map(|link| (link.kind, link.to.clone())).collect();
    let mentions = |number: u64| (LinkKind::Mentions, format!("acme/ledger#{number}"));
    assert_eq!(to, [mentions(12), mentions(13), mentions(14)], "what it closes, and what it names besides");
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
        let failure = walk().read("history", None, &response).unwrap_err();
        assert_eq!(failure.code(), code);
        assert!(failure.is_permanent() && !failure.to_string().contains('\u{7}'), "{failure}");
    }
}

#[test]
fn what_is_missing_is_gone_only_when_the_server_says_so_by_itself() {
    let id = "acme/ledger#7";
    let one = |status, body: Value| {
        let body = body.to_string().into_bytes();
        walk().found(id, &Response { status, body, ..Response::default() })
    };
    let gone = vec![Change::Delete { ticket: id.into() }];
    assert_eq!(one(404, json!({})).unwrap(), gone);
    assert_eq!(one(410, json!({})).unwrap(), gone);
    let mut moved = issue(7, "2026-01-01T00:00:00Z");
    moved["repository_url"] = "https://api.github.com/repos/acme/other".into();
    assert_eq!(one(200, moved).unwrap(), gone, "a transferred issue lies elsewhere");
    let there = one(200, issue(7, "2026-01-01T00:00:00Z")).unwrap();
    assert!(matches!(&there[..], [Change::Ticket(ticket)] if ticket.id == id));
    assert_eq!(one(403, json!({})).unwrap(), gone, "hidden from this account is as good as gone");
    assert!(one(500, json!({})).is_err(), "no answer is no proof");
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
    assert_eq!(own.test().path, "/api/v3/repos/team/app");
    assert_eq!((own.site.host().as_str(), github().site.host().as_str()), ("git.acme.example", "api.github.com"));
}

#[test]
fn a_test_says_that_nobody_is_signed_in_and_that_issues_are_off() {
    let lacks = |limit: &str, has_issues: bool| {
        let body = format!(r#"{{"full_name":"acme/ledger","has_issues":{has_issues}}}"#).into_bytes();
        let headers = vec![("x-ratelimit-limit".to_owned(), limit.to_owned())];
        github().tested(&Response { status: 200, headers, body }).unwrap().lacks
    };
    assert_eq!(lacks("5000", true), []);
    assert_eq!(lacks("60", false), [Lack::Requests, Lack::Tickets]);
}

#[test]
fn recorded_releases_are_read_and_drafts_are_not() {
    let pages: Vec<Value> = serde_json::from_str(include_str!("../../../tests/recorded/github/releases.json")).unwrap();
    let body = pages[0]["body"].to_string().into_bytes();
    let page = walk().read("whole releases", None, &Response { status: 200, headers: Vec::new(), body }).unwrap();
    let [Change::Release(release), Change::Releases { ids, .. }] = &page.changes[..] else { panic!("{page:?}") };
    assert_eq!((release.id.as_str(), release.of.as_str()), ("releases 43567", "acme/ledger"));
    assert_eq!((release.version.as_str(), &release.commit, &release.environment), ("test-tag", &None, &None));
    assert_eq!(release.at.unwrap().to_rfc3339(), "2013-09-12T16:15:53Z");
    assert_eq!(ids, &["releases 43567"]);
}

#[test]
fn a_remark_links_to_what_it_names_and_marks_a_duplicate_where_its_author_may() {
    let remark = |body: &str, association: &str| {
        let remark = json!({ "id": 5, "issue_url": "https://api.github.com/repos/acme/ledger/issues/7", "body": body,
            "author_association": association, "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z" });
        let page = walk().read("history comments", None, &answer(&[remark], &[])).unwrap();
        let Change::Comment(comment) = &page.changes[0] else { panic!("{page:?}") };
        comment.links.iter().map(|link| format!("{:?} {}", link.kind, link.to)).collect::<Vec<_>>()
    };
    assert_eq!(
        remark("Duplicate of #3\nSee #4 and #7.", "MEMBER"),
        ["DuplicateOf acme/ledger#3", "Mentions acme/ledger#4"]
    );
    assert_eq!(remark("Duplicate of #3", "NONE"), ["Mentions acme/ledger#3"], "an opinion");
    assert_eq!(remark("Thanks!", "OWNER"), Vec::<String>::new());
}

/// After the vendor's documentation: there is no recording of one.
#[test]
fn a_deployment_counts_once_it_arrived_and_a_preview_never() {
    let deployment = |id: u64, environment: &str, passing: bool| {
        json!({ "id": id, "ref": "v1.2.0", "sha": "ab".repeat(20), "task": "deploy", "environment": environment,
            "transient_environment": passing, "created_at": "2024-04-20T08:00:00Z", "updated_at": "2024-04-20T08:05:00Z" })
    };
    let told = |body: Value| Response { status: 200, headers: Vec::new(), body: body.to_string().into_bytes() };
    let list = json!([deployment(9, "production", false), deployment(8, "pr-7", true)]);
    assert!(
        walk().request("whole deployments", None).path.ends_with("/repos/acme/ledger/deployments?per_page=100&page=1")
    );
    let listed = walk().read("whole deployments", None, &told(list)).unwrap();
    let asked = walk().request("whole deployments", listed.next.as_ref());
    assert!(asked.path.ends_with("/deployments/9/statuses?per_page=100"), "{}", asked.path);
    let status = |state: &str, minute: u64| json!({ "state": state, "created_at": format!("2024-04-20T08:0{minute}:00Z"), "log_url": "https://ci.example/1" });
    let read = |statuses: Value| {
        let page = walk().read("whole deployments", listed.next.as_ref(), &told(statuses)).unwrap();
        assert!(!page.more, "the preview is not asked about");
        page.changes
    };
    assert!(read(json!([status("in_progress", 1), status("queued", 0)])).is_empty());
    assert!(read(json!([status("failure", 4)])).is_empty());
    let changes = read(json!([status("inactive", 9), status("success", 4), status("in_progress", 1)]));
    let [Change::Release(release)] = &changes[..] else { panic!("{changes:?}") };
    assert_eq!((release.id.as_str(), release.environment.as_deref()), ("deploys 9", Some("production")));
    assert_eq!((release.version.as_str(), release.at), ("v1.2.0", Millis::parse("2024-04-20T08:04:00Z").ok()));
    assert_eq!(
        (release.commit.as_deref(), release.url.as_deref()),
        (Some(&*"ab".repeat(20)), Some("https://ci.example/1"))
    );
}

#[test]
fn a_closed_issue_that_changed_is_asked_who_refers_to_it_and_one_of_history_only_where_it_says_that_it_is_a_duplicate()
{
    let with = |number: u64, more: Value| {
        let mut issue = issue(number, "2026-01-01T00:00:02Z");
        issue.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        issue
    };
    let page = [
        with(7, json!({ "state": "closed" })),
        with(8, json!({})),
        with(9, json!({ "state": "closed", "pull_request": { "url": "x" } })),
        with(10, json!({ "state": "closed", "state_reason": "duplicate" })),
    ];
    let history = walk().read("history", None, &answer(&page, &[])).unwrap();
    assert_eq!(path("history", history.next.as_ref()), format!("{HOME}/10/timeline?per_page=100&page=1"));

    let now = walk().read("changes", None, &answer(&[issue(1, "2026-01-01T00:00:01Z")], &[])).unwrap();
    let changes = walk().read("changes", now.next.as_ref(), &answer(&page, &[])).unwrap();
    assert_eq!(path("changes", changes.next.as_ref()), format!("{HOME}/7/timeline?per_page=100&page=1"));
    let other = |number: u64, home: &str, more: Value| {
        let mut issue = json!({ "number": number, "repository_url": format!("https://api.github.com/repos/{home}"), "body": "See #7" });
        issue.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "event": "cross-referenced", "source": { "type": "issue", "issue": issue } })
    };
    let merged = json!({ "body": "Fixes #7", "pull_request": { "merged_at": "2026-01-01T00:00:00Z" } });
    let events = [
        json!({ "event": "labeled", "label": { "name": "bug" } }),
        other(20, "acme/ledger", json!({})),
        other(21, "Acme/Ledger", merged.clone()),
        other(22, "acme/ledger", json!({ "body": "Fixes #7", "pull_request": { "merged_at": null } })),
        other(23, "acme/desk", merged),
        other(20, "acme/ledger", json!({})),
        other(7, "acme/ledger", json!({})),
        json!({ "event": "marked_as_duplicate", "commit_id": null }),
        json!({ "event": "closed", "commit_id": "abc" }),
        json!({ "event": 7, "source": [] }),
        json!(null),
    ];
    let next = [("link", r#"<https://api.github.com/x?page=2>; rel="next""#)];
    let first = walk().read("changes", changes.next.as_ref(), &answer(&events, &next)).unwrap();
    assert_eq!((first.bad.len(), first.bad[0].file.as_deref(), first.changes.len()), (1, Some("7"), 0));
    assert_eq!(path("changes", first.next.as_ref()), format!("{HOME}/7/timeline?per_page=100&page=2"));
    let last = walk().read("changes", first.next.as_ref(), &answer(&[], &[])).unwrap();
    let tie = |kind, to: u64| Link { kind, to: format!("acme/ledger#{to}") };
    let expected = vec![tie(LinkKind::Mentions, 20), tie(LinkKind::FixedBy, 21), tie(LinkKind::Mentions, 22)];
    assert_eq!(last.changes, [Change::Tied { ticket: "acme/ledger#7".into(), links: expected }]);
    // The next one; it is refused, which is told, and goes on.
    assert_eq!(path("changes", last.next.as_ref()), format!("{HOME}/10/timeline?per_page=100&page=1"));
    let refused = Response { status: 403, ..answer(&[json!({ "message": "no" })], &[]) };
    let refused = walk().read("changes", last.next.as_ref(), &refused).unwrap();
    let told = refused.detail.unwrap();
    assert_eq!((told.what, told.refused.is_some(), refused.more), ("links", true, false));
}

#[test]
fn a_timeline_is_read_for_three_pages_and_no_further() {
    let closed = [
        json!({ "number": 7, "state": "closed", "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:02Z" }),
    ];
    let now = walk().read("changes", None, &answer(&closed, &[])).unwrap();
    let mut cursor = walk().read("changes", now.next.as_ref(), &answer(&closed, &[])).unwrap().next;
    let next = [("link", r#"<https://api.github.com/x?page=9>; rel="next""#)];
    for more in [true, true, false] {
        let page = walk().read("changes", cursor.as_ref(), &answer(&[json!({ "event": "labeled" })], &next)).unwrap();
        assert_eq!(page.more, more);
        cursor = page.next;
    }
}
