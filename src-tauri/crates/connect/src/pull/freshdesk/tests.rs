use super::*;
use crate::pull::{Connector, walk::Walk};
use domain::{AuthorRole, BodyFormat, Change, Name, Status};
use serde_json::{Value, json};

const TICKET: &str = include_str!("../../../tests/recorded/freshdesk/ticket_1.json");
const OLD_TICKETS: &str = include_str!("../../../tests/recorded/freshdesk/all_tickets.json");
const CONVERSATIONS: &str = include_str!("../../../tests/recorded/freshdesk/conversations.json");

fn desk() -> Freshdesk {
    Freshdesk::at(&Site::parse("https://acme.freshdesk.com/a/tickets", false).unwrap())
}

fn told(body: &str) -> Response {
    Response { status: 200, body: body.into(), ..Response::default() }
}

fn ticket(id: u64, updated: &str) -> Value {
    json!({ "id": id, "subject": format!("Ticket {id}"), "description": "<div>It stops</div>", "status": 2, "priority": 4,
            "requester_id": 7, "requester": { "id": 7, "name": "Ann" }, "created_at": "2026-01-01T00:00:00Z", "updated_at": updated })
}

#[test]
fn a_moment_is_always_named_because_without_one_only_thirty_days_are_told() {
    let newest = desk().list(&Window::all(Order::Newest, 0, 100), "history").path;
    assert_eq!(
        newest,
        "/api/v2/tickets?updated_since=1970-01-01T00%3A00%3A00Z&order_by=updated_at&order_type=desc&include=description%2Crequester%2Cstats&per_page=100&page=1"
    );
    let window = Window { from: Some(Millis(1_764_217_421_500)), skip: 200, ..Window::all(Order::Oldest, 0, 100) };
    let path = desk().list(&window, "changes").path;
    assert!(path.contains("updated_since=2025-11-27T04%3A23%3A41Z&order_by=updated_at&order_type=asc"), "{path}");
    assert!(path.ends_with("per_page=100&page=3"), "{path}");
}

#[test]
fn recorded_tickets_and_conversations_are_read() {
    let body = format!("[{TICKET}]");
    let listing = desk().listed(&Window::all(Order::Newest, 0, 100), &told(&body)).unwrap();
    let Change::Ticket(ticket) = &listing.changes[0] else { panic!("no ticket") };
    assert_eq!((ticket.id.as_str(), ticket.status, ticket.body_format), ("1", Status::Open, BodyFormat::Html));
    assert_eq!((ticket.priority.as_deref(), ticket.requester.as_deref()), (Some("Low"), Some("Dummyname")));
    assert_eq!(
        (ticket.assignee.as_deref(), &ticket.tags[..]),
        (Some("agent 6010396333"), &["foo".to_owned(), "bar".into()][..])
    );
    assert_eq!(
        ticket.extra["attachments"],
        json!([{ "name": "attachment.txt", "size": 44115 }]),
        "names and sizes alone"
    );
    assert_eq!((ticket.url.as_deref(), listing.more), (Some("https://acme.freshdesk.com/a/tickets/1"), Some(false)));
    assert_eq!(ticket.solved_at, None, "it was opened again since");

    let todo = listing.seen[0].todo.clone().unwrap();
    assert_eq!(desk().detail(&todo).path, "/api/v2/tickets/1/conversations?per_page=100&page=1");
    let detail = desk().detailed(&todo, &told(CONVERSATIONS)).unwrap();
    let [first, second, Change::Said { ids, .. }] = &detail.changes[..] else { panic!("{:?}", detail.changes) };
    assert_eq!(*ids, ["1", "2"], "whatever else was said of it is gone");
    let said = [first, second].into_iter().map(|change| match change {
        Change::Comment(said) => (said.id.as_str(), said.public, said.author_role, said.body.as_str()),
        other => panic!("{other:?}"),
    });
    assert_eq!(
        said.collect::<Vec<_>>(),
        [
            ("1", false, AuthorRole::Agent, "<div>This is a private note</div>"),
            ("2", true, AuthorRole::Agent, "<div>This is a reply</div>"),
        ]
    );
    assert_eq!((detail.bad.len(), detail.next), (0, None));

    let old = desk().listed(&Window::all(Order::Newest, 0, 100), &told(OLD_TICKETS)).unwrap();
    let Change::Ticket(ticket) = &old.changes[0] else { panic!("no ticket") };
    assert_eq!((ticket.requester.as_deref(), ticket.assignee.as_deref()), (Some("Rachel"), Some("Sam Kingston")));
}

