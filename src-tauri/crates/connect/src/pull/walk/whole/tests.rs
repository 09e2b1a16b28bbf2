use crate::{
    http::{Response, Site},
    pull::{Connector, StreamPage, github::Github, walk::Walk},
};
use domain::{Change, Cursor};
use serde_json::{Value, json};

const STREAM: &str = "whole releases";
const NEXT: (&str, &str) = ("link", r#"<https://api.github.com/repositories/7/releases?page=2>; rel="next""#);
const MONDAY: (&str, &str) = ("date", "Mon, 02 Feb 2026 10:00:00 GMT");
const TUESDAY: (&str, &str) = ("date", "Tue, 03 Feb 2026 10:00:01 GMT");
const TAG: (&str, &str) = ("etag", "\"a\"");

fn walk() -> Walk<Github> {
    Walk(Github::at(&Site::parse("https://github.com/acme/ledger", false).unwrap()).unwrap())
}

fn release(number: u64) -> Value {
    json!({ "id": number, "tag_name": format!("v1.{number}"), "published_at": "2026-01-01T00:00:00Z" })
}

fn told(status: u16, numbers: impl IntoIterator<Item = u64>, headers: &[(&str, &str)]) -> Response {
    let body = Value::from_iter(numbers.into_iter().map(release)).to_string().into_bytes();
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Response { status, headers, body }
}

fn read(cursor: Option<&Cursor>, response: &Response) -> StreamPage {
    walk().read(STREAM, cursor, response).unwrap()
}

fn asked(cursor: Option<&Cursor>) -> (String, bool) {
    let request = walk().request(STREAM, cursor);
    let tagged = request.headers.iter().any(|(name, _)| *name == "if-none-match");
    (request.path.replace("/repos/acme/ledger", ""), tagged)
}

fn versions(page: &StreamPage) -> Vec<&str> {
    let read = page.changes.iter().filter_map(|change| match change {
        Change::Release(release) => Some(release.version.as_str()),
        _ => None,
    });
    read.collect()
}

fn left(page: &StreamPage) -> Option<usize> {
    page.changes.iter().find_map(|change| match change {
        Change::Releases { ids, .. } => Some(ids.len()),
        _ => None,
    })
}

/// Two pages, read to their end.
fn two_pages() -> Option<Cursor> {
    let first = read(None, &told(200, (2..=101).rev(), &[NEXT, MONDAY, TAG]));
    assert_eq!((first.more, left(&first)), (true, None));
    assert_eq!(asked(first.next.as_ref()), ("/releases?per_page=100&page=2".into(), false));
    let last = read(first.next.as_ref(), &told(200, [1], &[MONDAY]));
    assert_eq!((last.more, left(&last)), (false, Some(101)), "all of it was read: what else was there is gone");
    last.next
}

#[test]
fn nothing_new_costs_one_request_that_is_answered_in_a_word() {
    let known = two_pages();
    assert_eq!(asked(known.as_ref()), ("/releases?per_page=100&page=1".into(), true));
    let again = read(known.as_ref(), &told(304, [], &[MONDAY]));
    assert_eq!((again.more, again.changes.len()), (false, 0));
    assert_eq!(again.next, known);
}

#[test]
fn what_is_new_is_read_down_to_what_is_known_and_nothing_is_told_gone() {
    let known = two_pages();
    let page = read(known.as_ref(), &told(200, (3..=102).rev(), &[NEXT, MONDAY, ("etag", "\"b\"")]));
    assert_eq!((page.more, versions(&page)[0], left(&page)), (false, "v1.102", None));
    assert_eq!(asked(page.next.as_ref()), ("/releases?per_page=100&page=1".into(), true));
}

#[test]
fn after_a_day_all_of_it_is_read_again_and_what_is_gone_behind_the_first_page_is_told() {
    let known = two_pages();
    let page = read(known.as_ref(), &told(304, [], &[TUESDAY]));
    assert!(page.more);
    assert_eq!(asked(page.next.as_ref()), ("/releases?per_page=100&page=1".into(), false), "as if nothing were known");
    let first = read(page.next.as_ref(), &told(200, (2..=101).rev(), &[NEXT, TUESDAY, TAG]));
    assert!(first.more, "what is known is passed");
    let last = read(first.next.as_ref(), &told(200, [], &[TUESDAY]));
    assert_eq!((last.more, left(&last)), (false, Some(100)));
    let again = read(last.next.as_ref(), &told(304, [], &[TUESDAY]));
    assert!(!again.more, "until another day has passed");
}

#[test]
fn a_list_of_one_page_is_never_read_again_while_its_tag_holds() {
    let only = read(None, &told(200, [2, 1], &[MONDAY, TAG]));
    assert_eq!((only.more, left(&only)), (false, Some(2)));
    assert!(!read(only.next.as_ref(), &told(304, [], &[TUESDAY])).more);
    let fewer = read(only.next.as_ref(), &told(200, [2], &[TUESDAY, TAG]));
    assert_eq!(left(&fewer), Some(1), "one was deleted");
}

#[test]
fn a_server_that_has_no_such_list_or_never_ends_it_is_left_in_peace() {
    let none = read(None, &told(404, [], &[]));
    assert_eq!((none.more, none.changes.len()), (false, 0));
    let first = read(None, &told(200, 1..=100, &[NEXT]));
    let same = read(first.next.as_ref(), &told(200, 1..=100, &[NEXT]));
    assert!(first.more && !same.more, "the same page again is the end");
    let smaller = walk().smaller(STREAM, first.next.as_ref());
    assert_eq!(asked(smaller.as_ref()), ("/releases?per_page=50&page=1".into(), false));
}

#[test]
fn tags_stand_in_order_of_their_names_so_that_all_are_read_when_any_is_another() {
    let tag = |name: &str| json!({ "name": name, "commit": { "sha": "99d03678b90d914dbb1b109132516d71a4a03ea8" } });
    let page = |names: &[&str], headers: &[(&str, &str)]| {
        let body = Value::from_iter(names.iter().map(|name| tag(name))).to_string().into_bytes();
        Response { body, ..told(200, [], headers) }
    };
    let read = |cursor: Option<&Cursor>, response: &Response| walk().read("whole tags", cursor, response).unwrap();
    let first = read(None, &page(&["v1.9", "v1.8"], &[NEXT, MONDAY]));
    let last = read(first.next.as_ref(), &page(&["v1.1"], &[MONDAY]));
    let Change::Release(told) = &first.changes[0] else { panic!("{first:?}") };
    assert_eq!((told.version.as_str(), told.commit.as_deref().map(str::len), told.at), ("v1.9", Some(40), None));
    assert!(read(last.next.as_ref(), &page(&["v1.9", "v1.8"], &[NEXT, MONDAY])).more, "v1.10 may stand behind them");
}

#[test]
fn a_cursor_from_nowhere_is_the_beginning() {
    for cursor in ["", "{", "[1]", r#"{"skip":18446744073709551615,"size":0}"#] {
        let cursor = Cursor(cursor.to_owned());
        assert!(asked(Some(&cursor)).0.starts_with("/releases?per_page="), "{cursor:?}");
        let _ = walk().read(STREAM, Some(&cursor), &told(200, [1], &[]));
    }
}

#[test]
fn what_may_not_be_read_of_one_record_is_told_and_the_list_goes_on() {
    let stream = "whole deployments";
    let list = json!([{ "id": 5, "ref": "v1", "environment": "production", "updated_at": "2026-01-01T00:00:00Z" },
                      { "id": 6, "ref": "v2", "environment": "production", "updated_at": "2026-01-02T00:00:00Z" }]);
    let answer = |status, body: &Value| Response { status, body: body.to_string().into_bytes(), ..Response::default() };
    let listed = walk().read(stream, None, &answer(200, &list)).unwrap();
    let refused = walk().read(stream, listed.next.as_ref(), &answer(403, &json!({ "message": "no" }))).unwrap();
    let told = refused.detail.unwrap();
    assert_eq!((told.what, told.refused.unwrap().code(), refused.more), ("deploys", "access_denied", true));
    let read = walk().read(
        stream,
        refused.next.as_ref(),
        &answer(200, &json!([{ "state": "success", "created_at": "2026-01-02T00:00:00Z" }])),
    );
    let read = read.unwrap();
    assert_eq!(
        (versions(&read), read.more, read.detail.as_ref().unwrap().refused.is_none()),
        (vec!["v2"], false, true)
    );
}

#[test]
fn a_list_whose_place_the_server_forgot_is_read_from_its_beginning() {
    let site = Site::parse("https://acme.sentry.io", false).unwrap();
    let walk = Walk(crate::pull::sentry::Sentry::at(&site).unwrap());
    let page = |numbers: &[u64], next: Option<&str>| {
        let body: Vec<Value> = numbers
            .iter()
            .map(|n| json!({ "version": format!("v1.{n}"), "projects": [{ "name": "ledger" }], "dateCreated": "2026-01-01T00:00:00Z" }))
            .collect();
        let link = next
            .map(|cursor| format!(r#"<https://x/?cursor={cursor}>; rel="next"; results="true"; cursor="{cursor}""#));
        let headers = link.map(|link| ("link".to_owned(), link)).into_iter().collect();
        Response { status: 200, headers, body: json!(body).to_string().into_bytes() }
    };
    let path = |cursor: Option<&Cursor>| walk.request(STREAM, cursor).path;
    let first = walk.read(STREAM, None, &page(&[3, 2], Some("0:2:0"))).unwrap();
    assert!(path(first.next.as_ref()).ends_with("&cursor=0%3A2%3A0"), "{}", path(first.next.as_ref()));
    let forgotten = Response { status: 400, body: br#"{"detail":"Invalid cursor"}"#.to_vec(), ..Response::default() };
    let again = walk.read(STREAM, first.next.as_ref(), &forgotten).unwrap();
    assert!(again.more && again.changes.is_empty() && !path(again.next.as_ref()).contains("cursor="));
    let first = walk.read(STREAM, again.next.as_ref(), &page(&[4, 3], Some("0:2:0"))).unwrap();
    let last = walk.read(STREAM, first.next.as_ref(), &page(&[2], None)).unwrap();
    assert_eq!((last.more, left(&last)), (false, Some(3)), "and whatever is gone of it is told");
}
