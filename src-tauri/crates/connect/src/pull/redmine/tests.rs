use super::*;
use domain::{Change, LinkKind, ResolutionClass, Status};
use serde_json::{Value, json};

fn redmine(url: &str) -> Redmine {
    Redmine::at(&Site::parse(url, false).unwrap()).unwrap()
}

/// As Redmine 5.0.4 answered on the machine where this was written.
fn issue(id: u64) -> Value {
    json!({ "id": id, "project": { "id": 1, "name": "Product A" }, "tracker": { "id": 1, "name": "Bug" },
            "status": { "id": 2, "name": "In Progress", "is_closed": false }, "priority": { "id": 3, "name": "High" },
            "author": { "id": 1, "name": "Redmine Admin" }, "assigned_to": { "id": 5, "name": "Ben" },
            "subject": "Export fails", "description": "*bold* textile", "start_date": "2026-11-27", "due_date": null,
            "done_ratio": 0, "is_private": false, "estimated_hours": null, "total_estimated_hours": null,
            "created_on": "2026-11-27T04:23:30Z", "updated_on": "2026-11-27T04:23:41Z", "closed_on": null })
}

fn answer(status: u16, body: &Value) -> Response {
    Response { status, body: body.to_string().into_bytes(), ..Response::default() }
}

fn first() -> Window {
    Window::all(Order::Newest, 0, 100)
}

#[test]
fn the_whole_server_or_one_project_is_asked_closed_ones_included() {
    let all = redmine("https://tracker.example/redmine/");
    let path = all.list(&first(), "history").path;
    assert_eq!(
        path,
        "/redmine/issues.json?status_id=*&sort=updated_on%3Adesc%2Cid%3Adesc&include=relations%2Cattachments&limit=100&offset=0"
    );
    let one = redmine("https://tracker.example/projects/product-a/issues");
    let window = Window { from: Some(Millis(1_764_217_421_500)), order: Order::Oldest, skip: 100, ..first() };
    assert_eq!(
        one.list(&window, "changes").path,
        "/projects/product-a/issues.json?status_id=*&sort=updated_on%3Aasc%2Cid%3Aasc&updated_on=%3E%3D2025-11-27T04%3A23%3A41Z&include=relations%2Cattachments&limit=100&offset=100"
    );
    let back = Window { to: Some(Millis(1_764_217_421_000)), ..first() };
    let path = one.list(&back, "history").path;
    assert!(path.contains("updated_on=%3C%3D2025-11-27T04%3A23%3A42Z"), "it keeps parts of seconds: {path}");
    assert!(Redmine::at(&Site::parse("https://tracker.example/projects/a/b/c", false).unwrap()).is_err());
}

#[test]
fn an_issue_is_read_with_what_it_says_about_itself() {
    let mut closed = issue(4);
    closed["status"] = json!({ "id": 6, "name": "Rejected", "is_closed": true });
    closed["closed_on"] = "2026-11-28T00:00:00Z".into();
    closed["relations"] = json!([{ "id": 1, "issue_id": 4, "issue_to_id": 7, "relation_type": "duplicates" },
                                 { "id": 2, "issue_id": 9, "issue_to_id": 4, "relation_type": "blocks" }]);
    closed["attachments"] =
        json!([{ "id": 1, "filename": "a.log", "filesize": 12, "content_url": "https://x.example/1" }]);
    closed["custom_fields"] = json!([{ "id": 1, "name": "Affected version", "value": ["2.3.1"] }]);
    let body = json!({ "issues": [closed], "total_count": 1, "offset": 0, "limit": 100 });
    let listing = redmine("https://tracker.example").listed(&first(), &answer(200, &body)).unwrap();
    assert_eq!((listing.more, listing.total, listing.held), (Some(false), Some(1), 1));
    let Change::Ticket(ticket) = &listing.changes[0] else { panic!("no ticket") };
    assert_eq!(
        (ticket.id.as_str(), ticket.status, ticket.resolution.as_deref(), ticket.resolution_class),
        ("4", Status::Closed, Some("Rejected"), Some(ResolutionClass::WontFix))
    );
    assert_eq!(
        (ticket.affected_versions.as_slice(), ticket.url.as_deref()),
        (&["2.3.1".to_owned()][..], Some("https://tracker.example/issues/4"))
    );
    let links: Vec<_> = ticket.links.iter().map(|link| (link.kind, link.to.as_str())).collect();
    assert_eq!(links, [(LinkKind::DuplicateOf, "7"), (LinkKind::Mentions, "9")]);
    assert_eq!(ticket.extra["attachments"], json!([{ "name": "a.log", "size": 12 }]), "names and sizes alone");
}

#[test]
fn a_private_note_stays_inside_and_a_handoff_names_people() {
    let mut one = issue(4);
    one["journals"] = json!([
        { "id": 2, "user": { "id": 1, "name": "Redmine Admin" }, "notes": "", "created_on": "2026-11-27T04:23:41Z", "private_notes": false,
          "details": [{ "property": "attr", "name": "assigned_to_id", "old_value": null, "new_value": "5" },
                      { "property": "attr", "name": "status_id", "old_value": "1", "new_value": "2" }] },
        { "id": 3, "user": { "id": 5, "name": "Ben" }, "notes": "investigating", "created_on": "2026-11-27T04:23:42Z",
          "private_notes": true, "details": [] },
    ]);
    let detail =
        redmine("https://tracker.example").detailed(&Todo::of("4"), &answer(200, &json!({ "issue": one }))).unwrap();
    let [Change::Hop(hop), Change::Comment(comment), Change::Said { ids, .. }] = &detail.changes[..] else {
        panic!("{:?}", detail.changes)
    };
    assert_eq!(
        (hop.from_group.as_deref(), hop.to_group.as_deref(), hop.by.as_deref()),
        (None, Some("Ben"), Some("Redmine Admin"))
    );
    assert_eq!((comment.public, comment.body.as_str()), (false, "investigating"));
    assert_eq!(*ids, ["3"], "whatever else was said of it is gone");
}

#[test]
fn one_bad_record_costs_itself_and_a_missing_field_costs_nothing() {
    let records = json!([issue(1), { "id": 2 }, { "id": 3, "subject": null, "status": null, "created_on": "2026-01-01T00:00:00Z" }, issue(4)]);
    let body = json!({ "issues": records, "total_count": 900, "offset": 0, "limit": 100 });
    let listing = redmine("https://tracker.example").listed(&first(), &answer(200, &body)).unwrap();
    assert_eq!((listing.changes.len(), listing.bad.len(), listing.more), (3, 1, Some(true)));
}

#[test]
fn a_key_stands_in_the_place_of_a_user_name() {
    let shown =
        |token: &str| redmine("https://t.example").authorization(&SecretString::from(token)).expose_secret().to_owned();
    assert_eq!(shown("abc"), "Basic YWJjOng=");
    assert_eq!(shown("ann:pw"), "Basic YW5uOnB3");
}

#[test]
fn what_is_missing_is_asked_for_by_itself() {
    let tracker = redmine("https://tracker.example");
    assert_eq!(tracker.one("4").path, "/issues/4.json?include=relations%2Cattachments");
    assert_eq!(tracker.one("../users").path, "/issues/..%2Fusers.json?include=relations%2Cattachments");
    let there = tracker.found("4", &answer(200, &json!({ "issue": issue(4) }))).unwrap();
    assert!(matches!(there, Fate::There(changes) if changes.len() == 1));
}
