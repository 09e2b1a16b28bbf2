use super::super::*;
use domain::{AuthorRole, Hop};
use serde_json::{Value, json};

const DAY: u64 = 24 * 60 * 60;
/// 2026-01-10T00:00:00Z.
const NOW: u64 = 1_768_003_200;

fn zendesk() -> Zendesk {
    Zendesk::at(&Site::parse("https://acme.zendesk.com", false).unwrap())
}

fn at(seconds: u64, status: u16, body: &Value) -> Response {
    let date = std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
    let headers = vec![("date".to_owned(), httpdate::fmt_http_date(date))];
    Response { status, headers, body: body.to_string().into_bytes() }
}

fn ticket(id: u64, updated: &str) -> Value {
    json!({ "id": id, "subject": format!("Ticket {id}"), "description": "It fails.", "status": "open", "requester_id": 7,
            "assignee_id": 8, "group_id": 20, "tags": [], "created_at": "2026-01-01T00:00:00Z", "updated_at": updated,
            "metric_set": { "reopens": 2 } })
}

/// What is asked, answered and asked next.
struct Walk {
    next: Option<Cursor>,
    more: bool,
}

impl Walk {
    fn path(&self) -> String {
        let path = zendesk().request("tickets", self.next.as_ref()).path;
        path.replace("%5B", "[").replace("%5D", "]").replace("%2C", ",").replace("%3E%3D", ">=").replace("%3A", ":")
    }

    fn answered(&mut self, response: &Response) -> StreamPage {
        let page = zendesk().read("tickets", self.next.as_ref(), response).unwrap();
        (self.next, self.more) = (page.next.clone(), page.more);
        page
    }

    fn refused() -> Self {
        let mut walk = Self { next: None, more: true };
        walk.answered(&at(NOW, 403, &json!({ "error": "Forbidden" })));
        walk
    }

    /// Past who works there.
    fn met(&mut self) {
        assert_eq!(self.path(), "/api/v2/users.json?role[]=agent&role[]=admin&page[size]=100");
        self.answered(&at(
            NOW,
            200,
            &json!({ "users": [{ "id": 8, "name": "Ben" }, { "id": 9, "name": "Cleo" }], "meta": {} }),
        ));
        assert_eq!(self.path(), "/api/v2/groups.json?page[size]=100");
        self.answered(&at(NOW, 200, &json!({ "groups": [{ "id": 20, "name": "Tier 1" }], "meta": {} })));
    }
}

fn found(tickets: &[Value], after: Option<&str>) -> Value {
    json!({ "results": tickets, "meta": { "has_more": after.is_some(), "after_cursor": after } })
}

fn names(page: &StreamPage) -> Vec<String> {
    let names = page.changes.iter().filter_map(|change| match change {
        Change::Name(name) => Some(format!("{}: {}", name.number, name.name)),
        _ => None,
    });
    names.collect()
}

