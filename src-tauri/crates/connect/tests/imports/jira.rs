use crate::support::read;
use domain::{AuthorRole, BodyFormat, Link, LinkKind, Millis, ResolutionClass, Status};
use serde_json::{Value, json};

fn person(name: &str, shown: &str) -> Value {
    json!({ "self": "https://tracker.example/rest/api/2/user", "name": name, "displayName": shown, "active": true })
}

fn issue(key: &str) -> Value {
    json!({
        "expand": "names", "id": "1", "self": "https://tracker.example/jira/rest/api/2/issue/1", "key": key,
        "fields": {
            "summary": "Broker stops", "description": "{code}\nat a.B.c(B.java:1)\n{code}", "environment": "Linux, JDK 8",
            "issuetype": { "name": "Bug" }, "project": { "key": "BR", "name": "Broker" }, "customfield_1": null,
            "status": { "name": "Resolved", "statusCategory": { "key": "done" } }, "priority": { "name": "Major" },
            "components": [{ "name": "Store" }, { "name": "Net" }], "labels": ["slow"],
            "versions": [{ "name": "5.1", "released": true }, { "name": "5.2" }], "fixVersions": [{ "name": "5.3" }],
            "reporter": person("ann", "Ann Example"), "assignee": person("ben", "Ben Example"),
            "resolution": { "name": "Fixed" }, "created": "2024-05-01T12:00:00.000+0000", "updated": "2024-05-03T12:00:00.000+0000",
            "resolutiondate": "2024-05-02T14:00:00.000+0200",
            "issuelinks": [
                { "type": { "name": "Duplicate", "inward": "is duplicated by", "outward": "duplicates" }, "outwardIssue": { "key": "BR-1" } },
                { "type": { "name": "Duplicate", "inward": "is duplicated by", "outward": "duplicates" }, "inwardIssue": { "key": "BR-3" } },
                { "type": { "name": "Regression", "inward": "is broken by", "outward": "breaks" }, "inwardIssue": { "key": "BR-4" } },
                { "type": { "name": "Reference", "inward": "is related to", "outward": "relates to" }, "inwardIssue": { "key": "BR-5" } },
            ],
            "comment": { "total": 5, "comments": [
                { "id": "11", "author": person("ann", "Ann Example"), "body": "It stops.", "created": "2024-05-01T13:00:00.000+0000" },
                { "id": "12", "author": person("ben", "Ben Example"), "body": "Seen it.", "created": "2024-05-01T14:00:00.000+0000",
                  "visibility": { "type": "role", "value": "Developers" } },
                { "id": "13", "author": person("jira-bot", "ASF subversion and git services"), "body": "Commit 1", "created": "2024-05-01T15:00:00.000+0000" },
                { "id": "14", "author": person("cid", "Cid Example"), "body": "Me too.", "created": "2024-05-01T16:00:00.000+0000", "jsdPublic": false },
                { "id": "15", "body": "From a deleted account.", "created": "2024-05-01T16:00:00.000+0000" },
            ] },
        },
    })
}

#[test]
fn every_part_of_an_issue_lands_in_its_field() {
    let whole = read(issue("BR-2").to_string());
    let ticket = whole.ticket();
    assert_eq!(
        (ticket.id.as_str(), ticket.subject.as_str(), ticket.body_format),
        ("BR-2", "Broker stops", BodyFormat::Jira)
    );
    assert_eq!(
        (ticket.status, ticket.priority.as_deref(), ticket.product.as_deref()),
        (Status::Solved, Some("Major"), Some("Broker"))
    );
    assert_eq!((&ticket.components.join(" "), &ticket.tags.join(" ")), (&"Store Net".into(), &"slow".into()));
    assert_eq!((ticket.affected_versions.join(" "), ticket.fix_versions.join(" ")), ("5.1 5.2".into(), "5.3".into()));
    assert_eq!(ticket.environment.as_deref(), Some("Linux, JDK 8"));
    assert_eq!((ticket.requester.as_deref(), ticket.assignee.as_deref()), (Some("Ann Example"), Some("Ben Example")));
    assert_eq!(
        (ticket.resolution.as_deref(), ticket.resolution_class),
        (Some("Fixed"), Some(ResolutionClass::CodeFix))
    );
    assert_eq!(ticket.created_at, Millis::parse("2024-05-01T12:00:00Z").unwrap());
    assert_eq!(ticket.solved_at, Some(Millis::parse("2024-05-02T12:00:00Z").unwrap()));
    assert_eq!(ticket.url.as_deref(), Some("https://tracker.example/jira/browse/BR-2"));
    assert_eq!(ticket.extra.get("issuetype"), Some(&json!("Bug")));
    let link = |kind, to: &str| Link { kind, to: to.into() };
    assert_eq!(
        ticket.links,
        [
            link(LinkKind::DuplicateOf, "BR-1"),
            link(LinkKind::SameAs, "BR-3"),
            link(LinkKind::CausedBy, "BR-4"),
            link(LinkKind::SimilarTo, "BR-5"),
        ]
    );
}

