//! How tickets were served, and names of what is told by number.

use super::*;
use domain::{Name, Promise, Rating, Service};

fn store() -> (Store, SourceName) {
    let (store, source) = (Store::in_memory().unwrap(), SourceName::new("desk").unwrap());
    store.ensure_source(&source, "zendesk", Millis(1)).unwrap();
    (store, source)
}

fn ticket(id: &str, group: &str, service: Service) -> Change {
    let (group, account) = (Some(group.into()), Some("company 7".into()));
    let ticket = Ticket { id: id.into(), subject: "One".into(), group, account, service, ..Ticket::default() };
    Change::Ticket(Box::new(ticket))
}

fn name(number: &str, name: &str) -> Change {
    Change::Name(Name { number: number.into(), name: name.into() })
}

fn promise(told: Promise) -> Change {
    Change::Promise(Promise { ticket: "1".into(), measure: "first reply".into(), round: 1, ..told })
}

#[test]
fn what_is_said_of_a_promise_bit_by_bit_is_one_promise_however_often_it_comes() {
    let (store, source) = store();
    let at = |at| Some(Millis(at));
    // They come before their ticket, and once more after it.
    let told = [
        promise(Promise { started_at: at(100), paused: Some(false), ..Promise::default() }),
        promise(Promise { policy: Some("Gold".into()), goal: Some(50), at_work: Some(false), ..Promise::default() }),
        promise(Promise { broken_at: at(150), ..Promise::default() }),
        promise(Promise { paused: Some(true), left: Some(5), ..Promise::default() }),
        promise(Promise { met_at: at(180), ..Promise::default() }),
    ];
    store.apply(&source, &told, None, Millis(1)).unwrap();
    store.apply(&source, &[ticket("1", "L1", Service::default())], None, Millis(2)).unwrap();
    let row = store.find_ticket("1").unwrap()[0];
    let first = store.promises(row).unwrap();
    store.apply(&source, &told, None, Millis(3)).unwrap();
    assert_eq!(store.promises(row).unwrap(), first, "the same again is no news");
    let expected = Promise {
        measure: "first reply".into(),
        round: 1,
        policy: Some("Gold".into()),
        goal: Some(50),
        at_work: Some(false),
        started_at: at(100),
        broken_at: at(150),
        met_at: at(180),
        paused: Some(true),
        left: Some(5),
        ..Promise::default()
    };
    assert_eq!(first, [expected]);
    // It was not broken after all, and its clock runs again.
    let more = [
        promise(Promise { spared: true, ..Promise::default() }),
        promise(Promise { started_at: at(200), paused: Some(false), ..Promise::default() }),
    ];
    store.apply(&source, &more, None, Millis(4)).unwrap();
    let now = store.promises(row).unwrap().remove(0);
    assert_eq!((now.broken_at, now.met_at, now.started_at), (None, None, at(100)));
    assert_eq!((now.paused, now.left), (Some(false), None));
    store.apply(&source, &[Change::Delete { ticket: "1".into() }], None, Millis(5)).unwrap();
    assert!(store.promises(row).unwrap().is_empty(), "a tombstone keeps none");
    store.apply(&source, &told, None, Millis(6)).unwrap();
    assert!(store.promises(row).unwrap().is_empty(), "and takes none in");
}

#[test]
fn a_rating_is_kept_with_its_ticket_and_goes_with_it() {
    let (store, source) = store();
    let rating = Rating { score: "good".into(), satisfied: true, said: Some("Quick!".into()) };
    let service = Service { reopens: Some(2), rating: Some(rating), ..Service::default() };
    store.apply(&source, &[ticket("1", "L1", service.clone())], None, Millis(1)).unwrap();
    let row = store.find_ticket("1").unwrap()[0];
    assert_eq!(store.ticket(row).unwrap().unwrap().ticket.service, service);
    assert_eq!(store.histories().unwrap()[0].satisfied, Some(true));
    store.apply(&source, &[Change::Delete { ticket: "1".into() }], None, Millis(2)).unwrap();
    let kept: (Option<String>, Option<i64>) = store
        .read(|reader| {
            Ok(reader.query_row("SELECT service, csat FROM ticket", [], |r| Ok((r.get(0)?, r.get(1)?))).unwrap())
        })
        .unwrap();
    assert_eq!(kept, (None, None), "what the customer said is gone");
}