#[test]
fn an_agent_reads_what_changed_with_its_names_and_what_was_said_by_whom_and_done() {
    let mut walk = Walk::refused();
    assert!(walk.more);
    let search = "/api/v2/search/export.json?filter[type]=ticket&query=updated>=1970-01-01T00:00:00Z&page[size]=100";
    assert_eq!(walk.path(), search);
    let page = walk.answered(&at(
        NOW,
        200,
        &found(&[ticket(1, "2026-01-02T00:00:00Z"), ticket(2, "2026-01-03T00:00:00Z")], Some("n")),
    ));
    assert!(page.changes.is_empty(), "it comes without names: it says which, and no more");
    walk.met();
    assert_eq!(walk.path(), "/api/v2/tickets/show_many.json?ids=1,2&include=users,groups,organizations,metric_sets");
    let users = json!([{ "id": 7, "name": "Ann", "role": "end-user" }, { "id": 6, "name": "Dora", "role": "agent" }]);
    let page = walk.answered(&at(NOW, 200, &json!({ "tickets": [ticket(1, "2026-01-02T00:00:00Z")], "users": users })));
    assert_eq!(names(&page), ["user 7: Ann", "user 6: Dora"]);
    let Some(Change::Ticket(read)) = page.changes.last() else { panic!("{:?}", page.changes) };
    assert_eq!((read.requester.as_deref(), read.service.reopens), (Some("user 7"), Some(2)));
    // An archived one is not among a hundred; by itself it is there.
    assert_eq!(walk.path(), "/api/v2/tickets/2.json?include=users,groups,organizations,metric_sets");
    let page = walk.answered(&at(NOW, 200, &json!({ "ticket": ticket(2, "2026-01-03T00:00:00Z"), "users": users })));
    assert!(matches!(page.changes.last(), Some(Change::Ticket(read)) if read.id == "2"));

    assert_eq!(walk.path(), "/api/v2/tickets/1/audits.json?page[size]=100");
    let comment = |id: u64, author: i64, public: bool, body: &str| json!({ "id": id, "type": "Comment", "author_id": author, "body": body, "public": public, "attachments": [] });
    let audit = |author: i64, events: Value| json!({ "id": 5, "ticket_id": 1, "created_at": "2026-01-03T00:00:00Z", "author_id": author, "via": { "channel": "web" }, "events": events });
    let audits = json!({ "meta": {}, "audits": [
        audit(7, json!([comment(1, 7, true, "It fails."), { "id": 2, "type": "Create", "field_name": "status", "value": "new" }])),
        audit(7, json!([comment(3, 7, true, "Still?")])),
        audit(8, json!([comment(4, 8, true, "We look."), { "id": 5, "type": "Change", "field_name": "group_id", "previous_value": "20", "value": "21" }])),
        audit(6, json!([comment(6, 6, true, "Me too.")])),
        audit(77, json!([comment(7, 77, true, "Same here.")])),
        audit(-1, json!([comment(8, -1, false, "By a rule.")])),
        audit(9, json!([{ "id": 9, "type": "Change", "field_name": "assignee_id", "previous_value": "8", "value": null }])),
        { "id": 10, "events": [] },
    ] });
    let page = walk.answered(&at(NOW, 200, &audits));
    assert_eq!(page.bad.iter().map(|bad| bad.file.as_deref()).collect::<Vec<_>>(), [Some("1")], "by its ticket");
    let said: Vec<_> = page
        .changes
        .iter()
        .filter_map(|change| match change {
            Change::Comment(comment) => Some((comment.id.as_str(), comment.author.as_deref(), comment.author_role)),
            _ => None,
        })
        .collect();
    let expected = [
        ("3", Some("user 7"), AuthorRole::Requester),
        ("4", Some("user 8"), AuthorRole::Agent),
        ("6", Some("user 6"), AuthorRole::Agent),
        ("7", Some("user 77"), AuthorRole::Requester),
        ("8", None, AuthorRole::System),
    ];
    assert_eq!(said, expected, "the first one is the description");
    let hops: Vec<&Hop> =
        page.changes.iter().filter_map(|change| if let Change::Hop(hop) = change { Some(hop) } else { None }).collect();
    let [handed, left] = &hops[..] else { panic!("{hops:?}") };
    let Hop { from_group, to_group, by, .. } = handed;
    assert_eq!([from_group, to_group, by].map(|name| name.as_deref().unwrap()), ["group 20", "group 21", "user 8"]);
    assert_eq!((left.from_group.as_deref(), &left.to_group), (Some("user 8"), &None), "nobody has it any more");

    // An account that may not read what was done reads what was said.
    assert_eq!(walk.path(), "/api/v2/tickets/2/audits.json?page[size]=100");
    walk.answered(&at(NOW, 403, &json!({})));
    assert_eq!(walk.path(), "/api/v2/tickets/2/comments.json?page[size]=100");
    let comments = json!({ "meta": { "has_more": true, "after_cursor": "c2" }, "comments": [
        { "id": 20, "body": "It fails.", "public": true, "author_id": 7, "created_at": "2026-01-01T00:00:00Z" },
        { "id": 21, "body": "Still?", "public": true, "author_id": 7, "created_at": "2026-01-02T00:00:00Z" },
    ] });
    let page = walk.answered(&at(NOW, 200, &comments));
    let [Change::Comment(reply)] = &page.changes[..] else { panic!("{:?}", page.changes) };
    assert_eq!((reply.id.as_str(), reply.author_role), ("21", AuthorRole::Requester));
    assert_eq!(walk.path(), "/api/v2/tickets/2/comments.json?page[size]=100&page[after]=c2");
    let rest = json!({ "comments": [{ "id": 22, "body": "We look.", "public": true, "author_id": 9, "created_at": "2026-01-02T00:00:00Z" }] });
    let page = walk.answered(&at(NOW, 200, &rest));
    assert!(matches!(&page.changes[..], [Change::Comment(answer)] if answer.author_role == AuthorRole::Agent));

    // Whoever spoke and came along with no ticket is asked for by number.
    assert_eq!(walk.path(), "/api/v2/users/show_many.json?ids=77");
    let page = walk.answered(&at(NOW, 200, &json!({ "users": [{ "id": 77, "name": "Eve" }] })));
    assert_eq!(names(&page), ["user 77: Eve"]);
    assert!(walk.more && walk.path() == format!("{search}&page[after]=n"), "{}", walk.path());
    walk.answered(&at(NOW, 200, &found(&[], None)));
    assert!(!walk.more);
    assert_eq!(
        walk.path(),
        search.replace("1970-01-01T00:00:00Z", "2026-01-02T23:50:00Z"),
        "the search is some minutes behind"
    );
    // What it repeats for that reason is known.
    let again = walk.answered(&at(NOW + 60, 200, &found(&[ticket(2, "2026-01-03T00:00:00Z")], None)));
    assert!(!again.more, "{}", walk.path());
    walk.answered(&at(NOW + 60, 200, &found(&[ticket(2, "2026-01-03T00:00:01Z")], None)));
    walk.met();
    assert!(walk.path().contains("ids=2&"), "and what changed since is not: {}", walk.path());
}

