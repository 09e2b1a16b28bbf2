use super::*;
use crate::pull::{Connector, walk::Walk};
use domain::{AuthorRole, Change, Status};
use serde_json::Value;

fn intercom() -> Intercom {
    Intercom::at(&Site::parse("https://app.eu.intercom.com/a/inbox/x", false).unwrap()).unwrap()
}

/// As the documentation shows one.
fn conversation(id: u64, updated: i64) -> Value {
    json!({ "type": "conversation", "id": id.to_string(), "title": null, "created_at": 1_734_537_546, "updated_at": updated,
        "source": { "type": "email", "id": "403918346", "delivered_as": "customer_initiated", "subject": "<p>The voucher &amp; the ledger</p>",
            "body": "<p>It was posted <b>twice</b>.</p>", "redacted": false,
            "author": { "type": "user", "id": "6762f14a", "name": "Ann", "email": "ann@example.com" },
            "attachments": [{ "type": "upload", "name": "trace.log", "url": "https://x.example/1", "filesize": 512 }] },
        "state": "closed", "open": false, "priority": "priority", "admin_assignee_id": 991_267_715, "team_assignee_id": 5_017_691,
        "tags": { "type": "tag.list", "tags": [{ "type": "tag", "id": "1", "name": "billing" }] },
        "statistics": { "last_close_at": 1_734_600_000, "count_reopens": 2, "count_assignments": 3 },
        "linked_objects": { "type": "list", "data": [{ "type": "ticket", "id": "88", "category": null }] },
        "custom_attributes": { "plan": "pro", "nothing": null } })
}

fn part(id: u64, kind: &str, author: &str, body: Value) -> Value {
    json!({ "type": "conversation_part", "id": id.to_string(), "part_type": kind, "body": body, "created_at": 1_734_537_600 + id,
        "author": { "type": author, "id": "274", "name": "Ben" }, "assigned_to": null, "redacted": false })
}

fn told(body: &Value) -> Response {
    Response { status: 200, body: body.to_string().into_bytes(), ..Response::default() }
}

fn page(records: &[Value], next: Option<&str>) -> Response {
    let next = next.map(|after| json!({ "page": 2, "starting_after": after }));
    told(&json!({ "type": "conversation.list", "conversations": records, "total_count": 400,
        "pages": { "type": "pages", "page": 1, "per_page": 150, "total_pages": 3, "next": next } }))
}

#[test]
fn each_region_is_asked_where_its_interface_answers_and_other_hosts_are_none() {
    assert_eq!(intercom().site.origin(), "https://api.eu.intercom.io");
    let at = |text: &str| Intercom::at(&Site::parse(text, false).unwrap()).map(|found| found.site.origin());
    assert_eq!(at("https://app.intercom.com").unwrap(), "https://api.intercom.io");
    assert_eq!(at("https://api.au.intercom.io").unwrap(), "https://api.au.intercom.io");
    assert!(at("https://intercom.com").is_err() && at("https://app.eu.intercom.com.evil.example").is_err());
}

#[test]
fn a_search_names_its_order_and_its_version_and_no_time_because_times_are_compared_by_the_day() {
    let request =
        intercom().list(&Window { token: Some("WzE=".into()), ..Window::all(Order::Newest, 0, 150) }, "changes");
    let Asks::Search(body) = &request.asks else { panic!("{request:?}") };
    let body: Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["query"], json!({ "field": "created_at", "operator": ">", "value": "0" }));
    assert_eq!(body["sort"], json!({ "field": "updated_at", "order": "descending" }));
    assert_eq!(body["pagination"], json!({ "per_page": 150, "starting_after": "WzE=" }));
    assert_eq!(request.headers, [("intercom-version", "2.14".to_owned())]);
    assert!(!request.asks.writes());
}

