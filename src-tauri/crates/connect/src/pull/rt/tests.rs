use super::*;
use domain::{BodyFormat, Comment, Status};
use serde_json::{Value, json};

fn rt() -> Rt {
    Rt::at(&Site::parse("https://tracker.example/rt", false).unwrap())
}

/// As Request Tracker 5.0.3 answered on the machine where this was written.
fn ticket(id: &str) -> Value {
    json!({ "id": id, "type": "ticket", "Subject": "Export fails with 500", "Status": "open", "Priority": "10", "CustomFields": "",
            "Created": "2026-11-27T04:22:14Z", "LastUpdated": "2026-11-27T04:23:22Z", "Resolved": "1970-01-01T00:00:00Z",
            "Queue": { "id": "3", "Name": "Escalations", "type": "queue" }, "Owner": { "id": "Nobody", "type": "user" },
            "Requestor": [{ "id": "cust1@example.com", "type": "user" }], "Creator": { "id": "root", "type": "user" },
            "_hyperlinks": [{ "ref": "self", "type": "ticket", "id": 1 }, { "ref": "depends-on", "type": "ticket", "id": "2" },
                            { "ref": "history", "_url": "https://tracker.example/x" }] })
}

fn transaction(id: u64, kind: &str, field: &str, old: &str, new: &str) -> Value {
    json!({ "id": id.to_string(), "type": "transaction", "Type": kind, "Field": field, "OldValue": old, "NewValue": new,
            "Created": "2026-11-27T04:22:15Z", "Creator": { "id": "root", "type": "user" } })
}

fn answer(items: &[Value]) -> Response {
    let body = json!({ "items": items, "count": items.len(), "total": null, "pages": null });
    Response { status: 200, body: body.to_string().into_bytes(), ..Response::default() }
}

#[test]
fn it_is_never_asked_for_a_window_of_time() {
    let window = Window { below: Some(40), ..Window::all(Order::LastCreated, 0, 50) };
    let path = rt().list(&window, "history").path;
    assert!(path.starts_with("/rt/REST/2.0/tickets?query=Type+%3D+%27ticket%27+AND+id+%3C+40&orderby=id&order=DESC&per_page=50&page=1&fields=Subject"), "{path}");
    let newest = rt().list(&Window::all(Order::Newest, 100, 50), "changes").path;
    assert!(newest.contains("orderby=LastUpdated&order=DESC&orderby=id&order=DESC&per_page=50&page=3"), "{newest}");
}

#[test]
fn a_ticket_is_stored_with_its_messages_and_its_handoffs() {
    let listing = rt().listed(&Window::all(Order::LastCreated, 0, 50), &answer(&[ticket("1")])).unwrap();
    assert!(listing.changes.is_empty() && listing.total.is_none(), "its text is not known yet");
    let mut todo = listing.seen[0].todo.clone().unwrap();
    assert!(rt().detail(&todo).path.starts_with("/rt/REST/2.0/ticket/1/history?"));
    let history = answer(&[
        transaction(39, "Create", "", "", ""),
        transaction(40, "EmailRecord", "", "", ""),
        transaction(41, "Set", "Queue", "1", "3"),
        transaction(42, "Comment", "", "", ""),
        transaction(43, "Correspond", "", "", ""),
    ]);
    let detail = rt().detailed(&todo, &history).unwrap();
    assert!(detail.changes.is_empty());
    todo = detail.next.unwrap();
    assert!(
        rt().detail(&todo)
            .path
            .starts_with("/rt/REST/2.0/queues?query=%5B%7B%22field%22%3A%22id%22%2C%22value%22%3A%221%22%7D%5D"),
        "the other queue has a number alone"
    );
    let detail = rt().detailed(&todo, &answer(&[json!({ "id": "1", "Name": "General" })])).unwrap();
    let [Change::Hop(hop)] = &detail.changes[..] else { panic!("{:?}", detail.changes) };
    assert_eq!((hop.from_group.as_deref(), hop.to_group.as_deref()), (Some("General"), Some("Escalations")));
    todo = detail.next.unwrap();
    let path = rt().detail(&todo).path;
    assert!(
        path.contains("/ticket/1/attachments?") && path.contains("Filename") && !path.contains("%2240%22"),
        "{path}"
    );
    let part = |transaction: &str, kind: &str, text: &str| json!({ "id": "9", "TransactionId": transaction, "ContentType": kind, "Content": text });
    let texts = answer(&[
        part("39", "text/html", "<p>Stack trace</p>"),
        part("42", "text/plain", "internal note"),
        part("43", "text/html", "<p>we are looking</p>"),
        part("43", "text/plain", "we are looking"),
    ]);
    let detail = rt().detailed(&todo, &texts).unwrap();
    assert_eq!(detail.next, None);
    let [Change::Ticket(ticket), Change::Comment(note), Change::Comment(answer)] = &detail.changes[..] else {
        panic!("{:?}", detail.changes)
    };
    assert_eq!(
        (ticket.body.as_str(), ticket.body_format, ticket.status),
        ("<p>Stack trace</p>", BodyFormat::Html, Status::Open)
    );
    assert_eq!(
        (ticket.group.as_deref(), ticket.requester.as_deref(), ticket.assignee.as_deref()),
        (Some("Escalations"), Some("cust1@example.com"), None)
    );
    assert_eq!((ticket.solved_at, ticket.links[0].to.as_str()), (None, "2"));
    let shown = |comment: &Comment| (comment.body.clone(), comment.public);
    assert_eq!((shown(note), shown(answer)), (("internal note".into(), false), ("we are looking".into(), true)));
}

