use super::{
    super::listed::{Detail, Todo, each},
    *,
};
use serde_json::{Value, json};
use std::sync::Mutex;

/// A server in memory, with the faults that servers have.
#[derive(Default)]
struct Shelf {
    records: Mutex<Vec<(u64, i64)>>,
    reach: Option<Reach>,
    /// Whole pages are turned.
    paged: bool,
    deaf: bool,
    /// No `date` header.
    dateless: bool,
    asked: Mutex<Vec<String>>,
    site: Option<Site>,
}

impl Shelf {
    /// So many records, a little more than a minute apart.
    fn with(records: u64) -> Walk<Self> {
        let records = (1..=records).map(|id| (id, 1_700_000_000 + 61 * i64::try_from(id).unwrap())).collect();
        Walk(Self {
            records: Mutex::new(records),
            site: Some(Site::parse("https://shelf.example", false).unwrap()),
            ..Self::default()
        })
    }

    fn touch(&self, id: u64, at: i64) {
        let mut records = self.records.lock().unwrap();
        records.retain(|(other, _)| *other != id);
        records.push((id, at));
    }

    /// What the server says to a request.
    fn answer(&self, request: &Request) -> Response {
        self.asked.lock().unwrap().push(request.path.clone());
        let headers = if self.dateless {
            Vec::new()
        } else {
            vec![("date".to_owned(), "Sat, 01 Jan 2028 00:00:00 GMT".to_owned())]
        };
        let get = |name: &str| {
            request.path.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')?.parse::<i64>().ok())
        };
        if request.path.starts_with("detail") {
            return Response { status: 200, headers, body: request.path.clone().into_bytes() };
        }
        let mut records = self.records.lock().unwrap().clone();
        if !self.deaf {
            records
                .retain(|(_, at)| get("from").is_none_or(|from| *at >= from) && get("to").is_none_or(|to| *at <= to));
            records.retain(|(id, _)| get("below").is_none_or(|below| i64::try_from(*id).unwrap() < below));
        }
        match get("order").unwrap() {
            0 => records.sort_by_key(|(id, at)| (*at, *id)),
            1 => records.sort_by_key(|(id, at)| std::cmp::Reverse((*at, *id))),
            2 => records.sort_by_key(|(id, _)| *id),
            _ => records.sort_by_key(|(id, _)| std::cmp::Reverse(*id)),
        }
        let (skip, size) = (get("skip").unwrap(), get("size").unwrap());
        let skip = if self.paged { skip / size * size } else { skip };
        assert!(self.reach != Some(Reach::Since) || get("to").is_none(), "it knows no end");
        let total = records.len();
        let skip = if self.deaf { 0 } else { usize::try_from(skip).unwrap() };
        let page: Vec<Value> = records
            .into_iter()
            .skip(skip)
            .take(usize::try_from(size).unwrap())
            .map(|(id, at)| json!({ "id": id, "at": at }))
            .collect();
        Response { status: 200, headers, body: json!({ "page": page, "total": total }).to_string().into_bytes() }
    }
}

impl Listed for Shelf {
    fn site(&self) -> &Site {
        self.site.as_ref().unwrap()
    }

    fn default_name(&self) -> String {
        "shelf".into()
    }

    fn authorization(&self, token: &SecretString) -> SecretString {
        token.clone()
    }

    fn page_size(&self) -> usize {
        20
    }

    fn reach(&self) -> Reach {
        self.reach.unwrap_or(Reach::Window)
    }

    fn counts_pages(&self) -> bool {
        self.paged
    }

    fn list(&self, window: &Window, purpose: &'static str) -> Request {
        let order = match window.order {
            Order::Oldest => 0,
            Order::Newest => 1,
            Order::Created => 2,
            Order::LastCreated => 3,
        };
        let mut path = format!("list&order={order}&skip={}&size={}", window.skip, window.size);
        let seconds = |at: Millis| at.0.div_euclid(1000);
        path += &window.from.map(|from| format!("&from={}", seconds(from))).unwrap_or_default();
        path += &window.to.map(|to| format!("&to={}", seconds(to))).unwrap_or_default();
        path += &window.below.map(|below| format!("&below={below}")).unwrap_or_default();
        Request { path, purpose, ..Request::default() }
    }