#[test]
fn a_conversation_and_its_parts_say_who_asked_what_was_answered_and_who_took_over() {
    let listing = intercom()
        .listed(
            &Window::all(Order::Newest, 0, 150),
            &page(&[conversation(515, 1_734_537_700), json!({ "id": null })], None),
        )
        .unwrap();
    assert_eq!((listing.changes.len(), listing.bad.len(), listing.more, listing.total), (1, 1, Some(false), Some(400)));
    let Change::Ticket(ticket) = &listing.changes[0] else { panic!("no ticket") };
    assert_eq!(
        (ticket.subject.as_str(), ticket.status, ticket.requester.as_deref()),
        ("The voucher & the ledger", Status::Closed, Some("Ann"))
    );
    assert_eq!((ticket.group.as_deref(), ticket.assignee.as_deref()), (Some("team 5017691"), Some("admin 991267715")));
    assert_eq!((&ticket.tags[..], ticket.links[0].to.as_str()), (&["billing".to_owned()][..], "88"));
    assert_eq!(ticket.extra["attachments"], json!([{ "name": "trace.log", "size": 512 }]));
    assert_eq!(
        (&ticket.extra["reopens"], &ticket.extra["plan"], ticket.extra.get("nothing")),
        (&json!("2"), &json!("pro"), None)
    );
    assert_eq!(ticket.url.as_deref(), Some("https://app.eu.intercom.com/a/inbox/_/inbox/conversation/515"));

    let mut taken = part(3, "assignment", "admin", Value::Null);
    taken["assigned_to"] = json!({ "type": "team", "id": "77" });
    let mut redacted = part(4, "comment", "user", json!("<p>4111 1111</p>"));
    redacted["redacted"] = true.into();
    redacted["attachments"] = json!([{ "name": "card.png", "filesize": 5 }]);
    let mut file = part(5, "comment", "user", Value::Null);
    file["attachments"] =
        json!([{ "type": "upload", "name": "trace.log", "url": "https://x.example/1", "filesize": 512 }]);
    let mut whole = conversation(515, 1_734_537_700);
    let parts = [
        part(1, "comment", "admin", json!("<p>We look.</p>")),
        part(2, "note", "admin", json!("<p>Onyx.</p>")),
        taken,
        redacted,
        file,
    ];
    whole["conversation_parts"] =
        json!({ "type": "conversation_part.list", "conversation_parts": parts, "total_count": 5 });
    let detail = intercom().detailed(&Todo::of("515"), &told(&whole)).unwrap();
    let said: Vec<_> = detail
        .changes
        .iter()
        .filter_map(|change| match change {
            Change::Comment(said) => Some((said.body.as_str(), said.public, said.author_role)),
            _ => None,
        })
        .collect();
    let expected = [
        ("<p>We look.</p>", true, AuthorRole::Agent),
        ("<p>Onyx.</p>", false, AuthorRole::Agent),
        ("", true, AuthorRole::Requester),
    ];
    assert_eq!(said, expected, "a file without a word was said too");
    let files = vec![domain::Attachment { name: "trace.log".into(), size: Some(512) }];
    let attached: Vec<_> = detail.changes.iter().filter(|change| matches!(change, Change::Attached(_))).collect();
    let own = domain::Attached { ticket: "515".into(), comment: Some("5".into()), files };
    assert_eq!(attached, [&Change::Attached(own)], "by name and size, and none of what was redacted");
    let hops: Vec<_> = detail
        .changes
        .iter()
        .filter_map(|change| match change {
            Change::Hop(hop) => hop.to_group.as_deref(),
            _ => None,
        })
        .collect();
    assert_eq!(hops, ["team 77"]);
    assert!(
        matches!(detail.changes.last(), Some(Change::Said { ids, .. }) if ids.len() == 3),
        "what was redacted is let go of"
    );
}

#[test]
fn a_page_in_the_place_of_a_conversation_is_asked_for_again_and_a_strange_one_costs_itself_alone() {
    let asked = |body: &str| {
        let response = Response { status: 200, body: body.as_bytes().to_vec(), ..Response::default() };
        intercom().detailed(&Todo::of("515"), &response)
    };
    for body in ["<html>busy</html>", "", "{\"type\": \"conversation\", \"id\": \"51"] {
        assert!(matches!(asked(body), Err(Failure::Unreadable { .. })), "{body}");
    }
    let strange = asked("[515]").unwrap();
    assert_eq!((strange.changes.len(), strange.bad.len()), (0, 1));
}

#[test]
fn of_more_than_five_hundred_parts_the_older_ones_that_were_read_before_are_kept() {
    let mut whole = conversation(515, 1_734_537_700);
    whole["conversation_parts"] =
        json!({ "conversation_parts": [part(900, "comment", "user", json!("Again."))], "total_count": 901 });
    let detail = intercom().detailed(&Todo::of("515"), &told(&whole)).unwrap();
    assert!(!detail.changes.iter().any(|change| matches!(change, Change::Said { .. })), "{:?}", detail.changes);
}

