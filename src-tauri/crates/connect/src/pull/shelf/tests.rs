use super::*;
use domain::{Article as Text, Audience};
use std::sync::Mutex;

/// A help centre in memory: `id, made, changed`, which is asked as the walk would ask it.
struct Shelf {
    site: Site,
    articles: Mutex<Vec<(u32, i64, i64)>>,
    readers: Mutex<String>,
    asked: Mutex<Vec<String>>,
    now: Mutex<i64>,
}

const PAGE: usize = 3;

impl Shelf {
    fn holding(articles: &[(u32, i64, i64)]) -> Self {
        Self {
            site: Site::parse("https://help.example", false).unwrap(),
            articles: Mutex::new(articles.to_vec()),
            readers: Mutex::new("all".into()),
            asked: Mutex::default(),
            now: Mutex::new(1_767_000_000),
        }
    }

    fn set(&self, articles: &[(u32, i64, i64)]) {
        *self.articles.lock().unwrap() = articles.to_vec();
    }

    fn answer(&self) -> Response {
        let now =
            std::time::UNIX_EPOCH + std::time::Duration::from_secs(u64::try_from(*self.now.lock().unwrap()).unwrap());
        Response { status: 200, headers: vec![("date".into(), httpdate::fmt_http_date(now))], ..Response::default() }
    }

    /// A whole run: what changed, what is there (where that was said), and how many requests it took.
    fn run(&self, cursor: &mut Option<Cursor>) -> (Vec<String>, Option<Vec<String>>, usize) {
        self.run_until(cursor, &|_| {})
    }

    fn run_until(
        &self,
        cursor: &mut Option<Cursor>,
        after: &dyn Fn(usize),
    ) -> (Vec<String>, Option<Vec<String>>, usize) {
        let (mut new, mut there) = (Vec::new(), None);
        for requests in 1..100 {
            let request = request(self, cursor.as_ref());
            self.asked.lock().unwrap().push(request.path.clone());
            let page = read(self, cursor.as_ref(), &self.answer()).unwrap();
            for change in page.changes {
                match change {
                    Change::Article(article) => new.push(article.id),
                    Change::Shelf { paths } => there = Some(paths),
                    other => panic!("{other:?}"),
                }
            }
            *cursor = page.next;
            after(requests);
            if !page.more {
                return (new, there, requests);
            }
        }
        panic!("it never ends");
    }
}

impl Centre for Shelf {
    fn site(&self) -> &Site {
        &self.site
    }

    fn news(&self) -> &'static [&'static str] {
        &["readers", "newest"]
    }

    fn whole(&self) -> &'static [&'static str] {
        &["all"]
    }

    fn needs(&self, list: &str, _: u16) -> bool {
        list != "readers"
    }

    fn ask(&self, list: &str, page: Option<&str>) -> Request {
        Request { path: format!("/{list}?{}", page.unwrap_or("0")), purpose: "articles", ..Request::default() }
    }

    fn read(
        &self,
        list: &str,
        page: Option<&str>,
        _: &BTreeMap<String, String>,
        _: &Response,
    ) -> Result<Leaf, Failure> {
        let mut leaf = Leaf::default();
        if list == "readers" {
            leaf.known.push(("readers".into(), self.readers.lock().unwrap().clone()));
            return Ok(leaf);
        }
        let mut all = self.articles.lock().unwrap().clone();
        if list == "newest" {
            all.sort_by_key(|(_, _, changed)| -changed);
        }
        let from: usize = page.map_or(0, |page| page.parse().unwrap());
        leaf.articles = all
            .iter()
            .skip(from)
            .take(PAGE)
            .map(|(id, made, changed)| Article {
                article: Text {
                    path: format!("articles/{id}"),
                    id: id.to_string(),
                    title: String::new(),
                    body: String::new(),
                    resolution: String::new(),
                    product: None,
                    components: Vec::new(),
                    confidence: "validated".into(),
                    audience: Audience::Public,
                    url: None,
                    created_at: None,
                    updated_at: None,
                },
                created: Some(Millis(made * 1_000_000)),
                at: Some(Millis(changed * 1_000_000)),
            })
            .collect();
        (leaf.count, leaf.by_change) = (Some(all.len() as u64), list == "newest");
        leaf.next = (from + PAGE < all.len()).then(|| (from + PAGE).to_string());
        Ok(leaf)
    }
}

const SEVEN: [(u32, i64, i64); 7] =
    [(1, 1, 11), (2, 2, 12), (3, 3, 13), (4, 4, 14), (5, 5, 15), (6, 6, 16), (7, 7, 17)];

