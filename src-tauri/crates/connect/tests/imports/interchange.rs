use crate::support::{line, read};
use domain::{AuthorRole, BodyFormat, Change, KnownErrorState, Link, LinkKind, Millis, ResolutionClass, Status};
use serde_json::json;

#[test]
fn every_key_of_a_ticket_lands_in_its_field_and_unknown_ones_are_kept() {
    let text = json!({
        "kind": "ticket", "id": 7, "subject": "S", "body": "B", "body_format": "markdown", "status": "on_hold", "priority": "high",
        "product": "Ledger", "component": "Import", "version": "2.2.0", "fix_versions": ["2.3.1", "2.4"], "environment": "Linux",
        "requester": "ann", "account": "Northwind", "group": "L2", "assignee": "ben", "tags": ["a", "b"],
        "created_at": "2026-01-05T10:00:00Z", "updated_at": 1_767_700_000, "solved_at": "2026-01-07", "resolution": "Won't Fix",
        "duplicate_of": "T-0", "merged_into": "T-0", "links": [{ "kind": "caused_by", "to": "P-1" }],
        "url": "https://example.com/7", "colour": "red", "nothing": null,
    });
    let whole = read(text.to_string());
    let ticket = whole.ticket();
    assert_eq!((ticket.id.as_str(), ticket.body_format, ticket.status), ("7", BodyFormat::Markdown, Status::OnHold));
    assert_eq!(
        (&ticket.components[..], &ticket.affected_versions[..]),
        (&["Import".to_owned()][..], &["2.2.0".to_owned()][..])
    );
    assert_eq!(ticket.fix_versions, ["2.3.1", "2.4"]);
    assert_eq!((ticket.environment.as_deref(), ticket.account.as_deref()), (Some("Linux"), Some("Northwind")));
    assert_eq!(ticket.updated_at, Millis(1_767_700_000_000));
    assert_eq!(ticket.resolution_class, Some(ResolutionClass::WontFix));
    assert_eq!(ticket.merged_into.as_deref(), Some("T-0"));
    let link = |kind, to: &str| Link { kind, to: to.into() };
    assert_eq!(ticket.links, [link(LinkKind::DuplicateOf, "T-0"), link(LinkKind::CausedBy, "P-1")]);
    assert_eq!(serde_json::Value::Object(ticket.extra.clone()), json!({ "colour": "red" }));
}

#[test]
fn each_kind_of_line_becomes_its_change() {
    let comment = json!({ "kind": "comment", "ticket": "T-1", "id": "c1", "author": "ben", "author_role": "engineer", "public": false,
        "body": "a note", "created_at": "2026-01-05T11:00:00Z" });
    let hop = json!({ "kind": "hop", "ticket": "T-1", "at": "2026-01-05T12:00:00Z", "from_group": "L1", "to_group": "L2", "by": "ann" });
    let known = json!({ "kind": "known_error", "id": "KE-1", "title": "Export hangs", "state": "fix_in_progress", "component": "Export",
        "affected_versions": ">=2.1 <2.3", "workaround": ["Stop it.", "Start it."], "workaround_worked": 3, "workaround_tried": 4,
        "tickets": ["T-1"], "updated_at": "2026-01-05T12:00:00Z" });
    let delete = json!({ "kind": "delete", "ticket": "T-9" });
    let whole = read(format!("{comment}\n{hop}\n{known}\n{delete}\n"));
    assert_eq!((whole.read, &whole.bad[..]), (4, &[][..]));
    let [Change::Comment(comment), Change::Hop(hop), Change::KnownError(known), Change::Delete { ticket }] =
        &whole.changes[..]
    else {
        panic!("{:?}", whole.changes)
    };
    assert_eq!((comment.author_role, comment.public), (AuthorRole::Engineer, false));
    assert_eq!((hop.from_group.as_deref(), hop.to_group.as_deref()), (Some("L1"), Some("L2")));
    assert_eq!((known.state, known.workaround.len(), known.workaround_tried), (KnownErrorState::FixInProgress, 2, 4));
    assert_eq!((&known.components[..], &known.tickets[..]), (&["Export".to_owned()][..], &["T-1".to_owned()][..]));
    assert_eq!(known.updated_at, Millis::parse("2026-01-05T12:00:00Z").unwrap());
    assert_eq!(ticket, "T-9");
}

#[test]
fn a_comment_is_public_unless_it_says_otherwise() {
    let whole = read(r#"{"kind":"comment","ticket":"T","id":1,"body":"b","created_at":"2026-01-05"}"#);
    assert!(whole.comments()[0].public);
}

#[test]
fn what_a_line_lacks_is_said_in_words() {
    let cases = [
        (r#"{"kind":"ticket","subject":"S","created_at":"2026-01-05"}"#, "it has no \"id\""),
        (r#"{"kind":"ticket","id":"1","subject":"S"}"#, "it has neither \"created_at\" nor \"updated_at\""),
        (r#"{"kind":"ticket","id":"1","created_at":"2026-01-05"}"#, "it has neither \"subject\" nor \"body\""),
        (r#"{"kind":"ticket","id":"1","subject":"S","created_at":"soon"}"#, "\"created_at\": \"soon\" is not a time"),
        (r#"{"kind":"ticket","id":"1","subject":"S","created_at":0,"status":"lost"}"#, "\"status\" cannot be \"lost\""),
        (
            r#"{"kind":"ticket","id":"1","subject":"S","created_at":0,"links":[{"kind":"x","to":"y"}]}"#,
            "\"x\" is no kind of link",
        ),
        (
            r#"{"kind":"comment","ticket":"1","id":"c","created_at":0,"public":"yes"}"#,
            "\"public\" must be true or false",
        ),
        (r#"{"kind":"mystery"}"#, "\"mystery\" is no kind of record"),
    ];
    for (text, reason) in cases {
        let whole = read(format!("{}\n{text}\n", line("ok")));
        assert_eq!(whole.lines(), [2], "{text}");
        assert!(whole.bad[0].reason.starts_with(reason), "{text}: {}", whole.bad[0].reason);
    }
}
