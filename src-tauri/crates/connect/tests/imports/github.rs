use crate::support::read;
use domain::{AuthorRole, BodyFormat, Link, LinkKind, ResolutionClass, Status};
use serde_json::{Value, json};

fn issue(number: u64) -> Value {
    json!({
        "url": format!("https://api.github.com/repos/acme/ledger/issues/{number}"), "repository_url": "https://api.github.com/repos/acme/ledger",
        "html_url": format!("https://github.com/acme/ledger/issues/{number}"), "id": 1000 + number, "number": number, "title": "Doors don't open",
        "user": { "login": "ann", "type": "User" }, "labels": [{ "id": 1, "name": "component: Doors" }, { "name": "affects: 2.3" }, { "name": "bug" }],
        "state": "closed", "state_reason": "not_planned", "assignee": { "login": "ben" }, "milestone": { "title": "v2.4.0", "number": 4 },
        "comments": 3, "created_at": "2026-01-05T10:00:00Z", "updated_at": "2026-01-06T10:00:00Z", "closed_at": "2026-01-06T09:00:00Z",
        "author_association": "NONE", "body": "**Nothing** moves.", "pull_request": null,
    })
}

fn pull(number: u64) -> Value {
    let mut pull = issue(number);
    pull["pull_request"] = json!({ "url": "https://api.github.com/repos/acme/ledger/pulls/2", "html_url": "https://github.com/acme/ledger/pull/2" });
    pull
}

#[test]
fn every_part_of_an_issue_lands_in_its_field() {
    let whole = read(json!([issue(1)]).to_string());
    let ticket = whole.ticket();
    assert_eq!((ticket.id.as_str(), ticket.product.as_deref()), ("acme/ledger#1", Some("ledger")));
    assert_eq!(
        (ticket.status, ticket.resolution_class, ticket.body_format),
        (Status::Closed, Some(ResolutionClass::WontFix), BodyFormat::Markdown)
    );
    assert_eq!((ticket.requester.as_deref(), ticket.assignee.as_deref()), (Some("ann"), Some("ben")));
    assert_eq!(
        (&ticket.components[..], &ticket.fix_versions[..]),
        (&["Doors".to_owned()][..], &["v2.4.0".to_owned()][..])
    );
    assert_eq!(ticket.affected_versions, ["2.3"]);
    assert_eq!(ticket.tags, ["component: Doors", "affects: 2.3", "bug"]);
    assert!(ticket.solved_at.is_some());
}

#[test]
fn arrays_pages_and_lines_hold_the_same_issues_and_pull_requests_are_none() {
    let (a, b, c) = (issue(1), pull(2), issue(3));
    let shapes = [
        json!([a, b, c]).to_string(),
        format!("[{a}]\n[{b},{c}]\n"),
        format!("[{a}][{b},{c}]"),
        json!([[a], [b, c]]).to_string(),
        format!("{a}\n{b}\n{c}\n"),
        json!({ "total_count": 3, "incomplete_results": false, "items": [a, b, c] }).to_string(),
        serde_json::to_string_pretty(&json!([a, b, c])).unwrap(),
    ];
    for shape in shapes {
        let whole = read(shape.clone());
        assert_eq!(
            (whole.ids(), whole.read, &whole.bad[..]),
            (vec!["acme/ledger#1", "acme/ledger#3"], 3, &[][..]),
            "{shape}"
        );
    }
}

#[test]
fn issues_of_exports_before_2013_carry_an_empty_pull_request_and_are_issues() {
    let mut old = issue(1);
    old["pull_request"] = json!({ "html_url": null, "diff_url": null, "patch_url": null });
    assert_eq!(read(old.to_string()).ids(), ["acme/ledger#1"]);
}

#[test]
fn comments_come_beside_their_issues_or_inside_them() {
    let mut issue = issue(1);
    issue["comments"] = json!([
        { "id": 1, "user": { "login": "ann", "type": "User" }, "author_association": "NONE", "body": "More.", "created_at": "2026-01-05T11:00:00Z" },
        { "id": 2, "user": { "login": "ci[bot]", "type": "Bot" }, "author_association": "NONE", "body": "Stale.", "created_at": "2026-01-05T11:00:00Z" },
        { "id": 3, "user": { "login": "ben", "type": "User" }, "author_association": "MEMBER", "body": "Duplicate of #7", "created_at": "2026-01-05T11:00:00Z" },
    ]);
    let loose = json!({ "id": 4, "issue_url": "https://api.github.com/repos/acme/ledger/issues/1", "user": null, "author_association": "NONE",
        "body": "Ghosts speak.", "created_at": "2026-01-05T11:00:00Z" });
    let whole = read(format!("{issue}\n{loose}\n"));
    let roles: Vec<_> = whole.comments().iter().map(|comment| comment.author_role).collect();
    assert_eq!(roles, [AuthorRole::Requester, AuthorRole::System, AuthorRole::Engineer, AuthorRole::Requester]);
    assert!(whole.comments().iter().all(|comment| comment.ticket == "acme/ledger#1"));
    assert_eq!(whole.ticket().links, [Link { kind: LinkKind::DuplicateOf, to: "acme/ledger#7".into() }]);
}