    fn listed(&self, window: &Window, response: &Response) -> Result<Listing, Failure> {
        let body: Value = serde_json::from_slice(&response.body).unwrap();
        let texts: Vec<String> = body["page"].as_array().unwrap().iter().map(Value::to_string).collect();
        let raws: Vec<Box<serde_json::value::RawValue>> =
            texts.into_iter().map(|text| serde_json::value::RawValue::from_string(text).unwrap()).collect();
        let mut listing = Listing { total: body["total"].as_u64(), ..Listing::default() };
        each(&raws.iter().map(|raw| &**raw).collect::<Vec<_>>(), &mut listing, |record, changes| {
            let record: Value = serde_json::from_str(record).unwrap();
            let id = record["id"].to_string();
            changes.push(Change::Delete { ticket: id.clone() });
            Ok(Seen { todo: Some(Todo::of(&id)), id, at: Millis(record["at"].as_i64().unwrap() * 1000) })
        });
        listing.more = listing.total.map(|total| window.skip + listing.held < usize::try_from(total).unwrap());
        Ok(listing)
    }

    fn detail(&self, todo: &Todo) -> Request {
        Request { path: format!("detail&id={}", todo.id), ..Request::default() }
    }

    fn detailed(&self, _: &Todo, _: &Response) -> Result<Detail, Failure> {
        Ok(Detail::default())
    }

    fn test(&self) -> Request {
        Request::default()
    }

    fn tested(&self, _: &Response) -> Result<Found, Failure> {
        unreachable!("nobody tests it")
    }

    fn one(&self, _: &str) -> Request {
        Request::default()
    }

    fn found(&self, _: &str, _: &Response) -> Result<Fate, Failure> {
        Ok(Fate::Gone)
    }
}

/// How a source stands between runs.
#[derive(Default)]
struct Run {
    changes: Option<Cursor>,
    history: Option<Cursor>,
    /// Ids as they were listed.
    listed: Vec<String>,
}

impl Run {
    /// One stream to its end, at most `pages` of it; `between` happens after each page.
    fn read(
        &mut self,
        walk: &Walk<Shelf>,
        stream: &str,
        pages: usize,
        mut between: impl FnMut(usize),
    ) -> Result<bool, Failure> {
        for number in 0..pages {
            let cursor = if stream == "history" { &mut self.history } else { &mut self.changes };
            if walk.is_over(stream, cursor.as_ref()) {
                return Ok(true);
            }
            let response = walk.0.answer(&walk.request(stream, cursor.as_ref()));
            let page = walk.read(stream, cursor.as_ref(), &response)?;
            *cursor = page.next;
            self.listed.extend(page.changes.into_iter().map(|change| match change {
                Change::Delete { ticket } => ticket,
                other => panic!("{other:?}"),
            }));
            if !page.more {
                return Ok(true);
            }
            between(number);
        }
        Ok(false)
    }

    fn all(&mut self, walk: &Walk<Shelf>) {
        for stream in walk.streams() {
            assert!(self.read(walk, stream, 10_000, |_| {}).unwrap(), "{stream} does not end");
        }
    }

    fn different(&self) -> usize {
        let mut ids = self.listed.clone();
        ids.sort();
        ids.dedup();
        ids.len()
    }
}

fn lists(walk: &Walk<Shelf>) -> usize {
    walk.0.asked.lock().unwrap().iter().filter(|path| path.starts_with("list")).count()
}

fn details(walk: &Walk<Shelf>) -> usize {
    walk.0.asked.lock().unwrap().iter().filter(|path| path.starts_with("detail")).count()
}

#[test]
fn the_newest_comes_first_and_history_is_read_once() {
    let walk = Shelf::with(95);
    let mut run = Run::default();
    run.all(&walk);
    assert_eq!((run.listed[0].as_str(), run.different()), ("95", 95));
    assert_eq!(details(&walk), 95 + 1, "every record is looked at once, and the newest once more");
    // One that says where now is, five pages (each begins at the edge of the one before), and what changed meanwhile.
    assert!(lists(&walk) <= 1 + 6 + 4, "{:?}", walk.0.asked.lock().unwrap());
    let before = walk.0.asked.lock().unwrap().len();
    assert!(walk.is_over("history", run.history.as_ref()));
    run.all(&walk);
    let asked = walk.0.asked.lock().unwrap().len() - before;
    assert!(asked <= 8, "nothing new costs the overlap and no more: {asked}");
}

