use super::*;
use crate::pull::{Connector, walk::Walk};
use domain::{Change, LinkKind, ResolutionClass, Status};
use serde_json::{Value, json};

const ISSUES: &str = include_str!("../../../tests/recorded/gitlab/issues.json");
const NOTES: &str = include_str!("../../../tests/recorded/gitlab/notes.json");
const MERGE_REQUESTS_TOLD: &str = include_str!("../../../tests/recorded/gitlab/merge_requests.json");
const PROJECT: &str = include_str!("../../../tests/recorded/gitlab/project.json");

fn gitlab() -> Gitlab {
    Gitlab::at(&Site::parse("https://gitlab.com/acme/desk/ledger", false).unwrap()).unwrap()
}

fn told(body: &str, headers: &[(&str, &str)]) -> Response {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Response { status: 200, headers, body: body.into() }
}

fn answer(body: &Value) -> Response {
    told(&body.to_string(), &[])
}

fn all() -> Window {
    Window::all(Order::Newest, 0, 100)
}

/// As the documentation of version 17 shows one.
fn issue(number: u64) -> Value {
    json!({ "id": 4000 + number, "iid": number, "project_id": 4, "title": format!("Issue {number}"), "description": "It *stops*.",
        "state": "closed", "created_at": "2026-01-04T15:31:46.176Z", "updated_at": "2026-01-04T15:31:51.081Z", "closed_at": "2026-01-05T15:31:46.176Z",
        "labels": ["component::parser", "priority::high", "affects: 2.3"], "milestone": { "id": 1, "iid": 3, "title": "2.4.0" },
        "author": { "id": 18, "username": "ann", "name": "Ann" }, "assignee": null, "assignees": [{ "id": 1, "username": "ben", "name": "Ben" }],
        "issue_type": "incident", "confidential": true, "user_notes_count": 1, "moved_to_id": null,
        "web_url": format!("https://gitlab.com/acme/desk/ledger/-/issues/{number}"),
        "_links": { "closed_as_duplicate_of": "https://gitlab.com/api/v4/projects/4/issues/75" } })
}

#[test]
fn a_project_is_named_by_its_path_and_asked_for_everything_that_is_not_left_out_by_habit() {
    let path = gitlab().list(&all(), "history").path;
    assert_eq!(
        path,
        "/api/v4/projects/acme%2Fdesk%2Fledger/issues?scope=all&state=all&order_by=updated_at&sort=desc&per_page=100&page=1"
    );
    let window = Window { from: Some(Millis(1_764_217_421_500)), order: Order::Oldest, skip: 100, ..all() };
    let path = gitlab().list(&Window { list: MERGE_REQUESTS.into(), ..window }, "changes").path;
    assert!(path.starts_with("/api/v4/projects/acme%2Fdesk%2Fledger/merge_requests?"), "{path}");
    assert!(path.ends_with("&sort=asc&updated_after=2025-11-27T04%3A23%3A41Z&per_page=100&page=2"), "{path}");
    let back = Window { to: Some(Millis(1_764_217_421_081)), ..all() };
    assert!(gitlab().list(&back, "history").path.contains("updated_before=2025-11-27T04%3A23%3A42Z"));
    for (url, path) in [
        ("https://git.acme.example/team/app.git", "/api/v4/projects/team%2Fapp"),
        ("https://git.acme.example/team/app/-/issues/7", "/api/v4/projects/team%2Fapp"),
        ("https://acme.example/git/api/v4/projects/team%2Fapp", "/git/api/v4/projects/team%2Fapp"),
    ] {
        assert_eq!(Gitlab::at(&Site::parse(url, false).unwrap()).unwrap().test().path, path);
    }
    for wrong in
        ["https://gitlab.com", "https://gitlab.com/acme", "https://gitlab.com/a/../b", "https://gitlab.com/a/b%20c"]
    {
        assert!(Gitlab::at(&Site::parse(wrong, false).unwrap()).is_err(), "{wrong}");
    }
}