#[test]
fn names_come_before_their_numbers_or_after_them_and_change() {
    let (store, source) = store();
    let group = || {
        let row = store.find_ticket("1").unwrap()[0];
        let ticket = store.ticket(row).unwrap().unwrap().ticket;
        (ticket.group.unwrap(), ticket.account.unwrap(), store.hops(row).unwrap())
    };
    let handed = Hop { ticket: "1".into(), at: Millis(3), to_group: Some("group 42".into()), ..Hop::default() };
    let page = [name("group 42", "Second line"), ticket("1", "group 42", Service::default()), Change::Hop(handed)];
    store.apply(&source, &page, None, Millis(1)).unwrap();
    let (named, account, hops) = group();
    assert_eq!((&*named, &*account, hops[0].to_group.as_deref()), ("Second line", "company 7", Some("Second line")));
    let sequence = store.sequence().unwrap();
    let again = store.apply(&source, &page, None, Millis(2)).unwrap();
    assert_eq!((again.unchanged, store.sequence().unwrap()), (1, sequence), "the same again is no news");
    store.apply(&source, &[name("company 7", "Northwind"), name("group 42", "Payments")], None, Millis(3)).unwrap();
    let (named, account, hops) = group();
    assert_eq!((&*named, &*account, hops.len()), ("Payments", "Northwind", 1));
    assert_eq!(hops[0].to_group.as_deref(), Some("Payments"));
    assert!(store.sequence().unwrap() > sequence, "the index has to follow");
    // Two that are called alike are not told apart by their name: neither is called otherwise for the other.
    store.apply(&source, &[name("group 43", "Payments"), name("group 43", "Invoices")], None, Millis(4)).unwrap();
    assert_eq!(group().0, "Payments");
}

#[test]
fn an_account_that_is_told_by_whose_it_is_is_none_until_somebody_says_which() {
    let (store, source) = store();
    let account = || store.ticket(store.find_ticket("1").unwrap()[0]).unwrap().unwrap().ticket.account;
    let of = Name::account_of("6762f14a");
    let told = |account: &str| {
        let ticket =
            Ticket { id: "1".into(), subject: "One".into(), account: Some(account.into()), ..Ticket::default() };
        Change::Ticket(Box::new(ticket))
    };
    store.apply(&source, &[told(&of)], None, Millis(1)).unwrap();
    assert_eq!(account(), None, "nobody ever sees what stands for it");
    store.apply(&source, &[name(&of, "company 6762f0aa"), told(&of)], None, Millis(2)).unwrap();
    assert_eq!(account().as_deref(), Some("company 6762f0aa"));
    store.apply(&source, &[name("company 6762f0aa", "Northwind")], None, Millis(3)).unwrap();
    assert_eq!(account().as_deref(), Some("Northwind"));
    let again = store.apply(&source, &[told(&of)], None, Millis(4)).unwrap();
    assert_eq!((again.changed, again.unchanged), (0, 1), "the same again is no news");
    store.apply(&source, &[name(&of, ""), told(&of)], None, Millis(5)).unwrap();
    assert_eq!(account(), None, "of no company any more");
}

#[test]
fn a_name_is_searched_for_only_where_something_stands_under_its_number() {
    let (store, source) = store();
    let numbers = || -> Vec<(String, String)> {
        store
            .read(|reader| {
                let mut statement = reader.prepare("SELECT number, name FROM name ORDER BY number").unwrap();
                let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
                Ok(rows.map(|row| row.unwrap()).collect())
            })
            .unwrap()
    };
    let pair = |number: &str, name: &str| (number.to_owned(), name.to_owned());
    store.apply(&source, &[ticket("1", "group 42", Service::default())], None, Millis(1)).unwrap();
    assert_eq!(numbers(), [pair("company 7", "company 7"), pair("group 42", "group 42")], "noted: something waits");
    // A thing of that name that is no number is none, whatever it is called.
    store.apply(&source, &[ticket("2", "Ed Abbe", Service::default())], None, Millis(2)).unwrap();
    assert_eq!(numbers().len(), 2);
    store.apply(&source, &[name("group 42", "Payments"), name("user 9", "Ann")], None, Millis(3)).unwrap();
    let row = store.find_ticket("1").unwrap()[0];
    assert_eq!(store.ticket(row).unwrap().unwrap().ticket.group.as_deref(), Some("Payments"));
    assert_eq!(numbers()[1..], [pair("group 42", "Payments"), pair("user 9", "Ann")]);
}

