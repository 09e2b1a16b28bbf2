use super::*;
use domain::Audience;
use serde_json::{Value, json};

fn desk() -> Zendesk {
    Zendesk::at(&Site::parse("https://acme.zendesk.com", false).unwrap())
}

/// The desk as the walk of articles sees it.
fn centre(desk: &Zendesk) -> &dyn Centre {
    desk
}

fn told(body: &Value) -> Response {
    Response { status: 200, body: body.to_string().into_bytes(), ..Response::default() }
}

fn article(id: u64, more: &Value) -> Value {
    let mut article = json!({ "id": id, "title": "Seal a ledger", "body": "<p>Seal it.</p>", "draft": false, "user_segment_id": null,
        "html_url": format!("https://acme.zendesk.com/hc/en-us/articles/{id}-Seal"), "created_at": "2026-01-01T00:00:00Z",
        "updated_at": "2026-01-02T00:00:00Z", "edited_at": "2026-01-03T00:00:00Z" });
    article.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    article
}

#[test]
fn the_newest_are_asked_for_by_both_stamps_and_all_of_them_with_a_cursor() {
    let path = |list, page| centre(&desk()).ask(list, page).path;
    assert_eq!(
        path("edited_at", None),
        "/api/v2/help_center/articles.json?sort_by=edited_at&sort_order=desc&per_page=100"
    );
    assert_eq!(
        path("articles", Some("abc=")),
        "/api/v2/help_center/articles.json?page%5Bsize%5D=100&page%5Bafter%5D=abc%3D"
    );
    assert!(path("updated_at", Some("2")).ends_with("page=2"));
    let body = json!({ "articles": [], "count": 230, "next_page": "https://elsewhere.example/?page=2" });
    let leaf = centre(&desk()).read("updated_at", None, &BTreeMap::new(), &told(&body)).unwrap();
    assert_eq!(
        (leaf.next.as_deref(), leaf.count, leaf.by_change),
        (Some("2"), Some(230), true),
        "the number, never the address"
    );
    let body = json!({ "articles": [], "meta": { "has_more": true, "after_cursor": "next=" } });
    let leaf = centre(&desk()).read("articles", None, &BTreeMap::new(), &told(&body)).unwrap();
    assert_eq!((leaf.next.as_deref(), leaf.count), (Some("next="), None));
}

#[test]
fn only_what_is_said_to_be_for_everybody_is_and_drafts_and_closed_centres_are_the_teams() {
    let segments = json!({ "user_segments": [
        { "id": 1, "user_type": "signed_in_users", "tags": [], "or_tags": [], "group_ids": [], "organization_ids": [] },
        { "id": 2, "user_type": "signed_in_users", "tags": ["vip"] },
        { "id": 3, "user_type": "staff" } ] });
    let brands = json!({ "brands": [
        { "brand_url": "https://acme.zendesk.com", "help_center_state": "enabled" },
        { "brand_url": "https://new.zendesk.com", "host_mapping": "help.new.example", "help_center_state": "restricted" } ] });
    let mut known = BTreeMap::new();
    known.extend(centre(&desk()).read("segments", None, &BTreeMap::new(), &told(&segments)).unwrap().known);
    known.extend(centre(&desk()).read("brands", None, &BTreeMap::new(), &told(&brands)).unwrap().known);
    let read = |known: &BTreeMap<String, String>, more: Value| {
        let body = json!({ "articles": [article(7, &more)] });
        let leaf = centre(&desk()).read("articles", None, known, &told(&body)).unwrap();
        (leaf.articles[0].article.audience, leaf.articles[0].article.confidence.clone())
    };
    let validated = |audience| (audience, "validated".to_owned());
    for (more, audience) in [
        (json!({}), Audience::Public),
        (json!({ "user_segment_id": 1 }), Audience::Customer),
        (json!({ "user_segment_id": 2 }), Audience::Internal),
        (json!({ "user_segment_id": 3 }), Audience::Internal),
        (json!({ "user_segment_id": 4 }), Audience::Internal),
        (json!({ "user_segment_id": 1, "user_segment_ids": [1, 3] }), Audience::Internal),
        (json!({ "user_segment_ids": [1] }), Audience::Customer),
        (json!({ "html_url": "https://help.new.example/hc/articles/7" }), Audience::Internal),
    ] {
        assert_eq!(read(&known, more.clone()), validated(audience), "{more}");
    }
    assert_eq!(read(&known, json!({ "draft": true })), (Audience::Internal, "work_in_progress".into()));
    assert_eq!(
        read(&BTreeMap::new(), json!({ "user_segment_id": 1 })).0,
        Audience::Internal,
        "nobody could say who that is"
    );
    // Not said at all is not said to be for everybody.
    let mut silent = article(7, &json!({}));
    silent.as_object_mut().unwrap().remove("user_segment_id");
    let leaf = centre(&desk()).read("articles", None, &known, &told(&json!({ "articles": [silent] }))).unwrap();
    assert_eq!(leaf.articles[0].article.audience, Audience::Internal);
}

#[test]
fn a_bad_article_costs_itself_alone_and_a_bad_address_is_none() {
    let body = json!({ "articles": [
        article(1, &json!({ "html_url": "javascript:alert(1)" })), { "title": "No id" }, article(2, &json!({ "created_at": "soon" })),
        { "id": 3 } ] });
    let leaf = centre(&desk()).read("articles", None, &BTreeMap::new(), &told(&body)).unwrap();
    assert_eq!((leaf.articles.len(), leaf.bad.len()), (2, 2));
    assert_eq!(
        (leaf.articles[0].article.url.as_deref(), leaf.articles[1].article.audience),
        (None, Audience::Internal)
    );
    assert_eq!(leaf.articles[0].at, Some(domain::Millis::parse("2026-01-03T00:00:00Z").unwrap()));
}