#[test]
fn history_is_read_in_stretches_where_a_server_can_be_asked_since_a_moment_alone() {
    let mut walk = Shelf::with(0);
    walk.0.reach = Some(Reach::Since);
    // Years of nothing, a year of a few, and a busy week.
    for id in 1..=40 {
        walk.0.touch(id, 1_600_000_000 + 700_000 * i64::try_from(id).unwrap());
    }
    for id in 41..=240 {
        walk.0.touch(id, 1_700_000_000 + 3_000 * i64::try_from(id).unwrap());
    }
    let mut run = Run::default();
    run.all(&walk);
    assert_eq!((run.listed[0].as_str(), run.different()), ("240", 240));
    let half = run.listed.iter().position(|id| id == "41").unwrap();
    assert!(run.listed[..half].iter().all(|id| id.parse::<u32>().unwrap() > 40), "the week comes before the year");
    assert!(lists(&walk) <= 12 + 16, "{:?}", walk.0.asked.lock().unwrap());
    assert!(details(&walk) <= 240 + 5, "{}", details(&walk));
    assert!(walk.is_over("history", run.history.as_ref()));
}

#[test]
fn more_than_a_page_of_changes_and_of_one_second_is_read_where_pages_are_counted() {
    for reach in [Reach::Window, Reach::Since, Reach::Nothing] {
        let mut walk = Shelf::with(30);
        (walk.0.paged, walk.0.reach) = (true, Some(reach));
        let mut run = Run::default();
        run.all(&walk);
        for id in 1..=75 {
            walk.0.touch(id, 1_700_005_000);
        }
        run.listed.clear();
        run.all(&walk);
        assert_eq!(run.different(), 75, "{reach:?}");
        let mut fresh = Run::default();
        fresh.all(&walk);
        assert_eq!(fresh.different(), 75, "{reach:?}, from the beginning");
    }
}

#[test]
fn what_changes_comes_once_and_what_has_the_stamp_of_the_last_one_is_not_missed() {
    let walk = Shelf::with(30);
    let mut run = Run::default();
    run.all(&walk);
    run.listed.clear();
    // The very second that was the newest, and one that becomes visible late.
    walk.0.touch(31, 1_700_001_830);
    walk.0.touch(32, 1_700_001_790);
    walk.0.touch(7, 1_700_009_000);
    let before = details(&walk);
    run.all(&walk);
    for id in ["31", "32", "7"] {
        assert!(run.listed.contains(&id.to_owned()), "{id} is missing");
    }
    assert_eq!(details(&walk) - before, 3, "what was settled is not looked at again");
}

#[test]
fn what_moves_while_history_is_read_is_neither_lost_nor_skipped() {
    for reach in [Reach::Window, Reach::Since, Reach::Nothing] {
        let mut walk = Shelf::with(200);
        walk.0.reach = Some(reach);
        let mut run = Run::default();
        run.read(&walk, "changes", 1, |_| {}).unwrap();
        let mut next = 0;
        run.read(&walk, "history", 10_000, |page| {
            if page % 10 == 0 {
                // One that was read and one that was not yet.
                next += 1;
                walk.0.touch(199 - next, 1_700_101_000 + i64::try_from(next).unwrap());
                walk.0.touch(next, 1_700_202_000 + i64::try_from(next).unwrap());
            }
        })
        .unwrap();
        run.read(&walk, "changes", 10_000, |_| {}).unwrap();
        assert_eq!(run.different(), 200, "{reach:?}");
        for id in 1..=next {
            let last = run.listed.iter().rposition(|listed| *listed == id.to_string()).unwrap();
            assert!(last > 0, "{id} comes again as it is now");
        }
    }
}

