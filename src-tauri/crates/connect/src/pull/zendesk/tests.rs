use super::*;
use domain::{AuthorRole, Hop};
use serde_json::{Value, json};

fn zendesk() -> Zendesk {
    Zendesk::at(&Site::parse("https://acme.zendesk.com/agent/dashboard", false).unwrap())
}

fn answer(status: u16, body: &Value) -> Response {
    Response { status, body: body.to_string().into_bytes(), ..Response::default() }
}

fn ticket(id: u64, status: &str) -> Value {
    json!({ "id": id, "url": format!("https://acme.zendesk.com/api/v2/tickets/{id}.json"), "subject": format!("Ticket {id}"),
            "description": "It fails.", "status": status, "requester_id": 7, "assignee_id": 8, "group_id": 20, "organization_id": 30,
            "tags": [], "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-02T00:00:00Z",
            "generated_timestamp": 1_767_400_000 })
}

fn page(tickets: &[Value], after: Option<&str>, over: bool) -> Value {
    json!({ "tickets": tickets, "users": [{ "id": 7, "name": "Ann" }, { "id": 8, "name": "Ben" }], "groups": [{ "id": 20, "name": "Tier 1" }],
            "organizations": [{ "id": 30, "name": "Acme" }], "after_cursor": after, "end_of_stream": over,
            "after_url": "https://other-brand.example/api/v2/incremental/tickets/cursor.json?cursor=x" })
}

fn named(page: &StreamPage) -> Vec<String> {
    let names = page.changes.iter().filter_map(|change| match change {
        Change::Name(name) => Some(format!("{}: {}", name.number, name.name)),
        _ => None,
    });
    names.collect()
}

fn path(stream: &str, cursor: Option<&Cursor>) -> String {
    zendesk().request(stream, cursor).path
}

#[test]
fn only_the_first_call_has_a_start_time_and_the_cursor_leads_on_for_ever_after() {
    assert_eq!(
        path("tickets", None),
        "/api/v2/incremental/tickets/cursor.json?start_time=0&per_page=1000&include=users%2Cgroups%2Corganizations%2Cmetric_sets"
    );
    let first = zendesk().read("tickets", None, &answer(200, &page(&[ticket(1, "open")], Some("abc"), false))).unwrap();
    assert!(first.more);
    let Some(Change::Ticket(read)) = first.changes.last() else { panic!("no ticket") };
    let told = [&read.requester, &read.assignee, &read.group, &read.account].map(|name| name.as_deref().unwrap());
    assert_eq!(told, ["user 7", "user 8", "group 20", "organization 30"]);
    let names = ["user 7: Ann", "user 8: Ben", "group 20: Tier 1", "organization 30: Acme"];
    assert_eq!(named(&first), names, "what they are called comes before those who are called so");
    let next = path("tickets", first.next.as_ref());
    assert!(
        next.contains("cursor=abc") && !next.contains("start_time") && next.starts_with("/api/v2/"),
        "on our own server: {next}"
    );
    let last = zendesk().read("tickets", first.next.as_ref(), &answer(200, &page(&[], Some("def"), true))).unwrap();
    assert!(!last.more && path("tickets", last.next.as_ref()).contains("cursor=def"));
    // The end names no cursor: the last one is kept.
    let none = zendesk().read("tickets", last.next.as_ref(), &answer(200, &page(&[], None, true))).unwrap();
    assert!(!none.more && path("tickets", none.next.as_ref()).contains("cursor=def"));
}

#[test]
fn the_same_cursor_for_ever_is_a_loop_and_told() {
    let first = zendesk().read("tickets", None, &answer(200, &page(&[ticket(1, "open")], Some("abc"), false))).unwrap();
    let again =
        zendesk().read("tickets", first.next.as_ref(), &answer(200, &page(&[ticket(1, "open")], Some("abc"), false)));
    assert_eq!(again.unwrap_err().code(), "endless_pages");
}

#[test]
fn a_cursor_that_expired_goes_on_a_little_before_the_newest_record() {
    let first = zendesk().read("tickets", None, &answer(200, &page(&[ticket(1, "open")], Some("abc"), true))).unwrap();
    let expired =
        zendesk().read("tickets", first.next.as_ref(), &answer(400, &json!({ "error": "InvalidCursor" }))).unwrap();
    assert!(expired.more && expired.changes.is_empty());
    assert!(
        path("tickets", expired.next.as_ref()).contains("start_time=1767399940"),
        "{}",
        path("tickets", expired.next.as_ref())
    );
}