#[test]
fn recorded_issues_and_notes_are_read_though_they_are_as_old_as_the_interface() {
    let listing = gitlab().listed(&all(), &told(ISSUES, &[])).unwrap();
    assert_eq!((listing.held, listing.changes.len(), listing.bad.len()), (6, 6, 0));
    let Change::Ticket(ticket) = &listing.changes[0] else { panic!("no ticket") };
    assert_eq!((ticket.id.as_str(), ticket.status), ("acme/desk/ledger#1", Status::Open));
    assert_eq!((ticket.requester.as_deref(), ticket.assignee.as_deref()), (Some("John Smith"), Some("John Smith")));
    let todo = listing.seen[0].todo.clone().unwrap();
    assert_eq!(
        gitlab().detail(&todo).path,
        "/api/v4/projects/acme%2Fdesk%2Fledger/issues/1/notes?sort=asc&order_by=created_at&per_page=100&page=1"
    );
    let detail = gitlab().detailed(&todo, &told(NOTES, &[])).unwrap();
    let [first, second, Change::Said { ids, .. }] = &detail.changes[..] else { panic!("{:?}", detail.changes) };
    assert_eq!(*ids, ["1201", "1207"], "whatever else was said of it is gone");
    let said = [first, second].into_iter().map(|change| match change {
        Change::Comment(said) => (said.id.as_str(), said.ticket.as_str(), said.author_role, said.public),
        other => panic!("{other:?}"),
    });
    assert_eq!(
        said.collect::<Vec<_>>(),
        [
            ("1201", "acme/desk/ledger#1", domain::AuthorRole::Requester, true),
            ("1207", "acme/desk/ledger#1", domain::AuthorRole::Requester, true),
        ]
    );
    assert_eq!(detail.bad.len(), 0);
    let links = detail.next.unwrap();
    assert_eq!(gitlab().detail(&links).path, "/api/v4/projects/acme%2Fdesk%2Fledger/issues/1/links");
    assert_eq!(gitlab().detail_of(&links), "links");
    let found = gitlab().tested(&told(PROJECT, &[("ratelimit-remaining", "1999")])).unwrap();
    assert_eq!((found.name.as_str(), found.private, found.requests_left), ("acme/desk/ledger", true, Some(1999)));
    // A merge request without any time cannot be placed: it is told, and costs itself alone.
    let requests = Window { list: MERGE_REQUESTS.into(), ..all() };
    let listing = gitlab().listed(&requests, &told(MERGE_REQUESTS_TOLD, &[])).unwrap();
    assert_eq!((listing.changes.len(), listing.bad[0].reason.contains("created_at")), (0, true));
}

#[test]
fn an_issue_of_today_says_what_it_is_about_and_that_it_is_confidential() {
    let listing = gitlab().listed(&all(), &answer(&json!([issue(76)]))).unwrap();
    let Change::Ticket(ticket) = &listing.changes[0] else { panic!("no ticket") };
    assert_eq!((ticket.status, ticket.resolution_class), (Status::Closed, Some(ResolutionClass::Duplicate)));
    assert_eq!((ticket.links[0].kind, ticket.links[0].to.as_str()), (LinkKind::DuplicateOf, "acme/desk/ledger#75"));
    assert_eq!((&ticket.components[..], ticket.priority.as_deref()), (&["parser".to_owned()][..], Some("high")));
    assert_eq!(
        (&ticket.affected_versions[..], &ticket.fix_versions[..]),
        (&["2.3".to_owned()][..], &["2.4.0".to_owned()][..])
    );
    assert_eq!((ticket.assignee.as_deref(), ticket.product.as_deref()), (Some("Ben"), Some("ledger")));
    assert_eq!((&ticket.extra["confidential"], &ticket.extra["issue_type"]), (&json!(true), &json!("incident")));
    let todo = listing.seen[0].todo.clone().unwrap();
    let note = json!([{ "id": 1, "body": "Seen here, too.", "author": { "id": 2, "name": "Cy" }, "created_at": "2026-01-04T15:31:51.081Z", "system": false, "internal": false }]);
    let detail = gitlab().detailed(&todo, &answer(&note)).unwrap();
    assert!(
        matches!(&detail.changes[..], [Change::Comment(said), _] if !said.public),
        "nothing of a confidential issue is public"
    );
    let quiet = json!([{ "iid": 1, "title": "x", "created_at": "2026-01-01T00:00:00Z", "user_notes_count": 0, "assignees": [] }]);
    let links = gitlab().listed(&all(), &answer(&quiet)).unwrap().seen[0].todo.clone().unwrap();
    assert!(gitlab().detail(&links).path.ends_with("/issues/1/links"), "nobody spoke, but it may be linked");
    assert_eq!(gitlab().in_history(&links), None, "of history only what was closed is asked for its links");
}

#[test]
fn a_merge_request_is_told_from_an_issue_and_names_what_it_fixes() {
    let mut request = issue(7);
    for (key, value) in [
        ("state", json!("merged")),
        ("description", json!("Rounds later.\n\nCloses #12")),
        ("confidential", Value::Null),
        ("_links", Value::Null),
        ("merge_commit_sha", json!("9999ffff")),
    ] {
        request[key] = value;
    }
    let requests = Window { list: MERGE_REQUESTS.into(), ..all() };
    let listing = gitlab().listed(&requests, &answer(&json!([request]))).unwrap();
    let Change::Ticket(ticket) = &listing.changes[0] else { panic!("no ticket") };
    assert_eq!((ticket.id.as_str(), ticket.resolution.as_deref()), ("acme/desk/ledger!7", Some("merged")));
    assert!(ticket.tags.contains(&"merge request".to_owned()) && ticket.extra["merge_commit"] == "9999ffff");
    assert_eq!((ticket.links[0].kind, ticket.links[0].to.as_str()), (LinkKind::Mentions, "acme/desk/ledger#12"));
    let todo = listing.seen[0].todo.clone().unwrap();
    assert!(gitlab().detail(&todo).path.contains("/merge_requests/7/notes?"));
    assert!(gitlab().one(&ticket.id).path.ends_with("/merge_requests/7"));
}

