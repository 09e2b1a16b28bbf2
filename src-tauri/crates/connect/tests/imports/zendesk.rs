use crate::support::read;
use domain::{AuthorRole, Change, Link, LinkKind, ResolutionClass, Status};
use serde_json::json;

#[test]
fn a_ticket_of_the_api_is_read_by_its_ids() {
    let ticket = json!({
        "url": "https://acme.zendesk.com/api/v2/tickets/35436.json", "id": 35436, "via": { "channel": "web" },
        "created_at": "2009-07-20T22:55:29Z", "updated_at": "2011-05-05T10:38:52Z", "type": "incident", "subject": "Printer on fire",
        "raw_subject": "{{dc.printer}}", "description": "The fire is very colorful.", "priority": "high", "status": "hold",
        "requester_id": 20_978_392_004_i64, "assignee_id": 235_323, "organization_id": 509_974, "group_id": 98_738, "problem_id": 9_873_764,
        "tags": ["enterprise", "other_tag"], "custom_fields": [{ "id": 27_642, "value": "745" }, { "id": 27_648, "value": null }],
    });
    let whole = read(ticket.to_string());
    let ticket = whole.ticket();
    assert_eq!(
        (ticket.id.as_str(), ticket.subject.as_str(), ticket.status),
        ("35436", "Printer on fire", Status::OnHold)
    );
    assert_eq!(ticket.requester.as_deref(), Some("user 20978392004"));
    assert_eq!(
        (ticket.group.as_deref(), ticket.account.as_deref()),
        (Some("group 98738"), Some("organization 509974"))
    );
    assert_eq!(ticket.links, [Link { kind: LinkKind::CausedBy, to: "9873764".into() }]);
    assert_eq!(ticket.url.as_deref(), Some("https://acme.zendesk.com/agent/tickets/35436"));
    assert_eq!(ticket.extra.get("custom_fields"), Some(&json!({ "27642": "745" })));
}

#[test]
fn a_ticket_of_the_account_export_brings_people_by_name_and_comments_with_roles() {
    let ticket = json!({
        "id": 12, "subject": "Export is empty", "description": "Since Monday.", "status": "solved",
        "requester": { "id": 1, "name": "Ann", "email": "ann@example.com" }, "assignee": { "id": 2, "name": "Ben" },
        "group": { "id": 3, "name": "Tier 2" }, "organization": { "id": 4, "name": "Northwind" },
        "created_at": "2026-01-05T10:00:00Z", "updated_at": "2026-01-06T10:00:00Z", "metric_set": { "solved_at": "2026-01-06T09:00:00Z" },
        "comments": [
            { "id": 100, "author_id": 1, "body": "Since Monday.", "public": true, "created_at": "2026-01-05T10:00:00Z" },
            { "id": 101, "author_id": 2, "body": "Which version?", "public": true, "created_at": "2026-01-05T11:00:00Z" },
            { "id": 102, "author_id": 1, "body": "2.3", "public": true, "created_at": "2026-01-05T12:00:00Z" },
            { "id": 103, "author_id": 2, "body": "Known.", "public": false, "created_at": "2026-01-05T13:00:00Z" },
            { "id": 104, "author_id": -1, "body": "Set by a rule.", "public": false, "created_at": "2026-01-05T14:00:00Z" },
            { "id": 105, "author": { "id": 9, "name": "Eve", "role": "end-user" }, "html_body": "<p>me too</p>", "public": true, "created_at": "2026-01-05T15:00:00Z" },
        ],
    });
    let whole = read(ticket.to_string());
    let ticket = whole.ticket();
    assert_eq!((ticket.requester.as_deref(), ticket.assignee.as_deref()), (Some("Ann"), Some("Ben")));
    assert_eq!((ticket.group.as_deref(), ticket.account.as_deref()), (Some("Tier 2"), Some("Northwind")));
    assert!(ticket.solved_at.is_some());
    let said: Vec<_> = whole.comments().iter().map(|c| (c.id.as_str(), c.author_role, c.public)).collect();
    // The first comment is the description, which is there already.
    assert_eq!(
        said,
        [
            ("101", AuthorRole::Agent, true),
            ("102", AuthorRole::Requester, true),
            ("103", AuthorRole::Agent, false),
            ("104", AuthorRole::System, false),
            ("105", AuthorRole::Requester, true),
        ]
    );
}