#[test]
fn a_deleted_and_a_scrubbed_ticket_leave() {
    let mut scrubbed = ticket(2, "closed");
    (scrubbed["subject"], scrubbed["description"]) = ("SCRUBBED".into(), "SCRUBBED".into());
    let tickets = [ticket(1, "deleted"), scrubbed, ticket(3, "open")];
    let read = zendesk().read("tickets", None, &answer(200, &page(&tickets, Some("abc"), true))).unwrap();
    let gone = |id: &str| Change::Delete { ticket: id.into() };
    assert_eq!(read.changes[4..6], [gone("1"), gone("2")]);
    assert!(matches!(&read.changes[6], Change::Ticket(ticket) if ticket.id == "3"));
}

#[test]
fn comments_and_handoffs_come_from_events_with_the_names_of_those_who_work_there() {
    let (mut cursor, mut names) = (None, Vec::new());
    assert_eq!(path("events", None), "/api/v2/users.json?role%5B%5D=agent&role%5B%5D=admin&page%5Bsize%5D=100");
    for body in [
        json!({ "users": [{ "id": 8, "name": "Ben" }], "meta": { "has_more": true, "after_cursor": "p2" } }),
        json!({ "users": [{ "id": 9, "name": "Cleo" }], "meta": { "has_more": false, "after_cursor": "p3" } }),
        json!({ "groups": [{ "id": 20, "name": "Tier 1" }, { "id": 21, "name": "Tier 2" }], "meta": { "has_more": false } }),
    ] {
        let read = zendesk().read("events", cursor.as_ref(), &answer(200, &body)).unwrap();
        assert!(read.more);
        names.extend(named(&read));
        cursor = read.next;
    }
    assert_eq!(names, ["user 8: Ben", "user 9: Cleo", "group 20: Tier 1", "group 21: Tier 2"]);
    assert_eq!(
        path("events", cursor.as_ref()),
        "/api/v2/incremental/ticket_events.json?start_time=0&include=comment_events&per_page=1000"
    );
    let comment = |id: u64, author: i64, public: bool, body: &str| json!({ "id": id, "event_type": "Comment", "type": "Comment", "author_id": author, "body": body, "html_body": "<p>x</p>", "public": public });
    let audit = |children: Value| json!({ "id": 5, "ticket_id": 1, "timestamp": 1_767_400_000, "created_at": "2026-01-03T00:26:40Z", "updater_id": 8, "child_events": children });
    let events = [
        audit(
            json!([{ "id": 1, "event_type": "Create", "status": "new" }, comment(2, 7, true, "the description again")]),
        ),
        audit(
            json!([comment(3, 8, false, "an internal note"), { "id": 4, "event_type": "Change", "group_id": "21", "previous_value": "20" },
                     { "id": 5, "event_type": "Change", "assignee_id": "9", "previous_value": "8" }]),
        ),
        audit(json!([comment(6, 7, true, "still there")])),
        json!({ "id": 7, "child_events": [] }),
    ];
    let body = json!({ "ticket_events": events, "count": 4, "end_time": 1_767_400_000, "end_of_stream": true });
    let read = zendesk().read("events", cursor.as_ref(), &answer(200, &body)).unwrap();
    assert_eq!((read.more, read.bad.len()), (true, 1));
    assert_eq!(read.bad[0].file.as_deref(), Some("7"), "it says which it is");
    // Whoever spoke and does not work there is asked for by number, once.
    assert_eq!(path("events", read.next.as_ref()), "/api/v2/users/show_many.json?ids=7");
    let people = answer(200, &json!({ "users": [{ "id": 7, "name": "Ann" }] }));
    let last = zendesk().read("events", read.next.as_ref(), &people).unwrap();
    assert_eq!((named(&last), last.more), (vec!["user 7: Ann".to_owned()], false));
    let hidden = zendesk().read("events", read.next.as_ref(), &answer(403, &json!({}))).unwrap();
    assert!(hidden.changes.is_empty() && !hidden.more, "who may not know them reads on");
    let known = Place { step: Step::Events, ..Place::read(last.next.as_ref()) }.write();
    assert!(!zendesk().read("events", Some(&known), &answer(200, &body)).unwrap().more, "nobody is asked for twice");
    let [Change::Comment(note), Change::Hop(hop), Change::Comment(reply)] = &read.changes[..] else {
        panic!("{:?}", read.changes)
    };
    assert_eq!((note.public, note.author.as_deref(), note.author_role), (false, Some("user 8"), AuthorRole::Agent));
    let who = (reply.public, reply.author.as_deref(), reply.author_role);
    assert_eq!(who, (true, Some("user 7"), AuthorRole::Requester), "by the number that a ticket names too");
    let Hop { from_group, to_group, by, .. } = hop;
    assert_eq!([from_group, to_group, by].map(|name| name.as_deref().unwrap()), ["group 20", "group 21", "user 8"]);
}

