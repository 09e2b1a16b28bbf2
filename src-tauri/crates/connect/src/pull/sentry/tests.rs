use super::*;
use crate::pull::{Connector, walk::Walk};
use domain::{Change, Status};
use serde_json::{Value, json};

fn sentry() -> Sentry {
    Sentry::at(&Site::parse("https://acme.sentry.io/issues/", false).unwrap()).unwrap()
}

/// As the documentation shows one.
fn issue(number: u64) -> Value {
    json!({ "id": number.to_string(), "shortId": format!("LEDGER-{number}"), "title": "TypeError: x is null", "culprit": "post(voucher)",
        "metadata": { "type": "TypeError", "value": "x is null", "filename": "post.js", "function": "post" }, "status": "resolved",
        "statusDetails": { "inRelease": "2.4.0" }, "priority": "high", "level": "error", "platform": "javascript",
        "project": { "id": "2", "name": "Ledger", "slug": "ledger" }, "assignedTo": { "type": "user", "id": "1", "name": "Ben" },
        "firstSeen": "2026-01-01T00:00:00Z", "lastSeen": format!("2026-02-01T00:{:02}:00Z", number % 60), "count": "150", "userCount": 12,
        "permalink": format!("https://acme.sentry.io/issues/{number}/") })
}

fn told(body: &Value, link: &str) -> Response {
    Response { status: 200, headers: vec![("link".into(), link.into())], body: body.to_string().into_bytes() }
}

const NEXT: &str = r#"<https://acme.sentry.io/api/0/x/?cursor=0:0:1>; rel="previous"; results="false"; cursor="0:0:1", <https://acme.sentry.io/api/0/x/?cursor=0:100:0>; rel="next"; results="true"; cursor="0:100:0""#;

#[test]
fn an_empty_query_is_sent_because_without_one_what_is_resolved_is_left_out() {
    let path = sentry().list(&Window::all(Order::Newest, 0, 100), "changes").path;
    assert_eq!(path, "/api/0/organizations/acme/issues/?query=&statsPeriod=90d&sort=date&limit=100");
    let own = Sentry::at(&Site::parse("https://x.example/sentry/organizations/acme/issues", false).unwrap()).unwrap();
    assert!(own.test().path.starts_with("/sentry/api/0/organizations/acme/issues/"));
    for wrong in ["https://sentry.io", "https://x.example", "https://x.example/organizations/a%2Fb"] {
        assert!(Sentry::at(&Site::parse(wrong, false).unwrap()).is_err(), "{wrong}");
    }
}

#[test]
fn a_next_page_without_results_is_the_end() {
    let walk = Walk(sentry());
    let page = walk.read("history", None, &told(&json!([issue(2)]), NEXT)).unwrap();
    assert!(page.more);
    let event = json!({ "eventID": "abc", "dateCreated": "2026-02-01T00:02:00Z", "entries": [] });
    assert!(walk.request("history", page.next.as_ref()).path.ends_with("/issues/2/events/latest/"));
    let page = walk.read("history", page.next.as_ref(), &told(&event, "")).unwrap();
    assert!(walk.request("history", page.next.as_ref()).path.ends_with("&sort=new&limit=100&cursor=0%3A100%3A0"));
    let none = NEXT.replace("results=\"true\"", "results=\"false\"");
    let last = walk.read("history", page.next.as_ref(), &told(&json!([]), &none)).unwrap();
    assert!(!last.more && walk.is_over("history", last.next.as_ref()));
}

#[test]
fn an_issue_and_its_latest_event_say_what_was_thrown_where_and_for_whom() {
    let listing =
        sentry().listed(&Window::all(Order::Newest, 0, 100), &told(&json!([issue(7), { "id": null }]), "")).unwrap();
    assert_eq!((listing.changes.len(), listing.bad.len(), listing.more), (1, 1, Some(false)));
    let Change::Ticket(ticket) = &listing.changes[0] else { panic!("no ticket") };
    assert_eq!(
        (ticket.id.as_str(), ticket.status, ticket.product.as_deref()),
        ("LEDGER-7", Status::Solved, Some("Ledger"))
    );
    assert_eq!(ticket.body, "TypeError: x is null\n    at post (post.js)\nin post(voucher)");
    assert_eq!((&ticket.fix_versions[..], &ticket.extra["users"]), (&["2.4.0".to_owned()][..], &json!("12")));

    let frames = json!([{ "filename": "main.js", "function": "run", "lineNo": 3 }, { "filename": "post.js", "function": "post", "lineNo": 41 }]);
    let event = json!({ "eventID": "abc", "dateCreated": "2026-02-01T00:02:00Z", "release": { "version": "2.3.1" }, "entries": [
        { "type": "exception", "data": { "values": [{ "type": "TypeError", "value": "x is null", "stacktrace": { "frames": frames } }] } },
        { "type": "breadcrumbs", "data": { "values": [{ "category": "ui.click", "message": "Post" }] } },
        { "type": "request", "data": { "url": "https://x.example", "values": null } }, { "type": "debugmeta", "data": null } ] });
    let todo = listing.seen[0].todo.clone().unwrap();
    let detail = sentry().detailed(&todo, &told(&event, "")).unwrap();
    let [Change::Comment(said)] = &detail.changes[..] else { panic!("{:?}", detail.changes) };
    assert_eq!(
        said.body,
        "Release: 2.3.1\nTypeError: x is null\n    at post (post.js:41)\n    at run (main.js:3)\nbefore: ui.click: Post"
    );
    assert_eq!((said.id.as_str(), said.public), ("latest event of LEDGER-7", false), "the next one takes its place");
}

