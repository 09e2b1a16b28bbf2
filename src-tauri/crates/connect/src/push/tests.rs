use super::*;
use crate::http::Asks;
use serde_json::{Value, json};

fn writer(kind: &str, url: &str) -> Box<dyn Writer> {
    let setup = Setup { kind: kind.into(), url: url.into(), ..Setup::default() };
    setup.writer().unwrap().unwrap()
}

/// Every kind that is written to, and what can be written there.
fn writers() -> Vec<(&'static str, Box<dyn Writer>, &'static str)> {
    vec![
        ("freshdesk", writer("freshdesk", "https://acme.freshdesk.com"), "7"),
        ("github", writer("github", "https://github.com/acme/ledger"), "acme/ledger#7"),
        ("gitlab", writer("gitlab", "https://gitlab.com/acme/ledger"), "#7"),
        ("jira", writer("jira", "https://acme.atlassian.net/browse/LED"), "LED-7"),
        ("redmine", writer("redmine", "https://tracker.example/base"), "7"),
        ("rt", writer("rt", "https://rt.example"), "7"),
        ("zendesk", writer("zendesk", "https://acme.zendesk.com"), "7"),
    ]
}

const MARK: &str = "precedent-00112233445566778899aabb";

fn piece(writer: &dyn Writer, kind: WriteKind, on: &str) -> Piece {
    let issue = kind == WriteKind::Issue;
    let link = on.replace('7', "9");
    Piece {
        kind,
        on: (!issue).then(|| on.to_owned()),
        title: match kind {
            WriteKind::Issue => Some("Vouchers are lost".into()),
            WriteKind::Link => Some(link),
            WriteKind::Comment | WriteKind::Note => None,
        },
        body: writer.marked("Seen **before** <b>&</b>\nTwice.", MARK),
        mark: MARK.into(),
    }
}

fn answer(status: u16, body: &Value) -> Response {
    Response { status, headers: Vec::new(), body: body.to_string().into_bytes() }
}

#[test]
fn a_kind_is_read_as_it_is_written() {
    for kind in WriteKind::ALL {
        assert_eq!(WriteKind::parse(kind.as_str()), Some(kind));
    }
    assert_eq!(WriteKind::parse("reply"), None, "there is no public reply");
}

#[test]
fn what_is_written_to_each_kind_of_server_is_the_reviewed_one() {
    let mut all = String::new();
    for (name, writer, on) in writers() {
        for kind in writer.kinds() {
            let request = writer.request(&piece(writer.as_ref(), *kind, on)).unwrap();
            all += &format!(
                "{name} {}: {} {}\n  {}\n",
                kind.as_str(),
                request.asks.method(),
                request.path,
                request.asks.body().unwrap()
            );
        }
    }
    insta::assert_snapshot!(all);
}

#[test]
fn whoever_asked_sees_none_of_what_is_written_to_a_help_desk() {
    for (name, writer, on) in
        writers().into_iter().filter(|(name, ..)| matches!(*name, "freshdesk" | "redmine" | "rt" | "zendesk"))
    {
        let texts: Vec<_> = writer.kinds().iter().filter(|kind| **kind != WriteKind::Link).collect();
        assert_eq!(texts, [&WriteKind::Note], "{name}");
        for kind in [WriteKind::Comment, WriteKind::Issue] {
            assert!(writer.request(&piece(writer.as_ref(), kind, on)).is_err(), "{name}");
        }
        let request = writer.request(&piece(writer.as_ref(), WriteKind::Note, on)).unwrap();
        let body: Value = serde_json::from_str(request.asks.body().unwrap()).unwrap();
        let internal = body["private"] == true
            || body["ticket"]["comment"]["public"] == false
            || body["issue"]["private_notes"] == true
            || request.path.ends_with("/ticket/7/comment");
        assert!(internal, "{name}: {body}");
    }
}