#[test]
fn what_the_requester_writes_is_theirs_and_what_is_not_said_to_be_public_stays_inside() {
    let todo = Todo { id: "1".into(), note: json!([1, "7", "Ann"]).to_string() };
    let said = json!([{ "id": 1, "body_text": "It is back", "incoming": true, "private": false, "user_id": 7, "created_at": "2026-01-01T00:00:00Z" },
                      { "id": 2, "body_text": "hm", "user_id": 8, "created_at": "2026-01-01T00:00:00Z" }, { "id": 3 }]);
    let detail = desk().detailed(&todo, &told(&said.to_string())).unwrap();
    let [Change::Comment(first), Change::Comment(second)] = &detail.changes[..] else { panic!("{:?}", detail.changes) };
    assert_eq!((first.author.as_deref(), first.author_role, first.public), (Some("Ann"), AuthorRole::Requester, true));
    assert_eq!((second.author.as_deref(), second.public, detail.bad.len()), (Some("user 8"), false, 1));
}

#[test]
fn nine_thousand_tickets_are_read_though_no_page_past_the_three_hundredth_is_shown() {
    // A desk of a page size that makes its wall stand at 600 tickets.
    const SIZE: usize = 10;
    let all: Vec<Value> = (1..=9_001u64)
        .map(|id| ticket(id, &Millis(1_700_000_000_000 + i64::try_from(id).unwrap() * 60_000).to_rfc3339()))
        .collect();
    let walk = Walk(desk());
    let (mut seen, mut asked) = (std::collections::BTreeSet::new(), 0);
    for stream in ["changes", "history", "changes"] {
        let mut cursor: Option<domain::Cursor> = Some(domain::Cursor(json!({ "size": SIZE }).to_string()));
        loop {
            let request = walk.request(stream, cursor.as_ref());
            asked += 1;
            let body = if request.path.contains("/conversations") {
                "[]".to_owned()
            } else {
                let get = |name: &str| {
                    let pairs = url::form_urlencoded::parse(request.path.split_once('?').unwrap().1.as_bytes());
                    pairs.into_owned().find(|(found, _)| found == name).unwrap().1
                };
                let (page, size) = (get("page").parse::<usize>().unwrap(), get("per_page").parse::<usize>().unwrap());
                assert!(page <= 60, "you cannot access tickets beyond the 60th page");
                let since = get("updated_since");
                let first = all.partition_point(|ticket| ticket["updated_at"].as_str().unwrap() < since.as_str());
                let found: Vec<&Value> = match get("order_type").as_str() {
                    "desc" => all[first..].iter().rev().skip((page - 1) * size).take(size).collect(),
                    _ => all[first..].iter().skip((page - 1) * size).take(size).collect(),
                };
                json!(found).to_string()
            };
            let page = walk.read(stream, cursor.as_ref(), &told(&body)).unwrap();
            seen.extend(page.changes.into_iter().filter_map(|change| match change {
                Change::Ticket(ticket) => Some(ticket.id),
                _ => None,
            }));
            cursor = page.next;
            if !page.more {
                break;
            }
        }
    }
    assert_eq!(seen.len(), 9_001);
    assert!(asked < (9_001 + 900) * 13 / 10, "{asked} requests");
}

#[test]
fn the_roll_gets_past_the_wall_too() {
    let walk = Walk(desk());
    let full: Vec<Value> =
        (0..100).map(|id| ticket(id, &Millis(1_700_000_000_000 + id as i64 * 1000).to_rfc3339())).collect();
    let page = walk.rolled(None, &told(&json!(full).to_string())).unwrap();
    let path = walk.roll(page.next.as_deref()).path;
    assert!(path.contains("updated_since=2023-11-14T22%3A14%3A59Z") && path.ends_with("page=1"), "{path}");
    let one_second: Vec<Value> = (0..100).map(|id| ticket(id, "2023-11-14T22:14:59Z")).collect();
    let page = walk.rolled(page.next.as_deref(), &told(&json!(one_second).to_string())).unwrap();
    assert!(walk.roll(page.next.as_deref()).path.ends_with("page=2"), "{:?}", page.next);
    assert_eq!(walk.rolled(page.next.as_deref(), &told("[]")).unwrap().next, None);
}

#[test]
fn a_ticket_in_the_trash_or_among_spam_is_gone() {
    for flag in ["deleted", "spam"] {
        let mut gone = ticket(7, "2026-01-01T00:00:00Z");
        gone[flag] = true.into();
        assert_eq!(desk().found("7", &told(&gone.to_string())).unwrap(), Fate::Gone);
        let listing = desk().listed(&Window::all(Order::Newest, 0, 100), &told(&json!([gone]).to_string())).unwrap();
        assert_eq!(
            (&listing.changes[..], &listing.seen[0].todo),
            (&[Change::Delete { ticket: "7".into() }][..], &None)
        );
    }
    let there = desk().found("7", &told(&ticket(7, "2026-01-01T00:00:00Z").to_string())).unwrap();
    assert!(matches!(there, Fate::There(changes) if changes.len() == 1));
}