#[test]
fn a_walk_goes_on_at_any_page_where_it_was_stopped() {
    for (stop, reach) in (1..60).flat_map(|stop| [(stop, Reach::Window), (stop, Reach::Since)]) {
        let mut walk = Shelf::with(40);
        walk.0.reach = Some(reach);
        let mut run = Run::default();
        for stream in walk.streams() {
            run.read(&walk, stream, stop, |_| {}).unwrap();
        }
        run.all(&walk);
        assert_eq!(run.different(), 40, "stopped after {stop}");
        assert!(details(&walk) <= 40 + 3, "{reach:?}, stopped after {stop}: {} details", details(&walk));
    }
}

#[test]
fn more_than_a_page_of_one_second_is_read_to_its_end() {
    let walk = Shelf::with(0);
    for id in 1..=75 {
        walk.0.touch(id, 1_700_000_000);
    }
    walk.0.touch(76, 1_700_000_001);
    let mut run = Run::default();
    run.all(&walk);
    assert_eq!(run.different(), 76);
    for id in 1..=75 {
        walk.0.touch(id, 1_700_005_000);
    }
    run.listed.clear();
    run.all(&walk);
    assert_eq!(run.different(), 75 + 1, "and when it changed all at once again");
}

#[test]
fn records_that_leave_the_second_that_is_paged_take_nothing_with_them() {
    let walk = Shelf::with(0);
    for id in 1..=100 {
        walk.0.touch(id, 1_700_000_000);
    }
    let mut run = Run::default();
    run.read(&walk, "changes", 1, |_| {}).unwrap();
    let mut left = 0;
    run.read(&walk, "history", 10_000, |page| {
        // Pages of 20 and their details: one record that was read leaves after each page.
        if page % 21 == 0 {
            walk.0.touch(100 - left, 1_700_009_000);
            left += 1;
        }
    })
    .unwrap();
    run.read(&walk, "changes", 10_000, |_| {}).unwrap();
    assert_eq!(run.different(), 100);
}

#[test]
fn a_server_that_ignores_what_is_asked_is_a_loop_and_told() {
    let mut walk = Shelf::with(100);
    walk.0.deaf = true;
    let mut run = Run::default();
    run.read(&walk, "changes", 1, |_| {}).unwrap();
    assert_eq!(run.read(&walk, "history", 10_000, |_| {}).unwrap_err().code(), "endless_pages");
    assert!(lists(&walk) <= 5, "{}", lists(&walk));
}

#[test]
fn an_empty_server_that_fills_later_is_read_from_its_beginning() {
    let walk = Shelf::with(0);
    let mut run = Run::default();
    run.all(&walk);
    for id in 1..=30 {
        walk.0.touch(id, 1_700_000_000 + i64::try_from(id).unwrap());
    }
    run.all(&walk);
    assert_eq!(run.different(), 30);
}

#[test]
fn a_smaller_page_is_asked_for_and_remembered() {
    let walk = Shelf::with(100);
    let cursor = walk.smaller("history", None).unwrap();
    assert!(walk.request("history", Some(&cursor)).path.contains("size=10"));
    let response = walk.0.answer(&walk.request("history", Some(&cursor)));
    let page = walk.read("history", Some(&cursor), &response).unwrap();
    assert!(page.next.unwrap().0.contains("\"size\":10"));
    assert_eq!(walk.smaller("history", Some(&cursor)), None);
}

#[test]
fn the_roll_names_everything_and_a_hidden_record_is_as_good_as_gone() {
    let walk = Shelf::with(55);
    let mut ids = Vec::new();
    let mut next: Option<String> = None;
    loop {
        let response = walk.0.answer(&walk.roll(next.as_deref()));
        let page = walk.rolled(next.as_deref(), &response).unwrap();
        ids.extend(page.ids);
        next = page.next;
        if next.is_none() {
            break;
        }
    }
    assert_eq!(ids.len(), 55);
    let response = walk.0.answer(&walk.count());
    assert_eq!(walk.counted(&response).unwrap(), Some(55));
    for status in [403, 404, 410] {
        let gone = walk.found("7", &Response { status, ..Response::default() }).unwrap();
        assert_eq!(gone, [Change::Delete { ticket: "7".into() }]);
    }
}
