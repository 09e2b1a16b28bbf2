use super::*;
use crate::pull::Setup;
use serde_json::json;

/// What follows where every question is answered by `answers`, by its path.
fn lacks(kind: &str, url: &str, writes: bool, answers: impl Fn(&Request) -> (u16, Value)) -> Vec<&'static str> {
    let setup = Setup { kind: kind.into(), url: url.into(), ..Setup::default() };
    let connector = setup.connector().unwrap();
    let mut told = Vec::new();
    for _ in 0..=PROBES {
        match connector.probe(writes, &told) {
            Probe::Done(lacks) => return lacks.into_iter().map(Lack::code).collect(),
            Probe::Ask(request) => {
                assert_eq!(request.purpose, "test");
                let (status, body) = answers(&request);
                told.push(Response { status, headers: Vec::new(), body: body.to_string().into_bytes() });
            }
        }
    }
    panic!("{kind} asks without an end");
}

const KINDS: [(&str, &str); 10] = [
    ("datadog", "https://app.datadoghq.com"),
    ("freshdesk", "https://acme.freshdesk.com"),
    ("github", "https://github.com/acme/ledger"),
    ("gitlab", "https://gitlab.com/acme/ledger"),
    ("intercom", "https://app.intercom.com"),
    ("jira", "https://acme.atlassian.net/browse/LED"),
    ("redmine", "https://tracker.example"),
    ("rt", "https://rt.example"),
    ("sentry", "https://acme.sentry.io"),
    ("zendesk", "https://acme.zendesk.com"),
];

#[test]
fn a_server_that_refuses_nothing_or_tells_nothing_lacks_nothing() {
    for (kind, url) in KINDS {
        for writes in [false, true] {
            for answer in
                [(200, json!({})), (200, json!("strange")), (404, json!({})), (500, json!([7])), (0, json!(null))]
            {
                // A key that belongs to nobody who works there may not write.
                let none = if kind == "freshdesk" && writes && answer.0 == 404 { vec!["write"] } else { vec![] };
                assert_eq!(lacks(kind, url, writes, |_| answer.clone()), none, "{kind} {writes} {answer:?}");
            }
        }
    }
}

#[test]
fn what_is_refused_is_named_by_its_list() {
    for (kind, expected) in [
        ("datadog", vec!["logs", "rum"]),
        ("freshdesk", vec!["names", "names", "names", "articles"]),
        ("github", vec!["issues", "releases", "deployments"]),
        ("gitlab", vec!["merge_requests", "releases"]),
        ("intercom", vec!["conversations", "names", "companies", "companies", "articles"]),
        ("sentry", vec!["releases"]),
        ("zendesk", vec!["articles"]),
    ] {
        let url = KINDS.iter().find(|(known, _)| *known == kind).unwrap().1;
        assert_eq!(lacks(kind, url, false, |_| (403, json!({ "message": "no" }))), expected, "{kind}");
    }
    let one = |request: &Request| match request.path.contains("/events/latest/") {
        true => (403, json!({})),
        false => (200, json!([{ "id": "77" }])),
    };
    assert_eq!(lacks("sentry", "https://acme.sentry.io", false, one), ["events"]);
    let none = |_: &Request| (200, json!({ "items": [], "total": 0 }));
    assert_eq!(lacks("rt", "https://rt.example", false, none), ["queues"]);
    let some = |_: &Request| (200, json!({ "ticket_scope": 2 }));
    assert_eq!(lacks("freshdesk", "https://acme.freshdesk.com", false, some), ["scope"]);
}

#[test]
fn whether_it_may_be_written_to_is_told_by_what_each_service_says_of_its_tokens() {
    let gitlab =
        |scopes: Value| lacks("gitlab", "https://gitlab.com/acme/ledger", true, |_| (200, json!({ "scopes": scopes })));
    assert_eq!((gitlab(json!(["read_api"])), gitlab(json!(["api"]))), (vec!["write"], vec![]));
    let zendesk = |scopes: Value| {
        lacks("zendesk", "https://acme.zendesk.com", true, |_| (200, json!({ "token": { "scopes": scopes } })))
    };
    assert_eq!((zendesk(json!(["read"])), zendesk(json!(["read", "tickets:write"]))), (vec!["write"], vec![]));
    let jira = |may: bool, write: bool| {
        let one = |may: bool| json!({ "havePermission": may });
        let all = json!({ "BROWSE_PROJECTS": one(may), "ADD_COMMENTS": one(true), "CREATE_ISSUES": one(write), "LINK_ISSUES": one(true) });
        lacks("jira", "https://acme.atlassian.net/browse/LED", true, |_| (200, json!({ "permissions": all })))
    };
    assert_eq!((jira(true, true), jira(false, false)), (vec![], vec!["projects", "write"]));
    let rt = |links: Value| {
        let page = json!({ "items": [{ "id": "1", "_hyperlinks": links }], "total": 1 });
        lacks("rt", "https://rt.example", true, |_| (200, page.clone()))
    };
    assert_eq!(rt(json!([{ "ref": "self" }])), ["write"]);
    assert_eq!(rt(json!([{ "ref": "self" }, { "ref": "comment" }])), [""; 0]);
    let redmine = |allowed: &[&str]| {
        lacks("redmine", "https://tracker.example", true, |request| {
            let body = match request.path.split('?').next().unwrap() {
                "/issues.json" => json!({ "issues": [{ "id": 7 }] }),
                "/issues/7.json" => json!({ "issue": { "id": 7, "project": { "id": 1 } } }),
                "/users/current.json" => {
                    json!({ "user": { "admin": false, "memberships": [{ "project": { "id": 1 }, "roles": [{ "id": 4 }] }] } })
                }
                _ => json!({ "role": { "permissions": allowed } }),
            };
            (200, body)
        })
    };
    assert_eq!((redmine(&["add_issue_notes"]), redmine(&["set_notes_private"])), (vec!["private_notes"], vec![]));
}

#[test]
fn a_classic_token_of_github_names_its_scopes_and_another_one_does_not() {
    let setup = Setup { kind: "github".into(), url: "https://github.com/acme/ledger".into(), ..Setup::default() };
    let connector = setup.connector().unwrap();
    let write = |private: bool, scopes: Option<&str>| {
        let headers = scopes.map(|scopes| ("x-oauth-scopes".to_owned(), scopes.to_owned())).into_iter().collect();
        let body = json!({ "full_name": "acme/ledger", "private": private }).to_string().into_bytes();
        let told = vec![Response { status: 200, headers, body }; 4];
        match connector.probe(true, &told) {
            Probe::Done(lacks) => lacks,
            Probe::Ask(request) => panic!("{} is asked for, too", request.path),
        }
    };
    assert_eq!(write(true, Some("public_repo, gist")), [Lack::Write]);
    assert_eq!(write(true, Some("")), [Lack::Write]);
    for may in [write(false, Some("public_repo, gist")), write(true, Some("user, repo")), write(true, None)] {
        assert_eq!(may, []);
    }
}
