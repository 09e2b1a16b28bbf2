//! What tickets name of a monitor: traces and lines of logs lead there, and its errors to what was read of them.

use super::unasked;
use crate::support::{
    network::unwaiting,
    web::{Answer, Web},
};
use serde_json::json;

#[test]
fn ids_in_a_ticket_lead_to_the_monitor_that_is_a_source_and_its_errors_to_what_was_read_of_them() {
    let web = Web::serve(|asked| {
        let issue = json!({ "id": "5f8ebd5c-6dd9-11f0-8a28-da7ad0900002", "type": "issue",
            "attributes": { "error_type": "LedgerError", "first_seen": 1_714_000_000_000i64, "last_seen": 1_714_000_000_000i64 } });
        let found = asked.body.contains("\"logs\"");
        let body =
            json!({ "data": [{ "id": issue["id"], "type": "error_tracking_search_result" }], "included": [issue] });
        let body = if found { body } else { json!({ "data": [], "included": [] }) };
        Answer::new(200, body.to_string()).with("date", "Wed, 01 May 2024 12:00:00 GMT")
    });
    let workspace = unasked(unwaiting().0);
    let ticket = json!({ "kind": "ticket", "id": "T-1", "subject": "Not posted", "created_at": "2024-04-30T00:00:00Z",
        "body": "[dd.trace_id=8956127339821907234] LedgerError" });
    let said = json!({ "kind": "comment", "ticket": "T-1", "id": "1", "created_at": "2024-04-30T01:00:00Z", "body":
        "The error is https://app.datadoghq.eu/error-tracking?query=x&issueId=5f8ebd5c-6dd9-11f0-8a28-da7ad0900002 there" });
    workspace.import(&[ticket.to_string(), said.to_string()].join("\n"));
    let shown = |workspace: &crate::support::Workspace| {
        workspace.call("ticket_get", json!({ "id": "T-1" }))["telemetry"].clone()
    };
    // Only an address says where to, as long as no source does.
    let issue = "https://app.datadoghq.eu/error-tracking?issueId=5f8ebd5c-6dd9-11f0-8a28-da7ad0900002";
    let urls = |view: &serde_json::Value| crate::support::strings(view, "url");
    assert_eq!(urls(&shown(&workspace)), [issue]);

    let url = format!("http://{}", web.address);
    workspace.call("source_add", json!({ "kind": "datadog", "url": url, "name": "monitor", "secret": "a:b" }));
    let run = engine::sync_now(&workspace.engine, Some("monitor"), &|_, _| {}).unwrap().remove(0);
    assert_eq!((run.error.map(|error| error.code()), run.report.added), (None, 1));
    let asked = web.paths().len();
    let view = shown(&workspace);
    assert_eq!(urls(&view), [format!("{url}/apm/trace/8956127339821907234"), issue.to_owned()]);
    assert_eq!(view[0]["logs"], format!("{url}/logs?query=trace_id%3A8956127339821907234"));
    assert_eq!(view[1]["ticket"], "monitor:5f8ebd5c-6dd9-11f0-8a28-da7ad0900002");
    assert_eq!(web.paths().len(), asked, "nobody is asked for a link");
}
