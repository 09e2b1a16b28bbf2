//! Answers that the services really gave, replayed through the real loop into the real store. Where each came from stands
//! in `connect/tests/recorded/SOURCES.md`.

use crate::support::{
    Workspace,
    network::{noon, unwaiting},
    web::{Answer, Asked, Web},
};
use serde_json::{Value, json};

macro_rules! recorded {
    ($file:literal) => {
        serde_json::from_str::<Value>(include_str!(concat!("../../../src-tauri/crates/connect/tests/recorded/", $file)))
            .unwrap()
    };
}

fn ok(body: &Value) -> Answer {
    Answer::new(200, body.to_string())
}

/// The answer as it was recorded, with the headers that it had.
fn as_recorded(answer: &Value) -> Answer {
    let status = u16::try_from(answer["status"].as_u64().unwrap()).unwrap();
    let headers = answer["headers"].as_object().into_iter().flatten();
    headers.fold(Answer::new(status, answer["body"].to_string()), |answer, (name, value)| {
        answer.with(name, value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    })
}

/// One sync of a source that is answered so: the workspace, how many came, and what ended it.
fn synced(
    kind: &str,
    path: &str,
    answer: impl Fn(&Asked) -> Answer + Send + Sync + 'static,
) -> (Workspace, engine::api::view::ImportReport, Option<&'static str>) {
    let web = Web::serve(answer);
    let workspace = Workspace::asking(unwaiting().0, noon());
    let url = format!("http://{}{path}", web.address);
    workspace.call("source_add", json!({ "kind": kind, "url": url, "name": "desk", "secret": "ann:token" }));
    let run = engine::sync_now(&workspace.engine, Some("desk"), &|_, _| {}).unwrap().remove(0);
    workspace.engine.wait_until_searchable().unwrap();
    (workspace, run.report, run.error.map(|error| error.code()))
}

#[test]
fn github_pages_of_a_recording_are_read_to_their_end_whatever_they_were_asked() {
    let (workspace, report, error) = synced("github", "/octokit-fixture-org/paginate-issues", |asked| {
        let pages = recorded!("github/paginate-issues.json");
        let path = asked.path.split('?').next().unwrap();
        let page: usize = asked.query("page").map_or(1, |page| page.parse().unwrap());
        match path {
            _ if path.ends_with("/issues/comments") => ok(&json!([])),
            // A recording does not hear since when: its first page comes again.
            _ if path.ends_with("/issues") => as_recorded(&pages[page - 1]),
            _ => Answer::new(404, "{}"),
        }
    });
    let all: usize = recorded!("github/paginate-issues.json")
        .as_array()
        .unwrap()
        .iter()
        .map(|page| page["body"].as_array().unwrap().len())
        .sum();
    assert_eq!((error, report.added, report.skipped), (None, all as u64, 0));
    let first = workspace.call("ticket_get", json!({ "id": "desk:octokit-fixture-org/paginate-issues#1" }));
    assert_eq!(first["subject"], "Test issue 1");
}

#[test]
fn github_comments_of_a_recording_are_stored_with_their_issue() {
    let (_, report, error) = synced("github", "/octokit/octokit.rb", |asked| {
        let page = recorded!("github/comments.json");
        if asked.path.contains("/issues/comments") && asked.query("page").is_none() {
            let mut answer = as_recorded(&page[0]);
            // Eight of the thirty were kept, and the pages behind them were not recorded.
            answer.headers.retain(|(name, _)| name != "link");
            return answer;
        }
        ok(&json!([]))
    });
    assert_eq!((error, report.comments, report.skipped), (None, 8, 0));
}

#[test]
fn zendesk_tickets_and_comments_of_a_client_are_read_and_a_wrong_token_is_told() {
    let (workspace, report, error) = synced("zendesk", "", |asked| {
        let tickets = recorded!("zendesk/tickets.json");
        match asked.path.split('?').next().unwrap() {
            "/api/v2/incremental/tickets/cursor.json" => ok(
                &json!({ "tickets": tickets["tickets"], "after_cursor": "MTY5NTA1MjY2My4wfHwyOHw=", "end_of_stream": true }),
            ),
            "/api/v2/tickets.json" => ok(&tickets),
            "/api/v2/incremental/ticket_events.json" => {
                ok(&json!({ "ticket_events": [], "end_of_stream": true, "end_time": 1 }))
            }
            "/api/v2/users/me.json" => ok(&recorded!("zendesk/wrong-token.json")[0]["response"]),
            "/api/v2/groups.json" => ok(&json!({ "groups": [], "meta": { "has_more": false } })),
            _ => ok(&json!({ "users": [], "meta": { "has_more": false } })),
        }
    });
    let all = recorded!("zendesk/tickets.json")["tickets"].as_array().unwrap().len();
    assert_eq!(
        (error, report.added, report.skipped),
        (None, all as u64, 0),
        "{:?}",
        workspace.call("sources_list", json!({}))
    );
    let ticket = workspace.call("ticket_get", json!({ "id": "desk:2" }));
    assert_eq!(ticket["subject"], "Mail to create fixture ticket for testing");
}

#[test]
fn jira_issues_of_a_client_are_read_with_their_address() {
    let (workspace, report, error) = synced("jira", "", |_| {
        let mut page = recorded!("jira/issues-in-sprint.json");
        page["total"] = 1.into();
        ok(&page)
    });
    assert_eq!((error, report.added, report.skipped), (None, 1, 0));
    let issue = workspace.call("ticket_get", json!({ "id": "desk:AR-86" }));
    assert_eq!(issue["url"], "https://example.atlassian.net/browse/AR-86");
}

#[test]
fn gitlab_and_freshdesk_bodies_of_a_client_are_stored_with_what_was_said() {
    let (_, report, error) = synced("gitlab", "/acme/ledger", |asked| {
        let path = asked.path.split('?').next().unwrap();
        match path {
            _ if path.ends_with("/notes") => ok(&recorded!("gitlab/notes.json")),
            _ if path.ends_with("/links") => ok(&json!([])),
            _ if path.ends_with("/merge_requests") => Answer::new(403, r#"{"message":"403 Forbidden"}"#),
            _ => ok(&recorded!("gitlab/issues.json")).with("x-next-page", ""),
        }
    });
    // The same two notes for each of six issues.
    assert_eq!((error, report.added, report.comments, report.skipped), (None, 6, 12, 0));
    assert_eq!(report.errors[0].file.as_deref(), Some("changes merge_requests"), "what may not be read is told");

    let (workspace, report, error) = synced("freshdesk", "", |asked| {
        let path = asked.path.split('?').next().unwrap();
        match path {
            _ if path.ends_with("/conversations") => ok(&recorded!("freshdesk/conversations.json")),
            _ => ok(&json!([recorded!("freshdesk/ticket_1.json")])),
        }
    });
    assert_eq!((error, report.added, report.comments), (None, 1, 2));
    let found = workspace.call("search", json!({ "query": "\"private note\"" }));
    assert_eq!(found["total"], 1, "an internal note is found here");
}
