use super::*;
use crate::pull::{Connector, walk::Walk};
use domain::{Change, Cursor, Status};
use serde_json::{Value, json};

fn jira(url: &str) -> Jira {
    Jira::at(&Site::parse(url, false).unwrap()).unwrap()
}

fn issue(number: u64) -> Value {
    json!({ "id": (1000 + number).to_string(), "key": format!("AMQ-{number}"), "self": "https://acme.atlassian.net/rest/api/3/issue/1", "fields": {
        "summary": format!("Issue {number}"), "description": { "type": "doc", "version": 1, "content": [{ "type": "paragraph", "content": [{ "type": "text", "text": "It stops" }] }] },
        "status": { "name": "Closed", "statusCategory": { "key": "done" } }, "created": "2026-01-01T00:00:00.000+0100",
        "updated": format!("2026-01-01T{:02}:{:02}:00.000+0100", number / 60 % 24, number % 60),
        "comment": { "comments": [{ "id": "1", "body": "one", "created": "2026-01-01T00:00:00.000+0000" }], "total": if number == 7 { 3 } else { 1 }, "maxResults": 20 } } })
}

fn answer(body: &Value) -> Response {
    Response { status: 200, body: body.to_string().into_bytes(), ..Response::default() }
}

/// Where a walk stands that has been told of the site's fields.
fn told(walk: &Walk<Jira>, fields: &Value) -> Option<Cursor> {
    walk.read("history", None, &answer(fields)).unwrap().next
}

#[test]
fn two_hundred_and_fifty_issues_come_by_token_without_a_total() {
    let walk = Walk(jira("https://acme.atlassian.net"));
    let page = |from: u64, to: u64, token: Option<&str>| {
        let issues: Vec<Value> = (from..to).rev().map(issue).collect();
        // Its own word for the end is wrong, as has been seen.
        answer(&json!({ "issues": issues, "nextPageToken": token, "isLast": true }))
    };
    let mut cursor = told(&walk, &json!([]));
    let mut read = 0;
    for (from, to, token) in [(150, 250, Some("a")), (50, 150, Some("b")), (0, 50, None)] {
        let request = walk.request("history", cursor.as_ref());
        assert!(
            request
                .path
                .starts_with("/rest/api/3/search/jql?jql=created+%3E%3D+%221970-01-02%22+ORDER+BY+created+DESC"),
            "{}",
            request.path
        );
        assert_eq!(request.path.contains("nextPageToken"), from != 150);
        let mut found = walk.read("history", cursor.as_ref(), &page(from, to, token)).unwrap();
        read += found.changes.iter().filter(|change| matches!(change, Change::Ticket(_))).count();
        // One of them has more comments than the search shows.
        while walk.request("history", found.next.as_ref()).path.contains("/comment?") {
            assert!(
                walk.request("history", found.next.as_ref())
                    .path
                    .starts_with("/rest/api/3/issue/AMQ-7/comment?startAt=0")
            );
            let comments: Vec<Value> = (1..=3)
                .map(|id| json!({ "id": id.to_string(), "body": "text", "created": "2026-01-01T00:00:00.000+0000" }))
                .collect();
            found = walk
                .read(
                    "history",
                    found.next.as_ref(),
                    &answer(&json!({ "comments": comments, "total": 3, "startAt": 0 })),
                )
                .unwrap();
            assert_eq!(found.changes.len(), 3);
        }
        assert_eq!(found.more, token.is_some());
        cursor = found.next;
    }
    assert_eq!(read, 250);
    assert!(walk.is_over("history", cursor.as_ref()));
}

#[test]
fn a_token_that_comes_again_is_a_loop_and_one_that_expired_begins_anew() {
    let walk = Walk(jira("https://acme.atlassian.net"));
    let page = |token: &str| answer(&json!({ "issues": [issue(1)], "nextPageToken": token }));
    let begun = told(&walk, &json!([]));
    let first = walk.read("history", begun.as_ref(), &page("a")).unwrap();
    assert_eq!(walk.read("history", first.next.as_ref(), &page("a")).unwrap_err().code(), "endless_pages");
    let expired = Response {
        status: 400,
        body: br#"{"errorMessages":["The provided next page token is invalid"]}"#.to_vec(),
        ..Response::default()
    };
    let again = walk.read("history", first.next.as_ref(), &expired).unwrap();
    assert!(again.more && !walk.request("history", again.next.as_ref()).path.contains("nextPageToken"));
}