#[test]
fn every_text_is_found_again_by_its_mark_and_nothing_else_is_taken_for_it() {
    for (name, writer, on) in writers() {
        for kind in writer.kinds().iter().filter(|kind| **kind != WriteKind::Link) {
            let piece = piece(writer.as_ref(), *kind, on);
            let read_back = writer.look(&piece, None);
            assert_eq!(read_back.asks, Asks::Get, "{name}: looking changes nothing");
            let record = |text: &str| {
                json!({ "id": 5, "number": 5, "iid": 5, "key": "LED-5", "created_at": "2026-01-01T00:00:00Z",
                        "body": text, "description": text, "fields": { "description": text }, "notes": text, "Content": text })
            };
            let page = |text: &str| {
                let records = json!([record("Another text"), record(text)]);
                match (name, kind) {
                    ("jira", WriteKind::Issue) => json!({ "issues": records }),
                    ("redmine", _) => json!({ "issue": { "id": 7, "journals": records } }),
                    ("rt", _) => json!({ "items": records }),
                    ("jira" | "zendesk", _) => json!({ "comments": records }),
                    _ => records,
                }
            };
            let look = |page: Value| writer.looked(&piece, Millis(0), None, &answer(200, &page)).unwrap();
            assert!(matches!(look(page(&piece.body)), Look::There(_)), "{name} {}", kind.as_str());
            assert_eq!(look(page("Seen before, without the mark")), Look::Nowhere, "{name} {}", kind.as_str());
            let gone = writer.looked(&piece, Millis(0), None, &answer(404, &json!({})));
            assert!(gone.is_err_and(|failure| failure.is_permanent()), "{name}: no answer is not an answer of none");
        }
    }
}

#[test]
fn the_newest_three_pages_are_looked_through_whatever_this_machines_clock_says() {
    let forge = writer("github", "https://github.com/acme/ledger");
    let piece = piece(forge.as_ref(), WriteKind::Issue, "");
    let full: Vec<Value> = (0..100)
        .map(|number| json!({ "number": number, "body": "other", "created_at": "2026-01-01T00:00:00Z" }))
        .collect();
    let in_a_year = Millis::parse("2027-06-01T00:00:00Z").unwrap();
    let look = |page: &str| forge.looked(&piece, in_a_year, Some(page), &answer(200, &json!(full))).unwrap();
    assert_eq!((look("1"), look("2")), (Look::Further("2".into()), Look::Further("3".into())));
    assert_eq!(look("3"), Look::Nowhere, "what follows was there a day before");
    let long_ago = Millis::parse("2025-06-01T00:00:00Z").unwrap();
    let older = forge.looked(&piece, long_ago, Some("3"), &answer(200, &json!(full))).unwrap();
    assert_eq!(older, Look::Further("4".into()), "it may be further down");
}

#[test]
fn an_answer_that_says_what_was_made_is_read() {
    let read = |name: &str, kind, body: Value| {
        let (_, writer, on) = writers().into_iter().find(|(found, ..)| *found == name).unwrap();
        writer.written(&piece(writer.as_ref(), kind, on), &answer(201, &body)).unwrap()
    };
    let made = |id: &str, url: Option<&str>| Written { id: id.into(), url: url.map(str::to_owned) };
    let url = "https://github.com/acme/ledger/issues/9";
    assert_eq!(
        read("github", WriteKind::Issue, json!({ "id": 1, "number": 9, "html_url": url })),
        made("9", Some(url))
    );
    assert_eq!(read("github", WriteKind::Comment, json!({ "id": 3, "html_url": "javascript:x" })), made("3", None));
    assert_eq!(read("freshdesk", WriteKind::Note, json!({ "id": 4, "body": "x", "private": true })), made("4", None));
    let url = "https://acme.atlassian.net/browse/LED-9";
    assert_eq!(read("jira", WriteKind::Issue, json!({ "id": "1", "key": "LED-9" })), made("LED-9", Some(url)));
    let audit =
        json!({ "ticket": { "id": 7 }, "audit": { "events": [{ "id": 11, "type": "Comment", "public": false }] } });
    assert_eq!(read("zendesk", WriteKind::Note, audit), made("11", Some("https://acme.zendesk.com/agent/tickets/7")));
}

