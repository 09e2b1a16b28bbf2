mod shelf;

use super::*;
use shelf::Shelf;

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
fn a_server_that_does_not_hear_since_when_is_read_page_by_page() {
    let mut walk = Shelf::with(70);
    (walk.0.paged, walk.0.reach, walk.0.timeless) = (true, Some(Reach::Since), true);
    let mut run = Run::default();
    run.all(&walk);
    assert_eq!((run.listed[0].as_str(), run.different()), ("70", 70));
    walk.0.touch(7, 1_700_009_000);
    run.listed.clear();
    run.all(&walk);
    assert_eq!(run.listed[0], "7");
    assert!(run.different() <= 20, "the newest page alone is read again: {}", run.different());
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