#[test]
fn handoffs_are_read_from_what_gitlab_itself_notes() {
    let system = |body: &str| json!({ "id": 9, "body": body, "author": { "id": 2, "name": "Cy" }, "created_at": "2026-01-04T15:31:51.081Z", "system": true });
    let notes = json!([
        system("assigned to @ben and unassigned @ann"),
        system("unassigned @ben"),
        system("changed the description"),
        system("mentioned in merge request !7, assigned to @nobody"),
        { "id": 10, "body": "assigned to @ben", "author": null, "created_at": "2026-01-04T15:31:51.081Z", "internal": true },
        { "id": 11, "body": "undated" },
    ]);
    let todo = Todo { id: "#3".into(), note: json!([1, "18", false]).to_string() };
    let detail = gitlab().detailed(&todo, &answer(&notes)).unwrap();
    let [Change::Hop(first), Change::Hop(second), Change::Comment(said)] = &detail.changes[..] else {
        panic!("{:?}", detail.changes)
    };
    assert_eq!((first.from_group.as_deref(), first.to_group.as_deref()), (Some("ann"), Some("ben")));
    assert_eq!((second.from_group.as_deref(), second.to_group.as_deref()), (Some("ben"), None));
    assert_eq!((said.public, said.author.as_deref(), detail.bad.len()), (false, None, 1));
}

#[test]
fn the_end_is_where_no_next_page_is_named_whatever_is_said_of_totals() {
    let more = |headers: &[(&str, &str)]| gitlab().listed(&all(), &told(ISSUES, headers)).unwrap().more;
    // Above ten thousand there is neither a total nor a last page.
    assert_eq!(more(&[("x-next-page", "2")]), Some(true));
    assert_eq!(more(&[("x-next-page", ""), ("x-total", "900")]), Some(false));
    assert_eq!(more(&[("link", "<https://gitlab.com/x?page=2>; rel=\"next\"")]), Some(true));
    assert_eq!(more(&[]), None, "then a full page is not the last");
}

#[test]
fn a_project_without_merge_requests_is_read_for_its_issues() {
    let walk = Walk(gitlab());
    assert!(walk.is_optional("changes merge_requests") && !walk.is_optional("changes"));
    // Both are counted; one that this account may not see holds nothing for it.
    let counts =
        [Some(walk.count()), walk.count_of_other(0), walk.count_of_other(1)].map(|asked| asked.map(|asked| asked.path));
    assert!(
        counts[0].as_ref().unwrap().contains("/issues?") && counts[1].as_ref().unwrap().contains("/merge_requests?")
    );
    assert_eq!(counts[2], None);
    assert_eq!(walk.counted(&told("[]", &[("x-total", "31")])).unwrap(), Some(31));
    assert_eq!(walk.counted(&Response { status: 403, ..Response::default() }).unwrap(), Some(0));
    // The roll calls both lists by name.
    let issues = walk.rolled(None, &told(ISSUES, &[("x-next-page", "")])).unwrap();
    assert_eq!((issues.ids.len(), issues.next.as_deref()), (6, Some("merge_requests|0")));
    assert!(walk.roll(issues.next.as_deref()).path.contains("/merge_requests?"));
    let hidden = Response { status: 403, ..Response::default() };
    let none = walk.rolled(issues.next.as_deref(), &hidden).unwrap();
    assert_eq!((none.ids.len(), none.next), (0, None));
}

#[test]
fn what_is_missing_is_asked_for_by_itself_and_a_moved_one_is_gone() {
    let there = gitlab().found("acme/desk/ledger#76", &answer(&issue(76))).unwrap();
    assert!(matches!(there, Fate::There(changes) if changes.len() == 1));
    assert_eq!(gitlab().found("acme/desk/ledger#7", &answer(&issue(76))).unwrap(), Fate::Gone);
}