#[test]
fn a_merged_ticket_names_the_one_that_it_went_into() {
    let ticket = json!({
        "id": 12, "subject": "S", "description": "D", "status": "closed", "tags": ["closed_by_merge"], "created_at": "2026-01-05T10:00:00Z",
        "comments": [{ "id": 1, "author_id": 2, "public": false, "created_at": "2026-01-05T11:00:00Z",
                       "body": "This request was closed and merged into request #42 \"Export is empty\"." }],
    });
    let whole = read(ticket.to_string());
    let ticket = whole.ticket();
    assert_eq!(
        (ticket.merged_into.as_deref(), ticket.resolution_class),
        (Some("42"), Some(ResolutionClass::Duplicate))
    );
    assert_eq!(ticket.links, [Link { kind: LinkKind::DuplicateOf, to: "42".into() }]);
}

#[test]
fn a_ticket_that_others_went_into_names_them_and_files_are_names_and_sizes() {
    let ticket = json!({
        "id": 42, "subject": "S", "description": "D", "status": "open", "created_at": "2026-01-05T10:00:00Z",
        "comments": [
            { "id": 1, "author_id": 1, "body": "D", "public": true, "created_at": "2026-01-05T10:00:00Z",
              "attachments": [{ "id": 498_483, "file_name": "trace.log", "size": 2532, "content_url": "https://acme.zendesk.com/x" }] },
            { "id": 2, "author_id": 2, "public": false, "created_at": "2026-01-05T11:00:00Z",
              "body": "Anfrage #12 wurde geschlossen.", "attachments": [{ "name": "heap.bin" }, { "size": 1 }],
              "via": { "channel": "web", "source": { "from": { "ticket_id": 12, "ticket_ids": [12, 13] }, "to": {}, "rel": "merge" } } },
            // Somebody quotes what the desk wrote: that merges nothing.
            { "id": 3, "author_id": 2, "public": true, "created_at": "2026-01-05T12:00:00Z",
              "body": "You wrote: This request was closed and merged into request #77." },
        ],
    });
    let whole = read(ticket.to_string());
    let merges: Vec<(&str, &str)> = whole
        .changes
        .iter()
        .filter_map(|change| match change {
            Change::Merge { ticket, into } => Some((ticket.as_str(), into.as_str())),
            _ => None,
        })
        .collect();
    assert_eq!(merges, [("12", "42"), ("13", "42")]);
    let file = |name: &str, size| domain::Attachment { name: name.into(), size };
    let attached: Vec<_> = whole
        .changes
        .iter()
        .filter_map(|change| match change {
            Change::Attached(attached) => Some((attached.comment.as_deref(), attached.files.clone())),
            _ => None,
        })
        .collect();
    let of_comment = vec![file("heap.bin", None)];
    assert_eq!(attached, [(None, vec![file("trace.log", Some(2532))]), (Some("2"), of_comment)]);
}

#[test]
fn a_follow_up_is_the_same_case_as_the_ticket_that_was_closed() {
    let ticket = json!({ "id": 13, "subject": "S", "description": "D", "status": "new", "created_at": "2026-01-05T10:00:00Z",
        "via": { "channel": "web", "source": { "from": { "ticket_id": 12 }, "to": {}, "rel": "follow_up" } } });
    assert_eq!(read(ticket.to_string()).ticket().links, [Link { kind: LinkKind::SameAs, to: "12".into() }]);
}

#[test]
fn a_deleted_ticket_is_a_deletion_and_a_loose_comment_finds_its_ticket() {
    let deleted =
        r#"{"id":5,"subject":"SCRUBBED","description":"X","status":"deleted","created_at":"2026-01-05T10:00:00Z"}"#;
    let comment =
        r#"{"id":7,"ticket_id":5,"author_id":1,"body":"hello","public":true,"created_at":"2026-01-05T10:00:00Z"}"#;
    let whole = read(format!("{deleted}\n{comment}\n"));
    assert_eq!(whole.bad, []);
    assert_eq!(whole.changes[0], Change::Delete { ticket: "5".into() });
    assert_eq!(whole.comments()[0].ticket, "5");
}