#[test]
fn an_event_names_its_environment_the_classes_of_its_frames_and_what_was_asked_before() {
    let frames = json!([{ "module": "com.acme.Ledger", "filename": "Ledger.java", "function": "post", "lineNo": 41 }]);
    let crumbs = json!([{ "category": "http", "data": { "method": "POST", "url": "https://x.example/post?token=secret", "status_code": 500 } },
        { "category": "console", "message": "posting", "data": "anything" }]);
    let event = json!({ "eventID": "abc", "dateCreated": "2026-02-01T00:02:00Z", "platform": "java",
        "tags": [{ "key": "level", "value": "error" }, { "key": "environment", "value": "production" }], "entries": [
        { "type": "exception", "data": { "values": [{ "type": "IllegalStateException", "value": "x", "stacktrace": { "frames": frames } }] } },
        { "type": "breadcrumbs", "data": { "values": crumbs } }] });
    let said = |event: &Value| {
        let detail = sentry().detailed(&Todo { id: "LEDGER-7".into(), note: "7".into() }, &told(event, "")).unwrap();
        let Some(Change::Comment(said)) = detail.changes.into_iter().next() else { panic!("{:?}", detail.bad) };
        said.body
    };
    assert_eq!(
        said(&event),
        "Environment: production\nIllegalStateException: x\n    at com.acme.Ledger.post(Ledger.java:41)\n\
         before: http: POST https://x.example/post 500\nbefore: console: posting"
    );
    let mut strange = event.clone();
    strange["tags"] = json!({ "environment": "production" });
    assert!(!said(&strange).contains("Environment"), "of another shape, they say nothing");
}

#[test]
fn a_merged_issue_is_gone_under_its_own_name() {
    assert_eq!(sentry().one("LEDGER-7").path, "/api/0/organizations/acme/shortids/LEDGER-7/");
    let there = sentry().found("LEDGER-7", &told(&json!({ "group": issue(7) }), "")).unwrap();
    assert!(matches!(there, Fate::There(changes) if changes.len() == 1));
    assert_eq!(sentry().found("LEDGER-7", &told(&json!({ "group": issue(8) }), "")).unwrap(), Fate::Gone);
}

#[test]
fn a_release_is_told_of_each_of_its_projects_and_further_deploys_are_asked_for_once() {
    let walk = Walk(sentry());
    let release = json!([{ "version": "ledger@2.4.0", "dateCreated": "2026-01-01T00:00:00Z", "dateReleased": "2026-01-02T00:00:00Z",
        "lastCommit": { "id": "99d03678b90d914dbb1b109132516d71a4a03ea8" }, "deployCount": 2,
        "lastDeploy": { "id": "8", "environment": "production", "dateFinished": "2026-01-03T00:00:00Z", "name": "" },
        "projects": [{ "id": 2, "name": "Ledger", "slug": "ledger" }, { "id": 3, "name": "Desk", "slug": "desk" }] }]);
    let page = walk.read("whole releases", None, &told(&release, "")).unwrap();
    let read = |page: &crate::pull::StreamPage| {
        let releases = page.changes.iter().filter_map(|change| match change {
            Change::Release(release) => {
                Some((release.id.clone(), release.environment.clone(), release.commit.is_some()))
            }
            _ => None,
        });
        releases.collect::<Vec<_>>()
    };
    let production = Some("production".to_owned());
    assert_eq!(
        read(&page),
        [
            ("releases ledger@2.4.0 of Ledger".to_owned(), None, true),
            ("releases ledger@2.4.0 of Desk".to_owned(), None, true),
            ("deploys 8 of Ledger".to_owned(), production.clone(), false),
            ("deploys 8 of Desk".to_owned(), production, false),
        ]
    );
    let path = walk.request("whole releases", page.next.as_ref()).path;
    assert!(page.more && path.ends_with("/organizations/acme/releases/ledger%402.4.0/deploys/"), "{path}");
    let deploys = json!([{ "id": "7", "environment": "staging", "dateFinished": "2026-01-02T12:00:00Z" }, "no deploy"]);
    let page = walk.read("whole releases", page.next.as_ref(), &told(&deploys, "")).unwrap();
    assert_eq!((page.more, read(&page)[0].0.as_str()), (false, "deploys 7 of Ledger"));
    let again = walk.read("whole releases", page.next.as_ref(), &told(&release, "")).unwrap();
    assert!(!again.more, "nothing of it is another: its deploys are not asked for again");
}