#[test]
fn a_place_of_before_is_told_once_more_who_works_there_and_goes_on_where_it_was() {
    let before = Cursor(r#"{"step":"events","start":1767400000,"empty":0,"listed":false,"people":{"8":"Ben"}}"#.into());
    assert!(path("events", Some(&before)).starts_with("/api/v2/users.json"));
    let staff = json!({ "users": [{ "id": 8, "name": "Ben" }], "meta": { "has_more": false } });
    let read = zendesk().read("events", Some(&before), &answer(200, &staff)).unwrap();
    let groups = json!({ "groups": [], "meta": { "has_more": false } });
    let read = zendesk().read("events", read.next.as_ref(), &answer(200, &groups)).unwrap();
    assert!(path("events", read.next.as_ref()).contains("start_time=1767400000"));
}

#[test]
fn a_poll_that_brings_the_last_event_again_ends() {
    let cursor = Place { step: Step::Events, met: true, start: 1_767_400_000, ..Place::default() }.write();
    let event = json!({ "id": 5, "ticket_id": 1, "timestamp": 1_767_400_000, "child_events": [] });
    let body = |over: Option<bool>, count: usize| json!({ "ticket_events": vec![event.clone(); count], "end_time": 1_767_400_000, "end_of_stream": over });
    for over in [Some(true), None] {
        assert!(!zendesk().read("events", Some(&cursor), &answer(200, &body(over, 1))).unwrap().more);
    }
    let stuck = zendesk().read("events", Some(&cursor), &answer(200, &body(Some(false), 1)));
    assert_eq!(stuck.unwrap_err().code(), "endless_pages", "it says that there is more and does not move");
}

#[test]
fn a_wrong_token_is_answered_as_if_nobody_had_asked_and_told_as_refused() {
    // Recorded: node-zendesk, authentication_test_incorrect_token.
    let nobody = answer(200, &json!({ "user": { "name": "Anonymous user" } }));
    assert_eq!(zendesk().tested(&nobody).unwrap_err().code(), "token_refused");
    let admin = answer(200, &json!({ "user": { "id": 1, "name": "Ben", "role": "admin" } }));
    assert_eq!(zendesk().tested(&admin).unwrap().name, "acme.zendesk.com (admin)");
    assert_eq!(zendesk().tested(&admin).unwrap().lacks, []);
    let agent = answer(200, &json!({ "user": { "id": 1, "name": "Cy", "role": "agent" } }));
    assert_eq!(zendesk().tested(&agent).unwrap().lacks, [Lack::Export], "the search takes the place of the export");
    let customer = answer(200, &json!({ "user": { "id": 1, "name": "Ann", "role": "end-user" } }));
    assert_eq!(zendesk().tested(&customer).unwrap_err().code(), "access_denied");
    let shown = |token: &str| zendesk().authorization(&SecretString::from(token)).expose_secret().to_owned();
    assert_eq!((shown("abc"), shown("a@b.c/token:t")), ("Bearer abc".into(), "Basic YUBiLmMvdG9rZW46dA==".into()));
}

#[test]
fn an_overloaded_export_is_asked_for_less_and_stays_so() {
    let mut cursor = None;
    for size in [500, 250, 125] {
        cursor = zendesk().smaller("tickets", cursor.as_ref());
        assert!(path("tickets", cursor.as_ref()).contains(&format!("per_page={size}&")));
    }
    assert_eq!(zendesk().smaller("tickets", cursor.as_ref()), None);
}

#[test]
fn what_customers_thought_and_how_long_they_waited_come_along_with_the_ticket() {
    let with = |rating: Value, metrics: Value| {
        let mut told = ticket(1, "solved");
        (told["satisfaction_rating"], told["metric_set"]) = (rating, metrics);
        let read = zendesk().read("tickets", None, &answer(200, &page(&[told], Some("abc"), true))).unwrap();
        assert!(read.bad.is_empty(), "nothing of it costs the ticket");
        let Some(Change::Ticket(ticket)) = read.changes.into_iter().next_back() else { panic!("no ticket") };
        ticket.service
    };
    let metrics = json!({ "reopens": 2, "replies": 5, "reply_time_in_minutes": { "calendar": 90, "business": 30 }, "solved_at": null });
    let served = with(json!({ "id": 4, "score": "good", "comment": "Quick!" }), metrics);
    assert_eq!((served.reopens, served.replies, served.first_reply), (Some(2), Some(5), Some(90 * 60_000)));
    let rating = |score: &str, satisfied, said: Option<&str>| {
        Some(domain::Rating { score: score.into(), satisfied, said: said.map(str::to_owned) })
    };
    assert_eq!(served.rating, rating("good", true, Some("Quick!")));
    assert_eq!(with(json!({ "score": "bad_with_comment" }), Value::Null).rating, rating("bad", false, None));
    assert_eq!(with(json!({ "score": 4 }), Value::Null).rating, rating("4 of 5", true, None));
    // Asked and not answered, or in a shape that nobody foresaw.
    for nothing in [
        json!({ "score": "offered" }),
        json!({ "score": "unoffered" }),
        json!("offered"),
        json!({ "score": 7 }),
        Value::Null,
    ] {
        assert!(with(nothing.clone(), json!("soon")).is_empty(), "{nothing}");
    }
}

#[test]
fn metric_events_say_what_became_of_promises_and_an_account_that_may_not_read_them_keeps_the_rest() {
    assert_eq!(path("metrics", None), "/api/v2/incremental/ticket_metric_events.json?start_time=0&per_page=1000");
    assert!(zendesk().is_optional("metrics"), "they are an administrator's");
    let event = |kind: &str, more: Value| {
        let mut event = json!({ "id": 9, "ticket_id": 1, "metric": "reply_time", "instance_id": 1, "type": kind, "time": "2026-01-01T00:00:10Z" });
        event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        event
    };
    let events = json!([
        event("activate", json!({})),
        event("apply_sla", json!({ "sla": { "target": 60, "target_in_seconds": 3600, "business_hours": false, "policy": { "id": 3, "title": "Gold", "description": "x" } } })),
        event("breach", json!({})),
        event("fulfill", json!({ "instance_id": 2 })),
        event("pause", json!({ "metric": "agent_work_time" })),
        event("breach", json!({ "metric": "requester_wait_time", "deleted": true })),
        event("update_status", json!({ "status": { "calendar": 1, "business": 1 } })),
        event("apply_group_sla", json!({})),
        { "type": "breach", "time": "2026-01-01T00:00:10Z" },
        event("breach", json!({ "time": "soon" })),
    ]);
    let body = json!({ "ticket_metric_events": events, "count": 10, "end_time": 1_767_225_700, "end_of_stream": true });
    let read = zendesk().read("metrics", None, &answer(200, &body)).unwrap();
    assert_eq!((read.bad.len(), read.more), (2, false));
    let at = Some(Millis::parse("2026-01-01T00:00:10Z").unwrap());
    let of = |measure: &str, round| domain::Promise {
        ticket: "1".into(),
        measure: measure.into(),
        round,
        ..Default::default()
    };
    let expected = [
        domain::Promise { started_at: at, paused: Some(false), ..of("first reply", 1) },
        domain::Promise {
            goal: Some(3_600_000),
            at_work: Some(false),
            policy: Some("Gold".into()),
            ..of("first reply", 1)
        },
        domain::Promise { broken_at: at, ..of("first reply", 1) },
        domain::Promise { met_at: at, paused: Some(false), ..of("next reply", 2) },
        domain::Promise { paused: Some(true), ..of("agent work", 1) },
        domain::Promise { spared: true, ..of("requester wait", 1) },
    ];
    let told: Vec<_> = read
        .changes
        .into_iter()
        .map(|change| match change {
            Change::Promise(told) => told,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(told, expected);
    assert!(path("metrics", read.next.as_ref()).contains("start_time=1767225700"), "it goes on where the server says");
    let odd = zendesk().read("metrics", None, &answer(200, &json!({}))).unwrap();
    assert!(!odd.more && odd.changes.is_empty(), "an account without any has no such list");
    let stuck = json!({ "ticket_metric_events": [], "end_time": 1_767_225_700, "end_of_stream": false });
    let endless = zendesk().read("metrics", read.next.as_ref(), &answer(200, &stuck));
    assert_eq!(endless.unwrap_err().code(), "endless_pages");
}

#[test]
fn a_merge_is_told_by_what_was_said_on_either_side_and_by_nobody_who_asks() {
    let cursor = Place { step: Step::Events, met: true, staff: ["8".to_owned()].into(), ..Place::default() }.write();
    let said = |author: i64, body: &str, via: Value| json!({ "id": 3, "event_type": "Comment", "author_id": author, "body": body, "public": false, "via": via });
    let audit = |ticket: u64, children: Value| json!({ "id": 5, "ticket_id": ticket, "timestamp": 1_767_400_000, "updater_id": 8, "via": "Web form", "child_events": children });
    let closed = json!({ "id": 4, "event_type": "Change", "status": "closed", "previous_value": "open" });
    let of = |from: Value| json!({ "channel": "web", "source": { "from": from, "to": {}, "rel": "merge" } });
    let text = |id: u64| format!("This request was closed and merged into request #{id} \"Export is empty\".");
    let merges = |events: Value| -> Vec<(String, String)> {
        let body = json!({ "ticket_events": events, "end_time": 1_767_400_000, "end_of_stream": true });
        let read = zendesk().read("events", Some(&cursor), &answer(200, &body)).unwrap();
        assert!(read.bad.is_empty());
        let merges = read.changes.into_iter().filter_map(|change| match change {
            Change::Merge { ticket, into } => Some((ticket, into)),
            _ => None,
        });
        merges.collect()
    };
    let pair = |ticket: &str, into: &str| (ticket.to_owned(), into.to_owned());
    assert_eq!(merges(json!([audit(12, json!([said(8, &text(42), Value::Null), closed]))])), [pair("12", "42")]);
    let target = audit(42, json!([said(8, "Die Anfragen #12 und #13 …", of(json!({ "ticket_ids": [12, 13] })))]));
    assert_eq!(merges(json!([target])), [pair("12", "42"), pair("13", "42")]);
    let alone = audit(42, json!([said(8, "Anfrage #12 …", of(json!({ "ticket_id": 12, "subject": "S" })))]));
    assert_eq!(merges(json!([alone])), [pair("12", "42")]);
    // Whatever the one that was closed says of where it came from: nothing went into it.
    let both = audit(12, json!([said(8, "Geschlossen.", of(json!({ "ticket_id": 42 }))), closed]));
    assert_eq!(merges(json!([both])), []);
    let quoted = format!("> {}", text(42));
    for (author, body) in [(7, text(42)), (8, quoted), (8, text(12))] {
        let public = json!({ "id": 3, "event_type": "Comment", "author_id": author, "body": body, "public": true });
        assert_eq!(merges(json!([audit(12, json!([public]))])), [], "{author} {body}");
    }
}

#[test]
fn files_of_comments_and_of_the_first_one_are_names_and_sizes() {
    let cursor = Place { step: Step::Events, met: true, ..Place::default() }.write();
    let file = json!({ "id": 1, "file_name": "trace.log", "size": 12_034, "content_url": "https://acme.zendesk.com/attachments/x", "content_type": "text/plain" });
    let said = |id: u64| json!({ "id": id, "event_type": "Comment", "author_id": 7, "body": "", "html_body": "", "public": true, "attachments": [file] });
    let audit = |children: Value| json!({ "id": 5, "ticket_id": 1, "timestamp": 1_767_400_000, "updater_id": 7, "child_events": children });
    let events =
        [audit(json!([said(1), { "id": 2, "event_type": "Create", "status": "new" }])), audit(json!([said(3)]))];
    let body = json!({ "ticket_events": events, "end_time": 1_767_400_000, "end_of_stream": true });
    let read = zendesk().read("events", Some(&cursor), &answer(200, &body)).unwrap();
    let attached = |comment: Option<&str>| {
        let files = vec![domain::Attachment { name: "trace.log".into(), size: Some(12_034) }];
        Change::Attached(domain::Attached { ticket: "1".into(), comment: comment.map(str::to_owned), files })
    };
    let [of_ticket, of_comment, Change::Comment(empty)] = &read.changes[..] else { panic!("{:?}", read.changes) };
    assert_eq!((of_ticket, of_comment), (&attached(None), &attached(Some("3"))));
    assert_eq!((empty.id.as_str(), empty.body.as_str()), ("3", ""), "a file without a word was said too");
}