#[test]
fn a_search_that_was_removed_is_told_and_not_tried_for_ever() {
    let gone = Response {
        status: 410,
        body: br#"{"errorMessages":["The requested API has been removed."]}"#.to_vec(),
        ..Response::default()
    };
    let failure = jira("https://acme.atlassian.net").listed(&Window::all(Order::Newest, 0, 100), &gone).unwrap_err();
    assert_eq!((failure.code(), failure.is_permanent()), ("not_there", true));
}

#[test]
fn data_center_is_asked_by_number_and_documents_are_read_as_text() {
    let own = jira("https://issues.acme.example/jira/browse/AMQ-12");
    let path = own.list(&Window::all(Order::Newest, 100, 50), "changes").path;
    assert!(
        path.starts_with(
            "/jira/rest/api/2/search?jql=project+%3D+%22AMQ%22+ORDER+BY+updated+DESC%2C+key+DESC&fields=summary"
        ),
        "{path}"
    );
    assert!(path.ends_with("&maxResults=50&startAt=100"), "{path}");
    let listing = own
        .listed(&Window::all(Order::Newest, 0, 1), &answer(&json!({ "issues": [issue(1)], "total": 9, "startAt": 0 })))
        .unwrap();
    assert_eq!((listing.more, listing.total), (Some(true), Some(9)));
    let Change::Ticket(ticket) = &listing.changes[0] else { panic!("no ticket") };
    assert_eq!((ticket.id.as_str(), ticket.body.as_str(), ticket.status), ("AMQ-1", "It stops", Status::Closed));
    assert!(Jira::at(&Site::parse("https://x.example/projects/a%22b", false).unwrap()).is_err());
}

#[test]
fn handoffs_come_from_the_changes_that_a_search_shows_or_are_asked_for_where_it_shows_some() {
    let entry = |from: Value, to: &str| {
        json!({ "author": { "displayName": "Cy" }, "created": "2026-01-01T00:00:00.000+0000", "items": [
            { "field": "assignee", "from": "a", "fromString": from, "to": "b", "toString": to },
            { "field": "status", "fromString": "Open", "toString": "Closed" }] })
    };
    let mut moved = issue(1);
    moved["changelog"] = json!({ "histories": [entry(Value::Null, "Ann"), entry("Ann".into(), "Ben")], "total": 2 });
    let cloud = jira("https://acme.atlassian.net");
    assert!(cloud.list(&Window::all(Order::Newest, 0, 100), "changes").path.contains("&expand=changelog&"));
    let listing = cloud.listed(&Window::all(Order::Newest, 0, 100), &answer(&json!({ "issues": [moved] }))).unwrap();
    let hops: Vec<_> = listing
        .changes
        .iter()
        .filter_map(|change| match change {
            Change::Hop(hop) => Some((hop.from_group.as_deref(), hop.to_group.as_deref(), hop.by.as_deref())),
            _ => None,
        })
        .collect();
    assert_eq!(hops, [(None, Some("Ann"), Some("Cy")), (Some("Ann"), Some("Ben"), Some("Cy"))]);
    assert_eq!(listing.seen[0].todo, None);

    // Fifty changes of which two are shown, and comments that are not all shown either: both are asked for, one after the other.
    let mut long = issue(7);
    long["changelog"] = json!({ "histories": [entry(Value::Null, "Ann")], "total": 2 });
    let listing = cloud.listed(&Window::all(Order::Newest, 0, 100), &answer(&json!({ "issues": [long] }))).unwrap();
    assert!(!listing.changes.iter().any(|change| matches!(change, Change::Hop(_))));
    let todo = listing.seen[0].todo.clone().unwrap();
    assert!(cloud.detail(&todo).path.starts_with("/rest/api/3/issue/AMQ-7/comment?startAt=0"));
    let comments =
        json!({ "comments": [{ "id": "1", "body": "one", "created": "2026-01-01T00:00:00.000+0000" }], "total": 1 });
    let todo = cloud.detailed(&todo, &answer(&comments)).unwrap().next.unwrap();
    assert!(cloud.detail(&todo).path.starts_with("/rest/api/3/issue/AMQ-7/changelog?startAt=0"));
    let log = json!({ "values": [entry(Value::Null, "Ann"), entry("Ann".into(), "Ben")], "total": 2, "isLast": true });
    let detail = cloud.detailed(&todo, &answer(&log)).unwrap();
    assert_eq!((detail.changes.len(), detail.bad.len(), detail.next), (2, 0, None));
}

#[test]
fn a_moved_issue_is_gone_under_its_old_key() {
    let own = jira("https://issues.acme.example");
    assert_eq!(own.found("OLD-1", &answer(&issue(1))).unwrap(), Fate::Gone);
    assert!(matches!(own.found("AMQ-1", &answer(&issue(1))).unwrap(), Fate::There(changes) if changes.len() == 2));
    let shown = |token: &str| own.authorization(&SecretString::from(token)).expose_secret().to_owned();
    assert_eq!((shown("abc"), shown("a:b")), ("Bearer abc".into(), "Basic YTpi".into()));
}