#[test]
fn comments_carry_who_speaks_and_whether_customers_may_read_them() {
    let whole = read(issue("BR-2").to_string());
    let said: Vec<_> = whole.comments().iter().map(|c| (c.id.as_str(), c.author_role, c.public)).collect();
    assert_eq!(
        said,
        [
            ("11", AuthorRole::Requester, true),
            ("12", AuthorRole::Engineer, false),
            ("13", AuthorRole::System, true),
            ("14", AuthorRole::Agent, false),
            ("15", AuthorRole::Agent, true),
        ]
    );
    assert!(whole.comments().iter().all(|comment| comment.ticket == "BR-2"));
}

#[test]
fn search_pages_hold_issues_wherever_the_issues_stand_in_them() {
    let (a, b, c) = (issue("BR-1"), issue("BR-2"), issue("BR-3"));
    let first = format!(r#"{{"expand":"names","startAt":0,"maxResults":2,"total":3,"issues":[{a},{b}]}}"#);
    let second = format!(r#"{{"issues":[{c}],"nextPageToken":"x","names":{{"a":[{{"b":"}}]"}}]}}}}"#);
    let empty = r#"{"startAt":3,"total":3,"issues":[]}"#;
    let pretty = serde_json::to_string_pretty(&json!({ "total": 1, "issues": [issue("BR-4")] })).unwrap();
    for between in ["", "\n", "\r\n\r\n"] {
        let whole = read([&first, &second, empty, &pretty].join(between));
        assert_eq!((whole.ids(), &whole.bad[..]), (vec!["BR-1", "BR-2", "BR-3", "BR-4"], &[][..]), "{between:?}");
    }
}

#[test]
fn the_document_format_of_the_newer_api_reads_as_text() {
    let mut issue = issue("BR-2");
    let paragraph = |text: &str| json!({ "type": "doc", "version": 1, "content": [{ "type": "paragraph", "content": [{ "type": "text", "text": text }] }] });
    issue["fields"]["description"] = paragraph("It stops.");
    issue["fields"]["environment"] = paragraph("Linux");
    issue["fields"]["comment"]["comments"][0]["body"] = paragraph("Again.");
    let whole = read(issue.to_string());
    assert_eq!((whole.ticket().body.as_str(), whole.ticket().body_format), ("It stops.", BodyFormat::Text));
    assert_eq!(whole.ticket().environment.as_deref(), Some("Linux"));
    assert_eq!(whole.comments()[0].body, "Again.");
}

#[test]
fn an_issue_of_which_only_some_fields_were_asked_for_is_still_a_ticket() {
    let whole = read(r#"{"key":"BR-1","fields":{"summary":"S","created":"2024-05-01T12:00:00.000+0000"}}"#);
    assert_eq!((whole.ticket().status, whole.ticket().updated_at), (Status::Open, Millis(1_714_564_800_000)));
    let whole = read("{\"key\":\"BR-1\",\"fields\":{\"summary\":\"S\"}}\n");
    assert_eq!(whole.bad[0].reason, "it has neither \"created\" nor \"updated\"");
}
