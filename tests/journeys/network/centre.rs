//! Help centres: their articles are found and shown as the team's own are, for whom they are meant, and go when they do.

use crate::support::{
    Workspace,
    network::{noon, unwaiting},
    web::{Answer, Asked, Web},
};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

/// The articles of a help centre, by the service whose words they are in.
#[derive(Default)]
struct Centre {
    articles: Mutex<Vec<Value>>,
    /// It answers so, whatever is asked.
    refuses: Mutex<Option<u16>>,
}

impl Centre {
    fn hold(&self, articles: &[Value]) {
        *self.articles.lock().unwrap() = articles.to_vec();
    }

    fn answer(&self, kind: &str, asked: &Asked) -> Answer {
        let path = asked.path.split('?').next().unwrap();
        let articles = self.articles.lock().unwrap().clone();
        let centre = path.contains("help_center") || path.contains("solutions") || path.contains("articles");
        if let Some(status) = self.refuses.lock().unwrap().filter(|_| centre) {
            return Answer::new(status, r#"{"message":"not for you"}"#);
        }
        let ok = |body: Value| Answer::new(200, body.to_string());
        let count = articles.len();
        match (kind, path) {
            ("zendesk", "/api/v2/help_center/user_segments.json") => {
                ok(json!({ "user_segments": [{ "id": 1, "user_type": "signed_in_users" }, { "id": 2, "user_type": "staff" }] }))
            }
            ("zendesk", "/api/v2/brands.json") => ok(json!({ "brands": [] })),
            ("zendesk", "/api/v2/help_center/articles.json") => {
                let mut sorted = articles;
                if let Some(by) = asked.query("sort_by") {
                    sorted.sort_by_key(|article| std::cmp::Reverse(article[&by].as_str().map(str::to_owned)));
                }
                ok(json!({ "articles": sorted, "count": count, "meta": { "has_more": false } }))
            }
            ("zendesk", "/api/v2/incremental/tickets/cursor.json") => {
                ok(json!({ "tickets": [], "after_cursor": "1", "end_of_stream": true }))
            }
            ("zendesk", "/api/v2/incremental/ticket_events.json") => {
                ok(json!({ "ticket_events": [], "end_time": 1, "end_of_stream": true }))
            }
            ("zendesk", "/api/v2/groups.json") => ok(json!({ "groups": [] })),
            ("zendesk", _) => ok(json!({ "tickets": [], "users": [], "meta": { "has_more": false } })),
            ("freshdesk", "/api/v2/solutions/categories") => ok(json!([{ "id": 2 }])),
            ("freshdesk", "/api/v2/solutions/categories/2/folders") => {
                ok(json!([{ "id": 3, "visibility": 1 }, { "id": 4, "visibility": 4 }]))
            }
            ("freshdesk", "/api/v2/solutions/folders/3/articles") => ok(articles.into()),
            ("freshdesk", _) => ok(json!([])),
            ("intercom", "/articles") => ok(json!({ "data": articles, "total_count": count })),
            ("intercom", "/internal_articles") => {
                ok(json!({ "data": [{ "id": "1", "title": "Zanzibar keys", "body": "Ask Ann." }], "total_count": 1 }))
            }
            ("intercom", "/conversations/search") => ok(json!({ "conversations": [], "total_count": 0 })),
            _ => Answer::new(404, "{}"),
        }
        .with("date", "Wed, 01 May 2024 12:00:00 GMT")
    }
}

struct Asking {
    workspace: Workspace,
    centre: Arc<Centre>,
    web: Web,
}

impl Asking {
    fn centre(kind: &'static str, articles: &[Value]) -> Self {
        let centre = Arc::new(Centre::default());
        centre.hold(articles);
        let mine = Arc::clone(&centre);
        let web = Web::serve(move |asked| mine.answer(kind, asked));
        let workspace = Workspace::asking(unwaiting().0, noon());
        let url = format!("http://{}", web.address);
        workspace.call("source_add", json!({ "kind": kind, "url": url, "name": "desk", "secret": "token" }));
        Self { workspace, centre, web }
    }