#[test]
fn a_merge_that_is_told_apart_from_its_ticket_stays_whatever_comes_first_and_goes_with_it() {
    let (store, source) = store();
    let told = |tags: &[&str], at: i64, class| {
        let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        let ticket =
            Ticket { id: "1".into(), subject: "One".into(), tags, updated_at: Millis(at), ..Ticket::default() };
        Change::Ticket(Box::new(Ticket { resolution_class: class, ..ticket }))
    };
    let duplicate = Some(domain::ResolutionClass::Duplicate);
    let merged = Change::Merge { ticket: "1".into(), into: "42".into() };
    let state = || {
        let row = store.find_ticket("1").unwrap()[0];
        let ticket = store.ticket(row).unwrap().unwrap().ticket;
        let links = store.links(&"desk:1".parse().unwrap()).unwrap();
        let links: Vec<String> = links.iter().map(|link| format!("{:?} {}", link.kind, link.to)).collect();
        (ticket.merged_into, ticket.resolution_class, links)
    };
    let expected = (Some("42".to_owned()), duplicate, vec!["DuplicateOf desk:42".to_owned()]);
    // Before its ticket, and once more after it.
    store.apply(&source, std::slice::from_ref(&merged), None, Millis(1)).unwrap();
    store.apply(&source, &[told(&[], 1, None)], None, Millis(2)).unwrap();
    assert_eq!(state(), expected);
    let sequence = store.sequence().unwrap();
    store.apply(&source, std::slice::from_ref(&merged), None, Millis(3)).unwrap();
    assert_eq!(store.sequence().unwrap(), sequence, "the same again is no news");
    // The ticket comes again, without the other's number.
    store.apply(&source, &[told(&["closed_by_merge"], 2, duplicate)], None, Millis(4)).unwrap();
    assert_eq!(state(), expected);
    // It is a duplicate no longer: then it is merged no longer either.
    store.apply(&source, &[told(&[], 3, None)], None, Millis(5)).unwrap();
    assert_eq!(state(), (None, None, Vec::new()));
    store.apply(&source, &[Change::Delete { ticket: "1".into() }, merged], None, Millis(6)).unwrap();
    let merged: i64 = store
        .read(|reader| {
            Ok(reader
                .query_row("SELECT count(*) FROM ticket WHERE merged_into NOT NULL", [], |row| row.get(0))
                .unwrap())
        })
        .unwrap();
    assert_eq!(merged, 0, "a tombstone takes nothing in");
}

#[test]
fn names_and_sizes_of_files_are_kept_with_what_brought_them_and_go_with_it() {
    let (store, source) = store();
    let file = |name: &str, size| domain::Attachment { name: name.into(), size };
    let attached = |comment: Option<&str>, files: &[domain::Attachment]| {
        let comment = comment.map(str::to_owned);
        Change::Attached(domain::Attached { ticket: "1".into(), comment, files: files.to_vec() })
    };
    let comment = |id: &str| Change::Comment(Comment { ticket: "1".into(), id: id.into(), ..Comment::default() });
    let (log, shot, dump) = (file("trace.log", Some(12_034)), file("shot.png", None), file("heap.bin", Some(1 << 40)));
    let page = [
        attached(None, std::slice::from_ref(&log)),
        comment("c1"),
        attached(Some("c1"), &[shot.clone(), dump.clone()]),
    ];
    // They come before their ticket.
    store.apply(&source, &page, None, Millis(1)).unwrap();
    store.apply(&source, &[ticket("1", "L1", Service::default())], None, Millis(2)).unwrap();
    let row = store.find_ticket("1").unwrap()[0];
    let kept = || store.attachments(row).unwrap();
    let of = |comment: &str, file: &domain::Attachment| (comment.to_owned(), file.clone());
    assert_eq!(kept(), [of("", &log), of("c1", &shot), of("c1", &dump)]);
    let sequence = store.sequence().unwrap();
    store.apply(&source, &page, None, Millis(3)).unwrap();
    assert_eq!(store.sequence().unwrap(), sequence, "the same again is no news");
    store.apply(&source, &[Change::Said { ticket: "1".into(), ids: Vec::new() }], None, Millis(4)).unwrap();
    assert_eq!(kept(), [of("", &log)], "those of a comment go with it");
    store.apply(&source, &[Change::Delete { ticket: "1".into() }, page[0].clone()], None, Millis(5)).unwrap();
    assert!(kept().is_empty(), "a tombstone keeps none and takes none in");
}