#[test]
fn a_test_says_what_a_strangers_account_does_not_see_and_that_issues_are_off() {
    let lacks = |project: &str| gitlab().tested(&told(project, &[])).unwrap().lacks;
    assert_eq!(lacks(r#"{"path_with_namespace":"a/b","visibility":"public"}"#), [Lack::Membership]);
    let member = r#"{"issues_enabled":false,"permissions":{"project_access":{"access_level":10},"group_access":{"access_level":30}}}"#;
    assert_eq!(lacks(member), [Lack::Tickets]);
    assert_eq!(lacks(r#"{"permissions":{"project_access":null,"group_access":null}}"#), [Lack::Membership]);
}

#[test]
fn releases_and_deployments_of_a_client_name_version_commit_and_environment() {
    let walk = Walk(gitlab());
    assert_eq!(
        walk.request("whole deployments", None).path.split_once('?').unwrap().1,
        "order_by=updated_at&status=success&sort=desc&per_page=100&page=1"
    );
    let read = |stream: &str, body: &str| {
        let response = Response { status: 200, headers: Vec::new(), body: body.as_bytes().to_vec() };
        let changes = walk.read(stream, None, &response).unwrap().changes.into_iter();
        let releases = changes.filter_map(|change| match change {
            Change::Release(release) => Some(*release),
            _ => None,
        });
        releases.collect::<Vec<_>>()
    };
    let releases = read("whole releases", include_str!("../../../tests/recorded/gitlab/releases.json"));
    let first = &releases[0];
    assert_eq!((releases.len(), first.id.as_str(), first.version.as_str()), (2, "releases v0.2", "v0.2"));
    assert_eq!(first.commit.as_deref(), Some("079e90101242458910cccd35eab0e211dfc359c0"));
    assert_eq!((first.at.unwrap().to_rfc3339().as_str(), &first.environment), ("2019-01-03T01:56:19.539Z", &None));

    let deploys = read("whole deployments", include_str!("../../../tests/recorded/gitlab/deployments.json"));
    let first = &deploys[0];
    assert_eq!((deploys.len(), first.id.as_str(), first.version.as_str()), (2, "deployments 41", "master"));
    assert_eq!(first.commit.as_deref(), Some("99d03678b90d914dbb1b109132516d71a4a03ea8"));
    assert_eq!(first.environment.as_deref(), Some("production"));
    assert_eq!(first.at.unwrap().to_rfc3339(), "2016-08-11T07:36:39.851Z", "when it arrived");

    assert!(
        walk.request("whole tags", None)
            .path
            .contains("/repository/tags?order_by=updated&sort=desc&per_page=100&page=1")
    );
    let tags = read("whole tags", include_str!("../../../tests/recorded/gitlab/tags.json"));
    let first = &tags[0];
    assert_eq!((tags.len(), first.id.as_str(), first.version.as_str(), first.at), (2, "tags 0.0.2", "0.0.2", None));
    assert_eq!(first.commit.as_deref(), Some("c260c39f4d73d9087482d29b4d7a88bec834a3d1"));

    let failed = r#"[{"id":43,"ref":"v1","status":"failed","environment":{"name":"production"},"created_at":"2026-01-01T00:00:00Z"}]"#;
    assert!(read("whole deployments", failed).is_empty());
    let upcoming = r#"[{"tag_name":"v9","upcoming_release":true,"released_at":"2027-01-01T00:00:00Z"}]"#;
    assert!(read("whole releases", upcoming).is_empty());
}

#[test]
fn what_an_issue_is_linked_to_is_told_whole_and_never_one_of_another_project() {
    let todo = Todo { id: "#11".into(), note: json!([0, null, false, true, true]).to_string() };
    assert_eq!(gitlab().in_history(&todo).as_ref(), Some(&todo), "it was closed");
    let links = json!([
        { "iid": 14, "link_type": "relates_to", "references": { "full": "acme/desk/ledger#14" } },
        { "iid": "15", "link_type": "is_blocked_by", "web_url": "https://gitlab.com/acme/desk/ledger/-/issues/15" },
        { "iid": 16, "references": { "full": "acme/desk/other#16" } },
        { "iid": 17, "web_url": "https://gitlab.com/acme/desk/ledger/issues/17" },
        { "link_type": "relates_to" },
    ]);
    let detail = gitlab().detailed(&todo, &answer(&links)).unwrap();
    let tie = |kind, to: u64| domain::Link { kind, to: format!("acme/desk/ledger#{to}") };
    let expected = vec![
        tie(domain::LinkKind::SimilarTo, 14),
        tie(domain::LinkKind::Mentions, 15),
        tie(domain::LinkKind::SimilarTo, 17),
    ];
    assert_eq!(detail.changes, [Change::Tied { ticket: "acme/desk/ledger#11".into(), links: expected }]);
    assert_eq!((detail.bad[0].file.as_deref(), detail.next), (Some("11"), None));
    let notes = Todo { note: json!([1, null, false, true, false]).to_string(), ..todo };
    assert!(gitlab().without(&notes).is_some_and(|rest| gitlab().detail_of(&rest) == "links"), "notes may be refused");
}