#[test]
fn a_first_run_lists_everything_and_a_quiet_one_asks_for_one_page_of_news() {
    let shelf = Shelf::holding(&SEVEN);
    let mut cursor = None;
    let (new, there, requests) = shelf.run(&mut cursor);
    assert_eq!(
        (&new[..3], new.len(), requests),
        (&["7".to_owned(), "6".into(), "5".into()][..], 10, 5),
        "the newest first"
    );
    assert_eq!(there.unwrap().len(), 7);
    let (_, there, requests) = shelf.run(&mut cursor);
    assert_eq!((there, requests), (None, 2), "who may read, and the newest");
}

#[test]
fn what_was_edited_comes_with_the_news_and_what_is_deleted_is_missing_in_the_same_run() {
    let shelf = Shelf::holding(&SEVEN);
    let mut cursor = None;
    shelf.run(&mut cursor);
    let mut now = SEVEN.to_vec();
    now[0].2 = 20;
    shelf.set(&now);
    let (new, there, requests) = shelf.run(&mut cursor);
    assert_eq!((new.first().map(String::as_str), there, requests), (Some("1"), None, 2));
    now.remove(3);
    shelf.set(&now);
    let (_, there, _) = shelf.run(&mut cursor);
    assert_eq!(there.unwrap().len(), 6, "there are fewer, so that all were listed");
    // One goes and one comes: as many as before are not the same.
    now[0] = (9, 30, 30);
    shelf.set(&now);
    let (_, there, _) = shelf.run(&mut cursor);
    assert!(there.unwrap().contains(&"articles/9".to_owned()));
    assert_eq!(shelf.run(&mut cursor).2, 2, "and that is all");
}

#[test]
fn everything_is_listed_again_where_other_people_may_read_and_once_a_day() {
    let shelf = Shelf::holding(&SEVEN);
    let mut cursor = None;
    shelf.run(&mut cursor);
    *shelf.readers.lock().unwrap() = "staff".into();
    let (new, there, _) = shelf.run(&mut cursor);
    assert!(there.is_some() && new.len() >= 7, "each is read by the new rule");
    assert!(shelf.run(&mut cursor).1.is_none());
    *shelf.now.lock().unwrap() += 86_401;
    assert!(shelf.run(&mut cursor).1.is_some());
}

#[test]
fn a_listing_that_something_leaves_meanwhile_begins_anew_and_takes_nobody_for_gone() {
    let shelf = Shelf::holding(&SEVEN);
    let mut cursor = None;
    // After the first page of the listing the first article goes: what was fourth is third, and would be passed over.
    let (new, there, _) = shelf.run_until(&mut cursor, &|requests| {
        if requests == 3 {
            shelf.set(&SEVEN[1..]);
        }
    });
    let there = there.unwrap();
    assert_eq!(there.len(), 6, "{there:?}");
    assert!(there.contains(&"articles/4".to_owned()) && new.contains(&"4".to_owned()));

    // It never holds still: nobody is taken for gone in this run, and the next one lists it again.
    let many: Vec<_> = (1..=60).map(|id| (id, 1, 1)).collect();
    shelf.set(&many);
    let left = Mutex::new(many);
    let (_, there, _) = shelf.run_until(&mut cursor, &|_| {
        left.lock().unwrap().remove(0);
        shelf.set(&left.lock().unwrap());
    });
    assert_eq!(there, None);
    assert!(shelf.run(&mut cursor).1.is_some());
}

#[test]
fn a_help_centre_that_is_closed_or_gone_leaves_nothing_and_says_why_where_it_was_refused() {
    let shelf = Shelf::holding(&SEVEN);
    let mut cursor = None;
    shelf.run(&mut cursor);
    let refused = |status| Response { status, body: br#"{"message":"no"}"#.to_vec(), ..Response::default() };
    // Who may not read the readers reads on.
    let page = read(&shelf, cursor.as_ref(), &refused(403)).unwrap();
    assert!(page.more && page.closed.is_none() && page.changes.is_empty());
    let page = read(&shelf, page.next.as_ref(), &refused(403)).unwrap();
    assert_eq!(page.changes, [Change::Shelf { paths: Vec::new() }]);
    assert!(!page.more && page.closed.is_some());
    let mut cursor = page.next;
    let page = read(&shelf, read(&shelf, None, &shelf.answer()).unwrap().next.as_ref(), &refused(404)).unwrap();
    assert!(page.closed.is_none() && page.changes.len() == 1);
    assert_eq!(shelf.run(&mut cursor).1.map(|there| there.len()), Some(7), "it comes back as it went");
}

#[test]
fn a_run_that_was_cut_off_goes_on_at_the_page_where_it_was() {
    let shelf = Shelf::holding(&SEVEN);
    let mut cursor = None;
    for _ in 0..3 {
        cursor = read(&shelf, cursor.as_ref(), &shelf.answer()).unwrap().next;
    }
    assert_eq!(request(&shelf, cursor.as_ref()).path, "/all?3");
    let (_, there, requests) = shelf.run(&mut cursor);
    assert_eq!((there.unwrap().len(), requests), (7, 2));
}