#[test]
fn where_the_search_is_refused_too_the_list_is_read_down_to_what_was_known() {
    let mut walk = Walk::refused();
    walk.answered(&at(NOW, 403, &json!({})));
    assert_eq!(walk.path(), "/api/v2/tickets.json?sort=-updated_at&page[size]=100");
    let list = |tickets: &[Value], after: Option<&str>| json!({ "tickets": tickets, "meta": { "has_more": after.is_some(), "after_cursor": after } });
    walk.answered(&at(NOW, 200, &list(&[ticket(2, "2026-01-03T00:00:00Z"), ticket(1, "2026-01-02T00:00:00Z")], None)));
    walk.met();
    assert!(walk.path().contains("ids=2,1&"), "{}", walk.path());
    let both = [ticket(1, "2026-01-02T00:00:00Z"), ticket(2, "2026-01-03T00:00:00Z")];
    walk.answered(&at(NOW, 200, &json!({ "tickets": both })));
    for _ in 0..2 {
        assert!(walk.more && walk.path().contains("/audits.json"), "{}", walk.path());
        walk.answered(&at(NOW, 200, &json!({ "audits": [] })));
    }
    assert!(!walk.more);
    // It is never at its end: what was known before ends it.
    let news =
        [ticket(3, "2026-01-04T00:00:00Z"), ticket(2, "2026-01-03T00:00:00Z"), ticket(1, "2026-01-02T00:00:00Z")];
    walk.answered(&at(NOW, 200, &list(&news, Some("further"))));
    walk.met();
    assert!(walk.path().contains("ids=3&"), "{}", walk.path());
    walk.answered(&at(NOW, 404, &json!({})));
    assert!(walk.path().contains("/tickets/3.json"), "{}", walk.path());
    let gone = walk.answered(&at(NOW, 404, &json!({})));
    assert_eq!(gone.changes, [Change::Delete { ticket: "3".into() }]);
    assert!(!walk.more);
    let mut refused = Walk::refused();
    refused.answered(&at(NOW, 403, &json!({})));
    let answer = zendesk().read("tickets", refused.next.as_ref(), &at(NOW, 403, &json!({})));
    assert_eq!(answer.unwrap_err().code(), "access_denied", "who may read nothing is told so");
}