#[test]
fn a_ticket_that_is_called_like_a_path_leads_nowhere_else() {
    for (name, writer, _) in writers() {
        for on in ["../../users", "7/../8", "7?x=1", "7#8/../../9"] {
            for kind in writer.kinds().iter().filter(|kind| **kind != WriteKind::Issue) {
                let Ok(request) = writer.request(&piece(writer.as_ref(), *kind, on)) else { continue };
                assert!(!request.path.contains("..") || request.path.contains("..%2F"), "{name}: {}", request.path);
                assert!(!request.path.contains('?') && !request.path.contains('#'), "{name}: {}", request.path);
            }
        }
    }
}

#[test]
fn a_link_is_there_once_the_record_names_the_problem_and_only_that_one() {
    let zendesk = writer("zendesk", "https://acme.zendesk.com");
    let link = piece(zendesk.as_ref(), WriteKind::Link, "7");
    let ticket = |problem: Value| answer(200, &json!({ "ticket": { "id": 7, "problem_id": problem } }));
    let look =
        |writer: &dyn Writer, piece: &Piece, answer: &Response| writer.looked(piece, Millis(0), None, answer).unwrap();
    let there = |id: &str, url: &str| Look::There(Written { id: id.into(), url: Some(url.into()) });
    let agents = "https://acme.zendesk.com/agent/tickets/9";
    assert_eq!(look(zendesk.as_ref(), &link, &ticket(json!(9))), there("9", agents));
    assert_eq!(look(zendesk.as_ref(), &link, &ticket(json!(8))), Look::Nowhere);
    assert_eq!(look(zendesk.as_ref(), &link, &ticket(json!(null))), Look::Nowhere);
    assert_eq!(zendesk.written(&link, &ticket(json!(9))).unwrap().id, "9");
    assert!(zendesk.written(&link, &ticket(json!(null))).is_err(), "it said yes, and not to what");
    let by_name = Piece { title: Some("LED-9".into()), ..link };
    assert!(zendesk.request(&by_name).is_err());

    let jira = writer("jira", "https://acme.atlassian.net/browse/LED");
    let link = piece(jira.as_ref(), WriteKind::Link, "LED-7");
    let linked = |way: &str, key: &str| {
        answer(200, &json!({ "fields": { "issuelinks": [{ "type": { "name": "Duplicate" }, way: { "key": key } }] } }))
    };
    let browse = "https://acme.atlassian.net/browse/LED-9";
    assert_eq!(look(jira.as_ref(), &link, &linked("outwardIssue", "LED-9")), there("LED-9", browse));
    assert_eq!(look(jira.as_ref(), &link, &linked("inwardIssue", "LED-9")), Look::Nowhere, "that is the way back");
    assert_eq!(look(jira.as_ref(), &link, &linked("outwardIssue", "LED-8")), Look::Nowhere);

    let gitlab = writer("gitlab", "https://gitlab.com/acme/ledger");
    let link = piece(gitlab.as_ref(), WriteKind::Link, "#7");
    assert_eq!(gitlab.look(&link, None).path, "/api/v4/projects/acme%2Fledger/issues/7/links");
    let page = "https://gitlab.com/acme/ledger/-/issues/9";
    let issue = |iid: u64, project: &str| json!({ "iid": iid, "web_url": page, "references": { "full": format!("{project}#{iid}") }, "link_type": "relates_to" });
    assert_eq!(
        look(gitlab.as_ref(), &link, &answer(200, &json!([issue(8, "acme/ledger"), issue(9, "acme/ledger")]))),
        there("#9", page)
    );
    assert_eq!(
        look(gitlab.as_ref(), &link, &answer(200, &json!([issue(9, "acme/other"), issue(8, "acme/ledger")]))),
        Look::Nowhere
    );
    let made = json!({ "source_issue": issue(7, "acme/ledger"), "target_issue": issue(9, "acme/ledger"), "link_type": "relates_to" });
    assert_eq!(gitlab.written(&link, &answer(201, &made)).unwrap().id, "#9");
    assert!(gitlab.written(&link, &answer(201, &json!({ "target_issue": issue(9, "acme/other") }))).is_err());
    for (on, title) in [("!7", "#9"), ("#7", "!9"), ("#7", "nine")] {
        let odd = Piece { on: Some(on.into()), title: Some(title.into()), ..link.clone() };
        assert!(gitlab.request(&odd).is_err(), "{on} to {title}");
    }
}