    fn sync(&self) -> engine::api::view::ImportReport {
        let run = engine::sync_now(&self.workspace.engine, Some("desk"), &|_, _| {}).unwrap().remove(0);
        self.workspace.engine.wait_until_searchable().unwrap();
        assert!(run.error.is_none(), "{:?}", run.error.map(|error| error.to_string()));
        run.report
    }

    fn found(&self, words: &str, audience: &str) -> Vec<String> {
        let reply = self.workspace.call("search", json!({ "query": words, "audience": audience }));
        reply["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap().to_owned()).collect()
    }
}

fn article(id: u64, title: &str, more: &Value) -> Value {
    let mut article = json!({ "id": id, "title": title, "body": format!("<p>{title} &amp; export again.</p><script>x()</script>"), "draft": false,
        "user_segment_id": null, "html_url": format!("https://help.example/hc/articles/{id}"), "created_at": "2024-04-01T00:00:00Z",
        "updated_at": format!("2024-04-0{id}T00:00:00Z"), "edited_at": format!("2024-04-0{id}T00:00:00Z") });
    article.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    article
}

#[test]
fn an_article_of_a_help_centre_is_found_shown_with_its_address_and_gone_with_the_next_sync() {
    let kept = article(1, "Unseal the quarantined ledger", &json!({}));
    let asking = Asking::centre("zendesk", &[kept.clone(), article(2, "Quince", &json!({}))]);
    let report = asking.sync();
    assert_eq!((report.articles, report.articles_gone, report.added), (2, 0, 0));
    assert_eq!(asking.found("quarantined", "public"), ["desk:articles/1"]);
    let shown = asking.workspace.call("article_get", json!({ "id": "desk:articles/1" }));
    assert_eq!(shown["url"], "https://help.example/hc/articles/1");
    assert_eq!((&shown["source"], &shown["path"]), (&json!("desk"), &json!(null)), "it is changed there, not here");
    assert_eq!(shown["text"], "Unseal the quarantined ledger & export again.");
    assert!(!shown["html"].as_str().unwrap().contains("script"));

    let question = "The export stops and the ledger is quarantined. How do I unseal the quarantined ledger?";
    let seen = asking.workspace.call("seen_before", json!({ "text": question }));
    assert_eq!(seen["articles"][0]["id"], "desk:articles/1", "{seen}");
    assert_eq!(seen["articles"][0]["url"], "https://help.example/hc/articles/1");

    // Nothing new: who may read, the newest by two stamps, and not the whole list.
    let before = asking.web.paths().len();
    let report = asking.sync();
    assert_eq!((report.articles, report.articles_gone), (0, 0));
    let asked = asking.web.paths().split_off(before);
    assert_eq!(
        asked.iter().filter(|path| path.contains("help_center") || path.contains("brands")).count(),
        4,
        "{asked:?}"
    );

    // Its text was edited, which moves one stamp alone; the other one was deleted.
    let edited = json!({ "body": "<p>Zanzibar.</p>", "edited_at": "2024-04-20T00:00:00Z" });
    asking.centre.hold(&[article(1, "Unseal the quarantined ledger", &edited)]);
    let report = asking.sync();
    assert_eq!((report.articles, report.articles_gone), (1, 1));
    assert_eq!((asking.found("zanzibar", "public").len(), asking.found("quince", "internal").len()), (1, 0));
    let would = asking.workspace.call("purge_preview", json!({ "source": "desk" }));
    assert_eq!((&would["articles"], &would["tickets"]), (&json!(1), &json!(0)), "what would go is all told");
    // Each request stands in the ledger.
    let ledger = asking.workspace.call("ledger_list", json!({}));
    assert_eq!(ledger["total"], json!(asking.web.paths().len()));
}

#[test]
fn what_a_help_centre_keeps_from_the_public_is_kept_from_it_here_also_once_that_changes() {
    let drafted = json!({ "draft": true });
    let asking = Asking::centre(
        "zendesk",
        &[
            article(1, "Open zqopen", &json!({})),
            article(2, "Customers zqsigned", &json!({ "user_segment_id": 1 })),
            article(3, "Staff zqstaff", &json!({ "user_segment_id": 2 })),
            article(4, "Unknown zqunknown", &json!({ "user_segment_id": 9 })),
            article(5, "Draft zqdraft", &drafted),
        ],
    );
    asking.sync();
    let seen = |word: &str| {
        let readers = ["public", "customer", "partner", "internal"].into_iter();
        readers.filter(|reader| !asking.found(word, reader).is_empty()).collect::<Vec<_>>()
    };
    assert_eq!(seen("zqopen").len(), 4);
    assert_eq!(seen("zqsigned"), ["customer", "partner", "internal"]);
    for word in ["zqstaff", "zqunknown", "zqdraft"] {
        assert_eq!(seen(word), ["internal"], "{word}");
    }
    let narrowed = json!({ "user_segment_id": 2, "updated_at": "2024-04-20T00:00:00Z" });
    asking.centre.hold(&[article(1, "Open zqopen", &narrowed)]);
    let report = asking.sync();
    assert_eq!((report.articles_gone, seen("zqopen")), (4, vec!["internal"]));
}

#[test]
fn articles_that_this_account_may_no_longer_read_leave_with_the_next_sync_and_the_tickets_go_on() {
    let asking = Asking::centre("zendesk", &[article(1, "Unseal zanzibar", &json!({}))]);
    asking.sync();
    assert_eq!(asking.found("zanzibar", "internal").len(), 1);
    *asking.centre.refuses.lock().unwrap() = Some(403);
    let report = asking.sync();
    assert_eq!((report.articles_gone, asking.found("zanzibar", "internal").len()), (1, 0));
    assert_eq!(report.errors[0].file.as_deref(), Some("articles"), "why is told");
    // A desk without a help centre is nothing to tell anybody of.
    *asking.centre.refuses.lock().unwrap() = Some(404);
    assert_eq!(asking.sync().errors, []);
    *asking.centre.refuses.lock().unwrap() = None;
    assert_eq!(asking.sync().articles, 1, "they come back as they went");
}

#[test]
fn solution_articles_and_those_of_intercom_are_read_the_same_way() {
    let solution = |id: u64, status: u64| {
        json!({ "id": id, "title": format!("Unseal zq{id}"), "description": "<b>Unseal</b> it.", "status": status,
        "created_at": "2024-04-01T00:00:00Z", "updated_at": "2024-04-02T00:00:00Z" })
    };
    let asking = Asking::centre("freshdesk", &[solution(7, 2), solution(8, 1)]);
    assert_eq!(asking.sync().articles, 2);
    assert_eq!(asking.found("unseal", "public"), ["desk:articles/7"]);
    assert_eq!(asking.found("zq8", "internal"), ["desk:articles/8"]);
    asking.centre.hold(&[solution(8, 1)]);
    assert_eq!(asking.sync().articles_gone, 1);

    let intercom = |id: u64, at: u64| {
        json!({ "id": id.to_string(), "title": "Unseal", "body": "<p>Unseal it.</p>", "state": "published",
        "url": "https://help.example/articles/1", "created_at": 1_711_929_600, "updated_at": at })
    };
    let asking = Asking::centre("intercom", &[intercom(1, 1_711_929_600)]);
    assert_eq!(asking.sync().articles, 2);
    assert_eq!(asking.found("unseal", "public"), [""; 0]);
    assert_eq!(asking.found("unseal", "customer"), ["desk:articles/1"]);
    assert_eq!(asking.found("zanzibar", "internal"), ["desk:articles/internal-1"]);
    asking.centre.hold(&[]);
    assert_eq!(asking.sync().articles_gone, 1);
}