#[test]
fn history_is_followed_by_the_servers_own_word_and_ends_where_it_names_none() {
    let walk = Walk(intercom());
    let first = walk.read("history", None, &page(&[conversation(2, 20)], Some("W2"))).unwrap();
    assert!(first.more);
    assert_eq!(
        walk.request("history", first.next.as_ref()).path,
        "/conversations/2",
        "its parts come before the next page"
    );
    let mut whole = conversation(2, 20);
    whole["conversation_parts"] = json!({ "conversation_parts": [], "total_count": 0 });
    let parts = walk.read("history", first.next.as_ref(), &told(&whole)).unwrap();
    let next = walk.request("history", parts.next.as_ref());
    assert!(next.asks.body().unwrap().contains(r#""starting_after":"W2""#));
    let last = walk.read("history", parts.next.as_ref(), &page(&[], None)).unwrap();
    assert!(!last.more && walk.is_over("history", last.next.as_ref()));
}

#[test]
fn a_chat_without_a_subject_is_called_by_what_was_said_first() {
    let mut chat = conversation(7, 20);
    chat["source"]["subject"] = "".into();
    let mut changes = Vec::new();
    format::read(&chat.to_string(), "https://x.example", &mut changes).unwrap();
    let Change::Ticket(ticket) = &changes[0] else { panic!("no ticket") };
    assert_eq!(ticket.subject, "It was posted twice.");
}

#[test]
fn what_was_merged_answers_as_another_and_is_gone_under_its_own_number() {
    assert_eq!(intercom().found("515", &told(&conversation(516, 20))).unwrap(), Fate::Gone);
    assert!(matches!(intercom().found("515", &told(&conversation(515, 20))).unwrap(), Fate::There(_)));
    let me = told(&json!({ "type": "admin", "id": "1", "app": { "name": "Acme", "region": "EU" } }));
    assert_eq!(intercom().tested(&me).unwrap().name, "Acme");
}

#[test]
fn teams_and_admins_are_named_once_in_a_run_and_what_a_customer_thought_comes_along() {
    let walk = Walk(intercom());
    let name = |number: &str, name: &str| Change::Name(domain::Name { number: number.into(), name: name.into() });
    let asked = walk.request("whole teams", None);
    assert_eq!((&*asked.path, asked.purpose, asked.asks.writes()), ("/teams", "names", false));
    let teams = json!({ "type": "team.list", "teams": [{ "type": "team", "id": "5017691", "name": "Second line" }, { "id": "1" }] });
    let read = walk.read("whole teams", None, &told(&teams)).unwrap();
    assert_eq!((read.changes, read.more), (vec![name("team 5017691", "Second line")], false));
    let admins = json!({ "type": "admin.list", "admins": [{ "type": "admin", "id": "991267715", "name": "Ciaran", "email": "x@example.com" }] });
    let read = walk.read("whole admins", None, &told(&admins)).unwrap();
    assert!(read.changes.contains(&name("admin 991267715", "Ciaran")) && !read.more);
    let mut rated = conversation(1, 1_734_600_000);
    rated["conversation_rating"] = json!({ "rating": 2, "remark": "Slow", "created_at": 1 });
    rated["statistics"]["time_to_admin_reply"] = json!(90);
    let read = intercom().listed(&Window::all(Order::Newest, 0, 150), &page(&[rated], None)).unwrap();
    let Change::Ticket(ticket) = &read.changes[0] else { panic!("{:?}", read.changes) };
    let rating = domain::Rating { score: "2 of 5".into(), satisfied: false, said: Some("Slow".into()) };
    let served = &ticket.service;
    assert_eq!((served.rating.as_ref(), served.first_reply, served.reopens), (Some(&rating), Some(90_000), Some(2)));
}

#[test]
fn of_those_who_wrote_it_asks_once_for_each_fifteen_which_company_they_are_of() {
    let by = |id: u64, contact: u64| {
        let mut told = conversation(id, 1_734_537_700);
        let contact = json!({ "type": "contact", "id": format!("6762f14a{contact:016x}"), "external_id": null });
        told["contacts"] = json!({ "type": "contact.list", "contacts": [contact] });
        told
    };
    let account = |change: &Change| match change {
        Change::Ticket(ticket) => ticket.account.clone(),
        _ => None,
    };
    // Each of twenty wrote twice, and one is nobody.
    let mut all: Vec<Value> = (0..40).map(|id| by(id, id % 20)).collect();
    all.push(conversation(40, 1_734_537_700));
    let listing = intercom().listed(&Window::all(Order::Newest, 0, 150), &page(&all, None)).unwrap();
    let of = domain::Name::account_of("6762f14a0000000000000003");
    assert_eq!((account(&listing.changes[3]), account(&listing.changes[40])), (Some(of.clone()), None));
    let notes: Vec<usize> = listing
        .seen
        .iter()
        .map(|seen| seen.todo.as_ref().unwrap().note.split(',').filter(|id| !id.is_empty()).count())
        .collect();
    assert_eq!((notes[0], notes[15], notes.iter().sum::<usize>()), (15, 5, 20), "{notes:?}");

    let todo = listing.seen[0].todo.clone().unwrap();
    let request = intercom().detail(&todo);
    let Asks::Search(body) = &request.asks else { panic!("{request:?}") };
    let asked: Value = serde_json::from_str(body).unwrap();
    assert_eq!((&*request.path, &asked["query"]["operator"]), ("/contacts/search", &json!("IN")));
    assert_eq!(asked["query"]["value"].as_array().unwrap().len(), 15);
    let contact = |id: u64, companies: Value| json!({ "type": "contact", "id": format!("6762f14a{id:016x}"), "name": "Ann", "email": "ann@example.com", "companies": companies });
    let companies = json!({ "type": "list", "data": [{ "id": "6762f0aa", "type": "company", "url": "/companies/6762f0aa" }], "total_count": 1 });
    let found = json!({ "type": "list", "data": [contact(3, companies), contact(4, json!(null)), { "id": null }], "pages": {} });
    let detail = intercom().detailed(&todo, &told(&found)).unwrap();
    let name = |number: &str, name: &str| Change::Name(domain::Name { number: number.into(), name: name.into() });
    let none = domain::Name::account_of("6762f14a0000000000000004");
    assert_eq!(detail.changes, [name(&of, "company 6762f0aa"), name(&none, "")], "and nothing else of a contact");
    assert_eq!((detail.bad.len(), detail.next.as_ref()), (1, Some(&Todo::of("0"))), "then the conversation itself");
    let refused = Response { status: 400, body: b"{}".to_vec(), ..Response::default() };
    assert_eq!(intercom().detailed(&todo, &refused).unwrap().next, Some(Todo::of("0")));
    assert_eq!((intercom().without(&todo), intercom().without(&Todo::of("0"))), (Some(Todo::of("0")), None));
}

#[test]
fn companies_are_named_page_by_page_and_whole_once_a_day() {
    let walk = Walk(intercom());
    let request = walk.request("whole companies", None);
    assert_eq!((&*request.path, request.asks.writes()), ("/companies/list?per_page=60&page=1", false));
    let list = |page: u64, companies: Value| {
        told(
            &json!({ "type": "list", "data": companies, "total_count": 3, "pages": { "type": "pages", "next": "https://api.intercom.io/companies/list?page=2", "page": page, "per_page": 60, "total_pages": 2 } }),
        )
    };
    let company = |id: &str, name: Value| json!({ "type": "company", "id": id, "company_id": "42", "name": name, "updated_at": 1_734_537_700 });
    let read = walk
        .read(
            "whole companies",
            None,
            &list(1, json!([company("6762f0aa", json!("Northwind")), company("6762f0ab", json!(null))])),
        )
        .unwrap();
    let name = |number: &str, name: &str| Change::Name(domain::Name { number: number.into(), name: name.into() });
    assert_eq!(read.changes, [name("company 6762f0aa", "Northwind"), name("company 6762f0ab", "42")]);
    assert!(read.more);
    let request = walk.request("whole companies", read.next.as_ref());
    assert!(request.path.ends_with("&page=2"), "{}", request.path);
    let read = walk.read("whole companies", read.next.as_ref(), &list(2, json!([company("6762f0ac", json!("Acme"))])));
    assert!(!read.unwrap().more);
}