#[test]
fn a_request_shows_its_type_its_organization_and_what_became_of_its_promises() {
    let walk = Walk(jira("https://acme.atlassian.net"));
    assert_eq!(walk.request("history", None).path, "/rest/api/3/field");
    let fields = json!([
        { "id": "summary", "name": "Summary", "schema": { "type": "string", "system": "summary" } },
        { "id": "customfield_10020", "schema": { "custom": "com.atlassian.servicedesk:sd-sla-field" } },
        { "id": "customfield_10010", "schema": { "custom": "com.atlassian.servicedesk:vp-origin" } },
        { "id": "customfield_10002", "schema": { "custom": "com.atlassian.servicedesk:sd-customer-organizations" } },
        { "id": "customfield_10099", "schema": { "custom": "com.pyxis.greenhopper.jira:gh-sprint" } },
        { "id": "x,y&fields=*all", "schema": { "custom": "com.atlassian.servicedesk:sd-sla-field" } },
        "odd" , { "id": 7 },
    ]);
    let fields = json!(fields.as_array().unwrap().iter().filter(|field| field.is_object()).collect::<Vec<_>>());
    let begun = told(&walk, &fields);
    let asked = walk.request("history", begun.as_ref()).path;
    let own = "comment%2Ccustomfield_10020%2Ccustomfield_10010%2Ccustomfield_10002&expand";
    assert!(asked.contains(own), "its own fields and no others: {asked}");
    let moment = |at: i64| json!({ "iso8601": "2026-01-01T00:00:00+0000", "friendly": "soon", "epochMillis": at });
    let mut request = issue(3);
    request["fields"]["customfield_10010"] =
        json!({ "requestType": { "id": "5", "name": "Report a fault" }, "currentStatus": { "status": "Open" } });
    request["fields"]["customfield_10002"] = json!([{ "id": "1", "name": "Acme", "_links": { "self": "https://acme.atlassian.net/rest/servicedeskapi/organization/1" } }]);
    request["fields"]["customfield_10020"] = json!({ "id": "1", "name": "Time to resolution",
        "completedCycles": [{ "startTime": moment(1_000), "stopTime": moment(9_000), "breachTime": moment(5_000), "breached": true, "goalDuration": { "millis": 4_000 }, "remainingTime": { "millis": -4_000 } }],
        "ongoingCycle": { "startTime": moment(20_000), "breachTime": moment(24_000), "breached": false, "paused": true, "goalDuration": { "millis": 4_000 }, "remainingTime": { "millis": 1_500 } } });
    // Of another shape than anybody foresaw.
    request["fields"]["customfield_10021"] = json!({ "name": "Odd", "completedCycles": "none", "ongoingCycle": 5 });
    let body = json!({ "issues": [request] });
    let read = walk.read("history", begun.as_ref(), &answer(&body)).unwrap();
    assert!(read.bad.is_empty(), "{:?}", read.bad);
    let Some(Change::Ticket(ticket)) = read.changes.first() else { panic!("{:?}", read.changes) };
    assert_eq!(ticket.service.request_type.as_deref(), Some("Report a fault"));
    assert_eq!((ticket.account.as_deref(), &*ticket.service.organizations), (Some("Acme"), &["Acme".to_owned()][..]));
    let promises: Vec<_> = read
        .changes
        .iter()
        .filter_map(|change| match change {
            Change::Promise(told) => Some(told),
            _ => None,
        })
        .collect();
    let at = |at| Some(domain::Millis(at));
    let of = |began: i64| domain::Promise {
        ticket: "AMQ-3".into(),
        measure: "Time to resolution".into(),
        round: began,
        started_at: at(began),
        goal: Some(4_000),
        ..Default::default()
    };
    let first = domain::Promise {
        due_at: at(5_000),
        met_at: at(9_000),
        broken_at: at(5_000),
        paused: Some(false),
        ..of(1_000)
    };
    let now = domain::Promise { due_at: at(24_000), spared: true, paused: Some(true), left: Some(1_500), ..of(20_000) };
    assert_eq!(promises, [&first, &now]);
}