#[test]
fn the_export_is_asked_for_again_once_a_day_and_read_where_it_is_allowed_by_now() {
    let mut walk = Walk::refused();
    let quiet = |walk: &mut Walk, after: u64| {
        assert!(walk.path().contains("/search/export.json"), "{}", walk.path());
        walk.answered(&at(NOW + after, 200, &found(&[], None)));
        assert!(!walk.more);
    };
    quiet(&mut walk, 60);
    quiet(&mut walk, DAY - 60);
    quiet(&mut walk, DAY + 60);
    let export = "/api/v2/incremental/tickets/cursor.json?start_time=0&per_page=1000&include=users,groups,organizations,metric_sets";
    assert_eq!(walk.path(), export);
    walk.answered(&at(NOW + DAY + 120, 403, &json!({})));
    assert!(walk.more, "refused still: the same run goes on as before");
    quiet(&mut walk, DAY + 180);
    quiet(&mut walk, 2 * DAY + 180);
    assert_eq!(walk.path(), export);
    assert!(
        zendesk().keeps_silent("tickets", walk.next.as_ref()) && !zendesk().keeps_silent("events", walk.next.as_ref())
    );
    let tickets =
        json!({ "tickets": [ticket(1, "2026-01-02T00:00:00Z")], "after_cursor": "abc", "end_of_stream": true });
    walk.answered(&at(NOW + 2 * DAY + 240, 200, &tickets));
    assert!(!walk.more && walk.path().contains("cursor=abc"), "{}", walk.path());
    assert!(!zendesk().keeps_silent("tickets", walk.next.as_ref()), "what is deleted is told from now on");
}

#[test]
fn a_place_of_before_begins_anew_because_it_told_wrongly_who_spoke() {
    let before = Cursor(
        r#"{"step":"search","start":0,"newest":1767400000000,"since":1767400000000,"empty":0,"listed":false}"#.into(),
    );
    assert!(zendesk().request("tickets", Some(&before)).path.contains("start_time=0"));
}

#[test]
fn the_roll_of_an_agent_goes_through_the_search_and_where_that_is_refused_through_the_list() {
    let path = |after: Option<&str>| zendesk().roll(after).path;
    let rolled = |after: Option<&str>, status, body: &Value| zendesk().rolled(after, &at(NOW, status, body)).unwrap();
    assert!(path(None).starts_with("/api/v2/search/export.json"), "it knows what is archived: {}", path(None));
    let page = rolled(None, 200, &found(&[ticket(1, "2026-01-02T00:00:00Z")], Some("n")));
    assert_eq!((page.ids, page.next.as_deref()), (vec!["1".to_owned()], Some("n")));
    assert!(path(Some("n")).contains("search/export") && path(Some("n")).ends_with("=n"));
    let refused = rolled(None, 403, &json!({})).next;
    assert!(path(refused.as_deref()).starts_with("/api/v2/tickets.json?page%5Bsize%5D=100"));
    let list =
        json!({ "tickets": [ticket(2, "2026-01-02T00:00:00Z")], "meta": { "has_more": true, "after_cursor": "m" } });
    let page = rolled(refused.as_deref(), 200, &list);
    assert!(path(page.next.as_deref()).ends_with("=m") && path(page.next.as_deref()).contains("tickets.json"));
    // What is missing from it is asked about by itself, and comes as the others do.
    let one = json!({ "ticket": ticket(2, "2026-01-02T00:00:00Z"), "users": [{ "id": 7, "name": "Ann" }] });
    let found = zendesk().found("2", &at(NOW, 200, &one)).unwrap();
    assert!(matches!(&found[..], [Change::Name(_), Change::Ticket(ticket)] if ticket.id == "2"));
    let mut scrubbed = ticket(2, "2026-01-02T00:00:00Z");
    (scrubbed["subject"], scrubbed["description"]) = ("SCRUBBED".into(), "SCRUBBED".into());
    for answer in [at(NOW, 404, &json!({})), at(NOW, 200, &json!({ "ticket": scrubbed }))] {
        assert_eq!(zendesk().found("2", &answer).unwrap(), [Change::Delete { ticket: "2".into() }]);
    }
}

#[test]
fn what_was_deleted_last_is_named_to_an_account_that_may_see_it() {
    let path = zendesk().dropped(2).unwrap().path;
    assert_eq!(path, "/api/v2/deleted_tickets.json?sort_by=deleted_at&sort_order=desc&per_page=100&page=2");
    let told = json!({ "deleted_tickets": [{ "id": 581, "subject": "Wombat", "deleted_at": "2026-01-02T00:00:00Z", "previous_state": "open", "actor": { "id": 3, "name": "Ben" } }] });
    assert_eq!(zendesk().dropped_ids(&at(NOW, 200, &told)).unwrap(), ["581"]);
    assert!(zendesk().dropped_ids(&at(NOW, 403, &json!({}))).unwrap().is_empty(), "the roll finds it");
}