#[test]
fn a_key_stands_in_the_place_of_a_user_name() {
    let shown = |token: &str| desk().authorization(&SecretString::from(token)).expose_secret().to_owned();
    assert_eq!(shown("abc"), "Basic YWJjOlg=");
}

#[test]
fn recorded_groups_agents_and_companies_give_their_names_to_what_tickets_tell_by_number() {
    let walk = Walk(desk());
    let names = |list: &str, body: &str| {
        let stream = format!("whole {list}");
        let asked = walk.request(&stream, None);
        assert_eq!((&*asked.path, asked.purpose), (&*format!("/api/v2/{list}?per_page=100&page=1"), "names"));
        let read = walk.read(&stream, None, &told(body)).unwrap();
        assert!(!read.more && read.bad.is_empty());
        let named = |change| match change {
            Change::Name(Name { number, name }) => format!("{number}: {name}"),
            other => panic!("{other:?}"),
        };
        read.changes.into_iter().map(named).collect::<Vec<_>>()
    };
    let groups = include_str!("../../../tests/recorded/freshdesk/groups.json");
    assert_eq!(names("groups", groups), ["group 1: Entertainers", "group 2: Helpdesk"]);
    let agents = include_str!("../../../tests/recorded/freshdesk/agents.json");
    let expected = ["agent 1: Support", "user 1: Support", "agent 432: Clark Kent", "user 432: Clark Kent"];
    assert_eq!(names("agents", agents), expected);
    let companies = include_str!("../../../tests/recorded/freshdesk/companies.json");
    assert_eq!(names("companies", companies), ["company 1: Super Nova", "company 2: Poseidon"]);
}

#[test]
fn names_cost_three_requests_of_a_run_and_who_may_not_read_them_reads_the_rest() {
    let walk = Walk(desk());
    let streams = walk.streams();
    assert_eq!(streams.iter().filter(|stream| stream.starts_with("whole ")).count(), 3);
    assert!(
        streams.iter().all(|stream| walk.is_optional(stream) == (stream.starts_with("whole ") || *stream == ARTICLES))
    );
    let hundred: Vec<Value> =
        (0..100).map(|id| json!({ "id": id, "name": "N", "updated_at": "2026-01-01T00:00:00Z" })).collect();
    let full = told(&json!(hundred).to_string());
    let first = walk.read("whole companies", None, &full).unwrap();
    assert!(first.more, "the first run reads all of them");
    let end = walk.read("whole companies", first.next.as_ref(), &told("[]")).unwrap();
    let again = walk.read("whole companies", end.next.as_ref(), &full).unwrap();
    assert!(!end.more && !again.more, "a later one stops at what is known");
    // A record without a name costs itself alone.
    let odd = walk.read("whole groups", None, &told(r#"[{ "id": 1 }, { "id": 2, "name": "Two" }]"#)).unwrap();
    assert_eq!(odd.changes.len(), 1);
}

#[test]
fn what_was_deleted_last_is_asked_for_by_the_list_of_it_and_who_may_not_see_that_is_told_of_none() {
    let walk = Walk(desk());
    let path = walk.dropped(2).unwrap().path;
    let expected = "/api/v2/tickets?filter=deleted&updated_since=1970-01-01T00%3A00%3A00Z&order_by=updated_at&order_type=desc&per_page=100&page=2";
    assert_eq!(path, expected);
    let ids = walk
        .dropped_ids(&told(&json!([ticket(9, "2026-01-01T00:00:00Z"), ticket(8, "2026-01-01T00:00:00Z")]).to_string()));
    assert_eq!(ids.unwrap(), ["9", "8"]);
    for status in [400, 403, 404] {
        assert_eq!(walk.dropped_ids(&Response { status, ..Response::default() }).unwrap(), Vec::<String>::new());
    }
}

#[test]
fn files_of_a_conversation_are_names_and_sizes_as_those_of_a_ticket_are() {
    let mut said: serde_json::Value = serde_json::from_str(CONVERSATIONS).unwrap();
    let ticket: serde_json::Value = serde_json::from_str(TICKET).unwrap();
    // In the shape in which the recorded ticket has its own.
    said[1]["attachments"] = ticket["attachments"].clone();
    let listing = desk().listed(&Window::all(Order::Newest, 0, 100), &told(&format!("[{TICKET}]"))).unwrap();
    let detail = desk().detailed(&listing.seen[0].todo.clone().unwrap(), &told(&said.to_string())).unwrap();
    let files = vec![domain::Attachment { name: "attachment.txt".into(), size: Some(44115) }];
    let attached = domain::Attached { ticket: "1".into(), comment: Some("2".into()), files };
    assert!(detail.changes.contains(&Change::Attached(attached)), "{:?}", detail.changes);
}