#[test]
fn fields_are_asked_for_once_a_day_and_an_account_that_may_not_know_them_reads_the_rest() {
    let walk = Walk(jira("https://acme.atlassian.net"));
    let on = |status: u16, body: &Value, day: u8| Response {
        status,
        headers: vec![("date".into(), format!("Thu, {day:02} Jan 2026 12:00:00 GMT"))],
        body: body.to_string().into_bytes(),
    };
    for (status, body) in [(404, json!({})), (400, json!([])), (200, json!({ "issues": [] }))] {
        let none = walk.read("changes", None, &on(status, &body, 1)).unwrap();
        assert!(walk.request("changes", none.next.as_ref()).path.contains("/search/"), "{status}");
    }
    let broken = Response { body: b"<html>busy</html>".to_vec(), ..on(200, &json!([]), 1) };
    assert_eq!(walk.read("changes", None, &broken).unwrap_err().code(), "answer_unreadable", "it is asked again");
    let hidden = walk.read("changes", None, &on(403, &json!({}), 1)).unwrap();
    assert!(hidden.more && hidden.closed.is_none());
    let page = json!({ "issues": [issue(3)] });
    let head = walk.read("changes", hidden.next.as_ref(), &on(200, &page, 1)).unwrap();
    let same_day = walk.read("changes", head.next.as_ref(), &on(200, &page, 1)).unwrap();
    assert!(walk.request("changes", same_day.next.as_ref()).path.contains("/search/"), "it was told that day");
    let next_day = walk.read("changes", same_day.next.as_ref(), &on(200, &page, 8)).unwrap();
    assert_eq!(walk.request("changes", next_day.next.as_ref()).path, "/rest/api/3/field");
}

#[test]
fn cloud_is_asked_for_its_own_count_and_one_that_has_none_tells_no_number() {
    let walk = Walk(jira("https://acme.atlassian.net"));
    let asked = walk.count();
    assert_eq!(asked.path, "/rest/api/3/search/approximate-count");
    assert_eq!(asked.asks.body(), Some(r#"{"jql":"created >= \"1970-01-02\""}"#));
    assert_eq!(walk.counted(&answer(&json!({ "count": 153 }))).unwrap(), Some(153));
    assert_eq!(walk.counted(&Response { status: 404, ..Response::default() }).unwrap(), None);
    let center = Walk(jira("https://jira.acme.example"));
    assert!(center.count().path.contains("/search?"));
}

#[test]
fn who_speaks_in_a_list_that_a_search_does_not_show_whole_is_known_and_files_are_names_and_sizes() {
    let cloud = jira("https://acme.atlassian.net");
    let person = |id: &str| json!({ "accountId": id, "displayName": format!("{id} of Acme") });
    let mut long = issue(7);
    (long["fields"]["reporter"], long["fields"]["assignee"]) = (person("ann"), person("ben"));
    long["fields"]["attachment"] = json!([{ "id": "1", "filename": "heap.bin", "size": 12_034, "content": "https://acme.atlassian.net/x" }, { "size": 1 }]);
    let window = Window::all(Order::Newest, 0, 100);
    let path = cloud.list(&window, "changes").path;
    assert!(path.contains("attachment%2C"), "{path}");
    let listing = cloud.listed(&window, &answer(&json!({ "issues": [long.clone()] }))).unwrap();
    let attached = |files: &[domain::Attachment]| {
        let (ticket, files) = ("AMQ-7".into(), files.to_vec());
        Change::Attached(domain::Attached { ticket, comment: None, files })
    };
    let heap = domain::Attachment { name: "heap.bin".into(), size: Some(12_034) };
    assert!(listing.changes.contains(&attached(&[heap])), "{:?}", listing.changes);
    let said = |id: u64, who: &str| json!({ "id": id.to_string(), "author": person(who), "body": "text", "created": "2026-01-01T00:00:00.000+0000" });
    let pages = [
        json!({ "comments": [said(1, "ann"), said(2, "ben")], "total": 3 }),
        json!({ "comments": [said(3, "cy")], "total": 3 }),
    ];
    let (mut todo, mut roles) = (listing.seen[0].todo.clone(), Vec::new());
    for page in &pages {
        let detail = cloud.detailed(&todo.unwrap(), &answer(page)).unwrap();
        roles.extend(detail.changes.iter().filter_map(|change| match change {
            Change::Comment(said) => Some(said.author_role),
            _ => None,
        }));
        todo = detail.next;
    }
    use domain::AuthorRole::{Agent, Engineer, Requester};
    assert_eq!((roles, todo), (vec![Requester, Engineer, Agent], None), "on its second page too");
    // The last file was taken away.
    long["fields"]["attachment"] = json!([]);
    let listing = cloud.listed(&window, &answer(&json!({ "issues": [long] }))).unwrap();
    assert!(listing.changes.contains(&attached(&[])));
}