#[test]
fn a_relation_of_redmine_is_there_in_either_direction_and_a_ticket_of_request_tracker_refers_to_one() {
    let redmine = writer("redmine", "https://tracker.example");
    let link = piece(redmine.as_ref(), WriteKind::Link, "7");
    let look = |writer: &dyn Writer, piece: &Piece, body: Value| {
        writer.looked(piece, Millis(0), None, &answer(200, &body)).unwrap()
    };
    let relation =
        |from: Value, to: Value| json!({ "id": 3, "issue_id": from, "issue_to_id": to, "relation_type": "relates" });
    let there = Look::There(Written { id: "9".into(), url: Some("https://tracker.example/issues/9".into()) });
    for made in [relation(json!(7), json!(9)), relation(json!("9"), json!("7"))] {
        assert_eq!(
            look(redmine.as_ref(), &link, json!({ "relations": [relation(json!(7), json!(8)), made.clone()] })),
            there
        );
        assert_eq!(redmine.written(&link, &answer(201, &json!({ "relation": made }))).unwrap().id, "9");
    }
    assert_eq!(look(redmine.as_ref(), &link, json!({ "relations": [relation(json!(8), json!(9))] })), Look::Nowhere);
    let rt = writer("rt", "https://rt.example");
    let refers =
        |kind: &str, id: Value| json!({ "id": 7, "_hyperlinks": [{ "ref": kind, "type": "ticket", "id": id }] });
    let there =
        Look::There(Written { id: "9".into(), url: Some("https://rt.example/Ticket/Display.html?id=9".into()) });
    assert_eq!(look(rt.as_ref(), &link, refers("refers-to", json!(9))), there);
    assert_eq!(look(rt.as_ref(), &link, refers("refers-to", json!("9"))), there);
    assert_eq!(look(rt.as_ref(), &link, refers("depends-on", json!(9))), Look::Nowhere);
    assert_eq!(rt.written(&link, &answer(200, &json!(["Ticket 7 refers to Ticket 9."]))).unwrap().id, "9");
    assert!(rt.written(&link, &answer(200, &json!([]))).is_err(), "an older one takes no notice, and is asked");
}

#[test]
fn no_private_note_leaves_for_redmine_before_a_role_says_that_it_stays_private() {
    let redmine = writer("redmine", "https://tracker.example");
    let note = piece(redmine.as_ref(), WriteKind::Note, "7");
    let issue = json!({ "issue": { "id": 7, "project": { "id": 1 } } });
    let me = |admin: bool| {
        let here = json!({ "project": { "id": 1 }, "roles": [{ "id": 4 }, { "id": 5 }] });
        json!({ "user": { "id": 2, "admin": admin, "memberships": [{ "project": { "id": 3 }, "roles": [{ "id": 6 }] }, here] } })
    };
    let role = |allowed: &[&str]| json!({ "role": { "id": 4, "permissions": allowed } });
    let before = |told: &[Value]| {
        let told: Vec<Response> = told.iter().map(|told| answer(200, told)).collect();
        redmine.before(&note, &told).map(|asked| asked.map(|asked| asked.path))
    };
    let asks = |told: &[Value]| before(told).unwrap().unwrap();
    assert_eq!(asks(&[]), "/issues/7.json");
    assert_eq!(asks(std::slice::from_ref(&issue)), "/users/current.json?include=memberships");
    assert_eq!(before(&[issue.clone(), me(true)]).unwrap(), None, "an administrator may");
    assert_eq!(asks(&[issue.clone(), me(false)]), "/roles/4.json");
    let some = role(&["add_issue_notes"]);
    assert_eq!(asks(&[issue.clone(), me(false), some.clone()]), "/roles/5.json");
    let both = [issue.clone(), me(false), some.clone(), role(&["set_notes_private"])];
    assert_eq!(before(&both).unwrap(), None);
    let neither = before(&[issue, me(false), some.clone(), some]);
    assert_eq!(neither.unwrap_err().code(), "access_denied", "everybody would have read it");
    let link = piece(redmine.as_ref(), WriteKind::Link, "7");
    assert!(redmine.before(&link, &[]).unwrap().is_none());
}
