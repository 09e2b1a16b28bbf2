use super::*;
use domain::Status;
use serde_json::Value;

/// Recorded: datadog-api-client-rust, error tracking.
const SEARCH: &str = include_str!("../../../tests/recorded/datadog/search.json");
const ISSUE: &str = include_str!("../../../tests/recorded/datadog/issue.json");
const NONE: &str = include_str!("../../../tests/recorded/datadog/not-found.json");

const NOON: i64 = 1_714_564_800_000;

fn datadog() -> Datadog {
    Datadog::at(&Site::parse("https://app.datadoghq.eu/error-tracking", false).unwrap()).unwrap()
}

fn told(status: u16, body: &str) -> Response {
    let headers = vec![("date".into(), "Wed, 01 May 2024 12:00:00 GMT".into())];
    Response { status, headers, body: body.into() }
}

/// So many issues, shown or only named.
fn found(ids: std::ops::Range<u64>, shown: bool) -> String {
    let named: Vec<Value> =
        ids.clone().map(|id| json!({ "id": format!("i{id}"), "type": "error_tracking_search_result" })).collect();
    let issue = |id| json!({ "id": format!("i{id}"), "type": "issue", "attributes": { "error_type": "E", "first_seen": NOON, "last_seen": NOON } });
    let included: Vec<Value> = if shown { ids.map(issue).collect() } else { Vec::new() };
    json!({ "data": named, "included": included }).to_string()
}

fn span(request: &Request) -> (i64, i64) {
    let body: Value = serde_json::from_str(request.asks.body().unwrap()).unwrap();
    let at = |name: &str| body["data"]["attributes"][name].as_i64().unwrap();
    (at("from"), at("to"))
}

/// Everything that is asked until the end, answered by `answer`; the changes, and where it ended.
fn walk(mut cursor: Option<Cursor>, mut answer: impl FnMut(&Request) -> String) -> (usize, usize, Option<Cursor>) {
    let (mut asked, mut changes) = (0, 0);
    loop {
        let request = datadog().request("trace", cursor.as_ref());
        asked += 1;
        assert!(asked < 1000, "it ends");
        let body = if request.purpose == "clock" { "{}".into() } else { answer(&request) };
        let page = datadog().read("trace", cursor.as_ref(), &told(200, &body)).unwrap();
        changes += page.changes.len();
        cursor = page.next;
        if !page.more {
            return (asked, changes, cursor);
        }
    }
}

#[test]
fn an_address_of_any_region_leads_to_its_interface_and_another_host_is_refused() {
    let at = |text: &str| Datadog::at(&Site::parse(text, false).unwrap()).map(|found| (found.site.origin(), found.app));
    assert_eq!(at("https://app.datadoghq.com").unwrap().0, "https://api.datadoghq.com");
    let us3 = ("https://api.us3.datadoghq.com".to_owned(), "https://us3.datadoghq.com".to_owned());
    assert_eq!(at("https://us3.datadoghq.com").unwrap(), us3);
    let own = ("https://api.datadoghq.com".to_owned(), "https://app.datadoghq.com".to_owned());
    assert_eq!(at("https://acme.datadoghq.com").unwrap(), own, "an account's own name is no region");
    assert!(at("https://datadoghq.com.evil.example").is_err() && at("https://notdatadoghq.com").is_err());
    let keys = datadog().authorization(&"k1:k2".to_owned().into());
    assert_eq!(keys.expose_secret(), "dd-api-key: k1\ndd-application-key: k2");
}

#[test]
fn what_was_recorded_is_an_issue_with_its_place_in_time() {
    let first = Place { now: Some(NOON), spans: [(NOON - 1, NOON)].into(), ..Place::default() }.write();
    let page = datadog().read("rum", first.as_ref(), &told(200, SEARCH)).unwrap();
    assert!(page.more && page.changes.is_empty(), "the search names it and shows nothing of it");
    let request = datadog().request("rum", page.next.as_ref());
    assert_eq!(request.path, "/api/v2/error-tracking/issues/5f8ebd5c-6dd9-11f0-8a28-da7ad0900002");
    let page = datadog().read("rum", page.next.as_ref(), &told(200, ISSUE)).unwrap();
    let [Change::Ticket(ticket)] = &page.changes[..] else { panic!("{page:?}") };
    assert_eq!(
        (ticket.subject.as_str(), ticket.status, ticket.product.as_deref()),
        ("Error: HTTP error", Status::Solved, Some("synthetics-browser"))
    );
    assert_eq!((ticket.created_at, ticket.updated_at), (Millis(1_753_944_082_256), Millis(1_755_686_259_367)));
    assert_eq!(
        ticket.url.as_deref(),
        Some("https://app.datadoghq.eu/error-tracking?issueId=5f8ebd5c-6dd9-11f0-8a28-da7ad0900002")
    );
    assert!(!page.more);
    assert!(
        matches!(&datadog().found("x", &told(404, NONE)).unwrap()[..], [Change::Delete { ticket }] if ticket == "x")
    );
}

#[test]
fn ninety_days_are_read_the_newest_first_and_then_only_what_came_since() {
    let mut spans = Vec::new();
    let (asked, _, end) = walk(None, |request| {
        spans.push(span(request));
        found(0..1, true)
    });
    assert_eq!((asked, spans.len()), (7, 6), "the clock, and six stretches");
    assert_eq!((spans[0], spans[5].0), ((NOON - STRETCH, NOON), NOON - BACK));
    let mut since = Vec::new();
    walk(end, |request| {
        since.push(span(request));
        found(0..0, true)
    });
    assert_eq!(since, [(NOON - OVERLAP, NOON)], "by the server's clock alone");
}

#[test]
fn where_a_hundred_come_time_is_cut_until_fewer_do_and_none_is_passed_over() {
    // A hundred and fifty issues, a minute apart, in the last hours; each search names the first hundred of its span.
    let happened = |id: u64| NOON - i64::try_from(id).unwrap() * Millis::MINUTE;
    let mut seen = std::collections::BTreeSet::new();
    walk(None, |request| {
        let (from, to) = span(request);
        let within: Vec<u64> = (1..=150).filter(|id| (from..to).contains(&happened(*id))).take(MOST).collect();
        seen.extend(within.iter().copied());
        let named: Vec<Value> = within.iter().map(|id| json!({ "id": format!("i{id}") })).collect();
        let issue =
            |id: &u64| json!({ "id": format!("i{id}"), "type": "issue", "attributes": { "last_seen": happened(*id) } });
        json!({ "data": named, "included": within.iter().map(issue).collect::<Vec<_>>() }).to_string()
    });
    assert_eq!(seen.len(), 150);
}

#[test]
fn a_key_that_is_not_known_is_a_token_that_is_refused_and_a_track_that_is_not_had_is_left_out() {
    let unknown = told(403, r#"{"status":"error","code":403,"errors":["API key is invalid."]}"#);
    assert_eq!(datadog().tested(&unknown).unwrap_err().code(), "token_refused");
    let denied = told(403, r#"{"errors":["Forbidden"]}"#);
    assert_eq!(datadog().tested(&denied).unwrap_err().code(), "access_denied");
    assert!(datadog().is_optional("rum") && !datadog().test().asks.writes());
}
