use super::*;
use serde_json::{Value, json};

const CATEGORIES: &str = include_str!("../../../../tests/recorded/freshdesk/solution_categories.json");
const FOLDERS: &str = include_str!("../../../../tests/recorded/freshdesk/solution_folders.json");
const ARTICLES: &str = include_str!("../../../../tests/recorded/freshdesk/solution_articles.json");

fn desk() -> Freshdesk {
    Freshdesk::at(&Site::parse("https://acme.freshdesk.com", false).unwrap())
}

/// As the walk of articles sees it.
fn centre(desk: &Freshdesk) -> &dyn Centre {
    desk
}

fn leaf(list: &str, body: &str) -> Leaf {
    let response = Response { status: 200, body: body.into(), ..Response::default() };
    centre(&desk()).read(list, None, &BTreeMap::new(), &response).unwrap()
}

#[test]
fn recorded_categories_lead_to_folders_and_folders_to_articles() {
    assert_eq!(leaf("categories", CATEGORIES).lists, ["folders 2"]);
    assert_eq!(
        centre(&desk()).ask("folders 2", None).path,
        "/api/v2/solutions/categories/2/folders?per_page=100&page=1"
    );
    // The recording does not say for whom the folder is: so it is the team's.
    assert_eq!(leaf("folders 2", FOLDERS).lists, ["articles 3 internal"]);
    let asked = centre(&desk()).ask("articles 3 internal", Some("2"));
    assert_eq!(
        (asked.path.as_str(), asked.purpose),
        ("/api/v2/solutions/folders/3/articles?per_page=100&page=2", "articles")
    );
    let leaf = leaf("articles 3 internal", ARTICLES);
    let article = &leaf.articles[0].article;
    assert_eq!((article.path.as_str(), article.title.as_str()), ("articles/4", "Changing account details"));
    assert!(article.body.contains("<b>account details</b>"));
    assert_eq!(article.url.as_deref(), Some("https://acme.freshdesk.com/a/solutions/articles/4"));
    assert_eq!((article.audience, article.confidence.as_str(), leaf.next), (Audience::Internal, "validated", None));
}

#[test]
fn a_folder_says_for_whom_its_articles_are_and_a_draft_is_for_nobody_outside() {
    let folder = |visibility: Value| {
        leaf("folders 2", &json!([{ "id": 3, "visibility": visibility }]).to_string()).lists.remove(0)
    };
    for (visibility, list) in [
        (json!(1), "articles 3 public"),
        (json!(2), "articles 3 customer"),
        (json!(3), "articles 3 internal"),
        (json!(4), "articles 3 internal"),
        (json!(9), "articles 3 internal"),
        (json!("1"), "articles 3 internal"),
        (json!(null), "articles 3 internal"),
    ] {
        assert_eq!(folder(visibility), list);
    }
    let read = |status: Value| {
        let body = json!([{ "id": 4, "title": "T", "description": "<p>x</p>", "status": status }]).to_string();
        let leaf = leaf("articles 3 public", &body);
        (leaf.articles[0].article.audience, leaf.articles[0].article.confidence.clone())
    };
    assert_eq!(read(json!(2)), (Audience::Public, "validated".into()));
    assert_eq!(read(json!(1)), (Audience::Internal, "work_in_progress".into()));
    assert_eq!(read(json!(null)).0, Audience::Internal);
}

#[test]
fn folders_in_folders_are_followed_and_never_for_ever() {
    let nested = json!([{ "id": 5, "visibility": 1, "sub_folders_count": 2 }]).to_string();
    assert_eq!(leaf("folders 2", &nested).lists, ["articles 5 public", "below 5 1"]);
    assert_eq!(
        centre(&desk()).ask("below 5 1", None).path,
        "/api/v2/solutions/folders/5/subfolders?per_page=100&page=1"
    );
    assert_eq!(leaf("below 5 5", &nested).lists, ["articles 5 public"]);
}
