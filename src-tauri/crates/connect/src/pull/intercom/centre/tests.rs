use super::*;
use domain::Audience;
use serde_json::{Value, json};

fn workspace() -> Intercom {
    Intercom::at(&Site::parse("https://app.intercom.com", false).unwrap()).unwrap()
}

/// As the walk of articles sees it.
fn centre(workspace: &Intercom) -> &dyn Centre {
    workspace
}

fn leaf(list: &str, page: Option<&str>, body: &Value) -> Leaf {
    let response = Response { status: 200, body: body.to_string().into_bytes(), ..Response::default() };
    centre(&workspace()).read(list, page, &BTreeMap::new(), &response).unwrap()
}

/// As the vendor's documentation shows one.
fn article(more: &Value) -> Value {
    let mut article = json!({ "id": "39", "type": "article", "workspace_id": "w", "parent_id": 143, "title": "Seal a ledger", "description": "",
        "body": "<p>Seal it.</p>", "author_id": 991_267_492, "state": "published", "created_at": 1_734_537_283, "updated_at": 1_734_537_283,
        "url": "https://help.example/en/articles/39-seal" });
    article.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    article
}

#[test]
fn published_ones_are_for_customers_and_never_taken_for_everybodys() {
    let body = json!({ "type": "list", "total_count": 3, "pages": { "type": "pages", "page": 1, "per_page": 50, "total_pages": 2 },
        "data": [article(&json!({})), article(&json!({ "id": "40", "state": "draft" })), article(&json!({ "id": 41, "state": null })), { "title": "no id" }] });
    let leaf = leaf("articles", None, &body);
    let read: Vec<_> = leaf.articles.iter().map(|read| (read.article.path.as_str(), read.article.audience)).collect();
    assert_eq!(
        read,
        [("articles/39", Audience::Customer), ("articles/40", Audience::Internal), ("articles/41", Audience::Internal)]
    );
    assert_eq!((leaf.bad.len(), leaf.count, leaf.by_change, leaf.next.as_deref()), (1, Some(3), true, Some("2")));
    assert_eq!(leaf.articles[0].article.url.as_deref(), Some("https://help.example/en/articles/39-seal"));
    assert_eq!(leaf.articles[0].at.map(|at| at.0), Some(1_734_537_283_000));
}

#[test]
fn the_teams_own_are_counted_by_themselves_and_end_with_their_last_page() {
    let body = json!({ "pages": { "page": 2, "total_pages": 2 }, "total_count": 60,
        "data": [{ "id": "39", "title": "Keys", "body": "x", "locale": "en" }] });
    let leaf = leaf("internal_articles", Some("2"), &body);
    let article = &leaf.articles[0].article;
    assert_eq!((article.path.as_str(), article.audience), ("articles/internal-39", Audience::Internal));
    assert_eq!((leaf.next, leaf.by_change), (None, false));
    assert_eq!(centre(&workspace()).ask("internal_articles", Some("2")).path, "/internal_articles?page=2&per_page=50");
    assert!(!centre(&workspace()).needs("internal_articles", 404));
}