#[test]
fn a_long_history_is_read_page_by_page_and_its_texts_in_lots() {
    let listing = rt().listed(&Window::all(Order::LastCreated, 0, 50), &answer(&[ticket("1")])).unwrap();
    let todo = listing.seen[0].todo.clone().unwrap();
    let full: Vec<Value> =
        (0..100).map(|n| transaction(n, if n == 0 { "Create" } else { "Correspond" }, "", "", "")).collect();
    let todo = rt().detailed(&todo, &answer(&full)).unwrap().next.unwrap();
    assert!(rt().detail(&todo).path.ends_with("per_page=100&page=2"));
    let mut todo = rt().detailed(&todo, &answer(&[transaction(100, "Correspond", "", "", "")])).unwrap().next;
    let (mut requests, mut longest) = (0, 0);
    while let Some(next) = todo {
        longest = longest.max(rt().detail(&next).path.len());
        requests += 1;
        todo = rt().detailed(&next, &answer(&[])).unwrap().next;
    }
    assert_eq!(requests, 3, "101 messages, 40 at once");
    assert!(longest < 8_000, "an address of {longest} bytes");
}

#[test]
fn a_deleted_and_a_merged_ticket_are_gone() {
    let mut deleted = ticket("7");
    deleted["Status"] = "deleted".into();
    let listing = rt().listed(&Window::all(Order::Newest, 0, 50), &answer(std::slice::from_ref(&deleted))).unwrap();
    assert_eq!(listing.changes, [Change::Delete { ticket: "7".into() }]);
    let one = |value: &Value| Response { status: 200, body: value.to_string().into_bytes(), ..Response::default() };
    assert_eq!(rt().found("7", &one(&deleted)).unwrap(), Fate::Gone);
    assert_eq!(rt().found("5", &one(&ticket("1"))).unwrap(), Fate::Gone, "it answers as what it was merged into");
    assert_eq!(rt().found("1", &one(&ticket("1"))).unwrap(), Fate::There(Vec::new()));
}

#[test]
fn a_token_and_a_password_are_shown_as_the_server_wants_them() {
    let shown = |token: &str| rt().authorization(&SecretString::from(token)).expose_secret().to_owned();
    assert_eq!(shown("1-14-abc"), "token 1-14-abc");
    assert_eq!(shown("root:pw"), "Basic cm9vdDpwdw==");
}

#[test]
fn files_are_asked_for_by_name_and_only_where_a_message_has_more_parts_than_one() {
    let listing = rt().listed(&Window::all(Order::LastCreated, 0, 50), &answer(&[ticket("1")])).unwrap();
    let with = |number: u64, kind: &str, parts: usize| {
        let mut told = transaction(number, kind, "", "", "");
        let part = json!({ "ref": "attachment", "_url": "https://tracker.example/rt/REST/2.0/attachment/9" });
        let own = json!({ "ref": "self", "type": "transaction", "id": number });
        told["_hyperlinks"] = std::iter::once(own).chain(vec![part; parts]).collect();
        told
    };
    let read = |history: &[Value]| {
        let todo = listing.seen[0].todo.clone().unwrap();
        assert!(rt().detail(&todo).path.contains("_hyperlinks"));
        let texts = rt().detailed(&todo, &answer(history)).unwrap().next.unwrap();
        assert!(rt().detail(&texts).path.contains("Content&"));
        let text = json!({ "id": "9", "TransactionId": "39", "ContentType": "text/plain", "Content": "Stack trace" });
        rt().detailed(&texts, &answer(&[text])).unwrap()
    };
    assert_eq!(read(&[with(39, "Create", 1), with(43, "Correspond", 1)]).next, None, "one part is the text");
    let detail = read(&[with(39, "Create", 3), with(43, "Correspond", 1)]);
    assert!(matches!(&detail.changes[..], [Change::Ticket(_)]));
    let todo = detail.next.unwrap();
    let path = rt().detail(&todo).path;
    assert!(path.contains("/ticket/1/attachments?") && path.contains("IS+NOT") && !path.contains("Content&"), "{path}");
    assert!(path.ends_with("fields=TransactionId%2CFilename%2CHeaders&per_page=100"), "{path}");
    let file = |of: &str, name: Value, head: &str| json!({ "id": "9", "TransactionId": { "id": of, "type": "transaction" }, "Filename": name, "Headers": head });
    let files = [
        file("39", json!("trace.log"), "Content-Type: text/plain\nContent-Length: 12034\n"),
        file("43", json!("shot.png"), ""),
        file("43", Value::Null, ""),
    ];
    let detail = rt().detailed(&todo, &answer(&files)).unwrap();
    let attached = |comment: Option<&str>, name: &str, size| {
        let files = vec![domain::Attachment { name: name.into(), size }];
        Change::Attached(domain::Attached { ticket: "1".into(), comment: comment.map(str::to_owned), files })
    };
    assert_eq!(detail.changes, [attached(None, "trace.log", Some(12_034)), attached(Some("43"), "shot.png", None)]);
    assert_eq!(detail.next, None);
}
